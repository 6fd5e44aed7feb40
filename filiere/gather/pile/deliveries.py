"""From the documents that count to declared deliveries; what is no delivery is listed apart, with its amount."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from decimal import Decimal

from filiere.gather.entries import Entry, Place
from filiere.gather.pile.documents import Document, documents, place
from filiere.gather.pile.goods import known_goods, name_of
from filiere.gather.pile.parties import PRIVATE, Parties
from filiere.gather.reads.invoice import CORRECTED, Invoice, InvoiceLine
from filiere.gather.reads.lines import Kind, kind_of_adjustment, kind_of_line
from filiere.gather.reads.units import unit_label
from filiere.language import Label, Language, money
from filiere.names import loose
from filiere.problems import Cell, Code, Problem
from filiere.problems import invoicing as codes
from filiere.schema import words as w

_APART = {Kind.DEPOSIT: codes.DEPOSIT_APART, Kind.REBATE: codes.REBATE_APART, Kind.PREPAYMENT: codes.PREPAID_APART,
          Kind.CHARGE: codes.CHARGE_APART}  # fmt: skip
_CENT = Decimal("0.01")
_WRONG = Decimal("0.01")
"""From which share of the amount on a gap is no rounding of a price, but a wrong quantity or base."""


@dataclass
class Pile:
    """What a pile of invoices declares."""

    entries: list[Entry] = field(default_factory=list)
    identifiers: dict[str, str] = field(default_factory=dict)
    """Actor → the numbers it is known by."""
    aliases: dict[str, str] = field(default_factory=dict)
    """Key of a name (:func:`name_key`) → the actor it is, where it is one alone."""
    named: list[tuple[str, Place]] = field(default_factory=list)
    """Actors of the documents that state no line."""
    documents: list[Document] = field(default_factory=list)
    """The documents that count."""
    goods: dict[str, str] = field(default_factory=dict)
    """Folded name of a good → the one it is known by, where a number says that they are one."""
    problems: list[Problem] = field(default_factory=list)


def pile(invoices: Iterable[Invoice], currency: str, language: Language) -> Pile:
    """Return the deliveries that ``invoices`` declare, with amounts in ``currency``."""
    invoices = list(invoices)
    parties = Parties((party for one in invoices for party in (one.seller, one.buyer)), PRIVATE.to(language))
    found = Pile(problems=list(parties.problems))
    counted = list(documents(invoices, parties, found.problems))
    found.goods = known_goods(counted, found.problems)
    for one in counted:
        found.documents.append(one)
        _Reading(one, currency, language, found).read()
        for known in (one.seller, one.buyer):
            if known.identifier:
                found.identifiers[known.name] = known.identifier
    found.aliases = parties.aliases()
    return found


class _Reading:
    """Reads one document."""

    def __init__(self, document: Document, currency: str, language: Language, found: Pile) -> None:
        self.document, self.invoice, self.language, self.found = document, document.invoice, language, found
        self.paid = self.invoice.currency == currency
        self.parties = {"seller": document.seller.name, "buyer": document.buyer.name}
        self.transport = Decimal(0)
        self.transport_names: list[str] = []

    def read(self) -> None:
        invoice = self.invoice
        self._remarks()
        lines = [(at, line) for at, line in enumerate(invoice.lines, start=1) if line.counts]
        if not lines:
            place = Place(invoice.file, invoice.number, 0)
            self.found.named += [(name, place) for name in self.parties.values()]
            self._say(codes.NO_LINES, net=money(invoice.sign * invoice.net), date=str(invoice.date() or ""))
            return
        entries = [entry for at, line in lines if (entry := self._line(at, line)) is not None]
        for one in invoice.adjustments:
            self._apart(kind_of_adjustment(one), one.reason, one.amount if one.charge else -one.amount, document=True)
        self.found.entries += self._with_transport(entries)

    def _say(self, code: Code, at: Cell | None = None, **facts: str | float | Label) -> None:
        given = {"number": self.invoice.number, "currency": self.invoice.currency, **self.parties, **facts}
        self.found.problems.append(code.at(at or place(self.invoice), **given))

    def _remarks(self) -> None:
        invoice = self.invoice
        if invoice.attached_as:
            self._say(codes.ODD_ATTACHMENT, name=invoice.attached_as)
        if not invoice.currency:
            self._say(codes.NO_CURRENCY)
        elif not self.paid:
            self._say(codes.OTHER_CURRENCY)
        for fault in invoice.faults:
            self.found.problems.append(codes.UNREAD_FIELD.at(place(invoice), field=fault.field, text=fault.text,
                                                             number=invoice.number))  # fmt: skip
        stated = invoice.totals.lines
        if invoice.lines and stated is not None and abs(stated - invoice.lines_sum) > _CENT:
            self._say(codes.DOES_NOT_ADD_UP, stated=money(stated), made=money(invoice.lines_sum))

    def _line(self, at: int, line: InvoiceLine) -> Entry | None:
        kind = kind_of_line(line, self.invoice)
        if kind is Kind.TEXT:
            return None
        amount = line.amount or Decimal(0)
        if kind is not Kind.PRODUCT:
            self._apart(kind, line.name, amount)
            return None
        product = name_of(line, self.found.goods)
        where = Place(self.invoice.file, self.invoice.number, at)
        if not product:
            self._say(codes.NAMELESS_LINE, where.cell, amount=money(amount))
            return None
        self._gap(line, where)
        sign = self.invoice.sign
        return Entry(
            self.document.seller.name, self.document.buyer.name, product,
            None if line.quantity is None else float(sign * self._quantity(line)), self._unit(line, where, product),
            float(sign * amount) if line.amount is not None and self.paid else None, self.invoice.date(line),
            w.Confidence.MEASURED, loose(self.document.seller.name), where, self.invoice.number, of_both=True,
        )  # fmt: skip

    def _quantity(self, line: InvoiceLine) -> Decimal:
        """Return the quantity, with the sign of the amount where a credit or correction writes that sign alone."""
        quantity = line.quantity or Decimal(0)
        turned = self.invoice.credits or self.invoice.type_code in CORRECTED
        return -quantity if turned and quantity > 0 and (line.amount or 0) < 0 and self.invoice.net < 0 else quantity

    def _unit(self, line: InvoiceLine, where: Place, product: str) -> str:
        label = unit_label(line.unit_code)
        if label is None and line.unit_code:
            self._say(codes.UNKNOWN_UNIT, where.cell, unit=line.unit_code, product=product)
        return label.to(self.language) if label else line.unit_code

    def _gap(self, line: InvoiceLine, where: Place) -> None:
        """Say where price and quantity do not make the amount, which is kept."""
        says = line.says
        if says is None or line.amount is None or abs(says - line.amount) <= _CENT:
            return
        wrong = abs(says - line.amount) > _WRONG * max(abs(line.amount), abs(says))
        code = codes.QUANTITY_IN_DOUBT if wrong else codes.PRICE_ROUNDED
        self._say(code, where.cell, product=line.name, made=round(float(says), 4), stated=money(line.amount),
                  quantity=float(line.quantity or 0))  # fmt: skip

    def _apart(self, kind: Kind, name: str, amount: Decimal, document: bool = False) -> None:
        amount *= self.invoice.sign
        if kind is Kind.TRANSPORT:
            self.transport += amount
            self.transport_names.append(name)
        elif amount and (code := _APART.get(kind)):
            code = codes.DISCOUNT_APART if document and kind is Kind.REBATE else code
            self._say(code, name=name or kind.value, amount=money(amount))

    def _with_transport(self, entries: list[Entry]) -> Iterator[Entry]:
        """Share the transport out over the goods of the document, by value (by line where none has any)."""
        if not self.transport:
            yield from entries
            return
        names = ", ".join(filter(None, self.transport_names))
        weights = [max(entry.amount or 0.0, 0.0) for entry in entries]
        if not self.paid or not entries:
            self._say(codes.TRANSPORT_ALONE, name=names, amount=money(self.transport))
            yield from entries
            return
        weights = weights if sum(weights) else [1.0] * len(entries)
        self._say(codes.TRANSPORT_SPREAD, name=names, amount=money(self.transport))
        for entry, weight in zip(entries, weights, strict=True):
            yield replace(entry, transport=float(self.transport) * weight / sum(weights))
