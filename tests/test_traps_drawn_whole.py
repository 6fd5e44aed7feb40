"""Traps of whole numbers, pooled means and keeping, each with twenty figures of its kind, one in five certified."""

from __future__ import annotations

import math
import random
from itertools import product

from tests.solver.test_sizes import DAIRY
from tests.solver.test_wrong_answers import BOARDS, CONCERTS, HAIR
from tests.solving import ABOUT, refused
from tests.test_traps_drawn import DRAWN, about, tried
from tests.test_traps_means import COLD, LETTUCE, MENU, chosen, hub, trips_of


@DRAWN
def test_42_a_looser_rate_lets_the_cleaner_way_come_back(draw: random.Random) -> None:
    # Each way makes all of what is needed or nothing: its minimum is the need. From scraps alone the rate is 1, from
    # both it is the part of scraps.
    needed, scraps, loose = about(draw, 100), round(draw.uniform(0.2, 0.9), 3), round(draw.uniform(0.05, 0.9), 3)
    if abs(1 - scraps - loose) < 0.01:
        loose += 0.05
    text = BOARDS.replace("| 1000 | 100 |", f"| 1000 | {needed} |").replace("| board | 100 |", f"| board | {needed} |")
    text = text.replace("| scraps | 0.6 |", f"| scraps | {scraps} |").replace(
        "| wood | 0.4 |", f"| wood | {1 - scraps:.3f} |"
    )
    plan = tried(text.replace("| circularity | 0.5 |", f"| circularity | {loose} |"))
    clean = 1 - scraps <= loose
    assert plan.level("from both") == ABOUT(needed if clean else 0.0)
    assert plan.level("from scraps") == ABOUT(0.0 if clean else needed)


@DRAWN
def test_43_whole_levels_cost_the_least_within_what_is_left(draw: random.Random) -> None:
    seats, concert, fair = round(about(draw, 700)), about(draw, 7), about(draw, 9)
    text = CONCERTS.replace("| seat | 1000 |", f"| seat | {seats} |")
    text = text.replace("| yes | 7 |", f"| yes | {concert} |").replace("| yes | 9 |", f"| yes | {fair} |")
    text = text.replace("| hour | 500 |", "| hour | 5000 |").replace("| 2 | cost | 0.05 |", "| 2 | cost | 0 |")
    plan = tried(text)
    # Seats that nobody takes may stay empty.
    runs = product(range(seats // 30 + 2), range(seats // 41 + 2))
    least = min(concert * a + fair * b for a, b in runs if 30 * a + 41 * b >= seats)
    assert plan.unmet("seat") == ABOUT(0) and plan.value("cost") == ABOUT(least)
    for process in ("concert", "fair"):
        assert plan.level(process) == ABOUT(round(plan.level(process)), abs=1e-9)


@DRAWN
def test_43_by_a_hair_too_much_is_a_conflict_and_by_less_is_met(draw: random.Random) -> None:
    there = about(draw, 100)
    text = HAIR.replace("| milk | 100 |", f"| milk | {there!r} |")
    too_much, met = there * (1 + 10 ** draw.uniform(-6.5, -2)), there * (1 + 10 ** draw.uniform(-10, -8))
    cells = {str(one.cell) for one in refused(text.format(quantity=repr(too_much))).conflict}
    assert cells == {"Needs!C2", "Offers!C2"}
    assert tried(text.format(quantity=repr(met))).flow("Farm", "Town", "milk") == ABOUT(there)


@DRAWN
def test_44_what_is_as_large_as_one_likes_opens_only_to_run(draw: random.Random) -> None:
    # The dairy costs 100 a year and 1 a tonne, the trader's link 5 a year and 400 a tonne.
    needed, size = round(10 ** draw.uniform(-2, 2), 4), f"{10 ** draw.randint(3, 12)}"
    plan = tried(
        DAIRY.format(size=size, need=needed, obligation="must") + "## Objectives\n| rank | objective |\n| 1 | cost |"
    )
    own, bought = 100 + needed, 5 + 400 * needed
    assert plan.value("cost") == ABOUT(min(own, bought))
    assert plan.level("dairy") == ABOUT(needed if own < bought else 0.0)
    assert len(plan.plan.opened_processes) + len(plan.plan.opened_links) == 1


@DRAWN
def test_45_trips_for_what_a_season_carries_and_none_for_what_it_does_not(draw: random.Random) -> None:
    north, south = draw.randint(1, 90), draw.randint(1, 90)
    text = hub(inside=True).replace("| crate | 100 | 5 |", "| crate | 1000 | 5 |")
    text = text.replace("| North | crate | 12 |", f"| North | crate | {north} |")
    plan = tried(text.replace("| South | crate | 8 |", f"| South | crate | {south} |"))
    trips = math.ceil(30 * (north + south) / 800)
    assert trips_of(plan) == (0.0, ABOUT(trips))
    assert plan.value("cost") == ABOUT(5 * (north + south) + 60 * trips)


@DRAWN
def test_45_a_cold_room_is_shared_by_what_is_worth_most_a_pallet(draw: random.Random) -> None:
    pallets, apples, cheese = (round(about(draw, figure), 2) for figure in (40, 30, 30))
    text = COLD.replace("| pallet | 40 |", f"| pallet | {pallets} |")
    text = text.replace("| apples | 30 |", f"| apples | {apples} |").replace(
        "| cheese | 30 |", f"| cheese | {cheese} |"
    )
    kept = min(cheese, pallets)
    stocks = tried(text).plan.stocks.groupby("product")["quantity"].sum().to_dict()
    assert stocks.get("cheese", 0.0) == ABOUT(kept)
    assert stocks.get("apples", 0.0) == ABOUT(min(apples, (pallets - kept) / 2), abs=1e-6)


@DRAWN
def test_46_what_stands_in_for_lentils_is_taken_in_the_order_of_its_cost(draw: random.Random) -> None:
    lentils, beans, meals = about(draw, 6), about(draw, 10), about(draw, 100)
    text = MENU.format(least="", most="").replace("| lentils | 6 | 3 |", f"| lentils | {lentils} | 3 |")
    text = text.replace("| beans | 1000 | 1 |", f"| beans | {beans} | 1 |").replace(
        "| meal | 100 |", f"| meal | {meals} |"
    )
    of_beans = min(meals, beans / 0.2)
    of_lentils = min(meals - of_beans, lentils / 0.1)
    plan = tried(text)
    assert plan.flow("Kitchen", "School", "meal") == ABOUT(meals)
    assert chosen(plan, "lentils") == ABOUT(0.1 * of_lentils, abs=1e-6)
    assert chosen(plan, "chickpeas") == ABOUT(0.1 * (meals - of_beans - of_lentils), abs=1e-6)


@DRAWN
def test_46_lettuce_is_kept_as_long_as_it_keeps(draw: random.Random) -> None:
    life, wanted, grown = draw.randint(0, 4), about(draw, 80), about(draw, 100)
    text = LETTUCE.format(life=life, keeper=draw.choice(["Garden", "Shop"]), initial="")
    text = text.replace("| lettuce | 80 |", f"| lettuce | {wanted} |").replace(
        "| lettuce | 100 |", f"| lettuce | {grown} |"
    )
    served = min(grown, wanted / 4 * min(4, life + 1))
    assert tried(text).flow("Garden", "Shop", "lettuce") == ABOUT(served)
