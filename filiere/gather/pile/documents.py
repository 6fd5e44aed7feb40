"""Which documents of a pile count: each once, corrections in place of what they correct, prepayments beside nothing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from filiere.gather.pile.parties import Known, Parties
from filiere.gather.reads.invoice import CORRECTED, PREPAYMENTS, Invoice
from filiere.language import money
from filiere.problems import Cell, Problem
from filiere.problems import invoicing as codes


@dataclass(frozen=True)
class Document:
    """One invoice with the actors on both sides."""

    invoice: Invoice
    seller: Known
    buyer: Known

    @property
    def cell(self) -> Cell:
        """The document as a place of a message."""
        return place(self.invoice)


def place(invoice: Invoice) -> Cell:
    """Return where a document is found: its file and number."""
    return Cell(f"{invoice.file} [{invoice.number}]" if invoice.number else invoice.file)


def documents(invoices: Iterable[Invoice], parties: Parties, problems: list[Problem]) -> list[Document]:
    """Return the documents that count, in the order of their files; the others are told."""
    found = [
        Document(one, parties.actor(one.seller, False), parties.actor(one.buyer, True))
        for one in invoices
    ]  # fmt: skip
    kept = _once(found, problems)
    kept = _corrected(kept, problems)
    return _without_prepayments(kept, problems)


def _once(found: list[Document], problems: list[Problem]) -> list[Document]:
    """Keep the richest of the copies that share seller, number and issue date."""
    copies: dict[tuple[object, ...], list[Document]] = defaultdict(list)
    for at, one in enumerate(found):
        invoice = one.invoice
        key = (one.seller.name, invoice.number, invoice.issued, invoice.credits) if invoice.number else (at,)
        copies[key].append(one)
    kept = []
    for same in copies.values():
        richest = max(same, key=lambda one: _richness(one.invoice))
        kept.append(richest)
        facts = {"number": richest.invoice.number, "kept": richest.invoice.file, "seller": richest.seller.name}
        for one in same:
            if one is not richest:
                problems.append(codes.COUNTED_ONCE.at(one.cell, **facts))
            if one.invoice.net != richest.invoice.net:
                sums = {"net": money(one.invoice.net), "other": money(richest.invoice.net)}
                problems.append(codes.COPIES_DIFFER.at(one.cell, **facts, **sums))
    return kept


def _richness(invoice: Invoice) -> tuple[int, int, int, bool]:
    counting = [one for one in invoice.lines if one.counts and one.amount is not None and one.quantity is not None]
    filled = sum(bool(one.seller_item) + bool(one.gtin) + len(one.attributes) for one in counting)
    return len(counting), -len(invoice.faults), filled, invoice.delivered is not None


def _corrected(found: list[Document], problems: list[Problem]) -> list[Document]:
    """Leave out what a positive correction replaces; a negative one adds, one that names nothing is asked about."""
    numbered = {(one.seller.name, one.invoice.number): one for one in found}
    gone: dict[int, Document] = {}
    for one in sorted(found, key=lambda one: str(one.invoice.issued)):
        invoice = one.invoice
        if invoice.type_code not in CORRECTED or invoice.net < 0 or id(one) in gone:
            continue
        if not invoice.preceding:
            problems.append(codes.CORRECTS_NOTHING.at(one.cell, number=invoice.number, net=money(invoice.net),
                                                      currency=invoice.currency))  # fmt: skip
            gone[id(one)] = one
        for reference in invoice.preceding:
            target = numbered.get((one.seller.name, reference.number))
            if target is None or target is one:
                continue
            if id(target) in gone:
                problems.append(codes.CORRECTED_TWICE.at(one.cell, number=invoice.number, other=reference.number))
            gone[id(target)] = target
            problems.append(codes.REPLACED.at(target.cell, number=reference.number, by=invoice.number))
    return [one for one in found if id(one) not in gone]


def _without_prepayments(found: list[Document], problems: list[Problem]) -> list[Document]:
    prepaid = {(one.seller.name, one.invoice.number): one for one in found if one.invoice.type_code in PREPAYMENTS}
    final = {
        (one.seller.name, reference.number): one.invoice.number
        for one in found if one.invoice.type_code not in PREPAYMENTS
        for reference in one.invoice.preceding
    }  # fmt: skip
    kept = []
    for one in found:
        invoice = one.invoice
        key = (one.seller.name, invoice.number)
        cancels = invoice.credits and any((one.seller.name, ref.number) in prepaid for ref in invoice.preceding)
        if key not in prepaid and not cancels:
            kept.append(one)
        elif key in final or cancels:
            problems.append(codes.PREPAYMENT.at(one.cell, number=invoice.number, final=final.get(key, invoice.number)))
        else:
            problems.append(codes.PREPAYMENT_ALONE.at(one.cell, number=invoice.number, net=money(invoice.net),
                                                      currency=invoice.currency))  # fmt: skip
    return kept
