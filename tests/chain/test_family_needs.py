"""Needs on a family: any mix of its products serves them, in one unit. Values by hand."""

from __future__ import annotations

import pytest

from filiere.analysis.stress.items import items
from filiere.analysis.today.observe import read_with_today
from filiere.pipeline import solve_chain
from filiere.report.result.json import solution_json
from filiere.report.result.tables.plan.activities import activities
from filiere.report.result.tables.plan.choices import choices
from filiere.report.view import View
from filiere.result import Result
from tests.sheets import chain, problems, workbook

# 100 t of pulses: lentils at hand for 60 t, beans for 30 t; the rest is bought outside at 1,500.
PULSES = """
    ## Actors
    | actor | perimeter | group |
    | Farm | member | |
    | Canteen | member | eaters |
    | College | member | eaters |
    | Dealer | external | |
    ## Products
    | product | unit | price | family | kg |
    | lentils | t | 1000 | pulses | |
    | beans | t | 2000 | Pulses | |
    | peas | t | 1500 | pulses | |
    ## Links
    | from | to | product | price |
    | Farm | Canteen | lentils | 1000 |
    | Farm | Canteen | beans | 2000 |
    | Dealer | Canteen | peas | 1500 |
    ## Offers
    | actor | product | maximum |
    | Farm | lentils | 60 |
    | Farm | beans | 30 |
    ## Needs
    | actor | product | quantity | obligation |
    | Canteen | pulses | 100 | must |
"""


@pytest.fixture(scope="module")
def plan() -> Result:
    return solve_chain(chain(PULSES))


def delivered(result: Result) -> dict[str, float]:
    return result.plan.flows.groupby("product")["quantity"].sum().to_dict()


def test_local_pulses_first_and_the_rest_from_outside(plan: Result) -> None:
    assert delivered(plan) == pytest.approx({"lentils": 60.0, "beans": 30.0, "peas": 10.0})
    assert plan.certificate is not None and plan.certificate.passed
    served = plan.plan.served
    assert (served["product"].unique().tolist(), served["quantity"].sum()) == (["pulses"], pytest.approx(100.0))


def test_what_lacks_counts_at_the_mean_of_the_family() -> None:
    short = PULSES.replace("| Dealer | Canteen | peas | 1500 |\n", "").replace("| 100 | must |", "| 100 | want |")
    result = solve_chain(chain(short))
    assert result.plan.unmet["quantity"].sum() == pytest.approx(10.0)
    unmet = {one.objective: one.value for one in result.solution.objectives}["unmet"]
    assert unmet == pytest.approx(10.0 * (1000 + 2000 + 1500) / 3)
    assert chain(short).products["pulses"].unit == "t"


def test_its_choices_are_told_as_a_need_at_the_cell_of_each_actors_own_need() -> None:
    needs = "| Canteen | pulses | 80 | must |\n| College | peas | 1 | want |\n| College | pulses | 5 | want |"
    both = PULSES.replace("| Canteen | pulses | 100 | must |", needs)
    peas = "| Dealer | {} | peas | 1500 |"
    both = both.replace(peas.format("Canteen"), peas.format("Canteen") + "\n" + peas.format("College"))
    told = choices(View(solve_chain(chain(both)), "en"))
    rows = zip(*(told.column(key).values for key in ("process", "actor", "product", "quantity", "cell")), strict=True)
    assert [(*row[:4], str(row[4])) for row in rows if row[3]] == [
        ("(need)", "Canteen", "lentils", pytest.approx(60.0), "Needs!B2"),
        ("(need)", "Canteen", "beans", pytest.approx(20.0), "Needs!B2"),
        ("(need)", "College", "peas", pytest.approx(5.0), "Needs!B4"),
    ]


def test_what_a_need_on_a_family_is_served_is_told_under_that_family_with_the_content_of_its_products(
    plan: Result,
) -> None:
    # 60 t at 1,000 and 30 t at 2,000 from the farm; 10 t at 1,500 from the dealer.
    outside = 15_000 / (60_000 + 60_000 + 15_000)
    assert plan.measures.needs["external_content"].tolist() == pytest.approx([outside])
    assert plan.measures.groups.loc[("eaters", "pulses"), "local_share"] == pytest.approx(1 - outside)


def test_losing_one_product_takes_another() -> None:
    without = PULSES.replace("| Farm | lentils | 60 |", "| Farm | lentils | 0 |")
    assert delivered(solve_chain(chain(without))) == pytest.approx({"beans": 30.0, "peas": 70.0})


def test_a_group_needs_it_each_and_nobody_runs_what_serves_it(plan: Result) -> None:
    both = PULSES.replace("| Canteen | pulses | 100 | must |", "| eaters | pulses | 10 | must |").replace(
        "| Dealer | Canteen | peas | 1500 |",
        "| Dealer | Canteen | peas | 1500 |\n    | Farm | College | beans | 2000 |",
    )
    read = chain(both)
    assert {key for key, one in read.processes.items() if one.serves} == {("pulses", "Canteen"), ("pulses", "College")}
    assert solve_chain(read).plan.served["quantity"].sum() == pytest.approx(20.0)
    assert not [item for item in items(read) if item.kind == "facility"]
    assert not activities(View(plan, "fr")).height and not solution_json(plan)["levels"]
    assert not [w for w in plan.chain.warnings if w.code.startswith(("PRI", "CHK"))]


def test_a_smaller_need_next_year_is_no_lost_activity() -> None:
    today = PULSES.replace("| price |\n    | Farm", "| price | today |\n    | Farm").replace(
        "| 1000 |\n    | Farm", "| 1000 | 60 |\n    | Farm"
    )
    today = today.replace("| beans | 2000 |\n    | Dealer", "| beans | 2000 | 30 |\n    | Dealer").replace(
        "| peas | 1500 |\n    ## Offers", "| peas | 1500 | 10 |\n    ## Offers"
    )
    small = read_with_today(workbook(today.replace("| 100 | must |", "| 90 | must |"))).chain
    result = solve_chain(small)
    assert delivered(result) == pytest.approx({"lentils": 60.0, "beans": 30.0})
    assert {one.objective: one.value for one in result.solution.objectives}.get("lost", 0.0) == pytest.approx(
        0.0, abs=1e-6
    )
    assert result.certificate is not None and result.certificate.passed


def test_what_cannot_be_a_need_on_a_family_is_said_with_its_cell() -> None:
    units = PULSES.replace("| peas | t | 1500 | pulses | |", "| peas | kg | 1.5 | pulses | |")
    assert ("CHO20", "Needs!B2") in problems(units)
    outside = PULSES.replace("| Canteen | pulses | 100 | must |", "| Dealer | pulses | 100 | outlet |")
    assert ("CHO21", "Needs!B2") in problems(outside)
    running = PULSES + "\n    ## Processes\n    | process | actor |\n    | Pulses | Farm |\n"
    assert ("CHO22", "Needs!B2") in problems(running)
    assert not [code for code, _ in problems(PULSES) if code.startswith("CHO")]


def test_a_rule_on_a_family_that_is_needed_as_such_counts_its_products() -> None:
    """The farm would bring 90 of the 100 t; a rule lets 55 % come from members, the dealer brings the rest."""
    rule = """
    ## Limits
    | limit | measure | from | to | product | sense | value | basis |
    | Others too | quantity | member | Canteen | Pulses | <= | 55 % | purchases |
    """
    assert not [code for code, _ in problems(PULSES + rule) if code.startswith("LIM")]
    moved = delivered(solve_chain(chain(PULSES + rule)))
    assert moved.get("lentils", 0.0) + moved.get("beans", 0.0) == pytest.approx(55.0)
    assert moved["peas"] == pytest.approx(45.0)
