"""The programme that all coalitions share: today's figures as its columns, relaxed so that they keep it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np

from filiere.analysis.share.reach.moving import OF_LINK, OF_PROCESS
from filiere.analysis.today.today import observed_chain
from filiere.chain.chain import Chain
from filiere.model.index import Index
from filiere.schema import words as w
from filiere.solver.programme.compile import Name, Names, Programme, Vector, compiled
from filiere.solver.ranks.ranks import solve_ranks
from filiere.solver.session.cases.search import Search
from filiere.solver.session.session import Session

MEASURES = (
    "deficit", "worse", "lost", "lost_by", "more_flow", "less_flow", "more_level", "less_level", "more_grant",
    "less_grant", "above_rule", "below_rule", "grown_flow", "grown_level", "served_beyond", "sold_beyond", "share",
    "ahead", "least", "kth", "below_kth", "secondary_bought", "reused",
)  # fmt: skip
"""What only measures: a row with one of these keeps no plan out, as each of them may be as large, or as small, as the
row asks."""


def columns_of_today(chain: Chain, programme: Programme) -> Vector:
    """Return today's figures, made consistent, as columns of the whole programme; what does not exist yet is 0."""
    observed = observed_chain(chain)
    before = compiled(observed)
    found = solve_ranks(Search(Session(before)), observed.objectives).columns
    known = {_key(before.index, name): value for name, value in zip(before.columns, found.tolist(), strict=True)}
    x = programme.index
    for f in range(len(x.funding)):
        known[_key(x, ("grant", f))] = x.grant_today(f)
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
    if family in OF_LINK:
        return (family, x.link_positions[first], *rest)
    if family in OF_PROCESS:
        return (family, x.processes[first].key, *rest)
    if family in ("served", "unmet", "unmet_year"):
        return (family, x.need_positions[first], *rest)
    return (family, x.offer_positions[first], *rest) if family == "offered" else (family, first, *rest)


def relaxed(programme: Programme, today: Vector) -> Programme:
    """Return the programme that today's figures keep: rows and bounds that they miss are moved to them.

    Needs are served at least as far as today; outlets and sales outside bring no more than today.
    """
    programme = _binding(programme)
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


def _binding(programme: Programme) -> Programme:
    """Return the programme without the rows that bind no plan."""
    measures = np.array([name in MEASURES for name, _ in programme.columns])
    kept = np.flatnonzero(np.diff(programme.matrix[:, measures].indptr) == 0)
    return replace(
        programme, matrix=programme.matrix[kept], row_lower=programme.row_lower[kept],
        row_upper=programme.row_upper[kept], rows=Names(programme.rows[i] for i in kept),
    )  # fmt: skip
