"""Invoices and credit notes in the syntax of OASIS UBL 2."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from filiere.gather.reads import fields
from filiere.gather.reads.fields import Reader
from filiere.gather.reads.invoice import Adjustment, Identifier, Invoice, InvoiceLine, Party, Reference, Totals
from filiere.gather.reads.lines import counted
from filiere.gather.reads.markup import Node

_NAMESPACE = "urn:oasis:names:specification:ubl:schema:xsd:{}-2"
_EMPTY = Node("", "", {})


def is_ubl(root: Node) -> bool:
    """Whether a root element is a UBL invoice or credit note; another vocabulary's ``Invoice`` is not."""
    return root.name in ("Invoice", "CreditNote") and root.namespace == _NAMESPACE.format(root.name)


def read_ubl(root: Node, file: str) -> Invoice:
    """Return the invoice that ``root`` holds."""
    read = Reader()
    credit = root.name == "CreditNote"
    lines = [line for one in root.all("CreditNoteLine" if credit else "InvoiceLine") for line in _lines(one, "", read)]
    return Invoice(
        file=file,
        syntax="UBL",
        type_code=(root.get("CreditNoteTypeCode") or "381") if credit else (root.get("InvoiceTypeCode") or "380"),
        number=root.get("ID"),
        issued=read.day(root.get("IssueDate"), fields.ISSUED),
        delivered=_delivered(root, read),
        period_end=read.day(root.get("InvoicePeriod", "EndDate"), fields.PERIOD),
        currency=root.get("DocumentCurrencyCode").upper(),
        preceding=tuple(_references(root, read)),
        seller=_party(root.first("AccountingSupplierParty", "Party")),
        buyer=_party(root.first("AccountingCustomerParty", "Party")),
        lines=counted(lines),
        adjustments=_adjustments(root, read),
        totals=_totals(root, read),
        faults=tuple(read.faults),
    )


def _delivered(node: Node, read: Reader, line: str = "") -> dt.date | None:
    found = [read.day(one.get("ActualDeliveryDate"), fields.DELIVERED, line=line) for one in node.all("Delivery")]
    return max((day for day in found if day is not None), default=None)


def _references(root: Node, read: Reader) -> Iterator[Reference]:
    for billing in root.all("BillingReference"):
        for name in ("InvoiceDocumentReference", "CreditNoteDocumentReference", "SelfBilledInvoiceDocumentReference"):
            for one in billing.all(name):
                yield Reference(one.get("ID"), read.day(one.get("IssueDate"), fields.REFERENCE_DATE))


def _party(node: Node | None) -> Party:
    if node is None:
        return Party(name="")
    found = [*node.all("PartyIdentification", "ID"), *node.all("PartyLegalEntity", "CompanyID")]
    legal = [Identifier(" ".join(one.text.split()), one.attributes.get("schemeID", "")) for one in found]
    taxed = node.all("PartyTaxScheme")
    vat = next((one.get("CompanyID") for one in taxed if one.get("TaxScheme", "ID").upper() in ("VAT", "")), "")
    country = node.get("PostalAddress", "Country", "IdentificationCode")
    return fields.party(node.get("PartyLegalEntity", "RegistrationName"), node.get("PartyName", "Name"), country, legal,
                        vat)  # fmt: skip


def _lines(node: Node, parent: str, read: Reader) -> Iterator[InvoiceLine]:
    line = node.get("ID")
    item = node.first("Item") or _EMPTY
    price = node.first("Price") or _EMPTY
    base = price.first("BaseQuantity") or _EMPTY
    quantity = node.first("InvoicedQuantity") or node.first("CreditedQuantity") or _EMPTY
    details = node.all("SubInvoiceLine") or node.all("SubCreditNoteLine")
    yield InvoiceLine(
        id=line,
        parent=parent,
        name=item.get("Name") or item.get("Description") or node.get("Note"),
        seller_item=item.get("SellersItemIdentification", "ID"),
        buyer_item=item.get("BuyersItemIdentification", "ID"),
        gtin=item.get("StandardItemIdentification", "ID"),
        attributes=tuple((one.get("Name"), one.get("Value")) for one in item.all("AdditionalItemProperty")),
        quantity=read.number(quantity.text.strip(), fields.QUANTITY, line),
        unit_code=quantity.attributes.get("unitCode", "").strip(),
        price=read.number(price.get("PriceAmount"), fields.PRICE, line),
        price_base=read.number(base.text.strip(), fields.PRICE_BASE, line),
        price_base_unit=base.attributes.get("unitCode", "").strip(),
        amount=read.number(node.get("LineExtensionAmount"), fields.AMOUNT, line),
        rate=read.number(item.get("ClassifiedTaxCategory", "Percent"), fields.RATE, line),
        delivered=_delivered(node, read, line),
        period_end=read.day(node.get("InvoicePeriod", "EndDate"), fields.PERIOD, line=line),
        adjustments=_adjustments(node, read, line),
    )
    for one in details:
        yield from _lines(one, line, read)


def _adjustments(node: Node, read: Reader, line: str = "") -> tuple[Adjustment, ...]:
    found = []
    for one in node.all("AllowanceCharge"):
        amount = read.number(one.get("Amount"), fields.AMOUNT, line)
        if amount is not None:
            found.append(Adjustment(
                charge=one.get("ChargeIndicator").lower() in ("true", "1"), amount=amount,
                reason=one.get("AllowanceChargeReason"), reason_code=one.get("AllowanceChargeReasonCode"),
                rate=read.number(one.get("TaxCategory", "Percent"), fields.RATE, line)))  # fmt: skip
    return tuple(found)


def _totals(root: Node, read: Reader) -> Totals:
    sums = root.first("LegalMonetaryTotal") or _EMPTY
    lines, allowances, charges, net, prepaid = (
        read.number(sums.get(name), fields.AMOUNT)
        for name in ("LineExtensionAmount", "AllowanceTotalAmount", "ChargeTotalAmount", "TaxExclusiveAmount",
                     "PrepaidAmount")
    )  # fmt: skip
    return Totals(lines=lines, allowances=allowances, charges=charges, net=net, prepaid=prepaid)
