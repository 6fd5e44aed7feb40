"""Today's point: what is typed holds, what is not typed is not invented, and next year's figures bend nothing.

What must come out follows from the figures of each chain by plain arithmetic.
"""

from __future__ import annotations

import random
from collections.abc import Mapping

import pytest

from filiere.analysis.today.reconcile import today_by
from filiere.analysis.today.today import today
from filiere.chain.chain import Chain
from filiere.solution.certify.certify import certify
from filiere.solution.solution import Plan, Status
from tests.sheets import chain
from tests.solving import ABOUT, as_it_is

BAKERY = """
    ## Settings
    | setting | value |
    | currency | EUR |
    ## Actors
    | actor | perimeter |
    | Bakery | member |
    | Mill | member |
    | Town | local |
    | Shop | external |
    ## Products
    | product | unit | price |
    | flour | t | 500 |
    | bread | t | 3000 |
    ## Processes
    | process | actor | status | capacity | minimum | today | whole |
    | milling | Mill | existing | | | | |
    | baking | Bakery | existing | 300 | {minimum} | {baked} | yes |
    | oven | Bakery | candidate | 300 | | | |
    ## Recipes
    | process | product | input | output |
    | milling | flour | | 1 |
    | baking | flour | 0.5 | |
    | baking | bread | | 1 |
    | oven | flour | 0.4 | |
    | oven | bread | | 1 |
    ## Links
    | from | to | product | today | minimum |
    | Mill | Bakery | flour | | |
    | Bakery | Town | bread | {town} | {least} |
    | Bakery | Shop | bread | {shop} | |
    ## Needs
    | actor | product | quantity | obligation |
    | Town | bread | {wanted} | {obligation} |
    | Shop | bread | {outlet} | outlet |
    ## Limits
    | limit | measure | to | product | sense | value |
    | export ban | quantity | Shop | bread | <= | 0 |
    """

TYPED = {
    "baked": 120, "town": 100, "shop": 20, "wanted": 100, "outlet": 20, "minimum": 0, "least": 0, "obligation": "want",
}  # fmt: skip


def bakery(**figures: object) -> str:
    return BAKERY.format(**{**TYPED, **figures})


def test_policy_bends_nothing_that_was_observed() -> None:
    """A rule, a minimum, a whole number and a must are of the plan, not of this year."""
    seen = as_it_is(bakery(baked=120.5, town=100.5, minimum=200, least=150, obligation="must", wanted=130))
    assert seen.flow("Bakery", "Town", "bread") == ABOUT(100.5)
    assert seen.flow("Bakery", "Shop", "bread") == ABOUT(20)
    assert seen.level("baking") == ABOUT(120.5)
    assert seen.level("oven") == 0.0
    assert seen.flow("Mill", "Bakery", "flour") == ABOUT(60.25)
    assert seen.unmet("bread") == ABOUT(29.5)


def test_next_years_smaller_need_bends_nothing() -> None:
    """60 are wanted and 5 may be sold next year: what is delivered beyond counts as served (trap 77)."""
    seen = as_it_is(bakery(wanted=60, outlet=5))
    assert seen.flow("Bakery", "Town", "bread") == ABOUT(100)
    assert seen.flow("Bakery", "Shop", "bread") == ABOUT(20)
    served = seen.plan.served.groupby("actor")["quantity"].sum().to_dict()
    assert served == {"Town": ABOUT(100), "Shop": ABOUT(20)}
    assert seen.value("change") == ABOUT(0)
    assert seen.unmet("bread") == 0.0


def test_today_is_not_invented() -> None:
    """Nobody typed what the town gets, and it wants 500: no more is baked than was typed, and none for its sake."""
    seen = as_it_is(bakery(baked="", town="", wanted=500))
    assert seen.flow("Bakery", "Shop", "bread") == ABOUT(20)
    assert seen.flow("Bakery", "Town", "bread") == 0.0
    assert seen.level("baking") == ABOUT(20)
    assert seen.unmet("bread") == ABOUT(500)


def test_what_is_only_supposed_is_listed() -> None:
    found = today_by("least-change", chain(bakery())).reconciliation
    assert found is not None
    # 120 t of bread take 60 t of flour: nobody typed the milling nor what the mill delivers.
    assert {(one.kind, one.position if one.place is None else one.place): one.value for one in found.unmeasured} == {
        ("flow", 0): ABOUT(60), ("level", ("milling", "Mill")): ABOUT(60),
    }  # fmt: skip


@pytest.mark.parametrize(
    ("seller", "buyer", "reached"),
    [("measured", "estimated", 100.0), ("guessed", "measured", 130.0), ("estimated", "estimated", 115.0),
     ("", "", 115.0), ("", "measured", 130.0)],
)  # fmt: skip
def test_of_two_declarations_the_more_confident_holds(seller: str, buyer: str, reached: float) -> None:
    """130 declared by the buyer, 100 by the seller: the surer one, or the middle between two that are as sure."""
    read = chain(f"""
        ## Actors
        | actor | perimeter |
        | Farm | member |
        | Town | local |
        ## Products
        | product | unit | price |
        | milk | t | 400 |
        ## Offers
        | actor | product |
        | Farm | milk |
        ## Links
        | from | to | product | today | confidence | today_buyer | confidence_buyer |
        | Farm | Town | milk | 100 | {seller} | 130 | {buyer} |
        ## Needs
        | actor | product | quantity |
        | Town | milk | 10 |
        """)
    assert as_it_is(read).flow("Farm", "Town", "milk") == ABOUT(reached)


STORE = """
    ## Settings
    | setting | value |
    | currency | EUR |
    ## Periods
    | period |
    | winter |
    | summer |
    ## Actors
    | actor | perimeter |
    | Farm | member |
    | Town | local |
    ## Products
    | product | unit | price |
    | apples | t | 1000 |
    ## Offers
    | actor | product | maximum | period |
    | Farm | apples | 100 | summer |
    ## Storage
    | actor | product | initial | final |
    | Farm | apples | 10 | 40 |
    ## Links
    | from | to | product | period | today |
    | Farm | Town | apples | winter | 60 |
    | Farm | Town | apples | summer | 40 |
    ## Needs
    | actor | product | quantity |
    | Town | apples | 50 |
    """


def test_stocks_of_next_years_ends_are_not_asked_of_this_year() -> None:
    """10 in store at the start and 40 at the end would leave 70 to sell: 60 and 40 were sold."""
    seen = as_it_is(STORE)
    assert seen.flow("Farm", "Town", "apples", "winter") == ABOUT(60)
    assert seen.flow("Farm", "Town", "apples", "summer") == ABOUT(40)


TIED = """
    ## Settings
    | setting | value |
    | currency | EUR |
    ## Actors
    | actor | perimeter |
    | Farm | local |
    | Bakery | member |
    | North | local |
    | South | local |
    ## Products
    | product | unit | price |
    | bread | t | 1 |
    ## Offers
    | actor | product |
    | Farm | bread |
    ## Links
    | from | to | product | today |
    {links}
    ## Needs
    | actor | product | quantity |
    {needs}
    """
LINKS = ("| Farm | Bakery | bread | 100 |", "| Bakery | North | bread | 60 |", "| Bakery | South | bread | 60 |")
NEEDS = ("| North | bread | 50 |", "| South | bread | 50 |")


def _carried(read: Chain, plan: Plan) -> Mapping[tuple[str, str], float]:
    sums = plan.flows.groupby("link")["quantity"].sum().to_dict()
    return {(link.from_, link.to): float(sums.get(e, 0.0)) for e, link in enumerate(read.links)}


def test_60_one_answer_whatever_the_order_of_rows() -> None:
    """100 typed in, 60 and 60 typed out: the same 20 are corrected however the rows are shuffled."""
    answers = []
    for seed in range(6):
        draw = random.Random(seed)
        links, needs = draw.sample(LINKS, 3), draw.sample(NEEDS, 2)
        read = chain(TIED.format(links="\n    ".join(links), needs="\n    ".join(needs)))
        solution = today(read)
        assert solution.status is Status.OPTIMAL and solution.plan is not None
        assert certify(read, solution, observed=True).passed
        answers.append(_carried(read, solution.plan))
    assert sum(abs(answers[0][key] - typed) for key, typed in
               {("Farm", "Bakery"): 100, ("Bakery", "North"): 60, ("Bakery", "South"): 60}.items()) == ABOUT(20)  # fmt: skip
    assert all(answer == {key: ABOUT(value) for key, value in answers[0].items()} for answer in answers)
    # Of equal corrections, the one that delivers no more than is wanted: 100 go out.
    assert answers[0]["Farm", "Bakery"] == ABOUT(100)


AIDED = """
    ## Settings
    | setting | value |
    | currency | EUR |
    ## Actors
    | actor | perimeter | sector | balanced_budget | reserve |
    | Workshop | member | sse | wish | 500 |
    | State | external | public | | |
    | Gifts | external | private | | |
    | Town | local | | | |
    ## Products
    | product | unit | price |
    | repair | h | 10 |
    ## Processes
    | process | actor | today | unit_cost |
    | repairing | Workshop | 100 | 110 |
    ## Recipes
    | process | product | output |
    | repairing | repair | 1 |
    ## Links
    | from | to | product | today |
    | Workshop | Town | repair | 100 |
    ## Needs
    | actor | product | quantity |
    | Town | repair | 100 |
    ## Funding
    | funder | actor | maximum | today |
    | State | Workshop | {state} | {had} |
    | Gifts | Workshop | {gifts} | |
    """


@pytest.mark.parametrize(
    ("state", "had", "gifts", "grants", "lacking"),
    [
        # It earns 1 000 of 11 000 and draws on 500: 9 500 are lacking.
        (12000, "", 7000, {"State": 6000, "Gifts": 3500}, 0),  # in proportion to the maxima
        (6000, "", 2000, {"State": 6000, "Gifts": 2000}, 1500),  # and up to them
        ("", "", 3000, {"State": 6500, "Gifts": 3000}, 0),  # equally where one is blank, up to the other
        ("", "", "", {"State": 4750, "Gifts": 4750}, 0),
        (9000, 9000, 4000, {"State": 9000, "Gifts": 500}, 0),
        (9000, 0, 400, {"Gifts": 400}, 9100),  # a typed 0 is zero
    ],
)  # fmt: skip
def test_a_blank_grant_is_what_the_account_lacked(
    state: object, had: object, gifts: object, grants: Mapping[str, float], lacking: float
) -> None:
    plan = as_it_is(AIDED.format(state=state, had=had, gifts=gifts)).plan
    assert dict(zip(plan.grants["funder"], plan.grants["amount"], strict=True)) == {
        name: ABOUT(amount) for name, amount in grants.items()
    }
    left = dict(zip(plan.deficits["actor"], plan.deficits["amount"], strict=True))
    assert left == ({"Workshop": ABOUT(lacking)} if lacking else {})
