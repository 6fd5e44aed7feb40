"""The bounds that a session has now, of its columns or of its rows; only what differs is sent, before a run."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import numpy.typing as npt

from filiere.solver.programme.compile import Vector
from filiere.solver.session.highs import is_refused

Positions = npt.NDArray[np.int32]
Mask = npt.NDArray[np.bool_]

DUAL_ZERO = 1e-9
"""A dual below this, costs being at most 1, is 0: the solver's own tolerance for them."""

AT_BOUND = 1e-7
"""A figure nearer to its bound than this, absolutely or relative to the bound, stands at it."""


EXACT = 1e-9
"""What the solver itself lets a figure miss its bound by."""


def near(values: Vector, others: Vector, part: float) -> npt.NDArray[np.bool_]:
    """Whether each value is nearer to another, finite one than this part of it, or than ``part`` itself."""
    found: npt.NDArray[np.bool_] = np.abs(values - others) <= part + part * np.abs(others)
    return found


class Bounds:
    """Lower and upper bounds, in order; ``send`` is HiGHS's function that changes some of them.

    Those that wait have others there, both the same for all: columns none but 0, rows any value.
    """

    def __init__(
        self, send: Callable[..., Any], lower: Vector, upper: Vector, while_waiting: float = 0.0,
        waiting: Mask | None = None,
    ) -> None:  # fmt: skip
        self._send, self._while_waiting = send, while_waiting
        self.lower, self.upper = lower.copy(), upper.copy()
        self.waiting = np.zeros(len(lower), dtype=bool) if waiting is None else waiting.copy()
        self._changed = np.zeros(len(lower), dtype=bool)
        self._sent = self.lower.copy(), self.upper.copy()

    def now(self) -> tuple[Vector, Vector]:
        """Return the bounds as they are."""
        return self.lower.copy(), self.upper.copy()

    def as_they_are(self) -> Bounds:
        """Return a copy that stays as it is."""
        return Bounds(self._send, self.lower, self.upper, self._while_waiting, self.waiting)

    def let_wait(self, waiting: Mask) -> None:
        """Let these wait, and no others."""
        at = np.flatnonzero(waiting != self.waiting)
        self.waiting[at] = waiting[at]
        self._changed[at] = True

    def send(self) -> None:
        """Send what the solver has otherwise: much is fixed and freed again without a run between.

        Raises ``FloatingPointError`` where a bound is no number: the solver would take none of them.
        """
        at = np.flatnonzero(self._changed)
        if not len(at):
            return
        self._changed[at] = False
        waits = self.waiting[at]
        lower = np.where(waits, -self._while_waiting, self.lower[at])
        upper = np.where(waits, self._while_waiting, self.upper[at])
        differ = np.flatnonzero((lower != self._sent[0][at]) | (upper != self._sent[1][at]))
        if len(differ):
            at, lower, upper = at[differ], lower[differ], upper[differ]
            self._sent[0][at], self._sent[1][at] = lower, upper
            if is_refused(self._send(len(at), at.astype(np.int32), lower, upper)):
                raise FloatingPointError("the solver was given bounds that are no numbers")

    def change(self, lower: Vector, upper: Vector, at: Positions | None = None) -> bool:
        """Set the bounds of some (or all); return whether any was another."""
        old_lower, old_upper = (self.lower, self.upper) if at is None else (self.lower[at], self.upper[at])
        differ = np.flatnonzero((lower != old_lower) | (upper != old_upper))
        if not len(differ):
            return False
        where = differ if at is None else at[differ]
        self.lower[where], self.upper[where] = lower[differ], upper[differ]
        self._changed[where] = True
        return True

    def add(self, lower: float, upper: float) -> None:
        """Note the bounds of one more, which the solver has already."""
        self.lower, self.upper = np.append(self.lower, lower), np.append(self.upper, upper)
        self.waiting, self._changed = np.append(self.waiting, False), np.append(self._changed, False)
        self._sent = np.append(self._sent[0], lower), np.append(self._sent[1], upper)

    def drop_after(self, count: int) -> None:
        """Forget those numbered ``count`` or more, which the solver has no more."""
        self.lower, self.upper, self.waiting = self.lower[:count], self.upper[:count], self.waiting[:count]
        self._changed, self._sent = self._changed[:count], (self._sent[0][:count], self._sent[1][:count])

    def allow(self, values: Vector) -> bool:
        """Whether the values keep to the bounds."""
        return bool(np.all((values >= self.lower - AT_BOUND) & (values <= self.upper + AT_BOUND)))

    def hold(self, values: Vector) -> bool:
        """Whether the values keep to the bounds as exactly as the solver would."""
        slack = EXACT * np.maximum(1.0, np.abs(values))
        return bool(np.all((values >= self.lower - slack) & (values <= self.upper + slack)))

    def best(self, costs: Vector, at: Positions) -> Vector:
        """Return the bounds at which each of some costs the least."""
        return np.where(costs > 0, self.lower[at], self.upper[at])

    def least(self, prices: Vector) -> float:
        """Return the least that prices make of values within the bounds."""
        used = prices != 0.0
        bound = np.where(prices > 0.0, self.lower, self.upper)
        return float((prices[used] * bound[used]).sum())

    def proves(self, duals: Vector, values: Vector) -> bool:
        """Whether all that have a dual stand at the bound that it pushes to: then no values within them do better."""
        bound = np.where(duals > 0, self.lower, self.upper)
        pushed = (np.abs(duals) > DUAL_ZERO) & (self.lower < self.upper)
        at = bound[pushed]
        return bool(np.isfinite(at).all() and near(values[pushed], at, EXACT).all())

    def pushed(self, duals: Vector) -> tuple[Positions, Vector]:
        """Return those that have a dual and are not fixed, and the bounds that they are pushed to."""
        found = np.flatnonzero((np.abs(duals) > DUAL_ZERO) & (self.lower < self.upper)).astype(np.int32)
        return found, np.where(duals[found] > 0, self.lower[found], self.upper[found])

    def tight(self, duals: Vector, values: Vector, basic: Positions) -> tuple[Positions, Vector, bool]:
        """Return those that stand at a bound in every optimum, the bound, and whether all but the basic ones do.

        Complementary slackness: what has a dual stands at its bound in every optimum.
        """
        bound = np.where(duals > 0, self.lower, self.upper)
        tight = (np.abs(duals) > DUAL_ZERO) & np.isfinite(bound) & near(values, bound, AT_BOUND)
        open_ = (self.lower < self.upper) & ~tight & ~self.waiting
        open_[basic] = False
        found = np.flatnonzero(tight & (self.lower < self.upper)).astype(np.int32)
        return found, bound[found], not open_.any()
