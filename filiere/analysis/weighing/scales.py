"""Figures about a thousand times off: beside the sector's vocabulary, the product's other prices, and what asks."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from statistics import median

from filiere.analysis.weighing.room import too_much_room
from filiere.chain.chain import Chain, Link, Product
from filiere.names import loose
from filiere.problems import Problem
from filiere.problems import weighing as say
from filiere.sector.usual import usual_figures

_APART = 200.0
"""A ratio from which on, on either side, a figure is taken for one in another unit."""


def scales(chain: Chain) -> Iterator[Problem]:
    """Report recipes, prices, offers and capacities that are a thousandfold off."""
    yield from _recipes(chain)
    yield from _prices(chain)
    yield from too_much_room(chain)


def apart(one: float, other: float) -> bool:
    """Whether two figures of one thing are so far apart that one is probably in another unit."""
    a, b = abs(one), abs(other)
    return min(a, b) > 0.0 and max(a, b) >= _APART * min(a, b)


def _recipes(chain: Chain) -> Iterator[Problem]:
    usual, _ = usual_figures()
    seen: set[int] = set()
    for process in chain.processes.values():
        for row in process.recipe:
            product = chain.products.get(row.product) or _same(chain, row.product)
            if id(row) in seen or product is None:
                continue
            seen.add(id(row))
            for column in ("input", "output"):
                amount, known = getattr(row, column), usual.get((loose(process.name), loose(row.product), column))
                if amount and known and loose(known[1]) == loose(product.unit) and apart(amount, known[0]):
                    yield say.RECIPE_SCALE.at(row.at(column), name=process.name, product=product.name, value=amount,
                                              usual=known[0], unit=product.unit)  # fmt: skip


def _same(chain: Chain, name: str) -> Product | None:
    return next((p for p in chain.products.values() if loose(p.name) == loose(name)), None)


def _prices(chain: Chain) -> Iterator[Problem]:
    _, known = usual_figures()
    priced: dict[str, dict[int, Link]] = defaultdict(dict)
    for link in chain.links:
        if link.row.price:
            priced[link.product][id(link.row)] = link
    for product in chain.products.values():
        rows = priced[product.name]
        typed = [abs(link.price) for link in rows.values()]
        usual, of = known.get(loose(product.name), (0.0, ""))
        if loose(of) != loose(product.unit):
            usual = 0.0
        trusted = usual and not apart(product.price, usual)
        among = typed if len(typed) > 1 or not typed else []  # one link alone may be what is off
        if product.price and not trusted and (among or usual) and apart(product.price, median(among or [usual])):
            yield say.PRICE_SCALE.at(product.row.at("price"), product=product.name, value=product.price,
                                     usual=median(among or [usual]), unit=product.unit)  # fmt: skip
        for link in rows.values():
            others = [p for p in (product.price, usual) if p] or [p for p in typed if p != abs(link.price)]
            if others and all(apart(link.price, p) for p in others):
                yield say.PRICE_SCALE.at(link.row.at("price"), product=product.name, value=link.price,
                                         usual=abs(others[0]), unit=product.unit)  # fmt: skip
