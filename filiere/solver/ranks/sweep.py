"""Traces: a held rank has a slack of a billionth, and a later rank spends it on a few grams of something.

They mean nothing and would be read as relations. Those columns are set to 0 and the last rank is solved once more;
where that leaves no plan, with every held rank loosened by a hundred-millionth: the certificate asks for a millionth.
Where ranks have left some figures one value alone, these are given as much room.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

import numpy as np

from filiere.model.index import Index
from filiere.solver.programme.compile import Function, Programme, Vector
from filiere.solver.session.session import Session

TRACE = 1e-6
"""What is smaller than this share of the largest figure of its kind is a trace."""

SLACK = 1e-8


def has_traces(columns: Vector) -> bool:
    """Whether any figure is so small that it may be a trace."""
    return bool(np.any((columns != 0.0) & (columns < TRACE * columns.max(initial=0.0))))


def sweep_traces(session: Session, columns: Vector, last: Function) -> Vector:
    """Return the plan without its traces, the best by ``last``, or as it was where they cannot be spared."""
    if not has_traces(columns):
        return columns
    lower = session.allowed().columns[0]
    traces = [
        i
        for kind in _kinds(session.programme, np.flatnonzero(columns).tolist()).values()
        for i in _small(columns, kind)
        # What a rank asks for, however little, is no trace; what its slack alone asks for is.
        if lower[i] <= SLACK * columns[kind].max(initial=0.0)
    ]
    if not traces:
        return columns
    session.bound_columns(traces, 0.0)
    outcome = session.minimise(last)
    if not outcome.optimal:
        session.loosen(SLACK)
        outcome = session.minimise(last)
    if not outcome.optimal:
        session.unpin(SLACK)
        outcome = session.minimise(last)
    if not outcome.optimal:
        return columns
    spared = outcome.columns.copy()
    spared[traces] = 0.0  # a basic column stands as far from its bound as the solver tolerates
    return spared


def _kinds(programme: Programme, used: list[int]) -> dict[Any, list[int]]:
    """Of some columns, those whose figures compare: those of one product, of one activity, of money."""
    found: dict[Any, list[int]] = defaultdict(list)
    for i in used:
        kind = _kind(programme.index, *programme.columns[i])
        if kind is not None:
            found[kind].append(i)
    return found


def _kind(x: Index, variable: str, key: Any) -> Any:
    if variable in ("flow", "offered", "served", "unmet", "unmet_year"):
        rows: Any = x.links if variable == "flow" else x.offers if variable == "offered" else x.needs
        return ("product", rows[key[0] if isinstance(key, tuple) else key].product)
    if variable in ("stock", "discarded", "left_over"):
        return ("product", key[1])
    if variable == "chosen":
        return ("product", key[2])
    if variable == "level":
        return ("level", key[0])
    return "money" if variable in ("grant", "deficit", "worse", "paid", "received") else None


def _small(columns: Vector, kind: list[int]) -> Iterator[int]:
    values = columns[kind]
    largest = float(values.max(initial=0.0))
    return (kind[i] for i in np.flatnonzero((values != 0.0) & (values < TRACE * largest)))
