"""Units that say what one package holds: its content is the quantity, and its words are no part of the good's name."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.gather.test_hostile_variations import codes, sold, text


@pytest.mark.parametrize(("unit", "quantity", "counted"), [
    ("x 5 kg", 50, "kg"), ("6x75cl", 45, "l"), ("carton de 12", 120, "u"), ("pack 6", 60, "u"), ("x12", 120, "u"),
    ("colis de 24 pots", 240, "pots"), ("par 25kg", 250, "kg"), ("pot 500g", 5, "kg"), ("250 g", 2.5, "kg"),
    ("tresse 1kg", 10, "kg"), ("pièce de 2,5 kg", 25, "kg"), ("big bag 1 t", 10_000, "kg"), ("20 x 250 g", 50, "kg"),
    ("U x 12", 120, "u"), ("kg (botte de 3)", 10, "kg"), ("€/botte", 10, "botte"), ("la botte", 10, "botte"),
    ("kg", 10, "kg"), ("sac", 10, "sac"),
])  # fmt: skip
def test_what_a_unit_says_that_a_package_holds(tmp_path: Path, unit: str, quantity: float, counted: str) -> None:
    result = text(tmp_path, f"Fournisseur;Produit;Quantité;Unité;Montant HT\nFerme;Farine;10;{unit};60")
    assert sold(result) == {("Ferme", "Four", "Farine"): (pytest.approx(quantity), pytest.approx(60 / quantity))}
    assert [one.product.unit for one in result.products] == [counted]


@pytest.mark.parametrize(("good", "unit", "named", "quantity", "counted"), [
    ("Jus 1 L", "carton de 6", "Jus", 60, "l"), ("Jus 1 L", "carton 6 x 1 L", "Jus", 60, "l"),
    ("Jus 6 x 1 L", "carton de 6 x 1 L", "Jus", 60, "l"), ("Farine 25 kg", "sac 25 kg", "Farine", 250, "kg"),
])  # fmt: skip
def test_a_good_with_a_size_in_packages(
    tmp_path: Path, good: str, unit: str, named: str, quantity: float, counted: str
) -> None:
    result = text(tmp_path, f"Fournisseur;Produit;Quantité;Unité;Montant HT\nFerme;{good};10;{unit};60")
    assert sold(result) == {("Ferme", "Four", named): (quantity, pytest.approx(60 / quantity))}
    assert [one.product.unit for one in result.products] == [counted]


@pytest.mark.parametrize(
    ("heading", "price", "amount"), [("PU HT", 5, 50), ("Prix au kg HT", 1, 50), ("Prix HT (€/kg)", 1, 50)]
)
@pytest.mark.parametrize("column", ["Unité", "Conditionnement", "Variante", "Format"])
def test_a_column_of_packings_is_that_of_units(
    tmp_path: Path, column: str, heading: str, price: float, amount: float
) -> None:
    result = text(tmp_path, f"Fournisseur;Produit;{column};Quantité;{heading}\nFerme;Farine;sac de 5 kg;10;{price}\n"
                            f"Ferme;Farine;1kg;20;{1}\nFerme;Radis;la botte;3;2")  # fmt: skip
    assert sold(result)["Ferme", "Four", "Farine"] == (70, pytest.approx((amount + 20) / 70))
    assert "GAT23" not in codes(result)


def test_variants_that_are_no_packings_are_told(tmp_path: Path) -> None:
    result = text(tmp_path, "Fournisseur;Produit;Variante;Quantité;Montant HT\nFerme;Carotte;Nantaise;10;60")
    assert sold(result) == {("Ferme", "Four", "Carotte"): (10, 6)}
    assert "GAT23" in codes(result)


def test_odoo_s_units_are_packages_of_what_their_label_says(tmp_path: Path) -> None:
    rows = "Fournisseur;Produit;Quantité;Unité de mesure;Sous-total HT\nFerme;[F65] Farine T65 25 kg;10;Unité(s);250"
    assert sold(text(tmp_path, rows)) == {("Ferme", "Four", "Farine T65"): (250, 1)}
