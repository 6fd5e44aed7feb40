"""Rules that count what is delivered, not what a product is called."""

from __future__ import annotations

import random

import pytest

from tests.sheets import chain
from tests.solving import ABOUT, best, refused

FIGURES = [1.0, *(random.Random(seed).uniform(0.3, 3.0) for seed in range(20))]

CANTEEN = """
    ## Actors
    | actor | perimeter |
    | Farm | member |
    | Canteen | member |
    | Wholesaler | external |
    ## Products
    | product | unit | price | labels |
    | vegetables | t | 1000 | {named} |
    ## Offers
    | actor | product | maximum | unit_cost | labels |
    | Farm | vegetables | {grown} | 1500 | |
    | Wholesaler | vegetables | | | {outside} |
    ## Links
    | from | to | product | price | labels |
    | Farm | Canteen | vegetables | {farm_price} | organic |
    | Wholesaler | Canteen | vegetables | 500 | {sold} |
    ## Needs
    | actor | product | quantity | obligation |
    | Canteen | vegetables | {wanted} | must |
    ## Objectives
    | rank | objective |
    | 1 | cost |
    ## Limits
    | limit | measure | to | product | of | sense | value | basis |
    | organic | value | Canteen | organic | vegetables | >= | 20 % | purchases |
    """


def canteen(named: str = "organic", sold: str = "", outside: str = "", wanted: float = 100, grown: float = 90) -> str:
    """Return the workbook: the farm is dearer than the wholesaler, so that only the rule buys there."""
    return (
        CANTEEN.replace("{named}", named).replace("{sold}", sold).replace("{outside}", outside)
        .replace("{wanted}", f"{wanted}").replace("{grown}", f"{grown}").replace("{farm_price}", "2000")
    )  # fmt: skip


def organic(wanted: float) -> float:
    """Return the least that the farm must sell: 2000 x ≥ 0.2 (2000 x + 500 (wanted - x))."""
    return 100 * wanted / 1700


@pytest.mark.parametrize("factor", FIGURES)
def test_36_vegetables_are_not_organic_because_the_product_is_named_so(factor: float) -> None:
    wanted = round(100 * factor, 3)
    offered = round(90 * factor, 3)
    # What the wholesaler sells bears the product's mark unless the link says what it is: none.
    by_name = best(canteen(wanted=wanted, grown=offered))
    assert by_name.flow("Farm", "Canteen", "vegetables") == ABOUT(0, abs=1e-6)
    by_link = best(canteen(sold="none", wanted=wanted, grown=offered))
    assert by_link.flow("Farm", "Canteen", "vegetables") == ABOUT(organic(wanted))


@pytest.mark.parametrize("none", ["none", "aucune", "Aucune", "conventional"])
def test_36_marks_of_the_link_take_the_place_of_the_products(none: str) -> None:
    plan = best(canteen(sold=none))
    assert plan.flow("Farm", "Canteen", "vegetables") == ABOUT(organic(100))


def test_36_an_outside_offer_says_it_for_the_links_that_say_nothing() -> None:
    assert best(canteen(outside="none")).flow("Farm", "Canteen", "vegetables") == ABOUT(organic(100))
    # The link knows better than the offer.
    assert best(canteen(outside="none", sold="organic")).flow("Farm", "Canteen", "vegetables") == ABOUT(0, abs=1e-6)


def test_36_a_mark_that_only_links_bear_decides_a_rule() -> None:
    assert best(canteen(named="")).flow("Farm", "Canteen", "vegetables") == ABOUT(organic(100))


def test_36_a_rule_that_only_the_marks_of_links_refuse_is_a_conflict() -> None:
    solution = refused(canteen(sold="none", grown=3))
    assert solution.conflict is not None


def test_labels_in_french() -> None:
    made = chain("""
        ## Acteurs
        | acteur | périmètre |
        | Ferme | membre |
        | Cantine | membre |
        ## Produits
        | produit | unité | labels |
        | légumes | t | bio |
        ## Ressources disponibles
        | acteur | produit | labels |
        | Ferme | légumes | |
        ## Échanges
        | fournisseur | client | produit | labels |
        | Ferme | Cantine | légumes | aucune |
        ## Besoins
        | acteur | produit | quantité |
        | Cantine | légumes | 1 |
        """)
    assert made.links[0].labels == ()
    assert made.offers[0].labels is None
