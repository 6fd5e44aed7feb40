from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from filiere.table import ErrorValue, Uncomputed
from filiere.workbook.read.bounds import Bounds
from filiere.workbook.read.read import read_workbook
from tests.workbook import files

BOOK = "book.ods"


def row(*inside: str, more: str = "") -> str:
    return f"<table:table-row{more}>{''.join(inside)}</table:table-row>"


def cell(kind: str = "", value: str = "", text: str = "", more: str = "", tag: str = "table-cell") -> str:
    name = kind if kind in ("date", "time", "boolean", "string") else ""
    stored = f' office:{name + "-" if name else ""}value="{value}"' if value else ""
    typed = f' office:value-type="{kind}"' if kind else ""
    return f"<table:{tag}{typed}{stored}{more}>{text}</table:{tag}>"


def read(tmp_path: Path, *rows: str) -> dict[str, object]:
    return dict(files.read_cells(tmp_path / BOOK, files.ods_parts(files.ods_sheet("".join(rows)))))


def test_each_type_of_cell(tmp_path: Path) -> None:
    found = read(
        tmp_path,
        row(
            cell("float", "1200.5", "<text:p>1 200,5</text:p>"),
            cell("percentage", "0.125", "<text:p>12,5 %</text:p>"),
            cell("currency", "3", "<text:p>3,00 €</text:p>"),
            cell("date", "2024-01-31", "<text:p>31/01/24</text:p>"),
            cell("date", "2024-01-31T12:00:00", "<text:p>31/01/24</text:p>"),
            cell("time", "PT06H00M00S", "<text:p>06:00</text:p>"),
            cell("boolean", "true", "<text:p>VRAI</text:p>"),
            cell("string", text="<text:p>Moulin</text:p>"),
            cell("string", "stored", "<text:p>shown</text:p>"),
            cell(),
        ),
    )
    assert found == {
        "A1": 1200.5,
        "B1": 0.125,
        "C1": 3.0,
        "D1": dt.date(2024, 1, 31),
        "E1": dt.datetime(2024, 1, 31, 12),
        "F1": dt.time(6),
        "G1": True,
        "H1": "Moulin",
        "I1": "stored",
    }


def test_errors_and_uncomputed_formulas(tmp_path: Path) -> None:
    found = read(
        tmp_path,
        row(
            cell("string", text="<text:p>#REF!</text:p>", more=' table:formula="of:=1" calcext:value-type="error"'),
            cell("float", "0", "<text:p>#DIV/0!</text:p>", more=' table:formula="of:=1/0"'),
            cell("string", text="<text:p>Err:502</text:p>", more=' table:formula="of:=X()"'),
            cell("string", text="<text:p>#1 ferme !</text:p>"),
            cell(more=' table:formula="of:=[.A1]+1"'),
            cell("float", more=' table:formula="of:=[.A1]+2"'),
            cell("float", "4", "<text:p>4</text:p>", more=' table:formula="of:=2+2"'),
            cell("string", more=' table:formula="of:=&quot;&quot;"'),
            cell("float", "0", "<text:p>FAUX</text:p>", more=' table:formula="of:=FALSE()"'),
            cell(text="<text:p/>", more=' table:formula="of:=&quot;&quot;"'),
        ),
    )
    assert found == {
        "A1": ErrorValue("#REF!"),
        "B1": ErrorValue("#DIV/0!"),
        "C1": ErrorValue("Err:502"),
        "D1": "#1 ferme !",
        "E1": Uncomputed("of:=[.A1]+1"),
        "F1": Uncomputed("of:=[.A1]+2"),
        "G1": 4.0,
        "I1": False,
    }
    assert found["I1"] is False


def test_repeated_cells_and_rows(tmp_path: Path) -> None:
    found = read(
        tmp_path,
        row(cell(more=' table:number-columns-repeated="3"'), more=' table:number-rows-repeated="2"'),
        row(
            cell(more=' table:number-columns-repeated="2"'),
            cell("float", "5", more=' table:number-columns-repeated="2"'),
            cell(more=' table:number-columns-repeated="16380"'),
            more=' table:number-rows-repeated="2"',
        ),
        row(cell(), more=' table:number-rows-repeated="1048500"'),
        row(cell("float", "9")),
    )
    assert found == {"C3": 5, "D3": 5, "C4": 5, "D4": 5, "A1048505": 9}


def test_repeats_are_counted_before_they_are_made(tmp_path: Path) -> None:
    value = cell("float", "5", more=' table:number-columns-repeated="16384"')
    rows = row(value, more=' table:number-rows-repeated="1048576"')
    path = files.packed(tmp_path / BOOK, files.ods_parts(files.ods_sheet(rows)))
    assert files.codes_of(files.refusal(path)) == ["FIL26"]


@pytest.mark.parametrize(
    ("columns", "rows", "code"),
    [
        ("16385", "1", "FIL19"),
        ("1", "1048577", "FIL19"),
        ("x", "1", "FIL14"),
        ("-1", "1", "FIL14"),
        ("9" * 5000, "1", "FIL14"),
        ("1", "9" * 5000, "FIL14"),
    ],
)
def test_repeats_that_cannot_be(tmp_path: Path, columns: str, rows: str, code: str) -> None:
    value = cell("float", "5", more=f' table:number-columns-repeated="{columns}"')
    sheet = files.ods_sheet(row(value, more=f' table:number-rows-repeated="{rows}"'))
    path = files.packed(tmp_path / BOOK, files.ods_parts(sheet))
    assert files.codes_of(files.refusal(path, Bounds(rows=2_000_000))) == [code]


def test_white_space_and_spans(tmp_path: Path) -> None:
    text = (
        "<text:p>\n  Ferme <text:span>du\n <text:s text:c='2'/>Val</text:span><text:tab/>A<text:line-break/>B </text:p>"
        "<text:p>two<office:annotation><text:p>a note</text:p></office:annotation></text:p>"
    )
    assert read(tmp_path, row(cell("string", text=text))) == {"A1": "Ferme du   Val\tA\nB\ntwo"}


def test_only_the_text_of_the_cell_is_its_text(tmp_path: Path) -> None:
    text = (
        "<office:annotation><text:p>a note</text:p></office:annotation>"
        "<draw:frame><draw:text-box><text:p>a drawing</text:p></draw:text-box></draw:frame>"
        "<text:p>the <text:ruby><text:ruby-base>text</text:ruby-base><text:ruby-text>kana</text:ruby-text></text:ruby>"
        "<draw:frame><text:p>drawn</text:p></draw:frame>, <text:a>linked</text:a></text:p>"
    )
    assert read(tmp_path, row(cell("string", text=text), cell("float", "2", text))) == {
        "A1": "the text, linked",
        "B1": 2,
    }


def test_tables_that_are_no_sheets_are_not_read(tmp_path: Path) -> None:
    inside = row(cell("float", "1"))
    tables = (
        f"<table:tracked-changes><table:deletion>{inside}</table:deletion></table:tracked-changes>"
        "<table:content-validations><table:content-validation><table:error-message><text:p>no</text:p>"
        "</table:error-message></table:content-validation></table:content-validations>"
        + files.ods_sheet(f"<table:shapes>{files.ods_sheet(inside, 'inner')}</table:shapes>{inside}", "Real")
        + files.ods_sheet(inside, "'file:///home/a/b.ods'#$Sheet1")
        + f"<table:dde-links><table:dde-link>{files.ods_sheet(inside, 'cache')}</table:dde-link></table:dde-links>"
    )
    (table,) = read_workbook(files.packed(tmp_path / BOOK, files.ods_parts(tables))).tables
    assert (table.sheet, files.cells(table)) == ("Real", {"A1": 1})


def test_header_rows_and_groups_are_rows(tmp_path: Path) -> None:
    one = row(cell("float", "1"))
    found = read(
        tmp_path,
        f"<table:table-header-rows>{one}</table:table-header-rows>",
        f"<table:table-row-group><table:table-row-group>{one}</table:table-row-group>{one}</table:table-row-group>",
        f"<table:table-rows>{one}</table:table-rows>",
    )
    assert found == {"A1": 1, "A2": 1, "A3": 1, "A4": 1}


def test_covered_cells_are_blank_and_told(tmp_path: Path) -> None:
    rows = row(
        cell("string", text="<text:p>seen</text:p>", more=' table:number-columns-spanned="2"'),
        cell("string", text="<text:p>hidden</text:p>", tag="covered-table-cell"),
        cell("float", "3"),
    )
    book = read_workbook(files.packed(tmp_path / BOOK, files.ods_parts(files.ods_sheet(rows))))
    assert files.cells(book.tables[0]) == {"A1": "seen", "C1": 3}
    assert [(p.code, str(p.cell)) for p in book.problems] == [("FIL22", "Links!B1")]


def test_hidden_sheets(tmp_path: Path) -> None:
    styles = (
        '<style:style style:name="ta1" style:family="table"><style:table-properties table:display="true"/></style:style>'
        '<style:style style:name="ta2" style:family="table"><style:table-properties table:display="false"/></style:style>'
    )
    tables = "".join(
        files.ods_sheet("", name, f' table:style-name="{style}"')
        for name, style in (("A", "ta1"), ("B", "ta2"), ("C", "x"))
    )
    found = read_workbook(files.packed(tmp_path / BOOK, files.ods_parts(tables, styles))).tables
    assert [(t.sheet, t.hidden) for t in found] == [("A", False), ("B", True), ("C", False)]


def test_without_the_mimetype(tmp_path: Path) -> None:
    parts = files.ods_parts(files.ods_sheet(row(cell("float", "1"))))
    del parts["mimetype"]
    assert files.read_cells(tmp_path / BOOK, parts) == {"A1": 1}


def test_a_password(tmp_path: Path) -> None:
    parts = files.ods_parts("")
    parts["META-INF/manifest.xml"] = (
        f'<m:manifest xmlns:m="{files.ODF}:manifest:1.0"><m:file-entry><m:encryption-data/></m:file-entry></m:manifest>'
    )
    parts["content.xml"] = "\x00\x01 not xml"
    assert files.codes_of(files.refusal(files.packed(tmp_path / BOOK, parts))) == ["FIL06"]
