"""Native charts: their labels and axes read as the cells that they are drawn from."""

from __future__ import annotations

import io
import re
import zipfile

import pytest
import xlsxwriter

from filiere.language import Language
from filiere.report.document import Axis
from filiere.report.excel.book import Book
from filiere.report.excel.charts import Spot, _label, bar_chart, point_chart, signed_chart
from filiere.report.sheet import Show

VALUES = [0.25, -0.5, 12.0]


def codes(language: Language) -> list[str]:
    """The number formats of a book with a chart of each kind."""
    data = io.BytesIO()
    file = xlsxwriter.Workbook(data, {"in_memory": True})
    book, sheet = Book(file, language, "", None), file.add_worksheet("figures")
    spot, across = Spot("figures", 0, 1, len(VALUES)), Axis("across", Show.MONEY)
    charts = (
        bar_chart(book, spot, [(1, "#000000")], "bars", Show.USE, values=VALUES),
        bar_chart(book, spot, [(1, "#000000")], "parts", Show.USE, stacked=True, values=VALUES),
        signed_chart(book, spot, 1, VALUES, "changes", Show.QUANTITY, -1),
        signed_chart(book, spot, 1, VALUES, "points", Show.POINTS, -1),
        point_chart(book, spot, ((1, across, VALUES), (2, across, VALUES)), "front", line=True),
    )
    for chart in charts:
        sheet.insert_chart("D1", chart)
    file.close()
    archive = zipfile.ZipFile(data)
    drawn = [archive.read(name).decode() for name in archive.namelist() if name.startswith("xl/charts/chart")]
    assert len(drawn) == len(charts)
    return [code for text in drawn for code in re.findall(r'<c:numFmt formatCode="([^"]+)" sourceLinked="0"', text)]


@pytest.mark.parametrize(("language", "locale"), [("fr", "[$-40C]"), ("en", "[$-409]")])
def test_labels_and_axes_keep_to_the_language_as_cells_do(language: Language, locale: str) -> None:
    found = codes(language)
    assert len(found) > 9 and any(code.startswith("[&gt;=0.06][") for code in found)
    assert all(re.sub(r"^\[&[gl]t;=[\d.]+\]", "", code).startswith(locale) for code in found)


@pytest.mark.parametrize(("values", "code"), [
    ([0.0, -0.02, 12.0], "+#,##0.00;-#,##0.00;0"), ([0.0, 0.3, -12.0], "+#,##0.0;-#,##0.0;0"),
])  # fmt: skip
def test_changes_have_the_decimals_of_the_smallest(values: list[float], code: str) -> None:
    assert _label(Book(xlsxwriter.Workbook(io.BytesIO()), "en", "", None), Show.QUANTITY, values) == code


def test_a_small_change_keeps_its_sign() -> None:
    """LibreOffice writes what meets no condition of a format without its sign: −0.02 stood as 0,02."""
    assert all("[&lt;" not in code or "pts" in code for code in codes("fr"))
