"""What each coalition of a chain's members gains by moving alone while all others stay at today's figures.

The programme is written once. Where it misses today's figures it is relaxed to them, alike for every coalition; a
coalition is then a set of columns that may move, so that bounds alone change from one to the next.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from filiere.analysis.today.today import observed_chain
from filiere.chain.chain import Chain
from filiere.language import Label
from filiere.model.costs import delivery, final_revenue, own_costs, purchases, sales
from filiere.model.equations.means import means_earned, means_paid
from filiere.model.index import Index
from filiere.problems import WorkbookError
from filiere.problems.solving import NO_TODAY
from filiere.schema import words as w
from filiere.solver.programme.compile import Function, Name, Programme, Vector, compiled
from filiere.solver.ranks.ranks import solve_ranks
from filiere.solver.ranks.step import RankError
from filiere.solver.session.answer import Answer
from filiere.solver.session.search import Search
from filiere.solver.session.session import Session

Players = Mapping[str, frozenset[str]]
"""Each player's name, and the actors that it is."""

_OWN = ("served", "unmet", "unmet_year", "offered", "discarded", "left_over")
"""What moves with a non-player's links, as it only answers them; a player who stays keeps it as it is."""
_OF_PROCESS = ("level", "open_process", "expansion", "runs", "runs_in_period", "running", "chosen")
_OF_LINK = ("flow", "open_link", "lots")
_ACTS = (*_OF_PROCESS, "stock", "grant")
"""What an actor does, player or not: only the members of a coalition may change it."""


@dataclass(frozen=True)
class _Names:
    """Stands for the model where a sum is wanted over the names of variables."""

    there: frozenset[Name]

    def __getattr__(self, variable: str) -> _Family:
        return _Family(variable, self.there)


@dataclass(frozen=True)
class _Family:
    variable: str
    there: frozenset[Name]

    def __getitem__(self, key: Any) -> Name:
        return (self.variable, key)

    def __contains__(self, key: Any) -> bool:
        return (self.variable, key) in self.there


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


_LISTED = Label("fill in the sheet Coalitions", "remplissez la feuille Regroupements")


class Values:
    """The value of any coalition of a chain, each worked out once in one open session."""

    def __init__(self, chain: Chain, players: Players) -> None:
        """Take today's figures as they are made consistent. Raises ``WorkbookError`` where there are none."""
        if not chain.has_today:
            raise WorkbookError([NO_TODAY.at(None, otherwise=_LISTED)])
        # What would leave somebody worse off can be made up for by what is shared.
        chain = replace(chain, actors={name: replace(a, least_surplus=None) for name, a in chain.actors.items()})
        self.players = tuple(players)
        programme = compiled(chain)
        self.today = _columns_of_today(chain, programme)
        self.programme = _relaxed(programme, self.today)
        self._owners = _Owners(self.programme.index, players)
        self._net = {name: _net_outlays(self.programme, actors) for name, actors in players.items()}
        self._total = sum(list(self._net.values())[1:], start=next(iter(self._net.values())))
        self._session = Session(self.programme)
        self._found: dict[int, tuple[float, Vector]] = {0: (0.0, self.today)}

    def value(self, coalition: int) -> float:
        """Return by how much the players' outlays less their receipts fall. Raises ``RankError``."""
        return self._solved(coalition)[0]

    def gains(self) -> tuple[float, ...]:
        """Return what each player gains in the plan of all of them."""
        columns = self._solved((1 << len(self.players)) - 1)[1]
        return tuple(self._net[name].at(self.today) - self._net[name].at(columns) for name in self.players)

    def turnover(self) -> tuple[float, ...]:
        """Return what each player is paid today by customers and final users."""
        return tuple(self._receipts(self._owners.actors[name]) for name in self.players)

    def _receipts(self, actors: Iterable[str]) -> float:
        m, x = _Names(frozenset(self.programme.columns)), self.programme.index
        terms = (term for a in actors for make in (sales, final_revenue) for term in make(m, x, a))
        return _function(self.programme, terms).at(self.today)

    def _solved(self, coalition: int) -> tuple[float, Vector]:
        if coalition not in self._found:
            self._found[coalition] = self._solve(coalition)
        return self._found[coalition]

    def _solve(self, coalition: int) -> tuple[float, Vector]:
        members = {name for i, name in enumerate(self.players) if coalition >> i & 1}
        moving = np.array([self._owners.moves(name, members) for name in self.programme.columns])
        lower = np.where(moving, self.programme.column_lower, self.today)
        upper = np.where(moving, self.programme.column_upper, self.today)
        self._session.begin()
        self._session.set_bounds(np.arange(len(moving)), lower, upper)
        whole = self.programme.has_whole_columns
        outcome = self._session.minimise_whole(self._total) if whole else self._session.minimise(self._total)
        if outcome.answer is not Answer.OPTIMAL:
            raise RankError(outcome.answer, 1, "cost", self._total)
        gained = self._total.at(self.today) - self._total.at(outcome.columns)
        return max(0.0, gained), outcome.columns


class _Owners:
    """Who decides on each column."""

    def __init__(self, index: Index, players: Players) -> None:
        self.x, self.actors = index, players
        self._player = {actor: name for name, actors in players.items() for actor in actors}

    def moves(self, column: Name, members: set[str]) -> bool:
        """Return whether a coalition may change a column."""
        family, key = column
        if family in _OF_LINK:
            link = self.x.links[key[0] if isinstance(key, tuple) else key]
            ends = {self._player.get(end) for end in (link.from_, link.to)} - {None}
            return bool(ends) and ends <= members
        owner = self._owner(family, key)
        player = self._player.get(owner) if owner else None
        if family in _ACTS:
            return player in members
        return family not in _OWN or player is None or player in members

    def _owner(self, family: str, key: Any) -> str | None:
        first = key[0] if isinstance(key, tuple) else key
        if family in _OF_PROCESS:
            return self.x.processes[first].actor
        if family in ("served", "unmet", "unmet_year"):
            return self.x.needs[first].actor
        if family == "offered":
            return self.x.offers[first].actor
        if family == "grant":
            return self.x.funding[first].actor
        return first if family in ("stock", "discarded", "left_over") else None


def _columns_of_today(chain: Chain, programme: Programme) -> Vector:
    """Return today's figures, made consistent, as columns of the whole programme; what does not exist yet is 0."""
    observed = observed_chain(chain)
    before = compiled(observed)
    found = solve_ranks(Search(Session(before)), observed.objectives).columns
    known = {_key(before.index, name): value for name, value in zip(before.columns, found.tolist(), strict=True)}
    x = programme.index
    for f, funding in enumerate(x.funding):
        known[_key(x, ("grant", f))] = funding.today or 0.0
    for e, link in enumerate(x.links):
        used = any(known.get(_key(x, ("flow", (e, t)))) for t in x.periods)
        known[_key(x, ("open_link", e))] = float(link.candidate and used)
        carried = sum(known.get(_key(x, ("flow", (e, t))), 0.0) for t in x.periods)
        known[_key(x, ("lots", e))] = carried / link.multiple if link.multiple else 0.0
    for k in range(len(x.processes)):
        levels = [known.get(_key(x, ("level", (k, t))), 0.0) for t in x.periods]
        level = sum(levels)
        for t, of_period in enumerate(levels):
            known[_key(x, ("runs_in_period", (k, t)))] = of_period
            known[_key(x, ("running", (k, t)))] = float(of_period > 0)
        known[_key(x, ("open_process", k))] = float(level > 0)
        known[_key(x, ("runs", k))] = level
    return np.array([known.get(_key(x, name), 0.0) for name in programme.columns])


def _key(x: Index, name: Name) -> Any:
    """Return what a column is about, alike in two programmes of one workbook."""
    family, key = name
    first, *rest = key if isinstance(key, tuple) else (key,)
    if family in _OF_LINK:
        return (family, x.link_positions[first], *rest)
    if family in _OF_PROCESS:
        return (family, x.processes[first].key, *rest)
    if family in ("served", "unmet", "unmet_year"):
        return (family, x.need_positions[first], *rest)
    return (family, x.offer_positions[first], *rest) if family == "offered" else (family, first, *rest)


def _relaxed(programme: Programme, today: Vector) -> Programme:
    """Return the programme that today's figures keep: rows and bounds that they miss are moved to them.

    Needs are served at least as far as today; outlets and sales outside bring no more than today.
    """
    activity = programme.matrix @ today
    lower, upper = programme.column_lower.copy(), programme.column_upper.copy()
    x = programme.index
    for j, (family, key) in enumerate(programme.columns):
        if family in ("unmet", "unmet_year"):
            upper[j] = today[j]
        elif family == "served":
            obligation = x.needs[key[0]].obligation
            if obligation is w.Obligation.OUTLET:
                upper[j] = today[j]
            elif not x.needs[key[0]].calendar.free:
                lower[j] = today[j]
        elif family == "flow" and x.inside(x.links[key[0]].from_) and not x.inside(x.links[key[0]].to):
            upper[j] = today[j]
    return replace(
        programme,
        row_lower=np.minimum(programme.row_lower, activity), row_upper=np.maximum(programme.row_upper, activity),
        column_lower=np.minimum(lower, today), column_upper=np.maximum(upper, today),
        whole=programme.whole & (np.abs(today - np.round(today)) < 1e-6),
    )  # fmt: skip


def _net_outlays(programme: Programme, actors: Iterable[str]) -> Function:
    """Return what actors pay less what they are paid and granted, over the programme's columns."""
    m, x = _Names(frozenset(programme.columns)), programme.index

    def terms() -> Iterator[tuple[float, Any]]:
        for a in actors:
            for make in (own_costs, purchases, delivery, means_paid):
                yield from make(m, x, a)
            for earn in (sales, final_revenue, means_earned):
                yield from ((-amount, name) for amount, name in earn(m, x, a))
            yield from ((-1.0, m.grant[f]) for f in x.grants if x.funding[f].actor == a)
            yield from ((1.0, m.grant[f]) for f in x.grants if x.funding[f].funder == a)

    return _function(programme, terms())


def _function(programme: Programme, terms: Iterable[tuple[float, Any]]) -> Function:
    positions = {name: i for i, name in enumerate(programme.columns)}
    coefficients, constant = np.zeros(len(positions)), 0.0
    for amount, name in terms:
        if name is None:
            constant += amount
        elif name in positions:
            coefficients[positions[name]] += amount
    return Function(coefficients, constant)
