"""The tables of a front, and the lines that a command prints."""

from __future__ import annotations

from collections.abc import Iterator

from filiere.analysis.pareto.front import Front
from filiere.chain.chain import Objective
from filiere.indicators.dictionary import kpi
from filiere.language import Language, readable
from filiere.report.front import sentences as say
from filiere.report.front.words import FrontView, opened
from filiere.report.sheet import Column, Sheet, Show, Value

_INDICATORS = (
    "served_share", "upstream_dependency", "downstream_dependency", "funding_dependency", "local_share",
    "circular_use_rate_mass", "net_cost", "jobs", "co2", "tonne_kilometres",
)  # fmt: skip


def front_lines(front: Front, language: Language) -> list[str]:
    """Return the few lines that a command prints: the two ends, the knee, what was held, each point."""
    view = FrontView(front, language)
    lines = [say.ends(view), say.knee(view), say.number_of_points(view), say.held(view)]
    x, y = view.axes
    shown = [
        f"{point.number:>3}  {view.amount(x, point.x)}  {view.amount(y, point.y)}" + (f"  {mark}" if mark else "")
        for point, mark in zip(front.points, marks(view), strict=True)
    ]
    return [*(line for line in lines if line), *shown]


def points_sheet(view: FrontView) -> Sheet:
    """Return one row a point: the two objectives, the others, the headline indicators, and what opens."""
    front, pick = view.front, view.pick
    columns = [
        Column("point", pick("Point", "Point"), [float(p.number) for p in front.points], Show.COUNT),
        Column("x", view.title(front.x), [p.x for p in front.points], view.show(front.x)),
        Column("y", view.title(front.y), [p.y for p in front.points], view.show(front.y)),
        Column("mark", pick("Mark", "Repère"), marks(view), Show.MARK),
    ]
    columns += [
        Column(objective.key, view.title(objective), [p.values.get(objective.key) for p in front.points],
               view.show(objective))
        for objective in front.chain.objectives
        if objective.key not in (front.x.key, front.y.key)
    ]  # fmt: skip
    columns += _indicators(view)
    columns.append(Column("opened", pick("Projects taken", "Projets retenus"), _opened(view), Show.PROSE, keep=True))
    return Sheet("points", pick("Points", "Points"), tuple(columns), frozen=3, inside=(view.pick("knee", "coude"),))


def _indicators(view: FrontView) -> Iterator[Column]:
    asked = {objective.key for objective in view.front.chain.objectives}
    said_already = {"net_cost": "cost", "jobs": "jobs", "tonne_kilometres": "transport", "co2": "co2",
                    "circular_use_rate_mass": "circularity"}  # fmt: skip
    for key in _INDICATORS:
        if said_already.get(key) in asked:
            continue
        found = kpi(key)
        values: list[Value] = [point.indicators.get(key) for point in view.front.points]
        if not any(value for value in values):
            continue
        show = Show.PERCENT if found.percent else Show.MONEY if key == "net_cost" else Show.QUANTITY
        yield Column(key, view.view.set(found.label), values, show)


def marks(view: FrontView) -> list[Value]:
    """The knee, and the two ends."""
    front = view.front
    marks: list[Value] = [None] * len(front.points)
    if len(front.points) > 1:
        first, last = (0, -1) if front.better(front.x, front.points[0].x - front.points[-1].x) else (-1, 0)
        marks[first], marks[last] = _best(view, front.x), _best(view, front.y)
    if front.knee is not None:
        marks[front.knee - 1] = view.pick("knee", "coude")
    return marks


def _best(view: FrontView, objective: Objective) -> str:
    return view.pick(f"best for {view.spoken(objective)}", f"le mieux pour {view.spoken(objective)}")


def _opened(view: FrontView) -> list[Value]:
    return [", ".join(opened(one)) or view.pick("none", "aucun") for one in view.views]


def about(view: FrontView) -> Sheet:
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
