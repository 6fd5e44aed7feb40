"""A rank: the objectives that are optimised together, and what later ranks may give up of them.

Each rank is solved to its optimum and held: later ranks may worsen it by its tolerance, a share of its parts (signs
apart; of cost, a share of the gross outlays), or by its amount, whichever is more.

Where cost is one of several parts and has a rank of its own further down, each other part but outlets is held by a
row of its own, at its value in that optimum; of several optima, at the least of each in turn. Cost is held by its own
rank, and outlets behind it, at the most that the optimum of that rank allows: what loses money is dropped there,
nothing later drops what pays.

The cost is bounded right after the rank that holds unmet (before the first one, where none does):
cost ≤ max(least cost, today's cost) + bound · gross outlays. In the two, nothing that is sold beyond today's earns
anything; the gross outlays are the least among the plans of least cost, not below today's, nor below the value of what
is served.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import groupby

import numpy as np

from filiere.chain.chain import Objective
from filiere.model.ranked_cost import OUTLAYS
from filiere.schema import words as w
from filiere.solver.programme.compile import Function, Programme, Vector


@dataclass(frozen=True)
class Rank:
    """The objectives that share one rank, with the tolerance left to later ones."""

    number: int
    objectives: tuple[Objective, ...]
    apart: bool = False
    """Whether its parts are held one by one: cost is among them, and has a rank of its own further down."""
    behind: Objective | None = None
    """What was weighed beside this rank's objective before, and is held as far as the optimum of this rank allows."""

    @property
    def name(self) -> str:
        """What the rank optimises, in English keys."""
        return " + ".join(objective.key for objective in self.objectives)

    @property
    def circular(self) -> bool:
        """Whether the rank is the circular use rate, a ratio."""
        return any(objective.kind is w.Objective.CIRCULARITY for objective in self.objectives)

    @property
    def tolerance(self) -> float:
        """Share of the optimum that later ranks may give up."""
        return max(objective.tolerance for objective in self.objectives)

    @property
    def tolerance_amount(self) -> float:
        """The same in the objective's unit."""
        return max(objective.tolerance_amount for objective in self.objectives)

    @property
    def tolerant(self) -> bool:
        """Whether anything may be given up."""
        return self.tolerance > 0 or self.tolerance_amount > 0

    @property
    def counts_outlays(self) -> bool:
        """Whether its tolerance is a share of gross outlays."""
        return _has(self, w.Objective.COST)

    @property
    def held(self) -> tuple[Objective, ...]:
        """The parts that are held one by one: all but cost and outlets."""
        later = (w.Objective.COST, w.Objective.OUTLETS)
        return tuple(objective for objective in self.objectives if objective.kind not in later)

    def function(self, programme: Programme) -> Function:
        """The weighted sum that is minimised; maximised objectives come with a minus."""
        total = Function(np.zeros(len(programme.columns)), 0.0)
        for objective in self.objectives:
            total = total + minimised(programme, objective) * objective.weight
        return total

    def measured(self, programme: Programme, columns: Vector) -> float:
        """What the tolerance is a share of: the parts, signs apart, and for cost the gross outlays."""
        return sum(
            objective.weight * self.measured_part(programme, objective, columns) for objective in self.objectives
        )

    def measured_part(self, programme: Programme, objective: Objective, columns: Vector) -> float:
        """What the tolerance of one objective is a share of."""
        if objective.kind is w.Objective.COST and OUTLAYS in programme.functions:
            return programme.functions[OUTLAYS].at(columns)
        return abs(programme.functions[objective.key].at(columns))

    def given_up(self, programme: Programme, columns: Vector) -> float:
        """What later ranks may worsen the optimum by."""
        return max(self.tolerance * self.measured(programme, columns), self.tolerance_amount) if self.tolerant else 0.0


def minimised(programme: Programme, objective: Objective) -> Function:
    """Return the function that is minimised for one objective."""
    return programme.functions[objective.key] * (-1.0 if objective.direction is w.Direction.MAX else 1.0)


def ranks(objectives: Sequence[Objective]) -> list[Rank]:
    """Group the objectives by rank, in order."""
    ordered = sorted(objectives, key=lambda objective: objective.rank)
    found = [Rank(number, tuple(group)) for number, group in groupby(ordered, key=lambda objective: objective.rank)]
    for i, rank in enumerate(found):
        own = next((j for j in range(i + 1, len(found)) if _is_cost_alone(found[j])), None)
        if own is None or len(rank.objectives) < 2 or not _has(rank, w.Objective.COST):
            continue
        outlets = next((o for o in rank.objectives if o.kind is w.Objective.OUTLETS), None)
        found[i], found[own] = replace(rank, apart=True), replace(found[own], behind=outlets)
    return found


def _is_cost_alone(rank: Rank) -> bool:
    return len(rank.objectives) == 1 and _has(rank, w.Objective.COST)


def _has(rank: Rank, kind: w.Objective) -> bool:
    return any(objective.kind is kind for objective in rank.objectives)
