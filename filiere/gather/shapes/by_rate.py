"""Amounts cut into columns, one for each rate of tax or each label: what was paid is their sum."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace

from filiere.gather.cells.values import decimal_mark, read_number
from filiere.gather.headings import find_columns, meaning, plain
from filiere.table import RawRow, RawTable, RawValue

_RATE = r"( a| au taux de| taux)? ?(0|2 1|5 5|8 5|10|13|20)( 0+)? ?%?"
_NET = re.compile(rf"((montants?|total|ca|ventes?|achats?) )?(ht|bases?( (ht|tva))?){_RATE}")
_TAX = re.compile(rf"(dont )?((montants?|total) )?(de )?(tva|vat){_RATE}")
_LABEL = re.compile(
    r"((montants?|valeurs?|achats?|depenses?) )?(ht )?(bio|label rouge|aop|aoc|igp|siqo|hve|egalim|durables?"
    r"|commerce equitable|fermiers?|peche durable|(non|hors) (bio|egalim|siqo)|autres?|conventionnel(le)?s?"
    r"|organic|conventional)( ht)?"
)
_THE_REST = re.compile(r"\b(conventionnel\w*|conventional|autres?|non|hors)\b")
"""With a column of all the rest, columns of labels are parts of one whole and not of one another."""


def amounts_joined(table: RawTable) -> tuple[RawTable, list[list[str]]]:
    """Return a table with one column for what its columns by rate or by label come to, and the headings of each sum.

    A table that gives the whole beside its parts is left as it is.
    """
    found = find_columns(table)
    if found is None:
        return table, []
    told = []
    for title, parts in _cut(found.titles):
        table = replace(table, rows=tuple(_joined(row, parts, title, found.row, _mark(table, parts, found.row))
                                          for row in table.rows))  # fmt: skip
        told.append([found.titles[at] for at in parts])
    return table, told


def _cut(titles: Mapping[int, str]) -> Iterator[tuple[str, list[int]]]:
    """Yield the heading of each sum, and the columns that make it."""
    words = {at: plain(title) for at, title in titles.items()}
    net, tax, label = ([at for at in sorted(words) if one.fullmatch(words[at])] for one in (_NET, _TAX, _LABEL))
    parts = {*net, *tax, *label}
    held = {meaning(title) for at, title in titles.items() if at not in parts}
    if len(net) > 1 and "amount" not in held:
        yield "Montant HT", net
    elif len(label) > 1 and any(_THE_REST.search(words[at]) for at in label) and not held & {"amount", "gross"}:
        yield "Montant HT" if all("ht" in words[at].split() for at in label) else "Montant", label
    if len(tax) > 1 and "tax" not in held:
        yield "Montant TVA", tax


def _mark(table: RawTable, parts: list[int], heading: int) -> str:
    return decimal_mark(
        row.values[at] for row in table.rows for at in parts if row.number > heading and at in row.values
    )


def _joined(row: RawRow, parts: list[int], title: str, heading: int, mark: str) -> RawRow:
    """Return a row with the sum of its parts where the first of them stands, or the one that cannot be read."""
    own = {at: row.values[at] for at in parts if at in row.values}
    if row.number < heading or not own:
        return row
    values = {at: value for at, value in row.values.items() if at not in parts}
    read = {at: read_number(value, mark)[0] for at, value in own.items()}
    unread: list[RawValue] = [own[at] for at, number in read.items() if number is None and str(own[at]).strip()]
    whole: RawValue = unread[0] if unread else sum(number or 0.0 for number in read.values())
    return replace(row, values={**values, parts[0]: title if row.number == heading else whole})
