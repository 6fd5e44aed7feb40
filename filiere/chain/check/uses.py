"""What nothing takes: outputs with nowhere to go, and what is delivered to those who have no use for it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from filiere.chain.chain import Chain, Link
from filiere.problems import Problem
from filiere.problems import checking as say

_SHOWN = 3
"""How many actors one message names."""
Place = tuple[str, str]
"""(actor, product)."""


def check_uses(chain: Chain) -> Iterator[Problem]:
    """Report what may not be thrown away and has nowhere to go, and what is bought for nothing."""
    exits = _exits(chain)
    yield from _blocked_outputs(chain, exits)
    yield from _useless_deliveries(chain, exits)


def _exits(chain: Chain) -> set[Place]:
    """Return where a product can go on: a need, an activity, a stock, a link, a means that is lent."""
    exits = {(link.from_, link.product) for link in chain.links if link.from_ != link.to}
    exits.update((need.actor, need.product) for need in chain.needs)
    exits.update(chain.storages)
    for process in chain.processes.values():
        exits.update((process.actor, name) for name in process.takes)
    lent = [*(link.uses for link in chain.links), *(stock.uses for stock in chain.storages.values())]
    return exits | {(use.carrier, use.product) for use in lent if use is not None}


def _blocked_outputs(chain: Chain, exits: set[Place]) -> Iterator[Problem]:
    """Report outputs that may not be thrown away and that no link, need, activity or stock takes."""
    for process in chain.processes.values():
        for name, made in process.outputs.items():
            if (process.actor, name) in exits or chain.products[name].may_discard or not made:
                continue
            yield say.OUTPUT_BLOCKED.at(process.row.at("process"), product=name, name=process.name, actor=process.actor)


def _useless_deliveries(chain: Chain, exits: set[Place]) -> Iterator[Problem]:
    """Report, once a product, deliveries to inside actors who have no use for it.

    Secondary goods are thrown away by whoever holds them, which is worth a word where they are paid for; the others are
    not delivered at all. Where a quantity of this year is typed, its gap is told already, as is an activity without a
    recipe; a network without needs has no use for anything yet.
    """
    paid: defaultdict[str, list[Link]] = defaultdict(list)
    idle: defaultdict[str, list[Link]] = defaultdict(list)
    for link in chain.links if chain.needs else ():
        if not chain.inside(link.to) or (link.to, link.product) in exits or link.maximum == 0 or link.from_ == link.to:
            continue
        if not chain.products[link.product].secondary:
            idle[link.product].append(link)
        elif link.price > 0.0:
            paid[link.product].append(link)
    unknown = {process.actor for process in chain.processes.values() if not process.takes and not process.outputs}
    for kind, found in ((say.NO_USE, idle), (say.PAID_AND_THROWN_AWAY, paid)):
        for product, links in found.items():
            left = {link.to for link in links if link.today} | unknown if kind is say.NO_USE else set()
            buyers = list(dict.fromkeys(link.to for link in links if link.to not in left))
            if buyers:
                first = next(link for link in links if link.to == buyers[0])
                named = (*buyers[:_SHOWN], *(["…"] if len(buyers) > _SHOWN else []))
                yield kind.at(first.row.at("to"), product=product, actors=named)
