"""Amounts that stand in several columns, one for each rate of tax or each label: their sum counts, which is told."""

from __future__ import annotations

from pathlib import Path

import pytest

from filiere.gather.gather import gather
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
