"""The front between two objectives: what one costs in terms of the other, each point with its whole plan."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from filiere.analysis.pareto.axes import axis, opposed
from filiere.chain.chain import Chain, Objective
from filiere.schema import words as w
from filiere.solution.solution import Plan, RankValue, Solution

if TYPE_CHECKING:
    from filiere.solution.certify.certify import Certificate

BULGE = 1e-6
"""A point nearer than this to the straight line between the ends, in shares of the ranges, is on it."""


@dataclass(frozen=True)
class Point:
    """One point of a front. ``x`` and ``y`` are the objectives' values in the plan, circularity as its ratio.

    ``indicators`` are those of the plan as a whole; ``values`` holds every objective of the ranks by its English key.
    """

    number: int
    x: float
    y: float
    solution: Solution
    indicators: Mapping[str, float | None]
    certificate: Certificate
    values: Mapping[str, float]

    @property
    def plan(self) -> Plan:
        """The point's plan."""
        if self.solution.plan is None:
            raise ValueError(f"point {self.number} has no plan")
        return self.solution.plan


@dataclass(frozen=True)
class Front:
    """The points of a front, x growing, or the solution that says why there are none.

    ``chain`` has the ranks in the order in which they were held: those before, the two axes, the others.
    ``asked`` is the number of points asked for.
    """

    chain: Chain
    x: Objective
    y: Objective
    asked: int
    points: tuple[Point, ...] = ()
    without_plan: Solution | None = None
    seconds: Mapping[str, float] = field(default_factory=dict)
    path: Path | None = None
    sha256: str = ""

    @cached_property
    def knee(self) -> int | None:
        """The number of the point farthest from the straight line between the ends, None where none stands out."""
        found = knee([self._less(point) for point in self.points])
        return None if found is None else self.points[found].number

    @property
    def held(self) -> tuple[RankValue, ...]:
        """What was held before the two objectives, as it was reached."""
        if not self.points:
            return ()
        first = min(one.rank for one in self.chain.objectives if one.key in (self.x.key, self.y.key))
        return tuple(value for value in self.points[0].solution.objectives if value.rank < first)

    @property
    def complete(self) -> bool:
        """Whether these are all the points there are."""
        return len(self.points) < self.asked

    @property
    def whole(self) -> bool:
        """Whether anything is opened or not as a whole, or counted in whole numbers."""
        chain = self.chain
        return any(p.candidate or p.whole for p in chain.processes.values()) or any(e.candidate for e in chain.links)

    @property
    def convex(self) -> bool:
        """Whether every plan between two points is possible: nothing whole, no ratio."""
        return not self.whole and w.Objective.CIRCULARITY not in (self.x.kind, self.y.kind)

    def point(self, number: int) -> Point:
        """Return a point by its number, counted from 1. Raises KeyError where there is none."""
        for point in self.points:
            if point.number == number:
                return point
        raise KeyError(number)

    def better(self, one: Objective, change: float) -> bool:
        """Whether a change of an objective is an improvement."""
        return change > 0.0 if one.direction is w.Direction.MAX else change < 0.0

    def _less(self, point: Point) -> tuple[float, float]:
        """The point turned so that less is better."""
        return (
            -point.x if self.x.direction is w.Direction.MAX else point.x,
            -point.y if self.y.direction is w.Direction.MAX else point.y,
        )


def front(chain: Chain, x: str, y: str, count: int = 20, told: Callable[[float], None] | None = None) -> Front:
    """Return at most ``count`` points of the front between two objectives of ``chain``, named as in its sheet.

    Fewer come only where there are no more. ``told`` is called with the share of the work that is done. Raises
    :class:`~filiere.analysis.pareto.axes.AxisError` for a name that is no objective, ``WorkbookError`` where the
    objectives need what the workbook lacks, ``RankError`` where numbers fail.
    """
    from filiere.solver.front.front import solve_front
    from filiere.solver.study import Study

    one, other = axis(chain, x), axis(chain, y)
    asked = opposed(chain, one, other)
    started = time.perf_counter()
    study = Study(asked)
    built = time.perf_counter()
    axes = sorted((o for o in asked.objectives if o.key in (one.key, other.key)), key=lambda o: o.rank)
    half = (lambda share: told(0.5 * share)) if told else None
    solutions = solve_front(study, axes[0], axes[1], count, half)
    seconds = {"build": built - started, "solve": time.perf_counter() - built}
    if solutions[0].plan is None:
        return Front(asked, one, other, count, without_plan=solutions[0], seconds=seconds)
    points = []
    for solution in solutions:
        if solution.plan is not None:
            points.append(_point(asked, one, other, solution, solution.plan))
            if told:
                told(0.5 + 0.5 * len(points) / len(solutions))
    ordered = sorted(points, key=lambda point: point.x)
    numbered = tuple(replace(point, number=number) for number, point in enumerate(ordered, start=1))
    return Front(asked, one, other, count, numbered, seconds=seconds)


def knee(points: Sequence[tuple[float, float]]) -> int | None:
    """Return which point lies farthest below the straight line between the ends, None where none does.

    Points are (x, y), less being better in both; each is measured against the range between the two ends (Das, I.,
    1999, On characterizing the “knee” of the Pareto curve based on normal-boundary intersection, Structural
    Optimization 18(2-3)).
    """
    if len(points) < 3:
        return None
    left, right = min(points), max(points)
    across, down = right[0] - left[0], left[1] - right[1]
    if across <= 0.0 or down <= 0.0:
        return None
    below = [1.0 - (x - left[0]) / across - (y - right[1]) / down for x, y in points]
    farthest = max(range(len(points)), key=lambda i: below[i])
    return farthest if below[farthest] > BULGE else None


def _point(chain: Chain, x: Objective, y: Objective, solution: Solution, plan: Plan) -> Point:
    from filiere.indicators import figures
    from filiere.solution.certify.certify import certify

    values = {value.objective: value.final for value in solution.objectives}
    return Point(0, values[x.key], values[y.key], solution, figures(chain, plan), certify(chain, solution), values)
