"""The search over whole columns: no case is left out of it unsaid."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from filiere.solver.programme.compile import Function
from filiere.solver.session.answer import Answer
from filiere.solver.session.cases.case import Case
from filiere.solver.session.cases.search import Search
from filiere.solver.session.cases.split import MOST_OF_TRADED, TRADED, Open, to_split
from filiere.solver.session.effort import Gains
from filiere.solver.session.outcome import Outcome
from filiere.solver.session.session import Session
from tests.solver.test_session import INF, function, programme

KNAPSACK = replace(programme([([2.0, 1.5, 1.4], -INF, 3.0)], [1.0, 1.0, 1.0]), whole=np.ones(3, dtype=bool))
"""Worth 3, 2 and 2: the last two fit together, the first fits with neither."""
WORTH = function(-3.0, -2.0, -2.0)
BEST = (0.0, 1.0, 1.0)


def test_what_fits_best_is_found() -> None:
    assert Search(Session(KNAPSACK)).minimise(WORTH).columns == pytest.approx(BEST)


def test_where_numbers_fail_in_a_case_its_plans_are_sought_otherwise(monkeypatch: pytest.MonkeyPatch) -> None:
    """The case that holds the best plan fails: a lesser one must not be called the best."""
    tried, failed = Search._try, []

    def fails(
        self: Search, worth: Function, case: Case, believe_infeasible: bool = True, bound: float = np.inf
    ) -> Outcome:
        if 0 < len(case) < 3 and all(low <= BEST[column] <= high for column, (low, high) in case.items()):
            failed.append(case)
            return Outcome(Answer.TROUBLE, np.empty(0))
        return tried(self, worth, case, believe_infeasible, bound)

    monkeypatch.setattr(Search, "_try", fails)
    found = Search(Session(KNAPSACK)).minimise(WORTH)
    assert failed
    assert found.optimal and found.columns == pytest.approx(BEST)


def test_where_splits_only_move_what_is_not_whole_branch_and_cut_takes_over(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Twice one number and twice another are odd for none: it took 200 cases, one after the other, to see it."""
    runs, minimise = list[None](), Session.minimise

    def counted(self: Session, function: Function, *others: object, **named: object) -> Outcome:
        runs.append(None)
        return minimise(self, function, *others, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(Session, "minimise", counted)
    odd = replace(
        programme([([2.0, 2.0], 401.0, 401.0)], [1000.0, 1000.0]),
        whole=np.ones(2, dtype=bool),
        columns=[(TRADED[0], (0, t)) for t in range(2)],
    )
    assert Search(Session(odd)).minimise(function(1.0, 0.0)).answer is Answer.INFEASIBLE
    assert len(runs) < 4 * MOST_OF_TRADED


def test_cases_that_a_row_held_for_a_while_ruled_out_come_back() -> None:
    """Under "the first is taken" the best plan is ruled out; once that row is dropped, it is the best again."""
    search = Search(Session(KNAPSACK))
    with search.aside():
        search.session.hold(function(-1.0, 0.0, 0.0), -1.0)
        assert search.minimise(WORTH).columns == pytest.approx((1.0, 0.0, 0.0))
    assert search.session.row_count == 1
    assert search.minimise(WORTH).columns == pytest.approx(BEST)


def test_the_cases_that_an_optimum_proved_worse_are_left_out_once_nothing_worse_is_allowed() -> None:
    search = Search(Session(KNAPSACK))
    found = search.minimise(WORTH)
    search.session.hold(WORTH, WORTH.at(found.columns))
    search.narrow(found)
    assert search.leaves
    assert all(low <= BEST[column] <= high for case in search.leaves for column, (low, high) in case.items())
    assert search.minimise(function(1.0, 1.0, 1.0)).columns == pytest.approx(BEST)


def test_what_is_as_low_as_it_can_be_is_not_looked_for_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is less than none of the first: the plan that has none of it is the best without a run."""
    search = Search(Session(KNAPSACK))
    search.minimise(WORTH)
    monkeypatch.setattr(Session, "minimise", lambda *_: pytest.fail("a run that is not needed"))
    assert search.minimise(function(1.0, 0.0, 0.0)).columns == pytest.approx(BEST)


@pytest.mark.parametrize("first", [(-3.0, -2.0, -2.0), (1.0, 1.0, 1.0), (0.0, -1.0, 1.0)])
def test_wherever_a_search_begins_it_ends_alike(first: tuple[float, float, float]) -> None:
    """Another rank before, without being held, leaves another basis and another incumbent: the plan is the same."""
    search = Search(Session(KNAPSACK))
    search.minimise(function(*first))
    assert search.minimise(WORTH).columns == pytest.approx(BEST, abs=1e-12)


def test_a_case_is_split_by_the_column_whose_two_sides_gained_the_most() -> None:
    """Column 4 gained 8 a unit on both sides, column 7 nothing on one: only where nothing is known counts the middle."""
    gains, whole, none = Gains(), np.array([4, 7]), np.zeros(2, dtype=bool)
    columns = np.zeros(8)
    columns[[4, 7]] = 0.9, 2.5
    assert to_split(gains, whole, columns, none) == 7
    for column, up, reached in ((4, False, 14.0), (4, True, 14.0), (7, False, 10.0), (7, True, 30.0)):
        gains.note(column, up, Open({}, 10.0, column, up, 0.5).gain(reached))
    assert to_split(gains, whole, columns, none) == 4
    assert to_split(gains, whole, columns, np.array([True, False])) == 7
    columns[7] = 2.0
    assert to_split(gains, whole, columns, np.array([True, False])) == 4
    columns[4] = 1.0 - 1e-7
    assert to_split(gains, whole, columns, none) is None


def test_a_later_search_of_a_session_splits_by_what_gained_in_an_earlier_one(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of twelve random programmes of four rows, each searched twice from nothing, the second takes fewer cases in all."""
    asked, own = list[Function](), Session.minimise

    def counted(session: Session, function: Function, *others: object, **named: object) -> Outcome:
        asked.append(function)
        return own(session, function, *others, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(Session, "minimise", counted)
    taken, reached = [0, 0], [0.0, 0.0]
    for seed in range(12):
        chance = np.random.default_rng(seed)
        rows = [(chance.integers(1, 20, 10).astype(float).tolist(), -INF, 45.0) for _ in range(4)]
        chosen = replace(programme(rows, [1.0] * 10), whole=np.ones(10, dtype=bool))
        worth, session = Function(-chance.integers(5, 20, 10).astype(float), 0.0), Session(chosen)
        for turn, _ in enumerate(taken):
            session.begin()
            asked.clear()
            reached[turn] += worth.at(Search(session).minimise(worth).columns)
            taken[turn] += len(asked)
    assert reached[0] == pytest.approx(reached[1])
    assert taken[1] < taken[0]


def test_a_case_whose_parent_is_worse_than_the_best_is_left_unasked() -> None:
    """The best is worth 3: what came from a case of 1 is worse, from one of 3 it may be as good."""
    search, best = Search(Session(KNAPSACK)), Outcome(Answer.OPTIMAL, np.array([1.0, 0.0, 0.0]))
    worse, equal = ({0: (value, value)} for value in (0.0, 1.0))
    assert search._is_worse(WORTH, Open(worse, -1.0), best)
    assert not search._is_worse(WORTH, Open(equal, -3.0), best)
    assert search._beyond == [worse]


def test_the_only_choice_that_does_as_well_is_told_apart_from_the_others_of_its_case() -> None:
    """Worth 1, 2 and 2, the last two are the best alone; worth 3, 2 and 1, the first does as well as they."""
    search, alone, alike = Search(Session(KNAPSACK)), function(-1.0, -2.0, -2.0), function(-3.0, -2.0, -1.0)
    best = search.minimise(alone)
    assert search._only_choice(alone, best, {}) == {0: (0.0, 0.0), 1: (1.0, 1.0), 2: (1.0, 1.0)}
    best = search.minimise(alike)
    assert alike.at(best.columns) == pytest.approx(-3.0)
    assert search._only_choice(alike, best, {}) is None


def test_each_column_stands_under_a_bound_that_no_plan_comes_near() -> None:
    """Two of the first column fill the row of 6, three of the second: twice that and one more is never asked for."""
    free = replace(programme([([3.0, 2.0], -INF, 6.0)], [INF, INF]), whole=np.array([True, False]))
    session = Session(free)
    upper = session.allowed().columns[1]
    assert upper[0] == pytest.approx(2 * 2.0 + 1.0)
    assert np.isfinite(upper[1]) and upper[1] >= 2 * 3.0
    assert np.isinf(Session(replace(free, whole=np.zeros(2, dtype=bool))).allowed().columns[1]).all()
