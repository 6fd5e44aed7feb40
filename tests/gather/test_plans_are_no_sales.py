"""Schedules, needs and menus say what is to come: their rows count nothing, which is told."""

from __future__ import annotations

import pytest

from filiere.gather.apart.aside import aside
from filiere.gather.cells.qualify import took_place
from filiere.problems.problem import WorkbookError
from tests.gather.test_hostile_variations import codes, sheets, sold

ROWS = [("Client", "Produit", "Unité", "S12", "S13"), ("École", "Yaourt", "pots", 120.0, 100.0)]


@pytest.mark.parametrize("title", [
    "Planning", "Planning de livraison", "Planning prévisionnel de livraison", "Planning livraisons S12-S14", "Besoins menus mars",
    "Calendrier des livraisons", "Plan de culture 2026", "Plan d'approvisionnement", "Assolement 2026", "Menus S12", "Menus", "Schedule 2026",
])  # fmt: skip
def test_a_title_of_what_is_planned(title: str) -> None:
    assert aside(title) == "none"


@pytest.mark.parametrize("title", [
    "Planning et livraisons", "Besoins et achats", "Livraisons S12", "Ventes Plan de Cuques", "Menus Plaisirs ventes 2025", "Menus et Saveurs", "Menuiserie du Lac", "Plantes et plants",
])  # fmt: skip
def test_a_title_of_what_took_place(title: str) -> None:
    assert aside(title) == ""


def test_a_schedule_is_left_out_and_the_rest_of_the_file_read() -> None:
    done = [("Client", "Produit", "Quantité (kg)"), ("École", "Beurre", 12.0)]
    result = sheets({"Livré": done, "Planning": ROWS})
    assert sold(result).keys() == {("Four", "École", "Beurre")}
    assert "GAT51" in codes(result)


def test_a_schedule_alone_is_refused() -> None:
    with pytest.raises(WorkbookError, match="GAT51"):
        sheets({"Feuil1": [("Planning de livraison",), *ROWS]})


@pytest.mark.parametrize(
    ("above", "told"), [("Budget 2026", "GAT51"), ("Montants en CHF", "GAT24"), ("Devis", "GAT51")]
)
def test_what_stands_above_columns_of_months_holds_for_them(above: str, told: str) -> None:
    rows = [("Client", "Produit", "Janvier (€ HT)", "Février (€ HT)"), ("École", "Yaourt", 120.0, 100.0)]
    with pytest.raises(WorkbookError, match=told):
        sheets({"Feuil1": [(above,), *rows]})


@pytest.mark.parametrize("heads", [("Client", "Produit (kg)", "S12", "S13"), ("Produit (kg)", "École", "Collège")])
def test_a_line_of_text_between_months_or_clients_is_told(heads: tuple[str, ...]) -> None:
    row = ("École", "Yaourt", 120.0, 100.0)[-len(heads) :]
    result = sheets({"ventes": [heads, row, ("Commandes annulées",), row]})
    assert sum(quantity for quantity, _ in sold(result).values()) == 220.0
    assert "GAT63" in codes(result)


@pytest.mark.parametrize("status", ["Échouée", "Échec du paiement", "Paiement échoué", "Failed"])
def test_an_order_whose_payment_failed_is_no_sale(status: str) -> None:
    assert not took_place(status)


@pytest.mark.parametrize("heads", [
    ("Famille", "Fournisseur", "Bio HT", "Label Rouge HT", "Autres HT", "Total HT"),
    ("Fournisseur", "Famille", "SIQO", "Conventionnel", "Montant HT %", "Total HT"),
    ("Produit", "Famille", "Dont bio", "Hors EGalim", "HVE", "Total HT"),
])  # fmt: skip
def test_columns_of_labels_are_neither_goods_nor_clients(heads: tuple[str, ...]) -> None:
    row = ("Viandes", "Boucherie", 500.0, 1000.0, 3500.0, 5000.0)
    with pytest.raises(WorkbookError, match="GAT02"):
        sheets({"Achats 2025": [heads, row, row]})
