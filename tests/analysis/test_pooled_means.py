"""What pooling saves: solved again with each user's deliveries on a van of its own. Worked out by hand."""

from __future__ import annotations

import json

import pytest

from filiere.analysis.explain.pooled import each_alone, pooled_means
from filiere.pipeline import solve_chain
from filiere.report.explain.choices import pooled_line
from filiere.report.result.json import solution_json
from filiere.report.result.tables.plan.means import uses_of_means
from filiere.report.view import View
from filiere.schema import words as w
from filiere.solution.accounts import Accounts
from tests.sheets import chain

# Trips of 10 places at 50 each, whole ones; two canteens take 4 places each from the farm: one trip, or two.
VAN = """
    ## Actors
    | actor | perimeter |
    | Farm | member |
    | Hub | member |
    | School | member |
    | College | member |
    | Fuel | external |
    ## Products
    | product | unit | price | kind |
    | apples | t | 100 | product |
    | place | h | 5 | service |
    | fuel | l | 1 | product |
    ## Processes
    | process | actor | capacity | unit_cost | fixed_cost | whole |
    | trip | Hub | 50 | 40 | 300 | yes |
    ## Recipes
    | process | product | input | output |
    | trip | fuel | 10 | |
    | trip | place | | 10 |
    ## Links
    | from | to | product | price | uses | uses_quantity | carrier |
    | Farm | School | apples | 100 | place | 2 | Hub |
    | Farm | College | apples | 100 | place | 2 | Hub |
    | Fuel | Hub | fuel | 1 | | | |
    ## Offers
    | actor | product | maximum |
    | Farm | apples | 10 |
    ## Needs
    | actor | product | quantity | obligation |
    | School | apples | 2 | must |
    | College | apples | 2 | must |
    ## Objectives
    | rank | objective |
    | 1 | cost |
"""


def test_a_pooled_van_saves_a_trip_and_a_second_van() -> None:
    read = chain(VAN)
    assert pooled_means(read) == {("Hub", "place"): ("School", "College")}
    result = solve_chain(read)
    assert result.plan.levels["level"].sum() == 1.0  # 8 places, one trip
    assert result.choices is not None and result.choices.pooled is not None
    # Two trips instead of one (40 + 10 of fuel), and a van of its own for each of the two (300 a year) instead of the
    # hub's, which nobody else uses.
    assert result.choices.pooled.costs[w.Objective.COST] == pytest.approx(50.0 + 2 * 300.0 - 300.0)
    said = (pooled_line(View(result, "fr")) or "").replace("\u202f", " ").replace("\u00a0", " ")
    assert said == (
        "place (School et College) : avec chacun ses propres moyens et leurs coûts fixes, tout replanifié, cela coûterait "
        "350 € de plus par an."
    )


def test_who_uses_no_pooled_means_in_the_plan_is_neither_named_nor_given_any() -> None:
    # A third canteen might have apples brought, but needs none; the hub's places are sold to a fair too.
    third = VAN.replace("| Fuel | external |", "| Fuel | external |\n    | Camp | member |\n    | Fair | member |").replace(
        "| Fuel | Hub | fuel | 1 | | | |",
        "| Farm | Camp | apples | 100 | place | 2 | Hub |\n    | Hub | Fair | place | 5 | | | |\n"
        "    | Fuel | Hub | fuel | 1 | | | |",
    ).replace("    ## Objectives", "    | Fair | place | 2 | must |\n    ## Objectives")  # fmt: skip
    result = solve_chain(chain(third))
    assert pooled_means(result.chain) == {("Hub", "place"): ("School", "College", "Camp")}
    assert result.choices is not None and result.choices.pooled is not None
    assert result.choices.pooled.means == ((("Hub", "place"), ("School", "College")),)
    # 8 + 2 places fill one trip. Apart: a trip and a van for each of the two, the hub goes on for the fair.
    assert result.choices.pooled.costs[w.Objective.COST] == pytest.approx(2 * (50.0 + 300.0))
    rows = {row.user: row for row in uses_of_means(Accounts(result.chain, result.plan))}
    assert set(rows) == {"School", "College"}
    assert (rows["School"].elsewhere, rows["School"].available, rows["School"].capacity) == (2.0, 10.0, 500.0)
    told = {one["user"]: one for one in json.loads(json.dumps(solution_json(result), allow_nan=False))["means"]}
    assert told["School"] == {
        "carrier": "Hub", "service": "place", "period": rows["School"].period, "user": "School",
        "quantity": rows["School"].quantity, "available": 10.0, "elsewhere": 2.0, "capacity": 500.0,
        "paid": rows["School"].paid,
    }  # fmt: skip


def test_where_nobody_shares_there_is_nothing_to_tell() -> None:
    alone = VAN.replace(
        "| Farm | College | apples | 100 | place | 2 | Hub |", "| Farm | College | apples | 100 | | | |"
    )
    result = solve_chain(chain(alone))
    assert pooled_means(result.chain) == {} and result.choices is not None and result.choices.pooled is None
    assert pooled_line(View(result, "en")) is None


def test_a_user_alone_gets_the_lenders_activity_with_what_it_takes_in() -> None:
    apart = each_alone(chain(VAN))
    assert {key for key in apart.processes if key[0] == "trip"} == {
        ("trip", "Hub"),
        ("trip", "School"),
        ("trip", "College"),
    }
    assert {link.to for link in apart.links if link.product == "fuel"} == {"Hub", "School", "College"}
    assert {link.uses.carrier for link in apart.links if link.uses} == {"School", "College"}
