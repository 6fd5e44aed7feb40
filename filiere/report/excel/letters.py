"""How much room a text takes on a sheet: the widths of Calibri's letters, and the lines that whole words wrap over.

A unit of width is a digit of 11 points. Where another font stands in for Calibri, columns and letters change alike.
"""

from __future__ import annotations

import math
import unicodedata
from functools import lru_cache

_LETTERS = {
    letter: width
    for width, letters in (
        (226, " '\u202fil"), (252, ",’.I·j:;"), (305, "()f-[]{}J`"), (335, "!³t²°r"), (391, "s/\\z\"L"),
        (433, "cx"), (455, "vykFS|?"), (479, "gaZTYE"), (500, "#*+<=>^_e~–−×$0123456789€"), (520, "PXKbdhnpqu"),
        (535, "oC"), (545, "RBV"), (600, "ADH"), (640, "GUN"), (675, "OQ&"), (715, "%w"), (799, "m"),
        (870, "œMŒ"), (900, "W@→"),
    )
    for letter in letters
}  # fmt: skip
"""Thousandths of its size that each letter is wide, after Carlito, whose widths are Calibri's."""
_OTHER, _LARGEST = 600, 1_000
_UNIT = 0.507 * 11.0
"""Points of a unit of width: what is left beside a text in its cell is about what the cell has beside its units."""
_INDENT = 7.0
_BOLD = 1.035
_SURE = 1.035
"""A little more than is measured: screens and printers round each letter."""


def lines_in(text: str, width: float, size: float = 10.0, *, bold: bool = False, indent: bool = False) -> int:
    """Return over how many lines a text wraps in a cell of ``width`` units, its letters of ``size`` points."""
    room = (_UNIT * width - _INDENT * indent) / size * 1_000 / (_SURE * (_BOLD if bold else 1.0))
    if _LARGEST * len(text) <= room and "\n" not in text:
        return 1
    return sum(_wrapped(part, room) for part in text.split("\n"))


def fits(text: str, width: float) -> bool:
    """Return whether a text of 10 points finds room on one line of a cell of ``width`` units."""
    return lines_in(text, width, indent=True) == 1


def units_of(text: str, *, bold: bool = False) -> float:
    """Return how many units of width a text of 10 points takes on one line, its indent included."""
    return (_wide(text) / 1_000 * 10.0 * _SURE * (_BOLD if bold else 1.0) + _INDENT) / _UNIT


def _wrapped(text: str, room: float) -> int:
    lines, used = 1, 0.0
    for word in text.split(" "):  # a space that does not break holds its words together
        wide = _wide(word)
        if used and used + _LETTERS[" "] + wide > room:
            lines, used = lines + 1, wide
        else:
            used += (_LETTERS[" "] if used else 0.0) + wide
        if used > room:  # a word longer than a line is cut
            more = math.ceil(used / room) - 1
            lines, used = lines + more, used - more * room
    return lines


@lru_cache(maxsize=20_000)
def _wide(word: str) -> float:
    plain = unicodedata.normalize("NFKD", word)
    return float(sum(_LETTERS.get(letter, _OTHER) for letter in plain if not unicodedata.combining(letter)))
