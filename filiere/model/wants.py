"""What is wanted, gathered by who wants it: the shares that are made as equal as they go."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from filiere.schema import words as w

if TYPE_CHECKING:
    from filiere.model.index import Index

MOST_SUMS = 10
"""With whole numbers, the sums of so many smallest shares are made as large as they go, one after the other."""

Key = tuple[str, str, str]
"""(actor, product or family, importance): what makes a want unique."""


@dataclass(frozen=True)
class Want:
    """All that one actor wants of one product, or of one family, at one importance."""

    actor: str
    product: str
    importance: float
    quantity: float
    needs: tuple[int, ...]

    @cached_property
    def key(self) -> Key:
        """What makes it unique."""
        return (self.actor, self.product, f"{self.importance:g}")


def wants_of(x: Index) -> tuple[Want, ...]:
    """Return what is wanted inside, the most important first."""
    found: dict[tuple[float, str, str], list[int]] = defaultdict(list)
    for n, need in enumerate(x.needs):
        if need.obligation is w.Obligation.WANT and need.quantity and x.inside(need.actor):
            found[-need.importance, need.actor, need.product].append(n)
    return tuple(
        Want(actor, product, -importance, sum(x.needs[n].quantity or 0.0 for n in rows), tuple(rows))
        for (importance, actor, product), rows in sorted(found.items())
    )


def sums_of(x: Index) -> tuple[tuple[str, str], ...]:
    """Return (number of smallest shares, importance) of each sum that whole numbers ask for."""
    if not x.has_whole:
        return ()
    counts: dict[str, int] = defaultdict(int)
    for want in x.wants:
        counts[want.key[2]] += 1
    return tuple((str(k), level) for level, count in counts.items() for k in range(1, min(MOST_SUMS, count) + 1))
