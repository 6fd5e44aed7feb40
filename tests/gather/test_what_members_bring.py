"""Milk sheets, grain tickets and baskets: tables of what members bring, and what makes up for what they do not say."""

from __future__ import annotations

from pathlib import Path

import pytest

from filiere.gather.cells.whose import named_by
from filiere.problems import WorkbookError
from tests.gather.test_hostile_variations import codes, sold, text

MILK = "Producteur;Mois;Litres collectés;TB (g/l);TP (g/l);Prix de base (€/1000 L);Prix payé (€/1000 L);Montant HT"
PAID = ["GAEC des Ormes;01/2025;42500;41,2;33,1;430;442,00;18785,00", "EARL du Pré;01/2025;20000;40,0;32,0;420;430,00;8600,00",
        "GAEC des Ormes;02/2025;39800;41,5;33,3;432;444,00;17671,20"]  # fmt: skip


def test_a_dairy_s_payments_are_of_milk(tmp_path: Path) -> None:
    result = text(tmp_path, "\n".join((MILK, *PAID)), "paie du lait Laiterie.csv")
    assert sold(result) == {
        ("GAEC des Ormes", "Laiterie", "Lait"): (82300, pytest.approx(36456.2 / 82300)),
        ("EARL du Pré", "Laiterie", "Lait"): (20000, pytest.approx(0.43)),
    }
    assert {one.product.unit for one in result.products} == {"litres"}
    assert "GAT136" in codes(result)


OWN = ["Mois;Litrage;TB;TP;Prix de base (€/1000 l);Prix payé (€/1000 l);Montant HT",
       "Janvier 2025;42 500;41,2;33,1;430,00;442,00;18 785,00", "Total;42 500;;;;;18 785,00"]  # fmt: skip


def test_a_farm_s_milk_sheet_says_what_to_add_and_is_read_with_it(tmp_path: Path) -> None:
    with pytest.raises(WorkbookError) as refused:
        text(tmp_path, "\n".join(OWN), "paie du lait GAEC des Ormes 2025.csv")
    (said,) = (one for one in refused.value.problems if one.code == "GAT02")
    assert "Client : Laiterie" in said.hint("fr") and "Produit" not in said.hint("fr")
    result = text(tmp_path, "\n".join(("Client : Laiterie", *OWN)), "paie du lait GAEC des Ormes 2025.csv")
    assert sold(result) == {("GAEC des Ormes", "Laiterie", "Lait"): (42500, pytest.approx(0.442))}


def test_the_good_and_the_party_may_both_stand_above(tmp_path: Path) -> None:
    rows = ["Fournisseur : EARL du Pré", "Client : AMAP", "Produit : Paniers",
            "Taille;Nb paniers;Total HT", "Grand;44;792", "Petit;22;242", "TOTAL;66;1034"]  # fmt: skip
    assert sold(text(tmp_path, "\n".join(rows), "contrats.csv")) == {
        ("EARL du Pré", "AMAP", "Paniers"): (66, pytest.approx(1034 / 66))}  # fmt: skip


GRAIN = ["Campagne;Adhérent;N° bon;Date;Espèce;Poids brut (t);Tare (t);Poids net (t);Humidité (%);Poids aux normes (t);Prix €/t;Montant HT",
         "2025;EARL du Pré;B1;15/07/2025;Blé;38,2;14,1;24,1;15,2;23,85;195;4650,75",
         "2025;GAEC des Ormes;B2;16/07/2025;Orge;35;14;21;14;20,8;180;3744"]  # fmt: skip


def test_grain_is_counted_as_it_is_paid_from_those_who_bring_it(tmp_path: Path) -> None:
    result = text(tmp_path, "\n".join(GRAIN), "apports céréales Coop 2025.csv")
    assert sold(result) == {("EARL du Pré", "Coop", "Blé"): (23.85, pytest.approx(195)),
                            ("GAEC des Ormes", "Coop", "Orge"): (20.8, pytest.approx(180))}  # fmt: skip
    assert codes(result) >= {"GAT137", "GAT26"}


def test_members_of_a_table_of_anything_else_are_no_suppliers(tmp_path: Path) -> None:
    with pytest.raises(WorkbookError, match="GAT02"):
        text(tmp_path, "\n".join(GRAIN), "Coop 2025.csv")


@pytest.mark.parametrize(("file", "owner"), [
    ("paie du lait GAEC des Ormes 2025.csv", "GAEC des Ormes"), ("apports céréales Coop.csv", "Coop"),
    ("Collecte lait Laiterie du Lac.xlsx", "Laiterie du Lac"),
])  # fmt: skip
def test_whose_a_file_of_what_is_brought_is(file: str, owner: str) -> None:
    assert named_by(file) == owner


@pytest.mark.parametrize("heading", ["Litres collectés", "Kg livrés", "Tonnes vendues", "Litrage", "Kilos achetés"])
def test_a_unit_and_what_was_done_is_a_quantity(heading: str, tmp_path: Path) -> None:
    result = text(tmp_path, f"Fournisseur;Produit;{heading};Montant HT\nFerme;Ail;10;50")
    assert sold(result) == {("Ferme", "Four", "Ail"): (10, 5)}
    assert {one.product.unit for one in result.products} <= {"litres", "kg", "tonnes", "kilos"}
