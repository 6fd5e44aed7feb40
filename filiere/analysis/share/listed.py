"""Values of coalitions from a list that need not name them all."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from filiere.analysis.share.game import mask_of


def completed(players: tuple[str, ...], listed: Mapping[frozenset[str], float]) -> Callable[[int], float]:
    """Return the value of any coalition: as it is listed, else the most that a division into listed ones adds up to.

    A single player who is not listed reaches 0. Costs are negative values, so that the best is the cheapest.
    """
    known = {mask_of(members, players): value for members, value in listed.items()}
    starting: dict[int, list[int]] = {}
    for coalition in known:
        starting.setdefault(coalition & -coalition, []).append(coalition)
    found: dict[int, float] = {0: 0.0}

    def best(coalition: int) -> float:
        if coalition in known:
            return known[coalition]
        if coalition not in found:
            first = coalition & -coalition
            parts = {part for part in starting.get(first, ()) if part & coalition == part} | {first}
            found[coalition] = max(known.get(part, 0.0) + best(coalition ^ part) for part in parts)
        return found[coalition]

    return best
