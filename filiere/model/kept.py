"""What the territory keeps of each group of products: the terms of it, and how much there is of it today."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from filiere.chain.chain import Chain, Process
from filiere.chain.derived.groups import Group, groups_of, mixes
from filiere.chain.derived.observed import Observed, link_keys, need_keys, observed_of, offer_keys
from filiere.schema import words as w

GUARDED = 0.1
"""A group is guarded where at least this share of what is kept today is served or sold outside."""


class Part(NamedTuple):
    """One term: whose it is, of which kind of figure and row, and what one unit of that figure keeps."""

    actor: str
    kind: str
    key: Any
    worth: float


@dataclass(frozen=True, kw_only=True)
class Kept:
    """One guarded group: its terms, and today's amounts, all in units of the group's mean reference price."""

    group: Group
    parts: tuple[Part, ...]
    users: tuple[Part, ...]
    """What the outlets inside are served."""
    whole: float
    members: float
    by_member: Mapping[str, float]
    served: float

    def parts_of(self, actors: frozenset[str]) -> Iterator[Part]:
        """The terms of some actors."""
        return (part for part in self.parts if part.actor in actors)


def kept_groups(chain: Chain, discards: Iterable[tuple[str, str]]) -> dict[str, Kept]:
    """Return the groups that are guarded, by name; nothing is where no figure of today is known.

    ``discards`` are the places (actor, product) where something may be thrown away.
    """
    observed = observed_of(chain)
    if not observed.known:
        return {}
    groups = groups_of(chain)
    of = {p: group for group in groups for p in group.products}
    now, before = _parts(chain, of, discards), _parts(observed.chain, of, observed.discarded)
    figures, members = _figures(observed), _members(observed.chain)
    found = {}
    for group in groups:
        today = [(part, part.worth * figures[part.kind].get(part.key, 0.0)) for part in before[group.name].kept]
        whole = sum(amount for _, amount in today)
        users, used = (
            sum(part.worth * figures[part.kind].get(part.key, 0.0) for part in parts)
            for parts in (before[group.name].outlets, before[group.name].used)
        )
        if used <= 0 or used < GUARDED * whole or group.value <= 0:
            continue
        by_member: defaultdict[str, float] = defaultdict(float)
        for part, amount in today:
            if part.actor in members:
                by_member[part.actor] += amount
        found[group.name] = Kept(
            group=group, parts=tuple(now[group.name].kept), users=tuple(now[group.name].outlets),
            whole=whole, members=sum(by_member.values()),
            by_member={a: amount for a, amount in sorted(by_member.items()) if amount > 0}, served=users,
        )  # fmt: skip
    return found


def _members(chain: Chain) -> frozenset[str]:
    return frozenset(a.name for a in chain.actors.values() if a.perimeter is w.Perimeter.MEMBER)


class _Parts(NamedTuple):
    kept: list[Part]
    outlets: list[Part]
    used: list[Part]
    """What is served, and what is sold outside, secondary goods apart."""


def _parts(
    chain: Chain, of: Mapping[str, Group], discards: Iterable[tuple[str, str]]
) -> Mapping[str, _Parts]:  # fmt: skip
    found: defaultdict[str, _Parts] = defaultdict(lambda: _Parts([], [], []))
    products = chain.products
    for key, process in chain.processes.items():
        for name, worth in _of_process(chain, process, of).items():
            found[name].kept.append(Part(process.actor, "level", key, worth))
    for o, offer in enumerate(chain.offers):
        if chain.inside(offer.actor):
            worth = products[offer.product].criticality
            found[of[offer.product].name].kept.append(Part(offer.actor, "offered", o, worth))
    for a, p in discards:
        found[of[p].name].kept.append(Part(a, "discarded", (a, p), -products[p].criticality))
    mixed = mixes(chain)
    for e, link in enumerate(chain.links):
        if (link.to, link.product) in mixed:
            worth = products[link.product].criticality * (1.0 - link.loss)
            found[of[link.product].name].used.append(Part(link.to, "flow", e, worth))
        if chain.inside(link.from_) and not chain.inside(link.to):
            group, product = of[link.product], products[link.product]
            paid = product.criticality * max(0.0, link.price) / group.value if group.value > 0 else 0.0
            found[group.name].kept.append(Part(link.from_, "flow", e, paid - product.criticality))
            if not product.secondary:
                found[group.name].used.append(Part(link.from_, "flow", e, product.criticality))
    for n, need in enumerate(chain.needs):
        if chain.inside(need.actor):
            part = Part(need.actor, "served", n, products[need.product].criticality)
            found[of[need.product].name].used.append(part)
            if need.obligation is w.Obligation.OUTLET:
                found[of[need.product].name].outlets.append(part)
    return found


def _of_process(chain: Chain, process: Process, of: Mapping[str, Group]) -> Mapping[str, float]:
    """What one run keeps of each group: its net output; where it puts out no goods of worth, less all it takes in."""
    if process.serves:
        return {}
    net: defaultdict[str, float] = defaultdict(float)
    taken: defaultdict[str, float] = defaultdict(float)
    for p, amount in process.outputs.items():
        net[of[p].name] += chain.products[p].criticality * amount
    for p, amount in process.inputs.items():
        net[of[p].name] -= chain.products[p].criticality * amount
        taken[of[p].name] += chain.products[p].criticality * amount
    only_secondary = all(chain.products[p].secondary for p in process.outputs)
    return {name: max(0.0, amount) - (taken[name] if only_secondary else 0.0) for name, amount in sorted(net.items())}


def _figures(observed: Observed) -> Mapping[str, Mapping[Any, float]]:
    """Today's figures by kind, and by what the terms of its own chain call their rows."""
    chain = observed.chain
    rows = (
        ("flow", link_keys(chain.links), observed.flows),
        ("offered", offer_keys(chain.offers), observed.offers),
        ("served", need_keys(chain.needs), observed.served),
    )
    by_row = {kind: {i: known.get(key, 0.0) for i, key in enumerate(keys)} for kind, keys, known in rows}
    return {**by_row, "level": observed.levels, "discarded": observed.discarded}
