"""The one file that knows HiGHS: what it is given, what it answers, and how both are named here."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import highspy
import numpy as np
import numpy.typing as npt
from scipy import sparse

from filiere.solver.programme.compile import Programme
from filiere.solver.session.answer import Answer

INFINITY = highspy.kHighsInf
INTEGER = int(highspy.HighsVarType.kInteger)
FEASIBLE = int(highspy.SolutionStatus.kSolutionStatusFeasible)
ROWWISE, MINIMISED = int(highspy.MatrixFormat.kRowwise), int(highspy.ObjSense.kMinimize)
SIMPLEX_CHOOSES, SIMPLEX_DUAL = 0, 1
"""HiGHS's simplex strategies: primal where the basis is feasible, else dual; dual throughout."""
BY_ITS_CHOICE, BY_LARGEST = 1, 4
"""HiGHS's scaling by powers of two: as it chooses, by means; or by the largest coefficients of rows and columns.
Figures are near to 1 already, and means take them away from there: of the worked examples, a third more pivots.
"""
WEIGHTS_EXACT, WEIGHTS_AS_THEY_COME = -1, 1
"""By which weights the dual simplex method chooses among rows: those of the steepest edge, worked out for each basis
that a run is given, a system of equations a row; or Devex's, which begin at 1 and ask for more pivots. Of the losses of
the worked examples, where three runs in four are given a basis, the second take a quarter less (food) and a tenth.
"""
HEURISTICS = tuple(f"mip_heuristic_run_{name}" for name in ("rens", "root_reduced_cost", "feasibility_jump"))
"""HiGHS's searches for plans that come before branch-and-cut, and beside it, but the one that begins at a plan."""
_ANSWERS = {
    highspy.HighsModelStatus.kOptimal: Answer.OPTIMAL,
    highspy.HighsModelStatus.kModelEmpty: Answer.OPTIMAL,
    highspy.HighsModelStatus.kInfeasible: Answer.INFEASIBLE,
    highspy.HighsModelStatus.kUnbounded: Answer.UNBOUNDED,
    highspy.HighsModelStatus.kUnboundedOrInfeasible: Answer.TROUBLE,
    highspy.HighsModelStatus.kTimeLimit: Answer.TIME_LIMIT,
    highspy.HighsModelStatus.kInterrupt: Answer.OPTIMAL,  # by what :func:`ending` was given: near enough
    highspy.HighsModelStatus.kObjectiveBound: Answer.BEYOND,
}


def new_highs(options: Mapping[str, Any] | None = None) -> highspy.Highs:
    """Return a silent HiGHS with these options set, on one thread: all those of a process share their number."""
    highs = highspy.Highs()
    for name, value in {"output_flag": False, "threads": 1, **(options or {})}.items():
        highs.setOptionValue(name, value)
    return highs


def perturbing(costs: bool) -> dict[str, float]:
    """Return the option by which the dual simplex method perturbs the costs, or leaves them as they are.

    The cases of a search begin at a basis that is nearly the best: with perturbed costs it would be farther away.
    """
    return {"dual_simplex_cost_perturbation_multiplier": float(costs)}


def run(highs: highspy.Highs) -> None:
    """Run; where something else of this process has HiGHS on more threads, which stops every other run, end those."""
    if highs.run() == highspy.HighsStatus.kError and highs.getModelStatus() == highspy.HighsModelStatus.kNotset:
        highspy.Highs.resetGlobalScheduler(True)
        highs.run()


@contextmanager
def ending(highs: highspy.Highs, enough: Callable[[int, float, float], bool]) -> Iterator[None]:
    """Let branch-and-cut end where ``enough`` says so of its nodes, of its plan's value and of the bound for any."""

    def ask(event: highspy.HighsCallbackEvent) -> None:
        told = event.data_out
        event.data_in.user_interrupt = enough(told.mip_node_count, told.mip_primal_bound, told.mip_dual_bound)

    highs.cbMipInterrupt.subscribe(ask)
    try:
        yield
    finally:
        highs.cbMipInterrupt.unsubscribe(ask)


def answer_of(highs: highspy.Highs) -> Answer:
    """Return how the last run ended."""
    return _ANSWERS.get(highs.getModelStatus(), Answer.TROUBLE)


def is_ok(status: highspy.HighsStatus) -> bool:
    """Whether HiGHS did what it was asked, without a warning."""
    return bool(status == highspy.HighsStatus.kOk)


def is_refused(status: highspy.HighsStatus) -> bool:
    """Whether HiGHS did nothing of what it was asked."""
    return bool(status == highspy.HighsStatus.kError)


def as_array(values: list[float]) -> npt.NDArray[np.float64]:
    """Return figures of a solution as an array: HiGHS has them as a list, whose length need not be found out."""
    return np.fromiter(values, dtype=float, count=len(values))


def start_from(highs: highspy.Highs, columns: npt.NDArray[np.float64]) -> None:
    """Give the columns of a plan as a start."""
    start = highspy.HighsSolution()
    start.col_value = columns.tolist()
    highs.setSolution(start)


def looking(for_plans: bool) -> dict[str, bool]:
    """Return the options by which branch-and-cut looks for plans by heuristics, and for what is alike, or does not.

    Around the best plan it has, it looks in any case.
    """
    return dict.fromkeys((*HEURISTICS, "mip_detect_symmetry"), for_plans)


def smallest_programme_solves() -> bool:
    """Whether HiGHS solves a programme of one column, as it must wherever it is installed."""
    highs = new_highs()
    highs.addCol(1.0, 2.0, INFINITY, 0, [], [])
    run(highs)
    return answer_of(highs) is Answer.OPTIMAL and bool(abs(highs.getInfo().objective_function_value - 2.0) < 1e-9)


@dataclass(frozen=True)
class Start:
    """Where a run may begin: a basis, and how many rows it has."""

    rows: int
    basis: highspy.HighsBasis
    near: bool = False
    """Whether the same run of another solve ended here: some ten pivots away, for which weights of the steepest edge
    are worth less than working them out takes.
    """

    @property
    def known(self) -> Start:
        """The same for other solves."""
        return replace(self, near=True)

    def among(self, rows: int, columns: int) -> highspy.HighsBasis:
        """Return it among so many rows, those that it has not being basic; ``columns`` is how many it has.

        HiGHS adds them itself: in Python, each status of a row or column would be an object.
        """
        if rows == self.rows:
            return self.basis
        blank, more = new_highs(), rows - self.rows
        lp = highspy.HighsLp()
        lp.num_col_, lp.num_row_ = columns, self.rows
        lp.col_cost_, lp.col_lower_, lp.col_upper_ = np.zeros(columns), np.full(columns, -1.0), np.ones(columns)
        lp.row_lower_, lp.row_upper_ = np.full(self.rows, -1.0), np.ones(self.rows)
        lp.a_matrix_.start_ = np.zeros(columns + 1, dtype=np.int32)
        blank.passModel(lp)
        if not is_ok(blank.setBasis(self.basis)):
            return self.basis  # of a run that ended with none: refused there too
        none = np.empty(0)
        blank.addRows(more, np.full(more, -INFINITY), np.full(more, INFINITY), 0, np.zeros(more, dtype=np.int32),
                      none.astype(np.int32), none)  # fmt: skip
        found: highspy.HighsBasis = blank.getBasis()
        return found


def pass_programme(highs: highspy.Highs, programme: Programme) -> None:
    """Give the programme's linear part, as arrays: in an ``HighsLp`` each figure would be an object on its way."""
    rows, columns = programme.matrix.shape
    highs.passModel(
        columns, rows, programme.matrix.nnz, ROWWISE, MINIMISED, 0.0, np.zeros(columns), programme.column_lower,
        programme.column_upper, programme.row_lower, programme.row_upper, programme.matrix.indptr,
        programme.matrix.indices, programme.matrix.data, np.zeros(columns, dtype=np.int32),
    )  # fmt: skip


def rewrite(highs: highspy.Highs, before: sparse.csr_array, after: sparse.csr_array) -> None:
    """Give the coefficients by which a matrix differs from the one that HiGHS has; terms stand in the same places.

    A variant differs by a few, and to scale a programme and pass it anew takes longer.
    """
    differ = np.flatnonzero(before.data != after.data)
    rows = np.searchsorted(after.indptr, differ, side="right") - 1
    entries = zip(rows.tolist(), after.indices[differ].tolist(), after.data[differ].tolist(), strict=True)
    for row, column, value in entries:
        highs.changeCoeff(row, column, value)


def as_lp(programme: Programme) -> highspy.HighsLp:
    """Return the programme's linear part; which columns are whole is told to HiGHS only where it branches."""
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


def written(
    programme: Programme, costs: npt.NDArray[np.float64], constant: float, maximised: bool,
    names: tuple[list[str], list[str]], path: Path,
) -> None:  # fmt: skip
    """Write a programme with one objective to a file that other solvers read, MPS or LP by its ending.

    ``names`` are those of its rows and of its columns.
    """
    lp = as_lp(programme)
    lp.col_cost_, lp.offset_ = costs, constant
    lp.sense_ = highspy.ObjSense.kMaximize if maximised else highspy.ObjSense.kMinimize
    kinds = (highspy.HighsVarType.kContinuous, highspy.HighsVarType.kInteger)
    lp.integrality_ = [kinds[int(whole)] for whole in programme.whole]
    lp.row_names_, lp.col_names_ = names
    highs = new_highs()
    highs.passModel(lp)
    if not is_ok(highs.writeModel(str(path))):
        raise OSError(f"HiGHS did not write {path.name}")


def as_quadratic(
    equations: sparse.csc_array, right: npt.NDArray[np.float64], curvature: npt.NDArray[np.float64],
    lower: npt.NDArray[np.float64], upper: npt.NDArray[np.float64],
) -> highspy.HighsModel:  # fmt: skip
    """Return the programme min ½ Σ curvature·v² over equations · v = right, lower ≤ v ≤ upper."""
    model = highspy.HighsModel()
    lp, count = model.lp_, len(curvature)
    lp.num_col_, lp.num_row_ = count, len(right)
    lp.col_cost_, lp.col_lower_, lp.col_upper_ = np.zeros(count), lower, upper
    lp.row_lower_ = lp.row_upper_ = right
    lp.a_matrix_.format_ = highspy.MatrixFormat.kColwise
    lp.a_matrix_.start_, lp.a_matrix_.index_, lp.a_matrix_.value_ = equations.indptr, equations.indices, equations.data
    curved = np.flatnonzero(curvature)
    model.hessian_.dim_, model.hessian_.format_ = count, highspy.HessianFormat.kTriangular
    model.hessian_.start_ = np.searchsorted(curved, np.arange(count + 1)).astype(np.int32)
    model.hessian_.index_, model.hessian_.value_ = curved.astype(np.int32), curvature[curved]
    return model
