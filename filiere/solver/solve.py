"""Solve one chain: build, compile, optimise rank after rank, and read the plan."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from filiere.chain.chain import Chain, Objective
from filiere.solution.solution import Solution, Status
from filiere.solver.programme.compile import Programme, Vector, compiled
from filiere.solver.programme.extract import Rows, plan, rows
from filiere.solver.ranks.apart import Units, far_apart, found_in_units
from filiere.solver.ranks.ranks import Ranked, hold_ranks, solve_ranks
from filiere.solver.ranks.spared import Spared, spared
from filiere.solver.ranks.step import RankError
from filiere.solver.session.answer import Answer
from filiere.solver.session.cases.search import Search
from filiere.solver.session.session import Session


def solve(chain: Chain, time_limit: float | None = None) -> Solution:
    """Return the best plan of ``chain`` in the order of its objectives.

    An infeasible or unbounded chain gives a solution without a plan, whose ``conflict`` names what clashes or
    what feeds on itself. ``time_limit`` is in seconds over all ranks; the best plan found by then is returned
    with its gap. Raises :class:`RankError` where numbers fail, ``WorkbookError`` where that is as figures lie too far
    apart.
    """
    started = time.perf_counter()
    programme = compiled(chain)
    built = time.perf_counter()

    def attempt(units: Units) -> Solution:
        return answer(programme, Search(Session(programme, time_limit, units=units)), chain.objectives)

    solution = found_in_units(chain, attempt)
    seconds = {"build": built - started, "solve": time.perf_counter() - built}
    return replace(solution, seconds=seconds)


def solve_ranked(chain: Chain) -> tuple[Rows, dict[str, float]]:
    """Return the tables of a plan that is the best by the chain's own ranks, and what each of them reaches; raises
    ``RankError``.

    No closing rank picks it among those that are as good: it is for what all of these have in common.
    """
    programme = compiled(chain)
    search = Search(Session(programme))
    outcomes = hold_ranks(search, chain.objectives)
    columns = list(outcomes.values())[-1].columns
    return rows(programme, columns), {o.key: programme.functions[o.key].at(columns) for o in chain.objectives}


def solve_year(chain: Chain) -> Rows | None:
    """Return the tables of the best plan, its seasons as they come, for those who ask for sums over the year alone.

    None where there is no plan, or where :func:`solve` would look for it in two units.
    """
    if far_apart(chain) is not None:
        return None
    programme = compiled(chain)
    found = Beside().best(lambda: Search(Session(programme)), chain.objectives)
    return rows(programme, found.columns) if found is not None else None


def answer(programme: Programme, search: Search, objectives: Sequence[Objective], even: bool = True) -> Solution:
    """Optimise a compiled programme rank after rank and read its plan, or why there is none.

    Without ``even`` what the plan's seasons could spread stays where the last rank left it.
    """
    try:
        ranked = solve_ranks(search, objectives, near=True)
    except RankError as error:
        return without_plan(error, search)
    if even:
        # Loaded here: a check asks for sums over the year alone.
        from filiere.solver.ranks.seasons import evened

        ranked = evened(programme, ranked)
    return read_off(programme, ranked)


@dataclass(frozen=True)
class Best:
    """The best plan, and the plans by which the ranks were held that may be worsened, the best one the last of them.

    ``passed`` has none where not every rank was solved to its end.
    """

    columns: Vector
    passed: tuple[Vector, ...]


class Beside:
    """How variants of a programme are solved: what changed nothing in the plan beside is left out at first.

    Each ``take`` begins a search anew.
    """

    def __init__(self) -> None:
        self._spared: Spared | None = None

    def know(self, programme: Programme, columns: Vector) -> None:
        """Solve beside this plan from here on, unless there is one already."""
        if self._spared is None:
            self._spared = spared(programme, lambda objective: programme.functions[objective.key].at(columns))

    def values(self, take: Callable[[], Search], objectives: Sequence[Objective]) -> dict[str, float]:
        """Return what each objective comes to at the end of its rank, no plan settled on; raises ``RankError``."""
        return (self._spared or Spared()).values(take, objectives)

    def best(self, take: Callable[[], Search], objectives: Sequence[Objective]) -> Best | None:
        """Return the best plan, its seasons as they come; None where there is none or numbers fail."""
        try:
            ranked = (self._spared or Spared()).ranked(take, objectives)
        except RankError:
            return None
        return Best(ranked.columns, tuple(ranked.passed))


def read_off(programme: Programme, ranked: Ranked) -> Solution:
    """Return the plan that the ranks ended with, and what each reached."""
    return Solution(
        status=Status.OPTIMAL if ranked.proved else Status.TIME_LIMIT,
        plan=plan(programme, ranked.columns),
        objectives=tuple(ranked.values),
        gap=ranked.gap,
        closing=tuple(ranked.closing),
        bound=ranked.bound,
        shares_cut=ranked.shares_cut,
    )


def without_plan(error: RankError, search: Search) -> Solution:
    """Return why a rank has no optimum; raises the error itself where numbers fail."""
    # Loaded here: nearly all chains have a plan, and a check that finds one tells no clash.
    from filiere.solver.conflict.diagnose import infeasible, unbounded

    if error.answer is Answer.INFEASIBLE:
        return infeasible(search.session.programme)
    if error.answer is Answer.UNBOUNDED:
        return unbounded(search.session, error)
    if error.answer is Answer.TIME_LIMIT:
        return Solution(Status.TIME_LIMIT)
    raise error
