"""What a sheet of results is, before anything writes it: columns with headings, values and a manner of showing.

A sheet is a value: it can be printed, tested, put into a workbook or onto a page. Texts are already in the
reader's language; numbers are plain.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import Enum

from filiere.problems import Cell

Value = str | float | Cell | None


class Show(Enum):
    """How the values of a column are shown."""

    TEXT = "text"
    PROSE = "prose"
    """Text that may fill several lines."""
    QUANTITY = "quantity"
    CHANGE = "change"
    """A difference: its sign is always written."""
    MONEY = "money"
    MONEY_CHANGE = "money_change"
    PRICE = "price"
    PRICE_CHANGE = "price_change"
    PERCENT = "percent"
    PERCENT_CHANGE = "percent_change"
    """A difference as a share of what it is a difference to."""
    POINTS = "points"
    """A difference of shares, in hundredths."""
    USE = "use"
    """A share between 0 and 1 with a bar behind it."""
    COUNT = "count"
    SMALL = "small"
    """A number close to zero, such as a residual."""
    MARK = "mark"
    """One of a few words that are coloured (see :class:`Sheet`)."""
    SOURCE = "source"
    """The cell of the input workbook a row rests on."""
    RESULT = "result"
    """The place of a row in another sheet of results."""


@dataclass(frozen=True)
class Column:
    """One column. ``key`` names it in formulas; a column without any value is left out unless ``keep``.

    ``formula`` is a live formula in which ``{key}`` stands for the cell of that column in the same row; the
    ``values`` are then its computed results, for programs that do not compute.
    """

    key: str
    heading: str
    values: Sequence[Value]
    show: Show = Show.TEXT
    keep: bool = False
    formula: str | None = None
    shows: Sequence[Show] | None = None
    """How each value is shown, where that differs from row to row."""

    def only(self, rows: Sequence[int]) -> Column:
        """Return the column with some of its rows."""
        if len(rows) == len(self.values):
            return self
        shows = [self.shows[at] for at in rows] if self.shows else self.shows
        return replace(self, values=[self.values[at] for at in rows], shows=shows)

    @property
    def blank(self) -> bool:
        """Whether the column says nothing."""
        return not self.keep and all(value is None or value == "" for value in self.values)


def total_of(keys: Sequence[str]) -> str:
    """Return the formula that adds up neighbouring columns; a total of none is 0."""
    return f"SUM({{{keys[0]}}}:{{{keys[-1]}}})" if keys else "0"


READ, FIRST = 500, 100
"""A table of more rows than the first, as a region's have, is printed up to the second: the links of 10,500 flows alone
took 180 pages.
"""


@dataclass(frozen=True)
class Sheet:
    """One table of results. ``frozen`` is the number of columns that stay in view.

    ``inside`` and ``outside`` are the words of its MARK columns that are coloured as such; ``warned`` those
    that ask for attention.
    """

    key: str
    title: str
    columns: tuple[Column, ...]
    frozen: int = 1
    inside: tuple[str, ...] = ()
    outside: tuple[str, ...] = ()
    warned: tuple[str, ...] = ()
    printed: str | None = None
    """The last column that is printed; those after it are for filtering on screen."""
    printed_rows: int | None = None
    """How many rows are printed (None: as many as are read on paper), where the sheet is of use on screen alone."""
    across: bool = False
    """Whether a column is of use with all others alone, as those of scenarios are: they take several pages, the frozen
    ones on each, rather than be left to the screen."""

    @property
    def height(self) -> int:
        """The number of rows below the headings."""
        return len(self.columns[0].values) if self.columns else 0

    @property
    def on_paper(self) -> int:
        """How many rows are printed: the first ones of a table that nobody would read on paper to its end."""
        if self.printed_rows is not None:
            return min(self.printed_rows, self.height)
        return self.height if self.height <= READ else FIRST

    def filled(self) -> tuple[Column, ...]:
        """Return the columns that say something; all of them where there is no row."""
        return tuple(column for column in self.columns if not column.blank) or self.columns

    def column(self, key: str) -> Column:
        """Return a column by its key."""
        return next(column for column in self.columns if column.key == key)
