"""What members bring to their co-operative or dairy, or take in baskets: tables that need not say which good it is."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from filiere.gather.apart.totals import is_total
from filiere.gather.headings import find_columns, plain
from filiere.gather.people.persons import PRIVATE_NAME
from filiere.gather.shapes.parties import of_good
from filiere.table import RawRow, RawTable, RawValue

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


_BASKET = re.compile(r"\b(amap|amapiens?|paniers?|consom ?acteurs?|abonnee?s?|abonnements?)\b")
_SORT = re.compile(r"((types?|tailles?|formules?|formats?)( (de |du )?paniers?)?|paniers?|abonnements?|contrats?)")


def of_baskets(table: RawTable, named: str) -> RawTable | None:
    """Return contracts of baskets as sales of baskets to private customers; None for any other table.

    The names of members are not kept: whoever takes a basket is a private customer.
    """
    found = find_columns(table)
    if found is None or not found.missing or "figure" in found.missing:
        return None
    above = (str(value) for row in table.rows if row.number <= found.row for value in row.values.values())
    if not _BASKET.search(plain(" ".join((named, *above)))):
        return None
    members = found.at.get("owner", found.at.get("actor"))
    sort = next((at for at, title in found.unused.items() if _SORT.fullmatch(plain(title))), None)
    counted = plain(found.heading("quantity"))
    if ("party" in found.missing and members is None) or ("product" in found.missing and sort is None
                                                          and not _BASKET.search(counted)):  # fmt: skip
        return None
    titles: dict[int, RawValue] = {}
    if "party" in found.missing and members is not None:
        titles[members] = "Client"
    if "product" in found.missing and sort is not None:
        titles[sort] = "Produit"
    rows = (_basket(row, titles) if row.number > found.row else
            replace(row, values={**row.values, **titles}) if row.number == found.row else row
            for row in table.rows)  # fmt: skip
    taken = replace(table, rows=tuple(rows), widths={})
    return of_good(taken, "Paniers") if "product" in found.missing and sort is None else taken


def _basket(row: RawRow, titles: Mapping[int, RawValue]) -> RawRow:
    """Return a row with no name of whoever takes a basket, and its sort as its good; sums stay as they are."""
    told = {at: value for at in titles if isinstance(value := row.values.get(at), str)}
    if len(told) < len(titles) or any(is_total(value) for value in told.values()):
        return row
    goods = {at: value if "panier" in plain(value) else f"Panier {value}" for at, value in told.items()}
    return replace(
        row, values={**row.values, **{at: PRIVATE_NAME if titles[at] == "Client" else goods[at] for at in told}}
    )
