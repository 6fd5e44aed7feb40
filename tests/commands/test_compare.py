"""compare: what it writes, prints and answers, and how it ends."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import filiere
from filiere.analysis.scenarios import compare as scenarios
from filiere.analysis.scenarios.case import Outcome, Work
from filiere.workbook.read.read import read_workbook
from tests.commands.running import run, write
from tests.wheat import SCENARIOS, WHEAT

Monkey = pytest.MonkeyPatch
Said = pytest.CaptureFixture[str]


@pytest.fixture
def wheat(tmp_path: Path) -> Path:
    return write(tmp_path / "wheat.xlsx", WHEAT.replace("{harvest}", "60") + SCENARIOS)


def sheets(path: Path) -> list[str]:
    return [table.sheet for table in read_workbook(path).tables]


def test_every_scenario_is_written_and_failures_are_told(wheat: Path, monkeypatch: Monkey, capsys: Said) -> None:
    ran = run(monkeypatch, capsys, "compare", str(wheat), "--lang", "fr")
    written = wheat.with_name("wheat-comparaison.xlsx")
    assert ran.code == 3
    assert str(written) in ran.out
    assert "dry : Coûte" in ran.out.replace("\u202f", " ")
    assert "Scenarios!E8" in ran.err
    assert "Needs!C2" in ran.err
    assert sheets(written)[:2] == ["Comparaison", "Indicateurs"]


def test_chosen_scenarios_as_json_write_no_file(wheat: Path, monkeypatch: Monkey, capsys: Said) -> None:
    ran = run(monkeypatch, capsys, "compare", str(wheat), "--scenario", "dry", "--scenario", "dear", "--json")
    assert ran.code == 0
    assert ran.err == ""
    found = json.loads(ran.out)
    assert [one["scenario"] for one in found["scenarios"]] == ["reference", "dry", "dear"]
    assert found["differences"][0]["headline"]["cost"]["difference"] == pytest.approx(6_000)
    assert list(wheat.parent.iterdir()) == [wheat]


def test_json_with_an_output_writes_it_too(wheat: Path, monkeypatch: Monkey, capsys: Said) -> None:
    target = wheat.with_name("out.xlsx")
    ran = run(monkeypatch, capsys, "compare", str(wheat), "--scenario", "dry", "--json", "-o", str(target))
    assert ran.code == 0
    assert json.loads(ran.out)["interrupted"] is False
    assert "Comparison" in sheets(target)


@pytest.mark.filterwarnings("ignore:.*extension is not supported")
def test_each_member_gets_a_sheet_for_each_plan(
    wheat: Path, tmp_path: Path, monkeypatch: Monkey, capsys: Said
) -> None:  # fmt: skip
    folder = tmp_path / "members"
    asked = ("compare", str(wheat), "--scenario", "dear", "--lang", "en", "--members", str(folder))
    ran = run(monkeypatch, capsys, *asked, "--time-limit", "60")
    assert ran.code == 0, ran.err
    found = {path.name: sheets(path) for path in folder.iterdir()}
    assert found == {"01-farm.xlsx": ["Reference", "dear"]}  # the shop is no member
    assert f"in {folder}" in ran.out
    # The same question again takes its own files; a file that somebody changed is refused.
    next(folder.iterdir()).write_bytes(b"mine")
    assert run(monkeypatch, capsys, *asked).code == 5


def test_several_workbooks_side_by_side(wheat: Path, monkeypatch: Monkey, capsys: Said) -> None:
    later = write(wheat.with_name("later.xlsx"), WHEAT.replace("{harvest}", "30"))
    ran = run(monkeypatch, capsys, "compare", str(wheat), str(later), "--scenario", "reference", "--json")
    found = json.loads(ran.out)
    assert [(one["workbook"], one["scenario"]) for one in found["scenarios"]] == [
        ("wheat.xlsx", "reference"),
        ("later.xlsx", "reference"),
    ]
    assert found["differences"][0]["inputs"][0]["cell"] == "Offers!C2"
    assert found["attribution"][0]["total"]["cost"] == pytest.approx(6_000)


def test_a_name_that_no_workbook_has_is_refused_with_the_nearest(
    wheat: Path, monkeypatch: Monkey, capsys: Said
) -> None:
    ran = run(monkeypatch, capsys, "compare", str(wheat), "--scenario", "drry", "--lang", "en")
    assert ran.code == 3
    assert "dry" in ran.err
    assert list(wheat.parent.iterdir()) == [wheat]


@pytest.mark.parametrize(
    ("reference", "scenario", "code"), [("alone", "alone", 4), ("wrong", "wrong", 3), ("alone", "wrong", 4)]
)
def test_when_nothing_is_solved_the_worst_code_is_left(
    reference: str, scenario: str, code: int, wheat: Path, monkeypatch: Monkey, capsys: Said
) -> None:
    ran = run(monkeypatch, capsys, "compare", str(wheat), "--reference", reference, "--scenario", scenario)
    assert ran.code == code
    assert list(wheat.parent.iterdir()) == [wheat]


def test_a_workbook_that_cannot_be_read_does_not_stop_the_other(wheat: Path, monkeypatch: Monkey, capsys: Said) -> None:
    torn = wheat.with_name("torn.xlsx")
    torn.write_bytes(b"PK\x03\x04 torn")
    ran = run(monkeypatch, capsys, "compare", str(wheat), str(torn), "--scenario", "dry", "--lang", "en")
    assert ran.code == 3
    assert "torn" in ran.err
    alone = run(monkeypatch, capsys, "compare", str(torn), "--lang", "en", "--json")
    assert alone.code == 3
    assert json.loads(alone.out)["scenarios"][0]["status"] == "error"


def test_an_existing_output_is_refused_before_anything_is_solved(
    wheat: Path, monkeypatch: Monkey, capsys: Said
) -> None:
    target = wheat.with_name("wheat-comparison.xlsx")
    target.write_bytes(b"mine")
    monkeypatch.setattr(scenarios, "solve_case", None)
    ran = run(monkeypatch, capsys, "compare", str(wheat), "-o", str(target), "--lang", "en")
    assert ran.code == 5
    assert target.read_bytes() == b"mine"
    over = run(monkeypatch, capsys, "compare", str(wheat), "-o", str(wheat), "--force")
    assert over.code == 5


def test_ctrl_c_leaves_what_was_finished(wheat: Path, monkeypatch: Monkey, capsys: Said) -> None:
    real = scenarios.solve_case

    def interrupted(work: Work) -> Outcome:
        if work.case.scenario == "dear":
            raise KeyboardInterrupt
        return real(work)

    monkeypatch.setattr(scenarios, "solve_case", interrupted)
    ran = run(monkeypatch, capsys, "compare", str(wheat), "--lang", "en")
    assert ran.code == 130
    written = wheat.with_name("wheat-comparison.xlsx")
    titles = {str(value) for row in read_workbook(written).tables[0].rows for value in row.values.values()}
    assert {"Reference", "dry"} <= titles
    assert "dear" not in titles
    assert "Interrupted" in ran.err


def test_the_same_comparison_from_python(wheat: Path) -> None:
    found = filiere.compare([wheat], ["dry"], attributing=False)
    assert [one.case.scenario for one in found.outcomes] == ["reference", "dry"]
    assert found.attributions == (None, None)
    assert found.reference.values is not None
    assert found.reference.values["cost"] == pytest.approx(18_000)
