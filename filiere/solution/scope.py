"""What the rules of the Limits sheet sum in a plan, and by how much it misses those that are wished.

Recomputed from the plan's own figures: nothing here knows the model.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace

import numpy as np

from filiere.chain.chain import Limit, Link, Need, Offer, Process, Scope
from filiere.schema import words as w
from filiere.schema.limit_measures import Counts, limit_measure
from filiere.solution import ledger
from filiere.solution.accounts import UNKNOWN, Accounts, Flags, Floats, Positions
from filiere.solution.means import means_taken
from filiere.solution.once import known_figures


def limit_terms(accounts: Accounts, limit: Limit) -> tuple[Floats, float]:
    """Return the terms of a limit's row and what their sum is compared with.

    A share of purchases is the sum over its scope less value x the same sum over every seller, of sales over
    every buyer; compared with 0.
    """
    part, whole = parts_of(accounts, limit)
    if whole is None:
        return part, limit.value
    return np.concatenate([part, -limit.value * whole]), 0.0


def parts_of(accounts: Accounts, limit: Limit) -> tuple[Floats, Floats | None]:
    """Return the terms of a limit's own sum and, for a share, those of the sum that it is a share of."""
    part = measured(accounts, limit.measure, limit.scope)
    if limit.basis is w.LimitBasis.ABSOLUTE:
        return part, None
    return part, measured(accounts, limit.measure, _whole(limit))


def _whole(limit: Limit) -> Scope:
    """What a share is a share of."""
    scope = limit.scope
    if limit.of is not None:
        scope = replace(scope, products=limit.of, label=limit.of_label, only=None)
    purchases = limit.basis is w.LimitBasis.PURCHASES
    return replace(scope, sellers=None) if purchases else replace(scope, buyers=None)


def purchases_by_link(accounts: Accounts, limit: Limit) -> Floats:
    """Return, by link, what a share of purchases is a share of."""
    scope = replace(limit.scope, sellers=None)
    if limit.of is not None:
        scope = replace(scope, products=limit.of, label=limit.of_label, only=None)
    rates = {
        w.LimitMeasure.VALUE: accounts.links["price"],
        w.LimitMeasure.MASS: _kg(accounts),
    }
    measure = limit.measure if isinstance(limit.measure, w.LimitMeasure) else w.LimitMeasure.QUANTITY
    rate = rates.get(measure, np.ones(len(accounts.links)))
    flows = accounts.flows
    chosen = (
        _among(accounts.actor_at, flows["to"], scope.buyers)
        & _labelled(accounts, scope)[flows["link"]]
        & _in_period(accounts, flows["period"], scope)
    )
    link, quantity = flows["link"][chosen], flows["quantity"][chosen]
    return accounts.summed(link, rate[link] * quantity, len(accounts.links))


def measured(accounts: Accounts, measure: w.LimitMeasure | str, scope: Scope) -> Floats:
    """Return the terms of a measure over a scope: shipped quantities for flows, levels and costs by owner."""
    if isinstance(measure, str):
        parts = [part(accounts, measure, scope) for part in (_named_flows, _named_levels, _named_goods)]
        return np.concatenate(parts)
    return MEASURES[measure](accounts, scope)


def _flows(accounts: Accounts, scope: Scope, rate: Floats) -> Floats:
    """``rate`` by link x shipped quantity, of the flows in scope; activities alone have a process."""
    if scope.processes is not None:
        return np.zeros(0)
    flows = accounts.flows
    chosen = (
        _among(accounts.actor_at, flows["from"], scope.sellers)
        & _among(accounts.actor_at, flows["to"], scope.buyers)
        & _labelled(accounts, scope)[flows["link"]]
        & _in_period(accounts, flows["period"], scope)
    )
    return np.asarray(rate[flows["link"][chosen]] * flows["quantity"][chosen])


def _levels(accounts: Accounts, scope: Scope, rate: Floats) -> Floats:
    """``rate`` by process x level, of the activities in scope; they have no buyer and no single product."""
    if scope.buyers is not None or scope.products is not None:
        return np.zeros(0)
    levels = accounts.levels
    chosen = owned(accounts, scope)[levels["process"]] & _in_period(accounts, levels["period"], scope)
    return np.asarray(rate[levels["process"][chosen]] * levels["level"][chosen])


def owned(accounts: Accounts, scope: Scope) -> Flags:
    """Return which processes are in scope, by owner and name."""
    named = np.array(
        [scope.processes is None or key in scope.processes for key in accounts.chain.processes], dtype=bool
    )
    return named & _among(accounts.actor_at, accounts.processes["actor"], scope.sellers)


def _quantity(accounts: Accounts, scope: Scope) -> Floats:
    return _flows(accounts, scope, np.ones(len(accounts.links)))


def _value(accounts: Accounts, scope: Scope) -> Floats:
    return _flows(accounts, scope, accounts.links["price"])


def _mass(accounts: Accounts, scope: Scope) -> Floats:
    return _flows(accounts, scope, _kg(accounts))


def _transport(accounts: Accounts, scope: Scope) -> Floats:
    return _flows(accounts, scope, accounts.links["distance"] * _kg(accounts) / 1000.0)


def _kg(accounts: Accounts) -> Floats:
    return np.asarray(accounts.products["kg"][accounts.links["product"]])


def _level(accounts: Accounts, scope: Scope) -> Floats:
    return _levels(accounts, scope, np.ones(len(accounts.processes)))


def _jobs(accounts: Accounts, scope: Scope) -> Floats:
    return _levels(accounts, scope, accounts.processes["jobs"])


def _co2(accounts: Accounts, scope: Scope) -> Floats:
    moved = _flows(accounts, scope, accounts.links["co2"])
    return np.concatenate([moved, _levels(accounts, scope, accounts.processes["co2"])])


def _funding(accounts: Accounts, scope: Scope) -> Floats:
    grants = accounts.grants
    tied = np.array(
        [scope.processes is None or bool(scope.processes & set(f.processes)) for f in accounts.chain.funding],
        dtype=bool,
    )
    chosen = (
        _among(accounts.actor_at, grants["funder"], scope.sellers)
        & _among(accounts.actor_at, grants["actor"], scope.buyers)
        & tied[grants["funding"]]
    )
    return np.asarray(grants["amount"][chosen])


def _opened(accounts: Accounts, scope: Scope) -> Floats:
    """Candidates opened, activities and links, a round being one; those opened for sure count too."""
    links = _in_scope(accounts, scope) & accounts.used
    seen: set[str] = set()
    for e in np.flatnonzero(links).tolist():
        name = accounts.chain.links[e].round
        links[e] = name not in seen
        seen |= {name} if name else set()
    return np.concatenate([_projects(accounts, scope).astype(float), links.astype(float)])


def _investment(accounts: Accounts, scope: Scope) -> Floats:
    return np.asarray(_projects(accounts, scope) * accounts.processes["investment"])


def _projects(accounts: Accounts, scope: Scope) -> Flags:
    if scope.buyers is not None or scope.products is not None:
        return np.zeros(len(accounts.processes), dtype=bool)
    return ledger.invested(accounts) & owned(accounts, scope)


def _in_scope(accounts: Accounts, scope: Scope) -> Flags:
    """Which links are in scope."""
    table = accounts.links
    return (
        _among(accounts.actor_at, table["from"], scope.sellers)
        & _among(accounts.actor_at, table["to"], scope.buyers)
        & _labelled(accounts, scope)
        & (scope.processes is None)
    )


def _cost(accounts: Accounts, scope: Scope) -> Floats:
    """Net cost of the inside actors in scope, or the own costs of the activities named; with a period only
    what can be dated counts.
    """
    costs = ledger.own_costs(accounts)
    dated = _in_period(accounts, costs["period"], scope)
    if scope.processes is not None:
        own = (costs["process"] >= 0) & dated
        chosen = costs[own]
        return chosen["amount"][owned(accounts, scope)[chosen["process"]]]
    inside = accounts.actors["inside"]
    mine = inside & _among(accounts.actor_at, np.arange(len(inside)), scope.sellers)
    flows, served, table = accounts.flows, accounts.served, accounts.links
    when = _in_period(accounts, flows["period"], scope)
    bought = mine[flows["to"]] & when
    sold = mine[flows["from"]] & ~inside[flows["to"]] & when
    value = flows["value"]
    fixed = ledger.link_fixed_costs(accounts)[mine[table["to"]]]
    revenue = ledger.revenues(accounts)[mine[served["actor"]] & _in_period(accounts, served["period"], scope)]
    means = means_taken(accounts)
    lent = means["paid"] * _in_period(accounts, means["period"], scope)
    lender, user = means["actor"], means["user"]
    return np.concatenate([
        value[bought & ~inside[flows["from"]]],
        -value[sold],
        ledger.transport_paid(accounts)[bought],
        fixed if scope.period is None else np.zeros(0),
        costs["amount"][mine[costs["actor"]] & dated],
        lent * (mine[user] & ~inside[lender]),
        -lent * (mine[lender] & ~inside[user]),
        -revenue,
    ])  # fmt: skip


def _named_flows(accounts: Accounts, name: str, scope: Scope) -> Floats:
    return _flows(accounts, scope, rates(accounts.chain.links, name))


def _named_levels(accounts: Accounts, name: str, scope: Scope) -> Floats:
    return _levels(accounts, scope, rates(accounts.chain.processes.values(), name))


def _named_goods(accounts: Accounts, name: str, scope: Scope) -> Floats:
    """A measure also counts on offers, by their owner, and on needs, by their actor."""
    parts = [np.zeros(0)]
    for rows, frame, position, end, other in (
        (accounts.chain.offers, accounts.offers, "offer", scope.sellers, scope.buyers),
        (accounts.chain.needs, accounts.served, "need", scope.buyers, scope.sellers),
    ):
        if scope.processes is not None or other is not None:
            continue
        chosen = (
            _among(accounts.actor_at, frame["actor"], end)
            & _among(accounts.product_at, frame["product"], scope.products)
            & _in_period(accounts, frame["period"], scope)
        )
        parts.append(rates(rows, name)[frame[position][chosen]] * frame["quantity"][chosen])
    return np.concatenate(parts)


def _labelled(accounts: Accounts, scope: Scope) -> Flags:
    """Which links deliver what is in scope: their product, or, under a label, what their own labels say."""
    named = _among(accounts.product_at, accounts.links["product"], scope.products)
    if scope.label is None:
        return named
    own = [link.labels for link in accounts.chain.links]
    typed = np.array([labels is not None for labels in own], dtype=bool)
    marked = np.array([scope.label in (labels or ()) for labels in own], dtype=bool)
    alone = _among(accounts.product_at, accounts.links["product"], frozenset((scope.only,)) if scope.only else None)
    return np.where(typed, marked, named) & alone


def _among(at: Callable[[list[str]], Positions], positions: object, names: frozenset[str] | None) -> Flags:
    where = np.asarray(positions)
    if names is None:
        return np.ones(where.shape, dtype=bool)
    return np.isin(where, at(sorted(names)))


def _in_period(accounts: Accounts, periods: Positions, scope: Scope) -> Flags:
    where = periods
    if scope.period is None:
        return np.ones(where.shape, dtype=bool)
    asked = accounts.period_at([scope.period])[0]
    return np.asarray((where == asked) & (where != UNKNOWN))


MEASURES: dict[w.LimitMeasure, Callable[[Accounts, Scope], Floats]] = {
    w.LimitMeasure.QUANTITY: _quantity,
    w.LimitMeasure.VALUE: _value,
    w.LimitMeasure.MASS: _mass,
    w.LimitMeasure.LEVEL: _level,
    w.LimitMeasure.JOBS: _jobs,
    w.LimitMeasure.CO2: _co2,
    w.LimitMeasure.TRANSPORT: _transport,
    w.LimitMeasure.FUNDING: _funding,
    w.LimitMeasure.COST: _cost,
    w.LimitMeasure.OPENED: _opened,
    w.LimitMeasure.INVESTMENT: _investment,
}


Measured = Process | Link | Offer | Need
"""What may hold amounts of a measure."""


def rates(rows: Iterable[Measured], name: str) -> Floats:
    """Return how much of a measure one unit of each row gives."""
    return np.array([row.measures.get(name, 0.0) for row in rows], dtype=float)


def counted_links(accounts: Accounts, rule: Limit) -> Flags:
    """Return which links may move what a rule sums, or what it is a share of."""
    facts = limit_measure(rule.measure)
    if facts is None or Counts.ACCOUNTS in facts.counts:
        return np.ones(len(accounts.links), dtype=bool)
    if not facts.of_flows:
        return np.zeros(len(accounts.links), dtype=bool)
    found = _in_scope(accounts, rule.scope)
    return found if rule.basis is w.LimitBasis.ABSOLUTE else np.asarray(found | _in_scope(accounts, _whole(rule)))


def missed(accounts: Accounts, rule: Limit) -> float:
    """Return by how much a plan misses a rule, in the unit of what it sums; of an equality, either way."""
    return max(0.0, -leeway(accounts, rule))


def leeway(accounts: Accounts, rule: Limit) -> float:
    """Return the room that a plan leaves a rule, in the unit of what it sums; below 0 where it misses it."""
    terms, bound = limit_terms(accounts, rule)
    over = float(terms.sum()) - bound
    return {w.Comparison.AT_MOST: -over, w.Comparison.AT_LEAST: over}.get(rule.sense, -abs(over))


def grown(accounts: Accounts) -> tuple[Floats, Floats]:
    """Return by how much links and activities grow beyond what is wished, as shares of what they may reach."""
    growth, links, processes = accounts.chain.settings.growth_max, accounts.links, accounts.processes
    if growth is None:
        return np.zeros(len(links)), np.zeros(len(processes))
    used, made = np.nan_to_num(links["today"]), np.nan_to_num(processes["today"])
    moved = accounts.summed(links["product"], used, len(accounts.products))
    recipes = accounts.recipes
    shown = np.maximum(recipes["input"], recipes["output"]) * made[recipes["process"]]
    counts = np.ones(len(processes), dtype=bool)
    counts[recipes["process"]] = False
    counts[recipes["process"][shown > TRACE_OF_TODAY * moved[recipes["product"]]]] = True
    least_links = np.array([link.minimum for link in accounts.chain.links], dtype=float)
    known = known_figures(accounts)
    levels = np.array([known.levels.get(key, 0.0) for key in accounts.chain.processes], dtype=float)
    shipped = np.where(used > 0.0, np.maximum(used, np.asarray(known.flows, dtype=float)), 0.0)
    run = np.where(made > 0.0, np.maximum(made, levels), 0.0)
    shows = used > TRACE_OF_TODAY * moved[links["product"]]
    return (
        _beyond(accounts.flow_by_link, shipped, least_links, growth) * shows,
        _beyond(accounts.level_by_process, run, processes["minimum"], growth) * counts,
    )


TRACE_OF_TODAY = 1e-6
"""What is typed for this year and is less than this share of what moves of its product is a trace."""


def _beyond(reached: Floats, today: Floats, minimum: Floats, growth: float) -> Floats:
    may = np.maximum((1.0 + growth) * today, minimum)
    known = today > 0.0
    return np.where(known, np.maximum(0.0, reached - may), 0.0) / np.where(known, (1.0 + growth) * today, 1.0)
