r"""What one more unit of each typed figure brings at each rank, and how far that stays true.

Each rank is solved as a linear programme, whole columns as they are in the plan, and held. A figure :math:`v`
moves the optimum of rank :math:`r` by

.. math:: D_r = \sum_i \lambda_{ri}\,\frac{\partial b_i}{\partial v}
              + \sum_{h<r} \mu_{rh}\,(1 \pm \mathrm{tolerance}_h)\,D_h

where :math:`\lambda` are the duals of its rows and :math:`\mu` those of the ranks held before, whose optima move
as well. How far the first rank that moves does so evenly is found on the convex curve of its optimum: the tangent
at a far point meets the tangent at the plan where the slope changes, again and again until nothing lies between.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from filiere.chain.chain import Objective
from filiere.solver.programme.compile import Function, Programme, Vector
from filiere.solver.programme.figures import Figure, figures, slope_at
from filiere.solver.ranks.circular import circular_rate, hold_rate, maximise_rate
from filiere.solver.ranks.rank import Rank, minimised, ranks
from filiere.solver.session.cases.search import Search
from filiere.solver.session.effort import Effort
from filiere.solver.session.probe import Probe

FAR = 10.0
"""How many times its size a figure is moved at the most to see where its effect ends."""
EVEN = 1e-7
"""Effects that differ by less than this, relative to the larger, are one."""
FARTHER = (1.001, 1.01, 1.1, 2.0, 11.0, 101.0, np.inf)
"""How far beyond the last point of which it is known that an effect is even the next one is looked at, in turn."""
SMALL = 1e-6
"""A step smaller than this share of a figure is none."""
NEGLIGIBLE = 1e-7
"""A tenth more of a figure that moves a rank by less than this share of it moves nothing."""


@dataclass(frozen=True)
class Price:
    """A figure that holds the plan back: what one unit in ``direction`` brings at the first rank that moves.

    ``per_unit`` is the change of the rank's function, which is minimised: negative is better. ``until`` is the
    figure up (or down) to which it stays so, None where it is not known, infinite where no end was found.
    ``later`` are the changes at the ranks after it, as long as they are known.
    """

    figure: Figure
    direction: int
    rank: int
    objective: str
    per_unit: float
    until: float | None
    later: dict[str, float] = field(default_factory=dict)


@dataclass(frozen=True)
class Sensitivity:
    """Prices of the figures that bind, the largest effect of a tenth first, and of the columns at each rank.

    ``excluded`` tells for each column that is 0 the rank that keeps it so and what a unit of it would cost there.
    """

    prices: tuple[Price, ...]
    excluded: dict[int, tuple[str, float]]
    whole: bool = True
    """Whether every rank was looked at, and every end that was to be looked for."""


def sensitivity(
    programme: Programme,
    columns: Vector,
    objectives: Sequence[Objective],
    most: int = 25,
    effort: Effort | None = None,
) -> Sensitivity:
    """Return what holds the plan ``columns`` of ``programme`` back; for the ``most`` first figures, how far.

    Where ``effort`` has come to its end, no further rank is looked at and no further end is looked for.
    """
    fixed = with_whole_fixed(programme, columns)
    study = _Study(fixed, figures(programme), most, effort or Effort())
    whole = True
    for rank in ranks(objectives):
        whole = study.effort.goes_on
        if not whole or not study.solve(rank):
            break
    found = sorted(study.prices, key=lambda p: (p.rank, -abs(p.per_unit) * p.figure.scale))
    return Sensitivity(tuple(found), study.excluded, whole and not study.stopped)


def with_whole_fixed(programme: Programme, columns: Vector) -> Programme:
    """Return the linear programme in which whole columns are what they are in a plan."""
    if not programme.has_whole_columns:
        return programme
    values = np.round(columns)
    return replace(
        programme,
        column_lower=np.where(programme.whole, values, programme.column_lower),
        column_upper=np.where(programme.whole, values, programme.column_upper),
        whole=np.zeros_like(programme.whole),
    )


@dataclass
class _Held:
    """A rank that was held: its row (None where bounds hold it) and how its bound follows its optimum."""

    row: int | None
    factor: float
    moves: Vector | None
    """By how much its optimum moves per unit of each figure, None where that is not known."""


class _Study:
    """The ranks one after another in one session."""

    def __init__(self, programme: Programme, found: Sequence[Figure], most: int, effort: Effort) -> None:
        self.programme, self.figures, self.most, self.effort = programme, found, most, effort
        self.stopped = False
        self.probe = Probe(programme, effort=effort)
        self.held: list[_Held] = []
        self.prices: list[Price] = []
        self.excluded: dict[int, tuple[str, float]] = {}
        self._priced: dict[int, int] = {}

    def solve(self, rank: Rank) -> bool:
        """Solve and hold one rank; return whether there was an optimum."""
        probe = self.probe
        search = Search(probe)
        if rank.circular:
            outcome = maximise_rate(search)
            if not outcome.optimal:
                return False
            rate = circular_rate(self.programme, outcome.columns)
            used = self.programme.functions["secondary_use"]
            total = used + self.programme.functions["direct_input"]
            size = total.at(outcome.columns)
            function = (total * rate - used) * (1.0 / size) if rate > 0.0 and size > 0.0 else used * 0.0
        else:
            function = rank.function(self.programme)
        outcome = probe.minimise(function)
        if not outcome.optimal:
            return False
        moves = self._moves(outcome.columns)
        if moves is not None:
            self._read(rank, function, outcome.columns, moves)
        if rank.apart or rank.behind is not None:
            self._hold_apart(rank, function, outcome.columns, moves)
        elif rank.circular:
            hold_rate(search, outcome, rank.tolerance)
            still = moves is not None and not moves.any()
            self.held.append(_Held(None, 0.0, np.zeros(len(self.figures)) if still else None))
        else:
            self._hold(rank, function, outcome.columns, moves)
        return True

    def _moves(self, columns: Vector) -> Vector | None:
        """Return by how much the rank's optimum moves per unit of each figure, held ranks moving along."""
        duals = self.probe.duals()
        moves = np.array([_direct(figure, duals, columns) for figure in self.figures])
        for held in self.held:
            if held.moves is None:
                return None
            if held.row is not None:
                moves = moves + duals[held.row] * held.factor * held.moves
        return moves

    def _read(self, rank: Rank, function: Function, columns: Vector, moves: Vector) -> None:
        optimum = function.at(columns)
        floor = NEGLIGIBLE * max(1e-6, abs(optimum), float(np.abs(function.coefficients).max(initial=0.0)) * 1e-3)
        for j, reduced in enumerate(self.probe.reduced_costs().tolist()):
            if columns[j] == 0.0 and reduced > 1e-9 and j not in self.excluded:
                self.excluded[j] = (rank.name, reduced)
        sized = sorted(range(len(moves)), key=lambda i: -abs(moves[i]) * self.figures[i].scale)
        for i in sized:
            figure, move = self.figures[i], float(moves[i])
            if abs(move) * figure.scale * 0.1 <= floor:
                break
            if i in self._priced:
                price = self.prices[self._priced[i]]
                price.later[rank.name] = move * price.direction
                continue
            direction = figure.loosens or (-1 if move > 0 else 1)
            if move * direction >= 0.0:
                continue
            slope, until = move * direction, None
            if len(self.prices) < self.most and not figure.share and self._goes_on():
                slope, until = self._until(figure, direction, slope, function, optimum, columns)
                if slope * figure.scale * 0.1 >= -floor:
                    continue
            self._priced[i] = len(self.prices)
            self.prices.append(Price(figure, direction, rank.number, rank.name, slope, until))

    def _goes_on(self) -> bool:
        self.stopped = self.stopped or not self.effort.goes_on
        return not self.stopped

    def _until(
        self, figure: Figure, direction: int, slope: float, function: Function, optimum: float, columns: Vector
    ) -> tuple[float, float]:
        """Return by how much the optimum moves per unit, and the figure up to which it does so.

        Where several prices are true at once, that of ``slope`` may hold for no step at all: then the one that
        holds for a first small step is taken.
        """
        rows = [*figure.rows, *figure.also]
        by = np.array([slope_at(s, columns) for s in figure.slopes.values()] + list(figure.also.values()))
        lower, upper = self.probe.row_bounds(rows)
        start, (_, near) = self.probe.start, self.probe.reach(rows, direction * by)

        def at(step: float) -> At | None:
            self.probe.move_rows(rows, lower + direction * step * by, upper + direction * step * by)
            outcome = self.probe.minimise(function, believe_infeasible=True)
            if not outcome.optimal:
                return None
            tangent = direction * float(sum(self.probe.duals()[rows] * by))
            back, ahead = self.probe.reach(rows, direction * by)
            return At(function.at(outcome.columns) - optimum, tangent, step + back, step + ahead)

        far, least = FAR * figure.scale if direction > 0 else figure.value, SMALL * figure.scale
        step = _end_of_line(at, slope, far, near, least)
        if step <= least and (small := at(1e2 * least)) is not None:
            slope = small.value / (1e2 * least)
            step = _end_of_line(at, slope, far, small.until, least) if slope < 0.0 else 0.0
        self.probe.move_rows(rows, lower, upper)
        self.probe.start_at(start)
        self.probe.minimise(function)
        return slope, figure.value + direction * step if np.isfinite(step) or direction > 0 else 0.0

    def _hold_apart(self, rank: Rank, function: Function, columns: Vector, moves: Vector | None) -> None:
        """Hold the parts of a rank one by one (behind cost, the outlets), each at its best among the rank's optima."""
        held, count = list(self.held), self.probe.row_count
        allowed = self.probe.allowed()
        wanted = rank.held if rank.apart else (rank.behind,) if rank.behind is not None else ()
        self._hold(rank, function, columns, moves, tolerant=False)
        parts = []
        for objective in wanted:
            part = minimised(self.programme, objective)
            outcome = self.probe.minimise(part)
            if outcome.optimal:
                columns = outcome.columns
            parts.append((part, columns, self._moves(columns) if outcome.optimal else None))
            self._hold(rank, part, columns, parts[-1][2], tolerant=False)
        self.probe.drop_rows_after(count)
        self.probe.allow(allowed)
        self.held = held
        for part, found, moved in parts:
            self._hold(rank, part, found, moved, tolerant=False)
        if rank.behind is not None:
            self._hold(rank, function, columns, moves)

    def _hold(
        self, rank: Rank, function: Function, columns: Vector, moves: Vector | None, tolerant: bool = True
    ) -> None:  # fmt: skip
        optimum = function.at(columns)
        relative = rank.tolerance * rank.measured(self.programme, columns) if tolerant else 0.0
        given_up = max(relative, rank.tolerance_amount) if tolerant else 0.0
        positive = function.coefficients.min(initial=0.0) >= 0.0 and function.constant == 0.0
        if positive and given_up == 0.0 and optimum <= 1e-9:
            self.probe.bound_columns(np.flatnonzero(function.coefficients), 0.0)
            self.held.append(_Held(None, 0.0, moves))
            return
        follows = 1.0
        if relative > 0.0 and relative >= rank.tolerance_amount and not rank.counts_outlays:
            follows += rank.tolerance * float(np.sign(optimum))
        self.held.append(_Held(self.probe.hold(function, optimum + given_up), float(follows), moves))


def _direct(figure: Figure, duals: Vector, columns: Vector) -> float:
    own = sum(duals[row] * slope_at(slope, columns) for row, slope in figure.slopes.items() if duals[row] != 0.0)
    return float(own + sum(duals[row] * slope for row, slope in figure.also.items()))


@dataclass(frozen=True)
class At:
    """A point of the curve: its value, its slope there, and from where until where that is known to be its slope."""

    value: float
    tangent: float
    since: float
    until: float


def _end_of_line(at: Callable[[float], At | None], slope: float, far: float, near: float, least: float) -> float:
    """Return where a convex curve through 0 leaves its first tangent; infinite where it has not by ``far``.

    It is known not to leave it before ``near``; what is before ``least`` counts as 0. The curve is followed to a point
    with another slope, first a little farther than is known, then ever more; from there the tangents lead back.
    """
    turns, found, step, none = False, None, 0.0, np.inf
    for beyond in FARTHER:
        if near >= far or turns:
            break
        step = min(far, max(near, least) * beyond)
        found = at(step)
        turns = found is None or found.tangent > slope + EVEN * abs(slope)
        near = near if found is None or turns else max(found.until, step)
    if near >= far:
        return np.inf
    for _ in range(30):
        if found is None or found.tangent <= slope + EVEN * abs(slope):
            none = step if found is None else none
            near = near if found is None else max(near, step, found.until)
            if not np.isfinite(none) or none - near <= SMALL * none:
                return near
            told = found is not None and found.until > step
            step = near * (1.0 + 0.5 * SMALL) if told else 0.5 * (near + none)
        else:
            nearer = (found.value - found.tangent * step) / (slope - found.tangent)
            if nearer <= max(near, least) * (1.0 + EVEN) or nearer >= step:
                return max(near, min(nearer, step))
            if found.since <= nearer * (1.0 + EVEN):
                return nearer
            step = nearer
        found = at(step)
    return near
