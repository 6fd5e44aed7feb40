"""The tables of somebody's files, each by its kind: a ledger, canteens' purchases, tickets, or rows of any export."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from filiere.gather.apart.come_back import come_back
from filiere.gather.apart.refused import is_statement, what_to_do
from filiere.gather.apart.totals import totals_off
from filiere.gather.canteens import canteen_entries
from filiere.gather.cells.letters import letters_mended, shortened
from filiere.gather.cells.unread import all_of
from filiere.gather.cells.values import read_date
from filiere.gather.cells.whose import named_by
from filiere.gather.contents import with_contents
from filiere.gather.counted import not_copied, of_business_years, of_named_years, without_summaries
from filiere.gather.entries import Entry, OwnCost, Place, Read, rows_of
from filiere.gather.headings import find_columns
from filiere.gather.members import listed_members, sided
from filiere.gather.people.persons import PRIVATE_NAME
from filiere.gather.pile.parties import PRIVATE
from filiere.gather.reads.canteen import canteen_purchases
from filiere.gather.reads.ledger import read_ledger
from filiere.gather.reads.tickets import tickets_table
from filiere.gather.rows import Rows
from filiere.gather.shapes.parties import BySheet, by_sheet
from filiere.gather.shapes.resold import resold
from filiere.gather.shapes.straight import straight_tables
from filiere.gather.shapes.tables import merged_figures, unmerged
from filiere.language import Language
from filiere.names import loose, tidy
from filiere.problems import Problem
from filiere.problems import gathering as codes
from filiere.table import RawTable, RawWorkbook


def read_rows(books: Iterable[RawWorkbook], currency: str, language: Language) -> Read:
    """Return the deliveries that the tables of ``books`` declare, in the order of the files and rows.

    Amounts are in ``currency``. What cannot be read is a problem at its cell, never a guess.
    """
    read = Read()
    books = [shortened(book, read) for book in books]
    names = Counter(book.file_name for book in books)
    for book in books:
        first = len(read.entries)
        whose = by_sheet(book.tables)
        for table in book.tables:
            if not tidy(table.sheet).startswith(("#", "_")) and table.rows:
                purchases = canteen_purchases(table)
                if purchases is not None:
                    canteen_entries(book, table, purchases, read, language)
                    continue
                for title, numbers in merged_figures(table).items():
                    cell = Place(book.file_name, table.sheet, numbers[0]).cell
                    read.problems.append(codes.MERGED_FIGURE.at(cell, column=title, count=len(numbers),
                                                                source=", ".join(map(str, numbers))))  # fmt: skip
                plain_text, before = (
                    letters_mended(book, tickets_table(table) or unmerged(table), read),
                    len(read.entries),
                )
                _tables(book, plain_text, whose, currency, read)
                read.problems += _unseen(table, read.entries[before:])
        without_summaries(book, read)
        if names[book.file_name] > 1 and book.path is not None:
            named = f"{book.path.parent.name}/{book.file_name}"
            read.entries[first:] = [replace(one, place=replace(one.place, file=named)) for one in read.entries[first:]]
        read.problems += book.problems
    with_contents(read)
    of_named_years(read)
    read.entries = of_business_years(read.entries, bool(read.own))
    read.entries = [replace(one, buyer=PRIVATE.to(language)) if one.buyer == PRIVATE_NAME else one
                    for one in read.entries]  # fmt: skip
    return read


def _unseen(table: RawTable, entries: Sequence[Entry]) -> Iterator[Problem]:
    """Yield that a sheet or some rows cannot be seen in the file, or are struck through: they count all the same."""
    struck = sorted({one.place for one in entries if one.place.row in table.struck})
    if struck:
        yield codes.STRUCK_ROWS.at(struck[0].cell, count=len(struck), source=rows_of(struck))
    rows = sorted({one.place for one in entries if one.place.row in table.unseen.rows})
    if table.hidden and entries:
        yield codes.HIDDEN_SHEET.at(min(one.place for one in entries).cell, name=table.sheet)
    elif rows:
        yield codes.HIDDEN_ROWS.at(rows[0].cell, count=len(rows), source=rows_of(rows))


def _tables(book: RawWorkbook, table: RawTable, whose: BySheet, currency: str, read: Read) -> None:
    ledger = read_ledger(table, book.file_name)
    if ledger is not None:
        read.problems += ledger.problems
        if ledger.own:
            file = book.path.name if book.path else ""
            owner, sheet = named_by(file), "" if table.sheet == file else table.sheet
            read.owners.setdefault(loose(owner), owner)
            read.own += [OwnCost(owner, one.kind, read_date(one.date, True), one.amount, Place(file, sheet, one.row))
                         for one in ledger.own]  # fmt: skip
        for one in ledger.tables:
            _table(book, one, currency, read, {})
        return
    sheet = "" if table.sheet == book.file_name else table.sheet
    cell = Place(book.file_name, sheet, table.rows[0].number).cell
    straight = straight_tables(table, cell, f"{book.file_name} {sheet}", whose)
    read.problems += straight.problems
    if straight.pivot:
        read.pivots.add((book.file_name, sheet))
    before: dict[str, float] = {}
    for one in straight.tables:
        halves = resold(one, book.file_name)
        if halves.owner:
            read.problems.append(codes.RESOLD.at(cell, owner=halves.owner))
        if halves.unused:
            read.problems.append(codes.UNUSED_COLUMNS.at(cell, names=list(halves.unused)))
        for half in halves.tables:
            _table(book, half, currency, read, before)


def _table(book: RawWorkbook, table: RawTable, currency: str, read: Read, before: dict[str, float]) -> None:
    """Read a plain table; ``before`` are the sums of those before it on its sheet, by heading."""
    file = book.file_name
    sheet = "" if table.sheet == file else table.sheet
    columns = find_columns(table)
    if columns is None:
        if len(table.rows) > 1:
            needed = ("product", "party", "figure")
            read.problems.append(
                codes.TABLE_LEFT_OUT.at(
                    Place(file, sheet, table.rows[0].number).cell, missing=all_of(needed), how=what_to_do(table, needed)
                )
            )
        return
    where = Place(file, sheet, columns.row)
    if columns.missing:
        listing = "product" in columns.missing and "figure" in columns.missing
        if not (listing and listed_members(table, columns, where, read)):
            read.problems.append(
                codes.TABLE_LEFT_OUT.at(
                    where.cell, missing=all_of(columns.missing), how=what_to_do(table, columns.missing)
                )
            )
        return
    if is_statement(columns, f"{file} {sheet}"):
        read.problems.append(codes.STATEMENT.at(where.cell))
        return
    read.tables += 1
    entries = come_back(list(Rows(table, columns, where, currency, read).entries()), read)
    if any(entry.with_tax for entry in entries):
        read.problems.append(codes.WITH_TAX.at(where.cell))
    read.problems += totals_off(table, columns, entries, where, before)
    read.entries += not_copied(sided(entries, read), where, read)
