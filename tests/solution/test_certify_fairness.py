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


def test_a_rule_about_something_else_forbids_no_exchange() -> None:
    other = PLAIN + "## Limits\n| limit | measure | sense | value |\n| posts | jobs | <= | 5 |\n"
    assert gap(shared(20.0, PLAIN), other) == pytest.approx(1 / 3, abs=1e-4)
    named = PLAIN + "## Limits\n| limit | measure | to | sense | value |\n| A | quantity | A | <= | 50 |\n"
    assert gap(shared(20.0, PLAIN), named) == 0.0


def test_the_budget_of_somebody_else_forbids_no_exchange() -> None:
    followed = PLAIN.replace("| perimeter |", "| perimeter | balanced_budget |")
    other = followed.replace("| B | local |", "| B | local | |\n    | C | local | yes |")
    assert gap(shared(20.0, PLAIN), other) == pytest.approx(1 / 3, abs=1e-4)
    assert gap(shared(20.0, PLAIN), followed.replace("| B | local |", "| B | local | yes |")) == 0.0


@pytest.mark.parametrize(("kept", "narrowed"), [(1.0, 0.0), (0.95, 2.0), (0.5, 20.0)])
def test_what_must_remain_of_todays_relations_stays(kept: float, narrowed: float) -> None:
    # B has 40 today: 40, 38 or 20 must remain; what it has beyond could go to A, until both have 30.
    text = PLAIN.replace("| product | maximum |", "| product | maximum | today |").replace(
        "| Farm | B | apples | |", "| Farm | B | apples | | 40 |"
    )
    text += f"## Settings\n| setting | value |\n| continuity | {kept} |\n"
    assert gap(shared(20.0, PLAIN), text) == pytest.approx(narrowed / 60, abs=1e-4)


MANY = APPLES.split("    ## Offers", maxsplit=1)[0].replace(
    "    | B | local |", "\n".join(f"    | V{i} | local |" for i in range(12))
)


def test_of_many_shares_with_whole_numbers_the_smallest_are_told_apart() -> None:
    names = ["A", *(f"V{i}" for i in range(12))]
    links = "".join(f"    | Farm | {name} | apples |\n" for name in names)
    wants = "".join(f"    | {name} | apples | 10 |\n" for name in names)
    text = (
        MANY
        + "    ## Offers\n    | actor | product | maximum |\n    | Farm | apples | 65 |\n"
        + "    ## Processes\n    | process | actor | whole |\n    | picking | Farm | yes |\n"
        + "    ## Recipes\n    | process | product | output |\n    | picking | apples | 1000 |\n"
        + f"    ## Links\n    | from | to | product |\n{links}    ## Needs\n    | actor | product | quantity |\n{wants}"
        + "    ## Limits\n    | limit | measure | process | sense | value |\n    | none | level | picking | <= | 0 |\n"
    )
    plan = best(text).plan

    def moved(poor: str, rich: str) -> float:
        """Two units from the one to the other: how far apart two shares then are."""
        flows, served, unmet = (frame.copy() for frame in (plan.flows, plan.served, plan.unmet))
        for frame, column, sign in ((flows, "to", 1), (served, "actor", 1), (unmet, "actor", -1)):
            for name, by in ((poor, -2.0), (rich, 2.0)):
                frame.loc[frame[column] == name, "quantity"] += sign * by
        flows["received"] = flows["quantity"]
        return gap(replace(plan, flows=flows, served=served, unmet=unmet), text)

    assert gap(plan, text) == 0.0
    # 5 of 10 each: one has 3 and another 7, four tenths apart; the poorest is told apart.
    assert moved("A", "V0") == pytest.approx(0.4, abs=1e-4)
