"""Further variations of what other people's files are like, by kind: each with the figure a person would read in it.

A case is right where the figure is that one, or where the rows that are not taken are told (its codes).
"""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path

import pytest

from filiere.gather.decide.decision import Decision, decide
from filiere.gather.decide.pile import pile_decisions
from filiere.gather.gather import Gathered, gather
from filiere.problems import WorkbookError
from filiere.table import RawRow, RawTable, RawValue, RawWorkbook
from filiere.workbook.read.csv import read_csv
from filiere.workbook.read.letters import decoded, mended

Sold = dict[tuple[str, str, str], tuple[float, float | None]]


def text(folder: Path, content: str | bytes, name: str = "achats Four.csv", **options: object) -> Gathered:
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))
    return gather([read_csv(path)], "en", **options)  # type: ignore[arg-type]


def sheets(rows: dict[str, list[tuple[RawValue | None, ...]]], name: str = "Four.xlsx") -> Gathered:
    return gather([RawWorkbook(tuple(table(sheet, lines) for sheet, lines in rows.items()), Path(name))], "en")


def table(sheet: str, lines: list[tuple[RawValue | None, ...]]) -> RawTable:
    rows = (RawRow(number, {at: value for at, value in enumerate(line) if value is not None})
            for number, line in enumerate(lines, start=1))  # fmt: skip
    return RawTable(sheet, tuple(row for row in rows if row.values))


def sold(result: Gathered) -> Sold:
    return {(flow.seller, flow.buyer, flow.product): (flow.quantity, flow.price) for flow in result.flows}


def codes(result: Gathered) -> set[str]:
    return {problem.code for problem in result.decisions}


# ---- A. what qualifies a row


@pytest.mark.parametrize(("head", "rows", "quantity", "price", "told"), [
    # a piece's number or its label says that it takes off
    ("Fournisseur;N° pièce;Libellé;Qté;Unité;HT", ["Moulin;F-25-01;Farine;10;t;9000", "Moulin;AV-25-01;Farine;2;t;1800"], 8, 900, {"GAT38"}),
    ("Fournisseur;Facture;Produit;Qté;Unité;HT", ["Moulin;FA12;Farine;10;t;9000", "Moulin;AVO 13;Farine;-2;t;-1800"], 8, 900, {"GAT38"}),
    ("Fournisseur;Libellé;Qté;Unité;HT", ["Moulin;Farine;10;t;9000", "Moulin;Avoir sur Farine;2;t;1800"], 8, 900, {"GAT38"}),
    ("Fournisseur;Libellé;Qté;Unité;HT", ["Moulin;Farine;10;t;9000", "Moulin;AVOIR n° 12 - Farine;2;t;1800"], 8, 900, {"GAT38"}),
    ("Fournisseur;Type;Produit;Qté;Unité;HT", ["Moulin;FA;Farine;10;t;9000", "Moulin;AV;Farine;2;t;1800"], 8, 900, set()),
    ("Fournisseur;Type;Produit;Qté;Unité;HT", ["Moulin;Facture;Farine;10;t;9000", "Moulin;Facture d'acompte;Farine;3;t;2700"], 10, 900, {"GAT22"}),
    ("Fournisseur;Type;Produit;Qté;Unité;HT", ["Moulin;Facture;Farine;10;t;9000", "Moulin;Proforma;Farine;3;t;2700"], 10, 900, {"GAT22"}),
    # a box says that it did not take place
    ("Fournisseur;Annulé;Produit;Qté;Unité;HT", ["Moulin;non;Farine;10;t;9000", "Moulin;oui;Farine;3;t;2700"], 10, 900, {"GAT22"}),
    ("Fournisseur;Annulée;Produit;Qté;Unité;HT", ["Moulin;;Farine;10;t;9000", "Moulin;12/03/2025;Farine;3;t;2700"], 10, 900, {"GAT22"}),
    ("Supplier;Draft;Product;Qty;Unit;Net amount", ["Moulin;;Farine;10;t;9000", "Moulin;X;Farine;3;t;2700"], 10, 900, {"GAT22"}),
    # thousands in the heading, and a currency that is not its last word
    ("Fournisseur;Produit;Qté;Unité;Montant (k€ HT)", ["Moulin;Farine;10;t;9"], 10, 900, set()),
    ("Fournisseur;Produit;Qté;Unité;Montant CHF HT", ["Moulin;Farine;10;t;9000"], 10, None, {"GAT24"}),
    ("Fournisseur;Produit;Qté;Unité;Prix (k€/t)", ["Moulin;Farine;10;t;0,9"], 10, 900, set()),
    # of several quantities, what was delivered
    ("Fournisseur;Produit;Qté cdée;Qté facturée;Unité;HT", ["Moulin;Farine;10;5;t;4500"], 5, 900, {"GAT26"}),
    ("Fournisseur;Produit;Quantité prévue;Quantité reçue;Unité;HT", ["Moulin;Farine;10;5;t;4500"], 5, 900, {"GAT23"}),
    # a discount is taken off once
    ("Fournisseur;Produit;Qté;Unité;PU HT;Remise (€)", ["Moulin;Farine;10;t;1000;500"], 10, 950, set()),
    ("Fournisseur;Produit;Qté;Unité;PU HT;Taux de remise", ["Moulin;Farine;10;t;1000;0,10"], 10, 900, set()),
    ("Fournisseur;Produit;Qté;Unité;PU HT;Remise", ["Moulin;Farine;10;t;1000;10"], 10, None, {"GAT35"}),
    ("Fournisseur;Produit;Qté;Unité;Montant brut;Remise;Montant net", ["Moulin;Farine;10;t;10000;10 %;9000"], 10, 900, {"GAT25"}),
    # a price for a batch of 100, the year before, what was only ordered, a price that does not make the amount
    ("Fournisseur;Produit;Qté;Unité;Prix HT les 100", ["Moulin;Farine;10;t;90000"], 10, 900, set()),
    ("Fournisseur;Produit;Qté;Unité;Prix (€/100 kg)", ["Moulin;Farine;10;t;90"], 10, 900, set()),
    ("Fournisseur;Produit;Unité;Quantité N-1;Quantité N", ["Moulin;Farine;t;12;10"], 10, None, {"GAT26"}),
    ("Fournisseur;Produit;Quantité commandée;Unité;HT", ["Moulin;Farine;10;t;9000"], 10, 900, {"GAT44"}),
    ("Fournisseur;Produit;Qté;Unité;PU HT;HT", ["Moulin;Farine;10;t;90;9000"], 10, 900, {"GAT43"}),
    # a negative quantity is a return whatever the sign of its amount; ditto marks repeat what stands above
    ("Fournisseur;Produit;Qté;Unité;HT", ["Moulin;Farine;10;t;9000", "Moulin;Farine;-2;t;1800"], 8, 900, {"GAT38"}),
    ("Fournisseur;Produit;Qté;Unité;HT", ["Moulin;Farine;10;t;9000", "idem;//;2;t;1800"], 12, 900, set()),
    # costs of transport, deposits, rebates and prepayments are no goods
    ("Fournisseur;Produit;Qté;Unité;HT", ["Moulin;Farine;10;t;9000", "Moulin;Frais de port;1;u;80"], 10, 900, {"GAT42"}),
    ("Fournisseur;Produit;Qté;Unité;HT", ["Moulin;Farine;10;t;9000", "Moulin;Consigne palette;4;u;80"], 10, 900, {"GAT42"}),
    ("Fournisseur;Produit;Qté;Unité;HT", ["Moulin;Farine;10;t;9000", "Moulin;Remise fidélité;1;u;-80"], 10, 900, {"GAT42"}),
    # what is not delivered, given back or only planned did not take place
    ("Fournisseur;Statut;Produit;Qté;Unité;HT", ["Moulin;Livré;Farine;10;t;9000", "Moulin;Non livré;Farine;3;t;2700"], 10, 900, {"GAT22"}),
    ("Fournisseur;Statut;Produit;Qté;Unité;HT", ["Moulin;Soldée;Farine;10;t;9000", "Moulin;Remboursée;Farine;3;t;2700"], 10, 900, {"GAT22"}),
    ("Fournisseur;Nature;Produit;Qté;Unité;HT", ["Moulin;Réalisé;Farine;10;t;9000", "Moulin;Prévision;Farine;30;t;27000"], 10, 900, {"GAT22"}),
    # free goods move a quantity at no price
    ("Fournisseur;Produit;Qté;Unité;Montant HT", ["Moulin;Farine;9;t;9000", "Moulin;Farine;1;t;offert"], 10, 900, set()),
])  # fmt: skip
def test_what_qualifies_a_row(
    tmp_path: Path, head: str, rows: list[str], quantity: float, price: float | None, told: set[str]
) -> None:
    result = text(tmp_path, "\n".join((head, *rows)))
    assert sold(result) == {("Moulin", "Four", "Farine"): (quantity, price)}
    assert told <= codes(result)


@pytest.mark.parametrize(("head", "row", "price"), [
    ("Montant TTC;TVA", "9495;495", 900),
    ("Montant TTC;TVA", "9495;5,5 %", 900),
    ("Montant TTC;TVA", "9495;5,5", 900),
    ("Montant TTC;dont TVA", "9495;495", 900),
    ("Total incl. tax;VAT rate", "9495;5.5", 900),
    ("Montant TTC;Montant HT", "9495;9000", 900),
    ("Recette brute;Recette nette", "9495;9000", 900),
    # nothing gives the rate: asked, never taken with its tax
    ("Montant TTC", "9495", None),
    ("Prix TTC", "949,5", None),
    ("Recettes toutes taxes comprises", "9495", None),
    ("Chiffre d'affaires TVA comprise", "9495", None),
    ("Recette brute", "9495", None),
    ("Montant", "9495 € TTC", None),
    ("Gross amount (incl. VAT)", "9495", None),
])  # fmt: skip
def test_amounts_are_net_of_tax_or_the_rate_is_asked(tmp_path: Path, head: str, row: str, price: float | None) -> None:
    result = text(tmp_path, f"Client;Produit;Quantité;Unité;{head}\nEcole;Pain;10;t;{row}", "ventes Four.csv")
    assert sold(result) == {("Four", "Ecole", "Pain"): (10, price)}
    asked = [one.key for one in pile_decisions(result, "en") if one.key.startswith("vat")]
    assert asked == ([] if price else ["vat / four"])
    assert ("GAT12" in codes(result)) == (price is None)


def test_an_answered_rate_gives_the_prices() -> None:
    result = sheets({"Ventes": [("Client", "Produit", "Quantité", "Montant TTC"), ("Ecole", "Pain", 10.0, 1055.0)]})
    [asked] = [one for one in pile_decisions(result, "fr") if one.key == "vat / four"]
    assert [one.text.replace("\u202f", " ") for one in asked.choices[:3]] == ["TVA 5,5 %", "TVA 10 %", "TVA 20 %"]
    assert asked.stake == "1\u202f055,00"
    done = decide([], [replace(asked, answer="TVA 5,5 %")])
    assert {(edit.row.table, edit.column): edit.value for edit in done.edits} == {  # type: ignore[union-attr]
        ("links", "price"): 100.0,
        ("products", "price"): 100.0,
    }


def test_an_answer_with_many_rows_is_kept_whole(tmp_path: Path) -> None:
    """A cell holds 32 767 signs; what an answer changes may be longer, and must not be cut."""
    import xlsxwriter

    from filiere.gather.decide.sheet import read_decisions, write_decisions
    from filiere.workbook.questionnaire.draw import questionnaire_looks
    from filiere.workbook.read.read import read_workbook

    lines: list[tuple[RawValue | None, ...]] = [("Client", "Produit", "Quantité", "Montant TTC")]
    lines += [(f"Restaurant numéro {n:03d}", f"Pain de la sorte {n:03d}", 10.0, 1055.0) for n in range(200)]
    wrote = pile_decisions(sheets({"Ventes": lines}), "fr")
    path = tmp_path / "w.xlsx"
    with xlsxwriter.Workbook(path) as book:
        write_decisions(book, questionnaire_looks(book), wrote, "fr")
    read: dict[str, Decision] = {one.key: one for one in read_decisions(read_workbook(path))}
    assert set(read) == {one.key for one in wrote}
    assert len(read["vat / four"].choices[0].edits) == 400


@pytest.mark.parametrize("content", [
    "Tiers;Produit;Quantité achetée;Quantité vendue;Unité\nMoulin;Farine;10;;t\nEcole;Pain;;5;t",
    "Tiers;Sens;Produit;Quantité;Unité\nMoulin;Achat;Farine;10;t\nEcole;Vente;Pain;5;t",
    "Tiers;Type;Produit;Quantité;Unité\nMoulin;Entrée;Farine;10;t\nEcole;Sortie;Pain;5;t",
    "Tiers;Produit;Entrées (quantité);Sorties (quantité);Unité\nMoulin;Farine;10;;t\nEcole;Pain;;5;t",
    "Partner;Product;Quantity bought;Quantity sold;Unit\nMoulin;Farine;10;;t\nEcole;Pain;;5;t",
])  # fmt: skip
def test_bought_and_sold_in_one_table(tmp_path: Path, content: str) -> None:
    result = text(tmp_path, content, "Four.csv")
    assert sold(result) == {("Moulin", "Four", "Farine"): (10, None), ("Four", "Ecole", "Pain"): (5, None)}
    assert "GAT34" not in codes(result)


# ---- B. years


@pytest.mark.parametrize(("heading", "dates", "quantity"), [
    ("Exercice", ["exercice clos le 30/06/2024", "exercice clos le 30/06/2025"], 11),
    ("Exercice", ["du 01/07/2023 au 30/06/2024", "du 01/07/2024 au 30/06/2025"], 11),
    ("Exercice", ["clos le 31/12/2024", "clos le 31/12/2025", "clos le 31/12/2025"], 23),
    ("Exercice", ["2023-2024", "2024-2025", "2024-2025"], 23),
    ("Saison", ["22/23", "23/24", "24/25"], 12),
    ("Année scolaire", ["2023/2024", "2024/2025"], 11),
    ("Millésime", ["2023", "2024", "2025"], 12),
    ("Year", ["FY2024", "FY2025", "FY2025"], 23),
    ("Exercice", ["Exercice 2024", "Exercice 2025", "Exercice 2025"], 23),
    ("Fiscal year", ["FY23/24", "FY24/25"], 11),
    ("Semestre", ["S2 2023", "1er semestre 2025", "2e semestre 2025"], 23),
    ("Trimestre", ["T1 2024", "T2 2025", "T3 2025"], 23),
    ("Quarter", ["2023-Q4", "2025-Q1", "2025-Q2"], 23),
    ("Période", ["4e trimestre 2023", "1er trimestre 2025", "2ème trimestre 2025"], 23),
    ("Semaine", ["S50 2023", "S01 2025", "S02 2025"], 23),
    ("Date", ["2023-W50", "2025-W01", "2025-W02"], 23),
    ("Mois", ["janv-24", "févr-25", "mars-25"], 23),
    ("Date", ["12/2023", "01/2025", "02/2025"], 23),
    ("Date", ["20231231", "20250101", "20250201"], 23),
    ("Date", ["45250", "45700", "45750"], 23),
    ("Date", ["45250,25", "45700.5", "45750"], 23),
    ("Date", ["lundi 30 octobre 2023", "lundi 3 mars 2025", "3 mars 2025"], 23),
    ("Date", ["31.12.2023", "01.01.2025", "02.01.2025"], 23),
])  # fmt: skip
def test_one_year_is_gathered_however_it_is_written(
    tmp_path: Path, heading: str, dates: list[str], quantity: float
) -> None:
    rows = "\n".join(f"{date};Moulin;Farine;{10 + at};t" for at, date in enumerate(dates))
    result = text(tmp_path, f"{heading};Fournisseur;Produit;Quantité;Unité\n{rows}")
    assert sold(result) == {("Moulin", "Four", "Farine"): (quantity, None)}
    assert "GAT15" in codes(result)


@pytest.mark.parametrize("dates", [
    ["2024-07-01", "2025-06-30"], ["01/10/2024", "30/09/2025"], ["12/2024", "01/2025"], ["sept 2024", "août 2025"],
    ["T4 2024", "T3 2025"],
])  # fmt: skip
def test_a_business_year_from_any_month_is_one_year_and_said(tmp_path: Path, dates: list[str]) -> None:
    rows = "\n".join(f"{date};Moulin;Farine;10;t" for date in dates)
    result = text(tmp_path, f"Date;Fournisseur;Produit;Quantité;Unité\n{rows}")
    assert sold(result) == {("Moulin", "Four", "Farine"): (20, None)}
    assert {"GAT40"} == codes(result) & {"GAT15", "GAT28", "GAT40"}


# ---- C. damaged text, N. errors


@pytest.mark.parametrize(("content", "expected", "told"), [
    ("Moulin;Farine;10\nFerme;Oeufs;1;t;500", {("Ferme", "Four", "Oeufs"): (1, 500)}, {"GAT21"}),
    ("Moulin;Farine; bio;10;t;9000\nFerme;Oeufs;1;t;500", {("Ferme", "Four", "Oeufs"): (1, 500)}, {"GAT21"}),
    ("Ferme;Oeufs;1;t;500\nMoulin;\"Farine;10;t;9000", {("Ferme", "Four", "Oeufs"): (1, 500), ("Moulin", "Four", "Farine"): (10, 900)}, {"GAT20"}),
    ("Moulin;\"Farine\nT65\";10;t;9000", {("Moulin", "Four", "Farine T65"): (10, 900)}, set()),
    ("Moulin;Farine;#REF!;t;9000\nFerme;Oeufs;1;t;500", {("Ferme", "Four", "Oeufs"): (1, 500)}, {"GAT29"}),
    ("Moulin;Farine;10;t;#N/A", {("Moulin", "Four", "Farine"): (10, None)}, {"GAT29"}),
    ("Moulin;Farine;10;t;#NOM ?", {("Moulin", "Four", "Farine"): (10, None)}, {"GAT29"}),
    ("Moulin;Farine;10;#N/A;9000", {("Moulin", "Four", "Farine"): (10, 900)}, {"GAT29"}),
    ("Moulin;Farine;10;t;NaN", {("Moulin", "Four", "Farine"): (10, None)}, {"GAT04"}),
    ("Moulin;Farine;10;t;inf", {("Moulin", "Four", "Farine"): (10, None)}, {"GAT04"}),
    ("Moulin;Farine;10;t;1e400", {("Moulin", "Four", "Farine"): (10, None)}, {"GAT04"}),
    ("Moulin;Farine;10;t;env. 9000", {("Moulin", "Four", "Farine"): (10, None)}, {"GAT04"}),
    ("Moulin;Farine;10;t;(9000)\nMoulin;Farine;20;t;18000", {("Moulin", "Four", "Farine"): (10, 900)}, {"GAT145"}),
])  # fmt: skip
def test_a_damaged_line_is_told_and_shifts_nothing(
    tmp_path: Path, content: str, expected: Sold, told: set[str]
) -> None:
    result = text(tmp_path, f"Fournisseur;Produit;Quantité;Unité;Montant HT\n{content}")
    assert sold(result) == expected
    assert told <= codes(result)


def test_a_yes_is_no_quantity() -> None:
    lines: list[tuple[RawValue | None, ...]] = [("Fournisseur", "Produit", "Quantité", "Montant HT")]
    lines += [("Moulin", "Farine", True, 900.0), ("Moulin", "Son", 10.0, dt.date(2025, 1, 1))]
    result = sheets({"Achats": lines}, "achats Four.xlsx")
    told = [str(one.cell).rsplit("!")[1] for one in result.decisions if one.code == "GAT04"]
    assert told == ["C2", "D3"]


# ---- D. the ledger

FEC = ("JournalCode|JournalLib|EcritureNum|EcritureDate|CompteNum|CompteLib|CompAuxNum|CompAuxLib|PieceRef|PieceDate"
       "|EcritureLib|Debit|Credit|EcritureLet|DateLet|ValidDate|Montantdevise|Idevise")  # fmt: skip


def entry(number: int, *lines: tuple[str, str, str, float]) -> list[str]:
    return [
        f"AC|J|{number}|20250110|{account}|{name}||{party}|F{number}|20250110|x|{max(amount, 0):.2f}|"
        f"{max(-amount, 0):.2f}|||20250110||".replace(".", ",")
        for account, name, party, amount in lines
    ]


_FLOUR = entry(1, ("607100", "Farine", "", 1000), ("445660", "TVA", "", 55), ("401000", "F", "Moulin", -1055))


@pytest.mark.parametrize("separator", ["\t", ";", ",", "|"])
def test_a_ledger_of_any_separator_with_or_without_quotes(tmp_path: Path, separator: str) -> None:
    lines = [line.replace(",", ".").split("|") for line in [FEC, *_FLOUR]]
    for quote in ("", '"'):
        content = "\n".join(separator.join(f"{quote}{field}{quote}" for field in line) for line in lines)
        assert sold(text(tmp_path, content, "FEC Four.txt")) == {("Moulin", "Four", "Farine"): (1000, 1)}


@pytest.mark.parametrize(("lines", "told"), [
    # equipment, grants and depreciation are no exchanges, and are said
    (entry(2, ("215400", "Matériel", "", 12000), ("404000", "F", "Fours SA", -12000)), {"GAT39"}),
    (entry(2, ("512000", "Banque", "", 5000), ("740000", "Subventions", "", -5000)), {"GAT39"}),
    (entry(2, ("681100", "Dotations", "", 300), ("281540", "Amort", "", -300)), {"GAT39"}),
    # an accrual names no party: its account's name never becomes one
    (entry(2, ("607100", "Farine", "", 300), ("408100", "FNP", "", -300)), {"GAT31"}),
    # money moved, advances and changes of stock are none of the year's purchases
    (entry(2, ("409100", "Avances", "Moulin", 300), ("512000", "Banque", "", -300)), set()),
    (entry(2, ("603700", "Variation de stock", "", 500), ("370000", "Stock", "", -500)), set()),
])  # fmt: skip
def test_only_exchanges_of_a_ledger_are_exchanges(tmp_path: Path, lines: list[str], told: set[str]) -> None:
    result = text(tmp_path, "\n".join([FEC, *_FLOUR, *lines]), "FEC Four.txt")
    assert sold(result) == {("Moulin", "Four", "Farine"): (1000, 1)}
    assert {one.name for one in result.actors} == {"Moulin", "Four"}
    assert told <= codes(result)


# ---- E. shapes

_BOUGHT = ("Fournisseur", "Produit", "Quantité", "Unité", "Montant HT")
_SALES = ("Client", "Produit", "Quantité", "Unité", "Montant HT")
_FLOUR_ROW: tuple[RawValue | None, ...] = ("Moulin", "Farine", 10.0, "t", 9000.0)
_BREAD_ROW: tuple[RawValue | None, ...] = ("Ecole", "Pain", 8.0, "t", 16000.0)
_BOTH: Sold = {("Moulin", "Four", "Farine"): (10, 900), ("Four", "Ecole", "Pain"): (8, 2000)}


@pytest.mark.parametrize("lines", [
    [(*_BOUGHT, *_SALES), (*_FLOUR_ROW, *_BREAD_ROW)],
    [(*_BOUGHT, None, *_SALES), (*_FLOUR_ROW, None, *_BREAD_ROW)],
    [("ACHATS",), _BOUGHT, _FLOUR_ROW, ("TOTAL", None, 10.0, None, 9000.0), ("VENTES",), _SALES, _BREAD_ROW],
    [_BOUGHT, _FLOUR_ROW, (None, None, 10.0, None, 9000.0), _SALES, _BREAD_ROW, ("Somme", None, 8.0)],
])  # fmt: skip
def test_two_tables_on_one_sheet(lines: list[tuple[RawValue | None, ...]]) -> None:
    assert sold(sheets({"Feuil1": lines})) == _BOTH


@pytest.mark.parametrize(("heading", "row", "quantity"), [
    (("T1", "T2", "T3", "T4", "Total"), (1.0, 2.0, 3.0, 4.0, 10.0), 10),
    (("1er trim.", "2e trim.", "Total"), (4.0, 6.0, 10.0), 10),
    (("janv", "févr", "mars", "T1", "avr", "mai", "juin", "T2"), (1.0, 1.0, 1.0, 3.0, 1.0, 1.0, 1.0, 3.0), 6),
    ((2023.0, 2024.0, 2025.0), (9.0, 11.0, 10.0), 10),
    (("nov-24", "déc-24", "janv-25", "nov-25"), (1.0, 2.0, 4.0, 6.0), 10),
    ((dt.date(2025, 1, 1), dt.date(2025, 2, 1)), (4.0, 6.0), 10),
])  # fmt: skip
def test_months_quarters_and_years_as_columns(
    heading: tuple[RawValue, ...], row: tuple[RawValue, ...], quantity: float
) -> None:
    result = sheets({"S": [("Fournisseur", "Produit", "Unité", *heading), ("Moulin", "Farine", "t", *row)]}, "achats Four.xlsx")  # fmt: skip
    assert sold(result) == {("Moulin", "Four", "Farine"): (quantity, None)}
    assert "GAT28" not in codes(result)


def test_a_merged_supplier_holds_for_each_row_it_covers() -> None:
    lines: list[tuple[RawValue | None, ...]] = [_BOUGHT, _FLOUR_ROW, (None, "Son", 2.0, "t", 200.0)]
    merged = replace(table("Achats", lines), covered={3: {0: 2}})
    result = gather([RawWorkbook((merged,), Path("achats Four.xlsx"))], "en")
    assert sold(result) == {("Moulin", "Four", "Farine"): (10, 900), ("Moulin", "Four", "Son"): (2, 100)}


@pytest.mark.parametrize("name", ["Récap", "RECAPITULATIF 2025", "Synthèse", "Total", "Summary"])
def test_a_sheet_that_sums_up_the_others_counts_nothing(name: str) -> None:
    months = {month: [_BOUGHT, _FLOUR_ROW] for month in ("Janvier", "Février")}
    result = sheets({**months, name: [_BOUGHT, ("Moulin", "Farine", 20.0, "t", 18000.0)]}, "achats Four.xlsx")
    assert sold(result) == {("Moulin", "Four", "Farine"): (20, 900)}
    assert "GAT41" in codes(result)
    alone = sheets({name: [_BOUGHT, _FLOUR_ROW]}, "achats Four.xlsx")
    assert sold(alone) == {("Moulin", "Four", "Farine"): (10, 900)}


def test_nothing_bought_of_somebody_is_no_credit_note() -> None:
    lines: list[tuple[RawValue | None, ...]] = [("Produit (kg)", "Moulin", "Ferme"), ("Farine", 10.0, 5.0), ("Oeufs", 0.0, 2.0)]  # fmt: skip
    result = sheets({"S": lines}, "achats Four.xlsx")
    assert sold(result) == {
        ("Moulin", "Four", "Farine"): (10, None), ("Ferme", "Four", "Farine"): (5, None),
        ("Ferme", "Four", "Oeufs"): (2, None),
    }  # fmt: skip
    assert "GAT14" not in codes(result)


def test_a_sheet_in_which_nothing_is_recognised_is_told() -> None:
    notes: list[tuple[RawValue | None, ...]] = [("à faire",), ("appeler le moulin",)]
    result = sheets({"Achats": [_BOUGHT, _FLOUR_ROW], "Notes": notes}, "achats Four.xlsx")
    assert [str(one.cell) for one in result.decisions if one.code == "GAT02"] == ["achats Four.xlsx [Notes]!1"]


# ---- lists of members


@pytest.mark.parametrize(("content", "names"), [
    ("Structure;Cantine\nFerme des Prés;oui\nÉcole du Bourg;non", {"Ferme des Prés", "École du Bourg"}),
    ("Nom;Type\nCantine du Bourg;Cantine\nFerme des Prés;Ferme", {"Cantine du Bourg", "Ferme des Prés"}),
    ("Adhérent;Commune\nCantine du Bourg;Le Bourg\nFerme des Prés;Val", {"Cantine du Bourg", "Ferme des Prés"}),
    ("Raison sociale;Cotisation 2025\nFerme des Prés;50\nMoulin;50", {"Ferme des Prés", "Moulin"}),
])  # fmt: skip
def test_a_list_of_members_is_no_table_of_quantities(tmp_path: Path, content: str, names: set[str]) -> None:
    assert {one.name for one in text(tmp_path, content, "Liste.csv").actors} == names


def test_people_are_no_members(tmp_path: Path) -> None:
    with pytest.raises(WorkbookError) as refused:
        text(tmp_path, "Nom;Prénom;Email\nDupont;Jean;a@b.fr", "Liste.csv")
    assert "GAT37" in {one.code for one in refused.value.problems}
    assert "Dupont" not in str([one.message("fr") for one in refused.value.problems])


# ---- M. letters, and names nearly alike


@pytest.mark.parametrize("page", ["cp850", "cp1252", "mac_roman", "iso8859-15", "utf-8", "utf-16"])
def test_letters_of_any_former_time(page: str) -> None:
    wanted = "Fournisseur;Désignation\nÉpicerie à Léa;Pâté élevé" + ("" if page == "cp850" else ";œufs")
    assert decoded(wanted.encode(page)) == wanted


def test_letters_decoded_three_times_are_put_right() -> None:
    twice = "Pâté élevé".encode().decode("latin-1").encode().decode("latin-1")
    assert mended(twice) == "Pâté élevé"


def test_twins_are_asked_as_pairs_though_a_third_is_near(tmp_path: Path) -> None:
    rows = "\n".join(f"Moulin;{name};1" for name in ("Pâtes", "Pates", "Pâté"))
    result = text(tmp_path, f"Fournisseur;Produit;Quantité\n{rows}")
    asked = {one.key for one in pile_decisions(result, "en") if one.key.startswith("same name")}
    assert "same name / products / pates / pâtes" in asked


@pytest.mark.parametrize("name", ["Copie de achats Four.csv", "achats Four (1).csv", "Four achats - Copie.csv"])
def test_a_copy_of_a_file_counts_once(tmp_path: Path, name: str) -> None:
    rows = "Fournisseur;Produit;Quantité;Unité\nMoulin;Farine;10;t"
    for one in ("achats Four.csv", name):
        (tmp_path / one).write_text(rows, encoding="utf-8")
    result = gather([read_csv(tmp_path / one) for one in ("achats Four.csv", name)], "en")
    assert sold(result) == {("Moulin", "Four", "Farine"): (10, None)}
    assert "GAT08" in codes(result)


def test_the_day_of_delivery_counts_before_that_of_the_order_or_the_invoice(tmp_path: Path) -> None:
    rows = "2025-01-05;2025-01-03;2023-12-28;Moulin;Farine;10;t\n2025-03-05;2025-03-02;2025-02-28;Moulin;Farine;11;t"
    result = text(tmp_path, f"Date facture;Date commande;Date de livraison;Fournisseur;Produit;Quantité;Unité\n{rows}")
    assert sold(result) == {("Moulin", "Four", "Farine"): (11, None)}


@pytest.mark.parametrize("named", ["file", "sheet", "title"])
def test_tables_without_dates_count_in_the_year_that_is_written_above_them(named: str) -> None:
    books = []
    for year, quantity in (("2024", 10.0), ("2025", 12.0)):
        lines: list[tuple[RawValue | None, ...]] = [
            ("Fournisseur", "Produit", "Quantité"),
            ("Moulin", "Farine", quantity),
        ]
        lines = [(f"Achats de l'exercice {year}",), *lines] if named == "title" else lines
        sheet, file = (year if named == "sheet" else "S"), (f"achats Four {year}.xlsx" if named == "file" else "achats Four.xlsx")  # fmt: skip
        books.append(RawWorkbook((table(sheet, lines),), Path(file)))
    result = gather(books, "en")
    assert {(flow.seller, flow.product): flow.quantity for flow in result.flows} == {("Moulin", "Farine"): 12}
    assert "GAT15" in codes(result)
    assert {flow.quantity for flow in gather(books[:1], "en").flows} == {10}


@pytest.mark.parametrize(("name", "person"), [
    ("Mme Durand Julie", True), ("M. Petit", True), ("DUPONT Jean", True), ("Jean-Pierre Dupont", True),
    ("Client de passage", True), ("Particuliers", True),
    ("Collège Jean Moulin", False), ("EARL Dupont Jean", False), ("Chez Julie", False), ("Mairie de Saint Jean", False),
    ("Biocoop du Centre", False), ("École", False), ("M. Petit, boulangerie", False), ("Saint Jean", False),
])  # fmt: skip
def test_people_among_the_clients_are_one_actor_and_their_names_are_not_kept(
    tmp_path: Path, name: str, person: bool
) -> None:
    result = text(tmp_path, f"Client;Produit;Quantité\n{name};Pain;10\nHalle SARL;Pain;5", "ventes Four.csv")
    buyers = {flow.buyer for flow in result.flows}
    assert buyers == ({"private customers"} if person else {name}) | {"Halle SARL"}
    assert ("GAT45" in codes(result)) == person
    if person:
        everything = [str(one.facts) for one in result.decisions] + [one.name for one in result.actors]
        assert name in ("Particuliers",) or not any(name in text for text in everything)
