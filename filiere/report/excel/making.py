"""A workbook of results, made in memory: its properties, and what every sheet of it keeps to."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Callable, Iterable

from filiere.language import Language
from filiere.report.excel.book import Book

_OPTIONS = {
    "in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False,
    "nan_inf_to_errors": True,
}  # fmt: skip
"""Nothing that people typed becomes a formula, a link or a number."""
_UNDATED = dt.date(2000, 1, 1)


def workbook(
    write: Callable[[Book], None], language: Language, *, title: str, footer: str, subject: str = "",
    date: dt.date | None = None, source: str | None = None, among: Iterable[str] | None = None,
) -> bytes:  # fmt: skip
    """Return the workbook that ``write`` fills, as a file.

    ``source`` is the way to the input workbook, for links back; ``among`` are the sheets of the input where these
    come into a copy of it. Without a ``date`` two runs give the same bytes.
    """
    import xlsxwriter

    out, day = io.BytesIO(), date or _UNDATED
    with xlsxwriter.Workbook(out, _OPTIONS) as file:
        file.set_properties({
            "title": title, "subject": subject, "author": "filiere",
            "created": dt.datetime(day.year, day.month, day.day, tzinfo=dt.UTC),
        })  # fmt: skip
        file.set_calc_mode("auto")
        write(Book(file, language, footer, source, among))
    return out.getvalue()
