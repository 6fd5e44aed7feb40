"""Reconciled figures against hand-solved chains, laws, and the closed form on dense matrices."""

from __future__ import annotations

import functools
import random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import sparse

from filiere.analysis.today.reconcile import today_by
from filiere.analysis.today.reconciliation import Reconciliation
from filiere.report.today.json import reconciliation_json
from filiere.solver.fit.least_squares import least_squares
from filiere.solver.fit.observability import redundancies
from filiere.solver.fit.standard import Observations
from tests.laws.law import law
from tests.sheets import chain as read

ACTORS = ("| Ferme | external |", "| Moulin | member |", "| Ville | external |")
LINKS = ("| Ferme | Moulin | farine | 110 | | 0.1 | |", "| Moulin | Ville | farine | 80 | | 0.1 | |",
         "| Moulin | Village | farine | | | | |")  # fmt: skip


def book(links: tuple[str, ...], factor: float = 1.0, actors: tuple[str, ...] = ACTORS) -> str:
    rows = []
    for line in links:
        cells = line.split("|")
        cells[4:6] = [repr(float(cell) * factor) if cell.strip() else "" for cell in cells[4:6]]
        rows.append("|".join(cells))
    return "\n".join([
        "## Actors", "| actor | perimeter |", *actors, "| Village | external |",
        "## Products", "| product | unit | price |", "| farine | t | 1 |",
        "## Links", "| from | to | product | today | today_buyer | uncertainty | confidence_buyer |", *rows,
    ])  # fmt: skip


@functools.cache
def reconciled(source: str) -> Reconciliation:
    found = today_by("least-squares", read(source)).reconciliation
    assert found is not None
    return found


def values(found: Reconciliation) -> list[float]:
    return [figure.reconciled for figure in found.figures]


def test_one_pair_of_figures_meets_where_their_variances_say() -> None:
    """110 ± 11 in, 80 ± 8 out: the gap of 30 is shared as 121 to 64."""
    found = reconciled(book(LINKS[:2]))
    assert values(found) == pytest.approx([110 - 30 * 121 / 185] * 2)
    assert found.test is not None
    assert (found.test.chi_square, found.test.degrees_of_freedom) == (pytest.approx(900 / 185), 1)
    assert [abs(figure.test or 0.0) for figure in found.figures] == pytest.approx([30 / 185**0.5] * 2)
    assert not found.test.passed
    assert not any(figure.suspicious for figure in found.figures)  # 2.21 of 2.24 that two tests allow


def test_an_open_exit_takes_what_is_left_and_nothing_is_tested() -> None:
    found = reconciled(book(LINKS))
    assert values(found) == pytest.approx([110.0, 80.0])
    assert [figure.test for figure in found.figures] == [None, None]
    assert found.test is None
    (left,) = found.unmeasured
    assert left.determinable
    assert left.value == pytest.approx(30.0)


def test_what_cannot_be_negative_binds() -> None:
    """More goes out than comes in and the rest has nowhere to come from: both meet, the third is 0."""
    links = (LINKS[0].replace("110", "80"), LINKS[1].replace("80", "110"), LINKS[2])
    found = reconciled(book(links))
    assert values(found) == pytest.approx([80 + 30 * 64 / 185] * 2)
    assert found.unmeasured[0].value == pytest.approx(0.0, abs=1e-9)


def test_two_free_ways_lie_between_nothing_and_all() -> None:
    links = (LINKS[0], LINKS[1].replace("80", ""), LINKS[2])
    spans = [(one.lower, one.upper, one.determinable) for one in reconciled(book(links)).unmeasured]
    assert spans == [(0.0, pytest.approx(110.0), False)] * 2


def test_two_declarations_are_settled_by_their_confidence_and_both_are_figures() -> None:
    links = ("| Ferme | Moulin | farine | 100 | 80 | 0.15 | measured |", LINKS[2])
    chain = read(book(links))
    kept = (100 / 0.15**2 + 80 / 0.05**2) / (1 / 0.15**2 + 1 / 0.05**2)
    assert chain.links[0].today == 80.0  # the surer of the two; least squares weighs both
    found = reconciled(book(links))
    assert values(found) == pytest.approx([kept, kept])
    assert [(figure.side, str(figure.cell)) for figure in found.figures] == [
        ("seller", "Links!D2"),
        ("buyer", "Links!E2"),
    ]
    assert found.test is not None
    assert found.test.chi_square == pytest.approx(20**2 / ((0.15 * 90) ** 2 + (0.05 * 90) ** 2))
    (gap,) = reconciliation_json(chain, found)["declarations"]
    assert (gap["seller"], gap["buyer"], gap["gap"], gap["kept"]) == (100.0, 80.0, -20.0, pytest.approx(kept))


def test_units_ten_thousand_times_smaller_change_nothing_but_the_figures() -> None:
    one, other = reconciled(book(LINKS[:2])), reconciled(book(LINKS[:2], 1e4))
    assert [value / 1e4 for value in values(other)] == pytest.approx(values(one), rel=1e-9)
    assert one.test is not None
    assert other.test is not None
    assert other.test.chi_square == pytest.approx(one.test.chi_square, rel=1e-9)


def test_names_and_the_order_of_rows_change_nothing() -> None:
    one = reconciled(book(LINKS))
    renamed = book(tuple(reversed(LINKS)), 1.0, tuple(reversed(ACTORS))).replace("Moulin", "Zone")
    assert sorted(values(reconciled(renamed))) == pytest.approx(sorted(values(one)), rel=1e-9)


def test_figures_that_agree_stay() -> None:
    found = reconciled(book((LINKS[0], LINKS[1].replace("80", "110"))))
    assert [figure.correction for figure in found.figures] == pytest.approx([0.0, 0.0], abs=1e-9)


@law(15)
@given(seed=st.integers(0, 10**6))
def test_sparse_steps_give_the_closed_form_of_dense_ones(seed: int) -> None:
    """x = m − V Aᵀ (A V Aᵀ)⁺ A m, and the corrections' covariance V Aᵀ (A V Aᵀ)⁺ A V."""
    rng = random.Random(seed)
    nodes, flows = rng.randint(1, 6), rng.randint(2, 14)
    ends = [(rng.randint(-1, nodes - 1), rng.randint(-1, nodes - 1)) for _ in range(flows)]
    a = np.zeros((nodes, flows))
    for j, (start, end) in enumerate(ends):
        for node, sign in ((start, -1.0), (end, 1.0)):
            if node >= 0:
                a[node, j] += sign
    m = np.array([rng.uniform(50.0, 150.0) for _ in range(flows)])
    s = np.array([rng.uniform(0.5, 10.0) for _ in range(flows)])
    away = np.diag(s**2) @ a.T @ np.linalg.pinv(a @ np.diag(s**2) @ a.T)
    x, covariance = m - away @ a @ m, away @ a @ np.diag(s**2)
    nothing, free = np.zeros(nodes), np.full(flows, np.inf)
    fit = least_squares(Observations(sparse.csr_array(a), nothing, nothing, -1e4 * np.ones(flows), free,
                                     sparse.eye_array(flows).tocsr(), m, s))  # fmt: skip
    assert fit.columns == pytest.approx(x, rel=1e-8, abs=1e-6)
    assert redundancies(fit, range(flows)) == pytest.approx(np.diag(covariance) / s**2, abs=1e-5)
