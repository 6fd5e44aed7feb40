"""Steps that a solve can do without: equal shares where all is served, a cost bound that no plan comes near.

A chain that is a little other than one whose plan is known is solved without those that changed nothing there. What it
ends with says whether they would have changed anything: if so, it is solved again with them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeVar

from filiere.chain.chain import Objective
from filiere.chain.derived.default_objectives import cost_bound, fairness
from filiere.schema import words as w
from filiere.solver.programme.compile import Function, Programme, Vector
from filiere.solver.ranks.bound import columns_of_today, lowest_bound, within_every_bound
from filiere.solver.ranks.rank import ranks
from filiere.solver.ranks.ranks import Ranked, hold_ranks, solve_ranks, values_of_ranks
from filiere.solver.ranks.step import RankError
from filiere.solver.ranks.trail import Mark, Trail
from filiere.solver.session.answer import Answer
from filiere.solver.session.cases.search import Search
from filiere.solver.session.outcome import Outcome

SERVED = 1e-6
"""Less than this of a unit of what is worth most is not missing."""


@dataclass(frozen=True)
class Spared:
    """Which of these steps are left out at first."""

    shares: bool = False
    bound: bool = False

    def values(self, take: Callable[[], Search], objectives: Sequence[Objective]) -> dict[str, float]:
        """Return what each objective comes to at the end of its rank; raises ``RankError``.

        Every search that ``take`` begins is of the same programme, with nothing held that a rank holds.
        """
        return _first(spared.without(take(), objectives) for spared in (self, Spared()))

    def last(self, take: Callable[[], Search], objectives: Sequence[Objective]) -> Vector:
        """Return the plan that the last rank ends with, as :meth:`values` does."""
        ended = _first(spared._held(take(), objectives) for spared in (self, Spared()))
        return ended[max(ended)].columns

    def ranked(self, take: Callable[[], Search], objectives: Sequence[Objective]) -> Ranked:
        """Solve every rank and the closing ones as :func:`solve_ranks` does; raises ``RankError``."""
        return _first(spared._ranked(take(), objectives) for spared in (self, Spared()))

    def without(
        self, search: Search, objectives: Sequence[Objective], trail: Trail | None = None, begun: Sequence[Mark] = ()
    ) -> dict[str, float] | None:
        """Return what each objective comes to without these steps, None where they would have changed anything.

        ``trail`` and ``begun`` are as for :func:`hold_ranks`. Raises ``RankError`` where nothing is left out.
        """
        ended = self._held(search, objectives, trail, begun)
        return None if ended is None else values_of_ranks(search.session.programme, objectives, ended)

    def _held(
        self, search: Search, objectives: Sequence[Objective], trail: Trail | None = None, begun: Sequence[Mark] = ()
    ) -> dict[int, Outcome] | None:
        try:
            ended = hold_ranks(search, objectives, trail, begun, shares=not self.shares, bounds=not self.bound)
        except RankError as error:
            if self._is_last_word(error):
                raise
            return None
        tolerant = [rank.number for rank in ranks(objectives) if rank.tolerant]
        told = [ended[number].columns for number in (*tolerant, max(ended))]
        return None if self._changed(search.session.programme, told) else ended

    def _ranked(self, search: Search, objectives: Sequence[Objective]) -> Ranked | None:
        asked = w.Fairness.NO if self.shares else None
        try:
            found = solve_ranks(search, objectives, asked, bounds=not self.bound)
        except RankError as error:
            if self._is_last_word(error):
                raise
            return None
        return None if self._changed(search.session.programme, found.passed) else found

    def _is_last_word(self, error: RankError) -> bool:
        """Whether the steps left out could not end otherwise: they only forbid, so that no plan stays none."""
        return self.leaves_nothing_out or error.answer is Answer.INFEASIBLE

    @property
    def leaves_nothing_out(self) -> bool:
        """Whether every step is taken: what fails then fails."""
        return not (self.shares or self.bound)

    def _changed(self, programme: Programme, told: Sequence[Vector]) -> bool:
        """Whether the steps left out forbid a plan by which a rank that may be worsened was held, or the last plan.

        That one has the optimum of every other rank.
        """
        if self.leaves_nothing_out:
            return False
        if not told or (self.shares and not _all_served(programme, told[-1])):
            return True
        today = columns_of_today(programme) if self.bound else None
        return self.bound and not all(within_every_bound(programme, columns, today) for columns in told)


Found = TypeVar("Found")


def _first(each: Iterator[Found | None]) -> Found:
    """Return the first that was found; there is one where nothing is left out."""
    return next(found for found in each if found is not None)


def spared(programme: Programme, value: Callable[[w.Objective], float]) -> Spared:
    """Return which steps changed nothing in a plan of which ``value`` tells what an objective comes to."""
    chain, unmet = programme.index.chain, programme.functions.get("unmet")
    return Spared(
        shares=fairness(chain) is not w.Fairness.NO
        and unmet is not None
        and _is_nothing(value(w.Objective.UNMET), unmet),
        bound=cost_bound(chain) is not None
        and value(w.Objective.COST) <= lowest_bound(programme, columns_of_today(programme)),
    )


def _all_served(programme: Programme, columns: Vector) -> bool:
    """Whether a plan is known to leave nothing unmet of what is wanted, or nobody asks for equal shares of it."""
    nobody, unmet = fairness(programme.index.chain) is w.Fairness.NO, programme.functions.get("unmet")
    return nobody or (unmet is not None and _is_nothing(unmet.at(columns), unmet))


def _is_nothing(missing: float, unmet: Function) -> bool:
    return missing <= SERVED * float(unmet.coefficients.max(initial=0.0))
