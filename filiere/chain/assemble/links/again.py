"""Links that rows stood for already: most scenarios of a workbook leave them as they are."""

from __future__ import annotations

from collections import deque
from operator import is_
from typing import Any, NamedTuple

from filiere.chain.chain import Link
from filiere.schema import tables as t

_SCENARIOS = 4
"""Of how many scenarios the links are kept: those that differ in links are few."""


class Asked(NamedTuple):
    """All that decides which links rows stand for, and what is said of each."""

    rows: tuple[t.LinkRow, ...]
    beside: tuple[Any, ...]
    """What may be another object that says the same."""


class Expanded:
    """The links of the latest scenarios, by what decided about them."""

    def __init__(self) -> None:
        self._latest: deque[tuple[Asked, tuple[Link, ...]]] = deque(maxlen=_SCENARIOS)

    def of(self, asked: Asked) -> tuple[Link, ...] | None:
        """Return the links where the very same rows stood for links under all the same; None where they did not."""
        for known, links in self._latest:
            same = len(known.rows) == len(asked.rows) and all(map(is_, known.rows, asked.rows))
            if same and known.beside == asked.beside:
                return links
        return None

    def keep(self, asked: Asked, links: tuple[Link, ...]) -> None:
        """Keep the links of a scenario of whose rows nothing had to be said."""
        self._latest.append((asked, links))
