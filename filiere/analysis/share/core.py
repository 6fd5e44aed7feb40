"""The core: shares under which no coalition would do better apart; where there are none, the least core."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy.optimize import linprog

from filiere.analysis.share.game import Game, Shares


class GameError(Exception):
    """A linear programme of a game has no answer: its values are not finite or far too unlike in size."""


@dataclass(frozen=True)
class LeastCore:
    """The least ``epsilon`` such that every coalition short of all gets at least its value less ``epsilon``.

    Up to 0 the core is not empty. ``shares`` is one way to get there.
    """

    epsilon: float
    shares: Shares


@dataclass(frozen=True)
class Apart:
    """A coalition that would do better apart, and by how much.

    ``while_others_stay``: the others count on means that it would take too, so that both cannot leave.
    """

    coalition: int
    amount: float
    while_others_stay: bool = False


def solved(scale: float, *arguments: Any, **more: Any) -> Any:
    """Return the optimum of a linear programme; raises ``GameError`` where there is none."""
    found = linprog(*arguments, **more, method="highs")
    if found.status != 0:
        raise GameError(f"{found.message} ({scale:g})")
    return found


def least_core(game: Game) -> LeastCore:
    """Return the least core of a game. Raises ``GameError``."""
    n = game.size
    if n == 1:
        return LeastCore(0.0, (game.total,))
    scale = scale_of(game)
    proper = np.arange(1, game.full)
    rows = np.column_stack([-game.membership[proper], -np.ones(len(proper))])
    found = solved(
        scale, np.eye(n + 1)[n], A_ub=rows, b_ub=-game.vector[proper] / scale,
        A_eq=[[1.0] * n + [0.0]], b_eq=[game.total / scale], bounds=(None, None),
    )  # fmt: skip
    return LeastCore(float(found.x[n]) * scale, tuple(float(v) * scale for v in found.x[:n]))


def apart(game: Game, shares: Shares, rivals: bool = False) -> Apart | None:
    """Return the coalition that would gain most by leaving, None where none would gain: the shares are in the core.

    Among ``rivals``, who may count on the same means, it is one that leaves the others theirs, where there is one.
    """
    excess = game.excess(shares)
    excess[[0, game.full]] = -np.inf
    both = (
        game.vector + game.vector[::-1] > game.total + 10 * game.near if rivals else np.zeros(len(excess), dtype=bool)
    )
    for taken in (False, True):
        among = np.where(both == taken, excess, -np.inf)
        worst = int(np.argmax(among))
        if among[worst] > 10 * game.near:
            return Apart(worst, float(among[worst]), taken)
    return None


def best_apart(game: Game) -> tuple[float, tuple[int, ...]]:
    """Return what the best division of all into coalitions adds up to, and that division, each part once."""
    best, taken = [0.0] * (game.full + 1), [0] * (game.full + 1)
    for coalition in range(1, game.full + 1):
        first, part = coalition & -coalition, coalition
        best[coalition], taken[coalition] = game.values[coalition], coalition
        while part := (part - 1) & coalition:
            if part & first and game.values[part] + best[coalition ^ part] > best[coalition] + game.near:
                best[coalition], taken[coalition] = game.values[part] + best[coalition ^ part], part
    parts, rest = [], game.full
    while rest:
        parts.append(taken[rest])
        rest ^= taken[rest]
    return best[game.full], tuple(parts)


def scale_of(game: Game) -> float:
    """Return what values are divided by before they go into a linear programme."""
    return float(np.max(np.abs(game.vector))) or 1.0
