"""What a player adds on average, whoever came first (Shapley 1953)."""

from __future__ import annotations

from math import factorial

import numpy as np

from filiere.analysis.share.game import Game, Shares


def shapley(game: Game) -> Shares:
    """Return each player's mean marginal contribution over all orders in which they may come, in the unit of the game.

    A group of k without the player comes first in k! (n − k − 1)! of the n! orders of n players: Shapley, "A Value for
    n-Person Games" (1953). All 2ⁿ groups are gone through.
    """
    n, values = game.size, game.vector
    sizes = game.membership.sum(axis=1).astype(int)
    weights = np.array([factorial(k) * factorial(n - k - 1) / factorial(n) for k in range(n)])
    everyone = np.arange(1 << n)
    shares = []
    for i in range(n):
        without = everyone[(everyone >> i & 1) == 0]
        added = values[without | 1 << i] - values[without]
        shares.append(float((weights[sizes[without]] * added).sum()))
    return tuple(shares)
