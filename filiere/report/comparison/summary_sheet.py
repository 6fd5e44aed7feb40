"""The first sheet of a comparison: each case in a column, its differences below, its story, and the charts."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from filiere.language import day
from filiere.palette import HEAD, INSIDE, INSIDE_TINT, QUIET, RULE, WARNED_TINT, WORSE_INK
from filiere.report.comparison.headlines import Head, heads
from filiere.report.comparison.remarks import stories
from filiere.report.comparison.sides import CHANGES, Sides, as_shown
from filiere.report.comparison.wording import status_word
from filiere.report.excel.book import Book
from filiere.report.excel.charts import Charts
from filiere.report.excel.leaf import Leaf

if TYPE_CHECKING:
    pass

_LABEL_WIDTH = 34.0
_CASE_WIDTH = 20.0
_LEAST_WIDTH = 150.0
"""Characters over which titles and stories run, however few the cases."""
_BETTER, _WORSE = INSIDE, WORSE_INK
"""Blue and a dark orange: apart under every colour deficiency, and each figure has its sign."""


class SummarySheet(Leaf):
    """Lays the comparison out, from top to bottom."""

    def __init__(self, book: Book, sides: Sides) -> None:
        blank = math.ceil((_LEAST_WIDTH - _LABEL_WIDTH) / _CASE_WIDTH)  # columns that titles run over
        cases = max(len(sides.titles), blank)
        super().__init__(book, sides.pick("Comparison", "Comparaison"), (_LABEL_WIDTH, *[_CASE_WIDTH] * cases))
        self.sides = sides
        self.heads = heads(sides)

    def write(self) -> None:
        """Write everything."""
        sheet = self.worksheet
        self.title(title(self.sides), subtitle(self.sides))
        self.row += 1
        top = self.row
        self._cases()
        for head in self.heads:
            self._head(head)
        self.row += 1
        self._stories()
        sheet.set_h_pagebreaks([self.row])
        sheet.freeze_panes(top + 1, 1)
        sheet.activate()

    def draw(self) -> None:
        """Draw the charts below; the sheet of their figures is added now, behind all others."""
        last = Charts(self.book, self.sides, self.heads).draw(self.worksheet, self.row)
        self.worksheet.print_area(0, 0, last, self.last)

    def _cases(self) -> None:
        sides = self.sides
        plain = {"bold": True, "bottom": 1, "bottom_color": QUIET, "text_wrap": True, "valign": "vcenter"}
        label = self.book.format(bg_color=HEAD, **plain)
        self.worksheet.write_string(self.row, 0, sides.pick("Headline figures", "Chiffres clés"), label)
        for at, name in enumerate(sides.titles):
            colour = INSIDE_TINT if at == 0 else HEAD
            style = self.book.format(bg_color=colour, align="right", **plain)
            self.worksheet.write_string(self.row, at + 1, name, style)
        longest = max(math.ceil(len(name) * 1.1 / (_CASE_WIDTH - 2.0)) for name in sides.titles)
        self.worksheet.set_row(self.row, 16.0 * max(1, longest) + 4.0)
        self.row += 1
        quiet = self.book.format(font_color=QUIET, bottom=1, bottom_color=RULE)
        self.worksheet.write_string(self.row, 0, sides.pick("Outcome", "Issue"), quiet)
        for at, outcome in enumerate(sides.comparison.outcomes):
            tint = {} if outcome.solved else {"bg_color": WARNED_TINT, "bold": True}
            style = self.book.format(align="right", bottom=1, bottom_color=RULE, **tint)
            self.worksheet.write_string(self.row, at + 1, status_word(sides, outcome), style)
        self.row += 1

    def _head(self, head: Head) -> None:
        """Write one figure of every case, and below it the differences."""
        label = self.book.format(bold=True, valign="vcenter")
        self.worksheet.write_string(self.row, 0, head.label, label)
        self.worksheet.set_row(self.row, 18.0)
        for at, value in enumerate(head.line.values):
            if value is None:
                style = self.book.format(align="right", font_color=QUIET, valign="vcenter")
                self.worksheet.write_string(self.row, at + 1, "–", style)
            else:
                code = self.book.number_format(head.line.show, value)
                style = self.book.format(num_format=code, align="right", bold=True, font_size=12, valign="vcenter")
                self.worksheet.write_number(self.row, at + 1, value, style)
        self.row += 1
        said = self.sides.pick("difference to the reference", "écart à la référence")
        rule = {"bottom": 1, "bottom_color": RULE}
        quiet = self.book.format(font_color=QUIET, font_size=9, indent=1, **rule)
        self.worksheet.write_string(self.row, 0, said, quiet)
        for at in self.sides.cases:
            self._difference(head, at, rule)
        self.row += 1

    def _difference(self, head: Head, at: int, rule: dict[str, Any]) -> None:
        change = as_shown(head.difference(at), head.line.show) if at else None
        if change is None:
            self.worksheet.write_blank(self.row, at + 1, None, self.book.format(**rule))
            return
        code = self.book.number_format(CHANGES[head.line.show], change)
        sign = head.good * (change > 0) - head.good * (change < 0)
        seen = "–" not in code
        colour = QUIET if not sign or not seen else _BETTER if sign > 0 else _WORSE
        style = self.book.format(num_format=code, align="right", font_size=9, font_color=colour, **rule)
        self.worksheet.write_number(self.row, at + 1, change, style)

    def _stories(self) -> None:
        said = self.sides.pick("What each scenario changes", "Ce que chaque scénario change")
        head = self.book.format(bold=True, bg_color=HEAD, bottom=1, bottom_color=QUIET, valign="vcenter")
        self.worksheet.merge_range(self.row, 0, self.row, self.last, said, head)
        self.worksheet.set_row(self.row, 18)
        self.row += 1
        room = _CASE_WIDTH * self.last
        for one in stories(self.sides).rows:
            tint = {"bg_color": WARNED_TINT} if one.warned else {}
            rule = {"bottom": 1, "bottom_color": RULE, "text_wrap": True, "valign": "top"}
            self.worksheet.write_string(self.row, 0, one.label, self.book.format(bold=True, **rule, **tint))
            style = self.book.format(**rule, **tint)
            self.worksheet.merge_range(self.row, 1, self.row, self.last, "", style)
            self.worksheet.write_string(self.row, 1, one.text[:32_000], style)
            lines = max(math.ceil(len(one.text) * 0.84 / room), math.ceil(len(one.label) * 1.15 / _LABEL_WIDTH))
            self.worksheet.set_row(self.row, min(14.5 * max(1, lines) + 4.0, 400.0))
            self.row += 1
        self.row += 1


def title(sides: Sides) -> str:
    """Return the title: the chain's name."""
    name = sides.lead.chain.settings.name
    said = sides.pick("comparison of scenarios", "comparaison de scénarios")
    return f"{name} – {said}" if name else said[:1].upper() + said[1:]


def subtitle(sides: Sides) -> str:
    """Return territory, how many cases, which one is the reference, and the date."""
    count = len(sides.titles)
    cases = sides.pick(f"{count} case{'s' if count != 1 else ''} side by side",
                       f"{count} cas côte à côte")  # fmt: skip
    reference = sides.pick(f"differences to: {sides.titles[0]}", f"écarts par rapport à : {sides.titles[0]}")
    when = day(sides.date, sides.language) if sides.date else None
    stopped = sides.pick(
        "interrupted: only what was finished is shown", "interrompu : seul ce qui était fini figure ici"
    )
    parts = [sides.lead.chain.settings.territory, cases, reference, when,
             stopped if sides.comparison.interrupted else None]  # fmt: skip
    return " · ".join(part for part in parts if part)
