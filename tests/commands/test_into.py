"""--into: the results as added sheets of a copy of the workbook they are of."""

from __future__ import annotations

import json
import shutil
import warnings
import zipfile
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter

from filiere.commands.common import Console
from filiere.commands.plan.destination import Destination
from filiere.language import Label
from filiere.workbook.graft import graft
from filiere.workbook.parts.host import open_host
from filiere.workbook.read.read import read_workbook
from tests.commands.running import run, write
from tests.commands.test_main_path import BREAD
from tests.workbook import files, hosts

Monkey = pytest.MonkeyPatch
Said = pytest.CaptureFixture[str]


@pytest.fixture
def bread(tmp_path: Path) -> Path:
    return write(tmp_path / "bread.xlsx", BREAD.replace("{obligation}", "want"))


def _links(path: Path) -> set[str]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        book = openpyxl.load_workbook(path)
    cells = [c for sheet in book.worksheets for row in sheet.iter_rows() for c in row if c.hyperlink]
    assert all(cell.hyperlink.target is None for cell in cells)
    return {cell.hyperlink.location for cell in cells}


@pytest.mark.parametrize("command", ["today", "explain", "stress", "compare"])
def test_the_copy_is_the_workbook_with_the_results_behind(
    bread: Path, monkeypatch: Monkey, capsys: Said, command: str
) -> None:
    before, copy = bread.read_bytes(), bread.with_name("copy.xlsx")
    ran = run(monkeypatch, capsys, command, str(bread), "--into", str(copy), "--lang", "fr")
    assert (ran.code, bread.read_bytes()) == (0, before)
    assert str(copy) in ran.out
    own, sheets = read_workbook(bread).tables, read_workbook(copy).tables
    assert sheets[: len(own)] == own
    added = [table.sheet for table in sheets[len(own) :]]
    assert added and all(name.startswith("▸ ") for name in added)
    written = {path.name for path in bread.parent.iterdir()} - {"bread.xlsx", "copy.xlsx", "copy.html"}
    assert not written
    with zipfile.ZipFile(bread) as old, zipfile.ZipFile(copy) as new:
        changed = {name for name in old.namelist() if old.read(name) != new.read(name)}
    assert changed == {"[Content_Types].xml", "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/styles.xml"}
    if command in ("today", "explain"):
        assert "'Links'!A2" in _links(copy)


def test_sheets_of_charts_count_among_those_that_were_there(tmp_path: Path, capsys: Said) -> None:
    file, copy = hosts.by_xlsxwriter(tmp_path / "book.xlsx"), tmp_path / "copy.xlsx"
    host = open_host(file)
    with xlsxwriter.Workbook(tmp_path / "two.xlsx") as added:
        added.add_worksheet("▸ One")
        added.add_worksheet("▸ Two")
    copy.write_bytes(graft.graft(host, (tmp_path / "two.xlsx").read_bytes()))
    Destination(file, copy, host, None, False, False).say([copy], Label("", ""), Console("en"))
    assert "in 2 added sheets" in capsys.readouterr().out


def test_the_copy_can_be_solved_again_and_answers_the_same(bread: Path, monkeypatch: Monkey, capsys: Said) -> None:
    copy, next_ = bread.with_name("copy.xlsx"), bread.with_name("next.xlsx")
    first = json.loads(run(monkeypatch, capsys, "solve", str(bread), "--json", "--into", str(copy)).out)
    again = run(monkeypatch, capsys, "solve", str(copy), "--json", "--into", str(next_))
    second = json.loads(again.out)
    assert (again.code, again.err) == (0, "")
    assert {**second, "seconds": None} == {**first, "seconds": None}
    sheets = [table.sheet for table in read_workbook(next_).tables]
    assert "▸ Summary" in sheets and "▸ Summary 2" in sheets
    assert json.loads(run(monkeypatch, capsys, "check", str(next_), "--json").out)["problems"] == []


def test_what_stands_is_refused_and_the_input_never_written(bread: Path, monkeypatch: Monkey, capsys: Said) -> None:
    before, copy = bread.read_bytes(), bread.with_name("copy.xlsx")
    copy.write_bytes(b"precious")
    refused = run(monkeypatch, capsys, "solve", str(bread), "--into", str(copy))
    assert (refused.code, copy.read_bytes()) == (5, b"precious") and "OUT01" in refused.err
    over = run(monkeypatch, capsys, "solve", str(bread), "--into", str(bread), "--force")
    assert (over.code, bread.read_bytes()) == (5, before) and "OUT07" in over.err


def test_the_results_come_apart_as_well_where_both_are_asked_for(
    bread: Path, monkeypatch: Monkey, capsys: Said
) -> None:
    copy, plan = bread.with_name("copy.xlsx"), bread.with_name("plan.xlsx")
    copy.write_bytes(b"an earlier one")
    asked = ("--into", str(copy), "-o", str(plan), "--force")
    ran = run(monkeypatch, capsys, "solve", str(bread), *asked, "--lang", "en")
    assert ran.code == 0 and str(copy) in ran.out and str(plan) in ran.out
    assert [t.sheet for t in read_workbook(plan).tables] == [
        t.sheet.removeprefix("▸ ") for t in read_workbook(copy).tables if t.sheet.startswith("▸ ")
    ]


def test_a_workbook_that_is_not_copied_says_why_and_gives_a_separate_one(
    bread: Path, monkeypatch: Monkey, capsys: Said
) -> None:
    with zipfile.ZipFile(bread) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    parts["_xmlsignatures/origin.sigs"] = b""
    files.packed(bread, parts)
    ran = run(monkeypatch, capsys, "solve", str(bread), "--into", str(bread.with_name("copy.xlsx")), "--lang", "fr")
    results = bread.with_name("bread-resultats.xlsx")
    assert ran.code == 0 and "OUT10" in ran.err and "signature" in ran.err
    assert str(results) in ran.out and results.exists() and not bread.with_name("copy.xlsx").exists()


def test_a_copy_that_fails_its_check_is_not_left_behind(bread: Path, monkeypatch: Monkey, capsys: Said) -> None:
    monkeypatch.setattr(graft, "graft", lambda host, guest: host.content)
    taken = bread.with_name("bread-results.xlsx")
    taken.write_bytes(b"precious")
    ran = run(monkeypatch, capsys, "solve", str(bread), "--into", str(bread.with_name("copy.xlsx")), "--lang", "en")
    assert ran.code == 0 and "OUT10" in ran.err
    assert taken.read_bytes() == b"precious" and bread.with_name("bread-results (2).xlsx").exists()
    assert not bread.with_name("copy.xlsx").exists()


def test_a_workbook_with_macros_needs_a_copy_with_macros(bread: Path, monkeypatch: Monkey, capsys: Said) -> None:
    source = bread.with_name("bread.xlsm")
    shutil.move(bread, source)
    with zipfile.ZipFile(source) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    usual, macros = b"openxmlformats-officedocument.spreadsheetml.sheet.main", b"ms-excel.sheet.macroEnabled.main"
    parts["[Content_Types].xml"] = parts["[Content_Types].xml"].replace(b"vnd." + usual, b"vnd." + macros)
    files.packed(source, parts)
    refused = run(monkeypatch, capsys, "solve", str(source), "--into", str(source.with_name("copy.xlsx")))
    assert refused.code == 5 and "OUT09" in refused.err and "copy.xlsm" in refused.err


def test_a_comparison_of_several_workbooks_has_no_copy(bread: Path, monkeypatch: Monkey, capsys: Said) -> None:
    other = bread.with_name("other.xlsx")
    shutil.copy(bread, other)
    copy = bread.with_name("copy.xlsx")
    ran = run(monkeypatch, capsys, "compare", str(bread), str(other), "--into", str(copy))
    assert ran.code == 2 and not copy.exists()
