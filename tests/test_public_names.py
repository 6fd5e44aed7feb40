"""What ``import filiere`` gives can be called, whatever parts of the package were imported before.

A sub-package takes its name on the package that holds it: a public name that equals one would be lost.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

import filiere
from tests.commands.running import write
from tests.sheets import chain
from tests.solver.planted import markdown

BREAD = markdown()
LEDGER = "Fournisseur;Produit;Quantité;Unité;Montant HT;Date\nFerme;Blé;12;t;2400;03/01/2024\n"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    for module in pkgutil.walk_packages(filiere.__path__, "filiere."):
        if not module.name.endswith("__main__"):
            importlib.import_module(module.name)
    return write(tmp_path / "bread.xlsx", BREAD)


def gathered(file: Path) -> Any:
    ledger = file.with_name("achats Moulin.csv")
    ledger.write_text(LEDGER, encoding="utf-8")
    return filiere.gather_files([ledger])


CALLS: dict[str, Callable[[Path], bool]] = {
    "check": lambda file: filiere.check(file) is not None,
    "compare": lambda file: len(filiere.compare([file]).outcomes) == 1,
    "complete": lambda file: filiere.complete(file).changes == 0,
    "gather_files": lambda file: [flow.product for flow in gathered(file).flows] == ["Blé"],
    # Nothing of this year is known: the refusal is the function's own.
    "no_worse_off": lambda _: _raises(filiere.no_worse_off, chain(BREAD), "SOL01"),
    "pareto": lambda file: bool(filiere.pareto(file, "cost", "dependency", 2).points),
    "pareto_point": lambda file: (
        filiere.pareto_point(filiere.pareto(file, "cost", "dependency", 2), 1).solution.plan is not None
    ),
    "pyomo_model": lambda _: len(filiere.pyomo_model(chain(BREAD)).flow) == 3,
    "questionnaires": lambda file: all(one.content for one in filiere.questionnaires(file)),
    "read": lambda file: len(filiere.read(file).links) == 3,
    "run": lambda file: filiere.run(file).solution.plan is not None,
    "share": lambda file: _raises(filiere.share, file, "SOL01"),
    "solve_chain": lambda _: filiere.solve_chain(chain(BREAD)).solution.plan is not None,
    "steps": lambda file: filiere.steps(filiere.run(file)) is None,  # from no today there is no step
}


def _raises(function: Callable[..., Any], argument: Any, code: str) -> bool:
    with pytest.raises(filiere.problems.WorkbookError) as refused:  # type: ignore[attr-defined]
        function(argument)
    return [problem.code for problem in refused.value.problems] == [code]


def test_every_public_name_is_what_it_says_after_everything_was_imported(file: Path) -> None:
    assert {*filiere.__all__} == {*CALLS, "__version__"}
    assert filiere.__version__.count(".") == 2
    assert [name for name in filiere.__all__ if isinstance(getattr(filiere, name), ModuleType)] == []


@pytest.mark.parametrize("name", CALLS)
def test_every_public_name_can_be_called_after_everything_was_imported(name: str, file: Path) -> None:
    assert CALLS[name](file)
