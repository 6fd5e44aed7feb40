"""``filiere pareto`` as a person types it."""

from __future__ import annotations

import json
from pathlib import Path

import openpyxl
import pytest

from filiere.workbook.read.read import read_workbook
from tests.analysis.fronts import CRATES, OVENS
from tests.commands.running import run, write
from tests.report.reading import read

Ways = tuple[pytest.MonkeyPatch, pytest.CaptureFixture[str]]


@pytest.fixture
def ways(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Ways:
    return monkeypatch, capsys


def test_json_gives_every_point_and_nothing_else(ways: Ways, tmp_path: Path) -> None:
    file = write(tmp_path / "ovens.xlsx", OVENS)
    ran = run(*ways, "pareto", str(file), "--x", "coût", "--y", "dépendance", "--json")
    assert ran.code == 0, ran.err
    answer = json.loads(ran.out)
    assert [(point["x"], point["y"]) for point in answer["points"]] == [
        pytest.approx(point) for point in [(1000, 1000), (1020, 800), (1180, 400), (1200, 200)]
    ]
    assert [point["opened"] for point in answer["points"]] == [
        [], ["small oven"], ["large oven"], ["large oven", "small oven"]
    ]  # fmt: skip
    assert all(point["certificate"]["passed"] for point in answer["points"])
    assert (answer["x"], answer["y"]) == (
        {"objective": "cost", "best": "min"},
        {"objective": "dependency", "best": "min"},
    )
    assert list(tmp_path.iterdir()) == [file]


def test_the_workbook_has_the_points_a_scatter_chart_and_a_sentence_for_each_step(ways: Ways, tmp_path: Path) -> None:
    file, target = write(tmp_path / "ovens.xlsx", OVENS), tmp_path / "front.xlsx"
    ran = run(*ways, "pareto", str(file), "--x", "cost", "--y", "dependency", "-o", str(target), "--lang", "fr")
    assert ran.code == 0, ran.err
    book = openpyxl.load_workbook(target)
    first, points = book.worksheets[0], book["Points"]
    assert [row[1].value for row in points.iter_rows(min_row=2)] == pytest.approx([1000, 1020, 1180, 1200])
    texts = [str(cell.value) for row in first.iter_rows() for cell in row if cell.value is not None]
    steps = [text for text in texts if text.startswith("Passer du point")]
    assert len(steps) == 3
    assert "coûte 20\u00a0€ de plus et réduit la dépendance de 200\u00a0€" in steps[0]
    assert "avec small oven" in steps[0]
    assert "avec large oven, sans small oven" in steps[1]
    charts = first._charts
    assert [type(chart).__name__ for chart in charts] == ["ScatterChart"]
    assert str(target) in ran.out


def test_one_point_is_written_as_solve_writes_its_plan(ways: Ways, tmp_path: Path) -> None:
    file, target = write(tmp_path / "ovens.xlsx", OVENS), tmp_path / "two.xlsx"
    common = ("pareto", str(file), "--x", "cost", "--y", "dependency", "--point")
    ran = run(*ways, *common, "2", "-o", str(target), "--json", "--lang", "fr")
    assert ran.code == 0, ran.err
    answer = json.loads(ran.out)
    assert answer["plan"]["certificate"]["passed"]
    assert answer["plan"]["opened"] == ["small oven"]
    assert {o["objective"]: o["value"] for o in answer["plan"]["objectives"]}["cost"] == pytest.approx(1020)
    column = [cell.value for cell in read(target.read_bytes()).values["Activités et projets"]["A"]]
    assert column[column.index("Projets et extensions") + 2] == "small oven"
    assert run(*ways, *common, "5", "--json").code == 2


@pytest.mark.parametrize("more", [(), ("--point", "2")])
def test_the_front_or_a_point_comes_into_a_copy(ways: Ways, tmp_path: Path, more: tuple[str, ...]) -> None:
    file, copy = write(tmp_path / "ovens.xlsx", OVENS), tmp_path / "copy.xlsx"
    ran = run(
        *ways, "pareto", str(file), "--x", "cost", "--y", "dependency", "--into", str(copy), "--lang", "fr", *more
    )
    assert ran.code == 0, ran.err
    own, sheets = read_workbook(file).tables, read_workbook(copy).tables
    assert sheets[: len(own)] == own
    added = [table.sheet for table in sheets[len(own) :]]
    assert added[0] == ("▸ Synthèse" if more else "▸ Compromis") and all(name.startswith("▸ ") for name in added)
    assert str(copy) in ran.out and str(copy.with_suffix(".html")) in ran.out
    assert {path.suffix for path in tmp_path.iterdir()} == {".xlsx", ".html"}
    assert len(list(tmp_path.iterdir())) == 3


def test_an_existing_output_is_kept(ways: Ways, tmp_path: Path) -> None:
    file = write(tmp_path / "crates.xlsx", CRATES)
    target = tmp_path / "crates-front.xlsx"
    target.write_bytes(b"mine")
    ran = run(*ways, "pareto", str(file), "--x", "cost", "--y", "dependency", "-o", str(target))
    assert ran.code == 5
    assert target.read_bytes() == b"mine"


def test_an_unknown_objective_is_wrong_usage_and_names_the_nearest(ways: Ways, tmp_path: Path) -> None:
    file = write(tmp_path / "crates.xlsx", CRATES)
    ran = run(*ways, "pareto", str(file), "--x", "cots", "--y", "dependency", "--lang", "en")
    assert ran.code == 2
    assert "“cost”" in ran.err


def test_a_chain_that_cannot_work_ends_with_its_conflict(ways: Ways, tmp_path: Path) -> None:
    short = CRATES.replace("| Dealer | Canteen | crate |", "").replace("used crate | 100 |", "used crate | 60 |")
    file = write(tmp_path / "short.xlsx", short)
    ran = run(*ways, "pareto", str(file), "--x", "cost", "--y", "circularity", "--json")
    assert ran.code == 4
    answer = json.loads(ran.out)
    assert (answer["status"], answer["points"]) == ("infeasible", [])
    assert answer["conflict"]


@pytest.mark.parametrize(("language", "said"), [("fr", "ne s'opposent pas"), ("en", "are not opposed")])
def test_two_objectives_that_agree_are_told_so(ways: Ways, tmp_path: Path, language: str, said: str) -> None:
    file = write(tmp_path / "crates.xlsx", CRATES)
    ran = run(*ways, "pareto", str(file), "--x", "dependency", "--y", "circularity", "--lang", language, "-o",
              str(tmp_path / "out.xlsx"))  # fmt: skip
    assert ran.code == 0, ran.err
    assert said in ran.out
