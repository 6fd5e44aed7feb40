"""Whole columns, rank after rank: one tree of cases that every rank prunes and none plants again.

A rank only ever narrows what the next may do, so a case that a rank rules out stays out. The tree's leaves are
therefore carried from rank to rank, and each case is a linear programme re-solved from the last basis. Land,
A. H. and Doig, A. G. (1960), An automatic method of solving discrete programming problems, Econometrica 28(3).
Where a tree grows past its bound or numbers fail in a case, HiGHS's own branch-and-cut takes the rank over; its answer
is then solved once more with the whole columns fixed, which gives exact figures.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import cached_property

import numpy as np
import numpy.typing as npt

from filiere.solver.programme.compile import Function, Vector
from filiere.solver.session import tree as t
from filiere.solver.session.answer import Answer
from filiere.solver.session.benders import choose, separable
from filiere.solver.session.highs import Start
from filiere.solver.session.outcome import Face, Outcome
from filiere.solver.session.proofs import Priced
from filiere.solver.session.session import Session
from filiere.solver.session.tree import Case, Cases, Follow, Open, Proved, Told


@dataclass
class Search(Told):
    """A session whose whole columns are searched exactly; without any it is the session itself."""

    session: Session
    leaves: list[Case] = field(default_factory=lambda: [{}])
    incumbent: Vector | None = None
    """The whole columns' values in the last optimum."""
    known: Cases | None = None
    """How a solve of the same programme split the cases, where another begins where that ended."""
    settled: bool = False
    """Whether the whole columns stay as they are: what is left is a linear programme."""
    _last: Vector | None = None
    """The columns of the last optimum."""
    _beyond: list[Case] = field(default_factory=list)
    """Cases that the last optimum proved worse than itself."""
    _only: list[Case] | None = None
    """The cases that have all plans as good as the last optimum, where they were told apart."""
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

    @property
    def decided(self) -> bool:
        """Whether one choice of whole numbers is left."""
        if len(self.leaves) != 1 or len(self.leaves[0]) < len(self.columns):
            return False
        return all(low >= high for low, high in self.leaves[0].values())

    def minimise(self, function: Function) -> Outcome:
        """Return the optimum of ``function`` over every case left."""
        if self.settled or not self.session.programme.has_whole_columns:
            return self._as_before(function)
        self._beyond, self._faces, self._only = [], [], None
        outcome = self._known(function) or self._settled_case(function) or self._explore(function)
        return self._noted(function, outcome)

    def _as_before(self, function: Function) -> Outcome:
        """Return the optimum of a linear programme; the run begins where a solve before found that of the same step."""
        if self.known is None or self.settled:
            return self.session.minimise(function)
        step = t.step_of(function, self.session.row_count)
        outcome = self._begun(step, None, lambda: self.session.minimise(function))
        if outcome.optimal and self.known.notes:
            self.known.prove(step, self.session.priced(function, outcome))
        return outcome

    def _begun(self, step: t.Step, otherwise: Start | None, run: Callable[[], Outcome]) -> Outcome:
        """Run from where a solve before found the best of the same step, if any did, and note where this one does."""
        self.session.start_at((self.known and self.known.start(step)) or otherwise)
        outcome = run()
        if self.known is not None and outcome.optimal:
            self.known.ended(step, self.session.start)
        return outcome

    def _noted(self, function: Function, outcome: Outcome) -> Outcome:
        """Note what the last optimum chooses."""
        if outcome.optimal:
            self.incumbent = np.round(outcome.columns[self.columns])
            self._last = outcome.columns
            if self.known is not None and self.known.notes and self._is_least(function, outcome.columns):
                self.known.prove(t.step_of(function, self.session.row_count), self.session.by_bounds(function))
        return outcome

    def minimise_following(self, function: Function, follow: Follow) -> Outcome:
        """Return the optimum of a function that follows each better plan that is found.

        ``follow`` gives the function that a plan asks for in place of the last one, None where that one stays. What a
        function puts above 0, every later one has to put above 0 as well, and each plan is at 0 of its own function.
        """
        if self.settled or not self.session.programme.has_whole_columns or self._separable:
            return self.minimise(function)
        self._beyond, self._faces, self._only = [], [], None
        return self._noted(function, self._settled_case(function) or self._by_cases(function, follow))

    def minimise_at_once(self, function: Function) -> Outcome:
        """Return the optimum of ``function``; all cases are first looked at as one, where that may prove it.

        For what whole numbers seldom decide: where they do not, one run does for all the cases.
        """
        if self.settled or self.incumbent is None or len(self.leaves) < 2:
            return self.minimise(function)
        if (best := self._from_incumbent(function)) is not None:
            outcome = self._try(function, t.hull(self.leaves), bound=t.worst_of(function, best))
            if outcome.answer is Answer.BEYOND or (outcome.optimal and not t.is_better(function, outcome, best)):
                self._beyond, self._faces, self._last = [], [], best.columns
                return replace(best, told=None)
        return self.minimise(function)

    def minimise_here(self, function: Function) -> Outcome | None:
        """Return the optimum of ``function`` with the whole columns as in the last optimum, None without one."""
        outcome = None if self.settled else self._from_incumbent(function, here=True)
        if outcome is not None:
            self._basis = self.session.start
        return outcome

    def stands(self, function: Function, start: Start) -> Outcome | None:
        """Return the optimum of ``function`` with the whole columns as they are told, None where no plan is found.

        The run begins at ``start``. That there is none is believed, unlike in :meth:`minimise_here`.
        """
        self.session.start_at(start)
        if self.incumbent is not None:
            self._bound(self._fixed(self.incumbent))
        outcome = self.session.minimise(function, believe_infeasible=True)
        self._stood = (function, outcome) if outcome.optimal else None
        self._basis = self.session.start if outcome.optimal else None
        return outcome if outcome.optimal else None

    def go_on_from(self, other: Search) -> None:
        """Begin the next run where that of another search ended."""
        self._basis = other._basis

    @contextmanager
    def aside(self) -> Iterator[None]:
        """Hold rows for a while: they are dropped at the end, and the cases that they ruled out come back."""
        rows, leaves = self.session.row_count, list(self.leaves)
        try:
            yield
        finally:
            self.session.drop_rows_after(rows)
            self.leaves, self._beyond, self._only = leaves, [], None

    def settle(self) -> None:
        """Keep the whole columns as they are from here on."""
        if self.incumbent is not None:
            self.settled = True
            self.session.set_bounds(self.columns, self.incumbent, self.incumbent)

    def narrow(self, outcome: Outcome) -> None:
        """Leave out the cases that an optimum, if it is the last one, proved worse: nothing worse is allowed now."""
        if outcome.columns is not self._last:
            return
        if self._only is not None:
            self.leaves, self._only = self._only, None
        self.leaves = [case for case in self.leaves if not any(case is worse for worse in self._beyond)]
        self._beyond = []

    def keep(self, outcome: Outcome) -> bool:
        """From here on, allow no plan but the optima of ``outcome``; return whether they are known."""
        if not self.session.keep(outcome):
            return False
        if (face := outcome.face) is not None and face.case is not None:
            whole = {int(column) for column in self.columns}
            fixed = zip(face.columns.tolist(), face.values.tolist(), strict=True)
            self.leaves = [{**face.case, **{column: (value, value) for column, value in fixed if column in whole}}]
        return True

    def _known(self, function: Function) -> Outcome | None:
        """The last optimum, where it is allowed still and no plan at all could do better in the columns' bounds."""
        if self._last is None or self.incumbent is None:
            return None
        self._bound(self._fixed(self.incumbent))
        if self._is_least(function, self._last) and self.session.allows(self._last):
            return Outcome(Answer.OPTIMAL, self._last)
        return None

    def _is_least(self, function: Function, columns: Vector) -> bool:
        """Whether columns reach the least that the bounds of the programme's columns let a function be."""
        programme, whole = self.session.programme, self.columns
        lower, upper = self.session.allowed().columns
        lower[whole], upper[whole] = programme.column_lower[whole], programme.column_upper[whole]
        used, costs = np.flatnonzero(function.coefficients), function.coefficients
        ends = np.where(costs > 0.0, lower, upper)
        least = float((costs[used] * ends[used]).sum()) + function.constant
        return function.at(columns) <= least + 1e-9 * max(1.0, abs(least))

    def _settled_case(self, function: Function) -> Outcome | None:
        """The optimum where one choice of whole numbers is left: a linear programme, whose optima it has in common."""
        if not self.decided:
            return None
        (case,), step = self.leaves, t.step_of(function, self.session.row_count)
        outcome = self._begun(step, None, lambda: self._try(function, case, believe_infeasible=False))
        self._basis = self.session.start
        return replace(outcome, told=outcome.face and replace(outcome.face, case=case))

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
        step, case = t.step_of(function, self.session.row_count, here), self._fixed(self.incumbent)
        outcome = self._begun(step, self._basis, lambda: self._try(function, case, believe_infeasible=False))
        return outcome if outcome.optimal else None

    def _explore(self, function: Function) -> Outcome:
        return (self._chosen_apart(function) if self._separable else None) or self._by_cases(function)

    @cached_property
    def _separable(self) -> bool:
        return separable(self.session.programme)

    def _chosen_apart(self, function: Function) -> Outcome | None:
        """What choosing the whole columns apart from the others finds; None where a tree of cases has to be tried."""
        if len(self.leaves) > 1:
            return None
        self._bound(self.leaves[0])
        lower, upper = (bound[self.columns] for bound in self.session.allowed().columns)
        found = choose(self.session, function, lower, upper)
        if found is None or found.answer is not Answer.OPTIMAL:
            return None if found is None else Outcome(found.answer, found.columns, np.inf)
        cases = [self._fixed(choice) for choice in found.alike]
        outcome = self._try(function, cases[0], believe_infeasible=False)
        if not outcome.optimal:
            return None
        self._only = cases if found.complete else None
        face = outcome.face if found.complete and len(cases) == 1 else None
        return replace(outcome, told=None if face is None else replace(face, case=cases[0]))

    def _by_cases(self, function: Function, follow: Follow | None = None) -> Outcome:
        if (best := self._from_incumbent(function)) is not None:
            self._basis = self.session.start
        ends, self._ends = self._ends if self._alike(function) else {}, {}
        self._function = function
        open_cases, kept, gains = self._opened(function, best), list[Case](), self.session.gains(function)
        grown = t.Grown(t.traded(self.session.programme, self.columns))
        notes, proved = self.known if self.known is not None and self.known.notes else None, dict[int, Proved]()
        while open_cases:
            if best is not None and self._is_least(function, best.columns):
                kept += [other.case for other in reversed(open_cases)]
                self._faces += [(other.case, None, function.at(best.columns)) for other in open_cases]
                break
            case = (one := open_cases.pop()).case
            if best is not None and notes is None and self._is_worse(function, one, best):
                kept.append(case)
                continue
            grown.add(one)
            start, bound = ends.get(frozenset(case.items()), one.start), t.worst_of(function, best)
            outcome = self._solved(function, case, start, bound if notes is None else np.inf)
            if notes is not None:
                proved[id(case)] = Proved(case, self.session.priced(function, outcome), self.session.start.known)
            gains.note(one.column, one.up, one.gain(t.ended_at(function, outcome, best)))
            if outcome.answer is Answer.BEYOND:
                kept.append(case)
                self._beyond.append(case)
                continue
            if outcome.answer in (Answer.TIME_LIMIT, Answer.UNBOUNDED):
                stopped = best is not None and outcome.answer is Answer.TIME_LIMIT
                return Outcome(outcome.answer, best.columns, np.inf) if best and stopped else outcome
            if outcome.answer is Answer.TROUBLE or grown.too_far:  # the best plan may be there
                return self._branch_and_cut(function, best)
            if not outcome.optimal:
                continue
            reached = function.at(outcome.columns)
            if best is not None and not t.is_better(function, outcome, best):
                kept.append(case)
                self._faces.append((case, outcome.face, reached))
                continue
            split, equal = t.to_split(gains, self.columns, outcome.columns, self._lasts), False
            if split is None:
                rounded = self._try(function, self._fixed(np.round(outcome.columns[self.columns])))
                equal = rounded.optimal and t.is_equal(function, rounded, outcome)
                if equal:
                    best, self._basis = rounded, self.session.start
                if equal and follow is not None and (other := follow(rounded.columns)) is not None:
                    function, best = self._followed(other, rounded, follow)
                    open_cases += [one, *t.open_again(kept, self._beyond)]
                    self._faces = []
                    continue
                split = None if equal else t.least_whole(self.columns, outcome.columns, case)
            if split is not None:
                open_cases += t.split_case(case, split, self._widest(split), outcome.columns[split], reached)
                proved.pop(id(case), None)
                continue
            kept.append(case)
            self._faces.append((case, outcome.face if equal else None, reached))
        if notes is not None:
            notes.note(t.step_of(function, self.session.row_count), proved, kept, self._basis)
        return self._told(function, best, kept)

    def _solved(self, function: Function, case: Case, start: Start | None, bound: float) -> Outcome:
        """Solve a case from where its run may begin, and note where it ended."""
        self.session.start_at(start)
        outcome = self._try(function, case, bound=bound)
        if outcome.optimal or outcome.answer is Answer.BEYOND:
            self._ends[frozenset(case.items())] = self.session.start
        return outcome

    def _opened(self, function: Function, best: Outcome | None) -> list[Open]:
        """Return the cases to be solved, the next one last."""
        known = self.known.parts(t.step_of(function, self.session.row_count)) if self.known is not None else []
        if not known or (best is not None and self._is_least(function, best.columns)):
            return [Open(case) for case in reversed(self.leaves)]

        def least(case: Case, priced: Priced) -> float:
            self._bound(case)
            return self.session.least(priced, function)

        worst, leaves = t.worst_of(function, best), reversed(self.leaves)
        every = (one for leaf in leaves for one in t.opened(leaf, known, least, worst, self._widest))
        return [one for one in every if one.least < np.inf]  # the others have no plan

    def _told(self, function: Function, best: Outcome | None, kept: list[Case]) -> Outcome:
        """Leave no case but those kept, and return the best plan with what all that are as good have in common."""
        if best is None:
            return Outcome(Answer.INFEASIBLE, np.empty(0))
        self.leaves = kept
        self._beyond += [case for case, _, reached in self._faces if reached > t.worst_of(function, best)]
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

    def _try(self, function: Function, case: Case, believe_infeasible: bool = True, bound: float = np.inf) -> Outcome:
        self._bound(case)
        return self.session.minimise(function, believe_infeasible, bound)

    def _bound(self, case: Case) -> None:
        """Give the whole columns the bounds of a case."""
        self.session.set_bounds(self.columns, *t.bounds_of(self.session.programme, self.columns, case))

    def _fixed(self, values: Vector) -> Case:
        return t.fixed(self.columns, values)

    def _is_worse(self, function: Function, one: Open, best: Outcome) -> bool:
        """Whether a case is known to be worse than the best so far by the one that it was split from."""
        if one.least <= t.worst_of(function, best):
            return False
        self._beyond.append(one.case)
        return True

    @cached_property
    def _lasts(self) -> npt.NDArray[np.bool_]:
        return t.splits_last(self.session.programme, self.columns)

    def _branch_and_cut(self, function: Function, best: Outcome | None) -> Outcome:
        columns, whole = self.columns, t.hull(self.leaves)
        self._bound(whole)
        outcome = self.session.minimise_whole(function, None if best is None else best.columns)
        if len(outcome.columns):
            exact = self._try(function, self._fixed(np.round(outcome.columns[columns])))
            if exact.optimal:
                self.leaves, self._beyond = [whole], []
                return (
                    replace(exact, told=None) if outcome.optimal else replace(outcome, columns=exact.columns, told=None)
                )
        return replace(outcome, told=None)
