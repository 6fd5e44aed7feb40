"""What a look at the whole chain finds, by hand."""

from __future__ import annotations

import pytest

from filiere.chain.read import problems_of, read_chain
from filiere.problems import Severity, WorkbookError
from tests.chain.bread import bread, written
from tests.sheets import problems, workbook

PRODUCTS = """
    | product | unit | price | kind      | kg | may_discard |
    | wheat   | t    | 200   | primary   |    |             |
    | flour   | t    | 500   |           |    |             |
    | bran    | t    | 100   | secondary |    |             |
    | germ    | t    | 900   |           |    |             |
    | hours   | h    | 20    | service   |    |             |"""


def codes(text: str) -> set[tuple[str, str]]:
    """The problems apart from products that nothing mentions."""
    return {found for found in problems(text) if found[0] != "CHK05"}


def test_an_empty_workbook_gets_one_friendly_word() -> None:
    text = written(
        {
            "Actors": "| actor | perimeter | sector |\n| Region | partner | public |",
            "Products": PRODUCTS,
            "Periods": "| period | share |\n| summer | 0.5 |\n| winter | 0.5 |",
            "Profiles": "| profile | kind | summer | winter |\n| harvest | spread | 1 | 0 |",
            "Links": "| from | to | product |",
        }
    )
    assert problems(text) == {("CHK01", "Links")}
    (found,) = problems_of(workbook(text))
    assert "Needs" in found.hint("en")


@pytest.mark.parametrize(
    ("obligation", "code"), [("want", "CHK02"), ("must", "CHK03"), ("outlet", "CHK04"), ("", "CHK02")]
)
def test_a_need_that_nobody_can_reach(obligation: str, code: str) -> None:
    needs = f"| actor | product | quantity | obligation |\n| Shop | flour | 4 | |\n| Farm | flour | 40 | {obligation} |"
    text = bread(Needs=needs)
    assert problems(text) == {(code, "Needs!B3")}
    assert "flour (Farm)" in problems_of(workbook(text))[0].message("en")


def test_reach_looks_all_the_way_back() -> None:
    text = bread(Offers="")
    assert problems(text) == {("CHK02", "Needs!B2")}
    # What is missing is told where the way starts: nobody brings wheat to the farm.
    assert "wheat (Farm)" in problems_of(workbook(text))[0].message("en")
    assert problems(bread(Offers="", Storage="| actor | product | initial |\n| Farm | wheat | 60 |")) == set()
    outside = "| from | to | product |\n| Wholesaler | Mill | wheat |\n| Mill | Shop | flour |"
    assert problems(bread(Offers="", Links=outside)) == set()


WATER = """
    | product | unit | price | kind    |
    | wheat   | t    | 200   | primary |
    | flour   | t    | 500   |         |
    | water   | t    | 2     |         |"""
WET = """
    | process | product | input | output |
    | milling | wheat   | 1     |        |
    | milling | water   | 0.1   |        |
    | milling | flour   |       | 0.8    |"""


def test_an_activity_that_waits_for_what_nobody_has_is_told_where_others_serve_the_need() -> None:
    """A town hall that was to bring water has none: without a word the plan closed the bakery and bought its bread."""
    links = "| from | to | product |\n| Farm | Mill | wheat |\n| Mill | Shop | flour |\n| Wholesaler | Shop | flour |"
    dry = bread(Products=WATER, Recipes=WET, Links=links + "\n| Shop | Mill | water |")
    (found,) = problems_of(workbook(dry))
    assert (found.code, str(found.cell)) == ("CHK34", "Processes!A2")
    assert "nobody can bring water there" in found.message("en")
    assert found.message("fr").endswith("water (Shop).")
    assert problems(bread(Products=WATER, Recipes=WET, Links=links + "\n| Wholesaler | Mill | water |")) == set()
    # Whose need it is tells it already: one thing that is missing is one problem.
    alone = links.replace("\n| Wholesaler | Shop | flour |", "")
    assert problems(bread(Products=WATER, Recipes=WET, Links=alone)) == {("CHK02", "Needs!B2")}


def test_a_link_whose_inside_seller_has_nothing_is_told() -> None:
    links = "| from | to | product |\n| Farm | Mill | wheat |\n| Mill | Shop | flour |\n| Shop | Mill | wheat |"
    (found,) = problems_of(workbook(bread(Links=links)))
    assert (found.code, str(found.cell)) == ("CHK35", "Links!A4")
    assert "sans «\xa0wheat\xa0»" in found.message("fr") and "Shop" in found.message("fr")
    assert problems(bread(Links=links.replace("Shop | Mill", "Wholesaler | Mill"))) == set()


@pytest.mark.parametrize(
    "sheets",
    [
        {"Offers": "| actor | product | maximum |\n| Farm | wheat | 0 |"},
        {"Processes": "| process | actor | capacity |\n| milling | Mill | 0 |"},
        {"Links": "| from | to | product | maximum |\n| Farm | Mill | wheat | |\n| Mill | Shop | flour | 0 |"},
    ],
)
def test_a_zero_stops_everything(sheets: dict[str, str]) -> None:
    assert problems(bread(**sheets)) == {("CHK02", "Needs!B2")}


def test_a_group_that_cannot_be_reached_is_one_problem_that_names_its_actors() -> None:
    actors = "| actor | perimeter | group |\n" + "\n".join(
        f"| {name} | member | {group} |"
        for name, group in (("Farm", ""), ("Mill", ""), ("Shop", ""), ("A", "users"), ("B", "users"))
    )
    needs = "| actor | product | quantity |\n| Shop | flour | 1 |\n| users | flour | 2 |"
    found = problems_of(workbook(bread(Actors=actors, Needs=needs)))
    assert [(p.code, str(p.cell)) for p in found] == [("CHK02", "Needs!B3")]
    assert "A and B" in found[0].message("en")


def test_what_goes_round_is_not_out_of_reach() -> None:
    """Jars come back from those who empty them: quantities decide, not where the first jar came from."""
    text = written(
        {
            "Actors": "| actor | perimeter |\n| Jam maker | member |\n| Town | local |",
            "Products": "| product | unit | price | kind | kg |\n| jar | jar | 1 | secondary | 0.2 |"
            "\n| jam | jar | 5 | | 0.5 |\n| fruit | kg | 2 | | |",
            "Processes": "| process | actor |\n| cooking | Jam maker |",
            "Recipes": "| process | product | input | output |\n| cooking | jar | 1 | |\n| cooking | fruit | 0.4 | |"
            "\n| cooking | jam | | 1 |",
            "Offers": "| actor | product |\n| Jam maker | fruit |",
            "Links": "| from | to | product |\n| Jam maker | Town | jam |\n| Town | Jam maker | jar |",
            "Needs": "| actor | product | quantity | returns | returned |\n| Town | jam | 9 | jar | 1 |",
        }
    )
    assert problems(text) == set()
    once = text.replace("| Town | Jam maker | jar |", "| Jam maker | Town | jar |")
    assert ("CHK02", "Needs!B2") in problems(once)


def test_what_is_delivered_where_nothing_uses_it_is_told() -> None:
    """Whose need was forgotten got nothing, and the mill stood still without a word."""
    links = "| from | to | product | today |\n| Farm | Mill | wheat | |\n| Mill | Shop | flour | |\n| Mill | Wholesaler | flour | |"
    needs = "| actor | product | quantity |\n| Wholesaler | flour | 3 |"
    text = bread(Needs=needs, Links=links)
    (found,) = problems_of(workbook(text))
    assert (found.code, str(found.cell)) == ("CHK36", "Links!B3")
    assert found.message("fr").startswith("Rien n'utilise «\xa0flour\xa0» chez Shop.")
    assert problems(bread(Needs=needs, Links=links, Storage="| actor | product |\n| Shop | flour |")) == set()
    # This year's quantity has its gap told: where it is typed, that is one problem, not two.
    assert "CHK36" not in {
        code for code, _ in problems(text.replace("| Mill | Shop | flour | |", "| Mill | Shop | flour | 5 |"))
    }
    # A mere network of links has no use for anything: that it has no need is told once.
    assert problems(bread(Needs="", Processes="", Recipes="", Offers="")) == {("CHK38", "")}


def test_a_chain_that_nobody_asks_anything_of_is_no_chain_ready_to_plan() -> None:
    """Two exchanges and a mill with no need were found to be in order, and the plan moved nothing."""
    (found,) = problems_of(workbook(bread(Needs="| actor | product | quantity |")))
    assert (found.code, found.severity, str(found.cell)) == ("CHK38", Severity.WARNING, "Needs")
    assert "dans la feuille «\xa0Needs\xa0» qui utilise quoi" in (found.hint("fr") or "")
    assert "CHK38" not in {code for code, _ in problems(bread())}


@pytest.mark.parametrize(("price", "expected"), [(150, {("CHK37", "Links!B4")}), (0, set()), (-20, set())])
def test_what_is_paid_for_and_thrown_away_is_told(price: int, expected: set[tuple[str, str]]) -> None:
    """A farm paid 3 888 € a year for bran that none of its animals ate."""
    recipes = "| process | product | input | output |\n| milling | wheat | 1 | |\n| milling | flour | | 0.8 |"
    links = f"| from | to | product | price |\n| Farm | Mill | wheat | |\n| Mill | Shop | flour | |\n| Mill | Farm | bran | {price} |"
    text = bread(Products=PRODUCTS, Recipes=recipes + "\n| milling | bran | | 0.1 |", Links=links)
    assert {one for one in codes(text) if one[0] != "CHK24"} == expected


IDLE = ("CHK36", "Links!B2")
"""Wheat comes to the mill, which takes in none."""
RECIPES = "| process | product | input | output |\n"


@pytest.mark.parametrize(
    ("recipes", "expected"),
    [
        ("", {("CHK06", "Processes!A2"), ("CHK02", "Needs!B2")}),
        ("| milling | flour | | 1 |", {("CHK07", "Recipes!A2"), IDLE}),
        (
            "| milling | wheat | | 1 |\n| milling | flour | 1 | |",
            {("CHK02", "Needs!B2"), ("CHK11", "Processes!A2"), IDLE},
        ),
        ("| milling | hours | | 1 |", {("CHK02", "Needs!B2"), IDLE}),
        ("| milling | wheat | 1 | |", {("CHK08", "Recipes!A2"), ("CHK02", "Needs!B2")}),
        (
            "| milling | bran | 1 | |\n| milling | flour | | 1.01 |",
            {("CHK09", "Recipes!A2"), ("CHK02", "Needs!B2"), IDLE},
        ),
        ("| milling | bran | 1 | |\n| milling | flour | | 1 |", {("CHK02", "Needs!B2"), IDLE}),
        ("| milling | wheat | 1 | |\n| milling | flour | | 1.7 |", {("CHK09", "Recipes!A2")}),
        # Nature gives what is not weighed to what grows, not to what is made of it.
        (
            "| milling | bran | 1 | |\n| milling | wheat | | 3 |",
            {("CHK02", "Needs!B2"), ("CHK11", "Processes!A2"), ("CHK34", "Processes!A2"), IDLE},
        ),
        (
            "| milling | wheat | 1 | |\n| milling | flour | | 0.8 |\n| milling | germ | | 0.1 |",
            {("CHK11", "Processes!A2")},
        ),
        ("| milling | wheat | 1 | |\n| milling | flour | | 0.8 |\n| milling | bran | | 0.1 |", set()),
    ],
)
def test_recipes_that_cannot_be_right(recipes: str, expected: set[tuple[str, str]]) -> None:
    assert codes(bread(Products=PRODUCTS, Recipes=RECIPES + recipes)) == expected


def test_a_loop_that_yields_more_than_it_takes() -> None:
    processes = (
        "| process | actor | capacity |\n| milling | Mill | 9 |\n| sorting | Mill | 9 |\n| pressing | Mill | 9 |"
    )
    products = """
        | product | unit | price | kind    | kg |
        | wheat   | t    | 200   | primary |    |
        | flour   | t    | 500   |         |    |
        | scraps  | bag  | 1     |         | 1  |
        | sheets  | roll | 1     |         | 1  |"""
    links = """
        | from | to   | product |
        | Farm | Mill | wheat   |
        | Mill | Shop | flour   |
        | Mill | Shop | scraps  |
        | Mill | Shop | sheets  |"""

    def found(back: float) -> list[tuple[str, str]]:
        recipes = f"""
            | process  | product | input | output |
            | milling  | wheat   | 1     |        |
            | milling  | flour   |       | 0.8    |
            | sorting  | scraps  | 2     |        |
            | sorting  | sheets  |       | 1      |
            | pressing | sheets  | 1     |        |
            | pressing | scraps  |       | {back} |"""
        text = bread(Processes=processes, Recipes=recipes, Products=products, Links=links)
        return [
            (str(p.cell), p.message("en")) for p in problems_of(workbook(text)) if p.code == "CHK10"
        ]  # fmt: skip

    assert found(2.0) == []
    ((cell, message),) = found(3.0)
    assert cell in ("Recipes!A4", "Recipes!A6")
    assert "becomes 1.5" in message


def test_products_that_nothing_mentions_are_told_one_by_one_or_together() -> None:
    def rows(count: int) -> str:
        known = "| product | unit | price | kind |\n| wheat | t | 200 | primary |\n| flour | t | 500 | |\n"
        return known + "\n".join(f"| extra {i} | t | 1 | |" for i in range(count))

    assert problems(bread(Products=rows(2))) == {("CHK05", "Products!A4"), ("CHK05", "Products!A5")}
    assert problems(bread(Products=rows(9))) == {("CHK05", "Products!A4")}
    (told,) = (p for p in problems_of(workbook(bread(Products=rows(9)))) if p.code == "CHK05")
    assert told.message("en").startswith(
        "Nothing in the workbook mentions extra 0, extra 1, extra 2, extra 3 and 5 others."
    )
    assert "extra 3 et 5 autres" in told.message("fr")


def test_trap_21_a_price_in_links_and_a_revenue_in_needs() -> None:
    links = "| from | to | product | price |\n| Farm | Mill | wheat | |\n| Mill | Shop | flour | 600 |"
    needs = "| actor | product | quantity | revenue |\n| Shop | flour | 40 | 600 |"
    assert problems(bread(Links=links, Needs=needs)) == {("CHK12", "Needs!D2")}
    assert problems(bread(Needs=needs)) == set()


def test_trap_21_a_harvest_typed_as_availability() -> None:
    text = bread(
        Periods="| period |\n| summer |\n| winter |",
        Profiles="| profile | kind | summer | winter |\n| harvest | availability | 1 | 0 |",
    )
    assert problems(text) == {("CAL03", "Profiles!B2")}


def test_what_has_no_effect_at_outside_actors() -> None:
    text = bread(
        Products=PRODUCTS,
        Needs="| actor | product | quantity | returns | returned |\n| Shop | flour | 40 | | |"
        "\n| Wholesaler | flour | 1 | bran | 0.1 |",
        Links="| from | to | product |\n| Farm | Mill | wheat |\n| Mill | Shop | flour |\n| Mill | Wholesaler | flour |",
        Offers="| actor | product | maximum | unit_cost |\n| Farm | wheat | 100 | 5 |\n| Wholesaler | flour | 9 | 5 |",
        Funding="| funder | actor | maximum |\n| Mill | Wholesaler | 10 |",
    )
    assert codes(text) == {("CHK13", "Needs!D3"), ("CHK14", "Offers!D3"), ("CHK17", "Funding!B2")}


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ("| existing | 5 | | |", {("CHK15", "Processes!E2")}),
        ("| scalable | 5 | | |", {("CHK15", "Processes!E2")}),
        ("| opened | 5 | | |", set()),
        ("| existing | | 5 | |", {("CHK16", "Processes!F2")}),
        ("| candidate | | | 5 |", {("CHK16", "Processes!G2")}),
        ("| scalable | | 5 | 5 |", set()),
    ],
)
def test_costs_that_the_status_ignores(row: str, expected: set[tuple[str, str]]) -> None:
    columns = "| process | actor | capacity | status | investment | expansion_max | expansion_cost |"
    assert problems(bread(Processes=f"{columns}\n| milling | Mill | 100 {row}")) == expected


def test_this_years_figures_above_their_limits() -> None:
    links = (
        "| from | to | product | maximum | today |\n| Farm | Mill | wheat | 9 | 10 |\n| Mill | Shop | flour | 9 | 9 |"
    )
    processes = "| process | actor | capacity | today |\n| milling | Mill | 9 | 10 |"
    assert problems(bread(Links=links, Processes=processes)) == {("CHK18", "Links!E2"), ("CHK18", "Processes!D2")}


def test_figures_too_far_apart() -> None:
    links = (
        "| from | to | product | maximum | price |\n| Farm | Mill | wheat | 1e12 | |\n| Mill | Shop | flour | | 0.01 |"
    )
    assert problems(bread(Links=links)) == {("CHK19", "Links!E3")}


def test_problems_of_every_stage_come_together_worst_first() -> None:
    text = bread(
        Offers="| actor | product | maximum | colour |\n| Farm | wheat | 100 | red |",
        Links="| from | to | product | today | maximum |\n| Farm | Mill | wheat | 3 | 2 |\n| Mil | Shop | flour | | |",
    )
    with pytest.raises(WorkbookError) as refused:
        read_chain(workbook(text))
    assert [p.code for p in refused.value.problems] == ["NAM01", "CHK18", "COL01"]


def test_warnings_stay_with_the_chain() -> None:
    chain = read_chain(workbook(bread(Offers="| actor | product | colour |\n| Farm | wheat | red |")))
    assert [p.code for p in chain.warnings] == ["COL01"]


def test_errors_of_other_scenarios_are_told_once_with_the_scenarios_name() -> None:
    scenarios = """
        | scenario | table  | row          | column   | change | base  |
        | dry      | Needs  | Shop / flour | quantity | x 2    |       |
        | dry      | Links  | Farm / Mill / wheat | minimum | = 300 |  |
        | dry      | Links  | Farm / Mill / wheat | maximum | = 200 |  |
        | drier    | Needs  | Shop / flour | quantity | x 1.5  | dry   |
        | closed   | Offers | Farm / wheat |          | off    |       |"""
    links = "| from | to | product | minimum | maximum | today |\n| Farm | Mill | wheat | | 500 | 400 |\n| Mill | Shop | flour |"
    text = bread(Scenarios=scenarios, Links=links)
    (found,) = problems_of(workbook(text))
    assert (found.code, str(found.cell)) == ("LNK04", "Scenarios!E3")
    assert found.message("en").startswith("In the scenario “dry”: ")
    assert read_chain(workbook(text)).warnings == ()


def test_a_scenario_is_read_by_its_name_with_its_own_warnings() -> None:
    scenarios = """
        | scenario | table  | row                 | column   | change |
        | Dry      | Needs  | Shop / flour        | quantity | x 2    |
        | Dry      | Links  | Farm / Mill / wheat | maximum  | = 10   |
        | closed   | Offers | Farm / wheat        |          | off    |"""
    links = "| from | to | product | maximum | today |\n| Farm | Mill | wheat | 500 | 400 |\n| Mill | Shop | flour |"
    text = bread(Scenarios=scenarios, Links=links)
    dry = read_chain(workbook(text), "DRY")
    assert (dry.scenario, dry.needs[0].quantity) == ("Dry", 80.0)
    assert dry.warnings == ()  # a cut below this year's figure is what the scenario asks for
    assert [p.code for p in read_chain(workbook(text), "closed").warnings] == ["CHK02"]
    assert problems(text) == set()


def test_a_scenario_that_does_not_exist() -> None:
    with pytest.raises(WorkbookError) as refused:
        read_chain(workbook(bread()), "wet")
    assert [p.code for p in refused.value.problems] == ["SCN01"]


STEPS = """| from | to | product | today | maximum | price | transport_cost | note |
| Farm | Mill | wheat | 40 | 60 | 200 | | {first} |
| Farm | Mill | wheat | {today} | 60 | {price} | {cost} | |
| Mill | Shop | flour | | | | | |"""


@pytest.mark.parametrize(
    ("change", "what"),
    [({"price": "210"}, ("price", "prix")), ({"cost": "5"}, ("transport_cost", "coût_transport")),
     ({"first": "old list"}, ("note", "note")), ({"price": "210", "today": "41"}, None), ({"today": "41"}, None)],
)  # fmt: skip
def test_one_exchange_typed_twice_at_another_price(change: dict[str, str], what: tuple[str, str] | None) -> None:
    """Two steps of different sizes are price steps; two of the same size are told with both cells, and both count."""
    filled = STEPS.format(**({"price": "200", "today": "40", "cost": "", "first": ""} | change))
    found = [one for one in problems_of(workbook(bread(Links=filled))) if one.code == "CHK21"]
    assert len(found) == (what is not None)
    for one in found if what else ():
        assert what is not None
        column = {"price": "F", "transport_cost": "G", "note": "H"}[what[0]]
        assert str(one.cell) == f"Links!{column}3"
        assert f"Links!{column}2" in one.message("en") and what[0] in one.message("en").casefold()
        assert f"Links!{column}2" in one.message("fr") and what[1] in one.message("fr").casefold()


def test_one_exchange_typed_twice_with_other_measures_names_them() -> None:
    filled = """| from | to | product | today | measure: hours | measure: trips |
    | Farm | Mill | wheat | 40 | 1 | 3 |
    | Farm | Mill | wheat | 40 | 2 | 3 |
    | Mill | Shop | flour | | | |"""
    (found,) = [one for one in problems_of(workbook(bread(Links=filled))) if one.code == "CHK21"]
    assert "hours" in found.message("en") and "trips" not in found.message("en")
    assert "hours" in found.message("fr") and "trips" not in found.message("fr")


def test_one_exchange_typed_twice_word_for_word_is_told_once() -> None:
    filled = STEPS.format(price="200", today="40", cost="", first="")
    assert {code for code, _ in codes(bread(Links=filled))} == {"CHK20"}


FAMILY = """
    ## Actors
    | actor | perimeter |
    | Dairy | member |
    ## Products
    | product | unit | price | family | stage | kind |
    | butter | t | {butter} | dairy | sold | |
    | cream | t | 4000 | dairy | sold | {kind} |
    ## Processes
    | process | actor |
    | churning | Dairy |
    ## Recipes
    | process | product | output |
    | churning | butter | 1 |
    | churning | cream | 1 |
    """


@pytest.mark.parametrize(
    ("butter", "kind", "told"),
    [(12_001, "", True), (12_000, "", False), (1_333, "", True), (50_000, "secondary", False)],
)
def test_a_family_that_does_not_hold_together_is_told(butter: int, kind: str, told: bool) -> None:
    found = [p for p in problems_of(workbook(FAMILY.format(butter=butter, kind=kind))) if p.code == "CHK25"]
    assert bool(found) is told
    if told:
        assert str(found[0].cell) == ("Products!C2" if butter > 4000 else "Products!C3")
        assert "«\u00a0dairy\u00a0»" in found[0].message("fr")


@pytest.mark.parametrize(("jobs", "price", "told"), [("5.4", 38, True), ("0.00068", 38, False), ("5.4", 0, False)])
def test_jobs_of_a_whole_team_for_one_hour_are_told(jobs: str, price: int, told: bool) -> None:
    team = f"""
        ## Actors
        | actor | perimeter |
        | Team | member |
        ## Products
        | product | unit | price | kind |
        | hour | h | {price} | service |
        ## Processes
        | process | actor | jobs |
        | laying | Team | {jobs} |
        ## Recipes
        | process | product | output |
        | laying | hour | 1 |
        """
    found = [p for p in problems_of(workbook(team)) if p.code == "CHK40"]
    assert [str(p.cell) for p in found] == (["Processes!C2"] if told else [])
    if told:
        said = found[0].message("fr").replace("\u202f", " ").replace("\xa0", " ")
        assert said.startswith(
            "« laying » occupe 5,4 ETP par unité d'activité, qui produit pour 38 € : soit 7 € par an pour chacun."
        )
