"""The Shapley value of many players: what each adds on average over orders drawn at random."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from filiere.analysis.share.game import Shares

PRECISION = 0.01
"""Orders are drawn until every standard error is at most this share of what there is to share."""
FEWEST, MOST = 30, 20_000
"""How many orders are drawn at least and at most."""


@dataclass(frozen=True)
class Sampled:
    """Shares that add up to what there is to share, the standard error of each, and how many orders they rest on."""

    shares: Shares
    errors: Shares
    orders: int


def sampled(
    size: int, value: Callable[[int], float], seed: int = 0, late: Callable[[], bool] = lambda: False
) -> Sampled:  # fmt: skip
    """Return the Shapley value of ``size`` players by drawing orders; one seed always draws the same.

    Once it is ``late`` no further order is drawn, beyond the second, without which there is no standard error.
    """
    draw, total = random.Random(seed), abs(value((1 << size) - 1))
    sums, squares, orders = np.zeros(size), np.zeros(size), 0
    errors = np.full(size, np.inf)
    while orders < MOST and (orders < FEWEST or errors.max() > PRECISION * total) and not (orders > 1 and late()):
        coalition, after = (1 << size) - 1, value((1 << size) - 1)
        for player in reversed(draw.sample(range(size), size)):  # each is near the one with a player more
            coalition ^= 1 << player
            before = value(coalition)
            sums[player] += after - before
            squares[player] += (after - before) ** 2
            after = before
        orders += 1
        errors = np.sqrt(np.maximum(0.0, squares / orders - (sums / orders) ** 2) / max(1, orders - 1))
    return Sampled(tuple(map(float, sums / orders)), tuple(map(float, errors)), orders)
