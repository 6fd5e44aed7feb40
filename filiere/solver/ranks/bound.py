"""The cost that a plan may come to: what the cheapest plan costs, or today's, and so much more of its outlays."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np

from filiere.chain.derived.default_objectives import cost_bound
from filiere.latest import latest
from filiere.model.index import Index
from filiere.model.ranked_cost import FRUGAL, OUTLAYS, SERVED_VALUE
from filiere.schema import words as w
from filiere.solution.solution import CostBound, RankValue
from filiere.solver.programme.compile import Function, Names, Programme, Vector
from filiere.solver.ranks.footing import Footing, footing
from filiere.solver.ranks.step import RankError, Step, hold_value, patient
from filiere.solver.session.answer import Answer
from filiere.solver.session.cases.search import Search
from filiere.solver.session.highs import Start
from filiere.solver.session.outcome import Outcome

SAME = 1e-9
"""Bounds that are nearer to each other than this, relative to them, are one."""

NEAR = 1e-6
"""Nearer to the bound than this share of the outlays, a plan is held back by it."""


@dataclass
class Bound(Step):
    """Bounds the cost of every plan from here on."""

    share: float = 0.0
    found: CostBound | None = None
    noting: bool = False
    """Whether it is noted where the cheapest plans of least cost were found."""
    footing: Footing | None = None
    cheapest: Vector | None = None
    """The plan of the least outlays for the least cost."""

    def run(self, search: Search) -> Outcome:
        """Find the least cost and the least outlays for it, and hold the cost; return the plan of least cost."""
        session, programme = search.session, search.session.programme
        functions = programme.functions
        frugal, outlays = functions[FRUGAL], functions[OUTLAYS]
        allowed = session.allowed()
        with search.aside():
            least = patient(search, lambda s: s.minimise(frugal), self.first)
            if least.answer is Answer.UNBOUNDED:
                session.allow(allowed)
                return least  # nothing bounds what has no least: the rank that asks for it says so
            if not least.optimal:
                return self._failed(least)
            _hold_least(search, frugal, least)
            cheapest = patient(search, lambda s: s.minimise(outlays))
            self.footing = footing(search) if self.noting and cheapest.optimal else None
        session.allow(allowed)
        self.found = self._bound(programme, frugal.at(least.columns), cheapest if cheapest.optimal else least)
        session.hold(functions[w.Objective.COST.key], self.found.limit)
        return least

    def _bound(self, programme: Programme, lowest: float, cheapest: Outcome) -> CostBound:
        functions, columns = programme.functions, cheapest.columns
        self.cheapest = columns
        frugal, outlays = functions[FRUGAL], functions[OUTLAYS]
        today = columns_of_today(programme)
        spent: dict[Literal["cheapest", "today", "served"], float] = {"cheapest": outlays.at(columns)}
        spent["served"] = functions[SERVED_VALUE].at(columns)
        if today is not None:
            spent["today"] = outlays.at(today)
        largest = max(spent, key=lambda one: spent[one])
        now = None if today is None else frugal.at(today)
        limit = max(lowest, lowest if now is None else now) + self.share * spent[largest]
        return CostBound(least=lowest, today=now, outlays=spent[largest], limit=limit, outlays_of=largest)

    def same(self, again: Search, start: Start) -> bool:
        """Whether a search where no plan costs less than the least, and one costs that, gives the same bound."""
        assert self.found is not None
        programme = again.session.programme
        cheapest = again.stands(programme.functions[OUTLAYS], start)
        if cheapest is None:
            return False
        limit = self._bound(programme, self.found.least, cheapest).limit
        return abs(limit - self.found.limit) <= SAME * max(1.0, abs(limit))

    def proved(self, search: Search) -> Outcome:
        """Bound the cost; where nothing bounds it from below, nothing is held."""
        outcome = self.run(search)
        if outcome.answer is Answer.TIME_LIMIT:
            raise RankError(outcome.answer, self.number, self.name, self.function)
        return outcome

    def _failed(self, outcome: Outcome) -> Outcome:
        if outcome.answer is Answer.TIME_LIMIT:
            return outcome
        answer = outcome.answer if self.first else Answer.TROUBLE
        raise RankError(answer, self.number, self.name, self.function)

    def passed(self, outcome: Outcome) -> list[Vector]:
        """The plan of the least cost, and that of the least outlays for it."""
        return [outcome.columns] if self.cheapest is None else [outcome.columns, self.cheapest]

    def values(self, programme: Programme, columns: Vector) -> Iterator[RankValue]:
        """Nothing is told of it but the bound itself."""
        return iter(())


def bound_step(programme: Programme, number: int, first: bool) -> Bound | None:
    """Return the step that bounds the cost, None where nothing does."""
    share = cost_bound(programme.index.chain)
    if share is None or FRUGAL not in programme.functions:
        return None
    return Bound(number, FRUGAL, programme.functions[FRUGAL], first, required=True, share=share)


def _hold_least(search: Search, frugal: Function, least: Outcome) -> None:
    """Hold the least cost; among whole numbers by a row, which leaves every case as it is.

    Without any by what all optima have in common: the basis at hand may then prove the least outlays without a run.
    """
    if not search.session.programme.has_whole_columns:
        hold_value(search, frugal, least, 0.0)
        return
    search.session.hold(frugal, frugal.at(least.columns))
    search.narrow(least)


def within_every_bound(programme: Programme, columns: Vector, today: Vector | None) -> bool:
    """Whether a plan costs less than any bound that the cost and outlays of ``today`` give, or nothing bounds it."""
    lowest = lowest_bound(programme, today)
    return lowest == np.inf or programme.functions[w.Objective.COST.key].at(columns) <= lowest


def lowest_bound(programme: Programme, today: Vector | None) -> float:
    """Return what the bound on the cost is at least, whatever the cheapest plan costs; infinite where there is none."""
    share = cost_bound(programme.index.chain)
    if share is None or FRUGAL not in programme.functions:
        return np.inf
    if today is None:
        return -np.inf
    return programme.functions[FRUGAL].at(today) + share * programme.functions[OUTLAYS].at(today)


def columns_of_today(programme: Programme) -> Vector | None:
    """Return today's yearly figures as columns, all of a year in the first period; None where nothing is known.

    Variants of a programme, such as thousands of losses, have the same.
    """
    return _columns_of_today(programme.index, programme.columns)


@latest(2)
def _columns_of_today(x: Index, columns: Names) -> Vector | None:
    if not x.has_today:
        return None
    found = np.zeros(len(columns))
    by_row: dict[str, Callable[[Any], float]] = {
        "flow": x.flow_today, "level": x.level_today, "offered": x.offered_today, "served": x.served_today,
        "grant": x.grant_today, "open_link": lambda e: float(x.flow_today(e) > 0),
        "open_process": lambda k: float(x.level_today(k) > 0),
        "expansion": lambda k: max(0.0, x.level_today(k) - (x.processes[k].capacity or 0.0)),
        "stock": x.stock_today, "discarded": x.discarded_today,
    }  # fmt: skip
    for variable, of_year in by_row.items():
        family = columns.families.get(variable)
        if family is not None:
            rows, places = family.first_of_year
            found[places] = [of_year(row) for row in rows]
    return found
