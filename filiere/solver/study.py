"""One chain and its variants in one session: scenarios, losses, shocks and fronts start where the last one ended.

Of variants that are all known beforehand, one that only allows less than another often has its plan.
"""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from filiere.chain.chain import Chain
from filiere.solution.solution import Plan, Solution
from filiere.solver.programme.compile import KEPT, Name, Programme, Vector, compiled
from filiere.solver.programme.extract import plan
from filiere.solver.programme.narrower import Positions, Told, allows, where
from filiere.solver.programme.patch import Patcher
from filiere.solver.session.cases.known import Cases
from filiere.solver.session.cases.search import Search
from filiere.solver.session.effort import Effort
from filiere.solver.session.session import Session
from filiere.solver.solve import Beside, Best, answer

SHAPES = 8
"""So many of the latest shapes of programme are kept to write a variant over: changes made in turn come and go."""


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
        self._shapes: deque[tuple[Patcher, Programme]] = deque(maxlen=SHAPES)
        self._take(programme or compiled(chain))
        self.session = Session(self.programme, time_limit, effort)
        self.recompiled = 0
        self._noted: Any = None
        """The matrix of the variant that was noted first."""
        self._known: Cases | None = None
        self._chosen: dict[Name, float] = {}
        """What the last plan chose among whole numbers: tried first for the next one."""
        self._beside = Beside()

    def _take(self, programme: Programme) -> None:
        self.programme = programme
        if len(programme.columns) > KEPT:  # too large to keep more than one
            self._shapes.clear()
        self._shapes.appendleft((Patcher(programme), programme))

    @property
    def chain(self) -> Chain:
        """The chain that the session holds now."""
        return self.programme.index.chain

    def start_from(self, columns: Vector) -> None:
        """Try first, for the next plan, what ``columns``, a plan of the chain that the session holds, choose; and
        leave out at first what changed nothing there.
        """
        self._beside.know(self.programme, columns)
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
        if solution.plan is not None:
            self._remember(search)
        seconds = {"build": built - started, "solve": time.perf_counter() - built}
        return replace(solution, seconds=seconds)

    def written(self, variant: Chain) -> Programme:
        """Return the programme of ``variant``, written over the last one of its shape; read anew where none has it."""
        for patcher, last in self._shapes:
            found = patcher.patched(last, variant)
            if found is not None:
                self._shapes.remove((patcher, last))
                self._shapes.appendleft((patcher, found))
                self.programme = found
                return found
        self.recompiled += 1
        self._take(compiled(variant))
        return self.programme

    def best(self, programme: Programme, start: Vector | None = None) -> Best | None:
        """Return the best plan of a programme, its seasons as they come; None where there is none or numbers fail.

        ``start`` is what its whole columns are tried at first, in place of what the last plan chose.
        """
        self.programme = programme
        self.session.load(programme)
        known, taken = self._known and self._cases(), list[Search]()

        def take() -> Search:
            self.session.begin()
            taken.append(Search(self.session, incumbent=self._start() if start is None else start, known=known))
            return taken[-1]

        found = self._beside.best(take, self.chain.objectives)
        if found is not None:
            self._remember(taken[-1])
            self._beside.know(programme, found.columns)
        return found

    def _remember(self, search: Search) -> None:
        if search.incumbent is not None:
            names = (self.programme.columns[int(column)] for column in search.columns)
            self._chosen = dict(zip(names, search.incumbent.tolist(), strict=True))

    def reached(self, variant: Chain) -> dict[str, float]:
        """Return what each objective of ``variant`` comes to at the end of its rank, no plan being settled on.

        Raises :class:`filiere.solver.ranks.step.RankError` where a rank has no optimum, or is not proved in time.
        """
        self._become(variant)
        known = self._cases()
        if self._known is not None or known is None:
            return self._reached(known)
        with known.noting():
            found = self._reached(known)
        self._known = known
        return found

    def _reached(self, known: Cases | None) -> dict[str, float]:
        def take() -> Search:
            self.session.begin()
            return Search(self.session, incumbent=self._start(), known=known)

        return self._beside.values(take, self.chain.objectives)

    def _cases(self) -> Cases | None:
        """How an earlier variant split the cases, for one on the same matrix; empty before any has, None on another."""
        if self._noted is None:
            self._noted = self.programme.matrix
        return (self._known or Cases(learns=True)) if self.programme.matrix is self._noted else None

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
        self.session.load(self.written(variant))


@dataclass
class Variants:
    """Chains that one session plans, the widest first; ``solved`` counts those that took a solve."""

    chains: Sequence[Chain]
    solved: int = 0

    def plans(self) -> list[Plan | None]:
        """Return the best plan of each chain, its seasons as they come; None where it has none, or numbers fail.

        A plan of a wider chain, whose every rank's optimum a narrower one allows, is the narrower one's too: nothing
        better is allowed there, and the closing ranks leave one plan.
        """
        if not self.chains:
            return []
        study = Study(self.chains[0])
        if len(study.programme.columns) > KEPT:  # too large to have them all at once
            written = (study.written(chain) for chain in self.chains)
            return [_read(programme, self._solved(programme, study)) for programme in written]
        return self._widest_first(study, [study.written(chain) for chain in self.chains])

    def _widest_first(self, study: Study, programmes: Sequence[Programme]) -> list[Plan | None]:
        numbers = dict[Name, int]()
        told = [Told(programme, numbers) for programme in programmes]
        wider = [
            {j: at for j, other in enumerate(told) if j != i and (at := where(one, other)) is not None}
            for i, one in enumerate(told)
        ]
        found: dict[int, Best | None] = {}
        for i in _in_order(wider):
            known = ((at, best) for j, at in wider[i].items() if (best := found.get(j)) is not None)
            kept = next((k for at, one in known if (k := _kept(programmes[i], at, one)) is not None), None)
            found[i] = kept or self._solved(programmes[i], study)
        return [_read(programme, found[i]) for i, programme in enumerate(programmes)]

    def _solved(self, programme: Programme, study: Study) -> Best | None:
        self.solved += 1
        return study.best(programme)


def _in_order(wider: Sequence[dict[int, Positions]]) -> Iterator[int]:
    """Yield each number after those that are wider, which it may be as wide as."""
    waiting = list(range(len(wider)))
    while waiting:
        strictly = ({j for j in wider[i] if i not in wider[j]} for i in waiting)
        each = zip(waiting, strictly, strict=True)
        ready = next((i for i, before in each if not before.intersection(waiting)), waiting[0])
        waiting.remove(ready)
        yield ready


def _kept(programme: Programme, at: Positions, wider: Best) -> Best | None:
    """The best plan of a wider programme, where this one allows all that it was held by; None where it does not."""
    if not wider.passed:
        return None
    passed = []
    for columns in wider.passed:
        here = columns[at]
        if np.count_nonzero(here) < np.count_nonzero(columns) or not allows(programme, here):
            return None
        passed.append(here)
    return Best(passed[-1], tuple(passed))


def _read(programme: Programme, found: Best | None) -> Plan | None:
    return None if found is None else plan(programme, found.columns)
