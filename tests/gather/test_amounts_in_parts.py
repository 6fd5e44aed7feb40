"""Amounts that stand in several columns, one for each rate of tax or each label: their sum counts, which is told."""

from __future__ import annotations

from pathlib import Path

import pytest

from filiere.gather.gather import gather
from filiere.problems.problem import WorkbookError
from filiere.workbook.read.csv import read_csv
from tests.gather.test_hostile_variations import codes, sold, text

KEY = ("Metro", "Four", "Épicerie")


@pytest.mark.parametrize(("heads", "row", "amount"), [
    ("HT 5,5 %;HT 20 %;TVA 5,5 %;TVA 20 %;TTC", "200;100;11;20;331", 300),
    ("Base HT 5,5%;Base HT 20%;Total TTC", "200;100;331", 300),
    ("Base TVA 5,5;Base TVA 20;Montant TVA 5,5;Montant TVA 20;TTC", "200;100;11;20;331", 300),
    ("Montant TVA 5,5 %;Montant TVA 20 %;Montant TTC", "11;20;331", 300),
    ("Montant HT 5,5 %;Montant HT 10 %;Montant HT 20 %", "200;;100", 300),
    ("Montant bio HT;Montant SIQO HT;Montant conventionnel HT", "100;;200", 300),
    ("Bio HT;Label Rouge HT;Autres HT", "100;50;150", 300),
])  # fmt: skip
def test_parts_of_an_amount_are_summed_and_told(tmp_path: Path, heads: str, row: str, amount: float) -> None:
    result = text(tmp_path, f"Fournisseur;Produit;Quantité (kg);{heads}\nMetro;Épicerie;10;{row}")
    assert sold(result) == {KEY: (10, amount / 10)}
    assert "GAT125" in codes(result)
    assert "GAT12" not in codes(result)


@pytest.mark.parametrize(("heads", "row"), [
    ("Montant HT;HT 5,5 %;HT 20 %", "300;200;100"),
    ("Total HT;dont bio;dont SIQO;dont local", "300;100;50;150"),
    ("Montant HT;TVA 5,5 %;TTC", "300;16,5;316,5"),
    ("Montant HT;Bio;Conventionnel", "300;100;200"),
])  # fmt: skip
def test_the_whole_counts_beside_its_parts(tmp_path: Path, heads: str, row: str) -> None:
    result = text(tmp_path, f"Fournisseur;Produit;Quantité (kg);{heads}\nMetro;Épicerie;10;{row}")
    assert sold(result) == {KEY: (10, 30)}
    assert "GAT125" not in codes(result)


def test_a_part_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    result = text(tmp_path, "Fournisseur;Produit;Quantité (kg);HT 5,5 %;HT 20 %\nMetro;Épicerie;10;200;cent")
    assert sold(result) == {KEY: (10, None)}
    assert "GAT04" in codes(result)


@pytest.mark.parametrize(
    "days", ["Lundi;Mardi;Jeudi;Vendredi;Total", "Lun;Mar;Jeu;Ven;Total", "Monday;Tuesday;Thursday;Friday;Total"]
)
def test_days_of_the_week_may_be_columns(tmp_path: Path, days: str) -> None:
    result = text(tmp_path, f"Fournisseur;Produit;Unité;{days}\nFournil;Pain;kg;10;12;11;10;43")
    assert sold(result) == {("Fournil", "Four", "Pain"): (43, None)}
    assert "GAT72" in codes(result)  # a week's, and nothing says how many of them there are


def test_opening_hours_make_no_table_of_sales(tmp_path: Path) -> None:
    path = tmp_path / "adhérents.csv"
    path.write_text("Structure;Lundi;Mardi\nFournil du Lac SARL;9h-12h;9h-12h\nGAEC du Val;;9h-12h\n", "utf-8")
    result = text(tmp_path, "Fournisseur;Produit;Quantité (kg)\nFournil;Pain;10")
    members = gather([read_csv(path), read_csv(tmp_path / "achats Four.csv")], "en")
    assert {one.name for one in members.actors} > {one.name for one in result.actors}


@pytest.mark.parametrize(("rows", "price", "told"), [
    ("Pain;100;3;316,5", 3.0, True),
    ("Pain;100;3;316,5\nPain;50;3;158,25", 3.0, True),
    ("Pain;100;3;360", 3.0, True),
    ("Pain;100;3;300", 3.0, False),
    ("Pain;100;3;310", 3.1, False),  # no usual rate
    ("Pain;100;3;316,5\nPain;50;3;150", 3.11, False),
])  # fmt: skip
def test_amounts_that_are_prices_with_a_usual_tax_include_it(
    tmp_path: Path, rows: str, price: float, told: bool
) -> None:
    body = "".join(f"\nMetro;{row}" for row in rows.split("\n"))
    result = text(tmp_path, f"Fournisseur;Produit;Quantité (kg);Prix;Total{body}")
    assert [one.price for one in result.flows] == [pytest.approx(price)]
    assert ("GAT126" in codes(result)) is told


@pytest.mark.parametrize(("heads", "row"), [
    ("PU TTC;Total HT", "31,65;300"),
    ("PU HT;Total TTC", "30;316,5"),
    ("PU HT;PU TTC;Total TTC", "30;31,65;316,5"),
])  # fmt: skip
def test_what_is_told_without_tax_counts_and_no_rate_is_asked(tmp_path: Path, heads: str, row: str) -> None:
    result = text(tmp_path, f"Fournisseur;Produit;Quantité (kg);{heads}\nMetro;Épicerie;10;{row}")
    assert sold(result) == {KEY: (10, 30)}
    assert "GAT12" not in codes(result)


@pytest.mark.parametrize(("price", "paid", "told"), [("", None, True), ("0", 0, False), ("offert", 0, False)])
def test_a_product_of_a_blank_price_is_no_gift(tmp_path: Path, price: str, paid: float | None, told: bool) -> None:
    result = text(tmp_path, f"Fournisseur;Produit;Quantité (kg);PU HT;Montant HT\nMetro;Épicerie;10;{price};0")
    assert sold(result) == {KEY: (10, paid)}
    assert ("GAT128" in codes(result)) is told


def test_columns_of_goods_each_have_their_unit(tmp_path: Path) -> None:
    result = text(tmp_path, "Fournisseur;Pain (kg);Lait (L);Œufs (douzaine)\nFerme;10;5;2\nGAEC;4;;1")
    assert sold(result) == {
        ("Ferme", "Four", "Pain"): (10, None), ("Ferme", "Four", "Lait"): (5, None), ("Ferme", "Four", "Œufs"): (2, None),
        ("GAEC", "Four", "Pain"): (4, None), ("GAEC", "Four", "Œufs"): (1, None),
    }  # fmt: skip
    units = {one.product.name: one.product.unit for one in result.products}
    assert units == {"Pain": "kg", "Lait": "L", "Œufs": "douzaine"}


def test_columns_of_goods_with_other_units_than_masses_are_read(tmp_path: Path) -> None:
    result = text(tmp_path, "Fournisseur;Lait (L);Œufs (douzaine)\nFerme;5;2")
    assert sold(result) == {("Ferme", "Four", "Lait"): (5, None), ("Ferme", "Four", "Œufs"): (2, None)}


def test_a_range_is_no_quantity(tmp_path: Path) -> None:
    with pytest.raises(WorkbookError, match="GAT02"):
        text(tmp_path, "Fournisseur;Produit;Quantité min (kg);Quantité max (kg);Prix HT\nFerme;Pommes;100;200;1,5")


def test_what_is_engaged_is_told_as_ordered(tmp_path: Path) -> None:
    result = text(tmp_path, "Fournisseur;Produit;Quantité annuelle engagée (kg);Prix HT\nFerme;Pommes;100;1,5")
    assert "GAT44" in codes(result)


def test_a_row_is_counted_once_in_what_is_said(tmp_path: Path) -> None:
    result = text(tmp_path, "Fournisseur;Produit;Quantité;Unité;Prix HT au kg\nFerme;Poulets;30;pièces;6")
    assert [one.facts["count"] for one in result.decisions if one.code == "GAT120"] == [1]
