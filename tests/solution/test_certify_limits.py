"""Every measure a limit may sum, on the plan worked out by hand, with each kind of filter."""

from __future__ import annotations

import dataclasses

import pytest

from filiere.chain.chain import Scope
from filiere.schema import words as w
from filiere.solution.accounts import Accounts
from filiere.solution.scope import limit_terms, measured
from tests import hand
from tests.solution import worked

ALL = Scope(None, None, None, None, None)
M = w.LimitMeasure

OWN_MILL = 440 + 6050 + 160
BY_HAND: dict[tuple[object, str], float] = {
    (M.QUANTITY, ""): 38 + 35.2 + 0.8 + 7.8 + 6,
    (M.QUANTITY, "product flour"): 36,
    (M.QUANTITY, "from Trader, winter"): 6.8,
    (M.QUANTITY, "process grinding"): 0,
    (M.VALUE, "to Shop"): 14_320,
    (M.MASS, "product bran"): 7800,
    (M.TRANSPORT, ""): 352,
    (M.LEVEL, "process grinding"): 44,
    (M.LEVEL, "process grinding, winter"): 24,
    (M.LEVEL, "from Farm"): 40,
    (M.LEVEL, "to Shop"): 0,
    (M.JOBS, ""): 4.4,
    (M.CO2, ""): 132 + 35.2,
    (M.CO2, "to Shop"): 35.2,
    (M.CO2, "process grinding"): 132,
    (M.CO2, "winter"): 72 + 19.2,
    (M.FUNDING, ""): 600,
    (M.FUNDING, "from City, process grinding"): 600,
    (M.FUNDING, "from Trader"): 0,
    (M.OPENED, ""): 2,
    (M.OPENED, "from Trader"): 1,
    (M.OPENED, "from Shop"): 1,
    (M.OPENED, "process oven"): 1,
    (M.INVESTMENT, ""): 500,
    (M.INVESTMENT, "from Mill"): 0,
    (M.COST, ""): worked.COST,
    # Wheat from outside 1 260, its membership 30, own costs, bran thrown away 2; sold outside 780. Flour stays inside.
    (M.COST, "from Mill"): 1260 + 30 + OWN_MILL + 2 - 780,
    (M.COST, "process grinding"): OWN_MILL,
    # Only what has a date: purchases, transport, unit costs, stocks, sales and what final users pay.
    (M.COST, "winter"): 240 + 1260 + 19.2 * 5 + 240 - 480 - 24 * 600,
    (M.COST, "process grinding, winter"): 240,
    ("training", ""): 88,
    ("training", "from Shop"): 0,
    ("training", "winter"): 48,
}


def scope(said: str) -> Scope:
    fields: dict[str, object] = {}
    for part in filter(None, said.split(", ")):
        kind, _, name = part.rpartition(" ")
        keys = frozenset(key for key in worked.chain().processes if key[0] == name)
        fields |= {
            "from": {"sellers": frozenset({name})}, "to": {"buyers": frozenset({name})},
            "product": {"products": frozenset({name})}, "process": {"processes": keys}, "": {"period": name},
        }[kind]  # fmt: skip
    return dataclasses.replace(ALL, **fields)


@pytest.mark.parametrize(("measure", "said"), BY_HAND, ids=lambda v: getattr(v, "key", v))
def test_measures_by_hand(measure: w.LimitMeasure | str, said: str) -> None:
    accounts = Accounts(worked.chain(), worked.plan())
    assert measured(accounts, measure, scope(said)).sum() == pytest.approx(BY_HAND[measure, said])


def test_every_measure_has_a_figure_by_hand() -> None:
    assert {measure for measure, _ in BY_HAND if isinstance(measure, M)} == set(M)


def test_measures_count_on_offers_and_needs_too() -> None:
    chain = hand.chain(
        [hand.actor("Hall"), hand.actor("Out", "external")], [hand.product("seat", 1.0, "service")],
        offers=[hand.offer("Hall", "seat", measures={"hours": 2.0})],
        needs=[hand.need("Hall", "seat", None, "outlet", measures={"hours": 3.0})],
    )  # fmt: skip
    accounts = Accounts(chain, hand.plan(chain, offers={0: 10.0}, served={0: 10.0}))
    hall = frozenset({"Hall"})
    assert measured(accounts, "hours", ALL).sum() == 50.0
    assert measured(accounts, "hours", dataclasses.replace(ALL, sellers=hall)).sum() == 20.0
    assert measured(accounts, "hours", dataclasses.replace(ALL, buyers=hall)).sum() == 30.0


def test_a_share_is_of_every_seller_or_of_every_buyer() -> None:
    accounts = Accounts(worked.chain(), worked.plan())
    bran = frozenset({"bran"})
    purchases = hand.limit("p", M.VALUE, ">=", 0.5, basis=w.LimitBasis.PURCHASES, sellers=frozenset({"Trader"}),
                           buyers=frozenset({"Shop"}))  # fmt: skip
    assert limit_terms(accounts, purchases)[0].sum() == pytest.approx(240 - 0.5 * 14_320)
    sales = hand.limit("s", M.VALUE, ">=", 0.1, basis=w.LimitBasis.SALES, sellers=frozenset({"Mill"}),
                       buyers=frozenset({"Breeder"}), products=bran)  # fmt: skip
    assert limit_terms(accounts, sales)[0].sum() == pytest.approx(780 - 0.1 * 780)
    among = dataclasses.replace(sales, of=frozenset({"flour", "bran"}))
    assert limit_terms(accounts, among)[0].sum() == pytest.approx(780 - 0.1 * (780 + 14_080))
