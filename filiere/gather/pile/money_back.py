"""Credit notes that give money back and no goods: their price is far below any at which these goods were sold."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace

from filiere.gather.entries import Entry
from filiere.gather.products import sources
from filiere.problems import Problem
from filiere.problems import gathering as codes

_FAR_BELOW = 0.5
"""Goods that come back are credited at what was paid; below half of it, the price alone was put right."""


def without_goods(entries: Iterable[Entry], problems: list[Problem]) -> list[Entry]:
    """Return the entries, those that credit goods far below each of their prices with their amount alone."""
    entries = list(entries)
    lowest: dict[tuple[str, ...], float] = defaultdict(lambda: float("inf"))
    for entry in entries:
        if entry.quantity and entry.amount and entry.quantity > 0.0 < entry.amount:
            lowest[_of(entry)] = min(lowest[_of(entry)], entry.amount / entry.quantity)
    found = [_money_alone(entry, lowest.get(_of(entry))) for entry in entries]
    told = [entry for entry, one in zip(entries, found, strict=True) if one is not entry]
    if told:
        source = sources(entry.place for entry in told)
        problems.append(codes.CREDITED_BELOW.at(told[0].place.cell, count=len(told), source=source))
    return found


def _of(entry: Entry) -> tuple[str, ...]:
    return entry.seller, entry.buyer, entry.product, entry.unit, entry.side


def _money_alone(entry: Entry, lowest: float | None) -> Entry:
    if lowest is None or not entry.quantity or not entry.amount or max(entry.quantity, entry.amount) > 0.0:
        return entry
    return replace(entry, quantity=0.0) if entry.amount / entry.quantity < _FAR_BELOW * lowest else entry
