"""What all plans as good as the best have in common, once whole columns are searched."""

from __future__ import annotations

from abc import abstractmethod
from dataclasses import replace

import numpy as np
import numpy.typing as npt

from filiere.solver.programme.compile import Function
from filiere.solver.session.cases.better import hair, is_worse, worst_of
from filiere.solver.session.cases.case import Case
from filiere.solver.session.outcome import Face, Outcome
from filiere.solver.session.session import Session

FEW_FREE = 4
"""Whole columns, no more, of which it is looked for whether another value would do as well."""


class Told:
    """Whole columns searched; the cases that the last optimum did not prove worse than itself."""

    session: Session
    _faces: list[tuple[Case, Face | None, float]]

    @property
    @abstractmethod
    def columns(self) -> npt.NDArray[np.intp]:
        """The whole columns."""

    @abstractmethod
    def _try(self, function: Function, case: Case, believe_infeasible: bool = True, bound: float = np.inf) -> Outcome:
        """Return the optimum of a function in one case."""

    def _face(self, function: Function, best: Outcome) -> Face | None:
        """All optima, where one case alone has them.

        They are those of a linear programme: where its whole columns are a hair off, by the slack of a row held before,
        the best plan is none of them.
        """
        nearly = [found for found in self._faces if found[2] <= worst_of(function, best)]
        if len(nearly) != 1 or nearly[0][1] is None:
            return None
        case, face, reached = nearly[0]
        as_good = reached <= function.at(best.columns) + hair(function, best)
        if face and as_good and self.session.agrees(face, best.columns):
            return replace(face, case=case)
        choice = self._only_choice(function, best, case)
        return replace(best.face, case=choice) if choice is not None and best.face is not None else None

    def _only_choice(self, function: Function, best: Outcome, case: Case) -> Case | None:
        """The whole numbers of the best plan, where a case has a few others and all are proved worse; else None.

        The optima of the best plan's own linear programme are then all there are, whatever a hair made of the case.
        """
        found = {column: case.get(column, self._widest(column)) for column in self.columns.tolist()}
        free = [column for column, (low, high) in found.items() if low < high]
        if len(free) > FEW_FREE:
            return None
        for column in free:
            (low, high), value = found[column], float(np.round(best.columns[column]))
            for side in ((low, value - 1.0), (value + 1.0, high)):
                if side[0] > side[1]:
                    continue
                other = self._try(function, {**found, column: side}, bound=worst_of(function, best))
                if not is_worse(function, other, best):
                    return None
            found[column] = value, value
        return found

    def _widest(self, column: int) -> tuple[float, float]:
        own = self.session.programme
        return float(own.column_lower[column]), float(own.column_upper[column])
