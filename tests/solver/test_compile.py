"""The arrays are those that Pyomo's own compiler makes of the model, and read twice they are the same."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from pyomo.repn.plugins.standard_form import LinearStandardFormCompiler
from scipy import sparse

import filiere
from benchmarks.synthetic import synthetic
from filiere.model.build import build, objective_name
from filiere.solver.programme.compile import Programme, compile_model, compiled
from tests.laws.draft import Draft
from tests.laws.law import chain_of, law
from tests.model.one_of_everything import WORKBOOK
from tests.sheets import chain
from tests.solver.dense import dense

EXAMPLES = Path(__file__).parent.parent.parent / "data_templates"
CHAINS = {"one of everything": lambda: chain(WORKBOOK), "a region": lambda: synthetic(400)}
READ_TWICE = CHAINS | {
    sector: lambda sector=sector: filiere.read(EXAMPLES / f"{sector}_example_fr.xlsx") for sector in ("food", "culture")
}


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


def same_arrays(one: Programme, other: Programme) -> None:
    assert one.rows == other.rows
    assert one.columns == other.columns
    for field in ("row_lower", "row_upper", "column_lower", "column_upper", "whole"):
        assert np.array_equal(getattr(one, field), getattr(other, field)), field
    for field in ("indptr", "indices", "data"):
        assert np.array_equal(getattr(one.matrix, field), getattr(other.matrix, field)), field
    assert one.functions.keys() == other.functions.keys()
    for name, function in one.functions.items():
        assert np.array_equal(function.coefficients, other.functions[name].coefficients), name
        assert function.constant == other.functions[name].constant, name


@pytest.mark.parametrize("name", READ_TWICE)
def test_the_equations_read_straight_into_arrays_are_those_of_the_pyomo_model(name: str) -> None:
    chain = READ_TWICE[name]()
    same_arrays(compiled(chain), compile_model(build(chain)))


@law(40)
@given(draft=dense())
def test_both_readings_of_a_random_chain_are_the_same_arrays(draft: Draft) -> None:
    chain = chain_of(draft)
    same_arrays(compiled(chain), compile_model(build(chain)))
