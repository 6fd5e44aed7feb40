"""A programme as nothing but arrays, and HiGHS on them: what every layer above is measured against.

*The cost alone* is one run of HiGHS with its own defaults. *The same sequence* is everything that filiere minimises for
one objective: the cost, each closing rank, and then how uneven the seasons are. It is what a program without filiere's
layers would do: one HiGHS, given the arrays once, each rank held by one plain row, every run started where HiGHS itself
left the one before; the seasons as a programme of its own, whose arrays are there already too.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import highspy
import numpy as np

from filiere.model.closing import CLOSING
from filiere.solver.ranks.rank import ranks

if TYPE_CHECKING:
    from filiere.solver.programme.compile import Function, Programme

SLACK = 1e-7
"""What a held row leaves, relative to its bound: HiGHS's own tolerance. Of 0, 1e-9 and 1e-7 it is the quickest: with 0
the last rank of 10,000 flows was told infeasible, with 1e-9 all of them took six times as long.
"""


def arrays(programme: Programme) -> dict[str, np.ndarray]:
    """Return a programme as nothing but arrays."""
    return {
        "start": programme.matrix.indptr, "index": programme.matrix.indices, "value": programme.matrix.data,
        "row_lower": programme.row_lower, "row_upper": programme.row_upper,
        "column_lower": programme.column_lower, "column_upper": programme.column_upper,
        "cost": programme.functions["cost"].coefficients, "whole": programme.whole,
    }  # fmt: skip


def pass_and_run(given: dict[str, np.ndarray]) -> float:
    """Hand arrays to HiGHS with its own defaults; return the least cost. Whole numbers are chosen to 1e-9, as ours."""
    highs = _passed(given)
    _run(highs)
    return float(highs.getInfo().objective_function_value)


def pass_and_run_all(given: dict[str, np.ndarray], functions: list[Function], then: dict[str, np.ndarray]) -> None:
    """Hand arrays to HiGHS, minimise one function after the other, each held by a row; then another programme."""
    highs = _passed({**given, "cost": np.zeros(len(given["column_lower"]))})
    every = np.arange(len(given["column_lower"]), dtype=np.int32)
    for function in functions:
        scaled = function.coefficients / function.largest
        highs.changeColsCost(len(every), every, scaled)
        _run(highs)
        least, used = highs.getInfo().objective_function_value, np.flatnonzero(scaled).astype(np.int32)
        upper = least + SLACK * max(1.0, abs(least))
        highs.addRow(-highspy.kHighsInf, upper, len(used), used, scaled[used])
    if then:
        pass_and_run(then)


def sequence(programme: Programme) -> list[Function]:
    """Return what filiere minimises of a programme of linear ranks without a tolerance, in order, its seasons apart."""
    asked = [rank.function(programme) for rank in ranks(programme.index.chain.objectives)]
    closing = [programme.functions[name] for name in CLOSING]
    return [*asked, *(function for function in closing if function.coefficients.any())]


def _passed(given: dict[str, np.ndarray]) -> highspy.Highs:
    highs = highspy.Highs()
    highs.setOptionValue("output_flag", False)
    highs.setOptionValue("threads", 1)
    lp = highspy.HighsLp()
    lp.num_row_, lp.num_col_ = len(given["row_lower"]), len(given["column_lower"])
    lp.col_cost_, lp.col_lower_, lp.col_upper_ = given["cost"], given["column_lower"], given["column_upper"]
    lp.row_lower_, lp.row_upper_ = given["row_lower"], given["row_upper"]
    lp.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    lp.a_matrix_.start_, lp.a_matrix_.index_, lp.a_matrix_.value_ = given["start"], given["index"], given["value"]
    if given["whole"].any():
        lp.integrality_ = [highspy.HighsVarType(int(whole)) for whole in given["whole"]]
        highs.setOptionValue("mip_rel_gap", 1e-9)
        highs.setOptionValue("mip_abs_gap", 1e-9)
    highs.passModel(lp)
    return highs


def _run(highs: highspy.Highs) -> None:
    highs.run()
    assert highs.getModelStatus() == highspy.HighsModelStatus.kOptimal
