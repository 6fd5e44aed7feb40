"""A session that also tells what its last run rests on: prices of rows and columns, and moves of its bounds."""

from __future__ import annotations

import numpy as np

from filiere.solver.programme.compile import Function, Vector
from filiere.solver.session.highs import is_ok
from filiere.solver.session.outcome import Outcome
from filiere.solver.session.proofs import LAST_DIGITS
from filiere.solver.session.session import Session


class Probe(Session):
    """A session whose last optimum can be questioned. Only what was solved as a linear programme has prices."""

    _scale = 1.0

    def minimise(self, function: Function, believe_infeasible: bool = False, bound: float = np.inf) -> Outcome:
        """Minimise ``function`` by a run of its own, whose prices can be read, and note the scale they are in."""
        self._forget()
        self._scale = self._scales.function(function).scale
        return super().minimise(function, believe_infeasible, bound)

    def _forget(self) -> None:
        """A plan known beforehand has no prices, and is none once rows have moved."""
        self._only = self._plan = None
        self._single = False

    def duals(self) -> Vector:
        """Return by how much the last function rises per unit of each row's bound."""
        return np.array(self._highs.getSolution().row_dual, dtype=float) * self._row_scales * self._scale

    def reduced_costs(self) -> Vector:
        """Return by how much the last function rises per unit of each column."""
        return np.array(self._highs.getSolution().col_dual, dtype=float) / self._scales.columns * self._scale

    def move_rows(self, rows: list[int], lower: Vector, upper: Vector) -> None:
        """Set the bounds of some rows."""
        own = self._row_scales[rows]
        self._rows.change(lower * own, upper * own, np.array(rows, dtype=np.int32))

    def row_bounds(self, rows: list[int]) -> tuple[Vector, Vector]:
        """Return the bounds that some rows have now."""
        own = self._row_scales[rows]
        return self._rows.lower[rows] / own, self._rows.upper[rows] / own

    def reach(self, rows: list[int], by: Vector) -> tuple[float, float]:
        """Return how many times the bounds of some rows can move by ``by``, backwards and forwards, until the last run
        has no longer the best basis: as long as its columns and rows stay within their bounds.

        The optimum moves evenly so far, at the prices of that run. Both are 0 where the basis is not known.
        """
        basis = self._basis
        if basis is None:
            return 0.0, 0.0
        moved = np.zeros(self.row_count)
        moved[rows] = by * self._row_scales[rows]
        pushed = moved.copy()
        pushed[basis.rows] = 0.0
        status, solved = self._highs.getBasisSolve(pushed)
        if not is_ok(status):
            return 0.0, 0.0
        own = basis.order >= 0
        # HiGHS has a row's own column be the row with its sign changed; a bound that moves is a row that moves back.
        by_rows = np.where(self._rows.waiting[basis.rows], 0.0, -solved[~own] - moved[basis.rows])
        values = np.append(np.array(basis.solution.col_value)[basis.columns], basis.activities[basis.rows])
        lower = np.append(self._columns.lower[basis.columns], self._rows.lower[basis.rows])
        upper = np.append(self._columns.upper[basis.columns], self._rows.upper[basis.rows])
        speeds = np.append(solved[own], by_rows)
        return -_times(values, -speeds, lower, upper), _times(values, speeds, lower, upper)


def _times(values: Vector, speeds: Vector, lower: Vector, upper: Vector) -> float:
    """Return how many times values can move before one of them meets its bound."""
    moves = np.abs(speeds) > LAST_DIGITS
    room = np.where(speeds > 0.0, upper - values, lower - values)[moves] / speeds[moves]
    return float(max(0.0, room.min(initial=np.inf)))
