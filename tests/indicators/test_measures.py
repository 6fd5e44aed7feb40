"""Each indicator on chains whose figures are worked out by hand."""

from __future__ import annotations

import dataclasses
import math

import numpy as np
import pytest

from filiere.chain.chain import Chain
from filiere.indicators import measure, network, origin
from filiere.indicators.figure import NO_FLOW, TOO_LARGE
from filiere.indicators.multiplier import all_rounds, three_rounds
from filiere.indicators.rules import local_by_rule, local_in_truth
from filiere.pipeline import solve_chain
from filiere.schema import words as w
from filiere.solution.accounts import Accounts
from filiere.solution.solution import Plan
from tests import hand
from tests.sheets import chain as read
from tests.solution import worked


def bakery() -> tuple[Chain, Plan]:
    """A baker buys 60 of flour from the mill, 40 from a trader, 20 of electricity from a public body half outside;
    it sells 300 to the canteen and 100 outside, where a public hospital takes 25 of them, and is granted 80."""
    chain = hand.chain(
        [
            hand.actor("Mill"), hand.actor("Baker"), hand.actor("Canteen", "local", "public", groups=("schools",)),
            hand.actor("Trader", "external"), hand.actor("Grid", "partner", "public"), hand.actor("Shop", "external"),
            hand.actor("Hospital", "external", "public"), hand.actor("State", "external", "public"),
        ],
        [
            hand.product("flour", 2.0, stage="milling"), hand.product("power", 1.0, "service", stage="energy"),
            hand.product("bread", 5.0, stage="baking", family="food"),
        ],
        [
            hand.link("Mill", "Baker", "flour", 2.0), hand.link("Trader", "Baker", "flour", 2.0),
            hand.link("Grid", "Baker", "power", 1.0), hand.link("Baker", "Canteen", "bread", 5.0),
            hand.link("Baker", "Shop", "bread", 5.0), hand.link("Baker", "Hospital", "bread", 5.0),
        ],
        [hand.process("bake", "Baker", {"flour": 0.5, "power": 0.2}, {"bread": 0.8})],
        offers=[hand.offer("Mill", "flour")],
        needs=[hand.need("Canteen", "bread", 75.0), hand.need("Shop", "bread", 25.0)],
        funding=(hand.funding("State", "Baker"), hand.funding("Canteen", "Baker", weight=0.0)),
    )  # fmt: skip
    plan = hand.plan(
        chain, {0: 30.0, 1: 20.0, 2: 20.0, 3: 60.0, 4: 15.0, 5: 5.0}, {("bake", "Baker"): 100.0}, {0: 30.0},
        {0: 60.0, 1: 15.0}, {0: 15.0, 1: 10.0}, grants={0: 80.0, 1: 20.0},
    )  # fmt: skip
    return chain, plan


def test_dependencies_by_hand() -> None:
    found = measure(*bakery()).chain
    purchases = 60 + 40 + 20 + 300
    assert found["purchases"] == pytest.approx(purchases)
    assert found["outside_purchasing_share"] == pytest.approx((40 + 0.5 * 20) / purchases)
    # Final uses: 60 of bread in the canteen at 5, and 100 sold outside.
    uses = 60 * 5 + 100
    assert found["upstream_dependency"] == pytest.approx((40 + 0.5 * 20) / uses)
    assert found["upstream_dependency_public"] == pytest.approx(0.5 * 20 / uses)
    assert found["upstream_dependency_private"] == pytest.approx(40 / uses)
    sales = 300 + 100  # to those who use it, and outside; the baker passes on what the mill's 60 bought
    assert found["downstream_dependency"] == pytest.approx(100 / uses)
    assert found["downstream_dependency_public"] == pytest.approx(25 / uses)
    assert found["funding_dependency"] == pytest.approx(80 / (sales + 100))
    assert found["funding_dependency_private"] == 0.0


def test_self_sufficiency_by_hand() -> None:
    products = measure(*bakery()).products
    assert products.loc["flour", ["production", "imports", "exports", "available"]].tolist() == [30, 20, 0, 50]
    assert products.loc["flour", "self_sufficiency"] == pytest.approx(0.6)
    assert products.loc["flour", "import_dependency"] == pytest.approx(0.4)
    assert products.loc["bread", "self_sufficiency"] == pytest.approx(80 / 60)
    assert products.loc["flour", "hhi"] == pytest.approx(0.6**2 + 0.4**2)
    assert products.loc["power", "hhi"] == 1.0
    assert products.loc["bread", ["served", "unmet", "discarded"]].tolist() == [75, 25, 0]


def test_external_content_by_hand() -> None:
    # 100 of flour, 40 of it from outside, and 20 of power, all of it, make 400 of bread.
    measured = measure(*bakery())
    assert measured.products.loc["bread", "external_content"] == pytest.approx(60 / 400)
    assert math.isnan(measured.products.loc["flour", "external_content"])
    assert measured.chain["local_share"] == pytest.approx(1 - 60 / 400)
    assert measured.groups.loc[("schools", "food"), "local_share"] == pytest.approx(1 - 60 / 400)


def test_what_a_rule_counts_is_of_the_origin_of_each_good_at_each_seller() -> None:
    """The farm grows its apples and resells pears; the shop resells apples: only the farm's apples are of the place."""
    sellers = frozenset({"Farm", "Shop"})
    chain = hand.chain(
        [hand.actor("Abroad", "external"), hand.actor("Shop"), hand.actor("Farm"), hand.actor("Canteen")],
        [hand.product("apples"), hand.product("pears")],
        [
            hand.link("Abroad", "Shop", "apples"), hand.link("Abroad", "Farm", "pears"),
            hand.link("Shop", "Canteen", "apples"), hand.link("Farm", "Canteen", "apples"),
            hand.link("Farm", "Canteen", "pears"), hand.link("Abroad", "Canteen", "pears"),
        ],
        offers=[hand.offer("Farm", "apples")],
        needs=[hand.need("Canteen", "apples", 50.0), hand.need("Canteen", "pears", 50.0)],
        limits=[hand.limit("near", w.LimitMeasure.QUANTITY, ">=", 0.5, basis=w.LimitBasis.PURCHASES, sellers=sellers,
                           buyers=frozenset({"Canteen"}))],
    )  # fmt: skip
    plan = hand.plan(chain, {0: 20.0, 1: 10.0, 2: 20.0, 3: 30.0, 4: 10.0, 5: 40.0}, offers={0: 30.0},
                     served={0: 50.0, 1: 50.0})  # fmt: skip
    accounts = Accounts(chain, plan)
    assert local_by_rule(accounts) == {"near": pytest.approx(60 / 100)}
    assert local_in_truth(accounts, origin.external_content(accounts)) == {"near": pytest.approx(30 / 100)}


def test_the_content_of_each_need_by_hand() -> None:
    contents = measure(*bakery()).needs["external_content"]
    assert contents[0] == pytest.approx(60 / 400)
    assert math.isnan(contents[1])  # the shop stands outside


def test_on_whom_what_is_served_hangs_by_hand() -> None:
    # Bread of 400 takes 100 of flour, 60 of it from the mill, 40 from the trader, and 20 of power, all from the grid.
    found = measure(*bakery()).reliance
    assert found.loc["Baker"].tolist() == pytest.approx([1.0, 1.0])
    assert found.loc["Mill"].tolist() == pytest.approx([60 / 400, 0.6])
    assert found.loc["Trader"].tolist() == pytest.approx([40 / 400, 0.4])
    assert found.loc["Grid"].tolist() == pytest.approx([20 / 400, 1.0])
    # Its own need is no service to others; who only buys or gives brings nothing.
    assert not found.loc[["Canteen", "Shop", "Hospital", "State"]].to_numpy().any()


def test_what_comes_round_counts_once() -> None:
    # Two smiths pass a blank to and fro before one in two is sold: all of it has been in both hands.
    chain = hand.chain(
        [hand.actor("Mine", "external"), hand.actor("One"), hand.actor("Two"), hand.actor("Town", "local")],
        [hand.product("blank", 2.0)],
        [hand.link("Mine", "One", "blank"), hand.link("One", "Two", "blank"), hand.link("Two", "One", "blank"),
         hand.link("Two", "Town", "blank")],
        needs=[hand.need("Town", "blank", 10.0)],
    )  # fmt: skip
    plan = hand.plan(chain, {0: 10.0, 1: 20.0, 2: 10.0, 3: 10.0}, served={0: 10.0})
    found = measure(chain, plan).reliance
    assert found.loc[["Mine", "One", "Two"]].to_numpy() == pytest.approx(np.ones((3, 2)), abs=1e-8)


def test_served_share_by_group() -> None:
    measured = measure(*bakery())
    assert measured.chain["served_share"] == pytest.approx(0.75)
    assert measured.groups.loc[("schools", "*"), "served_share"] == pytest.approx(0.8)
    assert measured.groups.loc[("", "*"), "served_share"] == pytest.approx(0.6)
    assert measured.groups.loc[("schools", "*"), "wanted"] == pytest.approx(375)
    assert math.isnan(measured.groups.loc[("", "*"), "local_share"])  # an outside shop has no origin to speak of


def test_members_by_hand() -> None:
    baker = measure(*bakery()).actors.loc["Baker"]
    assert baker[["receipts", "outlays", "surplus"]].tolist() == [500, 120, 380]
    assert baker["upstream_dependency"] == pytest.approx(50 / 120)
    assert (baker["largest_supplier"], baker["largest_supplier_share"]) == ("Trader", pytest.approx(40 / 120))
    assert (baker["largest_customer"], baker["largest_customer_share"]) == ("Shop", pytest.approx(75 / 400))
    assert (baker["largest_funder"], baker["largest_funder_share"]) == ("State", pytest.approx(80 / 500))
    assert measure(worked.chain(), worked.plan()).actors.loc["Mill", "jobs"] == pytest.approx(44 * 0.1)
    mill = measure(*bakery()).actors.loc["Mill"]
    assert mill["largest_supplier"] == "" and math.isnan(mill["upstream_dependency"])
    assert "Trader" not in measure(*bakery()).actors.index


def test_stages_by_hand() -> None:
    stages = measure(*bakery()).stages
    assert stages.loc["milling", ["production", "imports", "available"]].tolist() == [60, 40, 100]
    assert stages.loc["milling", "upstream_dependency"] == pytest.approx(0.4)
    assert stages.loc["energy", "upstream_dependency_public"] == pytest.approx(0.5)
    assert stages.loc["baking", "downstream_dependency"] == pytest.approx(0.25)
    assert stages.loc["baking", "self_sufficiency"] == pytest.approx(400 / 300)


def test_the_multiplier_by_hand() -> None:
    # The baker brings in 100 + 80 of its 500 and passes 60 of them to the mill, which spends nothing; the canteen, which
    # receives nothing, brings in the 320 that it spends, all of it with the baker.
    found = measure(*bakery()).chain
    assert found["lm3"] == pytest.approx((500 + (180 * 60 / 500 + 320) + 320 * 60 / 500) / 500)
    assert found["local_multiplier"] == pytest.approx(found["lm3"])


def test_local_shares_reach_the_people_of_the_place_and_stop_there() -> None:
    chain = hand.chain(
        [hand.actor("Theatre"), hand.actor("Artist", "local", "household"), hand.actor("Out", "external")],
        [hand.product("show", 100.0, "service"), hand.product("hour", 20.0, "service")],
        [hand.link("Theatre", "Out", "show", 100.0), hand.link("Artist", "Theatre", "hour", 20.0)],
        [hand.process("play", "Theatre", {"hour": 2.0}, {"show": 1.0}, unit_cost=30.0, local_share=0.6),
         hand.process("guide", "Theatre", {}, {}, fixed_cost=50.0)],
        offers=[hand.offer("Artist", "hour", unit_cost=15.0)],
    )  # fmt: skip
    plan = hand.plan(chain, {0: 10.0, 1: 20.0}, {("play", "Theatre"): 10.0}, {0: 20.0})
    found = measure(chain, plan).chain
    # 1 000 comes in: 400 to the artist, 180 to people; of the 400, 300 are the artist's own hours.
    assert found["lm3"] == pytest.approx((1000 + 580 + 300) / 1000)
    assert found["local_multiplier"] == pytest.approx(1.88)
    # 300 + 50 of own costs at the theatre, 300 of the artist's; 50 have no known recipient.
    assert found["unknown_spending_share"] == pytest.approx(50 / (400 + 300 + 50 + 300))


def test_rounds_on_a_matrix() -> None:
    shares = np.array([[0.0, 0.5], [0.4, 0.0]])
    assert three_rounds(shares, [10.0, 0.0]) == pytest.approx((10 + 4 + 2) / 10)
    assert all_rounds(shares) == pytest.approx(np.linalg.inv(np.eye(2) - shares).sum(axis=0))
    endless = np.array([[0.0, 1.0, 0.3], [1.0, 0.0, 0.0], [0.0, 0.0, 0.0]])
    assert np.isnan(all_rounds(endless)).all()
    apart = np.array([[0.0, 1.0, 0.0], [1.0, 0.0, 0.0], [0.0, 0.0, 0.0]])
    assert np.isnan(all_rounds(apart)).tolist() == [True, True, False]


def test_money_that_never_leaves_has_no_sum() -> None:
    chain = hand.chain(
        [hand.actor("A"), hand.actor("B"), hand.actor("C"), hand.actor("Out", "external")], [hand.product("thing")],
        [hand.link("A", "B", "thing"), hand.link("B", "A", "thing"), hand.link("C", "Out", "thing")],
    )  # fmt: skip
    measured = measure(chain, hand.plan(chain, {0: 10.0, 1: 10.0, 2: 2.0}))
    assert measured.actors["local_multiplier"].isna().tolist() == [True, True, False]
    assert measured.chain["local_multiplier"] == 1.0


def test_finn_index_of_a_ring() -> None:
    # 10 enter at the first of three, 5 of the 15 it passes on come back: 15 · 3 pass, n = 15 / 10.
    ring = np.array([[0.0, 15.0, 0.0], [0.0, 0.0, 15.0], [5.0, 0.0, 0.0]])
    assert network.finn_cycling_index(ring, [10.0, 0.0, 0.0]) == pytest.approx(1 / 3)
    assert network.finn_cycling_index(np.zeros((3, 3)), [1.0, 0.0, 0.0]) == 0.0
    assert network.finn_cycling_index(np.zeros((3, 3)), np.zeros(3)) == NO_FLOW
    closed = np.array([[0.0, 1.0], [1.0, 0.0]])
    assert network.finn_cycling_index(closed, [0.0, 0.0]) == pytest.approx(1.0)


def test_finn_index_is_the_same_by_either_way_of_inverting(monkeypatch: pytest.MonkeyPatch) -> None:
    rng = np.random.default_rng(3)
    ring = np.roll(np.diag(rng.uniform(1.0, 9.0, 400)), 1, axis=1)
    enters = rng.uniform(1.0, 5.0, 400)
    full = network.finn_cycling_index(ring, enters)
    monkeypatch.setattr(network, "DENSE", 10)
    assert network.finn_cycling_index(ring, enters) == pytest.approx(full, rel=1e-9)
    monkeypatch.setattr(network, "LARGEST_WORK", 10.0)
    assert network.finn_cycling_index(ring, enters) == TOO_LARGE


def test_returnable_jars_cycle() -> None:
    # A jar weighs 1 kg: 100 full ones go out, 90 come back; 10 new ones are bought each year.
    chain = hand.chain(
        [hand.actor("Packer"), hand.actor("Shop", "local"), hand.actor("Glassworks", "external")],
        [
            hand.product("jar", 1.0, "secondary", unit="jar", kg=1.0), hand.product("new jar", 1.0, unit="jar", kg=1.0),
            hand.product("full jar", 4.0, unit="jar", kg=1.0),
        ],
        [
            hand.link("Packer", "Shop", "full jar", 4.0), hand.link("Shop", "Packer", "jar", 1.0),
            hand.link("Glassworks", "Packer", "new jar", 1.0),
        ],
        [hand.process("pack", "Packer", {"jar": 0.9, "new jar": 0.1}, {"full jar": 1.0})],
        needs=[hand.need("Shop", "full jar", 100.0, returns="jar", returned=0.9)],
    )  # fmt: skip
    plan = hand.plan(chain, {0: 100.0, 1: 90.0, 2: 10.0}, {("pack", "Packer"): 100.0}, served={0: 100.0})
    measured = measure(chain, plan)
    assert measured.chain["circular_use_rate_mass"] == pytest.approx(90 / 100)
    assert measured.chain["loop_closure_mass"] == pytest.approx(1.0)
    # The packer and the shop both pass 100 (10 enter, 90 come back): each time 9 of 10 come round again.
    assert measured.chain["finn_cycling_index_mass"] == pytest.approx(0.9)
    # A returned jar was paid last time: only the new ones are paid outside, 10 of 400.
    assert measured.products.loc["full jar", "external_content"] == pytest.approx(10 / 400)
    # Without new jars nothing is packed, though they are a fortieth of the value; empty jars come of the need itself.
    assert measured.reliance.loc["Glassworks"].tolist() == pytest.approx([10 / 400, 1.0])
    assert measured.reliance.loc[["Packer", "Shop"], "cut"].tolist() == [1.0, 0.0]
    # In value: 90 used again of 100. Of the 400 that pass the packer and the shop, 90 come round.
    assert measured.chain["circular_use_rate_value"] == pytest.approx(90 / 100)
    assert measured.chain["loop_closure_value"] == pytest.approx(1.0)
    assert measured.chain["finn_cycling_index_value"] == pytest.approx(90 / 400)


def test_jars_that_come_back_from_outside_arise_outside() -> None:
    # The café of the place gives back 9 jars, a shop outside 90: of those that arise inside all are used again.
    chain = hand.chain(
        [hand.actor("Packer"), hand.actor("Café", "local"), hand.actor("Shop", "external")],
        [hand.product("jar", 1.0, "secondary", unit="jar", kg=1.0), hand.product("full jar", 4.0, unit="jar", kg=1.0)],
        [
            hand.link("Packer", "Café", "full jar", 4.0), hand.link("Packer", "Shop", "full jar", 4.0),
            hand.link("Café", "Packer", "jar", 1.0), hand.link("Shop", "Packer", "jar", 1.0),
        ],
        [hand.process("pack", "Packer", {"jar": 0.9}, {"full jar": 1.0})],
        needs=[
            hand.need("Café", "full jar", 10.0, returns="jar", returned=0.9),
            hand.need("Shop", "full jar", 100.0, returns="jar", returned=0.9),
        ],
    )  # fmt: skip
    plan = hand.plan(
        chain, {0: 10.0, 1: 100.0, 2: 9.0, 3: 90.0}, {("pack", "Packer"): 110.0}, served={0: 10.0, 1: 100.0}
    )
    assert measure(chain, plan).chain["loop_closure_mass"] == pytest.approx(9 / 9)


def test_by_products_from_outside_close_no_loop() -> None:
    chain = hand.chain(
        [hand.actor("Yard"), hand.actor("Out", "external")],
        [hand.product("scrap", 1.0, "secondary"), hand.product("steel", 5.0)],
        [hand.link("Out", "Yard", "scrap")],
        [
            hand.process("melt", "Yard", {"scrap": 1.0}, {"steel": 1.0}),
            hand.process("wear", "Yard", {"steel": 1.0}, {"scrap": 1.0}),
        ],
    )  # fmt: skip
    plan = hand.plan(chain, {0: 30.0}, {("melt", "Yard"): 40.0, ("wear", "Yard"): 20.0})
    assert measure(chain, plan).chain["loop_closure_mass"] == pytest.approx((40 - 30) / 20)


def test_totals_per_inhabitant() -> None:
    chain = worked.chain()
    settings = dataclasses.replace(chain.settings, inhabitants=2000.0)
    found = measure(dataclasses.replace(chain, settings=settings), worked.plan()).chain
    assert found["jobs_per_1000_inhabitants"] == pytest.approx(2.2)
    assert found["co2"] == pytest.approx((44 * 3 + 35.2) / 1000)
    assert found["tonne_kilometres"] == pytest.approx(35.2 * 10.0)
    assert (found["jobs"], found["net_cost"]) == pytest.approx((4.4, worked.COST))
    assert found["measure: training"] == pytest.approx(2.0 * 44)
    assert found["net_cost_per_inhabitant"] == pytest.approx(worked.COST / 2000)
    assert found["measure: training per inhabitant"] == pytest.approx(0.044)


def test_an_empty_plan_is_blank_with_reasons_never_zero() -> None:
    measured = measure(worked.chain(), hand.plan(worked.chain()))
    # Half of what the mill pays whatever happens leaves the territory, and it is all that is spent.
    assert measured.chain["upstream_dependency"] == pytest.approx(0.5)
    assert measured.chain["downstream_dependency"] == 0.0
    for key in ("outside_purchasing_share", "circular_use_rate_mass", "loop_closure_value",
                "finn_cycling_index_mass", "external_content"):  # fmt: skip
        assert measured.chain[key] is None
        assert measured.reasons[key].fr
    # What it pays without receiving anything it brings in: half of it goes to people of the place, who spend none.
    assert (measured.chain["lm3"], measured.chain["local_multiplier"]) == (1.5, 1.5)
    assert measured.chain["served_share"] == 0.0
    assert math.isnan(measured.products.loc["flour", "self_sufficiency"])


def test_an_unknown_mass_blanks_what_is_counted_in_mass() -> None:
    chain, plan = bakery()
    crates = dataclasses.replace(chain.products["bread"], kg=None, unit="crate")
    measured = measure(dataclasses.replace(chain, products={**chain.products, "bread": crates}), plan)
    for name in ("circular_use_rate", "loop_closure", "finn_cycling_index"):
        assert measured.chain[f"{name}_mass"] is None
        assert "bread" in measured.reasons[f"{name}_mass"].en
    assert measured.chain["circular_use_rate_value"] == 0.0


def test_of_goods_that_go_round_without_any_source_nothing_is_known() -> None:
    chain = hand.chain(
        [hand.actor("A"), hand.actor("B")], [hand.product("thing")],
        [hand.link("A", "B", "thing"), hand.link("B", "A", "thing")],
    )  # fmt: skip
    contents = origin.external_content(Accounts(chain, hand.plan(chain, {0: 5.0, 1: 5.0})))
    assert np.isnan(contents["content"]).tolist() == [True, True]


def test_negative_prices_are_payments_by_the_giver() -> None:
    chain = hand.chain(
        [hand.actor("Mill"), hand.actor("Burner", "external", "public")], [hand.product("waste", 1.0, "secondary")],
        [hand.link("Mill", "Burner", "waste", -20.0)],
    )  # fmt: skip
    measured = measure(chain, hand.plan(chain, {0: 2.0}))
    assert measured.chain["upstream_dependency_public"] == 1.0
    assert measured.chain["downstream_dependency"] == 0.0
    assert measured.actors.loc["Mill", "outlays"] == 40.0


def test_a_product_has_its_own_dependencies_public_and_private_apart() -> None:
    """All that is bought and sold is of some product: their parts add up to the chain's."""
    found = measure(*bakery())
    assert found.products.loc["flour", "upstream_dependency_private"] == pytest.approx(40 / 100)
    assert found.products.loc["power", "upstream_dependency_public"] == pytest.approx(0.5)
    assert found.products.loc["bread", "downstream_dependency_public"] == pytest.approx(25 / 400)
    outside = {"upstream_dependency": 50, "upstream_dependency_public": 10, "upstream_dependency_private": 40,
               "downstream_dependency": 100, "downstream_dependency_public": 25}  # fmt: skip
    for side, money in (("upstream", "purchases"), ("downstream", "sales")):
        by_product = found.products[money]
        assert by_product.sum() == pytest.approx(found.chain[money])
        for key, amount in outside.items():
            if key.startswith(side):
                assert (found.products[key].fillna(0.0) * by_product).sum() == pytest.approx(amount)


def test_what_a_plan_costs_loses_and_could_spare_by_hand() -> None:
    chain, plan = bakery()
    near = hand.limit(
        "local", w.LimitMeasure.VALUE, ">=", 0.5, basis=w.LimitBasis.PURCHASES, sellers=frozenset({"Mill"}),
        buyers=frozenset({"Baker"}),
    )  # fmt: skip
    found = measure(dataclasses.replace(chain, limits=(near,)), plan)
    # 60 bought outside less 100 sold there; the State gives 80, the canteen's 20 stay inside.
    assert found.chain["net_cost"] == pytest.approx(60 - 100)
    assert found.chain["net_cost_after_grants"] == pytest.approx(60 - 100 - 80)
    # The baker is left with 300 + 100 + 100 - 120: it could do without all of its grants.
    assert found.details["spare_grants"] == {"Baker": pytest.approx(100.0)}
    assert found.details["sold_below_cost"] == []
    assert found.details["served_by_group"]["schools"] == pytest.approx(60 / 75)
    assert found.details["local_by_rule"] == {"local": pytest.approx(60 / 120)}
    assert found.details["local_in_truth"] == {"local": pytest.approx(60 / 120)}
    assert found.details["lost_output"] == found.details["lost_by_member"] == {}


def test_inputs_of_a_choice_are_paid_for_before_anything_is_earned() -> None:
    # 10 of stew are sold at 1, and the cooking costs 5: with 4 of pulses at 2 it is 3 short.
    dear = read("""
        ## Actors
        | actor | perimeter |
        | Cook | member |
        | Hall | member |
        | Dealer | external |
        ## Products
        | product | unit | price |
        | lentils | kg | 2 |
        | beans | kg | 2 |
        | stew | kg | 1 |
        ## Processes
        | process | actor | unit_cost |
        | cooking | Cook | 0.5 |
        ## Recipes
        | process | product | input | output | choice |
        | cooking | lentils | 0.4 | | pulses |
        | cooking | beans | 0.4 | | pulses |
        | cooking | stew | | 1 | |
        ## Links
        | from | to | product | price |
        | Dealer | Cook | lentils | 2 |
        | Dealer | Cook | beans | 2 |
        | Cook | Hall | stew | 1 |
        ## Needs
        | actor | product | quantity | obligation |
        | Hall | stew | 10 | must |
    """)
    short = solve_chain(dear).measures.details["sold_below_cost"]
    assert short == [{"process": "cooking", "actor": "Cook", "short": pytest.approx(3.0)}]
