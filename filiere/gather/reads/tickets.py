"""Exports of ticket offices: what each show took at each venue, and the seats it served, free ones included.

The columns are those that venues declare (SIBIL, decree of 2017): show, day, venue, tariff, tickets, unit price.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace

from filiere.gather.cells.values import decimal_mark, read_number
from filiere.gather.headings import plain
from filiere.names import tidy
from filiere.table import RawRow, RawTable, RawValue

_PATTERNS = tuple((name, re.compile(pattern)) for name, pattern in (
    ("free", r"\b(gratuits?|gratuites?|exoneres?|exonerations?|invitations?|free)\b"),
    ("rate", r"\b(taux( de)? tva|vat rate)\b|\btva %|% tva\b|^tva$"),
    ("venue", r"\b(lieu|salle|venue|theatre)\b"),
    ("day", r"\b(date|jour|day)\b"),
    ("gross", r"\b(recettes?|montant|total|billetterie)\b.*\bttc\b"),
    ("net", r"\b(recettes?|montant|total|billetterie)\b.*\bht\b"),
    ("price_net", r"\b(prix|tarif|pu)\b.*\bht\b"),
    ("price", r"\b(prix|pu|price)\b|\btarif unitaire\b"),
    ("count", r"\b(nombre|nb|nbre|quantite|qte|number)\b|^(billets|places|entrees|tickets|seats)$"),
    ("tariff", r"\b(tarifs?|categorie( tarifaire)?|tariff)\b"),
    ("show", r"\b(spectacles?|representations?|manifestations?|evenements?|titre|show|performance)\b"),
))  # fmt: skip
_NEEDED = {"show", "venue", "count", "day"}
_MONEY = {"net", "gross", "price_net", "price"}
_HEADINGS: Mapping[int, RawValue] = {0: "Fournisseur", 1: "Client", 2: "Produit", 3: "Quantité", 4: "Unité", 5: "Date"}
_AUDIENCE, _SEAT = "spectateurs", "place"


def tickets_table(table: RawTable) -> RawTable | None:
    """Return a ticket office's export as plain sales of seats by venue and show, None where it is none.

    Amounts are net of VAT where the table gives them so, or the rate; else they are headed as gross.
    """
    for row in table.rows[:10]:
        at: dict[str, int] = {}
        for position, value in row.values.items():
            words = plain(value) if isinstance(value, str) else ""
            name = next((name for name, pattern in _PATTERNS if words and pattern.search(words)), None)
            if name is not None:
                at.setdefault(name, position)
        if at.keys() >= _NEEDED and at.keys() & _MONEY and at.keys() & {"tariff", "free", "price", "price_net"}:
            known = bool(at.keys() & {"net", "price_net", "rate"})
            heading = RawRow(row.number, {**_HEADINGS, 6: "Montant HT" if known else "Montant TTC"})
            rows = _seats([one for one in table.rows if one.number > row.number], at)
            return replace(table, rows=(heading, *rows))
    return None


def _seats(rows: list[RawRow], at: Mapping[str, int]) -> Iterator[RawRow]:
    figures = ("count", "free", "rate", "net", "gross", "price_net", "price")
    marks = {name: decimal_mark((row.values[at[name]] for row in rows if at[name] in row.values), ",")
             for name in figures if name in at}  # fmt: skip

    def number(row: RawRow, name: str) -> float | None:
        return read_number(row.values.get(at[name]), marks[name])[0] if name in at else None

    for row in rows:
        sold, free = number(row, "count"), number(row, "free")
        show, venue = (tidy(str(row.values.get(at[name], ""))) for name in ("show", "venue"))
        if (sold is None and free is None) or not show or not venue:
            continue
        values: dict[int, RawValue] = {0: venue, 1: _AUDIENCE, 2: f"Place, {show}", 3: (sold or 0.0) + (free or 0.0),
                                       4: _SEAT}  # fmt: skip
        if (day := row.values.get(at["day"])) is not None:
            values[5] = day
        amount = _net({name: number(row, name) for name in figures}, sold or 0.0)
        if amount is not None:
            values[6] = amount
        yield RawRow(row.number, values)


def _net(figures: Mapping[str, float | None], sold: float) -> float | None:
    """Return what the sold seats brought: the amount net of VAT, else the gross one less its rate where known."""
    if figures["net"] is not None:
        return figures["net"]
    if figures["price_net"] is not None:
        return figures["price_net"] * sold
    gross = figures["gross"]
    if gross is None and figures["price"] is not None:
        gross = figures["price"] * sold
    rate = figures["rate"]
    if gross is None or rate is None:
        return gross
    return gross / (1.0 + (rate / 100.0 if rate >= 1.0 else rate))
