"""Which products may replace each other, and what one unit of such a group is worth.

Products of one family, stage and unit whose reference prices differ by at most a factor of three form a group; any
other product is a group of its own.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from filiere.names import fold

if TYPE_CHECKING:
    from filiere.chain.chain import Chain, Product

ALIKE = 3.0
"""How many times more expensive than the cheapest of its family a product may be and still replace it."""


@dataclass(frozen=True)
class Group:
    """Products that may replace each other; ``value`` is the plain mean of their reference prices."""

    name: str
    products: tuple[str, ...]
    value: float


def groups_of(chain: Chain) -> tuple[Group, ...]:
    """Return the groups of a chain's products, with those that are only in its figures of this year."""
    before = chain.observed.chain.products if chain.observed is not None else {}
    return grouped({**before, **chain.products})


def grouped(products: Mapping[str, Product]) -> tuple[Group, ...]:
    """Return the groups, in the order of their names."""
    found: list[tuple[str, tuple[str, ...]]] = []
    for members in same_stage(products):
        first = products[members[0]]
        if len(members) > 1 and holds_together([products[p].value for p in members]):
            found.append((" / ".join(part for part in (first.family, first.stage) if part), members))
        else:
            found += [(p, (p,)) for p in members]
    names = [name for name, _ in found]
    return tuple(
        sorted(
            (
                Group(
                    name if names.count(name) == 1 else f"{name} ({', '.join(members)})",
                    members,
                    sum(products[p].value for p in members) / len(members),
                )
                for name, members in found
            ),
            key=lambda group: group.name,
        )
    )


def holds_together(values: list[float]) -> bool:
    """Whether reference prices are near enough for products to replace each other."""
    return max(values) <= ALIKE * min(values)


def families_apart(products: Mapping[str, Product]) -> Iterator[tuple[Product, ...]]:
    """Yield the products of each family, stage and unit whose prices differ too much to form a group."""
    for members in same_stage(products):
        if len(members) > 1 and not holds_together([products[p].value for p in members]):
            yield tuple(products[p] for p in members)


def same_stage(products: Mapping[str, Product]) -> list[tuple[str, ...]]:
    """Return the products of each family, stage (two blanks are alike) and unit; one without a family stands alone."""
    families: defaultdict[tuple[str, ...], list[str]] = defaultdict(list)
    for name in sorted(products):
        product = products[name]
        alone = () if product.family else (name,)
        families[(fold(product.family or ""), fold(product.stage or ""), product.unit, *alone)].append(name)
    return [tuple(members) for members in families.values()]


def mixes(chain: Chain) -> frozenset[tuple[str, str]]:
    """Return (actor, product) wherever a product may serve a need on its family."""
    serving = (process for process in chain.processes.values() if process.serves)
    return frozenset((process.actor, product) for process in serving for product in process.takes)
