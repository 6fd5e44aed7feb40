"""Goods that may go round between inside actors at different prices: a budget would be mended for nothing."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterator, Mapping

from filiere.chain.chain import Chain, Link
from filiere.problems import Problem
from filiere.problems import checking as say
from filiere.schema import words as w

MOST_TOLD = 5
"""Circles that are told; one for each product is enough to see how they come about."""


def check_circles(chain: Chain) -> Iterator[Problem]:
    """Report, product by product, the shortest circle of inside actors with different prices and a followed budget."""
    found: dict[str, dict[str, list[Link]]] = defaultdict(lambda: defaultdict(list))
    for link in chain.links:
        if link.from_ != link.to and chain.inside(link.from_) and chain.inside(link.to) and link.maximum != 0.0:
            found[link.product][link.from_].append(link)
    told = 0
    for product, links in found.items():
        circle = _shortest(chain, links)
        if circle and told < MOST_TOLD:
            told += 1
            way = [*(link.from_ for link in circle), circle[0].from_]
            yield say.CIRCLE_OF_PRICES.at(
                circle[0].row.at("price"),
                product=product,
                way=" → ".join(way),
                prices=[link.price for link in circle],
            )


def _shortest(chain: Chain, links: Mapping[str, list[Link]]) -> list[Link]:
    best: list[Link] = []
    for start in links:
        if chain.actors[start].budget is w.Budget.NO:
            continue
        circle = _round(links, start)
        if circle and (not best or len(circle) < len(best)):
            best = circle
    return best


def _round(links: Mapping[str, list[Link]], start: str) -> list[Link]:
    """Return the shortest way from an actor back to it, empty where there is none or all its prices are one."""
    came: dict[str, Link] = {}
    waiting = deque((start,))
    while waiting:
        actor = waiting.popleft()
        for link in links.get(actor, ()):
            if link.to == start:
                circle = [link]
                while circle[0].from_ != start:
                    circle.insert(0, came[circle[0].from_])
                if len({one.price for one in circle}) > 1:
                    return circle
            elif link.to not in came:
                came[link.to] = link
                waiting.append(link.to)
    return []
