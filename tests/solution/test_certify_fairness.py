"""The certificate looks at equal shares by its own route: an exchange at one supplier that would narrow two shares."""

from __future__ import annotations

from dataclasses import replace

import pytest

from filiere.solution.certify.certify import certify
from filiere.solution.solution import Plan
from filiere.solver.solve import solve
from tests.sheets import chain
from tests.solving import best

APPLES = """
    ## Actors
    | actor | perimeter |
    | Farm | member |
    | A | local |
    | B | local |
    ## Products
    | product | unit | price |
    | apples | t | 100 |
    ## Offers
    | actor | product | maximum |
    | Farm | apples | 60 |
    ## Links
    | from | to | product | maximum |
    | Farm | A | apples | {most} |
    | Farm | B | apples | |
    ## Needs
    | actor | product | quantity | importance |
    | A | apples | 60 | 1 |
    | B | apples | 60 | {other} |
    {more}
    """


def gap(plan: Plan, text: str) -> float:
    made = chain(text)
    found = certify(made, replace(solve(made), plan=plan))
    return next(check.residual for check in found.checks if check.name == "equal shares")


def shared(first: float, text: str) -> Plan:
    """The plan in which A has so much and B the rest of 60, whatever the chain."""
    plan = best(text).plan
    amounts = {"A": first, "B": 60.0 - first}
    flows, served, unmet = (frame.copy() for frame in (plan.flows, plan.served, plan.unmet))
    flows["quantity"] = flows["received"] = [amounts[to] for to in flows["to"]]
    served["quantity"] = [amounts[actor] for actor in served["actor"]]
    unmet["quantity"] = [60.0 - amounts[actor] for actor in unmet["actor"]]
    return replace(plan, flows=flows, served=served, unmet=unmet)


PLAIN = APPLES.format(most="", other=1, more="")


def test_equal_shares_pass_and_unequal_ones_do_not() -> None:
    assert gap(best(PLAIN).plan, PLAIN) == 0.0
    # 20 of 60 and 40 of 60: a third between them.
    assert gap(shared(20.0, PLAIN), PLAIN) == pytest.approx(1 / 3, abs=1e-4)
    assert gap(shared(40.0, PLAIN), PLAIN) == pytest.approx(1 / 3, abs=1e-4)


@pytest.mark.parametrize(
    "text",
    [
        APPLES.format(most=20, other=1, more=""),  # no more than 20 can go to A
        APPLES.format(most="", other=2, more=""),  # B comes first
        PLAIN + "## Settings\n| setting | value |\n| fairness | no |\n",
        PLAIN + "## Limits\n| limit | measure | to | sense | value |\n| B | quantity | B | >= | 30 |\n",
    ],
)
def test_what_something_else_decides_is_left_alone(text: str) -> None:
    assert gap(shared(20.0, PLAIN), text) == 0.0


@pytest.mark.parametrize("most", [5, 20, 29])
def test_a_way_that_is_too_narrow_is_filled_first(most: int) -> None:
    text = APPLES.format(most=most, other=1, more="")
    assert gap(best(text).plan, text) == 0.0
    assert gap(shared(most - 4.0, PLAIN), text) == pytest.approx(4 / 60, abs=1e-4)
