"""Charts below the table of contributions: what each change of a scenario brings to its cost and its dependency."""

from __future__ import annotations

from collections.abc import Iterator

from filiere.palette import OUTSIDE, QUIET
from filiere.report.comparison.sides import Sides
from filiere.report.excel.book import MOST_ROWS, Book, Written
from filiere.report.excel.charts import Spot, bar_chart
from filiere.report.sheet import Sheet, Show

_MEASURES = (("cost", OUTSIDE), ("dependency", QUIET))
_MOST = 8
"""Charts drawn: more than this nobody looks at."""
_WIDE = 1_000
_ROW = 21.4
"""Height of a row of the table, in pixels."""


def draw_contributions(book: Book, sides: Sides, sheet: Sheet, written: Written) -> None:
    """Draw one chart a scenario of two changes or more, below the table of ``sheet`` that was just written."""
    worksheet = book.book.get_worksheet_by_name(written.name)
    positions = {column.key: at for at, column in enumerate(sheet.filled())}
    series = [(positions[key], colour) for key, colour in _MEASURES if key in positions]
    if worksheet is None or not series or sheet.height > MOST_ROWS:
        return
    line = sheet.height + 2
    for name, start, last in list(stretches(sheet))[:_MOST]:
        title = sides.pick(f"{name}: what each change brings", f"{name} : ce que chaque changement apporte")
        spot = Spot(written.name, 0, start + 1, last, positions["change"])  # below the headings
        chart = bar_chart(book, spot, series, title, Show.MONEY_CHANGE)
        tall = 110 + 44 * (last - start)
        chart.set_size({"width": _WIDE, "height": tall})
        worksheet.insert_chart(line, 0, chart, {"x_offset": 4, "object_position": 2, "description": title})
        line += int(tall / _ROW) + 2
    worksheet.print_area(0, 0, line, len(positions) - 1)


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
