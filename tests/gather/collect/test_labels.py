"""What a questionnaire shows is what its marks name: a line moved, typed over or pasted is told, never taken."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from filiere.gather.complete.round import Completed
from filiere.language import Language
from tests.commands.running import write
from tests.gather.collect.answering import Sheet, filled, gathered, held, sent

CHAIN = """
    ## Actors
    | actor | perimeter |
    |---|---|
    | Mill | member |
    | Bakery | member |
    | Village | local |

    ## Products
    | product | unit |
    |---|---|
    | flour | t |
    | bran | t |

    ## Periods
    | period |
    |---|
    | Winter |
    | Summer |

    ## Links
    | from | to | product | period | today | price |
    |---|---|---|---|---|---|
    | Mill | Bakery | flour | | 41.5 | 871 |
    | Mill | Village | bran | | 12 | 93 |
    | Mill | Village | flour | Winter | 7 | 880 |
    | Mill | Village | flour | Summer | 5 | 890 |

    ## Settings
    | setting | value |
    |---|---|
    | name | Bread pole |
    """
BAKERY, BRAN = ("Bakery", "flour", "t"), ("Village", "bran", "t")
WINTER, SUMMER = ("Village", "flour – Winter", "t"), ("Village", "flour – Summer", "t")


@pytest.fixture
def book(tmp_path: Path) -> Path:
    return write(tmp_path / "w.xlsx", CHAIN)


def figures(workbook: Path) -> list[object]:
    return [row["today"] for row in held(workbook, "Links")]


def told(done: Completed) -> list[tuple[str, str]]:
    return [(one.code, str(one.cell)) for one in done.problems]


def exchanged(sheet: Sheet, one: tuple[str, ...], other: tuple[str, ...]) -> None:
    """Exchange two lines but for their marks, as a sort of what is seen does."""
    first, second = sheet.row(*one), sheet.row(*other)
    for at in range(1, 12):
        here, there = sheet.sheet.cell(first, at), sheet.sheet.cell(second, at)
        here.value, there.value = there.value, here.value


@pytest.mark.parametrize(("one", "other"), [(BAKERY, BRAN), (WINTER, SUMMER)])
def test_two_lines_exchanged_are_told_and_left_out(
    book: Path, tmp_path: Path, one: tuple[str, ...], other: tuple[str, ...]
) -> None:
    rows: list[int] = []

    def mill(sheet: Sheet) -> None:
        rows.extend((sheet.row(*one), sheet.row(*other)))
        sheet.type(one, "this year", 91)
        exchanged(sheet, one, other)

    done = gathered(book, tmp_path / "w2.xlsx", filled(sent(book, tmp_path / "q")["Mill"], mill))
    assert figures(tmp_path / "w2.xlsx") == [41.5, 12.0, 7.0, 5.0]
    assert sorted(told(done)) == sorted(("CLT11", f"Questionnaire!A{row}") for row in rows)
    said = done.problems[0].message("en")
    assert " – ".join(one) in said and " – ".join(other) in said


@pytest.mark.parametrize(("at", "text"), [(1, "Campsite"), (1, None), (2, "wheat"), (3, "kg")])
def test_a_name_product_or_unit_typed_over_leaves_its_line_out_and_no_other(
    book: Path, tmp_path: Path, at: int, text: str | None
) -> None:
    def mill(sheet: Sheet) -> None:
        row = sheet.row(*BRAN)
        sheet.type(BRAN, "this year", 9000)
        sheet.type(BAKERY, "this year", 50)
        sheet.sheet.cell(row, at).value = text

    done = gathered(book, tmp_path / "w2.xlsx", filled(sent(book, tmp_path / "q")["Mill"], mill))
    assert figures(tmp_path / "w2.xlsx") == [50.0, 12.0, 7.0, 5.0]
    assert [code for code, _ in told(done)] == ["CLT18" if at == 3 else "CLT11"]


def test_the_sheet_of_another_pasted_in_is_refused(book: Path, tmp_path: Path) -> None:
    files = sent(book, tmp_path / "q")
    theirs = openpyxl.load_workbook(files["Bakery"]).active

    def mill(sheet: Sheet) -> None:
        sheet.type(BAKERY, "this year", 91)
        sheet.sheet.cell(1, 1).value = theirs.cell(1, 1).value

    done = gathered(book, tmp_path / "w2.xlsx", filled(files["Mill"], mill))
    assert (figures(tmp_path / "w2.xlsx"), told(done)) == ([41.5, 12.0, 7.0, 5.0], [("CLT12", "Questionnaire!A1")])


def test_the_lines_of_another_pasted_below_the_title_are_refused(book: Path, tmp_path: Path) -> None:
    def mill(sheet: Sheet) -> None:
        for row, other in ((BAKERY, "Campsite"), (BRAN, "Hotel"), (WINTER, "Inn")):
            sheet.sheet.cell(sheet.row(*row), 1).value = other
        sheet.add("sales", "Village", "flour", "t", 55.5)  # a line of the other's, where this one has an empty line
        sheet.type(SUMMER, "this year", 6)

    done = gathered(book, tmp_path / "w2.xlsx", filled(sent(book, tmp_path / "q")["Mill"], mill))
    assert figures(tmp_path / "w2.xlsx") == [41.5, 12.0, 7.0, 5.0]
    assert [(one.code, one.message("en").partition(",")[2].split()[:3]) for one in done.problems] == [
        ("CLT14", ["3", "of", "4"])
    ]


def test_a_title_that_names_nobody_is_told_and_the_answers_taken(book: Path, tmp_path: Path) -> None:
    def mill(sheet: Sheet) -> None:
        sheet.type(BAKERY, "this year", 91)
        sheet.sheet.cell(1, 1).value = "Mill Ltd"

    done = gathered(book, tmp_path / "w2.xlsx", filled(sent(book, tmp_path / "q")["Mill"], mill))
    assert (figures(tmp_path / "w2.xlsx")[0], told(done)) == (91.0, [("CLT13", "Questionnaire!A1")])


def test_what_changed_in_the_workbook_meanwhile_is_no_other_line(book: Path, tmp_path: Path) -> None:
    file = filled(sent(book, tmp_path / "q")["Mill"], lambda sheet: sheet.type(BAKERY, "this year", 50))
    master = openpyxl.load_workbook(book)
    sheet = master["Links"]
    sheet.cell(1, 7).value = "status"
    sheet.cell(2, 7).value = "candidate"  # its line would read “flour – project” now
    master.save(book)
    done = gathered(book, tmp_path / "w2.xlsx", file)
    assert (figures(tmp_path / "w2.xlsx")[0], told(done)) == (50.0, [])


@pytest.mark.parametrize("language", ["fr", "en"])
def test_no_line_of_the_examples_is_taken_for_another(tmp_path: Path, language: Language) -> None:
    source = Path(__file__).parents[3] / "data_templates" / f"food_example_{language}.xlsx"
    files = sent(source, tmp_path / "q", "en" if language == "fr" else "fr")
    done = gathered(source, tmp_path / "w2.xlsx", *files.values())
    assert not [one for one in done.problems if one.code.startswith("CLT")]
