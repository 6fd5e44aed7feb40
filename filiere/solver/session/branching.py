"""The part of a session that has HiGHS branch and cut."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np

from filiere.solver.programme.compile import Function, Programme, Vector
from filiere.solver.programme.scales import Scales
from filiere.solver.session import highs as h
from filiere.solver.session.answer import Answer
from filiere.solver.session.highs import FEASIBLE, INTEGER, start_from
from filiere.solver.session.outcome import LONGEST, Outcome
from filiere.solver.session.patience import Patience


class Branching:
    """The part of a session that has HiGHS branch and cut."""

    longest = LONGEST
    patience: Patience | None = None
    """How long that goes on, where its gap is told; without, a run goes on until its plan is proved the best."""

    programme: Programme
    _highs: Any
    _scales: Scales
    _entries: int
    _branching: bool
    _given_up: bool = False
    """Whether patience ended the last run."""

    @abstractmethod
    def minimise(self, function: Function, believe_infeasible: bool = False, bound: float = np.inf) -> Outcome:
        """Minimise ``function``."""

    @abstractmethod
    def _as_sent(self, function: Function) -> Function: ...

    @abstractmethod
    def _set(self, **options: Any) -> None: ...

    def minimise_whole(self, function: Function, plan: Vector | None = None) -> Outcome:
        """Minimise ``function`` with HiGHS's branch-and-cut, from a plan where one is known.

        Where patience ends before a plan is proved the best, it is the best so far, and patience knows how near it is.
        """
        whole = np.flatnonzero(self.programme.whole).astype(np.int32)
        if not (self._scales.columns[whole] == 1.0).all():
            return Outcome(Answer.TROUBLE, np.empty(0))
        self._highs.changeColsIntegrality(len(whole), whole, np.full(len(whole), INTEGER, dtype=np.uint8))
        reached = np.inf
        if plan is not None:
            start_from(self._highs, inside := plan / self._scales.columns)
            reached = float((self._as_sent(function).scaled * inside).sum())
        self._set(**h.looking(for_plans=plan is None))
        self._branching, self._given_up = True, False
        try:
            with h.ending(self._highs, self._enough(reached)):
                outcome = self.minimise(function)
        finally:
            self._branching = False
            self._highs.changeColsIntegrality(len(whole), whole, np.zeros(len(whole), dtype=np.uint8))
            self._highs.clearSolver()
        if not self._given_up or plan is None:
            return outcome
        # The solver may have taken the plan for none, by a hair, and have found none as good.
        worse = not len(outcome.columns) or function.at(outcome.columns) > function.at(plan)
        return replace(outcome, columns=plan) if outcome.optimal and worse else outcome

    def _enough(self, reached: float) -> Callable[[int, float, float], bool]:
        """Return what ends a run; a plan that reaches so much is known already."""

        def enough(nodes: int, best: float, bound: float) -> bool:
            gap = _gap(min(best, reached), bound)
            self._given_up = self.patience is not None and self.patience.enough(nodes * self._entries, gap)
            return self._given_up

        return enough

    def _branched(self, answer: Answer, plan: Vector) -> Outcome:
        """Return how a run of branch-and-cut ended."""
        info = self._highs.getInfo()
        if self.patience is not None:
            self.patience.look(info.mip_node_count * self._entries)
        none = self._given_up and info.primal_solution_status != FEASIBLE
        return Outcome(answer, np.empty(0) if none else plan)


def _gap(reached: float, bound: float) -> float:
    """Return how far a plan may be from the best, as a share of the larger: HiGHS's has no end for a plan of 0."""
    size = max(abs(reached), abs(bound))
    return 0.0 if size == 0.0 else abs(reached - bound) / size if size < h.INFINITY else np.inf
