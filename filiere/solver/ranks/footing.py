"""Where a solve stands after a step of it: for another with less room, which may still reach all of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from filiere.solver.programme.compile import Function, Programme, Vector
from filiere.solver.session.cases.case import Case
from filiere.solver.session.cases.search import Search
from filiere.solver.session.highs import Start
from filiere.solver.session.moments import Moment
from filiere.solver.session.session import Session


@dataclass(frozen=True)
class Footing:
    """What was held, the cases left, the whole columns' values in the last optimum, and where its run ended."""

    moment: Moment
    leaves: tuple[Case, ...]
    incumbent: Vector | None
    start: Start

    def search(self, session: Session, rows: Sequence[tuple[Function, float]]) -> Search | None:
        """Return a search that stands there, in a session whose programme may have lower upper bounds, and with these
        ``rows`` held at most so much besides; None where whole columns as they were then are not allowed.
        """
        if not session.back_to(self.moment):
            return None
        for function, most in rows:
            session.hold(function, most)
        programme = session.programme
        if self.incumbent is None or not programme.has_whole_columns:
            return Search(session)
        whole = np.flatnonzero(programme.whole)
        incumbent = np.clip(self.incumbent, programme.column_lower[whole], programme.column_upper[whole])
        leaves = [case for case in (_within(leaf, programme) for leaf in self.leaves) if case is not None]
        values = dict(zip(whole.tolist(), incumbent.tolist(), strict=True))
        if not any(all(low <= values[column] <= high for column, (low, high) in case.items()) for case in leaves):
            return None
        return Search(session, leaves=leaves, incumbent=incumbent)


def footing(search: Search) -> Footing:
    """Return where a search stands."""
    session = search.session
    return Footing(session.moment(), tuple(search.leaves), search.incumbent, session.start)


def _within(case: Case, programme: Programme) -> Case | None:
    """Return a case within the bounds of a programme, None where nothing of it is."""
    found = {
        column: (max(low, float(programme.column_lower[column])), min(high, float(programme.column_upper[column])))
        for column, (low, high) in case.items()
    }
    return found if all(low <= high for low, high in found.values()) else None
