"""Projects that stay closed, each opened by force: what that costs, and what it would let through."""

from __future__ import annotations

from dataclasses import replace
from functools import cache, cached_property

import numpy as np

from filiere.chain.chain import Chain
from filiere.solver.programme.compile import Programme, Vector
from filiere.solver.programme.tighten import bounds
from filiere.solver.sensitivity.prices import sensitivity, with_whole_fixed
from filiere.solver.study import Study

PROJECTS = 5
"""Projects left out that are opened by force to see what that would cost."""

NOTHING = 1e-9

Kept = tuple[str, float]
"""The rank that keeps something out, and what a unit of it would cost there."""


class Closed:
    """The projects that a plan leaves closed; each is opened by force once at the most, in the session of a ``study``
    of the chain where there is one.
    """

    def __init__(self, programme: Programme, columns: Vector, chain: Chain, study: Study | None = None) -> None:
        self.programme, self.columns, self.chain, self._known = programme, columns, chain, study
        self.switches = [
            j for j, (variable, _) in enumerate(programme.columns)
            if variable in ("open_process", "open_link") and columns[j] < 0.5
        ]  # fmt: skip
        self._fixed = with_whole_fixed(programme, columns)
        self._most = bounds(self._fixed) if self.switches else None
        self.opened = cache(self._opened)
        self.kept_out = cache(self._kept_out)
        self._most_with = cache(self._bounds_with)

    def needed_by(self, places: list[int]) -> int | None:
        """Return the project without which nothing can go through some columns; None where something can.

        Of several, each of which would be enough, the first.
        """
        if self._most is None or (self._most[places] > NOTHING).any():
            return None
        return next((j for j in self.switches if (self._most_with(j)[places] > NOTHING).any()), None)

    def _bounds_with(self, switch: int) -> Vector:
        upper = self._fixed.column_upper.copy()
        upper[switch] = 1.0
        return bounds(replace(self._fixed, column_upper=upper))

    def _opened(self, switch: int) -> Vector | None:
        """The best plan that opens a project, None where there is none or too many were tried."""
        if switch not in self.switches[:PROJECTS]:
            return None
        lower = self.programme.column_lower.copy()
        lower[switch] = 1.0
        whole = np.flatnonzero(self.programme.whole)
        start = np.maximum(np.round(self.columns[whole]), lower[whole])
        found = self._study.best(replace(self.programme, column_lower=lower), start)
        return None if found is None else found.columns

    @cached_property
    def _study(self) -> Study:
        return self._known or Study(self.chain, programme=self.programme)

    def _kept_out(self, switch: int) -> dict[int, Kept] | None:
        """What is kept out where a project is opened, by column, and by which rank; None where that is not known."""
        columns = self.opened(switch)
        if columns is None:
            return None
        found = sensitivity(self.programme, columns, self.chain.objectives, most=0).excluded
        return found | {int(j): ("", 0.0) for j in np.flatnonzero(columns > 0.0)}
