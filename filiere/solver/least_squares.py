r"""Weighted least squares under linear balances and bounds: data reconciliation, sparse.

.. math:: \min \tfrac12 \sum_i \Bigl(\frac{H_i x - m_i}{\sigma_i}\Bigr)^2 \quad\text{with}\quad
    b^- \le A x \le b^+,\; l \le x \le u

A primal-dual interior point (Mehrotra, S. (1992), On the implementation of a primal-dual interior point method,
SIAM Journal on Optimization 2(4)) finds which bounds bind; the equations that are left are then solved exactly by
proximal steps (Rockafellar, R. T. (1976), Mathematics of Operations Research 1(2)), which do not mind what the figures
leave undetermined. Nothing is inverted: every step is one sparse factorisation.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy import sparse
from scipy.sparse.linalg import splu

from filiere.solver.compile import Vector

Mask = npt.NDArray[np.bool_]

PROXIMAL = 1e-7
"""Weight of a proximal step, in units of one standard deviation."""
EXACT = 1e-12
"""Relative residual at which proximal steps have converged."""
BINDING = 1e-4
"""A bound whose multiplier, in standard deviations, exceeds this binds."""
DOUBTFUL = 0.01
"""A multiplier of this share of the distance from the bound leaves open whether one is there."""
CERTIFIED = 1e-6
"""Largest residual of the optimality conditions, and largest loss, in standard deviations, that an answer may have."""


class NoConvergenceError(Exception):
    """The figures defeat the method: scales too far apart."""


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
class Fit:
    """The reconciled columns, each figure's correction in standard deviations, and the equations that were solved."""

    columns: Vector
    corrections: Vector
    standard: Standard
    held: Mask
    """Columns of ``standard`` whose bound binds."""

    @property
    def chi_square(self) -> float:
        """The sum of squared corrections: the statistic of the global test."""
        return float(self.corrections @ self.corrections)


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


def least_squares(observations: Observations) -> Fit:
    """Return the columns nearest to the figures. Rows and bounds must leave at least one point.

    Raises :class:`NoConvergenceError` where the optimality conditions cannot be met to 1e-6 standard deviations.
    """
    standard = _standard(observations)
    v, held = _settled(standard, _interior(standard))
    count = len(v) - standard.figures
    return Fit(standard.columns(v), v[count:], standard, held)


def _standard(o: Observations) -> Standard:
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


@dataclass(frozen=True)
class _Point:
    """A point near the optimum, its distances ``p`` and ``q`` from the bounds and their multipliers ``z`` and ``t``."""

    v: Vector
    p: Vector
    q: Vector
    z: Vector
    t: Vector
    converged: bool

    def near(self, share: float) -> tuple[Mask, Mask]:
        """Return what lies at its lower and at its upper bound: where the multiplier outweighs the distance."""
        low = self.z > share * self.p
        return low, (self.t > share * self.q) & ~low


def _interior(s: Standard) -> _Point:
    """Return a point near the optimum."""
    below, above = np.isfinite(s.lower), np.isfinite(s.upper)
    room = np.where(below & above, s.upper - s.lower, np.inf)
    step = np.minimum(10.0, room / 2.0)
    v = np.where(below, s.lower + step, np.where(above, s.upper - step, 0.0))
    y = np.zeros(len(s.right))
    z, t = np.where(below, 1.0, 0.0), np.where(above, 1.0, 0.0)
    bounds = max(1, int(below.sum() + above.sum()))
    curvature = s.curvature + np.where(s.curvature > 0.0, 0.0, PROXIMAL)
    for _ in range(100):
        p = np.where(below, v - s.lower, 1.0)
        q = np.where(above, s.upper - v, 1.0)
        stationarity = curvature * v - s.equations.T @ y - z + t
        residual = s.right - s.equations @ v
        mu = float(p[below] @ z[below] + q[above] @ t[above]) / bounds
        if max(_size(stationarity), _size(residual) / (1.0 + _size(s.right)), mu) < 1e-10:
            break
        factor = _Factor(s.equations, curvature + z / p + t / q)

        def direction(low: Vector, high: Vector) -> tuple[Vector, Vector, Vector, Vector]:
            dv, dw = factor.solve(-stationarity + low / p - high / q, residual)  # noqa: B023
            return dv, -dw, (low - z * dv) / p, (high + t * dv) / q  # noqa: B023

        dv, dy, dz, dt = direction(-p * z * below, -q * t * above)
        reach = min(_reach(p, dv, below), _reach(q, -dv, above), _reach(z, dz, below), _reach(t, dt, above))
        then = (p + reach * dv)[below] @ (z + reach * dz)[below] + (q - reach * dv)[above] @ (t + reach * dt)[above]
        aim = mu * (float(then) / bounds / mu) ** 3 if mu > 0.0 else 0.0
        dv, dy, dz, dt = direction((aim - p * z - dv * dz) * below, (aim - q * t + dv * dt) * above)
        primal = min(1.0, 0.995 * min(_reach(p, dv, below), _reach(q, -dv, above)))
        dual = min(1.0, 0.995 * min(_reach(z, dz, below), _reach(t, dt, above)))
        primal = dual = min(primal, dual)
        v, y, z, t = v + primal * dv, y + dual * dy, z + dual * dz, t + dual * dt
    reached = max(_size(stationarity), _size(residual) / (1.0 + _size(s.right)), mu)
    return _Point(v, np.where(below, v - s.lower, np.inf), np.where(above, s.upper - v, np.inf), z, t,
                  reached < CERTIFIED)  # fmt: skip


def _reach(values: Vector, change: Vector, where: Mask) -> float:
    """Return how far one can go before one of the values falls to 0, at most just over 1."""
    falling = where & (change < 0.0)
    return float(np.min(-values[falling] / change[falling], initial=1.1))


def _size(values: Vector) -> float:
    return float(np.max(np.abs(values), initial=0.0))


class _Factor:
    """The factorised system [[D, Cᵀ], [C, −δ]]."""

    def __init__(self, equations: sparse.csc_array, diagonal: Vector, damping: float = 1e-10) -> None:
        rows = equations.shape[0]
        self.count = equations.shape[1]
        blocks = [[sparse.diags_array(diagonal), equations.T], [equations, -damping * sparse.eye_array(rows)]]
        self.matrix = sparse.csc_array(sparse.block_array(blocks)) if rows else sparse.diags_array(diagonal).tocsc()
        self.lu = _factorised(sparse.csc_matrix(self.matrix))

    def solve(self, above: Vector, below: Vector) -> tuple[Vector, Vector]:
        """Return the solution, refined once."""
        right = np.concatenate([above, below])
        found = self.lu.solve(right)
        found += self.lu.solve(right - self.matrix @ found)
        return found[: self.count], found[self.count :]


def _factorised(matrix: sparse.csc_matrix) -> Any:
    """Factorise a symmetric matrix, with pivots of its diagonal where they will do, else with any."""
    try:
        return splu(matrix, permc_spec="MMD_AT_PLUS_A", diag_pivot_thresh=0.01, options={"SymmetricMode": True})
    except RuntimeError:
        pass
    try:
        return splu(matrix, permc_spec="COLAMD")
    except RuntimeError as error:
        raise NoConvergenceError(str(error)) from error


class Equations:
    """The optimality conditions on the columns that may move, the others standing where they are."""

    def __init__(self, standard: Standard, moving: Mask) -> None:
        self.moving = moving
        self.part = sparse.csc_array(standard.equations[:, np.flatnonzero(moving)])
        self.curvature = standard.curvature[moving]
        self.factor = _Factor(self.part, self.curvature + PROXIMAL, PROXIMAL)

    def solve(self, start: Vector, right: Vector, rounds: int = 60) -> tuple[Vector, Vector]:
        """Return the point nearest to ``start`` that solves them, and the multipliers; one or several right sides."""
        v, m = start, np.zeros_like(right)
        for _ in range(rounds):
            both = np.concatenate([PROXIMAL * v, right - PROXIMAL * m])
            found = self.factor.lu.solve(both)
            found += self.factor.lu.solve(both - self.factor.matrix @ found)
            moved = max(_size(found[: len(v)] - v), PROXIMAL * _size(found[len(v) :] - m))
            v, m = found[: len(v)], found[len(v) :]
            if moved <= EXACT * (1.0 + _size(v)):
                break
        return v, -m


def still(standard: Standard, moving: Mask, draws: Vector) -> Vector:
    """Return each draw's projection onto the directions, of the columns that may move, in which no equation moves."""
    part = sparse.csc_array(standard.equations[:, np.flatnonzero(moving)])
    factor = _Factor(part, np.ones(part.shape[1]), PROXIMAL)
    v, m = draws, np.zeros((part.shape[0], draws.shape[1]))
    for _ in range(60):
        both = np.concatenate([draws, -PROXIMAL * m])
        found = factor.lu.solve(both)
        found += factor.lu.solve(both - factor.matrix @ found)
        moved = _size(found[: len(v)] - v)
        v, m = found[: len(v)], found[len(v) :]
        if moved <= EXACT * (1.0 + _size(v)):
            break
    return v


def _settled(s: Standard, point: _Point) -> tuple[Vector, Mask]:
    """Return the optimum, exactly, and which bounds bind.

    What lies at its bound, as far as the interior point can tell, is put there; what a step would take beyond joins it.
    """
    size = 1.0 + _size(point.v[: len(point.v) - s.figures])
    low, high = point.near(DOUBTFUL)
    for _ in range(40):
        v = np.where(low, s.lower, np.where(high, s.upper, point.v))
        moving = ~(low | high)
        v[moving], _y = Equations(s, moving).solve(point.v[moving], s.right - s.equations @ np.where(moving, 0.0, v))
        under, over = moving & (v < s.lower - 1e-9 * size), moving & (v > s.upper + 1e-9 * size)
        if not (under.any() or over.any()):
            break
        low, high = low | under, high | over
    exact = _size(s.right - s.equations @ v) <= 1e-9 * (1.0 + _size(s.right))
    reached, best = (float(x[len(x) - s.figures :] @ x[len(x) - s.figures :]) for x in (v, point.v))
    if not point.converged or not exact or reached > best + CERTIFIED * (1.0 + best):
        # A point that obeys everything and is no farther from the figures than the interior point's is the optimum.
        raise NoConvergenceError("no point meets the conditions of optimality")
    binding, topped = point.near(1.0)
    return v, (binding & (point.z > BINDING)) | (topped & (point.t > BINDING))
