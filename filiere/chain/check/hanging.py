"""Activities that hang on one small ingredient: a menu of many goods that stops where one of them is missing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from filiere.chain.chain import Chain, Process
from filiere.problems import Problem
from filiere.problems import checking as say
from filiere.schema import tables as t

SMALL = 0.02
"""An ingredient is small below this share of the value of all that goes in."""
MANY = 4
"""What takes in so many goods, or more, is a menu; with fewer each of them makes the thing."""


def check_hanging(chain: Chain) -> Iterator[Problem]:
    """Report small ingredients that one seller alone brings, and that nothing stands in for."""
    found: defaultdict[tuple[str, str, str], list[str]] = defaultdict(list)
    rows: dict[tuple[str, str], t.RecipeRow] = {}
    for process in chain.processes.values():
        rows |= {(process.name, row.product): row for row in process.recipe if row.input}
        for product in _small(chain, process):
            sellers = _sellers(chain, process.actor, product)
            if len(sellers) == 1:
                found[process.name, product, sellers.pop()].append(process.actor)
    for (name, product, seller), actors in found.items():
        row = next(row for (process, _), row in rows.items() if process == name and _same(row, product))
        yield say.HANGS_ON_LITTLE.at(row.at("product"), name=name, product=product, seller=seller, actors=tuple(actors))


def _same(row: t.RecipeRow, product: str) -> bool:
    return row.product.strip().casefold() == product.casefold()


def _small(chain: Chain, process: Process) -> Iterator[str]:
    """Yield the goods that are a small part of the value of what a menu takes in, choices apart."""
    products = chain.products
    goods = {p: amount for p, amount in process.inputs.items() if not products[p].service}
    if len(goods) + len(process.choices) < MANY:
        return
    worth = {p: products[p].value * amount for p, amount in goods.items()}
    whole = sum(worth.values()) + sum(
        max(products[option.product].value * option.quantity for option in some) for some in process.choices.values()
    )
    yield from (p for p, value in worth.items() if 0.0 < value < SMALL * whole and not products[p].secondary)


def _sellers(chain: Chain, actor: str, product: str) -> set[str]:
    """Return who can bring a product to an actor, itself included where it makes or has it."""
    sellers = {link.from_ for link in chain.links if link.to == actor and link.product == product}
    own = any(product in process.outputs for process in chain.processes.values() if process.actor == actor)
    if own or any(offer.actor == actor and offer.product == product for offer in chain.offers):
        sellers.add(actor)
    return sellers
