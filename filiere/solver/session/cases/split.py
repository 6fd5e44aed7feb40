"""Cases still to be solved: which of them, in which order, by which column they are split, and how far."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from filiere.solver.programme.compile import Programme, Vector
from filiere.solver.session.cases.case import Case, Widest, common, meet, rest
from filiere.solver.session.cases.known import Proved
from filiere.solver.session.effort import Gains
from filiere.solver.session.highs import Start
from filiere.solver.session.proofs import Priced

WHOLE = 1e-6
"""Nearer than this to a whole number, a column is tried at that number."""

LARGEST_TREE, MOST_OF_TRADED = 1000, 5
"""Cases tried in one rank before branch-and-cut takes over, and those split by one of ``TRADED`` at ``MANY_VALUES``."""

LAST = "lots"
"""Columns that a case is split by once no other is left: a lot more or less of one link decides little."""

TRADED, MANY_VALUES = ("runs_in_period", LAST), 20
"""Columns of many values that take what is not whole from each other: a trip less in one season is one in the next, so
that each split only moves it. What is whole over the year closes its tree within some hundred cases.
"""

WORSE = 1 / 8
"""The share of parts proved worse from which solving the others one by one takes less than splitting anew."""


@dataclass(frozen=True)
class Open:
    """A case still to be solved: no plan in it is below ``least``, the optimum of the one that it was split from, by
    which column, which way, and how far away the nearest whole number was. ``start`` is where its run may begin.
    """

    case: Case
    least: float = -np.inf
    column: int = -1
    up: bool = False
    distance: float = 1.0
    start: Start | None = None

    def gain(self, reached: float) -> float:
        """By how much its optimum is above the one that it was split from, for each unit of the column."""
        return max(0.0, reached - self.least) / max(self.distance, 1e-9)


def opened(
    leaf: Case, known: Sequence[Proved], least: Callable[[Case, Priced], float], worst: float, widest: Widest
) -> list[Open]:
    """Split a case into those parts, the best last; leave it whole where few of them are proved worse than ``worst``.

    ``least`` says what the function comes to at least in a case, by what was proved then. What an earlier rank ruled
    out then may do better now: it is a part of its own.
    """
    parts = []
    for one in known:
        case = common(leaf, {column: meet(bounds, widest(column)) for column, bounds in one.case.items()})
        if case is not None:
            parts.append(Open(case, -np.inf if one.priced is None else least(case, one.priced), start=one.start))
    if len(parts) == 1 and parts[0].case == leaf:
        return parts
    worse = sum(part.least > worst for part in parts)
    if worse < WORSE * len(parts) or not worse:
        return [Open(leaf)]
    parts.sort(key=lambda part: -part.least)
    return [*parts, *map(Open, rest(leaf, [part.case for part in parts], widest))]


def open_again(kept: list[Case], beyond: Sequence[Case]) -> list[Open]:
    """Take out of the cases kept so far those that were as good as the best: another function tells them apart."""
    alike = [case for case in kept if not any(case is worse for worse in beyond)]
    kept[:] = beyond
    return [Open(case) for case in alike]


def to_split(gains: Gains, whole: npt.NDArray[np.intp], columns: Vector, lasts: npt.NDArray[np.bool_]) -> int | None:
    """Return by which of the whole columns to split a case whose optimum is ``columns``; None where none is left.

    Those in ``lasts`` are left to the end.
    """
    values = columns[whole]
    at = np.flatnonzero(np.abs(values - np.round(values)) > WHOLE)
    sooner = at[~lasts[at]]
    at = sooner if len(sooner) else at
    fractions = values[at] - np.floor(values[at])
    return gains.best(dict(zip(whole[at].tolist(), fractions.tolist(), strict=True))) if len(at) else None


def split_case(case: Case, column: int, widest: tuple[float, float], value: float, least: float) -> list[Open]:
    """Return both sides of a case whose optimum, ``least``, has some value of a column, the nearer one last."""
    low, high = case.get(column, widest)
    floor = float(np.floor(value + WHOLE)) if value < high - WHOLE else float(high) - 1.0
    down = Open({**case, column: (low, floor)}, least, column, False, value - floor)
    up = Open({**case, column: (floor + 1.0, high)}, least, column, True, floor + 1.0 - value)
    return [down, up] if value - floor > 0.5 else [up, down]


def least_whole(whole: npt.NDArray[np.intp], columns: Vector, case: Case) -> int | None:
    """Return the column farthest from whole among those still free, when rounding it changed the optimum."""
    free = [int(c) for c in whole if int(c) not in case or case[int(c)][0] < case[int(c)][1]]
    return max(free, key=lambda c: abs(columns[c] - np.round(columns[c])), default=None)


def splits_last(programme: Programme, whole: npt.NDArray[np.intp]) -> npt.NDArray[np.bool_]:
    """Return which of the whole columns a case is split by once no other is left."""
    return np.array([programme.columns[int(column)][0] == LAST for column in whole], dtype=bool)


def traded(programme: Programme, whole: npt.NDArray[np.intp]) -> set[int]:
    """Return those of the whole columns that take what is not whole from each other."""
    return {int(column) for column in whole if programme.columns[int(column)][0] in TRADED}


@dataclass
class Grown:
    """How far the tree of a rank has grown."""

    traded: set[int]
    """The columns that take what is not whole from each other."""
    cases: int = 0
    of_traded: int = 0

    def add(self, one: Open) -> None:
        """Count a case that is tried."""
        self.cases += 1
        if one.column in self.traded:
            low, high = one.case[one.column]
            self.of_traded += (high if np.isfinite(high) else low) >= MANY_VALUES

    @property
    def too_far(self) -> bool:
        """Whether branch-and-cut, which cuts off what is not whole, would take less."""
        return self.cases > LARGEST_TREE or self.of_traded > MOST_OF_TRADED
