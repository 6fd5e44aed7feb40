"""A first sheet, written from top to bottom: its title and sentences; each kind of report adds what it shows."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from filiere.palette import INK, INSIDE, QUIET
from filiere.report.excel.book import Book

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

CHART_FONT: dict[str, Any] = {"name": "Calibri", "size": 9, "color": INK}
CHART_TITLE: dict[str, Any] = CHART_FONT | {"size": 12, "bold": True}
LINE = 14.5
"""Height of one line of text, in points."""


class Leaf:
    """A sheet of the workbook that is filled row by row; ``widths`` are those of its columns, in characters."""

    def __init__(self, book: Book, name: str, widths: Sequence[float]) -> None:
        self.book = book
        self.worksheet: Worksheet = book.add_sheet(name)
        self.widths = tuple(widths)
        self.row = 0
        """The next row, counted from 0."""
        self.worksheet.hide_gridlines(2)
        self.worksheet.set_zoom(100)
        for column, width in enumerate(self.widths):
            self.worksheet.set_column(column, column, width)

    @property
    def last(self) -> int:
        """The last column."""
        return len(self.widths) - 1

    def title(self, title: str, subtitle: str) -> None:
        """Write the title and, below it, what it is of."""
        self.across(title, self.book.format(bold=True, font_size=20, font_color=INSIDE), 28)
        self.across(subtitle, self.book.format(font_color=QUIET, font_size=11), 18)

    def across(self, text: str, style: Any, height: float) -> None:
        """Write a text over all columns."""
        self.worksheet.merge_range(self.row, 0, self.row, self.last, "", style)
        self.worksheet.write_string(self.row, 0, text, style)
        self.worksheet.set_row(self.row, height)
        self.row += 1


def height_of(text: str, width: float, line: float = LINE, air: float = 2.0, size: float = 1.05) -> float:
    """Return the height in points of a text wrapped in a column of ``width`` characters, with a little air.

    ``size`` is the width of a letter of it, against that of a digit.
    """
    return line * max(1, math.ceil(size * len(text) / width)) + air
