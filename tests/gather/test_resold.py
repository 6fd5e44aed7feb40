"""Somebody who buys and sells on tells both in one row: two exchanges, each at its own price."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.gather.test_hostile_variations import codes, sold, text

BOTH = {("Ferme", "Plateforme X", "Ail"): (10, 2), ("Plateforme X", "Cantine", "Ail"): (10, 3)}


@pytest.mark.parametrize(("heads", "row"), [
    ("PA HT;PV HT", "2;3"), ("Prix achat HT;Prix vente HT", "2;3"), ("Montant achat HT;Montant vente HT", "20;30"),
    ("Prix d'achat HT;Prix unitaire HT", "2;3"), ("PA HT;PV HT;Montant HT;TVA", "2;3;30;1,65"), ("PA HT;PV HT;Marge", "2;3;1"),
])  # fmt: skip
def test_two_prices_make_two_exchanges(tmp_path: Path, heads: str, row: str) -> None:
    rows = f"Producteur;Client;Produit;Quantité (kg);{heads}\nFerme;Cantine;Ail;10;{row}"
    result = text(tmp_path, rows, "Plateforme X.csv")
    assert sold(result) == BOTH
    assert "GAT129" in codes(result)
    assert {one.name: one.perimeter.key for one in result.actors}["Plateforme X"] == "member"


def test_goods_bought_for_two_clients_are_bought_twice(tmp_path: Path) -> None:
    rows = ["Producteur;Client;Produit;Quantité (kg);PA HT;PV HT", "Ferme;Cantine;Ail;10;2;3", "Ferme;École;Ail;10;2;3",
            "Plateforme X;École;Oignon;5;;4", "Total;;;25;40;80"]  # fmt: skip
    result = text(tmp_path, "\n".join(rows), "Plateforme X.csv")
    assert sold(result) == {
        ("Ferme", "Plateforme X", "Ail"): (20, 2), ("Plateforme X", "Cantine", "Ail"): (10, 3),
        ("Plateforme X", "École", "Ail"): (10, 3), ("Plateforme X", "École", "Oignon"): (5, 4),
    }  # fmt: skip
    assert not codes(result) & {"GAT60", "GAT26", "GAT133"}


def test_quantities_bought_and_sold_of_rows_with_both_sides(tmp_path: Path) -> None:
    rows = "Fournisseur;Client;Produit;Qté achetée (kg);Qté vendue (kg)\nFerme;;Ail;10;\n;Cantine;Ail;;4"
    result = text(tmp_path, rows, "Plateforme X.csv")
    assert sold(result) == {("Ferme", "Plateforme X", "Ail"): (10, None), ("Plateforme X", "Cantine", "Ail"): (4, None)}
    assert "GAT02" not in codes(result)


@pytest.mark.parametrize(("name", "seller", "buyer", "price"), [
    ("ventes Ferme.csv", "Ferme", "Cantine", 3), ("achats Cantine.csv", "Ferme", "Cantine", 2),
])  # fmt: skip
def test_of_one_own_exchanges_the_other_price_is_told(
    tmp_path: Path, name: str, seller: str, buyer: str, price: float
) -> None:
    """What a farm's goods cost it is no purchase, what a canteen sells for is no price of the farm."""
    rows = f"Fournisseur;Client;Produit;Quantité (kg);PA HT;PV HT\n{seller};{buyer};Ail;10;2;3"
    result = text(tmp_path, rows, name)
    assert sold(result) == {("Ferme", "Cantine", "Ail"): (10, price)}
    assert "GAT23" in codes(result)
