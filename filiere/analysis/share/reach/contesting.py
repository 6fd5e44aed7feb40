"""Which coalitions of a chain contest shares: all of them are looked at in boxes, most of which a bound closes.

A box is the coalitions between those who are in and those who may be. What the largest of a box gains bounds them all:
what its members' means are worth at its own prices, and what its plan gains in all.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from filiere.analysis.share.contested import members_of
from filiere.analysis.share.game import Vector
from filiere.analysis.share.nucleolus import Levels
from filiere.analysis.share.reach.search import Reached

ENOUGH = 20
"""Coalitions that contest, before shares are worked out again."""


@dataclass(frozen=True)
class _Box:
    """The coalitions that have all of ``within`` and none but ``among``."""

    within: int
    among: int


@dataclass(frozen=True)
class ChainGroups:
    """The coalitions of a chain's players, each reached by a solve."""

    size: int
    reached: Callable[[int], Reached]

    def contesting(self, found: Levels, near: float, late: Callable[[], bool]) -> Mapping[int, float] | None:
        """Return coalitions whose excess is more than they are allowed; none proves that there are none."""
        full = (1 << self.size) - 1
        shares, settled = np.array(found.shares), _Settled.of(found)
        more: dict[int, float] = {}
        boxes = [_Box(0, full)]
        while boxes and len(more) < ENOUGH:
            if late():
                return None
            box = boxes.pop()
            within, among = members_of([box.within, box.among], self.size)
            free = among - within
            reached = self.reached(box.among)
            best, gains = _bound(reached, within, free, shares)
            if best <= found.worst[-1] + near or best <= settled.allowed(within, free) + near:
                continue
            for group in set(self._likely(box, reached, gains, shares)) - {0, full} - more.keys():
                value, members = self.reached(group).value, members_of([group], self.size)[0]
                if value - float(members @ shares) > settled.allowed(members) + near:
                    more[group] = value
            if free.any():
                splits = 1 << int(np.argmax(np.where(free > 0.0, np.abs(gains), -1.0)))
                boxes += [_Box(box.within, box.among & ~splits), _Box(box.within | splits, box.among)]
        return more

    def _likely(self, box: _Box, reached: Reached, gains: Vector, shares: Vector) -> Iterator[int]:
        """The coalitions of a box that may contest most."""
        yield box.within | _mask(gains > 0.0) & box.among
        yield box.within | (reached.movers | _mask(shares < 0.0)) & box.among


@dataclass(frozen=True)
class _Settled:
    """What is settled at each level: a basis of the coalitions held, and at which level what each player gets is."""

    worst: tuple[float, ...]
    bases: tuple[Vector, ...]
    players: Vector

    @classmethod
    def of(cls, found: Levels) -> _Settled:
        bases = tuple(np.linalg.qr(held.T)[0] for held in found.held)
        away = np.array([np.abs(np.eye(len(one)) - one @ one.T).max(axis=0) for one in bases])
        return cls(found.worst, bases, np.argmax(away <= 1e-9, axis=0))

    def allowed(self, within: Vector, free: Vector | None = None) -> float:
        """Return the least excess that a coalition is allowed, or any of a box with these ``free`` players."""
        first = 0 if free is None else int(np.max(np.where(free > 0.0, self.players, 0)))
        for worst, basis in zip(self.worst[first:], self.bases[first:], strict=True):
            if np.abs(within - basis @ (basis.T @ within)).max() <= 1e-9:
                return worst
        return self.worst[-1]


def _bound(reached: Reached, within: Vector, free: Vector, shares: Vector) -> tuple[float, Vector]:
    """Return the most by which any coalition of a box exceeds its shares, and what each player adds at those prices."""
    plain = reached.value - float(within @ shares) - float(free @ np.minimum(shares, 0.0))
    if not reached.cases:
        return plain, -shares
    added = np.array([case.bound.prices for case in reached.cases]) - shares
    rest = np.array([case.bound.rest for case in reached.cases])
    bounds = rest + added @ within + np.maximum(added, 0.0) @ free
    worst = int(np.argmax(bounds))
    return min(plain, float(bounds[worst])), added[worst]


def _mask(players: npt.NDArray[np.bool_]) -> int:
    return sum(1 << int(i) for i in np.flatnonzero(players))
