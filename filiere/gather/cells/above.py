"""Ditto marks: what stands above holds for the row too."""

from __future__ import annotations

import re
from collections.abc import Mapping

_DITTO = re.compile(r"idem|id\.|do\.|ditto|[\"″〃]+|//|''|,,|- ?[\"″] ?-", re.IGNORECASE)
_REPEATED = ("seller", "buyer", "party", "product", "unit", "owner")


class Above:
    """What the rows so far say, by what their columns hold."""

    def __init__(self) -> None:
        self.above: dict[str, str] = {}

    def texts(self, texts: Mapping[str, str]) -> dict[str, str]:
        """Return the texts of a row, what is written above standing for each ditto mark."""
        told = {name: self.above.get(name, text) if _DITTO.fullmatch(text.strip()) and name in _REPEATED else text
                for name, text in texts.items()}  # fmt: skip
        self.above |= {name: text for name, text in told.items() if text}
        return told
