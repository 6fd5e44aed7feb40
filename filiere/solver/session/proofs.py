"""What a run proves beside its plan: prices of rows, and rays where there is no optimum."""

from __future__ import annotations

from abc import abstractmethod
from dataclasses import dataclass
from typing import Any

import numpy as np

from filiere.solver.programme.compile import Function, Vector
from filiere.solver.programme.scales import Scales
from filiere.solver.session.answer import Answer
from filiere.solver.session.basis import Basis
from filiere.solver.session.bounds import Bounds, Mask
from filiere.solver.session.highs import is_ok, run
from filiere.solver.session.outcome import LONGEST, Outcome

LAST_DIGITS = 1e-12
"""What is left of a sum's terms, relative to them, is rounding."""


@dataclass(frozen=True)
class Inside:
    """A function and the rows, held ones included, in the units that the solver has them in."""

    matrix: Any
    costs: Vector
    scale: float
    """What the function is divided by."""
    columns: Vector
    """A column of the programme is so many times the solver's."""


class Proofs:
    """The part of a session that is asked for proofs."""

    longest = LONGEST

    _highs: Any
    _plan: Vector | None
    _single: bool
    _basis: Basis | None
    _scales: Scales
    _rows: Bounds
    _columns: Bounds
    _missed: float

    @abstractmethod
    def _set(self, **options: Any) -> None: ...

    @abstractmethod
    def _price(self, costs: Vector) -> None: ...

    @abstractmethod
    def _run(self, most: int | None = None) -> Outcome: ...

    @abstractmethod
    def _let_wait(self, waiting: Mask) -> None: ...

    @abstractmethod
    def _count(self, function: Function) -> None: ...

    @abstractmethod
    def _matrix(self) -> Any: ...

    def inside(self, function: Function) -> Inside:
        """Return a function as the solver has it, with the rows."""
        self._count(function)
        own = self._scales.function(function)
        return Inside(self._matrix(), own.scaled, own.scale, self._scales.columns)

    def priced_run(self, inside: Inside) -> tuple[Outcome, Vector | None]:
        """Minimise by a run of its own, and return a price for each row: what proves the optimum, or that none is.

        Prices are in the solver's units; where there is no plan, they are those of a ray, in either sense; None where
        numbers fail.
        """
        self._plan, self._single = None, False
        self._price(inside.costs)
        self._set(objective_bound=np.inf)
        outcome = self._run()
        if outcome.optimal:
            return outcome, np.array(self._highs.getSolution().row_dual, dtype=float)
        if outcome.answer is Answer.INFEASIBLE:
            _, found, ray = self._highs.getDualRay()
            return outcome, np.array(ray, dtype=float) if found else None
        return outcome, None

    def _without_plan(self) -> bool:
        """Whether a ray of the last run proves that there is no plan, at a tenth of what bounds may be missed by.

        A run from scratch at that tolerance could then say nothing else.
        """
        status, found = self._highs.getDualRayExist()
        if not (is_ok(status) and found):
            return False
        _, found, values = self._highs.getDualRay()
        if not found:
            return False
        ray, matrix = np.array(values, dtype=float), self._matrix()
        pushed = matrix.T @ ray
        pushed[np.abs(pushed) <= LAST_DIGITS * (abs(matrix).T @ np.abs(ray))] = 0.0
        room = self._missed / 10 * (np.abs(ray).sum() + np.abs(pushed).sum())
        return any(self._rows.least(sign * ray) + self._columns.least(-sign * pushed) > room for sign in (1.0, -1.0))

    def ray(self, function: Function) -> Vector | None:
        """Return a direction along which ``function`` falls for ever, whole columns taken as continuous."""
        self._highs.clearSolver()
        self._basis = None
        self._set(presolve="off", solver="simplex", objective_bound=np.inf)
        self._let_wait(np.zeros(len(self._rows.lower), dtype=bool))
        try:
            self._price(self._scales.function(function).scaled)
            run(self._highs)
            _, found, *values = self._highs.getPrimalRay()
            return np.array(values[0], dtype=float) * self._scales.columns if found else None
        finally:
            self._set(presolve="choose", solver="choose")
