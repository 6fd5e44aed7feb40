"""The text of one OpenDocument cell: its paragraphs, with the white space that the standard folds or spells out."""

from __future__ import annotations

import re

from filiere.workbook.read.bounds import Gatherer

_BASE = "urn:oasis:names:tc:opendocument:xmlns:"
_TEXT, _OFFICE, _DRAWING = (f"{_BASE}{space}:1.0 " for space in ("text", "office", "drawing"))
_WHITE_SPACE = re.compile(r"[ \t\r\n]+")

# Stand inside a paragraph and are no part of its text: notes, drawings, pronunciation.
_ASIDE = (f"{_OFFICE}annotation", f"{_TEXT}note", f"{_TEXT}ruby-text", _DRAWING)


class Paragraphs:
    """Joins the paragraphs of a cell with line breaks (OpenDocument 1.3 part 3, 6.1.2 and 6.1.3 for the spaces)."""

    def __init__(self, limit: int) -> None:
        self.open = False
        self._limit = limit
        self._text = Gatherer(limit)
        self._depth = 0
        self._aside = 0
        self._count = 0
        self._space = False
        self._begun = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Open a paragraph, or an element inside the open one."""
        self._depth += 1
        if self._aside or (self.open and name.startswith(_ASIDE)):
            self._aside += 1
        elif not self.open:
            self._open_paragraph()
        elif name == f"{_TEXT}s":
            count = attributes.get(f"{_TEXT}c", "1")
            spaces = int(count) if count.isascii() and count.isdigit() and len(count) < 8 else 1
            self._put(" " * min(spaces, self._limit + 1))
        elif name == f"{_TEXT}tab":
            self._put("\t")
        elif name == f"{_TEXT}line-break":
            self._put("\n")

    def text(self, piece: str) -> None:
        """Add text to the open paragraph, its white space folded."""
        if self._aside:
            return
        folded = _WHITE_SPACE.sub(" ", piece)
        if folded.startswith(" "):
            self._space = self._begun
            folded = folded[1:]
        if folded.endswith(" "):
            self._put(folded[:-1])
            self._space = True
        elif folded:
            self._put(folded)

    def end(self, name: str) -> None:
        """Close an element of the paragraph, or the paragraph itself."""
        self._depth -= 1
        if self._aside:
            self._aside -= 1
        self.open = self._depth > 0

    @property
    def begun(self) -> bool:
        """Whether the cell holds a paragraph, if an empty one."""
        return self._count > 0

    def take(self) -> str:
        """Return the text of the cell and start that of the next."""
        if not self._count:
            return ""
        self._count = 0
        return self._text.take()

    def _open_paragraph(self) -> None:
        if self._count:
            self._text.add("\n")
        self._count += 1
        self.open = True
        self._space = self._begun = False

    def _put(self, text: str) -> None:
        # A folded space is owed until something follows it: white space at either end of a paragraph is none.
        if self._space:
            self._text.add(" ")
            self._space = False
        self._text.add(text)
        self._begun = True
