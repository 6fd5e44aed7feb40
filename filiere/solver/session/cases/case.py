"""Cases of whole columns: bounds of some of them, and what cases have in common and apart."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
import numpy.typing as npt

from filiere.solver.programme.compile import Programme, Vector

Case = dict[int, tuple[float, float]]
"""Bounds of some whole columns, by column."""

Widest = Callable[[int], tuple[float, float]]
"""The bounds of a whole column."""


def common(one: Case, other: Case) -> Case | None:
    """Return what two cases have in common, None where that is nothing."""
    found = dict(one)
    for column, bounds in other.items():
        low, high = found[column] = meet(bounds, found.get(column, bounds))
        if low > high:
            return None
    return found


def meet(one: tuple[float, float], other: tuple[float, float]) -> tuple[float, float]:
    """Return what two pairs of bounds have in common; the first is above the second where that is nothing."""
    return max(one[0], other[0]), min(one[1], other[1])


def rest(case: Case, parts: Sequence[Case], widest: Widest) -> list[Case]:
    """Return what is left of a case without these parts, in cases that have nothing in common."""
    left = [case]
    for part in parts:
        left = [piece for one in left for piece in _without(one, part, widest)]
    return left


def _without(case: Case, part: Case, widest: Widest) -> list[Case]:
    if common(case, part) is None:
        return [case]
    left, inner = [], dict(case)
    for column, (low, high) in part.items():
        least, most = inner.get(column, widest(column))
        if least < low:
            left.append({**inner, column: (least, low - 1.0)})
        if most > high:
            left.append({**inner, column: (high + 1.0, most)})
        inner[column] = meet((least, most), (low, high))
    return left


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
