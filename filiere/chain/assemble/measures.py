"""The measures of a workbook: the amounts per unit that its free columns count."""

from __future__ import annotations

from collections.abc import Mapping

from filiere.chain.parse.tables import Tables
from filiere.names import fold, loose, tidy

_NONE: Mapping[str, float] = {}


class MeasureNames:
    """Every measure, spelled as the workbook first spells it."""

    def __init__(self, tables: Tables) -> None:
        self._spelled: dict[str, str] = {}
        self.on_links: set[str] = set()
        """The measures that links carry."""
        for rows in (tables.processes, tables.links, tables.offers, tables.needs):
            for row in rows:
                for name in row.measures:
                    self._spelled.setdefault(fold(name), tidy(name))
        for link in tables.links:
            self.on_links.update(self._spelled[fold(name)] for name in link.measures)

    def __call__(self, measures: Mapping[str, float]) -> Mapping[str, float]:
        """Return the measures of one row under their common spelling."""
        if not measures:
            return _NONE
        return {self._spelled[fold(name)]: amount for name, amount in measures.items()}

    @property
    def all(self) -> tuple[str, ...]:
        """Every measure, in the order in which they appear."""
        return tuple(self._spelled.values())

    def get(self, text: str) -> str | None:
        """Return the measure that ``text`` names, with or without “measure:” before it."""
        return self._spelled.get(fold(plain_measure(text)))


def is_measure(text: str) -> bool:
    """Whether ``text`` is written “measure: NAME”."""
    before, colon, _ = text.partition(":")
    return bool(colon) and loose(before) in ("measure", "mesure")


def plain_measure(text: str) -> str:
    """Return NAME of “measure: NAME”, or the text itself."""
    return tidy(text.partition(":")[2]) if is_measure(text) else tidy(text)
