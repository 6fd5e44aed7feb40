"""What is kept of a function is asked for by many threads at once, as the workers of a cluster are."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from operator import eq

import pytest

from filiere.latest import latest
from filiere.solution.observed import figures_on
from filiere.solution.once import accounts_of
from tests.analysis.test_stress_draws import SHOP
from tests.sheets import chain as read


class Thing:
    """Something that is equal to all others of its kind."""

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Thing)

    def __hash__(self) -> int:
        return 0


@pytest.fixture
def restless() -> Iterator[None]:
    """Let threads take turns as often as they can."""
    usual = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    yield
    sys.setswitchinterval(usual)


def test_the_last_answers_are_kept_for_the_same_objects_alone() -> None:
    asked: list[Thing] = []

    @latest(2)
    def work(thing: Thing) -> list[Thing]:
        asked.append(thing)
        return [thing]

    one, other, third = Thing(), Thing(), Thing()
    found = work(one)
    assert work(other) is not found and work(one) is found
    assert work(third) is not found
    # The one was asked for since the other was.
    assert work(one) is found
    assert [id(thing) for thing in asked] == [id(one), id(other), id(third)]
    work(other)
    assert len(asked) == 4


def test_what_is_alike_may_be_the_same_and_what_is_not_worth_it_is_not_kept() -> None:
    alike = latest(1, alike=eq)(lambda thing: [thing])
    assert alike(Thing()) is alike(Thing())
    unworthy = latest(1, worth=bool)(lambda thing: [])
    thing = Thing()
    assert unworthy(thing) is not unworthy(thing)


def test_threads_that_ask_at_once_each_get_their_own(restless: None) -> None:
    kept: Callable[[object], tuple[object]] = latest(2)(lambda thing: (thing,))
    things = [Thing() for _ in range(6)]

    def wrong(_: int) -> int:
        return sum(kept(thing)[0] is not thing for _ in range(2_000) for thing in things)

    with ThreadPoolExecutor(4) as threads:
        assert sum(threads.map(wrong, range(4))) == 0


def test_threads_get_the_accounts_of_their_own_plan(restless: None) -> None:
    """Two workers of one cluster told each other's costs."""
    chain = read(SHOP)
    plans = [figures_on(chain) for _ in range(6)]

    def wrong(_: int) -> int:
        return sum(accounts_of(chain, plan).plan is not plan for _ in range(2_000) for plan in plans)

    with ThreadPoolExecutor(4) as threads:
        assert sum(threads.map(wrong, range(4))) == 0
