"""Can each need be reached? Who can obtain what, over links and activities, whatever the quantities."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterable, Iterator
from copy import copy

from filiere.chain.chain import Chain, Link, Need, Process
from filiere.problems import Problem, pooling
from filiere.problems import checking as say
from filiere.schema import words as w

Place = tuple[str, str]
"""(actor, product)."""

_SHOWN = 3
"""How many missing things, or actors, one message names."""
_CODES = {
    w.Obligation.MUST: say.MUST_UNREACHABLE,
    w.Obligation.WANT: say.NEED_UNREACHABLE,
    w.Obligation.OUTLET: say.OUTLET_UNREACHABLE,
}


def check_reach(chain: Chain) -> Iterator[Problem]:
    """Report, once a row, the needs, and the means that somebody lends, that no source at all can reach; then the
    activities and links that stand still for want of what no need has told to be missing.
    """
    reach = Reach(chain)
    told: set[Place] = set()
    yield from _unreached_needs(chain, reach, told)
    yield from _unreached_means(chain, reach)
    if chain.needs:  # a mere network of links has no sources yet
        yield from _starved(chain, reach, told)
        yield from _sellers_of_nothing(chain, reach, told)


def _unreached_needs(chain: Chain, reach: Reach, told: set[Place]) -> Iterator[Problem]:
    unreached: dict[int, list[Need]] = {}
    for need in chain.needs:
        if need.quantity != 0 and not reach.reaches((need.actor, need.product)):
            unreached.setdefault(id(need.row), []).append(need)
    for needs in unreached.values():
        first = needs[0]
        starts = reach.starts((first.actor, first.product))
        told.update(starts)
        missing = _said(starts)
        facts = {"product": first.product, "actors": _some([need.actor for need in needs]), "missing": missing}
        want = {"want": w.Obligation.WANT.label} if first.obligation is w.Obligation.MUST else {}
        yield _CODES[first.obligation].at(first.row.at("product"), **facts, **want)


def _said(starts: list[Place]) -> list[str]:
    return _some([f"{product} ({actor})" for actor, product in starts])


def _some(names: list[str]) -> list[str]:
    return names if len(names) <= _SHOWN else [*names[:_SHOWN], "…"]


def _starved(chain: Chain, reach: Reach, told: set[Place]) -> Iterator[Problem]:
    """Report activities of which an input comes from nowhere: the first that waits for a thing, for all that do."""
    for process in chain.processes.values():
        lacking = reach.lacking(process)
        starts = list(dict.fromkeys(start for product in lacking for start in reach.starts((process.actor, product))))
        if told.issuperset(starts):
            continue
        told.update(starts)
        facts = {"name": process.name, "actor": process.actor, "products": tuple(lacking), "missing": _said(starts)}
        yield say.ACTIVITY_STARVED.at(process.row.at("process"), **facts)


def _sellers_of_nothing(chain: Chain, reach: Reach, told: set[Place]) -> Iterator[Problem]:
    """Report, once a product, inside sellers who have none of it; the gap of this year's figures is told already."""
    found: defaultdict[str, list[Link]] = defaultdict(list)
    for link in chain.links:
        may = link.maximum != 0 and not link.today and chain.inside(link.from_)
        if may and not reach.reaches((link.from_, link.product)):
            found[link.product].append(link)
    for product, links in found.items():
        starts = list(dict.fromkeys(start for link in links for start in reach.starts((link.from_, product))))
        if not told.issuperset(starts):
            told.update(starts)
            sellers = tuple(_some(list(dict.fromkeys(link.from_ for link in links))))
            facts = {"product": product, "actors": sellers, "missing": _said(starts)}
            yield say.SELLERS_OF_NOTHING.at(links[0].row.at("from_"), **facts)


def _unreached_means(chain: Chain, reach: Reach) -> Iterator[Problem]:
    told: set[int] = set()
    uses = [(e.uses, e.row) for e in chain.links] + [(s.uses, s.row) for s in chain.storages.values()]
    for use, row in uses:
        if use is None or not chain.inside(use.carrier) or id(row) in told:
            continue
        if not reach.reaches((use.carrier, use.product)):
            told.add(id(row))
            yield pooling.MEANS_FROM_NOWHERE.at(row.at("uses"), actor=use.carrier, product=use.product)


class Reach:
    """The places that products can get to: a least fixed point over links, activities and returns."""

    def __init__(self, chain: Chain) -> None:
        self._chain = chain
        self._links: dict[Place, list[str]] = defaultdict(list)
        self._sellers: dict[Place, list[str]] = defaultdict(list)
        self._takers: dict[Place, list[Process]] = defaultdict(list)
        self._makers: dict[Place, list[Process]] = defaultdict(list)
        self._inputs: dict[int, list[set[str]]] = {}
        self._sources: set[Place] = set()
        self._returns: dict[Place, list[str]] = defaultdict(list)
        self._left_out: frozenset[int] = frozenset()
        self._add_links()
        self._add_processes()
        self._add_sources()
        self._settle()

    def without(self, processes: Iterable[Process]) -> Reach:
        """Return the same for the chain without some activities: who sells what to whom is not gone through again."""
        other = copy(self)
        other._left_out = frozenset(map(id, processes))
        other._settle()
        return other

    def _settle(self) -> None:
        self._reached: set[Place] = set()
        self._waiting = {key: asked for key, asked in self._inputs.items() if key not in self._left_out}
        self._spread(self._sources | self._made_of_nothing())
        # What goes round (jars, compost) may be on its way from the start: quantities decide, not reach.
        self._spread(self._round())

    def reaches(self, place: Place) -> bool:
        """Whether a product can get to an actor."""
        return place in self._reached

    def lacking(self, process: Process) -> list[str]:
        """Return the inputs that no source can reach, of a choice all that it offers; none of what runs, or may not."""
        return [product for some in self._waiting.get(id(process), ()) for product in sorted(some)]

    def starts(self, place: Place) -> list[Place]:
        """Return what stands at the start of every failed way to ``place``: products without any source."""
        leaves: list[Place] = []
        seen = {place}
        stack = [place]
        while stack:
            here = stack.pop()
            before = self._before(here)
            if not before:
                leaves.append(here)
            stack += [other for other in before if other not in seen]
            seen.update(before)
        return leaves or [place]

    def _before(self, place: Place) -> list[Place]:
        """Return the unreached places on which ``place`` waits."""
        actor, product = place
        waiting = [(seller, product) for seller in self._sellers.get(place, ())]
        for process in self._making(place):
            waiting += [(actor, name) for name in _net_inputs(process)]
            for options in process.choices.values():
                places = [(actor, option.product) for option in options]
                waiting += [] if any(one in self._reached for one in places) else places
        return [other for other in waiting if other not in self._reached]

    def _add_links(self) -> None:
        closed = self._closed_outside()
        for link in self._chain.links:
            if link.maximum == 0 or link.loss == 1 or (link.from_, link.product) in closed:
                continue
            if self._chain.inside(link.from_):
                self._links[link.from_, link.product].append(link.to)
                self._sellers[link.to, link.product].append(link.from_)
            else:
                self._sources.add((link.to, link.product))

    def _closed_outside(self) -> set[Place]:
        """Return the outside actors' products whose offers are all zero."""
        most: dict[Place, float] = defaultdict(float)
        for offer in self._chain.offers:
            most[offer.actor, offer.product] += 1.0 if offer.maximum is None else offer.maximum
        return {place for place, amount in most.items() if amount == 0 and not self._chain.inside(place[0])}

    def _add_processes(self) -> None:
        for process in self._chain.processes.values():
            if process.capacity == 0 and not (process.scalable and process.expansion_max != 0):
                continue
            inputs = self._inputs[id(process)] = _asked(process)
            for product in _net_outputs(process):
                self._makers[process.actor, product].append(process)
            for product in dict.fromkeys(name for some in inputs for name in some):
                self._takers[process.actor, product].append(process)

    def _add_sources(self) -> None:
        for offer in self._chain.offers:
            if offer.maximum != 0 and self._chain.inside(offer.actor):
                self._sources.add((offer.actor, offer.product))
        for place, stock in self._chain.storages.items():
            if stock.initial:
                self._sources.add(place)
        for need in self._chain.needs:
            if need.returns and need.returned and self._chain.inside(need.actor):
                self._returns[need.actor, need.product].append(need.returns)

    def _round(self) -> set[Place]:
        """Return the places where by-products and returned things arise, if anything runs there at all."""
        found = {(actor, name) for (actor, _), names in self._returns.items() for name in names}
        secondary = (place for place in self._makers if self._chain.products[place[1]].secondary)
        return found | {place for place in secondary if self._making(place)}

    def _made_of_nothing(self) -> set[Place]:
        """Return the places of what activities put out that ask for nothing."""
        idle = [one for one in self._chain.processes.values() if self._waiting.get(id(one)) == []]
        return {(one.actor, product) for one in idle for product in _net_outputs(one)}

    def _making(self, place: Place) -> list[Process]:
        return [process for process in self._makers.get(place, ()) if id(process) not in self._left_out]

    def _spread(self, sources: Iterable[Place]) -> None:
        """Note what can be reached from further sources."""
        reached, waiting = self._reached, self._waiting
        queue = deque(place for place in sources if place not in reached)
        reached.update(queue)
        while queue:
            actor, product = place = queue.popleft()
            news = [(buyer, product) for buyer in self._links.get(place, ())]
            news += [(actor, name) for name in self._returns.get(place, ())]
            for process in self._takers.get(place, ()):
                if asked := waiting.get(id(process)):
                    waiting[id(process)] = left = [some for some in asked if product not in some]
                    if not left:
                        news += [(actor, name) for name in _net_outputs(process)]
            for other in news:
                if other not in reached:
                    reached.add(other)
                    queue.append(other)


def _net_inputs(process: Process) -> list[str]:
    return [name for name, taken in process.inputs.items() if taken > process.outputs.get(name, 0.0)]


def _asked(process: Process) -> list[set[str]]:
    """Return what a process asks for: one of the products of each set."""
    return [{name} for name in _net_inputs(process)] + [
        {option.product for option in options} for options in process.choices.values()
    ]


def _net_outputs(process: Process) -> list[str]:
    return [name for name, made in process.outputs.items() if made > process.inputs.get(name, 0.0)]
