"""Names that are written once for several rows: a list by supplier, the lines of an order below its first one."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from itertools import pairwise

from filiere.gather.apart.totals import is_closing, is_total
from filiere.gather.apart.unnamed import unnamed_sums
from filiere.gather.headings import Columns
from filiere.table import RawRow, RawValue

_LABELS = ("seller", "buyer", "party", "product")
_OF_A_PIECE = ("seller", "buyer", "party", "owner", "identifier", "date", "year", "month", "season", "number", "kind",
               "status", "void", "currency", "sense")  # fmt: skip
_GRAND_TOTAL = re.compile(r"total g[ée]n[ée]ral|grand total|total r[ée]sultat|total result", re.IGNORECASE)
_TOTAL = re.compile(r"\b(sous-)?total\b(?! [ée]nergies?)", re.IGNORECASE)
_TOLD_APART = ("date", "number")
_LEAST = 2
"""From how many blanks on one column of names that never repeats a name means the name above."""


def labels_filled(
    rows: Sequence[RawRow], columns: Columns
) -> tuple[list[RawRow], dict[str, list[int]], frozenset[int]]:
    """Return rows with the names that stand above them, the rows of each column that were filled in, and unnamed sums.

    The lines of one piece leave blank all that is said of it once, its party with its day or number; a list by party
    never writes one name twice running; a sum leaves it blank for there is none. A blank in any other table is only
    missing.
    """
    sums = unnamed_sums(columns, rows)
    return (*_with_names(rows, columns, sums), sums)


def _with_names(
    rows: Sequence[RawRow], columns: Columns, sums: Collection[int]
) -> tuple[list[RawRow], dict[str, list[int]]]:
    at = columns.at
    if _is_nested(rows, columns):
        return _nested(rows, columns)
    headed = _headed(rows, columns, sums)
    if headed is not None:
        return headed
    rows = _of_one_number(rows, columns)
    lines = [row for row in rows if row.number not in sums and _is_line(row, columns)]
    piece = [at[name] for name in _OF_A_PIECE if name in at]
    parties = [at[name] for name in ("seller", "buyer", "party") if name in at]
    told = [at[name] for name in _TOLD_APART if name in at]
    blanks = [row for row in lines if not any(_has(row, one) for one in parties)]
    if parties and told and blanks and not any(_has(row, one) for row in blanks for one in piece):
        return _filled(rows, lines, piece, columns)
    listed = [at[name] for name in _LABELS if name in at and _is_listed(lines, at[name])]
    return _filled(rows, lines, listed[:1], columns) if listed else (list(rows), {})


def _places(columns: Columns) -> list[int]:
    """Return where the labels of a row stand, days and months included, from left to right."""
    return sorted(columns.at[name] for name in (*_LABELS, "date", "year", "month", "season") if name in columns.at)


def _is_nested(rows: Sequence[RawRow], columns: Columns) -> bool:
    """Whether a table is a pivot's: its labels are written once at each level, and a grand total ends it."""
    places = _places(columns)
    begins = bool(rows) and len(places) > 1 and all(_has(rows[0], at) for at in places)
    ends = begins and any(_GRAND_TOTAL.fullmatch(str(row.values.get(places[0], "")).strip()) for row in rows[-2:])
    return ends and any(not _has(row, places[0]) for row in rows)


def _nested(rows: Sequence[RawRow], columns: Columns) -> tuple[list[RawRow], dict[str, list[int]]]:
    """Return the rows of a pivot with all their labels: one that is written anew ends those to its right."""
    places, above = _places(columns), dict[int, RawValue]()
    told: dict[str, list[int]] = {}
    found = []
    for row in rows:
        own = {at: row.values[at] for at in places if _has(row, at)}
        if any(_TOTAL.search(str(value)) for value in own.values()) or not own:
            found.append(row)
            continue
        first = min(own)
        above = {at: value for at, value in above.items() if at < first} | own
        if not _has(row, places[0]):
            told.setdefault(columns.titles.get(places[0], ""), []).append(row.number)
        found.append(RawRow(row.number, {**above, **row.values}))
    return found, told


def _headed(
    rows: Sequence[RawRow], columns: Columns, sums: Collection[int]
) -> tuple[list[RawRow], dict[str, list[int]]] | None:
    """Return rows whose party stands alone on a row of its own above them with its name; None for any other table."""
    parties = [columns.at[name] for name in ("seller", "buyer", "party") if name in columns.at]
    lines = {row.number for row in rows if row.number not in sums and _is_line(row, columns)}
    heads = [row for row in rows if len(row.values) == 1 and row.number not in lines
             and parties and _has(row, parties[0]) and not is_total(str(row.values[parties[0]]))]  # fmt: skip
    if len(parties) != 1 or not heads or not lines or heads[0].number > min(lines):
        return None
    if any(_has(row, parties[0]) for row in rows if row.number in lines):
        return None
    found: list[RawRow] = []
    name: RawValue = ""
    for row in rows:
        if row in heads:
            name = row.values[parties[0]]
            continue
        found.append(RawRow(row.number, {**row.values, parties[0]: name}) if row.number in lines else row)
    return found, {columns.titles.get(parties[0], ""): sorted(lines)}


def _of_one_number(rows: Sequence[RawRow], columns: Columns) -> Sequence[RawRow]:
    """Return rows in which what is said once of a piece is said of each line that bears its number."""
    number = columns.at.get("number")
    if number is None:
        return rows
    places = [columns.at[name] for name in _OF_A_PIECE if name in columns.at]
    above: RawRow | None = None
    found = []
    for row in rows:
        same = above is not None and _has(row, number) and row.values[number] == above.values.get(number)
        if same and above is not None:
            row = RawRow(row.number, {**{at: above.values[at] for at in places if at in above.values}, **row.values})
        above = row
        found.append(row)
    return found


def _has(row: RawRow, at: int) -> bool:
    value = row.values.get(at)
    return value is not None and (not isinstance(value, str) or bool(value.strip()))


def _is_line(row: RawRow, columns: Columns) -> bool:
    """Whether a row is of a good or a party and holds a figure, and sums up no others."""
    labels = [columns.at[name] for name in _LABELS if name in columns.at]
    figures = [columns.at[name] for name in ("quantity", "amount", "debit", "credit") if name in columns.at]
    texts = [str(row.values.get(at, "")).casefold() for at in labels]
    summed = any(("total" in text and re.search(r"\btotal\b", text)) or is_total(text) for text in texts)
    closing = not _has(row, columns.at.get("product", -1)) and is_closing(row, columns)
    return not summed and not closing and any(texts) and any(_has(row, at) for at in figures)


def _is_listed(lines: Sequence[RawRow], at: int) -> bool:
    """Whether a column names each party or good once, for all the rows below it."""
    if not lines or not _has(lines[0], at):
        return False
    names = [row.values.get(at) if _has(row, at) else None for row in lines]
    if names.count(None) < _LEAST or len(set(names)) <= 2:
        return False
    return not any(one == other for one, other in pairwise(names) if one is not None)


def _filled(
    rows: Sequence[RawRow], lines: Sequence[RawRow], places: Sequence[int], columns: Columns
) -> tuple[list[RawRow], dict[str, list[int]]]:
    above: dict[int, RawValue] = {}
    told: dict[str, list[int]] = {}
    found = []
    known = {id(row) for row in lines}
    for row in rows:
        if id(row) not in known:
            found.append(row)
            continue
        new = {at: above[at] for at in places if not _has(row, at) and at in above}
        for at in new:
            told.setdefault(columns.titles.get(at, ""), []).append(row.number)
        above |= {at: row.values[at] for at in places if _has(row, at)}
        found.append(RawRow(row.number, {**row.values, **new}))
    return found, told
