"""One rank after another: optimise, hold, go on; then the closing ranks that leave nothing to chance."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain, groupby

import numpy as np

from filiere.chain.chain import Objective
from filiere.model.objectives import CLOSING
from filiere.schema import words as w
from filiere.solution.solution import RankValue
from filiere.solver.programme.compile import Function, Programme, Vector
from filiere.solver.ranks.circular import circular_rate, hold_rate, last_step, maximise_rate
from filiere.solver.ranks.sweep import swept
from filiere.solver.session.answer import Answer
from filiere.solver.session.outcome import Outcome
from filiere.solver.session.search import Search
from filiere.solver.session.session import Session
from filiere.watch import SETTLING, tell, tell_rank

LOOSER = (1e-8, 1e-7)
"""Slacks that held ranks are given in turn where, tighter, they leave a later rank no plan: the chain had one."""

IDLE = "idle_services"
SETTLED = "openings"
"""The closing rank after which what is opened, used and counted in whole numbers stays as it is."""


class RankError(Exception):
    """A rank that could not be solved: ``answer`` says how, ``rank`` and ``name`` which, ``function`` what."""

    def __init__(self, answer: Answer, rank: int, name: str, function: Function) -> None:
        super().__init__(f"rank {rank} ({name}): {answer.value}")
        self.answer, self.rank, self.name, self.function = answer, rank, name, function


@dataclass(frozen=True)
class Rank:
    """The objectives that share one rank, with the tolerance left to later ones."""

    number: int
    objectives: tuple[Objective, ...]

    @property
    def name(self) -> str:
        """What the rank optimises, in English keys."""
        return " + ".join(objective.key for objective in self.objectives)

    @property
    def circular(self) -> bool:
        """Whether the rank is the circular use rate, a ratio."""
        return any(objective.kind is w.Objective.CIRCULARITY for objective in self.objectives)

    @property
    def tolerance(self) -> float:
        """Share of the optimum that later ranks may give up."""
        return max(objective.tolerance for objective in self.objectives)

    @property
    def tolerance_amount(self) -> float:
        """The same in the objective's unit."""
        return max(objective.tolerance_amount for objective in self.objectives)

    @property
    def tolerant(self) -> bool:
        """Whether anything may be given up."""
        return self.tolerance > 0 or self.tolerance_amount > 0

    def function(self, programme: Programme) -> Function:
        """The weighted sum that is minimised; maximised objectives come with a minus."""
        total = Function(np.zeros(len(programme.columns)), 0.0)
        for objective in self.objectives:
            sign = -1.0 if objective.direction is w.Direction.MAX else 1.0
            total = total + programme.functions[objective.key] * (sign * objective.weight)
        return total


@dataclass
class Ranked:
    """What the ranks gave: the plan's columns, each objective's value, the gap left by a time limit."""

    columns: Vector
    values: list[RankValue] = field(default_factory=list)
    gap: float = 0.0
    stopped: bool = False


def ranks(objectives: Sequence[Objective]) -> list[Rank]:
    """Group the objectives by rank, in order."""
    ordered = sorted(objectives, key=lambda objective: objective.rank)
    return [Rank(number, tuple(group)) for number, group in groupby(ordered, key=lambda objective: objective.rank)]


def hold_ranks(search: Search, objectives: Sequence[Objective]) -> dict[int, Outcome]:
    """Optimise and hold every rank, without the closing ones; return what each ended with.

    Raises :class:`RankError` as :func:`solve_ranks` does, and where a time limit stops a rank.
    """
    return {step.number: step.proved(search) for step in _declared(search.session, ranks(objectives))}


def settle_ranks(search: Search, objectives: Sequence[Objective], known: Mapping[int, Outcome]) -> None:
    """Hold every rank and the closing ones as far as they choose among whole numbers; those in ``known`` as reached.

    Raises :class:`RankError` as :func:`hold_ranks` does; the search keeps the last choice that was proved.
    """
    order = ranks(objectives)
    for step in chain(_declared(search.session, order), _closing(search.session, order)):
        if step.rank is not None and step.number in known:
            step.keep(search, known[step.number])
        else:
            step.proved(search)
        if step.name == SETTLED:
            return


@dataclass(frozen=True)
class Reached:
    """A rank optimised and not held: what it minimises, its optimum, and for each row held before it, for which rank.

    Of the circular use rate λ, what is minimised is its last step's, λ(U + M) − U, to scale.
    """

    rank: Rank
    function: Function
    outcome: Outcome
    held: tuple[tuple[int, str], ...]


def reached_ranks(search: Search, objectives: Sequence[Objective]) -> Iterator[Reached]:
    """Optimise every rank of the workbook and hold it once the caller goes on to the next.

    Raises :class:`RankError` as :func:`hold_ranks` does.
    """
    session, held = search.session, list[tuple[int, str]]()
    for step in _declared(session, ranks(objectives)):
        rows, outcome = session.row_count, step.optimum(search)
        if not outcome.optimal:
            raise RankError(outcome.answer, step.number, step.name, step.function)
        if step.rank is not None:
            function = last_step(session.programme, outcome.columns) if step.rank.circular else step.function
            yield Reached(step.rank, function, outcome, tuple(held))
        step.keep(search, outcome)
        held += [(step.number, step.name)] * (session.row_count - rows)


def solve_ranks(search: Search, objectives: Sequence[Objective]) -> Ranked:
    """Solve every rank, then the closing ones.

    Raises :class:`RankError` where a rank is infeasible or unbounded, or where numbers fail a later rank.
    """
    session = search.session
    ranked = Ranked(np.zeros(len(session.programme.columns)))
    order = ranks(objectives)
    for step in chain(_declared(session, order), _closing(session, order)):
        try:
            outcome = step.run(search)
        except RankError:
            if step.declared:
                raise
            break  # numbers fail a closing rank: the plan before it holds every rank that was asked for
        if step.name == SETTLED:
            search.settle()
        if outcome.answer is Answer.TIME_LIMIT:
            if not len(outcome.columns) and not ranked.values:
                raise RankError(Answer.TIME_LIMIT, step.number, step.name, step.function)
            ranked.stopped, ranked.gap = True, max(ranked.gap, outcome.gap)
            if len(outcome.columns):
                ranked.columns = outcome.columns
                ranked.values += step.values(session.programme, outcome.columns)
            break
        ranked.columns = outcome.columns
        ranked.values += step.values(session.programme, outcome.columns)
    if not ranked.stopped:
        search.settle()  # where nothing opens, whole levels are still free here
        ranked.columns = swept(session, ranked.columns)
    ranked.values = [_finished(session.programme, value, ranked.columns) for value in ranked.values]
    return ranked


@dataclass
class _Step:
    """One optimisation and what is held of it."""

    number: int
    name: str
    function: Function
    rank: Rank | None = None
    tolerance: float = 0.0
    tolerance_amount: float = 0.0
    first: bool = False
    seconds: float = 0.0
    rate: float | None = None

    @property
    def declared(self) -> bool:
        """Whether the Objectives sheet asks for it, rather than the closing order."""
        return self.rank is not None

    def run(self, search: Search) -> Outcome:
        """Optimise, then hold what was reached."""
        outcome = self.optimum(search)
        return outcome if outcome.answer is Answer.TIME_LIMIT else self.keep(search, outcome)

    def optimum(self, search: Search) -> Outcome:
        """Return the optimum, or what was found in time. Raises :class:`RankError` where there is none."""
        started = time.perf_counter()
        outcome = self._optimise(search)
        for slack in LOOSER:
            if self.first or outcome.answer not in (Answer.INFEASIBLE, Answer.TROUBLE):
                break
            search.session.loosen(slack)
            outcome = self._optimise(search)
        self.seconds = time.perf_counter() - started
        if outcome.answer is Answer.TIME_LIMIT:
            return outcome
        if not outcome.optimal:
            answer = outcome.answer
            if answer is Answer.INFEASIBLE and not self.first:
                answer = Answer.TROUBLE  # a chain that was feasible a rank ago still is
            raise RankError(answer, self.number, self.name, self.function)
        return outcome

    def _optimise(self, search: Search) -> Outcome:
        circular = self.rank is not None and self.rank.circular
        return maximise_rate(search) if circular else search.minimise(self.function)

    def proved(self, search: Search) -> Outcome:
        """Run and hold; a rank that a time limit stops is an error too."""
        outcome = self.run(search)
        if not outcome.optimal:
            raise RankError(outcome.answer, self.number, self.name, self.function)
        return outcome

    def keep(self, search: Search, outcome: Outcome) -> Outcome:
        """Hold what ``outcome`` reaches; return a plan that does."""
        session = search.session
        if self.rank is not None and self.rank.circular:
            self.rate = circular_rate(session.programme, outcome.columns)
            return hold_rate(search, outcome, self.tolerance)
        hold_value(session, self.function, outcome, self.tolerance, self.tolerance_amount)
        return outcome

    def values(self, programme: Programme, columns: Vector) -> Iterator[RankValue]:
        """The value of each objective at the end of the rank; the closing ranks report none."""
        if self.rank is None:
            return
        for objective in self.rank.objectives:
            value = self.rate if self.rank.circular else programme.functions[objective.key].at(columns)
            yield RankValue(
                rank=self.number,
                objective=objective.key,
                value=float(value or 0.0),
                final=0.0,
                tolerance=self.tolerance,
                tolerance_amount=self.tolerance_amount,
                weight=objective.weight,
                seconds=self.seconds,
            )


def _declared(session: Session, order: Sequence[Rank]) -> Iterator[_Step]:
    """The ranks of the workbook."""
    programme = session.programme
    idle = programme.functions[IDLE]
    for i, rank in enumerate(order):
        tell_rank(i + 1, len(order))
        if i > 0 and any(objective.kind is w.Objective.CHANGE for objective in rank.objectives):
            yield from [_Step(rank.number, IDLE, idle)] if idle.coefficients.any() else []
        function = Function(np.zeros(len(programme.columns)), 0.0) if rank.circular else rank.function(programme)
        yield _Step(rank.number, rank.name, function, rank, rank.tolerance, rank.tolerance_amount, first=i == 0)


def _closing(session: Session, order: Sequence[Rank]) -> Iterator[_Step]:
    """The ranks that leave nothing to chance."""
    programme = session.programme
    last = order[-1].number if order else 0
    tell(SETTLING)
    for rank in order:
        if rank.tolerant and not rank.circular:
            yield _Step(rank.number, rank.name, rank.function(programme))
        elif rank.tolerant:
            yield _CircularAgain(rank.number, rank.name, Function(np.zeros(len(programme.columns)), 0.0), rank)
    for name in CLOSING:
        function = programme.functions[name]
        if function.coefficients.any():
            yield _Step(last + 1, name, function, first=not order)


class _CircularAgain(_Step):
    """The circular rate of a rank with a tolerance, maximised once more; its value was reported before."""

    @property
    def declared(self) -> bool:
        return False

    def values(self, programme: Programme, columns: Vector) -> Iterator[RankValue]:
        return iter(())


def hold_value(session: Session, function: Function, outcome: Outcome, tolerance: float, amount: float) -> None:
    """Keep ``function`` within its tolerance from here on.

    A sum of non-negative terms that has reached 0 is held by the bounds of its columns, any other optimum by
    what all optima have in common; only what may be given up, or was found among whole numbers, by a row: a row
    has a slack, which later ranks spend on traces.
    """
    optimum = function.at(outcome.columns)
    given_up = max(tolerance * abs(optimum), amount)
    positive = function.coefficients.min(initial=0.0) >= 0 and function.constant == 0
    # A search sets the bounds of whole columns itself: those need the row.
    positive = positive and not function.coefficients[session.programme.whole].any()
    scale = float(np.max(function.coefficients, initial=0.0))
    if positive and given_up == 0 and optimum <= 1e-9 * max(1.0, scale):
        session.bound_columns(np.flatnonzero(function.coefficients), 0.0)
        return
    if given_up > 0 or not session.keep(outcome):
        session.hold(function, optimum + given_up)


def _finished(programme: Programme, value: RankValue, columns: Vector) -> RankValue:
    if value.objective == w.Objective.CIRCULARITY.key:
        return replace(value, final=circular_rate(programme, columns))
    return replace(value, final=programme.functions[value.objective].at(columns))
