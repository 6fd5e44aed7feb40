"""What players pay and receive in a plan of a chain, as sums over its figures: their accounts, and keys to share by."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from filiere.analysis.share.reach.moving import Players
from filiere.model.costs import delivery, final_revenue, own_costs, purchases, sales
from filiere.model.equations.means import means_earned, means_paid
from filiere.solver.programme.compile import Function, Name, Programme, Vector

Term = tuple[float, Any]


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


class Money:
    """The accounts of a chain's actors, in any plan given as columns of its programme."""

    def __init__(self, programme: Programme, players: Players) -> None:
        self._programme, self._players = programme, players
        self._at = {name: i for i, name in enumerate(programme.columns)}
        self._m: Any = _Names(frozenset(programme.columns))
        self._net = {name: self.net_outlays(actors) for name, actors in players.items()}

    @cached_property
    def total(self) -> Function:
        """What all players pay less what they receive."""
        first, *others = self._net.values()
        return sum(others, start=first)

    def net_outlays(self, actors: Iterable[str]) -> Function:
        """Return what actors pay less what they are paid and granted."""
        return self._function((*self._outlays(actors), *((-amount, name) for amount, name in self._receipts(actors))))

    def gains(self, before: Vector, after: Vector) -> tuple[float, ...]:
        """Return by how much each player's account is better after than before."""
        return tuple(net.at(before) - net.at(after) for net in self._net.values())

    def turnover(self, columns: Vector) -> tuple[float, ...]:
        """Return what each player is paid by customers and final users."""
        return self._each(columns, lambda a: (*sales(self._m, self._x, a), *final_revenue(self._m, self._x, a)))

    def outlays(self, columns: Vector) -> tuple[float, ...]:
        """Return what each player spends."""
        return self._each(columns, lambda a: tuple(self._outlays([a])))

    def usage(self, columns: Vector) -> tuple[float, ...]:
        """Return what each player takes of means that another actor inside shares, at reference prices: hours, places
        and pallets lent to its deliveries and stocks, and services that another delivers to it.
        """
        return self._each(columns, self._shared)

    def grants_of_others(self) -> Function:
        """Return what those who are no players grant the players."""
        mine = frozenset().union(*self._players.values())
        rows = ((f, self._x.funding[f]) for f in self._x.grants)
        return self._function(
            (1.0, self._m.grant[f]) for f, row in rows if row.actor in mine and row.funder not in mine
        )

    @property
    def _x(self) -> Any:
        return self._programme.index

    def _each(self, columns: Vector, terms: Any) -> tuple[float, ...]:
        return tuple(
            self._function(term for a in actors for term in terms(a)).at(columns) for actors in self._players.values()
        )

    def _shared(self, a: str) -> Iterator[Term]:
        x, m, products = self._x, self._m, self._x.chain.products
        for user, use, variable, key, _ in x.pooling.lendings_of.get(a, ()):
            if user == a and use.carrier != a and x.inside(use.carrier):
                yield (use.quantity * products[use.product].value, getattr(m, variable)[key])
        for e in x.links_to.get(a, ()):
            link = x.links[e]
            if products[link.product].service and x.inside(link.from_):
                yield from ((products[link.product].value, m.flow[e, t]) for t in x.periods_of_link(e))

    def _outlays(self, actors: Iterable[str]) -> Iterator[Term]:
        m, x = self._m, self._x
        for a in actors:
            for make in (own_costs, purchases, delivery, means_paid):
                yield from make(m, x, a)
            yield from ((1.0, m.grant[f]) for f in x.grants if x.funding[f].funder == a)

    def _receipts(self, actors: Iterable[str]) -> Iterator[Term]:
        m, x = self._m, self._x
        for a in actors:
            for earn in (sales, final_revenue, means_earned):
                yield from earn(m, x, a)
            yield from ((1.0, m.grant[f]) for f in x.grants if x.funding[f].actor == a)

    def _function(self, terms: Iterable[Term]) -> Function:
        coefficients, constant = np.zeros(len(self._at)), 0.0
        for amount, name in terms:
            if name is None:
                constant += amount
            elif name in self._at:
                coefficients[self._at[name]] += amount
        return Function(coefficients, constant)
