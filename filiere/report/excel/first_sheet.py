"""The first sheet: title, verdict, headline figures with their sentence, what to know, and three charts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from filiere.palette import FAINT, HEAD, INSIDE, OUTSIDE, QUIET, RULE, WARNED_TINT, WHITE
from filiere.problems import Cell
from filiere.report.document import Headline
from filiere.report.excel.book import SAME_FILE, Book, Written, target
from filiere.report.excel.leaf import CHART_FONT, CHART_TITLE, LINE, Leaf, height_of
from filiere.report.result.summary import Summary
from filiere.report.sheet import Show
from filiere.report.view import View

if TYPE_CHECKING:
    pass

_LABEL, _BEFORE, _NOW, _CHANGE, _SENTENCE = range(5)
_WIDTHS = (40.0, 13.0, 13.0, 13.0, 84.0)
_CHART_ROWS = 15
_ChartRow = tuple[str, dict[int, float | None]]
_CHANGES = {Show.PERCENT: Show.POINTS, Show.MONEY: Show.MONEY_CHANGE, Show.QUANTITY: Show.CHANGE}


class SummarySheet(Leaf):
    """Lays a summary out, from top to bottom."""

    def __init__(self, book: Book, view: View, summary: Summary) -> None:
        super().__init__(book, view.pick("Summary", "Synthèse"), _WIDTHS)
        self.view = view
        self.summary = summary
        self._told: dict[str, tuple[int, bool]] = {}
        """Label of a remark → its row, and whether it is a warning."""
        self.spots: dict[str, int] = {}
        """Headline key → its row."""

    @property
    def compares(self) -> bool:
        """Whether there is a column of today's figures."""
        return self.view.today is not None

    def write(self) -> None:
        """Write all but the index and the charts."""
        self._head()
        self._remarks(self.view.pick("To read first", "À lire d'abord"), top=True)
        self._headlines()
        self._remarks(self.view.pick("Worth knowing", "À savoir"), top=False)
        self.worksheet.activate()

    def finish(self, sheets: Sequence[tuple[str, str]]) -> None:
        """Add the index of ``sheets`` (name, and what it says), then the charts on a page of their own."""
        self._index(sheets)
        self.worksheet.set_h_pagebreaks([self.row])
        self._dependency_chart()
        self._origin_chart()
        self._group_chart()
        self.worksheet.print_area(0, 0, self.row, _SENTENCE)

    def link(self, sheets: Mapping[str, Written]) -> None:
        """Make each remark that has a table to itself a link to it; ``sheets`` are their places by their titles."""
        for label, (row, warned) in self._told.items():
            if label in sheets:
                tint = {"bg_color": WARNED_TINT} if warned else {}
                style = self.book.format(bold=True, underline=1, font_color=INSIDE, bottom=1, bottom_color=RULE, **tint)
                place = target(SAME_FILE, Cell(sheets[label].name, sheets[label].row, 0))
                self.worksheet.write_url(row, _LABEL, place, style, label)

    def _index(self, sheets: Sequence[tuple[str, str]]) -> None:
        self._heading({_LABEL: self.view.pick("The sheets", "Les feuilles")})
        link = self.book.format(underline=1, font_color=INSIDE, bottom=1, bottom_color=RULE)
        text = self.book.format(bottom=1, bottom_color=RULE, font_color=QUIET)
        for name, says in sheets:
            self.worksheet.write_url(self.row, _LABEL, target(SAME_FILE, Cell(name, 1, 0)), link, name)
            self.worksheet.merge_range(self.row, _BEFORE, self.row, _SENTENCE, "", text)
            self.worksheet.write_string(self.row, _BEFORE, says, text)
            self.worksheet.set_row(self.row, 17.0)
            self.row += 1
        self.row += 1

    def _head(self) -> None:
        self.title(self.summary.title, self.summary.subtitle)
        verdict = self.book.format(bold=True, font_size=13, text_wrap=True, valign="vcenter")
        self.across(self.summary.verdict, verdict, _height(self.summary.verdict, sum(_WIDTHS) * 0.75, 18))
        self.row += 1

    def _headlines(self) -> None:
        pick = self.view.pick
        plan = pick("Today", "Cette année") if self.view.shows_today else pick("Plan", "Plan")
        heads = {_LABEL: pick("Headline figures", "Chiffres clés"), _NOW: plan,
                 _SENTENCE: pick("What it means", "Ce que cela veut dire")}  # fmt: skip
        if self.compares:
            heads |= {_BEFORE: pick("Today", "Cette année"), _CHANGE: pick("Change", "Écart")}
        self._heading(heads)
        for headline in self.summary.headlines:
            self._headline(headline)
        self.row += 1

    def _heading(self, texts: Mapping[int, str], last: int = _SENTENCE) -> None:
        for column in range(last + 1):
            align = "left" if column in (_LABEL, _SENTENCE) else "right"
            indent = {"indent": 1} if column == _SENTENCE else {}
            style = self.book.format(bold=True, bg_color=HEAD, bottom=1, bottom_color=QUIET, align=align, **indent)
            if texts.get(column):
                self.worksheet.write_string(self.row, column, texts[column], style)
            else:
                self.worksheet.write_blank(self.row, column, None, style)
        self.worksheet.set_row(self.row, 18)
        self.row += 1

    def _headline(self, headline: Headline) -> None:
        self.spots[headline.key] = self.row
        rule: dict[str, Any] = {} if headline.part else {"top": 1, "top_color": RULE}
        look: dict[str, Any] = {"font_color": QUIET, "indent": 1} if headline.part else {"bold": True}
        size: dict[str, Any] = {} if headline.part else {"font_size": 12}
        sheet = self.worksheet
        sheet.write_string(self.row, _LABEL, headline.label, self.book.format(valign="vcenter", **look, **rule))
        colour = {"font_color": QUIET} if headline.part else {}
        for column, value, show in (
            (_BEFORE, headline.today if self.compares else None, headline.show),
            (_NOW, headline.plan, headline.show),
            (_CHANGE, headline.change if self.compares else None, _CHANGES[headline.show]),
        ):
            if show is Show.POINTS and value is not None:
                value = 100.0 * value
            code = self.book.number_format(show, value or 0.0)
            bold = {"bold": True} if column == _NOW and not headline.part else {}
            style = self.book.format(num_format=code, align="right", valign="vcenter", **colour, **rule, **size, **bold)
            if value is not None:
                sheet.write_number(self.row, column, value, style)
            elif column == _NOW or (self.compares and column == _BEFORE):
                sheet.write_string(self.row, column, "–", style)
            else:
                sheet.write_blank(self.row, column, None, style)
        sentence = self.book.format(text_wrap=True, valign="vcenter", indent=1, **rule)
        if headline.sentence:
            sheet.write_string(self.row, _SENTENCE, headline.sentence, sentence)
        else:
            sheet.write_blank(self.row, _SENTENCE, None, sentence)
        sheet.set_row(self.row, LINE if headline.part else max(19.0, _height(headline.sentence, _WIDTHS[_SENTENCE])))
        self.row += 1

    def _remarks(self, title: str, top: bool) -> None:
        told = [remark for remark in self.summary.remarks if remark.top == top]
        if not told:
            return
        self._heading({_LABEL: title})
        for remark in told:
            self._told[remark.label] = (self.row, remark.warned)
            tint = {"bg_color": WARNED_TINT} if remark.warned else {}
            text = self.book.format(text_wrap=True, bottom=1, bottom_color=RULE, **tint)
            self.worksheet.write_string(
                self.row, _LABEL, remark.label, self.book.format(bold=True, bottom=1, bottom_color=RULE, **tint)
            )
            self.worksheet.merge_range(self.row, _BEFORE, self.row, _SENTENCE, "", text)
            self.worksheet.write_string(self.row, _BEFORE, remark.text, text)
            self.worksheet.set_row(self.row, max(17.0, _height(remark.text, sum(_WIDTHS[_BEFORE:]))))
            self.row += 1
        self.row += 1

    def _dependency_chart(self) -> None:
        rows = [
            h for h in (self.summary.headline(k) for k in ("upstream", "downstream", "funding")) if h.plan is not None
        ]
        if not rows:
            return
        pick = self.view.pick
        now = pick("Today", "Cette année") if self.view.shows_today else pick("Plan", "Plan")
        heads = {_LABEL: pick("Dependency on the outside", "Dépendance envers l'extérieur"), _NOW: now}
        series = [(_NOW, OUTSIDE)]
        if self.compares:
            heads[_BEFORE] = pick("Today", "Cette année")
            series.insert(0, (_BEFORE, FAINT))
        block = [(h.label, {_BEFORE: h.today if self.compares else None, _NOW: h.plan}) for h in rows]
        self._chart_block(heads, block, series, {"type": "column"})

    def _origin_chart(self) -> None:
        rows = self.summary.origins
        if not rows:
            return
        pick = self.view.pick
        heads = {_LABEL: pick("Where products come from", "D'où viennent les produits"),
                 _BEFORE: pick("Inside", "Territoire"), _NOW: pick("Outside", "Extérieur")}  # fmt: skip
        block: list[_ChartRow] = [(o.product, {_BEFORE: o.share, _NOW: 1.0 - o.share}) for o in rows]
        series = [(_BEFORE, INSIDE), (_NOW, OUTSIDE)]
        self._chart_block(heads, block, series, {"type": "bar", "subtype": "percent_stacked"})

    def _group_chart(self) -> None:
        rows = self.summary.groups[:12]
        if not rows:
            return
        pick = self.view.pick
        now = pick("Today", "Cette année") if self.view.shows_today else pick("Plan", "Plan")
        heads = {_LABEL: pick("Needs served, by group", "Besoins couverts, par groupe"), _NOW: now}
        series = [(_NOW, INSIDE)]
        if self.compares:
            heads[_BEFORE] = pick("Today", "Cette année")
            series.insert(0, (_BEFORE, FAINT))
        block = [(group, {_BEFORE: before, _NOW: share}) for group, before, share in rows]
        self._chart_block(heads, block, series, {"type": "bar"})

    def _chart_block(self, heads: Mapping[int, str], block: list[_ChartRow],
                     series: list[tuple[int, str]], kind: dict[str, str]) -> None:  # fmt: skip
        """Write a small table and, beside it, the chart that is drawn from it."""
        top = self.row
        self._heading(heads)
        first = self.row
        style = self.book.format(num_format=self.book.number_format(Show.PERCENT), align="right")
        for label, values in block:
            self.worksheet.write_string(self.row, _LABEL, label, self.book.format(text_wrap=True))
            for column, value in values.items():
                if value is not None:
                    self.worksheet.write_number(self.row, column, value, style)
            self.row += 1
        chart = self._chart(heads, first, self.row - 1, series, kind)
        self.worksheet.insert_chart(top + 1, _SENTENCE, chart, {
            "x_offset": 12, "y_offset": 4, "object_position": 1, "description": heads[_LABEL],
        })  # fmt: skip
        self.row = max(self.row, top + _CHART_ROWS) + 1

    def _chart(self, heads: Mapping[int, str], first: int, last: int, series: list[tuple[int, str]],
               kind: dict[str, str]) -> Any:  # fmt: skip
        name = self.worksheet.get_name()
        chart = self.book.book.add_chart(kind)
        stacked = "subtype" in kind
        shares = self.book.number_format(Show.USE)
        # A part too small for its label goes without.
        code = f"[>=0.06]{shares};;" if stacked else shares
        font = CHART_FONT
        for column, colour in series:
            label_font = font | {"color": WHITE, "bold": True} if stacked and colour == INSIDE else font
            chart.add_series({
                "name": [name, first - 1, column],
                "categories": [name, first, _LABEL, last, _LABEL],
                "values": [name, first, column, last, column],
                "fill": {"color": colour}, "gap": 55, "overlap": 100 if stacked else -5,
                "data_labels": {"value": True, "num_format": code, "font": label_font},
            })  # fmt: skip
        chart.set_title({"name": heads[_LABEL], "name_font": CHART_TITLE, "overlay": False})
        value_axis = {"min": 0, "num_format": shares, "num_font": font, "major_gridlines": {"visible": False},
                      "line": {"none": True}, "label_position": "none", "major_tick_mark": "none"}  # fmt: skip
        names = {"num_font": font, "major_tick_mark": "none", "line": {"color": FAINT}}
        if kind["type"] == "bar":
            value_axis["max"] = 1 if stacked else 1.1  # room for the label of a full bar
            chart.set_y_axis(names | {"reverse": True})
            chart.set_x_axis(value_axis)
        else:
            chart.set_x_axis(names)
            chart.set_y_axis(value_axis)
        chart.set_legend({"none": True} if len(series) == 1 else {"position": "bottom", "font": font})
        chart.set_chartarea({"border": {"none": True}})
        chart.set_size({"width": 590, "height": int(_CHART_ROWS * 19.5)})
        return chart


def _height(text: str, width: float, line: float = LINE) -> float:
    return height_of(text, width, line, air=4.0, size=0.98)
