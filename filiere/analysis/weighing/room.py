"""Offers and capacities a thousand times all that asks for them: probably typed in another unit.

What asks for a product is followed back from needs and sales, from one actor to the next. Where somebody may take any
amount, what this year's figures take stands for it; where nothing says that either, a hundred times all that moves of
the product, or of others of its family, in the whole chain.
"""

from __future__ import annotations

import math
from collections import defaultdict, deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from filiere.chain.chain import Chain, Link, Offer, Process
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
        use = _use(asked[place], typed.get(place, 0.0))
        plenty = _PLENTY_INSIDE if chain.inside(offer.actor) else _PLENTY
        if _apart(offer.maximum, use, plenty):
            yield _of_offer(say.OFFER_SCALE, chain, offer, asked=use)
        elif not use and _apart(offer.maximum, whole := moved.of(offer.product), plenty, _BEYOND):
            yield _of_offer(say.OFFER_BEYOND, chain, offer, moved=whole)
    for process in _by_row(chain.processes.values()):
        use = _use(_Run.of(process).level(asked), process.today or 0.0)
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
class _Run:
    """An activity as far as it is asked: what it puts out a run, and how often it may run."""

    made: Sequence[tuple[Place, float]]
    capacity: float

    @staticmethod
    def of(process: Process) -> _Run:
        """Return that of an activity."""
        made = [((process.actor, product), amount) for product, amount in process.outputs.items() if amount]
        return _Run(made, math.inf if process.capacity is None else process.capacity)

    def level(self, asked: Mapping[Place, float]) -> float:
        """Return at which level it meets all that asks for any of what it puts out."""
        if not self.made:
            return self.capacity
        return max([asked.get(place, 0.0) / amount for place, amount in self.made])


@dataclass(frozen=True, slots=True)
class _Askers:
    """Who asks for a product at a place: its end users, its buyers (what arrives of one unit, the most that goes there)
    and the activities that use it (how much of it in a run).
    """

    ends: float
    buyers: Sequence[tuple[Place, float, float]]
    uses: Sequence[tuple[_Run, float]]

    def total(self, asked: Mapping[Place, float]) -> float:
        """Return what is asked for, where that much is asked for elsewhere."""
        sold = sum([min(asked.get(buyer, 0.0) / arrives, most) for buyer, arrives, most in self.buyers])
        return self.ends + sold + sum([run.level(asked) * amount for run, amount in self.uses])


_Asking = Mapping[Place, _Askers]
_LATEST: deque[tuple[_Asking, Mapping[Place, float]]] = deque(maxlen=4)


def _asked(chain: Chain) -> Mapping[Place, float]:
    """Return what asks for each product at each actor in a year, infinite where nothing says how much.

    Many scenarios change nothing of who asks: what was found for the same askers lately is not looked for again.
    """
    askers = _askers(chain)
    found = next((asked for known, asked in _LATEST if known == askers), None)
    if found is None:
        found = _asked_by(askers)
        _LATEST.append((askers, found))
    return found


def _asked_by(askers: _Asking) -> Mapping[Place, float]:
    after = defaultdict[Place, set[Place]](set)
    for place, some in askers.items():
        for source in {buyer for buyer, _, _ in some.buyers} | {made for run, _ in some.uses for made, _ in run.made}:
            after[source].add(place)
    found: dict[Place, float] = defaultdict(float)
    due: set[Place] = set(askers)
    for sweep in range(_SWEEPS):
        totals = {place: askers[place].total(found) for place in due}
        if sweep == _SWEEPS - 1:
            totals = {place: math.inf if total > found[place] * 1.01 else total for place, total in totals.items()}
        changed = [place for place, total in totals.items() if total != found.get(place)]
        found |= totals
        due = {place for source in changed for place in after[source]}
        if not due:
            break
    return found


def _askers(chain: Chain) -> dict[Place, _Askers]:
    ends, used = _ends(chain), defaultdict[Place, list[tuple[_Run, float]]](list)
    out: dict[Place, dict[str, list[Link]]] = defaultdict(lambda: defaultdict(list))
    for link in chain.links:
        out[link.from_, link.product][link.to].append(link)  # one a season is one buyer
    for process in chain.processes.values():
        run = _Run.of(process)
        for product, amount in process.inputs.items():
            used[process.actor, product].append((run, amount))
    buyers = {place: [_carried(links) for links in some.values()] for place, some in out.items()}
    places = {*ends, *out, *used}
    return {p: _Askers(ends.get(p, 0.0), buyers.get(p, ()), used.get(p, ())) for p in places}


def _carried(links: Sequence[Link]) -> tuple[Place, float, float]:
    """Return a buyer, what arrives of one unit where least is lost, and the most that all these links carry."""
    most = sum(math.inf if link.maximum is None else link.maximum for link in links)
    return (links[0].to, links[0].product), max(1e-3, 1.0 - min(link.loss for link in links)), most


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
