"""Does the plan keep what each rank reached? Every objective's value, recomputed from the plan."""

from __future__ import annotations

from collections.abc import Mapping

from filiere.chain.chain import Objective
from filiere.problems import Cell
from filiere.schema import words as w
from filiere.schema.objectives import facts_of
from filiere.solution.accounts import Accounts
from filiere.solution.certify.check import Check
from filiere.solution.evaluate import circularity, scale_of, value_of
from filiere.solution.solution import RankValue

MEASURE = "measure: "
"""What the key of a measure's objective begins with."""


def ranks(accounts: Accounts, objectives: tuple[RankValue, ...]) -> Check:
    """Each rank's value in the plan is the one reported, and no worse than the one held, tolerance apart."""
    found = Check("ranks", 0.0)
    declared = {(o.rank, o.key): o for o in accounts.chain.objectives}
    for rank in sorted({o.rank for o in objectives}):
        together = [o for o in objectives if o.rank == rank]
        for residual, where in (*(_told(accounts, o) for o in together), _held(accounts, together, declared)):
            if residual > found.residual:
                found = Check("ranks", residual, where, _cell(declared, together[0]))
    return found


def _told(accounts: Accounts, told: RankValue) -> tuple[float, str]:
    """By how much the value reported for the plan differs from the one recomputed."""
    value, scale = recomputed(accounts, told.objective)
    return abs(value - told.final) / max(1.0, scale), f"{told.rank}, {told.objective}"


def _held(
    accounts: Accounts, together: list[RankValue], declared: Mapping[tuple[int, str], Objective]
) -> tuple[float, str]:
    """By how much the plan is worse than what the rank, weighted sum of its objectives, may give up."""
    total = held = 0.0
    scale = 1.0
    for told in together:
        value, size = recomputed(accounts, told.objective)
        weight = told.weight * (-1.0 if maximised(told, declared) else 1.0)
        total += weight * value
        held += weight * told.value
        scale = max(scale, abs(weight) * size)
    allowed = max(max(t.tolerance * abs(held), t.tolerance_amount) for t in together)
    where = f"{together[0].rank}, {' + '.join(t.objective for t in together)}"
    return max(0.0, total - held - allowed) / max(scale, abs(held)), where


def recomputed(accounts: Accounts, key: str) -> tuple[float, float]:
    """Return an objective's value and what its rounding is measured against, from its English key."""
    if key == w.Objective.CIRCULARITY.key:
        return circularity(accounts), 1.0
    objective = key.removeprefix(MEASURE) if key.startswith(MEASURE) else w.Objective[key.upper()]
    return value_of(accounts, objective), scale_of(accounts, objective)


def maximised(told: RankValue, declared: Mapping[tuple[int, str], Objective]) -> bool:
    """Whether an objective is better when higher: as its row says, else as is natural for its kind."""
    row = declared.get((told.rank, told.objective))
    if row is not None:
        return row.direction is w.Direction.MAX
    if told.objective.startswith(MEASURE):
        return False
    return facts_of(w.Objective[told.objective.upper()]).direction is w.Direction.MAX


def _cell(declared: Mapping[tuple[int, str], Objective], told: RankValue) -> Cell | None:
    row = declared.get((told.rank, told.objective))
    return row.row.at("objective") if row is not None and row.row is not None else None
