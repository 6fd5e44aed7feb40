"""What the two usual writers write is read back as it was."""

from __future__ import annotations

import datetime as dt
import tempfile
from pathlib import Path
from typing import Any

import openpyxl
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from filiere.workbook.read.read import read_workbook
from tests.workbook import files

# A surrogate is no character, and the two writers refuse or alter control characters each in its way.
_TEXTS = st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=40).filter(
    lambda t: t.strip() and "_x" not in t and "\ufffe" not in t and "\uffff" not in t
)
_DAYS = st.dates(dt.date(1900, 3, 1), dt.date(9999, 12, 31))
_MOMENTS = st.datetimes(dt.datetime(1900, 3, 1), dt.datetime(9999, 12, 30)).map(lambda m: m.replace(microsecond=0))
_NUMBERS = st.floats(-1e300, 1e300).map(lambda x: float(f"{x:.15g}")) | st.integers(-(10**15), 10**15).map(float)
_VALUES = st.one_of(_TEXTS, _DAYS, _MOMENTS, _NUMBERS, st.booleans())
_SHEETS = st.dictionaries(st.tuples(st.integers(0, 40), st.integers(0, 60)), _VALUES, max_size=25)


def _by_xlsxwriter(path: Path, sheet: dict[tuple[int, int], Any], from_1904: bool, memory: bool) -> None:
    options = {"date_1904": from_1904, "constant_memory": memory}
    with xlsxwriter.Workbook(str(path), options) as book:
        page = book.add_worksheet("Échanges & <co>")
        day, moment = book.add_format({"num_format": "dd/mm/yyyy"}), book.add_format({"num_format": 22})
        for (row, column), value in sorted(sheet.items()):
            if isinstance(value, bool):
                page.write_boolean(row, column, value)
            elif isinstance(value, dt.date):
                page.write_datetime(row, column, value, moment if isinstance(value, dt.datetime) else day)
            elif isinstance(value, float):
                page.write_number(row, column, value)
            else:
                page.write_string(row, column, value)


def _by_openpyxl(path: Path, sheet: dict[tuple[int, int], Any], iso: bool) -> None:
    book = openpyxl.Workbook(iso_dates=iso)
    page = book.worksheets[0]
    page.title = "Échanges & <co>"
    for (row, column), value in sheet.items():
        cell = page.cell(row + 1, column + 1, value)
        if isinstance(value, str):
            cell.data_type = "s"
    book.save(path)


def _read(path: Path) -> dict[tuple[int, int], object]:
    (table,) = read_workbook(path).tables
    assert table.sheet == "Échanges & <co>"
    return {(row.number - 1, column): value for row in table.rows for column, value in row.values.items()}


def _typed(sheet: dict[tuple[int, int], Any]) -> dict[tuple[int, int], tuple[type, object]]:
    return {place: (type(value), value) for place, value in sheet.items()}


@settings(max_examples=60, deadline=None)
@given(_SHEETS, st.booleans(), st.booleans())
def test_xlsxwriter(sheet: dict[tuple[int, int], Any], from_1904: bool, memory: bool) -> None:
    if from_1904:
        sheet = {k: v for k, v in sheet.items() if not isinstance(v, dt.date) or v.year > 1904}
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "book.xlsx"
        _by_xlsxwriter(path, sheet, from_1904, memory)
        assert _typed(_read(path)) == _typed(sheet)


@settings(max_examples=60, deadline=None)
@given(_SHEETS, st.booleans())
def test_openpyxl(sheet: dict[tuple[int, int], Any], iso: bool) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "book.xlsx"
        _by_openpyxl(path, sheet, iso)
        assert _typed(_read(path)) == _typed(sheet)


_XML_TEXT = st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1, max_size=30).filter(
    lambda t: t.strip() and "\ufffe" not in t and "\uffff" not in t
)


@settings(max_examples=60, deadline=None)
@given(st.dictionaries(st.tuples(st.integers(0, 5), st.integers(0, 8)), _NUMBERS | _XML_TEXT, max_size=12))
def test_open_document(sheet: dict[tuple[int, int], Any]) -> None:
    rows = []
    for row in range(6):
        inside = ""
        for column in range(9):
            value = sheet.get((row, column))
            if isinstance(value, float):
                inside += f'<table:table-cell office:value-type="float" office:value="{value!r}"/>'
            elif value is not None:
                text = value.replace("&", "&amp;").replace("<", "&lt;").replace(" ", "<text:s/>")
                inside += f'<table:table-cell office:value-type="string"><text:p>{text}</text:p></table:table-cell>'
            else:
                inside += "<table:table-cell/>"
        rows.append(f"<table:table-row>{inside}</table:table-row>")
    with tempfile.TemporaryDirectory() as folder:
        sheets = files.ods_sheet("".join(rows), "Échanges &amp; &lt;co>")
        path = files.packed(Path(folder) / "book.ods", files.ods_parts(sheets))
        assert _typed(_read(path)) == _typed(sheet)
