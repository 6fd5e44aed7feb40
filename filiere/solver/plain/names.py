"""Names that any solver reads: ASCII letters, digits and underscores, each once; and the cell each goes back to."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from filiere.names import fold

LONGEST = 200
"""Solvers take names of up to 255 letters; some are left for a number."""

_LETTERS = str.maketrans({"œ": "oe", "æ": "ae", "ß": "ss", "ø": "o", "đ": "d", "ł": "l", "€": "eur"})


def ascii_names(texts: Iterable[str], first: str) -> list[str]:
    """Return a name for each text, in order, beginning with the letter ``first``.

    Beginning so, none is taken for a number or a word of the file's own. What two have in common is told apart by a
    number.
    """
    taken: set[str] = set()
    numbers: dict[str, int] = {}
    names = []
    for text in texts:
        plain = f"{first}_{_ascii(text)}"[:LONGEST]
        name, number = plain, numbers.get(plain, 1)
        while name in taken:
            number += 1
            name = f"{plain}_{number}"
        numbers[plain] = number
        taken.add(name)
        names.append(name)
    return names


def _ascii(text: str) -> str:
    plain = unicodedata.normalize("NFKD", fold(text).translate(_LETTERS))
    return re.sub(r"[^a-z0-9]+", "_", "".join(c for c in plain if not unicodedata.combining(c))).strip("_")
