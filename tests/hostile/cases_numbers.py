"""Numbers: as text of every kind, as dates and truths, with units, out of bounds; formulas and errors."""

from __future__ import annotations

import datetime as dt

from filiere.table import Percentage
from tests.hostile.book import Book, Error, Formula, Value
from tests.hostile.case import Case, Change, refused, same, warned
from tests.hostile.cases_texts import put


def price(value: Value | None) -> Change:
    """Write the price of the flour that goes from the mill to the first bakery, 1000."""
    return put("links", "price", 8, value)


def quantity(value: Value | None) -> Change:
    """Write the first need of bread, 165 t."""
    return put("needs", "quantity", 2, value)


def loss(value: Value | None) -> Change:
    """Write the loss of the store of flour, blank."""
    return put("storage", "loss", 6, value)


_THOUSAND = (
    "1000", " 1000 ", "1 000", "1\u00a0000", "1\u202f000", "1\u2009000", "1000,0", "1000.00", "1 000,00", "1\u202f000,00",
    "1.000,00", "1,000.00", "1'000.00", "1\u2019000", "1e3", "1E+3", "1000 €", "€1000", "1\u00a0000 €", "1000 EUR",
    "1000 €/t", "1000 euros", "+1000", "1000\u200b", "1000\n", "0001000",
)  # fmt: skip
_NO_NUMBER = (
    "mille", "environ 1000", "~1000", ">1000", "1000?", "1000-1200", "1000 à 1200", "(1000)", "10 00", "1 0000", "1_000",
    "0x3E8", "inf", "-inf", "Infinity", "nan", "1e999", "１０００", "١٠٠٠", "½", "=1000", "'1000", "1000 1200",
    "1,0,0,0", "1..5", "#N/A", "VRAI", "10/12", "1 h 30", "\u2168",
)  # fmt: skip
_PLACEHOLDERS = (
    "n.d.",
    "nd",
    "N.D.",
    "NA",
    "N/A",
    "n/a",
    "nc",
    "?",
    "-",
    "—",
    "–",
    "…",
    "x",
    "néant",
    "inconnu",
    "null",
)
_HUNDRED_SIXTY_FIVE = (
    "165 t",
    "165t",
    "165\u00a0t",
    "165 T",
    "165 tonnes",
    "165 t/an",
    "165000 kg",
    "165 000 kg",
    "0,165 kt",
)
_ERRORS = ("#REF!", "#N/A", "#DIV/0!", "#VALUE!", "#NAME?", "#NUM!", "#NULL!", "#SPILL!", "#CALC!", "#GETTING_DATA")

TEXTS = [
    *(Case(f"1000 written {text!r}", price(text), same(), text=True) for text in _THOUSAND),
    *(Case(f"number that is none: {text!r}", price(text), refused("NUM01 links.price.8"), text=True) for text in _NO_NUMBER),
    *(Case(f"number that nobody knows: {text!r}", price(text), refused("NUM03 links.price.8"), text=True) for text in _PLACEHOLDERS),
    *(Case(f"number that reads in two ways: {text!r}", price(text), refused("NUM02 links.price.8"), text=True)
      for text in ("1,000", "1.000", "12,345", "1.234")),
    *(Case(f"165 t written {text!r}", quantity(text), same(), text=True) for text in _HUNDRED_SIXTY_FIVE),
    *(Case(f"price below zero written {text!r}", price(text), same(price(-1000.0)), text=True)
      for text in ("-1000", "- 1000", "\u22121000", "–1 000,0")),
    Case("decimal comma in a coordinate", put("actors", "latitude", 2, "45,29"), same()),
    Case("degrees and minutes in a coordinate", put("actors", "latitude", 2, "45°17'"), refused("NUM01 actors.latitude.2")),
    Case("decimal comma lost in a coordinate", put("actors", "latitude", 2, 4529.0), refused("NUM06 actors.latitude.2")),
    Case("apostrophe that Excel hides", price("'1000"[1:]), same()),
    Case("number for a blank text", put("products", "family", 2, 12.0), same(put("products", "family", 2, "12"))),
    Case("percentage of what is no share", price("12 %"), refused("NUM04 links.price.8")),
    Case("litres of what is weighed", quantity("165 L"), refused("UNI01 needs.quantity.2")),
    Case("unit that nobody knows", quantity("165 palettes"), refused("UNI01 needs.quantity.2")),
    Case("words behind a price", price("1000 et plus"), refused("UNI01 links.price.8")),
    Case("two units", quantity("165 t 20 kg"), refused("NUM01 needs.quantity.2")),
    Case("price in another money", price("1000 $"), refused("UNI01 links.price.8")),
    Case("price per kilogram of what is counted in tonnes", price("1 €/kg"), same()),
    Case("half a rank", put("objectives", "rank", 2, 1.5), refused("NUM08 objectives.rank.2")),
    Case("rank zero", put("objectives", "rank", 2, 0.0), refused("NUM05 objectives.rank.2")),
    Case("rank as text", put("objectives", "rank", 2, "1"), same()),
]  # fmt: skip

_HALF_SHARES: tuple[tuple[Value, float], ...] = (
    ("5 %", 0.05), ("5%", 0.05), ("5\u202f%", 0.05), ("5,0 %", 0.05), ("5 pour cent", 0.05),
    ("100 %", 1.0), ("0 %", 0.0), (5.0, 0.05), ("5", 0.05), (1.0001, 0.010001),
)  # fmt: skip

SHARES = [
    *(Case(f"share written {text!r}", loss(text), same(loss(Percentage(value)))) for text, value in _HALF_SHARES),
    *(Case(f"share written {value!r} under a heading that says per cent", loss(value),
           warned("NUM13 storage.loss.6", same_as=loss(Percentage(0.05)))) for value in ("0,05", 0.05)),
    *(Case(f"share of more than all: {value!r}", loss(value), refused("NUM07 storage.loss.6"))
      for value in (500.0, "500", "105 %", Percentage(1.0001))),
    *(Case(f"share below nothing: {value!r}", loss(value), refused("NUM05 storage.loss.6")) for value in (-0.1, "-5 %")),
    Case("share with a unit", loss("5 t"), refused("NUM09 storage.loss.6")),
    Case("shares of the year in per cent", lambda b: [put("periods", "share", row, "25 %")(b) for row in range(2, 6)], same()),
    Case("shares of the year that make 120 %", lambda b: [put("periods", "share", row, 0.3)(b) for row in range(2, 6)],
         refused("PER01 periods.share.2")),
    Case("shares of the year in hundreds", lambda b: [put("periods", "share", row, 25.0)(b) for row in range(2, 6)], same()),
    Case("one share of the year blank", put("periods", "share", 3, None), refused("PER02 periods.share.3")),
    Case("weight of dependency in per cent", put("actors", "dependency_weight", 2, "50 %"),
         same(put("actors", "dependency_weight", 2, 0.5))),
]  # fmt: skip


def _two(first: Change, second: Change) -> Change:
    def change(book: Book) -> None:
        first(book)
        second(book)

    return change


VALUES = [
    *(Case(f"number that is the error {text}", price(Error(text)), refused("CEL02 links.price.8"), text=True) for text in _ERRORS),
    Case("date for a number", price(dt.date(2024, 3, 1)), refused("CEL04 links.price.8")),
    Case("moment for a number", price(dt.datetime(2024, 3, 1, 12, 30)), refused("CEL04 links.price.8")),
    Case("time of day for a number", price(dt.time(12, 30)), refused("CEL04 links.price.8")),
    Case("date for a share", loss(dt.date(2024, 3, 1)), refused("CEL04 storage.loss.6")),
    Case("truth for a number", price(True), refused("CEL05 links.price.8")),
    Case("untruth for a number", quantity(False), refused("CEL05 needs.quantity.2")),
    Case("quantity below zero", quantity(-165.0), refused("NUM05 needs.quantity.2")),
    Case("capacity below zero", put("processes", "capacity", 2, -1.0), refused("NUM05 processes.capacity.2")),
    Case("recipe below zero", put("recipes", "output", 4, -0.78), refused("NUM05 recipes.output.4")),
    Case("quantity without limit, in words", quantity("illimité"), refused("NUM01 needs.quantity.2")),
    Case("zero below zero", put("links", "transport_cost", 5, -0.0), same()),
    Case("formula never computed", price(Formula("500*2")), refused("CEL03 links.price.8")),
    Case("formula computed", price(Formula("500*2", 1000.0)), same()),
    Case("formula computed as text", price(Formula('TEXT(1000;"0")', "1000")), same()),
    Case("formula that shows nothing", put("links", "maximum", 8, Formula('IF(1=1,"",1)', "")), same()),
    Case("formula that shows an error", price(Formula("1/0", Error("#DIV/0!"))), refused("CEL02 links.price.8")),
    Case("link to another workbook, computed", price(Formula("'[budget 2024.xlsx]Prix'!$B$4", 1000.0)), same()),
    Case("link to another workbook, never computed", price(Formula("'[budget 2024.xlsx]Prix'!$B$4")),
         refused("CEL03 links.price.8")),
    Case("link to another workbook, lost", price(Formula("'[budget 2024.xlsx]Prix'!$B$4", Error("#REF!"))),
         refused("CEL02 links.price.8")),
    Case("formula that would run a program", price(Formula("cmd|'/C calc'!A0")), refused("CEL03 links.price.8")),
    Case("formula that would call a server", price(Formula('WEBSERVICE("http://example.invalid/x")')),
         refused("CEL03 links.price.8")),
    Case("formula that called a server", price(Formula('WEBSERVICE("http://example.invalid/x")', 1000.0)), same()),
    Case("1e12 beside 1e-9", _two(put("links", "maximum", 8, 1e12), put("recipes", "output", 5, 1e-9)),
         warned("CHK19 recipes.output.5", same_as=_two(put("links", "maximum", 8, 1e12), put("recipes", "output", 5, 1e-9)))),
    Case("1e300", quantity(1e300), refused("NUM11 needs.quantity.2")),
]  # fmt: skip
