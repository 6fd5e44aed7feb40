"""Templates print what is filled in, or a page to fill in by hand, and nothing below it."""

from __future__ import annotations

import io
from pathlib import Path

import openpyxl
import pypdf
import pytest
from openpyxl.utils import range_boundaries
from openpyxl.worksheet.worksheet import Worksheet

from filiere.workbook.read.read import read_workbook
from tests.workbook.libreoffice import needs_libreoffice, saved_again

_TEMPLATES = Path(__file__).parents[2] / "data_templates"
_WITH_FORMULAS = {"Activités", "Entrées-sorties", "Échanges", "Besoins", "Ressources disponibles", "Stocks",
                  "Calendriers"}  # fmt: skip
_PAGE = 277 / 25.4 * 96 / 7
"""Units of width, digits of 7 pixels, across a page of A4 lying (277 mm within its margins): about 150."""

pytestmark = [
    pytest.mark.filterwarnings("error"),
    pytest.mark.filterwarnings("ignore:.*extension is not supported:UserWarning"),  # of data bars
]


def _tables(path: Path) -> list[Worksheet]:
    book = openpyxl.load_workbook(io.BytesIO(path.read_bytes()))
    return [sheet for sheet in book.worksheets if sheet.print_title_rows == "$1:$1"]


@pytest.mark.parametrize("name", ["blank_fr", "food_example_fr"])
def test_the_rows_that_are_printed_are_those_filled_or_a_page_of_them(name: str) -> None:
    path = _TEMPLATES / f"{name}.xlsx"
    # Of a row whose first column is blank only formulas that help are there.
    filled = {t.sheet: max((r.number for r in t.rows if 0 in r.values), default=1) for t in read_workbook(path).tables}
    tables = _tables(path)
    assert len(tables) >= 15 and {sheet.title for sheet in tables} > _WITH_FORMULAS
    for sheet in tables:
        last = filled[sheet.title]
        if sheet.title == "Entrées-sorties" and last > 1:  # totals over the year go on below filled rows
            assert last + 10 == sheet.max_row
        elif sheet.title not in _WITH_FORMULAS or (sheet.title == "Activités" and name == "blank_fr"):
            assert sheet.max_row == last, sheet.title
        else:
            assert sheet.max_row == max(26, last), sheet.title
        if sheet.print_area:  # of a wide table the columns end, the rows never do
            assert range_boundaries(sheet.print_area.rpartition("!")[2])[3] == 1_048_576


@pytest.mark.parametrize("name", ["blank_fr", "blank_en", "food_example_en", "culture_example_fr"])
def test_letters_are_as_large_as_can_be_read_when_printed(name: str) -> None:
    """Of 11 points on the sheet, 8 at least on a page of A4."""
    for sheet in _tables(_TEMPLATES / f"{name}.xlsx"):
        setup = sheet.page_setup
        assert (setup.orientation, setup.fitToHeight, sheet.sheet_properties.pageSetUpPr.fitToPage) == (
            "landscape",
            0,
            True,
        )
        pages = setup.fitToWidth or 1
        assert bool(sheet.print_title_cols) == (pages > 1)
        last = range_boundaries(sheet.print_area.rpartition("!")[2])[2] if sheet.print_area else sheet.max_column
        widths = [
            d.width
            for d in sorted(sheet.column_dimensions.values(), key=lambda d: d.min)
            for at in range(d.min, d.max + 1)
            if not d.hidden and at <= last
        ]
        repeated = sum(widths[: range_boundaries(sheet.print_title_cols)[2]]) if pages > 1 else 0.0
        across = (sum(widths) - repeated) / pages + repeated
        assert 11 * min(1.0, _PAGE / across) >= 7.9, sheet.title


@needs_libreoffice
def test_libreoffice_prints_as_far_as_something_is_typed(tmp_path: Path) -> None:
    book = openpyxl.load_workbook(_TEMPLATES / "blank_fr.xlsx")
    for row in range(2, 82):
        for column in (1, 2, 3):
            book["Échanges"].cell(row, column, f"ligne {row}")
    book.save(tmp_path / "typed.xlsx")
    (made,) = saved_again([tmp_path / "typed.xlsx"], "pdf", tmp_path)
    pages = [page.extract_text() for page in pypdf.PdfReader(made).pages]
    # The table is two pages across; nothing else but recipes, activities and rules is more than a page.
    assert sum("ligne 2 " in text or "ligne 2\n" in text for text in pages) == 2
    assert sum("ligne 81" in text for text in pages) == 2
    assert len(pages) <= 18 + 2 + 4 + 2
