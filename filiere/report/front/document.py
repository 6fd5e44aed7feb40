"""The page of a front: its points as a chart, what each step costs and brings, and every figure in tables."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from itertools import pairwise

from filiere.analysis.pareto.front import Front
from filiere.language import Language, day, listed, readable
from filiere.report.document import (
    Axis,
    Block,
    Document,
    Dot,
    Remark,
    Remarks,
    Scatter,
    Section,
    Table,
    Weight,
    case_of,
    document,
    territory_and_case,
    texts,
)
from filiere.report.front import sentences as say
from filiere.report.front.sheets import marks, points_sheet
from filiere.report.front.words import FrontView, opened
from filiere.report.result.tables.plan.objectives import name_of
from filiere.report.sheet import Column, Sheet, Show
from filiere.schema import words as w


def front_document(front: Front, language: Language) -> Document:
    """Return what the page of a front holds, in one language. Raises ``ValueError`` where the front has no point."""
    if not front.points:
        raise ValueError("a front without a point has no page")
    view = FrontView(front, language)
    pick = view.pick
    chain = view.front.chain
    points, steps = points_sheet(view), _steps(view)
    told = texts([say.number_of_points(view), say.held(view)])
    sections = [
        Section("front", pick("The trade-offs", "Les compromis"), [_scatter(view, points), *told]),
        Section("steps", pick("What each step costs and brings", "Ce que coûte et apporte chaque pas"),
                [Table(steps, True, 60)] if steps.height else []),
        Section("points", pick("The points", "Les points"), [Table(points, True, 60)]),
    ]  # fmt: skip
    where = " · ".join(part for part in (chain.settings.name, territory_and_case(view.view)) if part)
    verdict = " ".join(text for text in (say.ends(view), say.knee(view)) if text)
    name = [readable(view.front.path.name)] if view.front.path else []
    return document(view.view, title(view), where, verdict, sections, name, dt.date.today())


def title(view: FrontView) -> str:
    """Return the title: the two objectives."""
    names = listed([name_of(view.view, objective.key) for objective in view.axes], view.language)
    names = names[:1].upper() + names[1:]
    return view.pick(f"{names}: the possible trade-offs", f"{names} : les compromis possibles")


def subtitle(view: FrontView) -> str:
    """Return chain, territory, scenario and date in one line."""
    chain = view.front.chain
    date = day(dt.date.today(), view.language)
    return " · ".join(
        part for part in (chain.settings.name, chain.settings.territory, case_of(view.view), date) if part
    )


def first_blocks(view: FrontView) -> list[Block]:
    """Return what stands on the first sheet of the workbook."""
    steps = [Remark(f"{here.number} → {there.number}", text) for here, there, text in say.steps(view)]
    said = Remarks(view.pick("What each step costs and brings", "Ce que coûte et apporte chaque pas"), tuple(steps))
    return [
        *(replace(text, weight=Weight.STRONG) for text in texts([say.ends(view), say.knee(view)])),
        *texts([say.number_of_points(view), say.held(view)]),
        _scatter(view, points_sheet(view)),
        *([said] if steps else []),
    ]


def _scatter(view: FrontView, points: Sheet) -> Scatter:
    """Return the chart: one dot a point, a line where every plan in between is possible, the knee apart."""
    front, news, pick = view.front, _news(view), view.pick
    notes = points.column("opened").values
    x, y = (Axis(view.title(one), view.show(one)) for one in view.axes)
    dots = [
        Dot(x=p.x, y=p.y, name=str(p.number), knee=p.number == front.knee, note=str(note or ""), news=news[at],
            mark=str(mark or ""))
        for at, (p, note, mark) in enumerate(zip(front.points, notes, marks(view), strict=True))
    ]  # fmt: skip
    return Scatter(
        title=title(view), x=x, y=y, dots=dots, line=front.convex, knee=pick("knee", "coude"),
        y_rises=front.y.direction is w.Direction.MAX,
        heads=(pick("Point", "Point"), pick("Mark", "Repère"), pick("Projects taken", "Projets retenus")),
    )  # fmt: skip


def _news(view: FrontView) -> list[list[str]]:
    """Return, for each point, what it opens and no longer opens beside the point before: ``+ Laverie``."""
    projects = [opened(one) for one in view.views]
    return [
        [],
        *(
            [f"+ {name}" for name in there if name not in here] + [f"− {name}" for name in here if name not in there]
            for here, there in pairwise(projects)
        ),
    ]


def _steps(view: FrontView) -> Sheet:
    rows = list(say.steps(view))
    news = _news(view)[1:]
    columns = (
        Column("step", view.pick("Points", "Points"), [f"{here.number} → {there.number}" for here, there, _ in rows]),
        Column("said", view.pick("In words", "En clair"), [text for _, _, text in rows], Show.PROSE),
        Column("news", view.pick("Opens (+), no longer opens (−)", "S'ouvre (+), ne s'ouvre plus (−)"),
               [", ".join(one) or None for one in news], Show.PROSE),
    )  # fmt: skip
    return Sheet("steps", view.pick("Step by step", "Pas à pas"), columns)
