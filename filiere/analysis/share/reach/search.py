"""What a coalition gains at best, and what no part of it can exceed: cases of one programme, each near a wider one.

At the prices of a coalition's best plan, what every bound and row allows beyond today is worth something; a part of the
coalition has no more than what its own members' bounds and rows are worth, and what nobody owns (Owen 1975). So a
coalition begins with the cases of whole numbers that a wider one left, and most need not be solved again.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from filiere.analysis.share.reach.moving import Moving
from filiere.solver.programme.compile import Function, Names, Programme, Vector
from filiere.solver.replan.narrow import Narrow, Narrowed
from filiere.solver.session.answer import Answer
from filiere.solver.session.highs import Start

MOST_KEPT = 5000
"""Coalitions whose cases are kept, for those with a member fewer to begin with."""
LARGEST_TREE, MOST_CASES = 400, 40
"""Cases tried for one coalition before its value is worked out otherwise, and cases that another begins with."""
MOVED = 1e-9
"""A figure that differs by more than this, relative to itself, was moved."""
WHOLE = 1e-6
"""Nearer than this to a whole number, a column is tried at that number."""
EXACT = 1e-9
"""So near, it is that number."""


@dataclass(frozen=True)
class Bound:
    """No part of a coalition gains more than ``rest`` and the ``prices`` of its members together."""

    rest: float
    prices: Vector

    def of(self, members: Vector) -> float:
        """Return what these members, 1 or 0 each, gain at most."""
        return self.rest + float(self.prices @ members)


@dataclass(frozen=True)
class Case:
    """Bounds of the whole columns, where their optimum ended, and what no coalition gains beyond in them."""

    low: Vector
    high: Vector
    start: Start | None
    bound: Bound


@dataclass(frozen=True)
class Reached:
    """The value of a coalition, whose figures its plan moves, and cases that hold all it could have done."""

    value: float
    movers: int
    cases: tuple[Case, ...]


class CoalitionSearch:
    """Coalitions solved one after another on the columns that any of them may move."""

    def __init__(self, programme: Programme, total: Function, today: Vector, moving: Moving, size: int) -> None:
        self._size, self._today_value = size, total.at(today)
        mentioned = np.diff(programme.matrix.tocsc().indptr) > 0
        free = (moving.needed >= 0) & (programme.column_lower < programme.column_upper)
        kept = np.flatnonzero(free & (mentioned | (total.coefficients != 0.0)))
        stays = np.ones(len(today), dtype=bool)
        stays[kept] = False
        columns = programme.matrix[:, kept].tocsr()
        rows = np.flatnonzero(np.diff(columns.indptr) > 0)
        fixed = programme.matrix[rows] @ np.where(stays, today, 0.0)
        self._needed, self._today = moving.needed[kept], today[kept]
        self._programme = replace(
            programme, matrix=columns[rows], row_lower=programme.row_lower[rows] - fixed,
            row_upper=programme.row_upper[rows] - fixed, column_lower=programme.column_lower[kept],
            column_upper=programme.column_upper[kept], whole=programme.whole[kept],
            rows=Names(programme.rows[i] for i in rows), columns=Names(programme.columns[i] for i in kept),
        )  # fmt: skip
        constant = total.constant + float((total.coefficients * today)[stays].sum())
        self._narrowed = Narrowed(self._programme, Function(total.coefficients[kept], constant))
        self._whole = np.flatnonzero(self._programme.whole)
        self._activity = self._programme.matrix @ self._today
        self._owned = _owned(self._programme, self._needed, size)
        self._cases: dict[int, tuple[Case, ...]] = {}

    def reached(self, coalition: int) -> Reached | None:
        """Return what a coalition gains at best; None where numbers fail."""
        moves = (self._needed & ~np.int64(coalition)) == 0
        lower = np.where(moves, self._programme.column_lower, self._today)
        upper = np.where(moves, self._programme.column_upper, self._today)
        members = np.array([coalition >> i & 1 for i in range(self._size)], dtype=float)
        found = self._best(lower, upper, members, self._begin(coalition))
        if found is None:
            return None
        best, kept = found
        if len(self._cases) < MOST_KEPT:
            self._cases[coalition] = kept
        return Reached(max(0.0, self._today_value - best.value), self._movers(best.columns), kept)

    def _begin(self, coalition: int) -> tuple[Case, ...]:
        """Return the cases that a coalition with a member more left, else all together, else the one of everything."""
        more = (coalition | 1 << i for i in range(self._size) if not coalition >> i & 1)
        known = next((self._cases[one] for one in more if one in self._cases), None)
        known = known or self._cases.get((1 << self._size) - 1)
        if known is not None and len(known) <= MOST_CASES:
            return known
        low, high = self._programme.column_lower[self._whole], self._programme.column_upper[self._whole]
        start = known[0].start if known is not None else None
        return (Case(low, high, start, Bound(np.inf, np.zeros(self._size))),)

    def _best(
        self, lower: Vector, upper: Vector, members: Vector, begin: Sequence[Case]
    ) -> tuple[Narrow, tuple[Case, ...]] | None:  # fmt: skip
        """Return the best plan within bounds, and cases that hold all that there is; None where it is not known."""
        best: Narrow | None = None
        kept: list[Case] = []
        start: Start | None = None
        # The case that may hold most is last; after the first, each is near the one before.
        open_cases = sorted(begin, key=lambda case: case.bound.of(members))
        for _ in range(LARGEST_TREE):
            if not open_cases:
                return (best, tuple(kept)) if best is not None else None
            case = open_cases.pop()
            if best is not None and case.bound.of(members) <= self._today_value - best.value + _near(best):
                kept.append(case)
                continue
            low, high = np.maximum(case.low, lower[self._whole]), np.minimum(case.high, upper[self._whole])
            if np.any(low > high + WHOLE):
                continue
            bounds = lower.copy(), upper.copy()
            bounds[0][self._whole], bounds[1][self._whole] = np.minimum(low, high), high
            found = self._narrowed.solve(*bounds, None if start else case.start)
            start = found.start or start
            if found.answer is Answer.INFEASIBLE:
                continue
            if found.answer is not Answer.OPTIMAL:
                return None
            solved = replace(case, start=found.start, bound=self._bound(found, *bounds))
            if best is not None and found.value >= best.value - _near(best):
                kept.append(solved)
            elif self._is_whole(found.columns):
                best = found
                kept.append(solved)
            else:
                open_cases += self._split(solved, low, high, found.columns)
        return None

    def _is_whole(self, columns: Vector) -> bool:
        values = columns[self._whole]
        return bool(np.all(np.abs(values - np.round(values)) <= EXACT))

    def _split(self, case: Case, low: Vector, high: Vector, columns: Vector) -> list[Case]:
        """Return both sides of the whole column farthest from whole, the nearer last: it is tried first.

        What is nearly whole in all of them is split all the same; its sides are whole soon.
        """
        values = columns[self._whole]
        at = int(np.argmax(np.where(low < high, np.abs(values - np.round(values)), -1.0)))
        floor = min(float(np.floor(values[at] + WHOLE)), float(high[at]) - 1.0)
        below, above = case.high.copy(), case.low.copy()
        below[at], above[at] = floor, floor + 1.0
        sides = [replace(case, high=below), replace(case, low=above)]
        return sides if values[at] - floor > 0.5 else sides[::-1]

    def _movers(self, columns: Vector) -> int:
        moved = np.abs(columns - self._today) > MOVED * np.maximum(1.0, np.abs(self._today))
        found = 0
        for members in np.unique(self._needed[moved]).tolist():
            found |= members
        return found

    def _bound(self, found: Narrow, lower: Vector, upper: Vector) -> Bound:
        rows = self._programme
        worth = np.concatenate([
            _allowed(found.column_prices, lower, upper, self._today),
            _allowed(found.row_prices, rows.row_lower, rows.row_upper, self._activity),
        ])  # fmt: skip
        prices = self._owned @ worth
        missed = self._today_value - found.value - float(worth.sum())
        return Bound(float(worth.sum() - prices.sum()) + max(0.0, missed), prices)


def _near(best: Narrow) -> float:
    return 1e-9 * max(1.0, abs(best.value))


def _allowed(prices: Vector, lower: Vector, upper: Vector, today: Vector) -> Vector:
    """Return what each row or bound allows beyond today, times its price: a saving."""
    bound = np.where(prices > 0.0, lower, upper)
    return np.asarray(prices * (today - np.where((prices == 0.0) | ~np.isfinite(bound), today, bound)))


def _owned(programme: Programme, needed: npt.NDArray[np.int64], size: int) -> npt.NDArray[np.float64]:
    """Return players × (columns, then rows): who must be there for it to count, in equal parts.

    A row counts where any of its columns may move: a player whom they all need owns it.
    """
    matrix = programme.matrix
    spans = zip(matrix.indptr, matrix.indptr[1:], strict=False)
    of_rows = np.array([np.bitwise_and.reduce(needed[matrix.indices[a:b]]) for a, b in spans], dtype=np.int64)
    masks = np.concatenate([needed, of_rows])
    members = ((masks >> np.arange(size)[:, None]) & 1).astype(float)
    return np.asarray(members / np.maximum(1.0, members.sum(axis=0)))
