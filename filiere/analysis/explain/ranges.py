"""How free the plan is: how far each relation could move at no loss in any rank."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from filiere.chain.chain import Chain
from filiere.problems import Cell
from filiere.solver.programme.compile import Programme, Vector
from filiere.solver.sensitivity.ranges import others_work, ranges
from filiere.solver.session.cases.known import Cases
from filiere.solver.session.effort import Effort

MOST_COLUMNS, FEW, MANY = 3000, 40, 250
"""In a programme of more columns than the first only the ``FEW`` largest relations are looked at, else ``MANY``."""

MOVES = 1e-3
"""A relation that can move by less than this share of the largest of its product does not move."""


@dataclass(frozen=True)
class Range:
    """What a relation carries, and the least and the most that it could at no loss in any rank."""

    cell: Cell | None
    from_: str
    to: str
    product: str
    quantity: float
    least: float
    most: float
    moves: bool


@dataclass(frozen=True)
class Freedom:
    """The ranges looked at, out of how many relations, and the verdict: ``unique``, ``other hands`` (relations stay,
    activities could swap), ``partly free``, ``very free``.
    """

    ranges: tuple[Range, ...]
    relations: int
    verdict: str
    whole: bool = True
    """Whether as many relations were looked at as a chain of that size is asked."""


def freedom(
    programme: Programme, columns: Vector, chain: Chain, effort: Effort | None = None, ends: Cases | None = None
) -> Freedom:
    """Return how far relations could move, the largest flows first; the verdict is on those that were looked at.

    No further one is looked at where ``effort`` has come to its end. ``ends`` says where the plan's runs ended.

    The plan is unique where none moves and no other activity could do the work, very free where more than half do.
    """
    x = programme.index
    carried = programme.carried(np.maximum(columns, 0.0))
    worth = carried * np.array([chain.products[link.product].value for link in x.links])
    order = sorted(range(len(x.links)), key=lambda e: (-worth[e], -carried[e], e))
    looked_at = order[: FEW if len(programme.columns) > MOST_COLUMNS else MANY]
    largest: dict[str, float] = {}
    for e, link in enumerate(x.links):
        largest[link.product] = max(largest.get(link.product, 0.0), float(carried[e]))
    found = []
    for e, (least, most) in zip(
        looked_at, ranges(programme, columns, chain.objectives, looked_at, effort, ends), strict=False
    ):
        link = x.links[e]
        moves = most - least > MOVES * max(largest[link.product], 1e-9)
        quantity = float(carried[e])
        found.append(Range(link.row.at("maximum"), link.from_, link.to, link.product, quantity, least, most, moves))
    moving = sum(one.moves for one in found)
    used = max(1, sum(one.quantity > 0.0 or one.moves for one in found))
    verdict = "unique" if moving == 0 else "very free" if moving > 0.5 * used else "partly free"
    small = len(programme.columns) <= MOST_COLUMNS
    if verdict == "unique" and small and others_work(programme, columns, chain.objectives, MOVES):
        verdict = "other hands"
    return Freedom(tuple(found), len(x.links), verdict, len(found) == len(looked_at))
