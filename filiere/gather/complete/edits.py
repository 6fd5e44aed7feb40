"""What is to change in a workbook, said by the content of its rows and never by where they stand."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from filiere.gather.collect.rows import RowKey
from filiere.workbook.questionnaire.form import Value


@dataclass(frozen=True)
class SetCell:
    """A cell of a known row takes another value (None: it is emptied)."""

    row: RowKey
    column: str
    value: Value
    source: str = ""


TYPED_UNIT = "typed unit"
"""The value of an added row that says in which unit its amounts are typed: its product may be counted in another."""

UNIT_IS = "one unit is"
"""The value of an added activity that says what one unit of it is: it stands in a column of comments beside it."""


@dataclass(frozen=True)
class AddRow:
    """A row that is not there yet; where it is, it fills in the blank cells and never writes over another figure."""

    table: str
    values: Mapping[str, str | float] = field(hash=False)
    source: str = ""


@dataclass(frozen=True)
class DropRow:
    """A row goes."""

    row: RowKey
    source: str = ""


@dataclass(frozen=True)
class Rename:
    """Two names are one: the old one gives way wherever it stands; ``table`` says whether of actors or products."""

    table: str
    old: str
    new: str
    source: str = ""


Edit = SetCell | AddRow | DropRow | Rename


def written(edits: Sequence[Edit]) -> str:
    """Return edits as one line of text, to be kept in a cell."""
    return json.dumps([_plain(edit) for edit in edits], ensure_ascii=False, separators=(",", ":"))


def read_edits(text: str) -> tuple[Edit, ...]:
    """Return the edits that a text holds. Raises ValueError where it holds anything else."""
    said = json.loads(text)
    if not isinstance(said, list):
        raise ValueError(text[:80])
    try:
        return tuple(_edit(one) for one in said)
    except (TypeError, KeyError, IndexError, AttributeError, AssertionError) as fault:
        raise ValueError(text[:80]) from fault


def _plain(edit: Edit) -> list[object]:
    if isinstance(edit, SetCell):
        return ["set", *_row(edit.row), edit.column, edit.value, edit.source]
    if isinstance(edit, AddRow):
        return ["add", edit.table, dict(edit.values), edit.source]
    if isinstance(edit, DropRow):
        return ["drop", *_row(edit.row), edit.source]
    return ["rename", edit.table, edit.old, edit.new, edit.source]


def _row(row: RowKey) -> list[object]:
    return [row.table, list(row.parts), row.turn]


def _edit(said: list[object]) -> Edit:
    kind, table = str(said[0]), str(said[1])
    if kind == "add":
        values = said[2]
        assert isinstance(values, dict)
        return AddRow(table, values, str(said[3]))
    if kind == "rename":
        return Rename(table, str(said[2]), str(said[3]), str(said[4]))
    parts, turn = said[2], said[3]
    assert isinstance(parts, list) and isinstance(turn, int)
    row = RowKey(table, tuple(map(str, parts)), turn)
    if kind == "drop":
        return DropRow(row, str(said[4]))
    value = said[5]
    if kind != "set" or not isinstance(value, str | float | int | None):
        raise ValueError(kind)
    return SetCell(row, str(said[4]), float(value) if isinstance(value, int) else value, str(said[6]))
