"""Where to open: location problems by the rules of the OR-Library's large cases, as chains.

Beasley, J. E. (1988), An algorithm for solving large capacitated warehouse location problems, European Journal of
Operational Research 33: sites and customers anywhere in a square of 1000 × 1000, whole demands of 1 to 100, serving a
customer costs its distance times its demand and a factor of 1 to 1.25, all sites are of one size.
"""

from __future__ import annotations

import math
import random
from collections.abc import Iterator

from benchmarks.direct import arrays, pass_and_run
from benchmarks.memory import beside
from benchmarks.timing import alternating, compared
from filiere.chain.chain import Actor, Calendar, Chain, Link, Need, Objective, Period, Process, Product
from filiere.schema import tables as t
from filiere.schema import words as w
from filiere.solver.programme.compile import compiled
from filiere.solver.session.cases.search import Search
from filiere.solver.session.session import Session
from filiere.solver.solve import answer

YEAR = Calendar((1.0,))
SQUARE = 1000.0
CASES = ((2.0, 0.1), (2.0, 0.3), (4.5, 0.1), (4.5, 0.02))
"""So that two, four, six or all of ten sites are opened, about."""


def locations(arcs: int, repeats: int, sites: int = 10) -> Iterator[str]:
    """Yield lines on location problems of so many arcs: all ranks, beside the cost alone by HiGHS on the arrays."""
    for needed, fixed in CASES:
        chain = location(sites, arcs // sites, needed, fixed)
        programme = compiled(chain)
        found = answer(programme, Search(Session(programme)), chain.objectives)
        opened = len(found.plan.opened_processes) if found.plan else 0
        pairs = alternating(
            lambda p=programme, c=chain: answer(p, Search(Session(p)), c.objectives),
            lambda p=programme: pass_and_run(arrays(p)),
            repeats,
        )
        what = f"location, {arcs:,} arcs, {opened} of {sites} sites opened"
        yield compared(f"{what}: arrays to plan / HiGHS alone", pairs, "≤ 1.5")
    needed, fixed = CASES[0]
    made = f"location({sites}, {arcs // sites}, {needed}, {fixed})"
    yield beside(f"location, {arcs:,} arcs: peak memory (MiB)", location(sites, arcs // sites, needed, fixed), made)


def location(sites: int, customers: int, needed: float, fixed: float, seed: int = 1) -> Chain:
    """Return a chain of sites that may be opened and of customers that must be served, every site by every customer.

    ``needed`` sites have together the capacity for all; opening one costs ``fixed`` times what its capacity costs to
    bring over half the square's side.
    """
    draw = random.Random(seed)
    at = {name: (draw.uniform(0, SQUARE), draw.uniform(0, SQUARE)) for name in _names(sites, customers)}
    demand = {f"customer {j}": float(draw.randint(1, 100)) for j in range(customers)}
    capacity = float(math.ceil(sum(demand.values()) / needed))
    return Chain(
        settings=t.SettingsValues(),
        periods=(Period("year", 1.0),),
        actors={name: _actor(name) for name in at},
        products={"goods": _goods()},
        processes={p.key: p for i in range(sites) for p in [_site(f"site {i}", capacity, fixed, draw)]},
        links=tuple(_link(f"site {i}", to, at, draw) for i in range(sites) for to in demand),
        offers=(),
        needs=tuple(_need(name, amount) for name, amount in demand.items()),
        storages={},
        objectives=(Objective(1, w.Objective.COST, None, w.Direction.MIN, 1.0, 0.0, 0.0),),
    )


def _names(sites: int, customers: int) -> list[str]:
    return [*(f"site {i}" for i in range(sites)), *(f"customer {j}" for j in range(customers))]


def _actor(name: str) -> Actor:
    row = t.ActorRow(actor=name, perimeter=w.Perimeter.MEMBER)
    return Actor(name, row.perimeter, w.Sector.PRIVATE, (), 0.0, w.Budget.NO, 0.0, None, None, None, row)


def _goods() -> Product:
    row = t.ProductRow(product="goods", unit="t")
    return Product("goods", "t", 1.0, 1.0, w.ProductKind.PRODUCT, 1000.0, 1.0, False, 0.0, (), None, None, row)


def _site(actor: str, capacity: float, fixed: float, draw: random.Random) -> Process:
    return Process(
        name="open", actor=actor, status=w.ProcessStatus.CANDIDATE, capacity=capacity, minimum=0.0, today=0.0,
        unit_cost=0.0, fixed_cost=0.0, investment=fixed * capacity * SQUARE / 2 * draw.uniform(0.75, 1.25),
        expansion_max=None, expansion_cost=0.0, local_share=1.0, whole=False, jobs=0.0, co2=0.0, calendar=YEAR,
        inputs={}, outputs={"goods": 1.0}, measures={}, row=t.ProcessRow(process="open", actor=actor),
    )  # fmt: skip


def _need(actor: str, amount: float) -> Need:
    row = t.NeedRow(actor=actor, product="goods")
    return Need(actor, "goods", amount, YEAR, w.Obligation.MUST, 0.0, 1.0, None, 0.0, {}, row)


def _link(from_: str, to: str, at: dict[str, tuple[float, float]], draw: random.Random) -> Link:
    return Link(
        from_, to, "goods", None, 0.0, None, 0.0, math.dist(at[from_], at[to]) * draw.uniform(1.0, 1.25),
        0.0, 0.0, 0.0, None, ("year",), False, 0.0, {}, t.LinkRow(from_=from_, to=to, product="goods"),
    )  # fmt: skip
