"""Which rows a change is about: the key on the Scenarios sheet against the keys of a table."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

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


class Keys:
    """The keys of a table's rows, so that the rows of a written key are found without going through all."""

    def __init__(self, declared: type[Row], rows: Sequence[Row]) -> None:
        self.declared = declared
        self.names = key_columns(declared)
        timed = "period" in columns(declared) and "period" not in self.names
        self.parts = (*self.names, "period") if timed else self.names
        self._whole: dict[str, list[int]] = {}
        self._by_part: list[dict[str, list[int]]] = [{} for _ in self.parts]
        for at, row in enumerate(rows):
            values = [str(getattr(row, name) or "") for name in self.parts]
            self._whole.setdefault(fold(" / ".join(values[: len(self.names)])), []).append(at)
            for found, value in zip(self._by_part, values, strict=True):
                found.setdefault(self._folded(value), []).append(at)
        self._all = range(len(rows))

    def fits(self, written: str) -> bool:
        """Return whether a written key has as many parts as the table's keys."""
        return len(self._split(written)) in (len(self.names), len(self.parts))

    def find(self, written: str) -> list[int]:
        """Return the positions of the rows that ``Moulin / * / pain`` means, in order.

        Where a row has a period, the period may stand behind the key as one more part. A name that holds
        `` / `` itself matches as a whole.
        """
        parts = self._split(written)
        whole = self._whole.get(fold(written), [])
        if not self.fits(written) or (whole and "*" not in parts):
            return whole
        positions = set(self._all)
        for part, found in zip(parts, self._by_part, strict=False):
            if part != "*":
                positions &= set(found.get(self._folded(part), ()))
        return sorted(positions)

    def may_be_refused(self, written: str, refused: Iterable[str]) -> bool:
        """Return whether one of the refused rows (their keys, ``*`` for any) may be the one that is meant."""
        parts = [self._folded(part) for part in self._split(written)][: len(self.names)]
        for key in refused:
            own = [self._folded(part) for part in key.split(" / ")]
            same = len(own) == len(parts) and all(p in ("*", o) for p, o in zip(parts, own, strict=True))
            if key == "*" or same or fold(key) == fold(written):
                return True
        return False

    def _split(self, written: str) -> list[str]:
        parts = re.split(r"\s+/\s+", tidy(written))
        if len(parts) not in (len(self.names), len(self.parts)):
            parts = re.split(r"\s*/\s*", tidy(written))
        return parts

    def _folded(self, part: str) -> str:
        if self.declared is t.ObjectiveRow:
            return _OBJECTIVES.get(loose(part), fold(part))
        return fold(part)
