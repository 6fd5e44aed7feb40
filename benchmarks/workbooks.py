"""Reading and writing workbooks of many rows, beside what the libraries take for the same cells."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

from benchmarks.timing import slower, timed

COLUMNS = ("from", "to", "product", "maximum", "today", "price", "distance")


def workbooks(rows: int) -> Iterator[str]:
    """A sheet of links of ``rows`` rows: read as ``filiere check`` reads it, written as results are."""
    import openpyxl

    from filiere.workbook.read.read import read_workbook

    cells = [
        (f"grower {i % 997}", f"maker {i % 331}", f"good {i % 41}", float(i), i * 0.5, 1.0 + i % 7, float(i % 90))
        for i in range(rows)
    ]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "links.xlsx"
        plain, _ = timed(lambda: _plainly(path, cells))
        ours, _ = timed(lambda: read_workbook(path))
        theirs, _ = timed(lambda: [list(sheet.values) for sheet in openpyxl.load_workbook(path, read_only=True)])
        yield slower(f"{rows:,} rows: reading / openpyxl, read-only", ours, theirs)
        written, _ = timed(lambda: _as_results(cells))
        yield slower(f"{rows:,} rows: writing a results sheet / xlsxwriter, bare", written, plain)


def _plainly(path: Path, cells: list[tuple[object, ...]]) -> None:
    import xlsxwriter

    with xlsxwriter.Workbook(path) as file:
        sheet = file.add_worksheet("Links")
        for i, row in enumerate([COLUMNS, *cells]):
            sheet.write_row(i, 0, row)


def _as_results(cells: list[tuple[object, ...]]) -> None:
    import io

    import xlsxwriter

    from filiere.report.excel.book import Book
    from filiere.report.result.workbook import OPTIONS
    from filiere.report.sheet import Column, Sheet, Show

    shows = (Show.TEXT, Show.TEXT, Show.TEXT, Show.QUANTITY, Show.QUANTITY, Show.PRICE, Show.QUANTITY)
    columns = tuple(
        Column(key, key, values, show)
        for key, values, show in zip(COLUMNS, zip(*cells, strict=True), shows, strict=True)
    )
    with xlsxwriter.Workbook(io.BytesIO(), OPTIONS) as file:
        Book(file, "en", "", None).write(Sheet("links", "Links", columns))
