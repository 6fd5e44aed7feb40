"""The workbook of a stress test: what it says and its chart first, then every loss, pair, hedge and band."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from filiere.analysis.stress.effect import Effect
from filiere.analysis.stress.stress import Stress
from filiere.language import Language
from filiere.palette import FAINT, HEAD, OUTSIDE, QUIET
from filiere.report.excel.book import Book, relative_source
from filiere.report.excel.leaf import CHART_FONT, CHART_TITLE, Leaf, height_of
from filiere.report.sheet import Column, Sheet, Show
from filiere.report.stress import words as say
from filiere.report.stress.sheets import all_sheets
from filiere.report.stress.words import StressView

if TYPE_CHECKING:
    pass

_OPTIONS = {
    "in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False,
    "nan_inf_to_errors": True,
}  # fmt: skip
_WIDTHS = (44.0, 22.0, 16.0, 16.0, 16.0, 60.0)
_BARS = 12
"""How many losses the chart shows."""


def stress_workbook(
    stress: Stress, language: Language, path: Path | None = None, folder: Path | None = None,
    options: Mapping[str, str] | None = None, versions: Mapping[str, str] | None = None,
    among: Sequence[str] | None = None,
) -> bytes:  # fmt: skip
    """Return the workbook of a stress test, made in memory; links lead from ``folder`` back to the input ``path``.

    ``among`` are the names of the input's sheets where the results come into a copy of it.
    Raises ``ValueError`` where the chain has no plan to begin with.
    """
    import xlsxwriter

    view = StressView(stress, language)
    name = stress.chain.settings.name or view.pick("The chain", "La filière")
    title = view.pick(f"{name}: what if we lose…", f"{name} : et si l'on perdait…")
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, _OPTIONS) as file:
        day = dt.date.today()
        file.set_properties({
            "title": title, "author": "filiere",
            "created": dt.datetime(day.year, day.month, day.day, tzinfo=dt.UTC),
        })  # fmt: skip
        file.set_calc_mode("auto")
        book = Book(file, language, title, relative_source(path, folder), among)
        sheets = all_sheets(view)
        _Front(book, view, title).write()
        for sheet in sheets:
            if sheet.height:
                book.write(sheet)
        book.write(_about(view, options or {}, versions or {}))
    return out.getvalue()


def stress_lines(stress: Stress, language: Language) -> list[str]:
    """Return the few lines that a command prints."""
    view = StressView(stress, language)
    return [line for line in _sentences(view) if line][:-1]


def _sentences(view: StressView) -> list[str]:
    return [say.verdict(view), say.counts(view), say.protection(view), say.worst_pair(view), say.shocks(view),
            say.how_read(view)]  # fmt: skip


def _about(view: StressView, options: Mapping[str, str], versions: Mapping[str, str]) -> Sheet:
    pick, stress = view.pick, view.stress
    scenario = pick("scenario", "scénario")
    name = pick("reference", "référence") if stress.chain.scenario == "reference" else stress.chain.scenario
    rows: list[tuple[str, str]] = [(scenario, name)]
    rows += [(key, value) for key, value in options.items()]
    if stress.draws is not None:
        rows += [(pick("draws", "tirages"), str(stress.draws.asked)), (pick("seed", "graine"), str(stress.draws.seed))]
    rows += [(pick("seconds", "secondes"), f"{stress.seconds.get('all', 0.0):.1f}")]
    rows += [(program, version) for program, version in versions.items()]
    return Sheet("about", pick("About", "À propos"), (
        Column("name", pick("What", "Quoi"), [key for key, _ in rows]),
        Column("value", pick("Value", "Valeur"), [value for _, value in rows]),
    ))  # fmt: skip


class _Front(Leaf):
    """The first sheet, from top to bottom."""

    def __init__(self, book: Book, view: StressView, title: str) -> None:
        super().__init__(book, view.pick("Summary", "Synthèse"), _WIDTHS)
        self.view = view
        self.name = title

    def write(self) -> None:
        """Write the sentences, the worst losses and their chart."""
        self.title(self.name, self.view.stress.chain.settings.territory or "")
        strong = self.book.format(bold=True, font_size=12, text_wrap=True, valign="vcenter")
        plain = self.book.format(text_wrap=True, valign="vcenter")
        *said, reading = _sentences(self.view)
        for number, text in enumerate(said):
            if text:
                style, wide = (strong, 0.8) if number in (0, 2) else (plain, 1.0)
                self.across(text, style, height_of(text, sum(_WIDTHS) * wide) + 3.0)
        self.row += 1
        shown = [e for e in self.view.stress.felt if e.state == "measured"][:_BARS]
        if shown:
            self._losses(shown)
        self.across(reading, self.book.format(text_wrap=True, font_color=QUIET), height_of(reading, sum(_WIDTHS)))
        self.worksheet.fit_to_pages(1, 1)
        self.worksheet.print_area(0, 0, self.row, self.last)
        self.worksheet.activate()

    def _losses(self, shown: Sequence[Effect]) -> None:
        """Write the worst losses, then the chart that is drawn from them."""
        view, pick = self.view, self.view.pick
        heads = (
            pick("The losses that hurt most", "Les pertes les plus graves"), pick("What happens", "Ce qui se passe"),
            pick("Needs no longer served", "Besoins non couverts en plus"),
            view.view.in_money("Added cost", "Coût en plus"),
            view.view.in_money("Added dependency", "Dépendance en plus"), pick("What is missing", "Ce qui manque"),
        )  # fmt: skip
        for column, text in enumerate(heads):
            align: dict[str, Any] = {"align": "right"} if column in (2, 3, 4) else {"align": "left"}
            indent = {"indent": 1} if column in (1, 5) else {}
            style = self.book.format(bold=True, text_wrap=True, bg_color=HEAD, bottom=1, bottom_color=QUIET, **align,
                                     **indent)  # fmt: skip
            self.worksheet.write_string(self.row, column, text, style)
        self.worksheet.set_row(self.row, 32)
        self.row += 1
        first = self.row
        for effect in shown:
            self._loss(effect)
        self._chart(first, shown)

    def _loss(self, effect: Effect) -> None:
        view = self.view
        text = self.book.cell(text_wrap=True)
        inner = self.book.cell(text_wrap=True, indent=1)
        name, missing = view.what(effect), view.missing(effect) if view.unserved(effect) else ""
        self.worksheet.write_string(self.row, 0, name, text)
        self.worksheet.write_string(self.row, 1, view.state(effect), inner)
        for column, value, show in (
            (2, view.unserved(effect), Show.PERCENT), (3, view.change(effect, "cost"), Show.MONEY_CHANGE),
            (4, view.change(effect, "dependency"), Show.MONEY_CHANGE),
        ):  # fmt: skip
            code = '0.0%;-0.0%;"–"' if show is Show.PERCENT else self.book.number_format(show, value or 0.0)
            self.worksheet.write_number(
                self.row, column, value or 0.0, self.book.cell(num_format=code, align="right")
            )  # fmt: skip
        self.worksheet.write_string(self.row, 5, missing, inner)
        self.worksheet.set_row(self.row, max(17.0, height_of(name, _WIDTHS[0]), height_of(missing, _WIDTHS[5] - 2.0)))
        self.row += 1

    def _chart(self, first: int, shown: Sequence[Effect]) -> None:
        view, pick = self.view, self.view.pick
        column, title, code = 3, pick("Added net cost of each loss", "Coût net en plus, par perte"), "#,##0"
        if any(view.unserved(effect) > 0 for effect in shown):
            column = 2
            title = pick("Needs no longer served after each loss", "Besoins qui ne seraient plus couverts, par perte")
            code = "0.0%" if view.language == "en" else "0.0\\ %"
        elif not any((view.change(effect, "cost") or 0.0) > 0 for effect in shown):
            column, title = 4, pick("Added dependency of each loss", "Dépendance en plus, par perte")
        name = self.worksheet.get_name()
        font = CHART_FONT
        chart = self.book.book.add_chart({"type": "bar"})
        last = first + len(shown) - 1
        chart.add_series({
            "name": title, "categories": [name, first, 0, last, 0], "values": [name, first, column, last, column],
            "fill": {"color": OUTSIDE}, "gap": 45,
            "data_labels": {"value": True, "num_format": f'{code};-{code};"–"', "font": font},
        })  # fmt: skip
        chart.set_title({"name": title, "name_font": CHART_TITLE, "overlay": False})
        chart.set_y_axis({"reverse": True, "num_font": font, "major_tick_mark": "none", "label_position": "low",
                          "line": {"color": FAINT}})  # fmt: skip
        chart.set_x_axis({"num_font": font, "major_gridlines": {"visible": False}, "line": {"none": True},
                          "label_position": "none", "major_tick_mark": "none"})  # fmt: skip
        chart.set_legend({"none": True})
        chart.set_chartarea({"border": {"none": True}})
        rows = max(10, 2 * len(shown))
        chart.set_size({"width": 1060, "height": 20 * rows})
        self.row += 1
        self.worksheet.insert_chart(self.row, 0, chart, {
            "object_position": 1, "x_offset": 4, "y_offset": 2, "description": title,
        })  # fmt: skip
        self.row += rows + 1
