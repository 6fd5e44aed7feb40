"""Indicators of small workbooks where a near miss of their definition gives another figure; each worked out by hand."""

from __future__ import annotations

from filiere.indicators import measure
from filiere.indicators.measures import Measures
from tests.solving import ABOUT, best

COST = """
    ## Objectives
    | rank | objective |
    | 1 | unmet |
    | 2 | cost |
    """


def measured(text: str) -> Measures:
    solved = best(text + COST)
    return measure(solved.chain, solved.plan)


def test_means_of_an_outside_carrier_are_paid_outside() -> None:
    """10 t at 3 places each of a van at 7: 210 of 10 000 used; half of it where the carrier is a partner."""
    hired = """
    ## Actors
    | actor | perimeter | sector |
    | Farm | member | |
    | Town | local | |
    | Van | {carrier} | public |
    ## Products
    | product | unit | price | kind | criticality |
    | vegetables | t | 1000 | | |
    | place | item | 7 | service | 2 |
    ## Offers
    | actor | product | unit_cost |
    | Farm | vegetables | {cost} |
    ## Links
    | from | to | product | price | uses | uses_quantity | carrier |
    | Farm | Town | vegetables | 900 | place | 3 | Van |
    ## Needs
    | actor | product | quantity | obligation |
    | Town | vegetables | 10 | must |
    """
    found = measured(hired.format(carrier="external", cost=100)).chain
    assert found["upstream_dependency"] == ABOUT(210 / 10_000)
    assert found["upstream_dependency_public"] == ABOUT(210 / 10_000)
    found = measured(hired.format(carrier="partner", cost=100)).chain
    assert found["upstream_dependency"] == ABOUT(0.5 * 210 / 10_000)
    # Where more is spent than what is used is worth, the places are part of what is spent.
    found = measured(hired.format(carrier="external", cost=2000)).chain
    assert found["upstream_dependency"] == ABOUT(210 / (20_000 + 210))
