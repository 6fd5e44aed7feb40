"""Templates print what is filled in, or a page to fill in by hand, and nothing of the formulas that wait below."""

from __future__ import annotations

import io
import re
import warnings
from pathlib import Path
from xml.etree import ElementTree
from zipfile import ZipFile

import openpyxl
import pytest
from openpyxl.utils import get_column_letter

from filiere.workbook.read.read import read_workbook

_TEMPLATES = Path(__file__).parents[2] / "data_templates"

_WITH_FORMULAS = ("Activités", "Entrées-sorties", "Échanges", "Besoins", "Ressources disponibles", "Stocks",
                  "Calendriers")  # fmt: skip


def _loaded(path: Path) -> openpyxl.Workbook:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # openpyxl tells what it would lose
        return openpyxl.load_workbook(io.BytesIO(path.read_bytes()))


def _following(path: Path) -> dict[str, str]:
    """Return the formulas of what each sheet prints; openpyxl knows none."""
    with ZipFile(path) as parts:
        root = ElementTree.fromstring(parts.read("xl/workbook.xml"))
    space = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
    sheets = [sheet.attrib["name"] for sheet in root.iter(f"{space}sheet")]
    return {
        sheets[int(name.attrib["localSheetId"])]: name.text or ""
        for name in root.iter(f"{space}definedName")
        if name.attrib["name"] == "_xlnm.Print_Area" and "INDEX" in (name.text or "")
    }


@pytest.mark.parametrize("name", ["blank_fr", "food_example_fr"])
def test_the_rows_that_are_printed_are_those_filled_or_a_page_of_them(name: str) -> None:
    path = _TEMPLATES / f"{name}.xlsx"
    # Of a row whose first column is blank only formulas that help are there.
    filled = {t.sheet: max((r.number for r in t.rows if 0 in r.values), default=1) for t in read_workbook(path).tables}
    tables = [sheet for sheet in _loaded(path).worksheets if sheet.print_title_rows == "$1:$1"]
    follows = _following(path)
    assert len(tables) >= 15 and set(follows) == {sheet.title for sheet in tables} & set(_WITH_FORMULAS)
    for sheet in tables:
        right = sheet.max_column
        if sheet.title not in follows:  # a row that is typed at any time is printed: there is nothing else on the sheet
            assert sheet.max_row == max(1, filled[sheet.title]), sheet.title
        else:  # formulas wait below what is filled in: as far as anything shows is printed, or a page to fill in by hand
            title, last = re.escape(sheet.title), get_column_letter(sheet.max_column)
            rows = rf"'{title}'!\$A\$1:\${last}\$5000"
            assert re.fullmatch(
                rf"'{title}'!\$A\$1:INDEX\('{title}'!\$([A-Z]+)\$1:\$\1\$5000,"
                rf'MAX\(26,SUMPRODUCT\(MAX\(IFERROR\({rows}<>"",TRUE\)\*ROW\({rows}\)\)\)\)\)',
                follows[sheet.title],
            )
        assert all(sheet.cell(1, column).value for column in range(1, right + 1))
        setup = sheet.page_setup
        assert (setup.orientation, setup.fitToHeight, sheet.sheet_properties.pageSetUpPr.fitToPage) == (
            "landscape",
            0,
            True,
        )
        assert bool(sheet.print_title_cols) == ((setup.fitToWidth or 1) > 1)
