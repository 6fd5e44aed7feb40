"""A pile of invoices beside tables: one name for each actor, one sale for what both tell, and the year they are of."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

from filiere.gather.entries import Entry, Read
from filiere.gather.headings import plain
from filiere.gather.pile.deliveries import Pile
from filiere.gather.pile.documents import Document
from filiere.gather.pile.parties import name_key
from filiere.gather.reads.einvoice import holds_invoice, read_invoice
from filiere.gather.reads.invoice import Invoice
from filiere.names import firm_key, loose
from filiere.problems import Problem, WorkbookError
from filiere.problems import invoicing as codes

_MAIN = 0.8
"""The share of the dated rows from which one calendar year is meant, where nobody says which."""


def invoices_among(files: Iterable[Path]) -> tuple[list[Invoice], list[Path], list[Problem]]:
    """Return the invoices among ``files``, the files that hold other things, and why some invoices cannot be read."""
    invoices: list[Invoice] = []
    others: list[Path] = []
    problems: list[Problem] = []
    for file in files:
        if not holds_invoice(file):
            others.append(file)
            continue
        try:
            invoices.append(read_invoice(file))
        except WorkbookError as refused:
            problems += refused.problems
    return invoices, others, problems


def add_invoices(read: Read, told: Pile) -> None:
    """Add what the invoices tell to what the tables tell, under one name for each actor."""

    def named(name: str) -> str:
        known = told.aliases.get(name_key(name), name)
        forms = {form for one in (name, known) if (form := firm_key(one)[1])}
        return known if len(forms) < 2 else name  # two legal forms are two firms until somebody says that they are one

    if told.aliases:
        read.entries = [replace(one, seller=named(one.seller), buyer=named(one.buyer)) for one in read.entries]
        read.actors = [replace(one, name=named(one.name)) for one in read.actors]
    kept = _not_invoiced(read, told)
    invoiced = list(_beside_the_rest(told.entries, read.entries, kept))
    read.entries = kept + invoiced
    read.problems += told.problems


def _beside_the_rest(invoiced: Iterable[Entry], all_: list[Entry], kept: list[Entry]) -> Iterator[Entry]:
    """Yield the invoices' entries, as told by whose tables tell these pieces and others beside them.

    Else a buyer would seem to tell the others alone, against a seller who tells the invoices alone.
    """
    left = {id(entry) for entry in kept}
    tables = {_table(entry) for entry in all_ if id(entry) not in left}
    partly: dict[tuple[str, str], set[str]] = defaultdict(set)
    for entry in kept:
        if _table(entry) in tables:
            partly[_pair(entry)].add(entry.side)
    selling = {_pair(entry) for entry in kept if entry.side == loose(entry.seller)}
    for entry in invoiced:
        sides = partly[_pair(entry)] | ({entry.side} if _pair(entry) in selling else set())
        for side in sorted(sides or {entry.side}):
            yield replace(entry, side=side)


def _pair(entry: Entry) -> tuple[str, str]:
    return loose(entry.seller), loose(entry.buyer)


def _table(entry: Entry) -> tuple[tuple[str, str], str, str]:
    return _pair(entry), entry.place.file, entry.place.sheet


def _not_invoiced(read: Read, told: Pile) -> list[Entry]:
    """Leave out the rows of ledgers and tables that tell a sale whose invoice is here: one sale counts once.

    A row is an invoice's by its parties and number; or its piece is, by its parties, its day and its amount in all.
    """
    numbered = {(*_parties(one), plain(one.invoice.number)): one for one in told.documents if one.invoice.number}
    dated = {(*_parties(one), one.invoice.issued, _cents(one.invoice.sign * one.invoice.net)): one
             for one in told.documents}  # fmt: skip
    sums: dict[tuple[object, ...], float] = defaultdict(float)
    for entry in read.entries:
        sums[_piece(entry)] += entry.amount or 0.0
    kept = []
    for entry in read.entries:
        pair = _pair(entry)
        found = numbered.get((*pair, plain(entry.number))) if entry.number else None
        if found is None and entry.date is not None:
            found = dated.get((*pair, entry.date, _cents(sums[_piece(entry)])))
        if found is None:
            kept.append(entry)
        else:
            read.problems.append(codes.ALSO_INVOICED.at(entry.place.cell, number=found.invoice.number,
                                                        kept=found.invoice.file))  # fmt: skip
    return kept


def _parties(one: Document) -> tuple[str, str]:
    return loose(one.seller.name), loose(one.buyer.name)


def _piece(entry: Entry) -> tuple[object, ...]:
    place = entry.place
    return loose(entry.seller), loose(entry.buyer), entry.date, entry.number, place.file, place.sheet


def _cents(amount: float | Decimal) -> int:
    return round(amount * 100)


def main_year(entries: Iterable[Entry]) -> int | None:
    """Return the calendar year that most dated rows are of, None where they are spread over several."""
    counts = Counter(entry.date.year for entry in entries if entry.date is not None)
    if not counts:
        return None
    year, count = counts.most_common(1)[0]
    return year if count >= _MAIN * counts.total() else None
