"""From the rows of somebody's tables to declared deliveries: who, what, how much, when, and where it is written."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from filiere.gather.headings import SAID, Columns, find_columns, plain
from filiere.gather.ledger import ledger_tables
from filiere.gather.reads.canteen import Purchase, canteen_purchases
from filiere.gather.reads.tickets import tickets_table
from filiere.gather.values import day_first, decimal_mark, read_date, read_number
from filiere.language import Label, Language, listed
from filiere.names import fold, loose, tidy
from filiere.problems import Cell, Problem
from filiere.problems import gathering as codes
from filiere.schema import words as w
from filiere.table import RawRow, RawTable, RawValue, RawWorkbook
from filiere.units import money_factor

_TOTAL = re.compile(r"(sous )?(total|totaux|subtotal|grand total|report|solde)\b.*")
_PURCHASES = re.compile(r"\b(achats?|purchases?|appro\w*|fournisseurs?|suppliers?|depenses?)\b")
_SALES = re.compile(r"\b(ventes?|sales?|clients?|customers?|livraisons?|deliver\w*|recettes?)\b")
_NOT_A_NAME = re.compile(
    r"\b(achats?|purchases?|appro\w*|fournisseurs?|suppliers?|ventes?|sales?|clients?|customers?|livraisons?|export\w*|fec"
    r"|extraction|liste|list|grand livre|ledger|journal|factures?|invoices?|comptabilite|compta|accounting|deliver\w*"
    r"|depenses?|recettes?|donnees|data|copie|copy|final|vf|v\d+|(19|20)\d{2}|\d+)\b"
)
_CANTEEN_NAME = Label("Canteen {number}", "Cantine {number}")


@dataclass(frozen=True, order=True)
class Place:
    """Where a row stands: file, sheet (empty for a text file) and row number."""

    file: str
    sheet: str
    row: int

    @property
    def cell(self) -> Cell:
        """The row as a place of a message."""
        return Cell(f"{self.file} [{self.sheet}]" if self.sheet else self.file, self.row)


@dataclass(frozen=True)
class Entry:
    """One declared delivery. ``side`` is the loose name of whoever declares it, empty where that is not known."""

    seller: str
    buyer: str
    product: str
    quantity: float | None
    unit: str
    amount: float | None
    date: dt.date | None
    confidence: w.Confidence
    side: str
    place: Place
    number: str = ""
    transport: float = 0.0
    """What its transport was invoiced at, besides the amount."""
    labels: tuple[str, ...] = ()
    """What marks these goods alone: a link's labels, not the product's."""

    @property
    def content(self) -> tuple[object, ...]:
        """What makes two rows of two files one and the same."""
        parties = (loose(self.seller), loose(self.buyer), loose(self.product))
        return *parties, self.quantity, self.unit, self.amount, self.date, self.number


@dataclass(frozen=True)
class Listed:
    """One actor of a members' list."""

    name: str
    perimeter: w.Perimeter
    place: Place


@dataclass
class Read:
    """What was read of all the files."""

    entries: list[Entry] = field(default_factory=list)
    actors: list[Listed] = field(default_factory=list)
    owners: dict[str, str] = field(default_factory=dict)
    """Loose name → name of whoever sent a file."""
    problems: list[Problem] = field(default_factory=list)
    tables: int = 0
    families: dict[str, str] = field(default_factory=dict)
    """Folded product → the family that a file puts it in."""
    identifiers: dict[str, str] = field(default_factory=dict)
    """Actor → the number that a file knows it by."""


def read_rows(books: Iterable[RawWorkbook], currency: str, language: Language) -> Read:
    """Return the deliveries that the tables of ``books`` declare, in the order of the files and rows.

    Amounts are in ``currency``. What cannot be read is a problem at its cell, never a guess.
    """
    read = Read()
    for book in books:
        for table in book.tables:
            if not tidy(table.sheet).startswith(("#", "_")) and table.rows:
                purchases = canteen_purchases(table)
                if purchases is not None:
                    _canteens(book, table, purchases, read, language)
                    continue
                table = tickets_table(table) or table
                ledger = ledger_tables(table)
                for one in (table,) if ledger is None else ledger:
                    _table(book, one, currency, read)
    return read


def _canteens(book: RawWorkbook, table: RawTable, purchases: Iterable[Purchase], read: Read,
              language: Language) -> None:  # fmt: skip
    """Add the purchases of canteens, each known by its SIRET: amounts net of VAT, no quantities."""
    file = book.path.name if book.path else ""
    read.tables += 1
    for one in purchases:
        place = Place(file, "" if table.sheet == file else table.sheet, one.row)
        canteen = _CANTEEN_NAME.to(language).format(number=one.canteen)
        missing = [name for name, value in (("seller", one.supplier), ("buyer", one.canteen), ("product", one.product))
                   if not value]  # fmt: skip
        if one.amount is None and one.written:
            read.problems.append(codes.UNREAD_NUMBER.at(place.cell, text=one.written))
        if missing or one.amount is None:
            missing += ["figure"] if one.amount is None else []
            read.problems.append(codes.ROW_LEFT_OUT.at(place.cell, missing=_all_of(missing)))
            continue
        read.identifiers[canteen] = one.canteen
        read.families.setdefault(fold(one.product), one.family)
        read.entries.append(Entry(one.supplier, canteen, one.product, None, "", one.amount, one.date,
                                  w.Confidence.MEASURED, loose(canteen), place, labels=one.labels))  # fmt: skip


def _table(book: RawWorkbook, table: RawTable, currency: str, read: Read) -> None:
    file = book.path.name if book.path else ""
    sheet = "" if table.sheet == file else table.sheet
    columns = find_columns(table)
    if columns is None:
        return
    where = Place(file, sheet, columns.row)
    if columns.missing:
        if "actor" in columns.at and "product" in columns.missing and "figure" in columns.missing:
            read.actors += _members(table, columns, where)
        else:
            read.problems.append(codes.TABLE_LEFT_OUT.at(where.cell, missing=_all_of(columns.missing)))
        return
    read.tables += 1
    entries = list(_Rows(table, columns, where, currency, read).entries())
    if columns.with_tax and any(entry.amount is not None for entry in entries) and "rate" not in columns.at:
        read.problems.append(codes.WITH_TAX.at(where.cell))
    read.entries += _sided(entries, read)


def _all_of(names: Iterable[str]) -> Label:
    said = [SAID[name] for name in names]
    return Label(listed((text.en for text in said), "en"), listed((text.fr for text in said), "fr"))


def _members(table: RawTable, columns: Columns, where: Place) -> Iterator[Listed]:
    words = {loose(text): word for word in w.Perimeter for text in word.spellings}
    for row in table.rows:
        name = _text(row.values.get(columns.at["actor"]))
        if row.number > columns.row and name:
            typed = _text(row.values.get(columns.at.get("perimeter", -1)))
            yield Listed(name, words.get(loose(typed), w.Perimeter.MEMBER), replace(where, row=row.number))


def _text(value: RawValue | None) -> str:
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return tidy(str(value)) if isinstance(value, str | float) else ""


class _Rows:
    """Reads the rows of one table."""

    def __init__(self, table: RawTable, columns: Columns, where: Place, currency: str, read: Read) -> None:
        self.columns, self.where, self.currency, self.read = columns, where, currency, read
        self.rows = [row for row in table.rows if row.number > columns.row]
        numeric = ("quantity", "amount", "price", "debit", "credit", "rate")
        everything = [v for name in numeric for v in self._column(name)]
        mark = decimal_mark(everything)
        self.marks = {name: decimal_mark(self._column(name), mark) for name in numeric}
        self.day_first = day_first(self._column("date"))
        self.words = {loose(text): word for word in w.Confidence for text in word.spellings}
        named = columns.at.keys() & {"seller", "buyer"}
        self.owner = "" if len(named) == 2 or "owner" in columns.at else self._owner()

    def _column(self, name: str) -> list[RawValue]:
        at = self.columns.at.get(name)
        return [row.values[at] for row in self.rows if at is not None and at in row.values]

    def _owner(self) -> str:
        """Return who sent a table that names one side only: its file's name, less what every export is called."""
        stem = re.sub(r"\.[^.]*$", "", self.where.file)
        words = [word for word in re.split(r"[\s_.\-–]+", tidy(stem)) if word]
        kept = [word for word in words if not _NOT_A_NAME.fullmatch(plain(word))]
        owner = " ".join(kept) or stem
        self.read.problems.append(codes.OWNER_BY_FILE.at(self.where.cell, owner=owner))
        self.read.owners.setdefault(loose(owner), owner)
        return owner

    def entries(self) -> Iterator[Entry]:
        """Read each row; titles and totals are passed over."""
        for row in self.rows:
            texts = {name: _text(row.values.get(at)) for name, at in self.columns.at.items()}
            firsts = [plain(texts.get(name, "")) for name in ("seller", "buyer", "party", "product")]
            if any(_TOTAL.fullmatch(text) for text in firsts) or plain(_first(row)) in ("total", "sous total"):
                continue
            entry = self._entry(row, texts)
            if entry is not None:
                yield entry

    def _entry(self, row: RawRow, texts: dict[str, str]) -> Entry | None:
        place = replace(self.where, row=row.number)
        seller, buyer = self._parties(texts)
        product = texts["product"]
        quantity, unit = self._figure(row, "quantity")
        amount = self._amount(row, quantity)
        price, _ = self._figure(row, "price")
        if quantity is None and amount is not None and price:
            quantity = amount / price
        missing = [name for name, value in (("party", seller and buyer), ("product", product)) if not value]
        missing += [] if quantity is not None or amount is not None else ["figure"]
        if missing:
            if len(missing) < 3:
                self.read.problems.append(codes.ROW_LEFT_OUT.at(place.cell, missing=_all_of(missing)))
            return None
        if loose(seller) == loose(buyer):
            self.read.problems.append(codes.SOLD_TO_ITSELF.at(place.cell, name=seller))
            return None
        date = read_date(row.values.get(self.columns.at.get("date", -1)), self.day_first)
        number = texts.get("number", "")
        known = w.Confidence.MEASURED if date or number else w.Confidence.ESTIMATED
        confidence = self.words.get(loose(texts.get("confidence", "")), known)
        owner = texts.get("owner") or self.owner
        return Entry(seller, buyer, product, quantity, unit or texts.get("unit", "") or self.columns.unit, amount, date,
                     confidence, loose(owner), place, number)  # fmt: skip

    def _parties(self, texts: dict[str, str]) -> tuple[str, str]:
        owner = texts.get("owner") or self.owner
        if texts.get("owner"):
            self.read.owners.setdefault(loose(owner), owner)
        seller, buyer, other = texts.get("seller", ""), texts.get("buyer", ""), texts.get("party", "")
        if "seller" in texts and "buyer" in texts:
            return seller or owner, buyer or owner
        if "seller" in texts:
            return seller, owner
        if "buyer" in texts:
            return owner, buyer
        named = plain(f"{self.where.file} {self.where.sheet}")
        sold = bool(_SALES.search(named)) and not _PURCHASES.search(named)
        return (owner, other) if sold else (other, owner)

    def _figure(self, row: RawRow, name: str) -> tuple[float | None, str]:
        at = self.columns.at.get(name)
        value = row.values.get(at) if at is not None else None
        number, unit = read_number(value, self.marks.get(name, ""))
        if number is None and isinstance(value, str) and re.search(r"\d", value):
            cell = Cell(self.where.cell.sheet, row.number, at)
            self.read.problems.append(codes.UNREAD_NUMBER.at(cell, text=tidy(value)))
        return number, unit

    def _amount(self, row: RawRow, quantity: float | None) -> float | None:
        """Return what was paid: the amount, else debit or credit, else the price times the quantity; less its tax."""
        amount, unit = self._figure(row, "amount")
        if amount is not None and unit:
            amount *= money_factor(unit, self.currency) or 1.0
        if amount is None and self.columns.at.keys() & {"debit", "credit"}:
            debit, credit = self._figure(row, "debit")[0], self._figure(row, "credit")[0]
            if debit is not None or credit is not None:
                balance = (debit or 0.0) - (credit or 0.0)
                amount = -balance if "buyer" in self.columns.at and "seller" not in self.columns.at else balance
        if amount is None and quantity is not None:
            price, _ = self._figure(row, "price")
            amount = price * quantity if price is not None else None
        rate, sign = self._figure(row, "rate") if self.columns.with_tax else (None, "")
        if amount is not None and rate is not None:
            amount /= 1.0 + (rate / 100.0 if sign == "%" or rate > 1.0 else rate)
        return amount


def _first(row: RawRow) -> str:
    return _text(row.values[min(row.values)]) if row.values else ""


def _sided(entries: list[Entry], read: Read) -> list[Entry]:
    """Say who declares a table that names both sides: the one party that all its rows have in common."""
    if not entries or any(entry.side for entry in entries):
        return entries
    for side in ("buyer", "seller"):
        names = {loose(getattr(entry, side)): getattr(entry, side) for entry in entries}
        others = {loose(entry.seller if side == "buyer" else entry.buyer) for entry in entries}
        if len(names) == 1 and (len(others) > 1 or _names_file(next(iter(names)), entries[0].place.file)):
            read.owners.setdefault(*next(iter(names.items())))
            return [replace(entry, side=next(iter(names))) for entry in entries]
    return entries


def _names_file(name: str, file: str) -> bool:
    return name in loose(file)
