"""The changes that lead from one set of inputs to another, and the inputs with only some of them made.

Within one workbook a change is one row of the Scenarios sheet, however many cells it reaches, or the rows that exist
in that scenario only; between two workbooks it is a row that differs. Rows that cannot stand without each other (a
new activity, its recipe, its relations) are one change.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Protocol

from filiere.analysis.scenarios.inputs import ROW_TABLES, Edit, edits, said_key
from filiere.chain.parse.tables import Tables
from filiere.chain.scenario import change as scenario_change
from filiere.chain.scenario.apply import apply_scenario
from filiere.chain.scenario.change import read_change
from filiere.chain.scenario.names import REFERENCE, base_first, scenario_key
from filiere.names import fold, loose
from filiere.problems import Cell
from filiere.problems import parsing as p
from filiere.schema import Row, columns
from filiere.schema import tables as t

MOST_CHANGES = 40
"""With more rows than this that differ between two workbooks, those of one sheet count as one change."""


@dataclass(frozen=True)
class Change:
    """One change of the inputs. ``key`` tells it from others, within one workbook.

    A row of the Scenarios sheet has its words as typed in ``table``, ``row``, ``column`` and ``text``; rows that
    come, go or differ have the key of the first one's table, its own key, and how many there are in ``rows``.
    """

    key: tuple[str, ...]
    kind: str
    """``typed`` (on the Scenarios sheet; ``off`` where it leaves rows out), ``added``, ``removed`` or ``changed``."""
    table: str
    row: str
    column: str = ""
    text: str = ""
    rows: int = 1
    cell: Cell | None = None
    undone: bool = False
    """Whether it is a change of the reference that the scenario does not make."""


class Variation(Protocol):
    """Two sets of inputs and the changes between them, in order."""

    @property
    def changes(self) -> tuple[Change, ...]:
        """The changes that lead from the one to the other."""
        ...

    def tables(self, made: int) -> Tables:
        """Return the inputs with some of the changes made: bit i of ``made`` stands for change i."""
        ...

    def key(self, made: int) -> tuple[Any, ...]:
        """Return what is the same for the same inputs, whatever scenario they are met in."""
        ...


Group = tuple[Edit, ...]
Part = tuple[Change, t.ScenarioRow | Group]


@dataclass(frozen=True)
class ScenarioVariation:
    """From one scenario of a workbook to another: what the one makes alone is undone, then the other's is made."""

    original: Tables
    dropped: tuple[Part, ...]
    kept: tuple[Part, ...]
    """Every change of the scenario, in order, those of the reference too."""
    shared: frozenset[tuple[str, ...]]

    @property
    def changes(self) -> tuple[Change, ...]:
        """Those undone, then those made."""
        undone = (replace(change, undone=True) for change, _ in self.dropped)
        return (*undone, *(change for change, _ in self.kept if change.key not in self.shared))

    def tables(self, made: int) -> Tables:
        """Return the inputs with some changes made; one that meets nothing yet, as its row comes by another, waits."""
        parts = [what for _, what in self._present(made)]
        groups = [part for part in parts if isinstance(part, tuple)]
        own = {id(edit.after) for group in groups for edit in group}
        rows = {
            key: tuple(
                replace(row, scenario=None) if row.scenario else row
                for row in getattr(self.original, key)
                if not row.scenario or id(row) in own
            )
            for key in ROW_TABLES
        }
        typed = [part for part in parts if isinstance(part, t.ScenarioRow)]
        name = "+" if typed else REFERENCE
        changes = tuple(replace(row, scenario=name, base=None) for row in typed)
        sums: dict[str, Any] = {**rows, "scenarios": changes}
        changed = apply_scenario(replace(self.original, **sums), name)
        return replace(changed, problems=tuple(one for one in changed.problems if one.kind is not p.UNKNOWN_ROW))

    def key(self, made: int) -> tuple[Any, ...]:
        """The changes that are made, in order."""
        return tuple(change.key for change, _ in self._present(made))

    def _present(self, made: int) -> list[Part]:
        first = len(self.dropped)
        present = [part for i, part in enumerate(self.dropped) if not made >> i & 1]
        at = first
        for part in self.kept:
            if part[0].key in self.shared:
                present.append(part)
                continue
            if made >> at & 1:
                present.append(part)
            at += 1
        return present


@dataclass(frozen=True)
class WorkbookVariation:
    """From the inputs of one workbook to those of another."""

    before: Tables
    after: Tables
    groups: tuple[tuple[Change, Group | tuple[str, ...]], ...]
    """Each change with its edits, or with the settings it changes."""
    names: tuple[str, str]

    @property
    def changes(self) -> tuple[Change, ...]:
        """The settings that differ, then the rows, in the order of the sheets."""
        return tuple(change for change, _ in self.groups)

    def tables(self, made: int) -> Tables:
        """Return the first workbook's inputs with some of the second's rows and settings."""
        settings: dict[str, Any] = {}
        chosen: list[Edit] = []
        for i, (_, group) in enumerate(self.groups):
            for one in group if made >> i & 1 else ():
                if isinstance(one, Edit):
                    chosen.append(one)
                else:
                    settings[one] = getattr(self.after.settings, one)
        rows = {key: _edited(getattr(self.before, key), [e for e in chosen if e.table == key]) for key in ROW_TABLES}
        mixed: dict[str, Any] = {**rows, "settings": replace(self.before.settings, **settings), "refused": {}}
        return replace(self.before, problems=(), **mixed)

    def key(self, made: int) -> tuple[Any, ...]:
        """The two workbooks and what is taken from the second."""
        return (*self.names, made)


def within(tables: Tables, reference: str, scenario: str) -> ScenarioVariation:
    """Return the way from one scenario of a workbook to another."""
    before, after = _parts(tables, reference), _parts(tables, scenario)
    ours, theirs = ({change.key for change, _ in parts} for parts in (before, after))
    dropped = tuple(part for part in before if part[0].key not in theirs)
    return ScenarioVariation(tables, dropped, tuple(after), frozenset(ours & theirs))


def between(before: Tables, after: Tables, names: tuple[str, str]) -> WorkbookVariation:
    """Return the way from the inputs of one workbook to those of another, their scenarios applied.

    ``names`` tell the two from others.
    """
    found: list[tuple[Change, Group | tuple[str, ...]]] = []
    for name in columns(t.SettingsValues):
        old, new = getattr(before.settings, name), getattr(after.settings, name)
        if old != new and name not in ("name", "territory", "language", "schema"):
            cell = after.settings.cells.get(name)
            found.append((Change(("settings", name), "changed", "settings", name, name, cell=cell), (name,)))
    differing = edits(before, after)
    groups = _together(differing)
    if len(groups) + len(found) > MOST_CHANGES:
        by_table: dict[str, list[Edit]] = defaultdict(list)
        for edit in differing:
            by_table[edit.table].append(edit)
        groups = [tuple(some) for some in by_table.values()]
    found += [(_change_of(group), group) for group in groups]
    return WorkbookVariation(before, after, tuple(found), names)


def _parts(tables: Tables, scenario: str) -> list[Part]:
    """Return the changes of a scenario and of those it starts from, the farthest base first: its own rows, then
    those of the Scenarios sheet.
    """
    parts: list[Part] = []
    for key in base_first(tables, scenario, []):
        own = [
            Edit(table, None, row)
            for table in ROW_TABLES
            for row in getattr(tables, table)
            if row.scenario and scenario_key(row.scenario) == key
        ]
        parts += [(_change_of(group), group) for group in _together(own)]
        for row in tables.scenarios if key != REFERENCE else ():
            if scenario_key(row.scenario) == key:
                parts.append((_typed(row, parts), row))
    return parts


def _typed(row: t.ScenarioRow, before: Sequence[Part]) -> Change:
    words = (row.changed, row.row, row.column or "", str(row.change))
    key = tuple(loose(word) for word in words)
    # The same change twice is two changes: x 0.5, then x 0.5 again.
    again = sum(change.key[: len(key)] == key for change, _ in before)
    made = read_change(row)
    kind = "off" if isinstance(made, scenario_change.Change) and made.sign == "off" else "typed"
    return Change((*key, *([str(again)] if again else [])), kind, *words, cell=row.at("change"))


def _change_of(group: Group) -> Change:
    first = group[0]
    kinds = {"added" if e.before is None else "removed" if e.after is None else "changed" for e in group}
    kind = kinds.pop() if len(kinds) == 1 else "changed"
    cell = first.row.cells.get("")
    place = next((c for name, c in first.row.cells.items() if name and c.row is not None), cell)
    key = tuple(f"{edit.table}: {said_key(edit.row)} {edit.row.cells.get('')}" for edit in group)
    return Change(key, kind, first.table, said_key(first.row), rows=len(group), cell=place)


_DECLARING: Mapping[str, tuple[tuple[str, str], ...]] = {
    "actors": (("actor", "actors"),), "products": (("product", "products"),),
    # An activity that comes to an actor brings the relations of that actor that come with it.
    "processes": (("process", "processes"), ("actor", "actors")),
    "profiles": (("profile", "profiles"),), "periods": (("period", "periods"),),
}  # fmt: skip


def _together(found: Sequence[Edit]) -> list[Group]:
    """Return the edits in groups: a row that comes or goes with the name it declares, and those that use the name."""
    leader = list(range(len(found)))

    def lead(at: int) -> int:
        while leader[at] != at:
            at = leader[at]
        return at

    declared: dict[tuple[str, str], int] = {}
    for at, edit in enumerate(found):
        if edit.table in _DECLARING and (edit.before is None or edit.after is None):
            for field, target in _DECLARING[edit.table]:
                first = declared.setdefault((target, fold(getattr(edit.row, field))), at)
                leader[lead(at)] = lead(first)
    for at, edit in enumerate(found):
        for name in _named(edit):
            if name in declared:
                one, other = sorted((lead(at), lead(declared[name])))
                leader[other] = one
    groups: dict[int, list[Edit]] = defaultdict(list)
    for at, edit in enumerate(found):
        groups[lead(at)].append(edit)
    return [tuple(group) for _, group in sorted(groups.items())]


def _named(edit: Edit) -> Iterable[tuple[str, str]]:
    """Yield what a row that comes or goes refers to: (what kind of name, the name folded)."""
    for row in (edit.row,) if edit.before is None or edit.after is None else ():
        for name, column in columns(type(row)).items():
            value = getattr(row, name)
            for one in value if isinstance(value, tuple) else (value,):
                if isinstance(one, str):
                    yield from ((target, fold(one)) for target in column.refers)


def _edited(rows: Sequence[Row], chosen: Sequence[Edit]) -> tuple[Row, ...]:
    by_row: Mapping[int, Row | None] = {id(edit.before): edit.after for edit in chosen if edit.before is not None}
    kept = [by_row.get(id(row), row) for row in rows]
    added = [edit.after for edit in chosen if edit.before is None]
    return tuple(row for row in (*kept, *added) if row is not None)
