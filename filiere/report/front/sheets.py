"""The workbook of a front: what it says, its chart and its points on the first sheet, every figure on the second."""

from __future__ import annotations

import datetime as dt
import io
import math
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from filiere.analysis.pareto.front import Front
from filiere.chain.chain import Objective
from filiere.indicators.dictionary import kpi
from filiere.language import Language, day, listed, readable
from filiere.palette import FAINT, HEAD, INSIDE, INSIDE_TINT, OUTSIDE, QUIET, RULE, WHITE
from filiere.report.excel.book import Book
from filiere.report.excel.leaf import CHART_FONT, CHART_TITLE, Leaf, height_of
from filiere.report.front import sentences as say
from filiere.report.front.words import FrontView, opened
from filiere.report.result.tables.plan.objectives import name_of
from filiere.report.sheet import Column, Sheet, Show, Value
from filiere.schema import words as w

if TYPE_CHECKING:
    pass

_OPTIONS = {
    "in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False,
    "nan_inf_to_errors": True,
}  # fmt: skip
_INDICATORS = (
    "served_share", "upstream_dependency", "downstream_dependency", "funding_dependency", "local_share",
    "circular_use_rate_mass", "net_cost", "jobs", "co2", "tonne_kilometres",
)  # fmt: skip
_POINT, _X, _Y, _MARK, _OPENED = range(5)
_WIDTHS = (8.0, 16.0, 16.0, 14.0, 96.0)
_CHART_ROWS = 22
_GAP_COLOUR = FAINT


def front_workbook(front: Front, language: Language, among: Sequence[str] | None = None) -> bytes:
    """Return the workbook of a front, made in memory. Raises ``ValueError`` where the front has no point.

    ``among`` are the names of the input's sheets where the results come into a copy of it.
    """
    import xlsxwriter

    if not front.points:
        raise ValueError("a front without a point has no workbook")
    view = FrontView(front, language)
    names = listed([name_of(view.view, objective.key) for objective in view.axes], language)
    names = names[:1].upper() + names[1:]
    title = view.pick(f"{names}: the possible trade-offs", f"{names} : les compromis possibles")
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, _OPTIONS) as file:
        day = dt.date.today()
        file.set_properties({
            "title": title, "author": "filiere",
            "created": dt.datetime(day.year, day.month, day.day, tzinfo=dt.UTC),
        })  # fmt: skip
        file.set_calc_mode("auto")
        book = Book(file, language, f"{title} · {_subtitle(view)}", None, among)
        _FrontSheet(book, view, title).write()
        book.write(points_sheet(view))
        book.write(_about(view))
    return out.getvalue()


def front_lines(front: Front, language: Language) -> list[str]:
    """Return the few lines that a command prints: the two ends, the knee, what was held, each point."""
    view = FrontView(front, language)
    lines = [say.ends(view), say.knee(view), say.number_of_points(view), say.held(view)]
    x, y = view.axes
    shown = [
        f"{point.number:>3}  {view.amount(x, point.x)}  {view.amount(y, point.y)}" + (f"  {mark}" if mark else "")
        for point, mark in zip(front.points, _marks(view), strict=True)
    ]
    return [*(line for line in lines if line), *shown]


def points_sheet(view: FrontView) -> Sheet:
    """Return one row a point: the two objectives, the others, the headline indicators, and what opens."""
    front, pick = view.front, view.pick
    columns = [
        Column("point", pick("Point", "Point"), [float(p.number) for p in front.points], Show.COUNT),
        Column("x", view.title(front.x), [p.x for p in front.points], view.show(front.x)),
        Column("y", view.title(front.y), [p.y for p in front.points], view.show(front.y)),
        Column("mark", pick("Mark", "Repère"), _marks(view), Show.MARK),
    ]
    columns += [
        Column(objective.key, view.title(objective), [p.values.get(objective.key) for p in front.points],
               view.show(objective))
        for objective in front.chain.objectives
        if objective.key not in (front.x.key, front.y.key)
    ]  # fmt: skip
    columns += _indicators(view)
    columns.append(Column("opened", pick("Projects taken", "Projets retenus"), _opened(view), Show.PROSE, keep=True))
    return Sheet("points", pick("Points", "Points"), tuple(columns), frozen=3, inside=(_knee_word(view),))


def _indicators(view: FrontView) -> Iterator[Column]:
    asked = {objective.key for objective in view.front.chain.objectives}
    said_already = {"net_cost": "cost", "jobs": "jobs", "tonne_kilometres": "transport", "co2": "co2",
                    "circular_use_rate_mass": "circularity"}  # fmt: skip
    for key in _INDICATORS:
        if said_already.get(key) in asked:
            continue
        found = kpi(key)
        values: list[Value] = [point.measures.chain.get(key) for point in view.front.points]
        if not any(value for value in values):
            continue
        show = Show.PERCENT if found.percent else Show.MONEY if key == "net_cost" else Show.QUANTITY
        yield Column(key, view.view.set(found.label), values, show)


def _knee_word(view: FrontView) -> str:
    return view.pick("knee", "coude")


def _marks(view: FrontView) -> list[Value]:
    """The knee, and the two ends."""
    front = view.front
    marks: list[Value] = [None] * len(front.points)
    if len(front.points) > 1:
        first, last = (0, -1) if front.better(front.x, front.points[0].x - front.points[-1].x) else (-1, 0)
        marks[first], marks[last] = _best(view, front.x), _best(view, front.y)
    if front.knee is not None:
        marks[front.knee - 1] = _knee_word(view)
    return marks


def _best(view: FrontView, objective: Objective) -> str:
    return view.pick(f"best for {view.spoken(objective)}", f"le mieux pour {view.spoken(objective)}")


def _opened(view: FrontView) -> list[Value]:
    return [", ".join(opened(one)) or view.pick("none", "aucun") for one in view.views]


def _subtitle(view: FrontView) -> str:
    chain = view.front.chain
    case = view.pick(f"scenario {view.view.scenario}", f"scénario {view.view.scenario}")
    date = day(dt.date.today(), view.language)
    return " · ".join(part for part in (chain.settings.name, chain.settings.territory, case, date) if part)


def _about(view: FrontView) -> Sheet:
    """Return where the front comes from and how well each plan holds."""
    front, pick = view.front, view.pick
    worst = max(point.certificate.max_residual for point in front.points)
    lines: list[tuple[str, Value]] = [
        (pick("workbook", "classeur"), readable(front.path.name) if front.path else None),
        (pick("fingerprint (SHA-256)", "empreinte (SHA-256)"), front.sha256 or None),
        (pick("scenario", "scénario"), view.view.scenario),
        (pick("points asked for", "points demandés"), float(front.asked)),
        (pick("points found", "points trouvés"), float(len(front.points))),
        (pick("largest gap when every plan is recomputed from its own flows",
              "plus grand écart quand chaque plan est recalculé à partir de ses propres flux"), worst),
        (pick("how the points are found", "comment les points sont trouvés"),
         pick("each is the best of one objective while the other is bounded, then the best of the other (augmented "
              "ε-constraint, Mavrotas 2009)",
              "chacun est le meilleur pour un objectif quand l'autre est borné, puis le meilleur pour l'autre "
              "(ε-contrainte augmentée, Mavrotas 2009)")),
        (pick("how the knee is found", "comment le coude est trouvé"),
         pick("the point farthest from the straight line between the two ends (Das 1999)",
              "le point le plus éloigné de la droite qui joint les deux bouts (Das 1999)")),
    ]  # fmt: skip
    columns = (
        Column("name", pick("What", "Quoi"), [name for name, _ in lines], Show.PROSE),
        Column("value", pick("Value", "Valeur"), [value for _, value in lines], Show.PROSE,
               shows=[Show.SMALL] * len(lines)),
    )  # fmt: skip
    return Sheet("about", pick("Manifest", "Traçabilité"), columns, frozen=0)


class _FrontSheet(Leaf):
    """The first sheet: title, verdict, chart, the points in short, and what each step costs."""

    def __init__(self, book: Book, view: FrontView, title: str) -> None:
        super().__init__(book, view.pick("Front", "Compromis"), _WIDTHS)
        self.view = view
        self.name = title

    def write(self) -> None:
        """Write everything from top to bottom."""
        self._head()
        spot = self.row
        self.row += _CHART_ROWS + 1
        first = self._table()
        self.worksheet.insert_chart(spot, 0, self._chart(first), {
            "object_position": 1, "x_offset": 4, "y_offset": 2, "description": self.name,
        })  # fmt: skip
        self.row += 1
        self._steps()
        self.worksheet.print_area(0, 0, self.row, _OPENED)
        self.worksheet.activate()

    def _head(self) -> None:
        view = self.view
        self.title(self.name, _subtitle(view))
        strong = self.book.format(bold=True, font_size=12, text_wrap=True, valign="vcenter")
        plain = self.book.format(text_wrap=True, valign="vcenter")
        for text, style, wide in (
            (say.ends(view), strong, 0.8), (say.knee(view), strong, 0.8), (say.number_of_points(view), plain, 1.0),
            (say.held(view), plain, 1.0),
        ):  # fmt: skip
            if text:
                self.across(text, style, height_of(text, sum(_WIDTHS) * wide))
        self.row += 1

    def _heading(self, texts: tuple[str, ...]) -> None:
        for column, text in enumerate(texts):
            align: dict[str, Any] = {"align": "right"} if column in (_X, _Y) else {"align": "left"}
            if column in (_MARK, _OPENED):
                align["indent"] = 1
            style = self.book.format(bold=True, text_wrap=True, bg_color=HEAD, bottom=1, bottom_color=QUIET, **align)
            self.worksheet.write_string(self.row, column, text, style)
        self.worksheet.set_row(self.row, 32)
        self.row += 1

    def _table(self) -> int:
        """Write one short row a point; return the first."""
        view, front, pick = self.view, self.view.front, self.view.pick
        self._heading((pick("Point", "Point"), view.title(front.x), view.title(front.y), pick("Mark", "Repère"),
                       pick("Projects taken", "Projets retenus")))  # fmt: skip
        first = self.row
        for point, mark, projects in zip(front.points, _marks(view), _opened(view), strict=True):
            tint = {"bg_color": INSIDE_TINT, "bold": True} if point.number == front.knee else {}
            text = self.book.cell(text_wrap=True, indent=1, **tint)
            self.worksheet.write_number(self.row, _POINT, point.number, self.book.cell(align="left", **tint))
            for column, objective, value in ((_X, front.x, point.x), (_Y, front.y, point.y)):
                code = self.book.number_format(view.show(objective), value)
                self.worksheet.write_number(
                    self.row, column, value, self.book.cell(num_format=code, align="right", **tint)
                )
            self.worksheet.write_string(self.row, _MARK, str(mark or ""), text)
            self.worksheet.write_string(self.row, _OPENED, str(projects or ""), text)
            lines = max(
                height_of(str(projects or ""), _WIDTHS[_OPENED]), height_of(str(mark or ""), _WIDTHS[_MARK] - 2.0)
            )
            self.worksheet.set_row(self.row, max(17.0, lines))
            self.row += 1
        return first

    def _steps(self) -> None:
        rows = list(say.steps(self.view))
        if not rows:
            return
        head = self.book.format(bold=True, bg_color=HEAD, bottom=1, bottom_color=QUIET)
        self.across(self.view.pick("What each step costs and brings", "Ce que coûte et apporte chaque pas"), head, 18)
        text = self.book.format(text_wrap=True, valign="vcenter", bottom=1, bottom_color=RULE)
        for _, _, sentence in rows:
            self.across(sentence, text, height_of(sentence, sum(_WIDTHS)) + 4.0)

    def _chart(self, first: int) -> Any:
        front, view = self.view.front, self.view
        last = first + len(front.points) - 1
        name = self.worksheet.get_name()
        font = CHART_FONT
        chart = self.book.book.add_chart({"type": "scatter"})
        line: dict[str, Any] = {"color": _GAP_COLOUR, "width": 1.25} if front.convex else {"none": True}
        labels = [{"value": str(point.number), "delete": point.number == front.knee} for point in front.points]
        chart.add_series({
            "name": view.pick("plans", "plans"),
            "categories": [name, first, _X, last, _X],
            "values": [name, first, _Y, last, _Y],
            "line": line,
            "marker": {"type": "circle", "size": 7, "fill": {"color": INSIDE}, "border": {"color": WHITE}},
            "points": [{"fill": {"color": OUTSIDE}} if p.number == front.knee else None for p in front.points],
            "data_labels": {"value": True, "custom": labels, "position": "above", "font": font},
        })  # fmt: skip
        if front.knee is not None:
            row = first + front.knee - 1
            word = f"{_knee_word(view)} ({front.knee})"
            # The knee bulges towards what is best, where no other point is in the way of its name.
            side = "above" if front.y.direction is w.Direction.MAX else "below"
            chart.add_series({
                "name": _knee_word(view),
                "categories": [name, row, _X, row, _X],
                "values": [name, row, _Y, row, _Y],
                "marker": {"type": "diamond", "size": 16, "fill": {"color": OUTSIDE}, "border": {"color": WHITE}},
                "data_labels": {"value": True, "custom": [{"value": word}], "position": side,
                                "font": font | {"bold": True, "size": 11}},
            })  # fmt: skip
        self._axes(chart, font)
        chart.set_title({"name": self.name, "name_font": CHART_TITLE, "overlay": False})
        chart.set_legend({"none": True})
        chart.set_chartarea({"border": {"none": True}})
        chart.set_size({"width": 1060, "height": int(_CHART_ROWS * 20)})
        return chart

    def _axes(self, chart: Any, font: dict[str, Any]) -> None:
        front, view = self.view.front, self.view
        for set_axis, objective, values in (
            (chart.set_x_axis, front.x, [point.x for point in front.points]),
            (chart.set_y_axis, front.y, [point.y for point in front.points]),
        ):
            low, high = _frame(min(values), max(values))
            set_axis({
                "name": view.title(objective), "name_font": font | {"bold": True}, "num_font": font,
                "num_format": self.book.number_format(view.show(objective), max(map(abs, values))),
                "min": low, "max": high, "label_position": "low", "crossing": "min",
                "major_gridlines": {"visible": True, "line": {"color": RULE, "width": 0.5}},
                "line": {"color": _GAP_COLOUR},
            })  # fmt: skip


def _frame(low: float, high: float) -> tuple[float, float]:
    """Return the ends of an axis: round numbers with a little air around what is shown."""
    span = (high - low) or max(abs(high), 1.0)
    step = 10.0 ** math.floor(math.log10(span))
    step *= next(factor for factor in (0.1, 0.2, 0.5, 1.0) if span / (step * factor) <= 12.0)
    return math.floor((low - 0.04 * span) / step) * step, math.ceil((high + 0.06 * span) / step) * step
