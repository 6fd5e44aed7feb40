"""The front between two objectives: exact ends, then points where they say most, all in one session.

Every point is found in two steps: the first objective is optimised while the other is bounded, then the other
while the first is held. That is the augmented ε-constraint (Mavrotas, G., 2009, Effective implementation of the
ε-constraint method in multi-objective mathematical programming problems, Applied Mathematics and Computation
213(2)) with the augmentation taken to its limit: no weight to choose, and no point that is weakly dominated.
Corners are found by weighing both (Aneja, Y. P. and Nair, K. P. K., 1979, Bicriteria transportation problem,
Management Science 25(1)).

Both objectives are turned so that less is better; ``first`` grows from point to point, ``second`` falls.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import numpy as np

from filiere.chain.chain import Objective
from filiere.model.closing import CLOSING
from filiere.schema import words as w
from filiere.solution.solution import Solution
from filiere.solver.front.gaps import Gap, Gaps, Spot
from filiere.solver.programme.compile import Function, Vector
from filiere.solver.ranks.circular import circular_rate, maximise_rate
from filiere.solver.ranks.ranks import hold_ranks, settle_ranks, solve_ranks
from filiere.solver.ranks.step import RankError
from filiere.solver.ranks.sweep import has_traces
from filiere.solver.session.answer import Answer
from filiere.solver.session.cases.case import Case
from filiere.solver.session.cases.search import Search
from filiere.solver.session.outcome import Outcome
from filiere.solver.session.session import Session
from filiere.solver.solve import read_off, without_plan
from filiere.solver.study import Study

STEP = 1e-7
"""Share of an objective's range by which a bound is tightened to step past a point that is known."""

ROOM = (0.0, 1e-8, 1e-7)
"""Shares by which a point's own value may be missed when its plan is looked for, tried in turn."""

LEAST_USE = 1e-3
"""What must be used again, in kg (or money), for a rate of re-use to be more than a trace."""


class Axis:
    """One objective of a front, held in place by a row of the session."""

    def __init__(self, session: Session, objective: Objective) -> None:
        self.session = session
        self.objective = objective
        self.circular = objective.kind is w.Objective.CIRCULARITY
        self.sign = -1.0 if objective.direction is w.Direction.MAX else 1.0
        functions = session.programme.functions
        if self.circular:
            self.used: Function = functions["secondary_use"]
            self.total = self.used + functions["direct_input"]
        else:
            self.function = functions[objective.key] * self.sign
            self.row = session.hold(self.function, np.inf)

    def at(self, columns: Vector) -> float:
        """Return the objective's value, less being better."""
        if self.circular:
            return self.sign * circular_rate(self.session.programme, columns)
        return self.function.at(columns)

    def best(self, search: Search) -> Outcome:
        """Optimise this objective within everything that the session holds."""
        return maximise_rate(search) if self.circular else search.minimise(self.function)

    def hold(self, value: float) -> None:
        """Let the objective be no worse than ``value``."""
        if not self.circular:
            self.session.hold_at(self.row, self.function, value)
        elif value < 0.0:
            # U / (U + M) ≥ ε is the row U − ε(U + M) ≥ 0, once something is used at all.
            self.session.hold(self.total * -value - self.used, 0.0)
            self.session.hold(self.used * -1.0, -LEAST_USE)

    def free(self, rows: int) -> None:
        """Hold nothing any more; ``rows`` are those that stay."""
        if self.circular:
            self.session.drop_rows_after(rows)
        else:
            self.session.hold_at(self.row, self.function, np.inf)

    def beyond(self, value: float, span: float) -> float:
        """Return a bound just better than ``value``: past the slack of the row that holds it."""
        slack = 0.0
        if not self.circular:
            largest = float(np.max(np.abs(self.function.coefficients), initial=0.0))
            slack = 1e-9 * max(largest, abs(value - self.function.constant))
        return value - max(STEP * span, 10.0 * slack)


class Plane:
    """Two objectives of one session, above the ranks that it already holds."""

    def __init__(self, search: Search, first: Objective, second: Objective) -> None:
        self.session = search.session
        self._leaves: Sequence[Case] = search.leaves
        self.first = Axis(self.session, first)
        self.second = Axis(self.session, second)
        self._rows = self.session.row_count

    @property
    def convex(self) -> bool:
        """Whether the front is one convex line: two linear objectives, nothing that must be whole."""
        return self.linear and not self.session.programme.has_whole_columns

    @property
    def linear(self) -> bool:
        """Whether both objectives are linear, so that they can be weighed against each other."""
        return not (self.first.circular or self.second.circular)

    def best(self, wanted: Axis, other: Axis, bound: float = np.inf, known: Spot | None = None) -> Spot:
        """Return the best point of ``wanted`` with ``other`` no worse than ``bound``, and then the best of ``other``.

        ``known`` is a point that the bound allows: what ends above it is given up early. Raises :class:`RankError`
        where it has none or no end.
        """
        search = self._search(known)
        allowed = self.session.allowed()
        try:
            if np.isfinite(bound):
                other.hold(bound)
            outcome = self._solved(wanted, wanted.best(search))
            held = not wanted.circular and search.keep(outcome)
            if not held:
                wanted.hold(wanted.at(outcome.columns))
            if not wanted.circular:
                search.narrow(outcome)
            return self._spot(search, other, held)
        finally:
            self.session.allow(allowed)
            self.first.free(self._rows)
            self.second.free(self._rows)

    def weighed(self, left: Spot, right: Spot) -> Spot:
        """Return the point farthest below the straight line from ``left`` to ``right``; the leftmost of several."""
        search = self._search(left)
        across, down = right.first - left.first, left.second - right.second
        both = self.first.function * (1.0 / across) + self.second.function * (1.0 / down)
        if self.convex:
            self.session.start_at(left.start)
        outcome = self._solved(self.first, search.minimise(both))
        if both.at(outcome.columns) >= both.at(left.columns) - 10.0 * STEP:
            return left
        allowed = self.session.allowed()
        held = search.keep(outcome)
        if not held:
            self.session.hold(both, both.at(outcome.columns))
        search.narrow(outcome)
        try:
            return self._spot(search, self.first, held)
        finally:
            self.session.allow(allowed)
            self.session.drop_rows_after(self._rows)

    def _search(self, known: Spot | None) -> Search:
        """A search of its own, which tries first what a known point chooses among whole numbers."""
        search = Search(self.session, list(self._leaves))
        if known is not None:
            search.incumbent = np.round(known.columns[search.columns])
        return search

    def _spot(self, search: Search, last: Axis, held: bool) -> Spot:
        """The point at which ``last`` is best within what is held, and the cases that are left there.

        ``held`` says whether by what all optima have in common, not by a row, which leaves a slack.
        """
        outcome = self._solved(last, last.best(search))
        if not last.circular:
            search.narrow(outcome)
        columns = outcome.columns
        linear = held and not last.circular and not self.session.programme.has_whole_columns
        only = linear and outcome.face is not None and outcome.face.single
        first, second = self.first.at(columns), self.second.at(columns)
        return Spot(first, second, columns, tuple(search.leaves), self.session.start, only)

    def _solved(self, axis: Axis, outcome: Outcome) -> Outcome:
        if outcome.optimal:
            return outcome
        function = axis.used * -1.0 if axis.circular else axis.function
        raise RankError(outcome.answer, axis.objective.rank, axis.objective.key, function)


def spots(plane: Plane, count: int, told: Callable[[float], None] | None = None) -> list[Spot]:
    """Return at most ``count`` points of the front, in the order of the first objective.

    Fewer are returned only where there are no more. On a convex front the corners come first, those that bend it
    most before the others, then points along its edges; elsewhere the largest unexplored rectangle comes first.
    Raises :class:`RankError` where an objective has no end or numbers fail.
    """
    left = plane.best(plane.first, plane.second)
    right = plane.best(plane.second, plane.first)
    gaps = Gaps(left, right, plane.convex, chord=not plane.linear)
    if gaps.degenerate:
        return [left]
    while len(gaps.spots) < count and (gap := gaps.pop()) is not None:
        found = _below_chord(plane, gaps, gap) if not gap.chord else _inside(plane, gaps, gap)
        if found and told:
            told(0.5 * len(gaps.spots) / count)
    return sorted(gaps.spots, key=lambda spot: spot.first)


def _below_chord(plane: Plane, gaps: Gaps, gap: Gap) -> bool:
    """Look for a corner; without one, the straight line between the two ends is what can be had by weighing."""
    corner = plane.weighed(gap.left, gap.right)
    if gaps.same(corner, gap.left) or gaps.same(corner, gap.right):
        gaps.straight(gap)
        return False
    gaps.bend(gap, corner)
    return True


def _inside(plane: Plane, gaps: Gaps, gap: Gap) -> bool:
    """Cut the gap in two at half its height; where the lower half is empty, find what the upper half holds."""
    middle = (gap.low + gap.high) / 2.0
    found = plane.best(plane.first, plane.second, middle, gap.right)
    if not gaps.same(found, gap.right):
        gaps.cut(gap, found, middle)
        return True
    bound = plane.first.beyond(gap.right.first, gaps.across)
    found = plane.best(plane.second, plane.first, bound, gap.left)
    if gaps.same(found, gap.left) or gaps.same(found, gap.right):
        return False
    gaps.close_above(gap, found)
    return True


def solve_front(
    study: Study, first: Objective, second: Objective, count: int, told: Callable[[float], None] | None = None
) -> list[Solution]:
    """Return the plans of at most ``count`` points of the front between two objectives of the study's chain.

    The chain's ranks before ``first`` are held as they say; ``second`` comes right after it; the later ones and
    the closing ranks choose each point's plan among all that reach it. A ratio can only be ``second``. Where there
    is no plan at all, one solution says why. Raises :class:`RankError` where numbers fail.
    """
    session, objectives = study.session, study.chain.objectives
    session.begin()
    search = Search(session)
    try:
        ended = hold_ranks(search, [objective for objective in objectives if objective.rank < first.rank])
        alone = session.last_columns is None  # no rank comes before both
        found = spots(Plane(search, first, second), count, told)
        solutions = []
        for spot in found:
            # The first end needs no bound: it is the two ranks in their order.
            bound = np.inf if spot is found[0] else spot.second
            chosen = _whole_numbers(study, (first, second), spot, ended)
            known = alone and spot.only and not has_traces(spot.columns)
            solutions.append(_there(study, spot) if known else _plan(study, second, bound, chosen))
            if told:
                told(0.5 + 0.5 * len(solutions) / len(found))
    except RankError as error:
        return [without_plan(error, search)]
    return solutions


def _there(study: Study, spot: Spot) -> Solution:
    """Return the plan of a point that no other plan reaches: whatever is ranked, it is the best."""
    study.session.begin()
    study.session.stand_at(spot.columns)
    return read_off(study.programme, solve_ranks(Search(study.session), study.chain.objectives))


def _plan(study: Study, second: Objective, bound: float, chosen: Vector | None) -> Solution:
    """Return one plan of a point.

    With the second objective bounded and nothing left to choose among whole numbers, every rank is a linear
    programme and is held exactly; the first two reach the point again. The values of a point carry the slack of
    the rows that it was found with: where the bound proves too tight by that much, it is given a little more.
    """
    session = study.session
    for room in ROOM:
        session.begin()
        axis = Axis(session, second)
        if bound < np.inf:
            axis.hold(bound + room * max(1.0, abs(bound)))
        search = Search(session)
        if chosen is not None:
            search.incumbent = chosen
            search.settle()
        try:
            return read_off(study.programme, solve_ranks(search, study.chain.objectives))
        except RankError as error:
            if error.answer is Answer.UNBOUNDED:
                raise
            failed = error
    # The point was found, so that there is a plan of it: what fails is the arithmetic.
    raise RankError(Answer.TROUBLE, failed.rank, failed.name, failed.function)


def _whole_numbers(
    study: Study, axes: tuple[Objective, Objective], spot: Spot, ended: Mapping[int, Outcome]
) -> Vector | None:
    """Return what the ranks open and count in whole numbers at a point, None where there is nothing whole."""
    session, programme = study.session, study.programme
    if not programme.has_whole_columns:
        return None
    session.begin()
    search = Search(session, list(spot.leaves))
    search.incumbent = np.round(spot.columns[search.columns])
    reached = Outcome(Answer.OPTIMAL, spot.columns)
    try:
        settle_ranks(search, study.chain.objectives, {**ended, **{axis.rank: reached for axis in axes}})
    except RankError:
        # Held by rows with a slack, a late rank may fail; at the least, nothing opens without a reason.
        search.minimise(programme.functions[next(iter(CLOSING))])
    return search.incumbent
