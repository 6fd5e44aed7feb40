"""Weighted least squares under bounds: against dense methods, laws, and figures that lie far apart."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import sparse
from scipy.optimize import lsq_linear

from filiere.solver.fit.active_set import active_set
from filiere.solver.fit.conic import conic
from filiere.solver.fit.least_squares import Fit, least_squares
from filiere.solver.fit.settle import refined
from filiere.solver.fit.standard import Observations, standard
from tests.laws.law import law

USUAL, SURE_AND_VAGUE = (0.05, 0.4), (1e-3, 3.0)


def spread(draw: np.random.Generator, between: tuple[float, float], count: int) -> np.ndarray:
    return np.exp(draw.uniform(*np.log(between), count))


def network(seed: int, sizes: tuple[float, float], shares: tuple[float, float]) -> Observations:
    """Flows between nodes and the outside, some losing a part on the way, most of them observed, some bounded."""
    draw = np.random.default_rng(seed)
    nodes = int(draw.integers(1, 9))
    flows = int(draw.integers(nodes + 1, 5 * nodes + 4))
    start, end = draw.integers(-1, nodes, flows), draw.integers(-1, nodes, flows)
    kept = np.where(draw.random(flows) < 0.3, draw.choice([0.99, 0.9, 0.5, 0.05], flows), 1.0)
    a = np.zeros((nodes, flows))
    for j in np.flatnonzero(start != end):
        if start[j] >= 0:
            a[start[j], j] = -1.0
        if end[j] >= 0:
            a[end[j], j] = kept[j]
    seen = np.flatnonzero(draw.random(flows) < 0.7)
    figures = np.where(draw.random(len(seen)) < 0.1, 0.0, spread(draw, sizes, len(seen)))
    least = float(figures[figures > 0.0].min(initial=sizes[1]))
    upper = np.where(draw.random(flows) < 0.1, spread(draw, sizes, flows), np.inf)
    return Observations(
        sparse.csr_array(a), np.zeros(nodes), np.zeros(nodes), np.zeros(flows), upper,
        sparse.csr_array(np.eye(flows)[seen]), figures,
        spread(draw, shares, len(seen)) * np.where(figures > 0.0, figures, least),
    )  # fmt: skip


def assert_obeys(o: Observations, fit: Fit) -> None:
    x = fit.columns
    assert (x >= o.lower).all()
    assert (x <= o.upper * (1.0 + 1e-12)).all()
    assert np.abs(o.matrix @ x).max(initial=0.0) <= 1e-8 * max(o.figures.max(initial=0.0), x.max(initial=0.0))


@law(15)
@given(seed=st.integers(0, 10**6))
def test_no_point_is_nearer_than_the_answer(seed: int) -> None:
    """Dense multipliers show it: the slope of the distance, seen along the balances, leads only out of bounds."""
    o = network(seed, (20.0, 200.0), USUAL)
    fit = least_squares(o)
    assert_obeys(o, fit)
    a, x = o.matrix.toarray(), fit.columns
    slope = o.sums.T @ ((o.sums @ x - o.figures) / o.deviations**2)
    at_lower, at_upper = x <= o.lower + 1e-7, x >= o.upper - 1e-7
    signs = np.eye(len(x))
    cone = np.hstack([a.T, signs[:, at_lower], -signs[:, at_upper]])
    low = np.concatenate([np.full(len(a), -np.inf), np.zeros(cone.shape[1] - len(a))])
    found = lsq_linear(cone, slope, (low, np.full(len(low), np.inf)), method="bvls", tol=1e-14, max_iter=1000)
    assert np.abs(cone @ found.x - slope).max() <= 1e-6 * (1.0 + np.abs(slope).max())


@law(15)
@given(seed=st.integers(0, 10**6))
def test_a_hub_is_what_a_bounded_dense_fit_gives(seed: int) -> None:
    """All that comes in goes out in one flow: with it written as their sum, only bounds are left."""
    draw = np.random.default_rng(seed)
    ways = int(draw.integers(1, 8))
    m, s = draw.uniform(-30.0, 100.0, ways + 1), draw.uniform(0.5, 30.0, ways + 1)
    upper = np.where(draw.random(ways) < 0.3, draw.uniform(5.0, 60.0, ways), np.inf)
    balance = sparse.csr_array(np.append(np.ones(ways), -1.0)[None, :])
    fit = least_squares(
        Observations(balance, np.zeros(1), np.zeros(1), np.zeros(ways + 1), np.append(upper, np.inf),
                     sparse.eye_array(ways + 1).tocsr(), m, s)
    )  # fmt: skip
    dense = np.vstack([np.eye(ways), np.ones(ways)]) / s[:, None]
    expected = lsq_linear(dense, m / s, (np.zeros(ways), upper), method="bvls", tol=1e-14)
    assert fit.columns[:-1] == pytest.approx(expected.x, rel=1e-7, abs=1e-6)
    assert fit.chi_square == pytest.approx(2.0 * expected.cost, rel=1e-9, abs=1e-9)


@law(10)
@given(seed=st.integers(0, 10**6), sizes=st.sampled_from([(0.1, 1e3), (1e-3, 1e5), (1e-9, 1e6)]),
       shares=st.sampled_from([USUAL, SURE_AND_VAGUE]))  # fmt: skip
def test_scales_far_apart_are_no_reason_to_refuse(
    seed: int, sizes: tuple[float, float], shares: tuple[float, float]
) -> None:
    with np.errstate(all="raise", under="ignore"):
        o = network(seed, sizes, shares)
        assert_obeys(o, least_squares(o))


@law(5)
@given(seed=st.integers(0, 10**6), factor=st.sampled_from([1e-9, 1e-3, 1e6]))
def test_other_units_and_another_order_give_the_same_answer(seed: int, factor: float) -> None:
    o = network(seed, (1.0, 1e3), SURE_AND_VAGUE)
    one = least_squares(o)
    scaled = least_squares(
        replace(o, upper=o.upper * factor, figures=o.figures * factor, deviations=o.deviations * factor)
    )
    order = np.random.default_rng(seed).permutation(len(o.upper))
    shuffled = least_squares(
        replace(o, matrix=o.matrix[:, order], sums=o.sums[:, order], upper=o.upper[order], lower=o.lower[order])
    )
    assert scaled.chi_square == pytest.approx(one.chi_square, rel=1e-6, abs=1e-6)
    assert o.sums @ scaled.columns / factor / o.deviations == pytest.approx(
        o.sums @ one.columns / o.deviations, rel=1e-5, abs=1e-3
    )
    assert shuffled.chi_square == pytest.approx(one.chi_square, rel=1e-6, abs=1e-6)


@law(8)
@given(seed=st.integers(0, 10**6))
def test_clarabel_and_the_active_set_meet(seed: int) -> None:
    form = standard(network(seed, (20.0, 200.0), USUAL))
    distances = []
    for method in (conic, active_set):
        point = method(form)
        assert point is not None
        found = refined(form, point)
        assert found is not None
        distances.append(float(form.curvature @ found[0] ** 2))
    assert distances[0] == pytest.approx(distances[1], rel=1e-6, abs=1e-6)


def test_a_bounded_exit_is_filled_before_any_figure_moves_farther() -> None:
    """100 ± 10 come in, 50 ± 10 go out, and an exit that nobody measured takes at most 20: 30 are left to share."""
    o = Observations(
        sparse.csr_array(np.array([[1.0, -1.0, -1.0]])), np.zeros(1), np.zeros(1), np.zeros(3),
        np.array([np.inf, np.inf, 20.0]), sparse.csr_array(np.eye(3)[:2]), np.array([100.0, 50.0]), np.full(2, 10.0),
    )  # fmt: skip
    fit = least_squares(o)
    assert fit.columns == pytest.approx([85.0, 65.0, 20.0])
    assert fit.chi_square == pytest.approx(2 * 1.5**2)
