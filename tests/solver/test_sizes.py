"""Sizes that stand for "as much as one likes": a project opens to run, whatever was typed, and nothing runs unopened."""

from __future__ import annotations

from dataclasses import replace

import pytest

from filiere.chain.chain import Chain
from filiere.problems import WorkbookError
from filiere.solver.plain.solve import solve_by
from filiere.solver.programme.sizes import unbounded_sizes
from filiere.solver.solve import solve
from filiere.solver.study import Study
from tests.sheets import chain as read
from tests.solver.changes import rows
from tests.solving import ABOUT, best

DAIRY = """
## Actors
| actor | perimeter |
| Farm | member |
| Town | local |
| Trader | external |
## Products
| product | unit | price |
| milk | t | 400 |
## Processes
| process | actor | status | capacity | investment | unit_cost |
| dairy | Farm | candidate | {size} | 100 | 1 |
## Recipes
| process | product | output |
| dairy | milk | 1 |
## Links
| from | to | product | maximum | status | fixed_cost |
| Farm | Town | milk | | | |
| Trader | Town | milk | {size} | candidate | 5 |
## Needs
| actor | product | quantity | obligation |
| Town | milk | {need} | {obligation} |
"""
SIZES = ("100", "1000000000", "10000000000", "1000000000000")


@pytest.mark.parametrize("obligation", ["must", "want"])
@pytest.mark.parametrize("size", SIZES)
def test_44_a_project_opens_to_run_whatever_its_size(size: str, obligation: str) -> None:
    plan = best(DAIRY.format(size=size, need=1, obligation=obligation))
    assert plan.plan.opened_processes == (("dairy", "Farm"),) and not plan.plan.opened_links
    assert plan.level("dairy") == ABOUT(1)


@pytest.mark.parametrize("size", SIZES)
def test_44_a_link_in_project_is_opened_to_bring_a_kilogram(size: str) -> None:
    """A kilogram at 400 a tonne: 0.40 and the 5 of the link, or 100 for the dairy."""
    plan = best(DAIRY.format(size=size, need=0.001, obligation="must"))
    assert plan.plan.opened_links == (1,) and not plan.plan.opened_processes
    assert plan.flow("Trader", "Town", "milk") == ABOUT(0.001)


@pytest.mark.parametrize("solver", ["highs"])
def test_44_by_another_solver(solver: str) -> None:
    chain = read(DAIRY.format(size=SIZES[-1], need=1, obligation="must"))
    found = solve_by(solver, chain)
    assert found.plan is not None and found.plan.opened_processes == (("dairy", "Farm"),)


def test_a_need_that_grows_a_thousandfold_in_a_study_is_served_by_the_same_project() -> None:
    start = read(DAIRY.format(size=SIZES[-1], need=1, obligation="must"))
    study = Study(start)
    study.solve()
    for need in (1000.0, 0.001, 1_000_000.0):
        variant = rows("needs", {"actor": "Town"}, quantity=need)(start)
        found, fresh = study.solve(variant), solve(variant)
        assert found.plan is not None and fresh.plan is not None
        assert found.plan.opened_processes == fresh.plan.opened_processes
        assert found.plan.flows["received"].sum() == ABOUT(need) == fresh.plan.flows["received"].sum()
    assert study.recompiled == 0


MILL = """
## Periods
| period | share |
| summer | 0.5 |
| winter | 0.5 |
## Actors
| actor | perimeter |
| Mill | member |
| Town | local |
## Products
| product | unit | price | kind | may_discard |
| flour | t | 500 | product | no |
| bran | t | 10 | secondary | yes |
## Processes
| process | actor | status | capacity | investment |
| milling | Mill | candidate | 1000000000000 | 7 |
## Recipes
| process | product | output |
| milling | flour | 0.75 |
| milling | bran | 0.25 |
## Links
| from | to | product |
| Mill | Town | flour |
## Storage
| actor | product |
| Mill | flour |
## Needs
| actor | product | quantity | obligation | period |
| Town | flour | 3 | must | winter |
"""


def test_what_may_be_thrown_away_or_stored_without_end_is_no_use() -> None:
    """3 t of flour are 4 levels, and a tonne of bran that goes; the store has no size."""
    plan = best(MILL)
    assert plan.plan.opened_processes == (("milling", "Mill"),)
    assert plan.level("milling") == ABOUT(4) and plan.discarded("bran") == ABOUT(1)


def endless() -> Chain:
    chain = read(DAIRY.format(size=SIZES[-1], need=5, obligation="outlet"))
    return replace(chain, needs=tuple(replace(need, quantity=None) for need in chain.needs))


def test_a_size_that_nothing_bounds_is_refused_at_its_cell() -> None:
    with pytest.raises(WorkbookError) as refused:
        solve(endless())
    assert {(problem.code, str(problem.cell)) for problem in refused.value.problems} == {
        ("SOL05", "Links!D3"), ("SOL05", "Processes!D2"),
    }  # fmt: skip
    assert {str(problem.cell) for problem in unbounded_sizes(endless())} == {"Links!D3", "Processes!D2"}


def test_a_size_that_somebody_measured_is_no_placeholder() -> None:
    chain = read(DAIRY.format(size="40000", need=5, obligation="outlet"))
    open_ended = replace(chain, needs=tuple(replace(need, quantity=None) for need in chain.needs))
    assert not unbounded_sizes(open_ended)
    assert solve(open_ended).plan is not None
