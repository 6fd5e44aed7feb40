"""A cell that writes its figure with several numbers is read where it means one thing, and told where it does not."""

from __future__ import annotations

from pathlib import Path

import pytest

from filiere.gather.cells.values import read_number
from filiere.problems import WorkbookError
from tests.gather.test_hostile_variations import codes, sold, text

HEAD = "Fournisseur;Produit;Quantité"


@pytest.mark.parametrize(("cell", "value", "unit"), [
    ("3 x 5 kg", 15, "kg"), ("3x5kg", 15, "kg"), ("3 × 5 KG", 15, "KG"), ("5kg x 3", 15, "kg"), ("(3x5) kg", 15, "kg"),
    ("12 x 75cl", 900, "cl"), ("6*500g", 3000, "g"), ("2 x 6 x 1,5 L", 18, "L"), ("12 x 0,75 L", 9, "L"),
    ("2 caisses de 10 kg", 20, "kg"), ("12 bouteilles de 75 cl", 900, "cl"), ("3 sacs x 25 kg", 75, "kg"),
    ("2kg500", 2.5, "kg"), ("2 kg 500 g", 2.5, "kg"), ("2 t 500", 2.5, "t"), ("2t5", 2.5, "t"), ("1L5", 1.5, "L"),
    ("1L75", 1.75, "L"), ("3q50", 3.5, "q"), ("2€50", 2.5, "€"), ("1€20/kg", 1.2, "€/kg"),
    ("10 kg + 5 kg", 15, "kg"), ("2 x 5 kg + 500 g", 10.5, "kg"), ("½ kg", 0.5, "kg"), ("2½", 2.5, ""),
    ("1 1/2 kg", 1.5, "kg"), ("1h30", 1.5, "h"), ("2 h 15 min", 2.25, "h"),
    ("1,5kg", 1.5, "kg"), ("1 200 kg", 1200, "kg"), ("100 m2", 100, "m2"), ("3 bottes", 3, "bottes"),
])  # fmt: skip
def test_a_cell_of_several_numbers(cell: str, value: float, unit: str) -> None:
    found, counted = read_number(cell, ",")
    assert found == pytest.approx(value) and counted == unit


@pytest.mark.parametrize("cell", [
    "2kg50",  # half a kilogram more, or fifty grams
    "2t50", "2€5", "10-12 kg", "10 à 12 kg", "10+1", "1/2", "5 kg (3 sacs)", "3 sacs 25 kg", "12*75", "2 packs de 6",
    "1/2 agneau", "3 x 2 x",
])  # fmt: skip
def test_a_cell_that_means_two_things_is_told(cell: str, tmp_path: Path) -> None:
    assert read_number(cell, ",")[0] is None
    result = text(tmp_path, f"{HEAD}\nFerme;Ail;10 kg\nMoulin;Farine;{cell}\nFerme;Ail;1 kg")
    assert sold(result) == {("Ferme", "Four", "Ail"): (11, None)}
    assert "GAT04" in codes(result)


@pytest.mark.parametrize("cell", ["3 x 5 kg", "env. 15 kg", "2 packs de 6 kg", "une dizaine de kg", "de 10 à 12 kg"])
@pytest.mark.parametrize("good", ["Farine", "Produits laitiers"])
def test_no_first_row_is_taken_for_a_second_row_of_headings(cell: str, good: str, tmp_path: Path) -> None:
    result = text(tmp_path, f"{HEAD};Montant HT\nMoulin;{good};{cell};12,50 €\nFerme;Ail;10 kg;50")
    assert sum(quantity * (price or 0.0) for quantity, price in sold(result).values()) == pytest.approx(62.5)


@pytest.mark.parametrize(("heading", "rows", "found", "told"), [
    ("Prix", ["Moulin;Sel;3 x 5 kg;2,5"], {"Sel": (15, None)}, {"GAT135"}),
    ("Prix (€/kg)", ["Moulin;Sel;3 x 500 g;2"], {"Sel": (1500, 0.002)}, set()),
    ("Prix (€/bouteille)", ["Moulin;Vin;12 x 75cl;4,5"], {"Vin": (900, 0.06)}, set()),
    ("Prix", ["Moulin;Farine;500 g;2,50 €/kg"], {"Farine": (500, 0.0025)}, set()),  # were 1,250 euros
    ("Prix", ["Moulin;Noix;3 sacs;2,50 €/kg"], {"Noix": (3, None)}, {"GAT120"}),
    ("Prix", ["Moulin;Œufs;3 douzaines;0,30 €/pièce"], {"Œufs": (3, 3.6)}, set()),
    ("Prix", ["Moulin;Blé;3500 kg;220 €/t"], {"Blé": (3500, 0.22)}, set()),
    ("Prix", ["Moulin;Blé;3500 kg;2,20 CHF/kg"], {"Blé": (3500, None)}, {"GAT24"}),
])  # fmt: skip
def test_what_a_price_is_for(
    heading: str, rows: list[str], found: dict[str, tuple[float, float | None]], told: set[str], tmp_path: Path
) -> None:
    result = text(tmp_path, "\n".join((f"{HEAD};{heading}", *rows)))
    for (_, _, product), (quantity, price) in sold(result).items():
        assert (quantity, price) == (pytest.approx(found[product][0]), pytest.approx(found[product][1]))
    assert codes(result) >= told and codes(result) & {"GAT135", "GAT120", "GAT24"} == told


def test_an_amount_at_the_price_of_a_package_is_no_contradiction(tmp_path: Path) -> None:
    rows = "Moulin;Vin;12 x 75cl;4,5;54\nMoulin;Sel;3 x 5 kg;2;30"
    assert "GAT43" not in codes(text(tmp_path, f"{HEAD};Prix;Montant HT\n{rows}"))
    assert "GAT43" in codes(text(tmp_path, f"{HEAD};Prix;Montant HT\n{rows}\nMoulin;Bière;12 x 75cl;4;60"))


def test_an_amount_in_another_currency_without_a_quantity_is_told_once(tmp_path: Path) -> None:
    rows = "Moulin;Farine;;900;CHF\nMoulin;Sel;5 kg;90;CHF\nFerme;Ail;10 kg;50;EUR"
    result = text(tmp_path, f"{HEAD};Montant HT;Devise\n{rows}")
    assert sold(result) == {("Ferme", "Four", "Ail"): (10, 5), ("Moulin", "Four", "Sel"): (5, None)}
    assert codes(result) >= {"GAT24"} and "GAT03" not in codes(result)
    with pytest.raises(WorkbookError, match="GAT24") as refused:
        text(tmp_path, "Fournisseur;Produit;Montant CHF\nMoulin;Farine;900")
    assert "GAT03" not in str(refused.value)
