"""From the rows of somebody's tables to declared deliveries: who, what, how much, when, and where it is written."""

from __future__ import annotations

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace

from filiere.gather.apart.shares import shares
from filiere.gather.apart.totals import called_total, is_closing, summing_rows
from filiere.gather.cells.above import Above
from filiere.gather.cells.counting import Counting
from filiere.gather.cells.doubtful import Contacts, named_beside, of_headings, without_vintage
from filiere.gather.cells.figures import NUMERIC, Figures
from filiere.gather.cells.notes import notes_of
from filiere.gather.cells.pieces import credited_rows, numbered, piece_totals, titled, with_kind
from filiere.gather.cells.qualify import credited_good, for_price_alone, side, stage, trade
from filiere.gather.cells.times import Times, closing_month, how_often, part_of_a_year, times_a_year, without_part
from filiere.gather.cells.unread import all_of
from filiere.gather.cells.values import read_date, standing_above
from filiere.gather.cells.vat import unsaid
from filiere.gather.cells.ways import way_by_names, way_of
from filiere.gather.cells.whose import owner_of
from filiere.gather.cells.widths import Widths
from filiere.gather.counted import one_year
from filiere.gather.entries import Entry, Place, Read, rows_of
from filiere.gather.headings import Columns
from filiere.gather.members import number_of
from filiere.gather.people.persons import PRIVATE_NAME, is_private, reads_like_one, without_people
from filiere.gather.people.staff import members_who_buy, without_staff
from filiere.gather.reads.lines import gives_money, is_carriage, is_no_good, own_charge
from filiere.gather.reads.packs import with_packages
from filiere.gather.shapes.labels import labels_filled
from filiere.language import Label, day, money
from filiere.names import loose, luhn, tidy
from filiere.problems import Code
from filiere.problems import gathering as codes
from filiere.schema import words as w
from filiere.table import RawRow, RawTable, RawValue
from filiere.units import factor

_ODOO_CODE = re.compile(r"^\[[^\]]{1,30}\] +(?=\S)")
_PART = re.compile(r"\W*(dont|of which)\b", re.IGNORECASE)


def _text(value: RawValue | None) -> str:
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return tidy(str(value)) if isinstance(value, str | float) else ""


class Rows:
    """Reads the rows of one table."""

    def __init__(self, table: RawTable, columns: Columns, where: Place, currency: str, read: Read) -> None:
        self.where, self.read, self.currency = where, read, currency
        self.notes = notes_of(table, columns)
        if self.notes.with_tax:
            columns = replace(columns, with_tax=True)
        if self.notes.unit and not columns.unit and "unit" not in columns.at:
            columns = replace(columns, unit=self.notes.unit)
        if self.notes.days:
            begins, ends = (Label(day(one, "en"), day(one, "fr")) for one in self.notes.days)
            read.problems.append(codes.PART_OF_A_YEAR.at(where.cell, first=begins, last=ends))
        below = [row for row in table.rows if row.number > columns.row]
        columns, self.inferred = with_kind(with_packages(columns, below), below)
        columns = members_who_buy(without_staff(numbered(columns, below), below, where, read), below)
        self.columns = columns = named_beside(without_vintage(columns, below), below)
        self.rows, filled, unnamed = labels_filled(below, columns)
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
        self.figures.note = self.notes.currency
        self.figures.settle_accounts(self.rows)
        self.columns = columns = self.figures.settle_tax(self.rows)
        if unsaid(columns) and not self.notes.says_tax:
            read.problems.append(codes.TAX_UNSAID.at(where.cell, column=unsaid(columns)))
        self.times = Times(self._column("date"), self._column("season"))
        if self.times.mixed:
            read.problems.append(codes.MIXED_DATES.at(where.cell))
        dated = columns.at.keys() & {"date", "year", "season"} or self._months_with_years()
        titles = " ".join(_text(v) for row in table.rows if row.number < columns.row for v in row.values.values())
        named = (titles, where.sheet, where.file)
        self.closing, self.named_year = closing_month(*named), "" if dated else one_year(*named)
        if columns.ordered:
            read.problems.append(codes.ONLY_ORDERED.at(where.cell, column=columns.ordered))
        part = part_of_a_year(columns.heading("quantity"))
        alone = not columns.at.keys() & {"amount", "gross", "debit", "credit"}
        self.often = how_often(columns.unused, part) if part and alone else None
        if part and self.often is None:
            read.problems.append(codes.NOT_OF_A_YEAR.at(where.cell, column=columns.heading("quantity")))
        self.above, self.signed = Above(), self.figures.signs_written(self.rows)
        self.counting, self.contacts = Counting(columns, self.rows), Contacts(columns)
        read.problems += of_headings(columns, self.rows, where)
        self.credited = credited_rows(columns, self.rows)
        at = columns.at.get("product", -1)
        self.with_goods = {self._parties_of(row) for row in self.rows if not is_carriage(_text(row.values.get(at)))}
        self.of_piece = piece_totals(columns, self.rows)
        self.sums = unnamed | summing_rows(columns, self.rows, lambda row, name: self.figures.value(row, name)[0])
        self.shares = shares(columns, self.rows)
        self.titled, self.title = titled(table, columns, where.file)
        read.problems += [codes.RIVAL_COLUMNS.at(where.cell, first=one, second=other) for one, other in columns.rivals]
        self.words = {loose(text): word for word in w.Confidence for text in word.spellings}
        self.by_names = way_by_names(_text(value) for value in self._column("party"))
        told = {"seller", "buyer"} <= columns.at.keys() or "owner" in columns.at
        self.owner = "" if told else owner_of(table.rows, columns, where, read)

    def _months_with_years(self) -> bool:
        """Whether the column of months names a year with each: ``01/2024``, no ``janv.``."""
        return any(read_date(value, True) for value in self._column("month"))

    def _parties_of(self, row: RawRow) -> tuple[str, ...]:
        places = [self.columns.at[name] for name in ("seller", "buyer", "party") if name in self.columns.at]
        return tuple(loose(_text(row.values.get(at))) for at in places)

    def _column(self, name: str) -> list[RawValue]:
        at = self.columns.at.get(name)
        return [row.values[at] for row in self.rows if at is not None and at in row.values]

    def entries(self) -> Iterator[Entry]:
        """Read each row; titles and totals are passed over."""
        undated = []
        if self.titled:
            said = codes.TITLED_CREDIT if self.titled == "credit" else codes.TITLED_ASIDE
            self.read.problems.append(said.at(self.where.cell, title=self.title))
        for row in self.rows if self.titled != "none" else ():
            texts = self.above.texts({name: _text(row.values.get(at)) for name, at in self.columns.at.items()})
            closing = not texts.get("product") and is_closing(row, self.columns)
            if closing or called_total(texts, _first(row), row.values.get(self.columns.at.get("date", -1))):
                continue
            if row.number in self.sums:
                self.left["", "", codes.SUMMING_ROW].append(replace(self.where, row=row.number))
                continue
            if _PART.match(texts.get("product", "")):
                place = replace(self.where, row=row.number)
                self.left[self.columns.heading("product"), texts["product"], codes.PART_OF_ABOVE].append(place)
                continue
            if self._shifted(row) or self.counting.begins_section(row):
                continue
            reason = self.counting.why_not(row, texts)
            if reason is not None:
                self.left[reason].append(replace(self.where, row=row.number))
                continue
            entry = self._entry(row, texts)
            if entry is not None:
                undated += [entry.place] if entry.undated else []
                if entry.again and not entry.number and entry.buyer != PRIVATE_NAME:
                    self.left["", "", codes.SAME_ROWS].append(entry.place)
                yield entry
        self._told(undated)

    def _told(self, undated: list[Place]) -> None:
        """Say what was left out or not used, once for the whole table."""
        if self.counting.lines:
            lines = [replace(self.where, row=row.number) for row in self.counting.lines]
            self.read.problems.append(codes.LINES_OF_TEXT.at(lines[0].cell, count=len(lines), source=rows_of(lines)))
        undated = list(dict.fromkeys(undated))
        if undated:
            self.read.problems.append(codes.NO_DATE.at(undated[0].cell, count=len(undated), source=rows_of(undated)))
        for (column, word, code), every in self.left.items():
            places = list(dict.fromkeys(every))  # a figure that is looked at twice, a row cut into several
            self.read.problems.append(code.at(places[0].cell, count=len(places), source=rows_of(places), column=column,
                                              word=word, other=word, currency=self.currency))  # fmt: skip
        used = {self.shares[0], *self.contacts.used, *(title for title, _ in self.credited.values())} | {
            column for column, _, _ in self.left
        }
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

    def _sign(self, texts: dict[str, str], seller: str) -> float:
        """Return −1 where the row takes off: a credit note, or the side of the ledger that takes off."""
        sign = side(texts.get("sense", "")) if not self.signed else 0
        if sign and self.owner and loose(seller) == loose(self.owner):
            sign = -sign
        return -1.0 if sign < 0 else 1.0

    def _entry(self, row: RawRow, texts: dict[str, str]) -> Entry | None:
        place = replace(self.where, row=row.number)
        seller, buyer = self._ends(row, texts, place)
        product, credit = self._credited(texts, place)
        quantity, unit = self._quantity(row, texts.get("unit", ""), place)
        sign = self._sign(texts, seller)
        amount = self.figures.amount(row, quantity, unit)
        with_tax = amount is not None and (
            ((self.columns.with_tax or self.figures.says_with_tax(row)) and not self.figures.taxed(row))
            or self.figures.tax_open
        )
        if self.figures.disagree(row, quantity, unit):
            self.left["", "", codes.PRICE_DISAGREES].append(place)
        price = self.figures.price(row, unit)
        if quantity is None and amount is not None and price:
            quantity = amount / price
            self.figures.broken(row, "quantity")
            self.left["", "", codes.QUANTITY_BY_PRICE].append(place)
        if credit and quantity and for_price_alone(texts.get("kind", ""), texts["product"]):
            self.left["", "", codes.MONEY_BACK_ALONE].append(place)
            quantity = 0.0
        adds_money = credit or stage(texts.get("kind", "")) == "prepayment"
        if quantity is None and amount is not None and adds_money and "quantity" in self.columns.at:
            quantity = 0.0  # a credit note or prepayment without goods changes what is paid alone
        quantity, amount = (
            value if value is None else -abs(value) if credit else sign * value for value in (quantity, amount)
        )
        if quantity is not None and amount is not None and quantity < 0.0 < amount:
            self.left[self.columns.heading("quantity"), _text(row.values[self.columns.at["quantity"]]),
                      codes.TAKEN_OFF].append(place)  # fmt: skip
            amount = -amount
        if self._apart(row, product, amount, place):
            return None
        stated = texts.get("currency", "") or self.notes.currency
        amount = None if self._of_piece(place) else self.figures.in_currency(row, amount, stated)
        if self._lacking(row, (seller and buyer, product), (quantity, amount), place):
            return None
        if loose(seller) == loose(buyer):
            self.read.problems.append(codes.SOLD_TO_ITSELF.at(place.cell, name=seller))
            return None
        if texts.get("identifier") and loose(self.owner) in (loose(seller), loose(buyer)):
            other = seller if loose(buyer) == loose(self.owner) else buyer
            named = self._known_by(row, other, place)
            seller, buyer = (named if one == other else one for one in (seller, buyer))
        told = (row.values.get(self.columns.at.get(name, -1)) for name in ("date", "year", "month", "season"))
        when = self.times.when(*told)
        date = when.date
        number = texts.get("number", "")
        known = w.Confidence.MEASURED if date or when.year or number else w.Confidence.ESTIMATED
        known = w.Confidence.ESTIMATED if row.number in self.figures.rough else known
        confidence = self.words.get(loose(texts.get("confidence", "")), known)
        owner = texts.get("owner") or self.owner
        undated = not when.date and not when.year and bool(self.columns.at.keys() & {"date", "year", "season", "month"})
        return Entry(seller, buyer, product, quantity, unit, amount, date, confidence, loose(owner), place, number,
                     year=when.year, named_year=self.named_year, closing=self.closing, with_tax=with_tax,
                     undated=undated, again=place.row in self.again)  # fmt: skip

    def _quantity(self, row: RawRow, counted: str, place: Place) -> tuple[float | None, str]:
        """Return how much a row is of in the year, and the unit it is counted in."""
        self.figures.broken(row, "unit")
        quantity, unit = self.figures.figure(row, "quantity")
        quantity = self.figures.brought_back(row, quantity)
        quantity, unit = self.figures.in_batches(quantity, unit or counted or self.columns.unit)
        quantity, unit = self.figures.unpacked(row, quantity, unit)
        if quantity is not None and row.number in self.shares[1]:
            quantity *= self.shares[1][row.number]
            self.left[self.columns.heading("quantity"), self.shares[0], codes.SHARED_TOTAL].append(place)
        self._two_units(counted, place)
        if part_of_a_year(unit):
            self.left[self.columns.heading("quantity"), "", codes.NOT_OF_A_YEAR].append(place)
        return self._of_the_year(row, quantity, place), without_part(unit)

    def _of_the_year(self, row: RawRow, quantity: float | None, place: Place) -> float | None:
        """Return a quantity of a day, a week or a delivery times how often a column says that it comes."""
        times = times_a_year(row.values.get(self.often)) if self.often is not None else None
        if quantity is None or self.often is None:
            return quantity
        if times is None:
            self.left[self.columns.heading("quantity"), "", codes.NOT_OF_A_YEAR].append(place)
            return quantity
        self.left[self.columns.titles[self.often], "", codes.TIMES_A_YEAR].append(place)
        return quantity * times

    def _two_units(self, typed: str, place: Place) -> None:
        """Tell of a row whose unit is another than that of the heading of quantities."""
        if typed and self.columns.unit and factor(typed, self.columns.unit) != 1.0:
            self.left[self.columns.heading("quantity"), typed, codes.UNITS_DISAGREE].append(place)

    def _of_piece(self, place: Place) -> bool:
        """Whether a row's amount is that of its whole piece; said once for the table."""
        if place.row in self.of_piece:
            self.left[self.columns.heading("amount"), "", codes.PIECE_TOTAL].append(place)
        return place.row in self.of_piece

    def _apart(self, row: RawRow, product: str, amount: float | None, place: Place) -> bool:
        """Whether a row is for no good: what an actor pays of its own, transport, a deposit, a payment."""
        charge = own_charge(product) or own_charge(_text(row.values.get(self.columns.at["product"])))
        if charge:
            self.left[self.columns.heading("product"), charge, codes.OWN_CHARGES].append(place)
        elif gives_money(product):
            self.left[self.columns.heading("product"), gives_money(product), codes.FUNDING_APART].append(place)
        elif is_no_good(product, amount) or (is_carriage(product) and self._parties_of(row) in self.with_goods):
            self.left[self.columns.heading("product"), product, codes.NO_GOOD].append(place)
        else:
            return False
        return True

    def _known_by(self, row: RawRow, other: str, place: Place) -> str:
        """Take the number beside a party, and return its name: with the number where another firm has that name."""
        heading = self.columns.heading("identifier")
        known_by = number_of(row.values.get(self.columns.at["identifier"]))
        if not known_by:
            self.left[heading, "", codes.UNREAD_IDENTIFIER].append(place)
            return other
        if not luhn(known_by):
            self.left[heading, known_by, codes.WRONG_NUMBER].append(place)
        if self.read.sirens.setdefault(loose(other), known_by[:9]) != known_by[:9]:
            self.left[heading, other, codes.TWO_FIRMS].append(place)
            other = f"{other} ({known_by[:9]})"
        self.read.numbers.append((other, known_by))
        return other

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
        if missing and len(missing) < 3 and (missing != ["figure"] or row.number not in self.figures.foreign):
            self.read.problems.append(codes.ROW_LEFT_OUT.at(place.cell, missing=all_of(missing)))
        return bool(missing)

    def _credited(self, texts: dict[str, str], place: Place) -> tuple[str, bool]:
        """Return the good of a row, and whether its piece takes off: by its kind, its number or its label."""
        product = without_people(_ODOO_CODE.sub("", texts["product"]))
        if product != texts["product"] and not _ODOO_CODE.search(texts["product"]):
            self.left[self.columns.heading("product"), "", codes.PEOPLE_IN_LABELS].append(place)
        good = credited_good(product)
        back = stage(texts.get("sense", "")) == "credit" and not side(texts["sense"])
        if texts.get("kind") and stage(texts["kind"]) is not None:
            if stage(texts["kind"]) == "credit" and self.inferred:
                self.left[self.columns.heading("kind"), texts["kind"], codes.TAKEN_OFF].append(place)
            return product, stage(texts["kind"]) == "credit"
        told = [self.credited[place.row]] if place.row in self.credited else []
        told += [(self.columns.heading("sense"), texts["sense"])] if back else []
        told += [(self.columns.heading("product"), product)] if good is not None else []
        for heading, word in told[:1]:
            self.left[heading, word, codes.TAKEN_OFF].append(place)
        return good or product, bool(told) or self.titled == "credit" or self.counting.credited

    def _ends(self, row: RawRow, texts: dict[str, str], place: Place) -> tuple[str, str]:
        """Return who sells and who buys; a client who is a person is nobody in particular."""
        seller, buyer = self._parties(texts := self.contacts.texts(row, texts))
        if seller and seller == texts.get("seller", texts.get("party")) and is_private(seller):
            self.left["", "", codes.PEOPLE_WHO_SELL].append(place)
        if buyer == texts.get("buyer", texts.get("party")) and not texts.get("identifier"):
            if is_private(buyer):
                if row.values.get(self.columns.at.get("buyer", -1)) != PRIVATE_NAME:  # a till's, which is told
                    self.left["", "", codes.PRIVATE_CLIENTS].append(place)
                buyer = PRIVATE_NAME
            elif reads_like_one(buyer):
                self.left["", "", codes.MAYBE_PEOPLE].append(place)
        return seller, buyer

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
        way = way_of(f"{self.where.file} {self.where.sheet}") or ("sold" if self.contacts.first is not None else "")
        if not way and not self.asked:
            self.asked = True
            code = codes.SALES_BY_NAMES if self.by_names == "sold" else codes.UNKNOWN_DIRECTION
            self.read.problems.append(code.at(self.where.cell))
        return (owner, other) if (way or self.by_names) == "sold" else (other, owner)


_NO_TEXT = (float, bool, dt.date, dt.time)


def _first(row: RawRow) -> str:
    return _text(row.values[min(row.values)]) if row.values else ""
