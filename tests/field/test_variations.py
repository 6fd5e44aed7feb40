"""What other programs write, with the figures known beforehand: ``variations.md`` beside this file says each in full.

A variation is a file as it comes, and below it each exchange that a person reads in it: seller > buyer, product:
quantity at its price. “nothing” is a file that must be refused.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import xlsxwriter

from filiere.gather.gather import gather
from filiere.problems import WorkbookError
from filiere.table import RawRow, RawTable, RawWorkbook
from filiere.workbook.read.csv import read_csv
from filiere.workbook.read.read import read_workbook
from tests.field.cases import Sold, sold, told
from tests.sheets import workbook

VARIATIONS = Path(__file__).with_name("variations.md").read_text(encoding="utf-8")
_ONE = re.compile(
    r"^## ([^\n]+)\n([^\n]+?)(?: \((\S+)\))?\n```\n(.*?)\n```\n((?:- [^\n]*\n?)+)", re.MULTILINE | re.DOTALL
)
_EXCHANGE = re.compile(r"- (.+?) > (.+?), (.+): ([\d.]+)(?: at ([\d.]+))?")
FOUND = {found[1]: found for found in _ONE.finditer(VARIATIONS)}


def as_file(folder: Path, name: str, letters: str | None, content: str) -> RawWorkbook:
    if letters is None:
        return RawWorkbook(workbook(content.replace("### ", "## ")), Path(name))
    path = folder / name
    path.write_bytes(content.encode(letters))
    return read_csv(path)


def test_each_variation_is_tried() -> None:
    assert len(FOUND) == VARIATIONS.count("\n## ") + 1 > 50


@pytest.mark.parametrize("name", FOUND)
def test_a_person_and_the_product_read_the_same_figures(tmp_path: Path, name: str) -> None:
    _, file, letters, content, lines = FOUND[name].groups()
    book = as_file(tmp_path, file, letters, content)
    expected: Sold = {
        (seller, buyer, product): (float(quantity), float(price) if price else None)
        for seller, buyer, product, quantity, price in _EXCHANGE.findall(lines)
    }
    if not expected:
        with pytest.raises(WorkbookError):
            gather([book], "fr")
        return
    found = sold(gather([book], "fr"))
    assert found.keys() == expected.keys()
    for exchange, (quantity, price) in expected.items():
        assert found[exchange][0] == pytest.approx(quantity)
        assert found[exchange][1] == (None if price is None else pytest.approx(price, rel=1e-3))


def test_an_indented_pivot_of_odoo_is_read_by_its_indents() -> None:
    lines = [("", "Total"), ("", "Qté (kg)", "Montant HT"), ("Total", 72.0, 90.0), ("    Moulin", 60.0, 54.0),
             ("        Farine", 60.0, 54.0), ("    Ferme", 12.0, 36.0), ("        Oeufs", 12.0, 36.0)]  # fmt: skip
    rows = tuple(RawRow(at, {place: value for place, value in enumerate(line) if value not in (None, "")})
                 for at, line in enumerate(lines, start=1))  # fmt: skip
    found = gather([RawWorkbook((RawTable("Pivot", rows),), Path("achats Four.xlsx"))], "en")
    assert sold(found) == {("Moulin", "Four", "Farine"): (60, 0.9), ("Ferme", "Four", "Oeufs"): (12, 3)}


def test_a_pivot_beside_its_rows_counts_once() -> None:
    book = RawWorkbook(workbook("""
        ## Feuil1
        | Fournisseur | Produit | Quantité (kg) |
        | Moulin | Farine | 10 |
        | Moulin | Farine | 20 |
        ## Feuil2
        | Fournisseur | Produit | Somme de Quantité (kg) |
        | Moulin | Farine | 30 |
        | Total général | | 30 |
        """), Path("achats Four.xlsx"))  # fmt: skip
    result = gather([book], "en")
    assert sold(result) == {("Moulin", "Four", "Farine"): (30, None)}
    assert told(result, "GAT41") == {"GAT41": ["2"]}


@pytest.mark.parametrize(("file", "code"), [
    ("a till's sales by article", "GAT48"), ("a sheet for each supplier", "GAT49"),
])  # fmt: skip
def test_a_party_that_no_column_names_is_said(tmp_path: Path, file: str, code: str) -> None:
    _, name, letters, content, _ = FOUND[file].groups()
    assert told(gather([as_file(tmp_path, name, letters, content)], "en"), code)


def test_names_that_are_taken_from_above_are_said() -> None:
    lines = "\n".join(f"| {name} | Farine {at} | 10 |" for at, name in enumerate(["Moulin", "", "", "Ferme", ""]))
    book = RawWorkbook(workbook(f"## A\n| Fournisseur | Produit | Quantité (kg) |\n{lines}"), Path("achats Four.xlsx"))
    result = gather([book], "en")
    assert {seller for seller, _, _ in sold(result)} == {"Moulin", "Ferme"}
    assert told(result, "GAT47") == {"GAT47": ["3"]}


def test_a_pivot_whose_labels_nobody_can_tell_is_refused_with_the_way_out() -> None:
    book = RawWorkbook(workbook("""
        ## TCD
        | Étiquettes de lignes | Somme de Quantité (kg) |
        | Alpha | 30 |
        | Bêta | 10 |
        | Gamma | 20 |
        | Delta | 5 |
        | Epsilon | 5 |
        | Total général | 35 |
        """), Path("achats Four.xlsx"))  # fmt: skip
    with pytest.raises(WorkbookError) as refused:
        gather([book], "fr")
    (problem,) = (one for one in refused.value.problems if one.code == "GAT46")
    assert "forme tabulaire" in problem.hint("fr")


def test_headings_merged_across_and_down_are_read(tmp_path: Path) -> None:
    with xlsxwriter.Workbook(tmp_path / "achats Four.xlsx") as made:
        sheet = made.add_worksheet()
        for first, last, text in (("A1", "A2", "Fournisseur"), ("B1", "B2", "Produit"), ("C1", "D1", "Janvier 2025"),
                                  ("E1", "F1", "Février 2025")):  # fmt: skip
            sheet.merge_range(f"{first}:{last}", text)
        sheet.write_row("C2", ["Qté (kg)", "Montant HT", "Qté (kg)", "Montant HT"])
        sheet.write_row("A3", ["Moulin", "Farine", 10, 9, 20, 18])
        sheet.write_row("A4", ["Ferme", "Oeufs", None, None, 12, 36])
    found = gather([read_workbook(tmp_path / "achats Four.xlsx")], "fr")
    assert sold(found) == {("Moulin", "Four", "Farine"): (30, 0.9), ("Ferme", "Four", "Oeufs"): (12, 3)}


@pytest.mark.parametrize(("variation", "code", "count"), [
    ("sheets of what did not take place, and one of credit notes", "GAT51", 3),
    ("sheets of what did not take place, and one of credit notes", "GAT50", 1),
    ("the number of a credit note under Numéro", "GAT38", 1),
    ("credit notes told by their labels", "GAT38", 4),
    ("discounts of one or less under a per cent sign: shares or per cent", "GAT35", 1),
    ("a letter typed for a zero", "GAT04", 1),
    ("transport beside goods, and a part of the row above", "GAT42", 4),
    ("transport beside goods, and a part of the row above", "GAT52", 1),
    ("amounts that include their tax by its rates", "GAT53", 1),
    ("amounts without their tax by its rates", "GAT53", 0),
    ("amounts beside a tax of no usual rate", "GAT54", 1),
])  # fmt: skip
def test_what_is_taken_off_or_left_out_is_said(tmp_path: Path, variation: str, code: str, count: int) -> None:
    _, name, letters, content, _ = FOUND[variation].groups()
    found = gather([as_file(tmp_path, name, letters, content)], "en")
    assert sum(one.code == code for one in found.decisions) == count


def test_the_format_of_a_cell_says_that_a_discount_is_a_percentage(tmp_path: Path) -> None:
    with xlsxwriter.Workbook(tmp_path / "achats Four.xlsx") as made:
        sheet, percent = made.add_worksheet(), made.add_format({"num_format": "0%"})
        sheet.write_row("A1", ["Fournisseur", "Produit", "Quantité (kg)", "PU HT", "Remise"])
        for at, (product, off) in enumerate([("Farine", 0.1), ("Sel", 1)], start=2):
            sheet.write_row(f"A{at}", ["Moulin", product, 100, 2])
            sheet.write_number(f"E{at}", off, percent)
    found = sold(gather([read_workbook(tmp_path / "achats Four.xlsx")], "fr"))
    assert found["Moulin", "Four", "Farine"] == (100, pytest.approx(1.8))
    assert found["Moulin", "Four", "Sel"] == (100, pytest.approx(0))


def test_two_exports_of_one_member_that_overlap_count_once(tmp_path: Path) -> None:
    heads = "N° facture;Date;Client;Produit;Quantité;Unité;Montant HT"
    first, march = "F1;05/01/2024;Cantine;Oignons;100;kg;90", "F2;05/03/2024;Cantine;Oignons;50;kg;45"
    last = "F3;25/03/2024;Cantine;Oignons;5;kg;4,5"
    books = [as_file(tmp_path, "ventes Ferme Bleue T1.csv", "utf-8", "\n".join((heads, first, march))),
             as_file(tmp_path, "ventes Ferme Bleue mars.csv", "utf-8", "\n".join((heads, march, last)))]  # fmt: skip
    found = gather(books, "fr")
    assert sold(found) == {("Ferme Bleue", "Cantine", "Oignons"): (155, 0.9)}
    assert sum(one.code == "GAT08" for one in found.decisions) == 1
