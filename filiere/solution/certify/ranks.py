"""Does the plan keep what each rank reached? Every objective's value, recomputed from the plan."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import numpy as np

from filiere.chain.chain import Objective
from filiere.problems import Cell
from filiere.schema import words as w
from filiere.schema.objectives import facts_of
from filiere.solution.accounts import Accounts
from filiere.solution.certify.check import Check
from filiere.solution.evaluate import circularity, scale_of, value_of
from filiere.solution.ranked_cost import cost_of_this_year, ranked_cost_terms
from filiere.solution.solution import CostBound, RankValue

MEASURE = "measure: "
"""What the key of a measure's objective begins with."""

LATER = (w.Objective.COST.key, w.Objective.OUTLETS.key)
"""Where the parts of a rank are held one by one, these are held by later ranks."""


def ranks(accounts: Accounts, objectives: tuple[RankValue, ...], closing: tuple[RankValue, ...] = ()) -> Check:
    """Each rank's value in the plan is the one reported, and no worse than the one held, tolerance apart."""
    found = Check("ranks", 0.0)
    declared = {(o.rank, o.key): o for o in accounts.chain.objectives}
    for residual, where, told in _residuals(accounts, objectives, closing, declared):
        if residual > found.residual:
            found = Check("ranks", residual, where, _cell(declared, told))
    return found


def _residuals(
    accounts: Accounts,
    objectives: tuple[RankValue, ...],
    closing: tuple[RankValue, ...],
    declared: Mapping[tuple[int, str], Objective],
) -> Iterator[tuple[float, str, RankValue]]:
    for told in (*objectives, *(one for one in closing if known(one.objective))):
        yield (*_told(accounts, told), told)
    for rank in sorted({o.rank for o in objectives}):
        together = [o for o in objectives if o.rank == rank]
        if together[0].apart:
            for part in together:
                if part.objective not in LATER:
                    yield (*_held(accounts, [part], declared), part)
        else:
            yield (*_held(accounts, together, declared), together[0])
    for one in closing:
        if known(one.objective):
            yield (*_held(accounts, [one], declared), one)


def bounded(accounts: Accounts, bound: CostBound | None) -> Check:
    """The cost stays within its bound, which is no lower than this year's cost and a share of the outlays allow."""
    if bound is None:
        return Check("cost bound", 0.0)
    terms = ranked_cost_terms(accounts)
    scale = max(1.0, float(np.abs(terms).max(initial=0.0)), abs(bound.limit))
    residual = max(0.0, float(terms.sum()) - bound.limit) / scale
    today = cost_of_this_year(accounts)
    if (today is None) != (bound.today is None):
        return Check("cost bound", 1.0)
    if today is not None and bound.today is not None:
        residual = max(residual, abs(today - bound.today) / max(scale, abs(today)))
    return Check("cost bound", residual)


def _told(accounts: Accounts, told: RankValue) -> tuple[float, str]:
    """By how much the value reported for the plan differs from the one recomputed."""
    value, scale = recomputed(accounts, told.objective)
    return abs(value - told.final) / max(1.0, scale), f"{told.rank}, {told.objective}"


def _held(
    accounts: Accounts, together: list[RankValue], declared: Mapping[tuple[int, str], Objective]
) -> tuple[float, str]:
    """By how much the plan is worse than what the rank, weighted sum of its objectives, may give up."""
    total = held = measured = 0.0
    scale = 1.0
    for told in together:
        value, size = recomputed(accounts, told.objective)
        weight = told.weight * (-1.0 if maximised(told, declared) else 1.0)
        total += weight * value
        held += weight * told.value
        measured += told.weight * (told.measured or abs(told.value))
        scale = max(scale, abs(weight) * size)
    allowed = max(max(t.tolerance * measured, t.tolerance_amount) for t in together)
    where = f"{together[0].rank}, {' + '.join(t.objective for t in together)}"
    return max(0.0, total - held - allowed) / max(scale, abs(held)), where


def known(key: str) -> bool:
    """Whether an objective of that key can be recomputed; what only closes a plan has no word."""
    return key.startswith(MEASURE) or key.upper() in w.Objective.__members__


def recomputed(accounts: Accounts, key: str) -> tuple[float, float]:
    """Return an objective's value and what its rounding is measured against, from its English key."""
    if key == w.Objective.CIRCULARITY.key:
        return circularity(accounts), 1.0
    if key == w.Objective.COST.key:
        terms = ranked_cost_terms(accounts)
        return float(terms.sum()), float(np.abs(terms).max(initial=0.0))
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
