"""Units written beside numbers: converted to what the column is counted in, or refused.

Parsing has read percentages; every other unit waits for the row's product or the currency to be known.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import Any, TypeVar

from filiere.chain.assemble.names import Register
from filiere.chain.parse.cell import meant
from filiere.language import Label
from filiere.names import fold, loose, tidy
from filiere.problems import Cell
from filiere.problems import assembling as say
from filiere.schema import Column, HeadingUnit, Row, Unit, columns
from filiere.schema.tables import SettingsValues
from filiere.units import (
    factor,
    is_own_unit,
    mass_in_kg,
    misspelt_unit,
    money_factor,
    multiplied,
    of_the_year,
    without_year,
)

Item = TypeVar("Item", bound=Row)

_QUANTITIES = (Unit.AMOUNT, Unit.AMOUNT_PER_LEVEL, Unit.AMOUNT_PER_AMOUNT, Unit.MEANS_PER_AMOUNT, Unit.STOCK)
_PRICES = (Unit.PRICE, Unit.STOCK_COST)
_MONEYS = (Unit.MONEY, Unit.CAPITAL, Unit.MONEY_PER_LEVEL)
_YEARLY = (Unit.AMOUNT, Unit.MONEY, Unit.LEVEL)
_RATIOS = (*_PRICES, Unit.CO2_PER_AMOUNT)
# What is counted per unit of something that has no size of its own: only what stands above the slash is looked at.
_PER_SOMETHING = (
    Unit.AMOUNT_PER_LEVEL, Unit.AMOUNT_PER_AMOUNT, Unit.MONEY_PER_LEVEL, Unit.CO2_PER_LEVEL, Unit.JOBS, Unit.MASS,
)  # fmt: skip
# The units that stand on their own; what a level or a plain number counts has no unit but "unit".
_OWN = {
    Unit.DISTANCE: ("km",), Unit.MASS: ("kg",), Unit.YEARS: ("year",), Unit.DEGREES: ("°",),
    Unit.JOBS: ("ETP", "FTE"), Unit.LEVEL: ("unit",), Unit.PLAIN: ("unit",),
}  # fmt: skip


class Converter:
    """Turns written units into those of the columns.

    ``own`` gives each product's unit by folded name, ``made`` the units of what each activity puts out.
    """

    def __init__(
        self, register: Register, settings: SettingsValues, own: Mapping[str, str], made: Mapping[str, set[str]]
    ) -> None:
        self._register = register
        self._currency = settings.currency
        self._own = own
        self._made = made
        self._doubted: set[tuple[Cell | None, str]] = set()

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
            by: float | None
            if isinstance(unit, HeadingUnit):
                by = self._by_heading(unit, column, own or "", row)
            else:
                by = self._factor(unit, column.unit, own or "")
            if by is None:
                self._refuse(row, name, column, unit, own or "")
            else:
                changed[name] = None if getattr(row, name) is None else getattr(row, name) * by
        return replace(row, **changed)

    def _product_unit(self, row: Row, column: Column) -> str | None:
        name = getattr(row, column.product) if column.product else None
        return self._own.get(fold(name)) if name else None

    def _by_heading(self, unit: HeadingUnit, column: Column, own: str, row: Row) -> float:
        """Return what the plain numbers under a heading with a unit are multiplied by; a unit that cannot be is told.

        It is told once for each unit that the products of the column are counted in.
        """
        thousands, rest = multiplied(unit)
        times, rest = of_the_year(rest)
        by = None if times != 1.0 and column.unit not in _YEARLY else self._below_heading(rest, column.unit, own, row)
        if by is not None:
            return thousands * times * by
        expected = self._expected(column, own) or Label("units of activity", "unités d'activité")
        if (unit.cell, str(expected)) not in self._doubted:
            self._doubted.add((unit.cell, str(expected)))
            self._register.report(
                say.HEADING_UNIT.at(unit.cell, unit=str(unit), column=column.label, expected=expected)
            )
        return 1.0

    def _below_heading(self, unit: str, kind: Unit | None, own: str, row: Row) -> float | None:
        above, _, below = unit.partition("/")
        if kind is Unit.LEVEL:
            sizes = [factor(above, other) for other in self._made.get(fold(getattr(row, "process", "")), ())]
            known = [size for size in sizes if size is not None]
            return 1.0 if not known or 1.0 in known else None
        if kind in _RATIOS:
            below = below.partition("/")[0]
            return self._factor(above if is_own_unit(below) else f"{above}/{below}", kind, own)
        if is_own_unit(above) and kind not in (*_MONEYS, Unit.SHARE):
            return 1.0
        if kind is Unit.AMOUNT_PER_AMOUNT and (served := self._own.get(fold(getattr(row, "product", "")))):
            size, per = factor(above, own), factor(served, below)
            # What is served is said in another unit than its own only where both are of one dimension.
            return size if size is None or per is None else size * per
        return self._factor(above if kind in _PER_SOMETHING else unit, kind, own)

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
        expected = self._expected(column, own)
        if expected is None:
            self._register.report(say.UNIT_UNEXPECTED.at(row.at(name), unit=tidy(unit), column=column.label))
        else:
            self._register.report(
                say.UNIT_MISMATCH.at(row.at(name), unit=tidy(unit), expected=expected, meant=meant(misspelt_unit(unit)))
            )

    def _expected(self, column: Column, own: str) -> str | Label | None:
        """Return in what the numbers of a column are counted; None where it is nothing that has a unit."""
        if column.unit in _QUANTITIES:
            return own
        if column.unit in _PRICES:
            return f"{self._currency}/{own}"
        if column.unit is Unit.CO2_PER_AMOUNT:
            return f"kg CO₂e/{own}"
        return None if column.unit in (Unit.LEVEL, Unit.PLAIN, None) else column.unit.value


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
