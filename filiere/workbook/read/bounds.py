"""How much of a file is read before it is refused: a workbook sent by anybody must not choke the machine.

A file is refused as too large where memory cannot hold what fills it. What a file only claims, a row repeated a
million times or a part that unpacks to far more than itself, has bounds of its own: it costs its sender nothing.
"""

from __future__ import annotations

from dataclasses import dataclass

from filiere.problems import Cell, Code, Problem, WorkbookError
from filiere.problems import reading as codes
from filiere.room import free

LAST_ROW = 1_048_576
LAST_COLUMN = 16_384
"""The grid of an Excel worksheet, XFD1048576 (Excel specifications and limits, Microsoft)."""

LAST_CELL = "XFD1048576"

ROW, CELL, CHARACTER = 900, 180, 4
"""Bytes of memory that a filled row, a filled cell and a character kept take at most; measured on sheets of eight
columns, a cell took 107 with its part of its row, of a text table 162."""
PACKED = 20
"""How many characters of text, and times what is unpacked of 500 MB, one byte of a file may come to."""
SPEED = 100_000
"""Bytes of a file that are read in a second at the least: it takes 1,000,000."""


@dataclass(frozen=True, slots=True)
class Bounds:
    """The most that is read of one file.

    What stands here is what a small file may hold; :meth:`of_file` lets a larger one hold more, as far as memory goes.
    ``ratio`` (unpacked over packed) is only held against a part once ``ratio_from`` bytes of it were unpacked;
    deflate reaches about 1030 at best, worksheets of formatted blank rows stay under 100.
    ``claimed`` bounds the cells that are written once and said to be repeated, or covered by a merged one.
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
    claimed: int = 2_000_000
    text_length: int = 32_767
    text_in_all: int = 50_000_000
    merges: int = 100_000
    seconds: float = 60.0

    @classmethod
    def of_file(cls, size: int, character: int = CHARACTER) -> Bounds:
        """Return what is read of a file of ``size`` bytes: what memory holds, where every cell takes one of them.

        A cell of a worksheet of figures takes six or seven, one that repeats its neighbour one. ``character`` is what
        each character kept takes of memory.
        """
        room, least = free(), cls()
        return cls(
            unpacked_bytes=max(least.unpacked_bytes, PACKED * size),
            rows=min(max(least.rows, size), room // ROW),
            cells=min(max(least.cells, size), room // CELL),
            text_in_all=min(max(least.text_in_all, PACKED * size), room // character),
            seconds=max(least.seconds, size / SPEED),
        )


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
        self.claimed = 0
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

    def claim(self, count: int) -> None:
        """Count cells that are filled without being written: repeated ones, and those that a merged cell covers."""
        self.claimed += count
        if self.claimed > self.bounds.claimed:
            raise TooMuchError(codes.TOO_MANY_CELLS, limit=self.bounds.claimed)

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
