"""Which levers are told, and how: only what was solved again and found to help, by figures that can be true."""

from __future__ import annotations

from filiere.analysis.explain.levers import Explanation, Lever
from filiere.chain.chain import Chain
from filiere.schema import words as w

LEAST = 0.01
"""A step that brings less than this share of what was expected brings nothing."""
EVEN = 0.05
"""A step that brings what was expected but for this share of it confirms the effect of one unit."""


CENT = 0.01
"""What depends on the outside by less than this more does so no more than before."""


def told_levers(explained: Explanation) -> tuple[Lever, ...]:
    """Return what holds the plan back: its step was solved again and brought something of what was expected."""
    return tuple(lever for lever in explained.levers if not lever.asked and _helps(explained.chain, lever))


def told_needs(explained: Explanation) -> tuple[Lever, ...]:
    """Return the needs of which another amount was solved again and brought something: they are what a plan is for."""
    return tuple(lever for lever in explained.levers if lever.asked and _helps(explained.chain, lever))


def first_lever(explained: Explanation) -> Lever | None:
    """Return the lever that is told beside the plan: the first that leaves the chain no more dependent."""
    return next((lever for lever in told_levers(explained) if lever.verified.get("dependency", 0.0) < CENT), None)


def by_unit(chain: Chain, lever: Lever) -> bool:
    """Whether the effect of one unit may be told: of one objective, over a unit or more, and never more than all."""
    if " + " in lever.objective or lever.until is None:
        return " + " not in lever.objective and not _impossible(chain, lever)
    return abs(lever.until - lever.value) >= 1.0 and not _impossible(chain, lever)


def _impossible(chain: Chain, lever: Lever) -> bool:
    """Whether one unit would move a share by more than the whole, or the step has shown another effect."""
    if lever.objective == "circularity" and abs(lever.per_unit) >= 1.0:
        return True
    expected = lever.per_unit * abs(lever.step)
    reached = _reached(chain, lever)
    beyond = abs(reached) > (1.0 + EVEN) * abs(expected)
    within = lever.until is None or abs(lever.step) <= abs(lever.until - lever.value)
    return bool(lever.verified) and (beyond or (within and abs(reached) < (1.0 - EVEN) * abs(expected)))


def _helps(chain: Chain, lever: Lever) -> bool:
    expected = lever.per_unit * abs(lever.step)
    return bool(lever.verified) and expected != 0.0 and _reached(chain, lever) / expected > LEAST


def _reached(chain: Chain, lever: Lever) -> float:
    """What solving again has shown of a lever's objective; of several on one rank, of their weighted sum."""
    if lever.objective in lever.verified:
        return lever.verified[lever.objective]
    parts = lever.objective.split(" + ")
    of_rank = [o for o in chain.objectives if o.rank == lever.rank and o.key in parts]
    signs = {o.key: -o.weight if o.direction is w.Direction.MAX else o.weight for o in of_rank}
    return sum(signs.get(part, 1.0) * lever.verified.get(part, 0.0) for part in parts)
