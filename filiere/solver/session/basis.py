"""The basis that a run ended with: what any other function's reduced costs are there, without another run; and the one
that a run starts with.
"""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from enum import Enum
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt

from filiere.solver.programme.compile import KEPT, Function, Programme, Vector
from filiere.solver.session import highs as h
from filiere.solver.session.bounds import Bounds, Positions
from filiere.solver.session.effort import FEW, LATEST, LIKE_ENOUGH, NEARLY, NO_LIMIT, Gains, most_pivots
from filiere.solver.session.highs import Start, as_array, is_ok
from filiere.solver.session.outcome import Face, Held, Outcome

A_LITTLE = 1e-3
"""What is added of the next function while one is minimised, both to scale."""

Like = tuple[int, int]
"""By what the like of a run is known: the rows held, and its costs, or only their signs."""

Figures = tuple[Vector, ...]
"""Coefficients and bounds of a programme."""


@dataclass(frozen=True)
class Basis:
    """Basic columns and rows in HiGHS's order, columns as they are numbered and row i as −1 − i; and its solution."""

    order: Positions
    solution: Any
    completed: tuple[npt.NDArray[np.intp], Vector] | None = None
    """Rows of which the solver knows another value, since some of their columns wait, and what they come to."""

    @cached_property
    def activities(self) -> Vector:
        """What it makes of the rows."""
        found = as_array(self.solution.row_value)
        if self.completed is not None:
            found[self.completed[0]] = self.completed[1]
        return found

    @property
    def columns(self) -> Positions:
        """The basic columns."""
        return self.order[self.order >= 0]

    @property
    def rows(self) -> Positions:
        """The basic rows."""
        return -1 - self.order[self.order < 0]

    def duals(self, highs: Any, matrix: Any, costs: Vector) -> tuple[Vector, Vector] | None:
        """Return the columns' and the rows' reduced costs, d = c − Aᵀy with y = B⁻ᵀc_B; None without B's factors.

        ``matrix`` is A, rows × columns, in any sparse form; ``costs`` are c, one a column.
        """
        on_basis = np.where(self.order >= 0, costs[np.maximum(self.order, 0)], 0.0)
        status, rows = highs.getBasisTransposeSolve(on_basis)
        if not is_ok(status) or len(rows) != matrix.shape[0]:
            return None
        return self._reduced(rows, matrix, costs)

    def own_duals(self, matrix: Any, costs: Vector) -> tuple[Vector, Vector]:
        """Return the same of the run that ended with it: its prices of rows are known, and fewer than its columns."""
        return self._reduced(as_array(self.solution.row_dual), matrix, costs)

    def _reduced(self, rows: Vector, matrix: Any, costs: Vector) -> tuple[Vector, Vector]:
        rows[self.rows] = 0.0
        columns = costs - matrix.T @ rows
        columns[self.columns] = 0.0
        return columns, rows


def face(
    bounds: tuple[Bounds, Bounds], basis: Basis, column_duals: Vector, row_duals: Vector, columns: Vector
) -> Face:  # fmt: skip
    """Return all optima of the linear programme that these reduced costs solve within bounds of columns and of rows."""
    fixed, values, only_column = bounds[0].tight(column_duals, columns, basis.columns)
    rows, activities, only_row = bounds[1].tight(row_duals, basis.activities, basis.rows)
    return Face(fixed, values, rows, activities, only_column and only_row)


class Began(Enum):
    """Where a run began."""

    ELSEWHERE = "elsewhere"
    LAST = "where the run before it ended"
    LIKE = "where its like ended"


@dataclass(frozen=True)
class Near:
    """Where the like of a run ended, and how many pivots one took last, if any did, that went on from the run before,
    and one that began there.
    """

    basis: Any
    pivots: Mapping[Began, int]


@dataclass
class Likes:
    """Where the runs of a solve end, for their likes in another: the same function's optimum is not far from there."""

    figures: Figures
    """Those of the programme that is solved now."""
    _now: dict[Like, Any] = field(default_factory=dict)
    _former: list[tuple[Figures, dict[Like, Any]]] = field(default_factory=list)
    """The figures of the programmes that were solved, and where runs ended: of the first one and of the latest ones."""
    _nearest: list[dict[Like, Any]] = field(default_factory=list)
    _pivots: dict[Like, dict[Began, int]] = field(default_factory=dict)

    def begin(self, programme: Programme) -> None:
        """Another solve begins: of those before, the one whose programme's figures are the nearest comes first."""
        if self._now:
            self._former = [*self._former[:1], *self._former[1:][1 - LATEST :], (self.figures, self._now)]
        self._now, self.figures = {}, figures_of(programme)
        latest = self._former[::-1]
        nearest = sorted(latest, key=lambda solve: _apart(solve[0], self.figures))
        self._nearest = [ends for _, ends in nearest]

    def note(self, rows: int, costs: Vector, basis: Any, began: Began, pivots: int) -> None:
        """Note where a run ended."""
        for like in _likes(rows, costs):
            self._now[like] = basis
            self._pivots.setdefault(like, {})[began] = pivots

    def of(self, rows: int, costs: Vector) -> Near | None:
        """Return where the nearest like of a run ended in a former solve, None where none is known."""
        known = _likes(rows, costs) if self._nearest else ()
        found = ((like, ends) for like in known for ends in self._nearest if like in ends)
        return next((Near(ends[like], self._pivots[like]) for like, ends in found), None)


def _likes(rows: int, costs: Vector) -> tuple[Like, Like]:
    signs = np.sign(costs).astype(np.int8)
    return (rows, hash(costs.tobytes())), (rows, hash(signs.tobytes()))


def figures_of(programme: Programme) -> Figures:
    """Return the figures by which programmes of one shape are nearer or farther; none of one too large to keep two."""
    if len(programme.columns) > KEPT:
        return ()
    bounds = programme.row_lower, programme.row_upper, programme.column_lower, programme.column_upper
    return programme.matrix.data, *bounds


def _apart(one: Figures, other: Figures) -> float:
    """How far the figures of two programmes are apart: the sum of what each differs by, beside both."""
    if [a.shape for a in one] != [b.shape for b in other]:
        return np.inf
    found = 0.0
    for a, b in zip(one, other, strict=True):
        a, b = a[differ := a != b], b[differ]
        known = np.isfinite(a) & np.isfinite(b)
        a, b = a[known], b[known]
        found += float((np.abs(a - b) / (np.abs(a) + np.abs(b))).sum()) + int((~known).sum())
    return found


class Starts:
    """The part of a session that chooses where a run starts."""

    programme: Programme
    _highs: Any
    _bases: dict[Any, Any]
    _former: dict[Any, Any]
    _likes: Likes
    _last_end: Any
    _costs: Vector
    _placed: Start | None
    _held: dict[int, Held]
    _warm: bool
    _near: bool
    _repriced: bool
    _began: Began
    _next: Function | None
    _toward: Near | None
    weights: int

    def gains(self, function: Function) -> Gains:
        """Return what splitting cases has gained in the searches so far for what pulls the same ways."""
        return self._gains.setdefault(function.signs, Gains())

    @cached_property
    def _gains(self) -> dict[bytes, Gains]:
        return {}

    @property
    @abstractmethod
    def row_count(self) -> int:
        """Rows in the session, held ones included."""

    @abstractmethod
    def _set(self, **options: Any) -> None:
        """Set options of the solver."""

    @abstractmethod
    def _as_sent(self, function: Function) -> Function: ...

    @abstractmethod
    def _price(self, costs: Vector) -> None: ...

    @abstractmethod
    def _run(self, most: int | None = None) -> Outcome: ...

    @abstractmethod
    def _priced(self, function: Function, plan: Vector) -> Outcome | None: ...

    @contextmanager
    def before(self, then: Function | None) -> Iterator[None]:
        """Let runs look for optima that are good for the function minimised after them, too."""
        self._next = then
        try:
            yield
        finally:
            self._next = None

    def _both(self, function: Function) -> Outcome | None:
        """The best plan of a function, found with a little of the next one added where that one's like ended; None
        where none is known, or the plan is not proved the best.

        Where it is, the same basis mostly proves the next one, which then takes no run.
        """
        if self._next is None:
            return None
        costs, then = self._as_sent(function).scaled, self._as_sent(self._next).scaled
        like = self._likes.of(self.row_count, then)
        if like is None:
            return None
        self._price(costs + A_LITTLE * then)
        self._set(objective_bound=np.inf)
        self._toward = Near(like.basis, {began: n for began, n in like.pivots.items() if began is Began.LIKE})
        outcome = self._run()
        found = self._priced(function, outcome.columns) if outcome.optimal else None
        if found is not None:
            pivots = self._highs.getInfo().simplex_iteration_count
            self._likes.note(self.row_count, then, self._bases[self.row_count], self._began, pivots)
        return found

    def _start(self, most: int | None) -> None:
        """Choose where a run starts: where the one before ended, unless a better basis is known, or none is.

        The last basis of a solve is optimal for every rank (what is fixed apart), so another solve starts from it
        and is a few pivots away at each of its ranks. A row more, and that holds for the last basis with as many.
        Before any optimum other than 0 is held, a basis is worth less than presolve; in a large programme it is
        later on too, unless it is very near. A start that has not ended soon is given up, or after ``most`` pivots.
        """
        self._set(simplex_strategy=h.SIMPLEX_CHOOSES, simplex_dual_edge_weight_strategy=self.weights)
        self._began = Began.ELSEWHERE
        placed, self._placed = self._placed, None
        toward, self._toward = self._toward, None
        placed = None if most is not None or (placed and placed.rows > self.row_count) else placed
        near = bool(self._bases) and self.programme.has_whole_columns
        near = near or placed is not None or (self._warm and self._near)
        limit = most_pivots(self.row_count, near, self._warm, placed is not None) if most is None else most
        self._set(simplex_iteration_limit=limit)
        if placed is not None:
            if placed.near:
                self._set(simplex_dual_edge_weight_strategy=h.WEIGHTS_AS_THEY_COME)
            self._highs.setBasis(placed.among(self.row_count, len(self.programme.columns)))
            self._repriced = False
            return
        known = self._bases.get(self.row_count)
        if near and known is not None and not self._highs.getBasis().valid:
            self._highs.setBasis(known)  # the run before saw at once, without one, that it had no plan
        elif most is None and (like := toward or self._likes.of(self.row_count, self._costs)) is not None:
            self._start_like(like)
        elif self.row_count not in self._bases and self.row_count in self._former:
            self._highs.setBasis(self._former[self.row_count])
            self._warm = self._near = True
        elif self._repriced and not self._warm and not self._held:
            self._highs.clearSolver()
            self._set(simplex_strategy=h.SIMPLEX_DUAL)
        else:
            self._began = Began.LAST if self._highs.getBasis().valid else Began.ELSEWHERE
        self._repriced = False

    def _start_like(self, like: Near) -> None:
        """Start where the like of this run ended in another solve; where that is far away, where the last run did.

        So does it at once where that was a few pivots away. To work out the weights of the steepest edge at a basis
        takes longer than few pivots.
        """
        before = self._highs.getBasis()
        on, there = (like.pivots.get(began, NO_LIMIT) <= NEARLY for began in (Began.LAST, Began.LIKE))
        if on or there:
            self._set(simplex_dual_edge_weight_strategy=h.WEIGHTS_AS_THEY_COME)
        if on and before.valid:
            self._began = Began.LAST
            return
        self._began = Began.LIKE
        self._highs.setBasis(like.basis)
        self._warm = self._near = True
        if before.valid:
            self._last_end, few = before, max(FEW, self.row_count // LIKE_ENOUGH)
            self._set(simplex_iteration_limit=few)
