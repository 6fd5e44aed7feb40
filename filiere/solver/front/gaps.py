"""What is not known yet of a front: the gaps between its points, and which of them to look into next."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

from filiere.solver.programme.compile import Vector
from filiere.solver.session.cases.case import Case
from filiere.solver.session.highs import Start

SAME = 1e-6
"""Two points nearer than this share of the front's range in both objectives are one."""

FLAT = 1e-9
"""A triangle smaller than this share of the front's rectangle holds no corner."""

Line = tuple[float, float]
"""A straight line that the front touches, by its normal; less is better along both parts."""


@dataclass(frozen=True, eq=False)
class Spot:
    """One point of a front, less being better in both objectives, and the columns that reach it."""

    first: float
    second: float
    columns: Vector
    leaves: tuple[Case, ...]
    """The cases of whole columns that may reach it."""
    start: Start
    """Where the run that found it ended."""
    only: bool
    """Whether no other plan reaches it."""


@dataclass(frozen=True, eq=False)
class Gap:
    """What lies between two neighbouring points: unknown points have ``second`` between ``low`` and ``high``.

    ``chord`` says that nothing lies below the straight line between the two. ``steep`` and ``flat`` are lines
    which the front touches at the left and at the right point, in shares of the front's range.
    """

    left: Spot
    right: Spot
    low: float
    high: float
    chord: bool
    steep: Line = (1.0, 0.0)
    flat: Line = (0.0, 1.0)


class Gaps:
    """The points found and the gaps left open between them."""

    def __init__(self, left: Spot, right: Spot, convex: bool, chord: bool) -> None:
        self.spots = [left]
        self.convex = convex
        self.across = right.first - left.first
        self.down = left.second - right.second
        self._open: list[Gap] = []
        if not self.degenerate:
            self.spots.append(right)
            self._add(Gap(left, right, right.second, left.second, chord))

    @property
    def degenerate(self) -> bool:
        """Whether one point is best in both objectives."""
        size = max(abs(self.spots[0].first), abs(self.spots[0].second), 1.0)
        return min(self.across, self.down) <= 1e-8 * size

    def same(self, one: Spot, other: Spot) -> bool:
        """Whether two points are one."""
        return abs(one.first - other.first) <= SAME * self.across and abs(one.second - other.second) <= SAME * self.down

    def pop(self) -> Gap | None:
        """Return the gap that hides most, None where all are closed."""
        if not self._open:
            return None
        gap = max(self._open, key=self._hidden)
        self._open.remove(gap)
        return gap

    def straight(self, gap: Gap) -> None:
        """Note that no corner lies below the line between the two ends of a gap."""
        self._add(replace(gap, chord=True))

    def bend(self, gap: Gap, corner: Spot) -> None:
        """Split a gap at a corner, where the front touches a parallel to the line between its ends."""
        self.spots.append(corner)
        line = self._normal(gap)
        self._add(replace(gap, right=corner, low=corner.second, flat=line))
        self._add(replace(gap, left=corner, high=corner.second, steep=line))

    def cut(self, gap: Gap, found: Spot, middle: float) -> None:
        """Split a gap at the point that is best with ``second`` at most at ``middle``."""
        self.spots.append(found)
        self._add(replace(gap, right=found, low=middle))
        self._add(replace(gap, left=found, high=found.second))

    def close_above(self, gap: Gap, found: Spot) -> None:
        """Split a gap at the last point before its right end: nothing lies between these two."""
        self.spots.append(found)
        self._add(replace(gap, right=found, low=found.second))

    def _add(self, gap: Gap) -> None:
        if self.convex and not gap.chord and self._triangle(gap) <= FLAT:
            gap = replace(gap, chord=True)
        width, height = self._sides(gap)
        if width > SAME and height > SAME:
            self._open.append(gap)

    def _hidden(self, gap: Gap) -> tuple[bool, float]:
        """How much a gap may hide. On a convex front a corner always comes before a point of a straight edge."""
        width, height = self._sides(gap)
        if not self.convex:
            return (True, width * height * (0.5 if gap.chord else 1.0))
        return (not gap.chord, math.hypot(width, height) if gap.chord else self._triangle(gap))

    def _sides(self, gap: Gap) -> tuple[float, float]:
        return (gap.right.first - gap.left.first) / self.across, (gap.high - gap.low) / self.down

    def _normal(self, gap: Gap) -> Line:
        width = (gap.right.first - gap.left.first) / self.across
        height = (gap.left.second - gap.right.second) / self.down
        size = math.hypot(width, height)
        return (height / size, width / size)

    def _triangle(self, gap: Gap) -> float:
        """Area between the straight line and the two lines that the front touches at its ends."""
        (a, b), (c, d) = gap.steep, gap.flat
        turn = a * d - b * c
        if turn <= FLAT:
            return 0.0
        width = (gap.right.first - gap.left.first) / self.across
        height = (gap.left.second - gap.right.second) / self.down
        # Where the two lines meet, seen from the left point: a·u + b·v = 0 and c·u + d·v = c·width − d·height.
        offset = c * width - d * height
        u, v = -b * offset / turn, a * offset / turn
        return abs(u * -height - v * width) / 2.0
