"""What is no purchase or sale in other people's files: plans, stocks, sums, money given; and whose file it is."""

from __future__ import annotations

from pathlib import Path

import pytest

from filiere.gather.apart.aside import aside, no_party
from filiere.gather.apart.totals import is_total
from filiere.gather.cells.whose import named_by
from filiere.gather.headings import meaning
from filiere.problems import WorkbookError
from filiere.table import RawValue
from tests.gather.test_hostile_variations import codes, sheets, sold, text

Row = tuple[RawValue | None, ...]
HEAD = "Client;Produit;Quantité (kg);Montant HT"


@pytest.mark.parametrize(("title", "kind"), [
    ("Avoirs Ferme Ory 2024", "credit"), ("Notes de crédit Ferme Ory", "credit"), ("Ferme Ory - avoirs 2024", "credit"),
    ("Factures et avoirs Ferme Ory", ""), ("Ventes hors avoirs", ""),
    ("Ventes nettes d'avoirs", ""), ("Ventes, avoirs déduits", ""), ("Engagements 2025 (prévisionnel)", "none"),
    ("Scénario bas", "none"), ("Hypothèse 2", "none"), ("Budget Cantine Sud 2025", "none"), ("Prévisionnel et réalisé", ""),
    ("Ventes Ferme Ory prévisionnel", "none"), ("Réel", ""), ("Tarifs 2024 Ferme Ory", "none"), ("Devis Ferme Ory", "none"),
    ("Devis et factures Ferme Ory", ""), ("État des stocks Ferme Ory", "none"), ("Prospects Ory", "none"),
    ("Comparatif des prix HT (€/kg)", "none"), ("Conditions fournisseurs Cantine", "none"), ("Ventes Stock Ferme", ""),
    ("Catalogue de printemps", "none"), ("Livraisons Ferme Ory", ""), ("Ventes 2024", ""), ("Simulation haute", "none"),
])  # fmt: skip
def test_a_title_says_what_did_not_take_place(title: str, kind: str) -> None:
    assert aside(title) == kind


@pytest.mark.parametrize(("file", "owner"), [
    ("Avoirs Rucher des Monts 2024.csv", "Rucher des Monts"), ("Ventes Rucher des Monts par client 2024.csv", "Rucher des Monts"),
    ("Ventes Rucher des Monts détail.csv", "Rucher des Monts"), ("Ventes Rucher des Monts 2024 v2 corrigé.csv", "Rucher des Monts"),
    ("Copie de Ventes Ferme X (1).csv", "Ferme X"), ("Ventes Z exercice clos le 30-06-2024.csv", "Z"),
    ("Bons de livraison Moulin Vert.csv", "Moulin Vert"), ("TCD Maraîchers Unis.xlsx", "Maraîchers Unis"),
    ("Ventes des Maraîchers Unis.csv", "Maraîchers Unis"), ("Les Vergers Bio.csv", "Les Vergers Bio"),
    ("Etat stock Épicerie Rurale.csv", "Épicerie Rurale"), ("Ventes Le Bilan Vert.csv", "Le Bilan Vert"),
    ("Stat ventes Fournil 2025.csv", "Fournil"), ("Export EBP Fournil.txt", "Fournil"), ("Facturier Fournil 2025.csv", "Fournil"),
    ("Écritures Fournil.csv", "Fournil"), ("Livre des recettes Ferme du Lac 2025.csv", "Ferme du Lac"), ("Stats.csv", "Stats"),
    ("Ventes Livres et Cie.csv", "Livres et Cie"), ("Ventes Cahiers du Sud.csv", "Cahiers du Sud"), ("Menus Plaisirs.csv", "Menus Plaisirs"),
    ("ventes_ferme_des_pres_2024.csv", "ferme des pres"), ("Ventes Ferme A.csv", "Ferme A"),
])  # fmt: skip
def test_the_name_of_a_file_says_whose_it_is(file: str, owner: str) -> None:
    assert named_by(file) == owner


def test_credit_notes_in_a_file_of_their_own_take_off(tmp_path: Path) -> None:
    from filiere.gather.gather import gather
    from filiere.workbook.read.csv import read_csv

    for name, row in (
        ("Factures Four 2024.csv", "F1;École;Pain;100;800"),
        ("Avoirs Four 2024.csv", "A1;École;Pain;20;160"),
    ):
        (tmp_path / name).write_text(f"N°;{HEAD}\n{row}\n", encoding="utf-8")
    result = gather([read_csv(path) for path in sorted(tmp_path.iterdir())], "fr")
    assert sold(result) == {("Four", "École", "Pain"): (80, 8)}


def test_a_scenario_beside_what_took_place_counts_nothing() -> None:
    rows = {"Réel": 100.0, "Scénario bas": 60.0}
    result = sheets({name: [("Client", "Produit", "Qté kg"), ("École", "Pain", value)] for name, value in rows.items()},
                    "ventes Four.xlsx")  # fmt: skip
    assert sold(result) == {("Four", "École", "Pain"): (100, None)}
    assert "GAT51" in codes(result)


@pytest.mark.parametrize("heading", [
    "Qté en stock", "Stock mini", "Qté mini", "Volume potentiel (kg)", "Franco HT", "Minimum de commande", "Part du CA",
    "Valeur stock HT", "Seuil d'alerte", "Part de marché", "CA potentiel HT", "Quantité disponible",
])  # fmt: skip
def test_a_column_of_no_exchange_is_not_taken_for_one(tmp_path: Path, heading: str) -> None:
    assert meaning(heading) is None
    with pytest.raises(WorkbookError) as told:
        text(tmp_path, f"Fournisseur;Produit;{heading}\nFerme;Ail;50")
    assert "GAT02" in {problem.code for problem in told.value.problems}


@pytest.mark.parametrize("name", [
    "Perte", "Pertes et casse", "Stock", "Mise en stock", "Casse magasin", "Autoconsommation", "Consommation interne",
    "Cession interne", "Démarque inconnue", "Prélèvement de l'exploitant", "Échantillons gratuits", "Inventaire",
])  # fmt: skip
def test_losses_stocks_and_own_use_are_no_clients(tmp_path: Path, name: str) -> None:
    result = text(tmp_path, f"{HEAD}\nÉcole;Pain;100;200\n{name};Pain;10;0", "ventes Four.csv")
    assert sold(result) == {("Four", "École", "Pain"): (100, 2)}
    assert "GAT114" in codes(result)


@pytest.mark.parametrize("name", ["Stockfish SARL", "La Perte Verte", "Casse-Croûte", "Transferts Solidaires"])
def test_firms_with_such_words_stay_clients(name: str) -> None:
    assert not no_party(name)


def test_clients_as_columns_leave_losses_and_stocks_out() -> None:
    rows: list[Row] = [("Livré en kg",), ("Produit", "Unité", "École", "Hôpital", "Pertes", "Stock"),
                       ("Ail", "kg", 100.0, 50.0, 5.0, 10.0)]  # fmt: skip
    result = sheets({"Feuil1": rows}, "ventes Four.xlsx")
    assert {buyer for _, buyer, _ in sold(result)} == {"École", "Hôpital"}


@pytest.mark.parametrize(
    "label", ["Tous clients", "Ensemble des clients", "Cumul général", "Tous", "All customers", "Ensemble"]
)
def test_a_row_named_after_all_clients_counts_nothing(tmp_path: Path, label: str) -> None:
    result = text(tmp_path, f"{HEAD}\n{label};Ail;150;300\nÉcole;Ail;100;200\nHôpital;Ail;50;100", "ventes Four.csv")
    assert sold(result) == {("Four", "École", "Ail"): (100, 2), ("Four", "Hôpital", "Ail"): (50, 2)}
    assert "GAT115" in codes(result)


def test_a_table_of_all_clients_alone_counts(tmp_path: Path) -> None:
    result = text(tmp_path, f"{HEAD}\nTous clients;Ail;150;300", "ventes Four.csv")
    assert sold(result) == {("Four", "Tous clients", "Ail"): (150, 2)}


@pytest.mark.parametrize(("family", "more"), [("LÉGUMES", "FRUITS"), ("Légumes", "Fruits")])
def test_a_row_with_the_sum_of_its_family_counts_nothing(tmp_path: Path, family: str, more: str) -> None:
    rows = [f"École;{family};150;300", "École;Carottes;100;200", "École;Poireaux;50;100", f"École;{more};30;90",
            "École;Pommes;30;90"]  # fmt: skip
    result = text(tmp_path, "\n".join([HEAD, *rows]), "ventes Four.csv")
    assert {good: figures[0] for (_, _, good), figures in sold(result).items()} == {
        "Carottes": 100,
        "Poireaux": 50,
        "Pommes": 30,
    }
    assert "GAT115" in codes(result)


def test_a_family_with_another_sum_is_a_good(tmp_path: Path) -> None:
    rows = [f"{HEAD}\nÉcole;LÉGUMES;40;80", "École;Carottes;100;200", "École;Poireaux;50;100"]
    assert len(sold(text(tmp_path, "\n".join(rows), "ventes Four.csv"))) == 3


@pytest.mark.parametrize("label", ["Tot. fruits", "S/T légumes", "Sous-tot. fruits", "TOTAUX", "Sous-total 1"])
def test_short_words_for_totals(tmp_path: Path, label: str) -> None:
    result = text(tmp_path, f"{HEAD}\nÉcole;Ail;100;200\nÉcole;{label};100;200", "ventes Four.csv")
    assert sold(result) == {("Four", "École", "Ail"): (100, 2)}


def test_totals_below_the_lines_of_an_invoice_are_none_of_them() -> None:
    rows: list[Row] = [("EARL Ory",), ("Facturé à :", "Cantine Sud"), ("Désignation", "Qté", "Unité", "PU HT", "Total HT"),
                       ("Carottes", 100.0, "kg", 1.2, 120.0), ("Poireaux", 10.0, "kg", 2.0, 20.0),
                       (None, None, None, "Total HT", 140.0), (None, None, None, "TVA 5,5 %", 7.7),
                       (None, None, None, "Net à payer", 147.7)]  # fmt: skip
    result = sheets({"Feuil1": rows}, "Facture 12.xlsx")
    assert sold(result) == {
        ("EARL Ory", "Cantine Sud", "Carottes"): (100, 1.2),
        ("EARL Ory", "Cantine Sud", "Poireaux"): (10, 2),
    }


@pytest.mark.parametrize(("of_month", "summed"), [("Qté mois", "Qté cumul"), ("Quantité", "Quantité cumulée")])
def test_the_figure_of_the_month_counts_not_the_running_total(tmp_path: Path, of_month: str, summed: str) -> None:
    rows = f"Mois;Client;Produit;{summed};{of_month};Unité\n01/2024;École;Ail;10;10;kg\n02/2024;École;Ail;30;20;kg"
    assert sold(text(tmp_path, rows, "ventes Four.csv")) == {("Four", "École", "Ail"): (30, None)}


@pytest.mark.parametrize("status", ["Proforma", "Facture pro forma", "Prévisionnel", "En option", "Expiré"])
def test_a_status_that_is_no_sale(tmp_path: Path, status: str) -> None:
    rows = f"Client;Produit;Quantité (kg);Statut\nÉcole;Ail;10;Payée\nÉcole;Ail;15;{status}"
    assert sold(text(tmp_path, rows, "ventes Four.csv")) == {("Four", "École", "Ail"): (10, None)}


@pytest.mark.parametrize(
    "label", ["Subvention 2024", "Don", "Mécénat entreprise", "Adhésion 2024", "Aide à l'emploi", "Dons manuels"]
)
def test_money_given_for_no_good_is_no_sale(tmp_path: Path, label: str) -> None:
    result = text(
        tmp_path, f"Client;Libellé;Montant HT\nRégion;{label};2000\nMairie;Atelier cuisine;800", "ventes Asso.csv"
    )
    assert sold(result) == {("Asso", "Mairie", "Atelier cuisine"): (800, 1)}
    assert "GAT116" in codes(result)


def test_people_with_contracts_are_customers_not_suppliers(tmp_path: Path) -> None:
    rows = "Nom;Prénom;E-mail;Produit;Quantité;Unité\nKerbrat;Nolwenn;n@k.fr;Panier;45;panier"
    result = text(tmp_path, rows, "Contrats Ferme Ory 2024.csv")
    assert sold(result) == {("Ferme Ory", "private customers", "Panier"): (45, None)}


@pytest.mark.parametrize("name", ["St Nectaire", "ST Marcellin", "Tôt ou tard", "Stand du marché", "Saint-Nectaire"])
def test_no_cheese_is_a_total(name: str) -> None:
    assert not is_total(name)


@pytest.mark.parametrize(("share", "other"), [("60", "40"), ("60 %", "40 %"), ("0,6", "0,4")])
def test_a_total_on_each_row_is_shared_out(tmp_path: Path, share: str, other: str) -> None:
    rows = f"Client;Produit;Volume total (t);Part %\nA rouge;Blé;100;{share}\nB blanc;Blé;100;{other}"
    result = text(tmp_path, rows, "ventes Coop.csv")
    assert sold(result) == {("Coop", "A rouge", "Blé"): (60, None), ("Coop", "B blanc", "Blé"): (40, None)}
    assert "GAT117" in codes(result)


def test_a_quantity_of_zero_is_no_return(tmp_path: Path) -> None:
    result = text(tmp_path, f"{HEAD}\nÉcole;Ail;10;20\nBar;Ail;0;0", "ventes Four.csv")
    assert {"GAT118"} == codes(result) & {"GAT14", "GAT118"}


def test_a_price_with_carriage_paid_is_a_price() -> None:
    assert meaning("Prix franco HT") == "price"
