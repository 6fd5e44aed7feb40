"""The share that the least content coalition contests least, then the next one, and so on (Schmeidler 1969).

Linear programmes in turn: each makes the worst excess as small as can be, then holds the coalitions that cannot do
better. Kohlberg's criterion (1971) proves an answer without asking how it was found.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from filiere.analysis.share.core import solved
from filiere.analysis.share.game import Game, Shares, Vector

_PRICED = 1e-7
"""A coalition whose constraint has a larger price than this is at its best in every optimum."""


def has_imputations(game: Game) -> bool:
    """Return whether all together reach at least what the players reach each alone."""
    return bool(game.alone.sum() <= game.total + game.near)


@dataclass(frozen=True)
class Levels:
    """Shares found level after level: at each the worst excess, and the coalitions whose excess is held from then on.

    What a held coalition gets is settled, and so is what any coalition does that they add up to.
    """

    shares: Shares
    worst: tuple[float, ...]
    held: tuple[Vector, ...]
    """Coalitions × players, at each level those of the levels before too."""

    def allowed(self, members: Vector) -> Vector:
        """Return the excess that each coalition (a row: 1 where a player is in it) may have."""
        found = np.full(len(members), self.worst[-1])
        for worst, held in zip(self.worst[::-1], self.held[::-1], strict=True):
            found[~_free_of(members, held)] = worst
        return found


def nucleolus(game: Game, over_imputations: bool = True) -> Shares:
    """Return the nucleolus, or the prenucleolus where not ``over_imputations``. Raises ``GameError``.

    Over imputations nobody gets less than alone; the game must then have some (:func:`has_imputations`).
    """
    proper = np.arange(1, game.full)
    return levels(game.membership[proper], game.vector[proper], game.total, game.near, over_imputations).shares


def levels(members: Vector, values: Vector, total: float, near: float, over_imputations: bool) -> Levels:
    """Return the nucleolus where only these coalitions count; the single players must be among them.

    Raises ``GameError``.
    """
    n = members.shape[1]
    scale = max(float(np.max(np.abs(values), initial=0.0)), abs(total)) or 1.0
    singles = np.flatnonzero(members.sum(axis=1) == 1)
    alone = members[singles].T @ values[singles]
    rounding = near / scale if total < alone.sum() else 0.0
    floors: list[float | None] = [float(v) - rounding for v in alone / scale]
    bounds = [(low if over_imputations else None, None) for low in floors]
    held, sums = [np.ones(n)], [total / scale]
    open_ = np.arange(len(members))
    worsts, spans = list[float](), list[Vector]()
    while _rank(held) < n:
        left = np.column_stack([-members[open_], -np.ones(len(open_))])
        found = solved(
            scale, np.eye(n + 1)[n], A_ub=left, b_ub=-values[open_] / scale,
            A_eq=np.column_stack([np.array(held), np.zeros(len(held))]), b_eq=sums, bounds=[*bounds, (None, None)],
        )  # fmt: skip
        prices, worst = -found.ineqlin.marginals, float(found.x[n])
        tight = open_[prices > min(_PRICED, float(prices.max()) / 2)]
        for coalition in tight:
            if _rank([*held, members[coalition]]) > len(held):
                held.append(members[coalition])
                sums.append(float(values[coalition]) / scale - worst)
        open_ = open_[_free_of(members[open_], np.array(held))]
        worsts.append(worst * scale)
        spans.append(np.array(held))
    shares = np.linalg.solve(np.array(held), np.array(sums)) * scale
    return Levels(tuple(float(v) for v in shares), tuple(worsts), tuple(spans))


def kohlberg(game: Game, shares: Shares, over_imputations: bool = True) -> bool:
    """Return whether shares are the nucleolus (or the prenucleolus), by Kohlberg's criterion.

    For every level, whatever moves money among the players and takes from no coalition whose excess is at or above
    it (nor from a player who gets no more than alone) gives to none of them either.
    """
    if game.size == 1:
        return abs(shares[0] - game.total) <= game.near
    excess, rows, near = game.excess(shares), game.membership, 10 * game.near
    if abs(excess[game.full]) > near:
        return False
    at_least = np.array(shares) - game.alone
    if over_imputations and at_least.min() < -near:
        return False
    floor = np.eye(game.size)[at_least <= near] if over_imputations else np.empty((0, game.size))
    proper = np.arange(1, game.full)
    order = proper[np.argsort(-excess[proper], kind="stable")]
    held: list[Vector] = [rows[game.full]]
    start = 0
    while start < len(order):
        end = start + int((excess[order[start:]] >= excess[order[start]] - near).sum())
        fresh, start = order[start:end], end
        before = len(held)
        for coalition in fresh:
            if _rank([*held, rows[coalition]]) > len(held):
                held.append(rows[coalition])
        if len(held) > before and not _balanced(rows[order[:end]], floor):
            return False
        if len(held) == game.size:
            return True
    return True


def _balanced(collection: Vector, floor: Vector) -> bool:
    n = collection.shape[1]
    never_less = -np.vstack([collection, floor])
    found = solved(
        1.0, -collection.sum(axis=0), A_ub=never_less, b_ub=np.zeros(len(never_less)),
        A_eq=np.ones((1, n)), b_eq=[0.0], bounds=(-1.0, 1.0),
    )  # fmt: skip
    return bool(-found.fun <= 1e-6)


def _rank(rows: list[Vector]) -> int:
    return int(np.linalg.matrix_rank(np.array(rows)))


def _free_of(members: Vector, held: Vector) -> npt.NDArray[np.bool_]:
    """Return which coalitions the held ones do not add up to."""
    basis = np.linalg.qr(held.T)[0]
    rest = members - (members @ basis) @ basis.T
    return np.asarray(np.abs(rest).max(axis=1, initial=0.0) > 1e-9)
