"""The tree of cases of one function: cases are solved, put aside or split, until the best plan is known.

Where a tree grows past its bound or numbers fail in a case, HiGHS's own branch-and-cut takes the rank over; its answer
is then solved once more with the whole columns fixed, which gives exact figures.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property

import numpy as np
import numpy.typing as npt

from filiere.solver.programme.compile import Function, Vector
from filiere.solver.session.answer import Answer
from filiere.solver.session.cases.better import ended_at, is_better, is_equal, worst_of
from filiere.solver.session.cases.case import Case, bounds_of, fixed, hull
from filiere.solver.session.cases.known import Cases, Proved, Step, step_of
from filiere.solver.session.cases.split import (
    Grown,
    Open,
    least_whole,
    open_again,
    opened,
    split_case,
    splits_last,
    to_split,
    traded,
)  # fmt: skip
from filiere.solver.session.cases.told import Told
from filiere.solver.session.effort import Gains
from filiere.solver.session.highs import Start
from filiere.solver.session.outcome import Face, Outcome
from filiere.solver.session.proofs import Priced
from filiere.solver.session.session import Session

Follow = Callable[[Vector], Function | None]
"""What a search minimises next once a better plan is found, None where that stays as it is."""


@dataclass(kw_only=True)
class Tree:
    """The cases of one function, while they are looked through."""

    function: Function
    best: Outcome | None
    """The best plan so far."""
    open: list[Open]
    """Cases still to be solved, the next one last."""
    ends: Mapping[frozenset[tuple[int, tuple[float, float]]], Start]
    """Where the cases of a function much like it ended."""
    gains: Gains
    grown: Grown
    notes: Cases | None
    """Where what is proved is noted, None where nothing is."""
    kept: list[Case] = field(default_factory=list)
    """Cases that a later rank may look at."""
    proved: dict[int, Proved] = field(default_factory=dict)
    """What was proved of cases that were solved, by their identity."""

    def split(self, case: Case, column: int, widest: tuple[float, float], outcome: Outcome) -> None:
        """Leave both sides of a case to be solved in its place."""
        reached = self.function.at(outcome.columns)
        self.open += split_case(case, column, widest, outcome.columns[column], reached)
        self.proved.pop(id(case), None)


@dataclass
class Trees(Told):
    """A session whose whole columns are searched, and the leaves of the last tree, where the next one begins."""

    session: Session
    leaves: list[Case] = field(default_factory=lambda: [{}])
    incumbent: Vector | None = None
    """The whole columns' values in the last optimum."""
    known: Cases | None = None
    """How a solve of the same programme split the cases, where another begins where that ended."""
    _beyond: list[Case] = field(default_factory=list)
    """Cases that the last optimum proved worse than itself."""
    _faces: list[tuple[Case, Face | None, float]] = field(default_factory=list)
    """The cases that the last optimum did not prove worse than itself, all that are as good there, and how good."""
    _basis: Start | None = None
    """Where the run that found the last optimum ended."""
    _function: Function | None = None
    """What was minimised last."""
    _stood: tuple[Function, Outcome] | None = None
    """What was found just now, and of which function, with the whole columns as they are told."""
    _ends: dict[frozenset[tuple[int, tuple[float, float]]], Start] = field(default_factory=dict)
    """Where each case ended then."""

    @cached_property
    def columns(self) -> npt.NDArray[np.intp]:
        """The whole columns: those of the programme that the session holds from the search's beginning to its end."""
        return np.flatnonzero(self.session.programme.whole)

    def _by_cases(self, function: Function, follow: Follow | None = None) -> Outcome:
        """Return the optimum over all leaves, and leave those that later ranks may look at."""
        tree = self._planted(function)
        while tree.open:
            best = tree.best
            if best is not None and self._is_least(tree.function, best.columns):
                tree.kept += [other.case for other in reversed(tree.open)]
                self._faces += [(other.case, None, tree.function.at(best.columns)) for other in tree.open]
                break
            one = tree.open.pop()
            if best is not None and tree.notes is None and self._is_worse(tree.function, one, best):
                tree.kept.append(one.case)
                continue
            outcome = self._solved(tree, one)
            if outcome.answer is Answer.BEYOND:
                tree.kept.append(one.case)
                self._beyond.append(one.case)
                continue
            if outcome.answer in (Answer.TIME_LIMIT, Answer.UNBOUNDED):
                stopped = best is not None and outcome.answer is Answer.TIME_LIMIT
                return Outcome(outcome.answer, best.columns, np.inf) if best and stopped else outcome
            if outcome.answer is Answer.TROUBLE or tree.grown.too_far:  # the best plan may be there
                return self._branch_and_cut(tree.function, best)
            if outcome.optimal:
                self._place(tree, one, outcome, follow)
        if tree.notes is not None:
            tree.notes.note(step_of(tree.function, self.session.row_count), tree.proved, tree.kept, self._basis)
        return self._told(tree.function, tree.best, tree.kept)

    def _planted(self, function: Function) -> Tree:
        """Return the tree of a function before any of its cases is solved."""
        if (best := self._from_incumbent(function)) is not None:
            self._basis = self.session.start
        ends, self._ends = self._ends if self._alike(function) else {}, {}
        self._function = function
        return Tree(
            function=function, best=best, open=self._opened(function, best), ends=ends,
            gains=self.session.gains(function), grown=Grown(traded(self.session.programme, self.columns)),
            notes=self.known if self.known is not None and self.known.notes else None,
        )  # fmt: skip

    def _solved(self, tree: Tree, one: Open) -> Outcome:
        """Solve a case from where its run may begin, and note where it ended and what it tells of its column."""
        function, case, key = tree.function, one.case, frozenset(one.case.items())
        tree.grown.add(one)
        bound = worst_of(function, tree.best) if tree.notes is None else np.inf
        self.session.start_at(tree.ends.get(key, one.start))
        outcome = self._try(function, case, bound=bound)
        if outcome.optimal or outcome.answer is Answer.BEYOND:
            self._ends[key] = self.session.start
        if tree.notes is not None:
            tree.proved[id(case)] = Proved(case, self.session.priced(function, outcome), self.session.start.known)
        tree.gains.note(one.column, one.up, one.gain(ended_at(function, outcome, tree.best)))
        return outcome

    def _place(self, tree: Tree, one: Open, outcome: Outcome, follow: Follow | None) -> None:
        """Put a case that has an optimum aside, take its whole numbers for the best so far, or split it."""
        function, case = tree.function, one.case
        reached = function.at(outcome.columns)
        if tree.best is not None and not is_better(function, outcome, tree.best):
            tree.kept.append(case)
            self._faces.append((case, outcome.face, reached))
            return
        split, equal = to_split(tree.gains, self.columns, outcome.columns, self._lasts), False
        if split is None:
            rounded = self._try(function, self._fixed(np.round(outcome.columns[self.columns])))
            equal = rounded.optimal and is_equal(function, rounded, outcome)
            if equal:
                tree.best, self._basis = rounded, self.session.start
            if equal and follow is not None and (other := follow(rounded.columns)) is not None:
                tree.function, tree.best = self._followed(other, rounded, follow)
                tree.open += [one, *open_again(tree.kept, self._beyond)]
                self._faces = []
                return
            split = None if equal else least_whole(self.columns, outcome.columns, case)
        if split is not None:
            tree.split(case, split, self._widest(split), outcome)
            return
        tree.kept.append(case)
        self._faces.append((case, outcome.face if equal else None, reached))

    def _opened(self, function: Function, best: Outcome | None) -> list[Open]:
        """Return the cases to be solved, the next one last."""
        known = self.known.parts(step_of(function, self.session.row_count)) if self.known is not None else []
        if not known or (best is not None and self._is_least(function, best.columns)):
            return [Open(case) for case in reversed(self.leaves)]

        def least(case: Case, priced: Priced) -> float:
            self._bound(case)
            return self.session.least(priced, function)

        worst, leaves = worst_of(function, best), reversed(self.leaves)
        every = (one for leaf in leaves for one in opened(leaf, known, least, worst, self._widest))
        return [one for one in every if one.least < np.inf]  # the others have no plan

    def _from_incumbent(self, function: Function, here: bool = False) -> Outcome | None:
        """What the last optimum's whole columns give: a first bound. They were feasible, so no is doubted.

        It begins where a solve before found the best of the same function, else where the rank before left it: what
        another case ended with is farther away.
        """
        stood, self._stood = self._stood, None
        if self.incumbent is None:
            return None
        if stood is not None and stood[0] is function:
            return stood[1]
        step, case = step_of(function, self.session.row_count, here), self._fixed(self.incumbent)
        outcome = self._begun(step, self._basis, lambda: self._try(function, case, believe_infeasible=False))
        return outcome if outcome.optimal else None

    def _begun(self, step: Step, otherwise: Start | None, run: Callable[[], Outcome]) -> Outcome:
        """Run from where a solve before found the best of the same step, if any did, and note where this one does."""
        self.session.start_at((self.known and self.known.start(step)) or otherwise)
        outcome = run()
        if self.known is not None and outcome.optimal:
            self.known.ended(step, self.session.start)
        return outcome

    def _told(self, function: Function, best: Outcome | None, kept: list[Case]) -> Outcome:
        """Leave no case but those kept, and return the best plan with what all that are as good have in common."""
        if best is None:
            return Outcome(Answer.INFEASIBLE, np.empty(0))
        self.leaves = kept
        self._beyond += [case for case, _, reached in self._faces if reached > worst_of(function, best)]
        return replace(best, told=self._face(function, best))

    def _followed(self, function: Function, best: Outcome, follow: Follow) -> tuple[Function, Outcome]:
        """Follow better plans among those with the same whole numbers, as far as they go."""
        case = self._fixed(np.round(best.columns[self.columns]))
        while True:
            found = self._try(function, case, believe_infeasible=False)
            other = follow(found.columns) if found.optimal else None
            if found.optimal:
                self._basis = self.session.start
            if other is None:
                self._ends, self._function = {}, function
                return function, best
            function, best = other, found

    def _alike(self, function: Function) -> bool:
        """Whether a function is much like the last one, and nothing was held since."""
        same = all(end.rows == self.session.row_count for end in self._ends.values())
        return same and self._function is not None and function.like(self._function)

    def _is_worse(self, function: Function, one: Open, best: Outcome) -> bool:
        """Whether a case is known to be worse than the best so far by the one that it was split from."""
        if one.least <= worst_of(function, best):
            return False
        self._beyond.append(one.case)
        return True

    def _is_least(self, function: Function, columns: Vector) -> bool:
        """Whether columns reach the least that the bounds of the programme's columns let a function be."""
        programme, whole = self.session.programme, self.columns
        lower, upper = self.session.allowed().columns
        lower[whole], upper[whole] = programme.column_lower[whole], programme.column_upper[whole]
        used, costs = np.flatnonzero(function.coefficients), function.coefficients
        ends = np.where(costs > 0.0, lower, upper)
        least = float((costs[used] * ends[used]).sum()) + function.constant
        return function.at(columns) <= least + 1e-9 * max(1.0, abs(least))

    @cached_property
    def _lasts(self) -> npt.NDArray[np.bool_]:
        return splits_last(self.session.programme, self.columns)

    def _branch_and_cut(self, function: Function, best: Outcome | None) -> Outcome:
        columns, whole = self.columns, hull(self.leaves)
        self._bound(whole)
        outcome = self.session.minimise_whole(function, None if best is None else best.columns)
        if len(outcome.columns):
            exact = self._try(function, self._fixed(np.round(outcome.columns[columns])))
            if exact.optimal:
                self.leaves, self._beyond = [whole], []
                return replace(outcome, columns=exact.columns, told=None)
        return replace(outcome, told=None)

    def _try(self, function: Function, case: Case, believe_infeasible: bool = True, bound: float = np.inf) -> Outcome:
        self._bound(case)
        return self.session.minimise(function, believe_infeasible, bound)

    def _bound(self, case: Case) -> None:
        """Give the whole columns the bounds of a case."""
        self.session.set_bounds(self.columns, *bounds_of(self.session.programme, self.columns, case))

    def _fixed(self, values: Vector) -> Case:
        return fixed(self.columns, values)
