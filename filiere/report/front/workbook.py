"""The workbook of a front: what it says, its chart and its points on the first sheet, every figure on the second."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from filiere.analysis.pareto.front import Front
from filiere.language import Language
from filiere.report.excel.book import Book
from filiere.report.excel.first_sheet import FirstSheet
from filiere.report.excel.making import workbook
from filiere.report.front.document import first_blocks, subtitle, title
from filiere.report.front.sheets import about, points_sheet
from filiere.report.front.words import FrontView

_WIDTHS = (8.0, 16.0, 18.0, 32.0, 76.0)


def front_workbook(front: Front, language: Language, among: Sequence[str] | None = None) -> bytes:
    """Return the workbook of a front, made in memory. Raises ``ValueError`` where the front has no point.

    ``among`` are the names of the input's sheets where the results come into a copy of it.
    """
    if not front.points:
        raise ValueError("a front without a point has no workbook")
    view = FrontView(front, language)
    named, said = title(view), subtitle(view)

    def write(book: Book) -> None:
        first = FirstSheet(book, view.pick("Front", "Compromis"), _WIDTHS)
        book.write(points_sheet(view))
        book.write(about(view))
        first.write(named, said, first_blocks(view))

    return workbook(write, language, title=named, footer=f"{named} · {said}", date=dt.date.today(),
                    among=among)  # fmt: skip
