"""Variants of a chain with nothing whole: what the solve before tells of them, and what takes no run."""

from __future__ import annotations

import random
from dataclasses import replace

import numpy as np
import pytest

from benchmarks.solving import other_needs
from benchmarks.synthetic import synthetic
from filiere.chain.chain import Chain
from filiere.solver.programme.compile import Function, Programme, compiled
from filiere.solver.programme.waiting import waiting
from filiere.solver.ranks.step import among
from filiere.solver.session import highs as h
from filiere.solver.session.cases.search import Search
from filiere.solver.session.effort import Effort
from filiere.solver.session.session import Session
from filiere.solver.study import Study
from tests.solver.changes import rows, times
from tests.solver.test_session import function, programme
from tests.solver.test_study import same

FLOW = programme([([1, -1, 1, 0], 5.0, 5.0), ([1, 0, 0, 0], 2.0, np.inf)], [8.0, np.inf, np.inf, 1.0])
"""A flow f of 2 to 8, what is more (m) and less (l) than today's 5: f − m + l = 5; and a column that no row has."""


def counted(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Return the list to which each run adds its pivots."""
    found: list[int] = []
    monkeypatch.setattr(Effort, "add", lambda self, entries, pivots: found.append(pivots))
    return found


def variant(chain: Chain) -> Chain:
    return other_needs(chain, 3, random.Random(7))


def test_what_one_plan_is_left_of_takes_no_run_nor_the_shares_and_costs_that_the_solve_before_tells_of(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    # From nothing a run each for equal shares, the least cost, dependency, cost, the rate, and cost again, which leaves
    # one plan; of a variant one for the least cost of whole shares, one for the rate and the cost after it.
    runs, chain = counted(monkeypatch), synthetic(3_000)
    study = Study(chain)
    first = study.solve()
    assert len(runs) == 6
    runs.clear()
    found = study.solve(variant(chain))
    assert len(runs) == 4
    same(found, Study(variant(chain)).solve(), variant(chain))
    same(study.solve(chain), first, chain)


def test_whole_shares_are_hoped_for_only_where_they_were_whole_and_not_held_where_they_cannot_be() -> None:
    chain = synthetic(300)
    held = rows("links", {"to": "shop 0"}, maximum=0.5)(chain)
    study = Study(held)
    short = study.solve()
    assert not study.session.all_served
    more = rows("needs", {"actor": "shop 0"}, quantity=times(1.1))(held)
    same(study.solve(more), Study(more).solve(), more)
    enough = rows("links", {"to": "shop 0"}, maximum=500.0)(chain)
    assert study.solve(enough).status is short.status and study.session.all_served
    same(study.solve(held), short, held)  # hoped for in vain
    assert study.recompiled == 0 and not study.session.all_served


def test_what_is_found_with_a_little_of_the_next_function_is_told_only_where_it_is_the_best_without(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    chain = synthetic(1_000)
    fresh = Study(variant(chain)).solve()
    for little in (1e-3, 1e3):
        monkeypatch.setattr("filiere.solver.session.basis.A_LITTLE", little)
        study = Study(chain)
        study.solve()
        same(study.solve(variant(chain)), fresh, variant(chain))


def test_few_other_coefficients_are_changed_in_place(monkeypatch: pytest.MonkeyPatch) -> None:
    passed: list[Programme] = []
    passing = h.pass_programme
    monkeypatch.setattr(h, "pass_programme", lambda highs, made: (passed.append(made), passing(highs, made)))
    chain = synthetic(300)
    study = Study(chain)
    study.solve()
    other = study.written(variant(chain))
    assert other.matrix is not compiled(chain).matrix
    study.session.load(other)
    assert len(passed) == 1
    matrix, sent = study.session._highs.getLp().a_matrix_, study.session._sent.matrix.tocsc()
    assert [*matrix.value_] == sent.data.tolist() and [*matrix.index_] == sent.indices.tolist()
    far = study.written(rows("needs", quantity=times(1e4))(chain))
    study.session.load(far)  # other units are better for it
    assert len(passed) == 2


def test_a_function_of_what_waits_takes_no_run_where_one_plan_is_left(monkeypatch: pytest.MonkeyPatch) -> None:
    runs, session = counted(monkeypatch), Session(FLOW)
    session.keep(session.minimise(function(1, 0, 0, 1)))
    found = session.minimise(function(0, 1, 1, 0))
    assert found.columns.tolist() == [2.0, 0.0, 3.0, 0.0] and len(runs) == 1
    assert session.keep(found)
    assert session.minimise(function(0, -1, -1, 0)).columns.tolist() == [2.0, 0.0, 3.0, 0.0]


def test_among_the_optima_of_a_rank_nothing_is_sought_where_there_is_one(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[Function] = []
    seek = Search.minimise
    monkeypatch.setattr(Search, "minimise", lambda self, wanted: (asked.append(wanted), seek(self, wanted))[1])
    cheap, other = function(1, 0, 0, 0), function(0, 0, 0, -1)
    for first, found in ((function(1, 0, 0, 1), 0.0), (cheap, 1.0)):
        search = Search(Session(FLOW))
        outcome = search.minimise(first)
        asked.clear()
        assert among(search, first, outcome, [other]).columns[3] == found
        assert bool(asked) is (first is cheap)


@pytest.mark.parametrize(
    ("of", "plan"),
    [
        (FLOW, [2.0, 1.0, 4.0, 0.0]),  # up farther than the row asks
        (programme([([1, -1, 1, 1], 5.0, 5.0), ([1, 0, 0, 0], 2.0, np.inf)], [8.0, np.inf, np.inf, 3.0]), None),
    ],
)
def test_it_takes_one_where_what_waits_could_be_less(of: Programme, plan: list[float] | None) -> None:
    session = Session(of)
    session.keep(session.minimise(function(1, 0, 0, 0)))
    if plan is not None:
        session.stand_at(np.array(plan))
    assert session.minimise(function(0, 1, 1, 0)).columns[1:3].sum() == pytest.approx(3.0 if plan else 0.0)


def test_rows_with_other_idle_columns_than_their_own_are_told() -> None:
    asked = np.array([False, True, True, False])
    for of, alone in ((FLOW, True), (replace(FLOW, matrix=with_fourth()), False)):
        found = waiting(of, np.isposinf(of.column_upper))
        assert found is not None
        assert found.alone(asked, found.idle(np.ones(len(found.rows), dtype=bool))) is alone


def with_fourth() -> object:
    return programme([([1, -1, 1, 1], 5.0, 5.0), ([1, 0, 0, 0], 2.0, np.inf)], [8.0, np.inf, np.inf, 1.0]).matrix


def test_columns_at_rest_stand_at_nothing_and_leave_the_plan_at_hand(monkeypatch: pytest.MonkeyPatch) -> None:
    # a ≥ 2, and r ≤ a: nothing counts r after the first run.
    made = programme([([1, 0], 2.0, np.inf), ([1, -1], 0.0, np.inf)], [9.0, 9.0])
    runs, session = counted(monkeypatch), Session(made)
    assert session.minimise(function(2, -1)).columns.tolist() == [2.0, 2.0]
    session.rest(np.array([1]))
    assert session.minimise(function(1, 0)).columns.tolist() == [2.0, 0.0] and len(runs) == 1
    assert session.minimise(function(0, -1)).columns[1] == 0.0
