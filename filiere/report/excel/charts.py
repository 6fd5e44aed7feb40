"""Native charts, drawn from cells: bars, bars that run both ways, and points between two axes, all dressed alike."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from filiere.palette import FAINT, INK, INSIDE, OUTSIDE, QUIET, RULE, SERIES, WHITE
from filiere.report.document import Axis, Look
from filiere.report.excel.book import Book
from filiere.report.sheet import Show

if TYPE_CHECKING:
    from xlsxwriter.chart import Chart

FONT: dict[str, Any] = {"name": "Calibri", "size": 9, "color": INK}
_TITLE: dict[str, Any] = FONT | {"size": 12, "bold": True}
_COLOURS = {Look.INSIDE: INSIDE, Look.OUTSIDE: OUTSIDE, Look.PUBLIC: QUIET, Look.BEFORE: FAINT, Look.PLAN: INSIDE}
_ROOM = 0.28
"""Room for a label beyond the longest bar, as a part of the axis."""
_TOO_SMALL = 0.06
"""A part of a stack below this share goes without its label."""


@dataclass(frozen=True)
class Spot:
    """Where the figures of a chart stand: the row of the headings, the first and the last row, the names' column.

    Rows and columns are counted from 0.
    """

    sheet: str
    headings: int
    first: int
    last: int
    names: int = 0

    def column(self, at: int) -> list[str | int]:
        """Return the cells of a column as xlsxwriter takes them."""
        return [self.sheet, self.first, at, self.last, at]

    def heading(self, at: int) -> list[str | int]:
        """Return the heading of a column as xlsxwriter takes it."""
        return [self.sheet, self.headings, at]

    def row(self, at: int) -> Spot:
        """Return the spot of one row alone."""
        return Spot(self.sheet, self.headings, self.first + at, self.first + at, self.names)


def colour_of(look: Look | None, at: int) -> str:
    """Return the colour of a series: that of what it stands for, else the next of the palette."""
    return SERIES[at % len(SERIES)] if look is None else _COLOURS[look]


def bar_chart(
    book: Book, spot: Spot, series: Sequence[tuple[int, str]], title: str, show: Show, *, upright: bool = False,
    stacked: bool = False, values: Sequence[float],
) -> Chart:  # fmt: skip
    """Return bars of the columns ``series``, each with its colour; ``stacked`` ones fill the whole width.

    ``values`` are their figures: bars that run both ways leave room for their labels.
    """
    labelled = [value for value in values if value >= _TOO_SMALL] if stacked else values
    kind = {"type": "column" if upright else "bar"} | ({"subtype": "percent_stacked"} if stacked else {})
    chart, code = book.book.add_chart(kind), _label(book, show, labelled)
    for column, colour in series:
        font = FONT | {"color": WHITE, "bold": True} if stacked and colour == INSIDE else FONT
        code_here = book.spoken(f"[>={_TOO_SMALL}]{code};;") if stacked else book.spoken(code)
        chart.add_series({
            "name": spot.heading(column), "categories": spot.column(spot.names), "values": spot.column(column),
            "fill": {"color": colour}, "gap": 55, "overlap": 100 if stacked else -5,
            "data_labels": {"value": True, "num_format": code_here, "font": font},
        })  # fmt: skip
    ends: dict[str, Any] = {"min": 0} if show in (Show.USE, Show.PERCENT) else _with_room(values)
    if show in (Show.USE, Show.PERCENT) and not upright:
        ends["max"] = 1 if stacked else 1.1  # room for the label of a full bar
    _bar_axes(chart, upright, book.spoken(code), ends)
    return _dress(chart, title, len(series) > 1)


def signed_chart(
    book: Book, spot: Spot, column: int, values: Sequence[float], title: str, show: Show, better: int
) -> Chart:  # fmt: skip
    """Return bars that run both ways from nought, blue what is better and orange what is worse."""
    more, less = (OUTSIDE, INSIDE) if better < 0 else (INSIDE, OUTSIDE)
    chart, code = book.book.add_chart({"type": "bar"}), book.spoken(_label(book, show, values))
    chart.add_series({
        "name": spot.heading(column), "categories": spot.column(spot.names), "values": spot.column(column),
        "fill": {"color": more}, "gap": 55, "invert_if_negative": True, "invert_if_negative_color": less,
        "points": [{"fill": {"color": less if value < 0.0 else more}} for value in values],
        "data_labels": {"value": True, "num_format": code, "font": FONT},
    })  # fmt: skip
    _bar_axes(chart, False, code, _with_room(values))
    return _dress(chart, title, False)


def point_chart(
    book: Book, spot: Spot, axes: tuple[tuple[int, Axis, Sequence[float]], tuple[int, Axis, Sequence[float]]],
    title: str, *, line: bool, names: Sequence[str] = (), knee: tuple[int, str, bool] | None = None,
) -> Chart:  # fmt: skip
    """Return points between two axes, each a column, what it shows and its figures.

    ``names`` stand beside the points. ``knee`` is the row of the point that is drawn apart, its name, and whether that
    stands above it.
    """
    (x, across, xs), (y, up, ys) = axes
    chart = book.book.add_chart({"type": "scatter"})
    series: dict[str, Any] = {
        "name": spot.heading(y), "categories": spot.column(x), "values": spot.column(y),
        "line": {"color": FAINT, "width": 1.25} if line else {"none": True},
        "marker": {"type": "circle", "size": 7, "fill": {"color": INSIDE}, "border": {"color": WHITE}},
    }  # fmt: skip
    if names:
        labels = [{"value": name, "delete": knee is not None and at == knee[0]} for at, name in enumerate(names)]
        series["data_labels"] = {"value": True, "custom": labels, "position": "above", "font": FONT}
    if knee is not None:
        series["points"] = [{"fill": {"color": OUTSIDE}} if at == knee[0] else None for at in range(len(xs))]
    chart.add_series(series)
    if knee is not None:
        at, name, above = knee
        alone = spot.row(at)
        chart.add_series({
            "name": name, "categories": alone.column(x), "values": alone.column(y),
            "marker": {"type": "diamond", "size": 16, "fill": {"color": OUTSIDE}, "border": {"color": WHITE}},
            "data_labels": {"value": True, "custom": [{"value": name}], "position": "above" if above else "below",
                            "font": FONT | {"bold": True, "size": 11}},
        })  # fmt: skip
    for set_axis, axis, values in ((chart.set_x_axis, across, xs), (chart.set_y_axis, up, ys)):
        low, high = _frame(min(values), max(values))
        set_axis({
            "name": axis.title, "name_font": FONT | {"bold": True}, "num_font": FONT, "min": low, "max": high,
            "num_format": book.spoken(book.number_format(axis.show, max(map(abs, values)))),
            "label_position": "low", "crossing": "min", "line": {"color": FAINT},
            "major_gridlines": {"visible": True, "line": {"color": RULE, "width": 0.5}},
        })  # fmt: skip
    return _dress(chart, title, False)


def _bar_axes(chart: Chart, upright: bool, code: str, ends: dict[str, Any]) -> None:
    names: dict[str, Any] = {"num_font": FONT, "major_tick_mark": "none", "line": {"color": FAINT},
                             "label_position": "low"}  # fmt: skip
    values: dict[str, Any] = {"num_format": code, "num_font": FONT, "major_gridlines": {"visible": False},
                              "visible": False} | ends  # fmt: skip
    if upright:
        chart.set_x_axis(names)
        chart.set_y_axis(values)
    else:
        chart.set_x_axis(values)
        chart.set_y_axis(names | {"reverse": True})


def _dress(chart: Chart, title: str, legend: bool) -> Chart:
    chart.set_title({"name": title, "name_font": _TITLE, "overlay": False})
    chart.set_legend({"position": "bottom", "font": FONT} if legend else {"none": True})
    chart.set_chartarea({"border": {"none": True}})
    return chart


def _label(book: Book, show: Show, values: Sequence[float]) -> str:
    """Return a format for the labels of a chart, which is one for small and large figures."""
    if show in (Show.PERCENT, Show.USE):
        return max((book.number_format(Show.USE, value) for value in (0.0, *values)), key=len)
    if show is Show.POINTS:
        return '[>=0.05]+0.0" pts";[<=-0.05]-0.0" pts";"≈ 0"'
    if show is Show.MONEY:
        return "#,##0;-#,##0;0"
    if show is Show.MONEY_CHANGE:
        return "+#,##0;-#,##0;0"
    # Not by conditions: LibreOffice writes what meets none of them without its sign.
    figure = "#,##0.00" if any(0.0 < abs(value) < 0.05 for value in values) else "#,##0.0"
    return f"+{figure};-{figure};0"


def _with_room(values: Sequence[float]) -> dict[str, Any]:
    """Return the ends of an axis on which labels beyond the bars find room: LibreOffice cuts those that find none."""
    low, high = min((0.0, *values)), max((0.0, *values))
    room = _ROOM * (high - low)
    return {"min": low - room * (low < 0.0), "max": high + room * (high > 0.0)} if room else {}


def _frame(low: float, high: float) -> tuple[float, float]:
    """Return the ends of an axis: round numbers with a little air around what is shown."""
    span = (high - low) or max(abs(high), 1.0)
    step = 10.0 ** math.floor(math.log10(span))
    step *= next(factor for factor in (0.1, 0.2, 0.5, 1.0) if span / (step * factor) <= 12.0)
    return math.floor((low - 0.04 * span) / step) * step, math.ceil((high + 0.06 * span) / step) * step
