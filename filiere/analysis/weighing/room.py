"""Offers and capacities a thousand times all that asks for them: probably typed in another unit.

What asks for a product is followed back from needs and sales, from one actor to the next. Where somebody may take any
amount, what this year's figures take stands for it; where nothing says that either, nothing is asked about.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from filiere.chain.chain import Chain, Link, Process
from filiere.problems import Problem
from filiere.problems import weighing as say

_APART = (300.0, 20_000.0)
"""Between these two, a thousandth of it would be a third to twenty times what asks for it."""
_SWEEPS = 40
"""Rounds of asking; what still grows then feeds on itself."""
_PLENTY = 1e5
"""From here on, a round power of ten of an outsider or a project, or nines alone, stand for "as much as one likes"."""
_PLENTY_INSIDE = 1e6

Place = tuple[str, str]
"""(actor, product)."""


def too_much_room(chain: Chain) -> Iterator[Problem]:
    """Report offers and capacities that are about a thousand times what could use them."""
    asked, typed = _asked(chain), _taken(chain)
    seen: set[int] = set()
    for offer in chain.offers:
        use = _use(asked[offer.actor, offer.product], typed.get((offer.actor, offer.product), 0.0))
        plenty = _PLENTY_INSIDE if chain.inside(offer.actor) else _PLENTY
        if id(offer.row) not in seen and _apart(offer.maximum, use, plenty):
            seen.add(id(offer.row))
            yield say.OFFER_SCALE.at(
                offer.row.at("maximum"), actor=offer.actor, product=offer.product, value=offer.maximum or 0.0,
                unit=chain.products[offer.product].unit, asked=use,
            )  # fmt: skip
    for process in chain.processes.values():
        use = _use(_level(process, asked), process.today or 0.0)
        plenty = _PLENTY if process.candidate else _PLENTY_INSIDE
        if id(process.row) not in seen and _apart(process.capacity, use, plenty):
            seen.add(id(process.row))
            yield say.CAPACITY_SCALE.at(
                process.row.at("capacity"), name=process.name, actor=process.actor, value=process.capacity or 0.0,
                asked=use,
            )  # fmt: skip


def _use(asked: float, today: float) -> float:
    return max(asked, today) if asked < math.inf else today


def _apart(room: float | None, use: float, plenty: float) -> bool:
    if not room or not 0.0 < use < math.inf or not _APART[0] * use <= room <= _APART[1] * use:
        return False
    digits = f"{room:.0f}"
    nines, power = set(digits) == {"9"} and len(digits) > 3, digits.strip("0") == "1"
    return not (nines or (power and room >= plenty))


def _asked(chain: Chain) -> Mapping[Place, float]:
    """Return what asks for each product at each actor in a year, infinite where nothing says how much."""
    ends, used = _ends(chain), defaultdict[Place, list[Process]](list)
    out: dict[Place, dict[str, list[Link]]] = defaultdict(lambda: defaultdict(list))
    for link in chain.links:
        out[link.from_, link.product][link.to].append(link)  # one a season is one buyer
    for process in chain.processes.values():
        for product in process.inputs:
            used[process.actor, product].append(process)
    places = {*ends, *out, *used}
    found: dict[Place, float] = defaultdict(float)
    for sweep in range(_SWEEPS):
        before = dict(found)
        for place in places:
            total = ends.get(place, 0.0) + sum(_carried(links, before) for links in out[place].values())
            total += sum(_level(k, before) * k.inputs[place[1]] for k in used[place])
            found[place] = math.inf if sweep == _SWEEPS - 1 and total > before.get(place, 0.0) * 1.01 else total
        if found == before:
            break
    return found


def _carried(links: Sequence[Link], asked: Mapping[Place, float]) -> float:
    buyer, least = (links[0].to, links[0].product), min(link.loss for link in links)
    most = sum(math.inf if link.maximum is None else link.maximum for link in links)
    return min(asked.get(buyer, 0.0) / max(1e-3, 1.0 - least), most)


def _level(process: Process, asked: Mapping[Place, float]) -> float:
    """Return at which level an activity meets all that asks for any of what it puts out."""
    made = [(product, amount) for product, amount in process.outputs.items() if amount]
    if not made:
        return math.inf if process.capacity is None else process.capacity
    return max(asked.get((process.actor, product), 0.0) / amount for product, amount in made)


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
