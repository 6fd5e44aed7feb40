"""Workbooks whose chain cannot work, or feeds on itself: exit 4, the reason in words with cells, and no results."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.commands.running import Ran, run, write
from tests.solver.planted import INFEASIBLE, UNBOUNDED, Endless, Planted, markdown

Patch = pytest.MonkeyPatch
Captured = pytest.CaptureFixture[str]


def _solved(folder: Path, text: str, language: str, monkeypatch: Patch, capsys: Captured) -> tuple[Ran, list[str]]:
    """Return what was said, and the cells of the conflict as programs read them; nothing may be written."""
    path = str(write(folder / "chain.xlsx", text))
    said = run(monkeypatch, capsys, "solve", path, "--lang", language)
    told = run(monkeypatch, capsys, "solve", path, "--lang", language, "--json")
    assert (said.code, told.code) == (4, 4)
    assert [found.name for found in folder.iterdir()] == ["chain.xlsx"]
    assert "{" not in said.err and "Traceback" not in said.err
    return said, [clash["cell"] for clash in json.loads(told.out)["conflict"] if clash["cell"]]


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize(
    "planted", [one for one in INFEASIBLE if not one.surpluses][::6], ids=lambda planted: planted.name
)
def test_a_chain_that_cannot_work_is_told_with_its_cells(
    planted: Planted, language: str, tmp_path: Path, monkeypatch: Patch, capsys: Captured
) -> None:
    said, cells = _solved(tmp_path, markdown(*planted.edits), language, monkeypatch, capsys)
    assert cells and all(cell in said.err for cell in cells)


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("endless", UNBOUNDED[::4], ids=lambda endless: endless.name)
def test_a_chain_that_feeds_on_itself_is_told_with_its_loop(
    endless: Endless, language: str, tmp_path: Path, monkeypatch: Patch, capsys: Captured
) -> None:
    said, _ = _solved(tmp_path, endless.text, language, monkeypatch, capsys)
    assert all(name in said.err for step in endless.loop for name in step.split()[1:])


MEALS = """
## Settings
| setting | value |
| currency | EUR |
## Actors
| actor | perimeter |
| Bakery | member |
| Canteen | member |
| Trader | external |
## Products
| product | unit | price |
| flour | t | 500 |
| bread | t | 3000 |
| meals | meal | 8 |
## Processes
| process | actor | capacity | today |
| baking | Bakery | 75 | 45 |
| cooking | Canteen | | 1000 |
## Recipes
| process | product | input | output |
| baking | flour | 0.8 | |
| baking | bread | | 1 |
| cooking | bread | {bread} | |
| cooking | meals | | 1 |
## Links
| from | to | product | today |
| Trader | Bakery | flour | 36 |
| Bakery | Canteen | bread | 45 |
## Needs
| actor | product | quantity | obligation |
| Canteen | meals | 1000 | must |
"""


def test_a_figure_in_another_unit_is_told_before_what_clashes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """45 kg of bread a meal in place of 0.045 t: more ovens are not what the canteen lacks."""
    assert run(monkeypatch, capsys, "solve", str(write(tmp_path / "meals.xlsx", MEALS.format(bread=0.045)))).code == 0
    for language in ("fr", "en"):
        ran = run(
            monkeypatch, capsys, "solve", str(write(tmp_path / "kg.xlsx", MEALS.format(bread=45))), "--lang", language
        )
        assert ran.code == 4
        lines = [line for line in ran.err.splitlines() if "Recipes!C4" in line or "Processes!C2" in line]
        assert lines[0].startswith("Recipes!C4") and "TDY05" in lines[0]
