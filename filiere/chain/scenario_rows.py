"""Which rows a change is about: the key on the Scenarios sheet against the keys of a table."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Any

from filiere.language import Label
from filiere.names import fold, loose, tidy
from filiere.schema import Row, columns, key_columns
from filiere.schema import tables as t
from filiere.schema import words as w

_OBJECTIVES = {
    loose(text): word.key for word in w.Objective for text in (*word.spellings, word.key)
}  # an objective may be named in either language


def key_parts(declared: type[Row]) -> list[Label]:
    """Return the headings of a table's key columns."""
    return [columns(declared)[name].label for name in key_columns(declared)]


def key_of(row: Row) -> str:
    """Return a row's key as it is written on the Scenarios sheet: ``Moulin / * / pain``."""
    return " / ".join(str(getattr(row, name)) for name in key_columns(type(row)))


class Matcher:
    """Says of each row whether a written key is its own; parts are separated by `` / ``, ``*`` is any.

    Where a row has a period, the period may stand behind the key as one more part.
    """

    def __init__(self, declared: type[Row], written: str) -> None:
        self.declared = declared
        self.names = key_columns(declared)
        self.whole = fold(written)
        parts = re.split(r"\s+/\s+", tidy(written))
        if len(parts) not in self._counts() and "/" in written:
            parts = re.split(r"\s*/\s*", tidy(written))
        self.parts = [_folded(declared, part) for part in parts]

    def _counts(self) -> tuple[int, ...]:
        own = len(self.names)
        timed = "period" in columns(self.declared) and "period" not in self.names
        return (own, own + 1) if timed else (own,)

    @property
    def fits(self) -> bool:
        """Whether the written key has as many parts as the table's keys."""
        return len(self.parts) in self._counts()

    def __call__(self, row: Row) -> bool:
        """Return whether the row is meant. A name that holds `` / `` itself matches as a whole."""
        key = [getattr(row, name) for name in self.names]
        if self.fits:
            if len(self.parts) > len(key):
                key.append(getattr(row, "period", None) or "")
            if self._matches(key):
                return True
        return fold(key_of(row)) == self.whole

    def refused(self, keys: Sequence[str]) -> bool:
        """Return whether one of the refused rows may be the one that is meant."""
        return any(
            key == "*" or fold(key) == self.whole or self._matches(key.split(" / ")[: len(self.parts)]) for key in keys
        )

    def _matches(self, key: Sequence[Any]) -> bool:
        return len(key) == len(self.parts) and all(
            part in ("*", _folded(self.declared, str(own))) for part, own in zip(self.parts, key, strict=True)
        )


def matching(rows: Sequence[Row], matcher: Callable[[Row], bool]) -> list[int]:
    """Return the positions of the rows that are meant."""
    return [at for at, row in enumerate(rows) if matcher(row)]


def _folded(declared: type[Row], part: str) -> str:
    if declared is t.ObjectiveRow:
        return _OBJECTIVES.get(loose(part), fold(part))
    return fold(part)
