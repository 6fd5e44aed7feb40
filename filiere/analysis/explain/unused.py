"""Why not: links and projects that the plan leaves out, and how far their price or cost would have to fall."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from filiere.chain.chain import Chain, Link, Process
from filiere.problems import Cell
from filiere.schema.columns import Addressed
from filiere.solver.programme.compile import Programme, Vector
from filiere.solver.ranks.rank import ranks
from filiere.solver.ranks.ranks import solve_ranks
from filiere.solver.ranks.step import RankError
from filiere.solver.session.search import Search
from filiere.solver.session.session import Session

PROJECTS = 5
"""Projects left out that are opened by force to see what that would cost."""

VISIBLE = 5e-4
"""Less than this, and a unit's effect on the circular use rate is not to be seen."""

SHOWN = 40
"""Links and activities left out that are shown, those nearest to being used first."""


@dataclass(frozen=True)
class WhyNot:
    """One link, activity or project that the plan does not use.

    ``cost`` is what a unit of it (a project as a whole) would cost at ``objective``, the first rank that keeps it
    out. Where that is money, ``column`` is the figure that would have to change from ``now`` to ``needed``.
    """

    cell: Cell | None
    kind: str
    subject: tuple[str, ...]
    objective: str
    cost: float
    column: str = ""
    now: float = 0.0
    needed: float | None = None


def unused(
    programme: Programme, columns: Vector, excluded: Mapping[int, tuple[str, float]], chain: Chain
) -> tuple[WhyNot, ...]:
    """Return what the plan leaves out, projects first, then the links and activities nearest to being used."""
    x = programme.index
    nearest: dict[tuple[str, int], tuple[str, float]] = {}
    carried: set[tuple[str, int]] = set()
    for j, (variable, key) in enumerate(programme.columns):
        if variable not in ("flow", "level"):
            continue
        place = (variable, key[0])
        if columns[j] > 0.0:
            carried.add(place)
        elif j in excluded and (place not in nearest or excluded[j][1] < nearest[place][1]):
            nearest[place] = excluded[j]
    found = []
    for (variable, i), (objective, cost) in nearest.items():
        if (variable, i) in carried or (objective == "circularity" and cost < VISIBLE):
            continue
        if variable == "flow" and not x.links[i].candidate:
            found.append(_link(x.links[i], objective, cost, chain))
        elif variable == "level" and not x.processes[i].candidate:
            found.append(_activity(x.processes[i], objective, cost))
    found.sort(key=lambda w: (w.objective != "cost", w.objective, w.cost, w.subject))
    return (*_projects(programme, columns, chain), *found[:SHOWN])


def _link(link: Link, objective: str, cost: float, chain: Chain) -> WhyNot:
    subject = (link.from_, link.to, link.product)
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


def _projects(programme: Programme, columns: Vector, chain: Chain) -> tuple[WhyNot, ...]:
    """Open each project that is left out by force, and see at which rank that costs what."""
    closed = [j for j, (variable, _) in enumerate(programme.columns)
              if variable in ("open_process", "open_link") and columns[j] < 0.5]  # fmt: skip
    values = {rank.name: rank.function(programme) for rank in ranks(chain.objectives) if not rank.circular}
    found = []
    for j in closed[:PROJECTS]:
        lower = programme.column_lower.copy()
        lower[j] = 1.0
        try:
            forced = solve_ranks(Search(Session(replace(programme, column_lower=lower))), chain.objectives)
        except RankError:
            continue
        losses = ((name, function.at(forced.columns) - function.at(columns)) for name, function in values.items())
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
        subject = (link.from_, link.to, link.product)
    needed = yearly - cost if abs(yearly - cost) > 1e-6 * yearly else 0.0
    kind = "project" if variable == "open_process" else "project_link"
    if objective != "cost":
        return WhyNot(source.at(""), kind, subject, objective, cost)
    return WhyNot(source.at(column), kind, subject, objective, cost, column, yearly,
                  float(needed) if needed >= 0.0 else None)  # fmt: skip
