"""The cheapest repair: the fewest figures to change, then the least change relative to their size.

A repair must touch every clash. As long as the smallest set of figures that touches the clashes known so far does
not mend the chain, what is left of it holds another clash; the last set is therefore a fewest one, and every other
as small lies among the clashes found. Of those, a programme with one yes/no column a figure picks the least.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from filiere.solution.solution import Repair
from filiere.solver.conflict.clash import giving_groups, hitting, smallest
from filiere.solver.programme.compile import Programme, Vector
from filiere.solver.programme.figures import Figure, slope_at
from filiere.solver.session.elastic import NOTHING, Elastic, Way, changed, most_of

ROUNDS = 20
MANY, MOST = 12, 200
"""More faults than the first, in a chain of more figures than the second, are mended without counting the changes."""


@dataclass(frozen=True)
class Mending:
    """The figures to change, and whether fewer were proved not to be enough."""

    changes: tuple[Repair, ...] = ()
    proved: bool = True


def repair(
    programme: Programme, found: Sequence[Figure], clash: Sequence[int], dropping: Elastic, units: Mapping[int, int]
) -> Mending:
    """Return the fewest figures to change, and to what, so that the chain has a plan; empty where none are found.

    ``clash`` is a set of figures, by position, that cannot hold together; ``dropping`` the session whose rows
    give way one by one. Where a large chain has many faults, the least change relative to size is taken instead.
    """
    if not clash:
        return Mending()
    most = most_of(programme, found)
    ways, signs = changed(programme, found, most)
    changing = Elastic(programme, ways)
    best = _one(changing, found, [i for i in (*clash, *_initial(found)) if found[i].mends])
    if best is not None:
        return Mending(_told(found, best, changing, ways, signs))
    least = changing.columns(())
    if least is None:
        return Mending()
    few = int((changing.amounts(least) > NOTHING).sum()) <= MANY
    numbers = [i for i, figure in enumerate(found) if figure.mends]
    chosen = _several(found, clash, dropping, units, changing) if few else None
    if chosen is None and len(numbers) > MOST:
        return Mending(_told(found, least, changing, ways, signs), proved=False)
    own = [found[i] for i in sorted(chosen or numbers)]
    ways, signs = changed(programme, own, most)
    counting = Elastic(programme, ways, counted=True, most=most)
    best = counting.fewest()
    if best is None:
        return Mending(_told(found, least, changing, *changed(programme, found, most)), proved=False)
    return Mending(_told(own, best, counting, ways, signs))


def _initial(found: Sequence[Figure]) -> list[int]:
    """An initial stock is part of a law too: it may mend what it is no part of."""
    return [i for i, figure in enumerate(found) if figure.also]


def _one(changing: Elastic, found: Sequence[Figure], alone: Sequence[int]) -> Vector | None:
    """Return the plan of the one figure that mends the chain with the least change."""
    plans = [(_size(found[i], float(changing.ways(plan).sum()), plan), plan)
             for i in dict.fromkeys(alone) if (plan := changing.columns(soft=[i])) is not None]  # fmt: skip
    return min(plans, key=lambda sized: sized[0], default=(0.0, None))[1]


def _size(figure: Figure, amount: float, plan: Vector) -> float:
    """A change relative to the figure; a share gives way by an amount of what it is a share of."""
    whole = _whole(figure, plan)
    return amount / whole if figure.share and whole > 0.0 else amount


def _whole(figure: Figure, plan: Vector) -> float:
    return sum(slope_at(slope, plan) for slope in figure.slopes.values())


def _several(
    found: Sequence[Figure], clash: Sequence[int], dropping: Elastic, units: Mapping[int, int], changing: Elastic
) -> set[int] | None:
    """Return figures among which every smallest repair lies, None where rows and figures do not give way alike."""
    clashes = [frozenset(i for i in clash if found[i].mends)]
    groups = [[units[row] for row in figure.rows] for figure in found]
    for _ in range(ROUNDS):
        if not clashes[-1]:
            return None
        touching = hitting(clashes)
        if changing.columns(soft=touching) is not None:
            return set().union(*clashes)
        other = smallest(giving_groups(dropping, groups, apart=set(touching)))
        if not other:
            return None
        clashes.append(frozenset(i for i in other if found[i].mends))
    return None


def _told(
    found: Sequence[Figure], plan: Vector, changing: Elastic, ways: Sequence[Way], signs: Sequence[float]
) -> tuple[Repair, ...]:
    moved: dict[int, float] = {}
    for way, sign, amount in zip(ways, signs, changing.ways(plan).tolist(), strict=True):
        if amount > NOTHING:
            moved[way.unit] = moved.get(way.unit, 0.0) + sign * amount * found[way.unit].scale
    told = []
    for unit, by in moved.items():
        figure = found[unit]
        if figure.share:
            whole = _whole(figure, plan)
            # A share of nothing gives no way: the widest that a share can be is told, never an amount as a share.
            by = by / whole if whole > 0 or figure.equation != "limit" else (1.0 if by > 0 else 0.0) - figure.value
        told.append(Repair(figure.number_cell, figure.equation, figure.subject, figure.value, _tidy(figure.value + by)))
    return tuple(sorted(told, key=lambda r: (str(r.cell), r.row, r.subject)))


def _tidy(value: float) -> float:
    """Rounding of the last digits off a figure that a person is to type."""
    return float(f"{value:.12g}")
