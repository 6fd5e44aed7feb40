"""Templates print what is filled in, or some rows to fill in by hand, and nothing of the formulas that wait below."""

from __future__ import annotations

import io
import warnings
from pathlib import Path

import openpyxl
import pytest
from openpyxl.utils import range_boundaries

from filiere.workbook.read.read import read_workbook

_TEMPLATES = Path(__file__).parents[2] / "data_templates"

_WITH_FORMULAS = ("Activités", "Entrées-sorties", "Échanges", "Besoins", "Ressources disponibles", "Stocks",
                  "Calendriers")  # fmt: skip


def _loaded(path: Path) -> openpyxl.Workbook:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # openpyxl tells what it would lose
        return openpyxl.load_workbook(io.BytesIO(path.read_bytes()))


@pytest.mark.parametrize("name", ["blank_fr", "food_example_fr"])
def test_the_rows_that_are_printed_are_those_filled_or_a_page_of_them(name: str) -> None:
    path = _TEMPLATES / f"{name}.xlsx"
    # Of a row whose first column is blank only formulas that help are there.
    filled = {t.sheet: max((r.number for r in t.rows if 0 in r.values), default=1) for t in read_workbook(path).tables}
    tables = [sheet for sheet in _loaded(path).worksheets if sheet.print_title_rows == "$1:$1"]
    assert len(tables) >= 15
    for sheet in tables:
        right = sheet.max_column
        if sheet.print_area:  # formulas wait below what is filled in, and are not printed to their end
            assert sheet.title in _WITH_FORMULAS
            _, top, right, bottom = range_boundaries(sheet.print_area.rpartition("!")[2])
            assert (top, bottom) == (1, max(75, filled[sheet.title])), sheet.title
        else:  # a row that is typed at any time is printed: there is nothing else on the sheet
            assert sheet.max_row == max(1, filled[sheet.title]), sheet.title
        assert all(sheet.cell(1, column).value for column in range(1, right + 1))
        setup = sheet.page_setup
        assert (setup.orientation, setup.fitToHeight, sheet.sheet_properties.pageSetUpPr.fitToPage) == (
            "landscape",
            0,
            True,
        )
        assert bool(sheet.print_title_cols) == ((setup.fitToWidth or 1) > 1)
