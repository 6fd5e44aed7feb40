"""Of many players: which groups would do better apart, looked for one after another, each a solve.

A group that is found would really do better; that the core is empty is proved by the groups found alone. That none
is left is not proved: groups are looked for around those that come nearest, one player more or less at a time.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from filiere.analysis.share.core import Apart, solved
from filiere.analysis.share.game import NEAR, Shares, Vector

ROUNDS = 12
"""Times that shares are looked for against which the groups known have least to say."""
STARTS = 4
"""Groups around which others are tried in each round."""


@dataclass(frozen=True)
class Found:
    """The groups whose values are known, and the least that the worst of them lacks whatever the shares.

    Above 0, ``epsilon`` proves that the core is empty; the least core is then at least so far away.
    """

    values: dict[int, float]
    epsilon: float
    near: float

    def apart(self, shares: Shares, unsure: float = 0.0) -> Apart | None:
        """Return the group known that would gain most by leaving, None where none of those known would.

        What is no more than ``unsure``, of shares that are estimated, is nothing.
        """
        worst = max(self.values, key=lambda s: self.values[s] - _sum(shares, s))
        amount = self.values[worst] - _sum(shares, worst)
        return Apart(worst, amount) if amount > max(unsure, 10 * self.near) else None


def generated(
    size: int, value: Callable[[int], float], known: dict[int, float], late: Callable[[], bool] = lambda: False
) -> Found:  # fmt: skip
    """Look for groups that would do better apart, from those ``known``, whose dictionary is added to."""
    full = (1 << size) - 1
    total = value(full)
    scale = max(map(abs, known.values()), default=0.0) or 1.0
    near = NEAR * scale
    values = {s: v for s, v in known.items() if 0 < s < full}
    for i in range(size):
        values.setdefault(1 << i, value(1 << i))
    epsilon = -np.inf
    for _ in range(ROUNDS):
        shares, epsilon = _least(size, values, total, scale)
        if not _more(size, value, values, shares, epsilon + 10 * near, late) or late():
            break
    return Found(values, float(epsilon), near)


def _least(size: int, values: dict[int, float], total: float, scale: float) -> tuple[Shares, float]:
    """Return shares under which the worst of the groups known lacks least, and what it lacks."""
    groups = np.array(list(values), dtype=np.int64)
    member: Vector = ((groups[:, None] >> np.arange(size)) & 1).astype(float)
    found = solved(
        scale, np.eye(size + 1)[size], A_ub=np.column_stack([-member, -np.ones(len(groups))]),
        b_ub=-np.array(list(values.values())) / scale, A_eq=[[1.0] * size + [0.0]], b_eq=[total / scale],
        bounds=(None, None),
    )  # fmt: skip
    return tuple(float(v) * scale for v in found.x[:size]), float(found.x[size]) * scale


def _more(
    size: int, value: Callable[[int], float], values: dict[int, float], shares: Shares, least: float,
    late: Callable[[], bool],
) -> bool:  # fmt: skip
    """Try groups one player away from those that lack most; return whether one lacks more than any known."""
    worst = sorted(values, key=lambda s: _sum(shares, s) - values[s])[:STARTS]
    better = False
    for start in worst:
        for i in range(size):
            group = start ^ 1 << i
            if group in values or group in (0, (1 << size) - 1):
                continue
            if late():
                return False
            values[group] = value(group)
            better |= values[group] - _sum(shares, group) > least
    return better


def _sum(shares: Shares, group: int) -> float:
    return sum(share for i, share in enumerate(shares) if group >> i & 1)
