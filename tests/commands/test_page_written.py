"""The page is written beside the workbook, under the same name and the same rules."""

from __future__ import annotations

from pathlib import Path

import pytest

from filiere.commands.plan.solving import outputs
from tests.commands.running import run, write
from tests.commands.test_main_path import BREAD

Monkey = pytest.MonkeyPatch
Said = pytest.CaptureFixture[str]


@pytest.fixture
def bread(tmp_path: Path) -> Path:
    return write(tmp_path / "bread.xlsx", BREAD.replace("{obligation}", "want"))


@pytest.mark.parametrize("command", ["solve", "today"])
def test_the_page_lies_beside_the_workbook(bread: Path, command: str, monkeypatch: Monkey, capsys: Said) -> None:
    ran = run(monkeypatch, capsys, command, str(bread), "-o", str(bread.with_name("plan.xlsx")), "--lang", "fr")
    page = bread.with_name("plan.html")
    assert ran.code == 0 and str(page) in ran.out
    assert page.read_text(encoding="utf-8").startswith('<!DOCTYPE html>\n<html lang="fr">')


def test_a_page_that_is_there_is_refused_before_anything_is_written(
    bread: Path, monkeypatch: Monkey, capsys: Said
) -> None:
    book, page = bread.with_name("plan.xlsx"), bread.with_name("plan.html")
    page.write_text("precious")
    refused = run(monkeypatch, capsys, "solve", str(bread), "-o", str(book))
    assert (refused.code, page.read_text(), book.exists()) == (5, "precious", False)
    assert "“plan.html”" in refused.err and "“plan (2).xlsx” with -o" in refused.err
    assert run(monkeypatch, capsys, "solve", str(bread), "-o", str(book), "--force").code == 0
    assert book.exists() and page.read_text() != "precious"


SCENARIOS = """
    ## Scenarios
    | scenario | table | row | column | change |
    | dear | Links | Importer / * / bread | price | x 2 |
    """


@pytest.mark.parametrize("command", [("pareto", "--x", "cost", "--y", "dependency", "-n", "3"), ("compare",)])
def test_fronts_and_comparisons_have_a_page_too(
    tmp_path: Path, command: tuple[str, ...], monkeypatch: Monkey, capsys: Said
) -> None:
    file = write(tmp_path / "bread.xlsx", BREAD.replace("{obligation}", "want") + SCENARIOS)
    book, page = tmp_path / "out.xlsx", tmp_path / "out.html"
    ran = run(monkeypatch, capsys, command[0], str(file), *command[1:], "-o", str(book), "--lang", "en")
    assert ran.code == 0 and str(page) in ran.out and book.exists()
    assert '<html lang="en">' in page.read_text(encoding="utf-8")[:60]
    book.unlink()
    page.write_text("precious")
    refused = run(monkeypatch, capsys, command[0], str(file), *command[1:], "-o", str(book))
    assert refused.code == 5 and not book.exists()


def test_json_without_an_output_writes_no_page(bread: Path, monkeypatch: Monkey, capsys: Said) -> None:
    assert run(monkeypatch, capsys, "solve", str(bread), "--json").code == 0
    assert not list(bread.parent.glob("*.html"))


def test_workbook_and_page_never_have_one_name() -> None:
    assert outputs(Path("a.xlsx")) == (Path("a.xlsx"), Path("a.html"))
    assert outputs(Path("a.html")) == (Path("a.html"), Path("a.html.html"))
    assert outputs(None) == ()
