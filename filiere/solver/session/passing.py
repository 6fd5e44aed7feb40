"""A programme's arrays as HiGHS takes them, without costs: those change from rank to rank."""

from __future__ import annotations

import highspy
import numpy as np

from filiere.solver.programme.compile import Programme


def as_lp(programme: Programme) -> highspy.HighsLp:
    """Return the programme's linear part; which columns are whole is told to HiGHS only where it branches."""
    lp = highspy.HighsLp()
    rows, columns = programme.matrix.shape
    lp.num_col_, lp.num_row_ = columns, rows
    lp.col_cost_ = np.zeros(columns)
    lp.col_lower_, lp.col_upper_ = programme.column_lower, programme.column_upper
    lp.row_lower_, lp.row_upper_ = programme.row_lower, programme.row_upper
    lp.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    lp.a_matrix_.start_ = programme.matrix.indptr
    lp.a_matrix_.index_ = programme.matrix.indices
    lp.a_matrix_.value_ = programme.matrix.data
    return lp
