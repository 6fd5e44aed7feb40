"""Steps that a solve can do without: equal shares where all is served, a cost bound that no plan comes near.

A chain that is a little other than one whose plan is known is solved without those that changed nothing there. What it
ends with says whether they would have changed anything: if so, it is solved again with them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from filiere.chain.chain import Objective
from filiere.chain.derived.default_objectives import cost_bound, fairness
from filiere.schema import words as w
from filiere.solver.programme.compile import Programme, Vector
from filiere.solver.ranks.bound import columns_of_today, lowest_bound, within_every_bound
from filiere.solver.ranks.rank import ranks
from filiere.solver.ranks.ranks import hold_ranks, values_of_ranks
from filiere.solver.ranks.step import RankError
from filiere.solver.ranks.trail import Mark, Trail
from filiere.solver.session.outcome import Outcome
from filiere.solver.session.search import Search

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
        each = (spared.without(take(), objectives) for spared in (self, Spared()))
        return next(found for found in each if found is not None)

    def without(
        self, search: Search, objectives: Sequence[Objective], trail: Trail | None = None, begun: Sequence[Mark] = ()
    ) -> dict[str, float] | None:
        """Return the same without these steps, None where they would have changed anything.

        ``trail`` and ``begun`` are as for :func:`hold_ranks`. Raises ``RankError`` where nothing is left out.
        """
        programme = search.session.programme
        try:
            ended = hold_ranks(search, objectives, trail, begun, shares=not self.shares, bounds=not self.bound)
        except RankError:
            if self.shares or self.bound:
                return None
            raise
        changed = self._changed(programme, objectives, ended)
        return None if changed else values_of_ranks(programme, objectives, ended)

    def _changed(self, programme: Programme, objectives: Sequence[Objective], ended: Mapping[int, Outcome]) -> bool:
        """Whether the steps left out forbid what a rank ended with.

        The last plan has the optimum of every rank that nothing may be given up of.
        """
        tolerant = [rank.number for rank in ranks(objectives) if rank.tolerant]
        told = [ended[number].columns for number in {*tolerant, max(ended)}]
        if self.shares and not all_served(programme, ended[max(ended)].columns):
            return True
        today = columns_of_today(programme) if self.bound else None
        return self.bound and not all(within_every_bound(programme, columns, today) for columns in told)


def spared(programme: Programme, cost: float, unmet: float) -> Spared:
    """Return which steps changed nothing in a plan that costs so much and leaves so much unmet."""
    chain = programme.index.chain
    return Spared(
        shares=fairness(chain) is not w.Fairness.NO and _is_nothing(programme, unmet),
        bound=cost_bound(chain) is not None and cost <= lowest_bound(programme, columns_of_today(programme)),
    )


def all_served(programme: Programme, columns: Vector) -> bool:
    """Whether a plan leaves nothing unmet of what is wanted, or nobody asks for equal shares of it."""
    nobody = fairness(programme.index.chain) is w.Fairness.NO
    return nobody or _is_nothing(programme, programme.functions["unmet"].at(columns))


def _is_nothing(programme: Programme, unmet: float) -> bool:
    return unmet <= SERVED * float(programme.functions["unmet"].coefficients.max(initial=0.0))
