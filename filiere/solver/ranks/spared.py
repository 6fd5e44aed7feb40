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
from filiere.solver.ranks.bound import columns_of_today, within_every_bound
from filiere.solver.ranks.rank import ranks
from filiere.solver.ranks.ranks import hold_ranks, values_of_ranks
from filiere.solver.ranks.step import RankError
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

        Every search that ``take`` begins is of the same programme, with nothing held.
        """
        search = take()
        programme = search.session.programme
        if self.shares or self.bound:
            try:
                ended = hold_ranks(search, objectives, shares=not self.shares, bounds=not self.bound)
            except RankError:
                ended = {}
            if ended and self._changed_nothing(programme, objectives, ended):
                return values_of_ranks(programme, objectives, ended)
            search = take()
        return values_of_ranks(programme, objectives, hold_ranks(search, objectives))

    def _changed_nothing(
        self, programme: Programme, objectives: Sequence[Objective], ended: Mapping[int, Outcome]
    ) -> bool:
        """Whether the steps left out allow what each rank ended with.

        The last plan has the optimum of every rank that nothing may be given up of.
        """
        tolerant = [rank.number for rank in ranks(objectives) if rank.tolerant]
        told = [ended[number].columns for number in {*tolerant, max(ended)}]
        if self.shares and not all_served(programme, ended[max(ended)].columns):
            return False
        return not self.bound or is_no_bound(programme, told)


def spared(programme: Programme, columns: Vector) -> Spared:
    """Return which steps changed nothing in a plan of a programme."""
    chain = programme.index.chain
    return Spared(
        shares=fairness(chain) is not w.Fairness.NO and all_served(programme, columns),
        bound=cost_bound(chain) is not None and is_no_bound(programme, [columns]),
    )


def all_served(programme: Programme, columns: Vector) -> bool:
    """Whether a plan leaves nothing unmet of what is wanted, or nobody asks for equal shares of it."""
    unmet = programme.functions["unmet"]
    nobody = fairness(programme.index.chain) is w.Fairness.NO
    return nobody or unmet.at(columns) <= SERVED * float(unmet.coefficients.max(initial=0.0))


def is_no_bound(programme: Programme, plans: Sequence[Vector]) -> bool:
    """Whether no bound on the cost that the chain can have holds any of these plans back."""
    today = columns_of_today(programme)
    return all(within_every_bound(programme, columns, today) for columns in plans)
