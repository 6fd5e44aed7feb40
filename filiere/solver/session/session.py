"""One HiGHS session that is changed in place.

Changed in place, from the last basis: objectives, column bounds, row bounds, rows added and dropped. Anything
that changes a coefficient of the matrix, a set or a name needs a new :class:`Programme`.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any

import numpy as np
import numpy.typing as npt

from filiere.solver.programme.compile import Function, Programme, Vector
from filiere.solver.programme.scales import Scales, as_sized, scales
from filiere.solver.session import highs as h
from filiere.solver.session.answer import Answer
from filiere.solver.session.basis import Basis, Began, Likes, Starts, face, figures_of
from filiere.solver.session.bounds import Bounds, Positions
from filiere.solver.session.branching import Branching
from filiere.solver.session.effort import FEW, INSIDE, LARGE, LAST_ENOUGH, MANY, MANY_A_ROW, NO_LIMIT, Effort
from filiere.solver.session.highs import INFINITY, Start, answer_of, is_ok, new_highs, run
from filiere.solver.session.moments import Moments
from filiere.solver.session.outcome import FEASIBILITY, HAIR, SLACK, Face, Held, Outcome, held_row, with_rows
from filiere.solver.session.proofs import Proofs, Rays
from filiere.solver.session.waits import Waits


class Session(Branching, Waits, Proofs, Moments, Starts):
    """A programme inside HiGHS. Every method changes or solves that one copy."""

    slack = SLACK  # of a row that is held, relative to its size
    scaling, weights = h.BY_LARGEST, h.WEIGHTS_EXACT
    all_served = False  # in the last solve: the next one hopes so (``ranks/fair.py``)

    def __init__(
        self, programme: Programme, time_limit: float | None = None, effort: Effort | None = None,
        units: Callable[[Programme], Scales] = scales,
    ) -> None:  # fmt: skip
        self.effort, self._units = effort or Effort(), units
        self.programme = programme
        self._highs = new_highs()
        self._set(simplex_scale_strategy=self.scaling, simplex_dual_edge_weight_strategy=self.weights)
        self._set(small_matrix_value=1e-12)  # HiGHS drops what is smaller, without a word
        self._set(random_seed=0, mip_rel_gap=1e-9, mip_abs_gap=1e-9, dual_feasibility_tolerance=FEASIBILITY)
        self.ease(FEASIBILITY)
        self._time_limit = time_limit
        self._deadline = None if time_limit is None else time.monotonic() + time_limit
        self.last_columns: Vector | None = None  # of the last optimum
        self._bases, self._former = dict[Any, Any](), dict[Any, Any]()
        self._likes, self._last_end, self._began = Likes(figures_of(programme)), None, Began.ELSEWHERE
        self._branching, self._next, self._toward = False, None, None
        self._pass(programme)

    def _pass(self, programme: Programme) -> None:
        self.programme, self._scales = programme, self._units(programme)
        self._sent, self._row_scales = self._in_units(programme), self._scales.rows
        self._sent_last: tuple[Function, Function] | None = None
        self._set(**h.perturbing(not programme.has_whole_columns))
        h.pass_programme(self._highs, sent := self._sent)
        self._entries = programme.matrix.nnz + sum(programme.matrix.shape)
        self._costs = np.zeros(len(programme.columns))
        self._columns = Bounds(self._highs.changeColsBounds, sent.column_lower, sent.column_upper)
        self._rows = Bounds(self._highs.changeRowsBounds, sent.row_lower, sent.row_upper, np.inf)
        self._all_wait()
        self._held: dict[int, Held] = {}
        self._with_held: Any = None
        self._basis: Basis | None = None
        self._plan: Vector | None = None
        self._repriced = self._warm = self._near = self._single = False
        self._placed: Start | None = None
        self._rays, self._ray_known = Rays(), None
        self.wider: tuple[Vector, Vector, Positions] | None = None

    def load(self, programme: Programme) -> None:
        """Take another programme in place of the one held: only what differs is changed where the matrix is the same,
        or nothing is whole and its terms are as large.
        """
        before, self.programme = self.programme, programme
        same = before.matrix is programme.matrix
        if not same and (programme.has_whole_columns or not as_sized(before.matrix, programme.matrix)):
            self._pass(programme)
            return
        sent, self._sent = self._sent, self._in_units(programme, self._sent.matrix if same else None)
        self.drop_rows_after(len(programme.rows))
        if not same:
            h.rewrite(self._highs, sent.matrix, self._sent.matrix)
            self._with_held = self._basis = self._ray_known = None
            self._rays = Rays()
        self._all_wait()

    def begin(self) -> None:
        """Forget what earlier ranks held, but for their bases: each run starts where its like ended the last time."""
        self.drop_rows_after(len(self.programme.rows))
        self._columns.change(self._sent.column_lower, self._sent.column_upper)
        self._rows.change(self._sent.row_lower, self._sent.row_upper)
        self._let_wait(np.ones(len(self.programme.rows), dtype=bool))
        self._former |= self._bases
        self._likes.begin(self.programme)
        self._bases, self.last_columns, self._warm, self._near = {}, None, False, False
        self._plan, self._single, self.wider, self.patience = None, False, None, None
        self.ease(FEASIBILITY)
        if self._time_limit is not None:
            self._deadline = time.monotonic() + self._time_limit

    @property
    def start(self) -> Start:
        """Where the last run ended, for a later one to begin at."""
        return Start(self.row_count, self._highs.getBasis())

    def start_at(self, start: Start | None) -> None:
        """Let the next run begin where another ended; rows that were added since then are basic."""
        self._placed = start

    def _set(self, **options: Any) -> None:
        for name, value in options.items():
            self._highs.setOptionValue(name, value)

    def minimise(self, function: Function, believe_infeasible: bool = False, bound: float = np.inf) -> Outcome:
        """Minimise ``function``; a run that ends in doubt is tried once more from scratch, without presolve.

        Warm starts have answered infeasible on feasible chains: that answer is doubted too, unless a ray proves it or
        the caller expects it, as for a case of a search; so is unbounded. What is known to end above ``bound`` may be
        given up before.
        """
        self._count(function)
        already = None if self._branching else self._known_without_plan() or self._already(function)
        found = already or self._both(function)
        if found is not None:
            self._placed = None
            return found
        inside = self._as_sent(function)
        self._price(inside.scaled)
        self._set(objective_bound=(bound - function.constant) / inside.scale)
        outcome = self._run()
        for again in (*self._others(), self._from_scratch):
            if outcome.answer in (Answer.OPTIMAL, Answer.TIME_LIMIT, Answer.BEYOND):
                return outcome
            if outcome.answer is Answer.UNBOUNDED:
                other = outcome if self._branching else self._forgetting()
                return other if other.optimal else outcome
            if outcome.answer is Answer.INFEASIBLE:
                doubted = not (believe_infeasible or self._without_plan())
                return self._noted(self._from_scratch() if doubted else outcome)
            outcome = again()
        return outcome

    def _as_sent(self, function: Function) -> Function:
        """Return a function over the solver's columns; the cases of a search minimise the same one in turn."""
        if self._sent_last is None or self._sent_last[0] is not function:
            self._sent_last = function, self._scales.function(function)
        return self._sent_last[1]

    def _others(self) -> tuple[Callable[[], Outcome], ...]:
        """Other ways to run: from inside where a row spans a programme or it is large; a search has small cases."""
        if self.programme.has_whole_columns or not (self._held or self.row_count > LARGE):
            return self._anew, self._inside
        return (self._inside,) if self._held else (self._inside, self._anew)

    def _anew(self) -> Outcome:
        """Run once more from nothing, by the dual simplex method."""
        self._highs.clearSolver()
        warm, self._warm, self._repriced = self._warm, False, True
        try:
            return self._run(max(MANY, MANY_A_ROW * self.row_count))
        finally:
            self._warm = warm

    def _forgetting(self) -> Outcome:
        """Run once more from nothing, with no basis that is known to be near."""
        self._bases.pop(self.row_count, None)
        self._former.pop(self.row_count, None)
        return self._anew()

    def _inside(self) -> Outcome:
        """Run once more by an interior point, which settles at once what the simplex method turns round in."""
        warm, self._warm = self._warm, False
        self._highs.clearSolver()
        self._set(solver="ipm", ipm_iteration_limit=INSIDE)
        try:
            return self._run(max(MANY, MANY_A_ROW * self.row_count))
        finally:
            self._set(solver="choose")
            self._warm = warm

    def _already(self, function: Function) -> Outcome | None:
        """The last plan, where it is known without a run to be the best: no column could do better in its bounds."""
        plan = self._plan
        if plan is None:
            return None
        used = np.flatnonzero(function.coefficients).astype(np.int32)
        best, has = self._columns.best(function.coefficients[used], used), plan[used] / self._scales.columns[used]
        if self._single or np.array_equal(has, best):
            return Outcome(Answer.OPTIMAL, plan, told=Face(used, has, used[:0], np.empty(0), self._single))
        return self._priced(function, plan)

    def _priced(self, function: Function, plan: Vector) -> Outcome | None:
        """The last plan, where the reduced costs of its own basis prove it the best for ``function`` too.

        That takes a tenth of a run that would end without a pivot.
        """
        has = plan / self._scales.columns
        if self._basis is None or not self._columns.hold(has) or not self._rows.hold(self._basis.activities):
            return None
        found = self._basis.duals(self._highs, self._matrix(), self._as_sent(function).scaled)
        if found is None or not self._proved(*found, has):
            return None
        return Outcome(Answer.OPTIMAL, plan, told=face((self._columns, self._rows), self._basis, *found, has))

    def _proved(self, columns: Vector, rows: Vector, plan: Vector) -> bool:
        """Whether reduced costs prove a plan the best: whatever has one stands at the bound that it pushes to."""
        assert self._basis is not None
        return self._columns.proves(columns, plan) and self._rows.proves(rows, self._basis.activities)

    def _matrix(self) -> Any:
        """The programme's rows and the held ones."""
        if self._with_held is None:
            self._with_held = with_rows(self._sent.matrix, [held for _, held in sorted(self._held.items())])
        return self._with_held

    def _price(self, costs: Vector) -> None:
        changed = np.flatnonzero(costs != self._costs).astype(np.int32)
        if len(changed):
            self._highs.changeColsCost(len(changed), changed, costs[changed])
            self._costs, self._repriced = costs, True

    def keep(self, outcome: Outcome) -> bool:
        """From here on, allow no plan but the optima of ``outcome``; return whether they are known."""
        face = outcome.face
        if face is None:
            return False
        self._columns.change(face.values, face.values, face.columns)
        self._rows.change(face.activities, face.activities, face.rows)
        at = dict(zip(face.rows.tolist(), face.activities.tolist(), strict=True))
        self._held |= {row: replace(self._held[row], at=at[row]) for row in at.keys() & self._held.keys()}
        self._warm = True
        self._plan = self._plan if self._plan is outcome.columns else None
        self._single = face.single and self._plan is not None
        return True

    def _run(self, most: int | None = None) -> Outcome:
        """Run, with no more than so many pivots; without a number, as many as the start promises to need."""
        left = self.longest if self._branching else np.inf
        left = left if self._deadline is None else min(left, max(0.0, self._deadline - time.monotonic()))
        self._set(time_limit=float(self._highs.getRunTime()) + left)
        self._send_bounds()
        if not self._branching:
            self._start(most)
        self._basis = self._ray_known = None
        run(self._highs)
        last_end, self._last_end = self._last_end, None
        if last_end is not None and answer_of(self._highs) is Answer.TROUBLE:
            self._began = Began.ELSEWHERE
            self._set(simplex_iteration_limit=max(FEW, self.row_count // LAST_ENOUGH))
            self._highs.setBasis(last_end)
            run(self._highs)
        self._set(simplex_iteration_limit=NO_LIMIT)
        answer, info = answer_of(self._highs), self._highs.getInfo()
        self.effort.add(self._entries, info.simplex_iteration_count)
        solution = self._highs.getSolution()
        columns = h.as_array(solution.col_value)
        columns[np.abs(columns) < FEASIBILITY] = 0.0
        completed = self._completed(columns)
        plan = columns * self._scales.columns if len(columns) else columns
        if answer is Answer.TIME_LIMIT and (info.primal_solution_status != h.FEASIBLE or not len(columns)):
            return Outcome(answer, np.empty(0), np.inf)
        if answer is not Answer.OPTIMAL:
            return Outcome(answer, plan, float(info.mip_gap) if answer is Answer.TIME_LIMIT else 0.0)
        if self._branching:
            return self._branched(answer, plan)
        self.last_columns = self._plan = plan
        # Where nothing stands in the matrix, HiGHS factorises no basis, and crashes when asked for it.
        if not self.programme.matrix.nnz:
            return Outcome(answer, plan)
        self._bases[self.row_count] = basis = self._highs.getBasis()
        if not self.programme.has_whole_columns:
            self._likes.note(self.row_count, self._costs, basis, self._began, info.simplex_iteration_count)
        status, order = self._highs.getBasicVariables()
        if is_ok(status) and solution.dual_valid:
            self._basis = own = Basis(order, solution, completed)
            bounds = self._columns.as_they_are(), self._rows.as_they_are()
            matrix, costs = self._matrix(), self._costs
            return Outcome(answer, plan, told=lambda: face(bounds, own, *own.own_duals(matrix, costs), columns))
        return Outcome(answer, plan)

    def _from_scratch(self) -> Outcome:
        self._highs.clearSolver()
        self._set(presolve="off", primal_feasibility_tolerance=self._missed / 10)
        try:
            return self._run(NO_LIMIT)
        finally:
            self._set(presolve="choose", primal_feasibility_tolerance=self._missed)

    def is_steep(self, function: Function, columns: Vector) -> bool:
        """Whether what the solver takes for no change of a column is one that counts in ``function``."""
        # Summed by numpy: a product of two vectors, BLAS shares out among cores that then wait for one another.
        costs = np.abs(function.coefficients)
        size = float((costs * np.abs(columns)).sum())
        return float((costs * self._scales.columns).max(initial=0.0)) * FEASIBILITY > HAIR * max(1.0, size)

    def hold(self, function: Function, upper: float) -> int:
        """Add the row ``function ≤ upper``, scaled as costs are; return its number."""
        self._count(function)
        last = None if self.last_columns is None else self.last_columns / self._scales.columns
        held, scale = held_row(self._scales.function(function), upper, last, self.slack)
        self._highs.addRow(-INFINITY, held.upper, len(held.columns), held.columns, held.values)
        self._rows.add(-np.inf, held.upper)
        self._row_scales = np.append(self._row_scales, 1.0 / scale)
        if self._plan is not None and function.at(self._plan) > upper + SLACK * held.size * scale:
            self._plan, self._single = None, False
        self._held[self.row_count - 1] = held
        self._with_held = self._basis = None
        return self.row_count - 1

    def hold_at(self, row: int, function: Function, upper: float) -> None:
        """Move the bound of the row that :meth:`hold` once added for ``function``; infinite, it holds nothing."""
        self._count(function)
        bound = (upper - function.constant) * self._row_scales[row]
        size = max(1.0, abs(bound)) if np.isfinite(bound) else 0.0
        self._held[row] = replace(self._held[row], bound=bound, size=size)
        self._bound_row(row, self._held[row].upper)

    def loosen(self, slack: float) -> None:
        """Give every held row a relative slack, larger than the one it was held with."""
        for row, held in self._held.items():
            pinned, room = np.isfinite(self._rows.lower[row]), slack * held.size
            self._bound_row(row, *((held.at + room, held.at - room) if pinned else (held.bound + room,)))

    def widen(self, rows: Positions, by: Vector) -> None:
        """Let some rows of the programme miss their bounds by so much, until the session begins again."""
        by = by * self._row_scales[rows]
        self.wider = (self._sent.row_lower[rows] - by, self._sent.row_upper[rows] + by, rows)
        self._rows.change(*self.wider)
        self._plan, self._single = None, False

    def ease(self, slack: float) -> None:
        """Let figures miss their bounds by so much: what a rank holds by bounds has no slack of its own to loosen."""
        self._missed = slack
        self._set(primal_feasibility_tolerance=slack, mip_feasibility_tolerance=slack)

    def _bound_row(self, row: int, upper: float, lower: float = -np.inf) -> None:
        if self._rows.change(np.array([lower]), np.array([upper]), np.array([row], dtype=np.int32)):
            self._plan, self._single = None, False

    def bound_columns(self, columns: Iterable[int], upper: float) -> None:
        """Lower the upper bounds of some columns."""
        chosen = np.fromiter(columns, dtype=np.int32)
        self.set_bounds(chosen, self.programme.column_lower[chosen], np.full(len(chosen), upper))

    def set_bounds(self, columns: npt.NDArray[Any], lower: Vector, upper: Vector) -> None:
        """Set both bounds of some columns."""
        own = self._scales.columns
        if self._columns.waiting[columns].any():
            asked = np.zeros(len(own), dtype=bool)
            asked[columns] = True
            self._ask_for(asked & self._columns.waiting)
        if self._columns.change(lower / own[columns], upper / own[columns], columns.astype(np.int32)):
            self._single = False
            if self._plan is not None and not self._columns.allow(self._plan / own):
                self._plan = None

    def drop_rows_after(self, count: int) -> None:
        """Delete every row numbered ``count`` or more."""
        total = self.row_count
        self._held = {row: bound for row, bound in self._held.items() if row < count}
        if total > count:
            extra = np.arange(count, total, dtype=np.int32)
            self._highs.deleteRows(len(extra), extra)
            self._with_held = self._basis = None
            self._rows.drop_after(count)
            self._row_scales = self._row_scales[:count]
            self._single = False

    @property
    def row_count(self) -> int:
        """Rows in the session, held ones included."""
        return len(self._rows.lower)


class Restarted(Session):
    """A session for variants that are known to be near: nearly every run is given a basis, and ends in few pivots."""

    weights, boxes_all = h.WEIGHTS_AS_THEY_COME, True
