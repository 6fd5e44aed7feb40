"""How far a price holds: from the basis of one run, and along a curve whose slope changes."""

from __future__ import annotations

import math

import pytest

from filiere.solver.sensitivity.prices import At, _end_of_line
from filiere.solver.session.probe import Probe
from tests.solver.test_session import INF, function, programme

TWO_LIMITS = programme([([1, 1], -INF, 3.0), ([1, 0], -INF, 5.0), ([1, 1], -INF, 9.0)], [INF, 4.0])
"""x + y ≤ 3 holds x back; x ≤ 5 would next, and x + y ≤ 9 only after that."""


def test_a_price_holds_until_another_row_holds_back_or_nothing_is_left() -> None:
    probe = Probe(TWO_LIMITS)
    assert probe.minimise(function(-2, -1)).columns == pytest.approx([3, 0])
    back, ahead = probe.reach([0], [1.0])
    assert (back, ahead) == pytest.approx((-3, 2))  # x from 3 down to 0, or up to 5
    assert probe.reach([0], [-2.0]) == pytest.approx((-1, 1.5))  # the other way, at twice the speed


def test_a_row_that_holds_nothing_back_can_be_moved_until_it_does() -> None:
    probe = Probe(TWO_LIMITS)
    probe.minimise(function(-2, -1))
    back, ahead = probe.reach([2], [1.0])
    assert (back, ahead) == (pytest.approx(-6), math.inf)  # 9 down to the 3 that there are, or up for ever


def test_rows_that_move_together_reach_as_far_as_their_difference() -> None:
    probe = Probe(TWO_LIMITS)
    probe.minimise(function(-2, -1))
    assert probe.reach([0, 1], [2.0, 1.0])[1] == pytest.approx(2)  # 3 + 2t meets 5 + t


class Curve:
    """A convex curve through 0, by its slopes and where each ends; ``told`` is what a point knows around it."""

    def __init__(self, *pieces: tuple[float, float], told: bool, ends: float = math.inf) -> None:
        self.pieces, self.told, self.ends, self.steps = pieces, told, ends, list[float]()

    def __call__(self, step: float) -> At | None:
        self.steps.append(step)
        if step > self.ends:
            return None
        value, since = 0.0, 0.0
        for slope, until in self.pieces:
            if step <= until:
                value += slope * (step - since)
                return At(value, slope, *((since, until) if self.told else (step, step)))
            value, since = value + slope * (until - since), until
        raise AssertionError


def test_a_curve_is_followed_to_where_its_slope_changes() -> None:
    for told in (True, False):
        curve = Curve((-3.0, 1.5), (-1.0, 4.0), (0.0, math.inf), told=told)
        assert _end_of_line(curve, -3.0, 100.0, 0.2, 1e-6) == pytest.approx(1.5, rel=1e-9)


def test_what_a_basis_tells_spares_runs() -> None:
    curve = Curve((-3.0, 1.5), (-1.0, math.inf), told=True)
    assert _end_of_line(curve, -3.0, 100.0, 1.5, 1e-6) == pytest.approx(1.5, rel=1e-9)
    assert len(curve.steps) == 1  # beyond what is known, and its tangent leads back to there
    assert _end_of_line(curve, -3.0, 1.4, 1.5, 1e-6) == math.inf
    assert len(curve.steps) == 1  # known beforehand


def test_a_slope_that_differs_by_little_is_another_one() -> None:
    curve = Curve((-25622.55, 0.0513), (-25621.35, 0.1226), (-23686.67, math.inf), told=True)
    assert _end_of_line(curve, -25622.55, 55.0, 0.01, 1e-6) == pytest.approx(0.0513, rel=1e-6)


def test_a_curve_that_never_turns_has_no_end() -> None:
    assert _end_of_line(Curve((-2.0, math.inf), told=False), -2.0, 50.0, 0.0, 1e-6) == math.inf


def test_a_curve_ends_where_there_is_no_plan_any_more() -> None:
    curve = Curve((-2.0, math.inf), told=False, ends=7.0)
    assert _end_of_line(curve, -2.0, 50.0, 0.0, 1e-6) == pytest.approx(7.0, rel=1e-5)
    assert _end_of_line(Curve((-2.0, 7.0), told=True, ends=7.0), -2.0, 50.0, 0.0, 1e-6) == 7.0


def test_a_slope_that_holds_for_no_step_ends_at_once() -> None:
    assert _end_of_line(Curve((-1.0, math.inf), told=True), -5.0, 50.0, 0.0, 1e-3) <= 1e-3
