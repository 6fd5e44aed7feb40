"""What a tree of cases knows: those still to be solved, and what splitting by each column has gained so far."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from filiere.solver.programme.compile import Vector

WHOLE = 1e-6
"""Nearer than this to a whole number, a column is tried at that number."""

LAST = "lots"
"""Columns that a case is split by once no other is left: a lot more or less of one link decides little."""

LEAST_GAIN = 1e-6
"""What splitting a column is thought to gain at least: a product of nothing would tell no column from another."""

Case = dict[int, tuple[float, float]]
"""Bounds of some whole columns, by column."""


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
