"""Offers and capacities a thousand times all that asks for them: probably typed in another unit.

What asks for a product is followed back from needs and sales, from one actor to the next. Where somebody may take any
amount, what this year's figures take stands for it; where nothing says that either, a hundred times all that moves of
the product, or of others of its family, in the whole chain.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from operator import eq
from typing import TypeVar

from filiere.chain.chain import Chain, Link, Offer, Process
from filiere.latest import latest
from filiere.problems import Code, Problem
from filiere.problems import weighing as say

_APART = (300.0, 20_000.0)
"""Between these two, a thousandth of it would be a third to twenty times what asks for it."""
_BEYOND = (100.0, 20_000.0)
"""The same, of all that moves in the whole chain, of which one actor has a part."""
_SWEEPS = 40
"""Rounds of asking; what still grows then feeds on itself."""
_PLENTY = 1e5
"""From here on, a round power of ten of an outsider or a project, or nines alone, stand for "as much as one likes"."""
_PLENTY_INSIDE = 1e6

Made = TypeVar("Made", Offer, Process)
Place = tuple[str, str]
"""(actor, product)."""


def too_much_room(chain: Chain) -> Iterator[Problem]:
    """Report offers and capacities that are about a thousand times what could use them."""
    asked, typed, moved = _asked(chain), _taken(chain), _Moved(chain)
    for offer in _by_row(chain.offers):
        place = offer.actor, offer.product
        use = _use(asked.of.get(place, 0.0), typed.get(place, 0.0))
        plenty = _PLENTY_INSIDE if chain.inside(offer.actor) else _PLENTY
        if _apart(offer.maximum, use, plenty):
            yield _of_offer(say.OFFER_SCALE, chain, offer, asked=use)
        elif not use and _apart(offer.maximum, whole := moved.of(offer.product), plenty, _BEYOND):
            yield _of_offer(say.OFFER_BEYOND, chain, offer, moved=whole)
    levels = dict(zip(chain.processes, asked.levels, strict=True))
    for process in _by_row(chain.processes.values()):
        use = _use(levels[process.key], process.today or 0.0)
        plenty = _PLENTY if process.candidate else _PLENTY_INSIDE
        if _apart(process.capacity, use, plenty):
            yield say.CAPACITY_SCALE.at(
                process.row.at("capacity"), name=process.name, actor=process.actor, value=process.capacity or 0.0,
                asked=use,
            )  # fmt: skip
        elif not use:
            yield from _beyond(chain, process, moved, plenty)


def _of_offer(code: Code, chain: Chain, offer: Offer, **beside: float) -> Problem:
    return code.at(
        offer.row.at("maximum"), actor=offer.actor, product=offer.product, value=offer.maximum or 0.0,
        unit=chain.products[offer.product].unit, **beside,
    )  # fmt: skip


def _beyond(chain: Chain, process: Process, moved: _Moved, plenty: float) -> Iterator[Problem]:
    """Report a capacity, where nothing asks for what it makes, that is far more than moves of all of it."""
    made = [(product, amount) for product, amount in process.outputs.items() if amount and moved.of(product)]
    if not made or process.capacity is None:
        return
    product, amount = max(made, key=lambda one: (moved.of(one[0]) / one[1], one[0]))
    if _apart(process.capacity, moved.of(product) / amount, plenty, _BEYOND):
        yield say.CAPACITY_BEYOND.at(
            process.row.at("capacity"), name=process.name, actor=process.actor, product=product,
            value=process.capacity * amount, unit=chain.products[product].unit, moved=moved.of(product),
        )  # fmt: skip


def _by_row(made: Iterable[Made]) -> Iterator[Made]:
    """Yield the first of what each row of the workbook makes."""
    seen: set[int] = set()
    for one in made:
        if id(one.row) not in seen:
            seen.add(id(one.row))
            yield one


def _use(asked: float, today: float) -> float:
    return max(asked, today) if asked < math.inf else today


class _Moved:
    """What this year's figures move of each product and of those of its family in one unit, in the whole chain."""

    def __init__(self, chain: Chain) -> None:
        self._chain = chain
        self._totals: dict[tuple[str, str], float] = defaultdict(float)
        for link in chain.links:
            self._totals[self._key(link.product)] += link.today or 0.0
        for process in chain.processes.values():
            for product, amount in process.inputs.items():
                self._totals[self._key(product)] += amount * (process.today or 0.0)

    def of(self, product: str) -> float:
        """Return how much that is."""
        return self._totals[self._key(product)]

    def _key(self, name: str) -> tuple[str, str]:
        product = self._chain.products[name]
        return product.family or name, product.unit


def _apart(room: float | None, use: float, plenty: float, bounds: tuple[float, float] = _APART) -> bool:
    if not room or not 0.0 < use < math.inf or not bounds[0] * use <= room <= bounds[1] * use:
        return False
    digits = f"{room:.0f}"
    nines, power = set(digits) == {"9"} and len(digits) > 3, digits.strip("0") == "1"
    return not (nines or (power and room >= plenty))


@dataclass(frozen=True, slots=True)
class _Askers:
    """Who asks for what, all by number: places (an actor's product each) and activities."""

    places: Mapping[Place, int]
    ends: Sequence[float]
    """What end users take of each place's product."""
    buyers: Sequence[Sequence[tuple[int, float, float]]]
    """Of each place: where its buyers are, what arrives of one unit, and the most that goes there."""
    uses: Sequence[Sequence[tuple[int, float]]]
    """Of each place: the activities that use its product, and how much of it in a run."""
    made: Sequence[Sequence[tuple[int, float]]]
    """Of each activity: where what it puts out is asked for, and how much it is in a run."""
    capacity: Sequence[float]
    """Of each activity: how often it may run."""


@dataclass(frozen=True, slots=True)
class _Asked:
    """What is asked for in a year, infinite where nothing says how much."""

    of: Mapping[Place, float]
    """By place; a place that nobody asks at is not there."""
    levels: Sequence[float]
    """At which level each activity meets all that asks for any of what it puts out."""


def _asked(chain: Chain) -> _Asked:
    """Return what is asked of each place and activity.

    Many scenarios change nothing of who asks: what was found for the same askers lately is not looked for again.
    """
    return _asked_by(_askers(chain))


@latest(4, alike=eq)
def _asked_by(askers: _Askers) -> _Asked:
    """Pass on what is asked, sweep by sweep, from each place to those that what it gets comes from."""
    ends, buyers, uses, made = askers.ends, askers.buyers, askers.uses, askers.made
    sellers, users, makers = _turned(askers)
    found = [0.0] * len(ends)
    levels = [0.0 if some else most for some, most in zip(made, askers.capacity, strict=True)]
    due: Iterable[int] = range(len(ends))
    for sweep in range(_SWEEPS):
        totals = list[tuple[int, float]]()
        for at in due:
            sold = used = 0.0
            for buyer, arrives, most in buyers[at]:
                asked = found[buyer] / arrives
                sold += asked if asked < most else most
            for run, amount in uses[at]:
                used += levels[run] * amount
            totals.append((at, ends[at] + sold + used))
        if sweep == _SWEEPS - 1:
            totals = [(at, math.inf if total > found[at] * 1.01 else total) for at, total in totals]
        changed = [(at, total) for at, total in totals if total != found[at]]
        if not changed:
            break
        for at, total in changed:
            found[at] = total
        runs = {run for at, _ in changed for run in makers[at]}
        for run in runs:
            levels[run] = max([found[at] / amount for at, amount in made[run]])
        due = {seller for at, _ in changed for seller in sellers[at]}
        due.update(user for run in runs for user in users[run])
    return _Asked(dict(zip(askers.places, found, strict=True)), levels)


def _turned(askers: _Askers) -> tuple[list[list[int]], list[list[int]], list[list[int]]]:
    """Return who sells to each place, what each activity uses, and which activities make what is asked at a place."""
    sellers, users, makers = ([list[int]() for _ in some] for some in (askers.ends, askers.made, askers.ends))
    for at, (buying, using) in enumerate(zip(askers.buyers, askers.uses, strict=True)):
        for buyer, _, _ in buying:
            sellers[buyer].append(at)
        for run, _ in using:
            users[run].append(at)
    for run, some in enumerate(askers.made):
        for at, _ in some:
            makers[at].append(run)
    return sellers, users, makers


def _askers(chain: Chain) -> _Askers:
    """Return who asks for what in a chain."""
    numbers = dict[Place, int]()
    buyers, uses = (
        defaultdict[int, list[tuple[int, float, float]]](list),
        defaultdict[int, list[tuple[int, float]]](list),
    )

    def at(actor: str, product: str) -> int:
        return numbers.setdefault((actor, product), len(numbers))

    carried = defaultdict[tuple[str, str, str], list[Link]](list)
    for link in chain.links:
        carried[link.from_, link.to, link.product].append(link)  # one a season is one buyer
    for (seller, buyer, product), links in carried.items():
        buyers[at(seller, product)].append((at(buyer, product), *_carried(links)))
    made = list[list[tuple[int, float]]]()
    for run, process in enumerate(chain.processes.values()):
        made.append([(at(process.actor, product), amount) for product, amount in process.outputs.items() if amount])
        for product, amount in process.inputs.items():
            uses[at(process.actor, product)].append((run, amount))
    ends = {at(*place): amount for place, amount in _ends(chain).items()}
    return _Askers(
        numbers,
        [ends.get(number, 0.0) for number in range(len(numbers))],
        [buyers.get(number, ()) for number in range(len(numbers))],
        [uses.get(number, ()) for number in range(len(numbers))],
        made,
        [math.inf if process.capacity is None else process.capacity for process in chain.processes.values()],
    )


def _carried(links: Sequence[Link]) -> tuple[float, float]:
    """Return what arrives of one unit where least is lost on the way to a buyer, and the most that all links carry."""
    most = sum([math.inf if link.maximum is None else link.maximum for link in links])
    return max(1e-3, 1.0 - min([link.loss for link in links])), most


def _ends(chain: Chain) -> dict[Place, float]:
    """Return what final users and outsiders take: what is stated, else what they take this year."""
    taken = defaultdict[Place, list[float | None]](list)
    for link in chain.links:
        taken[link.to, link.product].append(link.today)
    found: dict[Place, float] = defaultdict(float)
    open_ended: set[Place] = set()
    for need in chain.needs:
        place = (need.actor, need.product)
        if need.quantity is None:
            open_ended.add(place)
        else:
            found[place] += need.quantity
    stated = {(need.actor, need.product) for need in chain.needs}
    open_ended |= {place for place in taken if not chain.inside(place[0]) and place not in stated}
    for place in open_ended:
        known = [amount for amount in taken[place] if amount is not None]
        found[place] += sum(known) if known else math.inf
    return found


def _taken(chain: Chain) -> dict[Place, float]:
    """Return what this year's figures take of each product at each actor."""
    found: dict[Place, float] = defaultdict(float)
    for link in chain.links:
        found[link.from_, link.product] += link.today or 0.0
    for process in chain.processes.values():
        for product, amount in process.inputs.items():
            found[process.actor, product] += amount * (process.today or 0.0)
    return found
