"""What exports of Sage, EBP, Ciel and Odoo, and tables made by hand, have that was bent without a word."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from filiere.gather.cells.times import part_of_a_year
from filiere.gather.cells.values import exactly_said
from filiere.gather.reads.money import price_unit
from tests.gather.test_hostile_variations import codes, sold, text


def units(folder: Path, content: str, name: str = "ventes Ferme.csv") -> dict[str, tuple[float, str]]:
    result = text(folder, content, name)
    counted = {one.product.name: one.product.unit for one in result.products}
    return {flow.product: (flow.quantity, counted[flow.product]) for flow in result.flows}


@pytest.mark.parametrize(("heads", "row"), [
    ("Code tiers;Intitulé;Réf. article;Désignation", "C001;Cantine;YAO01;Yaourt"),
    ("N° client;Intitulé;Désignation article", "C001;Cantine;Yaourt"),
    ("Compte client;Intitulé du compte;Libellé", "411CANT1;Cantine;Yaourt"),
    ("Client;Nom du compte;Produit", "C001;Cantine;Yaourt"),
])  # fmt: skip
def test_the_name_beside_a_code_is_the_party_s(tmp_path: Path, heads: str, row: str) -> None:
    """Sage's « Intitulé » was taken for the good, and the code for the client."""
    result = text(tmp_path, f"Date;{heads};Quantité;Montant HT\n05/03/2024;{row};100;35", "ventes Laiterie.csv")
    assert sold(result) == {("Laiterie", "Cantine", "Yaourt"): (100, 0.35)}
    assert "GAT82" not in codes(result)


def test_a_title_beside_a_name_is_the_good_s(tmp_path: Path) -> None:
    result = text(tmp_path, "Client;Intitulé;Quantité;Montant HT\nCantine;Yaourt;100;35", "ventes Laiterie.csv")
    assert sold(result) == {("Laiterie", "Cantine", "Yaourt"): (100, 0.35)}


def test_lines_of_an_order_are_of_no_delivery(tmp_path: Path) -> None:
    assert part_of_a_year("Lignes de la commande/Quantité livrée") == ""
    assert part_of_a_year("Quantité de la commande") == "order"


@pytest.mark.parametrize(("heading", "unit"), [
    ("Prix kg HT", "kg"), ("Prix HT kg", "kg"), ("PU L", "l"), ("Prix du litre", ""), ("Prix HT", ""), ("Prix total", ""),
])  # fmt: skip
def test_a_price_names_its_unit_bare(heading: str, unit: str) -> None:
    assert price_unit(heading) in (unit, "litre" if "litre" in heading else unit)


def test_of_heads_and_kilograms_the_priced_ones_count(tmp_path: Path) -> None:
    rows = "Client;Désignation;Nb têtes;Poids carcasse (kg);Prix kg HT;Montant HT\nBoucherie;Agneau;4;72;9;648"
    assert sold(text(tmp_path, rows, "ventes Ferme.csv")) == {("Ferme", "Boucherie", "Agneau"): (72, 9)}


def test_a_column_of_hectolitres_is_a_quantity(tmp_path: Path) -> None:
    rows = "Client;Désignation;hl;Montant HT\nCaviste;Chinon;0,9;720"
    assert units(tmp_path, rows) == {"Chinon": (0.9, "hl")}


# ---- words beside figures


@pytest.mark.parametrize("typed", ["env. 10 kg", "~10 kg", "10 kg env.", "10 kg ?", "environ 10 kg", "10 kg (environ)"])
def test_a_rough_quantity_is_an_estimate_and_told(tmp_path: Path, typed: str) -> None:
    rows = f"Date;Client;Produit;Quantité;Montant HT\n05/03/2024;Cantine;Chou;{typed};50"
    result = text(tmp_path, rows, "ventes Ferme.csv")
    assert sold(result) == {("Ferme", "Cantine", "Chou"): (10, 5)}
    assert [flow.confidence.key for flow in result.flows] == ["estimated"]
    assert "GAT132" in codes(result)


@pytest.mark.parametrize("typed", ["?", "environ", "10 kg", " 10 kg ", "10  kg\u00a0", "1 000,5", "10 caisses"])
def test_what_says_nothing_rough(typed: str) -> None:
    assert exactly_said(typed) == typed


def test_a_long_cell_is_soon_known_to_say_nothing_rough() -> None:
    began = time.process_time()
    assert not exactly_said(f"10{' ' * 32_000}kg").endswith("?")
    assert time.process_time() - began < 1.0


@pytest.mark.parametrize(("head", "row"), [
    ("Quantité", "10 kg/semaine"), ("Quantité", "10 kg par sem"), ("Quantité;Unité", "10;kg/mois"),
])  # fmt: skip
def test_a_quantity_of_a_part_of_the_year_is_told(tmp_path: Path, head: str, row: str) -> None:
    """The unit « kg/semaine » made 10 kg a week 10 a year without a word."""
    content = f"Client;Produit;{head}\nCantine;Chou;{row}"
    assert units(tmp_path, content) == {"Chou": (10, "kg")}
    assert "GAT72" in codes(text(tmp_path, content, "ventes Ferme.csv"))


def test_a_unit_in_the_name_of_a_good_is_its_unit(tmp_path: Path) -> None:
    rows = "Client;Produit;Quantité;Unité\nCantine;Lait (L);100;\nÉcole;Lait;50;L\nÉcole;Œufs (plein air);30;\nBar;Crème (L);3;kg"
    assert units(tmp_path, rows) == {
        "Lait": (50, "L"), "Œufs (plein air)": (30, "unit"), "Crème (L)": (3, "kg"),
    }  # fmt: skip
    assert sold(text(tmp_path, rows, "ventes Ferme.csv"))["Ferme", "Cantine", "Lait"] == (100, None)


def test_names_with_figures_are_no_codes_beside_a_title(tmp_path: Path) -> None:
    rows = "Client;Intitulé;Description;Quantité;Montant HT\nAMAP1;Yaourt;nature;100;35"
    assert ("Laiterie", "AMAP1") in {
        (one, other) for one, other, _ in sold(text(tmp_path, rows, "ventes Laiterie.csv"))
    }
