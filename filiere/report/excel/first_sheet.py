"""The first sheet of a workbook: the blocks of a report one below another, whatever it reports on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from filiere.palette import HEAD, INSIDE, INSIDE_TINT, QUIET, RULE, WARNED_TINT, WORSE_INK
from filiere.problems import Cell
from filiere.report import document as d
from filiere.report.excel.book import SAME_FILE, Body, Book, Written, target
from filiere.report.excel.charts import Spot, bar_chart, colour_of, point_chart, signed_chart
from filiere.report.excel.letters import lines_in
from filiere.report.sheet import Column, Sheet, Show

if TYPE_CHECKING:
    from xlsxwriter.chart import Chart
    from xlsxwriter.worksheet import Worksheet

HEADLINES = (38.0, 13.0, 13.0, 13.0, 100.0)
"""Widths, in characters, of a sheet that has headline figures: what, this year, plan, change, what it means."""
_LABEL, _BEFORE, _NOW, _CHANGE, _MEANING = range(5)
_CHANGES = {Show.PERCENT: Show.POINTS, Show.MONEY: Show.MONEY_CHANGE, Show.QUANTITY: Show.CHANGE}
_LINE = 14.5
"""Height of one line of text, in points."""
_SMALL_LINE = 13.2
"""Height of one line of a remark, whose letters are of 10 points."""
_PIXELS = 19.5
"""Height of a row that holds no text, in pixels of a chart."""
_BESIDE, _SMALL, _WIDE = (690, 11), (540, 11), (1_100, 22)
"""Width of a chart in pixels, and the rows that it covers: beside its table, one of two side by side, alone."""
_FEW = 7
"""Rows that a small chart shows without growing."""
_WEIGHTS: Mapping[d.Weight, dict[str, Any]] = {
    d.Weight.STRONG: {"bold": True, "font_size": 13}, d.Weight.PLAIN: {"font_size": 11},
    d.Weight.QUIET: {"font_color": QUIET},
}  # fmt: skip
_WRAPS: dict[str, Any] = {"text_wrap": True, "valign": "vcenter"}
_RULED: dict[str, Any] = {"bottom": 1, "bottom_color": RULE}


class FirstSheet:
    """A sheet that is filled from top to bottom; ``widths`` are those of its columns, in characters.

    It takes its place in the workbook when it is made, and its blocks when all other sheets are written: it leads to
    them. ``figures`` is the name of a sheet for the figures of charts; without one they stand beside each chart.
    """

    def __init__(self, book: Book, name: str, widths: Sequence[float], figures: str | None = None) -> None:
        self._book = book
        self._sheet: Worksheet = book.add_sheet(name)
        self._widths = tuple(widths)
        self._last = len(self._widths) - 1
        self._row = 0
        self._table: tuple[Sheet, Spot] | None = None
        """The table just above, and where it stands."""
        self._figures = figures
        self._apart: Worksheet | None = None
        self._apart_row = 0
        self._half = 0
        """Rows of a chart on the left that another may stand beside, 0 where there is none."""
        self._links: Mapping[str, Written] = {}
        self._printed: int | None = None
        """The last row that is printed, where what stands below is of use on screen alone."""
        self._sheet.hide_gridlines(2)
        self._sheet.set_zoom(100)
        for column, width in enumerate(self._widths):
            self._sheet.set_column(column, column, width)
        self._sheet.activate()

    def write(
        self, title: str, subtitle: str, blocks: Sequence[d.Block | None], links: Mapping[str, Written] | None = None
    ) -> None:
        """Write everything. ``links`` are the places of tables by their titles: a remark so called leads there."""
        self._links = links or {}
        self._across(title, self._book.format(bold=True, font_size=20, font_color=INSIDE), 28.0)
        self._across(subtitle, self._book.format(font_color=QUIET, font_size=11), 18.0)
        said = True  # a blank row parts sentences, and the title, from what comes below
        for block in blocks:
            if block is None:
                continue
            self._row += said and not isinstance(block, d.Text)
            self._block(block)
            said = isinstance(block, d.Text)
        self._row += self._half
        self._sheet.print_area(0, 0, self._row if self._printed is None else self._printed, self._last)

    def _block(self, block: d.Block) -> None:
        match block:
            case d.Text():
                self._text(block)
            case d.Remarks():
                self._remarks(block)
            case d.Figures():
                self._headlines(block)
            case d.Multiples():
                self._cases(block)
            case d.Index():
                self._index(block)
            case d.Break():
                self._sheet.set_h_pagebreaks([self._row])
            case d.Table():
                self._write_table(block.sheet)
                self._row += 1
            case d.Bars():
                self._bars(block)
            case d.Tornado():
                self._tornado(block)
            case d.Scatter():
                self._scatter(block)
            case d.Sankey() | d.Map():
                raise ValueError("a spreadsheet has no ribbons and no map")

    def _across(self, text: str, style: Any, height: float) -> None:
        """Write a text over all columns."""
        self._sheet.merge_range(self._row, 0, self._row, self._last, "", style)
        self._sheet.write_string(self._row, 0, text, style)
        self._sheet.set_row(self._row, height)
        self._row += 1

    def _text(self, block: d.Text) -> None:
        look = _WEIGHTS[block.weight]
        size = look.get("font_size", 10)
        high = height_of(block.text, sum(self._widths), _SMALL_LINE * size / 10.0, air=4.0, size=size,
                         bold=look.get("bold", False))  # fmt: skip
        self._across(block.text, self._book.format(**_WRAPS, **look), high)

    def _heading(self, texts: Mapping[int, str]) -> None:
        for column in range(self._last + 1):
            align = "left" if column in (0, self._last) else "right"
            indent = {"indent": 1} if column == self._last else {}
            style = self._book.format(bold=True, bg_color=HEAD, bottom=1, bottom_color=QUIET, align=align,
                                      valign="vcenter", **indent)  # fmt: skip
            if texts.get(column):
                self._sheet.write_string(self._row, column, texts[column], style)
            else:
                self._sheet.write_blank(self._row, column, None, style)
        self._sheet.set_row(self._row, 18.0)
        self._row += 1

    def _remarks(self, block: d.Remarks) -> None:
        self._heading({0: block.title})
        room = sum(self._widths[1:])
        for remark in block.rows:
            tint = {"bg_color": WARNED_TINT} if remark.warned else {}
            self._label(remark.label, tint)
            text = self._book.format(text_wrap=True, **_RULED, **tint)
            self._sheet.merge_range(self._row, 1, self._row, self._last, "", text)
            self._sheet.write_string(self._row, 1, remark.text[:32_000], text)
            high = max(height_of(remark.text, room, _SMALL_LINE, air=4.0),
                       height_of(remark.label, self._widths[0], _SMALL_LINE, air=4.0, bold=True))  # fmt: skip
            self._sheet.set_row(self._row, min(high, 400.0))
            self._row += 1
        self._row += 1

    def _label(self, label: str, tint: Mapping[str, Any]) -> None:
        bold = {"bold": True, "text_wrap": True, **_RULED, **tint}
        place = self._links.get(label)
        if place is None:
            self._sheet.write_string(self._row, 0, label, self._book.format(**bold))
            return
        style = self._book.format(underline=1, font_color=INSIDE, **bold)
        self._sheet.write_url(self._row, 0, target(SAME_FILE, Cell(place.name, place.row, 0)), style, label)

    def _index(self, block: d.Index) -> None:
        """Write links to the other sheets, which lead nowhere on paper."""
        self._printed = self._row - 1
        self._heading({0: block.title})
        link = self._book.format(underline=1, font_color=INSIDE, valign="vcenter", **_RULED)
        text = self._book.format(font_color=QUIET, valign="vcenter", **_RULED)
        for name, says in block.rows:
            self._sheet.write_url(self._row, 0, target(SAME_FILE, Cell(name, 1, 0)), link, name)
            self._sheet.merge_range(self._row, 1, self._row, self._last, "", text)
            self._sheet.write_string(self._row, 1, says, text)
            self._sheet.set_row(self._row, 17.0)
            self._row += 1
        self._row += 1

    def _headlines(self, block: d.Figures) -> None:
        heads = {_LABEL: block.title, _NOW: block.plan, _MEANING: block.meaning}
        self._heading(heads | ({_BEFORE: block.today, _CHANGE: block.change} if block.compares else {}))
        for headline in block.rows:
            self._headline(headline, block.compares)
        self._row += 1

    def _headline(self, headline: d.Headline, compares: bool) -> None:
        rule: dict[str, Any] = {} if headline.part else {"top": 1, "top_color": RULE}
        look: dict[str, Any] = {"font_color": QUIET, "indent": 1} if headline.part else {"bold": True}
        style = self._book.format(valign="vcenter", **look, **rule)
        self._sheet.write_string(self._row, _LABEL, headline.label, style)
        quiet: dict[str, Any] = {"font_color": QUIET} if headline.part else {"font_size": 12}
        for column, value, show in (
            (_BEFORE, headline.today if compares else None, headline.show),
            (_NOW, headline.plan, headline.show),
            (_CHANGE, headline.change if compares else None, _CHANGES[headline.show]),
        ):
            value = 100.0 * value if show is Show.POINTS and value is not None else value
            bold = {"bold": True} if column == _NOW and not headline.part else {}
            shown = column == _NOW or (compares and column == _BEFORE)
            self._number(column, value, show, {"valign": "vcenter", **quiet, **rule, **bold}, "–" if shown else "")
        sentence = self._book.format(text_wrap=True, valign="vcenter", indent=1, **rule)
        self._sheet.write_string(self._row, _MEANING, headline.sentence, sentence)
        high = height_of(headline.sentence, self._widths[_MEANING], _SMALL_LINE, air=5.0)
        self._sheet.set_row(self._row, _LINE if headline.part else max(19.0, high))
        self._row += 1

    def _number(self, column: int, value: float | None, show: Show, look: Mapping[str, Any], unknown: str) -> None:
        """Write a figure as it is shown; ``unknown`` where there is none."""
        code = self._book.number_format(show, value or 0.0)
        style = self._book.format(num_format=code, align="right", **look)
        if value is not None:
            self._sheet.write_number(self._row, column, value, style)
        elif unknown:
            self._sheet.write_string(self._row, column, unknown, style)
        else:
            self._sheet.write_blank(self._row, column, None, style)

    def _cases(self, block: d.Multiples) -> None:
        """Write each case in a column, its figures one below another, and below each what it differs by."""
        top, plain = self._row, {"bold": True, "bottom": 1, "bottom_color": QUIET, **_WRAPS}
        self._sheet.write_string(self._row, 0, block.title, self._book.format(bg_color=HEAD, **plain))
        for at, case in enumerate(block.cases, start=1):
            style = self._book.format(bg_color=INSIDE_TINT if at == 1 else HEAD, align="right", **plain)
            self._sheet.write_string(self._row, at, case.name, style)
        titles = [block.title, *(case.name for case in block.cases)]
        longest = max(lines_in(name, self._widths[at], bold=True) for at, name in enumerate(titles))
        self._sheet.set_row(self._row, _SMALL_LINE * longest + 6.0)
        self._row += 1
        self._sheet.write_string(self._row, 0, block.outcome, self._book.format(font_color=QUIET, **_RULED))
        for at, case in enumerate(block.cases, start=1):
            tint = {} if case.solved else {"bg_color": WARNED_TINT, "bold": True}
            self._sheet.write_string(self._row, at, case.outcome, self._book.format(align="right", **_RULED, **tint))
        self._row += 1
        for panel in block.panels:
            self._panel(panel, block.difference)
        self._row += 1
        self._sheet.freeze_panes(top + 1, 1)

    def _panel(self, panel: d.Panel, difference: str) -> None:
        self._sheet.write_string(self._row, 0, panel.label, self._book.format(bold=True, valign="vcenter"))
        self._sheet.set_row(self._row, 18.0)
        for at, value in enumerate(panel.values, start=1):
            look = {"font_color": QUIET} if value is None else {"bold": True, "font_size": 12}
            self._number(at, value, panel.show, {"valign": "vcenter", **look}, "–")
        self._row += 1
        style = self._book.format(font_color=QUIET, font_size=9, indent=1, **_RULED)
        self._sheet.write_string(self._row, 0, difference, style)
        for at, change in enumerate(panel.changes, start=1):
            kept = None if at == 1 else change
            sign = panel.good * ((kept or 0.0) > 0.0) - panel.good * ((kept or 0.0) < 0.0)
            seen = "–" not in self._book.number_format(panel.change, kept or 0.0)
            # Blue and a dark orange: apart under every colour deficiency, and each figure has its sign.
            colour = QUIET if not sign or not seen else INSIDE if sign > 0 else WORSE_INK
            self._number(at, kept, panel.change, {"font_size": 9, "font_color": colour, **_RULED}, "")
        self._row += 1

    def _write_table(self, sheet: Sheet) -> Spot:
        """Write a table in the sheet's own widths."""
        body = Body(self._book, self._sheet, sheet, sheet.columns, 0, sheet.height, self._row)
        body.widths, body.last = list(self._widths[: len(sheet.columns)]), len(sheet.columns) - 1
        body.write()
        self._book.mark(self._sheet, sheet, body)
        spot = Spot(self._sheet.get_name(), self._row, self._row + 1, self._row + sheet.height)
        self._row += sheet.height + 1
        self._table = sheet, spot
        return spot

    def _bars(self, block: d.Bars) -> None:
        """Write a small table and, beside it, its chart; or the chart alone, its figures apart."""
        columns = [Column("name", block.what, list(block.rows)),
                   *(Column(str(at), one.name, list(one.values), Show.USE, keep=True)
                     for at, one in enumerate(block.series))]  # fmt: skip
        series = [(at, colour_of(one.look, at - 1)) for at, one in enumerate(block.series, start=1)]
        beside = self._figures is None
        spot = self._beside(block.title, columns) if beside else self._set_apart(columns)
        shares = [value for one in block.series for value in one.values if value is not None]
        chart = bar_chart(self._book, spot, series, block.title, Show.USE, upright=block.upright,
                          stacked=block.stacked, values=shares)  # fmt: skip
        if beside:
            self._insert(chart, block.title, spot.headings + 1, self._last, _BESIDE)
            self._row = max(self._row, spot.headings + _BESIDE[1]) + 1
        else:
            self._place(chart, block.title, alone=True)

    def _tornado(self, block: d.Tornado) -> None:
        if block.column and self._table is not None:
            sheet, spot = self._table
            at = [column.key for column in sheet.columns].index(block.column)
            chart = signed_chart(self._book, spot, at, block.values, block.title, block.show, block.better)
            self._insert(chart, block.title, self._row, 0, _WIDE)
            self._row += _WIDE[1] + 1
            return
        columns = [Column("name", block.what, list(block.rows)),
                   Column("value", block.heading, list(block.values), block.show, keep=True)]  # fmt: skip
        spot = self._set_apart(columns)
        chart = signed_chart(self._book, spot, 1, block.values, block.title, block.show, block.better)
        self._place(chart, block.title, alone=False, rows=len(block.rows))

    def _scatter(self, block: d.Scatter) -> None:
        """Draw points above the table of their figures."""
        top = self._row
        self._row += _WIDE[1] + 1
        names, marks, notes = block.heads
        dots = block.dots
        spot = self._write_table(Sheet("dots", block.title, (
            Column("name", names, [dot.name for dot in dots]),
            Column("x", block.x.title, [dot.x for dot in dots], block.x.show),
            Column("y", block.y.title, [dot.y for dot in dots], block.y.show),
            Column("mark", marks, [dot.mark for dot in dots], Show.MARK),
            Column("note", notes, [dot.note for dot in dots], Show.PROSE),
        ), inside=(block.knee,)))  # fmt: skip
        self._row += 1
        bent = next((at for at, dot in enumerate(dots) if dot.knee), None)
        # The knee bulges towards what is best, where no other point is in the way of its name.
        knee = None if bent is None else (bent, f"{block.knee} ({dots[bent].name})", block.y_rises)
        axes = (1, block.x, [dot.x for dot in dots]), (2, block.y, [dot.y for dot in dots])
        chart = point_chart(self._book, spot, axes, block.title, line=block.line, names=[dot.name for dot in dots],
                            knee=knee)  # fmt: skip
        self._insert(chart, block.title, top, 0, _WIDE)

    def _beside(self, title: str, columns: Sequence[Column]) -> Spot:
        """Write the figures of a chart in the first columns, under its title."""
        top = self._row
        self._heading({0: title} | {at: column.heading for at, column in enumerate(columns) if at})
        for row, _ in enumerate(columns[0].values):
            self._sheet.write_string(self._row, 0, str(columns[0].values[row]), self._book.format(**_WRAPS))
            for at, column in enumerate(columns[1:], start=1):
                value = column.values[row]
                self._number(
                    at, value if isinstance(value, float | int) else None, Show.PERCENT, {"valign": "vcenter"}, ""
                )
            self._row += 1
        return Spot(self._sheet.get_name(), top, top + 1, self._row - 1)

    def _set_apart(self, columns: Sequence[Column]) -> Spot:
        """Write the figures of a chart on the sheet for them, behind all others."""
        if self._apart is None:
            self._apart = self._book.add_sheet(self._figures or "")
            self._apart.set_column(0, 0, 40)
            self._apart.set_column(1, 12, 18)
        top, name = self._apart_row, self._apart.get_name()
        head = self._book.format(bold=True, bg_color=HEAD, bottom=1, bottom_color=QUIET, text_wrap=True)
        for at, column in enumerate(columns):
            self._apart.write_string(top, at, column.heading, head)
            for row, value in enumerate(column.values, start=top + 1):
                if isinstance(value, str):
                    self._apart.write_string(row, at, value, self._book.format())
                elif isinstance(value, float | int):
                    code = self._book.number_format(column.show, value)
                    self._apart.write_number(row, at, value, self._book.format(num_format=code, align="right"))
        self._apart_row = top + len(columns[0].values) + 2
        return Spot(name, top, top + 1, self._apart_row - 2)

    def _place(self, chart: Chart, title: str, alone: bool, rows: int = 0) -> None:
        """Insert a chart below what there is, small ones two by two; one of many rows is higher."""
        high = _SMALL[1] + max(0, rows - _FEW) // 2
        if alone:
            self._row += self._half
            self._half = 0
            self._insert(chart, title, self._row, 0, (2 * _SMALL[0] + 20, high))
            self._row += high
            return
        self._insert(chart, title, self._row, 3 if self._half else 0, (_SMALL[0], high))
        self._row += max(high, self._half) if self._half else 0
        self._half = 0 if self._half else high

    def _insert(self, chart: Chart, title: str, row: int, column: int, size: tuple[int, int]) -> None:
        chart.set_size({"width": size[0], "height": int(size[1] * _PIXELS)})
        self._sheet.insert_chart(row, column, chart, {
            "x_offset": 12, "y_offset": 4, "object_position": 1, "description": title,
        })  # fmt: skip


def height_of(
    text: str, width: float, line: float = _LINE, air: float = 2.0, *, size: float = 10.0, bold: bool = False
) -> float:
    """Return the height in points of a text wrapped in a column of ``width`` units, with a little air."""
    return line * lines_in(text, width, size, bold=bold, indent=True) + air
