"""Movements of a stock: what came in is bought, what went out is sold, in columns, by signs or in a column of ways."""

from __future__ import annotations

from pathlib import Path

import pytest

from filiere.problems import WorkbookError
from tests.gather.test_hostile_variations import codes, sold, text

MOVED = {("EARL du Pré", "Ferme", "Blé"): (15, None), ("Ferme", "Moulin", "Blé"): (4, None)}
ROWS = ["01/02/2025;Blé;EARL du Pré;{};{}", "03/02/2025;Blé;Moulin;{};{}", "05/03/2025;Blé;EARL du Pré;{};{}"]
FIGURES = [("10", ""), ("", "4"), ("5", "")]


@pytest.mark.parametrize(("bought", "went"), [
    ("Entrées (kg)", "Sorties (kg)"), ("Qté entrée (kg)", "Qté sortie (kg)"), ("Débit (kg)", "Crédit (kg)"),
    ("Entrée en kg", "Sortie en kg"), ("Mouvement d'entrée (kg)", "Mouvement de sortie (kg)"),
])  # fmt: skip
@pytest.mark.parametrize("name", ["mouvements Ferme.csv", "fiche stock Ferme.csv", "Ferme.csv"])
def test_what_comes_in_and_goes_out_in_two_columns(tmp_path: Path, bought: str, went: str, name: str) -> None:
    rows = [
        f"Date;Produit;Tiers;{bought};{went};Stock",
        *(row.format(*one) for row, one in zip(ROWS, FIGURES, strict=True)),
    ]
    result = text(tmp_path, "\n".join(rows), name)
    assert sold(result) == MOVED
    assert {one.product.unit for one in result.products} == {"kg"}


@pytest.mark.parametrize("heads", ["+;-", "Entrées;Sorties"])
@pytest.mark.parametrize("figures", [FIGURES, [("10", "0"), ("0", "-4"), ("5", "0")]])
def test_signs_and_minus_say_the_way_too(tmp_path: Path, heads: str, figures: list[tuple[str, str]]) -> None:
    rows = [f"Date;Produit;Tiers;{heads}", *(row.format(*one) for row, one in zip(ROWS, figures, strict=True))]
    result = text(tmp_path, "\n".join(rows), "mouvements de stock Ferme.csv")
    assert sold(result) == MOVED
    assert "GAT118" not in codes(result)


@pytest.mark.parametrize("heads", ["Fournisseur;Client", "Provenance;Destination"])
def test_each_way_has_its_own_column_of_parties(tmp_path: Path, heads: str) -> None:
    rows = [
        f"Date;Produit;{heads};Entrées (kg);Sorties (kg)",
        "01/02/2025;Blé;EARL du Pré;;15;",
        "03/02/2025;Blé;;Moulin;;4",
    ]
    assert sold(text(tmp_path, "\n".join(rows), "mouvements Ferme.csv")) == MOVED


def test_what_moves_from_or_to_nobody_is_told(tmp_path: Path) -> None:
    rows = ["Date;Produit;Tiers;Entrées (kg);Sorties (kg)", "01/01/2025;Blé;;100;", "01/02/2025;Blé;EARL du Pré;15;",
            "03/02/2025;Blé;Moulin;;4", "04/02/2025;Blé;Perte;;1"]  # fmt: skip
    result = text(tmp_path, "\n".join(rows), "mouvements Ferme.csv")
    assert sold(result) == MOVED
    assert codes(result) >= {"GAT03", "GAT114"}


@pytest.mark.parametrize(("name", "moved"), [("mouvements de stock Ferme.csv", True), ("achats Ferme.csv", False)])
def test_a_minus_goes_out_of_a_stock_and_comes_back_from_a_purchase(tmp_path: Path, name: str, moved: bool) -> None:
    rows = ["Date;Produit;Tiers;Quantité (kg)", "01/02/2025;Blé;EARL du Pré;+15", "03/02/2025;Blé;Moulin;-4"]
    result = text(tmp_path, "\n".join(rows), name)
    assert sold(result) == (MOVED if moved else {("EARL du Pré", "Ferme", "Blé"): (15, None)})
    assert ("GAT14" in codes(result)) is not moved


@pytest.mark.parametrize("name", ["stock prévisionnel Ferme.csv", "relevé bancaire Ferme.csv"])
def test_plans_and_accounts_with_a_bank_are_left_out(tmp_path: Path, name: str) -> None:
    rows = [
        "Date;Libellé;Tiers;Entrées (kg);Sorties (kg)",
        "01/02/2025;Blé;EARL du Pré;15;",
        "03/02/2025;Blé;Moulin;;4",
    ]
    with pytest.raises(WorkbookError) as refused:
        text(tmp_path, "\n".join(rows), name)
    assert "GAT51" in {one.code for one in refused.value.problems}


def test_payments_of_an_account_are_no_goods(tmp_path: Path) -> None:
    rows = ["Date;Libellé;Fournisseur;Montant HT", "01/02/2025;VIR SEPA MOULIN;Moulin;100", "02/02/2025;PRLV GAZ;Gaz;50",
            "03/02/2025;Blé;Moulin;80"]  # fmt: skip
    result = text(tmp_path, "\n".join(rows))
    assert list(sold(result)) == [("Moulin", "Four", "Blé")]
    assert "GAT42" in codes(result)
