"""Workbooks that count one product in different units, brought to the units of the first of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, TypeVar

from filiere.chain.parse.tables import Tables
from filiere.names import fold, loose
from filiere.schema import TABLES, Row, Unit, columns
from filiere.schema import tables as t
from filiere.schema import words as w
from filiere.units import factor

Item = TypeVar("Item", bound=Row)

_AMOUNTS = (Unit.AMOUNT, Unit.AMOUNT_PER_LEVEL, Unit.STOCK)
_PER_UNIT = (Unit.PRICE, Unit.STOCK_COST, Unit.CO2_PER_AMOUNT)


def units_of(tables: Tables) -> Mapping[str, str]:
    """Return the unit of each product by its folded name."""
    return {fold(row.product): row.unit for row in tables.products}


def counted_in(tables: Tables, units: Mapping[str, str]) -> Tables:
    """Return the rows with each product counted in the unit that ``units`` gives it, where it converts to that."""
    own = units_of(tables)
    sizes: dict[str, float] = {}
    for product, unit in own.items():
        size = factor(unit, units[product]) if product in units and loose(unit) != loose(units[product]) else None
        if size is not None:
            sizes[product] = size
    if not sizes:
        return tables
    converter = _Counted(units, sizes)
    rows: dict[str, Any] = {
        declared.table.key: tuple(converter.row(row) for row in getattr(tables, declared.table.key))
        for declared in TABLES
        if declared.table.key not in ("settings", "scenarios")
    }
    return replace(tables, **rows)


class _Counted:
    def __init__(self, units: Mapping[str, str], sizes: Mapping[str, float]) -> None:
        self._units, self._sizes = units, sizes

    def row(self, row: Item) -> Item:
        """Return a row in which every figure stands in the other unit."""
        changed: dict[str, Any] = {}
        for name, column in columns(type(row)).items():
            value = getattr(row, name)
            if not isinstance(value, float | int) or isinstance(value, bool) or name in row.units:
                continue
            product = fold(getattr(row, column.product) or "") if column.product else ""
            size = self._sizes.get(product)
            if column.unit in _AMOUNTS and size:
                changed[name] = value * size
            elif column.unit in _PER_UNIT and size:
                changed[name] = value / size
            elif column.unit is Unit.AMOUNT_PER_AMOUNT:
                # Counted in its own product, per unit of the row's product.
                changed[name] = value * (size or 1.0) / self._sizes.get(fold(getattr(row, "product", "") or ""), 1.0)
        served = self._sizes.get(fold(getattr(row, "product", None) or ""))
        if served and getattr(row, "measures", None):
            changed["measures"] = {name: value / served for name, value in row.measures.items()}  # type: ignore[attr-defined]
        if isinstance(row, t.LimitRow) and row.measure is w.LimitMeasure.QUANTITY and served:
            share = row.basis is not w.LimitBasis.ABSOLUTE
            changed["value"] = row.value if share or row.value is None else row.value * served
        if isinstance(row, t.ProductRow) and served:
            changed["unit"] = self._units[fold(row.product)]
            if row.kg is not None and "kg" not in row.units:
                changed["kg"] = row.kg / served
        return replace(row, **changed) if changed else row
