"""Canteens' purchases in the form of the public platform « ma cantine » (table schemas ``achats_*``, betagouv)."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from filiere.gather.cells.values import day_first, decimal_mark, read_date, read_number
from filiere.gather.headings import plain
from filiere.names import loose, tidy
from filiere.table import RawRow, RawTable, RawValue

_NEEDED = ("description", "fournisseur", "date", "prix_ht", "famille_produits")
_CANTEEN = ("siret", "id")
_MARKS = ("caracteristiques", "categories_egalim")
_FLAGS = {"est_circuit_court": "CIRCUIT_COURT", "est_local": "LOCAL"}
_YES = {"oui", "x", "yes", "true", "vrai", "1", "o"}
_SIRET = 14


@dataclass(frozen=True, kw_only=True)
class Purchase:
    """One purchase of a canteen: its amount is net of VAT, its quantity is not given."""

    row: int
    canteen: str
    """Its SIRET, or its number on the platform."""
    supplier: str
    product: str
    amount: float | None
    written: str
    """The amount as written."""
    date: dt.date | None
    family: str
    labels: tuple[str, ...]


def canteen_purchases(table: RawTable) -> tuple[Purchase, ...] | None:
    """Return the purchases that a table of the platform's form holds, None where it has another form."""
    for row in table.rows[:5]:
        at = {loose(value): n for n, value in row.values.items() if isinstance(value, str)}
        columns = {name: at[loose(name)] for name in (*_NEEDED, *_CANTEEN, *_MARKS, "origine", *_FLAGS)
                   if loose(name) in at}  # fmt: skip
        if columns.keys() >= set(_NEEDED) and columns.keys() & set(_CANTEEN) and columns.keys() & set(_MARKS):
            return tuple(_purchases([one for one in table.rows if one.number > row.number], columns))
    return None


def _purchases(rows: list[RawRow], columns: Mapping[str, int]) -> Iterator[Purchase]:
    amounts = [row.values[columns["prix_ht"]] for row in rows if columns["prix_ht"] in row.values]
    mark = decimal_mark(amounts, ",")
    first_is_day = day_first(row.values.get(columns["date"], "") for row in rows)
    for row in rows:
        texts = {name: _text(row.values.get(at)) for name, at in columns.items()}
        if not any(texts.values()):
            continue
        siret = re.sub(r"\s", "", texts.get("siret", ""))
        yield Purchase(
            row=row.number,
            canteen=siret.zfill(_SIRET) if siret.isdigit() else siret or texts.get("id", ""),
            supplier=texts["fournisseur"],
            product=texts["description"],
            amount=read_number(row.values.get(columns["prix_ht"]), mark)[0],
            written=texts["prix_ht"],
            date=read_date(row.values.get(columns["date"]), first_is_day),
            family=texts["famille_produits"].upper(),
            labels=_labels(texts),
        )


def _labels(texts: Mapping[str, str]) -> tuple[str, ...]:
    words = [word for name in (*_MARKS, "origine") for word in re.split(r"[,;|]", texts.get(name, ""))]
    words += [label for name, label in _FLAGS.items() if plain(texts.get(name, "")) in _YES]
    return tuple(dict.fromkeys(tidy(word).upper() for word in words if tidy(word)))


def _text(value: RawValue | None) -> str:
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return tidy(str(value)) if value is not None else ""
