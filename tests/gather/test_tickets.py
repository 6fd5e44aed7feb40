"""Exports of ticket offices: receipts net of VAT by venue and show, seats served, free ones counted."""

from pathlib import Path

import pytest

from filiere.gather.gather import Gathered, gather
from filiere.table import RawWorkbook
from tests.sheets import workbook


def of(markdown: str) -> Gathered:
    return gather([RawWorkbook(workbook(markdown), Path("billetterie.csv"))], "fr")


def test_free_seats_move_and_bring_nothing() -> None:
    result = of("""
        ## Export
        | Spectacle | Date | Lieu | Tarif | Nombre de billets | Prix unitaire TTC | TVA |
        |---|---|---|---|---|---|---|
        | La Mouette | 2026-03-01 | Salle Bleue | plein | 100 | 21.1 | 5.5 |
        | La Mouette | 2026-03-01 | Salle Bleue | exonéré | 10 | 0 | 5.5 |
        | La Mouette | 2026-03-02 | Salle Rouge | plein | 50 | 21.1 | 5.5 |
        """)  # fmt: skip
    flows = {flow.seller: flow for flow in result.flows}
    assert flows["Salle Bleue"].quantity == 110
    assert flows["Salle Bleue"].price == pytest.approx(100 * 21.1 / 1.055 / 110)
    assert flows["Salle Rouge"].price == pytest.approx(20.0)
    assert {product.product.name: product.product.unit for product in result.products} == {"Place, La Mouette": "place"}


def test_free_tickets_in_a_column_of_their_own_and_receipts_net_of_vat() -> None:
    result = of("""
        ## Export
        | Représentation | Jour | Salle | Nb billets | Exonérés | Recette HT |
        |---|---|---|---|---|---|
        | La Mouette | 2026-03-01 | Salle Bleue | 100 | 10 | 2000 |
        """)  # fmt: skip
    (flow,) = result.flows
    assert (flow.quantity, flow.price) == (110, pytest.approx(2000 / 110))


def test_gross_receipts_without_a_rate_are_told() -> None:
    result = of("""
        ## Export
        | Spectacle | Date | Lieu | Tarif | Quantité | Prix TTC |
        |---|---|---|---|---|---|
        | La Mouette | 2026-03-01 | Salle Bleue | plein | 100 | 21.1 |
        """)  # fmt: skip
    assert "GAT12" in {problem.code for problem in result.decisions}


def test_an_ordinary_table_of_sales_is_left_as_it_is() -> None:
    result = of("""
        ## Ventes
        | Fournisseur | Client | Produit | Quantité | Prix unitaire | Date |
        |---|---|---|---|---|---|
        | Ferme | Fournil | Blé | 3 | 2 | 2026-01-01 |
        """)  # fmt: skip
    assert [(flow.seller, flow.product, flow.quantity) for flow in result.flows] == [("Ferme", "Blé", 3.0)]
