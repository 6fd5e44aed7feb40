"""What a member writes outside the cells that ask is a line of the question above it, or is told; never lost."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

from filiere.gather.complete.sheets import read_received
from filiere.workbook.questionnaire.form import MARK
from filiere.workbook.read.read import read_workbook
from tests.commands.running import write
from tests.gather.collect.answering import Sheet, filled, gathered, sent
from tests.gather.collect.test_collect import BREAD

BOX = 4
"""The row of the box “nothing has changed”."""


@pytest.fixture
def book(tmp_path: Path) -> Path:
    return write(tmp_path / "w.xlsx", BREAD)


def last_free(sheet: Sheet, block: str) -> int:
    """Return the row of the last empty line of a question."""
    return max(row for row in range(1, sheet.sheet.max_row + 1)
               if sheet.sheet.cell(row, MARK + 1).value == f"free {block}")  # fmt: skip


def put(sheet: Sheet, row: int, *values: object) -> None:
    for at, value in enumerate(values, start=1):
        sheet.sheet.cell(row, at).value = value


def below(sheet: Sheet) -> None:
    put(sheet, last_free(sheet, "purchases") + 1, "Mill", "semolina", "t", 7)


def inserted(sheet: Sheet) -> None:
    row = last_free(sheet, "purchases")
    sheet.sheet.insert_rows(row)
    put(sheet, row, "Mill", "semolina", "t", 7)


@pytest.mark.parametrize("fill", [below, inserted])
def test_a_line_below_a_full_question_is_one_of_its_lines(
    book: Path, tmp_path: Path, fill: Callable[[Sheet], None]
) -> None:
    done = gathered(book, tmp_path / "w2.xlsx", filled(sent(book, tmp_path / "q")["Bakery"], fill))
    assert [one.question for one in done.decisions if "semolina" in one.question and "Mill (7 t)" in one.question]
    assert [one.answers for one in read_received(read_workbook(tmp_path / "w2.xlsx"))] == [1]


@pytest.mark.parametrize(
    ("column", "typed", "ticked", "told"),
    [(3, "x", True, []), (3, "oui", True, []), (3, True, True, []), (4, "X", True, []), (3, "non", False, []),
     (3, 0, False, []), (3, "NON, voir plus bas", False, ["CLT15"]), (6, "see my mail", False, ["CLT15"]),
     (3, "?", False, ["CLT15"]), (3, "-", False, [])],
)  # fmt: skip
def test_the_box_is_ticked_by_a_cross_and_by_nothing_else(
    book: Path, tmp_path: Path, column: int, typed: object, ticked: bool, told: list[str]
) -> None:
    file = filled(sent(book, tmp_path / "q")["Bakery"], lambda sheet: put_one(sheet, BOX, column, typed))
    done = gathered(book, tmp_path / "w2.xlsx", file)
    assert [one.code for one in done.problems if one.code != "COL19"] == told
    received = read_received(read_workbook(tmp_path / "w2.xlsx"))
    assert [one.unchanged for one in received] == ([ticked] if ticked or told else [])


def put_one(sheet: Sheet, row: int, column: int, value: object) -> None:
    sheet.sheet.cell(row, column).value = value


def beyond(sheet: Sheet) -> None:
    put_one(sheet, sheet.row("Importer", "flour", "t"), 16, "twice that in 2024")


def beside_an_empty_line(sheet: Sheet) -> None:
    put_one(sheet, last_free(sheet, "purchases"), 12, "twice that in 2024")


def above_a_question(sheet: Sheet) -> None:
    put_one(sheet, last_free(sheet, "purchases") + 1, 1, "twice that in 2024")


def why_struck(sheet: Sheet) -> None:
    put_one(sheet, sheet.row("Importer", "flour", "t"), 12, "twice that in 2024")


@pytest.mark.parametrize("fill", [beyond, beside_an_empty_line, above_a_question, why_struck])
def test_words_where_nothing_is_asked_are_told_with_their_cell(
    book: Path, tmp_path: Path, fill: Callable[[Sheet], None]
) -> None:
    done = gathered(book, tmp_path / "w2.xlsx", filled(sent(book, tmp_path / "q")["Bakery"], fill))
    (told,) = (one for one in done.problems if one.code == "CLT15")
    assert "twice that in 2024" in told.message("en") and told.cell is not None and told.cell.reference


def test_a_sheet_that_a_member_added_is_told(book: Path, tmp_path: Path) -> None:
    file = sent(book, tmp_path / "q")["Bakery"]
    copy = openpyxl.load_workbook(file)
    copy.create_sheet("My notes")["A1"] = "flour 60 t"
    copy.save(file)
    done = gathered(book, tmp_path / "w2.xlsx", file)
    assert [str(one.cell) for one in done.problems if one.code == "CLT16"] == ["My notes"]


def test_a_questionnaire_as_it_was_sent_holds_nothing_beside(book: Path, tmp_path: Path) -> None:
    for language in ("en", "fr"):
        files = sent(book, tmp_path / language, language)  # type: ignore[arg-type]
        done = gathered(book, tmp_path / "w2.xlsx", *files.values())
        assert {one.code for one in done.problems} == {"COL19"}
