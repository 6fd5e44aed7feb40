from __future__ import annotations

import datetime as dt
import io
import zipfile
from pathlib import Path
from typing import NoReturn

import openpyxl
import pytest
from openpyxl.comments import Comment
from openpyxl.worksheet.worksheet import Worksheet

from filiere.chain.parse.sheets import parse
from filiere.language import Label, Language
from filiere.problems import Cell, Code, Problem, Severity, WorkbookError
from filiere.table import Uncomputed
from filiere.workbook.annotate import annotate as annotating
from filiere.workbook.annotate import saved as saving
from filiere.workbook.annotate.annotate import annotate
from filiere.workbook.parts.host import NotAddedError
from filiere.workbook.read.read import read_workbook
from tests.workbook import files

ERROR = Code(
    "TST01",
    Severity.ERROR,
    Label("{name_q} is unknown.", "{name_q} est inconnu."),
    Label("", ""),
    Label("=Mend it.", "=Corrigez."),
)
WARNING = Code("TST02", Severity.WARNING, Label("Odd.", "Curieux."), Label("", ""), Label("Look at it.", "Regardez-y."))
ORANGE, PALE = "FFE69F00", "FFFFF0C2"


@pytest.fixture
def book(tmp_path: Path) -> Path:
    made = openpyxl.Workbook()
    links = made.worksheets[0]
    links.title = "Échange d'eau"
    for row in (["from", "to", "=1+1"], ["Moulin", "Halle", 12.5], [None, "Halle", dt.date(2024, 1, 31)]):
        links.append(row)
    links["B2"].comment = Comment("already said", "somebody")
    links.merge_cells("A5:B6")
    links["A5"] = "merged"
    secret = made.create_sheet("Secret")
    secret.sheet_state = "hidden"
    secret["A1"] = "=cmd|' /C calc'!A0"
    secret["A1"].data_type = "s"
    made.create_sheet("Alone")
    path = tmp_path / "book.xlsx"
    made.save(path)
    return path


def annotated(path: Path, problems: list[Problem], language: Language = "fr") -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(annotate(path, problems, language).content))


def colour(sheet: Worksheet, reference: str) -> object:
    fill = sheet[reference].fill
    return fill.fgColor.rgb if fill.fill_type else None


def said(sheet: Worksheet) -> dict[str, str]:
    return {c.coordinate: c.comment.text for row in sheet.iter_rows() for c in row if c.comment}


def test_a_problem_shows_at_its_cell(book: Path) -> None:
    place = Cell("Échange d'eau", 2, 1)
    problems = [WARNING.at(place), ERROR.at(place, name="Halle"), WARNING.at(Cell("Échange d'eau", 2, 2))]
    sheet = annotated(book, problems)["Échange d'eau"]
    assert [colour(sheet, reference) for reference in ("A2", "B2", "C2")] == [None, ORANGE, PALE]
    assert said(sheet)["B2"] == (
        "already said\n\n* * *\n"
        "Erreur [TST01]\u00a0: «\u00a0Halle\u00a0» est inconnu.\nComment corriger\u00a0: =Corrigez.\n\n"
        "Avertissement [TST02]\u00a0: Curieux.\nComment corriger\u00a0: Regardez-y."
    )
    assert said(sheet).keys() == {"B2", "C2"}
    assert sheet["C1"].value == "=1+1"


def test_a_row_a_column_a_merged_cell_and_a_sheet(book: Path) -> None:
    name = "Échange d'eau"
    problems = [
        ERROR.at(Cell(name, 3), name="a"),
        WARNING.at(Cell(name, None, 2)),
        ERROR.at(Cell(name, 6, 1), name="b"),
        WARNING.at(Cell(name, 5, 0)),
        WARNING.at(Cell("Alone")),
        WARNING.at(Cell("Alone", 4)),
        WARNING.at(Cell(name, 3_000_000, 1)),
        ERROR.at(Cell("No such sheet", 1, 1), name="c"),
        ERROR.at(None, name="d"),
    ]
    made = annotated(book, problems, "en")
    sheet = made[name]
    assert [colour(sheet, r) for r in ("A3", "B3", "C3", "C1", "A5")] == [None, ORANGE, ORANGE, PALE, ORANGE]
    assert said(sheet).keys() == {"B2", "B3", "C1", "A5"}
    assert "“b” is unknown" in said(sheet)["A5"] and "Odd." in said(sheet)["A5"]
    assert said(made["Alone"]).keys() == {"A4"}
    assert sheet.sheet_properties.tabColor.rgb == ORANGE
    assert made["Alone"].sheet_properties.tabColor.rgb == PALE
    assert made["Secret"].sheet_state == "hidden"
    assert made["Problems"].max_row == 2 + len(problems)


def test_the_list_comes_first_with_links_and_no_formulas(book: Path) -> None:
    problems = [ERROR.at(Cell("Secret", 1, 0), name="x"), WARNING.at(Cell("Échange d'eau", 2, 1)), WARNING.at(None)]
    made = annotated(book, problems)
    first = made.worksheets[0]
    assert made.sheetnames == ["Problèmes", "Échange d'eau", "Secret", "Alone"]
    assert made.active is first
    assert [sheet.sheet_view.tabSelected for sheet in made.worksheets].count(True) == 1
    assert [[cell.value for cell in row] for row in first.iter_rows(3, 5)] == [
        ["Erreur", "TST01", "Secret!A1", "«\u00a0x\u00a0» est inconnu.", "=Corrigez."],
        ["Avertissement", "TST02", None, "Curieux.", "Regardez-y."],
        ["Avertissement", "TST02", "Échange d'eau!B2", "Curieux.", "Regardez-y."],
    ]
    links = {cell.value: cell.hyperlink.location for (cell,) in first.iter_rows(3, 5, 3, 3) if cell.hyperlink}
    assert links == {"Secret!A1": "'Secret'!A1", "Échange d'eau!B2": "'Échange d''eau'!B2"}
    assert made["Secret"].sheet_state == "visible"
    assert {cell.data_type for row in first.iter_rows() for cell in row if cell.value} == {"s"}
    assert made["Secret"]["A1"].data_type == "s"
    assert (first.freeze_panes, first.auto_filter.ref) == ("A3", "A2:E5")


def test_without_a_problem_it_says_so(book: Path) -> None:
    first = annotated(book, [], "en").worksheets[0]
    assert [[c.value for c in row] for row in first.iter_rows()] == [["No problem was found."]]


def test_the_copy_can_be_mended_and_annotated_again(book: Path, tmp_path: Path) -> None:
    place = Cell("Échange d'eau", 2, 2)
    copy = tmp_path / "copy.xlsx"
    other = Cell(place.sheet, 2, 1)
    copy.write_bytes(
        annotate(book, [ERROR.at(place, name="x"), WARNING.at(other), WARNING.at(Cell("Secret"))], "fr").content
    )
    again = annotated(copy, [WARNING.at(Cell("Alone", 1, 0))], "en")
    assert again.sheetnames == ["Problems", "Échange d'eau", "Secret", "Alone"]
    assert said(again["Échange d'eau"]) == {"B2": "already said"}
    assert colour(again["Échange d'eau"], "C2") is None
    tabs = [sheet.sheet_properties.tabColor for sheet in again.worksheets]
    assert [tab.rgb if tab else None for tab in tabs] == [None, None, None, PALE]
    for language in ("fr", "en"):
        copy.write_bytes(annotate(book, [ERROR.at(place, name="x")], language).content)
        strange = [p.cell.sheet for p in parse(read_workbook(copy)).problems if p.code == "SHT01" and p.cell]
        assert "Secret" in strange and not {"Problèmes", "Problems"} & set(strange)


def test_a_sheet_of_the_users_with_the_name_of_the_list_stays(tmp_path: Path) -> None:
    made = openpyxl.Workbook()
    made.worksheets[0].title = "Problèmes"
    made.worksheets[0]["A1"] = "mine"
    made.save(tmp_path / "b.xlsx")
    again = annotated(tmp_path / "b.xlsx", [WARNING.at(Cell("Problèmes", 1, 0))])
    assert len(again.sheetnames) == 2
    assert again.worksheets[1]["A1"].value == "mine"
    link = again.worksheets[0]["C3"].hyperlink
    assert link is not None and link.location == f"'{again.sheetnames[1]}'!A1"


def test_an_ods_is_copied_by_its_cells(tmp_path: Path) -> None:
    rows = (
        "<table:table-row><table:table-cell office:value-type='string'><text:p>=1+1</text:p></table:table-cell>"
        "<table:table-cell office:value-type='float' office:value='2.5'/>"
        "<table:table-cell office:value-type='date' office:date-value='2024-01-31'/>"
        "<table:table-cell table:formula='of:=1/0' calcext:value-type='error'><text:p>#DIV/0!</text:p></table:table-cell>"
        "<table:table-cell table:formula='of:=X()' calcext:value-type='error'><text:p>Err:508</text:p></table:table-cell>"
        "<table:table-cell table:formula='of:=2+2'/></table:table-row>"
    )
    name = "A very long name of a sheet: more [than] Excel takes"
    tables = files.ods_sheet(rows, name) + files.ods_sheet(rows, name + "!")
    path = files.packed(tmp_path / "b.ods", files.ods_parts(tables))
    made = annotated(path, [ERROR.at(Cell(name, 1, 1), name="x")])
    assert len(made.sheetnames) == 3
    sheet = made.worksheets[1]
    assert [(c.value, c.data_type) for c in sheet[1]] == [
        ("=1+1", "s"),
        (2.5, "n"),
        (dt.datetime(2024, 1, 31), "d"),
        ("#DIV/0!", "e"),
        ("Err:508", "s"),
        ("of:=2+2", "s"),
    ]
    assert colour(sheet, "B1") == ORANGE
    link = made.worksheets[0]["C3"].hyperlink
    assert link is not None and link.location == f"'{sheet.title}'!B1"


def refused(_: Path) -> NoReturn:
    raise NotAddedError(Label("it is odd", "il est curieux"))


@pytest.mark.parametrize("function", ["_loaded", "_saved"])
def test_what_openpyxl_cannot_carry_is_copied_by_its_cells(
    book: Path, monkeypatch: pytest.MonkeyPatch, function: str
) -> None:
    monkeypatch.setattr(annotating, "open_host", refused)
    monkeypatch.setattr(saving, function, lambda *_: None)
    made = annotated(book, [ERROR.at(Cell("Échange d'eau", 2, 1), name="x")])
    sheet = made["Échange d'eau"]
    assert [c.value for c in sheet[2]] == ["Moulin", "Halle", 12.5]
    assert (colour(sheet, "B2"), made["Secret"].sheet_state) == (ORANGE, "hidden")
    assert made["Secret"]["A1"].data_type == "s"


def test_files_that_openpyxl_stumbles_on(tmp_path: Path) -> None:
    rows = '<row r="1"><c r="A1" s="7" t="inlineStr"><is><t>x</t></is></c></row>'
    for name, styles in (("unknown style", "<cellXfs/>"), ("bad fill", "<fills><fill><none/></fill></fills>")):
        path = files.packed(tmp_path / f"{name}.xlsx", files.xlsx_parts(rows, styles=styles))
        assert annotated(path, [WARNING.at(Cell("Links", 1, 0))])["Links"]["A1"].value == "x"


def test_a_workbook_too_heavy_for_openpyxl(book: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(annotating, "open_host", refused)
    monkeypatch.setattr(saving, "_HEAVIEST", 1000)
    made = annotated(book, [WARNING.at(Cell("Échange d'eau", 2, 1))])
    assert made["Échange d'eau"]["A2"].value == "Moulin"
    assert made["Échange d'eau"]["C1"].value == "=1+1" and made["Échange d'eau"]["C1"].data_type == "s"


def test_macros_are_left_out(tmp_path: Path, book: Path) -> None:
    with zipfile.ZipFile(book) as archive:
        parts: dict[str, str | bytes] = {name: archive.read(name) for name in archive.namelist()}
    types = parts["[Content_Types].xml"]
    assert isinstance(types, bytes)
    sheet_main = b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
    parts["[Content_Types].xml"] = types.replace(sheet_main, b"application/vnd.ms-excel.sheet.macroEnabled.main+xml")
    parts["xl/vbaProject.bin"] = b"macro"
    content = annotate(files.packed(tmp_path / "b.xlsm", parts), [], "fr", ".xlsx").content
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert not [name for name in archive.namelist() if "vba" in name.lower()]
        assert sheet_main in archive.read("[Content_Types].xml")


def test_control_characters_and_endless_texts(book: Path) -> None:
    problem = ERROR.at(Cell("Échange d'eau", 2, 1), name="a\x07\ufffe" + "b" * 40_000)
    made = annotated(book, [problem])
    assert str(made.worksheets[0]["D3"].value).startswith("«\u00a0abbb")
    assert len(said(made["Échange d'eau"])["B2"]) <= 8_000


def test_a_file_that_cannot_be_read(tmp_path: Path) -> None:
    path = tmp_path / "b.xlsx"
    path.write_bytes(b"a;b\n")
    with pytest.raises(WorkbookError):
        annotate(path, [], "fr")


@pytest.mark.parametrize("template", ["food_example_fr.xlsx", "culture_en.xlsx"])
def test_a_template_keeps_every_cell(tmp_path: Path, template: str) -> None:
    source = Path(__file__).parents[2] / "data_templates" / template
    before = read_workbook(source)
    place = before.tables[3]
    copy = tmp_path / "copy.xlsx"
    copy.write_bytes(annotate(source, [WARNING.at(place.cell(place.rows[0].number, 0))], "fr").content)
    after = {table.sheet: table for table in read_workbook(copy).tables}
    for table in before.tables:
        kept = files.cells(after[table.sheet])
        for reference, value in files.cells(table).items():
            # Formulas stay; their values are computed anew when the copy is opened.
            assert kept[reference] == value or isinstance(kept[reference], Uncomputed), reference
        assert after[table.sheet].hidden == table.hidden
