"""The Pyomo model of record, solved by any solver that Pyomo reaches: for its owner, and as a second opinion."""

from __future__ import annotations

import contextlib
import logging
import math
import time
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

import numpy as np
import pyomo.environ as pyo
from pyomo.common.errors import ApplicationError, PyomoException
from pyomo.core.expr.numeric_expr import LinearExpression
from pyomo.opt import TerminationCondition as Ended

from filiere.language import Label
from filiere.model.build import Model
from filiere.solver.plain.session import Plain
from filiere.solver.programme.compile import Function, Programme, Vector
from filiere.solver.session.answer import Answer
from filiere.solver.session.outcome import Outcome

EXACT: dict[str, dict[str, float]] = {
    "appsi_highs": {
        "primal_feasibility_tolerance": 1e-9, "dual_feasibility_tolerance": 1e-9, "mip_feasibility_tolerance": 1e-9,
        "mip_rel_gap": 1e-9, "mip_abs_gap": 1e-9, "threads": 1,
    },
    "glpk": {"mipgap": 1e-10},
    "cbc": {"primalTolerance": 1e-9, "dualTolerance": 1e-9, "ratioGap": 1e-9, "allowableGap": 1e-9},
    "scip": {"numerics/feastol": 1e-9, "numerics/dualfeastol": 1e-9, "limits/gap": 1e-9},
}  # fmt: skip
"""How each solver is told to be as exact as a held row; others keep their own settings."""

SURER: dict[str, dict[str, str]] = {"glpk": {"nopresol": ""}}
"""How each is asked again where it does not tell what stands in the way of an optimum: its presolve hides that."""

KNOWN = {"highs": "appsi_highs"}
"""Solvers that Pyomo reaches under another name."""

_ASKED, _HELD = "objective of the rank", "ranks held"
"""Names on the Pyomo model that no variable of it has."""

BROKEN = Label(
    "what it calls optimal breaks a row, a bound or a whole number",
    "ce qu'il dit optimal ne respecte pas une ligne, une borne ou un nombre entier",
)
NEARLY = 1e-4
"""Farther than this from a whole number, a solver that was asked for whole numbers did not listen."""

_ANSWERS = {
    Ended.optimal: Answer.OPTIMAL,
    Ended.infeasible: Answer.INFEASIBLE,
    Ended.unbounded: Answer.UNBOUNDED,
    Ended.maxTimeLimit: Answer.TIME_LIMIT,
}


class SolverError(Exception):
    """A solver that cannot be asked, or whose answer is no plan; ``name`` is its name, ``why`` what it said."""

    def __init__(self, name: str, why: Label | str = "") -> None:
        super().__init__(f"{name}: {why}")
        self.name, self.why = name, why


class UnknownSolverError(SolverError):
    """A name that Pyomo does not know."""


class AbsentSolverError(SolverError):
    """A solver that Pyomo knows and this machine has not."""


def known_solvers() -> frozenset[str]:
    """Return the names that Pyomo knows."""
    return frozenset({*(name for name in pyo.SolverFactory if not name.startswith("_")), *KNOWN})


def installed(name: str) -> bool:
    """Whether this machine has a solver."""
    with _silent():
        return bool(pyo.SolverFactory(KNOWN.get(name, name)).available(exception_flag=False))


def check_solver(name: str) -> None:
    """Raise :class:`UnknownSolverError` or :class:`AbsentSolverError` where a solver cannot be asked."""
    if name not in known_solvers():
        raise UnknownSolverError(name)
    if not installed(name):
        raise AbsentSolverError(name)


class ByPyomo(Plain):
    """A session that another solver answers; rows held and bounds set are written on the Pyomo model."""

    slack = 2e-10  # no solver that Pyomo reaches meets a tenth of a billionth on all chains

    def __init__(self, model: Model, programme: Programme, solver: str, time_limit: float | None = None) -> None:
        check_solver(solver)
        super().__init__(programme, time_limit)
        self.name, self._solver = solver, KNOWN.get(solver, solver)
        self._model = model.pyomo
        self._variables = [_variable(self._model, name, key) for name, key in programme.columns]
        for objective in self._model.component_objects(pyo.Objective):
            objective.deactivate()
        self._whole = [(self._variables[i], self._variables[i].domain) for i in np.flatnonzero(programme.whole)]
        self._relaxed = replace(programme, whole=np.zeros_like(programme.whole))
        self._bound_sizes()

    def minimise(self, function: Function, believe_infeasible: bool = False, bound: float = np.inf) -> Outcome:
        """Minimise ``function`` with the whole columns as they come, continuous."""
        return self._ask(function, whole=False)

    def minimise_whole(self, function: Function, plan: Vector | None = None) -> Outcome:
        """Minimise ``function`` with the whole columns whole; a plan that is known helps nothing."""
        return self._ask(function, whole=True)

    def _bound_sizes(self) -> None:
        """Write the rows of projects whose sizes were bounded by what could be used of them on the model too."""
        matrix, typed = self.programme.matrix, self.programme.typed
        if typed is None:
            return
        changed = np.flatnonzero(matrix.data != typed.data)
        for row in np.unique(np.searchsorted(matrix.indptr, changed, side="right") - 1).tolist():
            name, key = self.programme.rows[row]
            body = self._sum(Function(matrix[[row], :].toarray().ravel(), 0.0))
            self._model.component(name)[key].set_value((None, body, float(self.programme.row_upper[row])))

    def _ask(self, function: Function, whole: bool) -> Outcome:
        answer, columns = self._solved(function, whole)
        surer = SURER.get(self._solver)
        if answer is Answer.TROUBLE and surer:
            answer, columns = self._solved(function, whole, surer)
        if answer is Answer.TROUBLE and function.coefficients.any():
            # Some solvers tell only that no optimum exists: with nothing to minimise they say whether a plan does.
            feasible, _ = self._solved(function * 0.0, whole, surer)
            answer = {Answer.OPTIMAL: Answer.UNBOUNDED, Answer.INFEASIBLE: Answer.INFEASIBLE}.get(feasible, answer)
        if answer is not Answer.OPTIMAL:
            return Outcome(answer, np.empty(0), np.inf if answer is Answer.TIME_LIMIT else 0.0)
        if not self._keeps(columns, whole):
            raise SolverError(self.name, BROKEN)
        self.last_columns = columns
        return Outcome(answer, columns)

    def _keeps(self, columns: Vector, whole: bool) -> bool:
        """Whether the columns are a plan; where they are whole, nearly so: they are rounded and solved once more."""
        if not whole:
            return self._relaxed.holds(columns)
        chosen = columns[self.programme.whole]
        return bool((np.abs(chosen - np.round(chosen)) <= NEARLY).all())

    def _solved(
        self, function: Function, whole: bool, more: Mapping[str, str] | None = None
    ) -> tuple[Answer, Vector]:  # fmt: skip
        self._write(function, whole)
        left = np.inf if self._deadline is None else max(1.0, self._deadline - time.monotonic())
        left = min(left, self.longest) if whole else left
        asked = {"timelimit": math.ceil(left)} if left < np.inf else {}  # GLPK reads whole seconds only
        try:
            with _silent():
                solver = pyo.SolverFactory(self._solver)
                solver.options.update({**EXACT.get(self._solver, {}), **(more or {})})
                found = solver.solve(self._model, load_solutions=False, **asked)
                answer = _ANSWERS.get(found.solver.termination_condition, Answer.TROUBLE)
                if answer is Answer.OPTIMAL:
                    self._model.solutions.load_from(found)
        except (ApplicationError, PyomoException, ValueError, RuntimeError, OSError) as error:
            raise SolverError(self.name, " ".join(str(error).split())) from error
        if answer is not Answer.OPTIMAL:
            return answer, np.empty(0)
        values = np.array([variable.value or 0.0 for variable in self._variables], dtype=float)
        return answer, np.clip(values, *self.column_bounds())

    def _write(self, function: Function, whole: bool) -> None:
        """Put the objective, the rows that are held, the bounds and the kinds of the columns on the model."""
        model = self._model
        model.del_component(_ASKED)
        model.del_component(_HELD)
        model.add_component(_ASKED, pyo.Objective(expr=self._sum(Function(function.scaled, 0.0))))
        held = pyo.ConstraintList()
        model.add_component(_HELD, held)
        for row, upper in self.held():
            if np.isfinite(upper):
                held.add((None, self._sum(row), upper))
        for variable, kind in self._whole:
            variable.domain = kind if whole else pyo.Reals
        bounds = zip(*(bound.tolist() for bound in self.column_bounds()), strict=True)
        for variable, (lower, upper) in zip(self._variables, bounds, strict=True):
            variable.setlb(None if lower == -np.inf else lower)
            variable.setub(None if upper == np.inf else upper)
            variable.set_value(None)

    def _sum(self, function: Function) -> Any:
        used = np.flatnonzero(function.coefficients)
        return LinearExpression(
            constant=function.constant,
            linear_coefs=function.coefficients[used].tolist(),
            linear_vars=[self._variables[i] for i in used.tolist()],
        )


def _variable(model: Any, name: str, key: Any) -> Any:
    return model.component(name)[key]


@contextlib.contextmanager
def _silent() -> Iterator[None]:
    """Keep Pyomo from logging what is told in our own words."""
    logger = logging.getLogger("pyomo")
    level = logger.level
    logger.setLevel(logging.CRITICAL)
    try:
        yield
    finally:
        logger.setLevel(level)
