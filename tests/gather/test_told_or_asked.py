"""What cannot be sure in other people's files is told with what is missing, or asked; never settled in silence."""

from __future__ import annotations

from pathlib import Path

import pytest

from filiere.table import ErrorValue, RawValue, Uncomputed
from tests.gather.test_hostile_variations import codes, sheets, sold, text

HEAD = ("Fournisseur", "Produit", "Quantité", "Unité", "Prix", "Montant HT")
Row = tuple[RawValue | None, ...]


def told(rows: dict[str, list[Row]], code: str) -> list[str]:
    return [one.message("fr") for one in sheets(rows, "achats Four.xlsx").decisions if one.code == code]


# ---- cells that hold an error


def test_what_goes_with_a_quantity_that_cannot_be_read_is_told_with_its_amount() -> None:
    rows: dict[str, list[Row]] = {"Achats": [HEAD, ("Ferme", "Ail", ErrorValue("#REF!"), "kg", None, 50.0)]}
    rows["Achats"].append(("Moulin", "Farine", 10.0, "t", None, 9000.0))
    (said,) = told(rows, "GAT56")
    assert "50" in said and "Ail" in said
    assert sold(sheets(rows, "achats Four.xlsx")) == {("Moulin", "Four", "Farine"): (10, 900)}


@pytest.mark.parametrize("broken", [ErrorValue("#N/A"), Uncomputed("=10+10")])
def test_an_amount_and_a_price_make_up_for_a_quantity_that_cannot_be_read(broken: RawValue) -> None:
    rows: dict[str, list[Row]] = {"Achats": [HEAD, ("Ferme", "Ail", broken, "kg", 5.0, 100.0)]}
    result = sheets(rows, "achats Four.xlsx")
    assert sold(result) == {("Ferme", "Four", "Ail"): (20, 5)}
    assert codes(result) >= {"GAT29", "GAT58"}


@pytest.mark.parametrize("at", [0, 1, 4])
def test_an_error_in_any_cell_that_counts_is_told_where_it_is(at: int) -> None:
    row: list[RawValue | None] = ["Ferme", "Ail", 20.0, "kg", 5.0, None]
    row[at] = ErrorValue("#REF!")
    result = sheets({"Achats": [HEAD, ("Moulin", "Farine", 10.0, "t", 900.0, None), tuple(row)]}, "achats Four.xlsx")
    places = [str(one.cell) for one in result.decisions if one.code == "GAT29"]
    assert [place.rsplit("!")[1] for place in places] == [f"{'ABCDEF'[at]}3"]


def test_a_discount_that_cannot_be_read_leaves_no_price() -> None:
    head = ("Fournisseur", "Produit", "Quantité", "Unité", "Prix", "Remise %")
    rows: dict[str, list[Row]] = {"Achats": [head, ("Ferme", "Ail", 20.0, "kg", 5.0, ErrorValue("#REF!"))]}
    result = sheets(rows, "achats Four.xlsx")
    assert sold(result) == {("Ferme", "Four", "Ail"): (20, None)}
    assert "GAT29" in codes(result)


# ---- what a sheet or a text above says of a table


@pytest.mark.parametrize("name", ["Annulations", "Annulations de commandes", "Cancellations", "Annulés"])
def test_what_was_cancelled_is_neither_delivered_nor_a_credit_note(name: str) -> None:
    head, row = ("Fournisseur", "Client", "Produit", "Quantité", "Unité"), ("Ferme", "École", "Ail")
    rows: dict[str, list[Row]] = {"Ventes": [head, (*row, 20.0, "kg")], name: [head, (*row, 3.0, "kg")]}
    result = sheets(rows)
    assert sold(result) == {("Ferme", "École", "Ail"): (20, None)}
    assert "GAT51" in codes(result)


@pytest.mark.parametrize(("above", "seller", "code"), [
    ("Ferme Bleue", "Ferme Bleue", "GAT59"), ("GAEC des Prés", "GAEC des Prés", "GAT59"),
    ("Ventes de la ferme", "Truc", "GAT17"), ("Bon de livraison 12", "Truc", "GAT17"),
])  # fmt: skip
def test_a_firm_named_alone_above_a_table_is_whose_it_is(tmp_path: Path, above: str, seller: str, code: str) -> None:
    result = text(tmp_path, f"{above};;\nClient;Produit;Quantité (kg)\nCantine Rose;Ail;5", "ventes Truc.csv")
    assert sold(result) == {(seller, "Cantine Rose", "Ail"): (5, None)}
    assert {"GAT17", "GAT59"} & codes(result) == {code}


@pytest.mark.parametrize(("names", "sells"), [
    ("Cantine Rose;École Pergaud;Mairie de Laval", True), ("Ferme Bleue;École Pergaud;GAEC des Prés", False),
    ("Dupont;Martin;Duval", False),
])  # fmt: skip
def test_schools_and_canteens_across_a_table_buy(tmp_path: Path, names: str, sells: bool) -> None:
    result = text(tmp_path, f"Produit;Unité;{names}\nAil;kg;1;2;3", "Halle.csv")
    assert {flow.seller == "Halle" for flow in result.flows} == {sells}
    assert {"GAT34", "GAT57"} & codes(result) == {"GAT57" if sells else "GAT34"}


def test_months_beside_their_quarters_need_no_date(tmp_path: Path) -> None:
    months = "Janv;Févr;Mars;1er trimestre;Avril;Mai;Juin;2e trimestre;1er semestre"
    rows = f"Fournisseur;Produit;Unité;{months}\nFerme;Ail;kg;10;10;10;30;20;20;20;60;90"
    result = text(tmp_path, rows)
    assert sold(result) == {("Ferme", "Four", "Ail"): (90, None)}
    assert "GAT28" not in codes(result)
