"""Figures so far apart that one choice of units may lose some: solved in two, and the better certified plan is told.

A solver's tolerance is the same for all that it is given. Where one figure of a workbook is a thousand million times
another, what units make of them decides what is missed: so a chain of that kind is solved in the usual units and in
those of what could be used, and each plan is certified before it is compared. Where neither holds, both figures are
told, with their cells.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator

from filiere.chain.chain import Chain
from filiere.chain.check.figures import Extreme, extremes
from filiere.problems import WorkbookError
from filiere.problems.solving import FIGURES_APART
from filiere.solution.solution import Solution, Status
from filiere.solver.programme.compile import Programme
from filiere.solver.programme.scales import Scales, scales, scales_by_use
from filiere.solver.ranks.step import RankError
from filiere.solver.session.answer import Answer

FAR = 1e9
"""Largest over smallest figure from which on plans are looked for in two units."""

NEARLY = 1e-6
"""Values of a rank that are nearer than this, relative to them, are one."""

Units = Callable[[Programme], Scales]


def far_apart(chain: Chain) -> tuple[Extreme, Extreme] | None:
    """Return the smallest and the largest figure of a workbook where they lie far apart, None where they do not."""
    found = extremes(chain)
    return found if found is not None and found[1].size > FAR * found[0].size else None


def found_in_units(chain: Chain, attempt: Callable[[Units], Solution]) -> Solution:
    """Return what ``attempt`` finds in the usual units; where it fails, or figures are far apart, in others too.

    Raises ``RankError`` where numbers fail in both, ``WorkbookError`` where figures lie too far apart for that.
    """
    apart = far_apart(chain)
    first = _tried(attempt, scales)
    if isinstance(first, Solution) and (apart is None or first.status is Status.TIME_LIMIT):
        return first
    if isinstance(first, RankError) and first.answer is not Answer.TROUBLE:
        raise first
    second = _tried(attempt, scales_by_use)
    held = [one for one in (first, second) if isinstance(one, Solution) and _holds(chain, one)]
    if held:
        return min(held, key=lambda one: _Order(chain, one))
    statuses = {one.status for one in (first, second) if isinstance(one, Solution)}
    if len(statuses) == 1 and statuses <= {Status.INFEASIBLE, Status.UNBOUNDED, Status.TIME_LIMIT}:
        return next(one for one in (first, second) if isinstance(one, Solution))
    if apart is not None:
        raise too_far_apart(*apart)
    assert isinstance(first, RankError)
    raise first


def too_far_apart(smallest: Extreme, largest: Extreme) -> WorkbookError:
    """Return the error that tells both figures, at the cell of the smallest."""
    return WorkbookError([
        FIGURES_APART.at(
            smallest.cell, smallest=smallest.size, largest=largest.size, other=largest.cell or "",
        )
    ])  # fmt: skip


def _tried(attempt: Callable[[Units], Solution], units: Units) -> Solution | RankError:
    try:
        return attempt(units)
    except RankError as error:
        return error


def _holds(chain: Chain, solution: Solution) -> bool:
    from filiere.solution.certify.certify import certify

    return solution.plan is not None and certify(chain, solution).passed


class _Order:
    """Solutions in the order of what their ranks reach; the first one comes before what is as good."""

    def __init__(self, chain: Chain, solution: Solution) -> None:
        from filiere.solution.certify.ranks import maximised

        declared = {(o.rank, o.key): o for o in chain.objectives}
        self.values: dict[int, float] = {}
        for told in solution.objectives:
            sign = -1.0 if maximised(told, declared) else 1.0
            self.values[told.rank] = self.values.get(told.rank, 0.0) + sign * told.weight * told.value

    def __lt__(self, other: _Order) -> bool:
        return next((one < its for one, its in self._pairs(other) if not _equal(one, its)), False)

    def _pairs(self, other: _Order) -> Iterator[tuple[float, float]]:
        return ((value, other.values.get(rank, math.inf)) for rank, value in sorted(self.values.items()))


def _equal(one: float, other: float) -> bool:
    return math.isclose(one, other, rel_tol=NEARLY, abs_tol=NEARLY)
