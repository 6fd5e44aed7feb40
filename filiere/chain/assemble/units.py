"""Units written beside numbers: converted to what the column is counted in, or refused.

Parsing has read percentages; every other unit waits for the row's product or the currency to be known.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any, TypeVar

from filiere.chain.assemble.names import Register
from filiere.language import Label
from filiere.names import fold, loose, tidy
from filiere.problems import assembling as say
from filiere.schema import Column, Row, Unit, columns
from filiere.schema.tables import SettingsValues
from filiere.units import factor, mass_in_kg, money_factor, without_year

Item = TypeVar("Item", bound=Row)

_QUANTITIES = (Unit.AMOUNT, Unit.AMOUNT_PER_LEVEL, Unit.AMOUNT_PER_AMOUNT, Unit.STOCK)
_PRICES = (Unit.PRICE, Unit.STOCK_COST)
_MONEYS = (Unit.MONEY, Unit.CAPITAL, Unit.MONEY_PER_LEVEL)
# The units that stand on their own; what a level or a plain number counts has no unit but "unit".
_OWN = {
    Unit.DISTANCE: ("km",), Unit.MASS: ("kg",), Unit.YEARS: ("year",), Unit.DEGREES: ("°",),
    Unit.JOBS: ("ETP", "FTE"), Unit.LEVEL: ("unit",), Unit.PLAIN: ("unit",),
}  # fmt: skip


class Converter:
    """Turns written units into those of the columns; ``own`` gives each product's unit by folded name."""

    def __init__(self, register: Register, settings: SettingsValues, own: dict[str, str]) -> None:
        self._register = register
        self._currency = settings.currency
        self._own = own

    def rows(self, rows: Iterable[Item]) -> tuple[Item, ...]:
        """Return ``rows`` with every number in its column's unit; a unit that does not fit is reported."""
        return tuple(self._row(row) if row.units else row for row in rows)

    def _row(self, row: Item) -> Item:
        changed: dict[str, Any] = {"units": {}}
        declared = columns(type(row))
        for name, unit in row.units.items():
            column = declared[name]
            own = self._product_unit(row, column)
            if column.product and own is None:
                continue  # an unknown product is reported where it is named
            by = self._factor(unit, column.unit, own or "")
            if by is None:
                self._refuse(row, name, column, unit, own or "")
            else:
                changed[name] = getattr(row, name) * by
        return replace(row, **changed)

    def _product_unit(self, row: Row, column: Column) -> str | None:
        name = getattr(row, column.product) if column.product else None
        return self._own.get(fold(name)) if name else None

    def _factor(self, written: str, kind: Unit | None, own: str) -> float | None:
        """Return what a number in ``written`` is multiplied by, None where it cannot be converted."""
        if kind is Unit.YEARS:
            return factor(written, "year")
        unit = without_year(written)
        if kind in _QUANTITIES:
            return factor(unit, own)
        if kind in _PRICES:
            return _ratio(unit, own, self._money)
        if kind in _MONEYS:
            return self._money(unit)
        if kind is Unit.CO2_PER_AMOUNT:
            return _ratio(unit, own, _carbon)
        if kind is Unit.CO2_PER_LEVEL:
            return _carbon(unit)
        sizes = (factor(unit, same) for same in _OWN.get(kind, ())) if kind else iter(())
        return next((size for size in sizes if size is not None), None)

    def _money(self, unit: str) -> float | None:
        return money_factor(unit, self._currency)

    def _refuse(self, row: Row, name: str, column: Column, unit: str, own: str) -> None:
        expected: str | Label
        if column.unit in _QUANTITIES:
            expected = own
        elif column.unit in _PRICES:
            expected = f"{self._currency}/{own}"
        elif column.unit is Unit.CO2_PER_AMOUNT:
            expected = f"kg CO₂e/{own}"
        elif column.unit in (Unit.LEVEL, Unit.PLAIN) or column.unit is None:
            self._register.report(say.UNIT_UNEXPECTED.at(row.at(name), unit=tidy(unit), column=column.label))
            return
        else:
            expected = column.unit.value
        self._register.report(say.UNIT_MISMATCH.at(row.at(name), unit=tidy(unit), expected=expected))


def _ratio(unit: str, own: str, numerator: Callable[[str], float | None]) -> float | None:
    """Return the size of ``something/unit`` in that of ``something`` per own unit: 1 €/kg is 1000 €/t."""
    above, slash, below = unit.partition("/")
    size = numerator(above)
    if size is None or not slash:
        return size
    per = factor(own, without_year(below))
    return None if per is None else size * per


def _carbon(unit: str) -> float | None:
    """Return the kg of ``kg CO2e``, ``t CO2``, ``kg``."""
    mass, _, gas = tidy(unit).partition(" ")
    return mass_in_kg(mass) if not gas or "co2" in loose(gas) else None
