"""What a sale counts for in budgets where two actors sell one product to each other."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from filiere.model.index import Index


def opposite_prices(x: Index) -> dict[int, float]:
    """Return, for links between inside actors that run both ways, the mean of the two prices."""
    prices: dict[tuple[str, str, str], list[int]] = defaultdict(list)
    for e, link in enumerate(x.links):
        if x.inside(link.from_) and x.inside(link.to):
            prices[link.from_, link.to, link.product].append(e)
    found: dict[int, float] = {}
    for (seller, buyer, product), there in prices.items():
        back = prices.get((buyer, seller, product))
        if back:
            means = [sum(x.links[e].price for e in rows) / len(rows) for rows in (there, back)]
            found |= dict.fromkeys(there, sum(means) / 2.0)
    return found
