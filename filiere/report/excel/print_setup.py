"""How a sheet of results is printed: which way up, how small, over how many pages, and what is left to the screen."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING

from filiere.report.sheet import Column, Sheet, Show, Value

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

_UPRIGHT, _LYING = 100.0, 145.0
"""Units of width that a page of A4 takes at full size, upright and lying."""
_LYING_HIGH = 500.0
"""Points of height that a lying page takes."""
_SMALLEST = 0.8
"""How small any table may be printed: letters of 10 points are then never under 8 points. Wider tables go over several
pages, with the names repeated on each."""


def printed(columns: Sequence[Column], last: str | None = None) -> int:
    """Return the last column that is printed: where a row comes from is read on screen, where its link works."""
    for i, column in enumerate(columns):
        if column.key == last:
            return i
    grounds = ("confidence", "source", "note", "cell")
    traced = columns[-1].show is Show.SOURCE
    shown = [i for i, column in enumerate(columns) if not (traced and column.key in grounds)]
    return max(shown, default=0)


def spread(
    columns: Sequence[Column], widths: Sequence[float], values: Sequence[Sequence[Value]], last: int
) -> list[float]:
    """Return ``widths`` with the columns of long texts wider where an upright page has room for more."""
    spare = _UPRIGHT / _SMALLEST - sum(widths[: last + 1])
    wanted = {
        i: min(60.0, max((len(v) for v in values[i] if isinstance(v, str)), default=0) / 1.25 + 3.0 - widths[i])
        for i in range(last + 1)
        if columns[i].show in (Show.PROSE, Show.TEXT)
    }
    wanted = {i: more for i, more in wanted.items() if more > 0.0}
    if spare <= 0.0 or not wanted:
        return list(widths)
    share = min(1.0, spare / sum(wanted.values()))
    return [width + share * wanted.get(i, 0.0) for i, width in enumerate(widths)]


def squeeze(columns: Sequence[Column], widths: Sequence[float], last: int) -> list[float]:
    """Return ``widths`` with the columns of texts narrower, their texts on several lines, where that makes one page do.

    No column of texts becomes narrower than the longest word of its heading and 16 units.
    """
    over = sum(widths[: last + 1]) - _LYING / _SMALLEST
    floors = {
        i: max(16.0, *(len(word) + 3.5 for word in columns[i].heading.split() or [""]))
        for i in range(last + 1)
        if columns[i].show in (Show.PROSE, Show.TEXT)
    }
    room = {i: widths[i] - floor for i, floor in floors.items() if widths[i] > floor}
    if not 0.0 < over <= sum(room.values()):
        return list(widths)
    share = over / sum(room.values())
    return [width - share * room.get(i, 0.0) for i, width in enumerate(widths)]


def set_up_print(worksheet: Worksheet, sheet: Sheet, widths: Sequence[float], heights: Sequence[float]) -> None:
    """Set up the print of a table of ``widths`` units across and ``heights`` points down, the headings first."""
    rows = len(heights) - 1 if sheet.printed_rows is None else min(len(heights) - 1, sheet.printed_rows)
    worksheet.repeat_rows(0)
    fit_print(worksheet, widths, rows, sum(heights[: rows + 1]), sheet.frozen)


def fit_print(worksheet: Worksheet, widths: Sequence[float], last_row: int, high: float, frozen: int = 0) -> None:
    """Print the rows up to ``last_row``, ``high`` points in all, no smaller than can be read.

    The ``frozen`` first columns are repeated on each page across.
    """
    worksheet.print_area(0, 0, last_row, len(widths) - 1)
    across = sum(widths)
    if high > _LYING_HIGH and across <= _UPRIGHT / _SMALLEST:
        worksheet.set_portrait()
    if across > _LYING / _SMALLEST:
        repeated = sum(widths[:frozen])
        pages = math.ceil((across - repeated) / max(_LYING / _SMALLEST - repeated, 40.0))
        worksheet.fit_to_pages(pages, 0)
        if frozen:
            worksheet.repeat_columns(0, frozen - 1)
