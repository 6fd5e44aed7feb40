"""From the rows of somebody's tables to declared deliveries: who, what, how much, when, and where it is written."""

from __future__ import annotations

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from filiere.gather.canteens import all_of, canteen_entries
from filiere.gather.cells.figures import NUMERIC, Figures
from filiere.gather.cells.letters import letters_mended
from filiere.gather.cells.people import PRIVATE_NAME, is_private
from filiere.gather.cells.pieces import credited_rows, titled, titled_firm, with_kind
from filiere.gather.cells.qualify import (
    counted_stages,
    credited_good,
    is_yes,
    side,
    stage,
    took_place,
    trade,
)
from filiere.gather.cells.times import Times
from filiere.gather.cells.values import read_date, standing_above
from filiere.gather.cells.ways import way_by_names, way_of
from filiere.gather.cells.widths import Widths
from filiere.gather.contents import with_contents
from filiere.gather.counted import of_named_years, one_year, without_summaries
from filiere.gather.entries import Entry, OwnCost, Place, Read, rows_of
from filiere.gather.headings import Columns, company_of, find_columns, named_by, plain
from filiere.gather.members import listed_members, number_of, sided
from filiere.gather.pile.parties import PRIVATE
from filiere.gather.reads.canteen import canteen_purchases
from filiere.gather.reads.ledger import read_ledger
from filiere.gather.reads.lines import is_carriage, is_no_good
from filiere.gather.reads.tickets import tickets_table
from filiere.gather.shapes.labels import labels_filled
from filiere.gather.shapes.parties import by_sheet
from filiere.gather.shapes.straight import straight_tables
from filiere.gather.shapes.tables import unmerged
from filiere.language import Language, money
from filiere.names import loose, tidy
from filiere.problems import Code
from filiere.problems import gathering as codes
from filiere.schema import words as w
from filiere.table import RawRow, RawTable, RawValue, RawWorkbook

_DITTO = re.compile(r"idem|id\.|do\.|ditto|[\"″〃]+|//|''|,,|- ?[\"″] ?-", re.IGNORECASE)
_ODOO_CODE = re.compile(r"^\[[^\]]{1,30}\] +(?=\S)")
_REPEATED = ("seller", "buyer", "party", "product", "unit", "owner")
_TOTAL = re.compile(
    r"(sous )?(total|totaux|subtotal|sub total|grand total|report|solde)\b(?! energies?\b).*"
    r"|.{0,60}\btotal( general)?"
)
_PART = re.compile(r"\W*(dont|of which)\b", re.IGNORECASE)


def read_rows(books: Iterable[RawWorkbook], currency: str, language: Language) -> Read:
    """Return the deliveries that the tables of ``books`` declare, in the order of the files and rows.

    Amounts are in ``currency``. What cannot be read is a problem at its cell, never a guess.
    """
    read = Read()
    for book in books:
        whose = by_sheet(book.tables)
        for table in book.tables:
            if not tidy(table.sheet).startswith(("#", "_")) and table.rows:
                purchases = canteen_purchases(table)
                if purchases is not None:
                    canteen_entries(book, table, purchases, read, language)
                    continue
                _tables(
                    book, letters_mended(book, tickets_table(table) or unmerged(table), read), whose, currency, read
                )
        without_summaries(book, read)
        read.problems += book.problems
    with_contents(read)
    of_named_years(read)
    read.entries = [replace(one, buyer=PRIVATE.to(language)) if one.buyer == PRIVATE_NAME else one
                    for one in read.entries]  # fmt: skip
    return read


def _tables(book: RawWorkbook, table: RawTable, whose: Mapping[str, str], currency: str, read: Read) -> None:
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
            _table(book, one, currency, read)
        return
    sheet = "" if table.sheet == book.file_name else table.sheet
    cell = Place(book.file_name, sheet, table.rows[0].number).cell
    straight = straight_tables(table, cell, f"{book.file_name} {sheet}", whose)
    read.problems += straight.problems
    if straight.pivot:
        read.pivots.add((book.file_name, sheet))
    for one in straight.tables:
        _table(book, one, currency, read)


def _table(book: RawWorkbook, table: RawTable, currency: str, read: Read) -> None:
    file = book.file_name
    sheet = "" if table.sheet == file else table.sheet
    columns = find_columns(table)
    if columns is None:
        if len(table.rows) > 1:
            needed = all_of(("product", "party", "figure"))
            read.problems.append(codes.TABLE_LEFT_OUT.at(Place(file, sheet, table.rows[0].number).cell, missing=needed))
        return
    where = Place(file, sheet, columns.row)
    if columns.missing:
        listing = "product" in columns.missing and "figure" in columns.missing
        if not (listing and listed_members(table, columns, where, read)):
            read.problems.append(codes.TABLE_LEFT_OUT.at(where.cell, missing=all_of(columns.missing)))
        return
    read.tables += 1
    entries = list(_Rows(table, columns, where, currency, read).entries())
    if any(entry.with_tax for entry in entries):
        read.problems.append(codes.WITH_TAX.at(where.cell))
    read.entries += sided(entries, read)


def _text(value: RawValue | None) -> str:
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return tidy(str(value)) if isinstance(value, str | float) else ""


class _Rows:
    """Reads the rows of one table."""

    def __init__(self, table: RawTable, columns: Columns, where: Place, currency: str, read: Read) -> None:
        self.where, self.read, self.currency = where, read, currency
        columns, self.inferred = with_kind(columns, [row for row in table.rows if row.number > columns.row])
        self.columns, self.table_rows = columns, table.rows
        below = [row for row in table.rows if row.number > columns.row]
        self.rows, filled = labels_filled(below, columns)
        self.again = standing_above(self.rows)
        for title, numbers in list(filled.items())[:1]:
            places = [replace(where, row=number) for number in numbers]
            source = rows_of(places)
            read.problems.append(codes.LABELS_ABOVE.at(places[0].cell, column=title, count=len(places), source=source))
        self.widths, self.asked = Widths(table, columns, self.rows), False
        self.left: dict[tuple[str, str, Code], list[Place]] = defaultdict(list)
        self.figures = Figures(
            columns, where, currency, read, self.left, {name: self._column(name) for name in NUMERIC}
        )
        self.columns = columns = self.figures.settle_tax(self.rows)
        self.times = Times(self._column("date"), self._column("season"))
        if self.times.mixed:
            read.problems.append(codes.MIXED_DATES.at(where.cell))
        self.above: dict[str, str] = {}
        dated = columns.at.keys() & {"date", "year", "season", "month"}
        titles = " ".join(_text(v) for row in table.rows if row.number < columns.row for v in row.values.values())
        self.named_year = "" if dated else one_year(titles, where.sheet, where.file)
        if columns.ordered:
            read.problems.append(codes.ONLY_ORDERED.at(where.cell, column=columns.heading("quantity")))
        self.signed = self.figures.signs_written(self.rows)
        self.stages = counted_stages(stage(_text(v)) for v in self._column("kind"))
        self.credited = credited_rows(columns, self.rows)
        at = columns.at.get("product", -1)
        self.with_goods = {self._parties_of(row) for row in self.rows if not is_carriage(_text(row.values.get(at)))}
        self.titled, self.title = titled(table, columns, where.file)
        for first, second in columns.rivals:
            read.problems.append(codes.RIVAL_COLUMNS.at(where.cell, first=first, second=second))
        self.words = {loose(text): word for word in w.Confidence for text in word.spellings}
        named = columns.at.keys() & {"seller", "buyer"}
        self.by_names = way_by_names(_text(value) for value in self._column("party"))
        self.owner = "" if len(named) == 2 or "owner" in columns.at else self._owner()

    def _parties_of(self, row: RawRow) -> tuple[str, ...]:
        places = [self.columns.at[name] for name in ("seller", "buyer", "party") if name in self.columns.at]
        return tuple(loose(_text(row.values.get(at))) for at in places)

    def _column(self, name: str) -> list[RawValue]:
        at = self.columns.at.get(name)
        return [row.values[at] for row in self.rows if at is not None and at in row.values]

    def _owner(self) -> str:
        """Return who sent a table that names one side only: the firm above it, else by its file's name."""
        above = titled_firm(self.table_rows, self.columns)
        if above:
            self.read.problems.append(codes.OWNER_ABOVE.at(self.where.cell, owner=above))
            self.read.owners.setdefault(loose(above), above)
            return above
        owner = named_by(self.where.file)
        if company := company_of(self.where.file):
            self.read.numbers.append((owner, company))
        self.read.problems.append(codes.OWNER_BY_FILE.at(self.where.cell, owner=owner))
        self.read.owners.setdefault(loose(owner), owner)
        return owner

    def entries(self) -> Iterator[Entry]:
        """Read each row; titles and totals are passed over."""
        undated = []
        if self.titled:
            said = codes.TITLED_CREDIT if self.titled == "credit" else codes.TITLED_ASIDE
            self.read.problems.append(said.at(self.where.cell, title=self.title))
        for row in self.rows if self.titled != "none" else ():
            texts = self._as_above({name: _text(row.values.get(at)) for name, at in self.columns.at.items()})
            firsts = [plain(texts.get(name, "")) for name in ("seller", "buyer", "party", "product", "date", "number")]
            if any(_TOTAL.fullmatch(text) for text in (*firsts, plain(_first(row)))):
                continue
            if _PART.match(texts.get("product", "")):
                place = replace(self.where, row=row.number)
                self.left[self.columns.heading("product"), texts["product"], codes.PART_OF_ABOVE].append(place)
                continue
            if self._shifted(row) or not self._counted(row, texts):
                continue
            entry = self._entry(row, texts)
            if entry is not None:
                undated += [entry.place] if entry.undated else []
                if entry.again and not entry.number and entry.buyer != PRIVATE_NAME:
                    self.left["", "", codes.SAME_ROWS].append(entry.place)
                yield entry
        self._told(undated)

    def _as_above(self, texts: dict[str, str]) -> dict[str, str]:
        """Return the texts of a row, what is written above standing for each ditto mark."""
        told = {name: self.above.get(name, text) if _DITTO.fullmatch(text.strip()) and name in _REPEATED else text
                for name, text in texts.items()}  # fmt: skip
        self.above = {**self.above, **{name: text for name, text in told.items() if text}}
        return told

    def _told(self, undated: list[Place]) -> None:
        """Say what was left out or not used, once for the whole table."""
        if undated:
            self.read.problems.append(codes.NO_DATE.at(undated[0].cell, count=len(undated), source=rows_of(undated)))
        for (column, word, code), places in self.left.items():
            self.read.problems.append(code.at(places[0].cell, count=len(places), source=rows_of(places), column=column,
                                              word=word, other=word, currency=self.currency))  # fmt: skip
        used = {title for title, _ in self.credited.values()} | {column for column, _, _ in self.left}
        used.add(self.columns.titles.get(-1 if self.figures.taxed_at is None else self.figures.taxed_at, ""))
        unused = [
            title for at, title in self.columns.unused.items() if title not in used
            and any(_text(row.values.get(at)) or isinstance(row.values.get(at), _NO_TEXT) for row in self.rows)
        ]  # fmt: skip
        if unused:
            self.read.problems.append(codes.UNUSED_COLUMNS.at(self.where.cell, names=unused))

    def _shifted(self, row: RawRow) -> bool:
        """Whether a line of a text has more or fewer fields than its headings; said where it is."""
        off = self.widths.off(row)
        if off is not None:
            cell = replace(self.where, row=row.number).cell
            self.read.problems.append(codes.SHIFTED_ROW.at(cell, found=off[0], expected=off[1]))
        return off is not None

    def _counted(self, row: RawRow, texts: dict[str, str]) -> bool:
        """Whether the row's piece is a purchase or sale that took place."""
        place = replace(self.where, row=row.number)
        if texts.get("status") and not took_place(texts["status"]):
            self.left[self.columns.heading("status"), texts["status"], codes.NOT_COUNTED].append(place)
            return False
        if is_yes(texts.get("void", "")):
            self.left[self.columns.heading("void"), texts["void"], codes.NOT_COUNTED].append(place)
            return False
        if texts.get("kind") and stage(texts["kind"]) not in self.stages:
            self.left[self.columns.heading("kind"), texts["kind"], codes.NOT_COUNTED].append(place)
            return False
        return True

    def _sign(self, texts: dict[str, str], seller: str) -> float:
        """Return −1 where the row takes off: a credit note, or the side of the ledger that takes off."""
        sign = side(texts.get("sense", "")) if not self.signed else 0
        if sign and self.owner and loose(seller) == loose(self.owner):
            sign = -sign
        return -1.0 if sign < 0 else 1.0

    def _entry(self, row: RawRow, texts: dict[str, str]) -> Entry | None:
        place = replace(self.where, row=row.number)
        seller, buyer = self._parties(texts)
        if buyer == texts.get("buyer", texts.get("party")) and not texts.get("identifier") and is_private(buyer):
            buyer = PRIVATE_NAME
            self.left["", "", codes.PRIVATE_CLIENTS].append(place)
        product, credit = self._credited(texts, place)
        self.figures.broken(row, "unit")
        quantity, unit = self.figures.figure(row, "quantity")
        quantity = self.figures.brought_back(row, quantity)
        unit = unit or texts.get("unit", "") or self.columns.unit
        quantity, unit = self.figures.unpacked(row, quantity, unit)
        sign = self._sign(texts, seller)
        amount = self.figures.amount(row, quantity, unit)
        with_tax = amount is not None and (
            (self.columns.with_tax and not self.figures.taxed(row))
            or self.figures.says_with_tax(row)
            or self.figures.tax_open
        )
        if self.figures.disagree(row, quantity, unit):
            self.left["", "", codes.PRICE_DISAGREES].append(place)
        price = self.figures.price(row, unit)
        if quantity is None and amount is not None and price:
            quantity = amount / price
            if self.figures.broken(row, "quantity"):
                self.left["", "", codes.QUANTITY_BY_PRICE].append(place)
        quantity, amount = (
            value if value is None else -abs(value) if credit else sign * value for value in (quantity, amount)
        )
        if quantity is not None and amount is not None and quantity < 0.0 < amount:
            self.left[self.columns.heading("quantity"), _text(row.values[self.columns.at["quantity"]]),
                      codes.TAKEN_OFF].append(place)  # fmt: skip
            amount = -amount
        if is_no_good(product, amount) or (is_carriage(product) and self._parties_of(row) in self.with_goods):
            self.left[self.columns.heading("product"), product, codes.NO_GOOD].append(place)
            return None
        amount = self.figures.in_currency(row, amount, texts)
        if self._lacking(row, (seller and buyer, product), (quantity, amount), place):
            return None
        if loose(seller) == loose(buyer):
            self.read.problems.append(codes.SOLD_TO_ITSELF.at(place.cell, name=seller))
            return None
        if texts.get("identifier") and loose(self.owner) in (loose(seller), loose(buyer)):
            other = seller if loose(buyer) == loose(self.owner) else buyer
            known_by = number_of(row.values.get(self.columns.at["identifier"]))
            self.read.numbers += [(other, known_by)] if known_by else []
        told = (row.values.get(self.columns.at.get(name, -1)) for name in ("date", "year", "month", "season"))
        when = self.times.when(*told)
        date = when.date
        number = texts.get("number", "")
        known = w.Confidence.MEASURED if date or when.year or number else w.Confidence.ESTIMATED
        confidence = self.words.get(loose(texts.get("confidence", "")), known)
        owner = texts.get("owner") or self.owner
        undated = not when.date and not when.year and bool(self.columns.at.keys() & {"date", "year", "season", "month"})
        return Entry(seller, buyer, product, quantity, unit, amount, date, confidence, loose(owner), place, number,
                     year=when.year, named_year=self.named_year, with_tax=with_tax, undated=undated,
                     again=place.row in self.again)  # fmt: skip

    def _lacking(self, row: RawRow, names: tuple[str, str], figures: tuple[float | None, float | None],
                 place: Place) -> bool:  # fmt: skip
        """Whether a row lacks what an exchange needs; said with what it holds where an error is why."""
        quantity, amount = figures
        if quantity is None and self.figures.broken(row, "quantity"):
            if amount is not None and all(names):
                self.read.problems.append(codes.BROKEN_QUANTITY.at(
                    place.cell, product=names[1], amount=money(amount), currency=self.currency))  # fmt: skip
            return True
        missing = [name for name, value in zip(("party", "product"), names, strict=True) if not value]
        for name in ("seller", "buyer", "party", "product") if missing else ():
            self.figures.broken(row, name)
        missing += [] if quantity is not None or amount is not None else ["figure"]
        if missing and len(missing) < 3:
            self.read.problems.append(codes.ROW_LEFT_OUT.at(place.cell, missing=all_of(missing)))
        return bool(missing)

    def _credited(self, texts: dict[str, str], place: Place) -> tuple[str, bool]:
        """Return the good of a row, and whether its piece takes off: by its kind, its number or its label."""
        product = _ODOO_CODE.sub("", texts["product"])
        good = credited_good(product)
        back = stage(texts.get("sense", "")) == "credit" and not side(texts["sense"])
        if texts.get("kind") and stage(texts["kind"]) is not None:
            if stage(texts["kind"]) == "credit" and self.inferred:
                self.left[self.columns.heading("kind"), texts["kind"], codes.TAKEN_OFF].append(place)
            return product, stage(texts["kind"]) == "credit"
        told = [self.credited[place.row]] if place.row in self.credited else []
        told += [(self.columns.heading("sense"), texts["sense"])] if back else []
        told += [(self.columns.heading("product"), texts["product"])] if good is not None else []
        for heading, word in told[:1]:
            self.left[heading, word, codes.TAKEN_OFF].append(place)
        return good or product, bool(told) or self.titled == "credit"

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
        said = trade(texts.get("kind", "")) or trade(texts.get("sense", ""))
        if said:
            return (owner, other) if said == "seller" else (other, owner)
        way = way_of(f"{self.where.file} {self.where.sheet}")
        if not way and not self.asked:
            self.asked = True
            code = codes.SALES_BY_NAMES if self.by_names == "sold" else codes.UNKNOWN_DIRECTION
            self.read.problems.append(code.at(self.where.cell))
        return (owner, other) if (way or self.by_names) == "sold" else (other, owner)


_NO_TEXT = (float, bool, dt.date, dt.time)


def _first(row: RawRow) -> str:
    return _text(row.values[min(row.values)]) if row.values else ""
