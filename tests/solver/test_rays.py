"""What proved that there is no plan, tried within other bounds before a run."""

from __future__ import annotations

import numpy as np
import pytest

from filiere.solver.session import session as sessions
from filiere.solver.session.answer import Answer
from filiere.solver.session.session import Session
from tests.solver.test_session import INF, function, programme

COST = function(1.0, 1.0, 1.0)


def _session() -> Session:
    """Ten from three sources that give up to 4, 3 and 9."""
    session = Session(programme([([1.0, 1.0, 1.0], 10.0, INF)], [4.0, 3.0, 9.0]))
    session.notes_rays = True
    return session


def _most(session: Session, *most: float) -> None:
    session.set_bounds(np.arange(len(most)), np.zeros(len(most)), np.array(most))


@pytest.fixture
def runs(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """A list that grows by one with each run of the solver."""
    found, run = list[int](), sessions.run

    def counted(highs: object) -> None:
        found.append(1)
        run(highs)

    monkeypatch.setattr(sessions, "run", counted)
    return found


def test_sources_that_give_too_little_take_one_run_whichever_is_lost(runs: list[int]) -> None:
    session = _session()
    _most(session, 4.0, 3.0, 0.0)
    assert session.minimise(COST).answer is Answer.INFEASIBLE  # presolve tells no prices, what it is doubted by does
    taken = len(runs)
    for most in ([6.9, 3.0, 0.0], [0.0, 0.0, 9.0], [3.0, 3.0, 3.0]):
        _most(session, *most)
        assert session.minimise(COST, believe_infeasible=True).answer is Answer.INFEASIBLE
    assert len(runs) == taken
    _most(session, 7.1, 3.0, 0.0)
    assert session.minimise(COST).columns.sum() == pytest.approx(10.0)
    assert len(runs) > taken


def test_a_session_that_is_not_asked_to_note_runs_each_time(runs: list[int]) -> None:
    session = _session()
    session.notes_rays = False
    for first in (4.0, 5.0, 6.0):
        before = len(runs)
        _most(session, first, 3.0, 0.0)
        assert session.minimise(COST, believe_infeasible=True).answer is Answer.INFEASIBLE
        assert len(runs) > before


def test_what_a_held_row_forbade_is_allowed_once_it_is_held_no_more() -> None:
    session = _session()
    _most(session, 4.0, 3.0, 9.0)
    session.hold(COST, 5.0)
    assert session.minimise(COST).answer is Answer.INFEASIBLE
    session.begin()
    assert session.minimise(COST, believe_infeasible=True).columns.sum() == pytest.approx(10.0)


def test_what_one_programme_has_no_plan_for_another_may_have() -> None:
    session = _session()
    _most(session, 4.0, 3.0, 0.0)
    assert session.minimise(COST).answer is Answer.INFEASIBLE
    session.load(programme([([2.0, 2.0, 1.0], 10.0, INF)], [4.0, 3.0, 0.0]))
    session.begin()
    assert session.minimise(COST, believe_infeasible=True).columns.sum() == pytest.approx(5.0)


def test_what_was_known_without_a_run_still_proves_it_within_other_bounds() -> None:
    session = _session()
    _most(session, 4.0, 3.0, 0.0)
    session.minimise(COST)
    _most(session, 10.0, 3.0, 9.0)
    session.minimise(COST)
    _most(session, 5.0, 3.0, 0.0)
    ray = session.priced(COST, session.minimise(COST, believe_infeasible=True))
    assert ray is not None and session.least(ray, COST) == INF
    _most(session, 7.1, 3.0, 0.0)
    assert session.least(ray, COST) < INF


@pytest.mark.parametrize("seed", range(8))
def test_sixty_bounds_in_turn_have_a_plan_where_a_session_from_nothing_finds_one(seed: int) -> None:
    chance = np.random.default_rng(seed)
    rows = [(chance.integers(-3, 7, 6).astype(float).tolist(), float(chance.integers(1, 9)), INF) for _ in range(5)]
    chain, cost = programme(rows, [3.0] * 6), function(*chance.integers(1, 5, 6).astype(float))
    session, told = Session(chain), set[Answer]()
    session.notes_rays = True
    for turn in range(60):
        most = chance.integers(0, 4, 6).astype(float)
        if turn % 7 == 0:
            session.begin()
        fresh = Session(chain)
        _most(session, *most)
        _most(fresh, *most)
        found, asked = session.minimise(cost, believe_infeasible=True), fresh.minimise(cost)
        assert found.answer is asked.answer
        told.add(found.answer)
        if found.optimal:
            assert cost.at(found.columns) == pytest.approx(cost.at(asked.columns))
    assert Answer.INFEASIBLE in told
