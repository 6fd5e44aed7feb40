"""What members bring to their co-operative or dairy: tables that need not say that it is milk, or who delivers it."""

from __future__ import annotations

import re
from dataclasses import replace

from filiere.gather.headings import find_columns, plain
from filiere.gather.shapes.parties import of_good
from filiere.table import RawRow, RawTable

_FAT = re.compile(r"(tb|taux butyreux|mat(iere)? grasse|mg)( (moyen|g l|g kg))?")
_PROTEIN = re.compile(r"(tp|taux (proteique|azote)|mat(iere)? proteique|mp)( (moyen|g l|g kg))?")
_BROUGHT = re.compile(r"\b(apports?|collectes?|recoltes? livrees?)\b")


def of_milk(table: RawTable) -> RawTable | None:
    """Return a table of milk with its good on each row: it gives fat and protein, and names no good; None else."""
    found = find_columns(table)
    if found is None or "product" not in found.missing:
        return None
    titles = [plain(title) for title in found.titles.values()]
    told = all(any(one.fullmatch(title) for title in titles) for one in (_FAT, _PROTEIN))
    return of_good(table, "Lait") if told else None


def of_members(table: RawTable, named: str) -> RawTable | None:
    """Return a table of what members bring with them as its sellers: its file, sheet or title says so; None else."""
    found = find_columns(table)
    if found is None or found.missing != ("party",) or "owner" not in found.at:
        return None
    above = (str(value) for row in table.rows if row.number < found.row for value in row.values.values())
    if not _BROUGHT.search(plain(" ".join((named, *above)))):
        return None
    rows = (RawRow(row.number, {**row.values, found.at["owner"]: "Fournisseur"}) if row.number == found.row else row
            for row in table.rows)  # fmt: skip
    return replace(table, rows=tuple(rows))
