"""Subtotals without the word, sheets that carry a sum over, and columns that say what one package or piece holds."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.gather.test_hostile_variations import codes, sold, text

FLOUR = {("Moulin", "Four", "T65"): (100, 0.9), ("Moulin", "Four", "T80"): (50, 1.1)}
SALT = {("Salines", "Four", "Sel"): (20, 0.5)}


@pytest.mark.parametrize("body", [
    "Moulin;T65;100;90\nMoulin;T80;50;55\nMoulin;;150;145\nSalines;Sel;20;10\nSalines;;20;10\n;;170;155",
    "Moulin;T65;100;90\nMoulin;T80;50;55\nMoulin;;150;145\nSalines;Sel;20;10\n;;170;155",
    "Salines;Sel;20;10\nMoulin;T65;100;90\nMoulin;T80;50;55\nMoulin;;150;145",
])  # fmt: skip
def test_a_row_without_name_that_comes_to_those_above_counts_nothing_and_is_told(tmp_path: Path, body: str) -> None:
    result = text(tmp_path, f"Fournisseur;Produit;Quantité (kg);Montant HT\n{body}")
    assert sold(result) == FLOUR | SALT
    assert "GAT115" in codes(result)


def test_a_sum_by_good_names_no_party(tmp_path: Path) -> None:
    result = text(tmp_path, "Produit;Fournisseur;Quantité (kg);Montant HT\n"
                            "T65;Moulin;100;90\nT65;Meunier;50;55\nT65;;150;145\nSel;Salines;20;10\nSel;;20;10")  # fmt: skip
    assert sold(result) == {
        ("Moulin", "Four", "T65"): (100, 0.9), ("Meunier", "Four", "T65"): (50, 1.1), ("Salines", "Four", "Sel"): (20, 0.5),
    }  # fmt: skip


@pytest.mark.parametrize("body", [
    "Moulin;T65;100;90\n;T80;50;45\n;T110;150;135\nSalines;Sel;20;10\n;Gros sel;20;10",
    "Moulin;T65;100;90\nMoulin;;100;90\nSalines;Sel;20;10\nSalines;;30;15",
])  # fmt: skip
def test_rows_that_only_happen_to_match_still_count(tmp_path: Path, body: str) -> None:
    result = text(tmp_path, f"Fournisseur;Produit;Quantité (kg);Montant HT\n{body}")
    assert "GAT115" not in codes(result)


def test_what_is_carried_over_to_the_next_page_counts_once(tmp_path: Path) -> None:
    result = text(tmp_path, "Date;Fournisseur;Produit;Quantité (kg);Montant HT\n05/03/2025;Moulin;T65;100;90\n"
                            ";;À reporter;100;90\n;;Report;100;90\n06/03/2025;Salines;Sel;20;10\n;Montant à reporter;;120;100")  # fmt: skip
    assert sold(result) == {("Moulin", "Four", "T65"): (100, 0.9), ("Salines", "Four", "Sel"): (20, 0.5)}


@pytest.mark.parametrize(("heading", "row", "found"), [
    ("Nb colis;Poids colis (kg);Poids total (kg);Montant HT", "10;12;120;180", (120, 1.5, "kg")),
    ("Poids du carton (kg);Nb cartons;PU HT", "12;10;18", (10, 18, "cartons")),
    ("Nb colis;Pièces par colis;Poids unitaire (g);Montant HT", "10;24;125;144", (10, 14.4, "colis")),
    ("Grammage (g);Quantité;Montant HT", "125;240;144", (240, 0.6, "unit")),
    ("Contenance (L);Quantité;Montant HT", "5;20;120", (20, 6, "unit")),
    ("Poids moyen (kg);Nombre;Montant HT", "2;50;400", (50, 8, "unit")),
    ("Nb pièces;Poids (kg);PU €/kg;Montant HT", "4;8,2;15;123", (8.2, 15, "kg")),
])  # fmt: skip
def test_what_one_package_or_piece_weighs_is_not_how_much_was_sold(
    tmp_path: Path, heading: str, row: str, found: tuple[float, float, str]
) -> None:
    result = text(tmp_path, f"Fournisseur;Produit;{heading}\nFerme;Tomme;{row}")
    assert sold(result) == {("Ferme", "Four", "Tomme"): found[:2]}
    assert [one.product.unit for one in result.products] == [found[2]]


ROWS = ["Client;Produit;Quantité (kg);Montant HT", "Cantine;Ail;10;50", "École;Ail;5;25"]


@pytest.mark.parametrize(("rows", "told"), [
    ([*ROWS, "Total;;25;125"], 2), ([*ROWS, "Total;;15;75"], 0), ([*ROWS, "Total général;;15;80"], 1),
    ([*ROWS, "Total;;15;75", "Cantine;Chou;1;2", "Total;;1;2", "Total général;;16;77"], 0),
    (["Client;Produit;Quantité (kg);Montant HT", "TOTAL;;15;75", *ROWS[1:]], 0),
    ([*ROWS, ROWS[0], "Bar;Ail;1;5", "Total;;16;80"], 0), ([*ROWS, "TVA 5,5 %;;;4,13", "Total TTC;;;79,13"], 0),
    ([*ROWS, "Bar;Ail annulé;2;10", "Total;;15;75"], 0),
])  # fmt: skip
def test_a_total_that_its_rows_do_not_come_to_is_told(tmp_path: Path, rows: list[str], told: int) -> None:
    """Rows may have been lost on the way: filtered, cut off, or deleted below a total that was typed."""
    result = text(tmp_path, "\n".join(rows), "ventes Ferme.csv")
    assert [one.code for one in result.decisions].count("GAT133") == told


@pytest.mark.parametrize(("rows", "total", "told"), [
    (["1000;1000", "5;5"], "1005;1005", False), (["1000;1000", "5;5"], "1010;1010", True),  # a row of 5 is missing
    (["1000,4;1000", "5,4;5"], "1006;1005", False), (["24,15;100", "30,2;100", "0,4;1"], "54,75;201", False),
    (["33,33;10", "33,33;10", "33,33;10"], "100;30", False), (["33,33;10", "33,33;10", "33,33;10"], "101;30", True),
    (["0,333;1", "0,333;1", "0,333;1"], "1,0;3", False), (["200;1"] * 200, "40200;200", True),
])  # fmt: skip
def test_a_total_is_off_by_no_more_than_its_rows_are_rounded(
    tmp_path: Path, rows: list[str], total: str, told: bool
) -> None:
    lines = ["Fournisseur;Produit;Quantité;Unité;Montant HT"]
    lines += [f"Ferme {at};Ail;{quantity};kg;{amount}" for at, row in enumerate(rows)
              for quantity, amount in [row.split(";")]]  # fmt: skip
    quantity, amount = total.split(";")
    result = text(tmp_path, "\n".join([*lines, f"Total;;{quantity};;{amount}"]))
    assert ("GAT133" in codes(result)) is told
