"""Sessions without any art: every rank is held by a row."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from filiere.solver.programme.compile import Function, Vector
from filiere.solver.session.answer import Answer
from filiere.solver.session.cases.search import Search
from filiere.solver.session.cases.tree import Follow
from filiere.solver.session.highs import BY_ITS_CHOICE
from filiere.solver.session.outcome import Outcome
from filiere.solver.session.session import Session


class Plain(Session):
    """A programme whose ranks are held by rows alone: nothing is concluded from reduced costs or a basis."""

    scaling, waits = BY_ITS_CHOICE, False
    slack = 5e-10
    """Half of the usual: where every rank is held by a row, what each leaves adds up in the ranks behind."""

    def keep(self, outcome: Outcome) -> bool:
        """Know nothing of what optima have in common: the caller holds the rank by a row."""
        return False

    def held(self) -> list[tuple[Function, float]]:
        """Return each row that is held now, to a largest coefficient of 1, as a function and what it is at most."""
        rows = []
        for row, held in sorted(self._held.items()):
            coefficients = np.zeros(len(self.programme.columns))
            coefficients[held.columns] = held.values / self._scales.columns[held.columns]
            largest = Function(coefficients, 0.0).largest
            rows.append((Function(coefficients / largest, 0.0), float(self._rows.upper[row]) / largest))
        return rows

    def column_bounds(self) -> tuple[Vector, Vector]:
        """Return the bounds of the columns as they are now."""
        return self.allowed().columns


class FromNothing(Plain):
    """A plain session in which every run begins from nothing."""

    slack = 1e-10
    """A tenth of a session's own: with nothing kept from run to run, that still leaves every rank a plan."""

    def minimise(self, function: Function, believe_infeasible: bool = False, bound: float = np.inf) -> Outcome:
        """Minimise ``function``, whatever was found before."""
        self._plan, self._single = None, False
        self._highs.clearSolver()
        return replace(super().minimise(function, believe_infeasible, bound), told=None)


class BranchAndCut(Search):
    """Whole columns left to the solver's own branch-and-cut, each rank from nothing."""

    def minimise(self, function: Function) -> Outcome:
        """Return the optimum; the whole columns are then fixed and the rest solved once more, for exact figures."""
        session = self.session
        if self.settled or not session.programme.has_whole_columns:
            return session.minimise(function)
        columns = self.columns
        allowed = session.allowed()
        outcome = session.minimise_whole(function)
        if outcome.answer is Answer.TROUBLE:  # that it is unbounded, branch-and-cut does not tell
            relaxed = session.minimise(function)
            outcome = relaxed if relaxed.answer is Answer.UNBOUNDED else outcome
        if outcome.answer is not Answer.OPTIMAL:
            return outcome
        chosen = np.round(outcome.columns[columns])
        session.set_bounds(columns, chosen, chosen)
        exact = session.minimise(function)
        session.allow(allowed)
        self.incumbent = chosen
        return replace(exact if exact.optimal else outcome, told=None)

    def minimise_following(self, function: Function, follow: Follow) -> Outcome:
        """Return the optimum of the function as it is: what follows is asked by a run of its own."""
        return self.minimise(function)

    def minimise_here(self, function: Function) -> Outcome | None:
        """Nothing is concluded from the whole numbers chosen before."""
        return None

    def minimise_at_once(self, function: Function) -> Outcome:
        """Return the optimum, found as any other."""
        return self.minimise(function)
