"""``filiere stress`` on the command line: what it writes, prints and answers."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from filiere.workbook.read.read import read_workbook
from tests.analysis.test_stress import BREAD
from tests.commands.running import run, write

Monkey = pytest.MonkeyPatch
Said = pytest.CaptureFixture[str]


@pytest.fixture
def bread(tmp_path: Path) -> Path:
    return write(tmp_path / "bread.xlsx", BREAD)


@pytest.mark.parametrize(("language", "sheet", "said"), [
    ("en", "Losses", "The worst loss: Farm"), ("fr", "Pertes", "La perte la plus grave"),
])  # fmt: skip
def test_it_writes_a_workbook_and_says_the_worst(
    bread: Path, monkeypatch: Monkey, capsys: Said, language: str, sheet: str, said: str
) -> None:
    target = bread.with_name("out.xlsx")
    ran = run(monkeypatch, capsys, "stress", str(bread), "--pairs", "-o", str(target), "--lang", language)
    assert ran.code == 0, ran.err
    assert said in ran.out
    assert str(target) in ran.out
    tables = {table.sheet: table for table in read_workbook(target).tables}
    assert tables[sheet].rows[1].values[1] == "Farm"
    assert run(monkeypatch, capsys, "stress", str(bread), "-o", str(target)).code == 5  # never overwritten unasked


def test_json_has_the_losses_the_hedge_and_the_bands(bread: Path, monkeypatch: Monkey, capsys: Said) -> None:
    ran = run(monkeypatch, capsys, "stress", str(bread), "--json", "--draws", "2", "--seed", "1")
    answer = json.loads(ran.out)
    first = answer["losses"][0]
    assert (first["what"], first["kind"], first["state"]) == ("Farm", "inside_actor", "measured")
    assert first["unmet"] == pytest.approx(80 * 500)
    assert {"dependency", "cost", "groups"} <= first.keys()
    assert answer["hedge"]["verified"] is True
    assert answer["hedge"]["unmet"] == pytest.approx(0, abs=1e-3)
    assert answer["bands"] == {}
    assert not bread.with_name("bread-stress.xlsx").exists()


def test_a_chain_without_a_plan_leaves_with_4(tmp_path: Path, monkeypatch: Monkey, capsys: Said) -> None:
    path = write(
        tmp_path / "no.xlsx", BREAD.replace("| School | flour | 70 | must |", "| School | flour | 700 | must |")
    )
    ran = run(monkeypatch, capsys, "stress", str(path), "--json")
    assert ran.code == 4
    assert json.loads(ran.out)["losses"] == []
    assert ran.err


def test_only_what_is_named_is_lost(bread: Path, monkeypatch: Monkey, capsys: Said) -> None:
    def lost(*options: str) -> list[str]:
        ran = run(monkeypatch, capsys, "stress", str(bread), "--json", "--lang", "en", *options)
        assert ran.code == 0, ran.err
        return sorted(row["what"] for row in json.loads(ran.out)["losses"])

    named = ("--loss", "MILL A", "--loss", "Trader > School, flour", "--loss", "milling @ Mill B")
    assert lost(*named) == ["Mill A", "Trader / School / flour", "milling / Mill B"]
    assert lost("--loss", "milling") == ["milling / Mill A", "milling / Mill B"]
    assert lost("--each-member") == ["Farm", "Mill A", "Mill B"]


def test_a_name_that_nothing_has_gets_its_suggestion(bread: Path, monkeypatch: Monkey, capsys: Said) -> None:
    ran = run(monkeypatch, capsys, "stress", str(bread), "--loss", "Trada", "--lang", "en")
    assert ran.code == 3 and "[SOL03]" in ran.err and "Did you mean “Trader”" in ran.err
