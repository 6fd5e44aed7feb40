"""The workbook of a comparison, in the reader's language: what to show first, then one sheet a question."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from pathlib import Path

from filiere.report.comparison.actors import actors, receipts
from filiere.report.comparison.document import first_blocks, subtitle, title
from filiere.report.comparison.figures import indicators, objectives, products
from filiere.report.comparison.inputs import inputs
from filiere.report.comparison.manifest import manifest
from filiere.report.comparison.ranged.curves import curve_sheets, draw_curves
from filiere.report.comparison.relations import relations
from filiere.report.comparison.sides import Sides
from filiere.report.comparison.why import averaged, in_order
from filiere.report.comparison.why_charts import draw_contributions
from filiere.report.excel.book import Book, relative_source
from filiere.report.excel.first_sheet import FirstSheet
from filiere.report.excel.making import workbook
from filiere.report.sheet import Sheet

_SHEETS: tuple[Callable[[Sides], Sheet | None], ...] = (
    indicators, objectives, inputs, averaged, in_order, relations, products, actors, receipts,
    manifest,
)  # fmt: skip

_LABEL, _CASE = 34.0, 20.0
"""Widths of the names and of each case, in characters."""
_LEAST = 150.0
"""Characters over which titles and stories run, however few the cases."""


def comparison_workbook(sides: Sides, folder: Path | None = None, among: Sequence[str] | None = None) -> bytes:
    """Return the workbook of a comparison, made in memory.

    ``folder`` is where it will lie, for its links back to the one workbook it is of; without it, beside that.
    ``among`` are the names of its sheets where the comparison comes into a copy of it. At least one case has a plan.
    """
    reference = sides.comparison.sources[sides.comparison.reference.case.source]
    source = relative_source(reference.path, folder) if sides.comparison.one_workbook else None
    columns = max(len(sides.titles), math.ceil((_LEAST - _LABEL) / _CASE))  # blank ones that titles run over

    def write(book: Book) -> None:
        first = FirstSheet(book, sides.pick("Comparison", "Comparaison"), (_LABEL, *[_CASE] * columns),
                           sides.pick("Figures of the charts", "Chiffres des graphiques"))  # fmt: skip
        for drawn in curve_sheets(sides):
            draw_curves(book, drawn, book.write(drawn))
        for make in _SHEETS:
            sheet = make(sides)
            if sheet is not None and sheet.height:
                written = book.write(sheet)
                if sheet.key == "why":
                    draw_contributions(book, sides, sheet, written)
        first.write(title(sides), subtitle(sides), first_blocks(sides))

    return workbook(write, sides.language, title=title(sides), subject=subtitle(sides), date=sides.date, among=among,
                    footer=f"{title(sides)} · {subtitle(sides)}", source=source)  # fmt: skip
