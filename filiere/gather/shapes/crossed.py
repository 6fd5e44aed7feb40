"""Cross tables: products in rows and clients or suppliers in columns, or the other way round."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from filiere.gather.cells.values import read_number
from filiere.gather.headings import Columns, find_columns, plain
from filiere.gather.people.persons import are_people
from filiere.gather.shapes.counted_in import is_counted
from filiere.gather.shapes.parties import parties_above, sides_above
from filiere.gather.shapes.tables import NOTHING, held_by, said_beside
from filiere.names import tidy
from filiere.table import RawRow, RawTable, RawValue

_LEAST = 2
"""From how many columns on headings that mean nothing else are names."""
_TOTAL = re.compile(r"\b(total|totaux|sum|somme|ensemble|moyenne|average|ecart|evolution|part|cumul)\b|%")
_IN_BRACKETS = re.compile(r"\w\s*\(([^()]+)\)\s*$")
_OF_LABEL = re.compile(r"((dont|hors|non|autres?|montants?|valeurs?|achats?|produits?|denrees?|ht|en|de|du|et"
                       r"|eur|euros?|bio|biologiques?|ab|label|labels|rouge|aop|aoc|igp|stg|hve|siqo|egalim|durables?|qualite"
                       r"|conventionnel(le)?s?|commerce|equitables?|fermiers?|peche|locale?s?|locaux|circuits?|courts?"
                       r"|francais|france|origine|ue|organic|conventional|local|fair trade) ?)+")  # fmt: skip
"""Headings of what was paid for goods of one label each, which are neither goods nor clients: ``Bio HT``, ``SIQO``."""


def crossed_as_rows(table: RawTable) -> tuple[RawTable, list[str]]:
    """Return a cross table with one row for each figure, and the headings of sums of something else.

    What the figures are (kg, pieces, euros) must stand above them or in a column of units, else nothing is assumed.
    Any other table is returned as it is. What several goods come to in money is no sum of their kilograms.
    """
    found = find_columns(table)
    if found is None:
        return table, []
    sums = {name for name in ("amount", "quantity") if _TOTAL.search(plain(found.heading(name)))}
    whole, found = found, replace(found, at={name: at for name, at in found.at.items() if name not in sums})
    lacks = {"product", "party"} & set(found.missing)
    lacks = lacks - parties_above(table) if len(lacks) > 1 else lacks
    if "figure" not in found.missing or len(lacks) != 1:
        return table, []
    names = _names(table, found)
    held, unit = held_by(table, found)
    held = held or ("Quantité" if len(_units(names)) == len(names) else "")
    if len(names) < _LEAST or not held:
        return table, []
    apart = [whole.heading("amount")] if held == "Quantité" and "amount" in sums else []
    figure = max(found.titles) + 1
    other, of = figure + 1, figure + 2
    kept = sorted(found.at.values())
    across = _across(table, names.values()) if "party" in lacks else "Produit"
    titles: dict[int, RawValue] = {at: found.titles[at] for at in kept}
    units = _units(names) if held == "Quantité" and "unit" not in found.at else {}
    bare = {at: tidy(name.rsplit("(", 1)[0]) if at in units else name for at, name in names.items()}
    titles |= {figure: held, other: across} | ({of: "Unité"} if unit or units else {})
    rows = [*said_beside(table, found.row), RawRow(found.row, titles)]
    for row in (one for one in table.rows if one.number > found.row):
        texts = {at: row.values[at] for at in kept if at in row.values}
        for at, name in bare.items():
            if at in row.values and row.values[at] not in (*NOTHING, "0"):
                own = units.get(at, "" if units else unit)
                values = texts | {figure: row.values[at], other: name} | ({of: own} if own else {})
                rows.append(RawRow(row.number, values))
    return replace(table, rows=tuple(sorted(rows, key=lambda row: row.number)), widths={}), apart


def _across(table: RawTable, names: Iterable[str]) -> str:
    """Return the side of the parties of columns: not the one that a text above names; people buy."""
    sides = sides_above(table)
    if len(sides) == 1:
        return "Client" if sides == {"Fournisseur"} else "Fournisseur"
    return "Client" if are_people(names) else "Tiers"


def _units(names: dict[int, str]) -> dict[int, str]:
    """Return the unit that each column's own heading gives: ``Pain (kg)`` beside ``Lait (L)``."""
    found = {at: _IN_BRACKETS.search(name) for at, name in names.items()}
    return {at: one[1] for at, one in found.items() if one and is_counted(one[1])}


def _names(table: RawTable, found: Columns) -> dict[int, str]:
    """Return the columns whose headings are names: nothing else is known of them, and figures alone stand below."""
    names: dict[int, str] = {}
    for at, title in found.unused.items():
        values = [row.values[at] for row in table.rows if row.number > found.row and at in row.values]
        figures = [read_number(value, ",")[0] for value in values]
        words = plain(title)
        if values and None not in figures and not _TOTAL.search(words) and not _OF_LABEL.fullmatch(words):
            names[at] = tidy(title)
    return names
