"""One rank after another: optimise, hold, go on; then the closing ranks that leave nothing to chance."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain
from typing import TypeGuard

import numpy as np

from filiere.chain.chain import Objective
from filiere.model.closing import CLOSING
from filiere.schema import words as w
from filiere.solution.solution import CostBound, RankValue
from filiere.solver.programme.compile import Function, Programme, Vector
from filiere.solver.ranks.bound import NEAR, Bound, bound_step
from filiere.solver.ranks.circular import circular_rate, last_step
from filiere.solver.ranks.fair import Fair, Roomy, fair_step
from filiere.solver.ranks.hoped import hold_hoped
from filiere.solver.ranks.rank import Rank, ranks
from filiere.solver.ranks.step import Again, Apart, Behind, Circular, Declared, Once, RankError, Step
from filiere.solver.ranks.sweep import sweep_traces
from filiere.solver.ranks.trail import Mark, Trail
from filiere.solver.session.answer import Answer
from filiere.solver.session.cases.search import Search
from filiere.solver.session.outcome import Outcome
from filiere.solver.session.patience import Patience
from filiere.solver.session.session import Session
from filiere.watch import SETTLING, tell, tell_rank

IDLE = "idle_services"
SPENT = 2e-7
"""What of a rank's value may go for a plan without traces: the certificate asks for a millionth."""

LAST = (w.Objective.WASTE, w.Objective.CHANGE)
"""Before these, what was given a tolerance is closed again."""


@dataclass
class Ranked:
    """What the ranks gave: the plan's columns, each objective's value, the gap of the first that was not proved."""

    columns: Vector
    values: list[RankValue] = field(default_factory=list)
    gap: float = 0.0
    stopped: bool = False
    bound: CostBound | None = None
    closing: list[RankValue] = field(default_factory=list)
    shares_cut: bool = False
    """Whether there were more levels of equal shares than are told apart."""
    passed: list[Vector] = field(default_factory=list)
    """The plans by which the ranks that may be worsened were held, and the plan itself; none where a step failed."""

    @property
    def proved(self) -> bool:
        """Whether every rank was proved to be as good as it can be."""
        return not self.stopped and self.gap == 0.0


def hold_ranks(
    search: Search,
    objectives: Sequence[Objective],
    trail: Trail | None = None,
    begun: Sequence[Mark] = (),
    shares: bool = True,
    bounds: bool = True,
) -> dict[int, Outcome]:
    """Optimise and hold every rank, without the closing ones; return what each ended with.

    Each step is noted in ``trail``. The steps in ``begun`` were taken already, and the search stands after them.
    Equal ``shares`` and cost ``bounds`` may be left out. Where no trail is kept and the search knows how another
    solve ended, ranks that come to what they came to there are not optimised one by one.
    Raises :class:`RankError` as :func:`solve_ranks` does, and where a time limit stops a rank.
    """
    ended: dict[int, Outcome] = {}
    steps = _before_closing(search.session, ranks(objectives), None if shares else w.Fairness.NO, bounds)
    if search.known is not None and trail is None and not begun:
        each = list(steps)
        told = zip(each, hold_hoped(search, each), strict=True)
        return {step.number: outcome for step, outcome in told if _is_ranked(step)}
    for turn, step in enumerate(steps):
        if trail is not None:
            trail.begin(step)
        outcome = begun[turn].outcome if turn < len(begun) else step.proved(search)
        if trail is not None:
            trail.note(step, search, outcome)
        if _is_ranked(step):
            ended[step.number] = outcome
    return ended


def values_of_ranks(
    programme: Programme, objectives: Sequence[Objective], ended: Mapping[int, Outcome]
) -> dict[str, float]:
    """Return what each objective came to at the end of its rank, of several the last."""
    found = {}
    for rank in ranks(objectives):
        columns = ended[rank.number].columns
        for objective in rank.objectives:
            function = None if rank.circular else programme.functions[objective.key]
            found[objective.key] = function.at(columns) if function else circular_rate(programme, columns)
    return found


def settle_ranks(search: Search, objectives: Sequence[Objective], known: Mapping[int, Outcome]) -> None:
    """Hold every rank and the closing ones, which choose among whole numbers; those in ``known`` as reached.

    Once one choice is left, nothing more is optimised. Raises :class:`RankError` as :func:`hold_ranks` does; the search
    keeps the last choice that was proved.
    """
    order = ranks(objectives)
    for step in chain(_before_closing(search.session, order), _closing(search.session, order)):
        if search.decided:
            return
        if _is_ranked(step) and step.number in known:
            step.keep(search, known[step.number])
        else:
            step.proved(search)


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
    for step in _before_closing(session, ranks(objectives)):
        rows = session.row_count
        if _is_ranked(step):
            outcome = step.optimum(search)
            if not outcome.optimal:
                raise RankError(outcome.answer, step.number, step.name, step.function)
            function = last_step(session.programme, outcome.columns) if step.rank.circular else step.function
            yield Reached(step.rank, function, outcome, tuple(held))
            step.keep(search, outcome)
        else:
            step.proved(search)
        held += [(step.number, step.name)] * (session.row_count - rows)


def solve_ranks(
    search: Search,
    objectives: Sequence[Objective],
    asked: w.Fairness | None = None,
    bounds: bool = True,
    near: bool = False,
) -> Ranked:
    """Solve every rank, then the closing ones. ``asked`` says when shares are made equal, in place of the chain; cost
    ``bounds`` may be left out. With ``near``, ranks whose best takes too long are held as near as was proved, and the
    gap is told.

    Raises :class:`RankError` where a rank is infeasible or unbounded, or where numbers fail a later rank.
    """
    session = search.session
    programme = session.programme
    ranked = Ranked(np.zeros(len(programme.columns)))
    told: list[tuple[Step, RankValue]] = []
    order, ended = ranks(objectives), True
    session.patience = patience = Patience() if near else None
    for step in chain(_before_closing(session, order, asked, bounds), _closing(session, order)):
        try:
            outcome = step.run(search)
        except RankError:
            if step.required or _is_ranked(step):
                raise
            ended = False
            break  # numbers fail a closing rank: the plan before it holds every rank that was asked for
        if outcome.answer is Answer.TIME_LIMIT:
            if not len(outcome.columns) and not told:
                raise RankError(Answer.TIME_LIMIT, step.number, step.name, step.function)
            ranked.stopped, ranked.gap = True, ranked.gap or outcome.gap
            if len(outcome.columns):
                ranked.columns = outcome.columns
                told += [(step, value) for value in step.values(programme, outcome.columns)]
            break
        gap = patience.gap_since() if patience is not None else 0.0
        if _is_asked(step, order):
            ranked.gap = ranked.gap or gap
        if isinstance(step, Bound):
            ranked.bound = step.found
        if isinstance(step, Fair):
            ranked.shares_cut = step.cut_short
        if outcome.optimal:
            ranked.columns = outcome.columns
            ranked.passed += step.passed(outcome)
            told += [(step, replace(value, gap=gap)) for value in step.values(programme, outcome.columns)]
    if not ranked.stopped:
        search.settle()
        swept = sweep_traces(session, ranked.columns, programme.functions[[*CLOSING][-1]])
        ranked.columns = swept if _as_good(told, programme, ranked.columns, swept) else ranked.columns
    ranked.passed = [*ranked.passed, ranked.columns] if ended and not ranked.stopped else []
    finished = [
        replace(step.finished(programme, value, ranked.columns), turn=turn) for turn, (step, value) in enumerate(told)
    ]
    ranked.values = [value for value in finished if not value.closing]
    ranked.closing = [value for value in finished if value.closing]
    ranked.bound = _reached(programme, ranked)
    return ranked


def _as_good(told: Sequence[tuple[Step, RankValue]], programme: Programme, before: Vector, after: Vector) -> bool:
    """Whether a plan without its traces still has the value of every rank: better traces than a rank that is lost."""
    for step, value in told if after is not before else ():
        was, now = (step.finished(programme, value, columns).final for columns in (before, after))
        if abs(now - was) > SPENT * max(1.0, abs(was)):
            return False
    return True


def _reached(programme: Programme, ranked: Ranked) -> CostBound | None:
    """The bound, with whether the plan stands at it."""
    bound = ranked.bound
    if bound is None:
        return None
    cost = programme.functions[w.Objective.COST.key].at(ranked.columns)
    return replace(bound, binds=cost >= bound.limit - NEAR * max(1.0, bound.outlays))


def _before_closing(
    session: Session, order: Sequence[Rank], asked: w.Fairness | None = None, bounds: bool = True
) -> Iterator[Step]:
    """The ranks of the workbook, with what stands between them; ``asked`` as for :func:`solve_ranks`."""
    programme = session.programme
    bounded = next((i for i, rank in enumerate(order) if _has(rank, w.Objective.UNMET)), -1)
    number = order[max(bounded, 0)].number if order else 1
    before = list(fair_step(programme, number, w.Fairness.BEFORE, bounded <= 0, asked))
    if bounded < 0:
        before += _bound(programme, number, not before) if bounds else ()
        before += fair_step(programme, number, w.Fairness.AFTER, not before, asked)
        yield from before
    again = _closed_again(order)
    for i, rank in enumerate(order):
        tell_rank(i + 1, len(order))
        if i == again:
            yield from (_again(programme, former) for former in order[:i] if former.tolerant)
        if i > 0 and _has(rank, w.Objective.CHANGE) and not any(_has(r, w.Objective.WASTE) for r in order[:i]):
            idle = programme.functions[IDLE]
            yield from [Step(rank.number, IDLE, idle)] if idle.coefficients.any() else []
        if i == bounded:
            yield from before
        after = list(fair_step(programme, rank.number, w.Fairness.AFTER, asked=asked)) if i == bounded else []
        then = _function_closed(programme, order[:i]) if i + 1 == again else None
        yield _declared(programme, rank, first=i == 0 and not before, roomy=bool(after), then=then)
        if i == bounded:
            yield from _bound(programme, rank.number, False) if bounds else ()
            yield from after
            if after:
                yield _again(programme, rank)


def _bound(programme: Programme, number: int, first: bool) -> Iterator[Step]:
    step = bound_step(programme, number, first)
    if step is not None:
        yield step


def _declared(
    programme: Programme, rank: Rank, first: bool, roomy: bool = False, then: Function | None = None
) -> Step:  # fmt: skip
    if rank.circular:
        nothing = Function(np.zeros(len(programme.columns)), 0.0)
        return Circular(rank.number, rank.name, nothing, first, rank=rank, then=then)
    kind = Apart if rank.apart else Behind if rank.behind is not None else Roomy if roomy else Declared
    return kind(rank.number, rank.name, rank.function(programme), first, rank=rank)


def _again(programme: Programme, rank: Rank) -> Step:
    """What was given a tolerance, optimised once more."""
    if rank.circular:
        return Again(rank.number, rank.name, Function(np.zeros(len(programme.columns)), 0.0), rank=rank)
    return Once(rank.number, rank.name, rank.function(programme), rank=rank)


def _function_closed(programme: Programme, order: Sequence[Rank]) -> Function | None:
    """What is minimised first where ranks with a tolerance are optimised once more; None where none has any."""
    rank = next((rank for rank in order if rank.tolerant and not rank.circular), None)
    return rank.function(programme) if rank is not None else None


def _closed_again(order: Sequence[Rank]) -> int:
    """Where ranks with a tolerance are optimised once more: before waste and change; none where neither is ranked."""
    return next((i for i, rank in enumerate(order) if i > 0 and any(_has(rank, kind) for kind in LAST)), len(order))


def _closing(session: Session, order: Sequence[Rank]) -> Iterator[Step]:
    """The ranks that leave nothing to chance."""
    programme = session.programme
    last = order[-1].number if order else 0
    tell(SETTLING)
    for rank in order[_before(order) :]:
        if rank.tolerant:
            yield _again(programme, rank)
    for name in CLOSING:
        function = programme.functions[name]
        if function.coefficients.any():
            yield Step(last + 1, name, function, first=not order)


def _is_ranked(step: Step) -> TypeGuard[Declared]:
    """Whether a step is a rank of the workbook, solved the first time."""
    return isinstance(step, Declared) and not isinstance(step, Again)


def _is_asked(step: Step, order: Sequence[Rank]) -> bool:
    """Whether a step is part of what the workbook asks for, and does not only settle what that leaves open."""
    return bool(order) and step.number <= order[-1].number


def _before(order: Sequence[Rank]) -> int:
    """The first rank that was not closed again before waste and change."""
    again = _closed_again(order)
    return again if again < len(order) else 0


def _has(rank: Rank, kind: w.Objective) -> bool:
    return any(objective.kind is kind for objective in rank.objectives)
