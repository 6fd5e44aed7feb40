"""Several tables one below another on one sheet, each under its own title."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import reduce
from typing import TYPE_CHECKING

from filiere.language import Label
from filiere.palette import INSIDE, QUIET
from filiere.report.excel.book import MOST_ROWS, Body, Book, Written
from filiere.report.excel.letters import lines_in
from filiere.report.excel.print_setup import Asked, fit_print, fitted, page_high, pages_suit
from filiere.report.sheet import Sheet

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

_TITLE = 24.0
"""Points that the title of a table is high."""
_ALONE = 80.0
"""Units of width for sentences above no table."""
_MOST_CUT = 3.0
"""Pages that a table takes at most to be cut: a longer one is read on screen, where it is better left whole."""
_BEGUN = 0.3
"""The share of a page under which the last table does not begin there."""
_BLANK = 15.0
"""Points of a row without anything."""
_CONTINUED = Label(" (continued)", " (suite)")
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
    bodies = [Body(book, worksheet, sheet, sheet.filled(), 0, sheet.height) for sheet in sheets]
    _align(bodies)
    name, written = worksheet.get_name(), []
    widths = max((body.printed_widths() for body in bodies), key=len, default=[_ALONE])
    page = _measured(bodies, widths)
    pieces = [
        (sheet, part)
        for sheet, body in zip(sheets, bodies, strict=True)
        for part in _cut(book, worksheet, sheet, body, page, whole=body is bodies[-1] or head is not None)
    ]
    top = 1 if head is None else len(head.sentences) + 4
    for _, part in pieces:
        part.top = top
        top += part.height + _GAP + 1
    above = 0.0 if head is None else _above(book, worksheet, head, widths)
    for sheet, part in pieces:
        _head(book, worksheet, sheet, part)
        left_out = part.write()
        if part.start == 0:
            written.append(Written(name, 1, left_out, part.top + 1))
        book.mark(worksheet, sheet, part)
    if not bodies:
        return written
    if head is None:
        _filter(worksheet, [part for _, part in pieces])
    _print(book, worksheet, pieces, widths, above)
    return written


def _measured(bodies: Sequence[Body], widths: Sequence[float]) -> float:
    """Measure all tables, and return how many points of them a page takes."""
    for body in bodies:
        body.measure()
    return page_high(widths, _high(bodies))


def _high(bodies: Sequence[Body]) -> float:
    return sum(sum(body.heights()) + _TITLE for body in bodies)


def _cut(book: Book, worksheet: Worksheet, sheet: Sheet, body: Body, page: float, *, whole: bool) -> Iterator[Body]:
    """Cut a table that goes over a page or two more, so that each page has its headings, unless it is left ``whole``.

    The last of a sheet has them as it is: printed pages repeat one line of headings, from its table on.
    """
    heights = body.heights()
    if whole or sheet.on_paper < sheet.height or not page < _TITLE + sum(heights) <= _MOST_CUT * page:
        yield body
        return
    start, used = 0, _TITLE + heights[0]
    for row, high in enumerate([*heights[1:], page]):
        if used + high > page:
            part = Body(book, worksheet, sheet, body.columns, start, row - start)
            part.widths, part.last = body.widths, body.last
            part.measure()
            yield part
            start, used = row, _TITLE + heights[0]
        used += high


def _print(
    book: Book, worksheet: Worksheet, pieces: Sequence[tuple[Sheet, Body]], widths: Sequence[float], above: float
) -> None:
    """Set up the print: no table begins at the foot of a page that could begin on the next, and the last repeats its
    headings. ``above`` are the points of what stands above the tables.
    """
    last, rows = _printed([body for _, body in pieces], [sheet for sheet, _ in pieces])
    high = _high([body for _, body in pieces])
    fit_print(worksheet, widths, last.top + rows, above + high)
    if last.top + rows < pieces[-1][1].top + pieces[-1][1].height:
        book.end_print(worksheet, rows, last.height)
    if above and pages_suit(widths, above + high, _PAGES):
        worksheet.fit_to_pages(1, _PAGES)
        return
    page, used, breaks = page_high(widths, above + high), above, []
    for at, (_, body) in enumerate(pieces):
        tall = _TITLE + sum(body.heights())
        needed = tall if tall <= page or at < len(pieces) - 1 else _BEGUN * page
        if used and used + _BLANK + needed > page:
            breaks.append(body.top - 1)
            used = 0.0
        used += tall + _BLANK * (used > 0.0)
        used = used % page if tall > page else used
    worksheet.set_h_pagebreaks(breaks)
    worksheet.repeat_rows(last.top)


def _printed(bodies: Sequence[Body], sheets: Sequence[Sheet]) -> tuple[Body, int]:
    """Return the last table that is printed, and how many rows of it: up to one that is of use on screen alone."""
    for body, sheet in zip(bodies, sheets, strict=True):
        if body.start == 0 and sheet.on_paper < body.height:
            return body, sheet.on_paper
    return bodies[-1], bodies[-1].height


def _above(book: Book, worksheet: Worksheet, head: Head, widths: Sequence[float]) -> float:
    """Write what stands above the tables; sentences are wrapped within the columns that are printed.

    Return how many points high it is.
    """
    worksheet.write_string(0, 0, head.title, book.format(bold=True, font_size=18, font_color=INSIDE))
    worksheet.set_row(0, 26.0)
    worksheet.write_string(1, 0, head.subtitle, book.format(font_color=QUIET))
    above = 26.0 + 2 * _BLANK
    style = book.format(font_size=11, text_wrap=True, valign="vcenter", align="left")
    for row, sentence in enumerate(head.sentences, start=2):
        if len(widths) > 1:
            worksheet.merge_range(row, 0, row, len(widths) - 1, sentence, style)
        else:
            worksheet.write_string(row, 0, sentence, style)
        high = 18.0 + 14.5 * (lines_in(sentence, sum(widths), 11.0) - 1)
        worksheet.set_row(row, high)
        above += high
    return above


def _align(bodies: Sequence[Body]) -> None:
    """Give each column the width that suits the tables which share it, and let one page across do for all."""
    if not bodies:  # of a member that does nothing there are sentences alone
        return
    count = max(len(body.asked) for body in bodies)
    shared = [reduce(Asked.with_, [body.asked[i] for body in bodies if i < len(body.asked)]) for i in range(count)]
    widths, last = fitted(shared, max(body.last for body in bodies))
    for body in bodies:
        body.widths, body.last = widths[: len(body.widths)], min(body.last, last)
        body.widen(last + 1)
        widths[: len(body.widths)] = body.widths
    for body in bodies:
        body.widths = widths[: len(body.widths)]


def _head(book: Book, worksheet: Worksheet, sheet: Sheet, body: Body) -> None:
    style = book.format(bold=True, font_size=13, font_color=INSIDE, valign="vcenter")
    title = sheet.title if body.start == 0 else f"{sheet.title}{_CONTINUED.to(book.language)}"
    worksheet.write_string(body.top - 1, 0, title, style)
    worksheet.set_row(body.top - 1, _TITLE)


def _filter(worksheet: Worksheet, bodies: Sequence[Body]) -> None:
    """Put the one filter that a sheet may have on its longest table."""
    longest = max(bodies, key=lambda body: body.height)
    worksheet.autofilter(longest.top, 0, longest.top + longest.height, len(longest.columns) - 1)
