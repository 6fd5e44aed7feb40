"""Members' lists, numbers that tell who is who, own costs, and the people whose data is nobody's business here."""

from __future__ import annotations

from pathlib import Path

import pytest

from filiere.gather.gather import Gathered, gather
from filiere.gather.members import number_of
from filiere.workbook.read.csv import read_csv


def pile(folder: Path, **files: str) -> Gathered:
    books = []
    for name, content in files.items():
        path = folder / f"{name.replace('_', ' ')}.csv"
        path.write_bytes(content.strip("\n").encode())
        books.append(read_csv(path))
    return gather(books, "fr")


SALES = "Client;SIRET client;Produit;Quantité;Unité;Montant HT\n{name};{number};Pain;10;kg;40"


@pytest.mark.parametrize(
    ("typed", "number"),
    [("213 800 011 00011", "21380001100011"), (21380001100011.0, "21380001100011"), ("1234567", "001234567"),
     ("FR40 123456824", "123456824"), ("n° 12", ""), ("", ""), (None, ""), ("12345678901", "")],
)  # fmt: skip
def test_numbers_as_people_type_them(typed: str | float | None, number: str) -> None:
    assert number_of(typed) == number


@pytest.mark.parametrize("heading", ["Structure", "Adhérent", "Raison sociale", "Nom"])
def test_a_list_of_members_names_them_and_keeps_their_numbers(tmp_path: Path, heading: str) -> None:
    result = pile(
        tmp_path,
        adherents=f"{heading};SIRET;Contact;Téléphone\nFerme du Pré;12345682400012;Anne Petit;0600000000",
        ventes_Fournil=SALES.format(name="FERME DU PRE (EARL)", number="12345682400012"),
    )
    actors = {actor.name: (actor.perimeter.key, actor.identifier) for actor in result.actors}
    assert actors["Ferme du Pré"] == ("member", "12345682400012")
    assert [(flow.seller, flow.buyer) for flow in result.flows] == [("Fournil", "Ferme du Pré")]
    everything = " ".join([*actors, *(problem.message("fr") for problem in result.decisions)])
    assert "Petit" not in everything and "0600000000" not in everything


def test_a_canteen_known_by_its_number_alone_gets_the_name_of_the_list(tmp_path: Path) -> None:
    head = "siret;description;fournisseur;date;prix_ht;famille_produits;categories_egalim;origine;est_circuit_court;est_local;definition_local"
    result = pile(
        tmp_path,
        adherents="Structure;SIRET\nCantine des Tilleuls;21380001100011",
        achats_2026=f"{head}\n21380001100011;Pain;Fournil;2026-01-05;100;BOULANGERIE;BIO;;non;non;",
    )
    assert [(flow.seller, flow.buyer) for flow in result.flows] == [("Fournil", "Cantine des Tilleuls")]


def test_two_canteens_of_one_town_stay_two(tmp_path: Path) -> None:
    result = pile(
        tmp_path,
        adherents="Structure;SIRET\nCantine A;21380001100011\nCantine B;21380001100029",
        ventes_Fournil=SALES.format(name="Commune", number="213800011"),
    )
    assert {actor.name for actor in result.actors} == {"Cantine A", "Cantine B", "Commune", "Fournil"}


def test_people_are_left_out_and_the_structure_they_act_for_is_taken(tmp_path: Path) -> None:
    result = pile(
        tmp_path,
        contacts="Nom;Prénom;Structure\nPetit;Anne;Ferme du Pré",
        benevoles="Nom;Prénom;Email\nDurand;Luc;luc@example.org",
        ventes_Fournil=SALES.format(name="École", number=""),
    )
    assert {actor.name for actor in result.actors} == {"Ferme du Pré", "Fournil", "École"}
    assert [str(problem.cell) for problem in result.decisions if problem.code == "GAT37"] == ["benevoles.csv!1"]


FEC = "JournalCode|JournalLib|EcritureNum|EcritureDate|CompteNum|CompteLib|CompAuxNum|CompAuxLib|PieceRef|PieceDate|EcritureLib|Debit|Credit"


def test_rent_wages_and_the_like_become_the_fixed_cost_of_the_ledger_s_owner(tmp_path: Path) -> None:
    from filiere.analysis.weighing.unprotected import unprotected
    from filiere.chain.read import problems_of, read_chain
    from filiere.gather.workbook import gathered_workbook
    from filiere.workbook.read.read import read_workbook

    lines = [
        ("AC", "1", "20250110", "607100", "Farine", "", "", "900,00", "0"), ("AC", "1", "20250110", "401000", "F", "M", "Moulin", "0", "900,00"),
        ("AC", "2", "20250115", "613200", "Loyer SCI Durand", "", "", "700,00", "0"), ("AC", "2", "20250115", "401000", "F", "D", "SCI Durand", "0", "700,00"),
        ("PA", "3", "20250131", "641100", "Salaire Jean", "", "", "2000,00", "0"), ("PA", "3", "20250131", "421000", "P", "J", "Jean Martin", "0", "2000,00"),
        ("PA", "4", "20250228", "645000", "URSSAF", "", "", "800,50", "0"), ("PA", "4", "20250228", "431000", "U", "", "URSSAF", "0", "800,50"),
    ]  # fmt: skip
    text = "\n".join(
        [FEC, *("|".join([a, a, b, c, d, e, f, g, b, c, "x", h, i]) for a, b, c, d, e, f, g, h, i in lines)]
    )
    result = pile(tmp_path, FEC_Fournil=text)
    [own] = result.own
    assert (own.actor, own.amount) == ("Fournil", 3500.5)
    assert [(kind.en, amount.en) for kind, amount in own.kinds] == [("staff", "2,800.50"), ("rent", "700.00")]
    path = tmp_path / "w.xlsx"
    path.write_bytes(gathered_workbook(result, "en"))
    raw = read_workbook(path)
    [sheet] = [table for table in raw.tables if table.sheet == "Processes"]
    assert 3500.5 in sheet.rows[1].values.values()
    assert not [problem for problem in problems_of(raw) if problem.code == "CHK06"]
    assert not [process for process in unprotected(read_chain(raw)) if process.actor == "Fournil"]
    everything = str(sheet.rows[1].values) + " ".join(problem.message("fr") for problem in result.decisions)
    assert not any(name in everything for name in ("Durand", "Jean", "Martin"))


# ---- cross tables


@pytest.mark.parametrize(
    "table",
    [
        "Ventes 2025 (kg)\nProduit;Ecole;Hopital;Marché;Total\nPain;100;50;;150\nBrioche;;20;5;25\nTotal;100;70;5;175",
        "Ventes 2025 en kg\nClient;Pain;Brioche\nEcole;100;\nHopital;50;20\nMarché;;5",
        "Ventes\nProduit;Unité;Ecole;Hopital;Marché\nPain;kg;100;50;\nBrioche;kg;;20;5",
    ],
)
def test_a_cross_table_is_read_either_way_round(tmp_path: Path, table: str) -> None:
    result = pile(tmp_path, ventes_Fournil=table)
    assert {(flow.seller, flow.buyer, flow.product): flow.quantity for flow in result.flows} == {
        ("Fournil", "Ecole", "Pain"): 100, ("Fournil", "Hopital", "Pain"): 50,
        ("Fournil", "Hopital", "Brioche"): 20, ("Fournil", "Marché", "Brioche"): 5,
    }  # fmt: skip


def test_a_cross_table_whose_figures_may_be_anything_is_left_out_and_told(tmp_path: Path) -> None:
    result = pile(tmp_path, ventes_Fournil="Produit;Ecole;Hopital\nPain;100;50",
                  ventes_Four=SALES.format(name="Ecole", number=""))  # fmt: skip
    assert [str(p.cell) for p in result.decisions if p.code == "GAT02"] == ["ventes Fournil.csv!1"]
    assert {flow.seller for flow in result.flows} == {"Four"}
