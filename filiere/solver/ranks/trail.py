"""The steps that a solve of the ranks took, for others of the same programme with less room.

As long as one of those can still reach what a step reached, nothing of that step changes: no plan with less room is
better, and one is as good. So it goes on from the last step that it can reach; a single run tells whether it can.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from filiere.solver.programme.compile import Function
from filiere.solver.ranks.bound import Bound
from filiere.solver.ranks.footing import Footing, footing
from filiere.solver.ranks.step import Apart, Circular, Step
from filiere.solver.session.cases.search import Search
from filiere.solver.session.outcome import Outcome
from filiere.solver.session.session import Session

AS_GOOD = 1e-9
"""What is worse by no more than this, relative to it, is as good."""


@dataclass(frozen=True)
class Mark:
    """One step that was taken: what it ended with, and where the solve stood then."""

    step: Step
    outcome: Outcome
    footing: Footing

    def standing(self, session: Session, rows: Sequence[tuple[Function, float]]) -> Search | None:
        """Return a search that stands after this step and still reaches what it reached, None where none is found."""
        search = self.footing.search(session, rows)
        if search is None or (isinstance(self.step, Apart | Circular) and self.step.rank.tolerant):
            return None  # what it may give up of each of several figures could be spent otherwise
        function = self.step.function
        if isinstance(self.step, Bound):
            function = Function(np.zeros(len(function.coefficients)), 0.0)
        reached = function.at(self.outcome.columns)
        found = search.stands(function, self.footing.start)
        as_good = found is not None and function.at(found.columns) <= reached + AS_GOOD * max(1.0, abs(reached))
        return search if as_good else None


@dataclass
class Trail:
    """The steps of one solve, in order, up to the first that numbers were eased for."""

    marks: list[Mark] = field(default_factory=list)
    _whole: bool = True

    def begin(self, step: Step) -> None:
        """Let a step note what another solve has to ask of it."""
        if isinstance(step, Bound):
            step.noting = True

    def note(self, step: Step, search: Search, outcome: Outcome) -> None:
        """Note where a solve stands after a step."""
        self._whole = self._whole and not search.session.eased
        if self._whole:
            self.marks.append(Mark(step, outcome, footing(search)))

    def last_reached(
        self, session: Session, rows: Sequence[tuple[Function, float]]
    ) -> tuple[Search, Sequence[Mark]] | None:
        """Return a search that stands after the last step that can still be reached in full, and the steps so far.

        The session's programme is that of the trail with lower upper bounds, and ``rows`` are held besides. None where
        not even the first step is known to be reached.
        """
        bounded = next((i for i, mark in enumerate(self.marks) if isinstance(mark.step, Bound)), None)
        reached, stands = 0, None
        if bounded is not None and self._is_same_bound(self.marks[bounded].step, session, rows):
            reached = bounded
        elif bounded is not None and bounded == 0:
            return None
        last = len(self.marks) if bounded is None or reached == bounded else bounded
        for count in range(reached, last):
            found = self.marks[count].standing(session, rows)
            if found is None:
                break
            reached, stands = count + 1, found
        if stands is None:
            return None
        if reached < last:
            again = self.marks[reached - 1].footing.search(session, rows)
            assert again is not None
            again.go_on_from(stands)
            stands = again
        return stands, self.marks[:reached]

    def _is_same_bound(self, step: Step, session: Session, rows: Sequence[tuple[Function, float]]) -> bool:
        assert isinstance(step, Bound)
        search = None if step.footing is None else step.footing.search(session, rows)
        return search is not None and step.footing is not None and step.same(search, step.footing.start)
