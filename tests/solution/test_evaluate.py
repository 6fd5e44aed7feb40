"""Every objective of one plan, against figures worked out by hand, and the laws they obey."""

from __future__ import annotations

import dataclasses
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from filiere.chain.derived.observed import Observed
from filiere.schema import words as w
from filiere.solution.accounts import Accounts
from filiere.solution.evaluate import TERMS, circularity, objective_value, terms_of
from tests import hand
from tests.solution import worked

UP = 0.8 * 400 + 6 * 200 + 0.5 * (440 + 6050 + 160) + 2
BY_HAND = {
    w.Objective.UNMET: 6.8 * 500,
    w.Objective.DEFICIT: 72.0,
    # Flour and wheat bought outside at their reference price, half the mill's own costs, a tonne of bran thrown away.
    w.Objective.DEPENDENCY_UPSTREAM: UP,
    # Bran is secondary: neither its sale nor its waste counts.
    w.Objective.DEPENDENCY_DOWNSTREAM: 0.0,
    w.Objective.DEPENDENCY_FUNDING: 600.0,
    w.Objective.DEPENDENCY: UP + 600,
    # Flour is used inside alone: dependency guards it, it is not "lost".
    w.Objective.LOST: 0.0,
    w.Objective.RULES: 0.0,
    # 7.8 t of bran, of the 10 that the breeder says it takes.
    w.Objective.OUTLETS: 780.0,
    # Bread at 500 and bran sold, less flour and wheat bought outside, bran thrown away, half the mill's own costs.
    w.Objective.VALUE_KEPT: 43.2 * 500 + 780 - 240 - 1260 - 2 - 0.5 * (440 + 6050 + 160),
    w.Objective.WASTE: 0.0,
    w.Objective.COST: worked.COST,
    w.Objective.JOBS: 4.4,
    w.Objective.CO2: 44 * 3 + 35.2,
    w.Objective.TRANSPORT: 352.0,
    # 40 t of flour a year became 35.2; 50 runs of the mill became 44; 600 are granted.
    w.Objective.CHANGE: 4.8 * 400 + 6 * (0.8 * 400 + 0.2 * 100) + 600,
}


@pytest.mark.parametrize("objective", BY_HAND, ids=lambda o: o.key)
def test_objectives_by_hand(objective: w.Objective) -> None:
    assert objective_value(worked.chain(), worked.plan(), objective) == pytest.approx(BY_HAND[objective])


def test_every_objective_has_a_figure_by_hand() -> None:
    assert set(BY_HAND) == set(TERMS) == set(w.Objective) - {w.Objective.CIRCULARITY}


def test_a_measure_is_summed() -> None:
    assert objective_value(worked.chain(), worked.plan(), "training") == pytest.approx(88.0)


def circle() -> tuple[object, object]:
    """100 t of clay and 30 t of rubble (20 of them from outside) make bricks; 5 t of rubble go outside, 7 t serve
    as ballast; grog goes round inside the kiln."""
    chain = hand.chain(
        [hand.actor("Kiln"), hand.actor("Out", "external")],
        [
            hand.product("clay", 10.0, "primary"), hand.product("rubble", 5.0, "secondary"),
            hand.product("brick", 50.0), hand.product("heat", 1.0, "service"),
        ],
        [
            hand.link("Out", "Kiln", "rubble", loss=0.2), hand.link("Kiln", "Out", "rubble"),
            hand.link("Out", "Kiln", "heat"),
        ],
        [
            hand.process("dig", "Kiln", {}, {"clay": 1.0}),
            hand.process("fire", "Kiln", {"clay": 1.0, "rubble": 0.5, "heat": 2.0}, {"brick": 1.3, "rubble": 0.2}),
            hand.process("sort", "Kiln", {"rubble": 1.0}, {"rubble": 1.0}),
            hand.process("wreck", "Kiln", {"brick": 1.0}, {"rubble": 1.0}),
        ],
        offers=[hand.offer("Kiln", "rubble")], needs=[hand.need("Kiln", "rubble", 7.0, "outlet")],
    )  # fmt: skip
    plan = hand.plan(
        chain,
        {0: 25.0, 1: 5.0, 2: 200.0},
        {("dig", "Kiln"): 100.0, ("fire", "Kiln"): 100.0, ("sort", "Kiln"): 500.0},
        offers={0: 22.0},
        served={0: 7.0},
    )
    return chain, plan


def test_circularity_counts_net_intake_not_traffic() -> None:
    chain, plan = circle()
    # U: 100 x 0.3 net intake + 7 served - (20 - 5) from outside; M: 100 clay + 20 received; sorting adds nothing.
    assert objective_value(chain, plan, w.Objective.CIRCULARITY) == pytest.approx(22 / (22 + 120))
    # By value, a service bought outside counts too: 200 of heat.
    by_value = circularity(Accounts(chain, plan), w.Basis.VALUE)
    assert by_value == pytest.approx(22 * 5 / (22 * 5 + 100 * 10 + 20 * 5 + 200))


def test_what_is_wrecked_to_be_called_rubble_is_taken_off() -> None:
    chain, plan = circle()
    levels = plan.levels.copy()
    levels.loc[len(levels)] = ["wreck", "Kiln", "year", 12.0]
    # Twelve bricks turned into rubble alone are no re-use: 22 - 12.
    wrecked = objective_value(chain, replace(plan, levels=levels), w.Objective.CIRCULARITY)
    assert wrecked == pytest.approx(10 / (10 + 120))


def test_wholly_imported_second_hand_is_not_circular() -> None:
    chain = hand.chain(
        [hand.actor("Shop"), hand.actor("Out", "external")],
        [hand.product("coat", kind="secondary")],
        [hand.link("Out", "Shop", "coat")],
        needs=[hand.need("Shop", "coat", 10.0)],
    )
    assert circularity(Accounts(chain, hand.plan(chain, {0: 10.0}, served={0: 10.0}))) == 0.0


def test_paying_outside_to_take_waste_away_is_upstream() -> None:
    chain = hand.chain(
        [hand.actor("Mill"), hand.actor("Burner", "external"), hand.actor("Near", "partner")],
        [hand.product("waste", 7.0, "secondary"), hand.product("meal", 7.0)],
        [
            hand.link("Mill", "Burner", "waste", -20.0), hand.link("Mill", "Near", "meal", 30.0),
            hand.link("Near", "Mill", "meal", 90.0),
        ],
    )  # fmt: skip
    plan = hand.plan(chain, {0: 10.0, 1: 4.0, 2: 2.0})

    def value(objective: w.Objective, basis: w.DependencyBasis = w.DependencyBasis.REFERENCE) -> float:
        settings = dataclasses.replace(chain.settings, dependency_basis=basis)
        return objective_value(dataclasses.replace(chain, settings=settings), plan, objective)

    assert value(w.Objective.DEPENDENCY_UPSTREAM) == pytest.approx(200 + 0.5 * 2 * 7)
    # A sale counts at its price where that is above the reference.
    assert value(w.Objective.DEPENDENCY_DOWNSTREAM) == pytest.approx(0.5 * 4 * 30)
    assert value(w.Objective.DEPENDENCY_UPSTREAM, w.DependencyBasis.PAID) == pytest.approx(200 + 0.5 * 2 * 90)
    # By mass what is bought counts in kilograms, alone; no rank adds kilograms and money.
    assert value(w.Objective.DEPENDENCY_UPSTREAM, w.DependencyBasis.MASS) == pytest.approx(200 + 0.5 * 2 * 1000)
    priced = value(w.Objective.DEPENDENCY, w.DependencyBasis.REFERENCE)
    assert value(w.Objective.DEPENDENCY, w.DependencyBasis.MASS) == pytest.approx(priced)


def test_goods_made_and_thrown_away_count_as_downstream_and_as_lost() -> None:
    printed = hand.chain(
        [hand.actor("Press")], [hand.product("leaflet", 3.0, may_discard=True)],
        processes=[hand.process("print", "Press", {}, {"leaflet": 1.0}, today=10.0)],
        needs=[hand.need("Press", "leaflet", 10.0)],
    )  # fmt: skip
    read = Observed(chain=printed, levels={("print", "Press"): 10.0}, served={("Press", "leaflet", "", 0): 10.0})
    chain = replace(printed, observed=read)
    binned = hand.plan(chain, levels={("print", "Press"): 10.0}, discarded={("Press", "leaflet"): 10.0})
    assert objective_value(chain, binned, w.Objective.DEPENDENCY_DOWNSTREAM) == pytest.approx(30.0)
    assert objective_value(chain, binned, w.Objective.DEPENDENCY) == pytest.approx(0.5 * 30.0)
    # All of it, and the half that the member should keep once more.
    assert objective_value(chain, binned, w.Objective.LOST) == pytest.approx(30.0 + 15.0)
    assert objective_value(chain, hand.plan(chain), w.Objective.LOST) == pytest.approx(30.0 + 15.0)


@settings(max_examples=10, deadline=None)
@given(st.permutations(range(8)))
def test_the_order_of_rows_changes_nothing(order: list[int]) -> None:
    plan = worked.plan()
    shuffled = dataclasses.replace(plan, flows=plan.flows.iloc[order].reset_index(drop=True))
    for objective in w.Objective:
        assert objective_value(worked.chain(), shuffled, objective) == pytest.approx(
            objective_value(worked.chain(), plan, objective)
        )


def test_an_empty_plan_has_only_what_is_paid_or_lost_whatever_happens() -> None:
    accounts = Accounts(worked.chain(), hand.plan(worked.chain()))
    paid = {o.key: float(terms_of(accounts, o).sum()) for o in TERMS if np.any(terms_of(accounts, o))}
    assert paid == pytest.approx({
        "dependency": 0.5 * 6050, "dependency_upstream": 0.5 * 6050, "cost": 6050.0,
        "value_kept": -0.5 * 6050, "change": 40 * 400 + 50 * 340,
    })  # fmt: skip
