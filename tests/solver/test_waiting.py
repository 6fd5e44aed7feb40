"""Rows that every plan can keep are left out of a run until something counts what they measure."""

from __future__ import annotations

import numpy as np
import pytest

from filiere.pipeline import read
from filiere.sector import bundled_template
from filiere.solver.programme.compile import Programme, compiled
from filiere.solver.programme.waiting import waiting
from filiere.solver.session.session import Session
from filiere.solver.solve import solve
from tests.laws.law import values
from tests.solver.test_session import function, programme

INF = float("inf")

FLOW = programme([([1, -1, 1], 5.0, 5.0), ([1, 0, 0], 2.0, INF)], [8.0, INF, INF])
"""A flow f of 2 to 8; what is more (m) and less (l) than today's 5: f − m + l = 5."""


def endless(of: Programme) -> np.ndarray:
    return np.isposinf(of.column_upper)


def test_a_row_waits_where_columns_of_its_own_can_keep_it_whatever_the_others_are() -> None:
    found = waiting(FLOW, endless(FLOW))
    assert found is not None
    assert found.rows.tolist() == [0] and found.only.tolist() == [False, True, True]


@pytest.mark.parametrize(
    ("row", "upper"),
    [
        ([1.0, -1.0, 0.0], INF),  # nothing makes up for too little: the flow is at least 5
        ([1.0, -1.0, 1.0], 3.0),  # no more than 3 more or less than today
    ],
)
def test_a_row_that_its_own_columns_cannot_always_keep_does_not_wait(row: list[float], upper: float) -> None:
    of = programme([(row, 5.0, 5.0), ([1, 0, 0], 2.0, INF)], [8.0, upper, upper])
    assert waiting(of, endless(of)) is None


def test_what_waits_is_told_as_if_it_had_been_there() -> None:
    """The least flow is 2, which is 3 less than today; the largest 8, 3 more."""
    session = Session(FLOW)
    assert session.minimise(function(1, 0, 0)).columns.tolist() == [2.0, 0.0, 3.0]
    assert session.minimise(function(-1, 0, 0)).columns.tolist() == [8.0, 3.0, 0.0]


def test_a_row_is_there_from_the_run_that_counts_its_columns_on() -> None:
    """The least change is none, a flow of 5; held, no flow is less."""
    session = Session(FLOW)
    session.minimise(function(1, 0, 0))
    least = session.minimise(function(0, 1, 1))
    assert least.columns.tolist() == [5.0, 0.0, 0.0]
    session.hold(function(0, 1, 1), 0.0)
    assert session.minimise(function(1, 0, 0)).columns[0] == pytest.approx(5.0, abs=1e-6)


def test_a_row_that_is_held_or_bounded_before_any_run_counts_it_is_there() -> None:
    held, bounded = Session(FLOW), Session(FLOW)
    held.hold(function(0, 0, 1), 1.0)
    bounded.set_bounds(np.array([2]), np.zeros(1), np.ones(1))
    for session in (held, bounded):
        assert session.minimise(function(1, 0, 0)).columns[0] == pytest.approx(4.0, abs=1e-6)


def test_what_was_allowed_before_is_allowed_again_with_what_waited() -> None:
    session = Session(FLOW)
    before = session.allowed()
    session.set_bounds(np.array([2]), np.zeros(1), np.ones(1))
    session.allow(before)
    assert session.minimise(function(1, 0, 0)).columns.tolist() == [2.0, 0.0, 3.0]
    session.begin()
    assert session.minimise(function(1, 0, 0)).columns.tolist() == [2.0, 0.0, 3.0]


def test_where_nothing_waits_every_rank_reaches_the_same(monkeypatch: pytest.MonkeyPatch, tmp_path) -> None:  # type: ignore[no-untyped-def]
    path = tmp_path / "food.xlsx"
    path.write_bytes(bundled_template("food_example_en.xlsx"))
    chain = read(path)
    found = compiled(chain)
    rows = waiting(found, endless(found))
    assert rows is not None
    assert {"deviation_of_flow", "deviation_of_level"} <= {found.rows[i][0] for i in rows.rows.tolist()}
    assert "balance" not in {found.rows[i][0] for i in rows.rows.tolist()}
    with_waiting = values(solve(chain))
    monkeypatch.setattr(Session, "waits", False)
    assert with_waiting == pytest.approx(values(solve(chain)), rel=1e-6, abs=1e-6)
