"""Rows that every plan can keep, whatever else it does: they need not be there before what they measure is asked for.

What is more than today's, what is sold beyond it, what a member loses: each is a row with columns of its own, which go
up as far as the row asks. As long as nothing counts those, the row holds nothing back, and pivots that bring its
columns up and down change no plan.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt
from scipy import sparse

from filiere.solver.programme.compile import Programme, Vector

FAR = 1e12
"""The largest coefficient beside the smallest, above which a sum loses some."""

Mask = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Own:
    """For each of k rows, a column of its own that moves it one way without end: −1 where there is none."""

    columns: npt.NDArray[np.intp]
    coefficients: Vector

    def take(self, columns: Vector, rows: Mask, missing: Vector) -> None:
        """Bring the columns of these rows up by what is missing, which is more than nothing."""
        at = np.flatnonzero(rows)
        columns[self.columns[at]] += missing[at] / np.abs(self.coefficients[at])


@dataclass(frozen=True)
class Waiting:
    """The k rows of a programme that can wait."""

    rows: npt.NDArray[np.intp]
    matrix: sparse.csr_array
    """Their coefficients, k × columns."""
    lower: Vector
    upper: Vector
    up: Own
    down: Own
    only: Mask
    """Which columns stand in no other row."""

    @cached_property
    def _there(self) -> sparse.csr_array:
        ones = np.ones(len(self.matrix.data))
        return sparse.csr_array((ones, self.matrix.indices, self.matrix.indptr), self.matrix.shape)

    def with_any_of(self, columns: Mask) -> Mask:
        """Return which of the k rows have some of these columns."""
        found: Mask = (self._there @ columns.astype(float)) > 0.0
        return found

    def alone(self, columns: Mask, idle: Mask) -> bool:
        """Whether the rows that have these columns have no idle ones but their own: no other can do for them."""
        rows = self.with_any_of(columns)
        own = np.count_nonzero(self.up.columns[rows] >= 0) + np.count_nonzero(self.down.columns[rows] >= 0)
        return bool((self._there @ idle.astype(float))[rows].sum() == own)

    def idle(self, waiting: Mask) -> Mask:
        """Return which columns stand in no row but those of the k that wait."""
        found: Mask = self.only & ((self._there.T @ (~waiting).astype(float)) == 0.0)
        return found

    def completed(self, columns: Vector, waiting: Mask) -> Vector:
        """Bring the own columns of those of the k rows that wait up as far as they ask, in place; return what all k
        rows come to then.
        """
        activity: Vector = self.matrix @ columns
        short, over = self.lower - activity, activity - self.upper
        self.up.take(columns, waiting & (short > 0.0), short)
        self.down.take(columns, waiting & (over > 0.0), over)
        activity[waiting] = np.clip(activity, self.lower, self.upper)[waiting]
        return activity


def adds_up(programme: Programme) -> bool:
    """Whether the coefficients of a programme lie so near to each other that sums of them are exact enough."""
    sizes = np.abs(programme.matrix.data)
    return bool(sizes.max(initial=0.0) <= FAR * sizes.min(initial=np.inf))


def waiting(programme: Programme, endless: Mask) -> Waiting | None:
    """Return the rows that can wait, None where there are none; ``endless`` says which columns have no upper bound."""
    matrix = programme.matrix
    count = np.bincount(matrix.indices, minlength=matrix.shape[1])
    free = (count == 1) & ~programme.whole & (programme.column_lower == 0.0) & endless
    row_of = np.repeat(np.arange(matrix.shape[0]), np.diff(matrix.indptr))
    entries = np.flatnonzero(free[matrix.indices])
    up, down = (
        _own(matrix, row_of, entries[(matrix.data[entries] > 0.0) == rising]) for rising in (True, False)
    )  # fmt: skip
    met = np.isneginf(programme.row_lower) | (up.columns >= 0)
    met &= np.isposinf(programme.row_upper) | (down.columns >= 0)
    met &= (up.columns >= 0) | (down.columns >= 0)
    rows = np.flatnonzero(met)
    if not len(rows):
        return None
    inside = np.bincount(matrix.indices[met[row_of]], minlength=matrix.shape[1])
    only = (count > 0) & (inside == count) & ~programme.whole & (programme.column_lower == 0.0)
    return Waiting(
        rows, matrix[rows], programme.row_lower[rows], programme.row_upper[rows],
        Own(up.columns[rows], up.coefficients[rows]), Own(down.columns[rows], down.coefficients[rows]), only,
    )  # fmt: skip


def _own(matrix: sparse.csr_array, row_of: npt.NDArray[np.intp], entries: npt.NDArray[np.intp]) -> Own:
    columns, coefficients = np.full(matrix.shape[0], -1, dtype=np.intp), np.zeros(matrix.shape[0])
    columns[row_of[entries]] = matrix.indices[entries]
    coefficients[row_of[entries]] = matrix.data[entries]
    return Own(columns, coefficients)
