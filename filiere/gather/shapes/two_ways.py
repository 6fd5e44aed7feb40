"""What came in and what went out in columns of their own: ``Acheté (kg)``, ``Entrées`` and ``Sorties``."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from filiere.gather.cells.values import read_number
from filiere.gather.headings import Columns, find_columns, meaning, plain, unit_of
from filiere.gather.shapes.counted_in import is_counted
from filiere.table import RawRow, RawTable, RawValue

_BOUGHT = re.compile(r"\b(achats?|achetee?s?|entrees?|entrants?|purchases?|purchased|bought)\b")
_SOLD = re.compile(r"\b(ventes?|vendue?s?|sorties?|sortants?|sales?|sold)\b")
_IN = re.compile(r"(mouvements? )?(d )?(entrees?|entrants?|receptions?|in|incoming)( (en )?stocks?)?")
_OUT = re.compile(r"(mouvements? )?(de )?(sorties?|sortants?|expeditions?|out|outgoing)( (de )?stocks?)?")
_SIGNS = {"+": "achat", "-": "vente", "−": "vente", "–": "vente"}
_QUANTITY = re.compile(r"\b(qtes?|quantites?|quantity|qty)\b")
_OF_STOCK = re.compile(r"\b(stocks?|mouvements?)\b")
_PLANNED = re.compile(r"\b(previ\w*|prevu\w*|budget\w*|plan\w*|theori\w*|simul\w*)\b")
_SIDES = {"achat": "buyer", "vente": "seller"}
"""The way of a row → whose column says nothing of it."""


@dataclass(frozen=True)
class _Ways:
    """The columns of each way, and where the headings stand."""

    at: Mapping[int, str]
    titles: Mapping[int, str]
    top: int
    sense: int
    heading: str


def two_ways(table: RawTable, named: str) -> list[RawTable]:
    """Return a table with columns bought and sold as two, one for each way; any other as it is.

    ``named`` is its file and sheet: movements of a stock took place, though a stock is no sale.
    """
    found = find_columns(table)
    if found is None or "sense" in found.at:
        return [table]
    moved = bool(_OF_STOCK.search(plain(named))) and not _PLANNED.search(plain(named))
    if moved and not found.at.keys() & {"seller", "buyer", "kind", "amount", "price"}:
        table = _by_sign(table, found)
    at = {n: way for n, title in found.titles.items() if (way := _way(title))}
    sides = {name: found.at[name] for name in ("seller", "buyer") if name in found.at}
    if set(at.values()) != {"achat", "vente"} or (sides and not any(_is_movement(found.titles[n]) for n in at)):
        return [table]
    ways = _Ways(at, found.titles, found.row, max(found.titles) + 1, "Mouvement" if moved else "Sens")
    return [_one_way(table, ways, way, sides.get(_SIDES[way])) for way in ("achat", "vente")]


def says_way(label: str) -> bool:
    """Whether what stands above headings says which way things go: ``Entrées``, ``Ventes``."""
    return bool(_BOUGHT.search(plain(label)) or _SOLD.search(plain(label)))


def both_ways(titles: Iterable[str]) -> bool:
    """Whether some headings are of what comes in, and others of what goes out."""
    return {way for title in titles if (way := _way(title))} == {"achat", "vente"}


def _by_sign(table: RawTable, found: Columns) -> RawTable:
    """Return movements of a stock, what goes out of which bears a minus, with the way of each; any other as it is."""
    at, sense = found.at.get("quantity", -1), max(found.titles) + 1
    figures = {
        row.number: read_number(row.values.get(at), ",")[0] or 0.0 for row in table.rows if row.number > found.row
    }
    if not min(figures.values(), default=0.0) < 0.0 < max(figures.values(), default=0.0):
        return table
    rows = [replace(row, values={**row.values, sense: "Mouvement"}) if row.number == found.row else row
            if not figures.get(row.number) else replace(row, values={
                **row.values, at: abs(figures[row.number]), sense: "achat" if figures[row.number] > 0 else "vente"})
            for row in table.rows]  # fmt: skip
    return replace(table, rows=tuple(rows), widths={})


def _one_way(table: RawTable, ways: _Ways, way: str, other: int | None) -> RawTable:
    """Return the rows of one way, without the column of the other way's party; what goes out may bear its minus."""
    kept = [replace(row, values={n: value for n, value in row.values.items()
                                 if ways.at.get(n, way) == way and n != other}) for row in table.rows]  # fmt: skip
    below = [row for row in kept if row.number > ways.top]
    minus = {n for n, one in ways.at.items() if one == way == "vente"
             and all((read_number(row.values.get(n), ",")[0] or 0.0) <= 0.0 for row in below)}  # fmt: skip
    rows = [_told(row, ways, way, minus) for row in kept]
    return replace(table, rows=tuple(row for row in rows if row.values), widths={})


def _told(row: RawRow, ways: _Ways, way: str, minus: set[int]) -> RawRow:
    if row.number == ways.top:
        titles: dict[int, RawValue] = {n: _figures_of(ways.titles[n]) if n in ways.at else value
                                       for n, value in row.values.items()}  # fmt: skip
        return RawRow(row.number, {**titles, ways.sense: ways.heading})
    if row.number < ways.top:
        return row
    if all(read_number(row.values.get(n), ",")[0] in (0.0, None) and not _unread(row.values.get(n)) for n in ways.at):
        return RawRow(row.number, {})  # nothing moved this way
    turned: dict[int, RawValue] = {n: -(read_number(value, ",")[0] or 0.0) if n in minus else value
                                   for n, value in row.values.items()}  # fmt: skip
    return RawRow(row.number, {**turned, ways.sense: way})


def _unread(value: RawValue | None) -> bool:
    """Whether a cell holds something else than a figure, which is told where the row is read."""
    return isinstance(value, str) and bool(value.strip(" -–—")) and read_number(value, ",")[0] is None


def _way(title: str) -> str:
    """Return whether a heading of figures says bought or sold; of a stock, debit is what came in."""
    words = plain(title)
    if meaning(title) in ("quantity", "amount"):
        return "achat" if _BOUGHT.search(words) else "vente" if _SOLD.search(words) else ""
    return _moved(title) if _is_movement(title) else ""


def _is_movement(title: str) -> bool:
    """Whether a heading is that of what moves in or out, whatever it is counted in."""
    return bool(_moved(title))


def _moved(title: str) -> str:
    words, unit = plain(title), unit_of(title)
    bare = words.removesuffix(plain(unit)).strip().removesuffix(" en") if is_counted(unit) else words
    bare = _QUANTITY.sub("", bare).strip()
    if title.strip() in _SIGNS:
        return _SIGNS[title.strip()]
    if meaning(title) in ("debit", "credit"):
        counted = is_counted(unit) or _QUANTITY.search(words)
        return ("achat" if meaning(title) == "debit" else "vente") if counted else ""
    return "achat" if _IN.fullmatch(bare) else "vente" if _OUT.fullmatch(bare) else ""


def _figures_of(title: str) -> str:
    """Return the heading of what moves one way, as one of quantities where it says no more than the way."""
    unit = unit_of(title)
    if meaning(title) in ("quantity", "amount"):
        return title
    return f"Quantité ({unit})" if is_counted(unit) else "Quantité"
