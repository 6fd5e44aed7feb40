"""A programme as nothing but arrays, and HiGHS on them: what every layer above is measured against."""

from __future__ import annotations

from typing import TYPE_CHECKING

import highspy
import numpy as np

if TYPE_CHECKING:
    from filiere.solver.programme.compile import Programme


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
    highs.run()
    assert highs.getModelStatus() == highspy.HighsModelStatus.kOptimal
    return float(highs.getInfo().objective_function_value)
