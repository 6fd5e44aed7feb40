"""From the programme's columns back to a plan in tidy frames."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

import numpy as np

from filiere.chain.chain import Need, Offer
from filiere.model.equations.budget import budget
from filiere.model.index import Index
from filiere.solution.solution import COLUMNS, Plan
from filiere.solver.programme.compile import Programme, Vector

EXACT = 5e-9
"""Nearer than this share to a whole number, a figure is that number: what is off is a held row's slack."""

TRACE = 1e-8
"""Below this a value is the solver's rounding, not a figure."""

OF_A_NEED = 1e-3
"""Nor is it smaller than this share of the smallest need."""

HAIR = 1e-7
"""A need that misses less than this share of itself is met: nobody measures so finely."""


Rows = Mapping[str, Mapping[str, Sequence[Any]]]
"""The tables of a plan by name, each of them its columns by name."""


def plan(programme: Programme, columns: Vector) -> Plan:
    """Return the plan that ``columns`` describe; traces of rounding are left out."""
    import pandas as pd

    x, least = programme.index, _least(programme, columns)
    figures = _whole_where_near(columns, least)
    frames = {name: pd.DataFrame(dict(table)) for name, table in rows(programme, columns).items()}
    return Plan(
        **frames,
        opened_processes=tuple(
            sorted(x.processes[k].key for k in _opened(*programme.used("open_process", figures, least)))
        ),
        opened_links=tuple(sorted(x.link_positions[e] for e in _opened(*programme.used("open_link", figures, least)))),
    )


def rows(programme: Programme, columns: Vector) -> Rows:
    """Return the tables of the plan that ``columns`` describe, for those who need no frames of them."""
    x, least = programme.index, _least(programme, columns)
    figures = _whole_where_near(columns, least)

    def found(variable: str) -> Found:
        return programme.used(variable, figures, least)

    missing = _missing(x, *_with_year(*found("unmet"), *found("unmet_year")))
    tables: dict[str, Iterable[Sequence[Any]]] = {
        "flows": _flows(x, *found("flow")),
        "levels": _levels(x, *found("level")),
        "chosen": _chosen(x, *found("chosen")),
        "offers": _rows_of(x, x.offers, x.offer_positions, *found("offered")),
        "served": _rows_of(x, x.needs, x.need_positions, *found("served")),
        "unmet": _rows_of(x, x.needs, x.need_positions, *missing),
        "stocks": _at_spots(x, *found("stock")),
        "discarded": _at_spots(x, *found("discarded")),
        "left_over": _at_spots(x, *found("left_over")),
        "grants": _grants(x, *found("grant")),
        "deficits": _deficits(programme, columns),
        "payments": _payments(found),
        "expanded": _expanded(x, *found("expansion")),
    }
    return {name: dict(zip(COLUMNS[name], table, strict=True)) for name, table in tables.items()}


def _least(programme: Programme, columns: Vector) -> Vector:
    """Return what each column's figure exceeds: one that much hangs on, as a level that makes 1e9 loaves, much less."""
    smallest = min((need.quantity for need in programme.index.needs if need.quantity), default=1.0)
    least = np.full(len(columns), min(TRACE, OF_A_NEED * smallest))
    if not np.any((columns > 0.0) & (columns <= TRACE)):
        return least
    weighs = np.ones(len(columns))
    np.maximum.at(weighs, programme.matrix.indices, np.abs(programme.matrix.data))
    for function in programme.functions.values():
        np.maximum(weighs, np.abs(function.coefficients), out=weighs)
    return least / weighs


def _whole_where_near(columns: Vector, least: Vector) -> Vector:
    whole = np.round(columns)
    near = np.minimum(EXACT, least / 2.0) * np.maximum(1.0, np.abs(whole))
    return np.where(np.abs(columns - whole) <= near, whole, columns)


def _deficits(programme: Programme, columns: Vector) -> Iterable[Sequence[Any]]:
    """Actors and what their accounts lack: what flows says it, for what is short today costs the plan nothing."""
    rows, lacking = programme.rows.families.get(budget.__name__), programme.columns.families.get("deficit")
    if rows is None or lacking is None:
        return [], []
    place = lacking.place
    wished = [(a, row) for a, row in zip(rows.keys, rows.positions.tolist(), strict=True) if a in place]
    found: dict[str, float] = {}
    for a, row in wished:
        terms = programme.matrix[[row], :].toarray().ravel() * columns
        own = float(terms.sum() - terms[place[a]])
        short = float(programme.row_lower[row]) - own
        if short > TRACE * max(1.0, float(np.abs(terms).max(initial=0.0))):
            found[a] = short
    return list(found), list(found.values())


def _payments(found: Callable[[str], Found]) -> Iterable[Sequence[Any]]:
    """Actors, what they pay others so that these lose nothing, and what they are paid."""
    paid, received = (dict(zip(*found(name), strict=True)) for name in ("paid", "received"))
    actors = sorted({*paid, *received})
    return actors, [paid.get(a, 0.0) for a in actors], [received.get(a, 0.0) for a in actors]


Found = tuple[list[Any], list[float]]
"""Indices of a variable that is used, and its values."""


def _flows(x: Index, keys: list[Any], shipped: list[float]) -> Iterable[Sequence[Any]]:
    links = [x.links[e] for e, _ in keys]
    return (
        [x.link_positions[e] for e, _ in keys],
        [link.from_ for link in links],
        [link.to for link in links],
        [link.product for link in links],
        [x.period_names[t] for _, t in keys],
        shipped,
        [amount * (1.0 - link.loss) for link, amount in zip(links, shipped, strict=True)],
        [amount * link.price for link, amount in zip(links, shipped, strict=True)],
    )


def _levels(x: Index, keys: list[Any], levels: list[float]) -> Iterable[Sequence[Any]]:
    return (
        [x.processes[k].name for k, _ in keys],
        [x.processes[k].actor for k, _ in keys],
        [x.period_names[t] for _, t in keys],
        levels,
    )


def _chosen(x: Index, keys: list[Any], amounts: list[float]) -> Iterable[Sequence[Any]]:
    processes = [x.processes[k] for k, _, _, _ in keys]
    return (
        [process.name for process in processes],
        [process.actor for process in processes],
        [choice for _, choice, _, _ in keys],
        [p for _, _, p, _ in keys],
        [x.period_names[t] for *_, t in keys],
        amounts,
    )


def _expanded(x: Index, keys: list[int], grown: list[float]) -> Iterable[Sequence[Any]]:
    return [x.processes[k].name for k in keys], [x.processes[k].actor for k in keys], grown


YEAR = -1
"""Stands for the period where only the year binds."""


def _with_year(keys: list[Any], amounts: list[float], needs: list[int], of_year: list[float]) -> Found:
    return keys + [(n, YEAR) for n in needs], amounts + of_year


def _missing(x: Index, keys: list[Any], amounts: list[float]) -> Found:
    """What is missing of needs, by more than a hair."""
    sizes = [x.needs[n].quantity or 0.0 for n, _ in keys]
    kept = [i for i, (size, amount) in enumerate(zip(sizes, amounts, strict=True)) if amount > HAIR * size]
    return [keys[i] for i in kept], [amounts[i] for i in kept]


def _rows_of(
    x: Index, rows: Sequence[Need | Offer], positions: Sequence[int], keys: list[Any], amounts: list[float]
) -> Iterable[Sequence[Any]]:
    """Positions, actors, products, periods and quantities of needs or offers."""
    return (
        [positions[n] for n, _ in keys],
        [rows[n].actor for n, _ in keys],
        [rows[n].product for n, _ in keys],
        ["" if t == YEAR else x.period_names[t] for _, t in keys],
        amounts,
    )


def _at_spots(x: Index, keys: list[Any], amounts: list[float]) -> Iterable[Sequence[Any]]:
    return [a for a, _, _ in keys], [p for _, p, _ in keys], [x.period_names[t] for _, _, t in keys], amounts


def _grants(x: Index, keys: list[int], amounts: list[float]) -> Iterable[Sequence[Any]]:
    rows = [x.funding[f] for f in keys]
    return [x.funding_positions[f] for f in keys], [row.funder for row in rows], [row.actor for row in rows], amounts


def _opened(keys: list[Any], values: list[float]) -> list[Any]:
    return [key for key, value in zip(keys, values, strict=True) if value > 0.5]
