"""Levers: a shadow price is a finite difference, its reach is where the slope changes, its step is a solve."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest
from hypothesis import assume, event, given

from filiere.analysis.explain.levers import Lever, explain, solve_and_explain
from filiere.analysis.explain.step import step
from filiere.chain.chain import Chain
from filiere.model.build import build
from filiere.report.explain.sheets import levers_sheet
from filiere.solution.solution import RankValue, Solution, Status
from filiere.solver.programme.compile import compile_model
from filiere.solver.ranks.ranks import solve_ranks
from filiere.solver.sensitivity.prices import sensitivity
from filiere.solver.session.cases.search import Search
from filiere.solver.session.session import Session
from filiere.solver.solve import solve
from tests.laws.draft import Draft
from tests.laws.law import chain_of, law
from tests.random_chains import drafts
from tests.sheets import chain as read
from tests.solving import ABOUT

MILL = """
    ## Actors
    | actor | perimeter |
    | Farm | member |
    | Mill | member |
    | Town | local |
    | Importer | external |
    ## Products
    | product | unit | price | kind |
    | wheat | t | 200 | primary |
    | flour | t | 500 | product |
    ## Processes
    | process | actor | capacity | unit_cost | status | investment |
    | milling | Mill | 50 | 100 | | |
    | second mill | Mill | 10 | 100 | candidate | 90000 |
    ## Recipes
    | process | product | input | output |
    | milling | wheat | 1 | |
    | milling | flour | | 0.8 |
    | second mill | wheat | 1 | |
    | second mill | flour | | 0.8 |
    ## Links
    | from | to | product | price | maximum |
    | Farm | Mill | wheat | 200 | |
    | Mill | Town | flour | 500 | |
    | Importer | Town | flour | 600 | |
    | Importer | Mill | wheat | 900 | |
    ## Offers
    | actor | product | maximum |
    | Farm | wheat | 80 |
    ## Needs
    | actor | product | quantity | obligation |
    | Town | flour | 60 | must |
    ## Objectives
    | rank | objective |
    | 1 | cost |
    """
"""Each tonne milled spares 0.8 t of flour at 600 and costs 100, till the mill takes all 75 t that 60 of flour need."""


def lever(chain: Chain, row: str) -> Lever:
    return next(one for one in explain(chain).levers if one.row == row)


def test_a_capacity_brings_what_it_spares_up_to_what_is_needed() -> None:
    found = lever(read(MILL), "capacity_limit")
    assert (str(found.cell), found.objective, found.direction) == ("Processes!C2", "cost", 1)
    assert found.per_unit == pytest.approx(100 - 0.8 * 600)
    assert found.until == pytest.approx(75)
    assert found.step == pytest.approx(5)
    assert found.verified["cost"] == pytest.approx(5 * (100 - 0.8 * 600))


def test_a_need_costs_what_it_takes_to_buy() -> None:
    found = lever(read(MILL), "need_served")
    assert (found.direction, found.per_unit) == (-1, pytest.approx(-600))
    assert found.until == pytest.approx(40)


def test_a_link_left_out_is_used_once_its_price_has_fallen_that_far() -> None:
    chain = read(MILL.replace("| Farm | wheat | 80 |", "| Farm | wheat | 30 |"))
    explained = explain(chain)
    why = next(one for one in explained.why_not if one.subject == ("Importer", "Mill", "wheat"))
    assert why.column == "price"
    assert why.needed is not None
    for price, used in ((why.needed + 1, False), (why.needed - 1, True)):
        links = tuple(replace(k, price=price) if (k.from_, k.to) == ("Importer", "Mill") else k for k in chain.links)
        plan = solve(replace(chain, links=links)).plan
        assert plan is not None
        bought = plan.flows[(plan.flows["from"] == "Importer") & (plan.flows["product"] == "wheat")]["quantity"].sum()
        assert bool(bought > 1.0) is used


def test_a_project_left_out_opens_once_its_cost_has_fallen_that_far() -> None:
    chain = read(MILL)
    why = next(one for one in explain(chain).why_not if one.kind == "project")
    assert (why.objective, why.now) == ("cost", 90000)
    assert why.needed == pytest.approx(10 * (0.8 * 600 - 100))
    for yearly, opened in ((why.needed + 1, 0), (why.needed - 1, 1)):
        key = ("second mill", "Mill")
        cheaper = {**chain.processes, key: replace(chain.processes[key], investment=yearly)}
        plan = solve(replace(chain, processes=cheaper)).plan
        assert plan is not None
        assert len(plan.opened_processes) == opened


def reached(chain: Chain) -> dict[str, float] | None:
    solution: Solution = solve(chain)
    if solution.status is not Status.OPTIMAL:
        return None
    found = {v.objective: v.value for v in solution.objectives}
    ranks: dict[int, list[RankValue]] = {}
    for one in solution.objectives:
        ranks.setdefault(one.rank, []).append(one)
    for parts in ranks.values():
        signs = [-1.0 if v.objective == "outlets" and len(parts) > 1 else 1.0 for v in parts]
        found[" + ".join(v.objective for v in parts)] = sum(
            sign * v.weight * v.value for sign, v in zip(signs, parts, strict=True)
        )
    return found


@law(25)
@given(draft=drafts(projects=False, ranks=False))
def test_a_price_is_a_finite_difference(draft: Draft) -> None:
    """One step up and one down: where both slopes agree, the basis is unique there, and the price is that slope."""
    chain = chain_of(draft)
    before = reached(chain)
    assume(before is not None)
    assert before is not None
    programme = compile_model(build(chain))
    ranked = solve_ranks(Search(Session(programme)), chain.objectives)
    unique = []
    for price in sensitivity(programme, ranked.columns, chain.objectives).prices:
        by = 1e-3 * price.figure.scale
        up, down = (step(chain, price.figure, price.figure.value + sign * price.direction * by) for sign in (1, -1))
        if price.objective == "circularity" or up is None or down is None or price.figure.share:
            continue
        after, other = reached(up), reached(down)
        if after is None or other is None:
            continue
        forwards = (after[price.objective] - before[price.objective]) / by
        backwards = (before[price.objective] - other[price.objective]) / by
        if not math.isclose(forwards, backwards, rel_tol=1e-3, abs_tol=1e-5):
            continue
        sense = next((o.direction.name for o in chain.objectives if o.key == price.objective), "MIN")
        slope = -price.per_unit if sense == "MAX" else price.per_unit
        assert slope == pytest.approx(forwards, rel=5e-3, abs=1e-4)
        unique.append(price)
        if len(unique) == 3:
            break
    event(f"{len(unique)} prices compared")


def test_the_effect_of_a_step_is_told_in_words_in_its_sheet_whatever_it_moves() -> None:
    """A column of several objectives held -9100.00000998983 and 2.99114663149247E-07, of no unit."""
    sheet = levers_sheet(explain(read(MILL)), "fr")
    effects = dict(zip(sheet.column("what").values, sheet.column("verified").values, strict=True))
    assert effects["La capacité de milling, Mill"] == "réduirait le coût net de 1\u202f900\u00a0€"
    assert all(isinstance(effect, str) for effect in effects.values())


PALLETS = """
    ## Actors
    | actor | perimeter |
    | Shop | member |
    | Dealer | external |
    ## Products
    | product | unit | price |
    | broken | piece | 5 |
    | mended | piece | 10 |
    ## Processes
    | process | actor | capacity |
    | mending | Shop | 100 |
    ## Recipes
    | process | product | input | output |
    | mending | broken | 1 | |
    | mending | mended | | 1 |
    ## Links
    | from | to | product | price |
    | Dealer | Shop | broken | 5 |
    | Shop | Dealer | mended | 10 |
    ## Objectives
    | rank | objective | tolerance_amount |
    | 1 | cost | {given_up} |
    | 2 | dependency_upstream | |
"""


@pytest.mark.parametrize(("given_up", "level", "held"), [(0, 100.0, True), (200, 60.0, False)])
def test_what_the_plan_leaves_unused_in_the_end_holds_nothing_back(given_up: int, level: float, held: bool) -> None:
    """Each pallet earns 5: of what the cost may give up, 200, the next rank leaves 40 that were imported to be mended."""
    for explained in (explain, solve_and_explain):
        found = explained(read(PALLETS.format(given_up=given_up)))
        assert found.solution.plan is not None
        assert found.solution.plan.levels["level"].sum() == ABOUT(level)
        assert any(lever.row == "capacity_limit" for lever in found.levers) is held
