"""The rows of a workbook by their content: which is which, whatever line they stand on, and what they hold."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from filiere.chain.assemble.assemble import in_own_units
from filiere.chain.assemble.names import Register
from filiere.chain.parse.cell import shown
from filiere.chain.parse.number import exactly
from filiere.chain.parse.row import Places
from filiere.chain.parse.sheets import parse
from filiere.chain.parse.tables import Tables
from filiere.names import fold
from filiere.schema import Row
from filiere.schema import words as w
from filiere.schema.tables import LinkRow, ProductRow
from filiere.table import RawWorkbook
from filiere.workbook.questionnaire.form import Value, short

KEYS: Mapping[str, tuple[str, ...]] = {
    "actors": ("actor",),
    "products": ("product",),
    "processes": ("process", "actor"),
    "recipes": ("process", "product"),
    "links": ("from_", "to", "product", "period"),
    "offers": ("actor", "product", "period"),
    "needs": ("actor", "product", "period"),
    "storage": ("actor", "product"),
    "funding": ("funder", "actor", "kind", "process"),
}
"""The columns that tell the rows of a table apart; rows alike in all of them are counted."""
MEASURE = "measure: "


@dataclass(frozen=True)
class RowKey:
    """Which row: its table, what its key columns say (folded), and the how-manieth of those alike it is."""

    table: str
    parts: tuple[str, ...]
    turn: int = 0

    @property
    def mark(self) -> str:
        """The short name of the row."""
        return short("|".join((self.table, *self.parts, str(self.turn))))


@dataclass(frozen=True)
class KeyedRows:
    """The rows of a workbook that exist in its reference, by their keys."""

    tables: Tables

    @cached_property
    def rows(self) -> Mapping[RowKey, Row]:
        """Every row, in the order of the sheets."""
        return dict(self._keyed())

    @cached_property
    def by_mark(self) -> Mapping[str, RowKey]:
        """Short name → key."""
        return {key.mark: key for key in self.rows}

    def of(self, table: str) -> Iterator[tuple[RowKey, Row]]:
        """Yield the rows of one table."""
        return ((key, row) for key, row in self.rows.items() if key.table == table)

    @cached_property
    def perimeters(self) -> Mapping[str, w.Perimeter]:
        """Folded actor → where it stands."""
        return {fold(row.actor): row.perimeter for row in self.tables.actors}

    @cached_property
    def units(self) -> Mapping[str, str]:
        """Folded product → its unit."""
        return {key: row.unit for key, row in self.goods.items()}

    @cached_property
    def goods(self) -> Mapping[str, ProductRow]:
        """Folded product → its row."""
        return {fold(row.product): row for row in self.tables.products}

    def of_many(self, row: Row) -> bool:
        """Whether an exchange is with a group or anybody: a row of many pairs holds no figure of this year."""
        return isinstance(row, LinkRow) and any(fold(end) not in self.perimeters for end in (row.from_, row.to))

    def _keyed(self) -> Iterator[tuple[RowKey, Row]]:
        for table in KEYS:
            seen: Counter[tuple[str, ...]] = Counter()
            for row in getattr(self.tables, table):
                if row.scenario is None:
                    parts = parts_of(table, row)
                    yield RowKey(table, parts, seen[parts]), row
                    seen[parts] += 1


def keyed_rows(raw: RawWorkbook) -> KeyedRows:
    """Return the rows of a workbook, every figure in its column's unit whatever unit it was written in."""
    tables = parse(raw)
    return KeyedRows(in_own_units(tables, Register(tables)))


def parts_of(table: str, row: Row) -> tuple[str, ...]:
    """Return what the key columns of a row say, folded."""
    return tuple(fold(_text(getattr(row, name))) for name in KEYS[table])


def _text(value: Any) -> str:
    if value is None:
        return ""
    return value.key if isinstance(value, w.Word) else str(value)


def typed(row: Row, column: str) -> bool:
    """Whether a cell of a row is filled."""
    if column.startswith(MEASURE):
        return column.removeprefix(MEASURE) in row.measures  # type: ignore[attr-defined]
    return isinstance(row.cells, Places) and column in row.cells.typed


def value_of(row: Row, column: str) -> Value:
    """Return what a cell of a row holds, None where it is blank: a number, or text (also a number with its unit)."""
    if not typed(row, column):
        return None
    if column.startswith(MEASURE):
        return float(row.measures[column.removeprefix(MEASURE)])  # type: ignore[attr-defined]
    value = getattr(row, column)
    if isinstance(value, float | int):
        unit = row.units.get(column, "")
        return f"{exactly(float(value)).en} {unit}" if unit else float(value)
    if isinstance(value, w.Word):
        return value.label.fr
    return "; ".join(value) if isinstance(value, tuple) else shown(value)


def measures_of(row: Row) -> tuple[str, ...]:
    """Return the measures that the sheet of a row has columns for."""
    return tuple(name for name in row.cells if name.startswith(MEASURE))
