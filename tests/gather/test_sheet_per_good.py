"""A file with one sheet for each good: the sheet's name is the good, and it is said."""

from __future__ import annotations

import pytest

from filiere.problems import WorkbookError
from filiere.table import RawValue
from tests.gather.test_hostile_variations import codes, sheets, sold

Row = tuple[RawValue | None, ...]
ROWS: list[Row] = [("Date", "Client", "Quantité", "Montant HT"), ("05/03/2024", "Cantine", 10.0, 20.0)]


def test_each_sheet_is_a_good() -> None:
    sums: list[Row] = [("Client", "Montant HT"), ("Cantine", 40.0)]
    result = sheets({"Carottes": ROWS, "Choux": ROWS, "Récap": sums}, "ventes Ferme.xlsx")
    assert sold(result) == {("Ferme", "Cantine", "Carottes"): (10, 2), ("Ferme", "Cantine", "Choux"): (10, 2)}
    assert [one.code for one in result.decisions].count("GAT130") == 2
    assert "GAT02" in codes(result)


def test_a_unit_behind_the_name_of_a_sheet_is_that_of_its_good() -> None:
    result = sheets({"Lait (L)": ROWS, "Beurre (kg)": ROWS}, "ventes Ferme.xlsx")
    assert {one.product.name: one.product.unit for one in result.products} == {"Lait": "L", "Beurre": "kg"}


def test_months_may_be_columns_of_such_sheets() -> None:
    rows: list[Row] = [("Kilos livrés",), ("Client", "Janvier", "Février"), ("Cantine", 10.0, 20.0)]
    result = sheets({"Carottes": rows, "Choux": rows}, "ventes Ferme.xlsx")
    assert sold(result) == {("Ferme", "Cantine", "Carottes"): (30, None), ("Ferme", "Cantine", "Choux"): (30, None)}


@pytest.mark.parametrize("names", [
    ("Ferme Bleue", "Dupont"), ("Janvier", "Février"), ("Feuil1", "Feuil2"), ("2023", "2024"), ("Achats", "Carottes"),
])  # fmt: skip
def test_sheets_named_after_anything_else_are_no_goods(names: tuple[str, str]) -> None:
    with pytest.raises(WorkbookError) as refused:
        sheets(dict.fromkeys(names, ROWS), "ventes Coop.xlsx")
    assert {one.code for one in refused.value.problems} == {"GAT01", "GAT02"}


@pytest.mark.parametrize("again", [True, False])
def test_a_good_may_stand_above_its_rows(again: bool) -> None:
    heads: list[Row] = [("Client", "Quantité (kg)", "Montant HT")]
    rows: list[Row] = [("Produit : Carottes",), *heads, ("Cantine", 10.0, 20.0), ("Total", 10.0, 20.0),
                       ("Produit : Choux",), *(heads if again else []), ("Cantine", 5.0, 15.0)]  # fmt: skip
    result = sheets({"Ventes": rows}, "ventes Ferme.xlsx")
    assert sold(result) == {("Ferme", "Cantine", "Carottes"): (10, 2), ("Ferme", "Cantine", "Choux"): (5, 3)}
    assert not codes(result) & {"GAT03", "GAT04", "GAT02"}
