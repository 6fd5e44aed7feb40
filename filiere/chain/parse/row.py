"""The rows below the headings: each becomes one typed row that knows its cells, or is refused as a whole."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from filiere.chain.parse.cell import Understood, is_blank, shown, understand, unit_refused
from filiere.chain.parse.formula import evaluated
from filiere.chain.parse.heading import (
    Headed,
    measure_column,
    period_column,
    required_first,
    unknown_column,
)  # fmt: skip
from filiere.chain.parse.sight import Hidden, Merged, Percents
from filiere.chain.parse.tables import Mention
from filiere.names import fold, is_remark, tidy
from filiere.problems import Cell, Code, Problem, Severity
from filiere.problems import parsing as p
from filiere.schema import Column, Row, ShownUnit, Unit, columns, key_columns
from filiere.table import RawRow, RawValue, Shown

MOST_REFUSED = 1000
"""Refused rows of one sheet after which its rest is not looked at: nobody corrects more in one go."""
ANY_NAME = "*"
"""Among refused names: the sheet declares names that could not be read, so any name may be one of them."""


@dataclass(frozen=True, slots=True)
class Places(Mapping[str, Cell]):
    """The cells of one row, made when asked for: field → cell, ``""`` → the row itself."""

    sheet: str
    row: int
    columns: Mapping[str, int]
    typed: frozenset[str]
    """The fields that are not blank, so that a typed 0 and a default 0 can be told apart."""
    moved: Mapping[str, Cell] = field(default_factory=dict)
    """The fields whose value stands elsewhere, on the Scenarios sheet."""

    def __getitem__(self, name: str) -> Cell:
        moved = self.moved.get(name) if self.moved else None
        return moved or Cell(self.sheet, self.row, self.columns[name])

    def first(self) -> Cell | None:
        """Return the leftmost cell of a field as it was typed; the row itself where the sheet has none."""
        at = min((column for name, column in self.columns.items() if name), default=self.columns.get(""))
        return None if at is None else Cell(self.sheet, self.row, at)

    def __iter__(self) -> Iterator[str]:
        return iter(dict.fromkeys((*self.columns, *self.moved)))

    def __len__(self) -> int:
        return len(self.columns.keys() | self.moved.keys())


@dataclass
class Parsed:
    """What came of one sheet: typed rows, problems, and the names that refused rows would have declared."""

    rows: list[Row] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    refused: dict[str, set[str]] = field(default_factory=dict)
    mentions: list[Mention] = field(default_factory=list)


class RowReader:
    """Turns the raw rows of one headed sheet into typed rows."""

    def __init__(self, headed: Headed, known_periods: frozenset[str], room: int) -> None:
        self.room = room
        self.headed, self.declared, self.sheet = headed, headed.declared, headed.table.sheet
        declared = columns(headed.declared)
        self.columns: dict[int, tuple[str, Column]] = {at: (name, declared[name]) for at, name in headed.fields.items()}
        self.measures = {at: (name, measure_column(name)) for at, name in headed.measures.items()}
        self.periods = {at: (name, period_column(name)) for at, name in headed.periods.items()}
        self.free = self.measures | self.periods
        self.sure_periods = {at for at, name in headed.periods.items() if fold(name) in known_periods}
        self.places: dict[str, int] = {**headed.places, "": required_first(headed.declared, headed.fields)}
        self.required = [name for name, column in declared.items() if column.required]
        self.declares = _declares(headed.declared)
        self.read_periods: set[int] = set()
        self.refused_rows = 0
        self.percents, self.hidden, self.merged = Percents(headed), Hidden(headed), Merged(headed)
        self.parsed = Parsed(problems=list(headed.problems))

    def read(self) -> Parsed:
        """Read every row below the headings."""
        first = self.headed.first
        for row in self.headed.table.rows:
            if self.refused_rows == MOST_REFUSED:
                self._give_up(row, p.MANY_REFUSED, self.refused_rows)
                break
            if len(self.parsed.rows) > self.room:
                self._give_up(row, p.MANY_ROWS, len(self.parsed.rows))
                break
            if row.number > self.headed.row:
                row = self.merged.seen(row)
                start = row.values.get(first)
                if not (isinstance(start, str) and is_remark(start)) and not self.headed.repeated(row):
                    self._row(row)
        self._unread_periods()
        for sight in (self.percents, self.hidden, self.merged):
            self.parsed.problems += sight.problems()
        if set(self.headed.missing) & set(key_columns(self.declared)):
            _refuse(self.parsed.refused, self.declared.table.key, ANY_NAME)
        return self.parsed

    def _row(self, row: RawRow) -> None:
        values: dict[str, Any] = {}
        units: dict[str, str] = {}
        sound = not self.headed.missing
        filled = False
        for at, written in row.values.items():
            declared = self.columns.get(at)
            if declared is None or is_blank(value := evaluated(written, row)):
                continue
            filled = True
            self.hidden.met(row.number, at)
            name, column = declared
            understood = understand(column, self.percents.read(at, value))
            if understood.findings:
                sound &= self._report(understood, row.number, at)
            if understood.value is not None:
                values[name] = understood.value
                unit = understood.unit or self.headed.units.get(at) or self._shown_unit(value, column, row.number, at)
                if unit and at not in self.percents:
                    units[name] = unit
        if self.free:
            sound &= self._free(row, values)
            filled = filled or bool(values["measures" if self.headed.measures else "values"])
        if not filled:
            return
        sound &= self._required(row, values)
        if sound:
            cells = Places(self.sheet, row.number, self.places, frozenset(values))
            self.parsed.rows.append(self.declared(**values, cells=cells, units=units))
        else:
            self._refuse(row, values)

    def _shown_unit(self, value: RawValue, column: Column, row: int, at: int) -> str:
        """Return the unit that a cell shows beside its number, '' where a column's numbers have none."""
        counted = column.unit not in (None, Unit.PLAIN)
        return ShownUnit(value.unit, Cell(self.sheet, row, at)) if counted and isinstance(value, Shown) else ""

    def _give_up(self, row: RawRow, code: Code, count: int) -> None:
        """Leave the rows from this one on unread: any name may be declared in them."""
        self.parsed.problems.append(code.at(Cell(self.sheet, row.number), count=count))
        for target in {self.declared.table.key, *(target for target, _ in self.declares.values())}:
            _refuse(self.parsed.refused, target, ANY_NAME)

    def _report(self, understood: Understood, row: int, at: int) -> bool:
        """Keep what was found in a cell; returns whether the row may stand all the same."""
        for code, facts in understood.findings:
            self.parsed.problems.append(code.at(Cell(self.sheet, row, at), **facts))
        return all(code.severity is Severity.WARNING for code, _ in understood.findings)

    def _required(self, row: RawRow, values: Mapping[str, Any]) -> bool:
        complete = True
        for name in self.required:
            at = self.places.get(name)
            if name in values or at is None:
                continue
            complete = False
            if is_blank(row.values.get(at)):
                cell = Cell(self.sheet, row.number, at)
                self.parsed.problems.append(p.REQUIRED_CELL.at(cell, column=columns(self.declared)[name].label))
        return complete

    def _free(self, row: RawRow, values: dict[str, Any]) -> bool:
        """Read the measures, or the periods of a profile; returns whether all of them are sound."""
        sound = True
        into: dict[str, float] = {}
        for at, (name, column) in self.free.items():
            value: RawValue | None = row.values.get(at)
            if value is None or is_blank(value):
                continue
            self.hidden.met(row.number, at)
            understood = understand(column, self.percents.read(at, value))
            if understood.unit:
                understood = unit_refused(column, understood, value)
            if understood.value is not None:
                into[name] = understood.value
                self.read_periods.add(at)
            # A column that is no known period may be a remark: it is reported once, not cell by cell.
            if understood.findings and (at in self.measures or at in self.sure_periods):
                sound &= self._report(understood, row.number, at)
        values["measures" if self.headed.measures else "values"] = into
        return sound

    def _unread_periods(self) -> None:
        for at in sorted(self.periods.keys() - self.read_periods - self.sure_periods):
            headed = self.headed
            self.parsed.problems.append(
                unknown_column(headed.table, self.declared, headed.row, at, self.periods[at][0])
            )

    def _refuse(self, row: RawRow, values: Mapping[str, Any]) -> None:
        """Remember the names that a refused row would have declared, and its key."""
        self.refused_rows += 1
        for name, (target, column) in self.declares.items():
            found = values.get(name)
            if found is None and (at := self.places.get(name)) is not None and at in row.values:
                found = understand(column, shown(row.values[at])).value
            for one in found if isinstance(found, tuple) else (found,):
                if one:
                    _refuse(self.parsed.refused, target, one)
        for name, column in columns(self.declared).items():
            found = values.get(name) if column.refers else None
            for one in found if isinstance(found, tuple) else (found,):
                if one:
                    cell = Cell(self.sheet, row.number, self.places[name])
                    self.parsed.mentions.append(Mention(column.refers, one, cell))
        key = [values.get(name) for name in key_columns(self.declared)]
        if all(key) and len(key) > 1:
            _refuse(self.parsed.refused, self.declared.table.key, " / ".join(map(str, key)))


def _declares(declared: type[Row]) -> Mapping[str, tuple[str, Column]]:
    """Return the columns of a table that bring names into being: field → (what it names, column)."""
    brought = {"group": "groups", "family": "families", "labels": "labels"}
    known = columns(declared)
    keys = {name: declared.table.key for name in key_columns(declared) if not known[name].refers}
    labels = {name: target for name, target in brought.items() if name in known and not known[name].refers}
    return {name: (target, known[name]) for name, target in (keys | labels).items()}


def _refuse(refused: dict[str, set[str]], target: str, name: str) -> None:
    refused.setdefault(target, set()).add(tidy(name))
