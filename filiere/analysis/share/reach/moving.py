"""Which figures of a chain a coalition of players may change: those of its members, and links among them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np
import numpy.typing as npt

from filiere.model.index import Index
from filiere.solver.programme.compile import Name, Programme

Players = Mapping[str, frozenset[str]]
"""Each player's name, and the actors that it is."""

OF_PROCESS = ("level", "open_process", "expansion", "runs", "runs_in_period", "running", "chosen")
OF_LINK = ("flow", "open_link", "lots")
_OWN = ("served", "unmet", "unmet_year", "offered", "discarded", "left_over")
"""What moves with a non-player's links, as it only answers them; a player who stays keeps it as it is."""
_ACTS = (*OF_PROCESS, "stock", "grant")
"""What an actor does, player or not: only the members of a coalition may change it."""
_NEVER = -1


class Moving:
    """Who must be in a coalition for each column of a programme to move."""

    def __init__(self, programme: Programme, players: Players) -> None:
        self._x = programme.index
        self._bit = {actor: 1 << i for i, actors in enumerate(players.values()) for actor in actors}
        self.needed = np.array([self._needed(name) for name in programme.columns], dtype=np.int64)
        """The coalition without whose members a column stays at today's figure; -1 where it always does."""

    def by(self, coalition: int) -> npt.NDArray[np.bool_]:
        """Return the columns that a coalition may change."""
        others = self.needed & ~np.int64(coalition)
        return np.asarray((self.needed >= 0) & (others == 0))

    def owners(self, actors: Iterable[str]) -> tuple[int, ...]:
        """Return the players that these actors are, by number."""
        bits = {self._bit[a] for a in actors if a in self._bit}
        return tuple(sorted(bit.bit_length() - 1 for bit in bits))

    def _needed(self, column: Name) -> int:
        family, key = column
        if family in OF_LINK:
            link = self._x.links[key[0] if isinstance(key, tuple) else key]
            return self._bit.get(link.from_, 0) | self._bit.get(link.to, 0) or _NEVER
        owner = owner_of(self._x, family, key)
        bit = self._bit.get(owner, 0) if owner else 0
        if family in _ACTS:
            return bit or _NEVER
        return bit if family in _OWN else 0


def owner_of(x: Index, family: str, key: Any) -> str | None:
    """Return the actor whose a column other than a link's is."""
    first = key[0] if isinstance(key, tuple) else key
    if family in OF_PROCESS:
        return x.processes[first].actor
    if family in ("served", "unmet", "unmet_year"):
        return x.needs[first].actor
    if family == "offered":
        return x.offers[first].actor
    if family == "grant":
        return x.funding[first].actor
    return first if family in ("stock", "discarded", "left_over") else None
