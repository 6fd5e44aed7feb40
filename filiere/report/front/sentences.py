"""What a front says in words: from one end to the other, its knee, and what each step costs and brings."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from filiere.analysis.pareto.front import Point
from filiere.chain.chain import Objective
from filiere.language import listed
from filiere.report.front.words import FrontView, opened
from filiere.report.result.tables.plan.objectives import name_of
from filiere.schema import words as w
from filiere.schema.objectives import objective_of

_SHARE_CHANGE = 5e-4
"""A share that changes by less is not spoken of."""


def ends(view: FrontView) -> str:
    """Return what the front spans, from its first point to its last."""
    front = view.front
    first, last = front.points[0], front.points[-1]
    if first is last:
        return view.pick(
            f"One plan is best for both: {view.spoken(front.x)} ({view.amount(front.x, first.x)}) and "
            f"{view.spoken(front.y)} ({view.amount(front.y, first.y)}) are not opposed.",
            f"Un même plan est le meilleur pour les deux : {view.spoken(front.x)} "
            f"({view.amount(front.x, first.x)}) et {view.spoken(front.y)} ({view.amount(front.y, first.y)}) ne "
            "s'opposent pas.",
        )
    return view.pick(
        f"From end to end, {_span(view, front.x, first.x, last.x)}, and {_span(view, front.y, first.y, last.y)}.",
        f"D'un bout à l'autre, {_span(view, front.x, first.x, last.x)}, et {_span(view, front.y, first.y, last.y)}.",
    )


def knee(view: FrontView) -> str:
    """Return what the knee brings for what it costs, or why no point stands out."""
    front = view.front
    count = len(front.points)
    if count < 3:
        return "" if count < 2 else view.pick(
            "There are two plans to choose from, and nothing in between.",
            "Il y a deux plans entre lesquels choisir, et rien entre les deux.",
        )  # fmt: skip
    if front.knee is None:
        return view.pick(
            "No point stands out: none does better than a mix of the two ends.",
            "Aucun point ne se détache : aucun ne fait mieux qu'un mélange des deux bouts.",
        )
    point = front.point(front.knee)
    given, gained = _given_and_gained(view, point)
    return view.pick(
        f"Point {point.number} is the knee: it gains {view.view.percent(gained)} of what can be gained "
        f"{_on(view, front.y)} and gives up {view.view.percent(given)} of what the front gives up "
        f"{_on(view, front.x)}; beyond it, each step costs more than it brings, in proportion.",
        f"Le point {point.number} est le coude : il obtient {view.view.percent(gained)} de ce qu'on peut gagner "
        f"{_on(view, front.y)}, en cédant {view.view.percent(given)} de ce que le front fait céder "
        f"{_on(view, front.x)} ; au-delà, chaque pas coûte plus qu'il n'apporte, en proportion.",
    )


def held(view: FrontView) -> str:
    """Return what was held before the two objectives."""
    ranks = view.front.held
    if not ranks:
        return ""
    by_key = {objective.key: objective for objective in view.front.chain.objectives}
    parts = [
        f"{name_of(view.view, value.objective)} ({view.amount(by_key[value.objective], value.final)})"
        for value in ranks
    ]
    words = listed(parts, view.language)
    told = view.pick(f"Held at their best before both: {words}.", f"Tenus au mieux avant les deux : {words}.")
    if len(view.front.points) > 1:
        return told
    return told + view.pick(
        " To leave the two some room, give these ranks a tolerance in the Objectives sheet, or put them after.",
        " Pour laisser du jeu aux deux, donnez une marge à ces priorités dans la feuille Objectifs, ou "
        "placez-les après.",
    )


def number_of_points(view: FrontView) -> str:
    """Return whether the points shown are all there are."""
    front = view.front
    count = len(front.points)
    if count < 2:
        return ""
    if front.complete:
        return view.pick(
            f"These {count} points are all there are: any other plan does worse on one side without doing better "
            "on the other.",
            f"Ces {count} points sont tous les compromis possibles : tout autre plan fait moins bien d'un côté sans "
            "faire mieux de l'autre.",
        )
    if front.convex:
        return view.pick(
            "Between two neighbouring points, every plan in between is possible too.",
            "Entre deux points voisins, tous les plans intermédiaires sont possibles aussi.",
        )
    return view.pick(
        f"{count} points were asked for; there may be others between them.",
        f"{count} points ont été demandés ; il peut y en avoir d'autres entre eux.",
    )


def steps(view: FrontView) -> Iterator[tuple[Point, Point, str]]:
    """Yield each pair of neighbours, and what going from one to the other costs and brings."""
    projects = [opened(one) for one in view.views]
    for i, (here, there) in enumerate(pairwise(view.front.points)):
        yield here, there, _step(view, here, there, projects[i], projects[i + 1])


def _step(view: FrontView, here: Point, there: Point, before: list[str], after: list[str]) -> str:
    x, y = view.axes
    changes = [(x, there.x - here.x), (y, there.y - here.y)]
    # What it costs first, what it brings second.
    changes.sort(key=lambda change: view.front.better(*change))
    costs, brings = (view.change(*change) for change in changes)
    start = view.pick(
        f"Going from point {here.number} to point {there.number} {costs} and {brings}",
        f"Passer du point {here.number} au point {there.number} {costs} et {brings}",
    )
    details = [_rate(view, *changes), *_shares(view, here, there), _projects(view, before, after)]
    return start + "".join(f"{view.pick('; ', ' ; ')}{text}" for text in details if text) + "."


def _rate(view: FrontView, given: tuple[Objective, float], gained: tuple[Objective, float]) -> str:
    """What one unit gained costs."""
    (worse, lost), (better, won) = given, gained
    unit = 0.01 if better.kind is w.Objective.CIRCULARITY else 1.0
    if not won or not lost:
        return ""
    each = view.difference(worse, lost / won * unit)
    one = view.difference(better, unit)
    return view.pick(f"that is {each} for {one} gained", f"soit {each} pour {one} de gagné")


def _shares(view: FrontView, here: Point, there: Point) -> Iterator[str]:
    """How the share that a coordinator knows moves with an objective counted in money."""
    from filiere.indicators.dictionary import kpi

    for key in dict.fromkeys(view.share(objective) for objective in view.axes):
        if key is None:
            continue
        now, then = here.indicators.get(key), there.indicators.get(key)
        if now is not None and then is not None and abs(then - now) > _SHARE_CHANGE:
            name = view.view.set(kpi(key).label)
            name = name[:1].lower() + name[1:]
            yield f"{name} {view.view.percent(now, 1)} → {view.view.percent(then, 1)}"


def _projects(view: FrontView, before: list[str], after: list[str]) -> str:
    more = [name for name in after if name not in before]
    less = [name for name in before if name not in after]
    parts = [
        view.pick("with ", "avec ") + listed(more, view.language) if more else "",
        view.pick("without ", "sans ") + listed(less, view.language) if less else "",
    ]
    return ", ".join(part for part in parts if part)


def _span(view: FrontView, objective: Objective, first: float, last: float) -> str:
    low, high = view.amount(objective, first), view.amount(objective, last)
    name = view.spoken(objective)
    facts = objective_of(objective.key)
    goes = view.pick("go" if facts and facts.plural else "goes", "vont" if name.startswith("les ") else "va")
    return view.pick(f"{name} {goes} from {low} to {high}", f"{name} {goes} de {low} à {high}")


def _on(view: FrontView, objective: Objective) -> str:
    return view.pick(f"on {view.spoken(objective)}", f"sur {view.spoken(objective)}")


def _given_and_gained(view: FrontView, point: Point) -> tuple[float, float]:
    """Shares of the ranges: what the point gives up on x from its best, and gains on y from its worst."""
    front = view.front
    first, last = front.points[0], front.points[-1]
    best, worst = (first, last) if front.better(front.x, first.x - last.x) else (last, first)
    given = (point.x - best.x) / (worst.x - best.x)
    gained = (point.y - best.y) / (worst.y - best.y)
    return given, gained
