"""Rows that repeat one total beside their share in it: each counts for its share."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence

from filiere.gather.cells.values import read_number
from filiere.gather.headings import Columns, plain
from filiere.table import Percentage, RawRow

_TOTAL = re.compile(r"\b(total|totale|totaux|global|globale|overall)\b")
_SHARE = re.compile(r"%|\b(parts?|repartition|pourcentages?|pourcent|quote ?parts?|share|percent)\b")
_NEAR = 0.011


def shares(columns: Columns, rows: Sequence[RawRow]) -> tuple[str, dict[int, float]]:
    """Return the heading of the shares and row → share, where a quantity of one total stands on each row of a good.

    Nothing unless the shares of each good make a whole, or less.
    """
    at, good = columns.at.get("quantity", -1), columns.at.get("product", -1)
    if not _TOTAL.search(plain(columns.heading("quantity"))):
        return "", {}
    for place, title in columns.unused.items():
        if not _SHARE.search(plain(title)) and "%" not in title:
            continue
        read = {row.number: (read_number(row.values.get(place), ",")[0], isinstance(row.values.get(place), Percentage))
                for row in rows}  # fmt: skip
        told = {number: value for number, (value, _) in read.items() if value is not None}
        goods: dict[tuple[str, str], list[float]] = defaultdict(list)
        for row in rows:
            if row.number in told:
                goods[str(row.values.get(good)), str(row.values.get(at))].append(told[row.number])
        most = max((sum(values) for values in goods.values()), default=0.0)
        whole = 1.0 if most <= 1.0 + _NEAR else 100.0
        if any(len(values) > 1 for values in goods.values()) and most <= whole * (1.0 + _NEAR):
            return title, {number: value / whole for number, value in told.items()}
    return "", {}
