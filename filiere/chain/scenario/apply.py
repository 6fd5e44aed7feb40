"""A workbook under one of its scenarios: the rows that hold in it, with its changes made, each traced to its cell."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from filiere.chain.parse.cell import Finding, all_of, default_label, meant, understand, unit_refused
from filiere.chain.parse.heading import HEADINGS, measure_column, measure_name, nearest_column, period_column
from filiere.chain.parse.row import Places
from filiere.chain.parse.sheets import sheet_names
from filiere.chain.parse.tables import Tables
from filiere.chain.scenario.change import Change, changed_value, empties, read_change
from filiere.chain.scenario.names import REFERENCE, base_first, scenario_key, scenario_names
from filiere.chain.scenario.off import Rows, leave_out
from filiere.chain.scenario.rows import Keys, key_of, key_parts
from filiere.chain.scenario.units import UnitsBetween
from filiere.language import Label
from filiere.names import fold, heading, nearest
from filiere.problems import Cell, Code, Problem, Severity
from filiere.problems import parsing as p
from filiere.problems.problem import Fact
from filiere.schema import TABLES, Column, HeadingUnit, Reads, Row, changed, columns, key_columns
from filiere.schema import tables as t

__all__ = ["REFERENCE", "apply_scenario", "scenario_names"]

_CHANGEABLE = {declared.table.key: declared for declared in TABLES if declared not in (t.SettingsRow, t.ScenarioRow)}


def apply_scenario(tables: Tables, name: str) -> Tables:
    """Return the rows that hold in scenario ``name``, changed as it says; never raises.

    Rows of other scenarios are left out; rows and changes of the scenarios it starts from hold as well, the
    farthest base first. A changed value's cell is the cell of the change. What is wrong with the scenario
    is added to ``problems``.
    """
    problems: list[Problem] = []
    known = {scenario_key(one): one for one in scenario_names(tables)}
    if scenario_key(name) not in known:
        facts: dict[str, Fact] = {"name": name, "known": tuple(known.values())}
        place = tables.sheets.get("scenarios")
        problems.append(p.UNKNOWN_SCENARIO.at(place, meant=meant(nearest(name, known.values())), **facts))
        return replace(tables, problems=(*tables.problems, *problems))
    lineage = base_first(tables, name, problems)
    changing = _Changing(tables, lineage)
    for key in lineage:
        for row in tables.scenarios:
            if scenario_key(row.scenario) == key and key != REFERENCE:
                changing.make(row)
    return changing.tables((*tables.problems, *problems))


@dataclass(frozen=True)
class _Target:
    """A column that is changed: a declared one, a measure, or a profile's period."""

    column: Column
    name: str
    """The field, or the name of the measure or period."""
    into: str = ""
    """The field that maps measures or periods to values, '' for a declared column."""

    @property
    def place(self) -> str:
        """The key of its cell."""
        return f"measure: {self.name}" if self.into == "measures" else self.name

    def value(self, row: Row) -> Any:
        """Return the value as typed, None where it is blank."""
        if self.into:
            return _entry(getattr(row, self.into), self.name)[1]
        value = getattr(row, self.name)
        if isinstance(row.cells, Places):
            return value if self.name in row.cells.typed else None
        return None if value == self.column.default else value


class _Changing:
    """The tables while a scenario's changes are made to them, one after another."""

    def __init__(self, tables: Tables, lineage: tuple[str, ...]) -> None:
        self.original = tables
        self.settings = tables.settings
        self.problems: list[Problem] = []
        self._keys: dict[str, Keys] = {}
        self.rows: Rows = {key: [row for row in getattr(tables, key) if _holds(row, lineage)] for key in _CHANGEABLE}

    def tables(self, before: tuple[Problem, ...]) -> Tables:
        """Return the tables as changed so far."""
        rows: dict[str, Any] = {key: tuple(some) for key, some in self.rows.items()}
        rows["elsewhere"] = self._elsewhere()
        return replace(self.original, settings=self.settings, problems=(*before, *self.problems), **rows)

    def _elsewhere(self) -> dict[tuple[str, str], str]:
        """Return the names that only rows of other scenarios declare, with the first such scenario."""
        found: dict[tuple[str, str], str] = {}
        for key, declared in _CHANGEABLE.items():
            own = [n for n in key_columns(declared) if not columns(declared)[n].refers]
            kept = {id(row) for row in self.rows[key]} if own else set()
            for row in getattr(self.original, key) if own else ():
                if row.scenario and id(row) not in kept:
                    found.setdefault((key, fold(str(getattr(row, own[0])))), row.scenario)
        return found

    def make(self, row: t.ScenarioRow) -> None:
        """Make the change of one row of the Scenarios sheet."""
        change = read_change(row)
        if isinstance(change, Finding):
            self._say(change.code, row, "change", **change.facts)
            return
        declared = sheet_names().get(heading(row.changed))
        if declared is t.SettingsRow:
            self._setting(row, change)
        elif declared is None or declared is t.ScenarioRow:
            labels = [one.table.label for one in TABLES if one is not t.ScenarioRow]
            spelled = {text: one.table.label for one in TABLES for text in one.table.spellings}
            near = nearest(row.changed, spelled)
            said = meant(spelled[near] if near else None)
            self._say(p.UNKNOWN_TABLE, row, "changed", name=row.changed, known=all_of(labels), meant=said)
        else:
            self._rows(row, change, declared)

    def _rows(self, row: t.ScenarioRow, change: Change, declared: type[Row]) -> None:
        key = declared.table.key
        positions = self._matching(row, declared)
        if not positions:
            return
        if change.sign == "off":
            leave_out(self.rows, key, positions)
            self._keys.clear()
            return
        target = self._target(row, change, declared)
        if target is None:
            return
        between = UnitsBetween(self.rows["products"], self.settings.currency, target.column)
        for at in positions:
            new = self._changed(row, change, target, self.rows[key][at], between)
            if new is None:
                return
            self.rows[key][at] = new
        if target.name in (*key_columns(declared), "period"):
            self._keys.pop(key, None)

    def _matching(self, row: t.ScenarioRow, declared: type[Row]) -> list[int]:
        """Return the positions of the rows a change is about; reports where there are none."""
        key = declared.table.key
        if key not in self._keys:
            self._keys[key] = Keys(declared, self.rows[key])
        keys = self._keys[key]
        positions = keys.find(row.row)
        if positions or keys.may_be_refused(row.row, self.original.refused.get(key, ())):
            return positions
        facts: dict[str, Fact] = {"name": row.row, "table": declared.table.label}
        parts = key_parts(declared)
        said = Label(" / ".join(part.en for part in parts), " / ".join(part.fr for part in parts))
        if not keys.fits(row.row):
            self._say(p.KEY_PARTS, row, "row", count=len(parts), parts=said, **facts)
        else:
            near = nearest(row.row, dict.fromkeys(key_of(one) for one in self.rows[key]))
            self._say(p.UNKNOWN_ROW, row, "row", parts=said, meant=meant(near), **facts)
        return []

    def _target(self, row: t.ScenarioRow, change: Change, declared: type[Row]) -> _Target | None:
        """Return the column a change is about; reports where it is none of the table's."""
        if not row.column:
            self._say(p.CHANGE_WITHOUT_COLUMN, row, "column", change=change.text)
            return None
        name = HEADINGS[declared].get(heading(row.column))
        if name == "scenario":
            name = None
        if name is not None:
            column = columns(declared)[name]
            if name in key_columns(declared) and column.reads is Reads.NAME and not column.refers:
                self._say(p.KEY_CHANGED, row, "column", column=column.label, table=declared.table.label)
                return None
            return _Target(column, name)
        free = self._free(row.column, declared)
        if free is None:
            own = [column.label for field, column in columns(declared).items() if field != "scenario"]
            near = nearest_column(declared, row.column)
            said = meant(columns(declared)[near].label if near else None)
            facts: dict[str, Fact] = {"name": row.column, "table": declared.table.label, "known": all_of(own)}
            self._say(p.UNKNOWN_CHANGED_COLUMN, row, "column", meant=said, **facts)
        return free

    def _free(self, text: str, declared: type[Row]) -> _Target | None:
        """Return the measure or the period that a column's name stands for, None where it is neither."""
        extra = declared.table.extra
        wanted = measure_name(text) if extra == "measures" else text if extra == "periods" else None
        if not wanted:
            return None
        into, make = ("measures", measure_column) if extra == "measures" else ("values", period_column)
        before = "measure: " if extra == "measures" else ""
        fields = {"", *columns(declared)}
        for row in self.rows[declared.table.key]:
            for place in (*row.cells, *(before + name for name in getattr(row, into))):
                name = place.removeprefix(before)
                if place not in fields and place.startswith(before) and fold(name) == fold(wanted):
                    return _Target(make(name), name, into)
        return None

    def _changed(
        self, row: t.ScenarioRow, change: Change, target: _Target, old: Row, between: UnitsBetween
    ) -> Row | None:
        """Return a row with one value changed, None where that is refused."""
        cell = row.at("change") or row.at()
        if empties(change, target.column):
            return _with(old, target, target.column.default, "", cell)
        value = target.value(old)
        if change.sign != "=" and target.column.reads not in (Reads.NUMBER, Reads.INTEGER):
            self._say(p.CHANGE_OF_TEXT, row, "change", change=change.text, column=target.column.label)
            return None
        place = old.cells.get(target.place) or old.at() or ""
        if change.sign != "=" and value is None:
            said = default_label(target.column)
            self._say(p.CHANGE_OF_BLANK, row, "change", change=change.text, place=place, default=said)
            return None
        understood = changed_value(change, target.column, value, old.units.get(target.place, ""), between.of(old))
        if understood is None:
            self._say(p.CHANGE_OF_UNITS, row, "change", change=change.text, place=place)
            return None
        if target.into and understood.unit:
            understood = unit_refused(target.column, understood, change.behind)
        for code, facts in understood.findings:
            self._say(code, row, "change", **facts)
        if any(code.severity is Severity.ERROR for code, _ in understood.findings):
            return None
        before = old.units.get(target.place)
        unit = understood.unit or (before if isinstance(before, HeadingUnit) else "")
        return _with(old, target, understood.value, unit, cell)

    def _setting(self, row: t.ScenarioRow, change: Change) -> None:
        """Change a setting, written or not: one that is not written has its default."""
        name = HEADINGS[t.SettingsValues].get(heading(row.row))
        if name is None:
            near = nearest_column(t.SettingsValues, row.row)
            said = meant(columns(t.SettingsValues)[near].label if near else None)
            facts: dict[str, Fact] = {"name": row.row, "table": t.SettingsRow.table.label}
            parts = columns(t.SettingsRow)["setting"].label
            self._say(p.UNKNOWN_ROW, row, "row", parts=parts, meant=said, **facts)
            return
        column = columns(t.SettingsValues)[name]
        value = getattr(self.settings, name)
        if change.sign == "off":
            self._say(p.NOT_SWITCHED_OFF, row, "change", name=column.label)
            return
        if change.sign != "=" and column.reads not in (Reads.NUMBER, Reads.INTEGER):
            self._say(p.CHANGE_OF_TEXT, row, "change", change=change.text, column=column.label)
            return
        if change.sign != "=" and value is None:
            place = self.settings.cells.get(name) or column.label
            said = default_label(column)
            self._say(p.CHANGE_OF_BLANK, row, "change", change=change.text, place=place, default=said)
            return
        understood = changed_value(change, column, value, "", lambda one, other: 1.0 if one == other else None)
        if understood is None or understood.unit:
            refused = understood or understand(column, change.behind)
            understood = unit_refused(column, refused, change.behind)
        for code, found in understood.findings:
            self._say(code, row, "change", **found)
        if understood.value is not None:
            cells = {**self.settings.cells, name: row.at("change") or Cell("")}
            new: dict[str, Any] = {name: understood.value}
            self.settings = replace(self.settings, **new, cells=cells)

    def _say(self, code: Code, row: t.ScenarioRow, at: str, /, **facts: Fact) -> None:
        self.problems.append(code.at(row.at(at), **facts))


def _holds(row: Row, lineage: tuple[str, ...]) -> bool:
    return not row.scenario or scenario_key(row.scenario) in lineage


def _with(row: Row, target: _Target, value: Any, unit: str, cell: Cell | None) -> Row:
    """Return the row with one value replaced and its cell moved to where the new value stands."""
    units = {name: typed for name, typed in row.units.items() if name != target.place}
    if unit:
        units[target.place] = unit
    cells: Mapping[str, Cell] = row.cells
    if isinstance(cells, Places):
        moved = {**cells.moved, target.place: cell} if cell else cells.moved
        typed = cells.typed | {target.name} if not target.into else cells.typed
        cells = replace(cells, typed=typed, moved=moved)
    elif cell:
        cells = {**cells, target.place: cell}
    new: dict[str, Any] = {target.name: value}
    if target.into:
        entries = dict(getattr(row, target.into))
        entries[_entry(entries, target.name)[0]] = value
        new = {target.into: entries}
    return changed(row, **new, cells=cells, units=units)


def _entry(values: Mapping[str, float], name: str) -> tuple[str, float | None]:
    """Return the measure or period as the row spells it, and its value."""
    for spelled, value in values.items():
        if fold(spelled) == fold(name):
            return spelled, value
    return name, None
