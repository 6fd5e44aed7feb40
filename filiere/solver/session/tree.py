"""What a tree of cases knows: those still to be solved, and what splitting by each column has gained so far."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from filiere.solver.programme.compile import Function, Programme, Vector
from filiere.solver.session.answer import Answer
from filiere.solver.session.outcome import Outcome

WHOLE = 1e-6
"""Nearer than this to a whole number, a column is tried at that number."""

FEW_FREE = 4
"""Whole columns, no more, of which it is looked for whether another value would do as well."""

LARGEST_TREE = 400
"""Cases tried in one rank before branch-and-cut takes over."""

ALIKE = 0.9
"""The cosine of two functions from which the optimum of one is thought near that of the other."""

LAST = "lots"
"""Columns that a case is split by once no other is left: a lot more or less of one link decides little."""

LEAST_GAIN = 1e-6
"""What splitting a column is thought to gain at least: a product of nothing would tell no column from another."""

Case = dict[int, tuple[float, float]]
"""Bounds of some whole columns, by column."""


Follow = Callable[[Vector], Function | None]
"""What a search minimises next once a better plan is found, None where that stays as it is."""


@dataclass(frozen=True)
class Open:
    """A case still to be solved: no plan in it is below ``least``, the optimum of the one that it was split from, by
    which column, which way, and how far away the nearest whole number was.
    """

    case: Case
    least: float = -np.inf
    column: int = -1
    up: bool = False
    distance: float = 1.0


@dataclass
class Gains:
    """By how much each column raised the optimum where a case was split by it, per unit and either way, so far.

    Benichou, M. et al. (1971), Experiments in mixed-integer linear programming, Mathematical Programming 1: of columns
    that are not whole, the one whose two sides both gain the most leaves the smallest tree.
    """

    _told: dict[tuple[int, bool], list[float]] = field(default_factory=dict)

    def note(self, one: Open, reached: float) -> None:
        """Note the optimum of a case, infinite where it has none."""
        if one.column >= 0:
            gain = max(0.0, reached - one.least) / max(one.distance, 1e-9)
            usual = max((float(np.mean(told)) for told in self._told.values()), default=1.0)
            self._told.setdefault((one.column, one.up), []).append(gain if np.isfinite(gain) else 10.0 * usual)

    def to_split(self, whole: npt.NDArray[np.intp], columns: Vector, lasts: npt.NDArray[np.bool_]) -> int | None:
        """Return by which of the whole columns to split a case whose optimum is ``columns``; None where none is left.

        Those in ``lasts`` are left to the end.
        """
        values = columns[whole]
        at = np.flatnonzero(np.abs(values - np.round(values)) > WHOLE)
        sooner = at[~lasts[at]]
        at = sooner if len(sooner) else at
        fractions = values[at] - np.floor(values[at])
        return self._best(dict(zip(whole[at].tolist(), fractions.tolist(), strict=True))) if len(at) else None

    def _best(self, fractions: Mapping[int, float]) -> int:
        """Return which column to split by; ``fractions`` are how far each is above a whole number."""
        if not self._told:
            return max(fractions, key=lambda column: min(fractions[column], 1.0 - fractions[column]))
        means = {key: float(np.mean(told)) for key, told in self._told.items()}
        usual = {up: float(np.mean([mean for key, mean in means.items() if key[1] is up] or [1.0])) for up in _WAYS}

        def score(column: int) -> float:
            sides = ((False, fractions[column]), (True, 1.0 - fractions[column]))
            down, up = (max(means.get((column, way), usual[way]) * far, LEAST_GAIN) for way, far in sides)
            return down * up

        return max(fractions, key=score)


_WAYS = (False, True)


def split_case(case: Case, column: int, widest: tuple[float, float], value: float, least: float) -> list[Open]:
    """Return both sides of a case whose optimum, ``least``, has some value of a column, the nearer one last."""
    low, high = case.get(column, widest)
    floor = float(np.floor(value + WHOLE)) if value < high - WHOLE else float(high) - 1.0
    down = Open({**case, column: (low, floor)}, least, column, False, value - floor)
    up = Open({**case, column: (floor + 1.0, high)}, least, column, True, floor + 1.0 - value)
    return [down, up] if value - floor > 0.5 else [up, down]


def ended_at(function: Function, outcome: Outcome, best: Outcome | None) -> float:
    """Where a case ended: its optimum, or what it is worse than."""
    if outcome.answer is Answer.BEYOND:
        return worst_of(function, best)
    return function.at(outcome.columns) if outcome.optimal else np.inf


def hair(function: Function, outcome: Outcome) -> float:
    """What does not count beside an optimum."""
    return 1e-9 * max(1.0, abs(function.at(outcome.columns)))


def worst_of(function: Function, best: Outcome | None) -> float:
    """What a case must not end above; what is as good as the best so far is still solved to its end."""
    return np.inf if best is None else function.at(best.columns) + 1e3 * hair(function, best)


def is_better(function: Function, outcome: Outcome, best: Outcome) -> bool:
    """Whether one is better by more than that."""
    return function.at(outcome.columns) < function.at(best.columns) - hair(function, best)


def is_equal(function: Function, one: Outcome, other: Outcome) -> bool:
    """Whether two are as good as each other."""
    return abs(function.at(one.columns) - function.at(other.columns)) <= 1e3 * hair(function, other)


def is_worse(function: Function, outcome: Outcome, best: Outcome) -> bool:
    """Whether a run proved that a case has no plan as good as the best."""
    if outcome.optimal:
        return function.at(outcome.columns) > worst_of(function, best)
    return outcome.answer in (Answer.BEYOND, Answer.INFEASIBLE)


def fixed(whole: npt.NDArray[np.intp], values: Vector) -> Case:
    """Return the case of these values of the whole columns."""
    return {int(column): (value, value) for column, value in zip(whole, values.tolist(), strict=True)}


def bounds_of(programme: Programme, whole: npt.NDArray[np.intp], case: Case) -> tuple[Vector, Vector]:
    """Return the bounds that a case leaves the whole columns, in their order."""
    lower, upper = programme.column_lower[whole].copy(), programme.column_upper[whole].copy()
    position = {int(column): i for i, column in enumerate(whole)}
    for column, (low, high) in case.items():
        lower[position[column]], upper[position[column]] = low, high
    return lower, upper


def hull(cases: Sequence[Case]) -> Case:
    """Return the smallest case that has all of these in it."""
    first, *others = cases
    found = dict(first)
    for case in others:
        found = {
            column: (min(low, case[column][0]), max(high, case[column][1]))
            for column, (low, high) in found.items()
            if column in case
        }
    return found


def least_whole(whole: npt.NDArray[np.intp], columns: Vector, case: Case) -> int | None:
    """Return the column farthest from whole among those still free, when rounding it changed the optimum."""
    free = [int(c) for c in whole if int(c) not in case or case[int(c)][0] < case[int(c)][1]]
    return max(free, key=lambda c: abs(columns[c] - np.round(columns[c])), default=None)


def splits_last(programme: Programme, whole: npt.NDArray[np.intp]) -> npt.NDArray[np.bool_]:
    """Return which of the whole columns a case is split by once no other is left."""
    return np.array([programme.columns[int(column)][0] == LAST for column in whole], dtype=bool)


def open_again(kept: list[Case], beyond: Sequence[Case]) -> list[Open]:
    """Take out of the cases kept so far those that were as good as the best: another function tells them apart."""
    alike = [case for case in kept if not any(case is worse for worse in beyond)]
    kept[:] = beyond
    return [Open(case) for case in alike]


def alike(one: Function, other: Function) -> bool:
    """Whether two functions point nearly the same way."""
    a, b = one.coefficients, other.coefficients
    return bool(a @ b >= ALIKE * np.sqrt((a @ a) * (b @ b)))
