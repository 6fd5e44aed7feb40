"""What the fields of an invoice hold: numbers, days, numbers of companies, and what is wrong with them."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from decimal import Decimal

from filiere.gather.reads.invoice import Fault, Identifier, Party
from filiere.gather.reads.markup import Node
from filiere.language import Label
from filiere.names import luhn, tidy

AMOUNT = Label("amount", "montant")
QUANTITY = Label("quantity", "quantité")
PRICE = Label("price", "prix")
PRICE_BASE = Label("price base quantity", "quantité de base du prix")
RATE = Label("VAT rate", "taux de TVA")
ISSUED = Label("issue date", "date d'émission")
DELIVERED = Label("delivery date", "date de livraison")
PERIOD = Label("period", "période")
REFERENCE_DATE = Label("date of the earlier invoice", "date de la facture précédente")

_DECIMAL = re.compile(r"[+-]?(?:\d{1,18}(?:\.\d{0,18})?|\.\d{1,18})")
_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?:[T ].*|Z|[+-]\d{2}:\d{2})?")
_SIREN_SCHEMES, _SIRET_SCHEMES = {"0002"}, {"0009"}
_FRENCH_VAT = re.compile(r"FR[0-9A-Z]{2}(\d{9})")


class Reader:
    """Reads fields and collects those that hold what their standard does not allow."""

    def __init__(self) -> None:
        self.faults: list[Fault] = []

    def number(self, text: str, field: Label, line: str = "") -> Decimal | None:
        """Return a decimal number (sign, digits, point); anything else is a fault."""
        if not text:
            return None
        if not _DECIMAL.fullmatch(text):
            self.faults.append(Fault(field, text[:60], line))
            return None
        return Decimal(text)

    def day(self, text: str, field: Label, form: str = "", line: str = "") -> dt.date | None:
        """Return a day from ISO 8601 or the forms 102 (day), 610 (month), 616 (week) of UNTDID 2379."""
        if not text:
            return None
        day = _day(text, form)
        if day is None:
            self.faults.append(Fault(field, text[:60], line))
        return day

    def moment(self, node: Node | None, field: Label, line: str = "") -> dt.date | None:
        """Return the day of a CII date, written as a text with its form or as an ISO date."""
        if node is None:
            return None
        for child in (node, *node.children):
            if child.text.strip():
                return self.day(child.text.strip(), field, child.attributes.get("format", ""), line)
        return None


def _day(text: str, form: str) -> dt.date | None:
    try:
        if found := _ISO.fullmatch(text):
            return dt.date(int(found[1]), int(found[2]), int(found[3]))
        if not text.isascii() or not text.isdigit():
            return None
        if form == "616" or (not form and len(text) == 7):
            return dt.date.fromisocalendar(int(text[:4]), int(text[4:]), 7)
        if form == "610" or (not form and len(text) == 6):
            month = dt.date(int(text[:4]), int(text[4:6]), 28) + dt.timedelta(days=4)
            return month - dt.timedelta(days=month.day)
        return dt.date(int(text[:4]), int(text[4:6]), int(text[6:8])) if len(text) >= 8 else None
    except (ValueError, OverflowError):
        return None


def party(name: str, trading: str, country: str, legal: Iterable[Identifier], vat: str) -> Party:
    """Return a party from its names and numbers: SIREN and SIRET from wherever they are written."""
    siren, siret, others = "", "", []
    vat = re.sub(r"[\s.]", "", vat).upper()
    for one in legal:
        digits = re.sub(r"[\s.]", "", one.value)
        known = one.scheme in _SIREN_SCHEMES | _SIRET_SCHEMES
        french = known or (not one.scheme and country == "FR" and digits.isdigit() and luhn(digits))
        if french and digits.isascii() and digits.isdigit() and len(digits) in (9, 14):
            siret = siret or (digits if len(digits) == 14 else "")
            siren = siren or digits[:9]
        elif one.value:
            others.append(one)
    if not siren and (found := _FRENCH_VAT.fullmatch(vat)):
        siren = found[1]
    name, trading = tidy(name), tidy(trading)
    return Party(name=name or trading, trading_name=trading if trading != name else "", siren=siren, siret=siret,
                 vat=vat, country=country, others=tuple(others))  # fmt: skip
