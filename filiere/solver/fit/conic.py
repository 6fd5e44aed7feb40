"""Clarabel's interior point for weighted least squares: near the optimum, and which bounds bind there.

Goulart, P. and Chen, Y. (2024), Clarabel: an interior-point solver for conic programs with quadratic objectives.
"""

from __future__ import annotations

import numpy as np
from scipy import sparse

from filiere.solver.fit.standard import Point, Standard

CLOSE = 1e-11
"""Relative gap and residual that are asked for."""


def conic(s: Standard) -> Point | None:
    """Return a point near the optimum; nothing where Clarabel ends without any, or without a finite one."""
    import clarabel

    below, above = np.flatnonzero(np.isfinite(s.lower)), np.flatnonzero(np.isfinite(s.upper))
    count = len(s.curvature)
    signs = sparse.eye_array(count, format="csr")
    rows = sparse.vstack([s.equations, -signs[below], signs[above]], format="csc")
    right = np.concatenate([s.right, -s.lower[below], s.upper[above]])
    cones = [clarabel.ZeroConeT(len(s.right)), clarabel.NonnegativeConeT(len(below) + len(above))]
    settings = clarabel.DefaultSettings()
    settings.verbose, settings.max_threads = False, 1
    settings.tol_gap_abs = settings.tol_gap_rel = settings.tol_feas = CLOSE
    curvature = sparse.csc_matrix(sparse.diags_array(s.curvature, format="csc"))
    found = clarabel.DefaultSolver(curvature, np.zeros(count), sparse.csc_matrix(rows), right, cones, settings).solve()
    v, z = np.array(found.x), np.array(found.z)
    if not (len(v) == count and np.isfinite(v).all() and np.isfinite(z).all()):
        return None
    equal, low = len(s.right), len(s.right) + len(below)
    p, q, under, over = np.ones(count), np.ones(count), np.zeros(count), np.zeros(count)
    p[below], under[below] = np.maximum(v[below] - s.lower[below], 0.0), np.maximum(z[equal:low], 0.0)
    q[above], over[above] = np.maximum(s.upper[above] - v[above], 0.0), np.maximum(z[low:], 0.0)
    return Point(v, -z[:equal], p, q, under, over)
