"""What is lost out of a programme: the same matrix with other bounds, so that a session takes it in place.

A loss is what a scenario would call ``off``: everything that flows through it is bounded to 0, what rests on it
alone (its minimum, its share of today's output, its fixed costs, its own needs, a rule that names nobody else) goes
with it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import numpy.typing as npt

from filiere.chain.chain import Limit
from filiere.model.equations.balance import balance
from filiere.model.equations.limits import limit, wished_limit
from filiere.model.facts import EQUATION_FACTS, facts_of
from filiere.model.index import Index
from filiere.schema import words as w
from filiere.solver.programme.compile import Function, Programme, Vector

_OF_MONEY = tuple(name for name, facts in EQUATION_FACTS.items() if facts.table == "actors" and facts.sums)
"""Rows of an actor's account."""


MANY = 2_000
"""Rows from which on a basis that is no start for the dual simplex method costs more than it spares: with fewer it
takes a tenth of pivots more, and no time.
"""


@dataclass(frozen=True)
class Lost:
    """What is lost: actors, activities as (process, actor), links as positions in the programme's index."""

    actors: frozenset[str] = frozenset()
    processes: frozenset[tuple[str, str]] = frozenset()
    links: frozenset[int] = frozenset()

    def __or__(self, other: Lost) -> Lost:
        return Lost(self.actors | other.actors, self.processes | other.processes, self.links | other.links)


class Losses:
    """A programme out of which anything can be lost."""

    def __init__(self, programme: Programme) -> None:
        self.programme = programme
        self.x: Index = programme.index
        self._columns = _places(programme.columns)
        self._rows = _places(programme.rows)
        self._position = {name: i for i, name in enumerate(programme.rows)}

    def columns(self, lost: Lost) -> npt.NDArray[np.intp]:
        """Return the columns that stand for what is lost."""
        return _found(self._columns, self._members(lost))

    def unused(self, lost: Lost, columns: Vector) -> bool:
        """Whether a plan does without what is lost already: losing it then changes no optimum."""
        return not (np.abs(columns[self.columns(lost)]) > 1e-9).any()

    def without(self, lost: Lost) -> Programme:
        """Return the programme without what is lost, on the same matrix."""
        programme = self.programme
        gone, freed = self.columns(lost), self._freed(lost)
        lower, upper = programme.column_lower.copy(), programme.column_upper.copy()
        lower[gone], upper[gone] = 0.0, 0.0
        row_lower, row_upper = programme.row_lower.copy(), programme.row_upper.copy()
        processes = sorted(self._processes(lost))
        for row, amount in self._no_more_paid(processes):
            row_lower[row] += amount
            row_upper[row] += amount
        free = [*freed.tolist(), *(self._row_of(rule) for rule in self._rules_gone(lost))]
        row_lower[free], row_upper[free] = -np.inf, np.inf
        if len(programme.rows) > MANY:
            alone = self._alone(free, gone)
            row_lower[alone], row_upper[alone] = 0.0, 0.0
        return replace(
            programme, column_lower=lower, column_upper=upper, row_lower=row_lower, row_upper=row_upper,
            functions=self._functions(processes),
        )  # fmt: skip

    def _alone(self, rows: Sequence[int], gone: npt.NDArray[np.intp]) -> npt.NDArray[np.intp]:
        """Rows that have no column but those that are gone: at 0 they ask nothing, and keep the price that they had.

        A row that is freed where a solve before ended with a price is no start: of 53,000 rows, the dual simplex method
        took 15,000 pivots in place of some hundred.
        """
        left = np.ones(len(self.programme.columns))
        left[gone] = 0.0
        found = np.array(rows, dtype=np.intp)
        others: npt.NDArray[np.bool_] = abs(self.programme.matrix[found]) @ left > 0.0
        return found[~others]

    def _freed(self, lost: Lost) -> npt.NDArray[np.intp]:
        """Rows that fall away; what others take of a lost actor's means cannot be had, and that balance says so."""
        spots = [spot for spot in self.x.pooling.means_at if spot[0] in lost.actors]
        kept = {self._position[balance.__name__, spot] for spot in spots if (balance.__name__, spot) in self._position}
        rows = _found(self._rows, self._members(lost))
        return rows[~np.isin(rows, sorted(kept))] if kept else rows

    def _processes(self, lost: Lost) -> set[int]:
        found = {self.x.processes_by_key[key] for key in lost.processes}
        return found | {k for a in lost.actors for k in self.x.processes_of.get(a, ())}

    def _members(self, lost: Lost) -> Iterator[tuple[str, Any]]:
        """What is lost, as (kind, key), with everything that goes along."""
        x, processes = self.x, self._processes(lost)
        keys = {x.processes[k].key for k in processes}
        yield from (("process", k) for k in processes)
        yield from (("link", e) for e in lost.links)
        for a in lost.actors:
            yield ("actor", a)
            yield from (("link", e) for e in (*x.links_from.get(a, ()), *x.links_to.get(a, ())))
            yield from (("offer", o) for o in x.offers_of.get(a, ()))
            yield from (("need", n) for n in x.needs_of.get(a, ()))
        for f, row in enumerate(x.funding):
            if {row.funder, row.actor} & lost.actors or (row.processes and keys.issuperset(row.processes)):
                yield ("grant", f)

    def _no_more_paid(self, processes: Iterable[int]) -> Iterator[tuple[int, float]]:
        """Rows whose constant held a fixed cost, an annuity or an opening that is gone, and by how much they move."""
        for k in processes:
            process, fixed = self.x.processes[k], fixed_cost(self.x, k)
            of_actor = [(name, process.actor) for name in _OF_MONEY] if fixed else []
            yield from ((self._position[name], -fixed) for name in of_actor if name in self._position)
            for rule in self.x.chain.limits:
                amount = _counted(self.x, rule, k)
                if amount:
                    yield self._row_of(rule), amount

    def _row_of(self, rule: Limit) -> int:
        return self._position[(wished_limit if rule.wished else limit).__name__, rule.name]

    def _rules_gone(self, lost: Lost) -> Iterator[Limit]:
        keys = frozenset(self.x.processes[k].key for k in self._processes(lost))
        for rule in self.x.chain.limits:
            scope = rule.scope
            if (scope.processes and scope.processes <= keys) or any(
                ends and ends <= lost.actors for ends in (scope.sellers, scope.buyers)
            ):
                yield rule

    def _functions(self, processes: Iterable[int]) -> dict[str, Function]:
        """The functions without the fixed costs of what is lost."""
        costs = [(fixed_cost(self.x, k), self.x.processes[k].local_share) for k in processes]
        paid = sum(fixed for fixed, _ in costs)
        abroad = sum(fixed * (1.0 - share) for fixed, share in costs if share is not None)
        saved = {
            "cost": paid,
            "frugal_cost": paid,
            "outlays": paid,
            "dependency": self.x.chain.settings.upstream_weight * abroad,
            "dependency_upstream": abroad,
        }
        functions = dict(self.programme.functions)
        for name, amount in saved.items():
            if amount and name in functions:
                functions[name] = Function(functions[name].coefficients, functions[name].constant - amount)
        return functions


def fixed_cost(x: Index, k: int) -> float:
    """Return what an activity costs whatever it does: a candidate's is paid only if it is opened."""
    process = x.processes[k]
    if process.candidate:
        return 0.0
    return process.fixed_cost + (process.investment if process.opened else 0.0)


def _counted(x: Index, rule: Limit, k: int) -> float:
    """What an activity adds to a rule whatever it does."""
    process, scope = x.processes[k], rule.scope
    if scope.sellers is not None and process.actor not in scope.sellers and rule.measure is not w.LimitMeasure.COST:
        return 0.0
    if scope.processes is not None and process.key not in scope.processes:
        return 0.0
    if rule.measure is w.LimitMeasure.COST:
        owned = scope.sellers is None or process.actor in scope.sellers
        return fixed_cost(x, k) if owned and scope.period is None else 0.0
    if not process.opened or scope.buyers is not None or scope.products is not None:
        return 0.0
    return {w.LimitMeasure.OPENED: 1.0, w.LimitMeasure.INVESTMENT: process.investment}.get(
        rule.measure if isinstance(rule.measure, w.LimitMeasure) else w.LimitMeasure.QUANTITY, 0.0
    )


Places = dict[tuple[str, Any], list[int]]


def _places(names: Iterable[tuple[str, Any]]) -> Places:
    """Return (kind, key) → positions."""
    found: Places = defaultdict(list)
    for i, (name, key) in enumerate(names):
        first = key[0] if isinstance(key, tuple) else key
        if (owner := facts_of(name).owner) is not None:
            found[owner, first].append(i)
    return found


def _found(places: Places, members: Iterable[tuple[str, Any]]) -> npt.NDArray[np.intp]:
    return np.array(sorted({i for member in members for i in places.get(member, ())}), dtype=np.intp)
