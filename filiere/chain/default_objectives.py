"""The order in which a chain is optimised when its workbook does not say."""

from __future__ import annotations

from filiere.chain.chain import Objective
from filiere.schema import words as w
from filiere.schema.objectives import facts_of


def default_objectives() -> tuple[Objective, ...]:
    """Return unmet; deficit; dependency with twice what is lost; cost (5 % may be given up); circularity; waste;
    change.
    """
    order = (
        (1, w.Objective.UNMET, 1.0, 0.0), (2, w.Objective.DEFICIT, 1.0, 0.0), (3, w.Objective.DEPENDENCY, 1.0, 0.0),
        (3, w.Objective.LOST, 2.0, 0.0), (4, w.Objective.COST, 1.0, 0.05), (5, w.Objective.CIRCULARITY, 1.0, 0.0),
        (6, w.Objective.WASTE, 1.0, 0.0), (7, w.Objective.CHANGE, 1.0, 0.0),
    )  # fmt: skip
    return tuple(
        Objective(rank, kind, None, facts_of(kind).direction, weight, tolerance, 0.0)
        for rank, kind, weight, tolerance in order
    )
