"""What a law does to a workbook: scale it, rename it, shuffle it, loosen it, split its periods."""

from __future__ import annotations

import random
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from filiere.schema import Unit, columns
from filiere.schema import words as w
from tests.laws.draft import DECLARED, Draft, Row

_QUANTITIES = (Unit.AMOUNT, Unit.STOCK, Unit.LEVEL)
_MONEY = (Unit.MONEY, Unit.CAPITAL)
_PRICES = (Unit.PRICE, Unit.MONEY_PER_LEVEL, Unit.STOCK_COST)
_MONEY_LIMITS = (
    w.LimitMeasure.VALUE, w.LimitMeasure.COST, w.LimitMeasure.FUNDING, w.LimitMeasure.INVESTMENT,
)  # fmt: skip
MONEY_OBJECTIVES = (
    w.Objective.LOST, w.Objective.OUTLETS, w.Objective.VALUE_KEPT, w.Objective.WASTE,
    w.Objective.UNMET, w.Objective.DEFICIT, w.Objective.DEPENDENCY, w.Objective.DEPENDENCY_UPSTREAM,
    w.Objective.DEPENDENCY_DOWNSTREAM, w.Objective.DEPENDENCY_FUNDING, w.Objective.COST, w.Objective.CHANGE,
)  # fmt: skip
"""Objectives counted in currency (dependency unless it is counted by mass)."""


def larger(draft: Draft, factor: float) -> Draft:
    """Multiply every quantity, and every amount of money that does not hang on a quantity already."""

    def change(key: str, row: Row) -> Row:
        row = _times(key, row, (*_QUANTITIES, *_MONEY), factor)
        if key == "limits" and row["basis"] is None and row["measure"] is not w.LimitMeasure.OPENED:
            row = {**row, "value": row["value"] * factor}
        if key == "objectives":
            row = {**row, **_scaled(row, "tolerance_amount", factor)}
        return row

    return draft.changed(change)


def dearer(draft: Draft, factor: float) -> Draft:
    """Multiply every price, cost and amount of money: the same chain in another currency."""

    def change(key: str, row: Row) -> Row:
        row = _times(key, row, (*_PRICES, *_MONEY), factor)
        if key == "limits" and row["basis"] is None and row["measure"] in _MONEY_LIMITS:
            row = {**row, "value": row["value"] * factor}
        if key == "objectives" and row["objective"] in MONEY_OBJECTIVES:
            row = {**row, **_scaled(row, "tolerance_amount", factor)}
        return row

    return draft.changed(change)


def _times(key: str, row: Row, units: Collection[Unit], factor: float) -> Row:
    scaled = [name for name, column in columns(DECLARED[key]).items() if column.unit in units]
    return {**row, **{n: v for name in scaled for n, v in _scaled(row, name, factor).items()}}


def _scaled(row: Row, name: str, factor: float) -> Row:
    return {name: row[name] * factor} if row.get(name) is not None else {}


def priced(draft: Draft) -> Sequence[Row]:
    """Return the products, each with a price of its own."""
    return [{**row, "price": row["price"] or 1.0} for row in draft["products"]]


def renamed(draft: Draft, names: Mapping[str, str]) -> Draft:
    """Give actors and products other names, wherever they stand."""

    def change(key: str, row: Row) -> Row:
        named = {
            name for name, column in columns(DECLARED[key]).items()
            if {"actors", "products"} & set(column.refers) or (key, name) in (("actors", "actor"), ("products", "product"))
        }  # fmt: skip
        return {k: names.get(v, v) if k in named and isinstance(v, str) else v for k, v in row.items()}

    return draft.changed(change)


def shuffled(draft: Draft, seed: int) -> Draft:
    """Shuffle rows and sheets; periods keep their order, which is time's."""
    chance = random.Random(seed)
    keys = list(draft.rows)
    chance.shuffle(keys)
    return Draft(
        {
            key: draft[key] if key == "periods" else chance.sample(list(draft[key]), len(draft[key]))
            for key in keys
        }
    )  # fmt: skip


def looser(draft: Draft) -> Draft:
    """Raise every ceiling and lower every floor, none of them to nothing."""

    def change(key: str, row: Row) -> Row:
        ceiling = {"links": "maximum", "offers": "maximum", "processes": "capacity", "storage": "capacity",
                   "funding": "maximum"}.get(key)  # fmt: skip
        if ceiling and row.get(ceiling) is not None:
            row = {**row, ceiling: row[ceiling] * 1.5}
        if row.get("minimum") is not None:
            row = {**row, "minimum": row["minimum"] * 0.5}
        if key == "processes" and row.get("expansion_max") is not None:
            row = {**row, "expansion_max": row["expansion_max"] * 1.5}
        if key == "actors" and row.get("reserve") is not None:
            row = {**row, "reserve": row["reserve"] * 1.5}
        if key == "limits":
            looser_by = {w.Comparison.AT_MOST: 1.5, w.Comparison.AT_LEAST: 0.5}[row["sense"]]
            row = {**row, "value": row["value"] * looser_by}
        return row

    return draft.changed(change)


def halves(period: str) -> tuple[str, str]:
    """The names of the two halves of a period."""
    return f"{period} 1", f"{period} 2"


def split(draft: Draft, period: str) -> Draft:
    """Cut one period into two halves. What a calendar gives to it is shared between them, and what holds in that
    period only becomes two rows, each with half the quantities. A year without periods becomes two of them.
    """
    if not draft["periods"]:
        return draft.having(periods=[{"period": half} for half in halves(period)])
    shares = len(draft["periods"])
    rows: dict[str, Sequence[Row]] = {}
    for key, table in draft.rows.items():
        if key == "periods":
            typed = [{**row, "share": 1.0 / shares if row.get("share") is None else row["share"]} for row in table]
            rows[key] = [half for row in typed for half in _halved_period(row, period)]
        elif key == "profiles":
            rows[key] = [_halved_profile(row, period) for row in table]
        else:
            rows[key] = [half for row in table for half in _halved(key, row, period)]
    return Draft(rows)


def _halved_period(row: Row, period: str) -> Sequence[Row]:
    if row["period"] != period:
        return [row]
    return [{**row, "period": half, "share": row["share"] / 2} for half in halves(period)]


def _halved_profile(row: Row, period: str) -> Row:
    part = 0.5 if row["kind"] is w.ProfileKind.SPREAD else 1.0
    values: dict[str, Any] = {}
    for name, value in row["values"].items():
        values |= dict.fromkeys(halves(period), value * part) if name == period else {name: value}
    return {**row, "values": values}


def _halved(key: str, row: Row, period: str) -> Sequence[Row]:
    if row.get("period") != period:
        return [row]
    halved = _times(key, row, _QUANTITIES, 0.5)
    if key == "limits" and row["basis"] is None:
        halved = {**halved, "value": row["value"] / 2}
    named = [{"limit": f"{row['limit']} {i}"} if key == "limits" else {} for i in (1, 2)]
    return [{**halved, **name, "period": half} for half, name in zip(halves(period), named, strict=True)]
