"""The workbook of a comparison, in the reader's language: what to show first, then one sheet a question."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Callable, Sequence
from pathlib import Path

from filiere.report.comparison.actors import actors, receipts
from filiere.report.comparison.figures import indicators, objectives, products
from filiere.report.comparison.inputs import inputs
from filiere.report.comparison.manifest import manifest
from filiere.report.comparison.ranged.curves import curve_sheets, draw_curves
from filiere.report.comparison.relations import relations
from filiere.report.comparison.sides import Sides
from filiere.report.comparison.summary_sheet import SummarySheet, subtitle, title
from filiere.report.comparison.why import averaged, in_order
from filiere.report.comparison.why_charts import draw_contributions
from filiere.report.excel.book import Book, relative_source
from filiere.report.result.workbook import OPTIONS
from filiere.report.sheet import Sheet

_SHEETS: tuple[Callable[[Sides], Sheet | None], ...] = (
    indicators, objectives, inputs, averaged, in_order, relations, products, actors, receipts,
    manifest,
)  # fmt: skip


def comparison_workbook(sides: Sides, folder: Path | None = None, among: Sequence[str] | None = None) -> bytes:
    """Return the workbook of a comparison, made in memory.

    ``folder`` is where it will lie, for its links back to the one workbook it is of; without it, beside that.
    ``among`` are the names of its sheets where the comparison comes into a copy of it. At least one case has a plan.
    """
    import xlsxwriter

    out = io.BytesIO()
    with xlsxwriter.Workbook(out, OPTIONS) as file:
        day = sides.date or dt.date(2000, 1, 1)
        file.set_properties({
            "title": title(sides), "subject": subtitle(sides), "author": "filiere",
            "created": dt.datetime(day.year, day.month, day.day, tzinfo=dt.UTC),
        })  # fmt: skip
        reference = sides.comparison.sources[sides.comparison.reference.case.source]
        source = relative_source(reference.path, folder) if sides.comparison.one_workbook else None
        book = Book(file, sides.language, f"{title(sides)} · {subtitle(sides)}", source, among)
        summary = SummarySheet(book, sides)
        summary.write()
        for drawn in curve_sheets(sides):
            draw_curves(book, drawn, book.write(drawn))
        for make in _SHEETS:
            sheet = make(sides)
            if sheet is not None and sheet.height:
                book.write(sheet)
                if sheet.key == "why":
                    draw_contributions(book, sides, sheet)
        summary.draw()
    return out.getvalue()
