"""Blocks of a sheet, each below its own ``Client : École`` or ``Fournisseur : Moulin``, with headings of its own."""

from __future__ import annotations

import re
from dataclasses import replace

from filiere.gather.cells.notes import lone_text
from filiere.gather.headings import HEADING_ROWS
from filiere.gather.shapes.parties import says_party
from filiere.names import tidy
from filiere.table import RawRow, RawTable


def blocks_told(table: RawTable) -> list[RawTable]:
    """Return the tables of a sheet whose blocks each have headings below a text of their own.

    Blocks that are alike are one table, whose headings (and units below them) stand once.
    """
    table = replace(table, rows=tuple(map(_in_one_cell, table.rows)))
    rows = table.rows
    begins = [at + 1 for at, row in enumerate(rows[:-1]) if lone_text(row) and _in_words(rows[at + 1])]
    if not begins or begins[0] >= HEADING_ROWS:
        return [table]
    first, titles = rows[begins[0]].values, _headings(rows, begins[0])
    parts: list[list[RawRow]] = [list(rows[: begins[0]])]
    skipped = 0
    for at, row in enumerate(rows[begins[0] :], start=begins[0]):
        if skipped:
            skipped -= 1
            continue
        if at in begins[1:] and first.items() & row.values.items():
            if _headings(rows, at) == titles:
                skipped = len(titles) - 1
                continue
            if says_party(rows[at - 1]):
                titles = _headings(rows, at)
                parts.append(_labels_taken(parts[-1]))
        parts[-1].append(row)
    return [replace(table, rows=tuple(part)) for part in parts]


def _in_one_cell(row: RawRow) -> RawRow:
    """Return ``Client :`` beside ``École`` as one text; any other row as it is."""
    if len(row.values) != 2:
        return row
    (at, label), (_, value) = sorted(row.values.items())
    told = isinstance(label, str) and label.strip().endswith(":") and isinstance(value, str)
    one = RawRow(row.number, {at: f"{tidy(str(label))} {tidy(str(value))}"})
    return one if told and says_party(one) else row


def _in_words(row: RawRow) -> bool:
    """Whether a row holds several texts and no figure, as headings do."""
    return len(row.values) > 1 and all(isinstance(value, str) and not re.match(r"\W*\d", value)
                                       for value in row.values.values())  # fmt: skip


def _headings(rows: tuple[RawRow, ...], at: int) -> list[dict[int, object]]:
    """Return what the headings at a row say, with the units on the row below them."""
    below = rows[at + 1 : at + 2]
    return [dict(row.values) for row in (rows[at], *(one for one in below if _in_words(one)))]


def _labels_taken(part: list[RawRow]) -> list[RawRow]:
    """Take off and return the lone texts that end a block: they are those of the next one."""
    at = len(part)
    while at and lone_text(part[at - 1]):
        at -= 1
    labels = part[at:]
    del part[at:]
    return labels
