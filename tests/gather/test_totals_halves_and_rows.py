"""Figures of other programs that went in silence: totals that are measures, halves of a year, prices of whole rows."""

from __future__ import annotations

from pathlib import Path

import pytest

from filiere.gather.cells.whose import named_by
from filiere.table import RawValue
from tests.gather.test_hostile_variations import codes, sheets, sold, text

Row = tuple[RawValue | None, ...]


@pytest.mark.parametrize("heading", ["Total hors taxes", "Total HT", "Montant total HT", "Untaxed Total"])
def test_a_total_of_a_pivot_that_is_its_amount_is_one(heading: str) -> None:
    rows: list[Row] = [("", "Quantité livrée", heading), ("Total", 250.0, 510.0), ("    École du Bourg", 50.0, 90.0),
                       ("        Carottes", 50.0, 90.0), ("    Biocoop", 200.0, 420.0), ("        Carottes", 200.0, 420.0)]  # fmt: skip
    found = sold(sheets({"Feuil1": [tuple(value or None for value in row) for row in rows]}, "ventes Ferme.xlsx"))
    assert found == {("Ferme", "École du Bourg", "Carottes"): (50, 1.8), ("Ferme", "Biocoop", "Carottes"): (200, 2.1)}


@pytest.mark.parametrize(("first", "second"), [
    ("1er semestre", "2nd semestre"), ("1er semestre", "2ème semestre"), ("Semestre 1", "Semestre 2"),
    ("Premier semestre", "Second semestre"), ("1er semestre 2025", "2e semestre 2025"), ("01/2025", "02/2025"),
])  # fmt: skip
def test_both_halves_of_a_year_count(first: str, second: str, tmp_path: Path) -> None:
    """Half of the amounts stood alone, as quantities in euros."""
    rows: list[Row] = [("Client", "Produit", first, None, second, None), (None, None, "kg", "€ HT", "kg", "€ HT"),
                       ("École", "Yaourt", 100.0, 300.0, 120.0, 360.0), ("Total", None, 100.0, 300.0, 120.0, 360.0)]  # fmt: skip
    assert sold(sheets({"Ventes": rows}, "ventes Ferme.xlsx")) == {("Ferme", "École", "Yaourt"): (220, 3)}
    head = f"Client;Produit;{first} kg;{first} € HT;{second} kg;{second} € HT"
    result = text(tmp_path, f"{head}\nÉcole;Yaourt;100;300;120;360", "ventes Ferme.csv")
    assert sold(result) == {("Ferme", "École", "Yaourt"): (220, 3)}


TILL = "Date;Description;Quantité;Prix (HT);Moyen de paiement"


@pytest.mark.parametrize(
    ("back", "amount", "told"), [("-1;-8,06", 16.12 - 8.06, True), ("-1;8,06", 32.24 - 8.06, False)]
)
def test_prices_with_the_minus_of_what_comes_back_are_of_whole_rows(
    back: str, amount: float, told: bool, tmp_path: Path
) -> None:
    result = text(tmp_path, f"{TILL}\n01/03/2025;Miel;2;16,12;CB\n02/03/2025;Miel;{back};CB", "caisse Magasin.csv")
    ((_, (quantity, price)),) = sold(result).items()
    assert quantity == 1 and price == pytest.approx(amount)
    assert ("GAT139" in codes(result)) is told and ("GAT83" in codes(result)) is not told


def test_a_tip_is_no_good(tmp_path: Path) -> None:
    result = text(tmp_path, f"{TILL}\n01/03/2025;Miel;2;8;CB\n02/03/2025;Pourboire;1;2;CB", "caisse Magasin.csv")
    assert {product for _, _, product in sold(result)} == {"Miel"} and "GAT42" in codes(result)


@pytest.mark.parametrize(("head", "off", "told"), [
    ("% rem.", "10,00", False), ("Remise", "10 %", False), ("Remise", "0 %", False), ("Remise", "20 %", True),
])  # fmt: skip
def test_amounts_that_prices_make_less_the_discount_leave_no_doubt(
    head: str, off: str, told: bool, tmp_path: Path
) -> None:
    amount = "50" if off == "0 %" else "45"
    rows = f"Client;Désignation;Qté;PU HT;{head};Total {'ligne ' if '%' in head else ''}HT\nÉcole;Poireaux;20;2,50;{off};{amount}"
    result = text(tmp_path, rows, "ventes Ferme.csv")
    assert sold(result) == {("Ferme", "École", "Poireaux"): (20, float(amount) / 20)}
    assert ("GAT25" in codes(result)) is told and "GAT43" not in codes(result)


@pytest.mark.parametrize("cell", ["2 à 3 kg", ""])
def test_a_quantity_worked_out_from_amount_and_price_is_told(cell: str, tmp_path: Path) -> None:
    rows = f"Fournisseur;Produit;Quantité;Prix unitaire HT;Total HT\nFerme;Ail;10;5;50\nPêcheur;Truites;{cell};30,00;75"
    result = text(tmp_path, rows)
    assert sold(result)["Pêcheur", "Four", "Truites"] == (2.5, 30) and "GAT58" in codes(result)


def test_a_dash_in_a_month_is_nothing() -> None:
    rows: list[Row] = [("Client", "Produit", "Janvier (t)", "Février (t)", "Mars (t)"), ("Coop", "Orge", 5.0, "-", 7.0)]
    result = sheets({"Livraisons": rows}, "livraisons EARL du Pré.xlsx")
    assert sold(result) == {("EARL du Pré", "Coop", "Orge"): (12, None)} and "GAT03" not in codes(result)


@pytest.mark.parametrize("head", ["Prestataire;Objet;Montant HT", "Prestataire;Libellé;Montant HT"])
def test_a_festival_s_expenses_are_purchases(head: str, tmp_path: Path) -> None:
    result = text(tmp_path, f"{head}\nSon et Lumière SARL;Affiches;450", "dépenses Festival.csv")
    assert sold(result) == {("Son et Lumière SARL", "Festival", "Affiches"): (450, 1)}


@pytest.mark.parametrize(("file", "owner"), [
    ("livraisons blé EARL du Pré 2025.xlsx", "EARL du Pré"), ("SumUp_ventes_Magasin_du_Lac.csv", "Magasin du Lac"),
    ("export-lignes-factures-fournisseurs Four.csv", "Four"), ("commandes Ferme S12.xlsx", "Ferme"),
    ("ventes Bergerie SARL.csv", "Bergerie SARL"), ("ventes La Ferme EARL du Pré.csv", "La Ferme EARL du Pré"),
])  # fmt: skip
def test_whose_a_file_is(file: str, owner: str) -> None:
    assert named_by(file) == owner


def test_who_it_was_delivered_to_is_the_client_and_when_its_day(tmp_path: Path) -> None:
    rows = "Livré à;Le;Œufs (douzaines);Carottes (kg)\nÉcole;03/02/2025;10;20\nBiocoop;04/02/2024;4;30"
    result = text(tmp_path, rows, "livraisons Ferme.csv", year=2025)
    assert sold(result) == {("Ferme", "École", "Œufs"): (10, None), ("Ferme", "École", "Carottes"): (20, None)}


@pytest.mark.parametrize(("head", "row", "quantity", "price"), [
    ("Quantité (x1000);Montant HT (milliers €)", "12;2,4", 12_000, 0.2),  # were 12 at 0.20
    ("Quantité (en milliers);CA HT (en milliers d'euros)", "12;2,4", 12_000, 0.2),
    ("Quantité (x 1 000);Montant HT", "12;2400", 12_000, 0.2),
    ("Quantité;CA HT (k€)", "12000;2,4", 12_000, 0.2), ("Quantité;Prix HT (€/millier)", "12000;200", 12_000, 0.2),
])  # fmt: skip
def test_thousands_of_a_heading_count(head: str, row: str, quantity: float, price: float, tmp_path: Path) -> None:
    result = text(tmp_path, f"Client;Produit;{head}\nCoop;Œufs;{row}", "ventes Ferme.csv")
    assert sold(result) == {("Ferme", "Coop", "Œufs"): (quantity, pytest.approx(price))}


@pytest.mark.parametrize("unit", ["palette 800 kg", "big bag 800kg", "caissettes de 800 kg", "bac 800 kg"])
def test_a_package_of_a_size_is_what_it_holds(unit: str, tmp_path: Path) -> None:
    rows = f"Fournisseur;Produit;Quantité;Unité;Montant HT\nMoulin;Farine;1;{unit};720\nMoulin;Farine;10;kg;9"
    assert sold(text(tmp_path, rows)) == {("Moulin", "Four", "Farine"): (810, 0.9)}
