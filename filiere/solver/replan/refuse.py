"""Plan again with one change of today refused: one session, each refusal from the last basis."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial

import numpy as np

from filiere.chain.chain import Chain, Objective
from filiere.solution.evaluate import objective_value
from filiere.solution.solution import Plan
from filiere.solver.programme.chosen import whole_columns
from filiere.solver.programme.compile import Function, Programme, compiled
from filiere.solver.ranks.spared import Spared, spared
from filiere.solver.ranks.step import RankError
from filiere.solver.ranks.trail import Mark, Trail
from filiere.solver.session.answer import Answer
from filiere.solver.session.cases.search import Search
from filiere.solver.session.session import Session


@dataclass(frozen=True)
class Refusal:
    """A change that is refused: a year's sum stays at ``level`` or below it (above it, for a decrease).

    ``family`` says of what: ``flow`` over the links at these positions of the chain, or ``level``, ``expansion`` or
    ``open_process`` of one activity.
    """

    family: str
    level: float
    increase: bool
    links: frozenset[int] = frozenset()
    process: tuple[str, str] | None = None


class Refuser:
    """One chain in a session out of which one change after the other is refused.

    The ranks are those of the chain, or the ``objectives`` that are given out of them; what each reaches is its value
    at the end of its rank. ``time_limit`` is in seconds for each plan.
    """

    def __init__(
        self, chain: Chain, plan: Plan, time_limit: float | None = None, objectives: Sequence[Objective] | None = None
    ) -> None:
        self.programme = compiled(chain)
        self.session = Session(self.programme, time_limit)
        self.objectives = chain.objectives if objectives is None else objectives
        self._trail = Trail()
        self._spared = spared(self.programme, partial(objective_value, chain, plan))
        self._start = whole_columns(self.programme, plan)
        self._columns: dict[tuple[str, object], list[int]] = {}
        for column, (family, key) in enumerate(self.programme.columns):
            if family in ("flow", "level", "expansion", "open_process"):
                self._columns.setdefault((family, key[0] if isinstance(key, tuple) else key), []).append(column)
        self._link = {position: e for e, position in enumerate(self.programme.index.link_positions)}

    def reference(self) -> Mapping[str, float]:
        """Return what each objective reaches with nothing refused. Raises ``RankError`` where there is no plan.

        Equal shares and the cost bound are left out where they change nothing in the plan; of refusals too.
        """
        found = self._noted()
        if found is None:
            self._spared = Spared()
            found = self._noted()
        assert found is not None, "what leaves nothing out has its values"
        return found

    def _noted(self) -> Mapping[str, float] | None:
        self._trail = Trail()
        return self._spared.without(self._search(self.programme), self.objectives, self._trail)

    def without(self, refusals: Sequence[Refusal]) -> Mapping[str, float] | Answer:
        """Return what each objective reaches with changes refused, every rank optimised again; or why none does."""
        upper = self.programme.column_upper.copy()
        rows = []
        for refusal in refusals:
            columns = self._of(refusal)
            if refusal.increase and refusal.level <= 0.0:
                upper[columns] = 0.0
                continue
            coefficients = np.zeros(len(self.programme.columns))
            coefficients[columns] = 1.0 if refusal.increase else -1.0
            rows.append((Function(coefficients, 0.0), refusal.level if refusal.increase else -refusal.level))
        programme = replace(self.programme, column_upper=upper)
        self._load(programme)
        begun = self._trail.last_reached(self.session, rows)
        found = None if begun is None else self._going_on(*begun)
        return found or self._from_nothing(programme, rows, self._spared if begun is None else Spared())

    def _going_on(self, search: Search, begun: Sequence[Mark]) -> Mapping[str, float] | None:
        """Go on after the last step that the plan took and that can still be reached; None where that fails."""
        try:
            return self._spared.without(search, self.objectives, begun=begun)
        except RankError:
            return None

    def _from_nothing(
        self, programme: Programme, rows: Sequence[tuple[Function, float]], sparing: Spared
    ) -> Mapping[str, float] | Answer:
        def take() -> Search:
            search = self._search(programme)
            for function, most in rows:
                self.session.hold(function, most)
            return search

        try:
            return sparing.values(take, self.objectives)
        except RankError as error:
            return error.answer

    def _of(self, refusal: Refusal) -> list[int]:
        if refusal.process is not None:
            keys: Sequence[int] = [self.programme.index.processes_by_key[refusal.process]]
        else:
            keys = [self._link[position] for position in sorted(refusal.links)]
        return [column for key in keys for column in self._columns.get((refusal.family, key), ())]

    def _load(self, programme: Programme) -> None:
        self.session.load(programme)
        self.session.begin()

    def _search(self, programme: Programme) -> Search:
        self._load(programme)
        whole = np.flatnonzero(programme.whole)
        if not len(whole):
            return Search(self.session)
        start = np.clip(self._start[whole], programme.column_lower[whole], programme.column_upper[whole])
        return Search(self.session, incumbent=start)
