"""A session that also tells what its last run rests on: prices of rows and columns, and moves of its bounds."""

from __future__ import annotations

import numpy as np

from filiere.solver.compile import Vector
from filiere.solver.session import Session


class Probe(Session):
    """A session whose last optimum can be questioned. Only what was solved as a linear programme has prices."""

    def duals(self) -> Vector:
        """Return by how much the costs of the last run would rise per unit of each row's bound."""
        return np.array(self._highs.getSolution().row_dual, dtype=float)

    def reduced_costs(self) -> Vector:
        """Return by how much the costs of the last run would rise per unit of each column."""
        return np.array(self._highs.getSolution().col_dual, dtype=float)

    def move_row(self, row: int, lower: float, upper: float) -> None:
        """Set the bounds of one row."""
        self._highs.changeRowBounds(row, lower, upper)
