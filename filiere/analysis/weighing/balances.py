"""What comes in and goes out of each account this year, with the typed figures held, and what is missing.

The typed figures stay as they are; what they lack or leave over is told apart from them. Each account (an actor's
product) may get what is missing from nowhere and lose what is too much to nowhere, and the least of both, in value,
is looked for: what the figures that were not typed can explain is not missing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Literal

from filiere.analysis.today.point import SUPPOSED, ranked
from filiere.analysis.today.today import observed_chain
from filiere.chain.chain import Calendar, Chain, Link, Need, Objective, Offer, Process
from filiere.schema import changed
from filiere.schema import words as w
from filiere.schema.tables import NeedRow, OfferRow

if TYPE_CHECKING:
    from filiere.solver.programme.extract import Rows

Place = tuple[str, str]
"""(actor, product)."""
Cause = Literal["missing_supplier", "calendar", "loss", "capacity", "thousandfold", "no_outlet"]

_FREE = Calendar(None)
_GAP = "#gap"
SHARE = 0.1
"""What is missing is told from this share of what goes through on."""
_DUST = 1e-6
_THOUSANDFOLD = (300.0, 3000.0)
"""Between these two, a ratio is taken for a slip of a thousand."""


@dataclass(frozen=True)
class Balance:
    """What comes in (net of loss) and goes out of one account this year, as typed or as the typed figures imply.

    ``gap`` is what comes in less what goes out: below 0, so much is missing; ``periods`` say in which it is.
    """

    actor: str
    product: str
    into: float
    out: float
    cause: Cause | None = None
    periods: tuple[str, ...] = ()
    lacking: float = 0.0
    """What is missing, season by season, added up: more than the year's gap where it is there at another time."""

    @property
    def gap(self) -> float:
        """What comes in less what goes out."""
        return self.into - self.out

    @property
    def size(self) -> float:
        """What is missing or too much."""
        return max(self.lacking, abs(self.gap))


@dataclass(frozen=True)
class Accounts:
    """The accounts of this year, and whether all of them balance with every typed figure as it is."""

    rows: tuple[Balance, ...] = ()
    even: bool = False
    supposed: Mapping[int | Place, float] = field(default_factory=dict)
    """What links (by position) carry, and activities (by key) run at, of which nobody typed a figure, where the typed
    ones ask for it.
    """


@dataclass(frozen=True)
class _Elastic:
    """A chain whose accounts may lack or lose something, and what those rows are."""

    chain: Chain
    missing: dict[int, Place]
    spare: dict[int, Place]


def accounts(chain: Chain) -> Accounts:
    """Return the account of each inside actor and product that anything goes through this year, by name, and whether
    nothing has to be corrected.

    An outside actor's account is told where it offers or asks for a product and this year's figures exceed that.
    """
    elastic = _elastic(chain)
    solved = _solved(elastic)
    if solved is None:
        return Accounts()
    plan, change = solved
    missing = _amounts(plan, "offers", "offer", elastic.missing)
    spare = _amounts(plan, "served", "need", elastic.spare)
    into, out = _through(chain, elastic, plan)
    binned: dict[Place, float] = defaultdict(float)
    for actor, product, amount in _rows(plan, "discarded", "actor", "product", "quantity"):
        binned[actor, product] += amount
    rows = []
    causes, seasonless = _Causes(chain, _by_place(missing, spare)), _seasonless(chain)
    even = change <= _DUST * max([1.0, *into.values(), *out.values()])
    for place in sorted(set(into) | set(out) | set(missing) | set(spare)):
        come, gone = into.get(place, 0.0), out.get(place, 0.0)
        less, more = missing.get(place, {}), spare.get(place, {})
        lacking, left = sum(less.values()), sum(more.values())
        size = max(come, gone)
        if max(lacking, left) <= _DUST * max(size, _DUST):
            rows.append(_thrown(chain, Balance(*place, come, gone), binned.get(place, 0.0)))
            continue
        even = False
        seasons = tuple(p.name for p in chain.periods if (less or more).get(p.name, 0.0) > _DUST * size)
        row = Balance(*place, come, gone, None, seasons, max(lacking, left))
        cause = causes.of(row) if row.size > SHARE * size else None
        anywhen = cause not in (None, "calendar", "capacity") and row.lacking <= abs(row.gap) * (1.0 + _DUST)
        if seasonless or (anywhen and len(seasons) == 1):
            seasons = ()  # the year's amount is out: in which season all of it comes to light is chance
        rows.append(replace(row, cause=cause, periods=seasons))
    return Accounts(tuple(rows), even, _supposed(chain, plan))


def _seasonless(chain: Chain) -> bool:
    """Whether nothing in the chain is more of one season than of another."""
    every, shares = {p.name for p in chain.periods}, [p.share for p in chain.periods]
    dated: tuple[Process | Offer | Need, ...] = (*chain.processes.values(), *chain.offers, *chain.needs)
    weights = {row.calendar.weights for row in dated}
    even = all(one is None or all(abs(a - b) <= _DUST for a, b in zip(one, shares, strict=True)) for one in weights)
    return even and all(set(link.periods) == every for link in chain.links)


def _thrown(chain: Chain, row: Balance, binned: float) -> Balance:
    """Return an account that balances; as a slip of a thousand where nearly all of a secondary product is binned."""
    used = row.out - binned
    slipped = used > 0.0 and _THOUSANDFOLD[0] <= row.into / used <= _THOUSANDFOLD[1]
    if not (slipped and chain.products[row.product].secondary):
        return row
    return Balance(row.actor, row.product, row.into, used, "thousandfold")


def _supposed(chain: Chain, plan: Rows) -> Mapping[int | Place, float]:
    found: dict[int | Place, float] = defaultdict(float)
    for position, amount in _rows(plan, "flows", "link", "quantity"):
        if chain.links[position].today is None and not chain.links[position].candidate:
            found[position] += amount
    for process, actor, level in _rows(plan, "levels", "process", "actor", "level"):
        if chain.processes[process, actor].today is None:
            found[process, actor] += level
    return found


def is_reported(row: Balance) -> bool:
    """Whether what an account lacks or leaves over is worth a sentence."""
    return row.cause is not None


def _elastic(chain: Chain) -> _Elastic:
    """Return the chain as observed, in which every account may lack or lose something.

    What it lacks comes first, then what moves that nobody typed: the plan is the leanest that the typed figures let.
    """
    seen = ranked(observed_chain(chain))
    places = sorted(_places(seen))
    limited = {(row.actor, row.product) for row in seen.offers}
    known = {(need.actor, need.product) for need in seen.needs}
    wanted = [changed(n, obligation=w.Obligation.OUTLET) for n in seen.needs]
    lacking = [place for place in places if seen.inside(place[0]) or place in limited]
    # What is delivered beyond a need counts as served: next year's smaller need bends nothing.
    leaving = [place for place in places if seen.inside(place[0]) and place not in known]
    missing = {len(seen.offers) + i: place for i, place in enumerate(lacking)}
    spare = {len(wanted) + i: place for i, place in enumerate(leaving)}
    value = {name: product.value or 1.0 for name, product in seen.products.items()}
    made = replace(
        seen,
        offers=(*seen.offers, *(_offer(seen, a, p, value[p]) for a, p in lacking)),
        needs=(*wanted, *(_need(seen, a, p, value[p]) for a, p in leaving)),
        objectives=(
            Objective(1, w.Objective.CHANGE, None, w.Direction.MIN, 1.0, 0.0, 0.0),
            Objective(2, None, _GAP, w.Direction.MIN, 1.0, 0.0, 0.0),
            Objective(3, None, SUPPOSED, w.Direction.MIN, 1.0, 0.0, 0.0),
        ),
    )
    return _Elastic(made, missing, spare)


def _places(chain: Chain) -> set[Place]:
    """Return the accounts that balance: those of inside actors, and those that outside ones limit by a row."""
    rows: tuple[Offer | Need, ...] = (*chain.offers, *chain.needs)
    outside = {(row.actor, row.product) for row in rows if not chain.inside(row.actor)}
    touched = {(end, link.product) for link in chain.links for end in (link.from_, link.to)}
    touched |= {(p.actor, name) for p in chain.processes.values() for name in (*p.inputs, *p.outputs)}
    touched |= {(row.actor, row.product) for row in rows} | set(chain.storages)
    touched |= {(n.actor, n.returns) for n in chain.needs if n.returns}
    return {place for place in touched if chain.inside(place[0]) or place in outside}


def _offer(chain: Chain, actor: str, product: str, value: float) -> Offer:
    return Offer(actor, product, None, 0.0, _FREE, {_GAP: value}, OfferRow(actor=actor, product=product))


def _need(chain: Chain, actor: str, product: str, value: float) -> Need:
    outlet = w.Obligation.OUTLET
    row = NeedRow(actor=actor, product=product)
    return Need(actor, product, None, _FREE, outlet, 0.0, 1.0, None, 0.0, {_GAP: value}, row)


def _solved(elastic: _Elastic) -> tuple[Rows, float] | None:
    """Return the plan in which accounts lack the least, and by how much typed figures are changed all the same."""
    from filiere.solver.ranks.step import RankError
    from filiere.solver.solve import solve_ranked

    try:
        plan, reached = solve_ranked(elastic.chain)
    except RankError:  # figures that are too far apart for numbers are told elsewhere
        return None
    return plan, reached[w.Objective.CHANGE.key]


def _amounts(plan: Rows, table: str, column: str, places: dict[int, Place]) -> dict[Place, dict[str, float]]:
    """Return what virtual rows carry, by account and period."""
    found: dict[Place, dict[str, float]] = {}
    for number, period, amount in _rows(plan, table, column, "period", "quantity"):
        if number in places:
            by_period = found.setdefault(places[number], {})
            by_period[period] = by_period.get(period, 0.0) + amount
    return found


def _by_place(*virtual: Mapping[Place, Mapping[str, float]]) -> Mapping[Place, float]:
    """Return what virtual rows carry in the year, what is missing and what is spare together, by account."""
    found: dict[Place, float] = defaultdict(float)
    for some in virtual:
        for place, by_period in some.items():
            found[place] += sum(by_period.values())
    return found


def _rows(plan: Rows, table: str, *columns: str) -> Iterator[tuple[Any, ...]]:
    return zip(*(plan[table][c] for c in columns), strict=True)


def _through(chain: Chain, elastic: _Elastic, plan: Rows) -> tuple[dict[Place, float], dict[Place, float]]:
    """Return what comes into and goes out of each account in the year, virtual rows apart."""
    into: dict[Place, float] = defaultdict(float)
    out: dict[Place, float] = defaultdict(float)
    for seller, buyer, product, sent, received in _rows(plan, "flows", "from", "to", "product", "quantity", "received"):
        out[seller, product] += sent
        into[buyer, product] += received
    for process, actor, level in _rows(plan, "levels", "process", "actor", "level"):
        recipe = chain.processes[process, actor]
        for product, amount in recipe.outputs.items():
            into[actor, product] += amount * level
        for product, amount in recipe.inputs.items():
            out[actor, product] += amount * level
    for actor, product, amount in _rows(plan, "chosen", "actor", "product", "quantity"):
        out[actor, product] += amount
    for number, actor, product, amount in _rows(plan, "offers", "offer", "actor", "product", "quantity"):
        if number not in elastic.missing:
            into[actor, product] += amount
    for number, actor, product, amount in _rows(plan, "served", "need", "actor", "product", "quantity"):
        need = elastic.chain.needs[number]
        if number not in elastic.spare:
            out[actor, product] += amount
            if need.returns:
                into[actor, need.returns] += need.returned * amount
    for actor, product, amount in _rows(plan, "discarded", "actor", "product", "quantity"):
        out[actor, product] += amount
    return {p: v for p, v in into.items() if chain.inside(p[0])}, {p: v for p, v in out.items() if chain.inside(p[0])}


class _Causes:
    """Why an account does not balance: each likely cause is taken away in turn, and what still lacks is looked at."""

    def __init__(self, chain: Chain, before: Mapping[Place, float]) -> None:
        """``before`` is what each account lacks or leaves over as typed."""
        self._chain, self._before = chain, before
        self._without: dict[str, Mapping[Place, float]] = {}

    def of(self, row: Balance) -> Cause:
        """Return the likely cause of one account's gap."""
        if row.into > 0.0 and row.out > 0.0:
            ratio = max(row.into, row.out) / min(row.into, row.out)
            if _THOUSANDFOLD[0] <= ratio <= _THOUSANDFOLD[1]:
                return "thousandfold"
        for cause, freed in _FREED:
            left = self._left(cause, freed)
            # What another account of the product lacks instead is not taken away.
            gone = _of_product(self._before, row.product) - _of_product(left, row.product)
            if left.get((row.actor, row.product), 0.0) < 0.5 * row.size and gone >= 0.5 * row.size:
                return cause
        return "missing_supplier" if row.gap < 0.0 or row.lacking > abs(row.gap) else "no_outlet"

    def _left(self, cause: str, freed: Callable[[Chain], Chain]) -> Mapping[Place, float]:
        """Return what each account lacks or leaves over once a cause is taken away: as before where there is none."""
        if cause not in self._without:
            chain = freed(self._chain)
            self._without[cause] = self._before if chain == self._chain else _lacking(chain)
        return self._without[cause]


def _lacking(chain: Chain) -> Mapping[Place, float]:
    """Return what each account of a chain lacks or leaves over, nothing where that is not found."""
    elastic = _elastic(chain)
    if (solved := _solved(elastic)) is None:
        return {}
    plan, _ = solved
    return _by_place(
        _amounts(plan, "offers", "offer", elastic.missing), _amounts(plan, "served", "need", elastic.spare)
    )


def _of_product(left: Mapping[Place, float], product: str) -> float:
    return sum(amount for (_, name), amount in left.items() if name == product)


def _without_calendars(chain: Chain) -> Chain:
    every = tuple(period.name for period in chain.periods)

    def link(one: Link) -> Link:
        return changed(one, periods=every)

    def process(one: Process) -> Process:
        return changed(one, calendar=_FREE)

    return replace(
        chain, links=tuple(map(link, chain.links)),
        processes={key: process(p) for key, p in chain.processes.items()},
        offers=_freed(chain.offers), needs=tuple(changed(n, calendar=_FREE) for n in chain.needs),
    )  # fmt: skip


def _freed(offers: Iterable[Offer]) -> tuple[Offer, ...]:
    return tuple(changed(offer, calendar=_FREE) for offer in offers)


def _without_losses(chain: Chain) -> Chain:
    return replace(
        chain, links=tuple(changed(link, loss=0.0) if link.loss else link for link in chain.links),
        storages={key: replace(s, loss=0.0) if s.loss else s for key, s in chain.storages.items()},
    )  # fmt: skip


def _without_limits(chain: Chain) -> Chain:
    return replace(
        chain, links=tuple(changed(link, maximum=None) for link in chain.links),
        processes={
            key: p if p.candidate or p.opened else replace(p, capacity=None, status=w.ProcessStatus.EXISTING)
            for key, p in chain.processes.items()
        },
        offers=tuple(replace(o, maximum=None) if o.maximum else o for o in chain.offers),
        storages={key: replace(s, capacity=None) for key, s in chain.storages.items()},
    )  # fmt: skip


_FREED: tuple[tuple[Cause, Callable[[Chain], Chain]], ...] = (
    ("loss", _without_losses),
    ("calendar", _without_calendars),
    ("capacity", _without_limits),
)
