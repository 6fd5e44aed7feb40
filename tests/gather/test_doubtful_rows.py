"""Cells that name nobody, remarks in names, titles of stocks, contacts beside firms: the row is told and left out.

Each rule stands beside a row that only looks alike and stays read.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from filiere.gather.cells.doubtful import names_nobody, remark_in
from filiere.gather.cells.pieces import title_kind
from filiere.gather.cells.qualify import credited_good, for_price_alone
from tests.gather.test_hostile_variations import codes, sheets, sold, text

HEAD = "Date;Fournisseur;Produit;Quantité (kg);Montant HT"
GOOD = "05/03/2024;Ferme;Ail;10;10"


@pytest.mark.parametrize(
    "name",
    [
        "-",
        "?",
        "N/A",
        "n.c.",
        "à préciser",
        "Inconnu",
        "Fournisseur inconnu",
        "xxx",
        "Divers",
        "Test",
        "à voir",
        "Sans fournisseur",
        "(vide)",
    ],
)
def test_a_cell_may_name_nobody(name: str) -> None:
    assert names_nobody(name)


@pytest.mark.parametrize(
    "name",
    ["NA Distribution", "Test & Fils", "Légumes divers", "Achats divers", "Le Divers Café", "Xavier", "Ferme du Néant"],
)
def test_a_name_with_such_a_word_is_a_name(name: str) -> None:
    assert not names_nobody(name)


@pytest.mark.parametrize(("name", "remark"), [
    ("Ferme (annulé)", "annulé"), ("ANNULÉE - Ail", "ANNULÉE"), ("Sel - non livré", "non livré"), ("Ail annulé", "annulé"),
    ("Ferme - DEVIS", "DEVIS"), ("Ail (en attente)", "en attente"), ("Ail non reçu", "non reçu"), ("Ail (annulé le 3/4)", "annulé"), ("Ail - en attente de livraison", "en attente"), ("Test, ne pas compter", "ne pas compter"),
    ("Ail", ""), ("Devis & Cie", ""), ("Annulaire de Savoie", ""), ("Ferme du Refus", ""), ("Café livré", ""), ("Sel non raffiné", ""), ("Beer (draft)", ""),
])  # fmt: skip
def test_a_remark_in_a_name_is_told_from_the_name(name: str, remark: str) -> None:
    assert remark_in(name) == remark


@pytest.mark.parametrize(("row", "code"), [
    ("05/03/2024;?;Ail;40;40", "GAT81"), ("05/03/2024;Ferme;-;40;40", "GAT81"), ("05/03/2024;Ferme (annulé);Ail;40;40", "GAT22"),
    ("05/03/2024;Ferme;Ail (annulé);40;40", "GAT22"), ("05/03/2024;Ferme;Devis ail;40;40", "GAT22"),
])  # fmt: skip
def test_such_a_row_is_left_out_and_told(tmp_path: Path, row: str, code: str) -> None:
    result = text(tmp_path, f"{HEAD}\n{GOOD}\n{row}")
    assert sold(result) == {("Ferme", "Four", "Ail"): (10, 1)}
    assert code in codes(result)


def test_a_cancelled_row_written_with_its_minus_comes_off(tmp_path: Path) -> None:
    result = text(tmp_path, f"{HEAD}\n{GOOD}\n05/03/2024;Ferme;Ail (annulé);-4;-4")
    assert sold(result) == {("Ferme", "Four", "Ail"): (6, 1)}


@pytest.mark.parametrize("title", [
    "Inventaire au 31/12/2024", "État des stocks au 30/06/2024", "Stock au 31/12", "Pertes et casse 2024", "Litiges 2024",
    "Simulation achats 2025", "Reste à livrer au 31/12/2024", "Échantillons 2024", "Livraisons refusées", "Commandes en cours",
    "Prévisions d'achats 2025", "Achats prévisionnels", "Inventaire de fin d'année", "Suivi des litiges", "Articles non livrés", "Ne pas utiliser",
])  # fmt: skip
def test_a_title_says_that_nothing_was_bought(tmp_path: Path, title: str) -> None:
    result = text(tmp_path, f"{HEAD}\n{GOOD}", "achats Four.csv")
    assert len(sold(result)) == 1
    (tmp_path / "b").mkdir()
    both = text(tmp_path, f"{HEAD}\n{GOOD}\n;;;;\n{title};;;;\n{HEAD}\n05/03/2024;Ferme;Sel;40;40")
    assert sold(both) == {("Ferme", "Four", "Ail"): (10, 1)}
    assert "GAT51" in codes(both)


@pytest.mark.parametrize(
    "title",
    [
        "Achats au 31/12/2024",
        "Livraisons 2024",
        "Stockfish et Cie",
        "Sorties de stock vendues",
        "Commandes livrées",
        "Achats des produits",
        "Suivi des achats",
        "Budget Traiteur",
        "Liste des fournisseurs",
        "Mouvements de stock",
    ],
)
def test_other_titles_say_nothing_of_the_kind(title: str) -> None:
    assert title_kind(title) == ""


@pytest.mark.parametrize(("kind", "alone"), [
    ("Avoir différence de prix", True), ("Avoir pour erreur de tarif", True), ("Avoir remise de fin d'année", True),
    ("Avoir", False), ("Avoir retour marchandise", False), ("Avoir prix Nobel", False),
])  # fmt: skip
def test_a_credit_note_may_be_for_a_price_alone(kind: str, alone: bool) -> None:
    assert for_price_alone(kind) is alone


def test_a_credit_note_for_a_price_takes_off_no_goods(tmp_path: Path) -> None:
    rows = "Facture;Ferme;Ail;100;100\nAvoir différence de prix;Ferme;Ail;100;5"
    result = text(tmp_path, f"Type;Fournisseur;Produit;Quantité (kg);Montant HT\n{rows}")
    assert sold(result) == {("Ferme", "Four", "Ail"): (100, 0.95)}
    assert "GAT85" in codes(result)


@pytest.mark.parametrize(("label", "good"), [
    ("Retour de pêche (soupe)", None), ("Retour du marché", None), ("Retour de farine", "farine"), ("Retour Farine", "Farine"),
    ("Thé Retour des Indes", None),
])  # fmt: skip
def test_what_comes_back_from_fishing_is_sold(label: str, good: str | None) -> None:
    assert credited_good(label) == good


def test_a_row_of_prices_among_the_clients_of_a_grid_is_no_client() -> None:
    result = sheets({"S": [
        ("Client", "Pommes (kg)", "Coings (kg)"), ("PU HT", 2.0, 3.0), ("Ecole", 10.0, 5.0), ("Cantine", 20.0, None),
    ]}, "ventes Ferme.xlsx")  # fmt: skip
    assert {flow.buyer for flow in result.flows} == {"Ecole", "Cantine"}
    assert "GAT81" in codes(result)


def test_a_loan_is_no_sale(tmp_path: Path) -> None:
    rows = "Ecole;Ail;10;10;Vente\nEcole;Ail;40;40;Prêt\nBanque;Ail;20;0;Don"
    result = text(tmp_path, f"Client;Produit;Quantité (kg);Montant HT;Nature\n{rows}", "ventes Ferme.csv")
    assert sold(result) == {("Ferme", "Ecole", "Ail"): (10, 1), ("Ferme", "Banque", "Ail"): (20, 0)}
    assert "GAT22" in codes(result)


@pytest.mark.parametrize(("good", "quantities"), [("Vin rouge", {10.0, 20.0}), ("Ail", {20.0})])
def test_a_vintage_is_the_year_of_no_sale_but_other_goods_have_years(
    tmp_path: Path, good: str, quantities: set[float]
) -> None:
    rows = (
        f"Ferme;{good};2019;10;100\nFerme;Rosé;2022;20;200"
        if "Vin" in good
        else "Ferme;Ail;2019;10;1\nFerme;Sel;2022;20;2"
    )
    result = text(tmp_path, f"Fournisseur;Produit;Millésime;Quantité (l);Montant HT\n{rows}")
    assert {flow.quantity for flow in result.flows} == quantities


@pytest.mark.parametrize("written", ["0601020304", "06 01 02 03 04", "06.01.02.03.04"])
def test_a_telephone_number_is_no_quantity(tmp_path: Path, written: str) -> None:
    result = text(tmp_path, f"{HEAD}\n{GOOD}\n05/03/2024;Ferme;Sel;{written};10")
    assert sold(result)["Ferme", "Four", "Ail"] == (10, 1)
    assert max(flow.quantity for flow in result.flows) == 10
    assert not any(written in problem.message("en") for problem in result.decisions)
    assert "GAT04" in codes(result)


# ---- people, firms, numbers


def test_a_first_name_says_that_a_client_is_a_person_and_a_firm_stands_before_its_contact(tmp_path: Path) -> None:
    rows = "Dupond;Zoé;;Ail;10;10\nPetit;Marie;Ecole Pergaud;Ail;20;20\nGAEC Horizon;Luc;;Ail;5;5\nCantine;;;Ail;1;1"
    result = text(tmp_path, f"Nom;Prénom;Société;Produit;Quantité (kg);Montant HT\n{rows}", "ventes Ferme.csv")
    assert sold(result) == {("Ferme", buyer, "Ail"): (quantity, 1) for buyer, quantity in (
        ("private customers", 10), ("Ecole Pergaud", 20), ("GAEC Horizon", 5), ("Cantine", 1))}  # fmt: skip
    assert "GAT45" in codes(result)
    assert "GAT23" not in codes(result)


def test_sundry_clients_are_private_customers(tmp_path: Path) -> None:
    rows = "Divers;Ail;10;10\nEcole;Ail;20;20"
    result = text(tmp_path, f"Client;Produit;Quantité (kg);Montant HT\n{rows}", "ventes Ferme.csv")
    assert sold(result) == {("Ferme", "private customers", "Ail"): (10, 1), ("Ferme", "Ecole", "Ail"): (20, 1)}


def test_people_who_sell_are_told_and_kept(tmp_path: Path) -> None:
    result = text(tmp_path, f"{HEAD}\n{GOOD}\n05/03/2024;Jean Dupont;Miel;10;100")
    assert ("Jean Dupont", "Four", "Miel") in sold(result)
    assert "GAT84" in codes(result)
    assert "GAT84" not in codes(text(tmp_path, f"{HEAD}\n{GOOD}"))


@pytest.mark.parametrize(("row", "told"), [
    ("Ferme;73282932000074;Ail;10\nLes Blés;73282932000074;Ail;20", {"GAT86"}),
    ("Ferme;73282932000075;Ail;30", {"GAT87"}),
    ("Ferme;73282932000074;Ail;10\nEARL Ferme;73282932000074;Ail;20", set()),
])  # fmt: skip
def test_company_numbers_are_checked(tmp_path: Path, row: str, told: set[str]) -> None:
    result = text(tmp_path, f"Fournisseur;SIRET;Produit;Quantité (kg)\n{row}")
    assert sold(result) == {("Ferme", "Four", "Ail"): (30, None)}
    assert codes(result) & {"GAT86", "GAT87"} == told


@pytest.mark.parametrize(("heading", "value", "told"), [
    ("Code client", "C0012", True), ("Code client", "Ecole Pergaud", False), ("Client", "C0012", False),
])  # fmt: skip
def test_codes_in_the_place_of_names_are_told(tmp_path: Path, heading: str, value: str, told: bool) -> None:
    result = text(tmp_path, f"{heading};Produit;Quantité (kg)\n{value};Ail;10", "ventes Ferme.csv")
    assert sold(result) == {("Ferme", value, "Ail"): (10, None)}
    assert ("GAT82" in codes(result)) is told


@pytest.mark.parametrize(("heading", "told"), [
    ("Prix", True), ("Prix HT", True), ("Prix unitaire", False), ("PU HT", False), ("Prix (€/kg)", False), ("Prix au kg", False),
])  # fmt: skip
def test_a_bare_price_is_taken_as_of_one_unit_and_told(tmp_path: Path, heading: str, told: bool) -> None:
    result = text(tmp_path, f"Fournisseur;Produit;Quantité (kg);{heading}\nFerme;Ail;10;2")
    assert sold(result) == {("Ferme", "Four", "Ail"): (10, 2)}
    assert ("GAT83" in codes(result)) is told


def test_an_order_form_under_its_producer_is_no_table_turned_on_its_side() -> None:
    result = sheets({"S": [
        ("Producteur : Ferme", None, None, None, None, None, None),
        ("Produit", "Unité", "Prix HT", "Four", "Cantine", "Total", "Total €"),
        ("Pommes", "kg", 2.0, 10.0, 20.0, 30.0, 60.0), ("Coings", "kg", 3.0, 5.0, 0.0, 5.0, 15.0),
        ("Total €", None, None, 35.0, 40.0, None, 75.0),
    ]}, "commande groupee Ferme.xlsx")  # fmt: skip
    assert {(flow.buyer, flow.product): flow.quantity for flow in result.flows} == {
        ("Four", "Pommes"): 10, ("Cantine", "Pommes"): 20, ("Four", "Coings"): 5}  # fmt: skip
    assert "GAT70" not in codes(result)
