"""How uncertain a figure is: as its row says, or as the confidence that somebody has in it stands for."""

from __future__ import annotations

from collections.abc import Mapping

from filiere.schema import tables as t
from filiere.schema import words as w

RELATIVE: Mapping[w.Confidence, float] = {
    w.Confidence.MEASURED: 0.05,
    w.Confidence.ESTIMATED: 0.15,
    w.Confidence.GUESSED: 0.40,
}
"""Relative standard deviation that a confidence stands for."""

USUAL = w.Confidence.ESTIMATED
"""The confidence of a figure that says neither its uncertainty nor its confidence."""

LEAST = 1e-3
"""No figure is known better than this share of itself: two that are typed as exact may still contradict each other."""


def relative(row: t.Row) -> float:
    """Return the relative standard deviation of a row's figures."""
    if row.uncertainty is not None:
        return max(row.uncertainty, LEAST)
    return RELATIVE[row.confidence or USUAL]


def relative_of_buyer(row: t.LinkRow) -> float:
    """Return the relative standard deviation of what the buyer declares: the row's own where nothing else is said."""
    return RELATIVE[row.confidence_buyer] if row.confidence_buyer else relative(row)


def agreed_figure(row: t.LinkRow) -> float | None:
    """Return this year's quantity of a relation: the more confident of what both sides declare, else their mean."""
    if row.today is None or row.today_buyer is None:
        return row.today if row.today_buyer is None else row.today_buyer
    seller, buyer = relative(row), relative_of_buyer(row)
    if seller == buyer:
        return (row.today + row.today_buyer) / 2.0
    return row.today if seller < buyer else row.today_buyer
