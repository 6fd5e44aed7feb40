"""Ranks held at the least that they could come to before they are optimised: a plan of a later one proves them all.

What another solve of the programme proved of a rank says what it comes to at least here, and what all plans that come
to no more have in common, if there are any (complementary slackness). Most losses leave what comes first as it was: one
optimum is then sought in place of one a rank. Where no plan is left so, the ranks are optimised one by one.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from filiere.solver.programme.compile import Function
from filiere.solver.ranks.step import Apart, Behind, Declared, Once, Step, is_nothing
from filiere.solver.session.answer import Answer
from filiere.solver.session.cases.case import bounds_of
from filiere.solver.session.cases.known import step_of
from filiere.solver.session.cases.search import Search
from filiere.solver.session.outcome import Outcome

MANY = 3
"""As many as this are hoped for only where the whole numbers tried first leave a plan."""

AS_GOOD = 1e-9
"""What is worse by no more than this, relative to it, is as good."""

EXACT = (Step, Declared, Once)
"""Steps that hold the optimum of their function, but for those that are given a tolerance."""

PROVING = (*EXACT, Apart, Behind)
"""Steps of which one optimum tells whether any plan is left."""


def hold_hoped(search: Search, steps: Sequence[Step]) -> list[Outcome]:
    """Optimise and hold every step, some of them by the optimum of a later one; return what each ended with.

    Raises ``RankError`` as :meth:`Step.proved` does.
    """
    ended, most = list[Outcome](), len(steps)
    while len(ended) < len(steps):
        hopes, left = _Hopes(search), steps[len(ended) :]
        while hopes.count < min(most, len(left) - 1) and hopes.hold(left[hopes.count]):
            pass
        outcome = hopes.proved(left[hopes.count]) if hopes.count else left[0].proved(search)
        # Where all are too much to hope for, the first one alone is hoped for; else what comes next is sought.
        most = len(steps) if outcome is not None else int(not ended and hopes.count > 1)
        ended += [] if outcome is None else [outcome] * (hopes.count + 1)
    return ended


@dataclass
class _Hopes:
    """Functions that are held at the least that they could come to, and the way back to before they were."""

    search: Search
    least: list[tuple[Function, float]] = field(default_factory=list)
    back: Callable[[], None] | None = None

    @property
    def count(self) -> int:
        return len(self.least)

    def hold(self, step: Step) -> bool:
        """Hold a step at the least that it could come to; return whether that is known."""
        search, session = self.search, self.search.session
        if type(step) not in EXACT or (isinstance(step, Declared | Once) and step.rank.tolerant):
            return False
        known = search.known.proof(step_of(step.function, session.row_count)) if search.known else None
        if known is None or search.settled or len(search.leaves) != 1:
            return False
        (leaf,) = search.leaves
        session.set_bounds(search.columns, *bounds_of(session.programme, search.columns, leaf))
        least, face = session.at_least(known, step.function)
        if not np.isfinite(least):
            return False
        self.back = self.back or _way_back(search)
        search.keep(Outcome(Answer.OPTIMAL, np.empty(0), told=replace(face, case=leaf)))
        self.least.append((step.function, least))
        return True

    def proved(self, step: Step) -> Outcome | None:
        """Optimise and hold the step after them; without a plan that proves them all, go back and return None."""
        assert self.back is not None
        hopeful = type(step) in PROVING and (self.count < MANY or self._stands(step))
        outcome = step.tried(self.search) if hopeful else None
        if outcome is not None and outcome.optimal and all(self._reached(*one, outcome) for one in self.least):
            return step.keep(self.search, outcome)
        self.back()
        return None

    def _stands(self, step: Step) -> bool:
        """Whether the whole numbers tried first leave a plan: where they do not, the others seldom do.

        Where nothing is whole that is what optimising the step tells anyway.
        """
        search, function = self.search, step.function
        if not search.session.programme.has_whole_columns:
            return True
        start = search.known.start(step_of(function, search.session.row_count)) if search.known else None
        return start is None or search.stands(function, start) is not None

    def _reached(self, function: Function, least: float, outcome: Outcome) -> bool:
        """Whether a plan comes to the least, and bounds alone hold that."""
        session, reached = self.search.session, function.at(outcome.columns)
        if is_nothing(session.programme, function, reached):
            return True
        return reached <= least + AS_GOOD * max(1.0, abs(least)) and not session.is_steep(function, outcome.columns)


def _way_back(search: Search) -> Callable[[], None]:
    session, leaves = search.session, list(search.leaves)
    rows, allowed = session.row_count, session.allowed()

    def back() -> None:
        session.drop_rows_after(rows)
        session.allow(allowed)
        search.leaves = leaves

    return back
