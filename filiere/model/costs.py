"""What each actor and each process costs: sums shared by the budgets, the objectives and the limits.

All are sums of the year, of the inside actor or activity asked for, in the workbook's currency.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import numpy as np

from filiere.model.equations.exchange import all_flows
from filiere.model.equations.means import means_earned, means_paid
from filiere.model.index import Index
from filiere.model.variables import Summand, Term

if TYPE_CHECKING:
    import pyomo.environ as pyo


def process_costs(m: pyo.ConcreteModel, x: Index, k: int, t: int | None = None) -> Iterator[Term]:
    """Unit, fixed, investment and expansion costs of a process, in currency.

    A candidate's fixed cost and annuity are paid if it is opened, an existing activity's fixed cost whatever
    happens. With a period ``t`` only what can be dated counts: the unit costs of that period.
    """
    process = x.processes[k]
    periods = x.periods if t is None else [t]
    yield from ((process.unit_cost, m.level[k, s]) for s in periods)
    if t is not None:
        return
    if process.candidate:
        yield (process.fixed_cost + process.investment, m.open_process[k])
    else:
        yield (process.fixed_cost + (process.investment if process.opened else 0.0), None)
    if process.scalable:
        yield (process.expansion_cost, m.expansion[k])


def own_costs(m: pyo.ConcreteModel, x: Index, a: str, t: int | None = None) -> Iterator[Term]:
    """Everything an actor spends besides its purchases: processes, offers, stores and discards."""
    periods = x.periods if t is None else [t]
    for k in x.processes_of.get(a, ()):
        yield from process_costs(m, x, k, t)
    for o in x.offers_of.get(a, ()):
        cost = x.offers[o].unit_cost
        yield from ((cost, m.offered[o, s]) for s in periods if cost and (o, s) in m.offered)
    for p in x.stored_by.get(a, ()):
        cost = x.chain.storages[a, p].cost
        yield from ((cost, m.stock[a, p, s]) for s in periods if cost)
    for p, s in x.discarded_by.get(a, ()):
        if s in periods:
            yield (x.chain.products[p].discard_cost, m.discarded[a, p, s])


def purchases(
    m: pyo.ConcreteModel, x: Index, a: str, t: int | None = None, outside_only: bool = False
) -> Iterator[Term]:
    """What an actor pays its suppliers (all of them, or those outside)."""
    for e in x.links_to.get(a, ()):
        link, price = x.links[e], x.budget_price(e)
        if price and not (outside_only and x.inside(link.from_)):
            yield from ((price, m.flow[e, s]) for s in x.periods_of_link(e) if t is None or s == t)


def sales(m: pyo.ConcreteModel, x: Index, a: str, t: int | None = None, outside_only: bool = False) -> Iterator[Term]:
    """What an actor is paid by its customers (all of them, or those outside)."""
    for e in x.links_from.get(a, ()):
        link, price = x.links[e], x.budget_price(e)
        if price and not (outside_only and x.inside(link.to)):
            yield from ((price, m.flow[e, s]) for s in x.periods_of_link(e) if t is None or s == t)


def delivery(m: pyo.ConcreteModel, x: Index, a: str, t: int | None = None) -> Iterator[Term]:
    """Transport of an actor's purchases, and the fixed costs of the candidate links it uses as a buyer."""
    for e in x.links_to.get(a, ()):
        link = x.links[e]
        if link.transport_cost:
            yield from ((link.transport_cost, m.flow[e, s]) for s in x.periods_of_link(e) if t is None or s == t)
    if t is None:
        yield from candidates_used(m, x, a)


def candidates_used(m: pyo.ConcreteModel, x: Index, a: str) -> Iterator[Term]:
    """Fixed costs of the candidate links that an actor uses as a buyer."""
    return ((x.links[e].fixed_cost, m.open_link[e]) for e in x.links_to.get(a, ()) if x.links[e].candidate)


def final_revenue(m: pyo.ConcreteModel, x: Index, a: str, t: int | None = None) -> Iterator[Term]:
    """What final users who are no actors pay an actor for the needs it serves."""
    for n in x.needs_of.get(a, ()):
        revenue = x.needs[n].revenue
        periods = x.periods if t is None else [t]
        yield from ((revenue, m.served[n, s]) for s in periods if revenue and (n, s) in m.served)


def net_cost(m: pyo.ConcreteModel, x: Index, a: str, t: int | None = None) -> Iterator[Term]:
    """What an inside actor adds to the net cost of the inside as a whole."""
    yield from purchases(m, x, a, t, outside_only=True)
    yield from ((-amount, variable) for amount, variable in sales(m, x, a, t, outside_only=True))
    yield from delivery(m, x, a, t)
    yield from _apart_from_links(m, x, a, t)


def _apart_from_links(m: pyo.ConcreteModel, x: Index, a: str, t: int | None = None) -> Iterator[Term]:
    yield from own_costs(m, x, a, t)
    yield from means_paid(m, x, a, t, outside_only=True)
    yield from ((-amount, variable) for amount, variable in means_earned(m, x, a, t, outside_only=True))
    yield from ((-amount, variable) for amount, variable in final_revenue(m, x, a, t))


def net_costs(m: pyo.ConcreteModel, x: Index) -> Iterator[Summand]:
    """What all inside actors add to the net cost: the sum of :func:`net_cost` over them, its links by columns."""
    link = x.by_link
    yield all_flows(m, x, np.where(link.to_inside & ~link.from_inside, link.budget_price, 0.0))
    yield all_flows(m, x, np.where(link.from_inside & ~link.to_inside, -link.budget_price, 0.0))
    yield all_flows(m, x, np.where(link.to_inside, link.transport_cost, 0.0))
    for a in x.inside_actors:
        yield from candidates_used(m, x, a)
        yield from _apart_from_links(m, x, a)
