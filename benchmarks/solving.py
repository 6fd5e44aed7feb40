"""From a chain to its plan, beside the same arrays handed to HiGHS; many plans in one session, beside one at a time.

*Direct* is HiGHS on arrays that are there already. For one objective it is measured three times: the same sequence that
filiere solves (the cost, the closing ranks, the seasons evened) by HiGHS alone, each rank held by a plain row; the same
through the session that filiere solves with; and the cost alone, which is one part of what filiere solves. For the
default ranks it is the session: a plain loop over them, each held by a row, takes many times as long and ends without
an answer in the closing ranks. A *cold* solve is one through the session from nothing. Formerly the ratio told for one
objective was that beside the cost alone, a chain of up to 50,000 columns was not built anew at each run, and a cold
solve evened the seasons that variants leave as they come.
*Rebuilding* is what a program without a session does for each variant: read the equations into arrays again, solve.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from benchmarks.direct import arrays, pass_and_run, pass_and_run_all, sequence
from benchmarks.synthetic import synthetic
from benchmarks.timing import alternating, compared, faster, timed
from filiere.chain.chain import Chain, Objective
from filiere.schema import words as w
from filiere.solver.front.front import Axis, solve_front
from filiere.solver.programme.compile import Programme, compiled
from filiere.solver.ranks.ranks import solve_ranks
from filiere.solver.ranks.seasons import LARGEST, unevenness, with_parts_above, year_of
from filiere.solver.session.cases.search import Search
from filiere.solver.session.session import Session
from filiere.solver.solve import answer, solve
from filiere.solver.study import Study

if TYPE_CHECKING:
    import numpy as np


def table_to_solution(flows: int, repeats: int = 9) -> Iterator[str]:
    """From a read chain to its plan, with one objective and with the default ranks, in turn with the arrays alone.

    Every run has a chain of its own: the programme of one that was asked for before is kept.
    """
    one, several = ("≤ 1.8", "≤ 1.3") if flows < LARGE else ("≤ 1.15", "≤ 1.1")
    cheap, ranked = cheapest(synthetic(flows)), synthetic(flows)
    programme = compiled(cheap)
    functions, seasons = sequence(programme), evening(programme)
    whole = alternating(
        lambda: solve(replace(cheap)),
        lambda: pass_and_run_all(arrays(programme), functions, seasons),
        repeats,
    )
    yield compared(f"{flows:,} flows, one objective: chain to plan / direct, the same sequence", whole, one)
    for what, beside in (("the session", cold), ("the cost alone", run_directly)):
        pairs = alternating(lambda: solve(replace(cheap)), lambda b=beside: b(programme), repeats)
        yield compared(f"{flows:,} flows, one objective: chain to plan / direct, {what}", pairs)
    programme = compiled(ranked)
    pairs = alternating(lambda: solve(replace(ranked)), lambda: cold(programme), repeats)
    yield compared(f"{flows:,} flows, default ranks: chain to plan / direct", pairs, several)


def evening(programme: Programme) -> dict[str, np.ndarray]:
    """Return the arrays of the programme that evens the seasons of the best plan, its costs among them."""
    if len(programme.columns) > LARGEST:
        return {}
    year = year_of(programme, solve_ranks(Search(Session(programme)), programme.index.chain.objectives).columns)
    uneven = unevenness(programme, year)
    parts = replace(with_parts_above(programme, year), functions={"cost": uneven})
    return arrays(parts)


LARGE = 100_000
"""From so many flows on, other ratios are to be reached."""

SAMPLE = 10
"""Of many variants, so many are solved cold and rebuilt: each of those takes as long as any other."""


def variants(flows: int, count: int) -> Iterator[str]:
    """The same chain with other needs, in place / cold / rebuilt: what one variant takes."""
    kinds = (("one objective", cheapest(synthetic(flows)), "≥ 4"), ("default ranks", synthetic(flows), "≥ 8"))
    for what, chain, wanted in kinds:
        for how, changed in (("three needs", 3), ("every need", len(chain.needs))):
            draw = random.Random(7)
            chains = [other_needs(chain, changed, draw) for _ in range(count)]
            study = Study(chain)
            study.solve()
            in_place, _ = timed(lambda s=study, many=chains: [s.solve(each) for each in many])
            some = chains[:SAMPLE]
            programmes = [compiled(each) for each in some]
            from_nothing, _ = timed(lambda many=programmes: [cold(each, even=False) for each in many])
            rebuilt, _ = timed(lambda many=some: [solve(each) for each in many])
            label = f"one of {count} variants of {how}, {flows:,} flows, {what}"
            each = in_place / count
            yield faster(f"{label}: in place / cold", each, from_nothing / len(some), wanted)
            yield faster(f"{label}: in place / rebuilding", each, rebuilt / len(some), "≥ 40")


def front(flows: int, count: int) -> Iterator[str]:
    """A front, the search for its points included, beside one cold solve for each point that it found."""
    cost, dependency = (
        Objective(rank, kind, None, w.Direction.MIN, 1.0, 0.0, 0.0)
        for rank, kind in enumerate((w.Objective.COST, w.Objective.DEPENDENCY), start=1)
    )
    chain = replace(cheapest(synthetic(flows)), objectives=(cost, dependency))
    study = Study(chain)
    study.solve()
    ours, points = timed(lambda: solve_front(study, cost, dependency, count))
    bounds = [point.objectives[1].final for point in points]

    def one_by_one(rebuilding: bool) -> None:
        for bound in bounds[1:]:
            programme = compiled(chain) if rebuilding else study.programme
            session = Session(programme)
            Axis(session, dependency).hold(bound * (1.0 + 1e-9))
            answer(programme, Search(session), chain.objectives, even=False)

    label = f"front of {len(points)} points, {flows:,} flows: in place"
    for what, rebuilding in (("cold, point by point", False), ("rebuilding each", True)):
        theirs, _ = timed(lambda again=rebuilding: one_by_one(again))
        yield faster(f"{label} / {what}", ours, theirs, "≥ 5")


def cheapest(chain: Chain) -> Chain:
    """The chain whose needs must be served, at the least cost: one objective, one linear programme."""
    needs = tuple(replace(need, obligation=w.Obligation.MUST) for need in chain.needs)
    only = Objective(1, w.Objective.COST, None, w.Direction.MIN, 1.0, 0.0, 0.0)
    return replace(chain, needs=needs, objectives=(only,))


def other_needs(chain: Chain, changed: int, draw: random.Random) -> Chain:
    """So many needs of the chain, drawn at random, up to a fifth more or less."""
    needs = list(chain.needs)
    for i in draw.sample(range(len(needs)), changed):
        needs[i] = replace(needs[i], quantity=(needs[i].quantity or 0.0) * draw.uniform(0.8, 1.2))
    return replace(chain, needs=tuple(needs))


def cold(programme: Programme, even: bool = True) -> None:
    """Every rank of the programme in a session of its own; a variant's seasons stay as they come, here as in place."""
    answer(programme, Search(Session(programme)), programme.index.chain.objectives, even)


def run_directly(programme: Programme) -> None:
    """The programme's one objective, by HiGHS alone."""
    pass_and_run(arrays(programme))
