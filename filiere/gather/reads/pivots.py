"""Cross tables: products in rows and clients or suppliers in columns, or the other way round."""

from __future__ import annotations

import re
from dataclasses import replace

from filiere.gather.headings import Columns, find_columns, plain
from filiere.gather.reads.shapes import held_by
from filiere.gather.values import read_number
from filiere.names import tidy
from filiere.table import RawRow, RawTable, RawValue

_LEAST = 2
"""From how many columns on headings that mean nothing else are names."""
_TOTAL = re.compile(r"\b(total|totaux|sum|somme|ensemble|moyenne|average|ecart|evolution|part|cumul)\b|%")


def crossed_as_rows(table: RawTable) -> RawTable:
    """Return a cross table with one row for each figure; any other table as it is.

    What the figures are (kg, pieces, euros) must stand above them or in a column of units, else nothing is assumed.
    """
    found = find_columns(table)
    if found is None:
        return table
    sums = {name for name in ("amount", "quantity") if _TOTAL.search(plain(found.heading(name)))}
    found = replace(found, at={name: at for name, at in found.at.items() if name not in sums})
    if "figure" not in found.missing or len({"product", "party"} & set(found.missing)) != 1:
        return table
    names = _names(table, found)
    held, unit = held_by(table, found)
    if len(names) < _LEAST or not held:
        return table
    figure = max(found.titles) + 1
    other, of = figure + 1, figure + 2
    kept = sorted(found.at.values())
    across = "Tiers" if "party" in found.missing else "Produit"
    titles: dict[int, RawValue] = {at: found.titles[at] for at in kept}
    titles |= {figure: held, other: across} | ({of: "Unité"} if unit else {})
    rows = [RawRow(found.row, titles)]
    for row in (one for one in table.rows if one.number > found.row):
        texts = {at: row.values[at] for at in kept if at in row.values}
        for at, name in names.items():
            if at in row.values:
                values = texts | {figure: row.values[at], other: name} | ({of: unit} if unit else {})
                rows.append(RawRow(row.number, values))
    return replace(table, rows=tuple(rows), widths={})


def _names(table: RawTable, found: Columns) -> dict[int, str]:
    """Return the columns whose headings are names: nothing else is known of them, and figures alone stand below."""
    names: dict[int, str] = {}
    for at, title in found.unused.items():
        values = [row.values[at] for row in table.rows if row.number > found.row and at in row.values]
        figures = [read_number(value, ",")[0] for value in values]
        if values and None not in figures and not _TOTAL.search(plain(title)):
            names[at] = tidy(title)
    return names
