"""Fronts against complete enumeration, and the laws every front obeys."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise, product

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from benchmarks.solving import cheapest
from benchmarks.synthetic import synthetic
from filiere.analysis.pareto.axes import axis, opposed
from filiere.chain.chain import Objective
from filiere.schema import words as w
from filiere.solution.certify.certify import certify
from filiere.solver.front.front import Axis, solve_front
from filiere.solver.session.cases.search import Search
from filiere.solver.session.effort import Effort
from filiere.solver.session.session import Session
from filiere.solver.solve import answer
from filiere.solver.study import Study
from tests.sheets import chain

Item = tuple[int, int, int]


def traced(source: str, x: str, y: str, count: int) -> list[tuple[float, float]]:
    """The points of a front as the solver finds them, x growing; every plan of it is certified."""
    read = chain(source)
    asked = opposed(read, axis(read, x), axis(read, y))
    axes = [objective for objective in asked.objectives if objective.key in (x, y)]
    solutions = solve_front(Study(asked), axes[0], axes[1], count)
    assert all(certify(asked, solution).passed for solution in solutions)
    values = [{value.objective: value.final for value in solution.objectives} for solution in solutions]
    return sorted((value[x], value[y]) for value in values)


def choice(items: list[Item], budget: int) -> str:
    """Projects with a weight and two amounts to make large and small, under a budget."""
    processes = "\n".join(
        f"| p{i} | Town | candidate | 1 | 1 | {weight} | {gain} | {harm} |"
        for i, (weight, gain, harm) in enumerate(items)
    )
    recipes = "\n".join(f"| p{i} | year | 1 |" for i in range(len(items)))
    return f"""
## Actors
| actor | perimeter |
| --- | --- |
| Town | member |

## Products
| product | unit | kind |
| --- | --- | --- |
| year | year | service |

## Processes
| process | actor | status | minimum | capacity | investment | measure: gain | measure: harm |
| --- | --- | --- | --- | --- | --- | --- | --- |
{processes}

## Recipes
| process | product | output |
| --- | --- | --- |
{recipes}

## Links
| from | to | product |
| --- | --- | --- |

## Limits
| limit | measure | sense | value |
| --- | --- | --- | --- |
| budget | investment | <= | {budget} |

## Objectives
| rank | objective | sense |
| --- | --- | --- |
| 1 | measure: gain | max |
| 2 | measure: harm | min |
"""


def listed(items: list[Item], budget: int) -> list[tuple[int, int]]:
    """Every (gain, harm) that no other choice within the budget dominates, gain growing."""
    reached = set()
    for taken in product((0, 1), repeat=len(items)):
        weight, gain, harm = (sum(t * item[k] for t, item in zip(taken, items, strict=True)) for k in range(3))
        if weight <= budget:
            reached.add((gain, harm))
    return sorted(
        one for one in reached
        if not any(other != one and other[0] >= one[0] and other[1] <= one[1] for other in reached)
    )  # fmt: skip


items = st.lists(st.tuples(st.integers(1, 9), st.integers(0, 9), st.integers(0, 9)), min_size=1, max_size=5)


@settings(max_examples=10, deadline=None)
@example([(1, 1, 1)], 3)
@given(items=items, budget=st.integers(3, 25))
def test_a_choice_of_projects_has_the_points_that_listing_all_choices_finds(items: list[Item], budget: int) -> None:
    found = traced(choice(items, budget), "measure: gain", "measure: harm", 100)
    assert found == [pytest.approx(point, abs=1e-6) for point in listed(items, budget)]


def mixes(costs: list[tuple[int, int]]) -> str:
    """A hundred tonnes from any mix of suppliers, each with two costs and room for forty."""
    actors = "\n".join(f"| s{i} | member |" for i in range(len(costs)))
    offers = "\n".join(f"| s{i} | goods | 40 |" for i in range(len(costs)))
    links = "\n".join(f"| s{i} | Town | goods | {one} | {other} |" for i, (one, other) in enumerate(costs))
    return f"""
## Actors
| actor | perimeter |
| --- | --- |
| Town | member |
{actors}

## Products
| product | unit |
| --- | --- |
| goods | t |

## Offers
| actor | product | maximum |
| --- | --- | --- |
{offers}

## Needs
| actor | product | quantity | obligation |
| --- | --- | --- | --- |
| Town | goods | 100 | must |

## Links
| from | to | product | measure: one | measure: other |
| --- | --- | --- | --- | --- |
{links}
"""


pairs = st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30)), min_size=3, max_size=6, unique=True)


@settings(max_examples=10, deadline=None)
@given(costs=pairs)
def test_a_linear_front_falls_and_is_convex_between_the_two_best_values(costs: list[tuple[int, int]]) -> None:
    points = traced(mixes(costs), "measure: one", "measure: other", 6)
    best = [sum(40 * c for c in sorted(c[k] for c in costs)[:2]) + 20 * sorted(c[k] for c in costs)[2] for k in (0, 1)]
    assert points[0][0] == pytest.approx(best[0], abs=1e-5)
    assert points[-1][1] == pytest.approx(best[1], abs=1e-5)
    slopes = [(y1 - y0) / (x1 - x0) for (x0, y0), (x1, y1) in pairwise(points)]
    assert all(slope < 0 for slope in slopes)
    assert all(after >= before - 1e-5 * max(1.0, abs(before)) for before, after in pairwise(slopes))


def test_points_that_one_plan_alone_reaches_have_it_without_another_run(monkeypatch: pytest.MonkeyPatch) -> None:
    kept, runs = cheapest(synthetic(3_000)), list[int]()
    axes = [Objective(rank, kind, None, w.Direction.MIN, 1.0, 0.0, 0.0)
            for rank, kind in enumerate((w.Objective.COST, w.Objective.DEPENDENCY), start=1)]  # fmt: skip
    asked = replace(kept, objectives=tuple(axes))
    study = Study(asked)
    monkeypatch.setattr(Effort, "add", lambda self, entries, made: runs.append(made))
    points = solve_front(study, axes[0], axes[1], 8)
    # A first run for each end, one more for its other objective, and for each point between them the one that finds it.
    assert len(points) == 8
    assert len(runs) <= 2 * 2 + 6
    for point in points:
        assert certify(asked, point).passed
        alone = Session(study.programme)
        Axis(alone, axes[1]).hold(point.objectives[1].final * (1.0 + 1e-9))
        found = answer(study.programme, Search(alone), asked.objectives, even=False)
        assert [one.final for one in found.objectives] == pytest.approx([one.final for one in point.objectives])
