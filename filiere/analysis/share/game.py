"""A co-operative game: what each group of players reaches by itself.

A coalition is a whole number whose bit ``i`` says whether player ``i`` is in it. A common bill is the same game with
negative values: who saves most pays least.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Self

import numpy as np
import numpy.typing as npt

Vector = npt.NDArray[np.float64]
Shares = tuple[float, ...]
"""What each player gets, in the players' order."""

NEAR = 1e-7
"""Amounts closer than this share of the largest value are the same."""


@dataclass(frozen=True)
class Game:
    """``values[S]`` is what coalition ``S`` reaches by itself; ``values[0]`` is 0."""

    players: tuple[str, ...]
    values: tuple[float, ...]

    @classmethod
    def of(cls, players: Iterable[str], value: Callable[[int], float]) -> Self:
        """Return the game in which each coalition reaches ``value`` of it."""
        names = tuple(players)
        return cls(names, (0.0, *(float(value(s)) for s in range(1, 1 << len(names)))))

    @classmethod
    def of_sets(cls, players: Iterable[str], values: Mapping[Iterable[str], float]) -> Self:
        """Return the game of values by the names of members; coalitions that are not named reach 0."""
        names = tuple(players)
        known = {mask_of(members, names): value for members, value in values.items()}
        return cls.of(names, lambda s: known.get(s, 0.0))

    @property
    def size(self) -> int:
        """How many players there are."""
        return len(self.players)

    @property
    def full(self) -> int:
        """The coalition of all."""
        return (1 << self.size) - 1

    @property
    def total(self) -> float:
        """What all reach together: what there is to share."""
        return self.values[self.full]

    @cached_property
    def alone(self) -> Vector:
        """What each player reaches alone."""
        return np.array([self.values[1 << i] for i in range(self.size)])

    @cached_property
    def vector(self) -> Vector:
        """The values as an array."""
        return np.array(self.values)

    @cached_property
    def membership(self) -> Vector:
        """Coalitions × players: 1 where the player is in it."""
        return ((np.arange(1 << self.size)[:, None] >> np.arange(self.size)) & 1).astype(float)

    @cached_property
    def near(self) -> float:
        """Amounts closer than this are the same."""
        return NEAR * max(1e-12, float(np.max(np.abs(self.vector))))

    def names(self, coalition: int) -> tuple[str, ...]:
        """Return the members of a coalition."""
        return tuple(name for i, name in enumerate(self.players) if coalition >> i & 1)

    def excess(self, shares: Shares) -> Vector:
        """Return, for each coalition, what it reaches alone less what its members get."""
        got: Vector = self.membership @ np.array(shares)
        return self.vector - got


def mask_of(members: Iterable[str], players: tuple[str, ...]) -> int:
    """Return the coalition of these members."""
    mask = 0
    for name in members:
        mask |= 1 << players.index(name)
    return mask
