"""The hedge against the worst loss: the cheapest single addition after which nothing more is unserved than before."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from filiere.analysis.stress.effect import Effect, lost_of
from filiere.analysis.stress.items import MUSTS, Item, Stressed, positions
from filiere.analysis.stress.needs import NOTICED
from filiere.chain.chain import Actor, Chain, Link
from filiere.problems import Cell
from filiere.schema import tables as t
from filiere.schema import words as w

if TYPE_CHECKING:
    from filiere.solver.programme.loss import Lost
    from filiere.solver.replan.loss import Replan, Replanner
    from filiere.solver.replan.widen import Widening

Added = Literal["capacity", "link", "offer", "supplier"]
NEWCOMER = "+"
"""The name of the supplier that does not exist yet; ``+`` is no name that a sheet would give an actor."""


FEW = 3
"""Up to so many products, a further supplier is tried for each alone; beyond, one for all of them."""


@dataclass(frozen=True)
class Hedge:
    """One addition against one loss, proved by planning again with both.

    ``names`` say which figure grows (activity and actor, the ends of a link and its product, actor and product of an
    offer), or which products a further outside supplier brings, to whom (``buyers``). ``amounts`` are how much of it
    is needed in a year, of a further supplier one for each product, ``standing`` what having it ready costs a year
    where the workbook says so (annuity, fixed and expansion costs in proportion). ``unmet``, ``dependency`` and
    ``cost`` are those of the plan after the loss.
    """

    kind: Added
    names: tuple[str, ...]
    amounts: tuple[float, ...]
    standing: float
    unmet: float
    dependency: float
    cost: float
    cell: Cell | None = None
    buyers: tuple[str, ...] = ()

    @property
    def total(self) -> float:
        """What a year with the loss costs, the addition included."""
        return self.cost + self.standing


def hedges(ready: Stressed, worst: Effect, planner: Replanner) -> list[Hedge]:
    """Return the single additions that bring what is unserved after ``worst`` back to what it was, cheapest first.

    They are sought among the capacities, the maxima of links and of offers that are used to the full after the loss,
    and a further outside supplier, at reference prices, of what is missing or of what the lost brought. ``planner`` is
    a session of the chain that nothing else is planned in.
    """
    from filiere.solver.replan.widen import widenings

    assert worst.unmet is not None
    target = worst.unmet_before
    lost = _lost(planner, worst.items)
    tolerance = NOTICED * max(1.0, worst.unmet)
    found = [_widened(planner, one) for one in widenings(planner, planner.losses.without(lost), target, tolerance)]
    found += [hedge for hedge in _suppliers(ready, worst, planner) if hedge.unmet <= target + tolerance]
    return sorted(found, key=lambda hedge: (round(hedge.total, 6), hedge.kind, hedge.names))


def _lost(planner: Replanner, items: tuple[Item, ...]) -> Lost:
    return lost_of(items, positions(planner.x.link_positions))


def _widened(planner: Replanner, one: Widening) -> Hedge:
    x = planner.x
    standing = 0.0
    if one.kind == "capacity":
        process = x.processes[one.position]
        names: tuple[str, ...] = process.key
        cell = process.row.at("capacity")
        paid = (process.investment + process.fixed_cost) / (process.capacity or 1.0)
        standing = one.amount * (process.expansion_cost or paid)
    elif one.kind == "link":
        link = x.links[one.position]
        names, cell = (link.from_, link.to, link.product), link.row.at("maximum")
    else:
        offer = x.offers[one.position]
        names, cell = (offer.actor, offer.product), offer.row.at("maximum")
    return _hedge(one.kind, names, (one.amount,), standing, one.plan, cell)


def _hedge(
    kind: Added, names: tuple[str, ...], amounts: tuple[float, ...], standing: float, plan: Replan, cell: Cell | None,
    buyers: tuple[str, ...] = (),
) -> Hedge:  # fmt: skip
    assert plan.columns is not None
    columns, functions = plan.columns, plan.programme.functions
    unmet, dependency, cost = (functions[key].at(columns) for key in ("unmet", "dependency", "cost"))
    return Hedge(kind, names, amounts, standing, unmet, dependency, cost, cell, buyers)


def _suppliers(ready: Stressed, worst: Effect, planner: Replanner) -> Iterator[Hedge]:
    """A further outside supplier of each product the lost brought, and one of everything that is missing."""
    from filiere.solver.programme.compile import compiled
    from filiere.solver.replan.loss import Replanner as Session
    from filiere.solver.replan.widen import least_of

    for products, buyers in _deliveries(ready.chain, worst):
        chain = _with_supplier(ready.chain, products, buyers)
        session = Session(compiled(chain), ready.musts, MUSTS, ready.ranks)
        new = [i for i, (name, key) in enumerate(session.programme.columns)
               if name == "flow" and session.x.links[key[0]].from_ == NEWCOMER]  # fmt: skip
        found = least_of(session, session.losses.without(_lost(session, worst.items)), new)
        if found is not None and found[0] > 0.0:
            plan = found[1]
            assert plan.columns is not None
            brought = dict.fromkeys(products, 0.0)
            for i in new:
                brought[session.x.links[session.programme.columns[i][1][0]].product] += float(plan.columns[i])
            yield _hedge("supplier", products, tuple(brought.values()), 0.0, plan, None, buyers)


def _deliveries(chain: Chain, worst: Effect) -> list[tuple[tuple[str, ...], tuple[str, ...]]]:
    """Return (products, buyers) of suppliers worth trying."""
    gone = frozenset(actor for item in worst.items for actor in item.actors)
    brought: dict[str, set[str]] = {}
    for item in worst.items:
        makers = {item.names[1]} if item.kind == "facility" else set(item.actors)
        made = set(chain.processes[item.names[0], item.names[1]].outputs) if item.kind == "facility" else None
        for position, link in enumerate(chain.links):
            carries = position in item.links or (link.from_ in makers and (made is None or link.product in made))
            if carries and chain.inside(link.to) and link.to not in gone:
                brought.setdefault(link.product, set()).add(link.to)
    found: list[tuple[tuple[str, ...], tuple[str, ...]]]
    found = [((product,), tuple(sorted(buyers))) for product, buyers in sorted(brought.items())]
    if len(found) > FEW:
        found = [(tuple(sorted(brought)), tuple(sorted(set().union(*brought.values()))))]
    users = {
        need.actor for need in chain.needs
        if need.product in worst.missing and chain.inside(need.actor) and need.actor not in gone
    }  # fmt: skip
    missing = (tuple(worst.missing), tuple(sorted(users)))
    return found + ([missing] if users and missing not in found else [])


def _with_supplier(chain: Chain, products: tuple[str, ...], buyers: tuple[str, ...]) -> Chain:
    """Return the chain with one more outside supplier that delivers ``products`` at reference prices."""
    far = w.Perimeter.EXTERNAL
    weight = max((actor.weight for actor in chain.actors.values() if not actor.inside), default=1.0)
    newcomer = Actor(NEWCOMER, far, w.Sector.PRIVATE, (), weight, w.Budget.NO, 0.0, None, None, None,
                     t.ActorRow(actor=NEWCOMER, perimeter=far))  # fmt: skip
    names = tuple(period.name for period in chain.periods)
    links = tuple(
        Link(NEWCOMER, buyer, product, None, 0.0, None, chain.products[product].value, 0.0, 0.0, 0.0, 0.0, None,
             names, False, 0.0, {}, t.LinkRow(from_=NEWCOMER, to=buyer, product=product))
        for product in products for buyer in buyers
    )  # fmt: skip
    return replace(chain, actors={**chain.actors, NEWCOMER: newcomer}, links=(*chain.links, *links))
