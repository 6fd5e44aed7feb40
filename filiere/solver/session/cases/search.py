"""Whole columns, rank after rank: one tree of cases that every rank prunes and none plants again.

A rank only ever narrows what the next may do, so a case that a rank rules out stays out. The tree's leaves are
therefore carried from rank to rank, and each case is a linear programme re-solved from the last basis. Land,
A. H. and Doig, A. G. (1960), An automatic method of solving discrete programming problems, Econometrica 28(3).
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from filiere.solver.programme.compile import Function, Vector
from filiere.solver.session.answer import Answer
from filiere.solver.session.cases.benders import choose, separable
from filiere.solver.session.cases.better import is_better, worst_of
from filiere.solver.session.cases.case import Case, hull
from filiere.solver.session.cases.known import step_of
from filiere.solver.session.cases.tree import Follow, Trees
from filiere.solver.session.highs import Start
from filiere.solver.session.outcome import Outcome


@dataclass
class Search(Trees):
    """A session whose whole columns are searched exactly; without any it is the session itself."""

    settled: bool = False
    """Whether the whole columns stay as they are: what is left is a linear programme."""
    _last: Vector | None = None
    """The columns of the last optimum."""
    _only: list[Case] | None = None
    """The cases that have all plans as good as the last optimum, where they were told apart."""

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
        step = step_of(function, self.session.row_count)
        outcome = self._begun(step, None, lambda: self.session.minimise(function))
        if outcome.optimal and self.known.notes:
            self.known.prove(step, self.session.priced(function, outcome))
        return outcome

    def _noted(self, function: Function, outcome: Outcome) -> Outcome:
        """Note what the last optimum chooses."""
        if outcome.optimal:
            self.incumbent = np.round(outcome.columns[self.columns])
            self._last = outcome.columns
            if self.known is not None and self.known.notes and self._is_least(function, outcome.columns):
                self.known.prove(step_of(function, self.session.row_count), self.session.by_bounds(function))
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
            outcome = self._try(function, hull(self.leaves), bound=worst_of(function, best))
            if outcome.answer is Answer.BEYOND or (outcome.optimal and not is_better(function, outcome, best)):
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
            held = zip(face.columns.tolist(), face.values.tolist(), strict=True)
            self.leaves = [{**face.case, **{column: (value, value) for column, value in held if column in whole}}]
        return True

    def _known(self, function: Function) -> Outcome | None:
        """The last optimum, where it is allowed still and no plan at all could do better in the columns' bounds."""
        if self._last is None or self.incumbent is None:
            return None
        self._bound(self._fixed(self.incumbent))
        if self._is_least(function, self._last) and self.session.allows(self._last):
            return Outcome(Answer.OPTIMAL, self._last)
        return None

    def _settled_case(self, function: Function) -> Outcome | None:
        """The optimum where one choice of whole numbers is left: a linear programme, whose optima it has in common."""
        if not self.decided:
            return None
        (case,), step = self.leaves, step_of(function, self.session.row_count)
        outcome = self._begun(step, None, lambda: self._try(function, case, believe_infeasible=False))
        self._basis = self.session.start
        return replace(outcome, told=outcome.face and replace(outcome.face, case=case))

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
