"""From the programme's columns back to a plan in tidy frames."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

import numpy as np
import pandas as pd

from filiere.model.index import Index
from filiere.solution.solution import COLUMNS, Plan
from filiere.solver.compile import Programme, Vector

EXACT = 5e-9
"""Nearer than this share to a whole number, a figure is that number: what is off is a held row's slack."""

TRACE = 1e-8
"""Below this a value is the solver's rounding, not a figure."""


def plan(programme: Programme, columns: Vector) -> Plan:
    """Return the plan that ``columns`` describe; traces of rounding are left out."""
    found: dict[str, list[tuple[Any, float]]] = defaultdict(list)
    whole = np.round(columns)
    figures = np.where(np.abs(columns - whole) <= EXACT * np.maximum(1.0, np.abs(whole)), whole, columns)
    for (variable, key), value in zip(programme.columns, figures.tolist(), strict=True):
        if value > TRACE:
            found[variable].append((key, value))
    x = programme.index
    return Plan(
        flows=_frame("flows", _flows(x, found["flow"])),
        levels=_frame("levels", ((*x.processes[k].key, x.period_names[t], z) for (k, t), z in found["level"])),
        offers=_frame("offers", _offers(x, found["offered"])),
        served=_frame("served", _servings(x, found["served"])),
        unmet=_frame("unmet", (*_servings(x, found["unmet"]), *_unmet_in_year(x, found["unmet_year"]))),
        stocks=_frame("stocks", ((a, p, x.period_names[t], h) for (a, p, t), h in found["stock"])),
        discarded=_frame("discarded", ((a, p, x.period_names[t], d) for (a, p, t), d in found["discarded"])),
        grants=_frame("grants", _grants(x, found["grant"])),
        deficits=_frame("deficits", found["deficit"]),
        expanded=_frame("expanded", ((*x.processes[k].key, grown) for k, grown in found["expansion"])),
        opened_processes=tuple(sorted(x.processes[k].key for k, y in found["open_process"] if y > 0.5)),
        opened_links=tuple(sorted(x.link_positions[e] for e, y in found["open_link"] if y > 0.5)),
    )


def _frame(name: str, rows: Iterable[tuple[Any, ...]]) -> pd.DataFrame:
    return pd.DataFrame(list(rows), columns=list(COLUMNS[name]))


def _flows(x: Index, found: list[tuple[Any, float]]) -> Iterable[tuple[Any, ...]]:
    for (e, t), shipped in found:
        link = x.links[e]
        yield (x.link_positions[e], link.from_, link.to, link.product, x.period_names[t], shipped,
               shipped * (1.0 - link.loss), shipped * link.price)  # fmt: skip


def _offers(x: Index, found: list[tuple[Any, float]]) -> Iterable[tuple[Any, ...]]:
    for (o, t), given in found:
        offer = x.offers[o]
        yield (x.offer_positions[o], offer.actor, offer.product, x.period_names[t], given)


def _servings(x: Index, found: list[tuple[Any, float]]) -> Iterable[tuple[Any, ...]]:
    for (n, t), amount in found:
        need = x.needs[n]
        yield (x.need_positions[n], need.actor, need.product, x.period_names[t], amount)


def _unmet_in_year(x: Index, found: list[tuple[Any, float]]) -> Iterable[tuple[Any, ...]]:
    for n, amount in found:
        need = x.needs[n]
        yield (x.need_positions[n], need.actor, need.product, "", amount)


def _grants(x: Index, found: list[tuple[Any, float]]) -> Iterable[tuple[Any, ...]]:
    for f, amount in found:
        row = x.funding[f]
        yield (x.funding_positions[f], row.funder, row.actor, amount)
