"""Parties that a table names outside its columns: above it, on a row of their own, as a sheet's name, or not at all."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from filiere.gather.apart.totals import is_total
from filiere.gather.headings import Columns, find_columns, meaning, plain, unit_of
from filiere.gather.people.persons import PRIVATE_NAME, is_business, is_private
from filiere.gather.shapes.counted_in import is_counted
from filiere.gather.shapes.tables import is_time
from filiere.names import tidy
from filiere.table import RawRow, RawTable, RawValue

_SELLS = re.compile(r"fournisseurs?|expediteur|vendeur|supplier|vendor|producteur|seller")
_BUYS = re.compile(
    r"(clients?|destinataire|livre a|facture a|acheteur|customer|bill to|sold to|deliver(ed)? to|ship to)"
)
_DAY = re.compile(r"(date|date de livraison|date du bon|le|livre le|delivery date|date of delivery)")
_GOOD = re.compile(r"produits?|articles?|denrees?|designations?|products?|items?")
_LABELS = ((_DAY, "Date"), (_BUYS, "Client"), (_SELLS, "Fournisseur"), (_GOOD, "Produit"))
_TITLES = {"product": ("Produit",), "party": ("Fournisseur", "Client")}
"""What a table may lack → the headings of columns that make up for it."""
_TILL = re.compile(r"\b(caisses?|tickets?|comptoir|boutique|magasin|tpe|till|pos|point of sale|gross sales"
                   r"|transaction id|z de caisse|sumup|zettle|square|stands?|etals?"
                   r"|ventes? (directes?|a la ferme|au detail)"
                   r"|marches?(?! (publics?|de gros|d interet|negocies?|formalises?|subsequents?)))\b")  # fmt: skip
_GENERIC = re.compile(r"(feuil|feuille|sheet|tabelle|tableau|table|donnees|data|export|page|onglet)( ?\d+)?|\d+"
                      r"|.*\b(recap\w*|total|totaux|synthese|tcd|achats?|ventes?|purchases|sales|produits?"
                      r"|liste)\b.*")  # fmt: skip
_GOODS = re.compile(r"((legumes?|fruits?|viandes?|poissons?|volailles?|charcuterie|epicerie|boissons?|cremerie"
                    r"|laitiers?|fromages?|pains?|boulangerie|patisserie|surgeles?|conserves?|cereales|oeufs|frais|secs?|bio"
                    r"|divers|autres?|hygiene|entretien|fournitures|emballages?|energie|services?|et|de|des|vegetables"
                    r"|meat|fish|dairy|drinks|bread|frozen|fresh|dry|other|and) ?)+")  # fmt: skip
"""Sheets named after goods are no parties."""
_LEAST = 2


def with_party(table: RawTable) -> RawTable:
    """Return a table with what stands above its rows in columns: the party, or the good, that it lacks, and the day."""
    found = find_columns(table)
    if found is None or "figure" in found.missing:
        return table
    wanted = {title for name in found.missing for title in _TITLES[name]} | _other_side(table, found)
    if not wanted:
        return table
    places = {title: max(found.titles) + shift for shift, title in enumerate(_ABOVE, start=1)}
    above: dict[str, RawValue] = {}
    rows: list[RawRow] = []
    filled = False
    heading = next(row.values for row in table.rows if row.number == found.row)
    for row in table.rows:
        below = row.number > found.row
        told = [one for one in _told(row, below) if row.number != found.row and one[0] in {*wanted, "Date"}]
        for title, value in told:
            if filled and title not in above and title in _SIDES:  # a block of the other way begins
                above = {name: one for name, one in above.items() if name not in _SIDES}
            above[title], filled = value if title == "Date" else tidy(str(value)), False
        if row.number == found.row or told or not below or not above.keys() & wanted:
            rows += [] if told and below else [row]
        elif row.values != heading:  # the headings stand again above each block
            filled = True
            rows.append(RawRow(row.number, {**row.values, **{places[title]: value for title, value in above.items()}}))
    if not above.keys() & wanted:
        return _firms_between(table, found)
    held = {at for row in rows for at in row.values}
    dated = found.at.keys() & {"date", "year", "month"}
    heads: dict[int, RawValue] = {at: title for title, at in places.items()
                                  if at in held and not (title == "Date" and dated)}  # fmt: skip
    rows = [RawRow(row.number, {**row.values, **heads}) if row.number == found.row else row for row in rows]
    sides = {title: places[title] for title in _SIDES if places[title] in heads}
    told_ways = _of_both_ways(rows, found.row, sides, max(places.values()) + 1)
    return replace(table, widths={}, rows=tuple(told_ways))


_SIDES = {"Fournisseur": "achat", "Client": "vente"}
_ABOVE = ("Fournisseur", "Client", "Date", "Produit")


def _of_both_ways(rows: list[RawRow], top: int, sides: Mapping[str, int], sense: int) -> Iterator[RawRow]:
    """Yield rows of which some name their supplier alone and others their client alone with the way of each."""
    ends = [{title for title, at in sides.items() if at in row.values} for row in rows if row.number > top]
    if not ({"Client"} in ends and {"Fournisseur"} in ends):
        yield from rows
        return
    other = sides["Client"]
    for row in rows:
        told = [title for title, at in sides.items() if at in row.values]
        values = {at: value for at, value in row.values.items() if at not in sides.values()}
        if row.number == top:
            yield RawRow(row.number, {**values, other: "Tiers", sense: "Sens"})
        elif len(told) == 1 and row.number > top:
            yield RawRow(row.number, {**values, other: row.values[sides[told[0]]], sense: _SIDES[told[0]]})
        else:
            yield RawRow(row.number, values)


def _firms_between(table: RawTable, found: Columns) -> RawTable:
    """Return a table with the firms that stand alone between its rows in a column of their own, if all lines do.

    The first may stand above the headings; a table that has none of them below is left as it is.
    """
    lone = [row for row in table.rows if len(row.values) == 1 and isinstance(next(iter(row.values.values())), str)]
    below = [row for row in lone if row.number > found.row and not is_total(_text(row))]
    if found.missing != ("party",) or not below or not all(is_business(_text(row)) for row in below):
        return table
    above = [row for row in lone if row.number < found.row][-1:]
    first = min((row.number for row in table.rows if row.number > found.row), default=0)
    if first != below[0].number:
        if not above or not is_business(_text(above[0])):
            return table
        below = [*above, *below]
    at = max(found.titles) + 1
    named = {row.number: RawRow(row.number, {at: _text(row)}) for row in below}
    rows = [replace(row, values={**row.values, at: "Tiers"}) if row.number == found.row else named.get(row.number, row)
            for row in table.rows]  # fmt: skip
    if below[0].number < found.row:  # the name of the first block comes after the headings, as those of the others do
        top, name = found.row, below[0].number
        numbers = {top: name, name: top}
        rows = [replace(row, number=numbers.get(row.number, row.number)) for row in rows if not name < row.number < top]
        rows.sort(key=lambda row: row.number)
    return replace(table, rows=tuple(rows), widths={})


def _text(row: RawRow) -> str:
    return tidy(str(next(iter(row.values.values()))))


def _other_side(table: RawTable, found: Columns) -> set[str]:
    """Return the side that lone texts name beside the one that a column names: ``Fournisseur`` above clients."""
    named = {"seller", "buyer", "party", "owner"} & found.at.keys()
    return {"Client"} & sides_above(table) if named == {"seller"} else (
        {"Fournisseur"} & sides_above(table) if named == {"buyer"} else set())  # fmt: skip


def sides_above(table: RawTable) -> set[str]:
    """Return ``Client`` or ``Fournisseur``, or both, as lone texts name them."""
    return {title for row in table.rows if len(row.values) == 1 for title, _ in _told(row, True)} & _SIDES.keys()


def parties_above(table: RawTable) -> set[str]:
    """Return what lone texts say of a table or its blocks: ``party`` for ``Client : École``, ``product`` of goods."""
    told = {title for row in table.rows if len(row.values) == 1 for title, _ in _told(row, True)}
    return {name for name, titles in _TITLES.items() if told & set(titles)}


def says_party(row: RawRow) -> bool:
    """Whether a lone text says who the rows below it are with."""
    return any(title in _SIDES for title, _ in _told(row, True))


def _told(row: RawRow, below: bool) -> Iterator[tuple[str, RawValue]]:
    """Yield column and value of each ``Client : École`` of a row; two cells make one above the table alone."""
    if below and len(row.values) > 1:
        return
    places = sorted(row.values)
    for at in places:
        text = row.values[at]
        if not isinstance(text, str):
            continue
        label, sign, value = tidy(text).partition(":")
        title = next((title for pattern, title in _LABELS if pattern.fullmatch(plain(label))), "")
        if not title or (title == "Produit" and not sign):
            continue
        after = row.values.get(at + 1)
        if value.strip():
            yield title, tidy(value)
        elif not below and after is not None and not (isinstance(after, str) and (meaning(after) and not sign)):
            yield title, after


@dataclass(frozen=True)
class BySheet:
    """What the names of a file's sheets alone tell of their tables: sheet → the other party, sheet → the good."""

    parties: Mapping[str, str]
    goods: Mapping[str, str]


def by_sheet(tables: Sequence[RawTable]) -> BySheet:
    """Return what the names of sheets tell, where several sheets of a file hold a table each that lacks it.

    A sheet of the year or of sums among those of goods takes none of theirs their name; one named after a firm or
    somebody does, for then the others may be too.
    """
    found = [(table.sheet, find_columns(table)) for table in tables]
    lacking = [tidy(sheet) for sheet, columns in found if _lacks_party(columns)]
    parties = lacking if not any(_is_no_party(name) for name in lacking) else []
    of_goods = [tidy(sheet) for sheet, columns in found if columns is not None and set(columns.missing) in _NO_GOODS]
    goods = [name for name in of_goods if not (is_time(name) or _GENERIC.fullmatch(plain(name)))]
    goods = goods if not any(is_business(name) or is_private(name) for name in of_goods) else []
    return BySheet(*({name: name for name in names if len(names) >= _LEAST} for names in (parties, goods)))


_NO_GOODS = ({"product"}, {"product", "figure"})


def _is_no_party(name: str) -> bool:
    words = plain(name)
    return is_time(name) or bool(_GENERIC.fullmatch(words) or _GOODS.fullmatch(words))


def _lacks_party(found: Columns | None) -> bool:
    return found is not None and found.missing == ("party",)


def of_sheet(table: RawTable, name: str, title: str) -> RawTable:
    """Return a table with its sheet's name as the other party of each row, in a column called ``title``."""
    found = find_columns(table)
    if found is None:
        return table
    return _with_column(table, found, title, name)


def of_good(table: RawTable, name: str) -> RawTable:
    """Return a table with its sheet's name as the good of each row, counted in what stands in brackets behind it."""
    found = find_columns(table)
    if found is None:
        return table
    unit = unit_of(name)
    named = _with_column(table, found, "Produit", tidy(name.rsplit("(", 1)[0]) if is_counted(unit) else name)
    if not is_counted(unit) or found.unit or "unit" in found.at:
        return named
    return _with_column(named, replace(found, titles={**found.titles, max(found.titles) + 1: "Produit"}), "Unité", unit)


def of_till(table: RawTable, named: str) -> RawTable | None:
    """Return the sales of a till with private customers as their buyers; None for any other table."""
    found = find_columns(table)
    if found is None:
        return None
    buyers = found.at.get("buyer")
    blank = buyers is not None and not any(buyers in row.values for row in table.rows if row.number > found.row)
    words = " ".join((plain(named), *(plain(title) for title in found.titles.values())))
    if not (_lacks_party(found) or blank) or found.at.keys() & {"seller", "party"} or not _TILL.search(words):
        return None
    if blank and buyers is not None:
        rows = tuple(RawRow(row.number, {**row.values, buyers: PRIVATE_NAME}) if row.number > found.row else row
                     for row in table.rows)  # fmt: skip
        return replace(table, rows=rows)
    return _with_column(table, found, "Client", PRIVATE_NAME)


def _with_column(table: RawTable, found: Columns, title: str, value: str) -> RawTable:
    at = max(found.titles) + 1
    rows = tuple(
        RawRow(row.number, {**row.values, at: title if row.number == found.row else value})
        if row.number >= found.row else row
        for row in table.rows
    )  # fmt: skip
    return replace(table, rows=rows, widths={})
