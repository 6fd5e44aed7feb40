"""From a point near the optimum to the optimum: bounds that bind are equations, and equations are solved exactly.

What the figures leave undetermined does not matter to proximal steps (Rockafellar, R. T. (1976), Augmented Lagrangians
and applications of the proximal point algorithm in convex programming, Mathematics of Operations Research 1(2)).
"""

from __future__ import annotations

import numpy as np
from scipy import sparse

from filiere.solver.fit.factor import Factor, factorised
from filiere.solver.fit.standard import Mask, Point, Standard, size
from filiere.solver.programme.compile import Vector

PROXIMAL = 1e-7
"""Weight of a proximal step, in units of one standard deviation."""
WEIGHTS = (1e-7, 1e-10, 1e-13)
"""Weights to try in turn: the smaller, the faster it converges where scales are far apart, and the less exactly."""
EXACT = 1e-12
"""Relative residual at which proximal steps have converged."""
BINDING = 1e-4
"""A bound whose multiplier, in standard deviations, exceeds this binds."""
DOUBTFUL = 0.01
"""A multiplier of this share of the distance from the bound leaves open whether one is there."""
CERTIFIED = 1e-6
"""Largest residual of the optimality conditions, in standard deviations, and largest relative loss of an answer."""
ROUNDING = 1e-13
"""What multipliers add up to is known to this share of the largest."""


class Equations:
    """The optimality conditions on the columns that may move, the others standing where they are."""

    def __init__(self, standard: Standard, moving: Mask, weight: float = PROXIMAL) -> None:
        self.weight = weight
        self.curvature = standard.curvature[moving]
        self.factor = _proximal(standard, moving, self.curvature, weight, weight)

    def solve(self, start: Vector, right: Vector, rounds: int = 60) -> tuple[Vector, Vector]:
        """Return the point nearest to ``start`` that solves them, and the multipliers; one or several right sides."""
        v, m = start, np.zeros_like(right)
        for _ in range(rounds):
            found, multipliers = self.factor.once(self.weight * v, right - self.weight * m)
            moved = max(size(found - v), self.weight * size(multipliers - m))
            v, m = found, multipliers
            if moved <= EXACT * (1.0 + size(v)):
                break
        return v, -m


def still(standard: Standard, moving: Mask, draws: Vector) -> Vector:
    """Return each draw's projection onto the directions, of the columns that may move, in which no equation moves."""
    ones = np.ones(int(moving.sum()))
    factor = _proximal(standard, moving, ones, 0.0, PROXIMAL)
    v, m = draws, np.zeros((len(standard.right), draws.shape[1]))
    for _ in range(60):
        found, m = factor.once(draws, -PROXIMAL * m)
        moved, v = size(found - v), found
        if moved <= EXACT * (1.0 + size(v)):
            break
    return v


def _proximal(standard: Standard, moving: Mask, diagonal: Vector, soft: float, stiff: float) -> Factor:
    """Return the system of a proximal step. Raises ``RuntimeError`` where numbers fail even so."""
    part = sparse.csc_array(standard.equations[:, np.flatnonzero(moving)])
    factor = factorised(part, diagonal, soft, stiff)
    if factor is None:
        raise RuntimeError("no proximal step")
    return factor


def refined(s: Standard, point: Point) -> tuple[Vector, Mask] | None:
    """Return the optimum and which bounds bind; nothing where the conditions of optimality are not met.

    Where the equations cannot be told apart finely enough to find it exactly, the point itself may do.
    """
    v = next((v for weight in WEIGHTS if (v := _exactly(s, point, weight)) is not None), None)
    if v is None:
        v = np.clip(point.v, s.lower, s.upper)
        if not _optimal(s, v, point.y):
            return None
    low, high = point.near(1.0)
    return v, (low & (point.z > BINDING)) | (high & (point.t > BINDING))


def _exactly(s: Standard, point: Point, weight: float) -> Vector | None:
    """Return the optimum that lies near a point.

    What lies at its bound, as far as the point can tell, is put there; what would go beyond a bound joins it, and
    what a bound holds against its will is let go.
    """
    room = 1e-9 * (1.0 + size(point.v[: len(point.v) - s.figures]))
    low, high = point.near(DOUBTFUL)
    for _ in range(20):
        v = np.where(low, s.lower, np.where(high, s.upper, point.v))
        moving = ~(low | high)
        try:
            equations = Equations(s, moving, weight)
        except RuntimeError:
            return None
        v[moving], y = equations.solve(point.v[moving], s.right - s.equations @ np.where(moving, 0.0, v))
        if not np.isfinite(v).all():
            return None
        under, over = moving & (v < s.lower - room), moving & (v > s.upper + room)
        pull = s.curvature * v - s.equations.T @ y
        wrong = (low & (pull < -CERTIFIED)) | (high & (pull > CERTIFIED))
        if under.any() or over.any():
            low, high = low | under, high | over
        elif wrong.any():
            low, high = low & ~wrong, high & ~wrong
        else:
            return v if _optimal(s, v, y) else None
    return None


def _optimal(s: Standard, v: Vector, y: Vector) -> bool:
    """Whether a point obeys every equation and no other can be nearer to the figures by more than rounding.

    The multipliers bound from below what any point comes to: the point is compared with that bound.
    """
    residual = s.right - s.equations @ v
    exact = size(residual) <= 1e-9 * (1.0 + size(s.right))
    pull = s.curvature * v - s.equations.T @ y
    bound = np.where(pull > 0.0, s.lower, s.upper)
    open_ended = ~np.isfinite(bound)
    if not exact or size(pull[open_ended]) > CERTIFIED + ROUNDING * size(y):
        return False
    lost = float(np.abs(pull[~open_ended]) @ np.abs(v - np.where(open_ended, v, bound))[~open_ended])
    lost += float(np.abs(y) @ np.abs(residual))
    return lost <= CERTIFIED * (1.0 + float(s.curvature @ v**2) / 2.0)
