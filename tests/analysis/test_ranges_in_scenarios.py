"""Ranges in scenarios: a plan for each figure, the curve, and from which figure on a project opens. By hand."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from filiere.analysis.scenarios.compare import Comparison, Source, cases, compare
from filiere.chain.parse.sheets import parse
from filiere.chain.read import read_chain
from filiere.chain.scenario.names import scenario_names
from filiere.problems import WorkbookError
from filiere.report.comparison.json import comparison_json
from filiere.report.comparison.sides import Sides
from filiere.report.comparison.text import comparison_lines
from filiere.table import RawWorkbook
from filiere.workbook.read.read import read_workbook
from tests.commands.running import run, write
from tests.sheets import problems, workbook

# A tonne of flour costs 500 outside, and 500 − 300 less to mill: a mill of 27,400 a year pays from 137 t on.
MILL = """
    ## Actors
    | actor | perimeter |
    | Canteen | member |
    | Mill | member |
    | Trader | external |
    ## Products
    | product | unit | price |
    | wheat | t | 200 |
    | flour | t | 500 |
    ## Processes
    | process | actor | capacity | status | investment | unit_cost |
    | mill | Mill | 300 | candidate | 27400 | 100 |
    ## Recipes
    | process | product | input | output |
    | mill | wheat | 1 | |
    | mill | flour | | 1 |
    ## Links
    | from | to | product | price |
    | Trader | Mill | wheat | 200 |
    | Mill | Canteen | flour | 400 |
    | Trader | Canteen | flour | 500 |
    ## Needs
    | actor | product | quantity | obligation |
    | Canteen | flour | 120 | must |
    ## Objectives
    | rank | objective |
    | 1 | cost |
    ## Scenarios
    | scenario | table | row | column | change | base |
    | meals | Needs | Canteen / flour | quantity | = 100 to 200 by 25 | |
"""
FRENCH = MILL.replace("= 100 to 200 by 25", "= 0,5 à 1,5 par 0,5 t")


@pytest.fixture(scope="module")
def compared() -> Comparison:
    source = Source(Path("mill.xlsx"), RawWorkbook(workbook(MILL), sha256="mill"))
    return compare([source], cases([source]))


def said(comparison: Comparison, language: str) -> str:
    return "\n".join(comparison_lines(Sides(comparison, language))).replace("\u00a0", " ").replace("\u202f", " ")


def test_each_figure_is_a_scenario_named_after_it() -> None:
    assert scenario_names(parse(workbook(MILL))) == (
        "reference", "meals 100", "meals 125", "meals 150", "meals 175", "meals 200",
    )  # fmt: skip
    assert scenario_names(parse(workbook(FRENCH)))[1:] == ("meals 0,5 t", "meals 1 t", "meals 1,5 t")
    assert read_chain(workbook(FRENCH), "meals 1,5 t").needs[0].quantity == pytest.approx(1.5)
    factors = MILL.replace("= 100 to 200 by 25", "x 0.8 to 1.2 by 0.2")
    assert scenario_names(parse(workbook(factors)))[1:] == ("meals x 0.8", "meals x 1", "meals x 1.2")
    assert read_chain(workbook(factors), "meals x 1.2").needs[0].quantity == pytest.approx(144.0)


def test_the_rest_of_the_scenario_and_its_base_hold_at_every_figure() -> None:
    rows = """| meals | Links | Trader / * / wheat | price | = 210 | |
    | dear | Links | Trader / Canteen / flour | price | = 600 | |"""
    more = MILL.replace("| = 100 to 200 by 25 | |", f"| = 100 to 200 by 25 | dear |\n    {rows}")
    chain = read_chain(workbook(more), "meals 125")
    prices = {(link.from_, link.product): link.price for link in chain.links}
    assert prices == {("Trader", "wheat"): 210.0, ("Mill", "flour"): 400.0, ("Trader", "flour"): 600.0}
    assert chain.needs[0].quantity == 125.0
    with pytest.raises(WorkbookError):
        read_chain(workbook(more), "meals")  # it stands for its figures


def test_the_mill_opens_from_137_t_on(compared: Comparison) -> None:
    (curve,) = compared.curves
    assert curve.figures == (100.0, 125.0, 150.0, 175.0, 200.0)
    opens = [turn for turn in curve.turns if turn.opened]
    assert [(turn.before, turn.after, turn.opened) for turn in opens] == [(125.0, 150.0, ("mill",))]
    assert opens[0].at == pytest.approx(137.0, abs=25 / 256)
    (supplied,) = [turn for turn in curve.turns if turn.gained]
    assert supplied.lost == (("Trader", "Canteen", "flour"),) and supplied.at == opens[0].at
    costs = [compared.outcomes[i].values["cost"] for i in curve.cases]
    assert costs == pytest.approx([50_000, 62_500, 45_000 + 27_400, 52_500 + 27_400, 60_000 + 27_400])


def test_it_is_said_and_drawn(compared: Comparison) -> None:
    assert "meals: From 137 on, mill opens. From 137 on, Mill now supplies Canteen (flour)" in said(compared, "en")
    assert "meals : À partir de 137, mill s'ouvre." in said(compared, "fr").replace("’", "'")
    told = comparison_json(Sides(compared, "en"))["curves"][0]
    assert (told["scenario"], told["figures"], told["turns"][0]["opened"]) == (
        "meals",
        [100, 125, 150, 175, 200],
        ["mill"],
    )
    assert told["headline"]["cost"][0] == pytest.approx(50_000)


def test_compare_takes_the_range_by_its_name_and_writes_its_sheet(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    file = write(tmp_path / "mill.xlsx", MILL.replace("100 to 200 by 25", "100 to 200 by 100"))
    out = tmp_path / "out.xlsx"
    ran = run(
        monkeypatch, capsys, "compare", str(file), "--scenario", "meals", "-o", str(out), "--lang", "en", "--json"
    )
    assert ran.code == 0, ran.err
    assert [one["scenario"] for one in json.loads(ran.out)["scenarios"]] == ["reference", "meals 100", "meals 200"]
    table = next(table for table in read_workbook(out).tables if table.sheet == "meals")
    assert [row.values[0] for row in table.rows][:3] == ["Figure", 100, 200]


@pytest.mark.parametrize(
    ("change", "code"),
    [("= 100 to 200 by 0", "RNG02"), ("= 1 to 1000 by 1", "RNG02"), ("= 1 t to 2 kg by 1", "RNG01"),
     ("= a to b by c", "RNG01")],
)  # fmt: skip
def test_a_range_that_cannot_be_read_is_said_with_its_cell(change: str, code: str) -> None:
    assert (code, "Scenarios!E2") in problems(MILL.replace("= 100 to 200 by 25", change))


def test_one_figure_moves_at_a_time() -> None:
    two = MILL.rstrip() + "\n    | meals | Links | Trader / * / wheat | price | = 100 to 200 by 50 | |\n"
    assert ("RNG03", "Scenarios!E3") in problems(two)
