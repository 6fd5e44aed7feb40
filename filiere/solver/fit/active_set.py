"""The active set method of HiGHS for weighted least squares: slow on many columns, unmoved by scales far apart."""

from __future__ import annotations

import highspy
import numpy as np

from filiere.solver.fit.qp import Point
from filiere.solver.fit.standard import Standard

MANY = 4000
"""Columns from which on it is not tried."""
SECONDS = 20.0


def active_set(s: Standard) -> Point | None:
    """Return the optimum, to 1e-9; nothing where the method finds none or there are too many columns."""
    if len(s.curvature) > MANY:
        return None
    highs = highspy.Highs()
    for name, value in (("output_flag", False), ("time_limit", SECONDS),
                        ("primal_feasibility_tolerance", 1e-9), ("dual_feasibility_tolerance", 1e-9)):  # fmt: skip
        highs.setOptionValue(name, value)
    highs.passModel(_model(s))
    highs.run()
    if highs.getModelStatus() != highspy.HighsModelStatus.kOptimal:
        return None
    solution = highs.getSolution()
    v, y, d = (np.array(values) for values in (solution.col_value, solution.row_dual, solution.col_dual))
    below, above = np.isfinite(s.lower), np.isfinite(s.upper)
    p, q = np.where(below, v - s.lower, 1.0), np.where(above, s.upper - v, 1.0)
    return Point(v, y, p, q, np.where(below, np.maximum(d, 0.0), 0.0), np.where(above, np.maximum(-d, 0.0), 0.0))


def _model(s: Standard) -> highspy.HighsModel:
    model = highspy.HighsModel()
    lp, count = model.lp_, len(s.curvature)
    lp.num_col_, lp.num_row_ = count, len(s.right)
    lp.col_cost_, lp.col_lower_, lp.col_upper_ = np.zeros(count), s.lower, s.upper
    lp.row_lower_ = lp.row_upper_ = s.right
    lp.a_matrix_.format_ = highspy.MatrixFormat.kColwise
    lp.a_matrix_.start_, lp.a_matrix_.index_ = s.equations.indptr, s.equations.indices
    lp.a_matrix_.value_ = s.equations.data
    curved = np.flatnonzero(s.curvature)
    model.hessian_.dim_, model.hessian_.format_ = count, highspy.HessianFormat.kTriangular
    model.hessian_.start_ = np.searchsorted(curved, np.arange(count + 1)).astype(np.int32)
    model.hessian_.index_, model.hessian_.value_ = curved.astype(np.int32), s.curvature[curved]
    return model
