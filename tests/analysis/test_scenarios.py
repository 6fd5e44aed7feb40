"""Cases side by side: figures worked out by hand, failures that stop nothing, the same wherever the work is done."""

from __future__ import annotations

import math

import pytest

from filiere.analysis.scenarios import compare as scenarios
from filiere.analysis.scenarios.case import Case, Outcome, Source, Work
from filiere.analysis.scenarios.compare import cases, compare
from filiere.problems import WorkbookError
from filiere.solution.solution import Status
from tests.wheat import COST, WHEAT, case, compared, source

ABOUT = pytest.approx


def cost(outcome: Outcome) -> float:
    assert outcome.values is not None
    return outcome.values["cost"] or 0.0


def test_every_scenario_is_compared_reference_first() -> None:
    found = compared(attributing=False)
    assert [one.case.scenario for one in found.outcomes] == [
        "reference", "dry", "dear", "dry and dear", "worse", "alone", "wrong",
    ]  # fmt: skip
    assert {one.case.scenario: ABOUT(cost(one)) for one in found.outcomes if one.solved} == COST


def test_one_that_fails_says_why_and_stops_no_other() -> None:
    alone, wrong = compared(attributing=False).outcomes[-2:]
    assert alone.solution is not None
    assert alone.solution.status is Status.INFEASIBLE
    assert "Needs!C2" in {str(member.cell) for member in alone.solution.conflict}
    assert {(problem.severity.value, str(problem.cell)) for problem in wrong.problems} == {("error", "Scenarios!E8")}
    assert not alone.solved
    assert not wrong.solved


def test_changes_are_given_what_they_bring() -> None:
    found = compared("dry and dear").attributions[1]
    assert found is not None
    assert found.average is not None
    assert [ABOUT(step.brought["cost"]) for step in found.steps] == [6_000, 21_000]
    assert [ABOUT(part["cost"]) for part in found.average] == [10_500, 16_500]
    # Dependency counts at the reference price: the price paid brings nothing to it.
    assert [ABOUT(part["dependency"], abs=1e-6) for part in found.average] == [30 * 200, 0]
    for key, total in found.total.items():
        assert math.fsum(part[key] for part in found.average) == ABOUT(total, rel=1e-14)
        assert math.fsum(step.brought[key] for step in found.steps) == ABOUT(total, rel=1e-12, abs=1e-12)


def test_a_workbook_is_compared_with_another() -> None:
    found = compared(sources=(source(WHEAT, 60, "now"), source(WHEAT, 30, "later")))
    assert [one.case for one in found.outcomes] == [Case(0, "reference"), Case(1, "reference")]
    assert [ABOUT(cost(one)) for one in found.outcomes] == [18_000, 24_000]
    (change,) = found.inputs[1]
    assert (change.row, change.before, change.after, str(change.cell)) == ("Farm / wheat", 60, 30, "Offers!C2")
    attribution = found.attributions[1]
    assert attribution is not None
    assert attribution.total["cost"] == ABOUT(6_000)


def test_a_workbook_that_cannot_be_read_is_one_column_that_fails() -> None:
    unreadable = Source(None, None, WorkbookError(compared("wrong").outcomes[1].problems).problems)
    found = compared(sources=(source(WHEAT), unreadable))
    assert [one.solved for one in found.outcomes] == [True, False]
    assert found.outcomes[1].problems
    assert found.inputs[1] == ()


def test_scenarios_are_chosen_by_name_and_a_slip_is_named() -> None:
    books = (source(), source(WHEAT, 30, "other"))
    assert cases(books, ["DRY"]) == [case("reference"), case("dry")]
    assert cases(books, ["dear", "dry", "reference"]) == [
        case("reference"), case("dear"), case("dry"), Case(1, "reference"),
    ]  # fmt: skip
    assert cases(books, ["dry"], "dear")[0] == case("dear")
    with pytest.raises(WorkbookError) as refused:
        cases(books, ["drry"])
    assert "dry" in refused.value.problems[0].message("en") + refused.value.problems[0].hint("en")


def test_another_reference_is_what_differences_are_taken_from() -> None:
    books = (source(),)
    found = compare(books, cases(books, ["dry and dear"], "dry"))
    assert [one.case.scenario for one in found.outcomes] == ["dry", "dry and dear"]
    assert [change.column for change in found.inputs[1]] == ["price"]
    assert found.attributions[1] is not None
    assert found.attributions[1].total["cost"] == ABOUT(21_000)


def test_an_interruption_keeps_what_was_finished() -> None:
    def stop(stage: str, done: int, _: int) -> None:
        if (stage, done) == ("scenarios", 3):
            raise KeyboardInterrupt

    found = compared(stage=stop)
    assert found.interrupted
    assert [one.case.scenario for one in found.outcomes] == ["reference", "dry", "dear"]
    assert [ABOUT(cost(one)) for one in found.outcomes] == [18_000, 24_000, 30_000]


def test_an_interruption_while_looking_for_reasons_keeps_the_scenarios() -> None:
    def stop(stage: str, done: int, _: int) -> None:
        if (stage, done) == ("attribution", 1):
            raise KeyboardInterrupt

    found = compared("dry", "dry and dear", "worse", stage=stop)
    assert found.interrupted
    assert all(one.solved for one in found.outcomes)
    # One change needs no combination: its scenario is the whole of it.
    assert found.attributions[1] is not None
    assert found.attributions[3] is None


def test_a_reference_that_was_not_reached_has_its_column(monkeypatch: pytest.MonkeyPatch) -> None:
    real = scenarios.solve_case

    def interrupted(work: Work) -> Outcome:
        if work.case.scenario == "reference":
            raise KeyboardInterrupt
        return real(work)

    monkeypatch.setattr(scenarios, "solve_case", interrupted)
    found = compared("dry")
    assert [one.case.scenario for one in found.outcomes] == ["reference"]
    assert not found.reference.solved
