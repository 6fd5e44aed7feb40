"""How a sheet of results is printed: which way up, how small, over how many pages, and what is left to the screen."""

from __future__ import annotations

import bisect
import itertools
import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from filiere.report.excel.letters import units_of
from filiere.report.sheet import Column, Sheet, Show, Value

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

_UPRIGHT, _LYING = 718.0 / 7.0, 1047.0 / 7.0
"""Units of width that a page of A4 takes at full size, upright and lying: 190 and 277 mm, a unit being 7 pixels."""
_BESIDE = 5.0 / 7.0
"""Units that each column takes besides its own."""
_ALONE = 80.0
"""What a single column takes of it."""
_UPRIGHT_HIGH, _LYING_HIGH = 735.0, 495.0
"""Points of height that a page takes at full size, with a little left."""
_SMALLEST = 0.8
"""How small any table may be printed: letters of 10 points are then never under 8 points."""
_LETTERS, _FEWER = 1.22, 2.6
"""Letters of a text that fit into one unit of width, which is that of a digit, and how many fewer in a cell."""
_NARROW = {Show.TEXT: 13.0, Show.PROSE: 24.0}
"""Units under which a column of texts is not read easily."""
_WIDEST = 90.0
_WISHED = {Show.PROSE: 48.0}
_STEP = 1.0
_SAMPLE = 400
"""Texts of a long column that are looked at."""


def printed(columns: Sequence[Column], last: str | None = None) -> int:
    """Return the last column that is printed: where a row comes from is read on screen, where its link works."""
    for i, column in enumerate(columns):
        if column.key == last:
            return i
    grounds = ("confidence", "source", "note", "cell")
    traced = columns[-1].show is Show.SOURCE
    shown = [i for i, column in enumerate(columns) if not (traced and column.key in grounds)]
    return max(shown, default=0)


@dataclass(frozen=True)
class Asked:
    """What one column of a sheet asks for, of all the tables that share it.

    ``least`` is the width under which words or figures are cut, ``wish`` the one that suits; ``texts`` are the lengths
    of its texts, in letters. ``squeezed`` is what a column of figures takes, where others want its room: its headings
    then go over more lines.
    """

    least: float
    wish: float
    texts: tuple[int, ...] = ()
    squeezed: float = math.inf

    def with_(self, other: Asked) -> Asked:
        """Return what two tables ask for together."""
        squeezed = max(min(self.least, self.squeezed), min(other.least, other.squeezed))
        return Asked(max(self.least, other.least), max(self.wish, other.wish), self.texts + other.texts, squeezed)


def asked_by(column: Column, values: Sequence[Value]) -> Asked:
    """Return what a column of one table asks for."""
    usual = _usual(column, values)
    wish = _wish(column, usual)
    if column.show not in (Show.PROSE, Show.TEXT):
        words = max((units_of(word, bold=True) for word in re.split(r"[ -]", column.heading)), default=0.0) + 1.5
        return Asked(wish, wish, squeezed=min(wish, max(9.0, words, usual)))
    least = _NARROW[column.show]
    words = max((len(word) for word in column.heading.split()), default=0) + 3.5
    sample = values if len(values) <= _SAMPLE else values[:: len(values) // _SAMPLE]
    return Asked(min(wish, max(least, words)), wish, tuple(len(v) for v in sample if isinstance(v, str)))


def _wish(column: Column, usual: float) -> float:
    """Return a width that suits most values and the longest word of the heading."""
    # The button of the filter covers the end of a heading's last line.
    words = max((len(word) for word in re.split(r"[\s-]", column.heading)), default=0) + 3.5
    widest = _WISHED.get(column.show, 36.0)
    return float(min(max(9.0, words, len(column.heading) / 3.0 + 2.0, usual), max(widest, words)))


def _usual(column: Column, values: Sequence[Value]) -> float:
    """Return a width that suits most values."""
    sample = values if len(values) <= 500 else [*values[:400], *values[-100:]]
    lengths = sorted(_length(column.show, value) for value in sample)
    most = 1.0 if column.show is Show.PROSE else 0.97
    return lengths[math.ceil(most * len(lengths)) - 1] * 1.08 + 2.0 if lengths else 0.0


def _length(show: Show, value: Value) -> int:
    if value is None:
        return 0
    if isinstance(value, float | int):
        return len(f"{value:,.0f}") + (3 if show in (Show.QUANTITY, Show.CHANGE, Show.PRICE) else 1)
    return len(str(value))


def fitted(columns: Sequence[Asked], last: int, *, squeezing: bool = False) -> tuple[list[float], int]:
    """Return the widths of the columns and the last one that is printed, ``last`` at most: one page across.

    Where there is room, columns of texts get more than they wish, and where there is none, less, those with most
    letters last; columns that find no room at all are read on screen: with ``squeezing``, none before all figures are
    as narrow as they can be.
    """
    least = [min(column.least, column.squeezed) if squeezing else column.least for column in columns]
    while last > 0 and sum(least[: last + 1]) > _room(_LYING, last + 1):
        last -= 1
    shown = columns[: last + 1]
    narrow = sum(column.wish for column in shown) <= _room(_UPRIGHT, last + 1)
    spare = _room(_UPRIGHT if narrow else _LYING, last + 1)
    if last == 0:
        # LibreOffice prints a single column that is wider than the page cut, not smaller.
        spare = _ALONE
    tight = sum(column.wish for column in shown) > spare
    widths = [min(column.least, column.squeezed) if tight else column.wish for column in shown]
    texts = [sorted(column.texts) for column in shown]
    sums = [[0, *itertools.accumulate(lengths)] for lengths in texts]
    while spare - sum(widths) >= _STEP:
        gains = [_gained(texts[i], sums[i], widths[i]) for i in range(len(shown))]
        best = max(range(len(shown)), key=gains.__getitem__)
        if gains[best] <= 0.0:
            break
        widths[best] += _STEP
    return [*widths, *(column.wish for column in columns[last + 1 :])], last


def _room(page: float, columns: int) -> float:
    """Return how many units of width the columns of a page have, printed as small as may be."""
    return page / _SMALLEST - _BESIDE * columns


def _gained(lengths: Sequence[int], sums: Sequence[int], width: float) -> float:
    """Return how many lines one unit of width more saves in a column, of the texts that take more than one."""
    on_one = bisect.bisect_right(lengths, _LETTERS * width - _FEWER)
    return (sums[-1] - sums[on_one]) / (_LETTERS * width * width) if width < _WIDEST else 0.0


def set_up_print(worksheet: Worksheet, sheet: Sheet, widths: Sequence[float], heights: Sequence[float]) -> None:
    """Set up the print of a table of ``widths`` units across and ``heights`` points down, the headings first."""
    rows = min(len(heights) - 1, sheet.on_paper)
    worksheet.repeat_rows(0)
    fit_print(worksheet, widths, rows, sum(heights[: rows + 1]), sheet.frozen)


def fit_print(worksheet: Worksheet, widths: Sequence[float], last_row: int, high: float, frozen: int = 0) -> None:
    """Print the rows up to ``last_row``, ``high`` points in all, no smaller than can be read.

    What is wider than a page takes several, each with the ``frozen`` first columns.
    """
    worksheet.print_area(0, 0, last_row, len(widths) - 1)
    if _upright(widths, high):
        worksheet.set_portrait()
    room, repeated = _LYING / _SMALLEST, _across(widths[:frozen])
    if _across(widths) > room + 0.5:
        worksheet.fit_to_pages(math.ceil((_across(widths) - repeated) / max(room - repeated, 40.0)), 0)
        if frozen:
            worksheet.repeat_columns(0, frozen - 1)


def page_high(widths: Sequence[float], high: float) -> float:
    """Return how many points of rows a page takes, of ``high`` in all, printed as :func:`fit_print` does."""
    full, across = (_UPRIGHT_HIGH, _UPRIGHT) if _upright(widths, high) else (_LYING_HIGH, _LYING)
    return full * max(1.0, _across(widths) / across)


def pages_suit(widths: Sequence[float], high: float, pages: int) -> bool:
    """Return whether ``high`` points of rows find room on so many pages, in letters that can be read."""
    return high <= pages * (_UPRIGHT_HIGH if _upright(widths, high) else _LYING_HIGH) / _SMALLEST


def _across(widths: Sequence[float]) -> float:
    return sum(widths) + _BESIDE * len(widths)


def _upright(widths: Sequence[float], high: float) -> bool:
    return high > _LYING_HIGH and _across(widths) <= _UPRIGHT / _SMALLEST + 0.5
