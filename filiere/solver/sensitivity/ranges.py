"""How far each relation could move at no loss in any rank, and plans nearly as good that differ the most."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from filiere.chain.chain import Objective
from filiere.solver.programme.compile import Function, Programme, Vector
from filiere.solver.ranks.circular import circular_rate
from filiere.solver.ranks.rank import Rank, ranks
from filiere.solver.ranks.ranks import hold_ranks
from filiere.solver.ranks.step import RankError
from filiere.solver.sensitivity.prices import with_whole_fixed
from filiere.solver.session.answer import Answer
from filiere.solver.session.cases.known import Cases
from filiere.solver.session.cases.search import Search
from filiere.solver.session.effort import Effort
from filiere.solver.session.session import Session

SLACK = 1e-7
"""Relative slack of a rank that its own plan, swept of traces, misses by a hair."""

AT_END = 1e-9
"""A link that carries no more than this less than it could, relative to it, carries all it could."""

GOLDEN = (5.0**0.5 - 1.0) / 2.0
"""Multiples of it spread evenly between 0 and 1, and never repeat."""


def hold_all(session: Session, columns: Vector, objectives: Sequence[Objective], slack: float = 0.0) -> None:
    """Hold every rank at what a plan reaches, or within ``slack`` of it."""
    for rank in ranks(objectives):
        _hold_rank(session, rank, columns, slack)
    session.loosen(SLACK)


def _hold_rank(session: Session, rank: Rank, columns: Vector, slack: float) -> None:
    programme = session.programme
    if rank.circular:
        rate = circular_rate(programme, columns) * (1.0 - slack)
        used = programme.functions["secondary_use"]
        if rate > 0.0:
            session.hold((used + programme.functions["direct_input"]) * rate - used, 0.0)
        return
    function = rank.function(programme)
    value = function.at(columns)
    session.hold(function, value + slack * abs(value))


def ranges(
    programme: Programme, columns: Vector, objectives: Sequence[Objective], links: Iterable[int],
    effort: Effort | None = None, ends: Cases | None = None,
) -> list[tuple[float, float]]:  # fmt: skip
    """Return the least and the most that each link could carry over the year at no loss in any rank.

    Fewer come back, the first ones, where ``effort`` has come to its end. Runs begin where those of the plan ended, so
    far as ``ends`` says.

    Whole columns are as they are in the plan; two linear programmes a link, in one session. Infinite where
    nothing bounds a link.
    """
    session = Session(with_whole_fixed(programme, columns), effort=effort)
    _hold_optima(session, columns, objectives, ends)
    seen, found = _Seen(session, columns), list[tuple[float, float]]()
    for e in links:
        if not session.effort.goes_on:
            break
        found.append((max(0.0, seen.end(e, -1.0)), seen.end(e, 1.0)))
    return found


class _Seen:
    """How little and how much links carried in the plans of a session so far: at a bound, no run would tell more."""

    def __init__(self, session: Session, columns: Vector) -> None:
        self._session, self._programme = session, session.programme
        carried = self._programme.carried
        (lower, upper), now = map(carried, session.allowed().columns), carried(columns)
        self._bounds, self._ends = {-1.0: lower, 1.0: upper}, {-1.0: now, 1.0: now}

    def end(self, e: int, way: float) -> float:
        """Return the least that a link could carry, or the most: the way is -1 or 1. Infinite where nothing bounds it.

        What a plan carried before stands where a run ends with none.
        """
        seen = float(self._ends[way][e])
        if way * (self._bounds[way][e] - seen) <= AT_END * max(1.0, abs(seen)):
            return seen
        outcome = self._session.minimise(self._programme.carrying(e) * -way)
        if not outcome.optimal:
            return way * np.inf if outcome.answer is Answer.UNBOUNDED else seen
        carried = self._programme.carried(outcome.columns)
        self._ends = {-1.0: np.minimum(self._ends[-1.0], carried), 1.0: np.maximum(self._ends[1.0], carried)}
        return float(self._ends[way][e])


def others_work(programme: Programme, columns: Vector, objectives: Sequence[Objective], least: float) -> bool:
    """Whether activities could share the work otherwise at no loss in any rank, projects opened instead of others too.

    What the plan runs is run as little as can be, each a little less than the one before: where that falls by more than
    ``least`` of one activity, another takes over.
    """
    session = Session(programme)
    hold_all(session, columns, objectives)
    levels = programme.columns.families.get("level")
    if levels is None:
        return False
    run, function = columns[levels.positions], Function(np.zeros(len(columns)), 0.0)
    largest = float(run.max(initial=0.0))
    at = levels.positions[run > max(least * largest, 1e-9)]
    function.coefficients[at] = np.linspace(1.0, 2.0, len(at)) / columns[at]
    found = Search(session).minimise(function)
    return found.optimal and function.at(found.columns) < function.at(columns) - least


def _hold_optima(
    session: Session, columns: Vector, objectives: Sequence[Objective], ends: Cases | None
) -> None:  # fmt: skip
    """Allow only plans that lose nothing: each rank is solved again and what its optima share is fixed, which leaves
    small programmes; what a tolerance was given for is held at what the plan reached in the end.
    """
    try:
        hold_ranks(Search(session, known=ends), objectives)
    except RankError:
        session.begin()
        hold_all(session, columns, objectives)
        return
    for rank in ranks(objectives):
        if rank.tolerant:
            _hold_rank(session, rank, columns, 0.0)
    session.loosen(SLACK)


@dataclass(frozen=True)
class Variant:
    """A plan nearly as good: its columns and how far it lies from the nearest plan before it (0 to 1)."""

    columns: Vector
    distance: float


def variants(
    programme: Programme, columns: Vector, objectives: Sequence[Objective], slack: float, wanted: int = 3
) -> list[Variant]:
    """Return plans within ``slack`` of the optimum of every rank that differ the most from each other.

    What the plans so far use is used as little as can be: Brill, E. D., Chang, S.-Y. and Hopkins, L. D. (1982),
    Modeling to generate alternatives: the HSJ approach, Management Science 28(3). Then, in turn, what they use least
    is used as much as can be. Fewer come back where there are no more.
    """
    session = Session(programme)
    hold_all(session, columns, objectives, slack)
    sizes = _sizes(programme, columns)
    plans, found = [columns], list[Variant]()
    for turn in range(4 * wanted):
        weights = _used(plans, sizes) if turn % 2 == 0 else _one_sided(plans, sizes, turn)
        outcome = Search(session).minimise(Function(weights / np.maximum(sizes, 1e-12), 0.0))
        if not outcome.optimal:
            continue
        distance = min(_distance(outcome.columns, plan, sizes) for plan in plans)
        if distance > 1e-4:
            found.append(Variant(outcome.columns, distance))
            plans.append(outcome.columns)
        if len(found) >= wanted:
            break
    return found


def _sizes(programme: Programme, columns: Vector) -> Vector:
    """What a column's use is relative to: the largest flow of its product, the largest level; 0 is not counted."""
    x = programme.index
    largest: dict[object, float] = {}
    kinds: list[object] = []
    for (variable, key), value in zip(programme.columns, columns.tolist(), strict=True):
        kind: object = None
        if variable == "flow":
            kind = x.links[key[0]].product
        elif variable == "level":
            kind = ("level", x.processes[key[0]].name)
        kinds.append(kind)
        if kind is not None:
            largest[kind] = max(largest.get(kind, 0.0), value)
    return np.array([largest[kind] or 1.0 if kind is not None else 0.0 for kind in kinds])


def _used(plans: Sequence[Vector], sizes: Vector) -> Vector:
    times = sum((plan > 1e-6 * np.maximum(sizes, 1e-12)).astype(float) for plan in plans)
    return np.where(sizes > 0.0, times, 0.0)


def _one_sided(plans: Sequence[Vector], sizes: Vector, turn: int) -> Vector:
    """Every other column, in an order that changes with the turn, is to be used otherwise than on average so far."""
    mean = sum(plan / np.maximum(sizes, 1e-12) for plan in plans) / len(plans)
    order = (np.arange(len(sizes)) + 1) * (turn // 4 + 1) * GOLDEN % 1.0
    # One turn in four goes one way and the next but one the other: wherever a plan can move, one of them moves it.
    sides = np.where(order < 0.5, 1.0, -1.0) * (1.0 if turn % 4 == 1 else -1.0)
    # Bounded from below: what may grow without end is only ever used less.
    return np.where(sizes > 0.0, np.where(mean > 1e-6, sides, 1.0), 0.0)


def _distance(one: Vector, other: Vector, sizes: Vector) -> float:
    counted = sizes > 0.0
    apart = np.abs(one - other)[counted] / sizes[counted]
    whole = np.maximum(one, other)[counted] / sizes[counted]
    return float(apart.sum() / max(whole.sum(), 1e-12))
