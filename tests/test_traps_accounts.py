"""What was short today is shown, not forbidden: only what is worse counts."""

from __future__ import annotations

import random

import pytest

from filiere.pipeline import solve_chain
from filiere.report.result.json import solution_json
from filiere.report.result.tables.flows import gaps
from filiere.report.view import View
from tests.solving import ABOUT, Solved, best

DRAWS = [random.Random(seed).uniform(0.5, 2.0) for seed in range(20)]

WORKSHOP = """
    ## Actors
    | actor | perimeter | balanced_budget |
    | Workshop | member | wish |
    | Town | local | |
    | State | external | |
    ## Products
    | product | unit | price |
    | repairs | job | 100 |
    ## Processes
    | process | actor | today | unit_cost |
    | repairing | Workshop | {today} | 190 |
    ## Recipes
    | process | product | output |
    | repairing | repairs | 1 |
    ## Links
    | from | to | product | price | today |
    | Workshop | Town | repairs | 100 | {today} |
    ## Needs
    | actor | product | quantity | obligation |
    | Town | repairs | {wanted} | {firm} |
    ## Funding
    | funder | actor | maximum | today |
    | State | Workshop | {aid} | {had} |
    {limits}
    """


def workshop(
    today: float = 100, wanted: float = 100, aid: float = 0, had: str = "0", firm: str = "must", limits: str = ""
) -> str:
    text = WORKSHOP.replace("{today}", f"{today}").replace("{wanted}", f"{wanted}").replace("{aid}", f"{aid}")
    return text.replace("{had}", had).replace("{firm}", firm).replace("{limits}", limits)


def lacks(plan: Solved) -> dict[str, float]:
    frame = plan.plan.deficits
    return dict(zip(frame["actor"], frame["amount"], strict=True))


@pytest.mark.parametrize("factor", [1.0, *DRAWS])
def test_what_was_short_today_is_shown_and_costs_nothing(factor: float) -> None:
    today = round(100 * factor, 2)
    # 90 short on each job, this year as next: nothing is worse.
    certified = factor in DRAWS[::5] or factor == 1.0
    plan = best(workshop(today, today), certified=certified)
    assert plan.value("deficit") == ABOUT(0, abs=1e-6)
    assert lacks(plan) == {"Workshop": ABOUT(90 * today)}
    # A tenth more of it is 9 a job worse.
    plan = best(workshop(today, round(1.1 * today, 4)), certified=certified)
    assert plan.value("deficit") == ABOUT(9 * today, rel=1e-4)
    assert lacks(plan) == {"Workshop": ABOUT(99 * today, rel=1e-4)}


def test_without_a_today_all_that_is_short_counts() -> None:
    plan = best(workshop().replace("| repairing | Workshop | 100 |", "| repairing | Workshop | |")
                .replace("| repairs | 100 | 100 |", "| repairs | 100 | |"))  # fmt: skip
    assert plan.value("deficit") == ABOUT(9_000)


@pytest.mark.parametrize("factor", [1.0, *DRAWS[:2]])
def test_67_a_state_aid_whose_today_was_left_blank_stays_in_use(factor: float) -> None:
    aid = round(9_000 * factor, 2)
    plan = best(workshop(round(100 * factor, 4), round(100 * factor, 4), aid, ""))
    assert float(plan.plan.grants["amount"].sum()) == ABOUT(aid, rel=1e-4)
    assert sum(lacks(plan).values()) == ABOUT(0, abs=2.0)


def test_67_with_a_rule_the_aid_is_what_the_rule_allows_and_there_is_no_conflict() -> None:
    limits = "## Limits\n    | limit | measure | from | sense | value |\n    | State | funding | State | <= | 5000 |"
    plan = best(workshop(100, 100, 9_000, "", limits=limits))
    assert float(plan.plan.grants["amount"].sum()) == ABOUT(5_000)
    assert lacks(plan) == {"Workshop": ABOUT(4_000)}


def test_the_results_show_what_was_short_today_and_what_was_granted() -> None:
    result = solve_chain(best(workshop(100, 110, 2_000, "2000")).chain)
    sheet = gaps.deficits(View(result, "fr"))
    assert sheet.column("deficit").values == [ABOUT(110 * 90 - 2_000)]
    assert sheet.column("today").values == [ABOUT(100 * 90 - 2_000)]
    answer = solution_json(result)
    assert answer["grants"] == [{"funder": "State", "actor": "Workshop", "amount": ABOUT(2_000), "today": ABOUT(2_000)}]
    assert answer["deficits"] == {"Workshop": ABOUT(7_900)}


def test_a_grant_that_is_the_only_figure_of_this_year_is_had_all_the_same() -> None:
    """The State pays 9 000 today: another territory's aid, which counts half as much, does not take its place."""
    plan = best("""
    ## Actors
    | actor | perimeter | balanced_budget |
    | Venue | member | yes |
    | Town | local | |
    | State | external | |
    | Pole | partner | |
    ## Products
    | product | unit | price | kind |
    | seat | seat | 10 | service |
    ## Processes
    | process | actor | fixed_cost |
    | play | Venue | 14000 |
    ## Recipes
    | process | product | output |
    | play | seat | 1 |
    ## Links
    | from | to | product | price |
    | Venue | Town | seat | 10 |
    ## Needs
    | actor | product | quantity | obligation |
    | Town | seat | 500 | must |
    ## Funding
    | funder | actor | maximum | today |
    | State | Venue | 9000 | 9000 |
    | Pole | Venue | 9000 | 0 |
    """)
    assert dict(zip(plan.plan.grants["funder"], plan.plan.grants["amount"], strict=True)) == ABOUT({"State": 9000})
