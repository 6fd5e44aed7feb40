"""Why there is no plan: the smallest set of cells that clash, or the loop that feeds on itself."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence

import numpy as np
from scipy import sparse

from filiere.solution.solution import Conflict
from filiere.solver.compile import Function, Programme, Vector
from filiere.solver.places import (
    cell_of_column,
    cell_of_row,
    rests_on_a_cell,
    subject_of_column,
    subject_of_row,
)
from filiere.solver.search import Search
from filiere.solver.session import Session

GIVES_WAY = 1e-7
"""A row that gives way by less than this, relative to its own size, does not give way."""


def conflicts(programme: Programme) -> tuple[Conflict, ...]:
    """Return an irreducible set of typed figures that cannot hold together.

    Elastic filter (Chinneck, J. W. and Dravnieks, E. W., 1991, Locating minimal infeasible constraint sets in
    linear programs, ORSA Journal on Computing 3(2)): every row that rests on a cell may give way at a price
    relative to its size; those that must are made hard, until nothing is left to give; then each is tried
    without. Whole columns stay whole. ``change`` is how far the row would have to give way if it alone did.
    """
    elastic = [i for i, name in enumerate(programme.rows) if rests_on_a_cell(name)]
    suspects = _suspects(programme, elastic)
    members = _irreducible(programme, suspects, elastic)
    found = [_conflict(programme, row, members, elastic) for row in members]
    return tuple(sorted(found, key=lambda c: (str(c.cell), c.row)))


def _suspects(programme: Programme, elastic: Sequence[int]) -> list[int]:
    """Rows that, held hard together, leave no plan; those that must give way the most come last, to be kept."""
    hard: dict[int, float] = {}
    while True:
        free = [row for row in elastic if row not in hard]
        given = _give_way(programme, free)
        giving = {} if given is None else {
            row: amount for row, amount in zip(free, given.tolist(), strict=True) if amount > GIVES_WAY
        }  # fmt: skip
        if not giving:
            return sorted(hard, key=lambda row: hard[row])
        hard |= giving


def _irreducible(programme: Programme, suspects: Sequence[int], elastic: Sequence[int]) -> list[int]:
    """Drop every suspect without which the rest still clash."""
    members = list(suspects)
    for row in list(members):
        rest = [other for other in members if other != row]
        if _give_way(programme, [other for other in elastic if other not in set(rest)]) is None:
            members = rest
    return members


def _conflict(programme: Programme, row: int, members: Sequence[int], elastic: Sequence[int]) -> Conflict:
    others = set(members) - {row}
    free = [other for other in elastic if other not in others]
    given = _give_way(programme, free)
    alone = 0.0 if given is None else given[free.index(row)] * _size(programme, row)
    x = programme.index
    name = programme.rows[row]
    return Conflict(cell_of_row(x, name), name[0], subject_of_row(x, name), float(alone))


def _size(programme: Programme, row: int) -> float:
    bounds = [abs(b) for b in (programme.row_lower[row], programme.row_upper[row]) if np.isfinite(b)]
    return max([1e-6, *bounds]) if max(bounds, default=0.0) > 0 else 1.0


def _give_way(programme: Programme, free: Sequence[int]) -> Vector | None:
    """Return by how much of its size each free row gives way at the least, None where even that is no plan."""
    count = len(programme.columns)
    above = [row for row in free if np.isfinite(programme.row_upper[row])]
    below = [row for row in free if np.isfinite(programme.row_lower[row])]
    slack_rows = np.array([*above, *below], dtype=int)
    signs = np.array([-1.0] * len(above) + [1.0] * len(below))
    sizes = np.array([_size(programme, row) for row in slack_rows])
    slacks = sparse.coo_array(
        (signs * sizes, (slack_rows, np.arange(len(slack_rows)))),
        shape=(len(programme.rows), len(slack_rows)),
    )
    relaxed = dataclasses.replace(
        programme,
        matrix=sparse.csr_array(sparse.hstack([programme.matrix, slacks])),
        column_lower=np.concatenate([programme.column_lower, np.zeros(len(slack_rows))]),
        column_upper=np.concatenate([programme.column_upper, np.full(len(slack_rows), np.inf)]),
        whole=np.concatenate([programme.whole, np.zeros(len(slack_rows), dtype=bool)]),
        columns=(*programme.columns, *(("gives_way", int(row)) for row in slack_rows)),
    )
    price = Function(np.concatenate([np.zeros(count), np.ones(len(slack_rows))]), 0.0)
    outcome = Search(Session(relaxed)).minimise(price)
    if not outcome.optimal:
        return None
    given = dict.fromkeys(free, 0.0)
    for row, amount in zip(slack_rows.tolist(), outcome.columns[count:].tolist(), strict=True):
        given[row] += amount
    return np.array([given[row] for row in free])


def loop(session: Session, function: Function) -> tuple[Conflict, ...]:
    """Return the processes, links and other variables along which the objective improves for ever.

    ``change`` is what one turn of the loop moves, scaled so that the largest is 1.
    """
    direction = session.ray(function)
    if direction is None or not np.any(direction > 0):
        return ()
    programme = session.programme
    direction = direction / direction.max()
    members = [
        Conflict(
            cell_of_column(programme.index, programme.columns[i]),
            programme.columns[i][0],
            subject_of_column(programme.index, programme.columns[i]),
            float(direction[i]),
        )
        for i in np.flatnonzero(direction > 1e-9)
        if programme.columns[i][0] in ("flow", "level", "offered", "served", "discarded", "grant", "stock", "expansion")
    ]
    return tuple(sorted(members, key=lambda c: (c.row, str(c.cell), c.subject)))
