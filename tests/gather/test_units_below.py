"""Goods named on one row of headings and counted on the next: each figure keeps the unit that stands with it."""

from __future__ import annotations

import pytest

from filiere.table import RawValue
from tests.gather.test_hostile_variations import codes, sheets, sold

Row = tuple[RawValue | None, ...]
FIGURES: list[Row] = [("Cantine", 100.0, 20.0), ("École", 50.0, 10.0)]
BOTH = {("Cantine", "Lait"): (100, "L"), ("École", "Lait"): (50, "L"), ("Cantine", "Yaourt"): (20, "kg"),
        ("École", "Yaourt"): (10, "kg")}  # fmt: skip


def counted(rows: list[Row]) -> dict[tuple[str, str], tuple[float, str]]:
    result = sheets({"Ventes": rows}, "ventes Ferme.xlsx")
    units = {one.product.name: one.product.unit for one in result.products}
    return {(flow.buyer, flow.product): (flow.quantity, units[flow.product]) for flow in result.flows}


@pytest.mark.parametrize("heads", [
    [("Client", "Lait", "Yaourt"), (None, "L", "kg")],
    [("Client", "Lait", "Yaourt"), (None, "(L)", "(kg)")],
    [("Client", "Lait", "Yaourt"), (None, "en L", "en kg")],
    [("Client", "Lait", "Yaourt"), ("Unité", "L", "kg")],
    [("Client", "Lait", "Yaourt"), (None, "Qté (L)", "Qté (kg)")],
    [(None, "Lait", "Yaourt"), ("Client", "L", "kg")],
    [(None, "L", "kg"), ("Client", "Lait", "Yaourt")],
    [("Livraisons 2024",), ("Client", "Lait", "Yaourt"), (None, "L", "kg")],
    [(None, "Crèmerie", None), ("Client", "Lait", "Yaourt"), (None, "L", "kg")],
])  # fmt: skip
def test_the_unit_below_a_good_is_its_own(heads: list[Row]) -> None:
    assert counted([*heads, *FIGURES, ("Total", 150.0, 30.0)]) == BOTH


def test_a_unit_among_others_is_not_lost() -> None:
    rows: list[Row] = [("Client", "Beurre", "Lait", "Yaourt"), (None, "kg", "L", "kg"), ("Cantine", 7.0, 100.0, 20.0)]
    assert counted(rows) == {("Cantine", "Beurre"): (7, "kg"), ("Cantine", "Lait"): (100, "L"),
                             ("Cantine", "Yaourt"): (20, "kg")}  # fmt: skip


@pytest.mark.parametrize("names", [("Lait", None, "Yaourt", None), ("Lait", "Lait", "Yaourt", "Yaourt")])
def test_a_good_may_have_its_quantity_and_its_amount(names: Row) -> None:
    rows: list[Row] = [("Client", *names), (None, "L", "€ HT", "kg", "€ HT"), ("Cantine", 100.0, 80.0, 20.0, 60.0)]
    result = sheets({"Ventes": rows}, "ventes Ferme.xlsx")
    assert sold(result) == {("Ferme", "Cantine", "Lait"): (100, 0.8), ("Ferme", "Cantine", "Yaourt"): (20, 3)}


@pytest.mark.parametrize(("title", "milk", "yoghurt"), [("Montant HT", 80.0, 60.0), ("PU HT", 0.8, 3.0)])
def test_a_good_may_have_its_money_under_a_heading(title: str, milk: float, yoghurt: float) -> None:
    rows: list[Row] = [("Client", "Lait", None, "Yaourt", None), (None, "L", title, "kg", title),
                       ("Cantine", 100.0, milk, 20.0, yoghurt)]  # fmt: skip
    result = sheets({"Ventes": rows}, "ventes Ferme.xlsx")
    assert sold(result) == {("Ferme", "Cantine", "Lait"): (100, 0.8), ("Ferme", "Cantine", "Yaourt"): (20, 3)}


def test_clients_may_be_columns_of_kilograms_and_euros() -> None:
    rows: list[Row] = [("", "Cantine", None, "École", None), ("Produit", "kg", "€ HT", "kg", "€ HT"),
                       ("Ail", 10.0, 80.0, 2.0, 20.0)]  # fmt: skip
    result = sheets({"Ventes": rows}, "ventes Ferme.xlsx")
    assert sold(result) == {("Ferme", "Cantine", "Ail"): (10, 8), ("Ferme", "École", "Ail"): (2, 10)}


@pytest.mark.parametrize("heads", [
    [("Client", "Lait", "Yaourt", "Total"), (None, "L", "kg", "€ HT")], [("Client", "Lait (L)", "Yaourt (kg)", "Total € HT")],
])  # fmt: skip
def test_money_for_all_goods_is_told(heads: list[Row]) -> None:
    result = sheets({"Ventes": [*heads, ("Cantine", 100.0, 20.0, 140.0)]}, "ventes Ferme.xlsx")
    assert sold(result) == {("Ferme", "Cantine", "Lait"): (100, None), ("Ferme", "Cantine", "Yaourt"): (20, None)}
    told = [one for one in result.decisions if one.code == "GAT23"]
    assert ["Total" in one.message("fr") for one in told] == [True]


def test_a_column_without_a_unit_beside_others_is_told() -> None:
    rows: list[Row] = [("Client", "Lait", "Yaourt", "Beurre"), (None, "L", "kg", None), ("Cantine", 100.0, 20.0, 5.0)]
    result = sheets({"Ventes": rows}, "ventes Ferme.xlsx")
    assert sold(result) == {("Ferme", "Cantine", "Lait"): (100, None), ("Ferme", "Cantine", "Yaourt"): (20, None)}
    assert "GAT23" in codes(result)


def test_further_goods_below_have_rows_of_headings_of_their_own() -> None:
    first: list[Row] = [("Client", "Lait", "Yaourt"), (None, "L", "kg"), *((f"C{n}", 1.0, 2.0) for n in range(30))]
    below: list[Row] = [("Client", "Beurre", "Crème"), (None, "kg", "L"), ("C1", 3.0, 4.0)]
    result = counted([*first, *below])
    assert {(who, good): figure for (who, good), figure in result.items() if who == "C1"} == {
        ("C1", "Lait"): (1, "L"), ("C1", "Yaourt"): (2, "kg"), ("C1", "Beurre"): (3, "kg"), ("C1", "Crème"): (4, "L"),
    }  # fmt: skip
    assert len(result) == 62


@pytest.mark.parametrize("label", ["Prix HT", "Tarif", "Prix au kg", "PU HT"])
def test_a_row_of_prices_is_no_client(label: str) -> None:
    rows: list[Row] = [("Client", "Lait", "Yaourt"), (None, "L", "kg"), (label, 1.2, 3.0), *FIGURES]
    assert counted(rows) == BOTH


def test_rows_without_a_day_are_told_once() -> None:
    rows: list[Row] = [("Date", "Client", "Lait", "Yaourt"), (None, None, "L", "kg"), ("?", "Cantine", 1.0, 2.0)]
    [told] = [one for one in sheets({"Ventes": rows}, "ventes Ferme.xlsx").decisions if one.code == "GAT28"]
    assert "1 (3)" in told.message("fr")
