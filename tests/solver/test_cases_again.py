"""What one solve proved of its cases, used by others of the same programme within other bounds."""

from __future__ import annotations

from dataclasses import replace
from itertools import product

import numpy as np
import pytest

from filiere.solver.programme.compile import Function, Programme
from filiere.solver.session import highs as h
from filiere.solver.session.cases.case import Case, common, rest
from filiere.solver.session.cases.known import Cases, Proved, step_of
from filiere.solver.session.cases.search import Search
from filiere.solver.session.cases.split import Open, opened
from filiere.solver.session.cases.tree import Tree
from filiere.solver.session.highs import Start
from filiere.solver.session.outcome import Outcome
from filiere.solver.session.session import Session
from tests.solver.test_session import INF, function, programme

KNAPSACK = replace(programme([([2.0, 1.5, 1.4], -INF, 3.0)], [1.0, 1.0, 1.0]), whole=np.ones(3, dtype=bool))
"""Worth 3, 2 and 2: the last two fit together, the first fits with neither."""
WORTH = function(-3.0, -2.0, -2.0)


def _points(case: Case) -> set[tuple[int, ...]]:
    """The whole points of a case of two columns, from 0 to 1 and from 0 to 3."""
    (a, b), (c, d) = case.get(0, (0.0, 1.0)), case.get(1, (0.0, 3.0))
    return {(x, y) for x in range(int(a), int(b) + 1) for y in range(int(c), int(d) + 1)}


@pytest.mark.parametrize(
    "parts", [[{0: (1.0, 1.0), 1: (1.0, 2.0)}], [{0: (1.0, 1.0)}, {0: (0.0, 0.0), 1: (3.0, 3.0)}], [{}]]
)
def test_parts_and_what_is_left_make_the_whole_case(parts: list[Case]) -> None:
    left = rest({}, parts, lambda column: ((0.0, 1.0), (0.0, 3.0))[column])
    found = [point for case in [*parts, *left] for point in _points(case)]
    assert len(found) == 8 and set(found) == _points({})


def test_two_cases_have_in_common_what_both_allow() -> None:
    assert common({0: (0.0, 1.0)}, {0: (1.0, 1.0), 1: (2.0, 3.0)}) == {0: (1.0, 1.0), 1: (2.0, 3.0)}
    assert common({1: (0.0, 1.0)}, {1: (2.0, 3.0)}) is None


def test_the_prices_of_a_run_bound_what_the_function_comes_to_within_other_bounds() -> None:
    """10 from sources at 1, 2 and 3, of 6, 6 and 9: 14. Without the first it is 24; prices (2 a unit) say 20."""
    sources, cost = programme([([1.0, 1.0, 1.0], 10.0, INF)], [6.0, 6.0, 9.0]), function(1.0, 2.0, 3.0)
    session = Session(sources)
    found = session.minimise(cost)
    priced = session.priced(cost, found)
    assert priced is not None
    assert session.least(priced, cost) == pytest.approx(14.0)
    session.set_bounds(np.array([0]), np.zeros(1), np.zeros(1))
    assert session.least(priced, cost) == pytest.approx(20.0)
    assert session.minimise(cost).columns == pytest.approx([0.0, 6.0, 4.0])
    session.set_bounds(np.array([0]), np.zeros(1), np.full(1, 12.0))
    assert session.least(priced, cost) == pytest.approx(8.0)  # the optimum is 10


def test_the_prices_of_a_held_row_follow_where_it_is_held_then() -> None:
    """10 from sources at 1 and 2, the first held at 4 or less: 16. Held at 7 it is 13; not held, 10 and prices say so."""
    sources, cost = programme([([1.0, 1.0], 10.0, INF)], [30.0, 30.0]), function(1.0, 2.0)
    session, first = Session(sources), function(1.0, 0.0)
    session.hold(first, 4.0)
    found = session.minimise(cost)
    priced = session.priced(cost, found)
    assert priced is not None and session.least(priced, cost) == pytest.approx(16.0)
    session.begin()
    session.hold(first, 7.0)
    assert session.least(priced, cost) == pytest.approx(13.0)
    session.begin()
    assert session.least(priced, cost) <= session.minimise(cost).columns.sum()
    session.hold(function(0.0, 1.0), 8.0)
    assert session.least(priced, cost) <= cost.at(session.minimise(cost).columns)


def test_a_ray_still_proves_that_there_is_no_plan() -> None:
    session = Session(programme([([1.0, 1.0], 10.0, INF)], [4.0, 3.0]))
    cost = function(1.0, 1.0)
    ray = session.priced(cost, session.minimise(cost))
    assert ray is not None and session.least(ray, cost) == INF
    session.set_bounds(np.array([0]), np.zeros(1), np.full(1, 6.9))
    assert session.least(ray, cost) == INF
    session.set_bounds(np.array([0]), np.zeros(1), np.full(1, 7.1))
    assert session.least(ray, cost) < INF


def test_a_case_that_was_far_worse_is_not_solved_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """The last two are worth 4 together, whatever else half of the first would add; a bound more changes nothing."""
    cases = Cases()
    with cases.noting():
        Search(Session(KNAPSACK), incumbent=np.array([0.0, 1.0, 1.0]), known=cases).minimise(WORTH)
    solved, runs = [], Search._solved

    def counted(self: Search, tree: Tree, one: Open) -> Outcome:
        solved.append(one.case)
        return runs(self, tree, one)

    monkeypatch.setattr(Search, "_solved", counted)
    start = np.array([0.0, 1.0, 1.0])
    found = Search(Session(KNAPSACK), incumbent=start, known=cases).minimise(WORTH)
    assert found.columns == pytest.approx([0.0, 1.0, 1.0])
    known = len(solved)
    solved.clear()
    Search(Session(KNAPSACK), incumbent=start).minimise(WORTH)
    assert known < len(solved)


@pytest.mark.parametrize("seed", [*range(10), 57, 125, 161, 264])
def test_with_what_is_known_a_solve_ends_as_one_that_tries_every_choice(seed: int) -> None:
    """Seven yes/no columns, three rows, three ranks; again and again with columns lost, rows tighter or without end.

    57 has other scales with other bounds; in 3, 125, 161 and 264 a rank does best where an earlier one ruled it out before.
    """
    chance = np.random.default_rng(seed)
    rows = [(chance.integers(1, 9, 7).astype(float).tolist(), -INF, float(chance.integers(8, 20))) for _ in range(3)]
    whole = replace(programme(rows, [1.0] * 7), whole=np.ones(7, dtype=bool))
    ranks = [
        Function(-chance.integers(0, 3, 7).astype(float) * (chance.random(7) < 0.5), 0.0) for _ in range(3)
    ]  # fmt: skip
    cases = Cases()
    with cases.noting():
        _in_turn(whole, ranks, cases)
    for _ in range(8):
        lost, moved = (chance.random(7) < 0.3).astype(float), chance.choice([-4.0, -1.0, 0.0, 3.0, 100.0], 3)
        variant = replace(whole, column_upper=1.0 - lost, row_upper=whole.row_upper + moved)
        assert _in_turn(variant, ranks, cases) == pytest.approx(_by_trying(variant, ranks))


def _in_turn(programme: Programme, ranks: list[Function], cases: Cases) -> list[float]:
    """What each rank reaches, those before it held."""
    search, reached = Search(Session(programme), known=cases), []
    for rank in ranks:
        found = search.minimise(rank)
        assert found.optimal
        reached.append(rank.at(found.columns))
        if not search.keep(found):
            search.session.hold(rank, reached[-1])
            search.narrow(found)
    return reached


def _by_trying(programme: Programme, ranks: list[Function]) -> list[float]:
    allowed = [
        point for point in product((0.0, 1.0), repeat=7)
        if (programme.matrix @ np.array(point) <= programme.row_upper).all()
        and (np.array(point) <= programme.column_upper).all()
    ]  # fmt: skip
    return list(min(tuple(rank.at(np.array(point)) for rank in ranks) for point in allowed))


def test_a_step_is_known_by_which_way_it_pulls_and_by_the_rows_held_before_one_with_others() -> None:
    cases, rate = Cases(), function(-1.0, 0.2, 0.0)
    first, later = [Proved({0: (0.0, 0.0)}, None, None)], [Proved({0: (1.0, 1.0)}, None, None)]
    with cases.noting():
        cases.note(step_of(rate, 7), {id(one.case): one for one in first}, [])
        cases.note(step_of(rate, 9), {id(one.case): one for one in later}, [])
        assert cases.parts(step_of(rate, 7)) == []  # what is noted now is for those that come after it
    other_rate = function(-1.0, 0.3, 0.0)
    assert cases.parts(step_of(other_rate, 7)) == first
    assert cases.parts(step_of(other_rate, 8)) == later
    assert cases.parts(step_of(other_rate, 7, here=True)) == []
    assert cases.parts(step_of(function(-1.0, -0.3, 0.0), 7)) == []


def test_a_case_that_lies_in_one_that_was_proved_keeps_what_was_proved_of_it() -> None:
    session = Session(KNAPSACK)
    priced = session.priced(WORTH, session.minimise(WORTH))
    known = [Proved({0: (0.0, 1.0)}, priced, None)]
    (one,) = opened({0: (0.0, 0.0)}, known, lambda case, _: -4.0, INF, lambda column: (0.0, 1.0))
    assert (one.case, one.least) == ({0: (0.0, 0.0)}, -4.0)
    (one,) = opened({}, known, lambda case, _: -4.0, INF, lambda column: (0.0, 1.0))
    assert one.least == -np.inf  # more than was proved of, as far as its bounds tell


def test_a_case_is_split_as_before_only_where_some_part_is_proved_worse() -> None:
    """Of nine parts of one column at least two have to be worse than the best: else the case is solved as it is."""
    session = Session(KNAPSACK)
    priced = session.priced(WORTH, session.minimise(WORTH))
    known = [Proved({0: (float(value), float(value))}, priced, None) for value in range(9)]
    for worse, parts in ((0, 1), (1, 1), (2, 9), (8, 9)):
        found = opened({}, known, lambda case, _, worse=worse: 1.0 * (case[0][0] < worse), 0.5, lambda _: (0.0, 8.0))
        assert len(found) == parts


def test_a_part_that_a_ray_proves_without_plan_is_no_case_any_more() -> None:
    """One and a half of two at 3 and 2, of each one at most: without the first there is no plan, with it half of it."""
    asked = replace(programme([([1.0, 1.0], 1.5, INF)], [1.0, 1.0]), whole=np.array([True, False]))
    cost, without, with_it = function(3.0, 2.0), {0: (0.0, 0.0)}, {0: (1.0, 1.0)}
    session, proved = Session(asked), []
    for case in (without, with_it):
        session.set_bounds(np.array([0]), *(np.array([side]) for side in case[0]))
        proved.append(Proved(case, session.priced(cost, session.minimise(cost)), None))
    assert proved[0].priced is not None
    cases = Cases()
    with cases.noting():
        cases.note(step_of(cost, 1), {id(part.case): part for part in proved}, [])
    search = Search(Session(asked), incumbent=np.array([1.0]), known=cases)
    assert search.minimise(cost).columns == pytest.approx([1.0, 0.5])
    assert search.leaves == [with_it]


def test_a_start_that_another_solve_noted_is_begun_with_weights_as_they_come() -> None:
    session = Session(programme([([1.0, 1.0, 1.0], 10.0, INF)], [6.0, 6.0, 9.0]))
    used = list[int]()
    for known in (None, True, False):
        if known is not None:
            session.start_at(session.start.known if known else session.start)
        session.begin()
        assert session.minimise(function(1.0, 2.0, 3.0)).optimal
        used.append(session._highs.getOptionValue("simplex_dual_edge_weight_strategy")[1])
    assert used == [h.WEIGHTS_EXACT, h.WEIGHTS_AS_THEY_COME, h.WEIGHTS_EXACT]


def _placed(cases: Cases, monkeypatch: pytest.MonkeyPatch) -> list[bool]:
    """Solve a case of one choice, and return whether each run began where another solve ended."""
    search, placed = Search(Session(KNAPSACK), leaves=[{0: (0.0, 0.0), 1: (1.0, 1.0), 2: (1.0, 1.0)}]), list[bool]()
    search.known, start_at = cases, Session.start_at

    def noted(self: Session, start: Start | None) -> None:
        placed.append(start is not None and start.near)
        start_at(self, start)

    with monkeypatch.context() as patched:
        patched.setattr(Session, "start_at", noted)
        assert search.minimise(WORTH).columns == pytest.approx([0.0, 1.0, 1.0])
    return placed


def test_a_step_with_one_choice_left_begins_where_its_like_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    cases = Cases()
    with cases.noting():
        assert _placed(cases, monkeypatch) == [False]
    assert _placed(cases, monkeypatch) == [True]


def test_what_was_not_noted_is_learnt_where_the_order_of_solves_is_theirs(monkeypatch: pytest.MonkeyPatch) -> None:
    assert [_placed(cases, monkeypatch) for cases in [Cases()] * 2] == [[False], [False]]
    assert [_placed(cases, monkeypatch) for cases in [Cases(learns=True)] * 2] == [[False], [True]]
