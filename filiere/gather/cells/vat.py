"""Whether amounts beside a column of tax include it, where no heading says so: by which reading its rates are usual."""

from __future__ import annotations

import re
from collections.abc import Iterable

from filiere.gather.headings import Columns, plain

_SAYS = re.compile(r"\b(ht|hors|nett?e?s?|ttc|excl\w*|incl\w*|untaxed|sales|brute?s?|gross)\b")
_RATES = (0.021, 0.026, 0.055, 0.06, 0.07, 0.081, 0.085, 0.1, 0.12, 0.13, 0.19, 0.2, 0.21)
_CENTS = 0.02
"""By how much a tax may be off through rounding."""


def is_open(columns: Columns) -> bool:
    """Whether a table has amounts beside their tax, and no heading says that it is in them or not."""
    beside = columns.at.keys() >= {"amount", "tax"} and not columns.at.keys() & {"gross", "rate", "debit", "credit"}
    return beside and not columns.with_tax and not _SAYS.search(plain(columns.heading("amount")))


def unsaid(columns: Columns) -> str:
    """Return the heading of amounts or prices that may include tax for all that a table says, empty where it says."""
    at = columns.at
    if columns.with_tax or at.keys() & {"gross", "price_gross", "tax", "rate", "debit", "credit"}:
        return ""
    named = [columns.heading(name) for name in ("amount", "price") if name in at]
    return "" if not named or any(_SAYS.search(plain(title)) for title in columns.titles.values()) else named[0]


def is_price_with_tax(rows: Iterable[tuple[float, float, float]]) -> bool:
    """Whether each row's amount is its quantity times its price, and a usual tax on top: prices without, sums with."""
    told = [(quantity * price, amount) for quantity, price, amount in rows if quantity and price and amount]
    return bool(told) and all(
        any(abs(amount - net * (1.0 + rate)) <= _CENTS for rate in _RATES) and abs(amount - net) > _CENTS
        for net, amount in told
    )


def reading(rows: Iterable[tuple[float, float]]) -> str:
    """Return how amounts and their tax read: ``net``, ``gross``, ``""`` where there is no tax, else ``open``."""
    votes = set()
    for amount, tax in rows:
        if not amount or not tax:
            continue
        net = any(abs(abs(tax) - rate * abs(amount)) <= _CENTS for rate in _RATES)
        gross = any(abs(abs(tax) - rate * abs(amount - tax)) <= _CENTS for rate in _RATES)
        votes.add("both" if net and gross else "net" if net else "gross" if gross else "neither")
    if not votes:
        return ""
    sure = votes & {"net", "gross"}
    return sure.pop() if len(sure) == 1 else "open"
