"""Why not: links and projects that the plan leaves out, and how far their price or cost would have to fall."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from filiere.analysis.explain.closed import PROJECTS, Closed
from filiere.chain.chain import Chain, Link, Process
from filiere.problems import Cell
from filiere.schema.columns import Addressed
from filiere.solver.programme.compile import Programme, Vector
from filiere.solver.ranks.rank import ranks
from filiere.solver.study import Study

SEEN = 1e-6
"""A unit that costs less than this is as good as what is used: what rounding leaves keeps nothing out."""
VISIBLE = 5e-4
"""Less than this, and a unit's effect on the circular use rate is not to be seen."""

SHOWN = 40
"""Links and activities left out that are shown, those nearest to being used first."""


@dataclass(frozen=True)
class WhyNot:
    """One link, activity or project that the plan does not use.

    ``cost`` is what a unit of it (a project as a whole) would cost at ``objective``, the first rank that keeps it
    out. Where that is money, ``column`` is the figure that would have to change from ``now`` to ``needed``.
    Where nothing can be had of it unless a project is opened that stays closed, ``project`` is that one, and all the
    rest is as it would be with the project; ``known`` says whether it was worked out.
    """

    cell: Cell | None
    kind: str
    subject: tuple[str, ...]
    objective: str
    cost: float
    column: str = ""
    now: float = 0.0
    needed: float | None = None
    project: tuple[str, ...] = ()
    known: bool = True


def unused(
    programme: Programme,
    columns: Vector,
    excluded: Mapping[int, tuple[str, float]],
    chain: Chain,
    study: Study | None = None,
) -> tuple[WhyNot, ...]:
    """Return what the plan leaves out, projects first, then the links and activities nearest to being used.

    Projects are opened in the session of a ``study`` of the chain, where there is one.
    """
    places: dict[Place, list[int]] = {}
    for j, (variable, key) in enumerate(programme.columns):
        if variable in ("flow", "level"):
            places.setdefault((variable, key[0]), []).append(j)
    closed = Closed(programme, columns, chain, study)
    found = []
    for (variable, i), own in places.items():
        row = programme.index.links[i] if variable == "flow" else programme.index.processes[i]
        kept = [excluded[j] for j in own if j in excluded]
        if row.candidate or (columns[own] > 0.0).any():
            continue
        project = closed.needed_by(own)
        if project is not None:
            found.append(_behind(programme, closed, project, (variable, i), own, chain))
            continue
        if not kept:
            continue
        objective, cost = min(kept, key=lambda one: one[1])
        if cost >= (VISIBLE if objective == "circularity" else SEEN):
            found.append(_left_out(row, objective, cost, chain))
    found.sort(key=lambda w: (not w.known, w.objective != "cost", w.objective, w.cost, w.subject))
    return (*_projects(programme, columns, closed), *found[:SHOWN])


Place = tuple[str, int]
"""Flows of a link or levels of an activity, and its number."""


def _behind(
    programme: Programme, closed: Closed, switch: int, place: Place, own: list[int], chain: Chain
) -> WhyNot:  # fmt: skip
    """What needs a project that stays closed, as it would be were the project opened."""
    x = programme.index
    variable, i = programme.columns[switch]
    project = x.processes[i].key if variable == "open_process" else _ends(x.links[i])
    row = x.links[place[1]] if place[0] == "flow" else x.processes[place[1]]
    kept_out = closed.kept_out(switch)
    kept = [kept_out[j] for j in own if j in kept_out] if kept_out is not None else []
    objective, cost = min(kept, key=lambda one: one[1]) if kept else ("", 0.0)
    return replace(_left_out(row, objective, cost, chain), project=project, known=kept_out is not None)


def _ends(link: Link) -> tuple[str, str, str]:
    return link.from_, link.to, link.product


def _left_out(row: Link | Process, objective: str, cost: float, chain: Chain) -> WhyNot:
    return _link(row, objective, cost, chain) if isinstance(row, Link) else _activity(row, objective, cost)


def _link(link: Link, objective: str, cost: float, chain: Chain) -> WhyNot:
    subject = _ends(link)
    if objective != "cost":
        return WhyNot(link.row.at(""), "link", subject, objective, cost)
    giver, taker = chain.inside(link.from_), chain.inside(link.to)
    if giver and taker:
        needed = link.transport_cost - cost
        return WhyNot(link.row.at("transport_cost"), "link", subject, objective, cost, "transport_cost",
                      link.transport_cost, needed if needed >= 0.0 else None)  # fmt: skip
    price = link.price + cost if giver else link.price - cost
    return WhyNot(link.row.at("price"), "link", subject, objective, cost, "price", link.price, price)


def _activity(process: Process, objective: str, cost: float) -> WhyNot:
    if objective != "cost":
        return WhyNot(process.row.at(""), "activity", process.key, objective, cost)
    needed = process.unit_cost - cost
    return WhyNot(process.row.at("unit_cost"), "activity", process.key, objective, cost, "unit_cost",
                  process.unit_cost, needed if needed >= 0.0 else None)  # fmt: skip


def _projects(programme: Programme, columns: Vector, closed: Closed) -> tuple[WhyNot, ...]:
    """Open each project that is left out by force, and see at which rank that costs what."""
    order = ranks(closed.chain.objectives)
    values = {rank.name: rank.function(programme) for rank in order if not rank.circular}
    found = []
    for j in closed.switches[:PROJECTS]:
        forced = closed.opened(j)
        if forced is None:
            continue
        losses = ((name, function.at(forced) - function.at(columns)) for name, function in values.items())
        floor = {name: 1e-6 * max(1.0, abs(function.at(columns))) for name, function in values.items()}
        objective, cost = next(((name, loss) for name, loss in losses if loss > floor[name]), ("", 0.0))
        found.append(_project(programme, j, objective, cost))
    return tuple(found)


def _project(programme: Programme, j: int, objective: str, cost: float) -> WhyNot:
    x = programme.index
    variable, i = programme.columns[j]
    subject: tuple[str, ...]
    source: Addressed
    if variable == "open_process":
        process = x.processes[i]
        yearly, source, subject = process.fixed_cost + process.investment, process.row, process.key
        column = "investment" if process.investment else "fixed_cost"
    else:
        link = x.links[i]
        yearly, source, column = link.fixed_cost, link.row, "fixed_cost"
        subject = _ends(link)
    needed = yearly - cost if abs(yearly - cost) > 1e-6 * yearly else 0.0
    kind = "project" if variable == "open_process" else "project_link"
    if objective != "cost":
        return WhyNot(source.at(""), kind, subject, objective, cost)
    return WhyNot(source.at(column), kind, subject, objective, cost, column, yearly,
                  float(needed) if needed >= 0.0 else None)  # fmt: skip
