"""Why there is no plan: the cells that clash, the cheapest repair and the plain reason; or what feeds on itself."""

from __future__ import annotations

from dataclasses import dataclass

from filiere.problems import Cell
from filiere.solution.solution import Conflict, Solution, Status
from filiere.solver.conflict.causes import causes, mention
from filiere.solver.conflict.clash import giving_groups, smallest
from filiere.solver.conflict.loop import members, turn
from filiere.solver.conflict.repair import repair
from filiere.solver.programme.compile import Programme
from filiere.solver.programme.figures import Figure, figures
from filiere.solver.ranks.rank import ranks
from filiere.solver.ranks.step import RankError
from filiere.solver.session.elastic import Elastic, dropped, most_of
from filiere.solver.session.session import Session

LARGE = 60
"""More figures than this are first narrowed down to those whose rows carry a price."""


@dataclass(frozen=True)
class Clash:
    """Figures and, of those, rows that cannot hold together; each row's least change if it alone gave way."""

    figures: tuple[Figure, ...]
    members: tuple[int, ...]
    """Positions in ``figures``."""
    rows: tuple[int, ...]
    changes: tuple[float, ...]
    """Negative where the row would fall."""
    elastic: Elastic
    units: dict[int, int]
    """Row → its unit in ``elastic``."""


def infeasible(programme: Programme) -> Solution:
    """Return a solution without a plan that says why, and the cheapest repair."""
    found = clash(programme)
    mending = repair(programme, found.figures, found.members, found.elastic, found.units)
    return Solution(
        Status.INFEASIBLE,
        conflict=_told(programme, found),
        repair=mending.changes,
        repair_proved=mending.proved,
        causes=causes(programme, found.figures, found.rows, found.changes, found.elastic, found.units),
    )


def unbounded(session: Session, error: RankError) -> Solution:
    """Return a solution without a plan that names the loop along which a rank improves for ever."""
    programme, function = session.programme, error.function
    if not function.coefficients.any() and "secondary_use" in programme.functions:
        function = programme.functions["secondary_use"] * -1.0
    earlier = ranks(programme.index.chain.objectives)
    held = [rank.function(programme) for rank in earlier if rank.number < error.rank and not rank.circular]
    direction = turn(session, function, held)
    if direction is None:
        return Solution(Status.UNBOUNDED)
    gain = -float(function.coefficients @ direction)
    return Solution(Status.UNBOUNDED, conflict=members(programme, direction), gain=(error.name, gain))


def clash(programme: Programme) -> Clash:
    """Return the smallest set of figures that clash, and of their rows those that do."""
    found = figures(programme)
    ways, rows = dropped(programme, found, most_of(programme, found))
    elastic = Elastic(programme, ways)
    units = {row: unit for unit, row in enumerate(rows)}
    pool = _pool(programme, found, elastic, units)
    groups = [[units[row] for row in found[i].rows] for i in pool]
    members = [pool[i] for i in smallest(giving_groups(elastic, groups))]
    single = [[units[row]] for i in members for row in found[i].rows]
    kept = [single[i][0] for i in smallest(giving_groups(elastic, single))]
    changes = []
    for unit in kept:
        changes.append(elastic.moves(unit, [other for other in kept if other != unit]))
    return Clash(found, tuple(members), tuple(rows[unit] for unit in kept), tuple(changes), elastic, units)


def _pool(programme: Programme, found: tuple[Figure, ...], elastic: Elastic, units: dict[int, int]) -> list[int]:
    """Return figures among which the clash is looked for: all of a small chain, else those with a price."""
    everything = list(range(len(found)))
    if len(found) <= LARGE:
        return everything
    touched = elastic.touched()
    if not touched or elastic.giving(touched) is not None:
        return everything
    chosen = set(touched)
    return [i for i, figure in enumerate(found) if any(units[row] in chosen for row in figure.rows)]


def _told(programme: Programme, found: Clash) -> tuple[Conflict, ...]:
    told: dict[tuple[Cell | None, str], Conflict] = {}
    for row, change in zip(found.rows, found.changes, strict=True):
        said = mention(programme, found.figures, row)
        key = (said.cell, said.row if said.cell else str(row))
        other = told.get(key)
        if other is None:
            told[key] = Conflict(said.cell, said.row, said.subject, abs(change))
        else:  # one figure, met in several periods: what they have in common names it
            shared = tuple(a for a, b in zip(other.subject, said.subject, strict=False) if a == b)
            told[key] = Conflict(said.cell, said.row, shared, max(other.change, abs(change)))
    return tuple(sorted(told.values(), key=lambda c: (str(c.cell), c.row)))
