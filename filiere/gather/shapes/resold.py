"""Rows of somebody who buys and sells on: a supplier, a client, a buying and a selling price make two exchanges."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from filiere.gather.apart.totals import is_total
from filiere.gather.cells.pieces import titled_firm
from filiere.gather.cells.whose import named_by
from filiere.gather.headings import Columns, find_columns, meaning, plain
from filiere.names import party_key, tidy
from filiere.table import RawRow, RawTable, RawValue

_FIGURES = ("quantity", "price", "price_gross", "amount", "gross", "discount", "tax")
_TOLD = ("quantity", "price", "price_gross", "amount", "gross")
_BOUGHT = re.compile(r"\b(achats?|achete\w*|pa|p a|pua(ht)?|purchases?|purchased|bought|buying)\b")
_SOLD = re.compile(r"\b(ventes?|vendu\w*|pv|p v|puv(ht)?|sales?|sold|selling)\b")
_COST = re.compile(r"\brevient\b")


@dataclass(frozen=True)
class Resold:
    """The tables that one is made of, whose business it is, and the headings that nothing was taken of."""

    tables: tuple[RawTable, ...]
    owner: str = ""
    unused: tuple[str, ...] = ()


def resold(table: RawTable, file: str) -> Resold:
    """Return a table with both sides and two sorts of prices as its purchases and its sales; any other as it is.

    Who stands between is the firm above the table, else who the name of the file says. Where it is the seller, or the
    buyer, of every row, the prices of the other sort are of no exchange here.
    """
    found = find_columns(table)
    if found is None or not {"seller", "buyer"} <= found.at.keys():
        return Resold((table,))
    ways = _ways(found)
    if set(ways.values()) != {"bought", "sold"}:
        return Resold((table,))
    owner = titled_firm(table.rows, found) or named_by(file)
    sellers, buyers = (_names(table, found, name) for name in ("seller", "buyer"))
    if sellers == {party_key(owner)}:
        return Resold((_of_one(table, ways, "sold"),), unused=_left(found, ways, "bought"))
    if buyers == {party_key(owner)}:
        return Resold((_of_one(table, ways, "bought"),), unused=_left(found, ways, "sold"))
    bought = _between(table, found, ways, "bought", owner)
    sold = _between(table, found, ways, "sold", owner)
    return Resold((bought, sold), owner)


def _ways(found: Columns) -> dict[int, str]:
    """Return which columns of figures are of purchases and which of sales; what says neither is of both.

    Beside a price that is said to be for buying, the one that says nothing is for selling.
    """
    held = {at: meaning(title) for at, title in found.titles.items()}
    figures = {at: plain(found.titles[at]) for at, name in held.items() if name in _FIGURES}
    figures = {at: words for at, words in figures.items() if not _COST.search(words)}
    told = {at: "bought" if _BOUGHT.search(words) else "sold" if _SOLD.search(words) else ""
            for at, words in figures.items()}  # fmt: skip
    alone = {held[at] for at, way in told.items() if way == "bought" and held[at] in _TOLD}
    alone -= {held[at] for at, way in told.items() if way == "sold"}
    ways = {at: way or ("sold" if held[at] in alone else "") for at, way in told.items()}
    priced = {way for at, way in ways.items() if held[at] in _TOLD and way}
    if priced != {"bought", "sold"}:
        return {}
    # An amount, tax or discount that says nothing stands beside the sale, whose document the row is of.
    return {at: way or "sold" for at, way in ways.items() if way or held[at] != "quantity"}


def _names(table: RawTable, found: Columns, name: str) -> set[str]:
    return {party_key(text) for row in table.rows if row.number > found.row and (text := _text(row, found.at[name]))}


def _left(found: Columns, ways: dict[int, str], way: str) -> tuple[str, ...]:
    return tuple(found.titles[at] for at, one in ways.items() if one == way)


def _of_one(table: RawTable, ways: dict[int, str], way: str) -> RawTable:
    """Return a table without the columns of the other way."""
    rows = (RawRow(row.number, {at: value for at, value in row.values.items() if ways.get(at, way) == way})
            for row in table.rows)  # fmt: skip
    return replace(table, rows=tuple(row for row in rows if row.values), widths={})


def _between(table: RawTable, found: Columns, ways: dict[int, str], way: str, owner: str) -> RawTable:
    """Return the exchanges of one way, with ``owner`` on one side of each; none with itself, and none of which a row
    names neither the other side nor a figure.
    """
    at, other = (found.at[name] for name in (("buyer", "seller") if way == "bought" else ("seller", "buyer")))
    named = [found.at[one] for one in ("seller", "buyer", "product") if one in found.at]
    kept = max(found.titles) + 1
    """Where the side that is replaced stays: goods bought for two clients are not one row twice."""
    rows: list[RawRow] = []
    for row in _of_one(table, ways, way).rows:
        if not _text(row, found.at.get("product", -1)) and any(is_total(_text(row, one)) for one in row.values):
            continue  # of both ways together
        if row.number <= found.row or not any(_text(row, one) for one in named):
            rows.append(row)
        elif _text(row, other) or any(ways.get(one) == way for one in row.values):
            values: dict[int, RawValue] = {**row.values, at: owner, kept: _text(row, at)}
            rows += [] if party_key(_text(row, other)) == party_key(owner) else [RawRow(row.number, values)]
    return replace(table, rows=tuple(rows), widths={})


def _text(row: RawRow, at: int) -> str:
    value = row.values.get(at)
    return tidy(value) if isinstance(value, str) else ""
