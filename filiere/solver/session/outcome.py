"""How one run of a session ends, and what it leaves to hold."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

import highspy
import numpy as np

from filiere.solver.programme.compile import Vector
from filiere.solver.session.bounds import Positions


class Answer(Enum):
    """How one run ended."""

    OPTIMAL = "optimal"
    INFEASIBLE = "infeasible"
    UNBOUNDED = "unbounded"
    TIME_LIMIT = "time limit"
    TROUBLE = "trouble"
    BEYOND = "beyond the bound"
    """No plan is as good as the bound that was given; whether there is one at all is not known."""


_ANSWERS = {
    highspy.HighsModelStatus.kOptimal: Answer.OPTIMAL,
    highspy.HighsModelStatus.kModelEmpty: Answer.OPTIMAL,
    highspy.HighsModelStatus.kInfeasible: Answer.INFEASIBLE,
    highspy.HighsModelStatus.kUnbounded: Answer.UNBOUNDED,
    highspy.HighsModelStatus.kUnboundedOrInfeasible: Answer.TROUBLE,
    highspy.HighsModelStatus.kTimeLimit: Answer.TIME_LIMIT,
    highspy.HighsModelStatus.kObjectiveBound: Answer.BEYOND,
}


def answer_of(status: highspy.HighsModelStatus) -> Answer:
    """Return how a run of HiGHS ended."""
    return _ANSWERS.get(status, Answer.TROUBLE)


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

    def __add__(self, other: Face) -> Face:
        """What the optima of two runs, one after the other, have in common."""
        return Face(
            np.concatenate([self.columns, other.columns]),
            np.concatenate([self.values, other.values]),
            np.concatenate([self.rows, other.rows]),
            np.concatenate([self.activities, other.activities]),
            other.single,
        )


@dataclass(frozen=True)
class Allowed:
    """The bounds of a session's columns and rows at one time."""

    columns: tuple[Vector, Vector]
    rows: tuple[Vector, Vector]


@dataclass(frozen=True)
class Outcome:
    """The end of one run: how it ended, the columns' values (where there are any), the gap left."""

    answer: Answer
    columns: Vector
    gap: float = 0.0
    face: Face | None = None
    """All optima, where they are known: those of a linear programme."""

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
