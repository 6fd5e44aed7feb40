"""What each player's means are worth at the prices that the plan of all puts on them (Owen 1975).

A linear programme's optimum is what its rows and bounds allow beyond today, each times its price. What a row allows is
counted at whoever owns it: both ends of a link half each.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from filiere.analysis.share.reach.moving import Moving
from filiere.model.facts import facts_of
from filiere.model.index import Index
from filiere.solver.programme.compile import Function, Name, Programme, Vector
from filiere.solver.session.answer import Answer
from filiere.solver.session.probe import Probe

Worth = tuple[tuple[float, ...], float]
"""What each player's means are worth, and what those are worth that nobody owns."""


def worth_of_means(
    programme: Programme, total: Function, today: Vector, moving: Moving, players: tuple[str, ...]
) -> Worth | None:  # fmt: skip
    """Return what the means of each player are worth in the plan of all; None where the solver gives no prices."""
    from dataclasses import replace

    moves = moving.by((1 << len(players)) - 1)
    lower = np.where(moves, programme.column_lower, today)
    upper = np.where(moves, programme.column_upper, today)
    probe = Probe(replace(programme, column_lower=lower, column_upper=upper))
    outcome = probe.minimise(total)
    if outcome.answer is not Answer.OPTIMAL:
        return None
    worth, nobodys = np.zeros(len(players)), 0.0
    of_rows = _allowed(probe.duals(), programme.row_lower, programme.row_upper, programme.matrix @ today)
    of_columns = _allowed(probe.reduced_costs(), lower, upper, today)
    for names, amounts in ((programme.rows, of_rows), (programme.columns, of_columns)):
        for i in np.flatnonzero(amounts):
            owners = moving.owners(_owners(programme.index, names[i]))
            for player in owners:
                worth[player] += amounts[i] / len(owners)
            nobodys += 0.0 if owners else float(amounts[i])
    return tuple(map(float, worth)), nobodys


def _allowed(prices: Vector, lower: Vector, upper: Vector, today: Vector) -> Vector:
    """Return what each row or bound allows beyond today, times its price: a saving, so that no sign is negative."""
    bound = np.where(prices > 0.0, lower, upper)
    bound = np.where((prices == 0.0) | ~np.isfinite(bound), today, bound)
    return np.asarray(prices * (today - bound))


def _owners(x: Index, name: Name) -> tuple[str, ...]:
    """Return the actors whose a row or a column is."""
    family, key = name
    first: Any = key[0] if isinstance(key, tuple) else key
    facts = facts_of(family)
    kind = facts.owner or getattr(facts, "table", None)
    match kind:
        case "link" | "links":
            link = x.links[first]
            return link.from_, link.to
        case "process" | "processes" | "recipes":
            return (x.processes[first].actor,)
        case "need" | "needs":
            return (x.needs[first].actor,)
        case "offer" | "offers":
            return (x.offers[first].actor,)
        case "grant" | "funding":
            return (x.funding[first].actor,)
        case "actor" | "actors" | "storages":
            return (first,)
    return ()
