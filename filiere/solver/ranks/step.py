"""One step of a solve: an optimisation, and what is held of it."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import nullcontext
from dataclasses import dataclass, field, replace

import numpy as np

from filiere.solution.solution import RankValue
from filiere.solver.programme.compile import Function, Programme, Vector
from filiere.solver.ranks.circular import circular_rate, hold_rate, maximise_rate
from filiere.solver.ranks.rank import Rank, minimised
from filiere.solver.session.answer import Answer
from filiere.solver.session.cases.search import Search
from filiere.solver.session.outcome import Outcome

LOOSER = (1e-8, 1e-7)
"""What held ranks and bounds may be missed by, in turn, where they leave a later rank no plan: the chain had one."""


class RankError(Exception):
    """A rank that could not be solved: ``answer`` says how, ``rank`` and ``name`` which, ``function`` what."""

    def __init__(self, answer: Answer, rank: int, name: str, function: Function) -> None:
        super().__init__(f"rank {rank} ({name}): {answer.value}")
        self.answer, self.rank, self.name, self.function = answer, rank, name, function


@dataclass
class Step:
    """A function that is minimised and held exactly; it closes what the workbook asks for."""

    number: int
    name: str
    function: Function
    first: bool = False
    seconds: float = 0.0
    required: bool = False
    """Whether no plan may be told without it."""

    def run(self, search: Search) -> Outcome:
        """Optimise, then hold what was reached."""
        outcome = self.optimum(search)
        return outcome if outcome.answer is Answer.TIME_LIMIT else self.keep(search, outcome)

    def optimum(self, search: Search) -> Outcome:
        """Return the optimum, or what was found in time. Raises :class:`RankError` where there is none."""
        started = time.perf_counter()
        outcome = patient(search, self.tried, self.first)
        self.seconds = time.perf_counter() - started
        if outcome.answer is Answer.TIME_LIMIT:
            return outcome
        if not outcome.optimal:
            answer = outcome.answer
            if answer is Answer.INFEASIBLE and not self.first:
                answer = Answer.TROUBLE  # a chain that was feasible a rank ago still is
            raise RankError(answer, self.number, self.name, self.function)
        return outcome

    def proved(self, search: Search) -> Outcome:
        """Run and hold; a rank that a time limit stops is an error too."""
        outcome = self.run(search)
        if not outcome.optimal:
            raise RankError(outcome.answer, self.number, self.name, self.function)
        return outcome

    def tried(self, search: Search) -> Outcome:
        """Return the optimum, or how the search for it ended; what fails is not tried again."""
        return search.minimise(self.function)

    def keep(self, search: Search, outcome: Outcome) -> Outcome:
        """Hold what ``outcome`` reaches; return a plan that does."""
        hold_value(search, self.function, outcome, 0.0)
        return outcome

    def passed(self, outcome: Outcome) -> list[Vector]:
        """The plans that say what it holds; none where that is held exactly, so that every later plan says it."""
        return []

    def values(self, programme: Programme, columns: Vector) -> Iterator[RankValue]:
        """What is told of it at the end of it."""
        yield RankValue(
            rank=self.number, objective=self.name, value=self.told(programme).at(columns), final=0.0,
            seconds=self.seconds, closing=True,
        )  # fmt: skip

    def finished(self, programme: Programme, value: RankValue, columns: Vector) -> RankValue:
        """The same with the value in the finished plan."""
        return replace(value, final=self.told(programme).at(columns))

    def told(self, programme: Programme) -> Function:
        """The function whose value is told."""
        return self.function


@dataclass
class Once(Step):
    """A rank optimised once more and held exactly: of one objective, its own value is told, not the weighted one."""

    rank: Rank = field(kw_only=True)

    def told(self, programme: Programme) -> Function:
        """The function whose value is told."""
        return programme.functions[self.name] if len(self.rank.objectives) == 1 else self.function


@dataclass
class Declared(Step):
    """A rank of the workbook: a sum of linear objectives."""

    rank: Rank = field(kw_only=True)

    def keep(self, search: Search, outcome: Outcome) -> Outcome:
        """Hold what ``outcome`` reaches; return a plan that does."""
        programme = search.session.programme
        hold_value(search, self.function, outcome, self.rank.given_up(programme, outcome.columns))
        return outcome

    def passed(self, outcome: Outcome) -> list[Vector]:
        """The plan of its optimum, where something of that may be given up."""
        return [outcome.columns] if self.rank.tolerant else []

    def values(self, programme: Programme, columns: Vector) -> Iterator[RankValue]:
        """What is told of it at the end of it."""
        for objective in self.rank.objectives:
            yield RankValue(
                rank=self.number, objective=objective.key, value=programme.functions[objective.key].at(columns),
                final=0.0, tolerance=self.rank.tolerance, tolerance_amount=self.rank.tolerance_amount,
                weight=objective.weight, seconds=self.seconds, apart=self.rank.apart,
                measured=self.rank.measured_part(programme, objective, columns),
            )  # fmt: skip

    def finished(self, programme: Programme, value: RankValue, columns: Vector) -> RankValue:
        """The same with the value in the finished plan."""
        return replace(value, final=programme.functions[value.objective].at(columns))


@dataclass
class Apart(Declared):
    """A rank whose parts are held one by one, none of them worse than in the optimum of their sum."""

    def tried(self, search: Search) -> Outcome:
        """Return the optimum, or how the search for it ended; what fails is not tried again."""
        outcome = search.minimise(self.function)
        if not outcome.optimal:
            return outcome
        programme = search.session.programme
        return among(search, self.function, outcome, [minimised(programme, o) for o in self.rank.held])

    def keep(self, search: Search, outcome: Outcome) -> Outcome:
        """Hold what ``outcome`` reaches; return a plan that does."""
        session = search.session
        for objective in self.rank.held:
            part = minimised(session.programme, objective)
            size = self.rank.measured_part(session.programme, objective, outcome.columns)
            given_up = max(self.rank.tolerance * size, self.rank.tolerance_amount)
            hold_value(search, part, replace(outcome, told=None), given_up)
        return outcome

    def passed(self, outcome: Outcome) -> list[Vector]:
        """The plan of its optimum, of which not every part is held."""
        return [outcome.columns]


@dataclass
class Behind(Declared):
    """The rank of cost, behind one that weighed outlets beside it: among its optima those that serve the most."""

    def tried(self, search: Search) -> Outcome:
        """Return the optimum, or how the search for it ended; what fails is not tried again."""
        outcome = search.minimise(self.function)
        if not outcome.optimal:
            return outcome
        return among(search, self.function, outcome, [self._outlets(search.session.programme)])

    def _outlets(self, programme: Programme) -> Function:
        assert self.rank.behind is not None
        return minimised(programme, self.rank.behind)

    def keep(self, search: Search, outcome: Outcome) -> Outcome:
        """Hold what ``outcome`` reaches; return a plan that does."""
        programme = search.session.programme
        given_up = self.rank.given_up(programme, outcome.columns)
        hold_value(search, self.function, replace(outcome, told=None), given_up)
        hold_value(search, self._outlets(programme), replace(outcome, told=None), 0.0)
        return outcome

    def values(self, programme: Programme, columns: Vector) -> Iterator[RankValue]:
        """What is told of it at the end of it."""
        yield from super().values(programme, columns)
        assert self.rank.behind is not None
        key = self.rank.behind.key
        yield RankValue(
            rank=self.number, objective=key, value=programme.functions[key].at(columns), final=0.0, closing=True
        )


@dataclass
class Circular(Declared):
    """The rank of the circular use rate."""

    rate: float = 0.0
    then: Function | None = None
    """What is minimised after it, no row being held in between."""

    def tried(self, search: Search) -> Outcome:
        """Return the optimum, or how the search for it ended; what fails is not tried again."""
        with search.session.before(self.then):
            return maximise_rate(search)

    def keep(self, search: Search, outcome: Outcome) -> Outcome:
        """Hold what ``outcome`` reaches; return a plan that does."""
        self.rate = circular_rate(search.session.programme, outcome.columns)
        return hold_rate(search, outcome, self.rank.tolerance)

    def values(self, programme: Programme, columns: Vector) -> Iterator[RankValue]:
        """What is told of it at the end of it."""
        for objective in self.rank.objectives:
            yield RankValue(
                rank=self.number, objective=objective.key, value=self.rate, final=0.0, tolerance=self.rank.tolerance,
                tolerance_amount=self.rank.tolerance_amount, weight=objective.weight, seconds=self.seconds,
            )  # fmt: skip

    def finished(self, programme: Programme, value: RankValue, columns: Vector) -> RankValue:
        """The same with the value in the finished plan."""
        return replace(value, final=circular_rate(programme, columns))


@dataclass
class Again(Circular):
    """The circular rate of a rank with a tolerance, maximised once more."""

    def values(self, programme: Programme, columns: Vector) -> Iterator[RankValue]:
        """What is told of it at the end of it."""
        return (replace(value, closing=True) for value in super().values(programme, columns))


def patient(search: Search, optimise: Callable[[Search], Outcome], first: bool = False) -> Outcome:
    """Optimise; where held ranks seem to leave no plan, loosen them a little and try again.

    Where nothing is held yet and a plan is missed by a hair, that is met.
    """
    outcome = optimise(search)
    if first and outcome.answer is Answer.INFEASIBLE and search.session.wider is None:
        # Loaded here: nearly all chains have a plan.
        from filiere.solver.ranks.hair import met_by_a_hair

        if met_by_a_hair(search.session):
            return optimise(search)
    for slack in LOOSER:
        if first or outcome.answer not in (Answer.INFEASIBLE, Answer.TROUBLE):
            break
        search.session.loosen(slack)
        search.session.ease(slack)
        outcome = optimise(search)
    return outcome


def among(search: Search, function: Function, outcome: Outcome, wanted: list[Function]) -> Outcome:
    """Among the optima of ``function``, that of ``outcome``, return one that is best for each of ``wanted`` in turn.

    What is held for that is dropped again. Where numbers fail, the last one found is returned.
    """
    session = search.session
    if not session.programme.has_whole_columns and outcome.face is not None and outcome.face.single:
        return outcome
    allowed = session.allowed()
    with search.aside(), session.patience.aside() if session.patience else nullcontext():
        hold_value(search, function, outcome, 0.0)
        for other in wanted:
            if not other.coefficients.any():
                continue
            found = search.minimise(other)
            if not found.optimal:
                break
            outcome = found
            hold_value(search, other, found, 0.0)
    session.allow(allowed)
    return outcome


def hold_value(search: Search, function: Function, outcome: Outcome, given_up: float) -> None:
    """Keep ``function`` within what may be given up of its optimum from here on.

    A sum of non-negative terms that has reached 0 is held by the bounds of its columns, any other optimum by
    what all optima have in common; only what may be given up, was found among whole numbers, or depends on a hair of
    some figure, by a row: a row has a slack, which later ranks spend on traces.
    """
    session, optimum = search.session, function.at(outcome.columns)
    if given_up == 0 and is_nothing(session.programme, function, optimum):
        session.bound_columns(np.flatnonzero(function.coefficients), 0.0)
        search.narrow(outcome)
        return
    if given_up > 0 or not search.keep(outcome) or session.is_steep(function, outcome.columns):
        session.hold(function, optimum + given_up)
    if given_up == 0:
        search.narrow(outcome)


def is_nothing(programme: Programme, function: Function, optimum: float) -> bool:
    """Whether ``function``, a sum of non-negative terms, has reached 0, so that bounds of its columns hold that."""
    positive = function.coefficients.min(initial=0.0) >= 0 and function.constant == 0
    # A search sets the bounds of whole columns itself: those need the row.
    positive = positive and not function.coefficients[programme.whole].any()
    return positive and optimum <= 1e-9 * max(1.0, float(np.max(function.coefficients, initial=0.0)))
