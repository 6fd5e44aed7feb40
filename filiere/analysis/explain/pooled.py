"""What pooling means saves: the chain once more, with each user's deliveries and stocks on means of its own."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from filiere.chain.chain import Chain, Link, Offer, Process
from filiere.schema import words as w

Means = tuple[str, str]
"""Who lends, and which service."""


@dataclass(frozen=True)
class Pooled:
    """Means that several use, and by how much everybody apart would be worse off, by objective.

    ``costs`` is empty where nobody could do without: no plan has each user on means of its own.
    """

    means: tuple[tuple[Means, tuple[str, ...]], ...]
    costs: Mapping[w.Objective, float]


def pooled_means(chain: Chain) -> dict[Means, tuple[str, ...]]:
    """Return the means of inside actors that are made by an activity and used by two actors inside or more."""
    users: defaultdict[Means, dict[str, None]] = defaultdict(dict)
    for user, use in _uses(chain):
        users[use.carrier, use.product][user] = None
    return {
        means: tuple(names)
        for means, names in users.items()
        if len(names) > 1 and chain.inside(means[0]) and any(_makers(chain, means))
    }


def _uses(chain: Chain) -> Iterator[tuple[str, Any]]:
    yield from ((link.to, link.uses) for link in chain.links if link.uses and chain.inside(link.to))
    yield from ((actor, stock.uses) for (actor, _), stock in chain.storages.items() if stock.uses)


def _makers(chain: Chain, means: Means) -> Iterator[Process]:
    lender, service = means
    return (one for one in chain.processes.values() if one.actor == lender and service in one.outputs)


def each_alone(chain: Chain, used: Mapping[Means, tuple[str, ...]] | None = None) -> Chain:
    """Return the chain in which whoever uses means of another has a copy of what makes them, at its own cost.

    ``used`` are the means that count, with their users (all those that several may use unless given): who does not
    use them needs none of its own.
    """
    found = dict(pooled_means(chain) if used is None else used)
    processes, links, offers = dict(chain.processes), list(chain.links), list(chain.offers)
    for means, users in found.items():
        if used is not None and means[0] not in users and not _sold(chain, means):
            for maker in _makers(chain, means):
                processes.pop(maker.key, None)  # nobody keeps what was there for the others alone
        for user in users:
            if user == means[0]:
                continue
            for maker in _makers(chain, means):
                processes.setdefault((maker.name, user), replace(maker, actor=user, today=None, requires=()))
                links += _brought(chain, maker, user)
                offers += _had(chain, maker, user)
    links = [_own(link, link.to, found) for link in links]
    storages = {place: _own(stock, place[0], found) for place, stock in chain.storages.items()}
    return replace(chain, processes=processes, links=tuple(links), offers=tuple(offers), storages=storages)


def _sold(chain: Chain, means: Means) -> bool:
    """Whether a lender has another use for what it lends: it delivers or needs it, or makes something else with it."""
    lender, service = means
    delivered = any(link.from_ == lender and link.product == service for link in chain.links)
    needed = any((need.actor, need.product) == means for need in chain.needs)
    return delivered or needed or any(set(maker.outputs) != {service} for maker in _makers(chain, means))


def _own(row: Any, user: str, found: Mapping[Means, tuple[str, ...]]) -> Any:
    """Return a link or a stock that uses the user's own means, where these are pooled."""
    use = row.uses
    if use is None or user not in found.get((use.carrier, use.product), ()):
        return row
    return replace(row, uses=replace(use, carrier=user))


def _brought(chain: Chain, maker: Process, user: str) -> Iterator[Link]:
    """Yield links that bring to a user what the lender's activity takes in, where it has none."""
    for product in maker.takes:
        if any(link.to == user and link.product == product for link in chain.links):
            continue
        rows = (link for link in chain.links if link.to == maker.actor and link.product == product)
        yield from (replace(link, to=user, today=None, minimum=0.0) for link in rows if link.from_ != user)


def _had(chain: Chain, maker: Process, user: str) -> Iterator[Offer]:
    """Yield what the lender has of what its activity takes in, as the user's own."""
    for product in maker.takes:
        if not any(offer.actor == user and offer.product == product for offer in chain.offers):
            rows = (offer for offer in chain.offers if offer.actor == maker.actor and offer.product == product)
            yield from (replace(offer, actor=user) for offer in rows)
