"""The figures of a row: how much, at what price, for what amount, net of its tax and less its discount."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from filiere.gather.cells.qualify import side
from filiere.gather.cells.sizes import Worked
from filiere.gather.cells.unread import NOTHING, error_in, no_number
from filiere.gather.cells.values import decimal_mark, exactly_said, of_several_numbers, read_number
from filiere.gather.cells.vat import is_open, is_price_with_tax, reading, unsaid
from filiere.gather.entries import Place, Read
from filiere.gather.headings import Columns, is_of_one, meaning, packages, plain, unit_of
from filiere.gather.reads.lines import is_payment
from filiere.gather.reads.money import is_money, money_of, price_batch, price_unit
from filiere.gather.reads.packs import by_the_piece, counted_in, is_thousand, packed, pieces_in
from filiere.problems import Cell, Code
from filiere.problems import gathering as codes
from filiere.table import Percentage, RawRow, RawValue, Shown
from filiere.units import factor, is_measured, money_factor, multiplied

NUMERIC = ("quantity", "amount", "price", "debit", "credit", "rate", "discount", "tax", "returned")
_HT_TTC = re.compile(r"(ht (ou )?ttc|ttc (ou )?ht|taxes?|base|(regime|type) de (prix|montant))")
_WITH = re.compile(r"\b(ttc|incl\w*|toutes taxes)\b")
_SHARE = re.compile(r"\b(taux|rate|pourcent\w*|percent)\b")
_MOST_OFF = 0.3
"""Up to what share a discount below one is believed to be a share: 0.5 may be 50 % or half a per cent."""
_CASCADE = re.compile(r"\d+([.,]\d+)? ?%?( ?\+ ?\d+([.,]\d+)? ?%?)+")
"""Discounts that come off one after the other: ``10 % + 5 %``."""
_GAP = 0.02
"""From which share of the amount on price and quantity make another one, whatever was rounded."""
_RATES = (0.0, 2.1, 5.5, 8.5, 10.0, 13.0, 20.0, 0.021, 0.055, 0.085, 0.1, 0.13, 0.2)
_CENTS = re.compile(r"\b(cts?|centimes?|cents)\b")
_PIECES = re.compile(r"^(nombre|nb|nbre|number|pieces?|tetes?)\b")
_PER_UNIT = re.compile(r"\bunites?$")  # which may be the unit that the row counts in
_WEIGHT = re.compile(r"^(poids|volume|litrage|tonnage|weight)\b")
_FREE = {"offert", "offerte", "offerts", "gratuit", "gratuite", "gratuits", "don", "free"}


class Figures:
    """Reads the figures of the rows of one table; what cannot be read is told at its cell."""

    def __init__(self, columns: Columns, where: Place, currency: str, read: Read,
                 left: dict[tuple[str, str, Code], list[Place]],
                 values: Mapping[str, list[RawValue]]) -> None:  # fmt: skip
        self.columns, self.where, self.currency, self.read, self.left = columns, where, currency, read, left
        mark = decimal_mark(v for name in NUMERIC for v in values[name])
        self.marks = {name: decimal_mark(values[name], mark) for name in NUMERIC}
        taxes = [read_number(v, self.marks["tax"])[0] for v in values["tax"]]
        money = re.search(r"\b(montant|amount)\b", plain(columns.heading("tax")))
        self.rates = bool(taxes) and not money and all(one in _RATES for one in taxes)
        """Whether the column of tax holds rates rather than money."""
        self.doubted = False
        self.note = ""
        """The money that a note says amounts are in, in thousands or not: ``k€``."""
        self.tax_open = False
        """Whether nothing tells if the amounts include the tax beside them."""
        self.taxed_at = next((at for at, title in columns.unused.items() if _HT_TTC.fullmatch(plain(title))), None)
        """Where each row says whether its amount includes tax."""
        self.rough: set[int] = set()
        """The rows whose quantity is said to be a rough one."""
        self.foreign: set[int] = set()
        """The rows whose amount is in another currency, which is told."""
        self.of_parties = False
        """Whether debit and credit are those of the parties' own accounts, in which payments stand beside invoices."""
        self.scale = self._scale(values["discount"])

    def _scale(self, values: Iterable[RawValue]) -> float | None:
        """Return what turns the column's discounts into shares: one scale for all of them, None where none is sure."""
        title = self.columns.heading("discount")
        if "%" not in title and not _SHARE.search(plain(title)):
            return None
        read = [read_number(v, self.marks["discount"]) for v in values if not isinstance(v, Percentage)]
        most = max((abs(number) for number, sign in read if number is not None and sign != "%"), default=100.0)
        return 0.01 if most > 1.0 else 1.0 if most <= _MOST_OFF else None

    def settle_accounts(self, rows: Iterable[RawRow]) -> None:
        """See whether payments stand on the side that a sale (or purchase) would have in an account of sales."""
        sells = "buyer" in self.columns.at and "seller" not in self.columns.at
        at = self.columns.at.get("product", -1)
        paid = [row for row in rows if isinstance(label := row.values.get(at), str) and is_payment(label)]
        self.of_parties = any(self.value(row, "credit" if sells else "debit")[0] for row in paid)

    def settle_tax(self, rows: Iterable[RawRow]) -> Columns:
        """Return the columns once it is said whether amounts include the tax beside them, where no heading tells."""
        rows = list(rows)
        self._settle_price(rows)
        if unsaid(self.columns) and self.columns.at.keys() >= {"quantity", "price", "amount"}:
            return self._of_prices(rows)
        if not is_open(self.columns):
            return self.columns
        pairs = [(self.value(row, "amount")[0], self.value(row, "tax")[0]) for row in rows]
        found = reading((amount, tax) for amount, tax in pairs if amount is not None and tax is not None)
        if found == "gross":
            self.columns, self.rates = replace(self.columns, with_tax=True), False
        self.tax_open = found == "open" and not self.rates
        if found == "gross" or self.tax_open:
            code = codes.TAX_OPEN if self.tax_open else codes.TAX_WITHIN
            self.read.problems.append(code.at(self.where.cell, column=self.columns.heading("amount")))
        return self.columns

    def _settle_price(self, rows: Sequence[RawRow]) -> None:
        """Take prices for those of whole rows where a row that comes back has its minus in both: no unit costs less."""
        at = self.columns.at
        if not at.keys() >= {"quantity", "price"} or at.keys() & {"amount", "gross", "debit", "credit", "unit"}:
            return
        figures = [(self.value(row, "quantity")[0] or 0.0, self.value(row, "price")[0] or 0.0) for row in rows]
        if any(quantity < 0.0 and price < 0.0 for quantity, price in figures):
            self.read.problems.append(codes.PRICES_OF_ROWS.at(self.where.cell, column=self.columns.heading("price")))
            places = {("amount" if name == "price" else name): place for name, place in at.items()}
            self.columns = replace(self.columns, at=places)
            self.marks["amount"] = self.marks["price"]

    def _of_prices(self, rows: Iterable[RawRow]) -> Columns:
        """Return the columns without amounts that are what the prices make, with a usual tax on top of it."""
        names = ("quantity", "price", "amount")
        read = [[self.value(row, name)[0] or 0.0 for name in names] for row in rows]
        if is_price_with_tax((quantity, price, amount) for quantity, price, amount in read):
            code = codes.TAX_ON_PRICES.at(self.where.cell, column=self.columns.heading("amount"))
            self.read.problems.append(code)
            kept = {name: at for name, at in self.columns.at.items() if name != "amount"}
            self.columns = replace(self.columns, at=kept)
        return self.columns

    def signs_written(self, rows: Iterable[RawRow]) -> bool:
        """Whether the amounts of the credit side carry their minus already."""
        at = self.columns.at.get("sense", -1)
        taken = [row for row in rows if at in row.values and side(str(row.values[at])) < 0]
        found = [self.value(row, name)[0] for row in taken for name in ("amount", "quantity")]
        return bool(taken) and all(one is None or one <= 0 for one in found)

    def value(self, row: RawRow, name: str) -> tuple[float | None, str]:
        """Return a figure and the unit typed with it; nothing is told of one that cannot be read."""
        at = self.columns.at.get(name)
        return read_number(row.values.get(at) if at is not None else None, self.marks.get(name, ""))

    def in_currency(self, row: RawRow, amount: float | None, stated: str) -> float | None:
        """Return the amount where it is in the workbook's currency, None where it is in another."""
        if amount is None:
            return None
        at = self.columns.at.get("amount", self.columns.at.get("price", -1))
        typed = read_number(row.values.get(at), "")[1]
        typed = (typed if is_money(typed) else money_of(typed)) or money_of(self.columns.titles.get(at, ""))
        for one in (stated, typed):
            if one and money_factor(one, self.currency) is None and (one == stated or is_money(one)):
                place = replace(self.where, row=row.number)
                self.left[self.columns.heading("currency"), one, codes.OTHER_CURRENCY].append(place)
                self.foreign.add(row.number)
                return None
        return amount

    def broken(self, row: RawRow, name: str) -> bool:
        """Whether a figure's cell holds an error or was never computed; said where it is."""
        at = self.columns.at.get(name)
        value = row.values.get(at) if at is not None else None
        problem = error_in(value, Cell(self.where.cell.sheet, row.number, at))
        self.read.problems += [problem] if problem else []
        return problem is not None

    def in_batches(self, quantity: float | None, unit: str) -> tuple[float | None, str]:
        """Return a quantity in pieces where its heading counts thousands or dozens of them: ``Quantité (milliers)``."""
        unit, thousands = counted_in(unit), is_thousand(self.columns.unit)
        pieces = thousands or (unit != self.columns.unit and by_the_piece(unit))
        times, unit = pieces_in(self.columns.unit) if pieces else 1.0, "" if is_thousand(unit) else unit
        return quantity if quantity is None else quantity * times, unit

    def unpacked(self, row: RawRow, quantity: float | None, unit: str) -> tuple[float | None, str]:
        """Return how much a number of packages holds and its unit, where a column says what one of them holds.

        A price for one package, or one that says nothing, leaves them as they are.
        """
        package = packages(self.columns.heading("quantity"))
        if quantity is None or not package:
            return quantity, unit
        price = self.columns.heading("price")
        if "amount" not in self.columns.at and not (price_unit(price) or by_the_piece(price)):
            return quantity, unit or package
        for at, title in self.columns.unused.items():
            size = read_number(row.values.get(at), self.marks["quantity"])[0] if is_of_one(title) else None
            held = unit_of(title) or unit
            if size and held:
                self.left[title, "", codes.PACKAGES_HOLD].append(replace(self.where, row=row.number))
                return quantity * size, held
        return quantity, unit or package

    def brought_back(self, row: RawRow, quantity: float | None) -> float | None:
        """Return a quantity less what came back of it, where the table says it beside."""
        back = self.value(row, "returned")[0]
        return quantity if back is None or quantity is None or not 0.0 < back <= quantity else quantity - back

    def price(self, row: RawRow, unit: str) -> float | None:
        """Return the price of one ``unit``, whatever unit its cell or else the heading names."""
        price, typed = self.figure(row, "price")
        heading = typed if "/" in typed or price_unit(typed) else self.columns.heading("price")
        times = self._priced_units(row, heading, unit) if price is not None else 1.0
        money = 0.01 if _CENTS.search(plain(heading)) else money_factor(money_of(heading), self.currency) or 1.0
        batch = price_batch(heading)
        if batch != 1.0 or by_the_piece(heading):
            money *= pieces_in(unit)
        return price * times * money / batch if price is not None and times is not None else None

    def _priced_units(self, row: RawRow, heading: str, unit: str) -> float | None:
        """Return how many of the units that a price of this heading is for one ``unit`` holds; said if nothing tells.

        A package holds what its unit or its product says: ``sac 25 kg``, ``Tomme 2,5 kg``.
        """
        per, packed_in = price_unit(heading), self._packages(row)
        if not per and packed_in is not None and "amount" not in self.columns.at:
            if by_the_piece(heading):
                return (packed_in.packages or 1.0) / packed_in.value
            place, typed = replace(self.where, row=row.number), str(row.values[self.columns.at["quantity"]])
            self.left[self.columns.heading("price"), typed, codes.PRICE_OF_PACKAGE_OR_UNIT].append(place)
            return None
        of_pieces = (
            by_the_piece(heading) and not _PER_UNIT.search(plain(heading)) and (factor(unit, "kg") or factor(unit, "l"))
        )
        if of_pieces and "amount" not in self.columns.at:
            self.left[self.columns.heading("price"), unit, codes.PRICE_OF_ANOTHER_UNIT].append(
                replace(self.where, row=row.number)
            )
            return None
        if not per or not unit:
            return 1.0
        size, counted = multiplied(unit)
        times = factor(counted, per)
        if times is not None:
            return size * times
        label = row.values.get(self.columns.at.get("product", -1))
        for text in (f"{label} {unit}", str(label)):
            held = packed(text)
            inside = factor(held.unit, per) if held else None
            if held and inside is not None:
                return held.size * (held.packages or 1) * inside
        if "amount" not in self.columns.at:
            place = replace(self.where, row=row.number)
            self.left[self.columns.heading("price"), unit, codes.PRICE_OF_ANOTHER_UNIT].append(place)
        return None

    def _packages(self, row: RawRow) -> Worked | None:
        """Return a row's quantity where it writes packages of one size: ``3 x 5 kg``; None for any other."""
        value = row.values.get(self.columns.at.get("quantity", -1))
        worked = of_several_numbers(value, self.marks["quantity"])
        return worked if worked and worked.packages else None

    def _shows(self, name: str, unit: str) -> bool:
        """Whether what a number's format shows beside it says more than its column: money of money, else a unit."""
        if name == "quantity":
            return not is_money(unit) and not self.columns.unit and "unit" not in self.columns.at
        return is_money(unit)

    def figure(self, row: RawRow, name: str) -> tuple[float | None, str]:
        """Return a figure and the unit typed with it; a text that is no number is told at its cell."""
        at = self._weighed(row) if name == "quantity" else self.columns.at.get(name)
        value = row.values.get(at) if at is not None else None
        self.broken(row, name)
        if name == "quantity" and isinstance(value, str) and value != (said := exactly_said(value)):
            value = said
            self.rough.add(row.number)
            self.left[self.columns.heading(name), "", codes.ROUGH_FIGURE].append(replace(self.where, row=row.number))
        number, unit = read_number(value, self.marks.get(name, ""))
        if name == "quantity" and (unit == "%" or isinstance(value, Percentage)):
            number, value = None, f"{100.0 * value:g} %" if isinstance(value, Percentage) else value  # a share of what?
        if isinstance(value, Shown) and not self._shows(name, unit):
            unit = ""
        if number is None and name != "quantity" and isinstance(value, str) and plain(value) in _FREE:
            return 0.0, ""
        problem = no_number(value, Cell(self.where.cell.sheet, row.number, at)) if number is None else None
        self.read.problems += [problem] if problem else []
        return number, unit

    def _weighed(self, row: RawRow) -> int | None:
        """Return where a row's quantity stands: its weight, not its number of pieces, where its unit is a measure."""
        at, unit = self.columns.at.get("quantity"), row.values.get(self.columns.at.get("unit", -1))
        if at is None or not isinstance(unit, str) or not is_measured(unit) or factor(unit, "u"):
            return at
        if not _PIECES.search(plain(self.columns.titles[at])):
            return at
        weights = (n for n, title in self.columns.unused.items() if _WEIGHT.search(plain(title))
                   and meaning(title) == "quantity" and not is_of_one(title) and row.values.get(n))  # fmt: skip
        return next(weights, at)

    def amount(self, row: RawRow, quantity: float | None, counted: str) -> float | None:
        """Return what was paid: the amount, else debit or credit, else the price times the quantity; less its tax."""
        amount, unit = self.figure(row, "amount")
        unit = unit or money_of(self.columns.heading("amount")) or self.note
        if amount is not None and unit:
            amount *= money_factor(unit, self.currency) or 1.0
        if amount is not None and _CENTS.search(plain(self.columns.heading("amount"))):
            amount /= 100.0
        if amount == 0.0 and quantity and self._unpriced(row):
            self.left[self.columns.heading("amount"), "", codes.NOUGHT_UNPRICED].append(
                replace(self.where, row=row.number)
            )
            return None
        if amount is None and self.columns.at.keys() & {"debit", "credit"}:
            debit, credit = self.figure(row, "debit")[0], self.figure(row, "credit")[0]
            if debit is not None or credit is not None:
                balance = (debit or 0.0) - (credit or 0.0)
                amount = -balance if "buyer" in self.columns.at and "seller" not in self.columns.at else balance
                amount = -amount if self.of_parties else amount
        if amount is None and quantity is not None:
            price = self.price(row, counted)
            amount = self._less_discount(row, price * quantity) if price is not None else None
        elif (
            amount is not None
            and "discount" in self.columns.at
            and not self.doubted
            and not self._discounted(row, amount, quantity, counted)
        ):
            self.doubted = True
            self.read.problems.append(
                codes.DISCOUNT_UNCLEAR.at(self.where.cell, column=self.columns.heading("discount"))
            )
        taxed = self.columns.with_tax or self.says_with_tax(row)
        return self._net(row, amount, quantity) if amount is not None and taxed else amount

    def _discounted(self, row: RawRow, amount: float, quantity: float | None, counted: str) -> bool:
        """Whether an amount is what price and quantity make less the row's discount, or there is no discount."""
        off, (price, said) = self.value(row, "discount")[0], (self.price(row, counted), len(self.left))
        if not off:
            return True
        made = None if price is None or quantity is None else self._less_discount(row, price * quantity)
        return made is not None and abs(abs(made) - abs(amount)) <= _GAP * abs(amount) and said == len(self.left)

    def _unpriced(self, row: RawRow) -> bool:
        """Whether the cell of a row's price is empty, so that a product of it comes to nothing."""
        at = self.columns.at.get("price")
        return at is not None and not str(row.values.get(at, "")).strip()

    def taxed(self, row: RawRow) -> bool:
        """Whether the row says what its tax is."""
        return any(self.value(row, name)[0] is not None for name in ("rate", "tax"))

    def says_with_tax(self, row: RawRow) -> bool:
        """Whether the cell of the amount itself says that tax is in it: ``120 € TTC``."""
        if self.taxed_at is not None and _WITH.search(plain(str(row.values.get(self.taxed_at, "")))):
            return True
        names = [name for name in ("amount", "price") if name in self.columns.at]
        value = row.values.get(self.columns.at[names[0]]) if names else None
        return isinstance(value, str) and bool(re.search(r"\bttc\b|\bincl\w* (vat|tax)", plain(value)))

    def disagree(self, row: RawRow, quantity: float | None, unit: str) -> bool:
        """Whether quantity times price makes another amount than the one written, though nothing is taken off."""
        if not self.columns.at.keys() >= {"amount", "price"} or self.columns.at.keys() & {"discount", "gross"}:
            return False
        amount, price = self.value(row, "amount")[0], self.price(row, unit)
        if amount is None or price is None or quantity is None or self.columns.with_tax:
            return False
        packages = self._packages(row)
        paid = [abs(times * price) for times in (quantity, packages.packages if packages else None) if times]
        return all(abs(one - abs(amount)) > _GAP * max(abs(amount), one) for one in paid)

    def _net(self, row: RawRow, amount: float, quantity: float | None) -> float:
        """Return an amount that includes tax less its tax, where the row gives its rate or what it comes to."""
        rate, sign = self.figure(row, "rate")
        tax, mark = self.figure(row, "tax")
        if rate is None and tax is not None and (mark == "%" or self.rates):
            rate, sign, tax = tax, mark, None
        if rate is not None:
            return amount / (1.0 + (rate / 100.0 if sign == "%" or rate > 1.0 else rate))
        if tax is not None:
            at_price = "amount" not in self.columns.at and quantity is not None and abs(tax) < abs(amount / quantity)
            return amount - tax * (quantity or 1.0) if at_price else amount - tax
        return amount

    def _further_discounts(self, row: RawRow) -> float:
        """Return what further discounts in per cent leave: they come off one after the other."""
        left = 1.0
        for at, title in self.columns.unused.items():
            if meaning(title) == "discount" and "%" in title:
                value = read_number(row.values.get(at), self.marks["discount"])[0]
                scale = 1.0 if isinstance(row.values.get(at), Percentage) else 0.01
                left *= 1.0 - abs(value or 0.0) * scale
        return left

    def _less_discount(self, row: RawRow, amount: float) -> float | None:
        """Return an amount less the row's discount; None where the discount may be a share or money."""
        typed = row.values.get(self.columns.at.get("discount", -1))
        if isinstance(typed, str) and _CASCADE.fullmatch(typed.strip()):
            for part in re.findall(r"\d+(?:[.,]\d+)?", typed):
                amount *= 1.0 - float(part.replace(",", ".")) / 100.0
            return amount
        value, sign = self.figure(row, "discount")
        if value is None and isinstance(typed, str) and plain(typed) not in NOTHING | _FREE:
            return None
        if value is None or value == 0.0:
            return None if self.broken(row, "discount") else amount
        title = self.columns.heading("discount")
        shown = isinstance(row.values.get(self.columns.at["discount"]), Percentage)
        scale = 1.0 if shown else 0.01 if sign == "%" else self.scale
        if scale is not None:
            return amount * (1.0 - abs(value) * scale) * self._further_discounts(row)
        if sign or money_of(title) or re.search(r"\b(montant|amount)\b", plain(title)):
            return amount - abs(value)
        self.left[title, "", codes.DISCOUNT_UNREAD].append(replace(self.where, row=row.number))
        return None
