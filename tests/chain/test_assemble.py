"""Names, groups, duplicates and units: what every row goes through."""

from __future__ import annotations

import pytest

from filiere.chain.read import Book, problems_of
from filiere.schema import words as w
from tests.chain.bread import bread
from tests.sheets import chain, problems, workbook


def test_the_tiny_chain_is_right_as_it_stands() -> None:
    assert problems(bread()) == set()
    bread_chain = chain(bread())
    assert list(bread_chain.actors) == ["Farm", "Mill", "Shop", "Wholesaler"]
    assert [actor.weight for actor in bread_chain.actors.values()] == [0.0, 0.0, 0.0, 1.0]
    assert [period.share for period in bread_chain.periods] == [1.0]


def test_names_match_whatever_their_case_and_spaces_and_keep_their_declared_spelling() -> None:
    links = """
        | from     | to   | product |
        | " farm " | MILL | Wheat   |
        | mill     | shop | FLOUR   |"""
    keys = [link.key[:3] for link in chain(bread(Links=links)).links]
    assert keys == [("Farm", "Mill", "wheat"), ("Mill", "Shop", "flour")]


def test_an_unknown_name_is_an_error_at_its_cell_with_the_nearest_known_one() -> None:
    links = """
        | from | to   | product |
        | Farm | Mill | wheat   |
        | Mil  | Shop | flour   |"""
    found = problems_of(workbook(bread(Links=links)))
    assert [(p.code, str(p.cell)) for p in found] == [("NAM01", "Links!A3")]
    assert "“Mill”" in found[0].hint("en")
    assert "« Mill »".replace(" ", "\u00a0") in found[0].hint("fr")


def test_a_name_that_a_refused_row_would_have_declared_accuses_nobody_else() -> None:
    products = """
        | product | unit | price |
        | wheat   | t    | 200   |
        | flour   | t    | cheap |"""
    assert problems(bread(Products=products)) == {("NUM01", "Products!C3")}


def test_two_rows_with_one_key_are_an_error_that_names_both() -> None:
    actors = """
        | actor | perimeter |
        | Farm  | member    |
        | Mill  | member    |
        | Shop  | member    |
        | farm  | external  |"""
    (found,) = problems_of(workbook(bread(Actors=actors)))
    assert (found.code, str(found.cell)) == ("NAM03", "Actors!A5")
    assert "Actors!A2" in found.message("en")


@pytest.mark.parametrize(
    ("sheet", "rows", "cell"),
    [
        ("Products", "| product | unit |\n| wheat | t |\n| flour | t |\n| Flour | kg |", "Products!A4"),
        ("Processes", "| process | actor |\n| milling | Mill |\n| Milling | mill |", "Processes!A3"),
        ("Periods", "| period |\n| Summer |\n| Winter |\n| summer |", "Periods!A4"),
        ("Profiles", "| profile | kind | year |\n| even | spread | 1 |\n| Even | spread | 1 |", "Profiles!A3"),
        ("Storage", "| actor | product |\n| Mill | flour |\n| mill | flour |", "Storage!A3"),
        ("Limits", "| limit | measure | sense | value |\n| a | jobs | <= | 1 |\n| A | jobs | <= | 2 |", "Limits!A3"),
        ("Objectives", "| rank | objective |\n| 1 | cost |\n| 2 | Coût |", "Objectives!B3"),
    ],
)
def test_duplicates_of_every_keyed_table(sheet: str, rows: str, cell: str) -> None:
    assert ("NAM03", cell) in problems(bread(**{sheet: rows}))


def test_a_name_may_not_be_an_actor_and_a_group() -> None:
    actors = """
        | actor | perimeter | group |
        | Farm  | member    | mill  |
        | Mill  | member    |       |
        | Shop  | member    |       |"""
    assert problems(bread(Actors=actors)) == {("NAM04", "Actors!C2")}


def test_written_units_are_converted_to_the_products_own() -> None:
    links = """
        | from | to   | product | maximum  | price     | transport_cost | co2        |
        | Farm | Mill | wheat   | 50000 kg | 0.2 €/kg  | 3              |            |
        | Mill | Shop | flour   | 40 t/an  | 500 €     | 0.01 €/kg      | 2 g CO2/kg |"""
    wheat, flour = chain(bread(Links=links)).links
    assert (wheat.maximum, wheat.price, wheat.transport_cost) == pytest.approx((50.0, 200.0, 3.0))
    assert (flour.maximum, flour.price, flour.transport_cost) == pytest.approx((40.0, 500.0, 10.0))
    assert flour.co2 == pytest.approx(2.0)


def test_a_unit_of_another_dimension_is_an_error() -> None:
    offers = """
        | actor | product | maximum |
        | Farm  | wheat   | 100 h   |"""
    assert problems(bread(Offers=offers)) == {("UNI01", "Offers!C2")}


def test_a_need_of_a_group_is_one_of_each_of_its_actors() -> None:
    actors = """
        | actor | perimeter | group       |
        | Farm  | member    |             |
        | Mill  | member    | shops       |
        | Shop  | member    | shops; town |"""
    needs = """
        | actor | product | quantity | importance |
        | shops | flour   | 40       | 2          |"""
    found = chain(bread(Actors=actors, Needs=needs)).needs
    assert [(need.actor, need.quantity, need.importance) for need in found] == [("Mill", 40, 2), ("Shop", 40, 2)]


def test_a_budget_is_wished_where_funding_names_an_inside_actor() -> None:
    funding = """
        | funder     | actor | maximum | dependency_weight |
        | Wholesaler | Mill  | 1000    |                   |
        | Wholesaler | Shop  | 1000    | 0.2               |"""
    actors = """
        | actor      | perimeter | balanced_budget |
        | Farm       | member    |                 |
        | Mill       | member    |                 |
        | Shop       | member    | no              |
        | Wholesaler | external  |                 |"""
    found = chain(bread(Actors=actors, Funding=funding))
    assert [actor.budget for actor in found.actors.values()] == [
        w.Budget.NO, w.Budget.WISH, w.Budget.NO, w.Budget.NO,
    ]  # fmt: skip
    assert [grant.weight for grant in found.funding] == [1.0, 0.2]


def test_funding_is_tied_to_the_receivers_own_process_of_that_name() -> None:
    funding = """
        | funder     | actor | process | unit_amount |
        | Wholesaler | Mill  | milling | 10          |
        | Wholesaler | Farm  | milling | 10          |
        | Wholesaler | Farm  |         | 10          |"""
    processes = """
        | process | actor | capacity |
        | milling | Mill  | 100      |
        | milling | Shop  | 100      |"""
    text = bread(Funding=funding, Processes=processes)
    assert {("FUN01", "Funding!C4"), ("FUN03", "Funding!C3")} <= problems(text)
    granted = chain(bread(Funding="\n".join(funding.splitlines()[:3]), Processes=processes)).funding
    assert [grant.processes for grant in granted] == [(("milling", "Mill"),)]


@pytest.mark.parametrize(
    ("needs", "expected"),
    [
        ("| actor | product | quantity |\n| Shop | flour | |", {("NED01", "Needs!C2")}),
        ("| actor | product | obligation |\n| Shop | flour | outlet |", set()),
        ("| actor | product | obligation |\n| Shop | flour | must |", {("NED01", "Needs!A2")}),
        ("| actor | product | quantity | returned |\n| Shop | flour | 1 | 1 |", {("NED02", "Needs!A2")}),
        ("| actor | product | quantity | returns |\n| Shop | flour | 1 | wheat |", {("NED03", "Needs!A2")}),
    ],
)
def test_needs_must_be_whole(needs: str, expected: set[tuple[str, str]]) -> None:
    assert problems(bread(Needs=needs)) == expected


@pytest.mark.parametrize(
    ("row", "code", "cell"),
    [
        ("| Mill | hours | | | | |", "STO01", "Storage!B2"),
        ("| Mill | flour | | 0.1 | | |", "STO02", "Storage!C2"),
        ("| Mill | flour | | | | 3 |", "STO03", "Storage!F2"),
        ("| Wholesaler | flour | | | | |", "STO04", "Storage!A2"),
        ("| Mill | flour | 2 | | 1 | 3 |", "STO05", "Storage!F2"),
        ("| Mill | flour | 2 | | 3 | 1 |", "STO06", "Storage!E2"),
    ],
)
def test_stocks_that_cannot_be(row: str, code: str, cell: str) -> None:
    products = """
        | product | unit | price | kind    |
        | wheat   | t    | 200   | primary |
        | flour   | t    | 500   |         |
        | hours   | h    | 20    | service |"""
    storage = f"| actor | product | capacity | loss | initial | final |\n{row}"
    assert (code, cell) in problems(bread(Products=products, Storage=storage))


def test_a_store_may_begin_and_end_the_year_full() -> None:
    storage = "| actor | product | capacity | loss | initial | final |\n| Mill | flour | 2 | | 2 | 2 |"
    assert not {code for code, _ in problems(bread(Storage=storage)) if code.startswith("STO")}


def test_a_level_has_no_unit() -> None:
    processes = "| process | actor | capacity |\n| milling | Mill | 100 t |"
    (found,) = problems_of(workbook(bread(Processes=processes)))
    assert (found.code, str(found.cell)) == ("UNI02", "Processes!C2")
    assert "se compte en unités d'activité par an." in found.message("fr")  # as its heading says


def test_half_a_place_is_doubtful() -> None:
    actors = "| actor | perimeter | latitude |\n| Farm | member | 45 |\n| Mill | member | |\n| Shop | member | |"
    assert problems(bread(Actors=actors)) == {("ACT01", "Actors!C2")}


def test_nobody_funds_itself() -> None:
    assert problems(bread(Funding="| funder | actor |\n| Mill | mill |")) == {("FUN02", "Funding!B2")}


def test_a_suggestion_speaks_the_readers_language() -> None:
    (found,) = problems_of(workbook(bread(Objectives="| rank | objective |\n| 1 | dependancy |")))
    assert "dépendance" in found.hint("fr")
    assert "dependency" in found.hint("en")


IN_KILOS = {
    "Links": """
        | from | to   | product | maximum  |
        | Farm | Mill | wheat   | 30000 kg |
        | Mill | Shop | flour   | 20000 kg |""",
    "Scenarios": """
        | scenario | sheet    | row          | column   | change |
        | dear     | Products | wheat        | price    | = 300  |
        | kilos    | Products | flour        | unit     | = kg   |
        | small    | Links    | Farm / Mill / wheat | maximum | = 5000 kg |""",
}


def test_an_amount_is_in_the_unit_that_its_product_has_in_the_scenario() -> None:
    """Rows that are the same in every scenario are converted once, unless a product has another unit there."""
    book = Book(workbook(bread(**IN_KILOS)))
    assert book.problems() == []
    maxima = {name: [link.maximum for link in book.chain(name).links] for name in ("reference", "dear", "kilos")}
    assert maxima == {"reference": [30.0, 20.0], "dear": [30.0, 20.0], "kilos": [30.0, 20000.0]}
    assert [link.maximum for link in book.chain("small").links] == [5.0, 20.0]


def test_a_unit_that_does_not_fit_is_told_of_every_scenario_that_has_it() -> None:
    """What was told of the reference is not told again of another scenario, which has no plan either."""
    spoilt = bread(**{**IN_KILOS, "Links": IN_KILOS["Links"].replace("30000 kg", "30000 h")})
    book = Book(workbook(spoilt))
    assert [(p.code, str(p.cell)) for p in book.problems()] == [("UNI01", "Links!D2")]
    assert len(list(book.others())) == 1, "only where the figure is another one is the chain sound"


@pytest.mark.parametrize("perimeter", list(w.Perimeter), ids=lambda one: one.key)
def test_every_perimeter_has_a_weight_unless_one_is_typed(perimeter: w.Perimeter) -> None:
    """Nothing of who is inside is a dependency, and part or all of who is not."""
    found = chain(f"""
        ## Actors
        | actor | perimeter | dependency_weight |
        | Shop | member | |
        | One | {perimeter.key} | |
        | Two | {perimeter.key} | 0.25 |
        ## Products
        | product | unit | price |
        | flour | t | 100 |
        ## Links
        | from | to | product |
        | One | Shop | flour |
        | Two | Shop | flour |
        ## Offers
        | actor | product | maximum |
        | One | flour | 1 |
        | Two | flour | 1 |
        ## Needs
        | actor | product | quantity |
        | Shop | flour | 1 |
        """).actors
    assert found["One"].weight == 0.0 if perimeter.inside else 0.0 < found["One"].weight <= 1.0
    assert found["Two"].weight == 0.25


def test_money_in_another_unit_is_expected_in_the_sign_of_the_currency() -> None:
    """« monnaie par an » and « EUR/t » stood in messages beside amounts in €."""
    actors = "| actor | perimeter | reserve |\n| Mill | member | 8 k |\n| Shop | member | |"
    told = {str(p.cell): p.message("fr") for p in problems_of(workbook("## Actors\n" + actors)) if p.code == "UNI01"}
    assert "« € par an »" in told["Actors!C2"].replace("\xa0", " ")


def test_a_place_whose_coordinates_are_turned_is_told_and_one_that_is_far_is_not() -> None:
    places = """
        ## Actors
        | actor | perimeter | latitude | longitude |
        | Mill | member | 46.45 | 1.2 |
        | Farm | member | 46.55 | 1.1 |
        | Town | local | 46.5 | 1.3 |
        | Kiln | member | {kiln} |
        | Port | external | {port} |
        ## Products
        | product | unit |
        | clay | t |
        ## Links
        | from | to | product |
        | Kiln | Town | clay |
        """

    def told(kiln: str, port: str = "48.1 | -4.3") -> list[tuple[str, str]]:
        found = problems_of(workbook(places.format(kiln=kiln, port=port)))
        return [(str(p.cell), p.message("fr")) for p in found if p.code == "ACT03"]

    ((cell, said),) = told("1.312 | 46.508")
    assert cell == "Actors!C5"
    # From the middle, 46.475 N and 1.25 E, to the coast of Somalia: 6,663 km by the law of cosines.
    assert "se trouve à 6 700 km des" in said.replace("\u202f", " ").replace("\xa0", " ")
    assert told("46.508 | 1.312") == []
    assert [cell for cell, _ in told("46.508 | 1.312", "-4.3 | 48.1")] == ["Actors!C6"]
    assert told("16.2 | -61.5") == []  # far, and as far when turned
