"""Rows whose amount alone has its minus: goods that came back at the price of others, or that one pays to be rid of."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from filiere.gather.entries import Entry, Place, Read, rows_of
from filiere.names import loose
from filiere.problems import gathering as codes

_SAME_PRICE = 0.01
"""Up to what share two prices of one good differ by what was rounded."""


def come_back(entries: Sequence[Entry], read: Read) -> list[Entry]:
    """Return the entries of a table with what came back taken off, and say which rows are read so and which are not.

    An amount below zero for goods that the same two exchange at that very price is what was paid back for them;
    waste that somebody is paid to fetch is never sold at the price it costs.
    """
    prices: dict[tuple[str, ...], list[float]] = defaultdict(list)
    for one in entries:
        if one.quantity and one.amount and one.quantity > 0.0 < one.amount:
            prices[_what(one)].append(one.amount / one.quantity)
    kept: list[Entry] = []
    back: list[Place] = []
    paid: list[Place] = []
    for one in entries:
        if not (one.quantity and one.amount and one.quantity > 0.0 > one.amount):
            kept.append(one)
            continue
        price = -one.amount / one.quantity
        same = any(abs(price - other) <= _SAME_PRICE * other for other in prices.get(_what(one), ()))
        kept.append(replace(one, quantity=-one.quantity) if same else one)
        (back if same else paid).append(one.place)
    for code, places in ((codes.CAME_BACK, back), (codes.NEGATIVE_PRICE, paid)):
        read.problems += [code.at(places[0].cell, count=len(places), source=rows_of(places))] if places else []
    return kept


def _what(one: Entry) -> tuple[str, ...]:
    return loose(one.seller), loose(one.buyer), loose(one.product), loose(one.unit)
