"""What links count by, as numpy columns in the order of the index's links: for sums that go over all of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from filiere.chain.chain import Link

if TYPE_CHECKING:
    from filiere.model.index import Index

Vector = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]


class ByLink:
    """Columns of links: what is typed of each, of its product, and of its ends."""

    def __init__(self, x: Index) -> None:
        self._x = x

    def column(self, figure: Callable[[Link], float]) -> Vector:
        """Return a figure of each link."""
        links = self._x.links
        return np.fromiter(map(figure, links), dtype=float, count=len(links))

    def of_product(self, figures: dict[str, float]) -> Vector:
        """Return a figure of the product of each link."""
        return self.column(lambda link: figures[link.product])

    @cached_property
    def of_flow(self) -> npt.NDArray[np.intp]:
        """The link of each flow."""
        return np.repeat(np.arange(len(self._x.links)), [len(link.periods) for link in self._x.links])

    @cached_property
    def price(self) -> Vector:
        """Price per unit shipped, in currency."""
        return self.column(lambda link: link.price)

    @cached_property
    def budget_price(self) -> Vector:
        """Price per unit that counts in budgets, in currency."""
        found = self.price.copy()
        for e, price in self._x.opposite_prices.items():
            found[e] = price
        return found

    @cached_property
    def transport_cost(self) -> Vector:
        """Cost of transport per unit shipped, in currency."""
        return self.column(lambda link: link.transport_cost)

    @cached_property
    def distance(self) -> Vector:
        """Kilometres."""
        return self.column(lambda link: link.distance)

    @cached_property
    def received(self) -> Vector:
        """What arrives of one unit shipped: 1 less the share lost on the way."""
        return 1.0 - self.column(lambda link: link.loss)

    @cached_property
    def value(self) -> Vector:
        """Reference value of one unit of the product, in currency."""
        return self.of_product({p.name: p.value for p in self._x.chain.products.values()})

    @cached_property
    def kg(self) -> Vector:
        """Mass of one unit of the product in kg, 0 where it is unknown."""
        return self.of_product({p.name: p.kg or 0.0 for p in self._x.chain.products.values()})

    @cached_property
    def criticality(self) -> Vector:
        """Criticality of the product."""
        return self.of_product({p.name: p.criticality for p in self._x.chain.products.values()})

    @cached_property
    def secondary(self) -> Flags:
        """Whether the product is secondary."""
        return self.of_product({p.name: p.secondary for p in self._x.chain.products.values()}) > 0.0

    @cached_property
    def from_inside(self) -> Flags:
        """Whether the seller is inside."""
        return self.column(lambda link: self._x.inside(link.from_)) > 0.0

    @cached_property
    def to_inside(self) -> Flags:
        """Whether the buyer is inside."""
        return self.column(lambda link: self._x.inside(link.to)) > 0.0

    @cached_property
    def outward(self) -> Vector:
        """How much farther outside the buyer is than the seller, as dependency weights say."""
        weights = {name: actor.weight for name, actor in self._x.chain.actors.items()}
        return self.column(lambda link: weights[link.to] - weights[link.from_])

    @cached_property
    def stated(self) -> Flags:
        """Whether the link is a sale outside that is stated."""
        found = np.zeros(len(self._x.links), dtype=bool)
        found[list(self._x.stated_sales)] = True
        return found


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
