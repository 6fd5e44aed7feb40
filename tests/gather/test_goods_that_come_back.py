"""Credit notes by the sign of their amount alone, statements of account, struck rows, and headings of other programs."""

from __future__ import annotations

import time
from pathlib import Path

import openpyxl
import pytest
from openpyxl.styles import Font

from filiere.gather.apart.unnamed import unnamed_sums
from filiere.gather.cells.letters import in_latin
from filiere.gather.cells.whose import named_by
from filiere.gather.gather import gather
from filiere.gather.headings import Columns, meaning
from filiere.problems import WorkbookError
from filiere.table import RawRow
from filiere.workbook.read.read import read_workbook
from tests.gather.test_hostile_variations import codes, sheets, sold, text
from tests.workbook.files import ods_parts, ods_sheet, packed

_CREDITS = [
    ("achats Four.csv", "Fournisseur;Produit;Qté;Unité;Débit;Crédit", ("Ferme;Blé;10;t;2000;", "Ferme;Blé;2;t;;400")),
    ("achats Four.csv", "Fournisseur;Produit;Qté;Unité;PU HT", ("Ferme;Blé;10;t;200", "Ferme;Blé;2;t;-200")),
    ("achats Four.csv", "Fournisseur;Produit;Qté;Unité;Montant HT", ("Ferme;Blé;10;t;2000", "Ferme;Blé;2;t;-401")),
]


@pytest.mark.parametrize(("file", "head", "rows"), _CREDITS)
def test_goods_paid_back_at_their_price_came_back(tmp_path: Path, file: str, head: str, rows: tuple[str, str]) -> None:
    result = text(tmp_path, "\n".join((head, *rows)), file)
    assert sold(result) == {("Ferme", "Four", "Blé"): (8, pytest.approx(200, rel=1e-3))}
    assert "GAT145" in codes(result) and "GAT73" not in codes(result)


@pytest.mark.parametrize("row", ["Ferme;Blé;2;t;-100", "Ferme;Déchets;2;t;-400", "Moulin;Blé;2;t;-400"])
def test_what_is_paid_at_another_price_is_taken_away(tmp_path: Path, row: str) -> None:
    head = "Fournisseur;Produit;Qté;Unité;Montant HT"
    result = text(tmp_path, f"{head}\nFerme;Blé;10;t;2000\n{row}", "achats Four.csv")
    assert sum(flow.quantity for flow in result.flows) == 12
    assert "GAT73" in codes(result) and "GAT145" not in codes(result)


_PAYMENTS = ["03/02/2025;Ferme;Ferme;240,00;;1000", "05/02/2025;Biocoop;Facture 12;;500,00;1500"]


@pytest.mark.parametrize("balance", ["Solde", "Balance", "Solde progressif"])
def test_a_statement_of_account_is_left_out_and_told(tmp_path: Path, balance: str) -> None:
    rows = [f"Date;Tiers;Libellé;Débit;Crédit;{balance}", *_PAYMENTS]
    with pytest.raises(WorkbookError) as refused:
        text(tmp_path, "\n".join(rows), "Mouvements Four 2025.csv")
    assert "GAT146" in {problem.code for problem in refused.value.problems}


@pytest.mark.parametrize(("file", "head"), [
    ("Mouvements Four.csv", "Date;Fournisseur;Libellé;Débit;Crédit;Solde"),
    ("achats Four.csv", "Date;Tiers;Libellé;Débit;Crédit;Solde"), ("Mouvements Four.csv", "Date;Tiers;Libellé;Débit;Crédit;Lettre"),
])  # fmt: skip
def test_what_is_no_statement(tmp_path: Path, file: str, head: str) -> None:
    result = text(tmp_path, "\n".join([head, _PAYMENTS[0]]), file)
    assert "GAT146" not in codes(result) and sold(result)


def _struck(path: Path, *, font: Font) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    for row in (("Fournisseur", "Produit", "Qté", "Unité"), ("Ferme", "Blé", 10, "t"), ("Ferme", "Blé", 4, "t")):
        sheet.append(row)
    sheet["C3"].font = font
    book.save(path)


@pytest.mark.parametrize(
    ("font", "told"), [(Font(strike=True), True), (Font(strike=False), False), (Font(b=True), False)]
)
def test_rows_struck_through_are_told(tmp_path: Path, font: Font, told: bool) -> None:
    path = tmp_path / "achats Four.xlsx"
    _struck(path, font=font)
    book = read_workbook(path)
    assert book.tables[0].struck == (frozenset({3}) if told else frozenset())
    result = gather([book], "fr")
    said = [str(one.cell) for one in result.decisions if one.code == "GAT144"]
    assert said == (["achats Four.xlsx [Sheet]!3"] if told else [])
    assert [flow.quantity for flow in result.flows] == [14]


@pytest.mark.parametrize(("heading", "expected"), [
    ("Date valeur", "date"), ("Date de valeur", "date"), ("Valeur", "amount"), ("Account", None), ("Amount", "amount"),
    ("Cuvée", "product"), ("Fromage", "product"), ("Essence", "product"), ("Culture", "product"),
])  # fmt: skip
def test_headings_that_read_like_others(heading: str, expected: str | None) -> None:
    assert meaning(heading) == expected


def test_a_unit_that_does_not_convert_to_that_of_its_heading_is_told(tmp_path: Path) -> None:
    result = text(tmp_path, "Fournisseur;Produit;Quantité (kg);Unité;HT\nFerme;Courges;120;pièce;240")
    assert [one.facts["word"] for one in result.decisions if one.code == "GAT121"] == ["pièce"]


@pytest.mark.parametrize(("typed", "meant"), [
    ("Ferme N\u0430rd", "Ferme Nard"), ("\u0410bc", "Abc"), ("\u0391bc", "Abc"),
    ("\u041c\u043e\u0441\u043a\u0432\u0430", "\u041c\u043e\u0441\u043a\u0432\u0430"), ("\u03b1-Tocopherol", "\u03b1-Tocopherol"),
])  # fmt: skip
def test_letters_that_look_alike_are_one_inside_a_word(typed: str, meant: str) -> None:
    assert in_latin(typed) == meant


def test_parties_whose_names_look_alike_are_one(tmp_path: Path) -> None:
    result = text(tmp_path, "Fournisseur;Produit;Qté;Unité\nFerme N\u0430rd;Blé;10;t\nFerme Nard;Blé;4;t")
    assert sold(result) == {("Ferme Nard", "Four", "Blé"): (14, None)}
    assert "GAT30" in codes(result)


@pytest.mark.parametrize(
    "file",
    ["rapport Four 2025.csv", "apports Four.csv", "achats Four exercice 2024-2025.csv", "Rapports ventes Four.csv"],
)
def test_what_an_export_is_called_is_no_name(file: str) -> None:
    assert named_by(file) == "Four"


def test_the_rows_of_a_long_table_are_gone_through_once() -> None:
    rows = [RawRow(number, {0: "Ferme", 1: "Ail", 2: float(number % 7 + 1)}) for number in range(1, 80_001)]
    began = time.process_time()
    assert not unnamed_sums(Columns(0, {"seller": 0, "product": 1, "quantity": 2}), rows)
    assert time.process_time() - began < 5.0


_LINES = """<style:style style:name="ce1" style:family="table-cell">
<style:text-properties style:text-line-through-style="{line}"/></style:style>"""
_ROWS = """<table:table-row><table:table-cell><text:p>a</text:p></table:table-cell></table:table-row>
<table:table-row table:number-rows-repeated="2"><table:table-cell table:style-name="ce1"><text:p>b</text:p>
</table:table-cell></table:table-row>"""


@pytest.mark.parametrize(("line", "struck"), [("solid", {2, 3}), ("none", set())])
def test_rows_struck_through_in_libreoffice(tmp_path: Path, line: str, struck: set[int]) -> None:
    parts = ods_parts(ods_sheet(_ROWS), _LINES.format(line=line))
    (table,) = read_workbook(packed(tmp_path / "a.ods", parts)).tables
    assert table.struck == struck


_WAYS = ("Date", "Produit", "Fournisseur", "Qté (kg)", "Client", "Qté (kg)")
_SIDES: list[tuple[str | None, ...]] = [
    (None, None, "Entrées", None, "Sorties", None), ("Date", "Produit", "Entrées", None, "Sorties", None),
]  # fmt: skip


@pytest.mark.parametrize("above", _SIDES)
def test_what_comes_in_and_goes_out_under_headings_on_two_rows(above: tuple[str | None, ...]) -> None:
    result = sheets({"2025": [above, _WAYS, ("03/02/2025", "Blé", "Ferme", 1000.0, "Moulin", 600.0),
                              ("09/02/2025", "Orge", "Ferme", 100.0, None, None)]}, "Mouvements Four.xlsx")  # fmt: skip
    assert sold(result) == {("Ferme", "Four", "Blé"): (1000, None), ("Four", "Moulin", "Blé"): (600, None),
                            ("Ferme", "Four", "Orge"): (100, None)}  # fmt: skip


def test_what_is_bought_and_sold_under_headings_on_two_rows() -> None:
    result = sheets({"2025": [(None, None, "Achats", None, "Ventes", None),
                              ("Produit", "Tiers", "Qté (kg)", "HT", "Qté (kg)", "HT"),
                              ("Blé", "Ferme", 1000.0, 200.0, None, None),
                              ("Blé", "Moulin", None, None, 600.0, 180.0)]})  # fmt: skip
    assert sold(result) == {
        ("Ferme", "Four", "Blé"): (1000, pytest.approx(0.2)),
        ("Four", "Moulin", "Blé"): (600, pytest.approx(0.3)),
    }


def test_ways_above_figures_are_no_parties() -> None:
    with pytest.raises(WorkbookError) as refused:
        sheets({"2025": [(None, "Achats", None, "Ventes", None), ("Produit", "Qté (kg)", "HT", "Qté (kg)", "HT"),
                         ("Blé", 1000.0, 200.0, None, None), ("Farine", None, None, 600.0, 180.0)]})  # fmt: skip
    assert "GAT02" in {problem.code for problem in refused.value.problems}


@pytest.mark.parametrize(("heading", "remark", "told"), [
    ("Commentaire", "annulé - jamais livré", True), ("Observations", "pas livré le 3", True), ("Notes", "cancelled", True),
    ("Commentaire", "livré en deux fois", False), ("Palette", "annulée mais livrée", False),
])  # fmt: skip
def test_a_remark_against_its_row_is_told(tmp_path: Path, heading: str, remark: str, told: bool) -> None:
    rows = f"Fournisseur;Produit;Qté;Unité;{heading}\nFerme;Blé;10;t;\nFerme;Orge;5;t;{remark}"
    result = text(tmp_path, rows)
    assert [(str(one.cell), one.facts["column"]) for one in result.decisions if one.code == "GAT147"] == (
        [("achats Four.csv!3", heading)] if told else [])  # fmt: skip
    assert sum(flow.quantity for flow in result.flows) == 15


@pytest.mark.parametrize(("names", "sells"), [
    (("Collège", "Biocoop"), True), (("Collège", "Ferme Nord"), False), (("Dupré SARL", "Nord SA"), False),
])  # fmt: skip
def test_sheets_of_a_school_and_a_shop_are_all_of_sales(names: tuple[str, str], sells: bool) -> None:
    rows = [("Produit", "Qté kg"), ("Pommes", 10.0)]
    result = sheets({name: list(rows) for name in names}, "Ferme 2025.xlsx")
    assert ({flow.buyer for flow in result.flows} == set(names)) is sells
    assert ("GAT34" in codes(result)) is not sells


@pytest.mark.parametrize(("head", "row", "expected"), [
    ("Cartons;Bouteilles;HT", "10;60;360", 60), ("Colis;Poids (kg);HT", "10;120;360", 120), ("Bottes;PU HT", "100;3,6", 100),
    ("Sacs;Poids par sac (kg);HT", "10;25;360", 250), ("Bottes;Quantité;HT", "100;20;360", 20),
])  # fmt: skip
def test_packages_or_pieces_alone_in_a_heading_are_counted(
    tmp_path: Path, head: str, row: str, expected: float
) -> None:
    result = text(tmp_path, f"Client;Produit;{head}\nCollège;Rouge;{row}", "ventes Cave.csv")
    assert sold(result) == {("Cave", "Collège", "Rouge"): (expected, pytest.approx(360 / expected))}


def test_a_price_for_a_piece_is_none_of_a_kilogram(tmp_path: Path) -> None:
    rows = "Client;Produit;Pièces;Poids (kg);PU HT (€/pièce)\nCollège;Choux;40;60;1,5"
    result = text(tmp_path, rows, "ventes Ferme.csv")
    assert sold(result) == {("Ferme", "Collège", "Choux"): (60, None)}
    assert "PU HT (€/pièce)" in {one.facts.get("column") for one in result.decisions}


def test_the_net_amount_counts_beside_what_was_credited(tmp_path: Path) -> None:
    rows = "Fournisseur;Produit;Qté;Unité;Montant HT;Avoir HT;Net HT\nFerme;Blé;10;t;2000;200;1800"
    assert sold(text(tmp_path, rows)) == {("Ferme", "Four", "Blé"): (10, 180)}


def test_a_name_in_another_alphabet_names_somebody(tmp_path: Path) -> None:
    rows = "Fournisseur;Produit;Qté;Unité;HT\n\u041c\u0430\u0433;Blé;10;t;2000\n?;Blé;10;t;2000"
    result = text(tmp_path, rows)
    assert sold(result) == {("\u041c\u0430\u0433", "Four", "Blé"): (10, 200)}


@pytest.mark.parametrize("rate", ["TVA %", "Taux TVA", "% TVA"])
def test_the_rate_of_tickets_is_read_under_each_heading(tmp_path: Path, rate: str) -> None:
    rows = f"Spectacle;Date;Salle;Tarif;Quantité;Montant TTC;{rate}\nLe Malade;10/03/2025;Salle;Plein;100;2042;2,1"
    result = text(tmp_path, rows, "billetterie.csv")
    assert sold(result) == {("Salle", "spectateurs", "Place, Le Malade"): (100, pytest.approx(20))}
