from __future__ import annotations

import datetime as dt
import hashlib
from pathlib import Path

import pytest

from filiere.table import ErrorValue, Uncomputed
from filiere.workbook.read.bounds import Bounds
from filiere.workbook.read.read import read_workbook
from tests.workbook import files

BOOK = "book.xlsx"


def test_each_type_of_cell(tmp_path: Path) -> None:
    rows = """
      <row r="2"><c r="B2" t="s"><v>1</v></c><c r="C2"><v>1.5</v></c><c r="D2" t="b"><v>1</v></c>
        <c r="E2" t="e"><v>#REF!</v></c><c r="F2" t="inlineStr"><is><r><t>in</t></r><r><t>line</t></r></is></c>
        <c r="G2" t="str"><f>A1&amp;"x"</f><v>text</v></c><c r="H2"><f>1+1</f></c><c r="I2"><f>1+1</f><v/></c>
        <c r="J2" t="str"><f>""</f><v></v></c><c r="K2" t="d"><v>2024-01-31</v></c><c r="L2"><f>2*3</f><v>6</v></c>
        <c r="M2"><v>12,5</v></c><c r="N2" t="e"><f>NA()</f><v>#N/A</v></c><c r="O2" t="str"><f>X()</f></c></row>"""
    strings = "<si><t>unused</t></si><si><t xml:space='preserve'> Moulin </t></si>"
    found = files.read_cells(tmp_path / BOOK, files.xlsx_parts(rows, strings=strings))
    assert found == {
        "B2": " Moulin ",
        "C2": 1.5,
        "D2": True,
        "E2": ErrorValue("#REF!"),
        "F2": "inline",
        "G2": "text",
        "H2": Uncomputed("=1+1"),
        "I2": Uncomputed("=1+1"),
        "K2": dt.date(2024, 1, 31),
        "L2": 6.0,
        "M2": "12,5",
        "N2": ErrorValue("#N/A"),
        "O2": Uncomputed("=X()"),
    }
    assert found["D2"] is True


def test_rich_text_is_joined_and_phonetic_runs_are_not_read(tmp_path: Path) -> None:
    strings = (
        "<si><r><rPr><b/></rPr><t>Ferme </t></r><r><t>du Val</t></r><rPh sb='0' eb='1'><t>kana</t></rPh></si>"
        "<si><t>a_x000D_b _x0041_ _x005F_x0041_ _xD83D__xDE00_ _xD83D_</t></si>"
    )
    rows = '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c></row>'
    found = files.read_cells(tmp_path / BOOK, files.xlsx_parts(rows, strings=strings))
    assert found == {"A1": "Ferme du Val", "B1": "a\rb A _x0041_ 😀 �"}


def test_blank_cells_and_texts_are_absent(tmp_path: Path) -> None:
    strings = "<si><t/></si><si><t xml:space='preserve'>  \u00a0</t></si><si><t>x</t></si>"
    rows = (
        '<row r="1"><c r="A1" s="1"/><c r="B1" t="s"><v>0</v></c><c r="C1" t="s"><v>1</v></c></row>'
        '<row r="3"><c r="C3" t="s"><v>2</v></c><c r="D3" t="inlineStr"><is><t> </t></is></c></row>'
    )
    table = read_workbook(files.packed(tmp_path / BOOK, files.xlsx_parts(rows, strings=strings))).tables[0]
    assert [(row.number, dict(row.values)) for row in table.rows] == [(3, {2: "x"})]


def test_cells_and_rows_without_address_follow_one_another(tmp_path: Path) -> None:
    rows = (
        '<row><c><v>1</v></c><c/><c><v>3</v></c></row><row r="4"><c r="C4"><v>4</v></c><c><v>5</v></c></row>'
        "<row><c><v>6</v></c></row>"
    )
    found = files.read_cells(tmp_path / BOOK, files.xlsx_parts(rows))
    assert found == {"A1": 1, "C1": 3, "C4": 4, "D4": 5, "A5": 6}


def test_rows_come_in_sheet_order(tmp_path: Path) -> None:
    rows = '<row r="9"><c r="A9"><v>9</v></c></row><row r="2"><c r="B2"><v>2</v></c></row>'
    table = read_workbook(files.packed(tmp_path / BOOK, files.xlsx_parts(rows))).tables[0]
    assert [row.number for row in table.rows] == [2, 9]


STYLES = (
    '<numFmts count="1"><numFmt numFmtId="164" formatCode="dd/mm/yyyy"/></numFmts>'
    '<cellStyleXfs><xf numFmtId="14"/></cellStyleXfs>'
    '<cellXfs><xf numFmtId="0"/><xf numFmtId="164"/><xf numFmtId="22"/><xf numFmtId="20"/></cellXfs>'
    '<dxfs><dxf><numFmt numFmtId="164" formatCode="0"/></dxf></dxfs>'
)
DATES = (
    '<row r="1"><c r="A1" s="1"><v>39267</v></c><c r="B1" s="2"><v>39267.5</v></c>'
    '<c r="C1" s="3"><v>0.25</v></c><c r="D1" s="0"><v>39267</v></c></row>'
)


@pytest.mark.parametrize(
    ("properties", "day"),
    [
        ("", dt.date(2007, 7, 4)),
        ('<workbookPr date1904="0"/>', dt.date(2007, 7, 4)),
        ('<workbookPr date1904="true"/>', dt.date(2011, 7, 5)),
    ],
)
def test_dates_follow_the_number_format_and_the_system(tmp_path: Path, properties: str, day: dt.date) -> None:
    parts = files.xlsx_parts(DATES, styles=STYLES, properties=properties)
    noon = dt.datetime.combine(day, dt.time(12))
    assert files.read_cells(tmp_path / BOOK, parts) == {"A1": day, "B1": noon, "C1": dt.time(6), "D1": 39267}


def test_without_styles_and_shared_strings(tmp_path: Path) -> None:
    assert files.read_cells(tmp_path / BOOK, files.xlsx_parts(DATES))["A1"] == 39267


def test_strict_workbooks_and_any_prefix(tmp_path: Path) -> None:
    parts = files.xlsx_parts()
    parts["_rels/.rels"] = files.relationships(
        ("r0", "officeDocument", "xl/workbook.xml"), to_part=files.STRICT_TO_PART
    )
    parts["xl/workbook.xml"] = files.workbook_part(main=files.STRICT, to_part=files.STRICT_TO_PART)
    parts["xl/worksheets/sheet1.xml"] = (
        f'<?xml version="1.0" encoding="UTF-8"?><z:worksheet xmlns:z="{files.STRICT}"><z:sheetData><z:row r="1">'
        '<z:c r="A1"><z:v>7</z:v></z:c></z:row></z:sheetData></z:worksheet>'
    )
    assert files.read_cells(tmp_path / BOOK, parts) == {"A1": 7}


def test_extensions_are_not_cells(tmp_path: Path) -> None:
    after = (
        '<extLst><ext xmlns:x="urn:other"><x:c r="A9"><x:v>9</x:v></x:c></ext></extLst>'
        '<c r="B9"><v>1</v></c><oddHeader>text</oddHeader>'
    )
    rows = '<row r="1"><c r="A1"><v>1</v><extLst><ext><f>no</f></ext></extLst></c></row>'
    assert files.read_cells(tmp_path / BOOK, files.xlsx_parts(rows, after)) == {"A1": 1}


def test_sheets_in_order_hidden_ones_included_charts_and_macros_not(tmp_path: Path) -> None:
    parts = files.xlsx_parts()
    sheets = ["Actors|r1|", "Chart|r2|", "#note|r3|hidden", "Links|r4|veryHidden", "Macro|r5|", "Dialog|r6|"]
    parts["xl/workbook.xml"] = files.workbook_part(
        *(
            f'<sheet name="{name}" sheetId="{i}" r:id="{link}" state="{state or "visible"}"/>'
            for i, (name, link, state) in enumerate((s.split("|") for s in sheets), 1)
        )
    )
    parts["xl/_rels/workbook.xml.rels"] = files.relationships(
        ("r1", "worksheet", "worksheets/sheet1.xml"),
        ("r2", "chartsheet", "chartsheets/sheet1.xml"),
        ("r3", "worksheet", "/xl/worksheets/sheet1.xml"),
        ("r4", "worksheet", "../xl/worksheets/Sheet1.xml"),
        ("r5", "xlMacrosheet", "macrosheets/sheet1.xml"),
        ("r6", "dialogsheet", "dialogsheets/sheet1.xml"),
    )
    tables = read_workbook(files.packed(tmp_path / BOOK, parts)).tables
    assert [(t.sheet, t.hidden) for t in tables] == [("Actors", False), ("#note", True), ("Links", True)]


def test_values_under_merged_cells_are_not_read_and_are_told(tmp_path: Path) -> None:
    rows = (
        '<row r="1"><c r="A1"><v>1</v></c><c r="B1"><v>2</v></c><c r="C1"><v>3</v></c></row>'
        '<row r="2"><c r="B2"><v>4</v></c></row>'
    )
    after = '<mergeCells><mergeCell ref="A1:B2"/><mergeCell ref="D4:XFD1048576"/><mergeCell ref="odd"/></mergeCells>'
    book = read_workbook(files.packed(tmp_path / BOOK, files.xlsx_parts(rows, after)))
    assert files.cells(book.tables[0]) == {"A1": 1, "C1": 3}
    assert [(p.code, str(p.cell), p.facts["count"]) for p in book.problems] == [("FIL22", "Links!B1", 2)]


def test_the_last_cell_of_the_grid(tmp_path: Path) -> None:
    rows = '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    assert files.read_cells(tmp_path / BOOK, files.xlsx_parts(rows)) == {"XFD1048576": 1}


@pytest.mark.parametrize("address", ["XFE1", "A1048577", "A0", "1A", "AAAA1", "A1x", "", "É1", "A99999999999999"])
def test_addresses_off_the_grid(tmp_path: Path, address: str) -> None:
    rows = f'<row r="1"><c r="{address}"><v>1</v></c></row>'
    path = files.packed(tmp_path / BOOK, files.xlsx_parts(rows))
    assert files.codes_of(files.refusal(path)) == ["FIL19"]


def test_a_text_that_the_file_lacks_and_two_values_in_one_cell(tmp_path: Path) -> None:
    for value in ("5", "-1", "x", "1_0"):
        rows = f'<row r="3"><c r="B3" t="s"><v>{value}</v></c></row>'
        (problem,) = files.refusal(files.packed(tmp_path / BOOK, files.xlsx_parts(rows, strings="<si><t>a</t></si>")))
        assert (problem.code, str(problem.cell)) == ("FIL21", "Links!B3")
    rows = '<row r="3"><c r="B3"><v>1</v></c><c r="B3"><v>2</v></c></row>'
    (problem,) = files.refusal(files.packed(tmp_path / BOOK, files.xlsx_parts(rows)))
    assert (problem.code, str(problem.cell)) == ("FIL20", "Links!B3")


def test_a_text_too_long_is_cut_and_told(tmp_path: Path) -> None:
    rows = '<row r="1"><c r="A1" t="inlineStr"><is><t>abcdef</t></is></c><c r="B1" t="s"><v>0</v></c></row>'
    parts = files.xlsx_parts(rows, strings="<si><t>abcde</t></si>")
    book = read_workbook(files.packed(tmp_path / BOOK, parts), Bounds(text_length=5))
    assert files.cells(book.tables[0]) == {"A1": "abcde", "B1": "abcde"}
    assert [(p.code, str(p.cell)) for p in book.problems] == [("FIL30", "Links!A1")]


def test_every_damaged_sheet_is_told_at_once(tmp_path: Path) -> None:
    parts = files.xlsx_parts()
    names = [f"S{i}" for i in range(1, 5)]
    parts["xl/workbook.xml"] = files.workbook_part(
        *(f'<sheet name="{name}" sheetId="{i}" r:id="r{i}"/>' for i, name in enumerate(names, 1))
    )
    parts["xl/_rels/workbook.xml.rels"] = files.relationships(
        ("r1", "worksheet", "worksheets/sheet1.xml"),
        ("r2", "worksheet", "worksheets/sheet2.xml"),
        ("r3", "worksheet", "worksheets/none.xml"),
    )
    parts["xl/worksheets/sheet2.xml"] = "<worksheet><sheetData><row>"
    problems = files.refusal(files.packed(tmp_path / BOOK, parts))
    assert [(p.code, str(p.cell)) for p in problems] == [("FIL14", "S2"), ("FIL13", "S3"), ("FIL13", "S4")]


def test_two_sheets_of_one_name(tmp_path: Path) -> None:
    parts = files.xlsx_parts()
    parts["xl/workbook.xml"] = files.workbook_part(
        '<sheet name="Links" sheetId="1" r:id="r1"/>', '<sheet name="LINKS" sheetId="2" r:id="r1"/>'
    )
    assert files.codes_of(files.refusal(files.packed(tmp_path / BOOK, parts))) == ["FIL18", "FIL18"]


def test_the_fingerprint_is_the_one_of_the_file(tmp_path: Path) -> None:
    path = files.packed(tmp_path / BOOK, files.xlsx_parts(DATES))
    book = read_workbook(path)
    assert book.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()
    assert book.path == path


def test_parts_are_found_whatever_their_case_and_slashes(tmp_path: Path) -> None:
    parts = {name.replace("/", "\\").upper(): text for name, text in files.xlsx_parts(DATES).items()}
    assert len(files.read_cells(tmp_path / BOOK, parts)) == 4


def test_a_million_blank_formatted_rows_leave_nothing(tmp_path: Path) -> None:
    rows = "".join(f'<row r="{n}" s="1" customFormat="1"><c r="A{n}" s="1"/></row>' for n in range(2, 200_000))
    parts = files.xlsx_parts(f'<row r="1"><c r="A1"><v>1</v></c></row>{rows}')
    assert files.read_cells(tmp_path / BOOK, parts) == {"A1": 1}
