"""The part of a session that leaves out rows until something counts what they measure."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from scipy import sparse

from filiere.solver.programme.compile import Function, Programme, Vector
from filiere.solver.programme.scales import Boxes, Scales, boxed, boxes_of
from filiere.solver.programme.waiting import Waiting, adds_up, waiting
from filiere.solver.session.basis import Basis
from filiere.solver.session.bounds import EXACT, Bounds, Mask, near


class Waits:
    """Rows that every plan can keep wait, and their columns with them; what a run leaves of those is filled in."""

    waits = True
    """Whether any row may wait, and any column has a bound that no plan comes near."""
    boxes_all = False
    """Whether columns have such a bound where nothing is whole, too."""

    programme: Programme
    _sent: Programme
    _scales: Scales
    _columns: Bounds
    _rows: Bounds
    _waiting: Waiting | None
    _basis: Basis | None
    _plan: Vector | None
    _single: bool
    _boxes: Boxes | None = None
    """Of the first programme on the matrix: one that allows no more needs no others."""

    def _in_units(self, programme: Programme, matrix: sparse.csr_array | None = None) -> Programme:
        """Return a programme as the solver has it: with a bound of each column, where sums are exact enough for one.

        ``matrix`` is the solver's, where it has it already.
        """
        sent = self._scales.programme(programme, matrix)
        if not (self.waits and (self.boxes_all or programme.has_whole_columns) and adds_up(programme)):
            return sent
        known = self._boxes if self._boxes is not None and self._boxes.programme.matrix is programme.matrix else None
        boxes = (known and known.within(programme)) or boxes_of(programme)
        self._boxes = known or boxes
        return sent if boxes is None else boxed(self._scales, sent, boxes)

    def _all_wait(self) -> None:
        """Let every row wait that can."""
        exact = self.waits and adds_up(self.programme)
        self._waiting = waiting(self._sent, np.isposinf(self.programme.column_upper)) if exact else None
        self._let_wait(np.ones(len(self.programme.rows), dtype=bool))

    def _let_wait(self, waiting: Mask) -> None:
        """Let these rows wait, as far as they can, and no others."""
        rows, columns = np.zeros_like(self._rows.waiting), np.zeros_like(self._columns.waiting)
        if self._waiting is not None:
            rows[self._waiting.rows] = waiting[self._waiting.rows]
            columns = self._waiting.idle(rows[self._waiting.rows])
        self._rows.let_wait(rows)
        self._columns.let_wait(columns)

    def _send_bounds(self) -> None:
        """Let the solver have the bounds as they are, of what waits those that it has meanwhile."""
        self._columns.send()
        self._rows.send()

    def _count(self, function: Function) -> None:
        """Let the rows that have to do with a function wait no more, unless the only plan is its best as they wait."""
        asked = (function.coefficients != 0.0) & self._columns.waiting
        if asked.any() and not self._least(function, asked):
            self._ask_for(asked)

    def _least(self, function: Function, asked: Mask) -> bool:
        """Whether all else has one value in every plan, and the one at hand has no more of these columns than their
        rows ask, each of which costs something.
        """
        if not self._single or self._plan is None or self._waiting is None:
            return False
        if function.coefficients[asked].min() < 0.0 or not self._waiting.alone(asked, self._columns.waiting):
            return False
        least = np.where(self._columns.waiting, 0.0, self._plan / self._scales.columns)
        self._completed(least)
        return bool(near(self._plan[asked], (least * self._scales.columns)[asked], EXACT).all())

    def _ask_for(self, columns: Mask) -> None:
        if self._waiting is not None and columns.any():
            waiting = self._rows.waiting.copy()
            waiting[self._waiting.rows[self._waiting.with_any_of(columns)]] = False
            self._let_wait(waiting)
            self._single, self._basis = False, None

    def _completed(self, columns: Vector) -> tuple[npt.NDArray[np.intp], Vector] | None:
        """Bring the columns of the rows that wait up as far as they ask, in place; return what those rows come to."""
        if self._waiting is None or not len(columns):
            return None
        rows = self._waiting.rows
        return rows, self._waiting.completed(columns, self._rows.waiting[rows])
