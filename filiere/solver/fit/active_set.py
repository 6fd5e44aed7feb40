"""The active set method of HiGHS for weighted least squares: slow on many columns, unmoved by scales far apart."""

from __future__ import annotations

import numpy as np

from filiere.solver.fit.standard import Point, Standard
from filiere.solver.session.answer import Answer
from filiere.solver.session.highs import answer_of, as_quadratic, new_highs, run

MANY = 4000
"""Columns from which on it is not tried."""
SECONDS = 20.0


def active_set(s: Standard) -> Point | None:
    """Return the optimum, to 1e-9; nothing where the method finds none or there are too many columns."""
    if len(s.curvature) > MANY:
        return None
    tight = {"primal_feasibility_tolerance": 1e-9, "dual_feasibility_tolerance": 1e-9}
    highs = new_highs({"time_limit": SECONDS, **tight})
    highs.passModel(as_quadratic(s.equations, s.right, s.curvature, s.lower, s.upper))
    run(highs)
    if answer_of(highs) is not Answer.OPTIMAL:
        return None
    solution = highs.getSolution()
    v, y, d = (np.array(values) for values in (solution.col_value, solution.row_dual, solution.col_dual))
    below, above = np.isfinite(s.lower), np.isfinite(s.upper)
    p, q = np.where(below, v - s.lower, 1.0), np.where(above, s.upper - v, 1.0)
    return Point(v, y, p, q, np.where(below, np.maximum(d, 0.0), 0.0), np.where(above, np.maximum(-d, 0.0), 0.0))
