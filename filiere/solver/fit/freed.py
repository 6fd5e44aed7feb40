"""What one figure of this year explains alone, and what two explain that changed places.

A figure is freed by leaving it out of the least change; two are exchanged in their own rows. How fast the least change
falls with a figure, which its reduced cost says, bounds from below what an exchange can leave: most pairs need no run.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from heapq import nsmallest
from itertools import compress

import numpy as np

from filiere.chain.chain import Chain
from filiere.schema import words as w
from filiere.solver.programme.compile import Function, Programme, Vector, compiled
from filiere.solver.session.probe import Probe

Freed = int | tuple[str, str]
"""A link, by its position in the chain, or an activity, by its key."""
WORK, FEWEST, MOST = 60_000, 5, 30
"""How many figures are freed, and how many pairs tried: ``WORK`` over the number of columns, between the others."""
LEFT = 0.1
"""The part of the least change that an exchange may leave."""
_ALIKE = 1e-3
_NEAREST = 1e-6
"""What moving a freed figure weighs: of the values that let the others fit as well, it takes the nearest."""
ROUNDING = 1e-9


@dataclass(frozen=True)
class Explained:
    """What freeing one figure comes to: the part of the least change that it takes away, and what it would be."""

    freed: Freed
    share: float
    value: float


@dataclass(frozen=True)
class _Column:
    """Where a figure stands: its two deviations, its row, and what is typed."""

    more: int
    less: int
    row: int
    typed: float


class Blame:
    """A chain's least change, and what is left of it where figures are freed or exchanged."""

    def __init__(self, chain: Chain) -> None:
        self._programme = compiled(chain)
        self._change = self._programme.functions[w.Objective.CHANGE.key]
        self._session = Probe(self._programme)
        least = self._session.minimise(self._change)
        self._start = self._session.start.known
        self.total = self._change.at(least.columns) if least.optimal else 0.0
        self._costs = self._session.reduced_costs() if self.total > 0.0 else np.empty(0)
        self._most = int(min(MOST, max(FEWEST, WORK // max(1, len(self._programme.columns)))))
        self._columns = _columns(self._programme)

    def explained(self, figures: Sequence[Freed]) -> Iterator[Explained]:
        """Free each figure in turn, the first ones where there are too many."""
        for freed in [one for one in figures if one in self._columns][: self._most if self.total > 0.0 else 0]:
            column = self._columns[freed]
            own, costs = [column.more, column.less], self._change.coefficients.copy()
            costs[own] *= _NEAREST
            self._session.start_at(self._start)  # one figure of all is free: its optimum is near
            outcome = self._session.minimise(Function(costs, self._change.constant))
            if outcome.optimal:
                costs[own] = 0.0
                left = float(costs @ outcome.columns + self._change.constant)
                moved = float(outcome.columns[column.more] - outcome.columns[column.less])
                yield Explained(freed, 1.0 - left / self.total, column.typed + moved)

    def exchanged(self) -> Iterator[tuple[Freed, Freed]]:
        """Yield the pairs of figures after whose exchange next to nothing has to change."""
        if self.total <= 0.0:
            return
        for *_, one, other in self._promising():
            if self._after(self._columns[one], self._columns[other]) <= LEFT * self.total:
                yield one, other

    def _promising(self) -> list[tuple[float, str, str, Freed, Freed]]:
        """Return the pairs whose exchange may leave next to nothing, what may leave least first."""
        every = {freed: fall for freed, column in self._columns.items() if (fall := self._fall(column))}
        falls = np.array(list(every.values()))
        typed = np.array([self._columns[freed].typed for freed in every])
        # A figure whose exchange cannot do it, however far the other lies, is not paired: of many, nearly all.
        most = _farthest(falls) * _farthest(typed)
        within = most >= (1.0 - LEFT) * self.total * (1.0 - ROUNDING)
        keys, falls, typed = list(compress(every, within.tolist())), falls[within], typed[within]
        links = np.array([isinstance(freed, int) for freed in keys], dtype=bool)
        pairs: list[tuple[float, str, str, Freed, Freed]] = []
        for i, one in enumerate(keys):
            a, b = typed[i], typed[i + 1 :]
            least = self.total + (falls[i] - falls[i + 1 :]) * (b - a)
            apart = np.abs(a - b) > _ALIKE * np.maximum(a, b)
            for j in np.flatnonzero((links[i] == links[i + 1 :]) & apart & (least <= LEFT * self.total)).tolist():
                other = keys[i + 1 + j]
                pairs.append((abs(float(least[j])), str(one), str(other), one, other))
            pairs = nsmallest(self._most, pairs, key=lambda pair: pair[:3])
        return pairs

    def _fall(self, column: _Column) -> float:
        """How fast the least change grows with what is typed."""
        return float(self._costs[column.more] - self._change.coefficients[column.more])

    def _after(self, one: _Column, other: _Column) -> float:
        rows = [one.row, other.row]
        lower, upper = self._session.row_bounds(rows)
        by = np.array([other.typed - one.typed, one.typed - other.typed])
        self._session.move_rows(rows, lower + by, upper + by)
        self._session.start_at(self._start)
        outcome = self._session.minimise(self._change)
        self._session.move_rows(rows, lower, upper)
        return self._change.at(outcome.columns) if outcome.optimal else float("inf")


def _farthest(values: Vector) -> Vector:
    """Return how far the farthest of the others lies from each value."""
    return np.maximum(values - values.min(), values.max() - values) if len(values) else values


def _columns(programme: Programme) -> dict[Freed, _Column]:
    x, found = programme.index, dict[Freed, _Column]()
    matrix = programme.matrix.tocsc()
    for more, less in (("more_flow", "less_flow"), ("more_level", "less_level")):
        ups, downs = programme.columns.families.get(more), programme.columns.families.get(less)
        if ups is None or downs is None:
            continue
        down = downs.place
        for key, up in zip(ups.keys, ups.positions.tolist(), strict=True):
            rows = matrix.indices[matrix.indptr[up] : matrix.indptr[up + 1]]
            if key not in down or len(rows) != 1:
                continue
            if more == "more_flow":
                found[x.link_positions[key]] = _Column(up, down[key], int(rows[0]), x.links[key].today or 0.0)
            else:
                process = x.processes[key]
                found[process.key] = _Column(up, down[key], int(rows[0]), process.today or 0.0)
    return found
