"""A workbook to spoil: the bread part of the food example as cells, which are changed and then written as a file.

The example is read once a language and cut down to its bread: thirty times fewer cells, and still every table.
Columns are named by their field and rows by their number, so that one change serves both languages.
"""

from __future__ import annotations

import copy
import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Literal

from filiere.language import Language
from filiere.problems import Cell
from filiere.schema import TABLES, columns
from filiere.workbook.read.read import read_workbook

EXAMPLES = Path(__file__).parents[2] / "data_templates"

Format = Literal["xlsx", "ods"]


@dataclass(frozen=True)
class Error:
    """A cell that shows an error, such as ``#REF!``."""

    text: str


@dataclass(frozen=True)
class Formula:
    """A formula as Excel writes it, without ``=``; without a ``value`` it was never computed."""

    text: str
    value: Value | None = None


Value = str | float | bool | dt.date | dt.datetime | dt.time | Error | Formula


@dataclass
class Sheet:
    """One sheet: ``cells`` by row (from 1) and column (from 0), ``fields`` by field name → column."""

    name: str
    key: str = ""
    fields: dict[str, int] = field(default_factory=dict)
    cells: dict[tuple[int, int], Value] = field(default_factory=dict)
    hidden: bool = False
    merged: list[str] = field(default_factory=list)
    blank_rows: int = 0
    """Formatted blank rows below the last one."""

    def __getitem__(self, place: tuple[int, str]) -> Value:
        row, name = place
        return self.cells[row, self.fields[name]]

    def __setitem__(self, place: tuple[int, str], value: Value | None) -> None:
        row, name = place
        self.put(row, self.fields[name], value)

    def put(self, row: int, column: int, value: Value | None) -> None:
        """Set one cell; None empties it."""
        if value is None:
            self.cells.pop((row, column), None)
        else:
            self.cells[row, column] = value

    def text(self, row: int, name: str) -> str:
        """Return the text of a cell."""
        value = self[row, name]
        assert isinstance(value, str)
        return value

    def number(self, row: int, name: str) -> float:
        """Return the number of a cell."""
        value = self[row, name]
        assert isinstance(value, float)
        return value

    @property
    def last_row(self) -> int:
        return max((row for row, _ in self.cells), default=0)

    @property
    def last_column(self) -> int:
        return max((column for _, column in self.cells), default=-1)

    def move(self, where: Callable[[int, int], tuple[int, int]]) -> None:
        """Move every cell; headings take their fields along."""
        self.cells = {where(row, column): value for (row, column), value in self.cells.items()}
        self.fields = {name: where(1, column)[1] for name, column in self.fields.items()}

    def insert_rows(self, at: int, count: int = 1) -> None:
        self.move(lambda row, column: (row + count if row >= at else row, column))

    def insert_columns(self, at: int, count: int = 1) -> None:
        self.move(lambda row, column: (row, column + count if column >= at else column))

    def drop_row(self, row: int) -> None:
        self.cells = {(r - (r > row), c): value for (r, c), value in self.cells.items() if r != row}

    def drop_column(self, name: str) -> None:
        """Empty a column, heading included."""
        column = self.fields.pop(name)
        self.cells = {(r, c): value for (r, c), value in self.cells.items() if c != column}

    def append(self, **values: Value) -> int:
        """Write a row below the last one; return its number."""
        row = self.last_row + 1
        for name, value in values.items():
            self[row, name] = value
        return row

    def copy_row(self, row: int, **changed: Value | None) -> int:
        """Write a row once more below the last one, changed; return its number."""
        last = self.last_row + 1
        for name, column in self.fields.items():
            value = changed[name] if name in changed else self.cells.get((row, column))
            self.put(last, column, value)
        return last

    def cell(self, row: int | None = None, name: str | int | None = None) -> str:
        """Return an address as a problem writes it."""
        column = self.fields[name] if isinstance(name, str) else name
        return str(Cell(self.name, row, column))


@dataclass
class Book:
    """A workbook: its sheets in order, by the key of their table."""

    language: Language
    sheets: list[Sheet]

    def __getitem__(self, key: str) -> Sheet:
        return next(sheet for sheet in self.sheets if sheet.key == key)

    def drop(self, key: str) -> None:
        self.sheets = [sheet for sheet in self.sheets if sheet.key != key]

    def add(self, name: str, rows: Mapping[tuple[int, int], Value], key: str = "") -> Sheet:
        sheet = Sheet(name, key or f"+{name}", cells=dict(rows))
        self.sheets.append(sheet)
        return sheet

    def twin(self, key: str, name: str) -> Sheet:
        """Add a copy of a sheet under another name."""
        copied = copy.deepcopy(self[key])
        copied.name, copied.key = name, f"+{name}"
        self.sheets.append(copied)
        return copied

    def pick(self, en: str, fr: str) -> str:
        return fr if self.language == "fr" else en

    def place(self, said: str) -> str:
        """Return the address that ``links.price.4`` stands for; ``links``, ``links.4`` and ``+Name`` work too."""
        if not said:
            return ""
        key, *rest = said.split(".")
        sheet = self[key]
        if not rest:
            return sheet.cell()
        name = rest[0] if len(rest) > 1 or not rest[0].isdigit() else None
        row = int(rest[-1]) if rest[-1].isdigit() else None
        if name is not None and name not in sheet.fields:
            return f"{sheet.name}!{name}{row or ''}"  # column letters
        return sheet.cell(row, name)


# ---- the bread of the food example

_RARE = ("Source", "Confiance", "Confidence", "Incertitude", "Uncertainty")
"""Columns that every sheet has: kept on one of them."""

_PRODUCTS = ("Blé bio", "Farine bio", "Son", "Pain", "Pain invendu", "Eau")
_TOO_MANY = {
    "cantines", "éleveurs laitiers", "Cuisine centrale des écoles", "Collège des Deux Rives", "Hôpital local",
    "Campings et gîtes", "Brasserie des Collines", "Ferme porcine de la Serve", "Foyers accompagnés", "Marché paysan",
    "Visiteurs du marché",
}  # fmt: skip
_NOT_ABOUT_BREAD = {
    "settings": (7, 8, 9, 10, 11, 15), "profiles": (3, 5, 6, 7, 8), "limits": (2, 3),
    "scenarios": tuple(set(range(2, 14)) - {12}),
}  # fmt: skip


@cache
def example(language: Language) -> Book:
    """Return every sheet of the food example that holds a table, as cells; comment columns are left out."""
    tables = {table.sheet: table for table in read_workbook(EXAMPLES / f"food_example_{language}.xlsx").tables}
    sheets = []
    for declared in TABLES:
        table = tables[declared.table.label.to(language)]
        sheet = Sheet(table.sheet, declared.table.key)
        heads = {at: str(text) for at, text in table.rows[0].values.items() if not str(text).startswith("#")}
        headed = {at: text for at, text in heads.items() if sheet.key == "links" or text.split("\n")[0] not in _RARE}
        for to, at in enumerate(sorted(headed)):
            names = {c.label.to(language).replace("_", " ").casefold(): n for n, c in columns(declared).items()}
            name = headed[at].split("\n")[0].casefold().replace("co₂", "co2")
            sheet.fields[names.get(name, headed[at])] = to
            for row in table.rows:
                if at in row.values:
                    value = row.values[at]
                    assert isinstance(value, str | float)
                    sheet.cells[row.number, to] = value
        sheets.append(sheet)
    return Book(language, sheets)


@cache
def _kept() -> dict[str, list[int]]:
    """Return which rows of the French example are about bread, by table: both languages have the same rows."""
    book = example("fr")
    recipes = book["recipes"]
    processes: dict[str, set[str]] = {}
    for row in range(2, recipes.last_row + 1):
        processes.setdefault(recipes.text(row, "process"), set()).add(recipes.text(row, "product"))
    making = {name for name, products in processes.items() if products <= set(_PRODUCTS)}
    kept: dict[str, list[int]] = {}
    for sheet in book.sheets:
        rows = range(2, sheet.last_row + 1)
        if "process" in sheet.fields and sheet.key in ("recipes", "processes"):
            rows = [row for row in rows if sheet.text(row, "process") in making]
        elif "product" in sheet.fields and sheet.key != "limits":
            rows = [row for row in rows if sheet.text(row, "product") in _PRODUCTS]
        ends = [
            name for name in ("actor", "from_", "to") if name in sheet.fields and sheet.key not in ("actors", "limits")
        ]
        rows = [row for row in rows if not {sheet.text(row, name) for name in ends} & _TOO_MANY]
        kept[sheet.key] = [row for row in rows if row not in _NOT_ABOUT_BREAD.get(sheet.key, ())]
    named = {
        sheet.text(row, name)
        for sheet in (book["processes"], book["links"], book["needs"], book["offers"], book["storage"])
        for row in kept[sheet.key]
        for name in ("actor", "from_", "to")
        if name in sheet.fields
    }
    actors = book["actors"]
    kept["actors"] = [
        row
        for row in kept["actors"]
        if actors.text(row, "actor") in named or set(str(actors.cells.get((row, 3), "")).split("; ")) & named
    ]
    people = {actors.text(row, "actor") for row in kept["actors"]}
    funding = book["funding"]
    kept["funding"] = [
        row for row in kept["funding"] if {funding.text(row, "funder"), funding.text(row, "actor")} <= people
    ]
    return kept


@cache
def _bread(language: Language) -> Book:
    whole = example(language)
    sheets = []
    for sheet in whole.sheets:
        rows = {row: number for number, row in enumerate([1, *_kept()[sheet.key]], start=1)}
        cells = {(rows[row], column): v for (row, column), v in sheet.cells.items() if row in rows}
        sheets.append(Sheet(sheet.name, sheet.key, dict(sheet.fields), cells))
    book = Book(language, sheets)
    # The one rule left is made about flour: bakeries buy 60 % of it from members.
    limits = book["limits"]
    limits[2, "to"], limits[2, "product"] = book.pick("bakeries", "boulangeries"), book["products"][3, "product"]
    limits[2, "scenario"] = None
    # Its baskets are not about bread: nothing is left that uses bread at the solidarity shop.
    book["links"][25, "maximum"] = 0.0
    return book


def bread(language: Language) -> Book:
    """Return a fresh copy of the bread of the food example."""
    return copy.deepcopy(_bread(language))


__all__ = ["EXAMPLES", "Book", "Error", "Format", "Formula", "Sheet", "Value", "bread", "example"]
