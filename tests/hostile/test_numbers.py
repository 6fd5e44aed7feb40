"""Plans that are not proved, or do not hold, are never shown as the best."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from filiere.analysis.explain import levers
from filiere.analysis.stress.stress import stress
from filiere.analysis.today import today
from filiere.pipeline import solve_chain
from filiere.report.result.summary.remarks import remarks
from filiere.report.view import View
from filiere.solution.solution import Solution
from filiere.solver import solve as solving
from filiere.solver.front import front
from filiere.solver.programme.compile import Function, Programme, Vector
from filiere.solver.session.cases.search import Search
from filiere.solver.session.session import Answer, Outcome, Session
from tests.chain.bread import bread
from tests.commands.running import run, write
from tests.sheets import chain as read

# Two mills, of which one is opened as a whole: a search among whole numbers.
MILLS = bread(
    Processes="""
        | process | actor | capacity | status    | fixed_cost |
        | milling | Mill  | 100      | candidate | 50         |
        | milling | Farm  | 60       | candidate | 20         |""",
    Links="""
        | from | to   | product |
        | Farm | Mill | wheat   |
        | Mill | Shop | flour   |
        | Farm | Shop | flour   |""",
)
TODAY = bread(
    Links="""
        | from | to   | product | today |
        | Farm | Mill | wheat   | 100   |
        | Mill | Shop | flour   | 80    |"""
)
Patch = pytest.MonkeyPatch
Captured = pytest.CaptureFixture[str]


@pytest.fixture
def mills(tmp_path: Path) -> str:
    return str(write(tmp_path / "mills.xlsx", MILLS))


def _stop_after(monkeypatch: Patch, runs: int) -> None:
    """Let time be up once the solver has answered so many times."""
    answered = {"runs": 0}
    minimise = Session.minimise

    def until(self: Session, *given: Any) -> Outcome:
        answered["runs"] += 1
        if answered["runs"] > runs:
            return Outcome(Answer.TIME_LIMIT, np.empty(0), float("inf"))
        return minimise(self, *given)

    monkeypatch.setattr(Session, "minimise", until)


def test_no_plan_in_time_is_said_and_nothing_written(mills: str, monkeypatch: Patch, capsys: Captured) -> None:
    _stop_after(monkeypatch, 0)
    ran = run(monkeypatch, capsys, "solve", mills, "--time-limit", "1", "--lang", "en")
    assert ran.code == 4
    assert "No plan was found within the time allowed." in ran.err
    assert [path.name for path in Path(mills).parent.iterdir()] == ["mills.xlsx"]


@pytest.mark.parametrize("runs", [3, 5, 8])
def test_a_plan_stopped_at_a_later_rank_comes_with_a_note(
    mills: str, runs: int, monkeypatch: Patch, capsys: Captured
) -> None:
    _stop_after(monkeypatch, runs)
    ran = run(monkeypatch, capsys, "solve", mills, "--time-limit", "1", "--lang", "en", "--json")
    answer = json.loads(ran.out)
    assert ran.code == 0
    assert "how far from the best is not known" in ran.err
    assert (answer["status"], answer["gap"], answer["certificate"]["passed"]) == ("time_limit", None, True)
    assert answer["flows"]


def test_a_plan_stopped_at_a_later_rank_is_written_with_its_note(
    mills: str, monkeypatch: Patch, capsys: Captured
) -> None:
    _stop_after(monkeypatch, 5)
    ran = run(monkeypatch, capsys, "solve", mills, "--time-limit", "1", "--lang", "fr")
    assert ran.code == 0
    assert "pas un optimum prouvé" in ran.err
    page = next(Path(mills).parent.glob("*.html")).read_text("utf-8")
    assert "arrêtée avant sa fin" in page


def test_the_gap_that_branch_and_cut_leaves_is_told(mills: str, monkeypatch: Patch, capsys: Captured) -> None:
    found = Search.minimise

    def stopped(self: Search, function: Function) -> Outcome:
        return replace(found(self, function), answer=Answer.TIME_LIMIT, gap=0.0714)

    monkeypatch.setattr(Search, "minimise", stopped)
    ran = run(monkeypatch, capsys, "solve", mills, "--time-limit", "1", "--lang", "en", "--json")
    assert (ran.code, json.loads(ran.out)["gap"]) == (0, 0.0714)
    assert "at most 7.14% from the best" in ran.err


def _tampered(monkeypatch: Patch) -> None:
    """Add a tenth to every flow of a plan that was optimal."""
    answer = solving.read_off

    def changed(*given: object) -> Solution:
        solution = answer(*given)  # type: ignore[arg-type]
        assert solution.plan is not None
        flows = solution.plan.flows.assign(quantity=solution.plan.flows["quantity"] * 1.1)
        return replace(solution, plan=replace(solution.plan, flows=flows))

    # Modules that were loaded before: one that is loaded now would keep what is put here for good.
    for module in (solving, levers, front):
        monkeypatch.setattr(module, "read_off", changed)


@pytest.mark.parametrize("command", ["solve", "compare", "explain"])
def test_a_plan_that_does_not_hold_is_neither_shown_nor_written(
    command: str, mills: str, monkeypatch: Patch, capsys: Captured
) -> None:
    _tampered(monkeypatch)
    ran = run(monkeypatch, capsys, command, mills, "--lang", "en")
    assert ran.code == 1
    assert "fault of its own" not in ran.err
    assert "optimal" not in ran.out
    assert [path.name for path in Path(mills).parent.iterdir()] == ["mills.xlsx"]


def test_a_plan_that_does_not_hold_is_not_called_optimal(mills: str, monkeypatch: Patch, capsys: Captured) -> None:
    _tampered(monkeypatch)
    ran = run(monkeypatch, capsys, "solve", mills, "--lang", "en", "--json")
    answer = json.loads(ran.out)
    assert (ran.code, answer["status"], answer["certificate"]["passed"]) == (1, "unverified", False)


def test_a_front_with_a_point_that_does_not_hold_is_not_called_optimal(
    mills: str, monkeypatch: Patch, capsys: Captured
) -> None:
    _tampered(monkeypatch)
    asked = ("pareto", mills, "--x", "cost", "--y", "dependency", "-n", "2", "--lang", "en", "--json")
    ran = run(monkeypatch, capsys, *asked)
    answer = json.loads(ran.out)
    assert (ran.code, answer["status"]) == (1, "unverified")
    assert not all(point["certificate"]["passed"] for point in answer["points"])


def test_nothing_is_compared_with_a_today_that_does_not_hold(monkeypatch: Patch) -> None:
    chain = read(TODAY)
    assert solve_chain(chain).today is not None
    find = today.today

    def changed(*given: Any) -> Solution:
        solution = find(*given)
        assert solution.plan is not None
        flows = solution.plan.flows.assign(quantity=solution.plan.flows["quantity"] * 1.1)
        return replace(solution, plan=replace(solution.plan, flows=flows))

    monkeypatch.setattr(today, "today", changed)
    result = solve_chain(chain)
    assert result.today is None and result.today_measures is None
    assert "nothing is compared with them" in " ".join(remark.text for remark in remarks(View(result, "en")))


def test_a_loss_whose_plan_does_not_hold_is_not_measured(monkeypatch: Patch) -> None:
    held = Programme.holds
    seen = list[bool]()

    def first_only(self: Programme, columns: Vector) -> bool:
        seen.append(held(self, columns))
        return len(seen) == 1

    monkeypatch.setattr(Programme, "holds", first_only)
    found = stress(read(TODAY))
    assert all(seen) and len(seen) > 1
    assert {effect.state for effect in found.losses} <= {"trouble", "unaffected", "impossible"}
    assert "trouble" in {effect.state for effect in found.losses}
