"""Invoices in the syntax of UN/CEFACT: Cross Industry Invoice D16B (Factur-X, ZUGFeRD 2) and its elder, ZUGFeRD 1."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from filiere.gather.reads import fields
from filiere.gather.reads.fields import Reader
from filiere.gather.reads.invoice import Adjustment, Identifier, Invoice, InvoiceLine, Party, Reference, Totals
from filiere.gather.reads.lines import counted
from filiere.gather.reads.markup import Node

_D16B = "urn:un:unece:uncefact:data:standard:CrossIndustryInvoice:"
_ZUGFERD_1 = "urn:ferd:CrossIndustryDocument:invoice:1p0"


def is_cii(root: Node) -> bool:
    """Whether a root element is one of the two syntaxes."""
    return (root.name == "CrossIndustryInvoice" and root.namespace.startswith(_D16B)) or (
        root.name == "CrossIndustryDocument" and root.namespace.startswith(_ZUGFERD_1)
    )


def read_cii(root: Node, file: str) -> Invoice:
    """Return the invoice that ``root`` holds."""
    read = Reader()
    document = _one(root, "ExchangedDocument", "HeaderExchangedDocument")
    trade = _one(root, "SupplyChainTradeTransaction", "SpecifiedSupplyChainTradeTransaction")
    agreement = _one(trade, "ApplicableHeaderTradeAgreement", "ApplicableSupplyChainTradeAgreement")
    delivery = _one(trade, "ApplicableHeaderTradeDelivery", "ApplicableSupplyChainTradeDelivery")
    settlement = _one(trade, "ApplicableHeaderTradeSettlement", "ApplicableSupplyChainTradeSettlement")
    lines = [_line(one, read) for one in trade.all("IncludedSupplyChainTradeLineItem")]
    return Invoice(
        file=file,
        syntax="ZUGFeRD 1" if root.name == "CrossIndustryDocument" else "CII",
        type_code=document.get("TypeCode"),
        number=document.get("ID"),
        issued=read.moment(document.first("IssueDateTime"), fields.ISSUED),
        delivered=_event(delivery, read),
        period_end=_period_end(settlement, read),
        currency=settlement.get("InvoiceCurrencyCode").upper(),
        preceding=tuple(_reference(one, read) for one in settlement.all("InvoiceReferencedDocument")),
        seller=_party(agreement.first("SellerTradeParty")),
        buyer=_party(agreement.first("BuyerTradeParty")),
        lines=counted(lines),
        adjustments=_adjustments(settlement, read),
        totals=_totals(settlement, read),
        faults=tuple(read.faults),
    )


def _one(node: Node, *names: str) -> Node:
    """Return the child of the first of ``names`` that is there, an empty one where none is."""
    return next((found for name in names if (found := node.first(name))), Node(names[0], "", {}))


def _party(node: Node | None) -> Party:
    if node is None:
        return Party(name="")
    organization = node.first("SpecifiedLegalOrganization")
    found = [*node.all("ID"), *node.all("GlobalID"), *(organization.all("ID") if organization else [])]
    legal = [Identifier(" ".join(one.text.split()), one.attributes.get("schemeID", "")) for one in found]
    registered = node.all("SpecifiedTaxRegistration", "ID")
    vat = next((one.text for one in registered if one.attributes.get("schemeID") == "VA"), "")
    trading = organization.get("TradingBusinessName") if organization else ""
    return fields.party(node.get("Name"), trading, node.get("PostalTradeAddress", "CountryID"), legal, vat)


def _event(delivery: Node, read: Reader, line: str = "") -> dt.date | None:
    found = delivery.first("ActualDeliverySupplyChainEvent", "OccurrenceDateTime")
    return read.moment(found, fields.DELIVERED, line)


def _period_end(settlement: Node, read: Reader, line: str = "") -> dt.date | None:
    found = settlement.first("BillingSpecifiedPeriod", "EndDateTime")
    return read.moment(found, fields.PERIOD, line)


def _reference(node: Node, read: Reader) -> Reference:
    number = node.get("IssuerAssignedID") or node.get("ID")
    return Reference(number, read.moment(node.first("FormattedIssueDateTime"), fields.REFERENCE_DATE))


def _line(node: Node, read: Reader) -> InvoiceLine:
    document = _one(node, "AssociatedDocumentLineDocument")
    product = _one(node, "SpecifiedTradeProduct")
    agreement = _one(node, "SpecifiedLineTradeAgreement", "SpecifiedSupplyChainTradeAgreement")
    delivery = _one(node, "SpecifiedLineTradeDelivery", "SpecifiedSupplyChainTradeDelivery")
    settlement = _one(node, "SpecifiedLineTradeSettlement", "SpecifiedSupplyChainTradeSettlement")
    sums = _one(settlement, "SpecifiedTradeSettlementLineMonetarySummation",
                "SpecifiedTradeSettlementMonetarySummation")  # fmt: skip
    price = _one(agreement, "NetPriceProductTradePrice")
    base = _one(price, "BasisQuantity")
    quantity = _one(delivery, "BilledQuantity")
    line = document.get("LineID")
    name = product.get("Name")
    characteristics = product.all("ApplicableProductCharacteristic")
    return InvoiceLine(
        id=line,
        parent=document.get("ParentLineID"),
        status=document.get("LineStatusReasonCode").upper(),
        name=name or document.get("IncludedNote", "Content"),
        seller_item=product.get("SellerAssignedID"),
        buyer_item=product.get("BuyerAssignedID"),
        gtin=product.get("GlobalID"),
        attributes=tuple((one.get("Description"), one.get("Value")) for one in characteristics),
        quantity=read.number(quantity.text.strip(), fields.QUANTITY, line),
        unit_code=quantity.attributes.get("unitCode", "").strip(),
        price=read.number(price.get("ChargeAmount"), fields.PRICE, line),
        price_base=read.number(base.text.strip(), fields.PRICE_BASE, line),
        price_base_unit=base.attributes.get("unitCode", "").strip(),
        amount=read.number(sums.get("LineTotalAmount"), fields.AMOUNT, line),
        rate=_rate(settlement, "ApplicableTradeTax", read, line),
        delivered=_event(delivery, read, line),
        period_end=_period_end(settlement, read, line),
        adjustments=_adjustments(settlement, read, line),
    )


def _rate(node: Node, tax: str, read: Reader, line: str = "") -> Decimal | None:
    found = _one(node, tax)
    return read.number(found.get("RateApplicablePercent") or found.get("ApplicablePercent"), fields.RATE, line)


def _adjustments(settlement: Node, read: Reader, line: str = "") -> tuple[Adjustment, ...]:
    found = []
    for one in settlement.all("SpecifiedTradeAllowanceCharge"):
        amount = read.number(one.get("ActualAmount"), fields.AMOUNT, line)
        if amount is not None:
            found.append(Adjustment(
                charge=one.get("ChargeIndicator", "Indicator").lower() in ("true", "1"), amount=amount,
                reason=one.get("Reason"), reason_code=one.get("ReasonCode"),
                rate=_rate(one, "CategoryTradeTax", read, line)))  # fmt: skip
    for one in settlement.all("SpecifiedLogisticsServiceCharge"):
        amount = read.number(one.get("AppliedAmount"), fields.AMOUNT, line)
        if amount is not None:
            found.append(Adjustment(charge=True, amount=amount, reason=one.get("Description"),
                                    rate=_rate(one, "AppliedTradeTax", read, line), logistics=True))  # fmt: skip
    return tuple(found)


def _totals(settlement: Node, read: Reader) -> Totals:
    sums = _one(settlement, "SpecifiedTradeSettlementHeaderMonetarySummation",
                "SpecifiedTradeSettlementMonetarySummation")  # fmt: skip

    def amount(name: str) -> Decimal | None:
        return read.number(sums.get(name), fields.AMOUNT)

    return Totals(lines=amount("LineTotalAmount"), allowances=amount("AllowanceTotalAmount"),
                  charges=amount("ChargeTotalAmount"), net=amount("TaxBasisTotalAmount"),
                  prepaid=amount("TotalPrepaidAmount"))  # fmt: skip
