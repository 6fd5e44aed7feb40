"""What is asked for and missed by a hair, less than a ten-millionth of its row, is met: nobody measures so finely."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from filiere.solver.programme.compile import Programme, Vector
from filiere.solver.programme.figures import figures
from filiere.solver.session.elastic import Elastic, Way, dropped, most_of
from filiere.solver.session.session import Session

HAIR = 1e-7
"""The part of a row's largest term by which it may be missed."""

ROOM = 1.01
"""By how much more than what is missed a row is widened: the solver meets its bounds to the last digits only."""


def met_by_a_hair(session: Session) -> bool:
    """Widen the rows that must give way, where they all do by a hair; return whether any plan is left so."""
    programme = session.programme
    found = figures(programme)
    ways, _ = dropped(programme, found, most_of(programme, found))
    if not ways:
        return False
    largest = abs(programme.matrix).max(axis=1).toarray()
    relaxed = Elastic(programme, [_sized(programme, way, largest) for way in ways]).columns(())
    if relaxed is None:
        return False
    columns = relaxed[: len(programme.columns)]
    activities, terms = programme.matrix @ columns, abs(programme.matrix) @ np.abs(columns)
    missed = np.maximum(np.maximum(programme.row_lower - activities, activities - programme.row_upper), 0.0)
    rows = np.flatnonzero(missed).astype(np.int32)
    if not len(rows) or (missed > HAIR * terms)[rows].any():
        return False
    session.widen(rows, ROOM * missed[rows])
    return True


def _sized(programme: Programme, way: Way, largest: Vector) -> Way:
    """A row without an amount of its own, such as a budget, gives way by a unit of what weighs most in it."""
    rows = {}
    for row, size in way.rows.items():
        bounds = (programme.row_lower[row], programme.row_upper[row])
        own = way.switches or any(bound and np.isfinite(bound) for bound in bounds)
        rows[row] = size if own else size * float(largest[row])
    return replace(way, rows=rows)
