"""What one unit of a product weighs and counts for."""

from __future__ import annotations

import pytest

from tests.chain.bread import bread
from tests.sheets import chain, problems

LINKS = """
    | from       | to   | product | price |
    | Farm       | Mill | wheat   | 180   |
    | Wholesaler | Mill | wheat   | 220   |
    | Wholesaler | Shop | wheat   | -90   |
    | Mill       | Shop | flour   |       |"""


def products(wheat: str = "200", flour: str = "500", unit: str = "t", kg: str = "", kind: str = "") -> str:
    return f"""
        | product | unit   | price   | kg   | kind    |
        | wheat   | t      | {wheat} |      | primary |
        | flour   | {unit} | {flour} | {kg} | {kind}  |"""


@pytest.mark.parametrize(
    ("wheat", "links", "value"),
    [
        ("150", LINKS, 150.0),
        ("", LINKS, 490 / 3),  # the mean of 180, 220 and 90, signs apart
        ("0", LINKS, 490 / 3),
        ("", "| from | to | product | price |\n| Farm | Mill | wheat | -90 |\n| Mill | Shop | flour | 1 |", 90.0),
    ],
)
def test_the_value_of_a_product(wheat: str, links: str, value: float) -> None:
    assert chain(bread(Products=products(wheat), Links=links)).products["wheat"].value == pytest.approx(value)


def test_trap_8_a_product_without_any_price_counts_for_1_with_a_warning() -> None:
    text = bread(Products=products(flour=""))
    assert problems(text) == {("PRD03", "Products!C3")}
    assert chain(text).products["flour"].value == 1.0
    assert "flour" in chain(text).warnings[0].message("en")


def test_a_link_without_a_price_takes_the_products() -> None:
    assert [link.price for link in chain(bread()).links] == [200.0, 500.0]


def test_mass_comes_from_the_unit_or_from_the_column() -> None:
    assert chain(bread()).products["flour"].kg == 1000.0
    assert chain(bread(Products=products(unit="bag", kg="25"))).products["flour"].kg == 25.0
    assert chain(bread(Products=products(unit="bag", kg="25000 g"))).products["flour"].kg == 25.0
    assert chain(bread(Products=products(unit="seat", kind="service"))).products["flour"].kg == 0.0


def test_an_unknown_mass_is_an_error_only_where_circularity_counts_it() -> None:
    pieces = products(unit="bag")
    # Flour is made and used inside: neither U nor M of the circular use rate counts it.
    assert problems(bread(Products=pieces)) == {("PRD02", "Products!D3")}
    imported = """
        | from       | to   | product |
        | Farm       | Mill | wheat   |
        | Wholesaler | Shop | flour   |"""
    assert problems(bread(Products=pieces, Links=imported)) >= {("PRD01", "Products!D3")}
    by_value = "| setting | value |\n| circularity_basis | value |"
    assert ("PRD01", "Products!D3") not in problems(bread(Products=pieces, Links=imported, Settings=by_value))
    no_circularity = "| rank | objective |\n| 1 | cost |"
    found = problems(bread(Products=pieces, Links=imported, Objectives=no_circularity))
    assert ("PRD01", "Products!D3") not in found
    assert ("PRD02", "Products!D3") in found


def test_an_unknown_mass_is_an_error_where_a_limit_sums_it() -> None:
    text = bread(
        Products=products(unit="bag"),
        Objectives="| rank | objective |\n| 1 | cost |",
        Limits="| limit | measure | product | sense | value |\n| a | mass | flour | <= | 3 |",
    )
    assert ("PRD01", "Products!D3") in problems(text)


def test_a_mass_that_contradicts_its_unit_is_doubtful() -> None:
    assert problems(bread(Products=products(kg="1"))) == {("PRD04", "Products!D3")}


def test_what_may_be_discarded_by_default() -> None:
    rows = """
        | product | unit | price | kind      | may_discard |
        | wheat   | t    | 200   | primary   |             |
        | flour   | t    | 500   |           | yes         |
        | bran    | t    | 100   | secondary |             |
        | sacks   | t    | 100   | secondary | no          |
        | hours   | h    | 20    | service   |             |"""
    found = chain(bread(Products=rows)).products
    assert {name for name, product in found.items() if product.may_discard} == {"flour", "bran", "hours"}


def test_a_service_weighs_nothing_even_with_a_mass() -> None:
    text = bread(Products=products(unit="seat", kg="3", kind="service"))
    assert problems(text) == {("PRD05", "Products!D3")}
    assert chain(text).products["flour"].kg == 0.0
