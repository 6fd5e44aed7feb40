"""What one sees of a sheet: hidden, filtered and folded rows and columns, merged cells, figures shown as percentages."""

from __future__ import annotations

from pathlib import Path

import pytest

from filiere.table import Percentage, RawTable
from filiere.workbook.read.bounds import Bounds, TooMuchError
from filiere.workbook.read.read import read_workbook
from tests.workbook.files import ods_parts, ods_sheet, packed, xlsx_parts


def excel(path: Path, rows: str, columns: str = "", after: str = "", styles: str = "") -> RawTable:
    parts = xlsx_parts(rows, after, **({"styles": styles} if styles else {}))
    key = "xl/worksheets/sheet1.xml"
    parts[key] = parts[key].replace("<sheetData>", f"{columns}<sheetData>")
    return read_workbook(packed(path / "a.xlsx", parts)).tables[0]


def calc(path: Path, rows: str) -> RawTable:
    return read_workbook(packed(path / "a.ods", ods_parts(ods_sheet(rows)))).tables[0]


def row(number: int, more: str = "", value: str = "1") -> str:
    return f'<row r="{number}"{more}><c r="A{number}"><v>{value}</v></c><c r="C{number}"><v>2</v></c></row>'


@pytest.mark.parametrize(
    "how", [' hidden="1"', ' hidden="true"', ' ht="0" customHeight="1"', ' outlineLevel="1" hidden="1"']
)
def test_rows_that_excel_does_not_show(tmp_path: Path, how: str) -> None:
    table = excel(tmp_path, row(1) + row(2, how) + row(3, ' collapsed="1"') + row(4, ' ht="12"'))
    assert table.unseen.rows == {2}


@pytest.mark.parametrize("how", ['hidden="1"', 'width="0" customWidth="1"', 'outlineLevel="1" hidden="1"'])
def test_columns_that_excel_does_not_show_count_where_they_are_filled(tmp_path: Path, how: str) -> None:
    columns = f'<cols><col min="1" max="1" width="9"/><col min="2" max="16384" {how}/></cols>'
    assert excel(tmp_path, row(1), columns).unseen.columns == {2}


@pytest.mark.parametrize("visibility", ["collapse", "filter"])
def test_rows_and_columns_that_libreoffice_does_not_show(tmp_path: Path, visibility: str) -> None:
    hidden = f'table:visibility="{visibility}"'
    cell = '<table:table-cell office:value-type="float" office:value="1"/>'
    rows = (
        f'<table:table-column/><table:table-column table:number-columns-repeated="2" {hidden}/><table:table-column/>'
        f"<table:table-row>{cell * 4}</table:table-row><table:table-row {hidden}>{cell}</table:table-row>"
        f'<table:table-row {hidden} table:number-rows-repeated="2">{cell}</table:table-row>'
        f"<table:table-row>{cell}</table:table-row>"
    )
    table = calc(tmp_path, rows)
    assert (table.unseen.rows, table.unseen.columns) == ({2, 3, 4}, {1, 2})
    assert len(table.rows) == 5


def test_groups_that_libreoffice_has_closed(tmp_path: Path) -> None:
    cell = '<table:table-cell office:value-type="float" office:value="1"/>'
    rows = (
        '<table:table-column/><table:table-column-group table:display="false"><table:table-column/>'
        "</table:table-column-group><table:table-column/>"
        f"<table:table-row>{cell * 3}</table:table-row>"
        '<table:table-row-group table:display="false"><table:table-row-group>'
        f"<table:table-row>{cell}</table:table-row></table:table-row-group></table:table-row-group>"
        f"<table:table-row-group><table:table-row>{cell}</table:table-row></table:table-row-group>"
    )
    table = calc(tmp_path, rows)
    assert (table.unseen.rows, table.unseen.columns) == ({2}, {1})


def test_a_merged_value_reaches_over_the_filled_rows_below_it(tmp_path: Path) -> None:
    after = '<mergeCells><mergeCell ref="A1:B3"/><mergeCell ref="D2:D9"/></mergeCells>'
    only = '<row r="2"><c r="C2"><v>2</v></c></row><row r="3"><c r="C3"><v>2</v></c></row>'
    assert excel(tmp_path, row(1) + only + row(4), after=after).covered == {2: {0: 1}, 3: {0: 1}}
    filled = '<table:table-cell office:value-type="float" office:value="1"/>'
    rows = (
        f'<table:table-row><table:table-cell table:number-rows-spanned="2" table:number-columns-spanned="2" '
        f'office:value-type="string"><text:p>Mill</text:p></table:table-cell><table:covered-table-cell/>{filled}'
        f"</table:table-row><table:table-row><table:covered-table-cell table:number-columns-repeated='2'/>{filled}"
        f"</table:table-row><table:table-row>{filled}</table:table-row>"
    )
    assert calc(tmp_path, rows).covered == {2: {0: 1}}


def test_a_million_rows_under_merged_cells_are_not_multiplied(tmp_path: Path) -> None:
    rows = "".join(f'<row r="{n}"><c r="Z{n}"><v>1</v></c></row>' for n in range(2, 60))
    head = '<row r="1">' + "".join(f'<c r="{letter}1"><v>1</v></c>' for letter in "ABCDEFGHIJ") + "</row>"
    after = "<mergeCells>" + "".join(f'<mergeCell ref="{x}1:{x}1048576"/>' for x in "ABCDEFGHIJ") + "</mergeCells>"
    with pytest.raises(TooMuchError):
        read_workbook(packed(tmp_path / "a.xlsx", xlsx_parts(head + rows, after)), Bounds(claimed=200))


def test_a_figure_shown_as_a_percentage_is_told_apart(tmp_path: Path) -> None:
    styles = (
        '<numFmts><numFmt numFmtId="164" formatCode="0.0\\ %"/></numFmts>'
        '<cellXfs><xf numFmtId="0"/><xf numFmtId="9"/><xf numFmtId="164"/></cellXfs>'
    )
    cells = "".join(f'<c r="{letter}1" s="{style}"><v>0.05</v></c>' for style, letter in enumerate("ABC"))
    values = excel(tmp_path, f'<row r="1">{cells}</row>', styles=styles).rows[0].values
    assert [type(values[at]) for at in range(3)] == [float, Percentage, Percentage]
    assert list(values.values()) == [0.05] * 3
    shown = calc(
        tmp_path,
        '<table:table-row><table:table-cell office:value-type="percentage" office:value="0.05"/></table:table-row>',
    )
    assert type(shown.rows[0].values[0]) is Percentage
