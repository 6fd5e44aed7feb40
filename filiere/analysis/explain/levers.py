"""Why the plan is what it is: levers, what is left out, how free it is, and plans nearly as good."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from filiere.analysis.explain.alternatives import Alternative, alternatives
from filiere.analysis.explain.bound import BoundLever, bound_lever
from filiere.analysis.explain.ranges import Freedom, freedom
from filiere.analysis.explain.step import step
from filiere.analysis.explain.unused import WhyNot, unused
from filiere.chain.chain import Chain
from filiere.model.facts import EQUATION_FACTS
from filiere.problems import Cell
from filiere.schema import words as w
from filiere.solution.solution import RankValue, Solution
from filiere.solver.programme.compile import Programme, Vector, compiled
from filiere.solver.ranks.ranks import solve_ranks
from filiere.solver.ranks.seasons import evened
from filiere.solver.ranks.step import RankError
from filiere.solver.sensitivity.prices import Price, sensitivity
from filiere.solver.session.cases.known import Cases
from filiere.solver.session.cases.search import Search
from filiere.solver.session.effort import Effort
from filiere.solver.session.session import Session
from filiere.solver.solve import read_off, without_plan
from filiere.solver.study import Study

LARGE = 3000
"""More variables than this, and fewer levers are tried by solving again."""

TRIED, TRIED_ASKED, TRIED_LARGE = 5, 12, 4
"""Levers whose step of a tenth is solved again, the first ones first: beside a plan, where they are asked for, and in a
large chain.
"""

STEP = 0.1

TOUCHES = 1e-4
"""A plan that stays away from a bound by less than this share of it stands at it."""

LEAST = 6e7
"""Effort that a plan may always be explained with: one to three seconds of a small computer."""


@dataclass(frozen=True)
class Lever:
    """One figure that holds the plan back. ``per_unit`` is what one unit in ``direction`` changes at ``objective``.

    The objective's own sense is kept: a maximised one rises. ``until`` is the figure up to which that holds (None:
    not known). ``verified`` are the changes of every objective when the figure is moved by ``step`` and the whole
    chain is solved again, empty where that was not done; ``feasible`` is False where it had no plan.
    """

    cell: Cell | None
    row: str
    subject: tuple[str, ...]
    value: float
    direction: int
    rank: int
    objective: str
    per_unit: float
    until: float | None
    later: dict[str, float] = field(default_factory=dict)
    step: float = 0.0
    verified: dict[str, float] = field(default_factory=dict)
    asked: bool = False
    """Whether it is a need that the plan is made to serve. An outlet, which takes what there is, is none."""


@dataclass(frozen=True)
class Explanation:
    """The answer to "why?": a solution with what holds it, or without a plan and then with what clashes."""

    chain: Chain
    solution: Solution
    levers: tuple[Lever, ...] = ()
    why_not: tuple[WhyNot, ...] = ()
    freedom: Freedom | None = None
    alternatives: tuple[Alternative, ...] = ()
    slack: float | None = None
    whole: bool = True
    """Whether nothing was left out to take no more work than the plan did."""
    bound: BoundLever | None = None
    """The cost bound, where it holds the plan back: the first lever of all."""


def explain(chain: Chain, slack: float | None = None, time_limit: float | None = None) -> Explanation:
    """Return why the best plan of ``chain`` is what it is, or why there is none.

    With ``slack`` (a share) plans within it of every rank's optimum are looked for too. A plan that is not proved the
    best is explained with the whole numbers that it has: no other is solved to be set beside it. Raises ``RankError``
    where numbers fail.
    """
    programme, ends = compiled(chain), Cases(learns=True)
    search = Search(Session(programme, time_limit), known=ends)
    try:
        ranked = solve_ranks(search, chain.objectives, near=True)
    except RankError as error:
        return Explanation(chain, without_plan(error, search))
    finished = evened(programme, ranked)
    solution = read_off(programme, finished)
    found = sensitivity(programme, ranked.columns, chain.objectives)
    tried, study = TRIED_LARGE if len(programme.columns) > LARGE else TRIED_ASKED, None
    if ranked.proved:
        study = Study(chain, programme=programme)
        study.start_from(ranked.columns)
    return Explanation(
        chain=chain,
        solution=solution,
        levers=_levers(chain, _held(programme, finished.columns, found.prices), tried, solution.objectives, study),
        why_not=unused(programme, ranked.columns, found.excluded, chain, study) if study is not None else (),
        freedom=freedom(programme, ranked.columns, chain, ends=ends),
        alternatives=alternatives(programme, ranked.columns, chain, slack)
        if slack is not None and ranked.proved
        else (),
        slack=slack,
        whole=ranked.proved,
        bound=bound_lever(chain, solution, None if ranked.proved else Effort(most=0.0)),
    )


def solve_and_explain(chain: Chain, time_limit: float | None = None) -> Explanation:
    """Return the best plan with its levers and how free it is, as far as that costs no more than the plan did.

    Cost is counted in work, not in time: what is told does not depend on the machine. ``LEAST`` is always given.
    Solving again for a step of each lever comes last. What is left out sets ``whole`` to False. ``time_limit`` is in
    seconds for all. Of a plan that is not proved the best, it is told with the whole numbers that it has. Raises
    ``RankError`` where numbers fail.
    """
    began = time.perf_counter()
    effort = Effort(deadline=None if time_limit is None else time.monotonic() + time_limit)
    programme, ends = compiled(chain), Cases(learns=True)
    built = time.perf_counter()
    search = Search(Session(programme, time_limit, effort), known=ends)
    try:
        ranked = solve_ranks(search, chain.objectives, near=True)
    except RankError as error:
        return Explanation(chain, _timed(without_plan(error, search), began, built))
    finished = evened(programme, ranked)
    solution = _timed(read_off(programme, finished), began, built)
    if ranked.stopped:
        return Explanation(chain, solution, whole=False)
    before, allowed = effort.spent, max(LEAST, effort.spent)
    effort.most = before + 0.5 * allowed
    found = sensitivity(programme, ranked.columns, chain.objectives, effort=effort)
    effort.most = before + allowed
    free = freedom(programme, ranked.columns, chain, effort, ends)
    prices = _held(programme, finished.columns, found.prices)
    study = (
        Study(chain, effort.seconds_left, effort, programme) if prices and effort.goes_on and ranked.proved else None
    )
    if study is not None:
        study.start_from(ranked.columns)
    return Explanation(
        chain=chain,
        solution=solution,
        levers=_levers(chain, prices, TRIED, solution.objectives, study),
        freedom=free if free.ranges else None,
        whole=found.whole and free.whole and ranked.proved,
        bound=bound_lever(chain, solution, effort if ranked.proved else Effort(most=0.0)),
    )


def _timed(solution: Solution, began: float, built: float) -> Solution:
    return replace(solution, seconds={"build": built - began, "solve": time.perf_counter() - built})


def _held(programme: Programme, columns: Vector, prices: Sequence[Price]) -> list[Price]:
    """Return the prices of what the plan reaches: what it leaves unused in the end is said to hold nothing back.

    A capacity that was full at one rank may be left by a later one, within the margin of the first.
    """
    return [price for price in prices if not price.figure.rows or any(
        _touched(programme, columns, row) for row in price.figure.rows)]  # fmt: skip


def _touched(programme: Programme, columns: Vector, row: int) -> bool:
    """Whether a plan stands at a bound of a row, relative to what is summed there."""
    begin, end = programme.matrix.indptr[row], programme.matrix.indptr[row + 1]
    terms = programme.matrix.data[begin:end] * columns[programme.matrix.indices[begin:end]]
    bounds = [bound for bound in (programme.row_lower[row], programme.row_upper[row]) if np.isfinite(bound)]
    size = max([abs(bound) for bound in bounds] + [float(np.abs(terms).max(initial=0.0))], default=0.0)
    return any(abs(float(terms.sum()) - bound) <= TOUCHES * max(size, TOUCHES) for bound in bounds)


def _levers(
    chain: Chain, prices: Sequence[Price], tried: int, reached: Sequence[RankValue], study: Study | None
) -> tuple[Lever, ...]:
    """Return the levers of a plan that ``reached`` so much; the first are ``tried`` by solving again in a study."""
    maximised = {objective.key for objective in chain.objectives if objective.direction.name == "MAX"}
    before = _values(reached)
    asked = {id(need.row) for need in chain.needs if need.obligation is not w.Obligation.OUTLET}
    levers: list[Lever] = []
    for price in sorted(prices, key=lambda price: (price.rank, _gives_up(price))):
        figure = price.figure
        by = STEP * figure.scale
        verified: dict[str, float] = {}
        trying = study is not None and len(levers) < tried and study.session.effort.goes_on
        variant = step(chain, figure, figure.value + price.direction * by) if trying else None
        if variant is not None and study is not None:
            after = _tried(study, variant)
            verified = {name: after[name] - value for name, value in before.items() if name in after}
        levers.append(
            Lever(
                cell=figure.number_cell, row=figure.equation, subject=figure.subject, value=figure.value,
                direction=price.direction, rank=price.rank, objective=price.objective,
                per_unit=_signed(price.objective, price.per_unit, maximised), until=price.until,
                later={name: _signed(name, value, maximised) for name, value in price.later.items()},
                step=price.direction * by if verified else 0.0, verified=verified, asked=id(figure.source) in asked,
            )
        )  # fmt: skip
    return tuple(levers)


def _gives_up(price: Price) -> bool:
    """Whether a lever asks for less of what was wanted or agreed: told behind those that there could be more of."""
    return price.direction < 0 or EQUATION_FACTS[price.figure.equation].table == "limits"


def _tried(study: Study, variant: Chain) -> dict[str, float]:
    """Return what each rank reaches in a variant; nothing if numbers fail or time is over: the plan stands."""
    try:
        return study.reached(variant)
    except RankError:
        return {}


def _signed(objective: str, value: float, maximised: set[str]) -> float:
    """A change of what is minimised, as a change of the objective itself."""
    return -value if objective in maximised or objective == "circularity" else value


def _values(objectives: Sequence[RankValue]) -> dict[str, float]:
    return {value.objective: value.value for value in objectives}
