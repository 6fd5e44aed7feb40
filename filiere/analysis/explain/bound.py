"""What the cost bound holds back: the plan solved again with a little more allowed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from filiere.chain.chain import Chain
from filiere.chain.derived.default_objectives import cost_bound
from filiere.problems import Cell
from filiere.solution.solution import CostBound, Solution
from filiere.solver.programme.compile import compiled
from filiere.solver.ranks.ranks import solve_ranks
from filiere.solver.ranks.step import RankError
from filiere.solver.session.cases.search import Search
from filiere.solver.session.effort import Effort
from filiere.solver.session.session import Session

POINT = 0.01
"""By how much the bound is moved: a hundredth of the outlays."""

SMALL = 1e-6
"""A point that moves every objective by less than this share of it holds nothing back."""


@dataclass(frozen=True)
class BoundLever:
    """The cost bound where the plan stands at it: what it is, what a point more allows, and what that would change.

    ``changes`` are by objective, each rank's value with the point more less that without; empty where it was not
    tried.
    """

    cell: Cell | None
    share: float
    bound: CostBound
    allowed: float
    changes: Mapping[str, float] = field(default_factory=dict)


def bound_lever(chain: Chain, solution: Solution, effort: Effort | None = None) -> BoundLever | None:
    """Return what one point more of the cost bound would bring, None where it does not hold the plan back."""
    bound, share = solution.bound, cost_bound(chain)
    if bound is None or not bound.binds or share is None or bound.outlays <= 0.0:
        return None
    found = BoundLever(chain.settings.at("cost_bound"), share, bound, POINT * bound.outlays)
    effort = effort or Effort()
    if not effort.goes_on:
        return found
    variant = replace(chain, settings=replace(chain.settings, cost_bound=share + POINT))
    try:
        ranked = solve_ranks(Search(Session(compiled(variant), effort.seconds_left, effort)), variant.objectives)
    except RankError:
        return found
    if ranked.stopped:
        return found
    after = {value.objective: value.value for value in ranked.values}
    before = {value.objective: value.value for value in solution.objectives}
    changes = {key: after[key] - value for key, value in before.items() if key in after}
    moves = any(abs(by) > SMALL * max(1.0, abs(before[key])) for key, by in changes.items() if key != "change")
    return replace(found, changes=changes) if moves else None
