"""Native charts made for comparing: headline shares in grouped bars, and differences to the reference."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from filiere.palette import FAINT, HEAD, INSIDE, OUTSIDE, QUIET, SERIES
from filiere.report.comparison.headlines import Head
from filiere.report.comparison.sides import CHANGES, Sides, as_shown
from filiere.report.excel.book import Book
from filiere.report.excel.leaf import CHART_FONT, CHART_TITLE
from filiere.report.sheet import Show

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

_FEW = 7
"""Up to this many cases each is a series of its own; more are set one below the other."""
_SHARES = ("upstream", "downstream", "funding", "circularity")
_DIFFERENCES = ("unmet", "cost", "upstream", "circularity", "jobs", "co2")
"""The headline figures whose differences are drawn, those that matter most first, as far as there is room."""
_MOST = 4
_WIDE, _TALL = 540, 290
_ROWS = 15
"""Rows that a chart covers."""


@dataclass(frozen=True)
class Block:
    """A small table that one chart is drawn from: its title, categories, series and how figures are shown."""

    title: str
    categories: Sequence[str]
    series: Sequence[tuple[str, Sequence[float | None]]]
    show: Show
    good: int = 0


class Charts:
    """The charts of one comparison, and the sheet that their figures stand on."""

    def __init__(self, book: Book, sides: Sides, heads: Sequence[Head]) -> None:
        self.book = book
        self.sides = sides
        self.heads = {head.key: head for head in heads}
        self.row = 0

    def blocks(self) -> list[Block]:
        """Return what there is to draw: nothing if only one case has a plan."""
        if sum(view is not None for view in self.sides.views) < 2:
            return []
        differences = [block for key in _DIFFERENCES if (block := self._differences(key))]
        return [*self._shares(), *differences[:_MOST]]

    def draw(self, sheet: Worksheet, row: int) -> int:
        """Draw every chart on ``sheet`` from ``row`` on, small ones two by two; return the first row below them."""
        blocks = self.blocks()
        if not blocks:
            return row
        figures = self.book.add_sheet(self.sides.pick("Figures of the charts", "Chiffres des graphiques"))
        figures.set_column(0, 0, 40)
        figures.set_column(1, 12, 18)
        said = self.sides.pick("In the differences, blue is better than the reference, orange worse.",
                               "Dans les écarts, bleu : mieux que la référence ; orange : moins bien.")  # fmt: skip
        sheet.write_string(row, 0, said, self.book.format(font_color=QUIET, font_size=9))
        row += 1
        right = False
        for block in blocks:
            chart = self._chart(figures, block)
            alone = len(block.series) > 1
            chart.set_size({"width": 2 * _WIDE + 20 if alone else _WIDE, "height": _TALL})
            sheet.insert_chart(row, 3 * right, chart, {
                "x_offset": 4 + 20 * right, "y_offset": 4, "object_position": 2, "description": block.title,
            })  # fmt: skip
            row += _ROWS if alone or right else 0
            right = not (alone or right)
        return row + _ROWS * right

    def _shares(self) -> list[Block]:
        """The headline shares of every case, in grouped bars."""
        heads = [self.heads[key] for key in _SHARES if key in self.heads]
        heads = [head for head in heads if any(head.line.values)]
        shown = [at for at in self.sides.cases if self.sides.views[at] is not None]
        if not heads:
            return []
        title = self.sides.pick("Headline shares", "Parts et taux, scénario par scénario")
        if len(shown) <= _FEW:
            series = [(self.sides.titles[at], [head.line.values[at] for head in heads]) for at in shown]
            return [Block(title, [head.label for head in heads], series, Show.PERCENT)]
        by_head = [(head.label, [head.line.values[at] for at in shown]) for head in heads]
        return [Block(title, [self.sides.titles[at] for at in shown], by_head, Show.PERCENT)]

    def _differences(self, key: str) -> Block | None:
        """One headline figure's differences to the reference."""
        head = self.heads.get(key)
        if head is None or self.sides.base is None:
            return None
        shown = [at for at in self.sides.others() if head.difference(at) is not None]
        values = [as_shown(head.difference(at), head.line.show) for at in shown]
        code = CHANGES[head.line.show]
        if not any("–" not in self.book.number_format(code, value) for value in values if value is not None):
            return None
        title = self.sides.pick(f"{head.label}: difference to the reference", f"{head.label} : écart à la référence")
        return Block(title, [self.sides.titles[at] for at in shown], [(head.label, values)], code, head.good)

    def _chart(self, figures: Worksheet, block: Block) -> Any:
        """Write the figures of one chart and return it."""
        name, top = figures.get_name(), self.row
        bold = self.book.format(bold=True, bg_color=HEAD, bottom=1, bottom_color=QUIET, text_wrap=True)
        figures.write_string(top, 0, block.title, bold)
        for column, (label, values) in enumerate(block.series, start=1):
            figures.write_string(top, column, label, bold)
            for line, value in enumerate(values, start=1):
                if value is not None:
                    style = self.book.format(num_format=self.book.number_format(block.show, value), align="right")
                    figures.write_number(top + line, column, value, style)
        for line, category in enumerate(block.categories, start=1):
            figures.write_string(top + line, 0, category, self.book.format())
        last = top + len(block.categories)
        self.row = last + 2
        return self._drawn(name, top, last, block)

    def _drawn(self, name: str, top: int, last: int, block: Block) -> Any:
        single = len(block.series) == 1
        # Long names of cases are read along bars that lie.
        lying = single or len(block.categories) > _FEW
        chart = self.book.book.add_chart({"type": "bar" if lying else "column"})
        code = _label_format(self.book, block.show)
        for position, _ in enumerate(block.series):
            series: dict[str, Any] = {
                "name": [name, top, position + 1], "categories": [name, top + 1, 0, last, 0],
                "values": [name, top + 1, position + 1, last, position + 1], "gap": 60, "overlap": -5,
                "fill": {"color": SERIES[position % len(SERIES)]},
                "data_labels": {"value": True, "num_format": code, "font": CHART_FONT | {"size": 8}},
            }  # fmt: skip
            if single:
                more, less = (OUTSIDE, INSIDE) if block.good < 0 else (INSIDE, OUTSIDE)
                series |= {"fill": {"color": more}, "invert_if_negative": True, "invert_if_negative_color": less}
                series["points"] = [{"fill": {"color": less if (v or 0.0) < 0 else more}} for v in block.series[0][1]]
            chart.add_series(series)
        self._axes(chart, lying, single, code, block.title)
        return chart

    def _axes(self, chart: Any, lying: bool, single: bool, code: str, title: str) -> None:
        names = {"num_font": CHART_FONT, "major_tick_mark": "none", "line": {"color": FAINT}, "label_position": "low"}
        values = {"num_format": code, "num_font": CHART_FONT, "major_gridlines": {"visible": False}, "visible": False}
        chart.set_x_axis(names)
        chart.set_y_axis(values)
        if lying:
            chart.set_x_axis(values)
            chart.set_y_axis(names | {"reverse": True})
        chart.set_title({"name": title, "name_font": CHART_TITLE, "overlay": False})
        chart.set_legend({"none": True} if single else {"position": "bottom", "font": CHART_FONT})
        chart.set_chartarea({"border": {"none": True}})


def _label_format(book: Book, show: Show) -> str:
    """Return a format for the labels of a chart, which is one for small and large figures."""
    if show is Show.PERCENT:
        return book.number_format(Show.USE)
    if show is Show.POINTS:
        return '+0.0" pts";-0.0" pts";0'
    return "+#,##0;-#,##0;0" if show is Show.MONEY_CHANGE else "+#,##0.0;-#,##0.0;0"
