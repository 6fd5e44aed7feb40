"""A book as the bytes of a file, written part by part so that any part can be spoiled."""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile
from collections.abc import Mapping
from functools import cache
from xml.sax.saxutils import escape, quoteattr

from filiere.problems.problem import column_letters
from filiere.table import Percentage
from tests.hostile.book import Book, Error, Format, Formula, Sheet, Value
from tests.workbook.files import MAIN, ods_parts, relationships, sheet_part, workbook_part

_EPOCH = dt.datetime(1899, 12, 30)
_DATES, _TIMES, _PERCENTAGES = 1, 2, 3
_STYLES = (
    f'<styleSheet xmlns="{MAIN}"><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="20"/>'
    '<xf numFmtId="10"/></cellXfs></styleSheet>'
)


@cache
def _letters(column: int) -> str:
    return column_letters(column)


def parts_of(book: Book, kind: Format) -> dict[str, str | bytes]:
    """Return the parts of the file that holds ``book``."""
    return _xlsx(book) if kind == "xlsx" else _ods(book)


def packed(parts: Mapping[str, str | bytes], level: int = 1) -> bytes:
    """Return ``parts`` as a zip archive, lightly pressed."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=level) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


# ---- xlsx


def _xlsx(book: Book) -> dict[str, str | bytes]:
    sheets, links, parts = [], [], {}
    for number, sheet in enumerate(book.sheets, start=1):
        state = ' state="hidden"' if sheet.hidden else ""
        sheets.append(f'<sheet name={quoteattr(sheet.name)} sheetId="{number}" r:id="r{number}"{state}/>')
        links.append((f"r{number}", "worksheet", f"worksheets/sheet{number}.xml"))
        parts[f"xl/worksheets/sheet{number}.xml"] = _xlsx_sheet(sheet)
    return {
        "_rels/.rels": relationships(("r0", "officeDocument", "xl/workbook.xml")),
        "xl/workbook.xml": workbook_part(*sheets),
        "xl/_rels/workbook.xml.rels": relationships(*links, ("rs", "styles", "styles.xml")),
        "xl/styles.xml": _STYLES,
        **parts,
    }


def _xlsx_sheet(sheet: Sheet) -> str:
    rows: dict[int, list[str]] = {}
    for row, column in sorted(sheet.cells):
        address = f"{_letters(column)}{row}"
        rows.setdefault(row, []).append(_xlsx_cell(address, sheet.cells[row, column]))
    written = "".join(f'<row r="{row}">{"".join(cells)}</row>' for row, cells in rows.items())
    if sheet.blank_rows:
        first = sheet.last_row + 1
        written += "".join(f'<row r="{n}"><c r="A{n}" s="3"/></row>' for n in range(first, first + sheet.blank_rows))
    merges = "".join(f'<mergeCell ref="{reference}"/>' for reference in sheet.merged)
    return sheet_part(written, f"<mergeCells>{merges}</mergeCells>" if merges else "")


def _xlsx_cell(address: str, value: Value) -> str:
    if isinstance(value, Formula):
        formula = f"<f>{escape(value.text)}</f>"
        if value.value is None:
            return f'<c r="{address}">{formula}</c>'
        if isinstance(value.value, str):
            return f'<c r="{address}" t="str">{formula}<v>{escape(value.value)}</v></c>'
        return _xlsx_cell(address, value.value).replace("<v>", f"{formula}<v>")
    if isinstance(value, bool):
        return f'<c r="{address}" t="b"><v>{int(value)}</v></c>'
    if isinstance(value, float):
        style = f' s="{_PERCENTAGES}"' if isinstance(value, Percentage) else ""
        return f'<c r="{address}"{style}><v>{value!r}</v></c>'
    if isinstance(value, str):
        return f'<c r="{address}" t="inlineStr"><is><t xml:space="preserve">{escape(value)}</t></is></c>'
    if isinstance(value, Error):
        return f'<c r="{address}" t="e"><v>{value.text}</v></c>'
    if isinstance(value, dt.time):
        seconds = value.hour * 3600 + value.minute * 60 + value.second
        return f'<c r="{address}" s="{_TIMES}"><v>{seconds / 86400!r}</v></c>'
    moment = value if isinstance(value, dt.datetime) else dt.datetime(value.year, value.month, value.day)
    return f'<c r="{address}" s="{_DATES}"><v>{(moment - _EPOCH) / dt.timedelta(days=1)!r}</v></c>'


# ---- ods


def _ods(book: Book) -> dict[str, str | bytes]:
    styles = '<style:style style:name="off" style:family="table"><style:table-properties table:display="false"/></style:style>'
    return dict(ods_parts("".join(map(_ods_sheet, book.sheets)), styles))


def _ods_sheet(sheet: Sheet) -> str:
    hidden = ' table:style-name="off"' if sheet.hidden else ""
    spans = {}
    covered = set()
    for reference in sheet.merged:
        (left, top), (right, bottom) = (_corner(corner) for corner in reference.split(":"))
        spans[top, left] = (right - left + 1, bottom - top + 1)
        covered |= {(r, c) for r in range(top, bottom + 1) for c in range(left, right + 1)} - {(top, left)}
    rows: dict[int, dict[int, str]] = {}
    for row, column in {*sheet.cells, *covered}:
        value = sheet.cells.get((row, column))
        name = "covered-table-cell" if (row, column) in covered else "table-cell"
        columns, down = spans.get((row, column), (1, 1))
        more = (
            f' table:number-columns-spanned="{columns}" table:number-rows-spanned="{down}"'
            if columns * down > 1
            else ""
        )
        rows.setdefault(row, {})[column] = _ods_cell(name, more, value)
    written, at = [], 1
    for row in sorted(rows):
        if row > at:
            written.append(
                f'<table:table-row table:number-rows-repeated="{row - at}"><table:table-cell/></table:table-row>'
            )
        written.append(_ods_row(rows[row]))
        at = row + 1
    if sheet.blank_rows:
        written.append(
            f'<table:table-row table:number-rows-repeated="{sheet.blank_rows}">'
            '<table:table-cell table:style-name="c" table:number-columns-repeated="1024"/></table:table-row>'
        )
    return f"<table:table table:name={quoteattr(sheet.name)}{hidden}>{''.join(written)}</table:table>"


def _ods_row(cells: Mapping[int, str]) -> str:
    written, at = [], 0
    for column in sorted(cells):
        if column > at:
            written.append(f'<table:table-cell table:number-columns-repeated="{column - at}"/>')
        written.append(cells[column])
        at = column + 1
    return f"<table:table-row>{''.join(written)}</table:table-row>"


def _ods_cell(name: str, more: str, value: Value | None) -> str:
    if isinstance(value, Formula):
        formula = f" table:formula={quoteattr('of:=' + value.text)}"
        if value.value is None:
            return f"<table:{name}{more}{formula}/>"
        return _ods_cell(name, more + formula, value.value)
    if value is None:
        return f"<table:{name}{more}/>"
    attributes, shown = _ods_value(value)
    return f"<table:{name}{more}{attributes}>{shown}</table:{name}>"


def _ods_value(value: Value) -> tuple[str, str]:
    if isinstance(value, bool):
        return f' office:value-type="boolean" office:boolean-value="{str(value).lower()}"', "<text:p>VRAI</text:p>"
    if isinstance(value, float):
        kind = "percentage" if isinstance(value, Percentage) else "float"
        return f' office:value-type="{kind}" office:value="{value!r}"', f"<text:p>{value:g}</text:p>"
    if isinstance(value, str):
        return ' office:value-type="string"', "".join(f"<text:p>{_spaced(line)}</text:p>" for line in value.split("\n"))
    if isinstance(value, Error):
        return ' office:value-type="string" calcext:value-type="error"', f"<text:p>{value.text}</text:p>"
    if isinstance(value, dt.time):
        return f' office:value-type="time" office:time-value="PT{value.hour}H{value.minute}M{value.second}S"', ""
    assert isinstance(value, dt.date)
    return f' office:value-type="date" office:date-value="{value.isoformat()}"', "<text:p>a date</text:p>"


def _spaced(text: str) -> str:
    """Write the spaces that OpenDocument would fold."""
    text = escape(text).replace("\t", "<text:tab/>")
    return re.sub(r"^ +|  +| +$", lambda run: f'<text:s text:c="{len(run[0])}"/>', text)


def _corner(reference: str) -> tuple[int, int]:
    letters = reference.rstrip("0123456789")
    column = 0
    for letter in letters:
        column = 26 * column + ord(letter) - 64
    return column - 1, int(reference[len(letters) :])
