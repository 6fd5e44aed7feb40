"""What a session held and allowed at one time, and the way back to it."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from filiere.solver.programme.compile import Programme, Vector
from filiere.solver.programme.scales import Scales
from filiere.solver.session.basis import Basis
from filiere.solver.session.bounds import Bounds, Mask, Positions
from filiere.solver.session.outcome import FEASIBILITY, Allowed, Face, Held


@dataclass(frozen=True)
class Moment:
    """What a session held and allowed at one time, in the solver's units: bounds of columns and rows, held rows."""

    columns: tuple[Vector, Vector]
    rows: tuple[Vector, Vector]
    held: Mapping[int, Held]
    row_scales: Vector
    waiting: Mask
    """Which rows waited."""


class Moments:
    """The part of a session that comes back to what it was."""

    programme: Programme
    wider: tuple[Vector, Vector, Positions] | None
    last_columns: Vector | None
    _highs: Any
    _sent: Programme
    _scales: Scales
    _columns: Bounds
    _rows: Bounds
    _held: dict[int, Held]
    _row_scales: Vector
    _with_held: Any
    _basis: Basis | None
    _plan: Vector | None
    _missed: float
    _warm: bool
    _single: bool

    @abstractmethod
    def _let_wait(self, waiting: Mask) -> None:
        """Let these rows wait, as far as they can, and no others."""

    @abstractmethod
    def _matrix(self) -> Any: ...

    @abstractmethod
    def set_bounds(self, columns: npt.NDArray[Any], lower: Vector, upper: Vector) -> None:
        """Set both bounds of some columns."""

    @abstractmethod
    def drop_rows_after(self, count: int) -> None:
        """Delete every row numbered ``count`` or more."""

    def allows(self, columns: Vector) -> bool:
        """Whether columns keep every bound and row as exactly as the solver would."""
        columns = columns / self._scales.columns
        return self._columns.hold(columns) and self._rows.hold(self._matrix() @ columns)

    def agrees(self, face: Face, columns: Vector) -> bool:
        """Whether columns are among the optima of a face, nearer than the slack of any row."""
        columns = columns / self._scales.columns
        return face.has(columns, self._matrix() @ columns)

    @property
    def eased(self) -> bool:
        """Whether figures may miss their bounds by more than usual."""
        return self._missed > FEASIBILITY or self.wider is not None

    def allowed(self) -> Allowed:
        """Return what the session allows now, to come back to it with :meth:`allow`."""
        (lower, upper), own = self._columns.now(), self._scales.columns
        return Allowed((lower * own, upper * own), self._rows.now(), self.wider is not None, self._rows.waiting.copy())

    def allow(self, allowed: Allowed) -> None:
        """Allow again what was allowed then; rows held since stay as they are."""
        low, high = (bound / self._scales.columns for bound in allowed.columns)
        self._columns.change(low, high)
        lower, upper = allowed.rows
        self._rows.change(lower, upper, np.arange(len(lower), dtype=np.int32))
        if self.wider is not None and not allowed.wider:
            self._rows.change(*self.wider)
        self._let_wait(allowed.waiting)
        self._plan = self._plan if self._plan is not None and self.allows(self._plan) else None
        self._single = False

    def stand_at(self, columns: Vector) -> None:
        """From here on, allow no plan but this one, which keeps every row, so that no run is needed."""
        there = np.flatnonzero(~self._columns.waiting).astype(np.int32)
        fixed = columns[there] / self._scales.columns[there]
        self._columns.change(fixed, fixed, there)
        self._plan, self._single, self.last_columns = columns, True, columns

    def rest(self, columns: Positions) -> None:
        """Let some columns stand at 0 from here on, in the plan at hand too, which keeps every row so: nothing counts
        them.
        """
        if self._plan is not None:
            self._plan = self._plan.copy()
            self._plan[columns] = 0.0
        nothing = np.zeros(len(columns))
        self.set_bounds(columns, nothing, nothing)

    def unpin(self, slack: float) -> None:
        """Let what ranks have left one value, other than 0, differ from it by so much of it."""
        own = self._sent
        self._give_room(self._columns, own.column_lower, own.column_upper, ~own.whole, slack)
        self._give_room(self._rows, own.row_lower, own.row_upper, np.ones(len(own.rows), dtype=bool), slack)
        self._plan, self._single = None, False

    @staticmethod
    def _give_room(bounds: Bounds, least: Vector, most: Vector, some: Mask, slack: float) -> None:
        lower, upper = (bound[: len(least)] for bound in bounds.now())
        at = np.flatnonzero(some & (lower == upper) & (lower != 0.0) & (least < most)).astype(np.int32)
        room = slack * np.abs(lower[at])
        bounds.change(np.maximum(lower[at] - room, least[at]), np.minimum(upper[at] + room, most[at]), at)

    def moment(self) -> Moment:
        """Return what is held and allowed now, to come back to it with :meth:`back_to` after others were solved."""
        return Moment(
            self._columns.now(), self._rows.now(), dict(self._held), self._row_scales, self._rows.waiting.copy()
        )

    def back_to(self, moment: Moment) -> bool:
        """Hold and allow what was held and allowed then, of the columns no more than the programme now does.

        Return whether that leaves each column any value.
        """
        self.drop_rows_after(len(self.programme.rows))
        for row, held in sorted(moment.held.items()):
            least, most = moment.rows[0][row], moment.rows[1][row]
            self._highs.addRow(least, most, len(held.columns), held.columns, held.values)
            self._rows.add(least, most)
        self._rows.change(*moment.rows)
        lower, upper = moment.columns
        upper = np.minimum(upper, self._sent.column_upper)
        self._columns.change(np.minimum(lower, upper), upper)
        self._let_wait(moment.waiting)
        self._held, self._row_scales, self._with_held, self._basis = dict(moment.held), moment.row_scales, None, None
        self._warm, self.last_columns, self._plan, self._single = True, None, None, False
        return bool(np.all(lower <= upper + FEASIBILITY))
