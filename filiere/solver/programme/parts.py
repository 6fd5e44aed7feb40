"""Parts of a programme that share no row: what is best in one has nothing to do with what is best in another.

Solved one by one they take less than all at once, where nearly as many pivots go over all rows.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import repeat

import numpy as np
import numpy.typing as npt
from scipy import sparse

from filiere.solver.programme.compile import Names, Programme

SMALL = 500
"""Parts of fewer columns than this are taken together: a run of its own would take longer."""

Positions = npt.NDArray[np.intp]


def parts(programme: Programme) -> list[Positions]:
    """Return the columns of each part, in order; all of them, where no two parts are large."""
    columns = len(programme.columns)
    if columns < 2 * SMALL:
        return [np.arange(columns)]
    part = first_joined(programme.matrix)
    large = np.bincount(part) >= SMALL
    rest = np.flatnonzero(~large[part])
    return [np.flatnonzero(part == one) for one in np.flatnonzero(large)] + ([rest] if len(rest) else [])


def first_joined(matrix: sparse.csr_array) -> Positions:
    """Return, for each column, the first of all that rows join it with, one after another.

    SciPy's graphs would tell as well, and load its linear algebra: a tenth of a second. Each turn joins what a row
    has, and what was joined with that before.
    """
    first, before = np.arange(matrix.shape[1]), np.empty(0)
    entries = matrix.indices[matrix.data != 0.0]
    lengths = np.bincount(np.repeat(np.arange(matrix.shape[0]), np.diff(matrix.indptr))[matrix.data != 0.0])
    lengths = lengths[lengths > 0]
    starts = np.concatenate([[0], np.cumsum(lengths)[:-1]]).astype(np.intp)
    while len(entries) and not np.array_equal(first, before):
        before = first.copy()
        least = np.repeat(np.minimum.reduceat(first[entries], starts), lengths)
        np.minimum.at(first, first[entries], least)
        np.minimum.at(first, entries, least)
        first = first[first]
    return first


def part_of(programme: Programme, columns: Positions) -> Programme:
    """Return the programme of some columns that are a part, or several: with the rows that they stand in."""
    if len(columns) == len(programme.columns):
        return programme
    of_them = sparse.csr_array(sparse.csc_array(programme.matrix)[:, columns])
    rows = np.flatnonzero(np.diff(of_them.indptr))
    return replace(
        programme,
        matrix=sparse.csr_array(of_them[rows]),
        row_lower=programme.row_lower[rows],
        row_upper=programme.row_upper[rows],
        column_lower=programme.column_lower[columns],
        column_upper=programme.column_upper[columns],
        whole=programme.whole[columns],
        rows=Names(zip(repeat("row"), range(len(rows)))),
        columns=Names(zip(repeat("column"), range(len(columns)))),
    )
