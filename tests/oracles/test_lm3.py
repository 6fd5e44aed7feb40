"""Published examples of local multipliers.

Northumberland: New Economics Foundation and Friends of the Earth, as quoted by lm3online.com. The magic tenner:
totallylocally.org. The project of three stages: minney.org, which adds up the local stages alone and so arrives at
1.3, not at the LM3 of the New Economics Foundation.
"""

from __future__ import annotations

from dataclasses import replace

import pytest

from filiere.chain.chain import Chain
from filiere.indicators import measure
from filiere.indicators.multiplier import all_rounds, three_rounds
from filiere.schema import words as w
from filiere.solution.solution import Plan
from tests import hand


def spending(*payments: tuple[str, str, float]) -> tuple[Chain, Plan]:
    """Who pays whom how much for something; the customer is outside, everybody else inside."""
    names = dict.fromkeys(name for payer, payee, _ in payments for name in (payer, payee))
    chain = hand.chain(
        [hand.actor(name, "external" if name == "customer" else "local") for name in names],
        [hand.product("something", 1.0, "service")],
        [hand.link(payee, payer, "something", 1.0) for payer, payee, _ in payments],
    )
    return chain, hand.plan(chain, {e: amount for e, (_, _, amount) in enumerate(payments)})


def test_a_pound_with_a_local_supplier_in_northumberland() -> None:
    found = measure(*spending(("customer", "supplier", 1.0), ("supplier", "neighbours", 0.76)))
    assert found.chain["lm3"] == pytest.approx(1.76)
    # Spent outside, only what the outside supplier spends again here counts: 36 %.
    shares = [[0.0, 0.0], [0.36, 0.0]]
    assert all_rounds(shares, [0.0, 1.0])[0] == pytest.approx(0.36)


def test_the_magic_tenner() -> None:
    # 10 come in and every shop spends 80 % again with the other: 10 / (1 - 0.8) = 50 in all.
    first = 10 / (1 - 0.8**2)
    chain, plan = spending(
        ("customer", "baker", 10.0), ("baker", "grocer", 0.8 * first), ("grocer", "baker", 0.64 * first)
    )
    found = measure(chain, plan).chain
    assert 10 * found["local_multiplier"] == pytest.approx(50.0)
    assert found["lm3"] == pytest.approx(2.44)
    assert three_rounds([[0.0, 0.8], [0.8, 0.0]], [10.0, 0.0]) == pytest.approx(2.44)


def test_three_stages_are_counted_from_the_money_that_comes_in() -> None:
    found = measure(*spending(
        ("customer", "project", 100_000.0), ("project", "firm", 50_000.0), ("firm", "staff", 50_000.0),
        ("staff", "shop", 30_000.0),
    )).chain  # fmt: skip
    assert found["lm3"] == pytest.approx(2.0)
    assert found["local_multiplier"] == pytest.approx(2.3)


def test_wages_spent_again_with_those_who_sell_to_households() -> None:
    """100 come in; half are wages; people spend 40 % of them with the grocer, who alone sells to households.

    Round 2: 50 with people; round 3: 20 with the grocer: (100 + 50 + 20) / 100.
    """
    chain = hand.chain(
        [hand.actor("works", "local"), hand.actor("grocer", "local"), hand.actor("customer", "external"),
         replace(hand.actor("families", "local"), sector=w.Sector.HOUSEHOLD)],
        [hand.product("something", 1.0, "service")],
        [hand.link("works", "customer", "something", 1.0), hand.link("grocer", "families", "something", 1.0)],
        processes=[hand.process("work", "works", {}, {"something": 1.0}, unit_cost=0.5, local_share=1.0)],
    )  # fmt: skip
    spent = replace(chain, settings=replace(chain.settings, household_local_spend=0.4))
    links = (replace(chain.links[0]), replace(chain.links[1], today=10.0))
    plan = hand.plan(chain, {0: 100.0}, levels={("work", "works"): 100.0})
    assert measure(replace(chain, links=links), plan).chain["lm3"] == pytest.approx(1.5)
    assert measure(replace(spent, links=links), plan).chain["lm3"] == pytest.approx(1.7)
