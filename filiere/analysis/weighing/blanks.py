"""Figures of this year that are blank among typed ones, though these ask for something or leave something over."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from filiere.analysis.today.point import year_of_point
from filiere.analysis.weighing.balances import Place
from filiere.analysis.weighing.causes import plain
from filiere.chain.chain import Chain, Link
from filiere.problems import Problem
from filiere.problems import weighing as say


def blanks(chain: Chain, supposed: Mapping[int | Place, float]) -> Iterator[Problem]:
    """Report what is blank where everything beside it is typed: the other rows of a product at its two ends, or all
    other activities.
    """
    for place, amount in supposed.items():
        if isinstance(place, int):
            yield from _link(chain, place, amount)
        elif all(p.today is not None for key, p in chain.processes.items() if key != place and _exists(chain, key)):
            process = chain.processes[place]
            if len(chain.processes) > 1 and _exists(chain, place):
                yield say.BLANK_LEVEL.at(process.row.at("today") or process.row.at("process"), name=process.name,
                                         actor=process.actor, value=plain(amount))  # fmt: skip


def _exists(chain: Chain, key: Place) -> bool:
    process = chain.processes[key]
    return not (process.candidate or process.opened)


def _link(chain: Chain, position: int, amount: float) -> Iterator[Problem]:
    link = chain.links[position]
    ends, product = {link.from_, link.to}, link.product
    others = (e for i, e in enumerate(chain.links) if i != position and e.product == product)
    beside = [e.today for e in others if ends & {e.from_, e.to}]
    if beside and None not in beside:
        yield say.BLANK.at(
            link.row.at("today"), product=link.product, seller=link.from_, buyer=link.to, value=plain(amount),
            unit=chain.products[link.product].unit,
        )  # fmt: skip


def untaken(chain: Chain) -> Iterator[Problem]:
    """Report what is made this year and nobody takes, where it may be left unused and links that could take it are
    blank: a year of evenings without a ticket sold is one whose tickets were not typed.
    """
    ways, used = defaultdict[Place, list[Link]](list), _used_here(chain)
    for way in chain.links:
        if way.to != way.from_:
            ways[way.from_, way.product].append(way)
    idle = [
        (place, amount, link)
        for place, amount in made(chain).items()
        if place not in used and (link := _blank_way(ways.get(place, ())))
    ]
    if not idle or (gone := _delivered(chain)) is None:
        return
    for (actor, product), amount, link in idle:
        if not gone.get((actor, product)):
            yield say.UNTAKEN.at(
                link.row.at("today") or link.row.at("product"), actor=actor, product=product, made=amount,
                unit=chain.products[product].unit, buyer=link.to,
            )  # fmt: skip


def _blank_way(ways: Sequence[Link]) -> Link | None:
    """The first of the links that could take what is made, where nothing typed does."""
    blank = next((link for link in ways if link.today is None and not link.candidate), None)
    return None if any(link.today for link in ways) else blank


def _delivered(chain: Chain) -> Mapping[Place, float] | None:
    """What leaves each actor of each product in today's point; None where none can be reached."""
    from filiere.solver.ranks.step import RankError

    found: defaultdict[Place, float] = defaultdict(float)
    try:
        year = year_of_point(chain)
    except RankError:
        return None
    if year is None:
        return None
    for position, amount in year[0].items():
        link = chain.links[position]
        found[link.from_, link.product] += amount
    return found


def made(chain: Chain) -> Mapping[Place, float]:
    """By actor and product, what typed activities put out this year of goods and services that may stay unused."""
    found: defaultdict[Place, float] = defaultdict(float)
    for process in chain.processes.values():
        for p, output in process.outputs.items() if process.today else ():
            product = chain.products[p]
            if product.may_discard and not product.secondary and output > process.inputs.get(p, 0.0):
                found[process.actor, p] += (process.today or 0.0) * (output - process.inputs.get(p, 0.0))
    return found


def _used_here(chain: Chain) -> set[Place]:
    """Who may use which products that it makes itself: for its own activities, needs or stock, or by lending them."""
    uses = (*(link.uses for link in chain.links), *(storage.uses for storage in chain.storages.values()))
    return {
        *((process.actor, p) for process in chain.processes.values() for p in process.inputs),
        *((need.actor, need.product) for need in chain.needs),
        *chain.storages,
        *((use.carrier, use.product) for use in uses if use is not None),
    }
