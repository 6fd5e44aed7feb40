"""Of plans that are equal at every rank one is told, whatever the order of rows, the start, or the route."""

from __future__ import annotations

import numpy as np
from hypothesis import assume, event, given
from hypothesis import strategies as st

from filiere.chain.chain import Chain
from filiere.solution.solution import Plan, Solution
from filiere.solver.plain.session import BranchAndCut, FromNothing
from filiere.solver.programme.compile import Function, Programme, compiled
from filiere.solver.session.cases.search import Search
from filiere.solver.session.session import Session
from filiere.solver.solve import answer, solve
from tests.laws.changes import shuffled
from tests.laws.draft import Draft
from tests.laws.law import chain_of, law, same
from tests.random_chains import drafts
from tests.sheets import chain as read
from tests.solver.dense import dense

Figures = dict[tuple[str, ...], float]


def figures(plan: Plan) -> Figures:
    """All that is decided, by names: what flows, runs, is served, kept, thrown away, opened."""
    kinds = {
        "flows": ["from", "to", "product", "period"], "levels": ["process", "actor", "period"],
        "served": ["actor", "product", "period"], "stocks": ["actor", "product", "period"],
        "discarded": ["actor", "product", "period"], "grants": ["from", "to"],
    }  # fmt: skip
    found: Figures = {}
    for kind, names in kinds.items():
        frame = getattr(plan, kind)
        if frame.empty:
            continue
        names = [name for name in names if name in frame.columns]
        amount = next(name for name in ("quantity", "level", "amount") if name in frame.columns)
        found |= {(kind, *map(str, key)): value for key, value in frame.groupby(names)[amount].sum().items()}
    return found | {("opened", *key): 1.0 for key in plan.opened_processes}


def from_elsewhere(programme: Programme, chain: Chain, seed: int) -> Solution:
    """The answer of a session that has solved other things before, and starts where those ended."""
    session, chance = Session(programme), np.random.default_rng(seed)
    for _ in range(3):
        costs = np.where(programme.column_upper < np.inf, chance.normal(size=len(programme.columns)), 1.0)
        session.minimise(Function(costs, 0.0))
    session.begin()
    return answer(programme, Search(session), chain.objectives)


@law(14)
@given(draft=st.one_of(drafts(), dense()), seed=st.integers(0, 9))
def test_rows_starts_and_routes_give_one_plan(draft: Draft, seed: int) -> None:
    chain = chain_of(draft)
    found = solve(chain)
    assume(found.plan is not None)
    assert found.plan is not None
    event("a plan")
    programme, usual = compiled(chain), figures(found.plan)
    others = {
        "shuffled": solve(chain_of(shuffled(draft, seed))),
        "another start": from_elsewhere(programme, chain, seed),
        "from nothing": answer(programme, BranchAndCut(FromNothing(programme)), chain.objectives),
    }
    for name, other in others.items():
        assert other.plan is not None, name
        assert same(figures(other.plan), usual), name


GRINDER = """
## Actors
| actor | perimeter |
| Works | member |
| Town | local |
## Products
| product | unit | price | kind | kg |
| board | piece | 5 | product | 1 |
| scraps | kg | 1 | secondary | 1 |
## Processes
| process | actor | status | capacity | minimum_load |
| sawing | Works | candidate | 100 | |
| grinding | Works | | 10 | 0.2 |
## Recipes
| process | product | output |
| sawing | board | 1 |
| grinding | scraps | 1 |
## Links
| from | to | product |
| Works | Town | board |
## Needs
| actor | product | quantity | obligation |
| Town | board | 50 | must |
## Objectives
| rank | objective |
| 1 | unmet |
"""


def test_what_ran_at_the_start_does_not_run_on_for_nothing() -> None:
    """Nobody wants scraps: a search that begins with the grinder running ends with it standing."""
    chain = read(GRINDER)
    programme = compiled(chain)
    search = Search(Session(programme))
    levels = programme.columns.families["level"]
    grinding = levels.positions[[key[0] for key in levels.keys].index(0)]
    costs = np.zeros(len(programme.columns))
    costs[grinding] = -1.0
    assert search.minimise(Function(costs, 0.0)).columns[grinding] == 10.0
    search.session.begin()
    plan = answer(programme, search, chain.objectives).plan
    assert plan is not None
    assert plan.levels[["process", "level"]].to_numpy().tolist() == [["sawing", 50.0]]


TWINS = """
## Actors
| actor | perimeter |
{actors}
| Town | local |
## Products
| product | unit | price |
| milk | t | 400 |
## Processes
| process | actor | status | capacity | investment |
{dairies}
## Recipes
| process | product | output |
| dairy | milk | 1 |
## Links
| from | to | product |
{links}
## Needs
| actor | product | quantity | obligation |
| Town | milk | 50 | must |
"""
FARMS = ("North Farm", "South Farm", "East Farm")


def twins(order: tuple[int, ...]) -> Chain:
    """Three dairies alike in all but their names, their rows in some order: any one of them serves the town."""
    farms = [FARMS[i] for i in order]
    return read(TWINS.format(
        actors="\n".join(f"| {farm} | member |" for farm in farms),
        dairies="\n".join(f"| dairy | {farm} | candidate | 60 | 100 |" for farm in farms),
        links="\n".join(f"| {farm} | Town | milk |" for farm in reversed(farms)),
    ))  # fmt: skip


def test_of_dairies_alike_in_all_but_their_names_one_is_told_whatever_the_order_the_start_or_the_route() -> None:
    told = []
    for order in ((0, 1, 2), (2, 1, 0), (1, 0, 2), (2, 0, 1)):
        chain = twins(order)
        programme = compiled(chain)
        for found in (
            solve(chain), from_elsewhere(programme, chain, sum(order) + order[0]),
            answer(programme, BranchAndCut(FromNothing(programme)), chain.objectives),
        ):  # fmt: skip
            assert found.plan is not None
            told.append(figures(found.plan))
    assert len(told[0]) > 2 and sum(key[0] == "opened" for key in told[0]) == 1
    assert all(same(other, told[0]) for other in told)
