"""Every field case that is a workbook: what ``check``, ``solve`` and ``compare`` must say of it."""

from __future__ import annotations

import pytest

from filiere.pipeline import check, compare, read
from filiere.problems import Severity
from filiere.report.result.tables.flows.gaps import lost_in_stock
from filiere.solution.solution import Status
from filiere.solver.solve import solve
from tests.field.cases import FIELD, needs_field
from tests.field.test_gathered_cases import GATHERED, REFUSED
from tests.solving import Solved, best

pytestmark = needs_field

# File → code and cell of what must be said; an error where the code is refused.
SAID: dict[str, dict[str, set[str]]] = {
    "F1_hidden_rows.xlsx": {"SHT06": {"Links!4"}},
    "F3_hidden_column.xlsx": {"SHT07": {"Links!D1"}},
    "G4_loss_percent.xlsx": {"NUM13": {"Links!G2"}, "NUM10": {"Links!G3"}},
    "H1_loss_1.xlsx": {"NUM10": {f"Links!G{row}" for row in range(2, 7)}},
    "H3_discount_rate_1.xlsx": {"NUM10": {"Settings!B2"}},
    "J4_capacity_1e15.xlsx": {"NUM11": {"Processes!C2"}},
}
REFUSES = {"J4_capacity_1e15.xlsx"}
SOLVED = ("G1_offers_maximum_kg.xlsx", "G2_links_price_per_kg.xlsx", "I1_batches_of_12.xlsx", "I2_whole_10_5.xlsx",
          "J1_candidate_capacity_1e12.xlsx", "J3_need_1_capacity_1e9.xlsx", "K1_thirds_6_digits.xlsx",
          "L1_lossy_store.xlsx", "L2_lossy_store_one_period.xlsx", "P1_supplier_merged.xlsx",
          "P2_numbers_sheets.xlsx")  # fmt: skip
ELSEWHERE = {"I4_no_whole_between.xlsx", "O1_in_euros.xlsx", "O1_in_francs.xlsx", "O2_in_kg.xlsx"}


def test_every_case_that_is_published_is_tried() -> None:
    published = {path.name for path in FIELD.iterdir() if path.is_file() and path.suffix != ".md"}
    assert published == {*GATHERED, *REFUSED, *SAID, *SOLVED, *ELSEWHERE}


@pytest.mark.parametrize("name", SAID)
def test_what_must_be_said_is_said_at_its_cell(name: str) -> None:
    found: dict[str, set[str]] = {}
    problems = check(FIELD / name)
    for problem in problems:
        if problem.code in SAID[name]:
            found.setdefault(problem.code, set()).add(str(problem.cell))
    assert found == SAID[name]
    assert any(problem.severity is Severity.ERROR for problem in problems) == (name in REFUSES)


@pytest.mark.parametrize("name", SOLVED)
def test_a_workbook_that_can_be_read_has_no_error(name: str) -> None:
    assert [problem for problem in check(FIELD / name) if problem.severity is Severity.ERROR] == []


def plan(name: str) -> Solved:
    return best(read(FIELD / name))


def test_hidden_rows_are_named_and_counted() -> None:
    (problem,) = (one for one in check(FIELD / "F1_hidden_rows.xlsx") if one.code == "SHT06")
    assert "4 and 7" in problem.message("en")


def test_a_figure_under_a_heading_in_kg_is_converted() -> None:
    """90,000 kg is 90 t, and 0.50 € a kg is 500 € a tonne."""
    (offer,) = (one for one in read(FIELD / "G1_offers_maximum_kg.xlsx").offers if one.maximum is not None)
    assert offer.maximum == pytest.approx(90)
    prices = {link.price for link in read(FIELD / "G2_links_price_per_kg.xlsx").links}
    assert 500 in prices and 0.5 not in prices


def test_whole_numbers_give_whole_plans_and_what_is_over_is_listed() -> None:
    """30 wanted in batches of 12 are three batches, six left over; 10.5 wanted are eleven."""
    for name, process, level in (("I1_batches_of_12.xlsx", "Batch", 3), ("I2_whole_10_5.xlsx", "Create", 11)):
        assert plan(name).level(process) == pytest.approx(level)


def test_a_minimum_and_a_capacity_without_a_whole_number_between_name_the_whole_number() -> None:
    solution = solve(read(FIELD / "I4_no_whole_between.xlsx"))
    assert solution.status is Status.INFEASIBLE
    assert {str(member.cell) for member in solution.conflict} == {"Processes!C2", "Processes!D2", "Processes!E2"}


@pytest.mark.parametrize(
    ("name", "level"), [("J1_candidate_capacity_1e12.xlsx", 500), ("J3_need_1_capacity_1e9.xlsx", 1)]
)
def test_a_project_with_a_placeholder_for_no_limit_is_opened_and_makes_what_is_needed(name: str, level: float) -> None:
    found = plan(name)
    assert [process for process, _ in found.plan.opened_processes] == ["Make"]
    assert found.level("Make") == pytest.approx(level)


@pytest.mark.parametrize("name", ["L1_lossy_store.xlsx", "L2_lossy_store_one_period.xlsx"])
def test_what_a_lossy_store_swallows_is_listed_among_what_is_lost(name: str) -> None:
    found = plan(name)
    lost = lost_in_stock(found.chain, found.plan)
    assert float(lost[lost["product"] == "Whey"]["quantity"].sum()) == pytest.approx(45)


def test_amounts_in_two_currencies_are_refused_and_kilos_are_tonnes() -> None:
    euros, francs, kilos = (FIELD / f"O{name}.xlsx" for name in ("1_in_euros", "1_in_francs", "2_in_kg"))
    found = compare([euros, francs, kilos], attributing=False)
    assert [[problem.code for problem in outcome.problems] for outcome in found.outcomes] == [[], ["UNI05"], []]
    assert found.inputs[2] == ()
    one, other = found.outcomes[0].values, found.outcomes[2].values
    assert one and {key: other[key] for key in one} == pytest.approx(dict(one), rel=1e-6, abs=1e-6)
