"""Charts below the table of contributions: what each change of a scenario brings to its cost and its dependency."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from filiere.palette import FAINT, OUTSIDE, QUIET
from filiere.report.comparison.sides import Sides
from filiere.report.excel.book import MOST_ROWS, Book
from filiere.report.excel.leaf import CHART_FONT, CHART_TITLE
from filiere.report.sheet import Sheet

_MEASURES = (("cost", OUTSIDE), ("dependency", QUIET))
_MOST = 8
"""Charts drawn: more than this nobody looks at."""
_WIDE = 1_000
_ROW = 21.4
"""Height of a row of the table, in pixels."""


def draw_contributions(book: Book, sides: Sides, sheet: Sheet) -> None:
    """Draw one chart a scenario of two changes or more, below the table of ``sheet`` that was just written."""
    worksheet = book.book.get_worksheet_by_name(sheet.title)
    positions = {column.key: at for at, column in enumerate(sheet.filled())}
    series = [(positions[key], colour) for key, colour in _MEASURES if key in positions]
    if worksheet is None or not series or sheet.height > MOST_ROWS:
        return
    line = sheet.height + 2
    for name, start, last in list(stretches(sheet))[:_MOST]:
        first = start + 1  # below the headings
        chart = book.book.add_chart({"type": "bar"})
        for column, colour in series:
            chart.add_series({
                "name": [worksheet.get_name(), 0, column], "fill": {"color": colour}, "gap": 50, "overlap": -5,
                "categories": [worksheet.get_name(), first, positions["change"], last, positions["change"]],
                "values": [worksheet.get_name(), first, column, last, column],
                "data_labels": {"value": True, "num_format": "+#,##0;-#,##0;0", "font": CHART_FONT | {"size": 8}},
            })  # fmt: skip
        title = sides.pick(f"{name}: what each change brings", f"{name} : ce que chaque changement apporte")
        _dress(chart, title)
        tall = 110 + 44 * (last - first + 1)
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


def _dress(chart: Any, title: str) -> None:
    chart.set_title({"name": title, "name_font": CHART_TITLE, "overlay": False})
    chart.set_y_axis({"num_font": CHART_FONT, "major_tick_mark": "none", "line": {"color": FAINT}, "reverse": True,
                      "label_position": "low"})  # fmt: skip
    chart.set_x_axis({"visible": False, "major_gridlines": {"visible": False}})
    chart.set_legend({"position": "bottom", "font": CHART_FONT})
    chart.set_chartarea({"border": {"none": True}})
