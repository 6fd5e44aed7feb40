"""``solve --solver``: the plan by another solver, and what is said where it cannot be had."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

import filiere
from filiere.commands.plan.solver import OFFERED
from filiere.solution.certify.certify import certify
from filiere.solver.plain import by_pyomo
from filiere.solver.plain.by_pyomo import ByPyomo
from filiere.solver.plain.solve import solve_by
from filiere.solver.session.answer import Answer
from filiere.solver.solve import solve
from tests.commands.running import run, write
from tests.commands.test_export import BREAD, EXAMPLES
from tests.laws.law import values
from tests.model.one_of_everything import WORKBOOK
from tests.model.pooling import POOLING
from tests.sheets import chain
from tests.solver.planted import markdown
from tests.solver.second import needs_glpk, second_values

BOTH = ["highs", pytest.param("glpk", marks=needs_glpk)]


@pytest.mark.parametrize(("sector", "solver"), [("food", "highs"), pytest.param("culture", "glpk", marks=needs_glpk)])
def test_another_solver_reaches_every_rank_of_the_examples(sector: str, solver: str) -> None:
    read = filiere.read(EXAMPLES / f"{sector}_example_fr.xlsx")
    found, usual = second_values(read, solver), values(solve(read))
    assert found.keys() == usual.keys()
    for rank, value in found.items():
        assert value == pytest.approx(usual[rank], rel=1e-6, abs=1e-6), rank


@pytest.mark.parametrize("workbook", [WORKBOOK, POOLING], ids=["everything", "pooling"])
@pytest.mark.parametrize("solver", BOTH)
def test_one_of_everything_is_planned_and_certified_by_another_solver(solver: str, workbook: str) -> None:
    read = chain(workbook)
    found, usual = solve_by(solver, read), solve(read)
    assert certify(read, found).passed
    assert values(found) == pytest.approx(values(usual), rel=1e-6, abs=1e-6)
    assert found.plan is not None and usual.plan is not None
    assert found.plan.opened_processes == usual.plan.opened_processes


@pytest.mark.parametrize("solver", BOTH)
def test_the_command_tells_the_same_values_by_another_solver(
    solver: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    file = write(tmp_path / "bread.xlsx", BREAD)
    ran = run(monkeypatch, capsys, "solve", str(file), "--solver", solver, "--json")
    assert ran.code == 0, ran.err
    told = json.loads(ran.out)
    assert told["certificate"]["passed"]
    # By hand: 54 t missing at 2000, 100 t of wheat at 20, 80 levels of half a post.
    asked = [one for one in told["objectives"] if not one.get("closing")]
    assert [one["value"] for one in asked] == pytest.approx([108_000, 2000, 40])


@pytest.mark.parametrize("solver", BOTH)
def test_what_has_no_plan_is_told_as_ever(
    solver: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    starved = write(tmp_path / "starved.xlsx", markdown(("Offers", 0, {"maximum": 1})))
    ran = run(monkeypatch, capsys, "solve", str(starved), "--solver", solver, "--json")
    assert ran.code == 4 and "Needs!C2" in {one["cell"] for one in json.loads(ran.out)["conflict"]}
    endless = write(
        tmp_path / "endless.xlsx",
        markdown(
            ("Offers", 0, {"maximum": None}), ("Processes", 0, {"capacity": None}),
            ("Processes", 1, {"capacity": None, "jobs": 1}),
            ("Needs", 0, {"quantity": None, "obligation": "outlet"}), ("Objectives", None, {"rank": 1, "objective": "jobs"}),
        ),
    )  # fmt: skip
    ran = run(monkeypatch, capsys, "solve", str(endless), "--solver", solver, "--json")
    assert ran.code == 4 and json.loads(ran.out)["status"] == "unbounded"


def test_a_solver_that_is_unknown_or_absent_is_told_before_any_work(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "chain.xlsx").write_bytes(b"never opened")
    file = str(tmp_path / "chain.xlsx")
    ran = run(monkeypatch, capsys, "solve", file, "--solver", "solvomatic", "--lang", "en")
    assert ran.code == 2 and "No solver is called “solvomatic”. On this machine there are: highs" in ran.err
    monkeypatch.setattr(by_pyomo, "installed", lambda name: name == "highs")
    ran = run(monkeypatch, capsys, "solve", file, "--solver", "gurobi", "--lang", "fr")
    assert ran.code == 5 and "Le solveur «\xa0gurobi\xa0» n'est pas sur cette machine" in ran.err


def test_an_answer_that_is_no_plan_is_never_shown(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A solver that calls anything optimal: nothing flows, and 150 t of bread are neither served nor missing."""
    file = write(tmp_path / "bread.xlsx", BREAD)
    monkeypatch.setattr(ByPyomo, "_solved", lambda self, *_: (Answer.OPTIMAL, np.zeros(len(self.programme.columns))))
    ran = run(monkeypatch, capsys, "solve", str(file), "--solver", "highs", "--lang", "en")
    assert ran.code == 5 and "The solver highs gave no plan that holds" in ran.err
    assert [path.name for path in tmp_path.iterdir()] == ["bread.xlsx"]


def test_a_solver_that_branches_without_end_is_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where nobody gave a time, each question with whole numbers has one."""
    asked: list[float | None] = []
    monkeypatch.setattr(ByPyomo, "longest", 6.5)
    factory = type(by_pyomo.pyo.SolverFactory)
    made = factory.__call__

    def noted(self: object, name: str, **given: object) -> object:
        solver = made(self, name, **given)
        own = solver.solve
        solver.solve = lambda model, **more: (asked.append(more.get("timelimit")), own(model, **more))[1]
        return solver

    monkeypatch.setattr(factory, "__call__", noted)
    assert solve_by("highs", chain(WORKBOOK)).plan is not None
    assert set(asked) == {7, None}


def test_what_a_solver_has_not_ended_in_its_time_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    file = write(tmp_path / "bread.xlsx", BREAD)
    monkeypatch.setattr(ByPyomo, "_solved", lambda *_: (Answer.TIME_LIMIT, np.empty(0)))
    ran = run(monkeypatch, capsys, "solve", str(file), "--solver", "highs", "--lang", "en")
    assert ran.code == 4 and "No plan was found within the time allowed" in ran.err


def test_a_solver_that_is_told_how_to_be_exact_is_among_those_offered() -> None:
    """Each of those offered is one that Pyomo knows, and none that has settings of its own is left out."""
    public = {by_pyomo.KNOWN.get(name, name) for name in OFFERED}
    assert {*by_pyomo.EXACT, *by_pyomo.SURER, *by_pyomo.KNOWN.values()} <= public <= by_pyomo.known_solvers()
