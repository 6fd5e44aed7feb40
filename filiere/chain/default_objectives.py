"""The order in which a chain is optimised when its workbook does not say."""

from __future__ import annotations

from filiere.chain.chain import Objective
from filiere.schema import words as w
from filiere.schema.objectives import facts_of


def default_objectives() -> tuple[Objective, ...]:
    """Return unmet, deficit, dependency, cost (5 % may be given up), circularity, change."""
    order = (
        (w.Objective.UNMET, 0.0), (w.Objective.DEFICIT, 0.0), (w.Objective.DEPENDENCY, 0.0),
        (w.Objective.COST, 0.05), (w.Objective.CIRCULARITY, 0.0), (w.Objective.CHANGE, 0.0),
    )  # fmt: skip
    return tuple(
        Objective(rank, kind, None, facts_of(kind).direction, 1.0, tolerance, 0.0)
        for rank, (kind, tolerance) in enumerate(order, start=1)
    )
