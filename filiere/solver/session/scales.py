"""In which units a solver gets a programme: every figure of a row near 1, whatever units were typed.

A solver's tolerance is one number for all columns and rows. A product counted in grams beside one in shiploads, or
euros beside millions, are then either missed by it or beyond what it can reach. Rows and columns are multiplied by
powers of two, which change no digit, so that coefficients and bounds come as near to 1 as they all can (Fulkerson,
D. R. and Wolfe, P., 1962, An algorithm for scaling matrices, SIAM Review 4(2): geometric means, in turn).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
import numpy.typing as npt
from scipy import sparse

from filiere.solver.programme.compile import Function, Programme, Vector

TURNS = 8
"""Turns of rows and columns: after some five nothing moves by a power of two."""

PEAK = 10.0
"""No coefficient of a column that is not whole is more than two to this power."""

MOST = 60.0
"""No figure is multiplied by more than two to this power, or divided."""


@dataclass(frozen=True)
class Scales:
    """A column is so many times what the solver has; a row of the solver, so many times the programme's."""

    columns: Vector
    rows: Vector

    @cached_property
    def plain(self) -> bool:
        """Whether nothing is scaled."""
        return bool((self.columns == 1.0).all() and (self.rows == 1.0).all())

    def programme(self, programme: Programme) -> Programme:
        """Return a programme as the solver has it; its functions stay as they are."""
        if self.plain:
            return programme
        by_rows = np.repeat(self.rows, np.diff(programme.matrix.indptr))
        data = programme.matrix.data * by_rows * self.columns[programme.matrix.indices]
        matrix = sparse.csr_array((data, programme.matrix.indices, programme.matrix.indptr), programme.matrix.shape)
        return replace(
            programme,
            matrix=matrix,
            row_lower=programme.row_lower * self.rows,
            row_upper=programme.row_upper * self.rows,
            column_lower=programme.column_lower / self.columns,
            column_upper=programme.column_upper / self.columns,
        )

    def function(self, function: Function) -> Function:
        """Return a function of the programme's columns as one of the solver's."""
        return function if self.plain else Function(function.coefficients * self.columns, function.constant)


def scales(programme: Programme) -> Scales:
    """Return what makes coefficients and bounds of a programme come near to 1; whole columns count as they are."""
    matrix = programme.matrix.tocoo()
    sizes = np.log2(np.abs(matrix.data))
    rows, columns = matrix.row, matrix.col
    asked, bounded = _size(programme.row_lower, programme.row_upper), _size(
        programme.column_lower, programme.column_upper
    )  # fmt: skip
    count, width = matrix.shape
    of_row, of_column = np.zeros(count), np.zeros(width)
    in_row = np.bincount(rows, minlength=count) + np.isfinite(asked)
    in_column = np.bincount(columns, minlength=width) + np.isfinite(bounded)
    for _ in range(TURNS):
        total = np.bincount(rows, weights=sizes + of_column[columns], minlength=count) + _known(asked)
        of_row = -total / np.maximum(in_row, 1)
        total = np.bincount(columns, weights=sizes + of_row[rows], minlength=width) - _known(bounded)
        # What one row has a millionfold of, a mean hides: a level that makes 1e9 loaves would be zero to the solver.
        peak = np.full(width, -np.inf)
        np.maximum.at(peak, columns, sizes + of_row[rows])
        of_column = np.where(programme.whole, 0.0, np.minimum(-total / np.maximum(in_column, 1), PEAK - peak))
    return Scales(_power(of_column), _power(of_row))


def _size(lower: Vector, upper: Vector) -> Vector:
    """The binary logarithm of the larger bound that there is, infinite where there is none but 0."""
    sizes = np.maximum(
        np.where(np.isfinite(lower), np.abs(lower), 0.0), np.where(np.isfinite(upper), np.abs(upper), 0.0)
    )
    found: Vector = np.where(sizes > 0.0, np.log2(np.where(sizes > 0.0, sizes, 1.0)), np.inf)
    return found


def _known(sizes: Vector) -> Vector:
    return np.where(np.isfinite(sizes), sizes, 0.0)


def _power(logarithms: Vector) -> npt.NDArray[np.float64]:
    found: Vector = np.exp2(np.clip(np.rint(logarithms), -MOST, MOST))
    return found
