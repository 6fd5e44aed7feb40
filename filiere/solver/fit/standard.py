"""Weighted least squares in a form that can be factorised: equalities alone, everything counted in what it is worth."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy import sparse

from filiere.solver.programme.compile import Vector

Mask = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Observations:
    """Figures ``m`` with standard deviations ``σ`` of sums ``H x`` of columns that obey rows and bounds.

    ``matrix`` is rows × columns; ``sums`` figures × columns.
    """

    matrix: sparse.csr_array
    row_lower: Vector
    row_upper: Vector
    lower: Vector
    upper: Vector
    sums: sparse.csr_array
    figures: Vector
    deviations: Vector


@dataclass(frozen=True)
class Standard:
    """Scaled equalities ``C v = d`` over what may move, slacks and corrections: v = (x, s, e), with bounds.

    ``scale`` and ``moving`` lead from x back to the columns; ``figures`` counts the last rows and columns.
    """

    equations: sparse.csc_array
    right: Vector
    curvature: Vector
    lower: Vector
    upper: Vector
    scale: Vector
    moving: npt.NDArray[np.int64]
    fixed: Vector
    figures: int

    def columns(self, v: Vector) -> Vector:
        """Return the columns that ``v`` stands for."""
        values = self.fixed.copy()
        values[self.moving] = np.clip(
            v[: len(self.moving)], self.lower[: len(self.moving)], self.upper[: len(self.moving)]
        ) * self.scale[: len(self.moving)]  # fmt: skip
        return values


@dataclass(frozen=True)
class Point:
    """A point, the equations' multipliers ``y``, its distances ``p`` and ``q`` from the bounds and their multipliers.

    Where there is no bound, the distance is 1 and its multiplier ``z`` (below) or ``t`` (above) 0.
    """

    v: Vector
    y: Vector
    p: Vector
    q: Vector
    z: Vector
    t: Vector

    def near(self, share: float) -> tuple[Mask, Mask]:
        """Return what lies at its lower and at its upper bound: where the multiplier outweighs the distance."""
        low = self.z > share * self.p
        return low, (self.t > share * self.q) & ~low


def standard(o: Observations) -> Standard:
    """Return the equalities between what may move, its slacks and its corrections."""
    moving = np.flatnonzero(o.upper > o.lower)
    fixed = np.where(o.upper > o.lower, 0.0, o.lower)
    offset = o.matrix @ fixed
    matrix = o.matrix[:, moving]
    present = np.diff(matrix.indptr) > 0
    bounded = present & (np.isfinite(o.row_lower) | np.isfinite(o.row_upper))
    equal = np.flatnonzero(bounded & (o.row_lower == o.row_upper))
    ranged = np.flatnonzero(bounded & (o.row_lower != o.row_upper))
    rows = sparse.vstack([matrix[equal], matrix[ranged]], format="csr")
    slack = sparse.csr_array(
        (-np.ones(len(ranged)), (len(equal) + np.arange(len(ranged)), np.arange(len(ranged)))),
        shape=(rows.shape[0], len(ranged)),
    )
    balances = sparse.hstack([rows, slack], format="csr")
    weighed = sparse.hstack(
        [sparse.diags_array(1.0 / o.deviations) @ o.sums[:, moving],
         sparse.csr_array((len(o.figures), len(ranged)))], format="csr",
    )  # fmt: skip
    row_scale, scale = _scales(balances, weighed)
    count = len(o.figures)
    top = sparse.diags_array(row_scale) @ balances @ sparse.diags_array(scale)
    below = weighed @ sparse.diags_array(scale)
    equations = sparse.csc_array(
        sparse.block_array([[top, None], [below, -sparse.eye_array(count)]])
        if count and top.shape[0] else sparse.hstack([below, -sparse.eye_array(count)]) if count else top
    )  # fmt: skip
    right = np.concatenate([o.row_lower[equal] - offset[equal], np.zeros(len(ranged))]) * row_scale
    lower = np.concatenate([o.lower[moving], o.row_lower[ranged] - offset[ranged]]) / scale
    upper = np.concatenate([o.upper[moving], o.row_upper[ranged] - offset[ranged]]) / scale
    free = np.full(count, np.inf)
    return Standard(
        equations, np.concatenate([right, (o.figures - o.sums @ fixed) / o.deviations]),
        np.concatenate([np.zeros(len(scale)), np.ones(count)]), np.concatenate([lower, -free]),
        np.concatenate([upper, free]), scale, moving, fixed, count,
    )  # fmt: skip


def _scales(balances: sparse.csr_array, weighed: sparse.csr_array) -> tuple[Vector, Vector]:
    """Return what rows are multiplied with and what columns are counted in.

    A column that is observed is counted in its standard deviation, its neighbours in what that is worth to them.
    """
    worth = _largest(weighed.T)
    scale = np.divide(1.0, worth, out=np.zeros_like(worth), where=worth > 0.0)
    size = abs(balances)
    rows = np.zeros(balances.shape[0])
    for _ in range(100):
        known = _largest(size @ sparse.diags_array(scale))
        rows = np.where(rows > 0.0, rows, np.divide(1.0, known, out=np.zeros_like(known), where=known > 0.0))
        asked = _largest((sparse.diags_array(rows) @ size).T)
        more = np.divide(1.0, asked, out=np.zeros_like(asked), where=asked > 0.0)
        found = np.where(scale > 0.0, scale, more)
        if np.array_equal(found > 0.0, scale > 0.0):
            break
        scale = found
    scale[scale == 0.0] = 1.0
    rows[rows == 0.0] = 1.0
    return rows, scale


def _largest(matrix: Any) -> Vector:
    """Return the largest entry of each row, in size."""
    if 0 in matrix.shape:
        return np.zeros(matrix.shape[0])
    return np.asarray(abs(sparse.csr_array(matrix)).max(axis=1).todense(), dtype=float).ravel()


def size(values: Vector) -> float:
    """Return the largest entry, in size."""
    return float(np.max(np.abs(values), initial=0.0))
