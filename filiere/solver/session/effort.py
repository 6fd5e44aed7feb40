"""What was worked so far, in a unit that no machine changes: the same chain gets the same answer everywhere; and what
that tells of the work to come.
"""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np

RUN, PIVOT = 10.0, 0.1
"""What starting a run and making a pivot cost, as a multiple of the programme's entries."""

FEW = 300
"""Pivots after which a start that seemed near is given up."""


LATEST = 3
"""Solves, besides the first, whose runs' ends are known for their likes in the next one."""

LIKE_ENOUGH, LAST_ENOUGH = 25, 5
"""A start where the like of a run ended is given up after a pivot for so many rows, the one where the last run ended,
tried then, after a pivot for so many: of 10,000 flows a pivot takes ten times as long as one of a run from nothing.
"""

NEARLY = 50
"""Pivots, no more, that take less time than the weights of the steepest edge at a basis that a run is given."""

WARM_ENOUGH = 40
"""In a large programme a start where the rank before ended is given up after a pivot for so many rows: half of the
ranks that bring this year's figures of 10,500 or of 26,000 flows together end before, in a fifth of the time that they
take from inside, the others after five times as many or never.
"""

LARGE = 20_000
"""With more rows than this, starting from nothing takes less than many pivots do."""

MANY, MANY_A_ROW = 10_000, 10
"""Pivots, in all and for each row, after which a run from nothing is given up: it turns round."""

INSIDE = 200
"""Steps of an interior point after which it stalls: it takes some thirty, or never ends."""

NO_LIMIT = 2**31 - 1
"""HiGHS's own default for iterations."""

LEAST_GAIN = 1e-6
"""What splitting a column is thought to gain at least: a product of nothing would tell no column from another."""

NO_PLAN = 10.0
"""So many times the largest gain so far, a side that has no plan counts."""


@dataclass
class Effort:
    """The work of sessions that share it, in entries of their programmes looked at, and how far it may go."""

    spent: float = 0.0
    most: float = float("inf")
    deadline: float | None = None
    """A moment of ``time.monotonic``: the one limit that depends on the machine, where a time limit was asked for."""

    def add(self, entries: int, pivots: int) -> None:
        """Count a run over so many entries: rows, columns and coefficients."""
        self.spent += entries * (RUN + PIVOT * pivots)

    @property
    def seconds_left(self) -> float | None:
        """Seconds before the deadline, at least a little; None without one."""
        return None if self.deadline is None else max(0.1, self.deadline - time.monotonic())

    @property
    def goes_on(self) -> bool:
        """Whether more may be done."""
        return self.spent < self.most and (self.deadline is None or time.monotonic() < self.deadline)


def most_pivots(rows: int, near: bool, warm: bool, placed: bool) -> int:
    """Return after how many pivots a start is given up.

    The cases of a search are a few pivots away; some, nearly infeasible, would turn for half a minute, which presolve
    sees at once. A start that a caller names is nearer still; in a large programme none but those is worth as many.
    """
    if near:
        return max(FEW, rows // 2 if placed else rows)
    return max(FEW, rows // WARM_ENOUGH) if warm and rows > LARGE else NO_LIMIT


@dataclass
class Gains:
    """By how much each column raised the optimum where a case was split by it, per unit and either way, so far.

    Benichou, M. et al. (1971), Experiments in mixed-integer linear programming, Mathematical Programming 1: of columns
    that are not whole, the one whose two sides both gain the most leaves the smallest tree.
    """

    _means: dict[tuple[int, bool], tuple[float, int]] = field(default_factory=dict)
    """What each gained on average, and how often it was split."""

    def note(self, column: int, up: bool, gain: float) -> None:
        """Note what one side of a case gained, infinite where it has no plan; of a case split from none, nothing."""
        if column < 0:
            return
        if not np.isfinite(gain):
            gain = NO_PLAN * max((mean for mean, _ in self._means.values()), default=1.0)
        mean, times = self._means.get((column, up), (0.0, 0))
        self._means[column, up] = mean + (gain - mean) / (times + 1), times + 1

    def best(self, fractions: Mapping[int, float]) -> int:
        """Return which column to split by; ``fractions`` are how far each is above a whole number."""
        if not self._means:
            return max(fractions, key=lambda column: min(fractions[column], 1.0 - fractions[column]))
        means = {key: mean for key, (mean, _) in self._means.items()}
        usual = {up: float(np.mean([mean for key, mean in means.items() if key[1] is up] or [1.0])) for up in _WAYS}

        def score(column: int) -> float:
            sides = ((False, fractions[column]), (True, 1.0 - fractions[column]))
            down, up = (max(means.get((column, way), usual[way]) * far, LEAST_GAIN) for way, far in sides)
            return down * up

        return max(fractions, key=score)


_WAYS = (False, True)
