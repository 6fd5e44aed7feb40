"""People in other people's files: who is no party, who is a private customer, and nobody's name in a message."""

from __future__ import annotations

from pathlib import Path

import pytest

from filiere.gather.people.persons import are_people, is_private, unquoted
from filiere.problems import WorkbookError
from filiere.table import RawValue
from tests.gather.test_hostile_variations import codes, sheets, sold, text

Row = tuple[RawValue | None, ...]
_FEC = (
    "JournalCode|EcritureNum|EcritureDate|CompteNum|CompteLib|CompAuxNum|CompAuxLib|PieceRef|EcritureLib|Debit|Credit"
)


@pytest.mark.parametrize("name", [
    "KERZONCUF Ywan", "Trévidic Anne-Lise", "LE GALL Maëlys", "Quéméneur Z.", "J.-P. Morvan", "Nolwenn Kerbrat",
    "BEN ALI Karim", "M. et Mme Poulmarc'h", "Client comptant", "Clients particuliers marché", "Ventes diverses",
])  # fmt: skip
def test_private_customers_are_known_by_how_people_are_named(name: str) -> None:
    assert is_private(name)


@pytest.mark.parametrize("name", [
    "BIOCOOP Laval", "Collège Jean Moulin", "EARL Dupont Jean", "Menuiserie Léon", "Les Halles", "Fournil A", "TERRE Bio",
    "Manger Bio", "LIDL Rennes", "Café Marie", "Paul & Fils", "Association des particuliers employeurs", "Lycée 2",
])  # fmt: skip
def test_firms_and_public_bodies_are_nobody_in_private(name: str) -> None:
    assert not is_private(name)


@pytest.mark.parametrize("name", ["KERZONCUF Ywan", "Trévidic Anne-Lise", "Kerzoncuf Brivael"])
def test_a_private_client_of_a_ledger_is_no_actor(tmp_path: Path, name: str) -> None:
    rows = [f"VE|1|20240110|411000|Clients|C1|{name}|F1|Panier {name}|52,75|0,00",
            "VE|1|20240110|701000|Ventes de pain|||F1|Panier|0,00|52,75"]  # fmt: skip
    result = text(tmp_path, "\n".join([_FEC, *rows]), "Four FEC.txt")
    assert [(flow.buyer, flow.quantity) for flow in result.flows] == [("private customers", 52.75)]
    assert name not in str([problem.message("fr") for problem in result.decisions])


@pytest.mark.parametrize(("heading", "names"), [
    ("Vendeur", ("Marie Dupont", "Paul Martin")), ("Vendeur(se)", ("KN", "LH")), ("Commercial", ("Kerbrat N.", "Lozach H.")),
    ("Salesperson", ("MARTIN Yanis", "Zoé")),
])  # fmt: skip
def test_who_sells_for_a_firm_is_no_seller(tmp_path: Path, heading: str, names: tuple[str, str]) -> None:
    rows = "".join(f"\n01/02/2024;École;{name};Pain;10;20" for name in names)
    result = text(tmp_path, f"Date;Client;{heading};Produit;Quantité (kg);Montant HT{rows}", "ventes Four.csv")
    assert sold(result) == {("Four", "École", "Pain"): (20, 2)}
    assert not any(name in actor.name for actor in result.actors for name in names)


@pytest.mark.parametrize("heading", ["Acheteur", "Acheteuse", "Demandeur", "Gestionnaire"])
def test_who_buys_for_a_body_is_no_buyer(tmp_path: Path, heading: str) -> None:
    rows = f"Date;Fournisseur;{heading};Produit;Quantité (kg)\n01/02/2024;Ferme;Nolwenn Kerbrat;Ail;10"
    assert sold(text(tmp_path, rows, "achats Ville.csv")) == {("Ferme", "Ville", "Ail"): (10, None)}


def test_sellers_that_are_firms_stay_beside_clients(tmp_path: Path) -> None:
    rows = "Date;Client;Vendeur;Produit;Quantité (kg)\n01/02/2024;École;Ferme des Prés;Ail;10"
    assert sold(text(tmp_path, rows, "ventes Hub.csv")) == {("Ferme des Prés", "École", "Ail"): (10, None)}


@pytest.mark.parametrize("label", [
    "Note de frais février", "Remboursement km", "Indemnités kilométriques mars", "Frais de déplacement", "IK avril",
    "Gratification stagiaire", "Acompte sur salaire", "Tickets restaurant",
])  # fmt: skip
def test_what_is_paid_to_staff_is_left_apart_without_a_name(tmp_path: Path, label: str) -> None:
    rows = f"Date;Fournisseur;Libellé;Montant HT\n01/02/2024;Kerbrat Nolwenn;{label};120\n03/02/2024;Moulin;Farine;450"
    result = text(tmp_path, rows)
    assert sold(result) == {("Moulin", "Four", "Farine"): (450, 1)}
    assert {actor.name for actor in result.actors} == {"Four", "Moulin"}
    assert "GAT61" in codes(result)


@pytest.mark.parametrize(("cell", "said"), [
    ("voir Mme Kerbrat 06 11 22 33 44", "Kerbrat"), ("nolwenn@free.fr", "nolwenn"), ("tél. 0611223344", "0611223344"),
    ("chez M. Lozach", "Lozach"),
])  # fmt: skip
def test_no_message_quotes_a_person(tmp_path: Path, cell: str, said: str) -> None:
    result = text(tmp_path, f"Client;Produit;Quantité (kg)\nÉcole;Lait;10\nÉcole;Lait;{cell}", "ventes Four.csv")
    assert "GAT04" in codes(result)
    assert said not in str([problem.message("fr") for problem in result.decisions]) + unquoted(cell)


def test_members_who_are_people_are_left_out() -> None:
    rows: list[Row] = [("Adhérent", "Type"), ("Ferme Ory", "Structure"), ("Nolwenn Kerbrat", "Particulier"),
                       ("Kerzoncuf", "Consom'acteur"), ("Commune de Sel", "Collectivité")]  # fmt: skip
    sales: list[Row] = [("Client", "Produit", "Quantité (kg)"), ("École", "Ail", 10.0)]
    result = sheets({"Adhérents": rows, "Ventes": sales}, "ventes Four.xlsx")
    assert {actor.name for actor in result.actors} == {"Ferme Ory", "Commune de Sel", "Four", "École"}
    assert "GAT112" in codes(result)


@pytest.mark.parametrize("heads", [("Nom", "Prénom", "Heures", "Salaire brut"), ("Salarié", "Poste", "Heures", "Coût")])
@pytest.mark.parametrize("title", [True, False])
def test_a_table_of_staff_below_the_sales_is_none_of_them(heads: tuple[str, ...], title: bool) -> None:
    rows: list[Row] = [("Client", "Produit", "Qté kg", "Mt HT"), ("Biocoop", "Pain", 500.0, 2500.0),
                       ("PERSONNEL",) if title else (), heads, ("Kerbrat", "Nolwenn", 1600.0, 22000.0)]  # fmt: skip
    result = sheets({"Feuil1": rows}, "ventes Four.xlsx")
    assert sold(result) == {("Four", "Biocoop", "Pain"): (500, 5)}
    assert "Kerbrat" not in {actor.name for actor in result.actors}


def test_a_list_of_people_alone_gives_no_workbook() -> None:
    with pytest.raises(WorkbookError) as told:
        sheets({"Feuil1": [("Nom", "Prénom", "Heures"), ("Kerbrat", "Nolwenn", 1600.0)]}, "Four.xlsx")
    assert "GAT37" in {problem.code for problem in told.value.problems}


def test_initials_name_people_and_firms_do_not() -> None:
    assert are_people(["KN", "LH"])
    assert not are_people(["Ferme Ory", "Moulin Bleu"])


def test_the_questions_of_a_form_are_no_members() -> None:
    rows: list[Row] = [
        ("Nom de la structure", "Ferme Lulu"),
        ("À qui vendez-vous ?", "Filature"),
        ("Prix moyen ?", "1 €/kg"),
    ]
    with pytest.raises(WorkbookError) as told:
        sheets({"Feuil1": rows}, "Questionnaire.xlsx")
    assert "GAT02" in {problem.code for problem in told.value.problems}
