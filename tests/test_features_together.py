"""What pools, comes in lots, keeps, waits or is chosen, two by two: each value worked out by hand, each plan certified."""

from __future__ import annotations

import pytest

from tests.solving import ABOUT, Solved, best, refused
from tests.test_traps_means import left_over, trips_of

BASE = """
    ## Actors
    | actor | perimeter |
    | Farm | member |
    | Hub | member |
    | Shop | local |
    | Café | local |
    | Trader | external |
    ## Objectives
    | rank | objective |
    | 1 | cost |
    """

SEASONS = """
    ## Periods
    | period | share |
    | summer | 0.5 |
    | winter | 0.5 |
    """

PLACES = """
    ## Products
    | product | unit | price | kind |
    | crate | item | 20 | |
    | place | item | 1 | service |
    ## Processes
    | process | actor | unit_cost | whole |
    | trip | Hub | 60 | {whole} |
    ## Recipes
    | process | product | output |
    | trip | place | 100 |
    """


def made(plan: Solved, product: str) -> float:
    frame = plan.plan.offers
    return float(frame[frame["product"] == product]["quantity"].sum())


def taken(plan: Solved, product: str) -> float:
    frame = plan.plan.chosen
    return float(frame[frame["product"] == product]["quantity"].sum())


@pytest.mark.parametrize(
    ("lot", "crates", "trips"),
    [
        # 23 crates at 4 places are 92: one trip. In lots of 10 they are 30, which take 120 places: two trips.
        ("", 23.0, 1.0),
        ("10", 30.0, 2.0),
        # In lots of 5, 25 crates fill the trip's 100 places to the last.
        ("5", 25.0, 1.0),
    ],
)
def test_lots_take_the_places_of_what_is_left_over_too(lot: str, crates: float, trips: float) -> None:
    plan = best(BASE + PLACES.format(whole="yes") + f"""
    ## Offers
    | actor | product | maximum | unit_cost |
    | Farm | crate | 100 | 5 |
    ## Links
    | from | to | product | multiple | uses | uses_quantity | carrier |
    | Farm | Shop | crate | {lot} | place | 4 | Hub |
    ## Needs
    | actor | product | quantity | obligation |
    | Shop | crate | 23 | must |
    """)  # fmt: skip
    assert plan.flow("Farm", "Shop", "crate") == ABOUT(crates) and left_over(plan, "crate") == ABOUT(crates - 23)
    assert plan.level("trip") == ABOUT(trips) and plan.value("cost") == ABOUT(5 * crates + 60 * trips)


@pytest.mark.parametrize(
    ("most", "cost"),
    [
        # 8 lots of 10 for the shop and 3 of 10 for the café ride along at 5 a crate, and the round costs 50; the
        # trader asks 20: 110 crates where 76 and 25 are wanted.
        (200, 110 * 5 + 50.0),
        # 100 at the most: eight lots and two, and the trader brings the café five loose ones.
        (100, 100 * 5 + 5 * 20 + 50.0),
    ],
)
def test_a_round_carries_whole_lots(most: int, cost: float) -> None:
    plan = best(BASE + f"""
    ## Products
    | product | unit | price |
    | crate | item | 20 |
    ## Offers
    | actor | product | maximum | unit_cost |
    | Farm | crate | 500 | 5 |
    ## Links
    | from | to | product | multiple | status | round | fixed_cost | round_maximum |
    | Farm | Shop | crate | 10 | candidate | monday | 50 | {most} |
    | Farm | Café | crate | 10 | candidate | monday | | |
    | Trader | Shop | crate | | | | | |
    | Trader | Café | crate | | | | | |
    ## Needs
    | actor | product | quantity | obligation |
    | Shop | crate | 76 | must |
    | Café | crate | 25 | must |
    """)  # fmt: skip
    assert plan.value("cost") == ABOUT(cost)


@pytest.mark.parametrize(
    ("cost", "own"),
    [
        # 20 crates at 4 places and the café's 10 at 2 take one trip of 100 places: 30 × 5 + 60 + the round's own cost,
        # against 30 × 20 from the trader.
        (389, 30.0),
        (391, 0.0),
    ],
)
def test_a_round_is_driven_in_the_common_van(cost: int, own: float) -> None:
    plan = best(BASE + PLACES.format(whole="yes") + f"""
    ## Offers
    | actor | product | maximum | unit_cost |
    | Farm | crate | 500 | 5 |
    ## Links
    | from | to | product | uses | uses_quantity | carrier | status | round | fixed_cost | round_maximum |
    | Farm | Shop | crate | place | 4 | Hub | candidate | monday | {cost} | 100 |
    | Farm | Café | crate | place | 2 | Hub | candidate | monday | | |
    | Trader | Shop | crate | | | | | | | |
    | Trader | Café | crate | | | | | | | |
    ## Needs
    | actor | product | quantity | obligation |
    | Shop | crate | 20 | must |
    | Café | crate | 10 | must |
    """)  # fmt: skip
    assert plan.flow("Farm", "Shop", "crate") + plan.flow("Farm", "Café", "crate") == ABOUT(own)
    assert plan.level("trip") == ABOUT(own / 30)
    assert plan.value("cost") == ABOUT(min(600.0, 150.0 + 60.0 + cost))


SOUP = """
    ## Products
    | product | unit | price | kind |
    | soup | l | 5 | |
    | lentils | kg | 2 | |
    | beans | kg | 2 | |
    | place | item | 1 | service |
    ## Processes
    | process | actor | unit_cost | whole | capacity |
    | cooking | Shop | 0 | {whole} | 50 |
    | trip | Hub | {trip} | | |
    ## Recipes
    | process | product | input | output | choice |
    | cooking | lentils | 4 | | pulses |
    | cooking | beans | 5 | | pulses |
    | cooking | soup | | 20 | |
    | trip | place | | 100 | |
    ## Links
    | from | to | product | price | multiple | uses | uses_quantity | carrier |
    | Trader | Shop | lentils | {lentils} | {lot} | | | |
    | Trader | Shop | beans | 2 | | {uses} |
    ## Needs
    | actor | product | quantity | obligation |
    | Shop | soup | {soup} | must |
    """


def soup(
    whole: str = "", trip: float = 0, lentils: float = 2, lot: object = "", uses: str = "| |", soup: float = 100
) -> Solved:
    return best(BASE + SOUP.format(whole=whole, trip=trip, lentils=lentils, lot=lot, uses=uses, soup=soup))


@pytest.mark.parametrize(
    ("trip", "lentils", "beans"),
    [
        # A run takes 4 kg of lentils at 3 € (12) or 5 of beans at 2 (10) on five places of a trip that has 100.
        (0, 0.0, 25.0),  # 10 a run
        (39, 0.0, 25.0),  # 10 + 5 × 0.39 = 11.95
        (41, 20.0, 0.0),  # 12.05
    ],
)
def test_what_carrying_costs_decides_a_choice(trip: int, lentils: float, beans: float) -> None:
    plan = soup(trip=trip, lentils=3, uses="place | 1 | Hub")
    assert (taken(plan, "lentils"), taken(plan, "beans")) == (ABOUT(lentils), ABOUT(beans))
    assert plan.value("cost") == ABOUT(min(60.0, 50 + 25 * trip / 100))


def test_a_choice_takes_what_a_lot_leaves() -> None:
    # Five runs. Lentils at 1 come in lots of 6 kg: three lots are 18 of the 20 kg that five runs take, a fourth would
    # leave 4 kg over for 6 €. The half run that is left takes 2.5 kg of beans: 5 €.
    plan = soup(lentils=1, lot=6)
    assert (taken(plan, "lentils"), taken(plan, "beans")) == (ABOUT(18.0), ABOUT(2.5))
    assert plan.value("cost") == ABOUT(18 + 5) and left_over(plan, "lentils") == 0.0


def test_whole_runs_of_a_choice_leave_soup_over() -> None:
    # 90 l are four and a half runs of 20, five whole ones: 20 kg of lentils at 2, and 10 l that nobody asked for.
    plan = soup(whole="yes", soup=90)
    assert plan.level("cooking") == ABOUT(5.0) and taken(plan, "lentils") == ABOUT(20.0)
    assert left_over(plan, "soup") == ABOUT(10.0) and plan.value("cost") == ABOUT(40.0)


BREAD = """
    ## Products
    | product | unit | price | shelf_life |
    | bread | kg | 4 | {life} |
    ## Processes
    | process | actor | capacity | unit_cost | minimum_load | whole |
    | baking | Farm | 200 | 1 | {load} | {whole} |
    ## Recipes
    | process | product | output | delay |
    | baking | bread | {out} | {delay} |
    ## Storage
    | actor | product | capacity | cost |
    | {keeper} | bread | 100 | 0.1 |
    ## Links
    | from | to | product | price |
    | Farm | Shop | bread | 4 |
    | Trader | Shop | bread | 6 |
    ## Needs
    | actor | product | quantity | obligation | period |
    | Shop | bread | 20 | must | summer |
    | Shop | bread | 60 | must | winter |
    """


def bread(
    life: object = "", load: object = "", whole: str = "", out: float = 1, delay: object = "", keeper: str = "Farm"
) -> str:
    figures = {"life": life, "load": load, "whole": whole, "out": out, "delay": delay, "keeper": keeper}
    return BASE + SEASONS + BREAD.format(**figures)


@pytest.mark.parametrize(
    ("life", "kept", "cost"),
    [
        # 100 a season, 40 at the least, 20 wanted in summer: 40 and 40, or all 80 in winter (the year goes round). Either
        # way 20 are kept for a season at 0.1.
        ("", 20.0, 80 + 2.0),
        ("1", 20.0, 80 + 2.0),
        # Bread that does not keep at all: summer's is bought.
        ("0", 0.0, 60 + 120.0),
    ],
)
def test_an_oven_that_must_be_filled_bakes_ahead_what_keeps(life: str, kept: float, cost: float) -> None:
    text = bread(life=life, load=0.4)
    if life == "0":
        text = text.replace(
            "    ## Storage\n    | actor | product | capacity | cost |\n    | Farm | bread | 100 | 0.1 |\n", ""
        )
    plan = best(text)
    assert float(plan.plan.stocks["quantity"].sum()) == ABOUT(kept) and plan.value("cost") == ABOUT(cost)
    assert all(level == 0.0 or level >= 40 - 1e-6 for level in trips_of(plan))


@pytest.mark.parametrize(
    ("whole", "runs", "cost"),
    [
        # A run bakes 25. Two seasons of 20 and 60: 0.8 and 2.4 runs.
        ("", (0.8, 2.4), 3.2),
        # Four in the year, 100 kg: what is baked too much is left over.
        ("yes", None, 4.0),
        # Whole in each season, one and three or none and four: four as well, what is not sold kept or left over.
        ("each period", None, 4.0),
    ],
)
def test_whole_runs_of_each_season_fill_the_store(whole: str, runs: tuple[float, float] | None, cost: float) -> None:
    plan = best(bread(out=25, whole=whole).replace("| Trader | Shop | bread | 6 |\n", ""))
    assert sum(trips_of(plan)) == ABOUT(cost)
    if runs:
        assert trips_of(plan) == (ABOUT(runs[0]), ABOUT(runs[1]))
    if whole == "each period":
        assert all(level == ABOUT(round(level), abs=1e-6) for level in trips_of(plan))


def test_a_load_is_reached_by_whole_runs() -> None:
    # 25 runs a season at the most, 40 % are ten; a run bakes 4: winter's 60 are 15 runs, summer's 20 five, too few.
    # Ten in summer would leave 20 kg over, and no more than one run's 4 may be: summer's bread is bought, at 6.
    text = bread(out=4, load=0.4, whole="each period").replace("| baking | Farm | 200 |", "| baking | Farm | 50 |")
    text = text.replace(
        "    ## Storage\n    | actor | product | capacity | cost |\n    | Farm | bread | 100 | 0.1 |\n", ""
    )
    plan = best(text)
    assert trips_of(plan) == (0.0, ABOUT(15.0)) and left_over(plan, "bread") == 0.0
    assert plan.value("cost") == ABOUT(15 + 20 * 6)


@pytest.mark.parametrize(
    ("life", "delay", "made", "cost"),
    [
        # What is put by in summer comes in winter, and round the year: 60 in summer for winter, 20 in winter.
        ("1", "1", (60.0, 20.0), 80.0),
        # Two seasons later is the same season.
        ("1", "2", (20.0, 60.0), 80.0),
    ],
)
def test_what_ripens_keeps_from_the_day_it_is_ripe(
    life: str, delay: str, made: tuple[float, float], cost: float
) -> None:
    plan = best(bread(life=life, delay=delay))
    assert trips_of(plan) == (ABOUT(made[0]), ABOUT(made[1])) and plan.value("cost") == ABOUT(cost)


def test_what_ripens_in_whole_batches() -> None:
    # Batches of 25, whole in each season, one season to ripen: three in summer are winter's 60, one in winter is
    # summer's 20; 5 and 15 left over, or kept.
    plan = best(bread(out=25, delay="1", whole="each period").replace("| Trader | Shop | bread | 6 |\n", ""))
    assert sum(trips_of(plan)) == ABOUT(4.0)
    assert left_over(plan, "bread") == ABOUT(20.0)


STORE = """
    ## Products
    | product | unit | price | kind | shelf_life |
    | apples | t | 1000 | | {life} |
    | pallet | item | 5 | service | |
    ## Offers
    | actor | product | maximum | unit_cost | period |
    | Farm | apples | 30 | 100 | summer |
    | Hub | pallet | {pallets} | 5 | summer |
    ## Links
    | from | to | product | multiple | price |
    | Farm | Shop | apples | | 1000 |
    | Trader | Shop | apples | {lot} | 1000 |
    ## Storage
    | actor | product | uses | uses_quantity | carrier |
    | Farm | apples | pallet | 2 | Hub |
    ## Needs
    | actor | product | quantity | period | obligation |
    | Shop | apples | 20 | winter | must |
    """


@pytest.mark.parametrize(
    ("life", "pallets", "kept"),
    [("", 100, 20.0), ("1", 100, 20.0), ("", 24, 12.0), ("1", 24, 12.0), ("0", 100, 0.0)],
)
def test_a_cold_room_keeps_what_keeps(life: str, pallets: int, kept: float) -> None:
    # Two pallets a tonne in store at summer's end, at 5 each, and 100 a tonne grown; the trader asks 1 000.
    text = BASE + SEASONS + STORE.format(life=life, pallets=pallets, lot="")
    if life == "0":
        text = text.replace("    ## Storage\n    | actor | product | uses | uses_quantity | carrier |\n", "")
        text = text.replace("    | Farm | apples | pallet | 2 | Hub |\n", "")
    plan = best(text)
    assert float(plan.plan.stocks["quantity"].sum()) == ABOUT(kept)
    assert plan.value("cost") == ABOUT(kept * (100 + 2 * 5) + (20 - kept) * 1000)


def test_lots_from_outside_beside_a_full_cold_room() -> None:
    # 12 t fit; of the 8 t that lack, the trader sells lots of 5: two, of which 2 t are left over.
    plan = best(BASE + SEASONS + STORE.format(life="", pallets=24, lot=5))
    assert plan.flow("Trader", "Shop", "apples") == ABOUT(10.0)
    # Only ten tonnes are kept: what the second lot leaves over is paid for anyhow.
    assert float(plan.plan.stocks["quantity"].sum()) == ABOUT(10.0)
    assert plan.value("cost") == ABOUT(10 * 110 + 10_000)


FAMILY = """
    ## Products
    | product | unit | price | family | kind |
    | lentils | kg | 2 | pulses | |
    | beans | kg | 3 | pulses | |
    | place | item | 1 | | service |
    ## Offers
    | actor | product | maximum | unit_cost |
    | Farm | lentils | 100 | 2 |
    | Farm | beans | 100 | 3 |
    | Hub | place | {places} | 0 |
    ## Links
    | from | to | product | multiple | uses | uses_quantity | carrier |
    | Farm | Shop | lentils | {lot} | place | 2 | Hub |
    | Farm | Shop | beans | | place | 1 | Hub |
    ## Needs
    | actor | product | quantity | obligation |
    | Shop | pulses | 40 | must |
    """


@pytest.mark.parametrize(
    ("places", "lot", "lentils", "cost"),
    [
        (1000, "", 40.0, 80.0),
        # 60 places: 20 kg of lentils at two places, 20 of beans at one.
        (60, "", 20.0, 20 * 2 + 20 * 3.0),
        # Lots of 15: two are 30 kg; a third would be paid for 5 that nobody wants: 90 against 60 + 10 × 3.
        (1000, 15, 30.0, 90.0),
        (60, 15, 15.0, 15 * 2 + 25 * 3.0),
    ],
)
def test_a_need_on_a_family_is_served_by_what_can_be_carried(
    places: int, lot: object, lentils: float, cost: float
) -> None:
    plan = best(BASE + FAMILY.format(places=places, lot=lot))
    assert plan.value("cost") == ABOUT(cost)
    if lot != 15 or places == 60:
        assert plan.flow("Farm", "Shop", "lentils") == ABOUT(lentils)


PROJECT = """
    ## Products
    | product | unit | price |
    | jam | kg | 10 |
    ## Processes
    | process | actor | capacity | status | investment | unit_cost | requires | minimum_load | whole |
    | jam making | Farm | 100 | candidate | 50 | 1 | stove | {load} | {whole} |
    | stove | Farm | 100 | candidate | 150 | 100 | | | |
    ## Recipes
    | process | product | output |
    | jam making | jam | 10 |
    | stove | jam | 1 |
    ## Links
    | from | to | product | price |
    | Farm | Shop | jam | 8 |
    | Trader | Shop | jam | 10 |
    ## Needs
    | actor | product | quantity | obligation | period |
    | Shop | jam | {summer} | must | summer |
    | Shop | jam | {winter} | must | winter |
    """


@pytest.mark.parametrize(
    ("load", "whole", "cost"),
    [
        # 305 kg are 30.5 runs at 1, and the two projects 200: bought they would cost 3 050.
        ("", "", 230.5),
        ("", "yes", 231.0),
        # 50 runs a season, 40 % are 20: winter's 300 kg are 30 runs; summer's 5 kg are bought at 10.
        ("0.4", "", 280.0),
    ],
)
def test_a_project_that_waits_runs_well_or_not_at_all(load: str, whole: str, cost: float) -> None:
    plan = best(BASE + SEASONS + PROJECT.format(load=load, whole=whole, summer=5, winter=300))
    assert plan.value("cost") == ABOUT(cost)
    assert {name for name, _ in plan.plan.opened_processes} == {"jam making", "stove"}


RANGE = BASE + PLACES.format(whole="yes") + """
    ## Offers
    | actor | product | maximum | unit_cost |
    | Farm | crate | 100 | 5 |
    ## Links
    | from | to | product | multiple | uses | uses_quantity | carrier |
    | Farm | Shop | crate | 10 | place | 4 | Hub |
    ## Needs
    | actor | product | quantity | obligation |
    | Shop | crate | 23 | must |
    ## Scenarios
    | scenario | table | row | column | change |
    | lots | Links | Farm / Shop / crate | multiple | = 5 to 15 by 5 |
    """  # fmt: skip


@pytest.mark.parametrize(("lot", "crates", "trips"), [(5, 25, 1), (10, 30, 2), (15, 30, 2)])
def test_a_range_of_lot_sizes(lot: int, crates: int, trips: int) -> None:
    plan = best(RANGE, f"lots {lot}")
    assert plan.value("cost") == ABOUT(5 * crates + 60 * trips)


def test_means_of_an_outside_carrier_on_a_round_are_bought_from_it() -> None:
    # 30 crates on a round, two places each at 1: 60 to the trader's haulier, beside the round's 40.
    plan = best(BASE.replace("| Hub | member |", "| Hub | external |") + """
    ## Products
    | product | unit | price | kind |
    | crate | item | 20 | |
    | place | item | 1 | service |
    ## Offers
    | actor | product | maximum | unit_cost |
    | Farm | crate | 500 | 5 |
    | Hub | place | {places} | |
    ## Links
    | from | to | product | uses | uses_quantity | carrier | status | round | fixed_cost | round_maximum |
    | Farm | Shop | crate | place | 2 | Hub | candidate | monday | 40 | 100 |
    | Farm | Café | crate | place | 2 | Hub | candidate | monday | | |
    | Trader | Café | crate | | | | | | | |
    ## Needs
    | actor | product | quantity | obligation |
    | Shop | crate | 20 | must |
    | Café | crate | 10 | must |
    """.replace("{places}", "50"))  # fmt: skip
    # Fifty places are 25 crates: the trader brings five to the café at 20.
    assert plan.flow("Trader", "Café", "crate") == ABOUT(5.0)
    assert plan.value("cost") == ABOUT(25 * 5 + 50 * 1 + 40 + 5 * 20)


def test_too_few_places_for_whole_lots_clash_at_their_cells() -> None:
    text = BASE + PLACES.format(whole="") + """
    ## Offers
    | actor | product | maximum | unit_cost |
    | Farm | crate | 100 | 5 |
    ## Links
    | from | to | product | multiple | uses | uses_quantity | carrier |
    | Farm | Shop | crate | 10 | place | 4 | Hub |
    ## Needs
    | actor | product | quantity | obligation |
    | Shop | crate | 23 | must |
    """  # fmt: skip
    # 30 crates ask for 120 places, one trip has 100; loose ones would fit.
    few = text.replace("| process | actor | unit_cost | whole |", "| process | actor | unit_cost | capacity |")
    few = few.replace("| trip | Hub | 60 |  |", "| trip | Hub | 60 | 1 |")
    cells = {str(one.cell) for one in refused(few).conflict}
    assert {"Links!D2", "Processes!D2", "Needs!C2"} <= cells
    assert best(few.replace("| crate | 10 | place |", "| crate | | place |")).level("trip") == ABOUT(0.92)
