"""The circular use rate U / (U + M), maximised exactly.

Dinkelbach, W. (1967), On nonlinear fractional programming, Management Science 13(7): maximise U − λ(U + M),
set λ to the rate found, until λ stands still. Each step is a linear programme of the same session.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import numpy as np

from filiere.model.circularity import secondary_from_outside
from filiere.solver.programme.compile import Function, Programme, Vector
from filiere.solver.session.answer import Answer
from filiere.solver.session.cases.search import Search
from filiere.solver.session.outcome import Outcome

LEAST_USE = 2e-3
"""Re-use that has no end is held at what still counts as some: a rate of nothing would be no rate."""

STEPS = 60
"""Dinkelbach's iteration converges superlinearly: a handful of steps is usual."""


def used_again(programme: Programme, columns: Vector) -> float:
    """U at a plan, the net purchases of secondary products taken as small as the plan allows."""
    slack = 0.0
    bought, row = (
        names.families.get(family)
        for names, family in (
            (programme.columns, "secondary_bought"),
            (programme.rows, secondary_from_outside.__name__),
        )
    )
    if bought is not None and row is not None:
        activity = programme.matrix[row.positions, :] @ columns
        at = dict(zip(bought.keys, columns[bought.positions].tolist(), strict=True))
        slack = sum(max(0.0, min(at[p], over)) for p, over in zip(row.keys, activity.tolist(), strict=True))
    return programme.functions["secondary_use"].at(columns) + max(0.0, slack)


def circular_rate(programme: Programme, columns: Vector) -> float:
    """U / (U + M) at a plan; 0 where nothing is used again."""
    used = used_again(programme, columns)
    total = used + programme.functions["direct_input"].at(columns)
    return used / total if _counts(used, total) else 0.0


def _counts(used: float, total: float) -> bool:
    """Under a gram or a millionth of the whole, re-use is a trace of rounding, not a loop."""
    return used >= 1e-3 and used >= 1e-6 * total


def maximise_rate(search: Search) -> Outcome:
    """Return the plan with the largest rate among those the session still allows.

    Where re-use could grow without end, the programme is bounded to twice the material that the earlier ranks
    move: a rate is no reason to move goods for nobody.
    """
    session = search.session
    used, total = _parts(session.programme)
    before = session.last_columns
    begun = _here(search) or _at_hand(search)
    outcome = search.minimise(used * -1.0) if begun is None else _iterate(search, begun)
    if outcome.answer is Answer.UNBOUNDED and before is not None:
        moved = max(0.0, total.at(before))
        with search.aside():
            session.hold(total, 2.0 * moved)
            outcome = _iterate(search, search.minimise(used * -1.0))
        return replace(outcome, told=None)
    return outcome if begun is not None else _iterate(search, outcome)


def _here(search: Search) -> Outcome | None:
    """The plan with the largest re-use that the whole numbers chosen by the ranks before allow; None without any."""
    used, _ = _parts(search.session.programme)
    outcome = search.minimise_here(used * -1.0)
    if outcome is None or circular_rate(search.session.programme, outcome.columns) == 0.0:
        return None
    return outcome


def _at_hand(search: Search) -> Outcome | None:
    """The last plan, where something is used again in it and the chain has nothing whole.

    Where it has, though it is settled, the largest re-use comes first as it does in the chain's own plan: prices follow
    the plan that a rank ends with.
    """
    programme, plan = search.session.programme, search.session.last_columns
    if programme.has_whole_columns or programme.index.has_whole or plan is None:
        return None
    return Outcome(Answer.OPTIMAL, plan) if circular_rate(programme, plan) > 0.0 else None


def _iterate(search: Search, outcome: Outcome) -> Outcome:
    """Go on from a plan: by the whole numbers it has chosen as far as they go, then by all."""
    used, total = _parts(search.session.programme)
    fastest = _Fastest(search.session.programme)
    for _ in range(STEPS):
        if not outcome.optimal or fastest(outcome.columns) is None:
            return outcome
        nearby = search.minimise_here(total * fastest.rate - used)
        if nearby is not None and fastest.beaten_by(nearby.columns):
            outcome = nearby
            continue
        outcome = search.minimise_following(total * fastest.rate - used, fastest)
        if outcome.optimal and not fastest.beaten_by(outcome.columns):
            return replace(outcome, columns=fastest.plan, told=outcome.face)  # no rate is told of a plan of nothing
    return outcome


@dataclass
class _Fastest:
    """The largest rate so far, and the plan that has it."""

    programme: Programme
    rate: float = 0.0
    plan: Vector = field(default_factory=lambda: np.empty(0))

    def beaten_by(self, columns: Vector) -> bool:
        """Whether a plan has a larger rate."""
        return circular_rate(self.programme, columns) > self.rate * (1.0 + 1e-12)

    def __call__(self, columns: Vector) -> Function | None:
        """Return what is minimised next where a plan has a larger rate, and note it; None where it has not."""
        if not self.beaten_by(columns):
            return None
        self.rate, self.plan = circular_rate(self.programme, columns), columns
        used, total = _parts(self.programme)
        return total * self.rate - used


def hold_rate(search: Search, outcome: Outcome, tolerance: float) -> Outcome:
    """Hold the rate and, at that rate, the largest re-use (unless it has no end); return a plan that reaches both."""
    session, programme = search.session, search.session.programme
    used, total = _parts(programme)
    rate = circular_rate(programme, outcome.columns)
    if rate == 0.0:
        return outcome
    if tolerance == 0.0 and search.keep(outcome):
        largest = search.minimise(used * -1.0)
        if not largest.optimal:
            session.hold(used * -1.0, -LEAST_USE)
        if not largest.optimal or outcome.face is None:
            return outcome
        if largest.face is None:
            session.hold(used * -1.0, -used.at(largest.columns))
            return largest
        search.keep(largest)
        return replace(largest, told=outcome.face + largest.face)
    with search.aside():
        session.hold(total * rate - used, 0.0)
        largest = search.minimise(used * -1.0)
    session.hold(total * (rate * (1.0 - tolerance)) - used, 0.0)
    if not largest.optimal:
        session.hold(used * -1.0, -LEAST_USE)
        return outcome
    session.hold(used * -1.0, -(1.0 - tolerance) * used.at(largest.columns))
    return largest


def last_step(programme: Programme, columns: Vector) -> Function:
    """Return what the last step minimises at the best rate λ: λ(U + M) − U, 0 at the optimum, the largest term 1.

    In kilograms beside a rate, what a solver leaves of them would be taken for a part of the rate.
    """
    used, total = _parts(programme)
    step = total * circular_rate(programme, columns) - used
    return step * (1.0 / step.largest)


def _parts(programme: Programme) -> tuple[Function, Function]:
    used = programme.functions["secondary_use"]
    total = used + programme.functions["direct_input"]
    return used, Function(np.asarray(total.coefficients), total.constant)
