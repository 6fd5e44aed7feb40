"""How the optimum of a case stands beside the best so far, where a hair does not count."""

from __future__ import annotations

import numpy as np

from filiere.solver.programme.compile import Function
from filiere.solver.session.answer import Answer
from filiere.solver.session.outcome import Outcome


def ended_at(function: Function, outcome: Outcome, best: Outcome | None) -> float:
    """Where a case ended: its optimum, or what it is worse than."""
    if outcome.answer is Answer.BEYOND:
        return worst_of(function, best)
    return function.at(outcome.columns) if outcome.optimal else np.inf


def hair(function: Function, outcome: Outcome) -> float:
    """What does not count beside an optimum."""
    return 1e-9 * max(1.0, abs(function.at(outcome.columns)))


def worst_of(function: Function, best: Outcome | None) -> float:
    """What a case must not end above; what is as good as the best so far is still solved to its end."""
    return np.inf if best is None else function.at(best.columns) + 1e3 * hair(function, best)


def is_better(function: Function, outcome: Outcome, best: Outcome) -> bool:
    """Whether one is better by more than that."""
    return function.at(outcome.columns) < function.at(best.columns) - hair(function, best)


def is_equal(function: Function, one: Outcome, other: Outcome) -> bool:
    """Whether two are as good as each other."""
    return abs(function.at(one.columns) - function.at(other.columns)) <= 1e3 * hair(function, other)


def is_worse(function: Function, outcome: Outcome, best: Outcome) -> bool:
    """Whether a run proved that a case has no plan as good as the best."""
    if outcome.optimal:
        return function.at(outcome.columns) > worst_of(function, best)
    return outcome.answer in (Answer.BEYOND, Answer.INFEASIBLE)
