"""Several tables one below another on one sheet, each under its own title."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import reduce
from typing import TYPE_CHECKING

from filiere.palette import INSIDE, QUIET
from filiere.report.excel.book import MOST_ROWS, Body, Book, Written
from filiere.report.excel.print_setup import Asked, fit_print, fitted
from filiere.report.sheet import Sheet

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

_TITLE = 24.0
"""Points that the title of a table is high."""
_ALONE = 80.0
"""Units of width for sentences above no table."""
_LARGER = 0.93
"""How much wider a letter of a sentence is than one of a table."""
_PAGES = 2
"""Pages that sentences with their tables are printed on at most."""
_GAP = 2
"""Rows between a table and the title of the next, the title's own included."""


@dataclass(frozen=True)
class Head:
    """What stands above the tables: a title, a line under it, and sentences."""

    title: str
    subtitle: str
    sentences: tuple[str, ...]


def write_stack(book: Book, title: str, sheets: Sequence[Sheet], head: Head | None = None) -> list[Written]:
    """Write tables that have rows onto one sheet called ``title``, and tell where each stands.

    A table alone, without a head, is a sheet like any other, with its headings in view and its filter; tables too
    long to stand together have a sheet each.
    """
    if (head is None and len(sheets) == 1) or sum(sheet.height + _GAP + 1 for sheet in sheets) > MOST_ROWS:
        return [book.write(sheet, title if len(sheets) == 1 else None) for sheet in sheets]
    worksheet = book.add_sheet(title)
    worksheet.set_zoom(90)
    worksheet.hide_gridlines(2)
    bodies: list[Body] = []
    top = 1 if head is None else len(head.sentences) + 4
    for sheet in sheets:
        bodies.append(Body(book, worksheet, sheet, sheet.filled(), 0, sheet.height, top))
        top += sheet.height + _GAP + 1
    _align(bodies)
    name, written = worksheet.get_name(), []
    if head is not None:
        _above(book, worksheet, head, max((body.printed_widths() for body in bodies), key=len, default=[_ALONE]))
    for sheet, body in zip(sheets, bodies, strict=True):
        _head(book, worksheet, sheet, body)
        written.append(Written(name, 1, body.write(), body.top + 1))
        book.mark(worksheet, sheet, body)
    if not bodies:
        return written
    if head is None:
        _filter(worksheet, bodies)
    widths = max((body.printed_widths() for body in bodies), key=len)
    last, rows = _printed(bodies, sheets)
    high = sum(sum(body.heights()) + _TITLE for body in bodies)
    fit_print(worksheet, widths, last.top + rows, high)
    if last.top + rows < bodies[-1].top + bodies[-1].height:
        book.end_print(worksheet, rows, last.height)
    if head is not None:
        worksheet.fit_to_pages(1, _PAGES)
    return written


def _printed(bodies: Sequence[Body], sheets: Sequence[Sheet]) -> tuple[Body, int]:
    """Return the last table that is printed, and how many rows of it: up to one that is of use on screen alone."""
    for body, sheet in zip(bodies, sheets, strict=True):
        if sheet.printed_rows is not None and sheet.printed_rows < body.height:
            return body, sheet.printed_rows
    return bodies[-1], bodies[-1].height


def _above(book: Book, worksheet: Worksheet, head: Head, widths: Sequence[float]) -> None:
    """Write what stands above the tables; sentences are wrapped within the columns that are printed."""
    worksheet.write_string(0, 0, head.title, book.format(bold=True, font_size=18, font_color=INSIDE))
    worksheet.set_row(0, 26.0)
    worksheet.write_string(1, 0, head.subtitle, book.format(font_color=QUIET))
    style = book.format(font_size=11, text_wrap=True, valign="vcenter", align="left")
    for row, sentence in enumerate(head.sentences, start=2):
        if len(widths) > 1:
            worksheet.merge_range(row, 0, row, len(widths) - 1, sentence, style)
        else:
            worksheet.write_string(row, 0, sentence, style)
        lines = math.ceil(len(sentence) * _LARGER / sum(widths))
        worksheet.set_row(row, 18.0 + 14.5 * (lines - 1))


def _align(bodies: Sequence[Body]) -> None:
    """Give each column the width that suits the tables which share it, and let one page across do for all."""
    count = max((len(body.asked) for body in bodies), default=0)
    shared = [reduce(Asked.with_, [body.asked[i] for body in bodies if i < len(body.asked)]) for i in range(count)]
    widths, last = fitted(shared, max((body.last for body in bodies), default=0))
    for body in bodies:
        body.widths, body.last = widths[: len(body.widths)], min(body.last, last)


def _head(book: Book, worksheet: Worksheet, sheet: Sheet, body: Body) -> None:
    style = book.format(bold=True, font_size=13, font_color=INSIDE, valign="vcenter")
    worksheet.write_string(body.top - 1, 0, sheet.title, style)
    worksheet.set_row(body.top - 1, _TITLE)


def _filter(worksheet: Worksheet, bodies: Sequence[Body]) -> None:
    """Put the one filter that a sheet may have on its longest table."""
    longest = max(bodies, key=lambda body: body.height)
    worksheet.autofilter(longest.top, 0, longest.top + longest.height, len(longest.columns) - 1)
