"""The sets of what members pool: loads, lots and what is left of them, means that are lent."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeVar

from filiere.chain.derived.pooled import Option, Use

if TYPE_CHECKING:
    from filiere.model.index import Index

Place = tuple[str, str]
"""(actor, product)."""
Spot = tuple[str, str, int]
"""(actor, product, period)."""
Lending = tuple[str, Use, str, Any, int]
"""Who uses a means, the use, the unknown it goes with (its name and key), and the period."""

Key = TypeVar("Key")
Value = TypeVar("Value")


def gathered(pairs: Iterable[tuple[Key, Value]]) -> dict[Key, list[Value]]:
    """Return the values of each key, in order."""
    found: dict[Key, list[Value]] = defaultdict(list)
    for key, value in pairs:
        found[key].append(value)
    return dict(found)


class Pooling:
    """What the equations of pooling are written over, from the sets of a programme."""

    def __init__(self, x: Index) -> None:
        self._x = x

    @cached_property
    def loads(self) -> tuple[tuple[int, int], ...]:
        """(process, period) of what runs at its minimum load at least, or not at all; closed seasons apart."""
        return tuple(
            (k, t) for k, t in self._x.levels
            if self._x.processes[k].minimum_load and self._x.processes[k].capacity and self.part_of_year(k, t) > 0.0
        )  # fmt: skip

    def part_of_year(self, k: int, t: int) -> float:
        """What a period has of a process's yearly capacity; with a calendar ``free``, what an even year would give."""
        weights = self._x.processes[k].calendar.weights
        return self._x.shares[t] if weights is None else weights[t]

    @cached_property
    def choices(self) -> tuple[tuple[int, str], ...]:
        """(process, label) of every choice among inputs."""
        return tuple((k, label) for k, process in enumerate(self._x.processes) for label in sorted(process.choices))

    @cached_property
    def options(self) -> dict[tuple[int, str, str], Option]:
        """(process, label of the choice, product) → what one run takes of that product alone."""
        processes = self._x.processes
        return {
            (k, label, option.product): option
            for k, label in self.choices
            for option in sorted(processes[k].choices[label], key=lambda option: option.product)
        }

    @cached_property
    def choosers(self) -> dict[Place, list[tuple[int, str, str]]]:
        """(actor, product) → the options that take it there."""
        return gathered(((self._x.processes[k].actor, p), (k, label, p)) for k, label, p in self.options)

    @cached_property
    def rounds(self) -> dict[str, list[int]]:
        """Round → the links that it opens together."""
        links = self._x.links
        found = gathered((link.round, e) for e, link in enumerate(links) if link.round and link.candidate)
        return {name: found[name] for name in sorted(found)}

    @cached_property
    def followers(self) -> dict[int, int]:
        """Link of a round → the first of that round, with which it opens."""
        return {e: some[0] for some in self.rounds.values() for e in some[1:]}

    def round_weight(self, e: int) -> float:
        """What one unit of a link counts in its round: 1, or its kg where the round's units differ."""
        links, products = self._x.links, self._x.chain.products
        units = {products[links[other].product].unit for other in self.rounds[links[e].round or ""]}
        return 1.0 if len(units) == 1 else products[links[e].product].kg or 0.0

    def run_of(self, k: int, p: str, t: int) -> int:
        """The period whose runs put a product out in period ``t``: an output with a delay comes later."""
        return (t - self._x.processes[k].delays.get(p, 0)) % len(self._x.shares)

    @cached_property
    def perishables(self) -> tuple[Spot, ...]:
        """(actor, product, period) of the stocks that keep a number of periods only."""
        products = self._x.chain.products
        return tuple(
            (a, p, t) for a, p in self._x.stocks if products[p].shelf_life is not None for t in self._x.periods
        )

    def window(self, a: str, p: str, t: int) -> list[int]:
        """The periods whose arrivals may still be in stock at the end of ``t``; −1 stands for the initial stock.

        They go round the year where the stock does.
        """
        life, count = self._x.chain.products[p].shelf_life or 0, len(self._x.shares)
        last = range(t, t - min(life, count), -1)
        if self._x.chain.storages[a, p].initial is None:
            return [s % count for s in last]
        return [s for s in range(t, t - life, -1) if s >= -1]

    @cached_property
    def lots(self) -> tuple[int, ...]:
        """Links that carry whole lots only."""
        return tuple(e for e, link in enumerate(self._x.links) if link.multiple)

    @cached_property
    def rests(self) -> dict[Place, float]:
        """Inside (actor, product) → the most that may be left over there of lots received and of whole activities.

        One lot of each link, one run of each activity (one a period where each period is whole); nothing where the
        actor may throw the product away, which takes care of it.
        """
        binned = {(a, p) for a, p, _ in self._x.discards}
        most: dict[Place, float] = defaultdict(float)
        for e in self.lots:
            link = self._x.links[e]
            if self._x.inside(link.to):
                most[link.to, link.product] += (link.multiple or 0.0) * (1.0 - link.loss)
        for process in self._x.processes:
            runs = len(self._x.shares) if process.whole_each_period else 1 if process.whole else 0
            for p, made in process.outputs.items():
                if (rest := runs * (made - process.inputs.get(p, 0.0))) > 0.0:
                    most[process.actor, p] += rest
        return {place: most[place] for place in sorted(most) if place not in binned}

    @cached_property
    def means_at(self) -> dict[Spot, tuple[list[tuple[int, float]], list[tuple[Place, float]]]]:
        """Lender, service and period → the links and the stocks that use it there, with how much each unit takes."""
        found: dict[Spot, tuple[list[tuple[int, float]], list[tuple[Place, float]]]] = {}
        for e, t in self._x.flows:
            if use := self._x.links[e].uses:
                found.setdefault((use.carrier, use.product, t), ([], []))[0].append((e, use.quantity))
        for place in self._x.stocks:
            if use := self._x.chain.storages[place].uses:
                for t in self._x.periods:
                    found.setdefault((use.carrier, use.product, t), ([], []))[1].append((place, use.quantity))
        return found

    @cached_property
    def lendings(self) -> tuple[Lending, ...]:
        """Every use of a means in a period: who uses it, the use, and the unknown it goes with (its name and key)."""
        found: list[Lending] = [
            (self._x.links[e].to, use, "flow", (e, t), t) for e, t in self._x.flows if (use := self._x.links[e].uses)
        ]
        for a, p in self._x.stocks:
            if use := self._x.chain.storages[a, p].uses:
                found += [(a, use, "stock", (a, p, t), t) for t in self._x.periods]
        return tuple(found)

    @cached_property
    def lendings_of(self) -> dict[str, list[Lending]]:
        """Actor → the lendings in which it is the lender or the user, but not both."""
        pairs = [
            (actor, one) for one in self.lendings for actor in {one[0], one[1].carrier} if one[0] != one[1].carrier
        ]
        return gathered(pairs)
