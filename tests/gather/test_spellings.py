"""Parties whose names differ by accents, case or dots alone are one party; numbers tell apart those that are two."""

from __future__ import annotations

from pathlib import Path

import pytest

from filiere.gather.gather import Gathered, gather
from filiere.names import party_key
from filiere.workbook.read.csv import read_csv

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
