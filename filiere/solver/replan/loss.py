"""Plan again after a loss: one session that loses one thing after the other, each from the last basis."""

from __future__ import annotations

from collections.abc import Sequence
from copy import copy
from dataclasses import dataclass, replace

import numpy as np

from filiere.chain.chain import Objective
from filiere.model.facts import EQUATION_FACTS
from filiere.model.index import Index
from filiere.solver.programme.compile import Function, Name, Programme, Vector
from filiere.solver.programme.loss import Losses, Lost
from filiere.solver.ranks.spared import Spared
from filiere.solver.ranks.step import RankError
from filiere.solver.session.answer import Answer
from filiere.solver.session.cases.known import Cases
from filiere.solver.session.cases.search import Search
from filiere.solver.session.outcome import Outcome
from filiere.solver.session.session import Restarted

RULES = tuple(name for name, facts in EQUATION_FACTS.items() if facts.given_up)
"""Rows that ask for something people decided: they are given up where a loss makes them impossible."""

LEARNED = 2
"""Solves of a whole chain with whole numbers before the one that is noted, which opens what the first does and splits
cases by what splitting gained in both: losses take one case fewer in twenty.
"""

SPARED = Spared(shares=True, bound=True)
"""Where all is served for less than any bound on the cost, neither changes anything."""


@dataclass(frozen=True)
class Replan:
    """The best plan after a loss. ``columns`` is None where there is none; ``answer`` then says why.

    ``given_up`` names the rules that cannot be kept any more: without any one of them the others can.
    """

    programme: Programme
    columns: Vector | None
    answer: Answer = Answer.OPTIMAL
    given_up: tuple[Name, ...] = ()


class Replanner:
    """One chain in a session out of which things are lost, and planned again, in place.

    Needs at the positions ``musts`` of the chain come before all others: ``first`` names the function that
    counts them. The ranks are ``objectives``, whichever order the chain counts its cost by.
    """

    def __init__(
        self, programme: Programme, musts: frozenset[int], first: str, objectives: Sequence[Objective]
    ) -> None:
        whole = programme.functions["unmet"].coefficients
        first_of_all = {n for n, position in enumerate(programme.index.need_positions) if position in musts}
        of_musts = np.array([
            name in ("unmet", "unmet_year") and (key[0] if isinstance(key, tuple) else key) in first_of_all
            for name, key in programme.columns
        ], dtype=bool)  # fmt: skip
        asked = Function(np.where(of_musts, whole, 0.0), 0.0)
        self.programme = replace(programme, functions={**programme.functions, first: asked})
        self.first = first
        self.losses = Losses(self.programme)
        self.session = Restarted(self.programme)
        self.opened: Vector | None = None
        """The first plan found, that of the whole chain: what it opens is tried first after each loss."""
        self._whole: Replan | None = None
        self._cases = Cases()
        self.objectives = tuple(o for o in objectives if o.key != first or musts)

    @property
    def x(self) -> Index:
        """The sets of the programme."""
        return self.programme.index

    def again(self) -> Replanner:
        """Return one that knows the plan of the whole chain already, in a session of its own.

        What it plans does not depend on what this one has planned since then.
        """
        found = copy(self)
        found.session = Restarted(self.programme)
        found.session.notes_rays = True  # not for the whole chain, whose cases are noted with where their runs end
        return found

    def plan(self, lost: Lost | None = None) -> Replan:
        """Return the best plan without what is lost (of the whole chain, without anything lost)."""
        if lost is None:
            self._whole = self._whole or self._planned()
            return self._whole
        programme = self.losses.without(lost)
        found = self.solve(programme)
        if found.columns is not None or found.answer is not Answer.INFEASIBLE:
            return found
        given_up = self._given_up(programme)
        if given_up is None:
            return found
        freed = self.solve(_freed(programme, given_up))
        return replace(freed, given_up=tuple(programme.rows[row] for row in given_up))

    def _planned(self) -> Replan:
        """The plan of the whole chain, and how its ranks end; whole columns begin with what it opens."""
        for _ in range(LEARNED if self.programme.has_whole_columns else 0):
            found = self.solve(self.programme)
            if found.columns is None:
                return found
        with self._cases.noting():
            return self.solve(self.programme)

    def solve(self, programme: Programme) -> Replan:
        """Optimise every rank of a variant of the programme on its matrix.

        Equal shares and the cost bound are left out where that changes nothing.
        """
        try:
            found = SPARED.last(lambda: self.take(programme), self.objectives)
        except RankError as error:
            return Replan(programme, None, error.answer)
        if not programme.holds(found):
            return Replan(programme, None, Answer.TROUBLE)
        if self.opened is None:
            self.opened = np.round(found)
        return Replan(programme, found)

    def take(self, programme: Programme) -> Search:
        """Load a variant of the programme, nothing held yet."""
        self.session.load(programme)
        self.session.begin()
        whole = np.flatnonzero(programme.whole)
        start = None
        if self.opened is not None and len(whole):
            start = np.clip(self.opened[whole], programme.column_lower[whole], programme.column_upper[whole])
        return Search(self.session, incumbent=start, known=self._cases)

    def least_unmet(self, programme: Programme) -> Outcome:
        """Return the plan of a variant that leaves the least unmet."""
        return self.take(programme).minimise(programme.functions["unmet"])

    def _given_up(self, programme: Programme) -> list[int] | None:
        """Return rules without which the rest can hold, none of which can be kept beside the others kept.

        Rules come back by halves: a half that can hold is kept whole. None where even without any the rest cannot.
        """
        rules = [i for i, (name, _) in enumerate(programme.rows) if name in RULES]
        if not self._can_hold(_freed(programme, rules)):
            return None
        given_up = set(rules)
        pending = [rules]
        while pending:
            part = pending.pop()
            if self._can_hold(_freed(programme, sorted(given_up - set(part)))):
                given_up -= set(part)
            elif len(part) > 1:
                middle = len(part) // 2
                pending += [part[middle:], part[:middle]]
        return sorted(given_up)

    def _can_hold(self, programme: Programme) -> bool:
        return self.take(programme).minimise(Function(np.zeros(len(programme.columns)), 0.0)).optimal


def _freed(programme: Programme, rows: Sequence[int]) -> Programme:
    lower, upper = programme.row_lower.copy(), programme.row_upper.copy()
    lower[list(rows)], upper[list(rows)] = -np.inf, np.inf
    return replace(programme, row_lower=lower, row_upper=upper)
