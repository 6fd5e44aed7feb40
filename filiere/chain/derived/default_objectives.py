"""The order in which a chain is optimised when its workbook does not say."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby

from filiere.chain.chain import Chain, Objective
from filiere.schema import words as w
from filiere.schema.objectives import facts_of

COST_BOUND = 0.1
"""What a plan may cost beyond the cheapest or today's under the default ranks, as a share of the gross outlays."""

_ORDER = (
    (1, w.Objective.UNMET, 1.0, 0.0),
    (2, w.Objective.DEFICIT, 1.0, 0.0),
    (3, w.Objective.RULES, 1.0, 0.0),
    (4, w.Objective.DEPENDENCY, 1.0, 0.0),
    (4, w.Objective.LOST, 2.0, 0.0),
    (4, w.Objective.OUTLETS, 0.25, 0.0),
    (4, w.Objective.COST, 1.0, 0.0),
    (5, w.Objective.COST, 1.0, 0.01),
    (6, w.Objective.CIRCULARITY, 1.0, 0.0),
    (7, w.Objective.WASTE, 1.0, 0.0),
    (8, w.Objective.CHANGE, 1.0, 0.0),
)


def default_objectives() -> tuple[Objective, ...]:
    """Return unmet; deficit; rules; dependency, twice what is lost, a quarter of the outlets served and the cost
    together; cost (1 % of the outlays may be given up); circularity; waste; change.
    """
    return tuple(
        Objective(rank, kind, None, facts_of(kind).direction, weight, tolerance, 0.0)
        for rank, kind, weight, tolerance in _ORDER
    )


def has_default_ranks(chain: Chain) -> bool:
    """Return whether a chain is optimised in the default order, whether its workbook spells it out or not."""
    return _said(chain.objectives) == _DEFAULT


def cost_bound(chain: Chain) -> float | None:
    """Return the share of the gross outlays that a plan may cost beyond the cheapest, None where nothing bounds it."""
    if chain.settings.cost_bound is not None:
        return chain.settings.cost_bound
    return COST_BOUND if has_default_ranks(chain) else None


def _said(objectives: Iterable[Objective]) -> list[frozenset[tuple[object, ...]]]:
    ordered = sorted(objectives, key=lambda objective: objective.rank)
    return [
        frozenset((o.key, o.direction, o.weight, o.tolerance, o.tolerance_amount) for o in group)
        for _, group in groupby(ordered, key=lambda objective: objective.rank)
    ]


def fairness(chain: Chain) -> w.Fairness:
    """Return whether equal shares come before the needs, after them, or are not sought: as typed, else before under the
    default ranks.
    """
    if chain.settings.fairness is not None:
        return chain.settings.fairness
    return w.Fairness.BEFORE if has_default_ranks(chain) else w.Fairness.NO


_DEFAULT = _said(default_objectives())
