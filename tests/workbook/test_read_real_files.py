"""Workbooks of others, made to be hard: compared cell by cell with openpyxl, whose own slips are named here."""

from __future__ import annotations

import datetime as dt
import json
import warnings
from pathlib import Path

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from filiere.problems import WorkbookError
from filiere.table import ErrorValue, RawTable
from filiere.workbook.read.read import read_workbook
from filiere.workbook.read.xlsx_parts import unescaped

_DATA = Path(__file__).parents[3] / "shared" / "data"
_FOLDERS = sorted(_DATA.glob("messy_*"))
_FILES = [path for folder in _FOLDERS for path in sorted(folder.iterdir()) if path.suffix in (".xlsx", ".xlsm", ".ods")]
_OFFICE = [path for path in _FILES if path.suffix != ".ods"]

pytestmark = pytest.mark.skipif(not _FILES, reason="the published cases are not on this machine")


def _plain(value: object) -> object:
    """Bring a value of either reader to one form: a day is its midnight, an error its text, blank text is blank."""
    if isinstance(value, ErrorValue):
        return value.text
    if isinstance(value, dt.date) and not isinstance(value, dt.datetime):
        return dt.datetime.combine(value, dt.time())
    if isinstance(value, str):
        # openpyxl leaves the _xHHHH_ escapes in.
        return unescaped(value) if value.strip() else None
    return value


def _by_openpyxl(path: Path) -> dict[str, Worksheet]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return {sheet.title: sheet for sheet in openpyxl.load_workbook(path, data_only=True).worksheets}


def _differences(table: RawTable, sheet: Worksheet) -> list[tuple[str, object, object]]:
    ours = {(r.number, c + 1): _plain(v) for r in table.rows for c, v in r.values.items()}
    # openpyxl writes the target of a link into a blank cell.
    theirs = {
        (c.row, c.column): _plain(c.value)
        for row in sheet.iter_rows()
        for c in row
        if _plain(c.value) is not None and not (c.hyperlink and (c.row, c.column) not in ours)
    }
    return [
        (str(table.cell(row, column - 1)), ours.get((row, column)), theirs.get((row, column)))
        for row, column in sorted(ours.keys() | theirs.keys())
        if ours.get((row, column)) != theirs.get((row, column))
    ]


@pytest.mark.parametrize("path", _OFFICE, ids=lambda path: path.name)
def test_every_cell_is_the_one_openpyxl_reads(path: Path) -> None:
    book = read_workbook(path)
    theirs = _by_openpyxl(path)
    assert {t.sheet for t in book.tables} <= theirs.keys()
    for table in book.tables:
        for place, ours, other in _differences(table, theirs[table.sheet]):
            # No day comes before the first one: Excel shows ##### for a negative date, openpyxl invents one.
            assert isinstance(ours, float) and ours < 0 and isinstance(other, dt.datetime), place
        assert table.hidden == (theirs[table.sheet].sheet_state != "visible")


@pytest.mark.parametrize("path", _FILES, ids=lambda path: path.name)
def test_every_file_is_read_without_a_problem(path: Path) -> None:
    book = read_workbook(path)
    assert book.tables and not book.problems and len(book.sha256) == 64


@pytest.mark.parametrize("folder", _FOLDERS, ids=lambda path: path.name)
def test_the_sheets_are_those_counted(folder: Path) -> None:
    facts = json.loads((folder / "expected.json").read_text(encoding="utf-8"))
    facts = facts.get("facts_counted_with_openpyxl_3.1.5", facts)
    checked = 0
    for name, fact in facts.items():
        sheets = fact.get("sheets") or [{"name": n, **s} for n, s in fact.items() if isinstance(s, dict)]
        if not sheets or not name.endswith((".xlsx", ".xlsm")):
            continue
        expected = [s["name"] for s in sheets if s["dim"] != "chart" and not s["name"].startswith(("Macro", "Dialog"))]
        assert [t.sheet for t in read_workbook(folder / name).tables] == expected
        checked += 1
    assert checked


@pytest.mark.parametrize(
    ("name", "rows"), [("merge_cells", 3), ("number_format", 29), ("defined_names_unicode", 1)], ids=str
)
def test_one_workbook_reads_the_same_in_both_formats(name: str, rows: int) -> None:
    folder = _DATA / "messy_sheetjs"
    ods = read_workbook(folder / f"{name}.ods").tables
    other = next(p for p in (folder / f"{name}.xlsx", folder / f"{name}_russian.xlsm") if p.exists())
    office = read_workbook(other).tables
    assert [t.sheet for t in ods] == [t.sheet for t in office]
    assert len(ods[0].rows) == len(office[0].rows) == rows
    if name != "number_format":
        assert [t.rows for t in ods] == [t.rows for t in office]


def test_old_workbooks_are_refused_as_such() -> None:
    old = [path for folder in _FOLDERS for path in folder.glob("*.xls")]
    assert old
    for path in old:
        with pytest.raises(WorkbookError) as refused:
            read_workbook(path)
        assert [p.code for p in refused.value.problems] == ["FIL07"]
