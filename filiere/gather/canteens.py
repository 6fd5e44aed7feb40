"""Purchases of canteens as deliveries: each canteen known by its SIRET, amounts net of VAT, no quantities."""

from __future__ import annotations

from collections.abc import Iterable

from filiere.gather.cells.unread import all_of
from filiere.gather.entries import Entry, Place, Read
from filiere.gather.people.persons import unquoted
from filiere.gather.reads.canteen import Purchase
from filiere.language import Label, Language
from filiere.names import fold, loose
from filiere.problems import gathering as codes
from filiere.schema import words as w
from filiere.table import RawTable, RawWorkbook

_CANTEEN_NAME = Label("Canteen {number}", "Cantine {number}")


def canteen_entries(book: RawWorkbook, table: RawTable, purchases: Iterable[Purchase], read: Read,
              language: Language) -> None:  # fmt: skip
    """Add the purchases of canteens, each known by its SIRET: amounts net of VAT, no quantities."""
    file = book.file_name
    read.tables += 1
    for one in purchases:
        place = Place(file, "" if table.sheet == file else table.sheet, one.row)
        canteen = _CANTEEN_NAME.to(language).format(number=one.canteen)
        missing = [name for name, value in (("seller", one.supplier), ("buyer", one.canteen), ("product", one.product))
                   if not value]  # fmt: skip
        if one.amount is None and one.written:
            read.problems.append(codes.UNREAD_NUMBER.at(place.cell, text=unquoted(one.written)))
        if missing or one.amount is None:
            missing += ["figure"] if one.amount is None else []
            read.problems.append(codes.ROW_LEFT_OUT.at(place.cell, missing=all_of(missing)))
            continue
        read.identifiers[canteen] = one.canteen
        read.families.setdefault(fold(one.product), one.family)
        read.entries.append(Entry(one.supplier, canteen, one.product, None, "", one.amount, one.date,
                                  w.Confidence.MEASURED, loose(canteen), place, labels=one.labels))  # fmt: skip
