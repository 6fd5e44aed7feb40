"""Who pays whom, so that everybody has what a rule gives: the least money moved, then the fewest payments."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

MOST_EXACT = 14
"""Up to so many players who pay or receive, no way with fewer payments exists; beyond, few are found."""


@dataclass(frozen=True)
class Transfer:
    """One payment."""

    from_: str
    to: str
    amount: float


def transfers(has: Mapping[str, float], gets: Mapping[str, float], near: float) -> tuple[Transfer, ...]:
    """Return the payments that turn what players have into what they get; both must add up to the same.

    Nobody both pays and receives, so that no more money moves than is lacking. Players who settle among themselves
    save one payment: the division into the most such circles has the fewest.
    """
    lacks = {name: gets[name] - has[name] for name in has if abs(gets[name] - has[name]) > near}
    found: list[Transfer] = []
    for circle in _circles(lacks, near):
        found += _settled({name: lacks[name] for name in circle}, near)
    return tuple(sorted(found, key=lambda payment: -payment.amount))


def _circles(lacks: Mapping[str, float], near: float) -> list[list[str]]:
    """Return the players in as many groups as can be within which nothing is lacking."""
    names = list(lacks)
    n = len(names)
    if n > MOST_EXACT:
        return [names]
    sums, most, last = [0.0] * (1 << n), [0] * (1 << n), [0] * (1 << n)
    for group in range(1, 1 << n):
        low = (group & -group).bit_length() - 1
        sums[group] = sums[group & group - 1] + lacks[names[low]]
        most[group], last[group] = max((most[group ^ 1 << i], i) for i in range(n) if group >> i & 1)
        most[group] += abs(sums[group]) <= n * near
    circles: list[list[str]] = []
    circle: list[str] = []
    group = (1 << n) - 1
    while group:
        if abs(sums[group]) <= n * near and circle:
            circles.append(circle)
            circle = []
        circle.append(names[last[group]])
        group ^= 1 << last[group]
    return [*circles, circle] if circle else circles


def _settled(lacks: dict[str, float], near: float) -> list[Transfer]:
    """Return payments, each of which settles one player at least: one fewer than there are players."""
    found: list[Transfer] = []
    while True:
        payer, taker = min(lacks, key=lambda name: lacks[name]), max(lacks, key=lambda name: lacks[name])
        amount = min(-lacks[payer], lacks[taker])
        if amount <= near:
            return found
        found.append(Transfer(payer, taker, amount))
        lacks[payer] += amount
        lacks[taker] -= amount
