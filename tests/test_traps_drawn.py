"""Traps once more, each with twenty figures of its kind: no rule is tuned to the case that it was found on.

Certifying takes five times what solving such a chain does: all plans are certified where the traps are built, here one
in five.
"""

from __future__ import annotations

import math
import random
import zlib

import pytest

from filiere.analysis.weighing.weigh import weigh
from filiere.chain.read import problems_of
from tests.sheets import chain, workbook
from tests.solving import ABOUT, Solved, as_it_is, best
from tests.test_traps_accounts import lacks, workshop
from tests.test_traps_circular import CHIPS, DRAFF, SECOND_HAND, SETS, rate
from tests.test_traps_fair import shares, villages
from tests.test_traps_means import PALLETS, left_over
from tests.test_traps_money import supermarket
from tests.test_traps_wishes import market

DRAWN = pytest.mark.parametrize("draw", range(20), indirect=True)


def tried(text: str) -> Solved:
    return best(text, certified=in_five(text))


def in_five(text: str) -> bool:
    """Whether a text is among the fifth whose plans are certified, the same ones in every run."""
    return zlib.crc32(text.encode()) % 5 == 0


def about(draw: random.Random, figure: float) -> float:
    """A figure of that size, from a third to three times it."""
    return round(figure * math.exp(draw.uniform(-1.1, 1.1)), 3)


@DRAWN
def test_28_nothing_is_dried_to_look_circular(draw: random.Random) -> None:
    plan = tried(DRAFF.replace("{need}", f"{about(draw, 40)}"))
    assert plan.level("drying") == ABOUT(0, abs=1e-6) and rate(plan) == 0


@DRAWN
def test_30_an_outsiders_wish_is_served_where_it_pays_for_itself(draw: random.Random) -> None:
    # Flour and work cost 600: with what is sold here at 10, nothing is baked below.
    wanted, paid = about(draw, 50), draw.uniform(50, 550)
    plan = tried(supermarket("want", paid=round(paid, 2), wanted=wanted))
    assert plan.level("baking") == ABOUT(10)
    assert plan.unmet("bread") == 0.0


@DRAWN
def test_31_and_71_what_is_short_is_shared_whatever_its_price(draw: random.Random) -> None:
    first, second = about(draw, 100), about(draw, 50)
    there = draw.uniform(0.1, 0.95)
    prices = about(draw, 3), about(draw, 40)
    grown = round(there * (first + second), 6)
    plan = tried(villages(grown, {"School": (first, prices[0], 0), "Banquet": (second, prices[1], 0)}))
    assert shares(plan) == ABOUT([there, there], rel=1e-4)


@DRAWN
def test_52_equal_shares_open_the_only_way_to_a_village(draw: random.Random) -> None:
    grown, cost = about(draw, 60), about(draw, 500_000)
    way = {"B": f"candidate | {grown} | {cost}"}
    plan = tried(villages(grown, {"A": (grown, 100, 0), "B": (grown, 100, 0)}, links=way))
    assert shares(plan) == ABOUT([0.5, 0.5], rel=1e-4)


@DRAWN
def test_53_equal_shares_where_some_is_lost_on_the_way(draw: random.Random) -> None:
    wanted, loss = about(draw, 60), round(draw.uniform(0.001, 0.4), 4)
    plan = tried(villages(wanted, {"A": (wanted, 100, 0), "B": (wanted, 100, loss)}))
    assert shares(plan) == ABOUT([(1 - loss) / (2 - loss)] * 2, rel=1e-4)


@DRAWN
def test_58_flour_comes_in_whole_pallets_and_the_rest_is_left_over(draw: random.Random) -> None:
    # Where little is short of whole pallets, it costs less from the trader, at ten times the price, than one pallet more.
    lot = next(lot for _ in range(99) if 2.4 % (lot := round(draw.uniform(0.3, 2.3), 2)) > 0.3 * lot)
    text = PALLETS.format(milled=10, lot=lot, period="winter", outside=5000)
    pallets = math.ceil(2.4 / lot - 1e-9)
    plan = tried(text)
    assert plan.flow("Mill", "Bakery", "flour") == ABOUT(pallets * lot)
    assert left_over(plan, "flour") == ABOUT(pallets * lot - 2.4, abs=1e-6)


@DRAWN
def test_59_growth_never_leaves_a_need_unserved(draw: random.Random) -> None:
    now, growth = about(draw, 40), round(draw.uniform(0.1, 1.5), 2)
    wanted = round(now * (1 + growth) * draw.uniform(1.1, 3), 3)
    text = market(grown=10 * wanted, wanted=wanted, today=f"{now}", settings=f"| growth_max | {growth} |")
    plan = tried(text.replace("| Wholesaler | Canteen | beans | 500 | |\n", ""))
    most = (1 + growth) * now
    assert plan.flow("Farm", "Canteen", "beans") == ABOUT(wanted, rel=1e-4)
    assert plan.value("rules") == ABOUT((wanted - most) / most, rel=1e-4)


DEPOT = """
    ## Actors
    | actor | perimeter |
    | Farm | member |
    | Depot | member |
    | A | local |
    | B | local |
    ## Products
    | product | unit | price |
    | apples | t | 100 |
    ## Links
    | from | to | product | today |
    """


@DRAWN
def test_60_the_same_correction_whatever_the_order_of_rows(draw: random.Random) -> None:
    out = about(draw, 60)
    came = round(2 * out * draw.uniform(0.4, 0.95), 3)
    rows = [f"| Farm | Depot | apples | {came} |", f"| Depot | A | apples | {out} |", f"| Depot | B | apples | {out} |"]
    ends = "\n    ## Offers\n    | actor | product |\n    | Farm | apples |\n    ## Needs\n"
    ends += "    | actor | product | obligation |\n    | A | apples | outlet |\n    | B | apples | outlet |\n"
    found = set()
    for order in ([0, 1, 2], [2, 1, 0], [1, 2, 0]):
        seen = as_it_is(DEPOT + "\n    ".join(rows[i] for i in order) + ends, certified=False)
        found.add(
            tuple(round(seen.flow(*pair, "apples"), 4) for pair in (("Farm", "Depot"), ("Depot", "A"), ("Depot", "B")))
        )
        # In is out, and no more is moved than the two disagree by.
        assert seen.value("change") == ABOUT(100 * (2 * out - came), rel=1e-4)
    assert len(found) == 1


@DRAWN
def test_62_what_is_sold_does_not_hide_what_is_bought_second_hand(draw: random.Random) -> None:
    flour, clothes = about(draw, 400), about(draw, 100)
    plan = tried(SECOND_HAND.replace("{flour}", f"{flour}").replace("{clothes}", f"{clothes}"))
    assert plan.flow("Collector", "Shop", "old clothes") == ABOUT(clothes, rel=1e-3)
    assert rate(plan) == 0


@DRAWN
def test_62_names_make_nothing_circular(draw: random.Random) -> None:
    pellets = about(draw, 95)
    plan = tried(CHIPS.replace("{heat}", "service") + f"    | Town | pellets | {pellets} |\n")
    assert plan.level("pressing") == ABOUT(pellets / 0.95, rel=1e-4) and rate(plan) == 0


@DRAWN
def test_9_what_is_used_again_counts_as_far_as_it_is_taken(draw: random.Random) -> None:
    seats = round(about(draw, 900))
    plan = tried(SETS.replace("{seats}", str(seats)))
    evenings, used = max(10.0, seats / 100), 5 * seats / 100
    assert rate(plan) == ABOUT(used / (used + evenings), rel=1e-4)


IDLE = """
    ## Actors
    | actor | perimeter |
    | Workshop | member |
    | Town | local |
    ## Products
    | product | unit | price |
    | repairs | job | {price} |
    | apples | t | 100 |
    ## Processes
    | process | actor | today | unit_cost | capacity |
    | repairing | Workshop | {today} | {cost} | {size} |
    ## Recipes
    | process | product | output |
    | repairing | repairs | {made} |
    ## Links
    | from | to | product | price | today |
    | Workshop | Town | repairs | {price} | {sold} |
    | Workshop | Town | apples | 100 | 5 |
    ## Offers
    | actor | product | maximum |
    | Workshop | apples | 10 |
    ## Needs
    | actor | product | quantity |
    | Town | repairs | {wanted} |
    | Town | apples | 5 |
    """


@DRAWN
def test_64_what_no_figure_implies_is_named(draw: random.Random) -> None:
    figures = {"price": about(draw, 100), "cost": about(draw, 50), "size": about(draw, 300), "wanted": about(draw, 90)}
    made = about(draw, 2)

    def named(today: str, sold: str) -> list[str]:
        text = IDLE.format(today=today, sold=sold, made=made, **figures)
        return [str(p.facts["name"]) for p in weigh(chain(text)).problems if p.code == "TDY12"]

    assert named("", "") == ["repairing"]
    assert named(f"{about(draw, 20)}", "") == []
    assert named("", f"{about(draw, 20)}") == []


@DRAWN
def test_67_a_state_aid_without_a_today_stays_in_use(draw: random.Random) -> None:
    # 90 are short on each job; the aid covers what it can of them.
    jobs, aid = about(draw, 100), about(draw, 9_000)
    plan = tried(workshop(jobs, jobs, aid, ""))
    short = 90 * jobs
    assert float(plan.plan.grants["amount"].sum()) == ABOUT(min(aid, short), rel=1e-3)
    assert sum(lacks(plan).values()) == ABOUT(max(0.0, short - aid), rel=1e-3, abs=2.0)


TIP = """
    ## Actors
    | actor | perimeter |
    | Plant | member |
    | City | external |
    ## Products
    | product | unit | price | kind | may_discard | discard_cost |
    | waste | t | 0 | secondary | yes | {tipping} |
    ## Links
    | from | to | product | price | today | maximum |
    | City | Plant | waste | -{fee} | {today} | {most} |
    """


@DRAWN
def test_73_waste_taken_for_a_fee_is_at_most_todays(draw: random.Random) -> None:
    fee, now, most = about(draw, 50), about(draw, 30), about(draw, 200)
    # What the tip costs counts as dependency too: the fee is worth it where it is twice that.
    tipping = round(fee * draw.uniform(0, 0.45), 3)

    def taken(today: str, limit: str = "") -> float:
        text = TIP.format(fee=fee, tipping=tipping, today=today, most=limit)
        return tried(text).flow("City", "Plant", "waste")

    assert taken(f"{now}") == ABOUT(now, rel=1e-4)
    assert taken("") == 0.0
    assert taken(f"{now}", f"{most + now}") == ABOUT(most + now, rel=1e-4)


def test_73_check_asks_for_the_maximum_where_nothing_says_how_much() -> None:
    def asked(**figures: str) -> list[str]:
        text = TIP.format(**{"fee": 50, "tipping": 10, "today": "", "most": ""} | figures)
        return [str(p.cell) for p in problems_of(workbook(text)) if p.code == "CHK24"]

    assert asked() == ["Links!F2"]
    assert asked(today="30") == asked(most="40") == []
    (problem,) = (
        p for p in problems_of(workbook(TIP.format(fee=50, tipping=10, today="", most=""))) if p.code == "CHK24"
    )
    assert problem.message("fr").startswith(
        "«\u00a0City\u00a0» paie «\u00a0Plant\u00a0» pour lui prendre «\u00a0waste\u00a0»"
    )
    assert "may be taken in a year" in problem.hint("en")


BREAD = """
    ## Actors
    | actor | perimeter |
    | Bakery | member |
    | Town | local |
    | Hotel | external |
    ## Products
    | product | unit | price |
    | bread | t | 3000 |
    ## Processes
    | process | actor | today |
    | baking | Bakery | |
    ## Recipes
    | process | product | output |
    | baking | bread | 1 |
    ## Links
    | from | to | product | today |
    | Bakery | Town | bread | {town} |
    | Bakery | Hotel | bread | {hotel} |
    ## Needs
    | actor | product | quantity |
    | Town | bread | {wanted} |
    | Hotel | bread | {outlet} |
    """


@DRAWN
def test_77_next_years_smaller_need_bends_nothing_of_today(draw: random.Random) -> None:
    town, hotel = about(draw, 100), about(draw, 100)
    wanted, outlet = (round(draw.uniform(0.1, 0.9) * figure, 3) for figure in (town, hotel))
    seen = as_it_is(BREAD.format(town=town, hotel=hotel, wanted=wanted, outlet=outlet), certified=False)
    assert seen.flow("Bakery", "Town", "bread") == ABOUT(town)
    assert seen.flow("Bakery", "Hotel", "bread") == ABOUT(hotel)
    assert seen.level("baking") == ABOUT(town + hotel)
