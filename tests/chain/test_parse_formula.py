"""The template's own formula is understood without its value; no other is."""

from __future__ import annotations

import pytest

from filiere.chain.parse.formula import evaluated
from filiere.table import RawRow, RawValue, Uncomputed

FORMULA = '=IF(OR(G2="",N(I2)=0),"",G2/I2)'


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({}, ""),
        ({8: 40.0}, ""),
        ({6: 120.0, 8: 40.0}, 3.0),
        ({6: 120.0, 8: 0.0}, ""),
        ({6: 120.0, 8: Uncomputed("=SUM(A1)")}, Uncomputed(FORMULA)),
        ({6: "120 t", 8: 40.0}, Uncomputed(FORMULA)),
    ],
)
def test_the_templates_formula_is_worked_out(values: dict[int, RawValue], expected: RawValue) -> None:
    assert evaluated(Uncomputed(FORMULA), RawRow(2, values)) == expected


@pytest.mark.parametrize("formula", ["=G2/I2", '=IF(OR(G3="",N(I3)=0),"",G3/I3)', '=IF(OR(G2="",N(I2)=0),"",I2/G2)'])
def test_any_other_formula_stays_uncomputed(formula: str) -> None:
    assert evaluated(Uncomputed(formula), RawRow(2, {6: 120.0, 8: 40.0})) == Uncomputed(formula)
