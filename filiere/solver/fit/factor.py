"""The symmetric systems of least squares, factorised: by their normal equations, or as they are where that will not do.

Regularised and then refined (Altman, A. and Gondzio, J. (1999), Regularized symmetric indefinite systems in interior
point methods, Optimization Methods and Software 11).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from scipy import sparse

from filiere.solver.fit.standard import size
from filiere.solver.programme.compile import Vector

SOFT, STIFF = 1e-10, 1e-14
"""What is added to the diagonal of columns, and taken from that of rows."""
REFINED, ENOUGH = 1e-13, 1e-9
"""Relative residual at which refining stops; and above which normal equations are given up."""
CROWDED = 30.0
"""Normal equations with more entries than this many times those of the system are not formed."""


class Factor:
    """The system [[D, Cᵀ], [C, 0]], factorised with ``soft`` added to its diagonal above and ``stiff`` taken below."""

    def __init__(self, equations: sparse.csc_array, diagonal: Vector, soft: float = SOFT, stiff: float = STIFF) -> None:
        self.equations, self.diagonal, self.soft, self.stiff = equations, diagonal, soft, stiff
        entries = float((np.diff(equations.indptr).astype(float) ** 2).sum())
        self._full = not equations.shape[0] or entries > CROWDED * (equations.nnz + 1)
        try:
            self._solve = self._factorised()
        except RuntimeError:
            if self._full:
                raise
            self._full = True
            self._solve = self._factorised()

    def once(self, above: Vector, below: Vector) -> tuple[Vector, Vector]:
        """Return the solution of the system with its changed diagonal; of one right side or several."""
        return self._refined(above, below, self.soft, self.stiff, 2, REFINED)

    def solve(self, above: Vector, below: Vector, close: float = REFINED) -> tuple[Vector, Vector]:
        """Return the solution of the system as it is, refined until it is close or that brings it no nearer."""
        return self._refined(above, below, 0.0, 0.0, 12, close)

    def _refined(
        self, above: Vector, below: Vector, soft: float, stiff: float, rounds: int, close: float
    ) -> tuple[Vector, Vector]:
        right, count = np.concatenate([above, below]), len(above)
        found, wrong = self._nearer(right, count, soft, stiff, rounds, close)
        if not self._full and not size(wrong) <= ENOUGH * size(right):
            self._full = True
            self._solve = self._factorised()
            found, _ = self._nearer(right, count, soft, stiff, rounds, close)
        return found[:count], found[count:]

    def _nearer(
        self, right: Vector, count: int, soft: float, stiff: float, rounds: int, close: float
    ) -> tuple[Vector, Vector]:
        diagonal = (self.diagonal + soft).reshape(-1, *(1,) * (right.ndim - 1))

        def left(x: Vector) -> Vector:
            v, w = x[:count], x[count:]
            off: Vector = right - np.concatenate([diagonal * v + self.equations.T @ w, self.equations @ v - stiff * w])
            return off

        found: Vector = self._solve(right)
        wrong = left(found)
        for _ in range(rounds):
            if size(wrong) <= close * size(right):
                break
            nearer = found + self._solve(wrong)
            then = left(nearer)
            if not size(then) < 0.9 * size(wrong):
                break
            found, wrong = nearer, then
        return found, wrong

    def _factorised(self) -> Callable[[Vector], Vector]:
        diagonal, rows = self.diagonal + self.soft, self.equations.shape[0]
        if self._full:
            blocks = [[sparse.diags_array(diagonal), self.equations.T],
                      [self.equations, -self.stiff * sparse.eye_array(rows)]]  # fmt: skip
            whole = sparse.block_array(blocks) if rows else sparse.diags_array(diagonal)
            lu = _lu(sparse.csc_matrix(whole), 0.01)
            return lambda right: np.asarray(lu.solve(right))
        inverse = sparse.diags_array(1.0 / diagonal)
        normal = self.equations @ inverse @ self.equations.T + self.stiff * sparse.eye_array(rows)
        lu = _lu(sparse.csc_matrix(normal), 0.0)
        count = len(diagonal)

        def solve(right: Vector) -> Vector:
            above, below = right[:count], right[count:]
            w = lu.solve(self.equations @ (inverse @ above) - below)
            return np.concatenate([inverse @ (above - self.equations.T @ w), w])

        return solve


def factorised(equations: sparse.csc_array, diagonal: Vector, soft: float = SOFT, stiff: float = STIFF
               ) -> Factor | None:  # fmt: skip
    """Return the factorised system, with more taken from its diagonal where rows depend on each other exactly.

    Nothing where it is singular even so.
    """
    for more in (1.0, 1e3, 1e6):
        try:
            return Factor(equations, diagonal, soft, stiff * more)
        except (RuntimeError, ValueError):
            continue
    return None


def _lu(matrix: sparse.csc_matrix, threshold: float) -> Any:
    """Factorise a symmetric matrix, with pivots of its diagonal where they will do, else with any."""
    from scipy.sparse.linalg import splu

    try:
        return splu(
            matrix, permc_spec="MMD_AT_PLUS_A", diag_pivot_thresh=threshold, options={"SymmetricMode": True}
        )  # fmt: skip
    except RuntimeError:
        return splu(matrix, permc_spec="COLAMD")
