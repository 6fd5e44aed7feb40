"""What a miss of a wished rule is measured against, where its own value does not say it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

import numpy as np

from filiere.chain.chain import Chain, Limit, Objective, Scope
from filiere.chain.derived.observed import Observed, funding_keys, link_keys, observed_of
from filiere.model.equations.limits import everyone
from filiere.schema import words as w
from filiere.solver.programme.compile import Programme, Vector, compiled
from filiere.solver.programme.figures import amounts_of
from filiere.solver.ranks.ranks import hold_ranks
from filiere.solver.ranks.step import RankError
from filiere.solver.session.cases.search import Search
from filiere.solver.session.session import Session

LEAST = 1e-6
"""A scale is never below this share of the chain's total of what the rule sums."""

_EVERYTHING = Scope(None, None, None, None, None)


def with_scales(chain: Chain) -> Chain:
    """Return the chain whose wished rules know their scales: a share's is the whole that it is a share of, today or,
    where today is unknown, in the plan of least cost; none is below a millionth of the chain's total.
    """
    if not any(rule.wished and rule.scale is None for rule in chain.limits):
        return chain
    seen = observed_of(chain)
    programme, columns = _this_year(seen) if seen.known else _least_cost(chain)
    positions = {name: i for i, name in enumerate(programme.columns)}

    def total(rule: Limit, scope: Scope) -> float:
        amounts: Mapping[int, float] = amounts_of(programme.index, rule, scope, positions)
        return float(sum(amount * columns[column] for column, amount in amounts.items()))

    def scaled(rule: Limit) -> Limit:
        if not rule.wished or rule.scale is not None:
            return rule
        own = abs(rule.value)
        if rule.basis is not w.LimitBasis.ABSOLUTE:
            own = abs(total(rule, everyone(rule)))
        return replace(rule, scale=max(own, LEAST * abs(total(rule, _EVERYTHING))) or 1.0)

    return replace(chain, limits=tuple(scaled(rule) for rule in chain.limits))


def _this_year(seen: Observed) -> tuple[Programme, Vector]:
    """Return the programme of this year's chain and its figures, those of a year spread evenly over its periods."""
    programme = compiled(replace(seen.chain, objectives=()))
    x, positions = programme.index, {name: i for i, name in enumerate(programme.columns)}
    columns = np.zeros(len(programme.columns))

    def spread(variable: str, first: int, periods: Iterable[int], total: float) -> None:
        places = [(t, positions[variable, (first, t)]) for t in periods if (variable, (first, t)) in positions]
        whole = sum(x.shares[t] for t, _ in places)
        for t, place in places:
            columns[place] = total * x.shares[t] / whole

    flows, grants = link_keys(seen.chain.links), funding_keys(seen.chain.funding)
    for e, position in enumerate(x.link_positions):
        spread("flow", e, x.periods_of_link(e), seen.flows.get(flows[position], 0.0))
    for k, process in enumerate(x.processes):
        spread("level", k, x.periods, seen.levels.get(process.key, 0.0))
    for f, position in enumerate(x.funding_positions):
        if ("grant", f) in positions:
            columns[positions["grant", f]] = seen.grants.get(grants[position], 0.0)
    return programme, columns


def _least_cost(chain: Chain) -> tuple[Programme, Vector]:
    """Return a plan of least cost among those that the ranks before the wished rules allow, and its programme; nothing
    at all where there is none.
    """
    own = next((one.rank for one in chain.objectives if one.kind is w.Objective.RULES), 0)
    before = [one for one in chain.objectives if one.rank < own]
    cost = Objective(own, w.Objective.COST, None, w.Direction.MIN, 1.0, 0.0, 0.0)
    programme = compiled(replace(chain, objectives=(*before, cost)))
    search = Search(Session(programme))
    columns = np.zeros(len(programme.columns))
    try:
        reached = hold_ranks(search, before)
    except RankError:
        return programme, columns
    for outcome in reached.values():
        columns = outcome.columns
    cheapest = search.minimise(programme.functions[w.Objective.COST.key])
    return programme, cheapest.columns if cheapest.optimal else columns
