"""Why an optimum has no end: the loop of processes and links that feeds on itself, in order."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace

import numpy as np
from scipy import sparse

from filiere.model.index import Index
from filiere.solution.solution import Conflict
from filiere.solver.programme.compile import Function, Name, Names, Programme, Vector
from filiere.solver.programme.places import cell_of_column, subject_of_column
from filiere.solver.session.session import Session

TRACE = 1e-9

_SHOWN = ("flow", "level", "offered", "served", "discarded", "grant", "stock", "expansion")
_RANK = {kind: i for i, kind in enumerate(("level", "offered", "grant", "expansion", "flow", "stock", "served"))}

Place = tuple[str, str]
"""(actor, product)."""


def members(programme: Programme, direction: Vector) -> tuple[Conflict, ...]:
    """Return the processes, links and other variables of one turn, in the order in which goods go round.

    ``change`` is what one turn moves, scaled so that the largest is 1.
    """
    x, columns = programme.index, programme.columns
    chosen = [int(i) for i in np.flatnonzero(direction > TRACE) if columns[i][0] in _SHOWN]
    return tuple(
        Conflict(cell_of_column(x, columns[i]), columns[i][0], subject_of_column(x, columns[i]), float(direction[i]))
        for i in _in_order(x, columns, chosen)
    )


def turn(session: Session, function: Function, held: Sequence[Function] = ()) -> Vector | None:
    """Return a direction along which ``function`` falls for ever and none of ``held`` rises: a smallest loop.

    Its largest member is 1. None where no direction is found.
    """
    found = session.ray(function)
    if found is None or not np.any(found > 0):
        return None
    found = found / found.max()
    small = _smallest(session.programme, found, function, held)
    direction = found if small is None else small
    shown = [direction[i] for i, (kind, _) in enumerate(session.programme.columns) if kind in _SHOWN]
    return np.asarray(direction / (max(shown, default=0.0) or direction.max()), dtype=float)


def _smallest(programme: Programme, found: Vector, function: Function, held: Sequence[Function]) -> Vector | None:
    """Return the smallest direction among the members of one found, which may carry passengers.

    A direction keeps every row within bounds for ever: rows bounded above do not rise, columns with an end stay.
    """
    size = len(programme.columns)
    extra = [function.coefficients, *(one.coefficients for one in held)]
    scales = [float(np.max(np.abs(row), initial=0.0)) or 1.0 for row in extra]
    extra = [row / scale for row, scale in zip(extra, scales, strict=True)]
    wanted = float(extra[0] @ found)
    if wanted >= 0.0:
        return None
    cone = replace(
        programme,
        matrix=sparse.csr_array(sparse.vstack([programme.matrix, np.array(extra)])),
        row_lower=np.concatenate([np.where(np.isfinite(programme.row_lower), 0.0, -np.inf), [-np.inf] * len(extra)]),
        row_upper=np.concatenate(
            [np.where(np.isfinite(programme.row_upper), 0.0, np.inf), [wanted], np.zeros(len(held))]
        ),
        column_lower=np.zeros(size),
        column_upper=np.where((found > TRACE) & ~np.isfinite(programme.column_upper), np.inf, 0.0),
        whole=np.zeros(size, dtype=bool),
        rows=Names((*programme.rows, *(("objective", i) for i in range(len(extra))))),
    )
    outcome = Session(cone).minimise(Function(np.ones(size), 0.0))
    return outcome.columns if outcome.optimal and outcome.columns.max(initial=0.0) > 0 else None


def _in_order(x: Index, columns: Sequence[Name], chosen: Sequence[int]) -> list[int]:
    """Follow the goods: each member after one that gives what it takes, beginning with what makes something."""
    takers: dict[Place, list[int]] = defaultdict(list)
    for i in chosen:
        for place in _takes(x, columns[i]):
            takers[place].append(i)
    given = {place for i in chosen for place in _gives(x, columns[i])}
    fed = {i for i in chosen if not given.isdisjoint(_takes(x, columns[i]))}
    waiting = sorted(chosen, key=lambda i: (i in fed, _RANK.get(columns[i][0], len(_RANK)), i))
    ordered: list[int] = []
    while waiting:
        following: int | None = waiting[0]
        while following is not None:
            ordered.append(following)
            waiting.remove(following)
            near = [t for place in _gives(x, columns[following]) for t in takers[place] if t in waiting]
            following = near[0] if near else None
    return ordered


def _takes(x: Index, name: Name) -> Iterable[Place]:
    kind, key = name
    if kind == "flow":
        yield (x.links[key[0]].from_, x.links[key[0]].product)
    elif kind == "level":
        yield from ((x.processes[key[0]].actor, p) for p in x.processes[key[0]].takes)
    elif kind == "served":
        yield (x.needs[key[0]].actor, x.needs[key[0]].product)
    elif kind in ("stock", "discarded"):
        yield key[:2]


def _gives(x: Index, name: Name) -> Iterable[Place]:
    kind, key = name
    if kind == "flow":
        yield (x.links[key[0]].to, x.links[key[0]].product)
    elif kind == "level":
        yield from ((x.processes[key[0]].actor, p) for p in x.processes[key[0]].outputs)
    elif kind == "offered":
        yield (x.offers[key[0]].actor, x.offers[key[0]].product)
    elif kind == "served" and x.needs[key[0]].returns:
        yield (x.needs[key[0]].actor, x.needs[key[0]].returns or "")
    elif kind == "stock":
        yield key[:2]
