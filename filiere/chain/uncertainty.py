"""How uncertain a figure is: as its row says, or as the confidence that somebody has in it stands for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

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


def weighted_mean(figures: Sequence[float], uncertainties: Sequence[float]) -> float:
    """Return the mean of several figures of one thing, each weighted by the inverse of its variance.

    It is the least-squares estimate of one quantity that was measured several times.
    """
    weights = [one**-2 for one in uncertainties]
    return sum(weight * figure for weight, figure in zip(weights, figures, strict=True)) / sum(weights)


def settled(row: t.LinkRow) -> float | None:
    """Return this year's quantity of a relation: what is declared, or the mean of what both sides declare."""
    if row.today is None or row.today_buyer is None:
        return row.today if row.today_buyer is None else row.today_buyer
    return weighted_mean((row.today, row.today_buyer), (relative(row), relative_of_buyer(row)))
