"""Few yes/no columns in a large programme: a small programme chooses them, the large one prices each choice.

For any prices of its rows, the large programme costs at least a linear function of the yes/no columns; a choice is
priced by a run whose prices make that function exact there. The small programme takes what all of these say together:
where it finds nothing that could be better than the best choice priced, that choice is the best. A column that no
plan uses without a yes is at most its largest use times that yes, which brings the functions so near to the costs that
a few dozen runs do, where a tree of cases takes hundreds. Benders, J. F. (1962), Partitioning procedures for solving
mixed-variables programming problems, Numerische Mathematik 4; the points between follow Ben-Ameur, W. and Neto, J.
(2007), Acceleration of cutting-plane and column generation algorithms, Networks 49(1).
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from filiere.solver.programme.compile import Function, Programme, Vector
from filiere.solver.programme.owned import owners
from filiere.solver.programme.tighten import bounds
from filiere.solver.session.answer import Answer
from filiere.solver.session.cases.chooser import Chooser, TooLongError
from filiere.solver.session.outcome import Allowed
from filiere.solver.session.session import Session

LARGE, FEW, SHARE = 20_000, 200, 0.05
"""From so many coefficients on, up to so many yes/no columns are chosen apart, where they are so few of all."""

BETWEEN = 0.3
"""How far from the best point so far towards what the small programme proposes the next one is priced."""

NEAR = 1e-4
"""The gap, relative to the cost, from which yes/no columns are asked to be whole."""

ROUNDS = 150
"""Points, and choices, that are priced before a tree of cases is tried."""

ALIKE = 4
"""Choices that may be as good as the best and are tried before it is left open how many there are."""

SURE = 1e-7
"""A price that pushes a column without a bound by less than this pushes it nowhere."""

AS_GOOD, WORSE = 1e-9, 1e-6
"""How much more than the best, relative to it, is as good still, and from where on it is certainly worse."""


@dataclass
class Choices:
    """How a search of choices ended: those that are as good as the best, the best first, and whether these are all."""

    answer: Answer
    alike: list[Vector] = field(default_factory=list)
    complete: bool = False
    columns: Vector = field(default_factory=lambda: np.empty(0))
    """The plan of the best one, where the time ended before it was proved the best."""


def separable(programme: Programme) -> bool:
    """Whether a programme is large, and whether it has few columns to choose, each of them a yes/no."""
    whole = programme.whole
    return bool(
        programme.matrix.nnz >= LARGE
        and 0 < whole.sum() <= min(FEW, SHARE * len(whole))
        and (programme.column_lower >= 0.0).all()
        and (programme.column_upper[whole] <= 1.0).all()
    )


def choose(session: Session, function: Function, lower: Vector, upper: Vector) -> Choices | None:
    """Return the best choices within bounds of the yes/no columns, None where that would take too long.

    What the session allows is left as it was.
    """
    allowed = session.allowed()
    try:
        return _Choosing(session, function, allowed).choose(lower, upper)
    except TooLongError:
        return None
    finally:
        session.allow(allowed)


class _Choosing:
    """One function, its costs to scale and without its constant, priced choice after choice."""

    def __init__(self, session: Session, function: Function, allowed: Allowed) -> None:
        programme = session.programme
        self._session, self._function = session, function
        self._switches = np.flatnonzero(programme.whole).astype(np.int32)
        most, owner = bounds(programme, as_used=False), owners(programme)
        self._inside = session.inside(function)
        (lower, upper), self._rows = allowed.columns, allowed.rows
        self._lower, self._upper = lower, np.minimum(most, upper)
        owned = (owner >= 0) & np.isfinite(self._upper) & (self._lower <= 0.0)
        self._owned = np.flatnonzero(owned).astype(np.int32)
        self._owner = owner[self._owned]
        self._rest = ~owned & ~programme.whole
        self._priced = 0
        self._found: list[tuple[float, Vector, Vector]] = []
        """Of each choice that has a plan: its cost, itself, the plan's columns."""

    def choose(self, lower: Vector, upper: Vector) -> Choices:
        """Return the best choices within bounds."""
        self._session.set_bounds(self._switches, lower, upper)
        relaxed, _ = self._session.priced_run(self._inside)
        if relaxed.answer in (Answer.INFEASIBLE, Answer.UNBOUNDED, Answer.TIME_LIMIT):
            return Choices(relaxed.answer)
        if not relaxed.optimal:
            raise TooLongError
        least = self._value(relaxed.columns)
        chooser = Chooser(lower, upper, least - WORSE * abs(least))
        if self._session.wider is None:
            self._share(chooser)
        try:
            self._between(chooser, upper)
            return self._whole(chooser)
        except TimeoutError:
            best = min(self._found, key=lambda each: each[0], default=(0.0, upper, np.empty(0)))
            return Choices(Answer.TIME_LIMIT, columns=best[2])

    def _value(self, columns: Vector) -> float:
        return (self._function.at(columns) - self._function.constant) / self._inside.scale

    def _share(self, chooser: Chooser) -> None:
        """Give the small programme the rows that speak of yes/no columns alone."""
        programme = self._session.programme
        matrix = programme.matrix
        place = np.cumsum(programme.whole) - 1
        others = abs(matrix) @ (~programme.whole).astype(float)
        for row in np.flatnonzero((others == 0.0) & (np.diff(matrix.indptr) > 0)).tolist():
            at = slice(matrix.indptr[row], matrix.indptr[row + 1])
            columns = place[matrix.indices[at]].astype(np.int32)
            chooser.row(programme.row_lower[row], programme.row_upper[row], columns, matrix.data[at])

    def _between(self, chooser: Chooser, first: Vector) -> None:
        """Price points between choices, until what the small programme knows is near to what they cost."""
        point, inner, lowest = first, None, np.inf
        while True:
            value = self._price(chooser, point)
            if value is not None and (inner is None or value < lowest):
                inner, lowest = point, value
            elif value is not None and inner is not None:
                inner = (inner + point) / 2.0
            proposed, bound = chooser.propose()
            if proposed is None or lowest - bound <= NEAR * abs(lowest):
                return
            point = proposed if inner is None else BETWEEN * proposed + (1.0 - BETWEEN) * inner

    def _whole(self, chooser: Chooser) -> Choices:
        """Price choices, until no other can be as good as the best of them."""
        chooser.ask_whole()
        more = 0
        while True:
            best = min((value for value, *_ in self._found), default=np.inf)
            size = max(abs(best), 1.0 / self._inside.scale) if self._found else 0.0
            proposed, bound = chooser.propose()
            if proposed is None or bound > best + WORSE * size:
                return self._ended(best + AS_GOOD * size, complete=True)
            more += bound >= best - AS_GOOD * size
            if more > ALIKE:
                return self._ended(best + AS_GOOD * size, complete=False)
            self._price(chooser, proposed, whole=True)
            chooser.leave_out(proposed)

    def _ended(self, as_good: float, complete: bool) -> Choices:
        alike = [choice for value, choice, _ in sorted(self._found, key=lambda each: each[0]) if value <= as_good]
        return Choices(Answer.OPTIMAL if alike else Answer.INFEASIBLE, alike, complete)

    def _price(self, chooser: Chooser, point: Vector, whole: bool = False) -> float | None:
        """Run with the yes/no columns at a point, and tell the small programme what its prices say of every point."""
        self._priced += 1
        session, none = self._session, np.zeros(len(self._owned))
        session.set_bounds(self._switches, point, point)
        session.set_bounds(self._owned, none, self._upper[self._owned] * point[self._owner])
        outcome, prices = session.priced_run(self._inside)
        if outcome.answer is Answer.TIME_LIMIT:
            raise TimeoutError
        if prices is None or self._priced > ROUNDS:
            raise TooLongError
        if outcome.optimal:
            chooser.costs_at_least(*self._says(self._inside.costs, prices))
            value = self._value(outcome.columns)
            self._found += [(value, point, outcome.columns)] if whole else []
            return value
        for ray in (prices, -prices):
            constant, slopes = self._says(np.zeros(len(self._inside.costs)), ray)
            if constant + slopes @ point > SURE * (abs(constant) + np.abs(slopes) @ point):
                chooser.excludes(constant, slopes)
                return None
        raise TooLongError

    def _says(self, costs: Vector, prices: Vector) -> tuple[float, Vector]:
        """What any plan costs at least, by the prices of its rows: a constant, and so much more for each yes."""
        reduced = costs - self._inside.matrix.T @ prices
        lower, upper = self._lower / self._inside.columns, self._upper / self._inside.columns
        constant = _least(prices, *self._rows).sum() + _least(reduced, lower, upper)[self._rest].sum()
        pulled = np.minimum(reduced[self._owned], 0.0) * upper[self._owned]
        slopes = reduced[self._switches]
        return float(constant), slopes + np.bincount(self._owner, weights=pulled, minlength=len(slopes))


def _least(prices: Vector, lower: Vector, upper: Vector) -> Vector:
    """The least that each price makes of what lies between its bounds; nothing, where rounding pushes it for ever."""
    bound = np.where(prices > 0.0, lower, upper)
    if (np.abs(prices[~np.isfinite(bound)]) > SURE).any():
        raise TooLongError
    return np.where(np.isfinite(bound), prices * np.where(np.isfinite(bound), bound, 0.0), 0.0)
