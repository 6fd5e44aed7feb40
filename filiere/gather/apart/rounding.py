"""How far a written sum may be from the figures that it is of: by what rounding each of them can make, and no more."""

from __future__ import annotations

import math
from collections.abc import Sequence

_MOST = 6
"""Figures with more decimals than this are not rounded."""
_EXACT = 1e-9
_LEAST = 1e-6


def is_sum(figure: float, of: float, parts: Sequence[float]) -> bool:
    """Whether a figure is a sum ``of`` these parts, each written with its decimals.

    A sum may be cut to fewer decimals than its parts have; parts in whole numbers are not rounded.
    """
    decimals = max(map(_decimals, parts), default=0)
    rounded = 0.5 * 10.0**-decimals * math.sqrt(len(parts)) if 0 < decimals < _MOST else 0.0
    own = 0.5 * 10.0 ** -_decimals(figure) if _decimals(figure) < decimals else 0.0
    return abs(figure - of) <= own + rounded + _LEAST + _EXACT * abs(figure)


def _decimals(figure: float) -> int:
    return len(f"{figure:.{_MOST}f}".rstrip("0").partition(".")[2])
