"""A primal-dual interior point for weighted least squares: near the optimum, and which bounds bind there.

Mehrotra, S. (1992), On the implementation of a primal-dual interior point method, SIAM Journal on Optimization 2(4),
with distances from the bounds that are variables of their own, and the second order of a step weighted by the square
of its length (Colombo, M. and Gondzio, J. (2008), Further development of multiple centrality correctors for interior
point methods, Computational Optimization and Applications 41(3)). Nothing is inverted: a step is one sparse
factorisation, regularised and then refined (Altman, A. and Gondzio, J. (1999), Regularized symmetric indefinite
systems in interior point methods, Optimization Methods and Software 11).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from filiere.solver.fit.factor import Factor, factorised
from filiere.solver.fit.standard import Mask, Standard, size
from filiere.solver.programme.compile import Vector

STEPS = 80
CLOSE = 1e-10
"""Relative error at which an interior point stops."""
CENTRED = 1e-12
"""Products of distances and multipliers are not driven below this: the systems would be singular."""


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


def interior(s: Standard) -> Point | None:
    """Return a point near the optimum, the best that was met; nothing where the first system is singular."""
    path = _Path(s)
    x = path.start()
    best, least = x, np.inf
    if x is None:
        return None
    for _ in range(STEPS):
        error = path.look(x)
        if error < least:
            best, least = x, error
        if error < CLOSE:
            break
        following = path.step(x)
        if following is None:
            break
        x = following
    return best


class _Path:
    """Steps toward the optimum of one problem."""

    def __init__(self, s: Standard) -> None:
        self.s = s
        self.below, self.above = np.isfinite(s.lower), np.isfinite(s.upper)
        self.lower, self.upper = np.where(self.below, s.lower, 0.0), np.where(self.above, s.upper, 0.0)
        self.bounds = max(1, int(self.below.sum() + self.above.sum()))

    def start(self) -> Point | None:
        """Return the point nearest to the figures as if nothing were bounded, moved inside its bounds."""
        s, bounded = self.s, self.below | self.above
        factor = factorised(s.equations, s.curvature + np.where(bounded, 1e-4, 0.0))
        if factor is None:
            return None
        v, _ = factor.solve(np.zeros(len(s.curvature)), s.right)
        room = np.where(self.below & self.above, (self.upper - self.lower) / 2.0, np.inf)
        least = np.maximum(1.0, 0.1 * np.abs(v))
        p = np.where(self.below, np.minimum(np.maximum(v - self.lower, least), room), 1.0)
        q = np.where(self.above, np.minimum(np.maximum(self.upper - v, least), room), 1.0)
        return Point(v, np.zeros(len(s.right)), p, q, np.where(self.below, 1.0, 0.0), np.where(self.above, 1.0, 0.0))

    def look(self, x: Point) -> float:
        """Note what is still wrong with a point, and return the largest of it, each relative to its own size."""
        s = self.s
        self.stationarity = s.curvature * x.v - s.equations.T @ x.y - x.z + x.t
        self.residual = s.right - s.equations @ x.v
        self.under = np.where(self.below, x.p - (x.v - self.lower), 0.0)
        self.over = np.where(self.above, x.q - (self.upper - x.v), 0.0)
        gap = float((x.p * x.z)[self.below].sum() + (x.q * x.t)[self.above].sum())
        self.mu = gap / self.bounds
        scale = 1.0 + size(s.right)
        lost = gap + float(np.abs(x.y) @ np.abs(self.residual))
        return max(
            size(self.stationarity), size(self.residual) / scale, size(self.under) / scale, size(self.over) / scale,
            lost / (1.0 + float(s.curvature @ x.v**2) / 2.0),
        )  # fmt: skip

    def step(self, x: Point) -> Point | None:
        """Return the next point, after :meth:`look`; nothing where numbers fail."""
        low, high = np.where(self.below, x.z / x.p, 0.0), np.where(self.above, x.t / x.q, 0.0)
        factor = factorised(self.s.equations, self.s.curvature + low + high)
        if factor is None:
            return None
        ahead = self._direction(factor, x, -x.p * x.z, -x.q * x.t)
        a = self._reach(x, ahead)
        then = ((x.p + a * ahead.p) * (x.z + a * ahead.z))[self.below].sum() + (
            (x.q + a * ahead.q) * (x.t + a * ahead.t)
        )[self.above].sum()
        aim = max(CENTRED, self.mu * min(1.0, (float(then) / self.bounds / max(self.mu, CENTRED)) ** 3))
        way = self._direction(
            factor, x, aim - x.p * x.z - a**2 * ahead.p * ahead.z, aim - x.q * x.t - a**2 * ahead.q * ahead.t
        )
        a = min(1.0, 0.995 * self._reach(x, way))
        found = Point(x.v + a * way.v, x.y + a * way.y, x.p + a * way.p, x.q + a * way.q, x.z + a * way.z,
                      x.t + a * way.t)  # fmt: skip
        return found if np.isfinite(found.v).all() and np.isfinite(found.y).all() else None

    def _direction(self, factor: Factor, x: Point, low: Vector, high: Vector) -> Point:
        """Return the step that brings the products of distances and multipliers nearer by ``low`` and ``high``."""
        below = np.where(self.below, (low + x.z * self.under) / x.p, 0.0)
        above = np.where(self.above, (high + x.t * self.over) / x.q, 0.0)
        v, y = factor.solve(below - above - self.stationarity, self.residual)
        p, q = np.where(self.below, v - self.under, 0.0), np.where(self.above, -v - self.over, 0.0)
        return Point(v, -y, p, q, np.where(self.below, (low - x.z * p) / x.p, 0.0),
                     np.where(self.above, (high - x.t * q) / x.q, 0.0))  # fmt: skip

    def _reach(self, x: Point, way: Point) -> float:
        """Return how far one can go before a distance or a multiplier falls to 0, at most 1."""
        return min(
            1.0, _until(x.p, way.p, self.below), _until(x.q, way.q, self.above),
            _until(x.z, way.z, self.below), _until(x.t, way.t, self.above),
        )  # fmt: skip


def _until(values: Vector, change: Vector, where: Mask) -> float:
    falling = where & (change < 0.0)
    return float(np.min(-values[falling] / change[falling], initial=np.inf))
