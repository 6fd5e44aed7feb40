"""Headings of what is to come, prices that nobody paid, shares where quantities are asked, and noughts of cross tables."""

from __future__ import annotations

from pathlib import Path

import pytest

from filiere.table import Percentage
from tests.gather.test_hostile_variations import codes, sheets, sold, text


@pytest.mark.parametrize(("day", "quantity", "told"), [
    ("Date de livraison prévue", "Quantité", True), ("Livraison souhaitée le (date)", "Quantité", True),
    ("Date de livraison prévue", "Quantité livrée", False), ("Date de livraison", "Quantité", False),
])  # fmt: skip
def test_a_day_that_is_planned_is_told(tmp_path: Path, day: str, quantity: str, told: bool) -> None:
    result = text(tmp_path, f"Client;Produit;{quantity};{day}\nÉcole;Ail;10;03/02/2025", "ventes Ferme.csv")
    assert sold(result) == {("Ferme", "École", "Ail"): (10, None)}
    assert ("GAT44" in codes(result)) is told


@pytest.mark.parametrize("listed", ["Prix public HT", "Prix catalogue HT", "Prix conseillé HT", "Prix de base HT"])
@pytest.mark.parametrize("first", [True, False])
def test_a_price_of_a_list_gives_way_to_the_one_paid(tmp_path: Path, listed: str, first: bool) -> None:
    heads, prices = ([listed, "Prix net HT"], ["3", "2"]) if first else (["Prix net HT", listed], ["2", "3"])
    result = text(tmp_path, "\n".join([";".join(["Client;Produit;Quantité", *heads]), ";".join(["École;Ail;10", *prices])]),
                  "ventes Ferme.csv")  # fmt: skip
    assert sold(result) == {("Ferme", "École", "Ail"): (10, 2)}


def test_a_share_is_no_quantity(tmp_path: Path) -> None:
    result = text(tmp_path, "Fournisseur;Produit;Quantité;Montant HT\nFerme;Ail;10%;20\nFerme;Lait;5;20")
    assert sold(result) == {("Ferme", "Four", "Ail"): (20, 1), ("Ferme", "Four", "Lait"): (5, 4)}
    assert codes(result) >= {"GAT04", "GAT10"}
    shown = sheets(
        {"F": [("Fournisseur", "Produit", "Quantité", "Montant HT"), ("Ferme", "Ail", Percentage(0.1), 20.0)]},
        "achats Four.xlsx",
    )
    assert sold(shown) == {("Ferme", "Four", "Ail"): (20, 1)}
    assert any("10 %" in one.message("fr") for one in shown.decisions if one.code == "GAT04")


def test_a_nought_of_a_cross_table_is_no_sale_and_nothing_to_tell(tmp_path: Path) -> None:
    result = text(tmp_path, "Produit;Unité;École;EHPAD\nAil;kg;10;0\nLait;kg;0;5", "ventes Ferme.csv")
    assert sold(result) == {("Ferme", "École", "Ail"): (10, None), ("Ferme", "EHPAD", "Lait"): (5, None)}
    assert "GAT118" not in codes(result)


@pytest.mark.parametrize(("head", "kinds", "told"), [
    ("Type pièce", ("FF", "AF"), True), ("Type", ("Facture", "Avo."), True), ("Type", ("Facture", "XYZ"), True),
    ("Type", ("Légumes", "Fruits"), False), ("Type", ("Facture", "Avoir"), False), ("Type", ("XYZ", "XYZ"), False),
])  # fmt: skip
def test_a_kind_of_piece_that_is_not_known_is_told(
    tmp_path: Path, head: str, kinds: tuple[str, str], told: bool
) -> None:
    result = text(
        tmp_path,
        f"{head};Fournisseur;Produit;Qté;Montant HT\n{kinds[0]};Moulin;Farine;10;10\n{kinds[1]};Moulin;Farine;2;2",
    )
    assert ("GAT143" in codes(result)) is told


@pytest.mark.parametrize("head", ["E/S", "Entrée/Sortie", "Mvt"])
@pytest.mark.parametrize("ways", [("E", "S"), ("Entrée", "Sortie")])
def test_letters_of_a_way(tmp_path: Path, head: str, ways: tuple[str, str]) -> None:
    rows = [
        f"Date;Produit;{head};Tiers;Quantité (kg)",
        f"01/02/2025;Blé;{ways[0]};EARL;10",
        f"03/02/2025;Blé;{ways[1]};Moulin;4",
    ]
    assert sold(text(tmp_path, "\n".join(rows), "mouvements Ferme.csv")) == {
        ("EARL", "Ferme", "Blé"): (10, None), ("Ferme", "Moulin", "Blé"): (4, None)}  # fmt: skip


def test_a_row_in_kilograms_is_of_its_weight_and_one_in_pieces_of_their_number(tmp_path: Path) -> None:
    rows = [
        "Client;Produit;Nombre;Poids;Unité;Montant HT",
        "École;Poulets;10;18,5;kg;166,5",
        "École;Œufs;120;;pièce;30",
    ]
    assert sold(text(tmp_path, "\n".join(rows), "ventes Ferme.csv")) == {
        ("Ferme", "École", "Poulets"): (18.5, 9), ("Ferme", "École", "Œufs"): (120, 0.25)}  # fmt: skip


def test_a_row_with_tax_at_its_own_rate_is_net_of_it(tmp_path: Path) -> None:
    rows = ["Client;Produit;Quantité;Montant;HT/TTC;Taux TVA", "École;Ail;10;20;HT;5,5", "Resto;Ail;10;21,1;TTC;5,5"]
    result = text(tmp_path, "\n".join(rows), "ventes Ferme.csv")
    assert sold(result) == {("Ferme", "École", "Ail"): (10, 2), ("Ferme", "Resto", "Ail"): (10, pytest.approx(2))}
    assert "GAT12" not in codes(result)


def test_a_rate_an_hour_is_a_price(tmp_path: Path) -> None:
    result = text(tmp_path, "Fournisseur;Prestation;Heures;Taux horaire HT;Montant HT\nCUMA;Moisson;1h30;80;120")
    assert sold(result) == {("CUMA", "Four", "Moisson"): (1.5, 80)}
