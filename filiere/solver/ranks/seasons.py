"""Seasons: of plans that are the same over the year, the one whose deliveries and activities are the most even.

The closing rank that tells equal plans apart by names leaves each at a corner: the market's bread in autumn alone.
Nothing that was ranked is lost by spreading it: every figure keeps its sum over the year. Plans as even are told apart
by the same names, at a thousandth of the weight.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
from scipy import sparse

from filiere.model.closing import CLOSING, worth_of_level
from filiere.solver.programme.compile import Function, Name, Names, Programme, Vector
from filiere.solver.ranks.ranks import Ranked
from filiere.solver.session.session import Session

LARGEST = 50_000
"""Columns past which a plan keeps the seasons that it came with."""

SEASONAL = (
    "flow", "level", "offered", "served", "unmet", "stock", "discarded", "left_over", "chosen", "reused",
)  # fmt: skip
"""What is counted by period; an input's use again has its period before the input."""

BY_NAME = [*CLOSING][-1]
TOLD_APART = 1e-3
"""The weight of names beside what is uneven."""

NEAR = 1e-9
"""What is less uneven than this share of everything is even."""

TRACE = 1e-8
"""What is smaller than this share of its year is nothing."""

Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Evened:
    """A flow or a level: its worth, its columns in the order of the periods, and its sum over the year."""

    worth: float
    columns: list[int]
    total: float


def evened(programme: Programme, ranked: Ranked) -> Ranked:
    """Return what the ranks gave, with the same sums over the year and deliveries and levels as even as they go.

    Whole numbers stay as they are, and so does the plan where nothing is gained or numbers fail.
    """
    x = programme.index
    if len(x.periods) < 2 or len(programme.columns) > LARGEST or ranked.stopped:
        return ranked
    columns, sums = ranked.columns, _sums(programme)
    rows = [
        Evened(_worth(programme, name), members, float(columns[members].sum()))
        for name, members in sums.items()
        if name[0] in ("flow", "level") and len(members) == len(x.periods)
    ]
    rows = [row for row in rows if row.total > 0.0]
    free = np.zeros(len(columns), dtype=bool)
    free[[j for members in sums.values() for j in members]] = True
    free &= ~programme.whole
    shares = np.asarray(x.shares, dtype=float)
    uneven = sum(row.worth * np.maximum(0.0, columns[row.columns] - shares * row.total).sum() for row in rows)
    if uneven <= NEAR * sum(row.worth * row.total for row in rows):
        return ranked
    found = _spread(programme, columns, free, list(sums.values()), rows, shares)
    if found is None or not programme.holds(found):
        return ranked
    named = programme.functions[BY_NAME].at(found)
    closing = [replace(one, final=named) if one.objective == BY_NAME else one for one in ranked.closing]
    return replace(ranked, columns=found, closing=closing)


def _sums(programme: Programme) -> dict[Name, list[int]]:
    """Return the columns of each figure that is counted by period, in the order of the periods."""
    found: dict[Name, list[int]] = defaultdict(list)
    for j, (family, key) in enumerate(programme.columns):
        if family in SEASONAL:
            found[family, (key[0], *key[2:]) if family == "reused" else key[:-1]].append(j)
    return found


def _worth(programme: Programme, name: Name) -> float:
    x, (family, key) = programme.index, name
    if family == "flow":
        return x.chain.products[x.links[key[0]].product].value
    return worth_of_level(x, key[0])


def _spread(
    programme: Programme,
    columns: Vector,
    free: Flags,
    sums: Sequence[list[int]],
    rows: Sequence[Evened],
    shares: Vector,
) -> Vector | None:
    """Minimise what is above an even year, by value; None where numbers fail."""
    wide = _with_parts_above(programme, columns, free, sums, rows, shares)
    named = programme.functions[BY_NAME].coefficients * free
    worth = np.repeat([row.worth for row in rows], len(shares))
    outcome = Session(wide).minimise(Function(np.concatenate([TOLD_APART * named, worth]), 0.0))
    if not outcome.optimal:
        return None
    found = np.where(free, outcome.columns[: len(columns)], columns)
    of_the_year = np.zeros(len(columns))
    for members in sums:
        of_the_year[members] = columns[members].sum()
    return np.where(free & (np.abs(found) <= TRACE * of_the_year), 0.0, found)


def _with_parts_above(
    programme: Programme,
    columns: Vector,
    free: Flags,
    sums: Sequence[list[int]],
    rows: Sequence[Evened],
    shares: Vector,
) -> Programme:
    """Return the programme around a plan: what is not free as it is, each sum over the year kept, and for each flow or
    level and period a column for what is above its even part.
    """
    count, extra = len(columns), len(rows) * len(shares)
    reached = programme.matrix @ columns
    members = np.array([row.columns for row in rows]).ravel()
    above = sparse.csr_array(
        (
            np.concatenate([np.ones(extra), -np.ones(extra)]),
            (np.tile(np.arange(extra), 2), np.concatenate([members, count + np.arange(extra)])),
        ),
        shape=(extra, count + extra),
    )
    parts = (np.array([row.total for row in rows])[:, None] * shares).ravel()
    at = np.repeat(np.arange(len(sums)), [len(some) for some in sums])
    places = np.concatenate([np.asarray(some, dtype=np.intp) for some in sums])
    totals = sparse.csr_array((np.ones(len(places)), (at, places)), shape=(len(sums), count))
    kept = totals @ columns
    none = sparse.csr_array((programme.matrix.shape[0] + len(sums), extra))
    matrix = sparse.vstack([sparse.hstack([sparse.vstack([programme.matrix, totals]), none]), above])
    lower = np.where(free, np.minimum(programme.column_lower, columns), columns)
    upper = np.where(free, np.maximum(programme.column_upper, columns), columns)
    return replace(
        programme,
        matrix=sparse.csr_array(matrix),
        row_lower=np.concatenate([np.minimum(programme.row_lower, reached), kept, np.full(extra, -np.inf)]),
        row_upper=np.concatenate([np.maximum(programme.row_upper, reached), kept, parts]),
        column_lower=np.concatenate([lower, np.zeros(extra)]),
        column_upper=np.concatenate([upper, np.full(extra, np.inf)]),
        whole=np.zeros(count + extra, dtype=bool),
        rows=Names((*programme.rows, *(("of_the_year", i) for i in range(len(sums) + extra)))),
        columns=Names((*programme.columns, *(("above", i) for i in range(extra)))),
    )
