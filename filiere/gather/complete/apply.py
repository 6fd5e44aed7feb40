"""From edits to cells: where each goes on the sheets of a workbook, and which fit nothing any more."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from filiere.chain.assemble.assemble import converter_of
from filiere.chain.assemble.names import Register
from filiere.chain.parse.cell import is_blank
from filiere.chain.parse.cell import shown as as_text
from filiere.chain.parse.heading import Headed, find_headings
from filiere.chain.parse.sight import Percents
from filiere.gather.collect.rows import KEYS, MEASURE, RowKey, keyed_rows, value_of
from filiere.gather.complete.agreed import key_of_row, once_where_agreed
from filiere.gather.complete.edits import TYPED_UNIT, UNIT_IS, AddRow, DropRow, Edit, Rename, SetCell
from filiere.gather.complete.told import Told
from filiere.gather.decide.clashes import Clash
from filiere.language import Language
from filiere.names import fold, loose, tidy
from filiere.problems import Cell
from filiere.schema import TABLES, Row, columns
from filiere.table import RawTable, RawValue, RawWorkbook, Uncomputed
from filiere.units import factor
from filiere.workbook.complete.complete import CellEdit
from filiere.workbook.questionnaire.form import Value
from filiere.workbook.template.plan import LEVEL_IS, shown

DECLARED: Mapping[str, type[Row]] = {declared.table.key: declared for declared in TABLES}
_LEVEL = {loose(text) for text in LEVEL_IS}
_AMOUNTS = ("today", "today_buyer", "maximum", "minimum", "input", "output")
_PRICES = ("price", "transport_cost", "unit_cost")


@dataclass(frozen=True)
class Change:
    """One cell that changed, in words of the workbook, for the sheet that lists them."""

    cell: Cell
    row: str
    column: str
    former: Value
    value: Value
    source: str


@dataclass(frozen=True)
class NewSheet:
    """A table that the workbook had no sheet for."""

    name: str
    rows: tuple[tuple[Value, ...], ...]


@dataclass
class Applied:
    """The cells to write, what changed, and the edits that fit nothing."""

    cells: dict[Cell, CellEdit] = field(default_factory=dict)
    changes: list[Change] = field(default_factory=list)
    sheets: list[NewSheet] = field(default_factory=list)
    unfit: list[Edit] = field(default_factory=list)
    clashes: list[Clash] = field(default_factory=list)
    exchanges: dict[RowKey, Mapping[str, Value]] = field(default_factory=dict)
    """The exchanges that were added or completed, with the unit of what is exchanged."""
    told: list[Told] = field(default_factory=list)
    """What the added rows say, and who says it."""
    rows: dict[str, int] = field(default_factory=dict)
    """Table → how many of its rows were added or changed."""


def apply(raw: RawWorkbook, edits: Iterable[Edit], language: Language) -> Applied:
    """Return what edits change in a workbook, in their order; a later one has the last word on a cell."""
    return _Applying(raw, language).done(tuple(edits))


class _Applying:
    def __init__(self, raw: RawWorkbook, language: Language) -> None:
        self.keyed, self.language = keyed_rows(raw), language
        self.converter = converter_of(self.keyed.tables, Register(self.keyed.tables))
        self.raw = {(table.sheet, row.number): row.values for table in raw.tables for row in table.rows}
        self.headed: dict[str, Headed] = {}
        by_name = {table.sheet: table for table in raw.tables}
        for key, cell in self.keyed.tables.sheets.items():
            headed = find_headings(by_name[cell.sheet], DECLARED[key])
            if isinstance(headed, Headed):
                self.headed[key] = headed
        self.extra: dict[str, dict[str, int]] = {}
        """Table → the columns that are added to its sheet."""
        self.ends = {key: _end(headed) for key, headed in self.headed.items()}
        self.new: dict[str, list[Mapping[str, str | float]]] = {}
        """The rows of tables without a sheet."""
        self.added: dict[RowKey, dict[str, Value]] = {}
        """The rows that are added, with what they hold in the columns' own units."""
        self.filled: dict[tuple[RowKey, str], Value] = {}
        """The blank cells of rows that were there, with what is filled in."""
        self.places: dict[RowKey, Cell] = {}
        self.units = dict(self.keyed.units)
        self.touched: dict[str, set[object]] = {}
        self.found = Applied()

    def done(self, edits: Sequence[Edit]) -> Applied:
        for said, edit in zip(edits, once_where_agreed(edits), strict=True):
            fits = (
                self._set(edit) if isinstance(edit, SetCell)
                else self._add(edit) if isinstance(edit, AddRow)
                else self._drop(edit) if isinstance(edit, DropRow)
                else self._rename(edit)
            )  # fmt: skip
            if not fits:
                self.found.unfit.append(edit)
            elif isinstance(said, AddRow) and said is not edit:  # the other end said it too
                told = (self._converted(said) or {}).get("today_buyer")
                self.found.told.append(Told(key_of_row(said), "today_buyer", told, said.source))
        self.found.exchanges = {key: self._exchange(key) for key in self.found.exchanges}
        self.found.sheets = [self._sheet(key, rows) for key, rows in self.new.items()]
        self.found.rows = {key: len(rows) for key, rows in self.touched.items() if rows}
        return self.found

    def _set(self, edit: SetCell) -> bool:
        row = self.keyed.rows.get(edit.row)
        if row is None:
            return False
        place = row.cells.get("")
        assert place is not None and place.row is not None
        at = self._column(edit.row.table, edit.column)
        value = self._in_cell(edit.row.table, edit.column, row, edit.value)
        self._write(edit.row.table, Cell(place.sheet, place.row, at), edit.column, value,
                    " / ".join(_names(edit.row.table, row)), edit.source)  # fmt: skip
        return True

    def _add(self, edit: AddRow) -> bool:
        key = key_of_row(edit)
        values = self._converted(edit)
        if values is None:
            return False
        self.found.told += [Told(key, name, value, edit.source) for name, value in values.items()]
        if edit.table == "links":
            self.found.exchanges[key] = values
        if edit.table == "products":
            self.units.setdefault(key.parts[0], str(values.get("unit", "")))
        if key in self.keyed.rows:
            self._completed(key, values, edit.source)
            return True
        if key in self.added:
            self._filled_in(key, values, edit.source)
            return True
        self.added[key] = dict(values)
        if edit.table not in self.headed:
            self.new.setdefault(edit.table, []).append(self.added[key])  # type: ignore[arg-type]
            self.touched.setdefault(edit.table, set()).add(key)
            return True
        row = self.ends[edit.table] = self.ends[edit.table] + 1
        self.places[key] = Cell(self.headed[edit.table].table.sheet, row)
        for column, value in values.items():
            self._fill(key, column, value, edit.source)
        self._without_formulas(key)
        return True

    def _exchange(self, key: RowKey) -> Mapping[str, Value]:
        """Return what an exchange that was added or completed now holds."""
        row = self.keyed.rows.get(key)
        there = self.added.get(key) or self.found.exchanges[key]
        sides = {name: value_of(row, name) if row else None for name in ("today", "today_buyer")}
        held = {name: there.get(name) if value is None else value for name, value in sides.items()}
        names = {name: there.get(name) for name in ("from_", "to", "product")}
        return names | held | {"unit": self.units.get(fold(str(names["product"] or "")), "")}

    def _converted(self, edit: AddRow) -> dict[str, Value] | None:
        """Return the values of a new row in its product's unit; None where the unit that was typed is none of it."""
        values: dict[str, Value] = {name: value for name, value in edit.values.items() if name != TYPED_UNIT}
        typed, own = edit.values.get(TYPED_UNIT), self.units.get(fold(str(edit.values.get("product", ""))))
        if not typed or not own or fold(str(typed)) == fold(own):
            return values
        ratio = factor(str(typed), own)
        if ratio is None:
            return None
        for name, value in values.items():
            if isinstance(value, float | int) and name in (*_AMOUNTS, *_PRICES):
                values[name] = _tidied(value * ratio if name in _AMOUNTS else value / ratio)
        return values

    def _completed(self, key: RowKey, values: Mapping[str, Value], source: str) -> None:
        """Fill in what a row that is there already leaves blank; products and actors stay as they are."""
        row = self.keyed.rows[key]
        note = _joined(value_of(row, "note"), values.get("note")) if key.table == "products" else None
        if note is not None:
            self._set(SetCell(key, "note", note, source))
        for column, value in values.items() if key.table not in ("products", "actors") else ():
            if column in ("source", "note", *KEYS[key.table]):
                continue
            held = self._level(row) if column == UNIT_IS else value_of(row, column)
            held = self.filled.get((key, column)) if held is None else held
            agreed = column == "today_buyer" and _alike(value_of(row, "today"), value)
            if held is None and not agreed:
                self.filled[key, column] = value
                self._set(SetCell(key, column, value, source))
            elif held is not None and not _alike(held, value):
                self._clash(key, column, held, value, source)

    def _level(self, row: Row) -> Value:
        """Return what the column of comments says that one unit of an activity is."""
        place = row.cells.get("")
        held = (
            self.raw.get((place.sheet, place.row or 0), {}).get(self._column("processes", UNIT_IS)) if place else None
        )
        return tidy(held) or None if isinstance(held, str) else None

    def _clash(self, key: RowKey, column: str, held: Value, value: Value, source: str) -> None:
        known, added = self.keyed.rows.get(key), self.added.get(key, {})
        names = _names(key.table, known) if known else [str(one) for n in KEYS[key.table] if (one := added.get(n))]
        unit = self.units.get(fold(str(getattr(known, "product", added.get("product", ""))))) or ""
        self.found.clashes.append(Clash(
            key=key, column=column, row=" / ".join(names), label=self._label(key.table, column),
            unit=unit if column in _AMOUNTS else "", held=held, value=value, source=source,
        ))  # fmt: skip

    def _filled_in(self, key: RowKey, values: Mapping[str, Value], source: str) -> None:
        """Fill in what a row added before leaves blank, as the other side of an exchange tells it."""
        there = self.added[key]
        for column, value in values.items():
            held = there.get(column)
            note = _joined(held, value) if (key.table, column) == ("products", "note") else None
            if held is None or note is not None:
                value = note or value
                there[column] = value
                if key in self.places:
                    self._fill(key, column, value, source)
            elif isinstance(value, float) and not _alike(held, value):
                self._clash(key, column, held, value, source)

    def _fill(self, key: RowKey, column: str, value: Value, source: str) -> None:
        """Write one cell of an added row."""
        values, declared, place = self.added[key], DECLARED[key.table], self.places[key]
        texts = {name: one for name, one in values.items() if isinstance(one, str) and name != UNIT_IS}
        blank: dict[str, Any] = {name: "" for name, one in columns(declared).items() if one.required}
        named = " / ".join(str(values[name]) for name in KEYS[key.table] if values.get(name))
        cell = Cell(place.sheet, place.row, self._column(key.table, column))
        held = self._in_cell(key.table, column, declared(**blank | texts), value)
        self._write(key.table, cell, column, held, named, source)

    def _without_formulas(self, key: RowKey) -> None:
        """Empty the formulas that a prepared row has in columns that are read: nothing has computed them."""
        headed, place = self.headed[key.table], self.places[key]
        held = self.raw.get((place.sheet, place.row or 0), {})
        for at in headed.fields:
            cell = Cell(place.sheet, place.row, at)
            if isinstance(held.get(at), Uncomputed) and cell not in self.found.cells:
                self.found.cells[cell] = CellEdit(cell, None, noted=False)

    def _drop(self, edit: DropRow) -> bool:
        row = self.keyed.rows.get(edit.row)
        if row is None:
            return False
        named = " / ".join(_names(edit.row.table, row))
        for column, cell in row.cells.items():
            if column and value_of(row, column) is not None:
                self._write(edit.row.table, cell, column, None, named, edit.source)
        return True

    def _rename(self, edit: Rename) -> bool:
        """Write the one name for the other; the row that declares the other goes where both are declared."""
        old, known = fold(edit.old), False
        new_is_there = any(key.parts[0] == fold(edit.new) for key, _ in self.keyed.of(edit.table))
        for table, declared in DECLARED.items():
            for row in getattr(self.keyed.tables, table, ()) if table != "settings" else ():
                for name, column in columns(declared).items():
                    declares = table == edit.table and column.key
                    if (edit.table not in column.refers and not declares) or name not in row.cells:
                        continue
                    value = getattr(row, name)
                    if not isinstance(value, str) or fold(value) != old:
                        continue
                    known = True
                    if declares and new_is_there:
                        known = self._drop(DropRow(RowKey(table, (old,)), edit.source))
                        break
                    self._write(table, row.cells[name], name, edit.new, value, edit.source)
        return known

    def _write(self, table: str, cell: Cell, column: str, value: Value, row: str, source: str) -> None:
        held = self.raw.get((cell.sheet, cell.row or 0), {}).get(cell.column if cell.column is not None else -1)
        former: Value = held if isinstance(held, float | str) else None if held is None else as_text(held)
        self.found.changes = [change for change in self.found.changes if change.cell != cell]
        if former == value:
            self.found.cells.pop(cell, None)
            return
        self.found.cells[cell] = CellEdit(cell, value, former, source)
        label = self._label(table, column)
        self.found.changes.append(Change(cell, row, label, former, value, source))
        self.touched.setdefault(table, set()).add((cell.sheet, cell.row))

    def _in_cell(self, table: str, column: str, row: Row, value: Value) -> Value:
        """Return what to write for a figure: in the unit that the column's heading says, where it says one."""
        headed = self.headed[table]
        unit = headed.units.get(headed.places.get(column, -1))
        if unit is None or not isinstance(value, float | int) or column.startswith(MEASURE):
            return value
        if unit == "%":
            read = Percents(headed).read(headed.places[column], 0.5)
            return value if read == 0.5 else _tidied(100.0 * value)
        one: dict[str, Any] = {column: 1.0, "units": {column: unit}}
        (converted,) = self.converter.rows((replace(row, **one),))
        by = getattr(converted, column)
        return _tidied(value / by) if by else value

    def _column(self, table: str, name: str) -> int:
        """Return the position of a column, added behind the others where the sheet has none."""
        headed = self.headed[table]
        place = headed.places.get(name)
        if name == UNIT_IS:
            headings = next((row.values for row in headed.table.rows if row.number == headed.row), {})
            place = next((at for at, text in headings.items() if isinstance(text, str) and loose(text) in _LEVEL), None)
        if place is not None:
            return place
        extra = self.extra.setdefault(table, {})
        if name not in extra:
            first = max((at for row in headed.table.rows for at in row.values), default=-1) + 1
            extra[name] = first + len(extra)
            cell = Cell(headed.table.sheet, headed.row, extra[name])
            self.found.cells[cell] = CellEdit(cell, self._label(table, name), noted=False)
        return extra[name]

    def _label(self, table: str, name: str) -> str:
        if name.startswith(MEASURE):
            return name
        if name == UNIT_IS:
            return LEVEL_IS.to(self.language)
        return shown(columns(DECLARED[table])[name].label.to(self.language))

    def _sheet(self, table: str, rows: list[Mapping[str, str | float]]) -> NewSheet:
        declared = columns(DECLARED[table])
        used = [name for name in declared if any(name in row for row in rows) or declared[name].required]
        used += [UNIT_IS] if any(UNIT_IS in row for row in rows) else []
        heading = tuple(self._label(table, name) for name in used)
        body = tuple(tuple(row.get(name) for name in used) for row in rows)
        named = [" / ".join(str(row[name]) for name in KEYS[table] if row.get(name)) for row in rows]
        self.found.changes += [
            Change(Cell(DECLARED[table].table.label.to(self.language), number, at), named[number - 2], heading[at],
                   None, value, str(rows[number - 2].get("source", "")))
            for number, line in enumerate(body, start=2) for at, value in enumerate(line) if value is not None
        ]  # fmt: skip
        return NewSheet(DECLARED[table].table.label.to(self.language), (heading, *body))


def _end(headed: Headed) -> int:
    """Return the last row that holds something in a column that is read."""
    read = {*headed.fields, *headed.measures, *headed.periods}
    rows = (row.number for row in headed.table.rows if any(_holds(row.values.get(at)) for at in read))
    return max(rows, default=headed.row)


def _holds(value: RawValue | None) -> bool:
    """Whether a cell holds something: a prepared row's formula that was never computed is nothing yet."""
    return not is_blank(value) and not isinstance(value, Uncomputed)


def _alike(one: Value, other: Value) -> bool:
    if isinstance(one, float) and isinstance(other, float):
        return abs(one - other) <= 1e-9 * max(abs(one), abs(other))
    return one == other or (isinstance(one, str) and isinstance(other, str) and fold(one) == fold(other))


def _joined(held: Value, more: Value) -> str | None:
    """Return a note with what is told besides, None where that is nothing new."""
    if not isinstance(more, str) or not more or (isinstance(held, str) and more in held):
        return None
    return f"{held}; {more}" if held else more


def _names(table: str, row: Row) -> list[str]:
    found = (getattr(row, name) for name in KEYS[table])
    return [tidy(one) for one in found if isinstance(one, str)]


def _tidied(value: float) -> float:
    return float(f"{value:.14g}")


def without(raw: RawWorkbook, sheets: Iterable[str]) -> RawWorkbook:
    """Return a workbook without some sheets."""
    gone = set(sheets)
    tables: tuple[RawTable, ...] = tuple(table for table in raw.tables if table.sheet not in gone)
    return replace(raw, tables=tables)
