"""How one run of a session ends, and what it leaves to hold."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from scipy import sparse

from filiere.solver.programme.compile import Function, Vector
from filiere.solver.session.answer import Answer
from filiere.solver.session.bounds import Mask, Positions, near

SLACK = 1e-9
"""What a held row leaves, relative to its bound or to the terms it is made of."""

STEEP = 1e6
"""The largest coefficient of a held row."""

FEASIBILITY = 1e-9
"""Primal and dual tolerance: as tight as the slack of a held row, so that no rank slips through it."""

HAIR = 1e-7
"""What of a function, relative to its terms, may hang on a figure that the solver takes for 0: the certificate asks for
a millionth.
"""

LONGEST = 120.0
"""Seconds for one run of branch-and-cut, of which nothing tells beforehand how long it takes: then what it found counts
as stopped by the time.
"""

ON_FACE = SLACK / 10
"""Farther than this from what all optima have in common, relative to it, a plan is none of them."""


@dataclass(frozen=True)
class Face:
    """What every optimum of one run has in common: columns and rows that stand at a bound, and at which.

    By complementary slackness a plan is optimal if and only if it agrees with these; so they hold a rank exactly,
    where a row "no worse than the optimum" needs a slack that later ranks spend.
    """

    columns: Positions
    values: Vector
    rows: Positions
    activities: Vector
    single: bool
    """Whether there is no other optimum."""
    case: Mapping[int, tuple[float, float]] | None = None
    """Bounds of whole columns that every optimum keeps too, by column, where there are any."""

    def has(self, columns: Vector, rows: Vector) -> bool:
        """Whether a plan is one of them, nearer than the slack of any row; ``rows`` is what it makes of them."""
        found, asked = np.append(columns[self.columns], rows[self.rows]), np.append(self.values, self.activities)
        return bool(near(found, asked, ON_FACE).all())

    def __add__(self, other: Face) -> Face:
        """What the optima of two runs, one after the other, have in common."""
        return Face(
            np.concatenate([self.columns, other.columns]),
            np.concatenate([self.values, other.values]),
            np.concatenate([self.rows, other.rows]),
            np.concatenate([self.activities, other.activities]),
            other.single,
            other.case,
        )


@dataclass(frozen=True)
class Allowed:
    """The bounds of a session's columns and rows at one time."""

    columns: tuple[Vector, Vector]
    rows: tuple[Vector, Vector]
    wider: bool
    """Whether the rows were wider than the programme's then."""
    waiting: Mask
    """Which rows waited."""


@dataclass(frozen=True)
class Outcome:
    """The end of one run: how it ended, the columns' values (where there are any), the gap left."""

    answer: Answer
    columns: Vector
    gap: float = 0.0
    told: Face | Callable[[], Face] | None = None
    """All optima, or how they are worked out once they are asked for: most cases of a search are never asked."""

    @cached_property
    def face(self) -> Face | None:
        """All optima, where they are known: those of a linear programme."""
        return self.told() if callable(self.told) else self.told

    @property
    def optimal(self) -> bool:
        """Whether the optimum was proved."""
        return self.answer is Answer.OPTIMAL


@dataclass(frozen=True)
class Held:
    """A row that a session holds: its bound, what its slack is relative to, and its terms."""

    bound: float
    size: float
    columns: Positions
    values: Vector
    at: float = np.nan
    """What every plan makes of it, where a rank has left it one figure alone."""
    slack: float = SLACK
    """What it leaves, relative to its size."""

    @property
    def upper(self) -> float:
        """Its bound with its slack."""
        return self.bound + self.slack * self.size


def with_rows(matrix: sparse.csr_array, rows: Sequence[Held]) -> sparse.csr_array:
    """Return a matrix with the rows that are held below it; stacked by SciPy, each row would be a matrix first."""
    ends = matrix.indptr[-1] + np.cumsum([len(row.columns) for row in rows], dtype=matrix.indptr.dtype)
    return sparse.csr_array(
        (
            np.concatenate([matrix.data, *(row.values for row in rows)]),
            np.concatenate([matrix.indices, *(row.columns for row in rows)]),
            np.concatenate([matrix.indptr, ends]),
        ),
        shape=(matrix.shape[0] + len(rows), matrix.shape[1]),
    )


def held_row(function: Function, upper: float, last: Vector | None, slack: float = SLACK) -> tuple[Held, float]:
    """Return the row ``function ≤ upper``, and what its terms are divided by.

    A difference of large figures, such as a rate's, is only as exact as they are: its slack follows what its terms
    amount to in the last optimum, signs apart. Where that is little beside what they could amount to, the row is
    divided by less, so that its slack is little too.
    """
    used = np.flatnonzero(function.coefficients).astype(np.int32)
    values, bound = function.coefficients[used], upper - function.constant
    moved = 0.0 if last is None else float((np.abs(values) * np.abs(last[used])).sum())
    there = max(moved, abs(bound)) if np.isfinite(bound) else np.inf
    scale = max(min(function.scale, there), function.largest / STEEP)
    size = max(1.0, there / scale) if np.isfinite(bound) else 0.0
    return Held(bound / scale, size, used, values / scale, slack=slack), scale
