"""What would make a loss bearable: one figure of the workbook widened just enough, found and proved by re-solving."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from filiere.model.facts import EQUATION_FACTS, Widened
from filiere.solver.programme.compile import Function, Programme, Vector
from filiere.solver.ranks.ranks import hold_ranks
from filiere.solver.ranks.step import RankError, hold_value
from filiere.solver.replan.loss import Replan, Replanner

_ROWS = {name: facts.widened for name, facts in EQUATION_FACTS.items() if facts.widened is not None}
MOST = 15
"""How many figures are tried at most, those that hold the plan back first."""
HALVINGS = 40
DIGITS = 4
"""Digits to which the amount is rounded up: a coordinator does not order 40.0000003 t."""


@dataclass(frozen=True)
class Widening:
    """A figure, and by how much it must grow: ``position`` is that of its row in the programme's index."""

    kind: Widened
    position: int
    amount: float
    plan: Replan


def widenings(planner: Replanner, programme: Programme, unmet: float, tolerance: float) -> Iterator[Widening]:
    """Yield each single figure whose growth alone brings what is unmet back to ``unmet``, and the plan that follows.

    ``programme`` is the chain after the loss. A candidate's capacity is no figure to widen: it opens or not.
    """
    outcome = planner.least_unmet(programme)
    if not outcome.optimal:
        return
    helpful = set(outcome.face.rows.tolist()) if outcome.face is not None else set()
    members = _members(programme, outcome.columns, helpful)
    for (kind, position), rows in list(members.items())[:MOST]:
        base = _base(planner, kind, position)
        if base <= 0.0:
            continue
        share = _least_share(planner, programme, rows, unmet + tolerance)
        if share is None:
            continue
        amount = _round_up(base * share)
        for chosen in (amount, base * share * (1.0 + 1e-6)):
            wide = _widened(programme, rows, chosen / base)
            if _unmet(planner, wide) <= unmet + tolerance:
                found = planner.solve(wide)
                if found.columns is not None:
                    yield Widening(kind, position, chosen, found)
                break


def least_of(planner: Replanner, programme: Programme, columns: Sequence[int]) -> tuple[float, Replan] | None:
    """Return the least that must flow through ``columns`` for the least unmet, and the best plan with no more."""
    search = planner.take(programme)
    outcome = search.minimise(programme.functions["unmet"])
    if not outcome.optimal:
        return None
    hold_value(search, programme.functions["unmet"], outcome, 0.0)
    chosen = np.zeros(len(programme.columns))
    chosen[list(columns)] = 1.0
    function = Function(chosen, 0.0)
    least = search.minimise(function)
    if not least.optimal:
        return None
    planner.session.hold(function, function.at(least.columns))
    try:
        ended = hold_ranks(search, planner.objectives)
    except RankError:
        return None
    return function.at(least.columns), Replan(programme, ended[max(ended)].columns)


def _members(programme: Programme, columns: Vector, helpful: set[int]) -> dict[tuple[Widened, int], list[int]]:
    """Return the figures that stand at their limit → all their rows; those that hold the optimum back first."""
    activity = programme.matrix @ columns
    upper = programme.row_upper
    limit = np.where(np.isfinite(upper) & (upper > 0.0), upper, np.nan)
    full = activity >= limit - 1e-7 * np.maximum(1.0, limit)
    every: dict[tuple[Widened, int], list[int]] = {}
    order: dict[tuple[Widened, int], tuple[bool, int]] = {}
    for row, (name, key) in enumerate(programme.rows):
        if name in _ROWS:
            member = (_ROWS[name], key[0] if isinstance(key, tuple) else key)
            every.setdefault(member, []).append(row)
            if full[row]:
                rank = (row not in helpful, row)
                order[member] = min(order.get(member, rank), rank)
    return {member: every[member] for member in sorted(order, key=lambda member: order[member])}


def _base(planner: Replanner, kind: Widened, position: int) -> float:
    x = planner.x
    if kind == "capacity":
        process = x.processes[position]
        return 0.0 if process.candidate else process.capacity or 0.0
    return (x.links[position].maximum if kind == "link" else x.offers[position].maximum) or 0.0


def _least_share(planner: Replanner, programme: Programme, rows: Sequence[int], enough: float) -> float | None:
    """Return the least share by which the rows must grow, None where no growth is enough."""
    upper = programme.row_upper.copy()
    upper[list(rows)] = np.inf
    free = replace(programme, row_upper=upper)
    outcome = planner.least_unmet(free)
    if not outcome.optimal or free.functions["unmet"].at(outcome.columns) > enough:
        return None
    limits = programme.row_upper[list(rows)]
    used = (programme.matrix[list(rows), :] @ outcome.columns)[limits > 0]
    low, high = 0.0, float(np.max(used / limits[limits > 0] - 1.0, initial=0.0))
    if high <= 0.0 or _unmet(planner, _widened(programme, rows, high)) > enough:
        return None
    for _ in range(HALVINGS):
        middle = (low + high) / 2.0
        if _unmet(planner, _widened(programme, rows, middle)) > enough:
            low = middle
        else:
            high = middle
        if high - low <= 1e-7 * high:
            break
    return high


def _widened(programme: Programme, rows: Sequence[int], share: float) -> Programme:
    upper = programme.row_upper.copy()
    upper[list(rows)] *= 1.0 + share
    return replace(programme, row_upper=upper)


def _unmet(planner: Replanner, programme: Programme) -> float:
    outcome = planner.least_unmet(programme)
    return programme.functions["unmet"].at(outcome.columns) if outcome.optimal else math.inf


def _round_up(amount: float) -> float:
    """Return the amount rounded up to a few digits, but for what bisection leaves of rounding."""
    if amount <= 0.0:
        return 0.0
    unit = 10.0 ** (math.floor(math.log10(amount)) + 1 - DIGITS)
    return math.ceil(amount / unit * (1.0 - 3e-7) - 1e-9) * unit
