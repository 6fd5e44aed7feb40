"""The published extremes: each gives an error with its cell or is solved, and none ends as a fault of the program."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

import filiere
from filiere.chain.chain import Chain, Objective
from filiere.chain.read import read_chain
from filiere.schema import words as w
from filiere.schema.objectives import facts_of
from filiere.workbook.read.read import read_workbook
from tests.commands.running import run
from tests.commands.test_export import EXAMPLES
from tests.field.cases import FIELD, needs_field
from tests.laws.law import values
from tests.solver.second import second_values
from tests.solving import best

EXTREMES = FIELD / "extremes"
REFUSED = {
    "importance_1e7.xlsx": ("NUM11", "Needs!F2"), "price_1e308.xlsx": ("NUM11", "Products!C2"),
    "recipe_output_1e10.xlsx": ("NUM11", "Recipes!D2"),
}  # fmt: skip
SOLVED = ("base_small.xlsx", "crash_1_1.xlsx", "ctrl.xlsx", "grp.xlsx")
WEIGHED = ("small_unmet10_jobs1.xlsx", "weights_food_unmet1000_cost1.xlsx")


def copied(name: str, folder: Path) -> Path:
    return Path(shutil.copyfile(EXTREMES / name, folder / name))


@needs_field
def test_every_extreme_that_is_published_is_tried() -> None:
    assert {path.name for path in EXTREMES.glob("*.xlsx")} == {*REFUSED, *SOLVED, *WEIGHED}


@needs_field
@pytest.mark.parametrize("name", REFUSED)
def test_a_size_that_nobody_can_mean_is_a_refused_workbook(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    code, cell = REFUSED[name]
    ran = run(monkeypatch, capsys, "--lang", "en", "solve", str(copied(name, tmp_path)))
    assert ran.code == 3 and f"{cell}: error [{code}]" in ran.err


@needs_field
def test_a_damaged_byte_beside_the_tables_is_told_and_the_copy_is_annotated(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    copy = tmp_path / "annotated.xlsx"
    ran = run(monkeypatch, capsys, "check", str(copied("crash_1_1.xlsx", tmp_path)), "--annotate", str(copy))
    assert ran.code == 0 and "FIL33" in ran.err and copy.exists()


@needs_field
def test_names_with_control_characters_never_reach_the_terminal(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The names hold ESC [31m, BEL, backspace and a title of the window."""
    ran = run(monkeypatch, capsys, "solve", str(copied("ctrl.xlsx", tmp_path)), "-o", str(tmp_path / "out.xlsx"))
    assert ran.code == 0
    assert not {sign for sign in ran.out + ran.err if ord(sign) < 32} - {"\n"}


@needs_field
def test_a_group_called_as_what_every_object_of_a_script_has_is_a_group(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    ran = run(monkeypatch, capsys, "solve", str(copied("grp.xlsx", tmp_path)), "--json")
    assert ran.code == 0 and json.loads(ran.out)["certificate"]["passed"]
    assert filiere.read(EXTREMES / "grp.xlsx").actors["Mill"].groups == ("__proto__",)


@needs_field
@pytest.mark.parametrize("name", WEIGHED)
def test_two_objectives_of_one_rank_with_weights_recompute_one_by_one(name: str) -> None:
    """The certificate passes, each part is what the plan comes to, and the second route reaches the same sum."""
    plan = best(read_chain(read_workbook(EXTREMES / name)))
    assert values(plan.solution) == pytest.approx(second_values(plan.chain), rel=1e-7)
    for told in plan.solution.objectives:
        assert told.final == pytest.approx(told.value, rel=1e-5, abs=1e-6)


def weighed(chain: Chain, **weights: float) -> Chain:
    """The chain with one rank alone, of these objectives."""
    kinds = {w.Objective[name.upper()]: weight for name, weight in weights.items()}
    return replace(chain, objectives=tuple(
        Objective(1, kind, None, facts_of(kind).direction, weight, 0.0, 0.0) for kind, weight in kinds.items()
    ))  # fmt: skip


@pytest.mark.parametrize(("sector", "weights"), [
    ("food", {"unmet": 2000, "cost": 1}), ("food", {"unmet": 100, "transport": 1}),
    ("culture", {"unmet": 1000, "co2": 1}), ("culture", {"unmet": 1e4, "cost": 1e-3}),
    ("culture", {"unmet": 1e-3, "cost": 1e4}),
], ids=lambda given: given if isinstance(given, str) else "+".join(f"{n}x{x:g}" for n, x in given.items()))  # fmt: skip
def test_weights_on_a_shared_rank_of_the_examples_recompute(sector: str, weights: dict[str, float]) -> None:
    plan = best(weighed(filiere.read(EXAMPLES / f"{sector}_example_en.xlsx"), **weights))
    for told in plan.solution.objectives:
        assert told.final == pytest.approx(told.value, rel=1e-5, abs=1e-6)
