"""One purchase that two files tell in two ways: under two names, or in money in one and by weight in the other."""

from __future__ import annotations

from pathlib import Path

import pytest

from filiere.gather.decide.decision import Decision
from filiere.gather.decide.pile import pile_decisions
from filiere.gather.doubts import Doubt
from filiere.gather.gather import Gathered, gather
from filiere.gather.products import similar
from filiere.workbook.read.csv import read_csv
from tests.gather.test_hostile_variations import codes, sold

LEDGER = """JournalCode;EcritureNum;EcritureDate;CompteNum;CompteLib;CompAuxLib;PieceRef;EcritureLib;Debit;Credit
AC;1;20240305;601000;Achats farine;;F1;x;1000,00;0
AC;1;20240305;401000;Fournisseurs;Moulin;F1;x;0;1000,00
AC;2;20240306;602000;Achats sel;;F2;x;200,00;0
AC;2;20240306;401000;Fournisseurs;Saline;F2;x;0;200,00"""


def pile(folder: Path, files: dict[str, str]) -> Gathered:
    for name, content in files.items():
        (folder / name).write_text(content, encoding="utf-8")
    return gather([read_csv(folder / name) for name in files], "en")


def asked(result: Gathered, kind: str) -> list[Doubt]:
    return [one for one in result.doubts if one.kind == kind]


def choices(result: Gathered, words: str) -> Decision:
    return next(one for one in pile_decisions(result, "en") if words in one.question)


@pytest.mark.parametrize(("amount", "count"), [("66", 1), ("66,05", 1), ("60", 0), ("", 0)])
def test_two_names_of_one_sum_between_seller_and_buyer_are_a_question(tmp_path: Path, amount: str, count: int) -> None:
    result = pile(tmp_path, {
        "achats Four.csv": f"Fournisseur;Produit;Quantité (kg);Montant HT\nFerme;Pommes;60;{amount}\nFerme;Ail;1;9",
        "ventes Ferme.csv": "Client;Produit;Quantité;Montant HT\nFour;Pommes en colis de 12;5;66",
    })  # fmt: skip
    assert len(asked(result, "two names")) == count
    assert len(result.flows) == 3
    if count:
        [doubt] = asked(result, "two names")
        assert [[before.product for before, after in way.changed if after is None] for way in doubt.ways] == [
            ["Pommes"], ["Pommes en colis de 12"], []]  # fmt: skip
        assert len(choices(result, "one and the same sale").choices) == 3


@pytest.mark.parametrize(("ledger", "amount", "count"), [
    ("123456782FEC20241231.txt", "1000", 1), ("FEC Four.txt", "1000", 1), ("FEC Four.txt", "990", 0), ("FEC Autre.txt", "1000", 0),
])  # fmt: skip
def test_a_sum_of_the_accounts_and_its_detail_in_another_file_are_a_question(
    tmp_path: Path, ledger: str, amount: str, count: int
) -> None:
    rows = f"Moulin;Farine T65;600;{float(amount) - 100:g}\nMoulin;Farine T80;200;100"
    result = pile(tmp_path, {
        ledger: LEDGER, "achats Four.csv": f"Fournisseur;Produit;Quantité (kg);Montant HT\n{rows}",
    })  # fmt: skip
    found = asked(result, "sum and details")
    assert len(found) == count
    assert len(result.flows) == 4
    if count:
        assert [before.product for before, after in found[0].ways[0].changed if after is None] == ["Achats farine"]
        assert "Farine T65, Farine T80" in found[0].question.en


def test_a_ledger_alone_asks_nothing_of_the_kind(tmp_path: Path) -> None:
    assert not pile(tmp_path, {"FEC Four.txt": LEDGER}).doubts


@pytest.mark.parametrize(("account", "name", "kept"), [
    ("421000", "DUPONT Jean", False), ("455100", "Jean Dupont", False), ("512000", "DUPONT Jean", True),
])  # fmt: skip
def test_an_employee_or_partner_who_sells_is_no_actor(tmp_path: Path, account: str, name: str, kept: bool) -> None:
    sale = (
        "AC;9;20240331;604000;Achats miel;;F9;x;300,00;0\nAC;9;20240331;401000;Fournisseurs;Jean DUPONT;F9;x;0;300,00"
    )
    pay = f"OD;8;20240331;641000;Salaires;;P;x;2000,00;0\nOD;8;20240331;{account};Personnel;{name};P;x;0;2000,00"
    result = pile(tmp_path, {"FEC Four.txt": f"{LEDGER}\n{sale}\n{pay}"})
    assert ("Jean DUPONT" in {actor.name for actor in result.actors}) is kept
    assert ("GAT31" in {problem.code for problem in result.decisions}) is not kept


def test_a_firm_that_holds_shares_may_sell(tmp_path: Path) -> None:
    held = "OD;8;20240331;512000;Banque;;P;x;500,00;0\nOD;8;20240331;455000;Associés;Moulin;P;x;0;500,00"
    assert "Moulin" in {actor.name for actor in pile(tmp_path, {"FEC Four.txt": f"{LEDGER}\n{held}"}).actors}


@pytest.mark.parametrize(("log", "told"), [((100, 100), True), ((50,), False)])
def test_what_a_third_file_tells_otherwise_is_said(tmp_path: Path, log: tuple[int, ...], told: bool) -> None:
    books = []
    for name, heads, rows in (
        ("Ventes Ferme.csv", "Date;Client;Produit;Quantité (kg)", ["05/01/2025;École;Pommes;50"]),
        ("Suivi Plateforme.csv", "Date;Fournisseur;Client;Produit;Quantité (kg)",
         [f"0{at}/02/2025;Ferme;École;Pommes;{quantity}" for at, quantity in enumerate(log, 1)]),
    ):  # fmt: skip
        (tmp_path / name).write_text("\n".join((heads, *rows)), "utf-8")
        books.append(read_csv(tmp_path / name))
    result = gather(books, "en")
    assert sold(result) == {("Ferme", "École", "Pommes"): (50, None)}
    assert ("GAT127" in codes(result)) is told


@pytest.mark.parametrize(("one", "other"), [
    ("Pain", "Vin"), ("Lait", "Maïs"), ("Poires", "Pommes"), ("Porc", "Port"), ("Sauce", "Sauge"), ("Carotte", "Canette"),
    ("Jus de pomme", "Pommes"), ("Poule", "Poulet"), ("Veau", "Eau"),
])  # fmt: skip
def test_short_words_that_are_near_by_chance_are_not_asked_about(one: str, other: str) -> None:
    assert not similar([one, other])


@pytest.mark.parametrize(("one", "other"), [
    ("Fromage", "Frmage"), ("Poulet", "Poullet"), ("Yaourt", "Yahourt"), ("Farine", "Fraine"), ("Navet", "Navets"), ("Maïs", "Mais"),
    ("Mairie de Bellac", "Mairie de Belac"), ("GAEC du Bois", "GAEC Dubois"), ("Betterave", "Beterave"),
])  # fmt: skip
def test_slips_of_the_keys_are_asked_about(one: str, other: str) -> None:
    assert len(similar([one, other])) == 1
