"""One chain and its variants in one session: scenarios, losses, shocks and fronts start where the last one ended."""

from __future__ import annotations

import time
from dataclasses import replace

import numpy as np

from filiere.chain.chain import Chain
from filiere.solution.solution import Solution
from filiere.solver.programme.compile import Name, Programme, Vector, compiled
from filiere.solver.programme.patch import Patcher
from filiere.solver.session.effort import Effort
from filiere.solver.session.search import Search
from filiere.solver.session.session import Session
from filiere.solver.solve import answer, values


class Study:
    """A session that solves a chain and then variants of it, each in place where their shape allows.

    ``recompiled`` counts the variants whose shape was another; the ``programme`` of the chain may be known already.
    """

    def __init__(
        self,
        chain: Chain,
        time_limit: float | None = None,
        effort: Effort | None = None,
        programme: Programme | None = None,
    ) -> None:
        self._take(programme or compiled(chain))
        self.session = Session(self.programme, time_limit, effort)
        self.recompiled = 0
        self._chosen: dict[Name, float] = {}
        """What the last plan chose among whole numbers: tried first for the next one."""

    def _take(self, programme: Programme) -> None:
        self.programme = programme
        self._patcher = Patcher(programme)

    @property
    def chain(self) -> Chain:
        """The chain that the session holds now."""
        return self.programme.index.chain

    def start_from(self, columns: Vector) -> None:
        """Try first, for the next plan, what ``columns``, a plan of the chain that the session holds, choose."""
        whole = np.flatnonzero(self.programme.whole)
        self._chosen = {self.programme.columns[j]: float(np.round(columns[j])) for j in whole}

    def solve(self, variant: Chain | None = None) -> Solution:
        """Return the best plan of ``variant`` (of the chain the session holds, without one)."""
        started = time.perf_counter()
        if variant is not None:
            self._become(variant)
        self.session.begin()
        built = time.perf_counter()
        search = Search(self.session, incumbent=self._start())
        solution = answer(self.programme, search, self.chain.objectives, even=False)
        if solution.plan is not None and search.incumbent is not None:
            names = (self.programme.columns[int(column)] for column in search.columns)
            self._chosen = dict(zip(names, search.incumbent.tolist(), strict=True))
        seconds = {"build": built - started, "solve": time.perf_counter() - built}
        return replace(solution, seconds=seconds)

    def reached(self, variant: Chain) -> dict[str, float]:
        """Return what each objective of ``variant`` comes to at the end of its rank, no plan being settled on.

        Raises :class:`filiere.solver.ranks.step.RankError` where a rank has no optimum, or is not proved in time.
        """
        self._become(variant)
        self.session.begin()
        return values(self.programme, Search(self.session, incumbent=self._start()), self.chain.objectives)

    def _start(self) -> Vector | None:
        """The whole columns as in the last plan, within what is allowed now; None where there was none."""
        programme = self.programme
        if not self._chosen:
            return None
        whole = np.flatnonzero(programme.whole)
        last = np.array([self._chosen.get(programme.columns[j], 0.0) for j in whole])
        start: Vector = np.clip(last, programme.column_lower[whole], programme.column_upper[whole])
        return start

    def _become(self, variant: Chain) -> None:
        found = self._patcher.patched(self.programme, variant)
        if found is None:
            self.recompiled += 1
            self._take(compiled(variant))
        else:
            self.programme = found
        self.session.load(self.programme)
