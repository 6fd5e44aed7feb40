"""The text of every equation and objective, kept and compared: a change of the model is visible in review.

The kept texts were read against the specification, term by term. To renew them after a wanted change:
``FILIERE_RENEW_GOLDEN=1 pytest tests/model/test_golden.py``, then read the difference.
"""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path

import pytest

from filiere.model.build import EQUATIONS, Model, build, functions
from filiere.model.closing import CLOSING
from filiere.model.objectives import CIRCULARITY, NAMED
from filiere.model.ranked_cost import RANKED
from filiere.model.text import equation_text, objective_text
from filiere.schema import words as w
from tests.model.one_of_everything import WORKBOOK
from tests.model.pooling import POOLING
from tests.sheets import chain

GOLDEN = Path(__file__).parent.parent / "golden"
EQUATION_NAMES = [equation.name for equation in EQUATIONS]
OBJECTIVE_NAMES = [*(kind.key for kind in NAMED), *CIRCULARITY, *RANKED, *CLOSING]


@cache
def model() -> Model:
    from dataclasses import replace

    from filiere.chain.chain import Objective
    from filiere.chain.derived.observed import Observed
    from filiere.schema.objectives import facts_of

    every = tuple(
        Objective(i, kind, None, facts_of(kind).direction, 1.0, 0.0, 0.0) for i, kind in enumerate(w.Objective)
    )
    made = chain(WORKBOOK)
    actors = {**made.actors, "Mill": replace(made.actors["Mill"], least_surplus=1200.0, may_transfer=True)}
    packing = ("packing", "Mill")
    processes = {**made.processes, packing: replace(made.processes[packing], whole_each_period=True)}
    seen = Observed(
        chain=made,
        flows={("Farm", "Mill", "wheat", "", 0): 60.0, ("Mill", "Town", "flour", "", 0): 40.0},
        levels={("growing", "Farm"): 80.0, ("milling", "Mill"): 50.0},
        served={("Town", "flour", "", 0): 30.0, ("Town", "flour", "", 2): 10.0},
        grants={("Region", "Mill", "grant", 0): 500.0},
    )
    return build(replace(made, actors=actors, processes=processes, objectives=every, observed=seen))


@cache
def pooled() -> Model:
    return build(chain(POOLING))


@pytest.mark.parametrize("name", EQUATION_NAMES)
def test_equation_reads_as_kept(name: str) -> None:
    text = equation_text(model(), name) or equation_text(pooled(), name)
    assert text, f"the chain of this test has no row of {name}"
    compare(name, text)


@pytest.mark.parametrize("name", OBJECTIVE_NAMES)
def test_objective_reads_as_kept(name: str) -> None:
    compare(f"objective_{name}", objective_text(model(), name))


def test_no_golden_file_is_left_over() -> None:
    kept = {path.stem for path in GOLDEN.glob("*.txt")}
    assert kept == {*EQUATION_NAMES, *(f"objective_{name}" for name in OBJECTIVE_NAMES)}
    assert set(functions(model().index.chain)) == set(OBJECTIVE_NAMES)


def compare(name: str, text: str) -> None:
    path = GOLDEN / f"{name}.txt"
    if os.environ.get("FILIERE_RENEW_GOLDEN"):
        path.write_text(text, encoding="utf-8")
    assert text == path.read_text(encoding="utf-8")
