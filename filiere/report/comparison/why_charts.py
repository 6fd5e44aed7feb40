"""Charts behind the table of contributions: what each change of a scenario brings to its cost and its dependency."""

from __future__ import annotations

from collections.abc import Iterator

from filiere.palette import OUTSIDE, QUIET
from filiere.report.comparison.sides import Sides
from filiere.report.excel.book import MOST_ROWS, Book, Written
from filiere.report.excel.charts import Spot, bar_chart
from filiere.report.sheet import Sheet, Show

_MEASURES = (("cost", OUTSIDE), ("dependency", QUIET))
_NOTHING = 0.5
"""What is less is drawn as nothing: a scenario of such changes has no chart."""
_MOST = 8
"""Charts drawn: more than this nobody looks at."""
_WIDE = 960
_ROW = 20
"""Height of a row of the sheet of charts, in pixels."""
_PAGE = 1_440
"""Pixels down a page of A4 upright, on which a chart is as wide as the page."""


def draw_contributions(book: Book, sides: Sides, sheet: Sheet, written: Written) -> None:
    """Draw one chart a scenario of two changes or more, on a sheet of their own behind the table just written.

    Beside the table, a page would cut them.
    """
    positions = {column.key: at for at, column in enumerate(sheet.filled())}
    series = [(positions[key], colour) for key, colour in _MEASURES if key in positions]
    drawn = list(stretches(sheet))[:_MOST]
    if not series or not drawn or sheet.height > MOST_ROWS:
        return
    worksheet = book.add_sheet(sides.pick("What changes bring, drawn", "Effets, en graphiques"))
    worksheet.hide_gridlines(2)
    worksheet.set_portrait()
    worksheet.set_default_row(_ROW * 0.75)
    line, full, breaks = 0, 0, []
    for name, start, last in drawn:
        title = sides.pick(f"{name}: what each change brings", f"{name} : ce que chaque changement apporte")
        spot = Spot(written.name, 0, start + 1, last, positions["change"])  # below the headings
        figures = [sheet.column(key).values[start:last] for key, _ in _MEASURES if key in positions]
        values = [float(value) for some in figures for value in some if isinstance(value, float | int)]
        if all(abs(value) < _NOTHING for value in values):
            continue
        chart = bar_chart(book, spot, series, title, Show.MONEY_CHANGE, values=values)
        tall = 100 + 38 * (last - start)
        if full and full + tall > _PAGE:
            breaks.append(line)
            full = 0
        chart.set_size({"width": _WIDE, "height": tall})
        worksheet.insert_chart(line, 0, chart, {"x_offset": 4, "object_position": 2, "description": title})
        line += tall // _ROW + 2
        full += tall + 2 * _ROW
    worksheet.set_h_pagebreaks(breaks)
    worksheet.print_area(0, 0, line, _WIDE // 64)


def stretches(sheet: Sheet) -> Iterator[tuple[str, int, int]]:
    """Yield each scenario of two changes or more with the first row of its changes and the one behind the last.

    Rows are counted from 0; the scenario's total is that last one.
    """
    cases, numbers = sheet.column("case").values, sheet.column("number").values
    first = 0
    for at, (case, number) in enumerate(zip(cases, numbers, strict=True)):
        if number is None:
            if at - first >= 2:
                yield str(case), first, at
            first = at + 1
