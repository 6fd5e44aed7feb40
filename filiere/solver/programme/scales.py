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
from filiere.solver.programme.sizes import PLACEHOLDER
from filiere.solver.programme.tighten import bounds, bounds_by_rows

TURNS = 8
"""Turns of rows and columns: after some five nothing moves by a power of two."""

PEAK = 10.0
"""No coefficient of a column that is not whole is more than two to this power."""

LIKE = 4.0
"""A coefficient that is no more than so many times another, and no less than one in so many, is as large."""

MOST = 60.0
"""No figure is multiplied by more than two to this power, or divided."""


SWEEPS, FEW_SWEEPS = 12, 2
"""Rows after rows along which a bound is carried on: from what was typed, and from those of a wider programme."""

FARTHEST = 200.0
"""The same where figures lie so far apart that their sums may be larger than any that somebody typed."""


NEVER = 2.0
"""So many times what no plan goes beyond, a column never is."""


@dataclass(frozen=True)
class Scales:
    """A column is so many times what the solver has; a row of the solver, so many times the programme's."""

    columns: Vector
    rows: Vector

    @cached_property
    def plain(self) -> bool:
        """Whether nothing is scaled."""
        return bool((self.columns == 1.0).all() and (self.rows == 1.0).all())

    def programme(self, programme: Programme, matrix: sparse.csr_array | None = None) -> Programme:
        """Return a programme as the solver has it, with its ``matrix`` there, if that is known; functions stay as they
        are.
        """
        if self.plain:
            return programme
        return replace(
            programme,
            matrix=self._matrix(programme.matrix) if matrix is None else matrix,
            row_lower=programme.row_lower * self.rows,
            row_upper=programme.row_upper * self.rows,
            column_lower=programme.column_lower / self.columns,
            column_upper=programme.column_upper / self.columns,
        )

    def _matrix(self, matrix: sparse.csr_array) -> sparse.csr_array:
        data = matrix.data * np.repeat(self.rows, np.diff(matrix.indptr)) * self.columns[matrix.indices]
        return sparse.csr_array((data, matrix.indices, matrix.indptr), matrix.shape)

    def function(self, function: Function) -> Function:
        """Return a function of the programme's columns as one of the solver's."""
        return function if self.plain else Function(function.coefficients * self.columns, function.constant)


@dataclass(frozen=True)
class Boxes:
    """What no plan of a programme goes beyond, by column."""

    programme: Programme
    most: Vector

    def within(self, other: Programme) -> Boxes | None:
        """Return those of another programme on the same matrix that allows no more: these, where nothing is whole, else
        by a few sweeps from these. None where it does: what it may leave wider is rows of which all columns are at 0.
        """
        own = self.programme
        if (other.column_upper > own.column_upper).any() or (other.column_lower < own.column_lower).any():
            return None
        wider = np.flatnonzero((other.row_lower < own.row_lower) | (other.row_upper > own.row_upper))
        if other.column_upper[other.matrix[wider].indices].any():
            return None
        return Boxes(other, bounds_by_rows(other, FEW_SWEEPS, self.most) if other.has_whole_columns else self.most)


def boxes_of(programme: Programme) -> Boxes | None:
    """Return what no plan of a programme goes beyond; None where a column may be less than 0."""
    if programme.column_lower.min(initial=0.0) < 0.0:
        return None
    return Boxes(programme, bounds_by_rows(programme, SWEEPS, programme.column_upper))


def boxed(scales: Scales, sent: Programme, boxes: Boxes) -> Programme:
    """Return a programme as the solver has it with each column under a bound that no plan comes near.

    A run that is given up where its prices prove it worse than the best has such prices only where every column has a
    bound: without one, the dual simplex method turned ten seconds in a case that had no plan. And a basis of other
    bounds is a start for it whatever a column costs there: of four columns that only had to grow it made 15,000 pivots.
    """
    most = NEVER * boxes.most / scales.columns + 1.0
    return replace(sent, column_upper=np.where(np.isfinite(sent.column_upper), sent.column_upper, most))


def as_sized(before: sparse.csr_array, after: sparse.csr_array) -> bool:
    """Whether the units of one programme do for another: the terms of both matrices stand in the same places, and none
    is much larger or smaller than it was.
    """
    same = np.array_equal(before.indptr, after.indptr) and np.array_equal(before.indices, after.indices)
    was, now = np.abs(before.data), np.abs(after.data)
    return same and bool(((now <= LIKE * was) & (was <= LIKE * now)).all())


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


def scales_by_use(programme: Programme) -> Scales:
    """Return scales in which a column is near 1 where it is as large as anything could use of it.

    Whole columns count as they are, or as parts of one where one costs far more than all else: no solver is asked to
    branch on those.

    Geometric means know of a level's recipe what it makes and takes, not how little of it runs: where it makes 1e9 of
    what it takes, that is a billionth. What nothing bounds follows the rows that it stands in.
    """
    most = bounds(programme)
    known = np.isfinite(most) & (most > 0.0) & ~programme.whole & ~_meant_without_limit(programme, most)
    free = ~known & ~programme.whole
    matrix = programme.matrix.tocoo()
    sizes, rows, columns = np.log2(np.abs(matrix.data)), matrix.row, matrix.col
    of_column = np.where(known, np.log2(np.where(known, most, 1.0)), 0.0)
    of_row = np.zeros(matrix.shape[0])
    for _ in range(TURNS):
        largest = np.full(matrix.shape[0], -np.inf)
        np.maximum.at(largest, rows, sizes + of_column[columns])
        of_row = np.where(np.isfinite(largest), -largest, 0.0)
        smallest = np.full(matrix.shape[1], np.inf)
        np.minimum.at(smallest, columns, sizes + of_row[rows])
        of_column = np.where(free & np.isfinite(smallest), -smallest, of_column)
    of_column = np.minimum(of_column, _dearest(programme, of_column))
    return Scales(_power(of_column, FARTHEST), _power(of_row, FARTHEST))


def _meant_without_limit(programme: Programme, most: Vector) -> npt.NDArray[np.bool_]:
    """Which columns nothing bounds but a figure that only means "as much as one likes"."""
    matrix = programme.matrix
    alone = np.flatnonzero((np.diff(matrix.indptr) == 1) & np.isfinite(programme.row_upper))
    entries = matrix.indptr[alone]
    typed = programme.column_upper.copy()
    np.minimum.at(typed, matrix.indices[entries], programme.row_upper[alone] / np.abs(matrix.data[entries]))
    found: npt.NDArray[np.bool_] = np.isfinite(typed) & (typed >= PLACEHOLDER) & (most >= typed)
    return found


def _dearest(programme: Programme, of_column: Vector) -> Vector:
    """Return the largest scale of each column at which what it costs is no more than a thousand times what others do.

    A solver's hair of something that costs 1e12 is as much as all the others.
    """
    found = np.full(len(of_column), np.inf)
    for function in programme.functions.values():
        used = np.flatnonzero(function.coefficients)
        if len(used):
            sizes = np.log2(np.abs(function.coefficients[used]))
            usual = float(np.median(sizes + of_column[used]))
            found[used] = np.minimum(found[used], usual + PEAK - sizes)
    return found


def _size(lower: Vector, upper: Vector) -> Vector:
    """The binary logarithm of the larger bound that there is, infinite where there is none but 0."""
    sizes = np.maximum(
        np.where(np.isfinite(lower), np.abs(lower), 0.0), np.where(np.isfinite(upper), np.abs(upper), 0.0)
    )
    found: Vector = np.where(sizes > 0.0, np.log2(np.where(sizes > 0.0, sizes, 1.0)), np.inf)
    return found


def _known(sizes: Vector) -> Vector:
    return np.where(np.isfinite(sizes), sizes, 0.0)


def _power(logarithms: Vector, most: float = MOST) -> npt.NDArray[np.float64]:
    found: Vector = np.exp2(np.clip(np.rint(logarithms), -most, most))
    return found
