"""Journals and ledgers under headings of their own, and figures of quarters and halves in columns."""

from __future__ import annotations

from pathlib import Path

import pytest

from filiere.gather.headings import meaning
from filiere.gather.products import same_firms
from filiere.table import RawValue
from tests.gather.test_hostile_variations import codes, sheets, sold, text
from tests.gather.test_told_twice import asked, files

Row = tuple[RawValue | None, ...]


def test_a_journal_of_sales_by_accounts_gives_its_sales_once(tmp_path: Path) -> None:
    rows = ("Date;N° pièce;N° compte;Libellé compte;Nom tiers;Libellé écriture;Débit;Crédit\n"
            "05/01/2024;FA1;411BIO;Clients;Biocoop;Ratatouille;105,50;\n05/01/2024;FA1;701000;Ventes;Biocoop;Ratatouille;;100,00\n"
            "05/01/2024;FA1;445710;TVA collectée;Biocoop;Ratatouille;;5,50")  # fmt: skip
    assert sold(text(tmp_path, rows, "journal Four.csv")) == {("Four", "Biocoop", "Ventes"): (100, 1)}


@pytest.mark.parametrize("heads", [
    "Journal;Date;Compte;Lib. cpte;Tiers;Libellé;Montant;Sens", "Code journal;Date écriture;N° de compte;Intitulé du compte;Nom du tiers;Libellé;Montant;D/C",
])  # fmt: skip
def test_a_ledger_with_one_column_of_amounts_and_its_side(tmp_path: Path, heads: str) -> None:
    rows = ["AC;03/01/2024;607000;Achats;Bio Loire;F12;1200;D", "AC;03/01/2024;445660;TVA;Bio Loire;F12;66;D",
            "AC;03/01/2024;401BIO;Fournisseurs;Bio Loire;F12;1266;C", "AC;09/02/2024;607000;Achats;Bio Loire;Avoir;200;C",
            "AC;09/02/2024;445660;TVA;Bio Loire;Avoir;11;C", "AC;09/02/2024;401BIO;Fournisseurs;Bio Loire;Avoir;211;D",
            "OD;31/01/2024;641000;Salaires;Jean Dupont;Salaire;1800;D", "OD;31/01/2024;421000;Personnel;Jean Dupont;Salaire;1800;C"]  # fmt: skip
    result = text(tmp_path, "\n".join([heads, *rows]), "grand livre Four.csv")
    assert [(flow.seller, flow.quantity) for flow in result.flows] == [("Bio Loire", 1000)]
    assert [one.amount for one in result.own] == [1800]
    assert "Jean Dupont" not in str([problem.message("fr") for problem in result.decisions])


def test_a_table_of_purchases_with_account_numbers_alone_is_no_ledger(tmp_path: Path) -> None:
    rows = "Date;Compte;Fournisseur;Libellé;Débit;Crédit\n05/01/2024;607000;Ferme;Ail;100;"
    assert [(flow.product, flow.quantity) for flow in text(tmp_path, rows).flows] == [("Ail", 100)]


def test_figures_of_halves_with_their_measure_around() -> None:
    rows: list[Row] = [("Client", "Produit", "Qté S1 (kg)", "CA S1 HT", "Qté S2 (kg)", "CA S2 HT"),
                       ("Bar", "Miel", 10.0, 80.0, 30.0, 240.0)]  # fmt: skip
    assert sold(sheets({"Feuil1": rows}, "ventes Ruche.xlsx")) == {("Ruche", "Bar", "Miel"): (40, 8)}


@pytest.mark.parametrize("unit", ["(t)", "t"])
def test_quarters_beside_their_total_and_the_turnover(unit: str) -> None:
    rows: list[Row] = [("Client", "Produit", *(f"T{n} {unit}" for n in range(1, 5)), f"Total {unit}", "CA HT"),
                       ("Bar", "Blé", 10.0, 20.0, 30.0, 40.0, 100.0, 22000.0)]  # fmt: skip
    assert sold(sheets({"Feuil1": rows}, "ventes Coop.xlsx")) == {("Coop", "Bar", "Blé"): (100, 220)}


@pytest.mark.parametrize(
    ("heading", "held"), [("Total (t)", "quantity"), ("Total kg", "quantity"), ("Total", "amount")]
)
def test_a_total_in_a_unit_is_a_quantity(heading: str, held: str) -> None:
    assert meaning(heading) == held


def test_a_cheese_is_no_carriage(tmp_path: Path) -> None:
    result = text(tmp_path, "Fournisseur;Produit;Quantité (kg)\nCrèmerie;Port-Salut;10\nCrèmerie;Port;1")
    assert sold(result) == {("Crèmerie", "Four", "Port-Salut"): (10, None)}


def test_one_sale_told_by_two_ends_under_two_names_of_the_seller(tmp_path: Path) -> None:
    result = files(tmp_path, Ventes_Plateforme_Manger_Bio="Client;Produit;Quantité;Unité;Montant HT;Date\n"
                   "Cantine Sud;Carottes;100;kg;130;02/02/2024",
                   Achats_Cantine_Sud="Fournisseur;Produit;Quantité;Unité;Montant HT;Date\n"
                   "Manger Bio;Carottes;100;kg;130;02/02/2024")  # fmt: skip
    assert len(asked(result, "same pieces")) == 1
    assert len(asked(result, "same name")) == 1
    assert "GAT05" in codes(result)


@pytest.mark.parametrize(("names", "pairs"), [
    (("Ory", "Ferme Ory"), [("Ory", "Ferme Ory")]), (("Cantine Sud", "Cantine Sud Est"), []), (("Ferme", "Plateforme"), []),
    (("Magasin Vert", "Vert Groupe SAS"), []), (("Réseau Local Bio", "Local Bio"), [("Local Bio", "Réseau Local Bio")]),
])  # fmt: skip
def test_names_that_differ_by_the_sort_of_firm(names: tuple[str, str], pairs: list[tuple[str, str]]) -> None:
    assert same_firms(names) == pairs


def test_names_of_files_of_which_one_has_more_words_are_asked_about() -> None:
    names = ["Rucher des Monts", "Rucher des Monts atelier", "Moulin", "Moulin Bleu"]
    assert same_firms(names, names[:2]) == [("Rucher des Monts", "Rucher des Monts atelier")]
