"""Of many players: core and nucleolus from the coalitions that contest them, looked for one after another.

Shares are worked out for the coalitions known; a coalition that contests them is added, until none is left. What is
proved in the end holds for all, though few were asked.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt

from filiere.analysis.share.core import Apart
from filiere.analysis.share.game import NEAR, Shares, Vector
from filiere.analysis.share.nucleolus import Levels, levels

MOST_ADDED = 20
"""Coalitions added at a time, those first that contest most."""
PROVED = 1e-6
"""What a coalition may contest beyond what it is allowed, relative to what there is to share: as exact as values."""


class Groups(Protocol):
    """Where coalitions are looked for that contest shares."""

    def contesting(self, found: Levels, near: float, late: Callable[[], bool]) -> Mapping[int, float] | None:
        """Return coalitions whose excess is more than they are allowed, with their values; None when it is late.

        An empty answer proves that there are none.
        """


@dataclass(frozen=True)
class Contested:
    """What the coalitions that were asked say of the core.

    ``found`` is the nucleolus, None where it was not proved. ``epsilon`` is the least that the worst coalition lacks
    whatever the shares: exactly so where ``found`` is there, at least so elsewhere.
    """

    values: Mapping[int, float]
    epsilon: float
    near: float
    found: Levels | None = None
    imputations: bool = True


def contested(
    size: int, value: Callable[[int], float], groups: Groups, known: Mapping[int, float],
    late: Callable[[], bool] = lambda: False,
) -> Contested:  # fmt: skip
    """Return core and nucleolus of a game, proved by ``groups``; ``known`` are values that were asked before."""
    full = (1 << size) - 1
    values = {s: v for s, v in known.items() if 0 < s < full}
    for i in range(size):
        values[1 << i], values[full ^ 1 << i] = value(1 << i), value(full ^ 1 << i)
    total, near = value(full), NEAR * max(1e-12, abs(value(full)), *map(abs, values.values()))
    asked = _Asked(size, total, near, values)
    anywhere, proved = asked.settled(groups, False, late)
    epsilon = anywhere.worst[0]
    imputations = sum(values[1 << i] for i in range(size)) <= total + near
    if proved and epsilon > 10 * near and imputations:
        anywhere, proved = asked.settled(groups, True, late)
    return Contested(values, epsilon, near, anywhere if proved else None, imputations)


def apart_from(
    shares: Shares, asked: Contested, groups: Groups, late: Callable[[], bool], unsure: float = 0.0
) -> Apart | None:
    """Return the coalition that would gain most by leaving, None where none would by more than is ``unsure``.

    When it is late, the one that would among those that were asked.
    """
    size, values = len(shares), dict(asked.values)
    least = max(unsure, 10 * asked.near)
    while True:
        members, worth = members_of(list(values), size), np.array(list(values.values()))
        excess = worth - members @ np.array(shares)
        worst = int(np.argmax(excess))
        allowed = max(least, float(excess[worst]))
        settled = Levels(shares, (allowed,), (np.eye(size),))
        more = groups.contesting(settled, 10 * asked.near, late)
        if not more:
            return Apart(list(values)[worst], float(excess[worst])) if excess[worst] > least else None
        values |= more


@dataclass
class _Asked:
    """The coalitions whose values are known, and those among them that count so far."""

    size: int
    total: float
    near: float
    values: dict[int, float]

    def settled(self, groups: Groups, over_imputations: bool, late: Callable[[], bool]) -> tuple[Levels, bool]:
        """Return the nucleolus of those that count, and whether no other coalition contests it."""
        full = (1 << self.size) - 1
        counted = {s: self.values[s] for i in range(self.size) for s in (1 << i, full ^ 1 << i)}
        while True:
            members, worth = members_of(list(counted), self.size), np.array(list(counted.values()))
            found = levels(members, worth, self.total, self.near, over_imputations)
            more = self._among_known(found)
            if not more:
                fresh = groups.contesting(found, self._slack, late)
                if not fresh:
                    return found, fresh is not None
                self.values |= fresh
                more = self._among_known(found)
            counted |= more

    @property
    def _slack(self) -> float:
        return max(10 * self.near, PROVED * abs(self.total))

    def _among_known(self, found: Levels) -> dict[int, float]:
        """Return those known that contest most."""
        asked = np.array(list(self.values), dtype=np.int64)
        beyond = excess_beyond(found, asked, np.array(list(self.values.values())))
        worst = np.argsort(-beyond, kind="stable")[:MOST_ADDED]
        return {int(s): self.values[int(s)] for s in asked[worst[beyond[worst] > self._slack]]}


@dataclass(frozen=True)
class ListedGroups:
    """Groups of a list, every other one being worth what its best parts are: it contests nothing that they do not.

    That holds where the core is not empty (Huberman 1980); where it is, nothing is proved.
    """

    values: Mapping[int, float]

    def contesting(self, found: Levels, near: float, late: Callable[[], bool]) -> Mapping[int, float] | None:
        """Return the listed coalitions that contest; None where what is listed does not prove that there are none."""
        groups = np.array(list(self.values), dtype=np.int64)
        beyond = excess_beyond(found, groups, np.array(list(self.values.values())))
        more = {int(s): self.values[int(s)] for s in groups[beyond > near]}
        return more if more or found.worst[0] <= near else None


def excess_beyond(found: Levels, groups: Sequence[int] | npt.NDArray[Any], values: Vector) -> Vector:
    """Return by how much the excess of each coalition is more than it is allowed."""
    members = members_of(groups, len(found.shares))
    return np.asarray(values - members @ np.array(found.shares) - found.allowed(members))


def members_of(groups: Sequence[int] | npt.NDArray[Any], size: int) -> Vector:
    """Return coalitions × players: 1 where the player is in it."""
    return ((np.asarray(groups, dtype=np.int64)[:, None] >> np.arange(size)) & 1).astype(float)
