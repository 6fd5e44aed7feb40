"""The heading row of a sheet: where it stands and which column each heading is.

A title above the headings is forgiven: the heading row is the one of the first rows in which most headings
are recognised.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from filiere.chain.parse.cell import all_of, is_blank, meant, shown
from filiere.language import Label, as_written
from filiere.names import fold, heading, is_remark, nearest, notes, tidy, without_note
from filiere.problems import Problem
from filiere.problems import parsing as p
from filiere.schema import (
    LARGEST,
    TABLES,
    Column,
    HeadingUnit,
    Reads,
    Row,
    SettingsValues,
    Unit,
    columns,
    key_columns,
)  # fmt: skip
from filiere.table import ErrorValue, RawRow, RawTable, Uncomputed
from filiere.units import noted_unit

TITLE_ROWS = 10
"""Among how many filled rows the headings are looked for."""

_MEASURE = re.compile(r"\s*(?:measure|mesure)\s*[:：]\s*(.*)", re.IGNORECASE | re.DOTALL)


@dataclass(frozen=True)
class Headed:
    """A sheet whose headings are understood: position → field, and the rows below."""

    table: RawTable
    declared: type[Row]
    row: int
    fields: Mapping[int, str]
    measures: Mapping[int, str] = field(default_factory=dict)
    periods: Mapping[int, str] = field(default_factory=dict)
    units: Mapping[int, HeadingUnit] = field(default_factory=dict)
    """The columns whose heading says in what their figures are counted."""
    missing: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()

    @property
    def first(self) -> int:
        """The position of the first column that is read."""
        return min((*self.fields, *self.measures, *self.periods), default=0)

    def repeated(self, row: RawRow) -> bool:
        """Whether a row below is the headings once more, as a table made to be printed has them on every page."""
        found = 0
        for at, name in self.fields.items():
            value = row.values.get(at)
            if value is None:
                continue
            if not isinstance(value, str) or HEADINGS[self.declared].get(heading(value)) != name:
                return False
            found += 1
        return found > 1

    @property
    def places(self) -> Mapping[str, int]:
        """Field (or ``measure: NAME``, or period heading) → position."""
        free = {f"measure: {name}": at for at, name in self.measures.items()}
        return {name: at for at, name in self.fields.items()} | free | {n: at for at, n in self.periods.items()}


def measure_column(name: str) -> Column:
    """Return the column of an own measure: an amount per unit, of either sign."""
    said = Label(f"measure: {name}", f"mesure\u00a0: {name}")
    return Column(said, Reads.NUMBER, Label("", ""), unit=Unit.PLAIN, default=0.0, largest=LARGEST)


def period_column(name: str) -> Column:
    """Return a profile's column of one period: a share of the year's total, or of what is usual."""
    return Column(as_written(name), Reads.NUMBER, Label("", ""), unit=Unit.SHARE, lowest=0.0, highest=1.0, default=0.0)


def measure_name(text: str) -> str | None:
    """Return NAME of a heading or objective ``measure: NAME``, None where it is not one."""
    found = _MEASURE.fullmatch(text)
    if not found:
        return None
    name = tidy(found[1])
    return without_note(name) if name else ""


def unit_of_heading(text: str) -> str:
    """Return the unit that stands in brackets in a heading, '' for none."""
    return next(filter(None, map(noted_unit, notes(text))), "")


HEADINGS: Mapping[type, Mapping[str, str]] = {
    declared: {heading(text): name for name, column in columns(declared).items() for text in column.spellings}
    for declared in (*TABLES, SettingsValues)
}
"""Table (or the settings) → every spelling of its headings, as its key → field."""


def find_headings(table: RawTable, declared: type[Row]) -> Headed | Problem | None:
    """Return the sheet with its headings; a Problem where none is recognised, None for an empty sheet."""
    known = HEADINGS[declared]
    candidates = table.rows[:TITLE_ROWS]
    found = [sum(text in known for text in _texts(row)) for row in candidates]
    if not any(found):
        filled = next((row for row in candidates if any(not is_blank(v) for v in row.values.values())), None)
        if filled is None:
            return None
        needed = [c.label for c in columns(declared).values() if c.required]
        return p.NO_HEADINGS.at(table.cell(filled.number), name=table.sheet, expected=all_of(needed))
    return _headed(table, declared, candidates[found.index(max(found))])


def _texts(row: RawRow) -> set[str]:
    return {heading(value) for value in row.values.values() if isinstance(value, str) and not is_remark(value)}


def _headed(table: RawTable, declared: type[Row], row: RawRow) -> Headed:
    sorting = _Sorting(table, declared, row.number)
    for at in sorted(row.values):
        value = row.values[at]
        if isinstance(value, ErrorValue):
            sorting.problems.append(p.ERROR_VALUE.at(table.cell(row.number, at), text=value.text))
        elif isinstance(value, Uncomputed):
            sorting.problems.append(p.NEVER_COMPUTED.at(table.cell(row.number, at)))
        elif not is_blank(value):
            sorting.take(at, tidy(shown(value)))
    sorting.problems += _without_heading(table, row)
    present = set(sorting.fields.values())
    missing = tuple(n for n, c in columns(declared).items() if c.required and n not in present)
    for name in missing:
        sorting.problems.append(p.MISSING_COLUMN.at(table.cell(row.number), column=columns(declared)[name].label))
    return Headed(
        table, declared, row.number, sorting.fields, sorting.measures, sorting.periods, sorting.units, missing,
        tuple(sorting.problems),
    )  # fmt: skip


class _Sorting:
    """Sorts the headings of one sheet into declared columns, measures, periods and the rest."""

    def __init__(self, table: RawTable, declared: type[Row], row: int) -> None:
        self.table, self.declared, self.row = table, declared, row
        self.fields: dict[int, str] = {}
        self.measures: dict[int, str] = {}
        self.periods: dict[int, str] = {}
        self.units: dict[int, HeadingUnit] = {}
        self.problems: list[Problem] = []
        self._first: dict[str, int] = {}

    def take(self, at: int, text: str) -> None:
        """Put the heading ``text`` at position ``at`` where it belongs."""
        if is_remark(text):
            return
        extra = self.declared.table.extra
        measure = measure_name(text) if extra == "measures" else None
        name = HEADINGS[self.declared].get(heading(text))
        unit = unit_of_heading(text)
        if name is not None:
            column = columns(self.declared)[name]
            self._once(at, name, column.label, name, self.fields)
            if (
                unit
                and column.reads in (Reads.NUMBER, Reads.INTEGER)
                and (column.unit is not Unit.PLAIN or unit == "%")
            ):
                self.units[at] = HeadingUnit(unit, self.table.cell(self.row, at))
        elif measure == "":
            self.problems.append(p.MEASURE_WITHOUT_NAME.at(self.table.cell(self.row, at)))
        elif measure is not None:
            self._once(at, f"measure: {fold(measure)}", measure_column(measure).label, measure, self.measures)
        elif extra == "periods":
            text = without_note(text) if unit == "%" else text
            self._once(at, fold(text), as_written(text), text, self.periods)
            if unit == "%":
                self.units[at] = HeadingUnit(unit, self.table.cell(self.row, at))
        else:
            self.problems.append(unknown_column(self.table, self.declared, self.row, at, text))

    def _once(self, at: int, key: str, label: Label, name: str, into: dict[int, str]) -> None:
        if key in self._first:
            first, second = self.table.cell(self.row, self._first[key]), self.table.cell(self.row, at)
            self.problems.append(p.TWO_COLUMNS.at(second, first=first, second=second, column=label))
            return
        self._first[key] = at
        into[at] = name


def unknown_column(table: RawTable, declared: type[Row], row: int, at: int, text: str) -> Problem:
    """Return the warning about a heading that is not one of the table's."""
    near = nearest_column(declared, text)
    return p.UNKNOWN_COLUMN.at(
        table.cell(row, at), name=text, meant=meant(columns(declared)[near].label if near else None)
    )


def nearest_column(declared: type, text: str) -> str | None:
    """Return the field whose heading, in either language, is nearest to ``text``."""
    spelled = {text: name for name, column in columns(declared).items() for text in column.spellings}
    near = nearest(without_note(text), spelled)
    return spelled[near] if near else None


def _without_heading(table: RawTable, headings: RawRow) -> Iterable[Problem]:
    """Warn once of each column that holds values below the headings but has none itself."""
    headed = {at for at, value in headings.values.items() if not is_blank(value)}
    seen: set[int] = set()
    for row in table.rows:
        if row.number <= headings.number or row.values.keys() <= headed:
            continue
        for at in sorted(row.values.keys() - headed - seen):
            if not is_blank(row.values[at]):
                seen.add(at)
                yield p.COLUMN_WITHOUT_HEADING.at(table.cell(row.number, at))


def required_first(declared: type[Row], fields: Mapping[int, str]) -> int:
    """Return the position of the first key column that the sheet has, else of its first column."""
    keys = set(key_columns(declared))
    return min((at for at, name in fields.items() if name in keys), default=min(fields, default=0))
