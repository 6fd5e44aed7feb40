"""Indicators of small workbooks where a near miss of their definition gives another figure; each worked out by hand."""

from __future__ import annotations

import math

from filiere.indicators import measure
from filiere.indicators.measures import Measures
from tests import hand
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


def test_who_spends_more_than_it_receives_brings_in_the_rest() -> None:
    """Families buy for 12 000 what a farm sold a shop for 9 000; the farm sells 4 000 outside too.

    It pays 3 000 to workers, whose hours cost 300 of household work, and 900 of its own 1 500 on the territory. People
    spend 40 % of what reaches them with the shop. In: 4 000 + 12 000; then 3 900 / 13 000 of the farm's 4 000, and all
    of the families'; then a tenth of the workers' 4 000 · 3 000 / 13 000, 40 % of the people's 4 000 · 900 / 13 000 and
    three quarters of the shop's 12 000.
    """
    found = measured("""
    ## Settings
    | setting | value |
    | household_local_spend | 0.4 |
    ## Actors
    | actor | perimeter | sector |
    | Farm | member | |
    | Shop | member | |
    | Families | local | household |
    | Workers | local | household |
    | Trader | external | |
    ## Products
    | product | unit | price | kind |
    | vegetables | t | 1000 | |
    | hours | h | 20 | service |
    ## Processes
    | process | actor | unit_cost | local_share |
    | grow | Farm | 100 | 0.6 |
    ## Recipes
    | process | product | input | output |
    | grow | hours | 10 | |
    | grow | vegetables | | 1 |
    ## Offers
    | actor | product | maximum | unit_cost |
    | Workers | hours | 10000 | 2 |
    ## Links
    | from | to | product | price |
    | Workers | Farm | hours | 20 |
    | Farm | Shop | vegetables | 900 |
    | Shop | Families | vegetables | 1200 |
    | Farm | Trader | vegetables | 800 |
    ## Needs
    | actor | product | quantity | obligation |
    | Families | vegetables | 10 | must |
    | Trader | vegetables | 5 | must |
    """).chain
    second = 4_000 * 3_900 / 13_000 + 12_000
    third = 0.1 * 4_000 * 3_000 / 13_000 + 0.4 * 4_000 * 900 / 13_000 + 0.75 * 12_000
    assert found["lm3"] == ABOUT((16_000 + second + third) / 16_000)


def test_funding_is_compared_with_what_comes_from_outside_and_from_final_users() -> None:
    """A market sells half of its 20 to the canteen and eats the rest: 10 · 6 from it and 10 · 5 of its own are final.

    The 30 · 1 that the mill sells the baker and the half of the baker's 20 · 5 that is sold on are not.
    """
    found = measured("""
    ## Actors
    | actor | perimeter | sector | balanced_budget |
    | Mill | member | | |
    | Baker | member | sse | yes |
    | Market | local | | |
    | Canteen | local | public | |
    | Region | external | public | |
    | Shop | external | | |
    ## Products
    | product | unit | price |
    | flour | t | 1 |
    | bread | t | 5 |
    ## Processes
    | process | actor | fixed_cost |
    | bake | Baker | 150 |
    ## Recipes
    | process | product | input | output |
    | bake | flour | 1 | |
    | bake | bread | | 1 |
    ## Offers
    | actor | product |
    | Mill | flour |
    ## Links
    | from | to | product | price |
    | Mill | Baker | flour | 1 |
    | Baker | Market | bread | 5 |
    | Market | Canteen | bread | 6 |
    | Baker | Shop | bread | 4 |
    ## Needs
    | actor | product | quantity | obligation | revenue |
    | Market | bread | 10 | must | 2 |
    | Canteen | bread | 10 | must | |
    | Shop | bread | 10 | must | |
    ## Funding
    | funder | actor | maximum | minimum |
    | Region | Baker | 100 | 40 |
    """).chain
    final = 10 * 5 + 10 * 6 + 10 * 4 + 10 * 2
    assert found["funding_dependency"] == ABOUT(40 / (final + 40))
    assert found["funding_dependency_public"] == ABOUT(40 / (final + 40))


def test_sorting_what_is_bought_is_no_production() -> None:
    """Of 50 t bought outside and 26.7 t grown here 69 t are sorted (a tenth is peel), and 10 t bought sorted: 9 t go out.

    Production is what is grown, and the peel, which is of no family; beside the gross ratio of 10 / (10 - 9) the net one.
    """
    found = measured("""
    ## Actors
    | actor | perimeter |
    | Farm | member |
    | Sorter | member |
    | Town | local |
    | Trader | external |
    ## Products
    | product | unit | price | kind | family | stage |
    | raw potatoes | t | 200 | primary | potatoes | field |
    | potatoes | t | 300 | | potatoes | field |
    | peel | t | 10 | secondary | | |
    ## Processes
    | process | actor |
    | sort | Sorter |
    ## Recipes
    | process | product | input | output |
    | sort | raw potatoes | 1 | |
    | sort | potatoes | | 0.9 |
    | sort | peel | | 0.1 |
    ## Offers
    | actor | product |
    | Farm | raw potatoes |
    ## Links
    | from | to | product | minimum | maximum |
    | Farm | Sorter | raw potatoes | | |
    | Trader | Sorter | raw potatoes | 50 | 50 |
    | Sorter | Town | potatoes | | |
    | Trader | Town | potatoes | 10 | 10 |
    | Sorter | Trader | potatoes | 9 | 9 |
    ## Needs
    | actor | product | quantity | obligation |
    | Town | potatoes | 70 | must |
    """).products
    raw = 69 / 0.9
    assert found["production"].tolist() == ABOUT([raw - 50, 0.0, raw / 10])
    assert found.loc["potatoes", "import_dependency"] == ABOUT(10 / (10 - 9))
    assert found.loc["potatoes", "net_import_dependency"] == ABOUT((10 - 9) / (10 - 9))
    assert found.loc["raw potatoes", "self_sufficiency"] == ABOUT((raw - 50) / raw)


BAKERY = """
    ## Actors
    | actor | perimeter |
    | Mill | member |
    | Baker | member |
    | Town | local |
    | Trader | external |
    ## Offers
    | actor | product |
    | Mill | flour |
    """


def test_own_costs_paid_outside_are_external_content() -> None:
    """100 t of bread at 5 take 40 of flour of the place and 60 of bought flour at 1, and 100 of costs, 30 % paid outside.

    Of bread at 1 more is spent than it is worth: 90 of 100 + 100.
    """
    text = (
        BAKERY
        + """
    ## Products
    | product | unit | price |
    | flour | t | 1 |
    | bread | t | {price} |
    ## Processes
    | process | actor | unit_cost | local_share |
    | bake | Baker | 1 | 0.7 |
    ## Recipes
    | process | product | input | output |
    | bake | flour | 1 | |
    | bake | bread | | 1 |
    ## Links
    | from | to | product | price | minimum |
    | Mill | Baker | flour | 1 | 40 |
    | Trader | Baker | flour | 1 | 60 |
    | Baker | Town | bread | 3 | |
    ## Needs
    | actor | product | quantity | obligation |
    | Town | bread | 100 | must |
    """
    )
    assert measured(text.format(price=5)).chain["external_content"] == ABOUT((60 + 30) / 500)
    assert measured(text.format(price=1)).chain["external_content"] == ABOUT((60 + 30) / 200)


def test_inputs_of_a_choice_are_external_content() -> None:
    """A quarter of the pies is made with bought rye at 2, of which one takes half as much: 100 · 0.25 · 0.5 · 2 of 500.

    Without the trader a quarter stops, the mill's flour goes on.
    """
    found = measured(
        BAKERY
        + """
    ## Products
    | product | unit | price |
    | flour | t | 1 |
    | rye | t | 2 |
    | pie | t | 5 |
    ## Processes
    | process | actor |
    | bake | Baker |
    ## Recipes
    | process | product | input | output | choice |
    | bake | flour | 1 | | grain |
    | bake | rye | 0.5 | | grain |
    | bake | pie | | 1 | |
    ## Links
    | from | to | product | price | minimum | maximum |
    | Mill | Baker | flour | 1 | 75 | |
    | Trader | Baker | rye | 2 | 12.5 | |
    | Baker | Town | pie | 3 | | |
    ## Needs
    | actor | product | quantity | obligation |
    | Town | pie | 100 | must |
    """
    )
    assert found.chain["external_content"] == ABOUT(25 / 500)
    assert found.reliance.loc["Trader"].tolist() == ABOUT([25 / 500, 0.25])
    assert found.reliance.loc["Mill"].tolist() == ABOUT([75 / 500, 0.75])


def test_a_need_on_a_family_is_of_the_origin_of_what_serves_it() -> None:
    """40 t of peas of the place, 20 bought ones, 30 of bought beans: 20 · 100 + 30 · 300 of 15 000 come from outside.

    Nothing is made, and all that is bought is finally used: a grant of 600 beside 4 400.
    """
    found = measured("""
    ## Actors
    | actor | perimeter | balanced_budget |
    | Farm | member | yes |
    | Town | local | |
    | Trader | external | |
    | Region | external | |
    ## Products
    | product | unit | price | family |
    | peas | t | 100 | pulses |
    | beans | t | 300 | pulses |
    ## Offers
    | actor | product | maximum |
    | Farm | peas | 40 |
    ## Links
    | from | to | product | price | minimum |
    | Farm | Town | peas | 110 | 40 |
    | Trader | Town | peas | 90 | 20 |
    | Trader | Town | beans | 300 | 30 |
    ## Needs
    | actor | product | quantity | obligation |
    | Town | pulses | 90 | must |
    ## Funding
    | funder | actor | maximum | minimum |
    | Region | Farm | 8000 | 600 |
    """)
    assert found.chain["external_content"] == ABOUT(11_000 / 15_000)
    assert found.groups.loc[("", "*"), "local_share"] == ABOUT(4_000 / 15_000)
    assert found.chain["funding_dependency"] == ABOUT(600 / (4_400 + 600))
    assert found.products["production"].sum() == ABOUT(40)


def test_what_is_served_of_goods_that_go_round_without_any_source_is_blank() -> None:
    """Of the town's two goods one goes round between two members and comes from nowhere: the other one alone counts."""
    chain = hand.chain(
        [hand.actor("A"), hand.actor("B"), hand.actor("Trader", "external")],
        [hand.product("thing"), hand.product("peas")],
        [hand.link("A", "B", "thing"), hand.link("B", "A", "thing"), hand.link("Trader", "A", "peas")],
        needs=[hand.need("A", "thing", 1.0), hand.need("A", "peas", 3.0)],
    )  # fmt: skip
    found = measure(chain, hand.plan(chain, {0: 5.0, 1: 5.0, 2: 3.0}, served={0: 1.0, 1: 3.0}))
    assert math.isnan(found.needs.loc[0, "external_content"])
    assert found.chain["external_content"] == 1.0


def test_nothing_of_what_stood_in_store_was_paid_outside() -> None:
    """Of 100 t of bread, 40 stood in store and 60 were bought of a trader."""
    found = measured(
        BAKERY
        + """
    ## Products
    | product | unit | price |
    | flour | t | 1 |
    | bread | t | 5 |
    ## Storage
    | actor | product | initial |
    | Baker | bread | 40 |
    ## Links
    | from | to | product | price |
    | Trader | Baker | bread | 3 |
    | Baker | Town | bread | 5 |
    ## Needs
    | actor | product | quantity | obligation |
    | Town | bread | 100 | must |
    """
    )
    assert found.chain["external_content"] == ABOUT(0.6)


def test_all_of_what_a_tip_costs_is_paid_outside_whatever_is_spent_on_the_place() -> None:
    """Bread of 1 000 costs 100, nine tenths of it on the place, and 20 t of bran that go to the tip at 5."""
    found = measured(
        BAKERY
        + """
    ## Products
    | product | unit | price | kind | discard_cost |
    | flour | t | 1 | | |
    | bread | t | 10 | | |
    | bran | t | 1 | waste | 5 |
    ## Processes
    | process | actor | unit_cost | local_share |
    | bake | Baker | 1 | 0.9 |
    ## Recipes
    | process | product | input | output |
    | bake | flour | 1 | |
    | bake | bread | | 1 |
    | bake | bran | | 0.2 |
    ## Links
    | from | to | product | price |
    | Mill | Baker | flour | 1 |
    | Baker | Town | bread | 10 |
    ## Needs
    | actor | product | quantity | obligation |
    | Town | bread | 100 | must |
    """
    ).chain
    assert found["upstream_dependency"] == ABOUT((10 + 100) / 1_000)
    assert found["upstream_dependency_public"] == 0.0


def test_what_an_outsider_pays_to_have_taken_is_not_bought() -> None:
    """50 t of peelings worth 30 come with a fee; compost of 50 costs 50 to make, two fifths of it paid outside."""
    found = measured(
        BAKERY
        + """
    ## Products
    | product | unit | price |
    | flour | t | 1 |
    | peelings | t | 30 |
    | compost | t | 1 |
    ## Processes
    | process | actor | unit_cost | local_share |
    | rot | Baker | 1 | 0.6 |
    ## Recipes
    | process | product | input | output |
    | rot | peelings | 1 | |
    | rot | compost | | 1 |
    ## Links
    | from | to | product | price | maximum |
    | Trader | Baker | peelings | -2 | 50 |
    | Baker | Town | compost | 1 | |
    ## Needs
    | actor | product | quantity | obligation |
    | Town | compost | 50 | must |
    """
    ).chain
    assert found["upstream_dependency"] == ABOUT(20 / 50)


def test_what_outsiders_are_paid_to_take_is_not_sold() -> None:
    """The baker of 100 t of bread pays 2 a tonne to be rid of 20 t of bran, which is no by-product."""
    found = measured(
        BAKERY
        + """
    ## Products
    | product | unit | price |
    | flour | t | 1 |
    | bread | t | 10 |
    | bran | t | 1 |
    ## Processes
    | process | actor |
    | bake | Baker |
    ## Recipes
    | process | product | input | output |
    | bake | flour | 1 | |
    | bake | bread | | 1 |
    | bake | bran | | 0.2 |
    ## Links
    | from | to | product | price |
    | Mill | Baker | flour | 1 |
    | Baker | Town | bread | 10 |
    | Baker | Trader | bran | -2 |
    ## Needs
    | actor | product | quantity | obligation |
    | Town | bread | 100 | must |
    """
    ).chain
    assert found["downstream_dependency"] == 0.0
    assert found["upstream_dependency"] == ABOUT(40 / 1_000)
