"""Rows that hold one text and figures beside it: a sum, say, and no headings, whatever the text is called."""

from __future__ import annotations

import re

from filiere.table import RawRow

_FIGURE = re.compile(r"[-+(]?\d[\d\s.,\u00a0\u202f]*[)%€]?")
_YEAR = re.compile(r"(19|20)\d{2}(\.0)?")


def is_line_of_sums(row: RawRow) -> bool:
    """Whether a row names one thing and gives figures of it; years may be headings."""
    told = [
        str(value).strip() for value in row.values.values() if isinstance(value, str | float) and str(value).strip()
    ]
    figures = [text for text in told if _FIGURE.fullmatch(text)]
    years = sum(bool(_YEAR.fullmatch(text)) for text in figures)
    return len(figures) > years and len(told) - len(figures) <= 1
