"""Kinds and numbers of pieces as Odoo writes them: whose they are, and which of them take off."""

from __future__ import annotations

from pathlib import Path

import pytest

from filiere.gather.cells.qualify import stage, trade
from tests.gather.test_hostile_variations import codes, sold, text


@pytest.mark.parametrize(("kind", "stage_of", "side"), [
    ("Customer Invoice", "invoice", "seller"), ("Customer Credit Note", "credit", "seller"), ("Vendor Bill", "invoice", "buyer"),
    ("Vendor Credit Note", "credit", "buyer"), ("Facture client", "invoice", "seller"), ("Avoir fournisseur", "credit", "buyer"),
    ("Note de crédit client", "credit", "seller"), ("out_refund", "credit", "seller"), ("in_invoice", "invoice", "buyer"),
    ("Facture d'achat", "invoice", "buyer"), ("Facture d'acompte", "prepayment", ""), ("Sales order", "order", ""),
    ("Bon de livraison", "delivery", ""), ("Facture proforma client", "quote", ""),
])  # fmt: skip
def test_what_a_kind_says(kind: str, stage_of: str, side: str) -> None:
    assert (stage(kind), trade(kind)) == (stage_of, side)


def test_customers_and_vendors_documents_in_one_export(tmp_path: Path) -> None:
    rows = ["Invoice Partner Display Name,Number,Type,Invoice lines/Product,Invoice lines/Quantity,Invoice lines/Subtotal",
            "Biocoop,INV/1,Customer Invoice,Farine,100,120", "Biocoop,RINV/1,Customer Credit Note,Farine,10,12",
            "Ferme,BILL/1,Vendor Bill,Blé,1000,300"]  # fmt: skip
    assert sold(text(tmp_path, "\n".join(rows), "Odoo ventes Moulin.csv")) == {
        ("Moulin", "Biocoop", "Farine"): (90, pytest.approx(1.2)), ("Ferme", "Moulin", "Blé"): (1000, pytest.approx(0.3))}  # fmt: skip


@pytest.mark.parametrize(("number", "left"), [("RFAC/2025/1", 90), ("RINV/2025/00012", 90), ("FAC/2025/9", 110)])
def test_an_r_before_the_journal_takes_off(tmp_path: Path, number: str, left: float) -> None:
    rows = [
        "Numéro;Client;Produit;Quantité;Montant HT",
        "FAC/2025/1;Biocoop;Farine;100;120",
        f"{number};Biocoop;Farine;10;12",
    ]
    result = text(tmp_path, "\n".join(rows), "ventes Moulin.csv")
    assert sold(result) == {("Moulin", "Biocoop", "Farine"): (left, pytest.approx(1.2))}
    assert ("GAT38" in codes(result)) is (left < 100)
