"""Parties whose names differ by accents, case or dots alone are one party; numbers tell apart those that are two."""

from __future__ import annotations

from pathlib import Path

import pytest

from filiere.gather.collect.rows import keyed_rows
from filiere.gather.entries import Listed, Place, Read
from filiere.gather.files import sort_files
from filiere.gather.gather import Gathered, gather
from filiere.gather.into import gather_into
from filiere.gather.pile.deliveries import Pile
from filiere.gather.pile.joining import add_invoices
from filiere.gather.pile.parties import name_key
from filiere.gather.workbook import gathered_workbook
from filiere.names import firm_key, party_key
from filiere.schema import words as w
from filiere.workbook.read.csv import read_csv
from filiere.workbook.read.read import read_workbook

HEAD = "Client;Produit;Quantité (kg)"


def pile(folder: Path, **files: str) -> Gathered:
    books = []
    for name, content in files.items():
        path = folder / f"{name.replace('_', ' ')}.csv"
        path.write_bytes(content.encode())
        books.append(read_csv(path))
    return gather(books, "fr")


def actors(result: Gathered) -> dict[str, str]:
    return {one.name: one.perimeter.key for one in result.actors}


@pytest.mark.parametrize(("one", "other", "kept"), [
    ("École X", "Ecole X", "École X"), ("École X", "ECOLE X", "École X"), ("E.S.A.T. du Pré", "ESAT du Pre", "E.S.A.T. du Pré"),
    ("Saint-Jean", "saint jean", "Saint-Jean"),
])  # fmt: skip
def test_one_party_in_two_spellings(tmp_path: Path, one: str, other: str, kept: str) -> None:
    for first, second in ((one, other), (other, one)):
        result = pile(tmp_path, ventes_Ferme=f"{HEAD}\n{first};Ail;10\n{second};Ail;5")
        assert [(flow.buyer, flow.quantity) for flow in result.flows] == [(kept, 15)]
        assert actors(result) == {"Ferme": "member", kept: "external"}
        assert not {"GAT05"} & {problem.code for problem in result.decisions}


def test_both_sides_of_a_sale_are_confronted_under_two_spellings(tmp_path: Path) -> None:
    result = pile(tmp_path, ventes_Ferme=f"{HEAD}\nEcole Prim. X;Ail;10",
                  achats_École_Prim_X="Fournisseur;Produit;Quantité (kg)\nFERME;Ail;12")  # fmt: skip
    assert [flow.said and (flow.said[0], flow.said[2]) for flow in result.flows] == [(10, 12)]
    assert set(actors(result).values()) == {"member"} and len(result.actors) == 2


def test_a_list_says_how_its_members_are_spelled(tmp_path: Path) -> None:
    result = pile(tmp_path, membres="Structure\nÉcole X\nFerme Étoilée",
                  ventes_Ferme_etoilee=f"{HEAD}\nEcole X;Ail;10\nEcole X;Ail;4")  # fmt: skip
    assert [(flow.seller, flow.buyer, flow.quantity) for flow in result.flows] == [("Ferme Étoilée", "École X", 14)]
    assert actors(result) == {"Ferme Étoilée": "member", "École X": "member"}


def test_two_firms_of_one_name_stay_two(tmp_path: Path) -> None:
    members = "Structure;SIRET\nÉcole X;12345682400012\nEcole X;21380001100011"
    result = pile(tmp_path, membres=members, ventes_Ferme=f"{HEAD}\nÉcole X;Ail;10\nEcole X;Ail;4")
    assert {(flow.buyer, flow.quantity) for flow in result.flows} == {("École X", 10), ("Ecole X", 4)}
    assert {one.identifier for one in result.actors} >= {"12345682400012", "21380001100011"}


def test_goods_that_differ_by_an_accent_are_asked_about(tmp_path: Path) -> None:
    """Pâté is no pâte."""
    result = pile(tmp_path, ventes_Ferme=f"{HEAD}\nÉcole;Pâté;10\nÉcole;Pâte;4")
    assert {flow.product for flow in result.flows} == {"Pâté", "Pâte"}
    assert "GAT05" in {problem.code for problem in result.decisions}


@pytest.mark.parametrize(("one", "other"), [
    ("Кафе 2", "Склад 2"), ("Bio", "Bio+"), ("Lot 3.5", "Lot 35"), ("du Bois", "Dubois"),
])  # fmt: skip
def test_names_that_are_not_alike(one: str, other: str) -> None:
    assert party_key(one) != party_key(other)


# ---- legal forms


@pytest.mark.parametrize(
    "form", ["EARL", "SARL", "S.A.R.L.", "SAS", "SA", "SCOP", "GAEC", "Association", "Asso", "SCIC"]
)
def test_a_party_with_and_without_its_legal_form_is_one(tmp_path: Path, form: str) -> None:
    for named in (f"{form} du Pré", f"Du Pré {form}"):
        result = pile(tmp_path, achats_Four=f"Fournisseur;Produit;Quantité (kg)\n{named};Ail;12\nDu Pré;Ail;1")
        assert [(flow.seller, flow.quantity) for flow in result.flows] == [(named, 13)]
        assert "GAT05" not in {problem.code for problem in result.decisions}


def test_both_sides_of_a_sale_are_confronted_under_two_legal_forms_of_one_name(tmp_path: Path) -> None:
    result = pile(tmp_path, ventes_EARL_du_Pré=f"{HEAD}\nSCOP Le Fournil;Ail;10",
                  achats_Le_Fournil="Fournisseur;Produit;Quantité (kg)\nDu Pré;Ail;12")  # fmt: skip
    assert [flow.said and (flow.said[0], flow.said[2]) for flow in result.flows] == [(10, 12)]
    assert actors(result) == {"EARL du Pré": "member", "SCOP Le Fournil": "member"}


def test_firms_of_two_legal_forms_stay_two_and_are_asked_about(tmp_path: Path) -> None:
    result = pile(tmp_path, achats_Four="Fournisseur;Produit;Quantité (kg)\nSARL du Bois;Ail;12\nGAEC du Bois;Ail;1\n"
                                        "Du Bois;Ail;5")  # fmt: skip
    assert {flow.seller for flow in result.flows} == {"SARL du Bois", "GAEC du Bois", "Du Bois"}
    assert [problem.code for problem in result.decisions].count("GAT05") == 2


def test_firms_of_two_numbers_stay_two_whatever_their_legal_forms(tmp_path: Path) -> None:
    members = "Structure;SIRET\nEARL du Pré;12345682400012\nDu Pré;21380001100011"
    result = pile(tmp_path, membres=members, ventes_Ferme=f"{HEAD}\nEARL du Pré;Ail;10\nDu Pré;Ail;4")
    assert {(flow.buyer, flow.quantity) for flow in result.flows} == {("EARL du Pré", 10), ("Du Pré", 4)}


def test_a_sale_between_two_spellings_of_one_firm_is_told(tmp_path: Path) -> None:
    result = pile(tmp_path, achats_Le_Fournil="Fournisseur;Produit;Quantité (kg)\nLe Fournil SARL;Sel;3\nFerme;Ail;1")
    assert [flow.product for flow in result.flows] == ["Ail"]
    assert "GAT16" in {problem.code for problem in result.decisions}


@pytest.mark.parametrize("name", ["La Coopérative", "La Société", "SCOP", "Coop SA"])
def test_a_name_that_is_all_legal_forms_keeps_them(name: str) -> None:
    assert firm_key(name) == (party_key(name), "")


@pytest.mark.parametrize(("name", "kept"), [
    ("Du Pré", "EARL du Pré"), ("E.A.R.L. DU PRE", "EARL du Pré"), ("SARL du Pré", "SARL du Pré")])  # fmt: skip
def test_a_firm_of_a_table_is_that_of_an_invoice_unless_its_legal_form_is_another(name: str, kept: str) -> None:
    read = Read(actors=[Listed(name, w.Perimeter.MEMBER, Place("membres.csv", "", 2))])
    add_invoices(read, Pile(aliases={name_key("EARL du Pré"): "EARL du Pré"}))
    assert [one.name for one in read.actors] == [kept]


# ---- a workbook that is there already


def again(folder: Path, first: str, then: str) -> tuple[list[tuple[str, str, float | None]], list[str]]:
    """Gather ``first`` into a workbook and ``then`` into that; return its links and the keys of what is asked."""
    path, made, last = folder / "ventes Ferme.csv", folder / "w.xlsx", folder / "w2.xlsx"
    path.write_text(first, encoding="utf-8")
    made.write_bytes(gathered_workbook(gather([read_csv(path)], "fr"), "fr"))
    path.write_text(then, encoding="utf-8")
    done = gather_into(made, read_workbook(made), sort_files([path]), "fr")
    last.write_bytes(done.content)
    links = [(link.to, link.product, link.today) for link in keyed_rows(read_workbook(last)).tables.links]
    return links, [one.key for one in done.decisions]


def test_goods_that_differ_by_an_accent_are_asked_about_beside_a_workbook_as_in_a_pile(tmp_path: Path) -> None:
    links, asked = again(tmp_path, f"{HEAD}\nÉcole;Pâté;10", f"{HEAD}\nÉcole;Pâte;4")
    assert links == [("École", "Pâté", 10), ("École", "Pâte", 4)]
    assert "same name / products / pâte / pâté" in asked


def test_goods_that_differ_by_capitals_are_one_beside_a_workbook(tmp_path: Path) -> None:
    links, asked = again(tmp_path, f"{HEAD}\nÉcole;Pâté;10", f"{HEAD}\nÉcole;PÂTÉ;10")
    assert links == [("École", "Pâté", 10)] and not [key for key in asked if key.startswith("same name")]


def test_a_party_is_found_in_the_workbook_without_its_legal_form(tmp_path: Path) -> None:
    links, asked = again(tmp_path, f"{HEAD}\nEARL du Pré;Ail;10", f"{HEAD}\nDu Pré;Ail;10")
    assert links == [("EARL du Pré", "Ail", 10)] and not [key for key in asked if key.startswith("same name")]


def test_a_party_of_another_legal_form_than_that_of_the_workbook_is_asked_about(tmp_path: Path) -> None:
    links, asked = again(tmp_path, f"{HEAD}\nEARL du Pré;Ail;10", f"{HEAD}\nSARL du Pré;Ail;2\nDu Pré;Ail;1")
    assert links == [("EARL du Pré", "Ail", 10), ("SARL du Pré", "Ail", 3)]
    assert "same name / actors / earl du pré / sarl du pré" in asked


def test_a_firm_of_another_number_than_that_of_the_workbook_is_another(tmp_path: Path) -> None:
    head = "Client;SIRET;Produit;Quantité (kg)"
    links, asked = again(tmp_path, f"{head}\nÉcole;12345682400012;Ail;10", f"{head}\nÉcole;21380001100011;Ail;4")
    assert links == [("École", "Ail", 10), ("École (213800011)", "Ail", 4)]
    assert "same name / actors / école / école (213800011)" in asked
