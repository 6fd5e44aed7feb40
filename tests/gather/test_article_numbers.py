"""Goods that two sellers name otherwise: one GTIN is one product, a seller's own number asks."""

from __future__ import annotations

from pathlib import Path

import pytest

from filiere.gather.decide.pile import pile_decisions
from filiere.gather.files import sort_files
from filiere.gather.gather import Gathered, gather
from filiere.gather.pile.goods import is_gtin

_SPACES = (
    'xmlns="urn:oasis:names:specification:ubl:schema:xsd:Invoice-2" '
    'xmlns:cac="urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2" '
    'xmlns:cbc="urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2"'
)


def bill(number: str, seller: str, *lines: tuple[str, str, str]) -> str:
    """Return an invoice of 10 kg at 2 € of each good: its name, the seller's number, its GTIN."""
    parties = "".join(
        f"<cac:{role}><cac:Party><cac:PartyLegalEntity><cbc:RegistrationName>{name}</cbc:RegistrationName>"
        f"</cac:PartyLegalEntity></cac:Party></cac:{role}>"
        for role, name in (("AccountingSupplierParty", seller), ("AccountingCustomerParty", "Cantine SARL"))
    )
    goods = "".join(
        f'<cac:InvoiceLine><cbc:ID>{at}</cbc:ID><cbc:InvoicedQuantity unitCode="KGM">10</cbc:InvoicedQuantity>'
        f"<cbc:LineExtensionAmount>20</cbc:LineExtensionAmount><cac:Item><cbc:Name>{name}</cbc:Name>"
        f"<cac:SellersItemIdentification><cbc:ID>{item}</cbc:ID></cac:SellersItemIdentification>"
        f'<cac:StandardItemIdentification><cbc:ID schemeID="0160">{gtin}</cbc:ID></cac:StandardItemIdentification>'
        "</cac:Item><cac:Price><cbc:PriceAmount>2</cbc:PriceAmount></cac:Price></cac:InvoiceLine>"
        for at, (name, item, gtin) in enumerate(lines, start=1)
    )
    total = 20 * len(lines)
    return (
        f"<Invoice {_SPACES}><cbc:ID>{number}</cbc:ID><cbc:IssueDate>2026-03-0{number}</cbc:IssueDate>"
        f"<cbc:DocumentCurrencyCode>EUR</cbc:DocumentCurrencyCode>{parties}<cac:LegalMonetaryTotal>"
        f"<cbc:LineExtensionAmount>{total}</cbc:LineExtensionAmount><cbc:TaxExclusiveAmount>{total}"
        f"</cbc:TaxExclusiveAmount></cac:LegalMonetaryTotal>{goods}</Invoice>"
    )


def bill_of(number: str, seller: str, buyer: str, day: str, product: str, quantity: float, amount: float,
            credit: bool = False) -> str:  # fmt: skip
    """Return an invoice, or a credit note, of one good in kilograms."""
    root, line, of = ("CreditNote", "CreditNoteLine", "Credited") if credit else ("Invoice", "InvoiceLine", "Invoiced")
    parties = "".join(
        f"<cac:{role}><cac:Party><cac:PartyLegalEntity><cbc:RegistrationName>{name}</cbc:RegistrationName>"
        f'<cbc:CompanyID schemeID="0002">{siren}</cbc:CompanyID></cac:PartyLegalEntity></cac:Party></cac:{role}>'
        for role, name, siren in (("AccountingSupplierParty", seller, "000100016"),
                                  ("AccountingCustomerParty", buyer, _SIRENS[buyer]))
    )  # fmt: skip
    return (
        f"<{root} {_SPACES.replace('Invoice-2', f'{root}-2')}><cbc:ID>{number}</cbc:ID><cbc:IssueDate>{day}</cbc:IssueDate>"
        f"<cbc:DocumentCurrencyCode>EUR</cbc:DocumentCurrencyCode>{parties}<cac:LegalMonetaryTotal>"
        f"<cbc:LineExtensionAmount>{amount:.6f}</cbc:LineExtensionAmount><cbc:TaxExclusiveAmount>{amount:.6f}"
        f"</cbc:TaxExclusiveAmount></cac:LegalMonetaryTotal><cac:{line}><cbc:ID>1</cbc:ID>"
        f'<cbc:{of}Quantity unitCode="KGM">{quantity}</cbc:{of}Quantity>'
        f"<cbc:LineExtensionAmount>{amount:.6f}</cbc:LineExtensionAmount><cac:Item><cbc:Name>{product}</cbc:Name></cac:Item>"
        f"<cac:Price><cbc:PriceAmount>{amount / quantity:.8f}</cbc:PriceAmount></cac:Price></cac:{line}></{root}>"
    )


_SIRENS = {"Cantine des Hauts": "000100024", "Épicerie de la Halle": "000100032"}


def gathered(folder: Path, *bills: str) -> Gathered:
    for at, text in enumerate(bills):
        (folder / f"{at}.xml").write_text(text, encoding="utf-8")
    found = sort_files([folder])
    return gather(found.tables, "en", invoices=found.invoices)


def asked(result: Gathered) -> set[str]:
    return {one.key for one in pile_decisions(result, "en") if one.key.startswith("same name / products")}


@pytest.mark.parametrize(("number", "sound"), [
    ("3017620422003", True), ("96385074", True), ("036000291452", True), ("13017620422000", True),
    ("3017620422004", False), ("12345", False), ("", False), ("0000000000000", False), ("301762042200³", False),
])  # fmt: skip
def test_a_gtin_checks_itself(number: str, sound: bool) -> None:
    assert is_gtin(number) is sound


def test_one_gtin_is_one_product_whoever_sells_it(tmp_path: Path) -> None:
    result = gathered(
        tmp_path,
        bill("1", "Moulin SARL", ("Farine de blé T65", "F65", "3017620422003")),
        bill("2", "Moulin SARL", ("Farine de blé T65", "F65", "3017620422003")),
        bill("3", "Grossiste SA", ("Fleur de meunerie", "77", "03017620422003")),
    )
    assert {(one.seller, one.product, one.quantity) for one in result.flows} == {
        ("Moulin SARL", "Farine de blé T65", 20), ("Grossiste SA", "Farine de blé T65", 10),
    }  # fmt: skip
    assert [one.facts["other"] for one in result.decisions if one.code == "INV46"] == ["Fleur de meunerie"]
    assert asked(result) == set()


def test_a_sellers_own_number_joins_nothing_but_asks(tmp_path: Path) -> None:
    result = gathered(
        tmp_path,
        bill("1", "Moulin SARL", ("Farine de blé T65", "F65", "")),
        bill("2", "Moulin SARL", ("Blé tendre, mouture 65", "F65", "12345")),
        bill("3", "Grossiste SA", ("Cagettes de bois", "F65", "")),
    )
    assert {one.product for one in result.flows} == {"Farine de blé T65", "Blé tendre, mouture 65", "Cagettes de bois"}
    assert asked(result) == {"same name / products / blé tendre, mouture 65 / farine de blé t65"}
