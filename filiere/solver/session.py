"""One HiGHS session that is changed in place.

Changed in place, from the last basis: objectives, column bounds, row bounds, rows added and dropped. Anything
that changes a coefficient of the matrix, a set or a name needs a new :class:`Programme`.
"""

from __future__ import annotations

import time
from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum
from typing import Any

import highspy
import numpy as np
import numpy.typing as npt

from filiere.solver.compile import Function, Programme, Vector

FEASIBILITY = 1e-9
"""Primal and dual tolerance: as tight as the slack of a held row, so that no rank slips through it."""


class Answer(Enum):
    """How one run ended."""

    OPTIMAL = "optimal"
    INFEASIBLE = "infeasible"
    UNBOUNDED = "unbounded"
    TIME_LIMIT = "time limit"
    TROUBLE = "trouble"


@dataclass(frozen=True)
class Outcome:
    """The end of one run: how it ended, the columns' values (where there are any), the gap left."""

    answer: Answer
    columns: Vector
    gap: float = 0.0

    @property
    def optimal(self) -> bool:
        """Whether the optimum was proved."""
        return self.answer is Answer.OPTIMAL


class Session:
    """A programme inside HiGHS. Every method changes or solves that one copy."""

    def __init__(self, programme: Programme, time_limit: float | None = None) -> None:
        self.programme = programme
        self._highs = highspy.Highs()
        self._set(output_flag=False, threads=1, random_seed=0, mip_rel_gap=1e-9, mip_abs_gap=1e-9)
        self._set(primal_feasibility_tolerance=FEASIBILITY, dual_feasibility_tolerance=FEASIBILITY)
        self._set(mip_feasibility_tolerance=FEASIBILITY)
        self._deadline = None if time_limit is None else time.monotonic() + time_limit
        self._highs.passModel(_lp(programme))
        self._all = np.arange(len(programme.columns), dtype=np.int32)
        self.last_columns: Vector | None = None
        """The columns of the last optimum."""
        self._held: dict[int, float] = {}
        self._bases: list[Any] = []
        self._former: list[Any] = []

    def load(self, programme: Programme) -> None:
        """Take another programme in place of the one held: bounds alone are changed where the matrix is the same."""
        former, self.programme = self.programme, programme
        if former.matrix is programme.matrix:
            self.drop_rows_after(len(programme.rows))
            rows = np.arange(len(programme.rows), dtype=np.int32)
            self._highs.changeRowsBounds(len(rows), rows, programme.row_lower, programme.row_upper)
        else:
            self._highs.passModel(_lp(programme))
            self._all = np.arange(len(programme.columns), dtype=np.int32)

    def begin(self) -> None:
        """Forget what earlier ranks held, but for their bases: run after run starts where its like ended."""
        self.drop_rows_after(len(self.programme.rows))
        self.set_bounds(self._all, self.programme.column_lower, self.programme.column_upper)
        self._former, self._bases, self.last_columns = self._bases, [], None

    def _set(self, **options: Any) -> None:
        for name, value in options.items():
            self._highs.setOptionValue(name, value)

    def minimise(self, function: Function, believe_infeasible: bool = False) -> Outcome:
        """Minimise ``function``; a run that ends in doubt is tried once more from scratch, without presolve.

        Warm starts have answered infeasible on feasible chains: that answer is doubted too, unless the caller
        expects it, as for a case of a search.
        """
        largest = float(np.max(np.abs(function.coefficients), initial=0.0))
        costs = function.coefficients / largest if largest > 0 else function.coefficients
        self._highs.changeColsCost(len(self._all), self._all, costs)
        outcome = self._run()
        if outcome.answer in (Answer.OPTIMAL, Answer.TIME_LIMIT, Answer.UNBOUNDED):
            return outcome
        if outcome.answer is Answer.INFEASIBLE and believe_infeasible:
            return outcome
        return self._from_scratch()

    def minimise_whole(self, function: Function) -> Outcome:
        """Minimise ``function`` with HiGHS's branch-and-cut, the programme's whole columns being whole."""
        whole = np.flatnonzero(self.programme.whole).astype(np.int32)
        kinds = np.full(len(whole), int(highspy.HighsVarType.kInteger), dtype=np.uint8)
        self._highs.changeColsIntegrality(len(whole), whole, kinds)
        if self.last_columns is not None:
            start = highspy.HighsSolution()
            start.col_value = self.last_columns.tolist()
            self._highs.setSolution(start)
        try:
            return self.minimise(function)
        finally:
            self._highs.changeColsIntegrality(len(whole), whole, np.zeros(len(whole), dtype=np.uint8))
            self._highs.clearSolver()

    def _run(self) -> Outcome:
        if self._deadline is not None:
            left = max(0.0, self._deadline - time.monotonic())
            self._set(time_limit=float(self._highs.getRunTime()) + left)
        self._start_from_its_like()
        self._highs.run()
        answer = _ANSWERS.get(self._highs.getModelStatus(), Answer.TROUBLE)
        columns = np.array(self._highs.getSolution().col_value, dtype=float)
        info = self._highs.getInfo()
        if answer is Answer.TIME_LIMIT and (info.primal_solution_status != 2 or not len(columns)):
            return Outcome(answer, np.empty(0), np.inf)
        if answer is Answer.OPTIMAL:
            self.last_columns = columns
            self._bases.append(self._highs.getBasis())
        return Outcome(answer, columns, float(info.mip_gap) if answer is Answer.TIME_LIMIT else 0.0)

    def _start_from_its_like(self) -> None:
        """Start from the basis that the run of the same number ended with, the last time, if it still fits."""
        if len(self._bases) < len(self._former):
            basis = self._former[len(self._bases)]
            if len(basis.row_status) == self.row_count and len(basis.col_status) == len(self._all):
                self._highs.setBasis(basis)

    def _from_scratch(self) -> Outcome:
        self._highs.clearSolver()
        self._set(presolve="off", primal_feasibility_tolerance=FEASIBILITY / 10)
        try:
            return self._run()
        finally:
            self._set(presolve="choose", primal_feasibility_tolerance=FEASIBILITY)

    def hold(self, function: Function, upper: float) -> int:
        """Add the row ``function ≤ upper``, scaled to a largest coefficient of 1; return its number."""
        used = np.flatnonzero(function.coefficients).astype(np.int32)
        values = function.coefficients[used]
        largest = float(np.max(np.abs(values), initial=0.0)) or 1.0
        bound = (upper - function.constant) / largest
        slack = 1e-9 * max(1.0, abs(bound))
        self._highs.addRow(-highspy.kHighsInf, bound + slack, len(used), used, values / largest)
        row = int(self._highs.getNumRow()) - 1
        self._held[row] = bound
        return row

    def hold_at(self, row: int, function: Function, upper: float) -> None:
        """Move the bound of the row that :meth:`hold` once added for ``function``; infinite, it holds nothing."""
        bound = (upper - function.constant) / (float(np.max(np.abs(function.coefficients), initial=0.0)) or 1.0)
        slack = 1e-9 * max(1.0, abs(bound)) if np.isfinite(bound) else 0.0
        self._highs.changeRowBounds(row, -highspy.kHighsInf, bound + slack)
        self._held[row] = bound

    def loosen(self, slack: float) -> None:
        """Give every held row a relative slack, larger than the one it was held with."""
        for row, bound in self._held.items():
            if row < self.row_count:
                self._highs.changeRowBounds(row, -highspy.kHighsInf, bound + slack * max(1.0, abs(bound)))

    def bound_columns(self, columns: Iterable[int], upper: float) -> None:
        """Lower the upper bounds of some columns."""
        chosen = np.fromiter(columns, dtype=np.int32)
        self.set_bounds(chosen, self.programme.column_lower[chosen], np.full(len(chosen), upper))

    def set_bounds(self, columns: npt.NDArray[Any], lower: Vector, upper: Vector) -> None:
        """Set both bounds of some columns."""
        self._highs.changeColsBounds(len(columns), columns.astype(np.int32), lower, upper)

    def drop_rows_after(self, count: int) -> None:
        """Delete every row numbered ``count`` or more."""
        total = int(self._highs.getNumRow())
        self._held = {row: bound for row, bound in self._held.items() if row < count}
        if total > count:
            extra = np.arange(count, total, dtype=np.int32)
            self._highs.deleteRows(len(extra), extra)

    @property
    def row_count(self) -> int:
        """Rows in the session, held ones included."""
        return int(self._highs.getNumRow())

    def ray(self, function: Function) -> Vector | None:
        """Return a direction along which ``function`` falls for ever, whole columns taken as continuous."""
        self._highs.clearSolver()
        self._set(presolve="off", solver="simplex")
        try:
            self._highs.changeColsCost(len(self._all), self._all, function.coefficients)
            self._highs.run()
            _, found, *values = self._highs.getPrimalRay()
            return np.array(values[0], dtype=float) if found else None
        finally:
            self._set(presolve="choose", solver="choose")


_ANSWERS = {
    highspy.HighsModelStatus.kOptimal: Answer.OPTIMAL,
    highspy.HighsModelStatus.kModelEmpty: Answer.OPTIMAL,
    highspy.HighsModelStatus.kInfeasible: Answer.INFEASIBLE,
    highspy.HighsModelStatus.kUnbounded: Answer.UNBOUNDED,
    highspy.HighsModelStatus.kUnboundedOrInfeasible: Answer.TROUBLE,
    highspy.HighsModelStatus.kTimeLimit: Answer.TIME_LIMIT,
}


def _lp(programme: Programme) -> highspy.HighsLp:
    lp = highspy.HighsLp()
    rows, columns = programme.matrix.shape
    lp.num_col_, lp.num_row_ = columns, rows
    lp.col_cost_ = np.zeros(columns)
    lp.col_lower_, lp.col_upper_ = programme.column_lower, programme.column_upper
    lp.row_lower_, lp.row_upper_ = programme.row_lower, programme.row_upper
    lp.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    lp.a_matrix_.start_ = programme.matrix.indptr
    lp.a_matrix_.index_ = programme.matrix.indices
    lp.a_matrix_.value_ = programme.matrix.data
    return lp
