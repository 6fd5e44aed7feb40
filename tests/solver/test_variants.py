"""Variants that only allow less than another: the plan is the other's where it is allowed, and solved anew where not."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import settings as trying
from hypothesis import strategies as st

from filiere.chain.chain import Chain
from filiere.schema import words as w
from filiere.solution.solution import Plan
from filiere.solver.programme.compile import Name, compiled
from filiere.solver.programme.narrower import Told, where
from filiere.solver.study import Study, Variants
from tests.solver.changes import rows, settings, times
from tests.solver.test_study import bread


@pytest.fixture(scope="module")
def start() -> Chain:
    return bread(10.0, 0.8, 6.0)


def alone(chain: Chain) -> Plan | None:
    return Study(chain).solve().plan


def alike(found: Plan | None, fresh: Plan | None) -> None:
    assert found is not None
    assert fresh is not None
    for name in ("flows", "levels", "served", "stocks", "grants"):
        pd.testing.assert_frame_equal(getattr(found, name), getattr(fresh, name), rtol=1e-6, atol=1e-6)
    assert found.opened_processes == fresh.opened_processes


def carried(plan: Plan | None, seller: str) -> float:
    assert plan is not None
    return float(plan.flows.loc[plan.flows["from"] == seller, "quantity"].sum())


def test_what_the_plan_does_not_feel_is_not_solved(start: Chain) -> None:
    most = carried(alone(start), "Farm")
    roomy = rows("links", {"from_": "Farm"}, maximum=2.0 * most)(start)
    variants = Variants([roomy, start])
    plans = variants.plans()
    assert variants.solved == 1
    for chain, plan in zip((roomy, start), plans, strict=True):
        alike(plan, alone(chain))


def test_what_the_plan_feels_is_solved(start: Chain) -> None:
    most = carried(alone(start), "Farm")
    tight = rows("links", {"from_": "Farm"}, maximum=most / 2.0)(start)
    variants = Variants([start, tight])
    plans = variants.plans()
    assert variants.solved == 2
    assert carried(plans[1], "Farm") == pytest.approx(most / 2.0)
    alike(plans[1], alone(tight))


def test_what_allows_more_is_solved_whatever_the_order(start: Chain) -> None:
    dear = rows("links", {"from_": "Trader"}, price=times(3.0))(start)
    variants = Variants([dear, start])
    for chain, plan in zip((dear, start), variants.plans(), strict=True):
        alike(plan, alone(chain))
    assert variants.solved == 2


def test_a_row_that_is_left_out_is_known_by_what_it_names(start: Chain) -> None:
    # The first link goes: every other is numbered one less.
    unused = rows("links", {"from_": "Trader"}, price=1e6)(start)
    first, *others = unused.links
    behind = replace(unused, links=(*others, first))
    without = replace(behind, links=behind.links[:-1])
    variants = Variants([without, behind])
    plans = variants.plans()
    for chain, plan in zip((without, behind), plans, strict=True):
        alike(plan, alone(chain))


def test_equal_shares_at_another_time_are_another_question(start: Chain) -> None:
    before, after = (settings(fairness=when)(start) for when in (w.Fairness.BEFORE, w.Fairness.AFTER))
    numbers = dict[Name, int]()
    told = {when: Told(compiled(chain), numbers) for when, chain in (("before", before), ("after", after))}
    assert where(told["before"], told["before"]) is not None
    assert where(told["before"], told["after"]) is None


figure = st.integers(1, 40).map(float)


@trying(max_examples=15)
@given(st.lists(st.tuples(st.sampled_from(["Farm", "Trader", "Mill"]), figure), min_size=1, max_size=4))
def test_any_narrowing_equals_a_fresh_solve(limits: list[tuple[str, float]]) -> None:
    start = bread(10.0, 0.8, 6.0)
    chains = [start, *(rows("links", {"from_": seller}, maximum=most)(start) for seller, most in limits)]
    for chain, plan in zip(chains, Variants(chains).plans(), strict=True):
        fresh = alone(chain)
        assert (plan is None) == (fresh is None)
        if plan is not None:
            alike(plan, fresh)
