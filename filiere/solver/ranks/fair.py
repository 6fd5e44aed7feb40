"""Equal shares of what is wanted: the smallest is raised as far as it goes, what can go no further is held, and so on.

Leximin, the order of Ogryczak, W. and Śliwiński, T. (2006), On direct methods for lexicographic min-max optimization,
ICCSA, LNCS 3982: level by level in a linear programme; with whole numbers, by the sums of the k smallest shares.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

import numpy as np
import numpy.typing as npt

from filiere.chain.derived.default_objectives import fairness
from filiere.model.equations.fairness import least_share, share_of_want
from filiere.model.ranked_cost import FRUGAL
from filiere.model.wants import Want
from filiere.schema import words as w
from filiere.solution.solution import RankValue
from filiere.solver.programme.compile import Function, Programme, Vector
from filiere.solver.ranks.step import Declared, Step, hold_value
from filiere.solver.session.answer import Answer
from filiere.solver.session.cases.search import Search
from filiere.solver.session.outcome import Outcome

FAIR = "fairness"

AFTER_ROOM = 0.05
"""What equal shares may add to what is missing, where they come after the needs."""

LEVELS = 50
"""Levels of equal shares, one above the other, that are told apart; what is above the last is left as it comes."""

FULL = 1.0 - 1e-9
"""A share that is as good as whole."""

SAME = 1e-7
"""Shares nearer to each other than this are alike."""

LEAVES, LEAVES_EXACT = 1e-9, 1e-10
"""What a share that is held leaves; and where all optima are known, so that no later rank misses it by a hair."""

WHOLLY = 1.0 - 1e-12
"""A share that is whole but for the last digits is held at 1 itself: what it would be left, others read as missing."""


class Shares:
    """The shares of a programme, and where they stand among its columns and rows."""

    def __init__(self, search: Search) -> None:
        self.search = search
        self.programme: Programme = search.session.programme
        self.wants: Sequence[Want] = self.programme.index.wants
        columns, rows = self.programme.columns.families, self.programme.rows.families
        self._share, self._ahead = columns["share"].place, columns["ahead"].place
        self._least = columns["least"].place[None]
        self._row = rows[least_share.__name__].place
        self.cut_short = False
        """Whether there were more levels than are told apart."""

    @property
    def least(self) -> Function:
        """The least share, as what is minimised."""
        return self._sum({self._least: -1.0})

    def settle(self) -> Outcome:
        """Make the shares as equal as they go, one importance after another; return the last run, which may have
        failed.
        """
        if (hoped := self._whole()) is not None:
            return hoped
        outcome = Outcome(Answer.OPTIMAL, np.zeros(len(self.programme.columns)))
        for _, group in groupby(self.wants, key=lambda want: want.importance):
            outcome = self._equal([want.key for want in group])
            if not outcome.optimal:
                return outcome
        if not self.programme.has_whole_columns:
            self.search.session.all_served = bool(outcome.columns[list(self._share.values())].min() >= WHOLLY)
            self._rest()
        return outcome

    def _whole(self) -> Outcome | None:
        """The cheapest plan with every share whole, where they were in the solve before; None where there is none.

        The least share need not be sought then, nor the least cost after it.
        """
        session, cheap = self.search.session, self.programme.functions.get(FRUGAL)
        if not session.all_served or cheap is None:
            return None
        allowed = session.allowed()
        self._hold((want.key for want in self.wants), 1.0)
        session.bound_columns(self._missing, 0.0)
        self._rest()
        outcome = session.minimise(cheap, believe_infeasible=True)
        if outcome.optimal:
            return outcome
        session.allow(allowed)
        return None

    @property
    def _missing(self) -> set[int]:
        """The columns of what is missing of a share: nothing is, where it is whole."""
        rows = self.programme.rows.families[share_of_want.__name__].positions
        return set(self.programme.matrix[rows].indices.tolist()) - set(self._share.values())

    def _rest(self) -> None:
        """Let nothing ask for the least share any more: columns that may have any value would hide that a plan of a
        later rank is the only one. Among whole numbers the cases are known by the plan as it was found.
        """
        ahead = [self._ahead[want.key] for want in self.wants]
        self.search.session.rest(np.array([*ahead, self._least], dtype=np.int32))

    def _equal(self, keys: list[tuple[str, str, str]]) -> Outcome:
        active, level, levels = set(keys), -1.0, 0
        while True:
            self._only(active)
            outcome = self.search.minimise_at_once(self.least)
            if not outcome.optimal:
                return outcome
            reached = float(min(outcome.columns[self._share[key]] for key in active))
            leaves = LEAVES if outcome.face is None else LEAVES_EXACT
            if reached >= FULL:
                self._hold(active, reached, leaves)
                break
            levels += reached > level + SAME
            level = max(level, reached)
            self._hold(active, level, leaves)
            if self.programme.index.smallest_sums and self.programme.has_whole_columns and outcome.face is None:
                self.search.narrow(outcome)
                return self._sums_of_smallest(keys, outcome)
            if levels > LEVELS:
                self.cut_short = True
                break
            stuck = self._stuck(active, outcome, level)
            if not stuck:
                break
            active -= stuck
            if not active:
                break
        self._only(set())
        return outcome

    def _only(self, active: set[tuple[str, str, str]]) -> None:
        """Let the least share be that of ``active`` alone."""
        ahead = np.array([self._ahead[want.key] for want in self.wants], dtype=np.int32)
        upper = np.array([0.0 if want.key in active else 1.0 for want in self.wants])
        self.search.session.set_bounds(ahead, np.zeros(len(ahead)), upper)

    def _hold(self, keys: Iterable[tuple[str, str, str]], level: float, leaves: float = LEAVES) -> None:
        columns: npt.NDArray[np.int32] = np.array([self._share[key] for key in keys], dtype=np.int32)
        least = 1.0 if level >= WHOLLY else level - leaves if level > SAME else 0.0
        self.search.session.set_bounds(columns, np.full(len(columns), least), np.ones(len(columns)))

    def _stuck(self, active: set[tuple[str, str, str]], outcome: Outcome, level: float) -> set[tuple[str, str, str]]:
        """Return the shares that no plan raises above the level while the others keep it.

        What has a reduced cost stands at the level in every optimum; where none is known, what the largest sum of the
        shares leaves there, again and again, until none of those left can rise.
        """
        if outcome.face is not None:
            tight = set(outcome.face.rows.tolist())
            found = {key for key in active if self._row[key] in tight}
            if found:
                return found
        left = {key for key in active if outcome.columns[self._share[key]] <= level + SAME}
        self._only(set())
        while left:
            raised = self.search.minimise(self._sum({self._share[key]: -1.0 for key in left}))
            if not raised.optimal:
                return left
            still = {key for key in left if raised.columns[self._share[key]] <= level + SAME}
            if still == left:
                return left
            left = still
        return set()

    def _sums_of_smallest(self, keys: list[tuple[str, str, str]], outcome: Outcome) -> Outcome:
        """Make the sum of the k smallest shares as large as it goes, for k = 1, 2, … in turn; of the smallest,
        ``outcome`` tells, and it is held.

        Where all shares but the k smallest are whole, every larger sum is as large as it goes too, no share being more
        than whole: the sum of all shares holds them.
        """
        self._only(set())
        importance, search = keys[0][2], self.search
        for k in (int(k) for k, level in self.programme.index.smallest_sums if level == importance):
            if k > 1:
                total = self._sum_of(k, keys)
                outcome = search.minimise_at_once(total)
                if not outcome.optimal:
                    return outcome
                search.session.hold(total, total.at(outcome.columns))
            shares = np.sort(outcome.columns[[self._share[key] for key in keys]])
            if k < len(keys) and shares[k] >= FULL:
                every = self._sum({self._share[key]: -1.0 for key in keys})
                search.session.hold(every, every.at(outcome.columns))
                break
        return outcome

    def _sum_of(self, k: int, keys: list[tuple[str, str, str]]) -> Function:
        """The sum of the k smallest shares, as what is minimised."""
        kth, below = (self.programme.columns.families[name].place for name in ("kth", "below_kth"))
        terms = {kth[str(k), keys[0][2]]: -float(k), **{below[str(k), *key]: 1.0 for key in keys}}
        return self._sum(terms)

    def _sum(self, terms: dict[int, float]) -> Function:
        coefficients = np.zeros(len(self.programme.columns))
        for column, coefficient in terms.items():
            coefficients[column] = coefficient
        return Function(coefficients, 0.0)


@dataclass
class Fair(Step):
    """Equal shares of what is wanted: whatever comes later keeps them."""

    cut_short: bool = False
    """Whether there were more levels than are told apart."""

    def tried(self, search: Search) -> Outcome:
        """Return the optimum, or how the search for it ended; what fails is not tried again."""
        shares = Shares(search)
        outcome = shares.settle()
        self.cut_short = shares.cut_short
        return outcome

    def keep(self, search: Search, outcome: Outcome) -> Outcome:
        """The shares are held already, each at its level."""
        return outcome

    def values(self, programme: Programme, columns: Vector) -> Iterator[RankValue]:
        """What is told of it are the shares themselves."""
        return iter(())


@dataclass
class Roomy(Declared):
    """The rank of unmet needs before equal shares that come after it: they may add a little to what is missing."""

    def keep(self, search: Search, outcome: Outcome) -> Outcome:
        """Hold what ``outcome`` reaches, with that room."""
        given_up = self.rank.given_up(search.session.programme, outcome.columns)
        room = AFTER_ROOM * abs(self.function.at(outcome.columns))
        hold_value(search, self.function, outcome, max(given_up, room))
        return outcome

    def passed(self, outcome: Outcome) -> list[Vector]:
        """The plan of its optimum, which equal shares may worsen."""
        return [outcome.columns]

    def values(self, programme: Programme, columns: Vector) -> Iterator[RankValue]:
        """What is told of it at the end of it, with that room."""
        for value in super().values(programme, columns):
            yield replace(value, tolerance=max(value.tolerance, AFTER_ROOM))


def fair_step(
    programme: Programme, number: int, when: w.Fairness, first: bool = False, asked: w.Fairness | None = None
) -> Iterator[Step]:
    """Yield the step that makes shares equal, where they are made so at that time and anything is wanted.

    ``asked`` says when, in place of the chain.
    """
    if programme.index.wants and (asked or fairness(programme.index.chain)) is when:
        nothing = Function(np.zeros(len(programme.columns)), 0.0)
        yield Fair(number, FAIR, nothing, first, required=True)
