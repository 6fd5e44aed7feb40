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
from filiere.gather.complete.edits import AddRow, DropRow, Edit, Rename, SetCell
from filiere.language import Language
from filiere.names import fold, tidy
from filiere.problems import Cell
from filiere.schema import TABLES, Row, columns
from filiere.table import RawTable, RawWorkbook
from filiere.workbook.complete.complete import CellEdit
from filiere.workbook.questionnaire.form import Value
from filiere.workbook.template.plan import shown

DECLARED: Mapping[str, type[Row]] = {declared.table.key: declared for declared in TABLES}


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
        self.added: set[RowKey] = set()
        self.touched: dict[str, set[object]] = {}
        self.found = Applied()

    def done(self, edits: Sequence[Edit]) -> Applied:
        for edit in edits:
            fits = (
                self._set(edit) if isinstance(edit, SetCell)
                else self._add(edit) if isinstance(edit, AddRow)
                else self._drop(edit) if isinstance(edit, DropRow)
                else self._rename(edit)
            )  # fmt: skip
            if not fits:
                self.found.unfit.append(edit)
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
        parts = tuple(fold(str(edit.values.get(name, ""))) for name in KEYS[edit.table])
        key = RowKey(edit.table, parts)
        if key in self.keyed.rows or key in self.added:
            return True  # it is there already
        self.added.add(key)
        if edit.table not in self.headed:
            self.new.setdefault(edit.table, []).append(edit.values)
            self.touched.setdefault(edit.table, set()).add(key)
            return True
        row = self.ends[edit.table] = self.ends[edit.table] + 1
        sheet = self.headed[edit.table].table.sheet
        named = " / ".join(str(edit.values[name]) for name in KEYS[edit.table] if edit.values.get(name))
        declared = DECLARED[edit.table]
        texts = {name: value for name, value in edit.values.items() if isinstance(value, str)}
        blank: dict[str, Any] = {name: "" for name, one in columns(declared).items() if one.required}
        stub = declared(**blank | texts)
        for column, value in edit.values.items():
            cell = Cell(sheet, row, self._column(edit.table, column))
            held = self._in_cell(edit.table, column, stub, value)
            self._write(edit.table, cell, column, held, named, edit.source)
        return True

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
        return shown(columns(DECLARED[table])[name].label.to(self.language))

    def _sheet(self, table: str, rows: list[Mapping[str, str | float]]) -> NewSheet:
        declared = columns(DECLARED[table])
        used = [name for name in declared if any(name in row for row in rows) or declared[name].required]
        heading = tuple(self._label(table, name) for name in used)
        body = tuple(tuple(row.get(name) for name in used) for row in rows)
        self.found.changes += [
            Change(Cell(DECLARED[table].table.label.to(self.language), number, at), "", heading[at], None, value, "")
            for number, line in enumerate(body, start=2) for at, value in enumerate(line) if value is not None
        ]  # fmt: skip
        return NewSheet(DECLARED[table].table.label.to(self.language), (heading, *body))


def _end(headed: Headed) -> int:
    """Return the last row that holds something in a column that is read."""
    read = {*headed.fields, *headed.measures, *headed.periods}
    rows = (row.number for row in headed.table.rows if any(not is_blank(row.values.get(at)) for at in read))
    return max(rows, default=headed.row)


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
