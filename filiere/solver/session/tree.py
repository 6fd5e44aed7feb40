"""What a tree of cases knows: those still to be solved, what other solves of the programme proved, and what all plans
as good as the best have in common.
"""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable, Hashable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace

import numpy as np
import numpy.typing as npt

from filiere.solver.programme.compile import Function, Programme, Vector
from filiere.solver.session.answer import Answer
from filiere.solver.session.effort import Gains
from filiere.solver.session.highs import Start
from filiere.solver.session.outcome import Face, Outcome
from filiere.solver.session.proofs import Priced
from filiere.solver.session.session import Session

WHOLE = 1e-6
"""Nearer than this to a whole number, a column is tried at that number."""

FEW_FREE = 4
"""Whole columns, no more, of which it is looked for whether another value would do as well."""

LARGEST_TREE, MOST_OF_TRADED = 1000, 5
"""Cases tried in one rank before branch-and-cut takes over, and those split by one of ``TRADED`` at ``MANY_VALUES``."""

LAST = "lots"
"""Columns that a case is split by once no other is left: a lot more or less of one link decides little."""

TRADED, MANY_VALUES = ("runs_in_period", LAST), 20
"""Columns of many values that take what is not whole from each other: a trip less in one season is one in the next, so
that each split only moves it. What is whole over the year closes its tree within some hundred cases.
"""

WORSE = 1 / 8
"""The share of parts proved worse from which solving the others one by one takes less than splitting anew."""

Case = dict[int, tuple[float, float]]
"""Bounds of some whole columns, by column."""

Widest = Callable[[int], tuple[float, float]]
"""The bounds of a whole column."""

Follow = Callable[[Vector], Function | None]
"""What a search minimises next once a better plan is found, None where that stays as it is."""


@dataclass(frozen=True)
class Open:
    """A case still to be solved: no plan in it is below ``least``, the optimum of the one that it was split from, by
    which column, which way, and how far away the nearest whole number was. ``start`` is where its run may begin.
    """

    case: Case
    least: float = -np.inf
    column: int = -1
    up: bool = False
    distance: float = 1.0
    start: Start | None = None

    def gain(self, reached: float) -> float:
        """By how much its optimum is above the one that it was split from, for each unit of the column."""
        return max(0.0, reached - self.least) / max(self.distance, 1e-9)


@dataclass(frozen=True)
class Proved:
    """A case, what its run proved of it, where that is known, and where it ended."""

    case: Case
    priced: Priced | None
    start: Start | None


@dataclass
class Cases:
    """How a solve split the cases of each function, for others of the same programme within other bounds."""

    notes: bool = False
    """Whether a solve is noted now; the others begin with what was noted."""
    learns: bool = False
    """Whether the others note where a run ended with so many rows held, if none is known: what is told then depends on
    their order.
    """
    _parts: dict[Hashable, list[Proved]] = field(default_factory=dict)
    _starts: dict[Hashable, Start] = field(default_factory=dict)
    _proofs: dict[Hashable, Priced] = field(default_factory=dict)

    @contextmanager
    def noting(self) -> Iterator[None]:
        """Note what is solved meanwhile."""
        self.notes = True
        try:
            yield
        finally:
            self.notes = False

    def note(self, step: Step, proved: dict[int, Proved], kept: list[Case], start: Start | None = None) -> None:
        """Note into what the cases of a step were split, and where the run ended that found its best plan.

        ``proved`` are those that were solved, by their identity; of ``kept`` some were not.
        """
        others = [Proved(case, None, None) for case in kept if id(case) not in proved]
        self._parts |= {key: [*proved.values(), *others] for key in step.keys}
        self.ended(step, start)

    def ended(self, step: Step, start: Start | None) -> None:
        """Note where the run ended that found the best plan of a step."""
        if start is not None and self.notes:
            self._starts |= dict.fromkeys(step.keys, start.known)
        elif start is not None and self.learns:
            self._starts.setdefault(step.keys[0], start.known)

    def parts(self, step: Step) -> list[Proved]:
        """Return into what the cases of a step were split, nothing where that is not known."""
        return next((self._parts[key] for key in step.keys if key in self._parts and not self.notes), [])

    def prove(self, step: Step, priced: Priced | None) -> None:
        """Note what proved alone that nothing is better than the best plan of a step."""
        if priced is not None:
            self._proofs |= dict.fromkeys(step.keys, priced)

    def proof(self, step: Step) -> Priced | None:
        """Return what proved that, None where nothing did alone."""
        parts = self.parts(step)
        alone = parts[0].priced if len(parts) == 1 else None
        return next((self._proofs[key] for key in step.keys if key in self._proofs and not self.notes), alone)

    def start(self, step: Step) -> Start | None:
        """Return where the run ended that found the best plan of a step."""
        return next((self._starts[key] for key in step.keys if key in self._starts and not self.notes), None)


@dataclass(frozen=True)
class Step:
    """By what a step of a solve is known in another: which way what it minimises pulls, and the rows held by then.

    A rate's function is another in each solve, and pulls the same way. What starts aside is known as that.
    """

    signs: bytes
    rows: int
    here: bool = False

    @property
    def keys(self) -> tuple[Hashable, Hashable]:
        """Its own, and that of any like it."""
        return (self.signs, self.here, self.rows), (self.signs, self.here)


def step_of(function: Function, rows: int, here: bool = False) -> Step:
    """Return the step that minimises a function with so many rows."""
    return Step(function.signs, rows, here)


def common(one: Case, other: Case) -> Case | None:
    """Return what two cases have in common, None where that is nothing."""
    found = dict(one)
    for column, bounds in other.items():
        low, high = found[column] = _meet(bounds, found.get(column, bounds))
        if low > high:
            return None
    return found


def _meet(one: tuple[float, float], other: tuple[float, float]) -> tuple[float, float]:
    return max(one[0], other[0]), min(one[1], other[1])


def rest(case: Case, parts: Sequence[Case], widest: Widest) -> list[Case]:
    """Return what is left of a case without these parts, in cases that have nothing in common."""
    left = [case]
    for part in parts:
        left = [piece for one in left for piece in _without(one, part, widest)]
    return left


def _without(case: Case, part: Case, widest: Widest) -> list[Case]:
    if common(case, part) is None:
        return [case]
    left, inner = [], dict(case)
    for column, (low, high) in part.items():
        least, most = inner.get(column, widest(column))
        if least < low:
            left.append({**inner, column: (least, low - 1.0)})
        if most > high:
            left.append({**inner, column: (high + 1.0, most)})
        inner[column] = _meet((least, most), (low, high))
    return left


def opened(
    leaf: Case, known: Sequence[Proved], least: Callable[[Case, Priced], float], worst: float, widest: Widest
) -> list[Open]:
    """Split a case into those parts, the best last; leave it whole where few of them are proved worse than ``worst``.

    ``least`` says what the function comes to at least in a case, by what was proved then. What an earlier rank ruled
    out then may do better now: it is a part of its own.
    """
    parts = []
    for one in known:
        case = common(leaf, {column: _meet(bounds, widest(column)) for column, bounds in one.case.items()})
        if case is not None:
            parts.append(Open(case, -np.inf if one.priced is None else least(case, one.priced), start=one.start))
    if len(parts) == 1 and parts[0].case == leaf:
        return parts
    worse = sum(part.least > worst for part in parts)
    if worse < WORSE * len(parts) or not worse:
        return [Open(leaf)]
    parts.sort(key=lambda part: -part.least)
    return [*parts, *map(Open, rest(leaf, [part.case for part in parts], widest))]


def to_split(gains: Gains, whole: npt.NDArray[np.intp], columns: Vector, lasts: npt.NDArray[np.bool_]) -> int | None:
    """Return by which of the whole columns to split a case whose optimum is ``columns``; None where none is left.

    Those in ``lasts`` are left to the end.
    """
    values = columns[whole]
    at = np.flatnonzero(np.abs(values - np.round(values)) > WHOLE)
    sooner = at[~lasts[at]]
    at = sooner if len(sooner) else at
    fractions = values[at] - np.floor(values[at])
    return gains.best(dict(zip(whole[at].tolist(), fractions.tolist(), strict=True))) if len(at) else None


def split_case(case: Case, column: int, widest: tuple[float, float], value: float, least: float) -> list[Open]:
    """Return both sides of a case whose optimum, ``least``, has some value of a column, the nearer one last."""
    low, high = case.get(column, widest)
    floor = float(np.floor(value + WHOLE)) if value < high - WHOLE else float(high) - 1.0
    down = Open({**case, column: (low, floor)}, least, column, False, value - floor)
    up = Open({**case, column: (floor + 1.0, high)}, least, column, True, floor + 1.0 - value)
    return [down, up] if value - floor > 0.5 else [up, down]


def ended_at(function: Function, outcome: Outcome, best: Outcome | None) -> float:
    """Where a case ended: its optimum, or what it is worse than."""
    if outcome.answer is Answer.BEYOND:
        return worst_of(function, best)
    return function.at(outcome.columns) if outcome.optimal else np.inf


def hair(function: Function, outcome: Outcome) -> float:
    """What does not count beside an optimum."""
    return 1e-9 * max(1.0, abs(function.at(outcome.columns)))


def worst_of(function: Function, best: Outcome | None) -> float:
    """What a case must not end above; what is as good as the best so far is still solved to its end."""
    return np.inf if best is None else function.at(best.columns) + 1e3 * hair(function, best)


def is_better(function: Function, outcome: Outcome, best: Outcome) -> bool:
    """Whether one is better by more than that."""
    return function.at(outcome.columns) < function.at(best.columns) - hair(function, best)


def is_equal(function: Function, one: Outcome, other: Outcome) -> bool:
    """Whether two are as good as each other."""
    return abs(function.at(one.columns) - function.at(other.columns)) <= 1e3 * hair(function, other)


def is_worse(function: Function, outcome: Outcome, best: Outcome) -> bool:
    """Whether a run proved that a case has no plan as good as the best."""
    if outcome.optimal:
        return function.at(outcome.columns) > worst_of(function, best)
    return outcome.answer in (Answer.BEYOND, Answer.INFEASIBLE)


def fixed(whole: npt.NDArray[np.intp], values: Vector) -> Case:
    """Return the case of these values of the whole columns."""
    return {int(column): (value, value) for column, value in zip(whole, values.tolist(), strict=True)}


def bounds_of(programme: Programme, whole: npt.NDArray[np.intp], case: Case) -> tuple[Vector, Vector]:
    """Return the bounds that a case leaves the whole columns, in their order."""
    lower, upper = programme.column_lower[whole].copy(), programme.column_upper[whole].copy()
    position = {int(column): i for i, column in enumerate(whole)}
    for column, (low, high) in case.items():
        lower[position[column]], upper[position[column]] = low, high
    return lower, upper


def hull(cases: Sequence[Case]) -> Case:
    """Return the smallest case that has all of these in it."""
    first, *others = cases
    found = dict(first)
    for case in others:
        found = {
            column: (min(low, case[column][0]), max(high, case[column][1]))
            for column, (low, high) in found.items()
            if column in case
        }
    return found


def least_whole(whole: npt.NDArray[np.intp], columns: Vector, case: Case) -> int | None:
    """Return the column farthest from whole among those still free, when rounding it changed the optimum."""
    free = [int(c) for c in whole if int(c) not in case or case[int(c)][0] < case[int(c)][1]]
    return max(free, key=lambda c: abs(columns[c] - np.round(columns[c])), default=None)


def splits_last(programme: Programme, whole: npt.NDArray[np.intp]) -> npt.NDArray[np.bool_]:
    """Return which of the whole columns a case is split by once no other is left."""
    return np.array([programme.columns[int(column)][0] == LAST for column in whole], dtype=bool)


def traded(programme: Programme, whole: npt.NDArray[np.intp]) -> set[int]:
    """Return those of the whole columns that take what is not whole from each other."""
    return {int(column) for column in whole if programme.columns[int(column)][0] in TRADED}


@dataclass
class Grown:
    """How far the tree of a rank has grown."""

    traded: set[int]
    """The columns that take what is not whole from each other."""
    cases: int = 0
    of_traded: int = 0

    def add(self, one: Open) -> None:
        """Count a case that is tried."""
        self.cases += 1
        if one.column in self.traded:
            low, high = one.case[one.column]
            self.of_traded += (high if np.isfinite(high) else low) >= MANY_VALUES

    @property
    def too_far(self) -> bool:
        """Whether branch-and-cut, which cuts off what is not whole, would take less."""
        return self.cases > LARGEST_TREE or self.of_traded > MOST_OF_TRADED


def open_again(kept: list[Case], beyond: Sequence[Case]) -> list[Open]:
    """Take out of the cases kept so far those that were as good as the best: another function tells them apart."""
    alike = [case for case in kept if not any(case is worse for worse in beyond)]
    kept[:] = beyond
    return [Open(case) for case in alike]


class Told:
    """Whole columns searched; the cases that the last optimum did not prove worse than itself."""

    session: Session
    _faces: list[tuple[Case, Face | None, float]]

    @property
    @abstractmethod
    def columns(self) -> npt.NDArray[np.intp]:
        """The whole columns."""

    @abstractmethod
    def _try(self, function: Function, case: Case, believe_infeasible: bool = True, bound: float = np.inf) -> Outcome:
        """Return the optimum of a function in one case."""

    def _face(self, function: Function, best: Outcome) -> Face | None:
        """All optima, where one case alone has them.

        They are those of a linear programme: where its whole columns are a hair off, by the slack of a row held before,
        the best plan is none of them.
        """
        nearly = [found for found in self._faces if found[2] <= worst_of(function, best)]
        if len(nearly) != 1 or nearly[0][1] is None:
            return None
        case, face, reached = nearly[0]
        as_good = reached <= function.at(best.columns) + hair(function, best)
        if face and as_good and self.session.agrees(face, best.columns):
            return replace(face, case=case)
        choice = self._only_choice(function, best, case)
        return replace(best.face, case=choice) if choice is not None and best.face is not None else None

    def _only_choice(self, function: Function, best: Outcome, case: Case) -> Case | None:
        """The whole numbers of the best plan, where a case has a few others and all are proved worse; else None.

        The optima of the best plan's own linear programme are then all there are, whatever a hair made of the case.
        """
        found = {column: case.get(column, self._widest(column)) for column in self.columns.tolist()}
        free = [column for column, (low, high) in found.items() if low < high]
        if len(free) > FEW_FREE:
            return None
        for column in free:
            (low, high), value = found[column], float(np.round(best.columns[column]))
            for side in ((low, value - 1.0), (value + 1.0, high)):
                if side[0] > side[1]:
                    continue
                other = self._try(function, {**found, column: side}, bound=worst_of(function, best))
                if not is_worse(function, other, best):
                    return None
            found[column] = value, value
        return found

    def _widest(self, column: int) -> tuple[float, float]:
        own = self.session.programme
        return float(own.column_lower[column]), float(own.column_upper[column])
