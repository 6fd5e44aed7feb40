"""What makes nothing circular: drying, renaming, trading scrap against scrap, burning, empty seats."""

from __future__ import annotations

import random

import pytest

from filiere.indicators.measures import measure
from tests.solving import ABOUT, Solved, best

FIGURES = [random.Random(seed).uniform(0.4, 2.5) for seed in range(20)]
"""What the base case is multiplied by."""


def rate(plan: Solved) -> float:
    """Return the rate that the rank reached; the indicator's must be the same."""
    ranked = plan.value("circularity")
    shown = measure(plan.chain, plan.plan).chain["circular_use_rate_mass"]
    assert (0.0 if shown != shown else shown) == ABOUT(ranked, abs=1e-7)
    return ranked


DRAFF = """
    ## Actors
    | actor | perimeter |
    | Brewery | member |
    | Town | local |
    ## Products
    | product | unit | price | kind |
    | malt | t | 500 | primary |
    | beer | t | 2000 | |
    | draff | t | 20 | secondary |
    | dry draff | t | 80 | secondary |
    ## Offers
    | actor | product | maximum |
    | Brewery | malt | 1000 |
    ## Processes
    | process | actor | unit_cost |
    | brewing | Brewery | 100 |
    | drying | Brewery | 5 |
    ## Recipes
    | process | product | input | output |
    | brewing | malt | 1 | |
    | brewing | beer | | 4 |
    | brewing | draff | | 1.1 |
    | drying | draff | 1 | |
    | drying | dry draff | | 0.25 |
    ## Links
    | from | to | product |
    | Brewery | Town | beer |
    ## Needs
    | actor | product | quantity |
    | Town | beer | {need} |
    """


@pytest.mark.parametrize("factor", [1.0, *FIGURES[:2]])
def test_28_drying_what_is_thrown_away_is_not_circular(factor: float) -> None:
    plan = best(DRAFF.replace("{need}", f"{40 * factor:.3f}"))
    assert plan.level("drying") == ABOUT(0, abs=1e-6)
    assert rate(plan) == 0


SECOND_HAND = """
    ## Actors
    | actor | perimeter |
    | Mill | member |
    | Shop | member |
    | Town | local |
    | Feed trader | external |
    | Collector | external |
    ## Products
    | product | unit | price | kind |
    | wheat | t | 200 | primary |
    | flour | t | 400 | |
    | bran | t | 100 | secondary |
    | old clothes | t | 300 | secondary |
    ## Offers
    | actor | product | maximum |
    | Mill | wheat | 1000 |
    ## Processes
    | process | actor |
    | milling | Mill |
    ## Recipes
    | process | product | input | output |
    | milling | wheat | 1 | |
    | milling | flour | | 0.8 |
    | milling | bran | | 0.2 |
    ## Links
    | from | to | product |
    | Mill | Town | flour |
    | Mill | Feed trader | bran |
    | Collector | Shop | old clothes |
    | Shop | Town | old clothes |
    ## Needs
    | actor | product | quantity |
    | Town | flour | {flour} |
    | Town | old clothes | {clothes} |
    | Feed trader | bran | 1000 |
    """


@pytest.mark.parametrize("factor", [1.0, *FIGURES[:2]])
def test_62_bran_sold_outside_does_not_hide_second_hand_bought_there(factor: float) -> None:
    text = SECOND_HAND.replace("{flour}", f"{400 * factor:.3f}").replace("{clothes}", f"{100 * factor:.3f}")
    plan = best(text)
    assert plan.flow("Collector", "Shop", "old clothes") == ABOUT(100 * factor, rel=1e-4)
    assert rate(plan) == 0


CHIPS = """
    ## Actors
    | actor | perimeter |
    | Forest | member |
    | Press | member |
    | Town | local |
    ## Products
    | product | unit | price | kind | kg |
    | timber | t | 80 | primary | |
    | chips | t | 60 | secondary | |
    | pellets | t | 250 | | |
    | heat | kWh | 0.1 | {heat} | 0 |
    ## Processes
    | process | actor |
    | felling | Forest |
    | chipping | Forest |
    | pressing | Press |
    | burning | Press |
    ## Recipes
    | process | product | input | output |
    | felling | timber | | 1 |
    | chipping | timber | 1 | |
    | chipping | chips | | 1 |
    | pressing | chips | 1 | |
    | pressing | pellets | | 0.95 |
    | burning | chips | 1 | |
    | burning | heat | | 4000 |
    ## Links
    | from | to | product |
    | Forest | Press | chips |
    | Press | Town | pellets |
    | Press | Town | heat |
    ## Needs
    | actor | product | quantity |
    """


def test_62_timber_called_chips_called_pellets_is_not_circular() -> None:
    plan = best(CHIPS.replace("{heat}", "service") + "    | Town | pellets | 95 |\n")
    assert plan.level("pressing") == ABOUT(100)
    assert rate(plan) == 0


@pytest.mark.parametrize("kind", ["service", "product"])
def test_62_a_burner_that_yields_energy_is_not_circular(kind: str) -> None:
    # Offcuts that fall to a sawmill are burnt: energy is recovered, nothing is used again.
    text = CHIPS.replace("{heat}", kind) + "    | Town | heat | 400000 |\n"
    text = text.replace(
        "| chipping | chips | | 1 |", "| chipping | pellets | | 0.5 |\n    | chipping | chips | | 0.5 |"
    )
    text = text.replace("| product | quantity |", "| product | quantity | obligation |")
    plan = best(text.replace("| 400000 |", "| 400000 | want |") + "    | Forest | pellets | | outlet |\n")
    assert plan.level("burning") == ABOUT(100)
    assert rate(plan) == 0


SETS = """
    ## Actors
    | actor | perimeter |
    | Company | member |
    | Public | local |
    ## Products
    | product | unit | price | kind | kg |
    | seat | seat | 20 | service | |
    | cloth | kg | 1 | | |
    | costume | kg | 3 | secondary | |
    ## Offers
    | actor | product | maximum |
    | Company | costume | 1000 |
    | Company | cloth | 1000 |
    ## Processes
    | process | actor | minimum |
    | play | Company | 10 |
    ## Recipes
    | process | product | input | output |
    | play | costume | 5 | |
    | play | cloth | 1 | |
    | play | seat | | 100 |
    ## Links
    | from | to | product |
    | Company | Public | seat |
    ## Needs
    | actor | product | quantity |
    | Public | seat | {seats} |
    """


@pytest.mark.parametrize("seats", [1000, 250, *(int(400 * f) for f in FIGURES[:2])])
def test_09_what_is_used_again_for_seats_counts_as_far_as_seats_are_taken(seats: int) -> None:
    # Ten evenings take 50 kg of costumes and 10 kg of cloth for 1 000 seats, taken or not.
    plan = best(SETS.replace("{seats}", str(seats)))
    evenings = max(10.0, seats / 100)
    used = 5 * seats / 100
    assert plan.level("play") == ABOUT(evenings)
    assert rate(plan) == ABOUT(used / (used + evenings), rel=1e-5)


MILKING = """
    ## Actors
    | actor | perimeter |
    | Farm | member |
    | Reuse shop | member |
    | Town | local |
    ## Products
    | product | unit | price | kind |
    | grass | t | 40 | primary |
    | milk | t | 400 | |
    | jar | t | 900 | secondary |
    ## Offers
    | actor | product | maximum |
    | Farm | grass | {most} |
    | Reuse shop | jar | {jars} |
    ## Processes
    | process | actor | today | unit_cost |
    | milking | Farm | {milk} | {cost} |
    ## Recipes
    | process | product | input | output |
    | milking | grass | {grass} | |
    | milking | milk | | 1 |
    ## Links
    | from | to | product | today |
    | Farm | Town | milk | {milk} |
    | Reuse shop | Town | jar | |
    ## Needs
    | actor | product | quantity | obligation | revenue |
    | Town | milk | {milk} | outlet | 400 |
    | Town | jar | {jars} | want | |
    """


def test_35_milking_is_not_cut_to_raise_the_rate() -> None:
    # 500 t of milk are collected and sold; jars come back and serve a want of 2 t.
    plan = best(MILKING.format(milk=500, jars=2, grass=4, most=5000, cost=300))
    assert plan.level("milking") == ABOUT(500)
    assert rate(plan) == ABOUT(2 / 2002)
