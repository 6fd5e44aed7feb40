"""A pile of invoices beside tables: one name for each actor, one sale for what both tell, and the year they are of."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from filiere.gather.entries import Entry, Read
from filiere.gather.pile.deliveries import Pile
from filiere.gather.pile.parties import name_key
from filiere.gather.reads.einvoice import holds_invoice, read_invoice
from filiere.gather.reads.invoice import Invoice
from filiere.problems import Problem, WorkbookError

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
        return told.aliases.get(name_key(name), name)

    if told.aliases:
        read.entries = [replace(one, seller=named(one.seller), buyer=named(one.buyer)) for one in read.entries]
        read.actors = [replace(one, name=named(one.name)) for one in read.actors]
    read.entries += told.entries
    read.problems += told.problems


def main_year(entries: Iterable[Entry]) -> int | None:
    """Return the calendar year that most dated rows are of, None where they are spread over several."""
    counts = Counter(entry.date.year for entry in entries if entry.date is not None)
    if not counts:
        return None
    year, count = counts.most_common(1)[0]
    return year if count >= _MAIN * counts.total() else None
