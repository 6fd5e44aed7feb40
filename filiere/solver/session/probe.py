"""A session that also tells what its last run rests on: prices of rows and columns, and moves of its bounds."""

from __future__ import annotations

import numpy as np

from filiere.solver.programme.compile import Function, Vector
from filiere.solver.session.outcome import Outcome
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
