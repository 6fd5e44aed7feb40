"""Currencies in words, units that notes say, prices of another unit, quantities of a week: taken right or told."""

from __future__ import annotations

from pathlib import Path

import pytest

from filiere.gather.cells.times import part_of_a_year
from filiere.gather.headings import meaning
from filiere.gather.reads.money import money_of
from filiere.table import RawValue
from tests.gather.test_hostile_variations import codes, sheets, sold, text

NOT_EUROS = ["Montant HT (F CFA)", "Total HT en dollars", "Total (GBP)", "Montant HT - CHF", "CA HT en francs suisses",
             "Montant $ CA", "Valeur (XPF)", "Montant HT livres sterling"]  # fmt: skip


@pytest.mark.parametrize("heading", NOT_EUROS)
def test_an_amount_in_another_currency_is_left_out_and_told(tmp_path: Path, heading: str) -> None:
    result = text(tmp_path, f"Fournisseur;Produit;Quantité (kg);{heading}\nFerme;Ail;10;120")
    assert (sold(result), "GAT24" in codes(result)) == ({("Ferme", "Four", "Ail"): (10, None)}, True)


@pytest.mark.parametrize("typed", ["125 000 XPF", "3 000 Fr.", "300 $ CA", "50 £", "250 000 F CFA", "20 US$"])
def test_a_cell_in_another_currency_is_left_out_and_told(tmp_path: Path, typed: str) -> None:
    result = text(tmp_path, f"Fournisseur;Produit;Quantité (kg);Montant HT\nFerme;Ail;10;{typed}\nPré;Ail;5;50 €")
    assert sold(result) == {("Ferme", "Four", "Ail"): (10, None), ("Pré", "Four", "Ail"): (5, 10)}
    assert "GAT24" in codes(result)


@pytest.mark.parametrize("heading", ["CA HT", "Montant HT", "Prix HT/kg", "Livres", "Prix au kg", "Montant CA"])
def test_words_that_are_no_money_name_none(heading: str) -> None:
    assert money_of(heading) == ""


@pytest.mark.parametrize("note", [
    "Unité : tonne – Montants en k€ HT", "Quantités exprimées en tonnes, montants en milliers d'euros",
    "Volumes en tonnes ; valeurs en K€",
])  # fmt: skip
def test_a_note_says_in_what_quantities_and_amounts_are(note: str) -> None:
    rows: list[tuple[RawValue | None, ...]] = [
        (note,),
        ("Fournisseur", "Produit", "Quantité", "Montant"),
        ("Ferme", "Blé", 120.0, 26.4),
    ]
    result = sheets({"Achats": rows})
    ((quantity, price),) = sold(result).values()
    assert (quantity, [one.product.unit for one in result.products]) in [
        (120, ["t"]),
        (120, ["tonne"]),
        (120, ["tonnes"]),
    ]
    assert price == pytest.approx(220)


@pytest.mark.parametrize(("head", "row", "right"), [
    ("Quantité (kg);Prix (cts/kg)", "1000;45", (1000, 0.45)),
    ("Quantité (1000 l);Prix (€/1000 l)", "120;450", (120_000, 0.45)),
    ("Nb têtes;Poids carcasse (kg);Prix HT/kg", "10;3500;5", (3500, 5)),
    ("Quantité;Unité;Prix HT/kg", "40;sac 25 kg;0,90", (1000, 0.9)),
])  # fmt: skip
def test_a_price_is_of_the_unit_that_its_heading_says(
    tmp_path: Path, head: str, row: str, right: tuple[float, float]
) -> None:
    ((quantity, price),) = sold(text(tmp_path, f"Fournisseur;Produit;{head}\nFerme;Ail;{row}")).values()
    assert (quantity, price) == pytest.approx(right)


def test_a_price_by_the_kilogram_of_pieces_whose_weight_is_in_their_name(tmp_path: Path) -> None:
    result = text(tmp_path, "Fournisseur;Produit;Quantité (pièces);Prix HT au kg\nFerme;Tomme 2,5 kg;10;8,00")
    ((quantity, price),) = sold(result).values()
    assert (quantity, price) in [(25, 8), (10, 20)]


def test_a_price_of_a_unit_that_nothing_relates_is_told(tmp_path: Path) -> None:
    result = text(tmp_path, "Fournisseur;Produit;Quantité (pièces);Prix HT au kg\nFerme;Tomme;10;8,00")
    assert (sold(result), "GAT120" in codes(result)) == ({("Ferme", "Four", "Tomme"): (10, None)}, True)


def test_a_heading_and_a_row_in_two_units_are_told(tmp_path: Path) -> None:
    result = text(tmp_path, "Fournisseur;Produit;Quantité (t);Unité;Montant HT\nFerme;Blé;12;kg;1250\nPré;Ail;3;t;30")
    assert [
        one.message("en") for one in result.decisions if one.code == "GAT121" and "(kg): 1 (2)" in one.message("en")
    ]


@pytest.mark.parametrize(("heading", "part"), [
    ("Qté/semaine (kg)", "week"), ("Quantité hebdo", "week"), ("Qté / jour", "day"), ("Volume mensuel (kg)", "month"),
    ("Qté par livraison", "delivery"), ("Dernière qté (kg)", "order"), ("Quantité par séance", "service"),
    ("Quantité livrée", ""), ("Quantité (kg)", ""), ("Qté commandée", ""), ("Poids du mois", ""), ("Nb jours", ""),
])  # fmt: skip
def test_what_a_heading_says_a_quantity_is_of(heading: str, part: str) -> None:
    assert part_of_a_year(heading) == part


@pytest.mark.parametrize("head", ["Qté/semaine (kg)", "Qté par livraison (kg);Fréquence", "Dernière qté (kg)"])
def test_a_quantity_of_a_part_of_the_year_is_told(tmp_path: Path, head: str) -> None:
    result = text(tmp_path, f"Fournisseur;Produit;{head};Prix HT/kg\nFerme;Ail;20{';2 / semaine' * head.count(';')};1")
    assert "GAT72" in codes(result)


@pytest.mark.parametrize(("head", "often"), [("Qté / jour", "Jours par an"), ("Quantité hebdo (kg)", "Nb semaines")])
def test_a_quantity_is_of_the_year_where_a_column_says_how_often(tmp_path: Path, head: str, often: str) -> None:
    result = text(tmp_path, f"Fournisseur;Produit;{head};{often};Prix HT\nFerme;Pain;30;140;2")
    assert (sold(result), "GAT122" in codes(result)) == ({("Ferme", "Four", "Pain"): (4200, 2)}, True)


def test_the_unit_of_the_quantity_that_counts_is_taken(tmp_path: Path) -> None:
    result = text(tmp_path, "Fournisseur;Article;Qté commandée;Unité de commande;Qté facturée;Unité de facturation;Montant HT"
                            "\nGrossiste;Carottes;10;colis;100;kg;120")  # fmt: skip
    assert (sold(result), result.products[0].product.unit) == ({("Grossiste", "Four", "Carottes"): (100, 1.2)}, "kg")


def test_what_a_buyer_paid_counts_before_what_it_sells_for(tmp_path: Path) -> None:
    result = text(tmp_path, "Fournisseur;Article;Qté;Unité;PA HT;PV TTC\nMoulin;Farine;100;kg;0,90;1,60")
    assert sold(result) == {("Moulin", "Four", "Farine"): (100, 0.9)}
    assert meaning("PV TTC") == "price_gross"


@pytest.mark.parametrize(("other", "counts"), [
    ("Qté cdée", "Qté liv."), ("Qté cmd", "Qté exp."), ("Ancienne qté", "Qté corrigée"),
    ("Qté fabriquée", "Qté expédiée"), ("Qté théorique", "Qté réelle"),
])  # fmt: skip
def test_the_quantity_that_was_delivered_counts(tmp_path: Path, other: str, counts: str) -> None:
    result = text(tmp_path, f"Fournisseur;Produit;{other};{counts};PU HT\nFerme;Ail;20;15;2")
    assert sold(result) == {("Ferme", "Four", "Ail"): (15, 2)}


def test_what_is_told_of_two_columns_is_what_was_done(tmp_path: Path) -> None:
    result = text(tmp_path, "Fournisseur;Produit;Nb têtes;Poids carcasse (kg);Prix HT/kg\nFerme;Veau;10;3500;5")
    assert [one.message("en") for one in result.decisions if one.code == "GAT26"] == [
        "Two columns may be meant: “Poids carcasse (kg)” and “Nb têtes”. “Poids carcasse (kg)” is taken."
    ]


@pytest.mark.parametrize(("head", "told"), [
    ("Quantité;Montant", True), ("Quantité;Prix unitaire", True), ("Quantité;Montant HT", False),
    ("Quantité;Montant;TVA", False), ("Quantité;Total TTC", False), ("Quantité", False),
])  # fmt: skip
def test_an_amount_that_does_not_say_whether_tax_is_in_it_is_told(tmp_path: Path, head: str, told: bool) -> None:
    row = ";".join(["Ferme", "Ail", "10", "100", "5,5"][: 2 + len(head.split(";"))])
    assert ("GAT123" in codes(text(tmp_path, f"Fournisseur;Produit;{head}\n{row}"))) == told


@pytest.mark.parametrize("note", ["Plus de 3 millions d'euros de ventes", "Coopérative, 2 milliers d'euros de réserve"])
def test_a_sum_that_a_note_tells_is_no_unit_of_amounts(note: str) -> None:
    rows: list[tuple[RawValue | None, ...]] = [
        (note,),
        ("Fournisseur", "Produit", "Quantité (t)", "Montant HT"),
        ("Ferme", "Blé", 120.0, 26400.0),
    ]
    assert list(sold(sheets({"Achats": rows})).values()) == [(120, 220)]


def test_a_note_in_brackets_says_what_amounts_are_counted_in() -> None:
    rows: list[tuple[RawValue | None, ...]] = [
        ("(milliers d'euros)",),
        ("Fournisseur", "Produit", "Quantité (t)", "Montant HT"),
        ("Ferme", "Blé", 120.0, 26.4),
    ]
    ((quantity, price),) = sold(sheets({"Achats": rows})).values()
    assert (quantity, price) == (120, pytest.approx(220))
