"""Ledgers and journals as accounting programs print them: by account, or with a party's name on its account alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from filiere.problems import WorkbookError
from tests.gather.test_hostile_variations import codes, sold, text

HEADS = "Date;Journal;Pièce;Libellé;Débit;Crédit;Solde"
TITLES = ["Grand livre général;;;;;;", "Fournil;;;;;;"]
SUPPLIER = ["05/03/2024;AC;FA12;Légumes mars;;105,50;-105,50", "05/04/2024;BQ;VIR1;Règlement;105,50;;0,00"]
GOODS = ["05/03/2024;AC;FA12;Ferme Bleue;100,00;;100,00"]
TAX = ["05/03/2024;AC;FA12;Ferme Bleue;5,50;;5,50"]
SOLD = {("Ferme Bleue", "Fournil", "Achats de légumes"): (100, 1)}


def ledger(first: str, second: str, third: str, totals: tuple[str, str, str] | None) -> str:
    blocks = [(first, SUPPLIER), (second, GOODS), (third, TAX)]
    lines = [*TITLES, HEADS]
    for at, (head, rows) in enumerate(blocks):
        lines += [head, *rows, *([totals[at]] if totals else [])]
    return "\n".join(lines)


TOTALS = ("Total 401FERME;;;;105,50;105,50;0,00", "Total compte;;;;100,00;0,00;100,00", "Total;;;;5,50;;5,50")


@pytest.mark.parametrize("heads", [
    ("401FERME - Ferme Bleue;;;;;;", "601000 - Achats de légumes;;;;;;", "445660 - TVA déductible;;;;;;"),
    ("Compte : 401FERME Ferme Bleue;;;;;;", "Compte : 601000 Achats de légumes;;;;;;", "Compte : 445660 TVA;;;;;;"),
    ("401FERME;Ferme Bleue;;;;;", "601000;Achats de légumes;;;;;", "445660;TVA;;;;;"),
    ("Compte;401FERME;Ferme Bleue;;;;", "Compte;601000;Achats de légumes;;;;", "Compte;445660;TVA;;;;"),
    ("401FERME Ferme Bleue;;;;;;0,00", "601000 Achats de légumes;;;;;;0,00", "445660 TVA;;;;;;0,00"),
])  # fmt: skip
@pytest.mark.parametrize("totals", [TOTALS, None])
def test_a_ledger_printed_by_account(
    tmp_path: Path, heads: tuple[str, str, str], totals: tuple[str, str, str] | None
) -> None:
    result = text(tmp_path, ledger(*heads, totals), "Grand livre Fournil.csv")
    assert sold(result) == SOLD
    assert not codes(result) & {"GAT131", "GAT67", "GAT31"}


def test_a_total_that_its_entries_do_not_come_to_is_told(tmp_path: Path) -> None:
    heads = ("401FERME - Ferme Bleue;;;;;;", "601000 - Achats de légumes;;;;;;", "445660 - TVA déductible;;;;;;")
    wrong = (TOTALS[0], "Total 601000;;;;300,00;0,00;300,00", TOTALS[2])
    result = text(tmp_path, ledger(*heads, wrong), "Grand livre Fournil.csv")
    assert sold(result) == SOLD
    [told] = [one for one in result.decisions if one.code == "GAT131"]
    assert "300" in told.message("fr") and str(told.cell).endswith("10")


@pytest.mark.parametrize("totals", [True, False])
@pytest.mark.parametrize("head", [
    "Compte X40 - Moulin Vert;;;;;;", "FMOULIN;Moulin Vert;;;;;", "MOULIN VERT;;;;;;", "FMOULIN Moulin Vert;;;;;12,00;12,00",
])  # fmt: skip
def test_entries_below_a_row_that_names_no_account_are_none_of_the_account_before(
    tmp_path: Path, head: str, totals: bool
) -> None:
    own = "06/03/2024;AC;FA13;Moulin Vert;;70,00;-70,00"
    rows = [HEADS, "601000 - Achats de légumes;;;;;;", *GOODS, *(["Total 601000;;;;100,00;;100,00"] if totals else []),
            "401FERME - Ferme Bleue;;;;;;", SUPPLIER[0], *(["Total 401FERME;;;;;105,50;"] if totals else []), head, own,
            "445660 TVA;;;;;;", *TAX, "602000 - Emballages;;;;;;", "06/03/2024;AC;FA13;Moulin Vert;70,00;;70,00"]  # fmt: skip
    result = text(tmp_path, "\n".join(rows), "Grand livre Fournil.csv")
    assert sold(result) == SOLD
    assert codes(result) >= {"GAT140", "GAT31"}
    [told] = [one for one in result.decisions if one.code == "GAT140"]
    assert str(rows.index(own) + 1) in told.message("fr") and "Vert" not in told.message("fr")


@pytest.mark.parametrize(
    "line", ["Fournil;;;;;;", "Page 2;;;;;;", "Édité le 12/01/2025;;;;;;", HEADS, ";;;suite de la livraison;;;"]
)
def test_what_stands_between_the_entries_of_an_account_ends_it_not(tmp_path: Path, line: str) -> None:
    rows = [*TITLES, HEADS, "401FERME - Ferme Bleue;;;;;;", line, SUPPLIER[0], line, SUPPLIER[1], "601000 - Achats de légumes;;;;;;",
            *GOODS, line, "445660 TVA;;;;;;", *TAX]  # fmt: skip
    result = text(tmp_path, "\n".join(rows), "Grand livre Fournil.csv")
    assert sold(result) == SOLD
    assert "GAT140" not in codes(result)


def test_an_invoice_of_a_station_called_total_is_no_total(tmp_path: Path) -> None:
    rows = [HEADS, "401TOTAL - Total Access;;;;;;", "05/03/2024;AC;F1;Total Access;;60,00;", "606100 - Carburant;;;;;;",
            "05/03/2024;AC;F1;Total Access;50,00;;", "445660 - TVA;;;;;;", "05/03/2024;AC;F1;Total Access;10,00;;"]  # fmt: skip
    result = text(tmp_path, "\n".join(rows), "Grand livre Fournil.csv")
    assert sold(result) == {("Total Access", "Fournil", "Carburant"): (50, 1)}


JOURNAL = "Date;Pièce;Compte;{name};Débit;Crédit"


def test_a_journal_names_the_party_by_its_account(tmp_path: Path) -> None:
    rows = ["Jal;Date;N° pièce;N° compte;Intitulé du compte;Libellé écriture;Débit;Crédit",
            "AC;05/03/2024;FA12;401FERME;Ferme Bleue;mars;;105,50", "AC;05/03/2024;FA12;601000;Achats de légumes;mars;100,00;",
            "AC;05/03/2024;FA12;445660;TVA déductible;mars;5,50;"]  # fmt: skip
    assert sold(text(tmp_path, "\n".join(rows), "Journal achats Fournil.csv")) == SOLD


LINES = ["05/03/2024;FA12;401FERME;Ferme Bleue;;105,50", "05/03/2024;FA12;601000;Légumes;100,00;",
         "05/03/2024;FA12;445660;TVA;5,50;", "07/03/2024;FA13;401MOULIN;Moulin Vert;;211,00",
         "07/03/2024;FA13;601000;Farine;200,00;", "07/03/2024;FA13;445660;TVA;11,00;"]  # fmt: skip


@pytest.mark.parametrize(("total", "told"), [("316,50;316,50", False), ("416,50;416,50", True)])
def test_a_journal_names_the_party_on_its_lines_alone(tmp_path: Path, total: str, told: bool) -> None:
    rows = ["Journal des achats;;;;;", JOURNAL.format(name="Libellé"), *LINES, f";;;Total;{total}"]
    result = text(tmp_path, "\n".join(rows), "Journal achats Fournil.csv")
    assert sold(result) == {
        ("Ferme Bleue", "Fournil", "Légumes"): (100, 1),
        ("Moulin Vert", "Fournil", "Farine"): (200, 1),
    }
    assert ("GAT131" in codes(result)) is told


def test_a_journal_whose_lines_all_bear_the_text_of_the_entry_is_refused(tmp_path: Path) -> None:
    """One text on all lines of an entry may be a party or a remark, and names no good."""
    rows = [JOURNAL.format(name="Libellé"), *(line.replace("Légumes", "Ferme Bleue") for line in LINES)]
    with pytest.raises(WorkbookError) as refused:
        text(tmp_path, "\n".join(rows), "Journal achats Fournil.csv")
    assert {one.code for one in refused.value.problems} == {"GAT01", "GAT02"}


@pytest.mark.parametrize("row", ["05/03/2024;;Total Access;Gazole;50", ";F12;TOTAL ACCESS;Gazole;50"])
def test_a_purchase_from_a_firm_called_total_is_no_total(tmp_path: Path, row: str) -> None:
    rows = f"Date;Facture;Fournisseur;Produit;Montant HT\n05/03/2024;F1;Ferme;Ail;10\n{row}\n;;Total Access;;60\n;;Total;;60"
    result = sold(text(tmp_path, rows, "achats Fournil.csv"))
    assert {(seller.casefold(), product): figures for (seller, _, product), figures in result.items()} == {
        ("ferme", "Ail"): (10, 1), ("total access", "Gazole"): (50, 1)}  # fmt: skip


TAX_HEAD, GOODS_HEAD = "445660 - TVA déductible;;;;;;", "601000 - Achats de légumes;;;;;;"


def told(folder: Path, lines: list[str]) -> list[tuple[str, str]]:
    """Return code and cell of what is told of amounts that are not taken."""
    result = text(folder, "\n".join([*TITLES, HEADS, *lines]), "Grand livre Fournil.csv")
    assert sold(result) == SOLD
    return [(one.code, str(one.cell)) for one in result.decisions if one.code in ("GAT03", "GAT04", "GAT29")]


def test_an_amount_of_a_ledger_that_is_no_number_is_told(tmp_path: Path) -> None:
    blocks = ["401FERME - Ferme Bleue;;;;;;", *SUPPLIER, GOODS_HEAD, *GOODS, TAX_HEAD, *TAX]
    assert told(tmp_path, blocks) == []
    odd = [*blocks, GOODS_HEAD, "06/03/2024;AC;FA13;Ferme Bleue;voir avec Paul;;", "07/03/2024;AC;FA14;;;#REF!;"]
    assert told(tmp_path, odd) == [("GAT04", "Grand livre Fournil.csv!E12"), ("GAT29", "Grand livre Fournil.csv!F13")]


def test_an_amount_of_a_ledger_before_its_first_account_is_told(tmp_path: Path) -> None:
    blocks = ["05/02/2024;AC;FA9;Ferme Rose;77,00;;77,00", "401FERME - Ferme Bleue;;;;;;", *SUPPLIER, GOODS_HEAD, *GOODS,
              TAX_HEAD, *TAX]  # fmt: skip
    assert told(tmp_path, blocks) == [("GAT03", "Grand livre Fournil.csv!4")]


def test_headings_and_totals_of_each_page_are_told_of_nothing(tmp_path: Path) -> None:
    pages = ["401FERME - Ferme Bleue;;;;;;", *SUPPLIER, "Fournil;;;;Page 2;;", HEADS, GOODS_HEAD, *GOODS, TAX_HEAD, *TAX,
             "Total général;;;;211,00;105,50;105,50"]  # fmt: skip
    assert told(tmp_path, pages) == []


OWN_TEXT = ["01/01/2024;AN;401000;Ferme Bleue;Report à nouveau;;500,00", "05/03/2024;FA12;607100;;FACT FA12 FERME BLEUE;100,00;",
            "05/03/2024;FA12;445660;;FACT FA12 FERME BLEUE;5,50;", "05/03/2024;FA12;401000;Ferme Bleue;FACT FA12 FERME BLEUE;;105,50",
            "07/03/2024;V1;411000;École;Pain;211,00;", "07/03/2024;V1;701000;;Pain;;200,00", "07/03/2024;V1;445710;;Pain;;11,00"]  # fmt: skip


def test_a_journal_whose_lines_bear_the_text_of_their_invoice_calls_goods_by_account(tmp_path: Path) -> None:
    """Each invoice would be a good of its own, and bear a party's name."""
    result = text(
        tmp_path, "\n".join(["Date;Pièce;Compte;Tiers;Libellé;Débit;Crédit", *OWN_TEXT]), "Journal Fournil.csv"
    )
    assert sold(result) == {
        ("Ferme Bleue", "Fournil", "Compte 607100"): (100, 1), ("Fournil", "École", "Pain"): (200, 1)}  # fmt: skip
    (said,) = (one for one in result.decisions if one.code == "GAT138")
    assert "(3)" in said.message("fr")


@pytest.mark.parametrize("rows", [
    ["Compte;Date;Pièce;Libellé;Débit;Crédit;Solde", "401FER Ferme Bleue;;;Report;;500;-500", "401FER;05/03/2024;F1;Facture;;105,50;-605,50"],
    ["Compte;Intitulé;Solde d'ouverture;Débit;Crédit;Solde", "401FER;Ferme Bleue;500;105,50;105,50;500", "607100;Achats;;100;;100"],
])  # fmt: skip
def test_accounts_without_goods_or_parties_are_refused_with_what_to_export(tmp_path: Path, rows: list[str]) -> None:
    with pytest.raises(WorkbookError) as refused:
        text(tmp_path, "\n".join(rows), "Grand livre Fournil.csv")
    (said,) = (one for one in refused.value.problems if one.code == "GAT02")
    assert "FEC" in said.hint("fr")
