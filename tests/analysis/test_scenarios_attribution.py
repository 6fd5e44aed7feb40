"""What each change brings: the parts add up, and agree with every order written out."""

from __future__ import annotations

import itertools
import math
from collections.abc import Mapping

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from filiere.analysis.scenarios.attribution import Values, attribute, needed
from filiere.analysis.scenarios.changes import Change

ABOUT = pytest.approx


def changes(count: int) -> list[Change]:
    return [Change((str(i),), "typed", "Needs", f"row {i}") for i in range(count)]


def of(values: Mapping[int, float | None]) -> dict[int, Values | None]:
    return {made: None if value is None else {"cost": value} for made, value in values.items()}


def by_hand(count: int, values: Mapping[int, float | None]) -> tuple[int, list[float]]:
    """How many orders can be followed, and what each change brings on average over them, order by order."""
    brought, followed = [0.0] * count, 0
    for order in itertools.permutations(range(count)):
        path = [0]
        for i in order:
            path.append(path[-1] | 1 << i)
        if any(values[made] is None for made in path):
            continue
        followed += 1
        for i, (before, after) in zip(order, itertools.pairwise(path), strict=True):
            brought[i] += (values[after] or 0.0) - (values[before] or 0.0)
    return followed, [total / followed for total in brought] if followed else []


def test_two_changes_that_strengthen_each_other() -> None:
    found = attribute(changes(2), of({0: 18_000, 1: 24_000, 2: 30_000, 3: 45_000}))
    assert found.total == {"cost": 27_000}
    assert [step.brought["cost"] for step in found.steps] == [6_000, 21_000]
    assert [step.reached["cost"] for step in found.steps] == [24_000, 45_000]
    assert found.average is not None
    assert [part["cost"] for part in found.average] == [10_500, 16_500]
    assert (found.orders, found.possible) == (2, 2)


def test_a_combination_without_a_plan_is_passed_over() -> None:
    # The first change alone describes no chain: only the order that begins with the second can be followed.
    found = attribute(changes(2), of({0: 10, 1: None, 2: 14, 3: 20}))
    assert [(step.changes, step.brought["cost"]) for step in found.steps] == [((0, 1), 10)]
    assert found.average is not None
    assert [part["cost"] for part in found.average] == [6, 4]
    assert (found.orders, found.possible) == (1, 2)


def test_changes_that_only_hold_together_are_not_taken_apart() -> None:
    found = attribute(changes(2), of({0: 10, 1: None, 2: None, 3: 20}))
    assert found.average is None
    assert [(step.changes, step.brought["cost"]) for step in found.steps] == [((0, 1), 10)]
    assert (found.orders, found.possible) == (0, 2)


def test_too_many_changes_are_taken_in_the_order_of_the_sheet() -> None:
    count = 7
    made = needed(count)
    assert made == [1, 3, 7, 15, 31, 63]
    found = attribute(changes(count), of({one: float(one) for one in (0, *made, 127)}))
    assert found.average is None
    assert [step.brought["cost"] for step in found.steps] == [1, 2, 4, 8, 16, 32, 64]


def test_six_changes_take_every_combination() -> None:
    assert needed(6) == list(range(1, 63))


def test_what_the_solver_leaves_is_no_difference() -> None:
    found = attribute(changes(2), of({0: 1e6, 1: 1e6 + 1e-3, 2: 1e6, 3: 1e6 - 2e-3}))
    assert found.total == {"cost": 0.0}
    assert found.average is not None
    assert [part["cost"] for part in found.average] == [0.0, 0.0]


def test_a_measure_that_is_undefined_on_the_way_is_left_out() -> None:
    values: dict[int, Values | None] = {0: {"cost": 1.0, "share": 0.5}, 1: {"cost": 2.0, "share": 0.4}}
    assert set(attribute(changes(1), values).total) == {"cost", "share"}
    values[1] = {"cost": 2.0, "share": None}
    assert attribute(changes(1), values).total == {"cost": 1.0}


amounts = st.one_of(st.none(), st.integers(-1000, 1000).map(float))


@settings(max_examples=150, deadline=None)
@given(st.integers(1, 4).flatmap(lambda n: st.tuples(st.just(n), st.lists(amounts, min_size=2**n, max_size=2**n))))
def test_the_average_is_that_of_every_order_and_the_parts_add_up(case: tuple[int, list[float | None]]) -> None:
    count, listed = case
    values = dict(enumerate(listed))
    values[0], values[2**count - 1] = values[0] or 0.0, values[2**count - 1] or 1.0
    found = attribute(changes(count), of(values))
    total = (values[2**count - 1] or 0.0) - (values[0] or 0.0)
    assert math.fsum(step.brought["cost"] for step in found.steps) == total
    assert sorted(i for step in found.steps for i in step.changes) == list(range(count))
    orders, brought = by_hand(count, values)
    assert found.orders == orders
    if found.average is None:
        assert orders == 0
    else:
        assert [part["cost"] for part in found.average] == ABOUT(brought, abs=1e-9)
        assert math.fsum(part["cost"] for part in found.average) == ABOUT(total, rel=1e-14)
