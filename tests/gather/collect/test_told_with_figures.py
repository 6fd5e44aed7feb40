"""What is not taken of an answer is told with its figures, of lines that were answered alone; and nothing breaks."""

from __future__ import annotations

import zipfile
from pathlib import Path

import openpyxl
import pytest
from openpyxl.comments import Comment

from filiere.gather.collect.rows import keyed_rows, value_of
from filiere.gather.files import sort_files
from filiere.gather.gather import gather
from filiere.problems import Problem
from filiere.workbook.questionnaire.strikes import marked_cells
from filiere.workbook.read.read import read_workbook
from tests.commands.running import write
from tests.gather.collect.answering import Sheet, decide, filled, gathered, sent
from tests.gather.collect.test_collect import BREAD
from tests.workbook.libreoffice import needs_libreoffice, saved_again

FLOUR, TODAY = ("Importer", "flour", "t"), "this year"


@pytest.fixture
def book(tmp_path: Path) -> Path:
    return write(tmp_path / "w.xlsx", BREAD)


def changed(book: Path, sheet: str, old: object, new: object) -> None:
    """Replace what cells of a sheet hold."""
    copy = openpyxl.load_workbook(book)
    for row in copy[sheet].iter_rows():
        for cell in row:
            cell.value = new if cell.value == old else cell.value
    copy.save(book)


def told(done_problems: object, code: str) -> list[Problem]:
    return [one for one in done_problems if one.code == code]  # type: ignore[attr-defined]


def test_a_share_typed_for_a_quantity_is_no_answer(book: Path, tmp_path: Path) -> None:
    """Excel makes 0.15, shown as 15 %, of “15%” typed into a cell of numbers."""

    def types(sheet: Sheet) -> None:
        row = sheet.row(*FLOUR)
        cell = sheet.sheet.cell(row, sheet.column(row, TODAY))
        cell.value, cell.number_format = 0.15, "0%"

    done = gathered(book, tmp_path / "w2.xlsx", filled(sent(book, tmp_path / "q")["Bakery"], types))
    (problem,) = told(done.problems, "CLT09")
    assert "15 %" in problem.message("en") and done.changes == 0
    assert "quelle unité" in problem.hint("fr") and "in which unit" in problem.hint("en")


def test_a_note_beside_a_cell_is_told(book: Path, tmp_path: Path) -> None:
    def notes(sheet: Sheet) -> None:
        sheet.sheet.cell(sheet.row(*FLOUR), 4).comment = Comment("rather 8 t in 2024", "somebody")
        sheet.sheet.cell(1, 1).comment = Comment(
            "[Threaded comment]\n\nYour version of Excel reads this.\n\nComment:\n    closed in July", "somebody"
        )

    file = filled(sent(book, tmp_path / "q")["Bakery"], notes)
    done = gathered(book, tmp_path / "w2.xlsx", file)
    said = [one.message("en") for one in told(done.problems, "CLT15")]
    assert len(said) == 2 and any("rather 8 t in 2024" in one for one in said)
    assert any("“closed in July”" in one for one in said)


@needs_libreoffice
def test_a_note_in_a_file_saved_by_libreoffice_is_told(book: Path, tmp_path: Path) -> None:
    def notes(sheet: Sheet) -> None:
        sheet.sheet.cell(sheet.row(*FLOUR), 4).comment = Comment("rather 8 t & more", "somebody")

    file = filled(sent(book, tmp_path / "q")["Bakery"], notes)
    (ods,) = saved_again([file], "ods", tmp_path)
    assert [one.text for one in marked_cells(ods)[1]] == ["rather 8 t & more"]


def test_only_answered_lines_of_a_renamed_product_are_told_with_their_figures(book: Path, tmp_path: Path) -> None:
    file = filled(sent(book, tmp_path / "q")["Bakery"], lambda sheet: sheet.type(FLOUR, TODAY, 1234.5))
    for sheet in ("Products", "Links"):
        changed(book, sheet, "flour", "fine flour")
    (problem,) = told(gathered(book, tmp_path / "w2.xlsx", file).problems, "CLT08")
    assert "Importer – flour (today 1,234.5)" in problem.message("en")


def test_a_unit_changed_since_is_told_with_the_figures(book: Path, tmp_path: Path) -> None:
    file = filled(sent(book, tmp_path / "q")["Bakery"], lambda sheet: sheet.type(FLOUR, TODAY, 8))
    changed(book, "Products", "t", "kg")
    done = gathered(book, tmp_path / "w2.xlsx", file)
    (problem,) = told(done.problems, "CLT18")
    assert "today 8" in problem.message("en") and not told(done.problems, "CLT11")


GROUPED = """
    ## Actors
    | actor | perimeter | group |
    |---|---|---|
    | Farm A | member | farmers |
    | Farm B | member | farmers |
    | Mill | member | |

    ## Products
    | product | unit |
    |---|---|
    | wheat | t |

    ## Links
    | from | to | product | price |
    |---|---|---|---|
    | farmers | Mill | wheat | 210 |
    """


def test_a_line_of_a_group_is_not_asked_this_year(tmp_path: Path) -> None:
    book = write(tmp_path / "g.xlsx", GROUPED)
    sheet = Sheet(openpyxl.load_workbook(sent(book, tmp_path / "q")["Mill"]).active)
    row = sheet.row("farmers", "wheat", "t")
    assert sheet.sheet.cell(row, sheet.column(row, TODAY)).protection.locked


def test_a_figure_typed_for_a_group_all_the_same_is_told_and_never_taken(tmp_path: Path) -> None:
    book = write(tmp_path / "g.xlsx", GROUPED)
    files = sent(book, tmp_path / "q")

    def types(sheet: Sheet) -> None:
        sheet.type(("farmers", "wheat", "t"), TODAY, 40)

    done = gathered(book, tmp_path / "g2.xlsx", filled(files["Mill"], types))
    assert done.changes == 0 and len(told(done.problems, "CLT15")) == 1
    links = keyed_rows(read_workbook(tmp_path / "g2.xlsx")).tables.links
    assert [value_of(row, "today") for row in links] == [None]


def test_a_need_is_asked_in_the_unit_of_its_product(tmp_path: Path) -> None:
    """The first of two members counts the new product in kg, the other in t: 5 t are 5 000 kg."""
    book = write(tmp_path / "w.xlsx", BREAD.partition("    ## Links")[0])
    files = sent(book, tmp_path / "q")
    one = filled(files["Bakery"], lambda sheet: sheet.add("purchases", "Importer", "rye", "kg", 1200.5))
    other = filled(files["Mill"], lambda sheet: sheet.add("purchases", "Importer", "rye", "t", 5))
    for asked in gathered(book, tmp_path / "w2.xlsx", one, other).decisions:
        decide(tmp_path / "w2.xlsx", asked.key, "add rye")
    done = gathered(tmp_path / "w2.xlsx", tmp_path / "w3.xlsx")
    said = " ".join(one.question for one in done.decisions if one.key.startswith("needs"))
    assert "rye 1,200.5 kg" in said and "rye 5,000 kg" in said


@pytest.mark.parametrize(
    ("name", "what"),
    [("12-mill.xls", "save it as .xlsx"), ("12-mill.zip", "Unpack it"), ("12-mill.docx", "no spreadsheet")],
)
@pytest.mark.parametrize("named", [True, False])
def test_a_file_that_may_hold_answers_and_is_not_read_says_what_to_do(
    tmp_path: Path, name: str, what: str, named: bool
) -> None:
    with zipfile.ZipFile(tmp_path / name, "w") as archive:
        archive.writestr("a.txt", "a")
    (problem,) = sort_files([tmp_path / name if named else tmp_path]).problems
    assert problem.code == "COL17" and what in problem.message("en")


def test_a_pdf_without_an_invoice_may_be_a_questionnaire() -> None:
    from filiere.problems import invoicing

    assert "questionnaire" in invoicing.NOTHING_ATTACHED.at(None, file="a.pdf").hint("en")


@pytest.mark.parametrize("heading", ["Nom", "Structure"])
def test_a_member_called_after_a_heading_is_a_member(tmp_path: Path, heading: str) -> None:
    (tmp_path / "list.csv").write_text(
        f"{heading};Type;SIRET\nFerme du Pré;Ferme;\nMarché de producteurs;Commerce;\nÉpicerie;Commerce;\n", "utf-8"
    )
    found = gather(sort_files([tmp_path / "list.csv"]).tables, "fr")
    assert {one.name for one in found.actors} == {"Ferme du Pré", "Marché de producteurs", "Épicerie"}


def test_a_company_number_that_is_none_is_told(book: Path, tmp_path: Path) -> None:
    def numbered(said: str) -> list[Problem]:
        def types(sheet: Sheet) -> None:
            row = next(row for row in range(1, 40) if sheet.sheet.cell(row, 5).value == "company number")
            sheet.sheet.cell(row + 1, 5).value = said

        file = filled(sent(book, tmp_path / "q")["Bakery"], types, "02-bakery (b).xlsx")
        return told(gathered(book, tmp_path / "w2.xlsx", file).problems, "CLT20")

    assert len(numbered("SIRET 123")) == 1 and not numbered("123 456 789 00011") and not numbered("123456789")


def test_a_number_in_a_text_file_that_stands_as_it_was_sent_is_no_answer(tmp_path: Path) -> None:
    """45.282 stands in a questionnaire in French as its cell held it; 6,75 as a French spreadsheet writes it."""
    place = BREAD.replace("| actor | perimeter |\n    |---|---|", "| actor | perimeter | latitude |\n    |---|---|---|")
    place = place.replace("| Bakery | member |", "| Bakery | member | 45.282 |")
    book = write(tmp_path / "w.xlsx", place)
    sheet = openpyxl.load_workbook(sent(book, tmp_path / "q", "fr")["Bakery"]).active
    assert sheet is not None
    lines = [["" if value is None else str(value) for value in row] for row in sheet.iter_rows(values_only=True)]
    text = "\n".join(";".join(f'"{value}"' for value in line) for line in lines)
    (tmp_path / "02-bakery.csv").write_text(text.replace('"6.75"', '"6,75"'), "utf-8")
    (file,) = sort_files([tmp_path / "02-bakery.csv"]).questionnaires
    from filiere.gather.complete.round import complete

    done = complete(book, read_workbook(book), [file], "fr")
    assert [one.code for one in done.problems] == ["COL19"]


def test_a_list_of_members_is_told_how_to_become_a_workbook(tmp_path: Path) -> None:
    from filiere.gather.collect.collect import collect
    from filiere.problems import WorkbookError

    book = write(tmp_path / "list.xlsx", "## Sheet1\n| Nom | SIRET |\n|---|---|\n| Mill | |\n")
    with pytest.raises(WorkbookError) as refused:
        collect(read_workbook(book), "en")
    (problem,) = refused.value.problems
    assert problem.code == "CLT19" and "filiere gather LIST --into" in problem.hint("en")


def test_a_file_in_which_nothing_is_recognised_does_not_count_as_read(book: Path, tmp_path: Path) -> None:
    from filiere.gather.into import gather_into

    (tmp_path / "odd.csv").write_text("a;b\n1;2\n3;4\n", "utf-8")
    found = sort_files([tmp_path / "odd.csv"])
    done = gather_into(book, read_workbook(book), found, "en")
    assert found.read == [] and {one.code for one in done.problems} >= {"COL17"}
    assert not [one for one in done.problems if one.code == "GAT01"]


def test_rows_of_a_sheet_that_is_added_are_green_and_listed_by_name(tmp_path: Path) -> None:
    book = write(tmp_path / "w.xlsx", BREAD.partition("    ## Links")[0])
    file = filled(sent(book, tmp_path / "q")["Bakery"], lambda sheet: sheet.add("sales", "Village", "bread", "t", 9))
    gathered(book, tmp_path / "w2.xlsx", file)
    copy = openpyxl.load_workbook(tmp_path / "w2.xlsx")
    assert copy["Links"]["A2"].fill.fgColor.rgb == "FFD5EFD9"
    rows = [[cell.value for cell in row] for row in copy["# Changes"].iter_rows(min_row=4)]
    assert rows and all(row[1] == "Bakery / Village / bread" and row[5] for row in rows)
