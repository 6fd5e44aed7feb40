"""One programme solved time and again with its columns held narrower, each time from the basis of a wider case.

Narrowing leaves a basis optimal but for the columns that must move, so that the dual simplex method is a few pivots
away. That makes thousands of cases of one programme a matter of seconds; :class:`Session` is for ranks in turn.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from filiere.solver.programme.compile import Function, Programme, Vector
from filiere.solver.session.answer import Answer
from filiere.solver.session.highs import Start, answer_of, as_lp, new_highs, run
from filiere.solver.session.outcome import FEASIBILITY


def _none() -> Vector:
    return np.empty(0)


@dataclass(frozen=True, kw_only=True)
class Narrow:
    """How a case ended, whole columns taken as continuous; of an optimum, its prices and where it ended."""

    answer: Answer
    value: float = np.inf
    columns: Vector = field(default_factory=_none)
    column_prices: Vector = field(default_factory=_none)
    row_prices: Vector = field(default_factory=_none)
    start: Start | None = None


class Narrowed:
    """A function minimised over one programme, within bounds that are given each time."""

    def __init__(self, programme: Programme, function: Function) -> None:
        self._rows, self._function, self._scale = len(programme.rows), function, function.scale
        self._every = np.arange(len(programme.columns), dtype=np.int32)
        self._highs = new_highs({
            "presolve": "off", "primal_feasibility_tolerance": FEASIBILITY,
            "dual_feasibility_tolerance": FEASIBILITY, "simplex_dual_edge_weight_strategy": 1,
            "dual_simplex_cost_perturbation_multiplier": 0.0,
        })  # fmt: skip
        lp = as_lp(programme)
        lp.col_cost_ = function.scaled
        self._highs.passModel(lp)

    def solve(self, lower: Vector, upper: Vector, start: Start | None = None) -> Narrow:
        """Return the optimum within these bounds; a run that ends in trouble is tried once more from nothing."""
        self._highs.changeColsBounds(len(self._every), self._every, lower, upper)
        if start is not None:
            self._highs.setBasis(start.basis)
        run(self._highs)
        if answer_of(self._highs) not in (Answer.OPTIMAL, Answer.INFEASIBLE):
            self._highs.clearSolver()
            run(self._highs)
        answer = answer_of(self._highs)
        if answer is not Answer.OPTIMAL:
            return Narrow(answer=answer)
        found = self._highs.getSolution()
        columns = np.clip(np.array(found.col_value), lower, upper)
        return Narrow(
            answer=answer,
            value=self._function.at(columns),
            columns=columns,
            column_prices=np.array(found.col_dual) * self._scale,
            row_prices=np.array(found.row_dual) * self._scale,
            start=Start(self._rows, self._highs.getBasis()),
        )
