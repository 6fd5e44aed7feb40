"""An electronic invoice as a value, whatever the syntax it was written in.

Figures are as written, unsigned; :attr:`Invoice.sign` says whether the document adds or subtracts. The numbers in
brackets (BT-…) are those of the European semantic standard EN 16931-1.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from filiere.language import Label

CREDIT_NOTES = frozenset({"381", "261", "262", "396", "502", "503"})
CORRECTED = frozenset({"384", "471", "472", "473"})
PREPAYMENTS = frozenset({"386", "500", "503"})
GLOBAL_REBATE = "262"
PRO_FORMA = frozenset({"325"})
"""Document types (BT-3) after UNTDID 1001."""

_ZERO = Decimal(0)


@dataclass(frozen=True)
class Identifier:
    """A number that somebody is known by, with the scheme of ISO/IEC 6523 it belongs to, if the file says it."""

    value: str
    scheme: str = ""


@dataclass(frozen=True, kw_only=True)
class Party:
    """A seller or a buyer: its legal name first, the trading name beside it."""

    name: str
    trading_name: str = ""
    siren: str = ""
    siret: str = ""
    vat: str = ""
    country: str = ""
    others: tuple[Identifier, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Adjustment:
    """An allowance, or a charge, on a line or on the whole document."""

    charge: bool
    amount: Decimal
    reason: str = ""
    reason_code: str = ""
    rate: Decimal | None = None
    logistics: bool = False


@dataclass(frozen=True, kw_only=True)
class InvoiceLine:
    """One line. ``amount`` is net of VAT, its own allowances and charges included (BT-131)."""

    id: str
    name: str
    parent: str = ""
    status: str = ""
    seller_item: str = ""
    buyer_item: str = ""
    gtin: str = ""
    attributes: tuple[tuple[str, str], ...] = ()
    quantity: Decimal | None = None
    unit_code: str = ""
    price: Decimal | None = None
    price_base: Decimal | None = None
    price_base_unit: str = ""
    amount: Decimal | None = None
    rate: Decimal | None = None
    delivered: dt.date | None = None
    period_end: dt.date | None = None
    adjustments: tuple[Adjustment, ...] = ()
    counts: bool = True
    """False for a group whose details follow, and for what is there to inform."""

    @property
    def says(self) -> Decimal | None:
        """Return the amount that price, quantity and the line's own allowances make."""
        if self.price is None or self.quantity is None or self.price_base == 0:
            return None
        made = self.price * self.quantity / (self.price_base or Decimal(1))
        return made + sum((one.amount if one.charge else -one.amount for one in self.adjustments), _ZERO)


@dataclass(frozen=True)
class Reference:
    """An earlier document that this one names."""

    number: str
    date: dt.date | None = None


@dataclass(frozen=True, kw_only=True)
class Totals:
    """The sums that the document states, each None where it states none."""

    lines: Decimal | None = None
    allowances: Decimal | None = None
    charges: Decimal | None = None
    net: Decimal | None = None
    prepaid: Decimal | None = None


@dataclass(frozen=True)
class Fault:
    """What one field of a document holds that its standard does not allow."""

    field: Label
    text: str
    line: str = ""


@dataclass(frozen=True, kw_only=True)
class Invoice:
    """One invoice or credit note."""

    file: str
    syntax: str
    type_code: str
    number: str
    seller: Party
    buyer: Party
    issued: dt.date | None = None
    delivered: dt.date | None = None
    period_end: dt.date | None = None
    currency: str = ""
    preceding: tuple[Reference, ...] = ()
    lines: tuple[InvoiceLine, ...] = ()
    adjustments: tuple[Adjustment, ...] = ()
    totals: Totals = Totals()
    faults: tuple[Fault, ...] = ()
    attached_as: str = ""
    """The name of the attachment it was read from, where that is none of the standard's."""

    @cached_property
    def net(self) -> Decimal:
        """The amount net of VAT as written: stated, else what the lines and the document's allowances make."""
        if self.totals.net is not None:
            return self.totals.net
        adjusted = sum((one.amount if one.charge else -one.amount for one in self.adjustments), _ZERO)
        return self.lines_sum + adjusted if self.lines else (self.totals.lines or _ZERO)

    @cached_property
    def lines_sum(self) -> Decimal:
        """What the lines that count add up to."""
        return sum((one.amount or _ZERO for one in self.lines if one.counts), _ZERO)

    @property
    def credits(self) -> bool:
        """Whether it is a credit note by its type."""
        return self.type_code in CREDIT_NOTES

    @property
    def sign(self) -> int:
        """-1 where positive figures subtract: a credit note, unless its figures are negative already."""
        return -1 if self.credits and self.net >= 0 else 1

    def date(self, line: InvoiceLine | None = None) -> dt.date | None:
        """Return the day of the flow: the delivery, else the end of the period, else the issue."""
        own = (line.delivered, self.delivered, line.period_end) if line else (self.delivered,)
        return next((day for day in (*own, self.period_end, self.issued) if day is not None), None)
