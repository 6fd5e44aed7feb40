"""What a questionnaire asks, as values: numbered questions, each a small table of lines to fill in."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal
from urllib.parse import quote, unquote

from filiere.language import Language
from filiere.names import fold

Look = Literal["number", "money", "share", "text"]
Value = float | str | None
LABELS = 3
"""How many columns say what a line is about."""
ASKS = 8
"""How many columns a line may be answered in."""
STRIKE = LABELS + ASKS
"""The column in which a cross strikes a line out, counted from 0."""
MARK = STRIKE + 1
"""The column of the marks."""
_SIGN = "filiere-1"


@dataclass(frozen=True)
class Ask:
    """One cell to fill in: the column of the workbook it is for, and the value it was sent with."""

    column: str
    sent: Value = None


@dataclass(frozen=True)
class Line:
    """One line: the mark of its row, what it is about, and its cells (None: not asked)."""

    mark: str
    labels: tuple[str, ...]
    asks: tuple[Ask | None, ...]


@dataclass(frozen=True)
class Answerable:
    """A column of a question: its heading and how its cells look."""

    heading: str
    look: Look = "number"


@dataclass(frozen=True, kw_only=True)
class Block:
    """One numbered question: its lines, and how many empty ones there are for what is not listed yet."""

    key: str
    title: str
    labels: tuple[str, ...]
    asks: tuple[Answerable, ...]
    help: str = ""
    lines: tuple[Line, ...] = ()
    free: int = 0
    choices: Mapping[int, tuple[str, ...]] = field(default_factory=dict)
    """Column → what its empty lines are offered to choose from."""


@dataclass(frozen=True)
class Mark:
    """What a file says of itself: which workbook, which actor, which round, and a digest of what was sent."""

    workbook: str
    actors: str
    """The inside actors, four signs each: they tell a workbook without a name from others."""
    actor: str
    round: int
    digest: str

    def written(self) -> str:
        """Return the mark as it stands in a cell."""
        return f"{_SIGN} w={self.workbook} i={self.actors} a={self.actor} r={self.round} d={self.digest}"


def read_mark(text: str) -> Mark | None:
    """Return the mark that a cell holds, None where it is none."""
    sign, *parts = text.split()
    if sign != _SIGN:
        return None
    said = dict(part.partition("=")[::2] for part in parts)
    try:
        return Mark(said["w"], said["i"], said["a"], int(said["r"]), said["d"])
    except (KeyError, ValueError):
        return Mark("", "", "", 0, "")


@dataclass(frozen=True, kw_only=True)
class Form:
    """One questionnaire."""

    member: str
    chain: str
    language: Language
    blocks: tuple[Block, ...]
    mark: Mark

    @property
    def questions(self) -> int:
        """How many questions it asks."""
        return len(self.blocks)

    def digest(self) -> str:
        """Return the digest of what it was sent with."""
        return digest_of(row_mark(line) for block in self.blocks for line in block.lines)


def row_mark(line: Line) -> str:
    """Return the mark of a line: its row, and the value that each cell was sent with."""
    cells = (f"{quote(ask.column, safe='')}={_sent(ask.sent)}" if ask else "-" for ask in line.asks)
    return " ".join((line.mark, *cells))


def read_row_mark(text: str) -> tuple[str, tuple[Ask | None, ...]] | None:
    """Return the row and the cells that a mark of a line names, None where it is none."""
    row, *cells = text.split()
    if len(row) != 8 or any("=" not in cell and cell != "-" for cell in cells):
        return None
    try:
        return row, tuple(_ask(cell) for cell in cells)
    except ValueError:
        return None


def _sent(value: Value) -> str:
    if value is None:
        return ""
    return repr(value) if isinstance(value, float) else f"~{quote(value, safe='')}"


def _ask(cell: str) -> Ask | None:
    if cell == "-":
        return None
    column, _, sent = cell.partition("=")
    value: Value = unquote(sent[1:]) if sent.startswith("~") else float(sent) if sent else None
    return Ask(unquote(column), value)


def digest_of(marks: Iterator[str] | tuple[str, ...]) -> str:
    """Return the digest of the marks of lines, in whatever order they come."""
    return short("\n".join(sorted(marks)), 12)


def short(text: str, length: int = 8) -> str:
    """Return a short name of a text, the same on every machine."""
    return hashlib.sha256(text.encode()).hexdigest()[:length]


def short_name(name: str, length: int = 8) -> str:
    """Return the short name of an actor or a row, whatever the case and spaces it is typed in."""
    return short(fold(name), length)
