"""Side conditions: ceilings, floors, and shares of purchases or of sales."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from filiere.chain.chain import Limit, Link, Process, Scope
from filiere.model.costs import net_cost, process_costs
from filiere.model.index import Index
from filiere.model.variables import Term, linear, times
from filiere.schema import words as w
from filiere.schema.limit_measures import Counts, limit_measure

if TYPE_CHECKING:
    import pyomo.environ as pyo


def limit(m: pyo.ConcreteModel, x: Index, name: str) -> Any:
    r"""A rule of the Limits sheet: a sum over its scope stays below, above or at a value; with a basis, the value
    is a share of the same sum over every seller (purchases) or every buyer (sales).

    .. math::
        \sum_{scope} \mathrm{measure} \lesseqgtr \mathrm{value}, \qquad
        \sum_{scope} \mathrm{measure} - \mathrm{value} \sum_{all} \mathrm{measure} \lesseqgtr 0

    ======= =========================================== ================= ======
    symbol  meaning                                     unit              sheet
    ======= =========================================== ================= ======
    measure what is summed                              as the rule says  Limits
    value   amount, or share                            as the rule says  Limits
    ======= =========================================== ================= ======
    """
    return _relation(m, x, _rule(x, name), [])


def wished_limit(m: pyo.ConcreteModel, x: Index, name: str) -> Any:
    r"""A wished rule is held as nearly as it goes: what it misses, above or below, counts in the objective ``rules``.

    .. math::
        \sum_{scope} \mathrm{measure} - v^+_r + v^-_r \lesseqgtr \mathrm{value}, \qquad
        \sum_{scope} \mathrm{measure} - \mathrm{value} \sum_{all} \mathrm{measure} - v^+_r + v^-_r \lesseqgtr 0

    ============= =========================================== ================= ======
    symbol        meaning                                     unit              sheet
    ============= =========================================== ================= ======
    measure       what is summed                              as the rule says  Limits
    value         amount, or share                            as the rule says  Limits
    :math:`v^+`   by how much the sum is too large            as the rule says  Limits
    :math:`v^-`   by how much the sum is too small            as the rule says  Limits
    ============= =========================================== ================= ======
    """
    missed = [(-1.0, m.above_rule[name])] if name in m.above_rule else []
    missed += [(1.0, m.below_rule[name])] if name in m.below_rule else []
    return _relation(m, x, _rule(x, name), missed)


def _rule(x: Index, name: str) -> Limit:
    return next(rule for rule in x.chain.limits if rule.name == name)


def _relation(m: pyo.ConcreteModel, x: Index, rule: Limit, missed: list[Term]) -> Any:
    total = list(summed(m, x, rule.measure, rule.scope))
    bound = rule.value
    if rule.basis is not w.LimitBasis.ABSOLUTE:
        total += times(-rule.value, summed(m, x, rule.measure, everyone(rule)))
        bound = 0.0
    body = linear(total, missed, [(1.0, m.nothing)])
    if rule.sense is w.Comparison.AT_MOST:
        return body <= bound
    if rule.sense is w.Comparison.AT_LEAST:
        return body >= bound
    return body == bound


def everyone(rule: Limit) -> Scope:
    """The scope of the whole that a share is a part of."""
    scope = rule.scope if rule.of is None else replace(rule.scope, products=rule.of, label=rule.of_label, only=None)
    if rule.basis is w.LimitBasis.PURCHASES:
        return replace(scope, sellers=None)
    return replace(scope, buyers=None)


def summed(m: pyo.ConcreteModel, x: Index, measure: w.LimitMeasure | str, scope: Scope) -> Iterator[Term]:
    """The terms of a measure over a scope. Filters that a measure does not know leave it whole or empty:
    activities have an owner (from) and no customer; yearly decisions have no period.
    """
    facts = limit_measure(measure)
    counts = facts.counts if facts else {Counts.LINKS, Counts.ACTIVITIES}
    if Counts.GRANTS in counts:
        yield from _funding(m, x, scope)
    if Counts.ACCOUNTS in counts:
        yield from _cost(m, x, scope)
    if Counts.ACTIVITY_PROJECTS in counts:
        yield from _projects(m, x, scope, counted=Counts.LINK_PROJECTS in counts)
    if Counts.ACTIVITIES in counts:
        yield from _activities(m, x, measure, scope)
    if Counts.LINKS in counts:
        yield from _flows(m, x, measure, scope)
    if isinstance(measure, str):
        yield from _offers_and_needs(m, x, measure, scope)


def _flows(m: pyo.ConcreteModel, x: Index, measure: w.LimitMeasure | str, scope: Scope) -> Iterator[Term]:
    if scope.processes is not None:
        return
    for e in links_in(x, scope):
        amount = amount_per_unit(x, e, measure)
        if amount:
            yield from ((amount, m.flow[e, t]) for t in x.periods_of_link(e) if _in_period(x, scope, t))


def links_in(x: Index, scope: Scope) -> Iterable[int]:
    """The links in a scope."""
    return (
        e
        for e, link in enumerate(x.links)
        if (scope.sellers is None or link.from_ in scope.sellers)
        and (scope.buyers is None or link.to in scope.buyers)
        and scope.takes(link, x.chain.products[link.product])
    )


def amount_per_unit(x: Index, e: int, measure: w.LimitMeasure | str) -> float:
    """What one unit shipped over a link adds to a measure that counts links."""
    link = x.links[e]
    if isinstance(measure, str):
        return link.measures.get(measure, 0.0)
    return OF_LINKS[measure](link, x.chain.products[link.product].kg or 0.0)


OF_LINKS: dict[w.LimitMeasure, Callable[[Link, float], float]] = {
    w.LimitMeasure.QUANTITY: lambda link, kg: 1.0,
    w.LimitMeasure.VALUE: lambda link, kg: link.price,
    w.LimitMeasure.MASS: lambda link, kg: kg,
    w.LimitMeasure.TRANSPORT: lambda link, kg: link.distance * kg / 1000.0,
    w.LimitMeasure.CO2: lambda link, kg: link.co2,
}
"""What one unit shipped adds, given its link and its weight in kg."""

OF_ACTIVITIES: dict[w.LimitMeasure, Callable[[Process], float]] = {
    w.LimitMeasure.LEVEL: lambda process: 1.0,
    w.LimitMeasure.JOBS: lambda process: process.jobs,
    w.LimitMeasure.CO2: lambda process: process.co2,
}
"""What one level of an activity adds."""


def _activities(m: pyo.ConcreteModel, x: Index, measure: w.LimitMeasure | str, scope: Scope) -> Iterator[Term]:
    if scope.buyers is not None or scope.products is not None:
        return
    for k in processes_in(x, scope):
        process = x.processes[k]
        amount = process.measures.get(measure, 0.0) if isinstance(measure, str) else OF_ACTIVITIES[measure](process)
        if amount:
            yield from ((amount, m.level[k, t]) for t in x.periods if _in_period(x, scope, t))


def processes_in(x: Index, scope: Scope) -> Iterable[int]:
    """The processes in a scope, by owner and name."""
    return (
        k
        for k, process in enumerate(x.processes)
        if (scope.sellers is None or process.actor in scope.sellers)
        and (scope.processes is None or process.key in scope.processes)
    )


def _offers_and_needs(m: pyo.ConcreteModel, x: Index, name: str, scope: Scope) -> Iterator[Term]:
    """A measure also counts on offers (from their owner) and needs (to their actor)."""
    if scope.processes is not None:
        return
    if scope.buyers is None:
        for o, t in x.offered:
            offer = x.offers[o]
            if (scope.sellers is None or offer.actor in scope.sellers) and _counts(x, scope, offer.product, t):
                yield (offer.measures.get(name, 0.0), m.offered[o, t])
    if scope.sellers is None:
        for n, t in x.served:
            need = x.needs[n]
            if (scope.buyers is None or need.actor in scope.buyers) and _counts(x, scope, need.product, t):
                yield (need.measures.get(name, 0.0), m.served[n, t])


def _counts(x: Index, scope: Scope, product: str, t: int) -> bool:
    return (scope.products is None or product in scope.products) and _in_period(x, scope, t)


def _in_period(x: Index, scope: Scope, t: int) -> bool:
    return scope.period is None or x.period_names[t] == scope.period


def _funding(m: pyo.ConcreteModel, x: Index, scope: Scope) -> Iterator[Term]:
    for f in x.grants:
        row = x.funding[f]
        if (
            (scope.sellers is None or row.funder in scope.sellers)
            and (scope.buyers is None or row.actor in scope.buyers)
            and (scope.processes is None or not scope.processes.isdisjoint(row.processes))
        ):
            yield (1.0, m.grant[f])


def _cost(m: pyo.ConcreteModel, x: Index, scope: Scope) -> Iterator[Term]:
    """Net cost of the inside actors in ``from``, or the own costs of the activities in ``process``."""
    t = None if scope.period is None else x.period_names.index(scope.period)
    if scope.processes is not None:
        for k in processes_in(x, scope):
            yield from process_costs(m, x, k, t)
        return
    for a in x.inside_actors:
        if scope.sellers is None or a in scope.sellers:
            yield from net_cost(m, x, a, t)


def _projects(m: pyo.ConcreteModel, x: Index, scope: Scope, counted: bool) -> Iterator[Term]:
    """Candidates opened: their number, or their yearly investment; those opened for sure always count."""
    if scope.buyers is None and scope.products is None:
        for k in processes_in(x, scope):
            process = x.processes[k]
            amount = 1.0 if counted else process.investment
            if process.candidate:
                yield (amount, m.open_process[k])
            elif process.opened:
                yield (amount, None)
    if counted and scope.processes is None:
        yield from ((1.0, m.open_link[e]) for e in _opened_apart(x, scope))


def _opened_apart(x: Index, scope: Scope) -> Iterator[int]:
    """Candidate links in a scope, of each round the first."""
    seen: set[str] = set()
    for e in links_in(x, scope):
        name = x.links[e].round
        if x.links[e].candidate and (name is None or name not in seen):
            yield e
        seen |= {name} if name else set()
