"""Wildcard links by hand: whom a row stands for, which row holds where several could, and when."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from filiere.chain.chain import Chain
from tests.chain.bread import written
from tests.sheets import chain, problems

PEOPLE = {
    "Actors": """
        | actor      | perimeter | group       | latitude | longitude |
        | Baker      | member    | bakers      | 45       | 5         |
        | Second     | member    | bakers      | 45       | 6         |
        | Reseller   | local     | shops       | 45.1     | 5         |
        | Canteen    | local     | users       | 45.2     | 5         |
        | School     | local     | users       |          |           |
        | Idle       | local     | users; nobody | 45       | 5         |
        | Wholesaler | external  | merchants   |          |           |
        | Abroad     | external  | merchants   |          |           |""",
    "Products": """
        | product | unit | price |
        | bread   | kg   | 3     |
        | cake    | kg   | 9     |""",
    "Periods": "| period |\n| summer |\n| winter |",
    "Processes": "| process | actor |\n| baking | Baker |\n| baking | Second |",
    "Recipes": "| process | product | input | output |\n| baking | cake | 0.1 | |\n| baking | bread | | 0.1 |",
    "Offers": "| actor | product |\n| Baker | cake |\n| Second | cake |",
    "Needs": "| actor | product | quantity |\n| Canteen | bread | 10 |\n| School | bread | 10 |",
}


def links(*rows: str) -> str:
    columns = "from | to | product | price | period | within | distance | today | maximum | status | minimum"
    return written({**PEOPLE, "Links": "\n".join(f"| {row} |" for row in (columns, *rows))})


def pairs(found: Chain, price: float | None = None) -> set[tuple[str, str]]:
    return {(link.from_, link.to) for link in found.links if price is None or link.price == price}


EVERY = {(baker, user) for baker in ("Baker", "Second") for user in ("Canteen", "School")}


def test_everyone_is_who_can_supply_and_who_can_use_inside() -> None:
    assert pairs(chain(links("* | * | bread"))) == EVERY


def test_a_group_stands_for_its_members_who_can() -> None:
    assert pairs(chain(links("bakers | users | bread"))) == EVERY


def test_trap_17_a_named_outside_seller_reaches_everyone_who_uses_it() -> None:
    assert pairs(chain(links("Wholesaler | * | bread"))) == {("Wholesaler", "Canteen"), ("Wholesaler", "School")}


def test_trap_17_a_group_row_reaches_resellers() -> None:
    found = chain(links("bakers | shops | bread", "Reseller | Canteen | bread", "Baker | School | bread"))
    assert pairs(found) >= {("Baker", "Reseller"), ("Second", "Reseller")}


def test_trap_17_a_reseller_is_a_supplier_too() -> None:
    found = chain(links("Wholesaler | Reseller | bread", "* | Canteen | bread"))
    assert pairs(found) == {
        ("Wholesaler", "Reseller"), ("Baker", "Canteen"), ("Second", "Canteen"), ("Reseller", "Canteen"),
    }  # fmt: skip


@pytest.mark.parametrize(
    ("row", "cell"),
    [
        ("bakers | nobody | bread", "Links!B2"),
        ("nobody | users | bread", "Links!A2"),
        ("Canteen | * | cake | | | | ", None),
        ("merchants | Abroad | bread", "Links!A2"),
        ("Wholesaler | merchants | bread", "Links!A2"),
    ],
)
def test_trap_17_a_row_that_stands_for_nobody_is_an_error(row: str, cell: str | None) -> None:
    found = problems(links(row, "* | * | bread"))
    assert {place for code, place in found if code == "LNK05"} == ({cell} if cell else set())


def test_outside_actors_come_by_their_group_and_can_trade_anything() -> None:
    found = chain(links("merchants | users | bread"))
    assert pairs(found) == {(who, user) for who in ("Wholesaler", "Abroad") for user in ("Canteen", "School")}


def test_an_actor_named_outright_always_can() -> None:
    assert pairs(chain(links("Idle | * | bread"))) == {("Idle", "Canteen"), ("Idle", "School")}


def test_the_more_precise_row_holds() -> None:
    found = chain(
        links(
            "* | * | bread | 1",
            "bakers | * | bread | 2",
            "bakers | users | bread | 3",
            "* | School | bread | 4",
            "Baker | School | bread | 5",
            "Reseller | users | bread | 6",
            "Wholesaler | Reseller | bread | 7",
        )
    )
    by_price = {price: pairs(found, price) for price in (1, 2, 3, 4, 5, 6, 7)}
    assert by_price[3] == {("Baker", "Canteen"), ("Second", "Canteen")}
    assert by_price[5] == {("Baker", "School")}
    assert len(found.links) == len(pairs(found))


def test_a_row_whose_pairs_all_have_more_precise_rows_is_an_error() -> None:
    found = problems(links("* | * | bread", "bakers | users | bread"))
    assert found == {("LNK06", "Links!A2")}


def test_two_rows_left_equal_for_a_pair_are_an_error() -> None:
    found = problems(links("Baker | * | bread", "* | School | bread"))
    assert found == {("LNK08", "Links!A3")}
    # A row that names the pair settles it.
    assert problems(links("Baker | * | bread", "* | School | bread", "Baker | School | bread")) == set()


def test_rows_between_the_same_two_names_are_price_steps() -> None:
    found = chain(links("bakers | School | bread | 5", "bakers | School | bread | 4"))
    assert [(link.from_, link.price, link.step) for link in found.links] == [
        ("Baker", 5, 0), ("Second", 5, 0), ("Baker", 4, 1), ("Second", 4, 1),
    ]  # fmt: skip
    assert len({link.key for link in found.links}) == 4


def test_trap_18_a_period_row_replaces_the_years_row_in_its_period() -> None:
    found = chain(links("Baker | School | bread | 1000", "Baker | School | bread | 1500 | winter"))
    assert [(link.price, link.period, link.periods) for link in found.links] == [
        (1000, None, ("summer",)), (1500, "winter", ("winter",)),
    ]  # fmt: skip


def test_a_precise_period_row_replaces_a_group_row_in_its_period_only() -> None:
    found = chain(links("* | * | bread | 2", "Baker | School | bread | 5 | winter"))
    held = {(link.price, link.periods) for link in found.links if link.key[:2] == ("Baker", "School")}
    assert held == {(2, ("summer",)), (5, ("winter",))}


def test_a_precise_years_row_holds_against_a_group_row_of_a_period() -> None:
    found = chain(links("* | * | bread | 2 | winter", "Baker | School | bread | 5"))
    assert [link.periods for link in found.links if link.price == 5] == [("summer", "winter")]
    assert ("Baker", "School") not in pairs(found, 2)


def test_a_row_replaced_in_every_period_has_no_effect() -> None:
    rows = ("Baker | School | bread", "Baker | School | bread | | winter", "Baker | School | bread | | summer")
    assert ("LNK10", "Links!A2") in problems(links(*rows))


def test_distances_are_great_circles_times_the_detour() -> None:
    (link,) = chain(links("Baker | Canteen | bread")).links
    # A fifth of a degree of meridian on a sphere of 6371.0088 km, 1.3 times.
    assert link.distance == pytest.approx(6371.0088 * math.radians(0.2) * 1.3, rel=1e-9)
    assert chain(links("Baker | School | bread")).links[0].distance == 0.0
    assert chain(links("Baker | Canteen | bread | | | | 12")).links[0].distance == 12.0


def test_within_drops_the_pairs_farther_apart() -> None:
    text = links("bakers | users | bread | | | 50")
    # Baker to Canteen 28.9 km, Second to Canteen 106 km; where the School stands is unknown.
    assert pairs(chain(text)) == {("Baker", "Canteen"), ("Baker", "School"), ("Second", "School")}
    assert problems(text) == {("LNK09", "Links!F2")}
    assert problems(links("Baker | Canteen | bread | | | 20", "* | School | bread")) >= {("LNK05", "Links!F2")}


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ("Baker | Baker | bread", {("LNK01", "Links!B2")}),
        ("Wholesaler | Abroad | bread", {("LNK02", "Links!A2")}),
        ("Baker | School | bread | | | | | | | candidate", {("LNK03", "Links!I2")}),
        ("Baker | School | bread | | | | | | 5 | | 6", {("LNK04", "Links!K2")}),
        ("bakers | School | bread | | | | | 5", {("LNK07", "Links!H2")}),
        ("Second | School | bread | | | | | 5", set()),
    ],
)
def test_links_that_cannot_be(row: str, expected: set[tuple[str, str]]) -> None:
    found = problems(links(row, "bakers | * | bread"))
    assert {(code, cell) for code, cell in found if code != "LNK06"} == expected


def test_nobody_is_accused_of_what_a_refused_row_took_away() -> None:
    sheets = {**PEOPLE, "Needs": "| actor | product | quantity |\n| Canteen | bread | many |"}
    sheets["Links"] = "| from | to | product |\n| * | users | bread |"
    assert problems(written(sheets)) == {("NUM01", "Needs!C2")}


def test_everything_holds_for_thousands_of_actors() -> None:
    """A row for everyone looks at those who can trade, never at all pairs."""
    from filiere.chain.assemble.assemble import assemble
    from filiere.chain.parse.tables import Tables
    from filiere.schema import tables as t
    from filiere.schema import words as w

    names = [f"a{i}" for i in range(2000)]
    tables = Tables(
        actors=tuple(t.ActorRow(actor=name, perimeter=w.Perimeter.MEMBER) for name in names),
        products=(t.ProductRow(product="bread", unit="kg", price=3.0),),
        offers=tuple(t.OfferRow(actor=name, product="bread") for name in names[:3]),
        needs=tuple(t.NeedRow(actor=name, product="bread", quantity=1.0) for name in names[3:1003]),
        links=tuple(t.LinkRow(from_="*", to="*", product="bread") for _ in range(1)),
    )
    assert len(assemble(tables)[0].links) == 3 * 1000


ROWS = ("* | * | bread | 1", "Baker | * | bread | 2", "Baker | School | bread | 3", "* | Canteen | bread | 4 | winter")


@given(st.permutations(ROWS))
def test_the_order_of_the_rows_says_nothing(rows: list[str]) -> None:
    def said(*some: str) -> set[tuple[object, ...]]:
        return {(link.key, link.price, link.periods) for link in chain(links(*some)).links}

    assert said(*rows) == said(*ROWS)
    assert (("Baker", "School", "bread", "", 0), 3.0, ("summer", "winter")) in said(*rows)
