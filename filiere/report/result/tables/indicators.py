"""Indicators: each with its value, its definition, its unit, which way is better, and its source."""

from __future__ import annotations

import math
from collections.abc import Iterable

import pandas as pd

from filiere.indicators import Measures
from filiere.indicators.dictionary import MONEY, Kpi, Scope, kpi, kpis
from filiere.report.sheet import Column, Sheet, Show, Value
from filiere.report.view import View


def known(values: Iterable[float]) -> list[Value]:
    """Return the values with None where they are undefined."""
    return [None if math.isnan(value) else float(value) for value in values]


def show_of(indicator: Kpi) -> Show:
    """Return how an indicator's value is shown."""
    if indicator.percent:
        return Show.PERCENT
    return Show.MONEY if indicator.digits == 0 else Show.PRICE if indicator.digits == 2 else Show.QUANTITY


def heading_of(view: View, indicator: Kpi) -> str:
    """Return an indicator's name with its unit, as a heading."""
    label = view.set(indicator.label)
    if indicator.percent:
        return f"{label} (%)"
    return f"{label} ({view.currency})" if indicator.unit == MONEY else label


def figures(view: View, frame: pd.DataFrame, scope: Scope, keys: Iterable[str]) -> list[Column]:
    """Return one column an indicator of a frame of measures."""
    columns = []
    for key in keys:
        indicator = kpi(key, scope)
        columns.append(Column(key, heading_of(view, indicator), known(frame[key]), show_of(indicator)))
    return columns


def indicators(view: View) -> Sheet | None:
    """Return one row a chain-wide indicator."""
    measures, before = view.result.measures, view.result.today_measures
    if measures is None:
        return None
    pick = view.pick
    rows = [
        indicator for indicator in kpis(view.chain) if indicator.scope == "chain" and indicator.key in measures.chain
    ]
    shows = tuple(show_of(indicator) for indicator in rows)
    now = pick("Today", "Cette année") if view.shows_today else pick("Plan", "Plan")
    columns = [
        Column("indicator", pick("Indicator", "Indicateur"), [view.set(k.label) for k in rows]),
        Column("value", now, [measures.chain[k.key] for k in rows], Show.QUANTITY, keep=True, shows=shows),
    ]
    if before is not None:
        today = [before.chain.get(k.key) for k in rows]
        columns.append(Column("today", pick("Today", "Cette année"), today, Show.QUANTITY, shows=shows))
    columns += [
        Column("unit", pick("Unit", "Unité"), [unit_of(view, k) for k in rows]),
        Column("better", pick("Better when", "Meilleur quand"), [better_of(view, k) for k in rows]),
        Column(
            "reason", pick("Why it is blank", "Pourquoi rien"), [_reason(view, measures, k) for k in rows], Show.PROSE
        ),
        Column("definition", pick("Definition", "Définition"), [view.set(k.definition) for k in rows], Show.PROSE),
        Column("range", pick("Range", "Valeurs possibles"), [view.set(k.range) for k in rows]),
        Column("source", "Source", [view.set(k.source) for k in rows], Show.PROSE),
    ]
    return Sheet("indicators", pick("Indicators", "Indicateurs"), tuple(columns), frozen=1)


def better_of(view: View, indicator: Kpi) -> str | None:
    """Return which way an indicator is better, None where neither is."""
    words = {"higher": view.pick("higher", "plus haut"), "lower": view.pick("lower", "plus bas"), None: None}
    return words[indicator.better]


def unit_of(view: View, indicator: Kpi) -> str:
    """Return the unit of an indicator, with the workbook's currency."""
    if indicator.percent:
        return "%"
    return view.set(indicator.unit).replace(view.pick("currency", "monnaie"), view.currency)


def _reason(view: View, measures: Measures, indicator: Kpi) -> str | None:
    reason = measures.reasons.get(indicator.key)
    return view.set(reason) if reason else None


_OF_ACTORS = (
    "jobs", "upstream_dependency", "upstream_dependency_public", "upstream_dependency_private",
    "downstream_dependency", "funding_dependency",
)  # fmt: skip


def dependences(view: View) -> Sheet | None:
    """Return one row an inside actor: how far it depends on the outside, and on whom first."""
    measures = view.result.measures
    if measures is None:
        return None
    frame = measures.actors
    frame = frame[(frame["receipts"] > 0.0) | (frame["outlays"] > 0.0)]
    columns = [
        Column("actor", view.pick("Actor", "Acteur"), frame.index.tolist()),
        *figures(view, frame, "actor", _OF_ACTORS),
    ]
    for who in ("supplier", "customer", "funder"):
        key = f"largest_{who}"
        columns.append(Column(key, heading_of(view, kpi(key, "actor")), frame[key].tolist()))
        columns += figures(view, frame, "actor", [f"{key}_share"])
    columns += figures(view, frame, "actor", ["local_multiplier"])
    title = view.pick("Actors' dependence", "Dépendances des acteurs")
    return Sheet("dependences", title, tuple(columns), frozen=1, printed="funding_dependency")
