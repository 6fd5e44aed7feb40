"""Units written beside numbers: converted to what the column is counted in, or refused.

Parsing has read percentages; every other unit waits for the row's product or the currency to be known.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar, cast

from filiere.chain.assemble.names import Register
from filiere.chain.parse.cell import meant
from filiere.language import Label, sign_of
from filiere.names import fold, loose, tidy
from filiere.problems import Cell
from filiere.problems import assembling as say
from filiere.schema import Column, HeadingUnit, Row, ShownUnit, Unit, changed, columns
from filiere.schema.tables import SettingsValues
from filiere.schema.units import Of
from filiere.units import (
    factor,
    is_own_unit,
    is_time,
    mass_in_kg,
    misspelt_unit,
    money_factor,
    multiplied,
    of_the_year,
    without_year,
)

Item = TypeVar("Item", bound=Row)
_IN_LEVELS = Label("is counted in {what}", "se compte en {what}").fill(what=Unit.LEVEL.value.label)
_NOT_COUNTED = Label("has no unit", "n'a pas d'unité")


@dataclass
class Converted:
    """Rows that were converted without a word: most of them are the same in every scenario of a workbook."""

    rows: list[tuple[object, dict[int, tuple[Row, Row]]]] = field(default_factory=list)
    """By the currency and the units of products that held: a row and what it became, by the row's identity."""

    def of(self, units: object) -> dict[int, tuple[Row, Row]]:
        """Return those of these units; where they did not hold before, there are none yet."""
        for held, rows in self.rows:
            if held == units:
                return rows
        self.rows.append((units, {}))
        return self.rows[-1][1]


class Converter:
    """Turns written units into those of the columns.

    ``own`` gives each product's unit by folded name, ``made`` the units of what each activity puts out; rows that are
    ``done`` already are not converted again.
    """

    def __init__(
        self, register: Register, settings: SettingsValues, own: Mapping[str, str], made: Mapping[str, set[str]],
        done: Converted | None = None,
    ) -> None:  # fmt: skip
        self._register = register
        self._currency = settings.currency
        self._own = own
        self._made = made
        self._doubted: set[tuple[Cell | None, str]] = set()
        self._done = (done or Converted()).of((settings.currency, own, made))
        self._told = 0

    def rows(self, rows: Iterable[Item]) -> tuple[Item, ...]:
        """Return ``rows`` with every number in its column's unit; a unit that does not fit is reported."""
        return tuple(self._row(row) if row.units else row for row in rows)

    def _row(self, row: Item) -> Item:
        known = self._done.get(id(row))
        if known is not None:
            return cast(Item, known[1])
        told = self._told
        converted = self._converted(row)
        if self._told == told:  # else it is told again in the next scenario
            self._done[id(row)] = row, converted
        return converted

    def _converted(self, row: Item) -> Item:
        new: dict[str, Any] = {"units": {}}
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
                new[name] = None if getattr(row, name) is None else getattr(row, name) * by
        return changed(row, **new)

    def _product_unit(self, row: Row, column: Column) -> str | None:
        name = getattr(row, column.product) if column.product else None
        return self._own.get(fold(name)) if name else None

    def _by_heading(self, unit: HeadingUnit, column: Column, own: str, row: Row) -> float:
        """Return what plain numbers are multiplied by for the unit that their heading, or their cell, shows.

        A unit that they cannot be converted from is told once for each unit that the column's products are counted in.
        """
        thousands, rest = multiplied(unit)
        times, rest = of_the_year(rest)
        by = (
            None
            if times != 1.0 and not (column.unit and column.unit.value.yearly)
            else self._below_heading(rest, column.unit, own, row)
        )
        if by is not None:
            return thousands * times * by
        expected = self._expected(column, own) or Label("units of activity", "unités d'activité")
        if (unit.cell, str(expected)) not in self._doubted:
            self._doubted.add((unit.cell, str(expected)))
            self._told += 1
            code = say.SHOWN_UNIT if isinstance(unit, ShownUnit) else say.HEADING_UNIT
            self._register.report(code.at(unit.cell, unit=str(unit), column=column.label, expected=expected))
        return 1.0

    def _below_heading(self, unit: str, kind: Unit | None, own: str, row: Row) -> float | None:
        above, _, below = unit.partition("/")
        facts = (kind or Unit.PLAIN).value
        if kind is Unit.LEVEL and is_time(below):
            return None  # a day's or a week's figure: how many are worked in the year, nobody says
        if kind is Unit.LEVEL:
            sizes = [factor(above, other) for other in self._made.get(fold(getattr(row, "process", "")), ())]
            known = [size for size in sizes if size is not None]
            return 1.0 if not known or 1.0 in known else None
        if facts.per_product:
            below = below.partition("/")[0]
            return self._factor(above if is_own_unit(below) else f"{above}/{below}", kind, own)
        if is_own_unit(above) and facts.of is not Of.MONEY and kind is not Unit.SHARE:
            return 1.0
        if kind is Unit.AMOUNT_PER_AMOUNT and (served := self._own.get(fold(getattr(row, "product", "")))):
            size, per = factor(above, own), factor(served, below)
            # What is served is said in another unit than its own only where both are of one dimension.
            return size if size is None or per is None else size * per
        return self._factor(above if facts.per_something else unit, kind, own)

    def _factor(self, written: str, kind: Unit | None, own: str) -> float | None:
        """Return what a number in ``written`` is multiplied by, None where it cannot be converted."""
        if kind is None:
            return None
        facts = kind.value
        if facts.of is Of.TIME:
            return factor(written, *facts.written)
        unit = without_year(written)
        if facts.of is Of.PRODUCT:
            return factor(unit, own)
        numerator = {Of.MONEY: self._money, Of.CARBON: _carbon}.get(facts.of)
        if numerator is not None:
            return _ratio(unit, own, numerator) if facts.per_product else numerator(unit)
        sizes = (factor(unit, same) for same in facts.written)
        return next((size for size in sizes if size is not None), None)

    def _money(self, unit: str) -> float | None:
        return money_factor(unit, self._currency)

    def _refuse(self, row: Row, name: str, column: Column, unit: str, own: str) -> None:
        expected = self._expected(column, own)
        self._told += 1
        if expected is None:
            counted = _IN_LEVELS if column.unit is Unit.LEVEL else _NOT_COUNTED
            self._register.report(
                say.UNIT_UNEXPECTED.at(row.at(name), unit=tidy(unit), column=column.label, counted=counted)
            )
        else:
            self._register.report(
                say.UNIT_MISMATCH.at(row.at(name), unit=tidy(unit), expected=expected, meant=meant(misspelt_unit(unit)))
            )

    def _expected(self, column: Column, own: str) -> str | Label | None:
        """Return in what the numbers of a column are counted; None where it is nothing that has a unit."""
        unit = column.unit
        if unit in (Unit.LEVEL, Unit.PLAIN, None):
            return None
        if unit.value.of is Of.PRODUCT:
            return own
        sign = sign_of(self._currency)
        if unit.value.per_product:
            return f"{'kg CO₂e' if unit.value.of is Of.CARBON else sign}/{own}"
        if unit.value.of is Of.MONEY:
            return Label(unit.label.en.replace("currency", sign), unit.label.fr.replace("monnaie", sign))
        return unit.label


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
