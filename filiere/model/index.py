r"""The sets of the programme and who touches what, in one canonical order.

Rows are sorted by what they say, never by where they stand in their sheet, so that two workbooks that differ
by the order of their rows give the same programme, column for column, and hence the same plan.

Symbols: :math:`t` periods, :math:`a` actors, :math:`p` products, :math:`k` processes, :math:`e` links,
:math:`n` needs, :math:`o` offers, :math:`f` funding rows.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import astuple, dataclass, field
from functools import cached_property
from typing import Any, TypeVar

import numpy as np

from filiere.chain.chain import Calendar, Chain, Funding, Link, Need, Offer, Process
from filiere.chain.derived.default_objectives import fairness
from filiere.model.by_link import ByLink, opposite_prices
from filiere.model.equations.pooling import Place, Pooling, Spot, gathered
from filiere.model.growth import grown_levels, grown_links
from filiere.model.this_year import ThisYear
from filiere.model.wants import Key, Want, sums_of, wants_of
from filiere.schema import words as w
from filiere.units import is_energy

Item = TypeVar("Item")


@dataclass(frozen=True)
class Index(ThisYear):
    """The sets over which the equations are written. Periods and rows are counted from 0."""

    chain: Chain
    links: tuple[Link, ...]
    link_positions: tuple[int, ...]
    needs: tuple[Need, ...]
    need_positions: tuple[int, ...]
    offers: tuple[Offer, ...]
    offer_positions: tuple[int, ...]
    funding: tuple[Funding, ...]
    funding_positions: tuple[int, ...]
    processes: tuple[Process, ...]
    shares: tuple[float, ...]
    period_names: tuple[str, ...]
    flows: tuple[tuple[int, int], ...]
    levels: tuple[tuple[int, int], ...]
    offered: tuple[tuple[int, int], ...]
    served: tuple[tuple[int, int], ...]
    into: dict[Spot, list[int]] = field(repr=False)
    """Links that bring a product to an actor in a period."""
    out_of: dict[Spot, list[int]] = field(repr=False)
    """Links that take a product from an actor in a period."""
    makers: dict[Place, list[int]] = field(repr=False)
    takers: dict[Place, list[int]] = field(repr=False)
    offers_at: dict[Spot, list[int]] = field(repr=False)
    needs_at: dict[Spot, list[int]] = field(repr=False)
    returns_at: dict[Spot, list[int]] = field(repr=False)

    @property
    def periods(self) -> range:
        """Periods, counted from 0."""
        return range(len(self.shares))

    def inside(self, actor: str) -> bool:
        """Whether an actor's flows balance."""
        return self._inside[actor]

    @cached_property
    def _inside(self) -> dict[str, bool]:
        return {name: actor.inside for name, actor in self.chain.actors.items()}

    def weight(self, actor: str) -> float:
        """w_a: how far outside an actor counts."""
        return self.chain.actors[actor].weight

    def periods_of_link(self, e: int) -> Iterable[int]:
        """Periods in which a link can carry goods."""
        return self._periods_of_link[e]

    @cached_property
    def _periods_of_link(self) -> tuple[tuple[int, ...], ...]:
        number = {name: t for t, name in enumerate(self.period_names)}
        return tuple(tuple(number[name] for name in link.periods) for link in self.links)

    @cached_property
    def processes_by_key(self) -> dict[tuple[str, str], int]:
        """(process, actor) → position."""
        return {process.key: k for k, process in enumerate(self.processes)}

    @cached_property
    def pooling(self) -> Pooling:
        """Loads, lots and what is left of them, means that are lent."""
        return Pooling(self)

    @cached_property
    def stocks(self) -> tuple[Place, ...]:
        """(actor, product) pairs that can be stored."""
        return tuple(sorted(self.chain.storages))

    @cached_property
    def balances(self) -> tuple[Spot, ...]:
        """Every inside (actor, product, period) that anything touches."""
        touched: set[Spot] = set()
        for spots in (self.into, self.out_of, self.offers_at, self.needs_at, self.returns_at, self.pooling.means_at):
            touched.update(spots)
        for a, p in (*self.makers, *self.takers, *self.pooling.choosers, *self.stocks):
            touched.update((a, p, t) for t in self.periods)
        return tuple(sorted(spot for spot in touched if self.inside(spot[0])))

    @cached_property
    def discards(self) -> tuple[Spot, ...]:
        """Where a product may be thrown away: by its maker, or by anyone if it is secondary."""
        products = self.chain.products
        own = {
            (process.actor, p)
            for process in self.processes
            for p, made in process.outputs.items()
            if made > process.inputs.get(p, 0.0)
        }
        return tuple(
            (a, p, t)
            for a, p, t in self.balances
            if products[p].may_discard and (products[p].secondary or (a, p) in own)
        )

    @cached_property
    def outside_supplies(self) -> tuple[Spot, ...]:
        """(outside actor, product, period) whose deliveries are limited by offers."""
        return self._outside_spots(self.offers, self.out_of)

    @cached_property
    def outside_demands(self) -> tuple[Spot, ...]:
        """(outside actor, product, period) whose purchases are limited by needs."""
        return self._outside_spots(self.needs, self.into)

    def _outside_spots(self, rows: Sequence[Need | Offer], flows: dict[Spot, list[int]]) -> tuple[Spot, ...]:
        places = sorted({(row.actor, row.product) for row in rows if not self.inside(row.actor)})
        known = self.needs_at if flows is self.into else self.offers_at
        return tuple((a, p, t) for a, p in places for t in self.periods if (a, p, t) in flows or (a, p, t) in known)

    @cached_property
    def secondary_imports(self) -> tuple[str, ...]:
        """Secondary products that come from outside."""
        brought = {self.links[e].product for e in np.flatnonzero(self.by_link.to_inside & ~self.by_link.from_inside)}
        return tuple(sorted(p for p in brought if self.chain.products[p].secondary))

    @cached_property
    def traded_outside(self) -> dict[str, list[int]]:
        """Product → links that bring it inside, or take it outside."""
        across = np.flatnonzero(self.by_link.to_inside != self.by_link.from_inside).tolist()
        return gathered((self.links[e].product, e) for e in across)

    @cached_property
    def reusing_services(self) -> tuple[tuple[Any, ...], ...]:
        """(process, period) of what takes secondary products in and puts a service out, where circularity is ranked; of
        what has one choice with a secondary input, (process, period, option) for each option.
        """
        if all(objective.kind is not w.Objective.CIRCULARITY for objective in self.chain.objectives):
            return ()
        products, found = self.chain.products, list[tuple[Any, ...]]()
        for k, process in enumerate(self.processes):
            options = next(iter(process.choices.values())) if len(process.choices) == 1 else ()
            names = (*process.inputs, *(option.product for option in options))
            if not self.services_of(k) or not any(products[p].secondary for p in names):
                continue
            parts: list[tuple[str, ...]] = [(option.product,) for option in options] or [()]
            found += [(k, t, *part) for part in parts for t in self.periods]
        return tuple(found)

    @cached_property
    def reused_services(self) -> tuple[Spot, ...]:
        """(actor, service, period) that such activities put out."""
        return tuple(
            sorted({(self.processes[k].actor, p, t) for k, t, *_ in self.reusing_services for p in self.services_of(k)})
        )

    def services_of(self, k: int) -> tuple[str, ...]:
        """Services that a process puts out, energy apart."""
        products = self.chain.products
        return tuple(p for p in self.processes[k].outputs if products[p].service and not is_energy(products[p].unit))

    @cached_property
    def links_from(self) -> dict[str, list[int]]:
        """Actor → links it sells over."""
        return gathered((link.from_, e) for e, link in enumerate(self.links))

    @cached_property
    def links_to(self) -> dict[str, list[int]]:
        """Actor → links it buys over."""
        return gathered((link.to, e) for e, link in enumerate(self.links))

    @cached_property
    def processes_of(self) -> dict[str, list[int]]:
        """Actor → its processes."""
        return gathered((process.actor, k) for k, process in enumerate(self.processes))

    @cached_property
    def offers_of(self) -> dict[str, list[int]]:
        """Actor → its offers."""
        return gathered((offer.actor, o) for o, offer in enumerate(self.offers))

    @cached_property
    def needs_of(self) -> dict[str, list[int]]:
        """Actor → its needs."""
        return gathered((need.actor, n) for n, need in enumerate(self.needs))

    @cached_property
    def stored_by(self) -> dict[str, list[str]]:
        """Actor → the products it stores."""
        return gathered(self.stocks)

    @cached_property
    def discarded_by(self) -> dict[str, list[tuple[str, int]]]:
        """Actor → the (product, period) pairs it may throw away."""
        return gathered((a, (p, t)) for a, p, t in self.discards)

    @cached_property
    def inside_actors(self) -> tuple[str, ...]:
        """Inside actors, in order."""
        return tuple(sorted(a.name for a in self.chain.actors.values() if a.inside))

    @cached_property
    def budgets(self) -> tuple[str, ...]:
        """Inside actors whose budget must or should balance."""
        return tuple(a for a in self.inside_actors if self.chain.actors[a].budget is not w.Budget.NO)

    @cached_property
    def floors(self) -> tuple[str, ...]:
        """Inside actors that may be no worse off than so much."""
        return tuple(a for a in self.inside_actors if self.chain.actors[a].least_surplus is not None)

    @cached_property
    def payers(self) -> tuple[str, ...]:
        """Those among :attr:`floors` that may pay others, so that these are no worse off either."""
        return tuple(a for a in self.floors if self.chain.actors[a].may_transfer)

    @cached_property
    def payees(self) -> tuple[str, ...]:
        """Those who may be paid: everybody who may be no worse off, where somebody may pay."""
        return self.floors if self.payers else ()

    @cached_property
    def grants(self) -> tuple[int, ...]:
        """Funding rows that count: those whose receiver's budget is balanced or wished so."""
        counted = set(self.budgets)
        return tuple(f for f, row in enumerate(self.funding) if row.actor in counted)

    @cached_property
    def stated_sales(self) -> frozenset[int]:
        """Sales from inside to outside that are stated: the buyer's rows on Needs say how much it takes."""
        stated = {(need.actor, need.product) for need in self.needs if need.quantity is not None}
        open_ended = {(need.actor, need.product) for need in self.needs if need.quantity is None}
        return frozenset(
            e
            for e, link in enumerate(self.links)
            if self.inside(link.from_) and not self.inside(link.to) and (link.to, link.product) in stated - open_ended
        )

    def budget_price(self, e: int) -> float:
        """The price that a link counts at in budgets: between inside actors that sell one product to each other, the
        mean of both prices, so that goods sent to and fro improve nothing.
        """
        return self.opposite_prices.get(e, self.links[e].price)

    @cached_property
    def opposite_prices(self) -> dict[int, float]:
        """Links between inside actors that run both ways, with the mean of both prices."""
        return opposite_prices(self)

    @cached_property
    def by_link(self) -> ByLink:
        """Figures of all links, as columns."""
        return ByLink(self)

    @cached_property
    def wants(self) -> tuple[Want, ...]:
        """What is wanted inside, where shares of it are to be equal; the most important first."""
        return () if fairness(self.chain) is w.Fairness.NO else wants_of(self)

    @cached_property
    def want_of(self) -> dict[Key, Want]:
        """The same by what makes each unique."""
        return {want.key: want for want in self.wants}

    @cached_property
    def smallest_sums(self) -> tuple[tuple[str, str], ...]:
        """(number of smallest shares, importance) of each sum that whole numbers ask for."""
        return sums_of(self)

    @cached_property
    def has_whole(self) -> bool:
        """Whether anything is opened or not, or counted in whole numbers."""
        return any(link.candidate for link in self.links) or any(
            p.candidate or p.whole or p.whole_each_period or p.minimum_load for p in self.processes
        )

    @cached_property
    def grown_links(self) -> dict[int, float]:
        """Links with a today → what they may carry where nothing should grow by more than so much."""
        return grown_links(self)

    @cached_property
    def grown_levels(self) -> dict[int, float]:
        """The same of activities."""
        return grown_levels(self)


def index(chain: Chain) -> Index:
    """Return the sets of ``chain``'s programme."""
    links, link_positions = _sorted(chain.links, _link_order)
    needs, need_positions = _sorted(chain.needs, _need_order)
    offers, offer_positions = _sorted(chain.offers, _offer_order)
    funding, funding_positions = _sorted(chain.funding, _funding_order)
    processes = tuple(chain.processes[key] for key in sorted(chain.processes))
    names = tuple(period.name for period in chain.periods)
    number = {name: t for t, name in enumerate(names)}
    flows = tuple((e, number[t]) for e, link in enumerate(links) for t in link.periods)
    offered = tuple((o, t) for o, offer in enumerate(offers) for t in _open_periods(offer.calendar, len(names)))
    served = tuple((n, t) for n, need in enumerate(needs) for t in _open_periods(need.calendar, len(names)))
    return Index(
        chain=chain, links=links, link_positions=link_positions, needs=needs, need_positions=need_positions,
        offers=offers, offer_positions=offer_positions, funding=funding, funding_positions=funding_positions,
        processes=processes, shares=tuple(period.share for period in chain.periods), period_names=names,
        flows=flows, levels=tuple((k, t) for k in range(len(processes)) for t in range(len(names))),
        offered=offered, served=served,
        into=gathered(((links[e].to, links[e].product, t), e) for e, t in flows),
        out_of=gathered(((links[e].from_, links[e].product, t), e) for e, t in flows),
        makers=gathered(((k.actor, p), i) for i, k in enumerate(processes) for p in k.outputs),
        takers=gathered(((k.actor, p), i) for i, k in enumerate(processes) for p in k.inputs),
        offers_at=gathered(((offers[o].actor, offers[o].product, t), o) for o, t in offered),
        needs_at=gathered(((needs[n].actor, needs[n].product, t), n) for n, t in served),
        returns_at=gathered(
            ((needs[n].actor, needs[n].returns or "", t), n) for n, t in served if needs[n].returned
        ),
    )  # fmt: skip


def _open_periods(calendar: Calendar, periods: int) -> Iterable[int]:
    if calendar.weights is None:
        return range(periods)
    return [t for t, weight in enumerate(calendar.weights) if weight > 0]


def _sorted(rows: Sequence[Item], order: Callable[[Item], Any]) -> tuple[tuple[Item, ...], tuple[int, ...]]:
    positions = sorted(range(len(rows)), key=lambda i: order(rows[i]))
    return tuple(rows[i] for i in positions), tuple(positions)


def _bound(value: float | None) -> float:
    return float("inf") if value is None else value


def _calendar_order(calendar: Calendar) -> tuple[str, tuple[float, ...]]:
    return (calendar.period or "", calendar.weights or ())


def _link_order(link: Link) -> Any:
    return (*link.key[:4], link.price, link.transport_cost, _bound(link.maximum), link.minimum, link.loss,
            link.distance, link.candidate, link.fixed_cost, link.labels is None, link.labels or (),
            link.multiple or 0.0, astuple(link.uses) if link.uses else (), link.round or "")  # fmt: skip


def _need_order(need: Need) -> Any:
    return (need.actor, need.product, _calendar_order(need.calendar), need.obligation.key, -need.revenue,
            -need.importance, _bound(need.quantity), need.returns or "")  # fmt: skip


def _offer_order(offer: Offer) -> Any:
    return (
        offer.actor,
        offer.product,
        _calendar_order(offer.calendar),
        offer.unit_cost,
        _bound(offer.maximum),
    )


def _funding_order(row: Funding) -> Any:
    return (row.funder, row.actor, str(row.kind), row.processes, _bound(row.maximum), row.minimum, row.weight,
            _bound(row.unit_amount))  # fmt: skip
