"""How a run of the solver ends."""

from __future__ import annotations

from enum import Enum


class Answer(Enum):
    """How one run ended."""

    OPTIMAL = "optimal"
    INFEASIBLE = "infeasible"
    UNBOUNDED = "unbounded"
    TIME_LIMIT = "time limit"
    TROUBLE = "trouble"
    BEYOND = "beyond the bound"
    """No plan is as good as the bound that was given; whether there is one at all is not known."""
