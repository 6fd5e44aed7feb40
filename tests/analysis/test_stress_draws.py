"""Random shocks against what can be reckoned by hand, and the laws of bands."""

from __future__ import annotations

import numpy as np
import pytest

from filiere.analysis.stress.draws import BAND, draw, drawn
from tests.sheets import chain as read
from tests.solving import ABOUT

SHOP = """
    ## Actors
    | actor | perimeter |
    | Shop | member |
    | Near | member |
    | Far | external |
    ## Products
    | product | unit | price |
    | flour | t | 100 |
    ## Offers
    | actor | product | maximum | uncertainty |
    | Near | flour | 40 | 20 % |
    ## Links
    | from | to | product | price | uncertainty |
    | Near | Shop | flour | 100 | |
    | Far | Shop | flour | 300 | 50 % |
    ## Needs
    | actor | product | quantity | obligation | uncertainty |
    | Shop | flour | 50 | must | 40 % |
    ## Objectives
    | rank | objective |
    | 1 | unmet |
    | 2 | cost |
    """


MENU = """
    ## Actors
    | actor | perimeter |
    | Shop | member |
    | Far | external |
    ## Products
    | product | unit | price |
    | beans | t | 100 |
    | lentils | t | 100 |
    | meals | t | 500 |
    ## Processes
    | process | actor |
    | cooking | Shop |
    ## Recipes
    | process | product | input | output | choice | uncertainty |
    | cooking | beans | 0.2 | | pulses | 50 % |
    | cooking | lentils | 0.25 | | pulses | |
    | cooking | meals | | 1 | | |
    ## Links
    | from | to | product |
    | Far | Shop | beans |
    | Far | Shop | lentils |
    ## Needs
    | actor | product | quantity |
    | Shop | meals | 10 |
    """


def test_each_draw_is_reckoned_by_hand() -> None:
    chain = read(SHOP)
    found = draw(chain, 40, seed=3)
    costs, bought = [], 0
    for number in range(40):
        one = drawn(chain, 3, number)
        need, offer, price = one.needs[0].quantity, one.offers[0].maximum, one.links[1].price
        assert need is not None
        assert offer is not None
        assert 30 <= need <= 70
        assert 32 <= offer <= 48
        assert 150 <= price <= 450
        assert one.links[0].price == 100
        costs.append(price * max(0.0, need - offer))
        bought += need > offer
    band = found.bands["cost"]
    assert (band.low, band.middle, band.high) == ABOUT(np.quantile(costs, BAND), rel=1e-6)
    assert band.typed == ABOUT(3000)
    assert found.relations["Far", "Shop", "flour"] == ABOUT(bought / 40)
    assert found.relations["Near", "Shop", "flour"] == 1.0
    assert (found.rows, found.solved, found.failed) == (3, 40, 0)


def test_what_must_be_served_comes_first_where_no_rank_asks_for_it() -> None:
    alone = read(SHOP.replace("| 1 | unmet |\n    | 2 | cost |", "| 1 | cost |"))
    assert alone.objectives != read(SHOP).objectives
    assert draw(alone, 10, seed=3).bands["cost"] == draw(read(SHOP), 10, seed=3).bands["cost"]


def test_a_price_moves_with_its_product_where_it_is_taken_from_it() -> None:
    """Without a price of its own the trader's flour is at the product's, which may be wrong by a half."""
    priced = SHOP.replace("| product | unit | price |\n    | flour | t | 100 |",
                          "| product | unit | price | uncertainty |\n    | flour | t | 100 | 50 % |")  # fmt: skip
    chain = read(priced.replace("| Far | Shop | flour | 300 | 50 % |", "| Far | Shop | flour | | |"))
    one = drawn(chain, 3, 0)
    assert one.products["flour"].price != 100 and one.links[0].price == 100
    assert one.links[1].price == ABOUT(one.products["flour"].price)


def test_the_inputs_of_a_choice_vary_as_other_amounts_do() -> None:
    chain = read(MENU)
    one, typed = (made.processes["cooking", "Shop"] for made in (drawn(chain, 3, 0), chain))
    (beans, lentils), (of_beans, of_lentils) = one.choices["pulses"], typed.choices["pulses"]
    assert beans.quantity != of_beans.quantity == ABOUT(0.2) and 0.1 <= beans.quantity <= 0.3
    assert lentils.quantity == of_lentils.quantity == ABOUT(0.25)
    assert one.outputs == typed.outputs
    # Ten meals are cooked with what takes less of the two, at 100 a tonne.
    less = [min(option.quantity for option in drawn(chain, 3, number).processes["cooking", "Shop"].choices["pulses"])
            for number in range(20)]  # fmt: skip
    band = draw(chain, 20, seed=3).bands["cost"]
    assert (band.low, band.middle, band.high) == ABOUT(np.quantile([1000 * one for one in less], BAND), rel=1e-6)


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_seed_gives_the_same_draws_on_any_number_of_processes(jobs: int) -> None:
    chain = read(SHOP)
    assert draw(chain, 12, seed=5, jobs=jobs) == draw(chain, 12, seed=5)


def test_a_cluster_gives_the_same_draws() -> None:
    distributed = pytest.importorskip("distributed")
    chain = read(SHOP)
    with distributed.LocalCluster(n_workers=1, processes=False, dashboard_address=":0") as cluster:
        found = draw(chain, 12, seed=5, scheduler=cluster.scheduler_address)
    assert found == draw(chain, 12, seed=5)


def test_another_seed_gives_other_draws() -> None:
    chain = read(SHOP)
    assert drawn(chain, 1, 0).needs[0].quantity != drawn(chain, 2, 0).needs[0].quantity


def test_without_uncertainty_there_is_nothing_to_draw() -> None:
    chain = read(SHOP.replace("20 %", "").replace("50 %", "").replace("40 %", ""))
    found = draw(chain, 5, seed=1)
    assert (found.rows, dict(found.bands)) == (0, {})
