"""What a command needs of a workbook is read and looked at once, and what it does not need is not read."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from filiere.chain.check import check as looking
from filiere.chain.parse import sheets
from filiere.chain.read import Book
from filiere.pipeline import check
from filiere.problems import checking, errors
from filiere.problems.problem import Code, Severity
from filiere.sector import bundled_template
from filiere.sector.usual import usual_figures
from filiere.table import RawWorkbook
from filiere.workbook.read.read import read_workbook


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    path = tmp_path_factory.mktemp("example") / "food.xlsx"
    path.write_bytes(bundled_template("food_example_en.xlsx"))
    yield path


def test_the_lists_of_a_template_are_left_unread_and_nothing_else_is(book: Path) -> None:
    every, needed = read_workbook(book).tables, read_workbook(book, helpers=False).tables
    assert [(one.sheet, one.hidden) for one in every] == [(one.sheet, one.hidden) for one in needed]
    (lists,) = (one for one in every if one.hidden)
    assert lists.sheet == "_lists" and lists.rows
    assert [one.rows for one in needed] == [() if one is lists else one.rows for one in every]


def test_a_check_compares_with_what_the_sectors_take_for_usual_without_reading_one(
    book: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[str] = []
    monkeypatch.setattr("tomllib.loads", opened.append)
    usual_figures.cache_clear()
    assert check(book) == [] and opened == []
    amounts, prices = usual_figures()
    assert amounts["milling", "organicwheat", "input"] == amounts["mouture", "blebio", "input"] == (1.0, "t")
    assert prices["wheat"] == (220.0, "t")


def test_a_workbook_is_parsed_once(book: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    raw = read_workbook(book, helpers=False)
    parsed: list[object] = []
    plain = sheets._parsed
    monkeypatch.setattr(sheets, "_parsed", lambda *given: parsed.append(given) or plain(*given))
    assert sheets.parse(raw) is sheets.parse(raw)
    other = RawWorkbook(raw.tables, raw.path, raw.sha256, raw.problems)
    assert sheets.parse(other) is not sheets.parse(raw)
    assert len(parsed) == 3  # the second workbook takes the place of the first


def test_of_scenarios_whose_doubts_are_not_told_none_are_looked_for(
    book: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked: list[str] = []
    plain = looking.check_repeats
    monkeypatch.setattr(looking, "check_repeats", lambda chain: looked.append(chain.scenario) or plain(chain))
    read = Book(read_workbook(book, helpers=False))
    assert not errors(read.problems())
    others = [chain.scenario for chain in read.others()]
    assert looked == ["reference"] and len(others) == 5
    read.chain(others[0])  # whose own doubts come with it
    assert looked == ["reference", others[0]]


def test_what_is_wrong_with_a_scenario_is_looked_for_once(book: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    looked: list[str] = []
    plain = looking.refused
    monkeypatch.setattr(
        "filiere.chain.read.refused", lambda chain, complete: looked.append(chain.scenario) or plain(chain, complete)
    )
    read = Book(read_workbook(book, helpers=False))
    assert not errors(read.problems())
    assert [chain.scenario for chain in read.others()] == looked and len(looked) == 5


def test_all_that_a_look_at_the_whole_refuses_is_found_without_its_doubts() -> None:
    """A new error has to be looked for in ``refused`` too."""
    wrong = {code for code in vars(checking).values() if isinstance(code, Code) and code.severity is Severity.ERROR}
    assert wrong == {checking.SPARED_WITHOUT_TODAY, checking.PROCESS_WITHOUT_RECIPE}
