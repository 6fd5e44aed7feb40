"""The arrays are those that Pyomo's own compiler makes of the model."""

import numpy as np
import pytest
from pyomo.repn.plugins.standard_form import LinearStandardFormCompiler
from scipy import sparse

from benchmarks.synthetic import synthetic
from filiere.model.build import build, objective_name
from filiere.solver.programme.compile import compile_model
from tests.model.one_of_everything import WORKBOOK
from tests.sheets import chain

CHAINS = {"one of everything": lambda: chain(WORKBOOK), "a region": lambda: synthetic(400)}


@pytest.mark.parametrize("name", CHAINS)
def test_rows_columns_and_functions_are_those_of_pyomos_compiler(name: str) -> None:
    model = build(CHAINS[name]())
    ours = compile_model(model)
    theirs = LinearStandardFormCompiler().write(model.pyomo, mixed_form=True)
    rows = [(row.constraint.parent_component().local_name, row.constraint.index()) for row in theirs.rows]
    columns = [(column.parent_component().local_name, column.index()) for column in theirs.columns]
    assert sorted(rows, key=str) == sorted(ours.rows, key=str)
    assert sorted(columns, key=str) == sorted(ours.columns, key=str)
    row_order = [rows.index(row) for row in ours.rows]
    column_order = [columns.index(column) for column in ours.columns]
    matrix = sparse.csr_array(theirs.A)[row_order][:, column_order]
    assert abs(matrix - ours.matrix).max() == 0.0
    kinds = np.array([row.bound_type for row in theirs.rows])[row_order]
    right = np.asarray(theirs.rhs, dtype=float)[row_order]
    assert np.array_equal(ours.row_lower, np.where(kinds <= 0, right, -np.inf))
    assert np.array_equal(ours.row_upper, np.where(kinds >= 0, right, np.inf))
    found = {objective.local_name: i for i, objective in enumerate(theirs.objectives)}
    costs = sparse.csr_array(theirs.c).todense()
    assert ours.functions
    for key, function in ours.functions.items():
        position = found[objective_name(key)]
        assert np.array_equal(np.asarray(costs[position]).ravel()[column_order], function.coefficients)
        assert theirs.c_offset[position] == function.constant
