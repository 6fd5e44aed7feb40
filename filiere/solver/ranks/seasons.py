"""Seasons: of plans that are the same over the year, the one whose deliveries and activities are the most even.

The closing rank that tells equal plans apart by names leaves each at a corner: the market's bread in autumn alone.
Nothing that was ranked is lost by spreading it: every figure keeps its sum over the year. Plans as even are told apart
by the same names, at a thousandth of the weight.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import repeat

import numpy as np
import numpy.typing as npt
from scipy import sparse

from filiere.model.closing import CLOSING, worth_of_level
from filiere.solver.programme.compile import Function, Name, Names, Programme, Vector
from filiere.solver.programme.parts import part_of, parts
from filiere.solver.ranks.ranks import Ranked
from filiere.solver.session.outcome import FEASIBILITY
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

LEAST = 1e-6
"""What comes to less than this over the year, in its unit, stays in its season."""

TRACE = 1e-8
"""What is smaller than this share of its year is nothing."""

ROUNDING = (1e-12, 1e-8)
"""What a row may be missed by, relative to what it adds up: held to its last digits, a plan was told infeasible. All of
it is used up, in every figure that is shown: the larger one only where the smaller leaves no plan.
"""

Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Evened:
    """A flow or a level: its worth, its columns in the order of the periods, and its sum over the year."""

    worth: float
    columns: list[int]
    total: float


@dataclass(frozen=True)
class Year:
    """A plan and what of it may move between the periods: ``free`` columns, of which each of ``sums`` keeps its sum."""

    plan: Vector
    shares: Vector
    free: Flags
    sums: Sequence[list[int]]
    evened: Sequence[Evened]

    @property
    def uneven(self) -> float:
        """What of all flows and levels is above their part of an even year, by value."""
        above = (np.maximum(0.0, self.plan[row.columns] - self.shares * row.total).sum() for row in self.evened)
        return float(sum(row.worth * over for row, over in zip(self.evened, above, strict=True)))

    @property
    def everything(self) -> float:
        """All flows and levels, by value."""
        return sum(row.worth * row.total for row in self.evened)


def evened(programme: Programme, ranked: Ranked) -> Ranked:
    """Return what the ranks gave, with the same sums over the year and deliveries and levels as even as they go.

    Whole numbers stay as they are, and so does the plan where nothing is gained or numbers fail.
    """
    if len(programme.index.periods) < 2 or len(programme.columns) > LARGEST or ranked.stopped:
        return ranked
    year = year_of(programme, ranked.columns)
    if year.uneven <= NEAR * year.everything:
        return ranked
    found = _spread(programme, year)
    if found is None or not programme.holds(found):
        return ranked
    named = programme.functions[BY_NAME].at(found)
    closing = [replace(one, final=named) if one.objective == BY_NAME else one for one in ranked.closing]
    return replace(ranked, columns=found, closing=closing)


def year_of(programme: Programme, plan: Vector) -> Year:
    """Return what of a plan is counted by period; what comes to nothing over the year has nothing to move."""
    figures = plan.tolist()
    sums = {name: members for name, members in _sums(programme).items() if sum(figures[j] for j in members) > LEAST}
    free = np.zeros(len(plan), dtype=bool)
    free[[j for members in sums.values() for j in members]] = True
    free &= ~programme.whole
    x = programme.index
    rows = [
        Evened(_worth(programme, name), members, float(plan[members].sum()))
        for name, members in sums.items()
        if name[0] in ("flow", "level") and len(members) == len(x.periods) and free[members].all()
    ]
    shares = np.asarray(x.shares, dtype=float)
    return Year(plan, shares, free, [[j for j in members if free[j]] for members in sums.values()], rows)


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


def _spread(programme: Programme, year: Year) -> Vector | None:
    """Minimise what is above an even year, by value; None where numbers fail."""
    at, plan = np.flatnonzero(year.free), year.plan
    uneven = unevenness(programme, year)
    for rounding in ROUNDING:
        columns = _least(with_parts_above(programme, year, rounding), uneven, rounding)
        if columns is not None:
            break
    else:
        return None
    found = plan.copy()
    found[at] = columns[: len(at)]
    of_the_year = np.zeros(len(plan))
    for members in year.sums:
        of_the_year[members] = plan[members].sum()
    return np.where(year.free & (np.abs(found) <= TRACE * of_the_year), 0.0, found)


def unevenness(programme: Programme, year: Year) -> Function:
    """What is above an even year, by value, and names at a small weight: over the free columns and the parts above."""
    named = programme.functions[BY_NAME].coefficients[year.free]
    worth = np.repeat([row.worth for row in year.evened], len(year.shares))
    return Function(np.concatenate([TOLD_APART * named, worth]), 0.0)


def _least(programme: Programme, uneven: Function, rounding: float) -> Vector | None:
    """Return the columns that are least uneven, of each part by itself; None where numbers fail in one."""
    found = np.zeros(len(programme.columns))
    for columns in parts(programme):
        session = Session(part_of(programme, columns))
        session.ease(max(rounding, FEASIBILITY / 10))
        # Held to its last digits, what is told infeasible is believed: from scratch, numbers failed for long.
        outcome = session.minimise(Function(uneven.coefficients[columns], 0.0), rounding < ROUNDING[-1])
        if not outcome.optimal:
            return None
        found[columns] = outcome.columns
    return found


def with_parts_above(programme: Programme, year: Year, rounding: float = ROUNDING[0]) -> Programme:
    """Return the programme around a plan: of its columns those that are free, of its rows those that they stand in,
    each sum over the year kept, and for each flow or level and period a column for what is above its even part.
    """
    at, plan = np.flatnonzero(year.free), year.plan
    count, extra = len(at), len(year.evened) * len(year.shares)
    place = np.zeros(len(plan), dtype=np.intp)
    place[at] = np.arange(count)
    of_free = sparse.csr_array(sparse.csc_array(programme.matrix)[:, at])
    touched = np.flatnonzero(np.diff(of_free.indptr))
    reached = (programme.matrix @ plan)[touched]
    of_free = sparse.csr_array(of_free[touched])
    others = reached - of_free @ plan[at]
    slack = rounding * (abs(of_free) @ plan[at])
    members = place[np.array([row.columns for row in year.evened], dtype=np.intp).ravel()]
    ones = np.ones(extra)
    above = sparse.hstack([
        sparse.csr_array((ones, (np.arange(extra), members)), shape=(extra, count)),
        sparse.dia_array((-ones[None, :], [0]), shape=(extra, extra)),
    ])  # fmt: skip
    parts = (np.array([row.total for row in year.evened])[:, None] * year.shares).ravel()
    which = np.repeat(np.arange(len(year.sums)), [len(some) for some in year.sums])
    places = place[np.concatenate([np.asarray(some, dtype=np.intp) for some in year.sums])]
    totals = sparse.csr_array((np.ones(len(places)), (which, places)), shape=(len(year.sums), count))
    kept = totals @ plan[at]
    none = sparse.csr_array((len(touched) + len(year.sums), extra))
    matrix = sparse.vstack([sparse.hstack([sparse.vstack([of_free, totals]), none]), above])
    row_lower, row_upper = programme.row_lower[touched], programme.row_upper[touched]
    return replace(
        programme,
        matrix=sparse.csr_array(matrix),
        row_lower=np.concatenate(
            [np.minimum(row_lower, reached) - others - slack, kept * (1.0 - rounding), np.full(extra, -np.inf)]
        ),
        row_upper=np.concatenate([np.maximum(row_upper, reached) - others + slack, kept * (1.0 + rounding), parts]),
        column_lower=np.concatenate([np.minimum(programme.column_lower, plan)[at], np.zeros(extra)]),
        column_upper=np.concatenate([np.maximum(programme.column_upper, plan)[at], np.full(extra, np.inf)]),
        whole=np.zeros(count + extra, dtype=bool),
        rows=Names(zip(repeat("row"), range(len(touched) + len(year.sums) + extra))),
        columns=Names(zip(repeat("column"), range(count + extra))),
    )
