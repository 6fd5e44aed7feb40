"""The small programme of a search of choices: yes/no columns, and one that stands for what the rest costs at least."""

from __future__ import annotations

import numpy as np

from filiere.solver.programme.compile import Vector
from filiere.solver.session.answer import Answer
from filiere.solver.session.bounds import Positions
from filiere.solver.session.highs import INFINITY, INTEGER, answer_of, new_highs, run
from filiere.solver.session.outcome import FEASIBILITY

NODES = 20_000
"""Cases of the small programme after which its proposal is waited for no longer."""


class TooLongError(Exception):
    """Numbers fail a run, or there are too many."""


class Chooser:
    """What is known of choices so far, and the one that it makes the best."""

    def __init__(self, lower: Vector, upper: Vector, least: float) -> None:
        self._highs = new_highs(
            {"mip_rel_gap": FEASIBILITY, "mip_abs_gap": 0.0, "random_seed": 0, "mip_max_nodes": NODES}
        )
        for tolerance in ("primal_feasibility_tolerance", "dual_feasibility_tolerance", "mip_feasibility_tolerance"):
            self._highs.setOptionValue(tolerance, FEASIBILITY)
        self._count = len(lower)
        for low, high in zip(lower.tolist(), upper.tolist(), strict=True):
            self._highs.addVar(low, high)
        self._highs.addVar(least, INFINITY)
        self._highs.changeColCost(self._count, 1.0)
        self._whole = False

    def ask_whole(self) -> None:
        """From here on, propose nothing but choices."""
        self._whole = True
        columns = np.arange(self._count, dtype=np.int32)
        self._highs.changeColsIntegrality(self._count, columns, np.full(self._count, INTEGER, dtype=np.uint8))

    def propose(self) -> tuple[Vector | None, float]:
        """Return the point that costs the least as far as is known, and what any costs at least; None without one.

        Raises :class:`TooLongError`.
        """
        run(self._highs)
        answer = answer_of(self._highs)
        if answer is Answer.INFEASIBLE:
            return None, float("inf")
        if answer is not Answer.OPTIMAL:
            raise TooLongError
        info = self._highs.getInfo()
        point = np.array(self._highs.getSolution().col_value[: self._count], dtype=float)
        if not self._whole:
            return np.clip(point, 0.0, 1.0), float(info.objective_function_value)
        return np.round(point), float(info.mip_dual_bound)

    def row(self, lower: float, upper: float, columns: Positions, values: Vector) -> None:
        """Keep a row of yes/no columns alone."""
        self._highs.addRow(lower, upper, len(columns), columns, values)

    def costs_at_least(self, constant: float, slopes: Vector) -> None:
        """Let the rest cost at least so much, and so much more for each yes."""
        used = np.flatnonzero(slopes).astype(np.int32)
        columns = np.append(used, np.int32(self._count)).astype(np.int32)
        self._highs.addRow(constant, INFINITY, len(columns), columns, np.append(-slopes[used], 1.0))

    def excludes(self, constant: float, slopes: Vector) -> None:
        """Leave out where ``constant + slopes · choice`` is more than 0."""
        size = max(float(np.abs(slopes).max(initial=0.0)), abs(constant))
        used = np.flatnonzero(slopes).astype(np.int32)
        self._highs.addRow(-INFINITY, -constant / size, len(used), used, slopes[used] / size)

    def leave_out(self, choice: Vector) -> None:
        """Propose this choice no more."""
        yes = choice > 0.5
        columns = np.arange(self._count, dtype=np.int32)
        self._highs.addRow(-INFINITY, float(yes.sum()) - 1.0, self._count, columns, np.where(yes, 1.0, -1.0))
