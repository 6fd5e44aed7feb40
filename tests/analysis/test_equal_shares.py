"""What equal shares cost, and when it is worth asking what they would be after the needs."""

from __future__ import annotations

import random

import pytest

from filiere.analysis.explain.choices import choices
from filiere.schema import words as w
from tests.solving import ABOUT, Solved, best
from tests.test_traps_fair import AFTER, BEFORE, shares, villages


def _equal(plan: Solved) -> tuple[dict[w.Objective, float], int]:
    found = choices(plan.chain, plan.solution).equal
    assert found is not None
    return dict(found.costs), len(found.after)


@pytest.mark.parametrize("seed", range(4))
def test_where_equal_shares_cost_nothing_they_would_be_the_same_after_the_needs(seed: int) -> None:
    drawn = random.Random(seed)
    wants = {name: (float(drawn.randint(20, 60)), 100.0, 0.0) for name in "ABC"}
    before = best(villages(60, wants, BEFORE))
    costs, asked = _equal(before)
    assert costs == {kind: ABOUT(0.0, abs=1e-9) for kind in costs} and not asked
    assert shares(best(villages(60, wants, AFTER))) == ABOUT(shares(before))


def test_where_they_cost_something_what_they_would_be_after_the_needs_is_told() -> None:
    wants = {"A": (60.0, 100.0, 0.0), "B": (60.0, 100.0, 0.4)}
    costs, asked = _equal(best(villages(60, wants, BEFORE)))
    assert max(costs.values()) > 1.0 and asked == 2
