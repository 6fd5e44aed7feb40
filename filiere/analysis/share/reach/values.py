"""What each coalition of a chain's members gains by moving alone while all others stay at today's figures.

The programme is written once. Where it misses today's figures it is relaxed to them, alike for every coalition; a
coalition is then a set of columns that may move, so that bounds alone change from one to the next.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from functools import partial

import numpy as np

from filiere.analysis.share.reach.base import MEASURES, columns_of_today, relaxed
from filiere.analysis.share.reach.money import Money
from filiere.analysis.share.reach.moving import Moving, Players
from filiere.analysis.share.reach.search import CoalitionSearch, Reached
from filiere.chain.chain import Chain, Objective
from filiere.language import Label
from filiere.problems import WorkbookError
from filiere.problems.solving import NO_TODAY
from filiere.schema import words as w
from filiere.schema.objectives import Measured, facts_of, objective_of
from filiere.solver.programme.compile import Function, Vector, compiled
from filiere.solver.ranks.step import RankError, patient
from filiere.solver.session.answer import Answer
from filiere.solver.session.cases.search import Search
from filiere.solver.session.outcome import Outcome
from filiere.solver.session.session import Session

_LISTED = Label("fill in the sheet Coalitions", "remplissez la feuille Regroupements")
_SETTLING = ("activity", "shipments", "by_name")
"""What tells plans of equal value apart, so that each player's own gain is one figure: what closes every plan too."""


class NoValueError(Exception):
    """What was asked for in place of the players' accounts is no amount of money that a coalition could improve."""


def players_of(chain: Chain, by: Iterable[str] = ()) -> Players:
    """Return the members with an activity, a need, an offer or a link of their own, or the actors and groups named.

    Raises ``KeyError`` with a name that is neither an actor nor a group.
    """
    asked = tuple(by)
    if asked:
        return {name: _actors(chain, name) for name in asked}
    active = {process.actor for process in chain.processes.values()} | {need.actor for need in chain.needs}
    active |= {offer.actor for offer in chain.offers}
    active |= {name for link in chain.links for name in (link.from_, link.to)}
    members = (a for a in chain.actors.values() if a.perimeter is w.Perimeter.MEMBER and a.name in active)
    return {actor.name: frozenset([actor.name]) for actor in members}


def _actors(chain: Chain, name: str) -> frozenset[str]:
    key = name.strip().casefold()
    named = [a.name for a in chain.actors.values() if a.name.casefold() == key]
    found = named or [a.name for a in chain.actors.values() if key in map(str.casefold, a.groups)]
    if not found:
        raise KeyError(name)
    return frozenset(found)


class Values:
    """The value of any coalition of a chain, each worked out once in one open session."""

    def __init__(
        self, chain: Chain, players: Players, measure: w.Objective | None = None, time_limit: float | None = None
    ) -> None:
        """Take today's figures as they are made consistent. Raises ``WorkbookError`` where there are none.

        ``measure`` is what is shared in place of the players' accounts; raises ``NoValueError`` where it cannot be.
        ``time_limit`` is in seconds for one coalition.
        """
        if not chain.has_today:
            raise WorkbookError([NO_TODAY.at(None, otherwise=_LISTED)])
        # What would leave somebody worse off can be made up for by what is shared.
        actors = {name: replace(a, least_surplus=None) for name, a in chain.actors.items()}
        shared = replace(chain, actors=actors) if measure is None else _measured(replace(chain, actors=actors), measure)
        self.players, self.actors, self.measure = tuple(players), players, measure
        programme = compiled(shared)
        self.today = columns_of_today(chain, programme)
        self.programme = relaxed(programme, self.today)
        self.money = Money(self.programme, players)
        self.total = self.money.total if measure is None else self._function(measure)
        self._moving = Moving(self.programme, players)
        self._whole = np.flatnonzero(self.programme.whole)
        self._session = Session(self.programme, time_limit)
        self._search = CoalitionSearch(self.programme, self.total, self.today, self._moving, len(players))
        self._found = {0: Reached(0.0, 0, ())}

    def value(self, coalition: int) -> float:
        """Return by how much the players' outlays less their receipts fall. Raises ``RankError``."""
        return self.reached(coalition).value

    def reached(self, coalition: int) -> Reached:
        """Return the value of a coalition, who moves anything for it, and what no part of it exceeds.

        Those who move anything reach as much without the others. Raises ``RankError``.
        """
        if coalition not in self._found:
            found = self._search.reached(coalition) or self.by_ranks(coalition)
            self._found[coalition] = found
            self._found.setdefault(found.movers, found)
        return self._found[coalition]

    def by_ranks(self, coalition: int) -> Reached:
        """Work a coalition's value out rank by rank, where numbers failed the quicker way."""
        outcome = self._optimum(self._begun(coalition), self.total)
        gained = max(0.0, self.total.at(self.today) - self.total.at(outcome.columns))
        return Reached(gained, coalition, ())

    def plan_of_all(self) -> Vector:
        """Return the plan of all players: of those of the same value, the one that the closing ranks would choose.

        Where numbers fail one of these, it is the plan before it: that has the value too. Raises ``RankError``.
        """
        search = self._begun((1 << len(self.players)) - 1)
        columns = self._optimum(search, self.total).columns
        search.settle()
        for function in (self.total, *(self.programme.functions[name] for name in _SETTLING)):
            outcome = patient(search, partial(Search.minimise, function=function))
            if not outcome.optimal:
                break
            columns = outcome.columns
            if not search.session.keep(outcome):
                break
        return columns

    def owen(self) -> tuple[tuple[float, ...], float] | None:
        """Return what each player's means are worth at their prices, and what means that nobody owns are worth.

        None where whole numbers leave means without a price.
        """
        from filiere.analysis.share.reach.owen import worth_of_means

        if self.programme.has_whole_columns:
            return None
        return worth_of_means(self.programme, self.total, self.today, self._moving, self.players)

    def _function(self, measure: w.Objective) -> Function:
        found = self.programme.functions[measure.key]
        better = 1.0 if facts_of(measure).direction is w.Direction.MIN else -1.0
        if any(found.coefficients[j] and name in MEASURES for j, (name, _) in enumerate(self.programme.columns)):
            raise NoValueError(measure.key)
        return found * better

    def _begun(self, coalition: int) -> Search:
        """Open the session on a coalition, with today's whole numbers."""
        moving, programme = self._moving.by(coalition), self.programme
        self._session.load(replace(
            programme, column_lower=np.where(moving, programme.column_lower, self.today),
            column_upper=np.where(moving, programme.column_upper, self.today),
        ))  # fmt: skip
        self._session.begin()
        return Search(self._session, incumbent=np.round(self.today[self._whole]))

    def _optimum(self, search: Search, function: Function) -> Outcome:
        return self._proved(search.minimise(function))

    def _proved(self, outcome: Outcome) -> Outcome:
        if outcome.answer is not Answer.OPTIMAL:
            raise RankError(outcome.answer, 1, "cost", self.total)
        return outcome


def _measured(chain: Chain, measure: w.Objective) -> Chain:
    facts = facts_of(measure)
    if facts.measured is not Measured.MONEY or objective_of(measure.key) is None:
        raise NoValueError(measure.key)
    return replace(chain, objectives=(Objective(1, measure, None, facts.direction, 1.0, 0.0, 0.0),))
