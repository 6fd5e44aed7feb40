"""What differs between two sets of inputs: row by row, cell by cell, each difference with the cell that makes it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from filiere.chain.assemble.assemble import converter_of
from filiere.chain.assemble.names import Register
from filiere.chain.assemble.units import Converter
from filiere.chain.parse.row import Places
from filiere.chain.parse.tables import Tables
from filiere.chain.scenario.apply import apply_scenario
from filiere.chain.scenario.change import Change, read_change
from filiere.chain.scenario.names import REFERENCE, base_first, scenario_key
from filiere.chain.scenario.rows import key_of
from filiere.names import fold
from filiere.problems import Cell
from filiere.schema import TABLES, Column, Reads, Row, columns, key_columns
from filiere.schema import tables as t
from filiere.units import money_factor

ROW_TABLES: Mapping[str, type[Row]] = {
    declared.table.key: declared for declared in TABLES if declared not in (t.SettingsRow, t.ScenarioRow)
}
"""Every table of rows that a chain is made of, in the order of the schema."""


@dataclass(frozen=True)
class Edit:
    """One row that is not the same on both sides; ``before`` None where it is added, ``after`` where it goes."""

    table: str
    before: Row | None
    after: Row | None

    @property
    def row(self) -> Row:
        """The row itself, as it is or, where it goes, as it was."""
        row = self.after or self.before
        assert row is not None
        return row


@dataclass(frozen=True)
class InputChange:
    """One cell that differs, or one row that is added or left out (``column`` is then empty).

    ``column`` is a field's name, or the name of a measure or period; ``unit`` the units typed beside the two
    values, '' where they are in the column's own. A blank cell gives its default, with ``typed`` False.
    """

    table: str
    row: str
    column: str = ""
    declared: Column | None = None
    before: Any = None
    after: Any = None
    units: tuple[str, str] = ("", "")
    typed: tuple[bool, bool] = (True, True)
    before_cell: Cell | None = None
    cell: Cell | None = None
    """Where the other value stands: on the Scenarios sheet, or in the other workbook."""

    @property
    def kind(self) -> str:
        """``changed``, ``added`` or ``removed``."""
        if self.column:
            return "changed"
        return "removed" if self.after is None else "added"


def edits(before: Tables, after: Tables) -> list[Edit]:
    """Return the rows that differ between two sets of tables, in the order of the sheets.

    Rows are the same where their keys and all that counts are: sources, notes and degrees of confidence do
    not. Of several rows of one key, those that are alike on both sides are paired first, the rest in order.
    """
    found: list[Edit] = []
    for key, declared in ROW_TABLES.items():
        found += _edits_of(key, declared, getattr(before, key), getattr(after, key), _alike(declared, before, after))
    return found


def input_changes(before: Tables, after: Tables) -> list[InputChange]:
    """Return everything that differs between two sets of tables, cell by cell, in the order of the sheets."""
    found = list(_settings(before.settings, after.settings))
    between = _Between(before, after)
    for edit in edits(before, after):
        if edit.before is not None and edit.after is not None:
            found += _cells(edit.table, edit.before, edit.after, between)
        else:
            place = _place(edit.row)
            gone = edit.after is None
            found.append(
                InputChange(
                    edit.table,
                    said_key(edit.row),
                    before=edit.before,
                    after=edit.after,
                    before_cell=place if gone else None,
                    cell=None if gone else place,
                )
            )
    return found


def with_cells_of_removals(found: Sequence[InputChange], tables: Tables, scenario: str) -> list[InputChange]:
    """Return the differences with the cell of the Scenarios sheet that leaves each removed row out."""
    gone = {change.before_cell for change in found if change.kind == "removed" and change.cell is None}
    if not gone:
        return list(found)
    lineage = [key for key in base_first(tables, scenario, []) if key != REFERENCE]
    rows = [row for key in lineage for row in tables.scenarios if scenario_key(row.scenario) == key]
    cells: dict[Cell | None, Cell | None] = {}
    for count, row in enumerate(rows, start=1):
        change = read_change(row)
        if not isinstance(change, Change) or change.sign != "off":
            continue
        made = [replace(one, scenario=scenario, base=None) for one in rows[:count]]
        left = {_place(one) for one in _all_rows(apply_scenario(replace(tables, scenarios=tuple(made)), scenario))}
        for place in gone:
            if place not in left:
                cells.setdefault(place, row.at("change"))
    return [replace(one, cell=cells.get(one.before_cell)) if one.kind == "removed" else one for one in found]


def said_key(row: Row) -> str:
    """Return a row's key as the Scenarios sheet writes it, with its period where it has one."""
    period = getattr(row, "period", None) if "period" not in key_columns(type(row)) else None
    return key_of(row) + (f" / {period}" if period else "")


def _edits_of(key: str, declared: type[Row], before: Sequence[Row], after: Sequence[Row], alike: Any) -> Iterator[Edit]:
    # A row that a scenario leaves alone is the very same object.
    kept = {id(row) for row in before} & {id(row) for row in after}
    old, new = _by_key(before, kept), _by_key(after, kept)
    for name in dict.fromkeys((*old, *new)):
        first, second = old.get(name, []), new.get(name, [])
        for one in list(first):
            same = next((other for other in second if alike(one, other)), None)
            if same is not None:
                first.remove(one)
                second.remove(same)
        paired = min(len(first), len(second))
        yield from (Edit(key, one, other) for one, other in zip(first, second, strict=False))
        yield from (Edit(key, one, None) for one in first[paired:])
        yield from (Edit(key, None, other) for other in second[paired:])


def _by_key(rows: Sequence[Row], kept: set[int]) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        if id(row) not in kept:
            found[fold(said_key(row))].append(row)
    return found


class _Between:
    """How the figures of two sets of tables compare, in whatever unit each of them was typed."""

    def __init__(self, before: Tables, after: Tables) -> None:
        self._tables = before, after
        self._own: dict[int, tuple[Row, Row]] = {}

    def same(self, name: str, before: Row, after: Row) -> bool:
        """Return whether two rows say the same in one column."""
        one, other = getattr(before, name), getattr(after, name)
        if not (isinstance(one, float | int) and isinstance(other, float | int)):
            return bool(_folded(one) == _folded(other))
        if before.units.get(name, "") != after.units.get(name, ""):
            one, other = (getattr(self._in_own_units(row, at), name) for at, row in enumerate((before, after)))
        return bool(abs(one - other) <= 1e-12 * max(abs(one), abs(other)))

    def _in_own_units(self, row: Row, at: int) -> Row:
        known = self._own.get(id(row))
        if known is None:
            (own,) = self._converters[at].rows((row,))
            known = self._own[id(row)] = row, own
        return known[1]

    @cached_property
    def _converters(self) -> tuple[Converter, ...]:
        return tuple(converter_of(tables, Register(tables)) for tables in self._tables)


def _folded(value: Any) -> Any:
    if isinstance(value, tuple):
        return sorted(fold(str(one)) for one in value)
    return fold(value) if isinstance(value, str) else value


def _alike(declared: type[Row], before: Tables, after: Tables) -> Any:
    between = _Between(before, after)
    return lambda one, other: not any(True for _ in _cells(declared.table.key, one, other, between))


def _cells(table: str, before: Row, after: Row, between: _Between) -> Iterator[InputChange]:
    for name, column in columns(type(before)).items():
        if column.common:
            continue
        values = getattr(before, name), getattr(after, name)
        units = before.units.get(name, ""), after.units.get(name, "")
        if not between.same(name, before, after):
            yield InputChange(
                table, said_key(before), name, column, *values, units,
                (_typed(before, name, column), _typed(after, name, column)), before.at(name), after.at(name),
            )  # fmt: skip
    yield from _free_cells(table, before, after)


def _free_cells(table: str, before: Row, after: Row) -> Iterator[InputChange]:
    """Yield the measures and periods whose values differ."""
    extra = before.table.extra
    if extra is None:
        return
    into, prefix = ("measures", "measure: ") if extra == "measures" else ("values", "")
    old, new = getattr(before, into), getattr(after, into)
    spelled = {fold(name): name for name in (*old, *new)}
    first, second = ({fold(name): value for name, value in one.items()} for one in (old, new))
    for key, name in spelled.items():
        values = first.get(key), second.get(key)
        if values[0] != values[1]:
            typed = values[0] is not None, values[1] is not None
            cells = before.at(prefix + name), after.at(prefix + name)
            yield InputChange(table, said_key(before), prefix + name, None, *values, ("", ""), typed, *cells)


def _settings(before: t.SettingsValues, after: t.SettingsValues) -> Iterator[InputChange]:
    for name, column in columns(t.SettingsValues).items():
        values = getattr(before, name), getattr(after, name)
        same = _folded(values[0]) == _folded(values[1]) or (name == "currency" and money_factor(*values) == 1.0)
        if not same and name not in ("name", "territory", "language", "schema"):
            typed = name in before.cells, name in after.cells
            yield InputChange(
                "settings", name, name, column, *values, ("", ""), typed, before.cells.get(name), after.cells.get(name)
            )


def _typed(row: Row, name: str, column: Column) -> bool:
    if isinstance(row.cells, Places):
        return name in row.cells.typed
    return bool(getattr(row, name) != column.default) or column.reads is Reads.ANY


def _place(row: Row) -> Cell | None:
    own = [cell for name, cell in row.cells.items() if name and cell.row is not None]
    moved = row.cells.moved if isinstance(row.cells, Places) else {}
    own = [cell for cell in own if cell not in moved.values()] or own
    return min(own, key=lambda cell: cell.column or 0) if own else row.cells.get("")


def _all_rows(tables: Tables) -> Iterator[Row]:
    for key in ROW_TABLES:
        yield from getattr(tables, key)
