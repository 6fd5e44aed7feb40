"""One HiGHS session: what it holds of a rank, and what it forgets when it begins again."""

from __future__ import annotations

import dataclasses
from dataclasses import replace

import highspy
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import sparse

from filiere.model.index import index
from filiere.solver.programme.compile import Function, Programme
from filiere.solver.ranks.step import patient
from filiere.solver.session.answer import Answer
from filiere.solver.session.bounds import Bounds
from filiere.solver.session.cases.search import Search
from filiere.solver.session.effort import INSIDE, MANY, MANY_A_ROW, NO_LIMIT, Effort
from filiere.solver.session.highs import HEURISTICS
from filiere.solver.session.outcome import Held, Outcome, with_rows
from filiere.solver.session.session import Restarted, Session
from tests import hand


def programme(rows: list[tuple[list[float], float, float]], upper: list[float]) -> Programme:
    """Columns from 0 to ``upper``; rows as coefficients, lower and upper bound."""
    count = len(upper)
    return Programme(
        matrix=sparse.csr_array(np.array([row for row, _, _ in rows], dtype=float).reshape(len(rows), count)),
        row_lower=np.array([low for _, low, _ in rows]), row_upper=np.array([high for _, _, high in rows]),
        column_lower=np.zeros(count), column_upper=np.array(upper, dtype=float), whole=np.zeros(count, dtype=bool),
        rows=tuple(("row", i) for i in range(len(rows))), columns=tuple(("column", i) for i in range(count)),
        functions={}, index=index(hand.chain([hand.actor("A")], [hand.product("p")])),
    )  # fmt: skip


def function(*coefficients: float) -> Function:
    return Function(np.array(coefficients, dtype=float), 0.0)


INF = float("inf")
SHARED = programme([([1, 1, 1], 10.0, INF)], [8.0, 8.0, INF])
"""Three sources of ten units; the third has no limit."""


def test_a_rank_is_kept_exactly() -> None:
    session = Session(SHARED)
    cheapest = session.minimise(function(1, 1, 3))
    assert session.keep(cheapest)
    assert session.minimise(function(0, 0, -1)).columns[2] == 0.0
    first = session.minimise(function(-1, 0, 0))
    assert first.columns == pytest.approx([8, 2, 0])
    assert session.minimise(function(1, 0, 0)).columns == pytest.approx([2, 8, 0])


def test_weights_as_they_come_find_the_same_optimum_at_a_basis_that_is_given() -> None:
    # a + b ≥ 4 and b + c ≥ 3 at 3a + 2b + c: four of b do, at 8; two of each of a and b and one of c cost 11.
    made = programme([([1, 1, 0], 4.0, np.inf), ([0, 1, 1], 3.0, np.inf)], [10.0, 10.0, 10.0])
    costs, found = function(3, 2, 1), dict[type[Session], float]()
    for kind in (Session, Restarted):
        session = kind(made)
        assert session.minimise(costs).columns == pytest.approx([0.0, 4.0, 0.0])
        start = session.start
        session.set_bounds(np.array([1]), np.zeros(1), np.array([2.0]))
        session.start_at(start)
        found[kind] = costs.at(session.minimise(costs).columns)
    assert found == {Session: pytest.approx(11.0), Restarted: pytest.approx(11.0)}


def test_the_only_plan_left_is_not_sought_again() -> None:
    session = Session(SHARED)
    session.keep(session.minimise(function(1, 2, 3)))
    assert session.minimise(function(-1, -1, -1)).columns == pytest.approx([8, 2, 0])
    session.begin()
    assert session.minimise(function(2, 1, 3)).columns == pytest.approx([2, 8, 0])


def test_a_plan_is_kept_as_far_as_it_is_allowed_when_the_session_comes_back(monkeypatch: pytest.MonkeyPatch) -> None:
    session, runs, first = Session(SHARED), list[int](), np.zeros(1, dtype=int)
    wide = session.allowed()
    session.set_bounds(first, np.zeros(1), np.array([4.0]))
    narrow = session.allowed()
    session.allow(wide)
    assert session.keep(session.minimise(function(1, 2, 3)))
    monkeypatch.setattr(Effort, "add", lambda self, entries, made: runs.append(made))
    session.allow(wide)
    assert session.minimise(function(0, 0, 1)).columns == pytest.approx([8.0, 2.0, 0.0])
    assert not runs
    session.allow(narrow)
    assert session.minimise(function(0, 0, 1)).columns[0] <= 4.0
    assert runs


def test_bounds_are_sent_once_and_only_where_the_solver_has_others() -> None:
    sent: list[tuple[list[int], list[float], list[float]]] = []
    bounds = Bounds(lambda count, at, low, high: sent.append((at.tolist(), low.tolist(), high.tolist())),
                    np.zeros(3), np.full(3, 9.0))  # fmt: skip
    bounds.change(np.array([1.0, 2.0]), np.array([1.0, 2.0]), np.array([0, 2], dtype=np.int32))
    bounds.change(np.zeros(1), np.full(1, 9.0), np.array([0], dtype=np.int32))
    bounds.let_wait(np.array([False, True, False]))
    bounds.send()
    bounds.send()
    assert sent == [([1, 2], [0.0, 2.0], [0.0, 2.0])]
    bounds.add(0.0, 1.0)
    bounds.let_wait(np.zeros(4, dtype=bool))
    bounds.drop_after(3)
    bounds.send()
    assert sent[1:] == [([1], [0.0], [9.0])]


@pytest.mark.parametrize(("values", "held"), [
    ([0.0, 1000.0], True), ([-5e-10, 1000.0 + 5e-7], True), ([-2e-9, 5.0], False), ([5.0, 1000.0 + 2e-6], False),
])  # fmt: skip
def test_bounds_hold_as_exactly_as_the_solver_does(values: list[float], held: bool) -> None:
    assert Bounds(lambda *_: None, np.zeros(2), np.full(2, 1000.0)).hold(np.array(values)) is held


def test_rows_without_terms_are_no_harm() -> None:
    session = Session(programme([([0, 0], 0.0, 1.0)], [4.0, 5.0]))
    best = session.minimise(function(0, -1))
    assert best.optimal and best.columns[1] == 5.0
    assert not session.keep(best)
    session.hold(function(0, -1), -5.0)
    assert session.minimise(function(-1, 1)).columns == pytest.approx([4.0, 5.0])
    assert session.minimise(function(1, 1)).columns == pytest.approx([0.0, 5.0])


def test_a_bound_that_moves_brings_back_the_choice() -> None:
    session = Session(SHARED)
    row = session.hold(function(0, 0, 1), 0.0)
    session.keep(session.minimise(function(1, 2, 1)))
    session.hold_at(row, function(0, 0, 1), 5.0)
    found = session.minimise(function(1, 2, 1))
    assert found.columns[0] == pytest.approx(8.0)
    assert found.columns.sum() == pytest.approx(10.0)


def test_a_programme_with_other_bounds_or_coefficients_is_solved_in_place() -> None:
    session = Session(SHARED)
    session.keep(session.minimise(function(1, 2, 3)))
    session.load(dataclasses.replace(SHARED, row_lower=np.array([14.0])))
    session.begin()
    assert session.minimise(function(1, 2, 3)).columns == pytest.approx([8, 6, 0])
    session.load(programme([([2, 1, 1], 10.0, INF)], [4.0, 8.0, INF]))
    session.begin()
    assert session.minimise(function(1, 2, 3)).columns == pytest.approx([4, 2, 0])


def test_no_plan_and_no_end_are_told_apart_and_forgotten() -> None:
    session = Session(SHARED)
    assert session.minimise(function(0, 0, -1)).answer is Answer.UNBOUNDED
    session.set_bounds(np.array([2]), np.zeros(1), np.array([-1.0]))
    assert session.minimise(function(0, 0, 1)).answer is Answer.INFEASIBLE
    session.begin()
    assert session.minimise(function(1, 2, 3)).columns == pytest.approx([8, 2, 0])


def test_without_time_there_is_no_plan() -> None:
    assert Session(SHARED, time_limit=0.0).minimise(function(1, 2, 3)).answer is Answer.TIME_LIMIT


def test_branch_and_cut_that_does_not_end_is_stopped_and_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing was said of time; the second route asks it at every rank, and the first where a tree grows too large."""
    monkeypatch.setattr(Session, "longest", 0.0)
    whole = replace(SHARED, whole=np.ones(3, dtype=bool))
    assert Session(whole).minimise_whole(function(1, 2, 3)).answer is Answer.TIME_LIMIT
    assert Session(whole).minimise(function(1, 2, 3)).answer is Answer.OPTIMAL


def test_branch_and_cut_looks_for_plans_only_where_none_is_known() -> None:
    """Looking for others took most of its time, and found none that was better than where it began."""
    session = Session(replace(SHARED, whole=np.ones(3, dtype=bool)))
    looks = [*HEURISTICS, "mip_detect_symmetry"]
    best = session.minimise_whole(function(1, 2, 3))
    assert all(session._highs.getOptionValue(name) == (highspy.HighsStatus.kOk, True) for name in looks)
    assert session.minimise_whole(function(1, 2, 3), best.columns).columns == pytest.approx(best.columns)
    assert all(session._highs.getOptionValue(name) == (highspy.HighsStatus.kOk, False) for name in looks)


price = st.lists(st.integers(0, 3), min_size=6, max_size=6)


@given(price, price, price, st.lists(st.integers(1, 9), min_size=5, max_size=5))
def test_ranks_kept_equal_ranks_held_by_rows(
    first: list[int], second: list[int], third: list[int], sizes: list[int]
) -> None:
    """Two sellers, three buyers, prices full of ties: what the faces keep is what exact rows would."""
    sellers, buyers = sizes[:2], sizes[2:]
    arcs = np.eye(2).repeat(3, axis=1), np.tile(np.eye(3), 2)
    rows = [(arcs[0][i].tolist(), 0.0, float(sellers[i] + 9)) for i in range(2)]
    rows += [(arcs[1][j].tolist(), float(buyers[j]), INF) for j in range(3)]
    session, other = Session(programme(rows, [20.0] * 6)), Session(programme(rows, [20.0] * 6))
    for costs in (first, second, third):
        wanted = function(*costs)
        kept, held = session.minimise(wanted), other.minimise(wanted)
        assert kept.answer is held.answer
        if not kept.optimal:
            return
        assert wanted.at(kept.columns) == pytest.approx(wanted.at(held.columns), abs=1e-6)
        assert session.keep(kept)
        other.hold(wanted, wanted.at(held.columns))


def test_every_fall_back_but_the_last_has_an_end(monkeypatch: pytest.MonkeyPatch) -> None:
    """One of them once went on for ever; what cannot be settled otherwise is run to its end without presolve."""
    asked = list[tuple[str, str, int | None]]()

    def fails(self: Session, most: int | None = None) -> Outcome:
        options = (self._highs.getOptionValue(name)[1] for name in ("solver", "presolve"))
        asked.append((*options, most))
        return Outcome(Answer.TROUBLE, np.empty(0))

    monkeypatch.setattr(Session, "_run", fails)
    session = Session(SHARED)
    assert session.minimise(function(1, 1, 3)).answer is Answer.TROUBLE
    many = max(MANY, MANY_A_ROW * session.row_count)
    assert asked == [("choose", "choose", None), ("choose", "choose", many), ("ipm", "choose", many),
                     ("choose", "off", NO_LIMIT)]  # fmt: skip
    assert session._highs.getOptionValue("ipm_iteration_limit")[1] == INSIDE


def test_a_large_programme_that_a_start_does_not_settle_is_solved_from_inside(monkeypatch: pytest.MonkeyPatch) -> None:
    """The simplex method from nothing took seconds or minutes of a year of 26,000 flows, whatever the scaling."""
    asked = list[str]()

    def fails(self: Session, most: int | None = None) -> Outcome:
        asked.append(str(self._highs.getOptionValue("solver")[1]))
        return Outcome(Answer.TROUBLE, np.empty(0))

    monkeypatch.setattr(Session, "_run", fails)
    monkeypatch.setattr("filiere.solver.session.session.LARGE", 0)
    Session(SHARED).minimise(function(1, 1, 3))
    assert asked[:2] == ["choose", "ipm"]


@pytest.mark.parametrize(("a_pivot_for", "settled"), [(40, True), (200, False)])
def test_in_a_large_programme_a_rank_goes_on_from_the_last_one_for_some_pivots(
    a_pivot_for: int, settled: bool, monkeypatch: pytest.MonkeyPatch
) -> None:  # fmt: skip
    """Each of 200 rows takes one of two columns; after a rank that counts the others, three have to be the other one.

    Two hundred rows allow five pivots, or one.
    """
    large = {"effort.LARGE": 100, "session.LARGE": 100, "effort.FEW": 1, "effort.WARM_ENOUGH": a_pivot_for}
    for name, number in large.items():
        monkeypatch.setattr(f"filiere.solver.session.{name}", number)
    rows, ways, inside = np.arange(200), list[str](), Session._inside

    def noted(self: Session) -> Outcome:
        ways.append("inside")
        return inside(self)

    monkeypatch.setattr(Session, "_inside", noted)
    pairs = programme([((rows == i).repeat(2).astype(float).tolist(), 1.0, 1.0) for i in rows], [INF] * 400)
    session = Session(pairs)
    first = session.minimise(Function(np.where((rows >= 3).repeat(2), np.tile([1.0, 2.0], 200), 0.0), 0.0))
    assert session.keep(first)
    last = session.minimise(Function(np.where((rows < 3).repeat(2), first.columns, 0.0), 0.0))
    assert last.columns[:6] == pytest.approx(1.0 - first.columns[:6])
    assert ways == ([] if settled else ["inside"])


@pytest.mark.parametrize(
    ("columns", "holds"),
    [([8, 2, 0], True), ([8, 1.9, 0], False), ([9, 1, 0], False), ([8, 2.5, -0.5], False)],
)
def test_a_plan_that_misses_a_row_or_a_bound_does_not_hold(columns: list[float], holds: bool) -> None:
    assert SHARED.holds(np.array(columns, dtype=float)) is holds


def test_a_plan_with_half_a_thing_does_not_hold() -> None:
    whole = replace(SHARED, whole=np.array([True, False, False]))
    assert whole.holds(np.array([7.0, 3.0, 0.0])) and not whole.holds(np.array([7.5, 2.5, 0.0]))


def test_what_bounds_held_by_a_hair_too_tight_is_solved_all_the_same_until_the_session_begins_again() -> None:
    """Two figures of this year that were typed to eight digits, and must be equal: 2e-8 apart."""
    equal = programme([([1, -1, 0], 0.0, 0.0), ([1, 0, 1], 5.0, INF)], [8.0, 8.0, 8.0])
    session = Session(equal)
    session.set_bounds(np.array([0, 1]), np.array([3.0, 3.0 + 2e-8]), np.array([3.0, 3.0 + 2e-8]))
    cheapest = function(0, 0, 1)
    assert session.minimise(cheapest).answer is Answer.INFEASIBLE
    eased = patient(Search(session), lambda s: s.minimise(cheapest))
    assert eased.optimal and eased.columns == pytest.approx([3, 3, 2])
    session.begin()
    session.set_bounds(np.array([0, 1]), np.array([3.0, 3.0 + 2e-8]), np.array([3.0, 3.0 + 2e-8]))
    assert session.minimise(cheapest).answer is Answer.INFEASIBLE


def test_another_use_of_the_solver_in_the_process_on_more_threads_is_no_harm() -> None:
    """All runs of HiGHS in a process share their threads, and one that asks for another number ends in an error."""
    other = highspy.Highs()
    other.setOptionValue("output_flag", False)
    other.setOptionValue("threads", 3)
    other.addCol(1.0, 2.0, INF, 0, [], [])
    highspy.Highs.resetGlobalScheduler(True)
    other.run()
    assert Session(SHARED).minimise(function(1, 1, 3)).optimal


def test_what_ranks_left_one_value_has_some_room_again_within_its_bounds() -> None:
    """Seven of the first of three sources, 3 of the second, nothing of the third; whole figures and nothing stay so."""
    sources = replace(
        programme([([1, 1, 1], 10.0, INF), ([1, 0, 0], -INF, 7.0)], [7.0, 8.0, 9.0]),
        whole=np.array([False, True, False]),
    )
    session = Session(sources)
    session.set_bounds(np.arange(3), np.array([7.0, 3.0, 0.0]), np.array([7.0, 3.0, 0.0]))
    assert session.minimise(function(1, 0, 0)).columns == pytest.approx([7.0, 3.0, 0.0], abs=1e-12)
    session.unpin(1e-3)
    lower, upper = session.allowed().columns
    assert lower == pytest.approx([6.993, 3.0, 0.0]) and upper == pytest.approx([7.0, 3.0, 0.0])
    # The third may give what is left of the ten then.
    session.set_bounds(np.array([2]), np.zeros(1), np.full(1, 9.0))
    assert session.minimise(function(1, 0, 0)).columns == pytest.approx([6.993, 3.0, 0.007])


def test_a_held_row_that_a_rank_leaves_one_figure_keeps_it_when_it_is_loosened() -> None:
    """What is as large as it may be stays so: room is given on both sides of it, and no more than that."""
    session = Session(programme([([1.0, 0.0], -INF, 1.0)], [1.0, 1.0]))
    session.hold(function(1.0, 1.0), 1.5)
    assert session.keep(session.minimise(function(-1.0, -1.0)))
    session.loosen(1e-7)
    assert session.minimise(function(1.0, 1.0)).columns.sum() == pytest.approx(1.5, abs=1e-6)


def test_a_run_may_begin_where_another_ended_before_a_row_was_held() -> None:
    session = Session(programme([([2.0, 1.5, 1.4], -INF, 3.0)], [1.0, 1.0, 1.0]))
    best = session.minimise(function(-3.0, -2.0, -2.0))
    ended = session.start
    session.hold(function(-3.0, -2.0, -2.0), function(-3.0, -2.0, -2.0).at(best.columns))
    session.minimise(function(1.0, 0.0, 0.0))
    session.start_at(ended)
    assert session.minimise(function(-1.0, -1.0, -1.0)).optimal


def test_a_run_that_a_ray_proves_without_plan_is_not_made_again_from_scratch(monkeypatch: pytest.MonkeyPatch) -> None:
    # Two rows that share two columns: their sum is to be at most 3 and at least 8, which no bound of theirs forbids.
    session = Session(programme([([1, 1], -INF, 8.0), ([1, 1], 0.0, INF)], [6.0, 6.0]))
    assert session.minimise(function(-1, -2)).columns == pytest.approx([2, 6])
    again: list[Outcome] = []
    scratch = Session._from_scratch
    monkeypatch.setattr(Session, "_from_scratch", lambda self: again.append(scratch(self)) or again[-1])
    session.hold(function(1, 1), 3.0)
    session.hold(function(-1, -1), -8.0)
    assert session.minimise(function(1, 0)).answer is Answer.INFEASIBLE
    assert again == []


def test_a_run_without_plan_that_no_ray_proves_is_made_again_from_scratch(monkeypatch: pytest.MonkeyPatch) -> None:
    session = Session(programme([([1, 1], 8.0, INF)], [6.0, 6.0]))
    asked = 0

    def wrongly(self: Session, most: int | None = None) -> Outcome:
        nonlocal asked
        asked += 1
        return run(self, most) if asked > 1 else Outcome(Answer.INFEASIBLE, np.empty(0))

    run = Session._run
    monkeypatch.setattr(Session, "_run", wrongly)
    assert session.minimise(function(1, 2)).columns == pytest.approx([6, 2])
    assert asked == 2


def test_a_bound_that_is_no_number_is_an_error_and_not_bounds_that_the_solver_never_gets() -> None:
    session = Session(SHARED)
    session.set_bounds(np.array([0, 1], dtype=np.int32), np.zeros(2), np.array([3.0, float("nan")]))
    with pytest.raises(FloatingPointError):
        session.minimise(function(-1, -1, 1))


@pytest.mark.parametrize("count", [0, 1, 3])
def test_rows_held_stand_below_those_of_the_programme(count: int) -> None:
    own = programme([([1.0, 0.0, 2.0], 0.0, 9.0), ([0.0, 3.0, 0.0], 0.0, 9.0)], [9.0] * 3).matrix
    held = [
        Held(1.0, 1.0, np.array([0, 2], dtype=np.int32), np.array([4.0, 5.0])),
        Held(1.0, 1.0, np.array([], dtype=np.int32), np.array([])),
        Held(1.0, 1.0, np.array([1], dtype=np.int32), np.array([6.0])),
    ]
    whole = [[1.0, 0.0, 2.0], [0.0, 3.0, 0.0], [4.0, 0.0, 5.0], [0.0, 0.0, 0.0], [0.0, 6.0, 0.0]]
    assert with_rows(own, held[:count]).toarray().tolist() == whole[: 2 + count]
