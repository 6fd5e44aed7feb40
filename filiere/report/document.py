"""A report as blocks: what a page, the first sheet of a workbook and a picture show, before anything draws it.

Each kind of report (a result, a comparison, a front, a stress test, an explanation) gives a :class:`Document`; a page
and a workbook are written from it by ``page/render.py`` and ``excel/render.py``, which know no kind of report. Texts
are already in the reader's language; shares are between 0 and 1, money in the currency of the chain.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from importlib import metadata
from typing import Any

from filiere.chain.chain import Chain
from filiere.language import Label, Language, day
from filiere.report.sheet import Sheet, Show
from filiere.report.view import View

Figure = float | None
_SOURCE = Label("Source: {parts}", "Source : {parts}")
_SCENARIO = Label("scenario {name}", "scénario {name}")
_DUST = 1e-9
"""Bars below this share of the longest are rounding, not effects."""
_DIGITS = 10
"""Digits of a figure that is drawn."""


class Look(Enum):
    """What a series of bars stands for, which decides its colour."""

    INSIDE = "inside"
    OUTSIDE = "outside"
    PUBLIC = "public"
    BEFORE = "before"
    PLAN = "plan"


class Weight(Enum):
    """How loudly a sentence is said."""

    STRONG = "strong"
    PLAIN = "plain"
    QUIET = "quiet"


@dataclass(frozen=True)
class Text:
    """One sentence, or a few."""

    text: str
    weight: Weight = Weight.PLAIN


@dataclass(frozen=True)
class Remark:
    """One thing to know; ``warned`` where somebody should look into it."""

    label: str
    text: str
    warned: bool = False
    first: bool = False
    """Whether it is what was asked for, to be said before all else that asks for attention."""
    top: bool = False
    """Whether it must be read before any figure."""
    spoken: bool = True
    """Whether a command that ends says it too, in its few lines."""


@dataclass(frozen=True)
class Remarks:
    """Remarks one below another under a title."""

    title: str
    rows: tuple[Remark, ...]


@dataclass(frozen=True)
class Headline:
    """One headline figure: today, in the plan, and what it means. A ``part`` belongs to the figure above it."""

    key: str
    label: str
    show: Show
    plan: Figure
    today: Figure = None
    sentence: str = ""
    part: bool = False

    @property
    def change(self) -> Figure:
        """The plan less today."""
        return None if self.plan is None or self.today is None else self.plan - self.today


@dataclass(frozen=True, kw_only=True)
class Figures:
    """The headline figures: ``title``, what each column is called, and whether this year stands beside the plan."""

    title: str
    today: str
    plan: str
    change: str
    meaning: str
    rows: tuple[Headline, ...]
    compares: bool = False


@dataclass(frozen=True)
class Table:
    """A table. On a page ``opened`` ones are unfolded and show ``rows`` rows at first (0: the page's own measure)."""

    sheet: Sheet
    opened: bool = False
    rows: int = 0


@dataclass(frozen=True)
class Series:
    """One series of bars: its name, what it stands for, and one share a row (None: no bar)."""

    name: str
    look: Look | None
    """None: one colour after the other."""
    values: Sequence[Figure]


@dataclass(frozen=True, kw_only=True)
class Bars:
    """Bars of shares, one a row and series, with ``what`` the rows are. ``limit`` draws a line at 1."""

    title: str
    what: str
    rows: Sequence[str]
    series: Sequence[Series]
    stacked: bool = False
    limit: bool = False
    most: int | None = None
    """Rows drawn; all stand in the table beside."""
    total: str = ""
    """What the sum of a stack is called; none where it is not said."""
    upright: bool = False
    """Whether a workbook draws columns, where few names are short."""


@dataclass(frozen=True, kw_only=True)
class Tornado:
    """Bars that run both ways from nought, the largest first. ``better``: 1 more is, -1 less is, 0 neither."""

    title: str
    what: str
    heading: str
    show: Show
    rows: Sequence[str]
    values: Sequence[float]
    better: int
    most: int = 12
    column: str = ""
    """The column of the table just above that a workbook draws it from; else its figures get a place of their own."""


@dataclass(frozen=True)
class Axis:
    """An axis of a chart: its title and how its figures are shown."""

    title: str
    show: Show


@dataclass(frozen=True, kw_only=True)
class Dot:
    """One point of a chart: where it is, what it is called, what opens and closes there."""

    x: float
    y: float
    name: str
    note: str = ""
    mark: str = ""
    news: Sequence[str] = ()
    knee: bool = False


@dataclass(frozen=True, kw_only=True)
class Scatter:
    """Points between two axes; with a ``line`` where everything in between is possible, ``knee`` names the one."""

    title: str
    x: Axis
    y: Axis
    dots: Sequence[Dot]
    line: bool = False
    knee: str = ""
    y_rises: bool = False
    """Whether more is better upwards."""
    heads: tuple[str, str, str] = ("", "", "")
    """What names, marks and notes are called in the table of a workbook."""


@dataclass(frozen=True)
class Case:
    """One of several plans: its name, what came of it in a word or two, and whether there is a plan."""

    name: str
    outcome: str
    solved: bool


@dataclass(frozen=True, kw_only=True)
class Panel:
    """One headline figure of several cases and what it differs by from the first. ``good``: 1 where more is better."""

    label: str
    show: Show
    change: Show
    good: int
    values: Sequence[Figure]
    changes: Sequence[Figure]


@dataclass(frozen=True, kw_only=True)
class Multiples:
    """Headline figures case by case, each on its own scale; ``difference`` is what the change from the first is."""

    title: str
    what: str
    cases: Sequence[Case]
    panels: Sequence[Panel]
    outcome: str
    difference: str


@dataclass(frozen=True)
class Index:
    """The sheets of a workbook: the name of each, and what it says. On screen alone, and nothing stands below it."""

    title: str
    rows: Sequence[tuple[str, str]]


@dataclass(frozen=True)
class Break:
    """What follows stands on a new printed page."""


@dataclass(frozen=True)
class Sankey:
    """The chain as ribbons, from the document's network."""


@dataclass(frozen=True)
class Map:
    """The chain on a map, from the document's network."""


Block = Text | Remarks | Figures | Table | Bars | Tornado | Scatter | Multiples | Index | Break | Sankey | Map


@dataclass(frozen=True)
class Section:
    """A part of a page: an id for links, a title, blocks; what is empty is left out."""

    key: str
    title: str
    blocks: Sequence[Block | None]


@dataclass(frozen=True, kw_only=True)
class Document:
    """A report in one language."""

    language: Language
    title: str
    subtitle: str
    verdict: str
    whose: str
    """The chain's name and its territory."""
    source: str
    """Workbooks, scenario, date and program, in one line."""
    sections: tuple[Section, ...]
    compares: bool = False
    """Whether this year stands beside the plan."""
    network: Mapping[str, Any] | None = None
    """Actors, products and flows, for ribbons and maps."""
    partners: Mapping[str, Any] | None = None
    """What stands on the sheet for partners."""
    partners_only: bool = False


def document(
    view: View, title: str, subtitle: str, verdict: str, sections: Iterable[Section],
    names: Iterable[str] = (), date: dt.date | None = None, scenarios: str | None = None,
) -> Document:  # fmt: skip
    """Return a document of a view's chain. ``names`` are the workbooks it rests on, for the line of sources."""
    case = view.scenario if scenarios is None else scenarios
    return Document(
        language=view.language, title=title, subtitle=subtitle, verdict=verdict, whose=whose(view.chain),
        source=source_line(view, names, case, date), sections=tuple(sections),
    )  # fmt: skip


def bars(
    title: str, what: str, rows: Sequence[str], series: Iterable[Series], *, stacked: bool = False,
    limit: bool = False, most: int | None = None, total: str = "", upright: bool = False,
) -> Bars | None:  # fmt: skip
    """Return bars without the series that have no figure; None without rows."""
    kept = [one for one in series if any(value is not None for value in one.values)]
    if not rows:
        return None
    return Bars(title=title, what=what, rows=rows, series=kept, stacked=stacked, limit=limit, most=most, total=total,
                upright=upright)  # fmt: skip


def tornado(
    title: str, what: str, heading: str, show: Show, rows: Sequence[str], values: Sequence[float], better: int
) -> Tornado | None:
    """Return bars that run both ways, the largest first, without those of rounding; None where all values are 0."""
    order = sorted(range(len(rows)), key=lambda i: -abs(values[i]))
    kept = [i for i in order if abs(values[i]) > _DUST * abs(values[order[0]])]
    if not kept:
        return None
    return Tornado(title=title, what=what, heading=heading, show=show, rows=[rows[i] for i in kept],
                   values=[values[i] for i in kept], better=better)  # fmt: skip


def rounded(value: float) -> float:
    """Return a number to ten digits, enough for any picture and short to write."""
    return float(f"{value:.{_DIGITS}g}") if math.isfinite(value) else 0.0


def texts(lines: Iterable[str | None]) -> list[Text]:
    """Return a block for each sentence that says something."""
    return [Text(line) for line in lines if line]


def whose(chain: Chain) -> str:
    """Return whose figures these are: the chain's name and its territory."""
    return " · ".join(dict.fromkeys(part for part in (chain.settings.name, chain.settings.territory) if part))


def case_of(view: View) -> str:
    """Return the scenario in words: ``scenario Drought``."""
    return view.set(_SCENARIO.fill(name=view.scenario))


def territory_and_case(view: View) -> str:
    """Return the territory and the scenario in one line."""
    return " · ".join(part for part in (view.chain.settings.territory, case_of(view)) if part)


def source_line(view: View, names: Iterable[str], scenarios: str, date: dt.date | None) -> str:
    """Return where figures come from, in one line: workbooks, scenario, date, program."""
    when = "" if date is None else day(date, view.language)
    said = view.set(_SCENARIO.fill(name=scenarios)) if scenarios else ""
    parts = [*dict.fromkeys(names), said, when, f"filiere {metadata.version('filiere')}"]
    return view.set(_SOURCE.fill(parts=" · ".join(part for part in parts if part)))
