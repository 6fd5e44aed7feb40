"""How much of a file is read before it is refused: a workbook sent by anybody must not choke the machine."""

from __future__ import annotations

from dataclasses import dataclass

from filiere.problems import Cell, Code, Problem, WorkbookError
from filiere.problems import reading as codes

LAST_ROW = 1_048_576
LAST_COLUMN = 16_384
"""The grid of an Excel worksheet, XFD1048576 (Excel specifications and limits, Microsoft)."""

LAST_CELL = "XFD1048576"


@dataclass(frozen=True, slots=True)
class Bounds:
    """The most that is read of one file.

    ``ratio`` (unpacked over packed) is only held against a part once ``ratio_from`` bytes of it were unpacked;
    deflate reaches about 1030 at best, worksheets of formatted blank rows stay under 100.
    ``token_bytes`` bounds one tag or comment of the XML, which the parser holds whole; ``seconds`` the work of
    reading, whatever else the machine is doing.
    """

    file_bytes: int = 200_000_000
    unpacked_bytes: int = 500_000_000
    ratio: int = 300
    ratio_from: int = 20_000_000
    token_bytes: int = 4_000_000
    sheets: int = 500
    rows: int = LAST_ROW
    cells: int = 2_000_000
    text_length: int = 32_767
    text_in_all: int = 50_000_000
    merges: int = 100_000
    seconds: float = 60.0


class TooMuchError(WorkbookError):
    """A bound was passed: nothing more of the file is read."""

    def __init__(self, code: Code, cell: Cell | None = None, **facts: str | int) -> None:
        super().__init__([code.at(cell, **facts)])


class Tally:
    """What was read so far of one file, and the problems that do not stop its reading."""

    def __init__(self, bounds: Bounds) -> None:
        self.bounds = bounds
        self.rows = 0
        self.cells = 0
        self.characters = 0
        self.problems: list[Problem] = []

    def row(self, count: int = 1) -> None:
        """Count filled rows."""
        self.rows += count
        if self.rows > self.bounds.rows:
            raise TooMuchError(codes.TOO_MANY_ROWS, limit=self.bounds.rows)

    def cell(self, count: int = 1) -> None:
        """Count filled cells."""
        self.cells += count
        if self.cells > self.bounds.cells:
            raise TooMuchError(codes.TOO_MANY_CELLS, limit=self.bounds.cells)

    def text(self, length: int) -> None:
        """Count characters kept in memory."""
        self.characters += length
        if self.characters > self.bounds.text_in_all:
            raise TooMuchError(codes.TOO_MUCH_TEXT, limit=self.bounds.text_in_all)

    def fitting(self, text: str, cell: Cell) -> str:
        """Return ``text``, cut at the longest that a cell may hold; a cut one is a problem of its cell."""
        if len(text) <= self.bounds.text_length:
            return text
        self.problems.append(codes.LONG_TEXT.at(cell, limit=self.bounds.text_length))
        return text[: self.bounds.text_length]


class Gatherer:
    """Joins the pieces of one text and lets go of what passes the longest text kept by one character."""

    __slots__ = ("_length", "_limit", "_pieces")

    def __init__(self, limit: int) -> None:
        self._limit = limit + 1
        self._pieces: list[str] = []
        self._length = 0

    def add(self, piece: str) -> None:
        """Append ``piece``."""
        if self._length < self._limit:
            self._pieces.append(piece)
            self._length += len(piece)

    def take(self) -> str:
        """Return the text and start a new one."""
        pieces = self._pieces
        text = (pieces[0] if len(pieces) == 1 else "".join(pieces))[: self._limit]
        if pieces:
            self._pieces = []
            self._length = 0
        return text
