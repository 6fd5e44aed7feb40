"""The basis that a run ended with: what any other function's reduced costs are there, without another run."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from filiere.solver.programme.compile import Vector
from filiere.solver.session.bounds import Positions
from filiere.solver.session.highs import is_ok


@dataclass(frozen=True)
class Basis:
    """Basic columns and rows in HiGHS's order, columns as they are numbered and row i as −1 − i; row activities."""

    order: Positions
    activities: Vector

    @property
    def columns(self) -> Positions:
        """The basic columns."""
        return self.order[self.order >= 0]

    @property
    def rows(self) -> Positions:
        """The basic rows."""
        return -1 - self.order[self.order < 0]

    def duals(self, highs: Any, matrix: Any, costs: Vector) -> tuple[Vector, Vector] | None:
        """Return the columns' and the rows' reduced costs, d = c − Aᵀy with y = B⁻ᵀc_B; None without B's factors.

        ``matrix`` is A, rows × columns, in any sparse form; ``costs`` are c, one a column.
        """
        on_basis = np.where(self.order >= 0, costs[np.maximum(self.order, 0)], 0.0)
        status, rows = highs.getBasisTransposeSolve(on_basis)
        if not is_ok(status) or len(rows) != matrix.shape[0]:
            return None
        rows[self.rows] = 0.0
        columns = costs - matrix.T @ rows
        columns[self.columns] = 0.0
        return columns, rows
