"""What was worked so far, in a unit that no machine changes: the same chain gets the same answer everywhere."""

from __future__ import annotations

import time
from dataclasses import dataclass

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

LARGE = 20_000
"""With more rows than this, starting from nothing takes less than many pivots do."""

MANY, MANY_A_ROW = 10_000, 10
"""Pivots, in all and for each row, after which a run from nothing is given up: it turns round."""

INSIDE = 200
"""Steps of an interior point after which it stalls: it takes some thirty, or never ends."""

NO_LIMIT = 2**31 - 1
"""HiGHS's own default for iterations."""


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
    sees at once. A start that a caller names is nearer still; in a large programme none but those is worth many.
    """
    if near:
        return max(FEW, rows // 2 if placed else rows)
    return FEW if warm and rows > LARGE else NO_LIMIT
