"""``filiere explain`` as a person types it: sentences, a workbook, JSON, exit codes."""

from __future__ import annotations

import json
from pathlib import Path

import openpyxl
import pytest

from tests.analysis.test_levers import MILL
from tests.commands.running import run, write
from tests.solver.planted import INFEASIBLE, UNBOUNDED, markdown

Monkey = pytest.MonkeyPatch
Said = pytest.CaptureFixture[str]


@pytest.mark.parametrize(
    ("language", "titles"),
    [
        ("fr", ["Leviers", "Ce qui est demandé", "Pourquoi pas", "Marges"]),
        ("en", ["Levers", "What is asked", "Why not", "Margins"]),
    ],
)
def test_a_plan_is_explained_in_sentences_and_a_workbook(
    language: str, titles: list[str], tmp_path: Path, monkeypatch: Monkey, capsys: Said
) -> None:
    file = write(tmp_path / "mill.xlsx", MILL)
    out = tmp_path / "why.xlsx"
    ran = run(monkeypatch, capsys, "explain", str(file), "-o", str(out), "--lang", language)
    assert ran.code == 0
    assert "Processes!C2" in ran.out
    assert "{" not in ran.out
    book = openpyxl.load_workbook(out)
    assert book.sheetnames == titles
    values = list(book[titles[0]].iter_rows(min_row=2, values_only=True))
    assert any(value == pytest.approx(-380) for row in values for value in row if isinstance(value, float | int))
    assert run(monkeypatch, capsys, "explain", str(file), "-o", str(out)).code == 0  # its own former result
    out.write_text("mine")
    assert run(monkeypatch, capsys, "explain", str(file), "-o", str(out)).code == 5


def test_the_sentence_of_a_lever(tmp_path: Path, monkeypatch: Monkey, capsys: Said) -> None:
    file = write(tmp_path / "mill.xlsx", MILL)
    ran = run(monkeypatch, capsys, "explain", str(file), "--lang", "en", "-o", str(tmp_path / "o.xlsx"))
    assert (
        "+1\u00a0t for the capacity of milling, Mill (Processes!C2): it would cut the net cost by 380\u00a0€ per unit, up "
        "to 75\u00a0t." in ran.out
    )
    assert "Checked by solving again: +5\u00a0t would cut the net cost by 1,900\u00a0€." in ran.out


def test_json_holds_levers_ranges_verdict_and_alternatives(tmp_path: Path, monkeypatch: Monkey, capsys: Said) -> None:
    file = write(tmp_path / "mill.xlsx", MILL)
    ran = run(monkeypatch, capsys, "explain", str(file), "--json", "--slack", "5 %")
    told = json.loads(ran.out)
    assert (ran.code, told["status"], told["verdict"]) == (0, "optimal", "unique")
    first = next(one for one in told["levers"] if one["cell"] == "Processes!C2")
    assert first["per_unit"] == pytest.approx(-380)
    assert first["verified"]["cost"] == pytest.approx(-1900)
    assert {one["product"] for one in told["ranges"]} == {"wheat", "flour"}
    assert told["alternatives"]
    assert told["conflict"] == told["repair"] == []
    assert list(tmp_path.glob("*.xlsx")) == [file]


def test_a_chain_without_a_plan_ends_with_4_and_its_repair(tmp_path: Path, monkeypatch: Monkey, capsys: Said) -> None:
    planted = next(one for one in INFEASIBLE if one.name == "a later capacity")
    file = write(tmp_path / "short.xlsx", markdown(*planted.edits))
    ran = run(monkeypatch, capsys, "explain", str(file), "--json", "--lang", "en")
    told = json.loads(ran.out)
    assert (ran.code, told["status"]) == (4, "infeasible")
    assert {one["cell"] for one in told["conflict"]} == {"Processes!C3", "Needs!C2"}
    assert [(one["cell"], one["from"], one["to"]) for one in told["repair"]] == [("Needs!C2", 60, pytest.approx(48))]
    assert told["causes"][0]["sentence"].startswith("School needs 60")
    assert "can get at most 48" in ran.err


def test_a_chain_without_end_ends_with_4_and_its_loop(tmp_path: Path, monkeypatch: Monkey, capsys: Said) -> None:
    endless = next(one for one in UNBOUNDED if one.name == "a dealer")
    ranks = (("Objectives", None, {"rank": 1, "objective": "cost"}),)
    file = write(tmp_path / "endless.xlsx", markdown(*endless.edits, *ranks))
    ran = run(monkeypatch, capsys, "explain", str(file), "--json", "--lang", "fr")
    told = json.loads(ran.out)
    assert (ran.code, told["status"]) == (4, "unbounded")
    assert told["gain"] == {"objective": "cost", "per_turn": pytest.approx(300)}
    assert len(told["conflict"]) == 2


@pytest.mark.parametrize("share", ["two", "-1%", "300%"])
def test_a_slack_that_is_no_share_is_wrong_usage(share: str, tmp_path: Path, monkeypatch: Monkey, capsys: Said) -> None:
    file = write(tmp_path / "mill.xlsx", MILL)
    assert run(monkeypatch, capsys, "explain", str(file), f"--slack={share}").code == 2
