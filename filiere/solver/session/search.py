"""Whole columns, rank after rank: one tree of cases that every rank prunes and none plants again.

A rank only ever narrows what the next may do, so a case that a rank rules out stays out. The tree's leaves are
therefore carried from rank to rank, and each case is a linear programme re-solved from the last basis. Land,
A. H. and Doig, A. G. (1960), An automatic method of solving discrete programming problems, Econometrica 28(3).
Where a tree grows past its bound or numbers fail in a case, HiGHS's own branch-and-cut takes the rank over; its answer
is then solved once more with the whole columns fixed, which gives exact figures.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace

import numpy as np
import numpy.typing as npt

from filiere.solver.programme.compile import Function, Vector
from filiere.solver.session.answer import Answer
from filiere.solver.session.outcome import Outcome
from filiere.solver.session.session import Session

WHOLE = 1e-6
"""Nearer than this to a whole number, a column is tried at that number."""

LARGEST_TREE = 400
"""Cases tried in one rank before branch-and-cut takes over."""

Case = dict[int, tuple[float, float]]
"""Bounds of some whole columns, by column."""


@dataclass
class Search:
    """A session whose whole columns are searched exactly; without any it is the session itself."""

    session: Session
    leaves: list[Case] = field(default_factory=lambda: [{}])
    incumbent: Vector | None = None
    """The whole columns' values in the last optimum."""
    settled: bool = False
    """Whether the whole columns stay as they are: what is left is a linear programme."""

    @property
    def columns(self) -> npt.NDArray[np.intp]:
        """The whole columns."""
        return np.flatnonzero(self.session.programme.whole)

    def minimise(self, function: Function) -> Outcome:
        """Return the optimum of ``function`` over every case left."""
        if self.settled or not self.session.programme.has_whole_columns:
            return self.session.minimise(function)
        best = self._from_incumbent(function)
        outcome = self._explore(function, best)
        if outcome.optimal:
            self.incumbent = np.round(outcome.columns[self.columns])
        return replace(outcome, face=None)  # that of one case only

    @contextmanager
    def aside(self) -> Iterator[None]:
        """Hold rows for a while: they are dropped at the end, and the cases that they ruled out come back."""
        rows, leaves = self.session.row_count, list(self.leaves)
        try:
            yield
        finally:
            self.session.drop_rows_after(rows)
            self.leaves = leaves

    def settle(self) -> None:
        """Keep the whole columns as they are from here on."""
        if self.incumbent is not None:
            self.settled = True
            self.session.set_bounds(self.columns, self.incumbent, self.incumbent)

    def _from_incumbent(self, function: Function) -> Outcome | None:
        """What the last optimum's whole columns give: a first bound. They were feasible, so no is doubted."""
        if self.incumbent is None:
            return None
        outcome = self._try(function, self._fixed(self.incumbent), believe_infeasible=False)
        return outcome if outcome.optimal else None

    def _explore(self, function: Function, best: Outcome | None) -> Outcome:
        open_cases, kept, tried = list(reversed(self.leaves)), [], 0
        while open_cases:
            case = open_cases.pop()
            tried += 1
            if tried > LARGEST_TREE:
                return self._branch_and_cut(function)
            outcome = self._try(function, case, bound=_bound(function, best))
            if outcome.answer is Answer.BEYOND:
                kept.append(case)
                continue
            if outcome.answer in (Answer.TIME_LIMIT, Answer.UNBOUNDED):
                return outcome if best is None or outcome.answer is Answer.UNBOUNDED else self._timed_out(best)
            if outcome.answer is Answer.TROUBLE:  # the best plan may be there: no other is called the best without it
                return self._branch_and_cut(function)
            if not outcome.optimal:
                continue
            if best is not None and not _better(function, outcome, best):
                kept.append(case)
                continue
            split = self._most_fractional(outcome.columns)
            if split is None:
                rounded = self._try(function, self._fixed(np.round(outcome.columns[self.columns])))
                if rounded.optimal and _equal(function, rounded, outcome):
                    best = rounded
                    kept.append(case)
                    continue
                split = self._least_whole(outcome.columns, case)
            if split is None:
                kept.append(case)
                continue
            open_cases += self._split(case, split, outcome.columns[split])
        if best is not None:
            self.leaves = kept
        return best if best is not None else Outcome(Answer.INFEASIBLE, np.empty(0))

    def _timed_out(self, best: Outcome) -> Outcome:
        return Outcome(Answer.TIME_LIMIT, best.columns, float("inf"))  # how far from the best is not known

    def _try(
        self, function: Function, case: Case, believe_infeasible: bool = True, bound: float = np.inf
    ) -> Outcome:  # fmt: skip
        columns = self.columns
        programme = self.session.programme
        lower, upper = programme.column_lower[columns].copy(), programme.column_upper[columns].copy()
        position = {int(column): i for i, column in enumerate(columns)}
        for column, (low, high) in case.items():
            lower[position[column]], upper[position[column]] = low, high
        self.session.set_bounds(columns, lower, upper)
        return self.session.minimise(function, believe_infeasible, bound)

    def _fixed(self, values: Vector) -> Case:
        return {int(column): (value, value) for column, value in zip(self.columns, values.tolist(), strict=True)}

    def _most_fractional(self, columns: Vector) -> int | None:
        values = columns[self.columns]
        distance = np.abs(values - np.round(values))
        at = int(np.argmax(distance))
        return int(self.columns[at]) if distance[at] > WHOLE else None

    def _least_whole(self, columns: Vector, case: Case) -> int | None:
        """The column farthest from whole among those still free, when rounding it changed the optimum."""
        free = [int(c) for c in self.columns if int(c) not in case or case[int(c)][0] < case[int(c)][1]]
        return max(free, key=lambda c: abs(columns[c] - np.round(columns[c])), default=None)

    def _split(self, case: Case, column: int, value: float) -> list[Case]:
        programme = self.session.programme
        low, high = case.get(column, (programme.column_lower[column], programme.column_upper[column]))
        floor = float(np.floor(value + WHOLE)) if value < high - WHOLE else float(high) - 1.0
        down, up = {**case, column: (low, floor)}, {**case, column: (floor + 1.0, high)}
        # The nearer side first: it is on top of the pile.
        return [down, up] if value - floor > 0.5 else [up, down]

    def _branch_and_cut(self, function: Function) -> Outcome:
        programme = self.session.programme
        columns = self.columns
        self.session.set_bounds(columns, programme.column_lower[columns], programme.column_upper[columns])
        outcome = self.session.minimise_whole(function)
        if len(outcome.columns):
            exact = self._try(function, self._fixed(np.round(outcome.columns[columns])))
            if exact.optimal:
                self.leaves = [{}]
                return exact if outcome.optimal else Outcome(outcome.answer, exact.columns, outcome.gap)
        return outcome


def _scale(function: Function, outcome: Outcome) -> float:
    return 1e-9 * max(1.0, abs(function.at(outcome.columns)))


def _bound(function: Function, best: Outcome | None) -> float:
    """What a case must not end above; what is as good as the best so far is still solved to its end."""
    return np.inf if best is None else function.at(best.columns) + 1e3 * _scale(function, best)


def _better(function: Function, outcome: Outcome, best: Outcome) -> bool:
    return function.at(outcome.columns) < function.at(best.columns) - _scale(function, best)


def _equal(function: Function, one: Outcome, other: Outcome) -> bool:
    return abs(function.at(one.columns) - function.at(other.columns)) <= 1e3 * _scale(function, other)
