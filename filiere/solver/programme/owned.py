"""Which columns no plan uses without a yes: the level of a project, and what nothing but that level supplies."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from scipy import sparse

from filiere.solver.programme.compile import Programme

NOBODY = -1


def owners(programme: Programme) -> npt.NDArray[np.int64]:
    """Return, for each column, among the yes/no columns the one without which it is 0; -1 where there is none.

    Every column is at least 0. In a row "these are at most those", these are 0 where those are; so they depend on a
    yes/no column where everything on the greater side does. That is carried on from row to row.
    """
    below, above = programme.row_upper <= 0.0, programme.row_lower >= 0.0
    rows = sparse.coo_array(sparse.vstack([programme.matrix[below], -programme.matrix[above]]))
    those, these = rows.data < 0.0, rows.data > 0.0
    switches = np.flatnonzero(programme.whole)
    found = np.full(rows.shape[1], NOBODY)
    found[switches] = np.arange(len(switches))
    while True:
        least, most = np.full(rows.shape[0], len(switches)), np.full(rows.shape[0], NOBODY)
        np.minimum.at(least, rows.row[those], found[rows.col[those]])
        np.maximum.at(most, rows.row[those], found[rows.col[those]])
        owner = np.where(least == most, most, NOBODY)[rows.row[these]]
        new = (owner != NOBODY) & (found[rows.col[these]] == NOBODY)
        if not new.any():
            found[switches] = NOBODY
            return found
        found[rows.col[these][new]] = owner[new]
