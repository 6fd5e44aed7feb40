"""Raw tables: cells with their coordinates, nothing interpreted.

The readers of :mod:`filiere.workbook` produce these values, :mod:`filiere.chain` interprets them, and a
test can write them by hand.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from filiere.language import readable
from filiere.problems import Cell, Problem


@dataclass(frozen=True, slots=True)
class ErrorValue:
    """A cell that holds a spreadsheet error, such as ``#REF!``."""

    text: str


@dataclass(frozen=True, slots=True)
class Uncomputed:
    """A cell whose formula was never computed: the file holds no value for it."""

    formula: str


class Percentage(float):
    """A number that its cell shows as a percentage: 0.05, seen as 5 %."""

    __slots__ = ()


class Shown(float):
    """A number beside which its cell shows a unit or a currency: 2, seen as ``2.00 t``."""

    __slots__ = ("unit",)
    unit: str

    def __new__(cls, number: float, unit: str) -> Shown:
        """Return the number with what is seen beside it."""
        made = super().__new__(cls, number)
        made.unit = unit
        return made

    def __reduce__(self) -> tuple[type[Shown], tuple[float, str]]:
        """Return what makes a copy of it."""
        return Shown, (float(self), self.unit)


RawValue = str | float | bool | dt.datetime | dt.date | dt.time | dt.timedelta | ErrorValue | Uncomputed


@dataclass(frozen=True, slots=True)
class RawRow:
    """One row with at least one filled cell: ``number`` counts from 1, the keys of ``values`` from 0."""

    number: int
    values: Mapping[int, RawValue]


@dataclass(frozen=True)
class Unseen:
    """The rows (counted from 1) and columns (from 0) of a sheet that are hidden or filtered out."""

    rows: frozenset[int] = frozenset()
    columns: frozenset[int] = frozenset()


@dataclass(frozen=True)
class RawTable:
    """One sheet as read. Blank cells are absent; ``rows`` are in sheet order."""

    sheet: str
    rows: tuple[RawRow, ...]
    hidden: bool = False
    widths: Mapping[int, int] = field(default_factory=dict)
    """Of a text table: row number → how many fields are written on it, blank ones included."""
    unseen: Unseen = Unseen()
    struck: frozenset[int] = frozenset()
    """The numbers of the rows that hold a cell struck through."""
    covered: Mapping[int, Mapping[int, int]] = field(default_factory=dict)
    """Row number → column → the row above in which a merged cell begins that reaches over this one."""

    def cell(self, row: int | None = None, column: int | None = None) -> Cell:
        """Return the address of a place of this sheet."""
        return Cell(self.sheet, row, column)


@dataclass(frozen=True)
class RawWorkbook:
    """Every sheet of a file, the file's fingerprint, and what the reader could not read."""

    tables: tuple[RawTable, ...]
    path: Path | None = None
    sha256: str = ""
    problems: tuple[Problem, ...] = field(default=())

    @property
    def file_name(self) -> str:
        """The name of the file, as it can be written anywhere; '' where the tables come from none."""
        return readable(self.path.name) if self.path else ""
