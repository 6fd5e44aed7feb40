"""Rows whose label says what a package holds: their quantity in kg or litres, and one name for every size."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import replace

from filiere.gather.entries import Entry, Place, Read, rows_of
from filiere.gather.reads.packs import Packed, content, is_package, package, packed
from filiere.names import fold
from filiere.problems import gathering as codes
from filiere.schema import words as w
from filiere.units import factor, is_measured

_UNIT = re.compile(r"(?<=\w) ?\(([^\W\d]{1,9})\)$")


def with_contents(read: Read) -> None:
    """Give the rows the quantities that their labels give, and say what was worked out on an assumption.

    An amount without a quantity, under a label that gives the content of one package and not how many there are,
    is of as many packages as it is worth times the cheapest purchase of that label: at least they are all of one price.
    """
    rows = [_of_named_unit(row, read) for row in read.entries]
    least = _least_amounts(rows)
    made: list[Entry] = []
    supposed: dict[str, list[Place]] = defaultdict(list)
    for row in map(_of_sized_packages, rows):
        found = packed(row.product)
        ready = _counted(row, found, least.get((fold(row.seller), fold(row.product)))) if found else None
        made.append(ready or row)
        if found and ready and (family := read.families.get(fold(row.product))):
            read.families.setdefault(fold(ready.product), family)
        if found and ready and row.quantity is None and found.packages is None:
            supposed[row.place.file].append(row.place)
    read.problems += [codes.BY_THE_PACKAGE.at(places[0].cell, count=len(places), source=rows_of(places))
                for places in supposed.values()]  # fmt: skip
    read.entries = made


def _of_named_unit(row: Entry, read: Read) -> Entry:
    """Return a row of a good whose name ends with its unit in brackets (``Lait (L)``) as one in that unit.

    One that is counted in another unit keeps both, for they may tell two goods apart.
    """
    found = _UNIT.search(row.product)
    if not found or not is_measured(found[1]) or (row.unit and not factor(row.unit, found[1])):
        return row
    bare = row.product[: found.start()].strip()
    if family := read.families.get(fold(row.product)):
        read.families.setdefault(fold(bare), family)
    return replace(row, product=bare, unit=row.unit or (found[1] if row.quantity is not None else ""))


def _of_sized_packages(row: Entry) -> Entry:
    """Return a row whose unit says what one package holds (``x 5 kg``, ``carton de 12``) as what all of them hold.

    A measure before the package is what is counted: ``kg (sac de 25 kg)``. A good that is called by a size of its own
    may be packed in packages of it (``Jus 1 L``, ``carton de 6``).
    """
    held = package(row.unit) if row.quantity is not None else None
    if held is None or row.quantity is None:
        return row
    named = packed(row.product)
    if named is None:
        return replace(row, quantity=row.quantity * held.size, unit=held.unit)
    own = named.size * (named.packages or 1)
    if held.unit == named.unit and held.piece in (named.size, own):
        return replace(row, product=named.product, quantity=row.quantity * held.size, unit=held.unit)
    if held.piece is None and is_package("u", named):
        return replace(row, product=named.product, quantity=row.quantity * held.size * named.size, unit=named.unit)
    return row


def _least_amounts(rows: list[Entry]) -> dict[tuple[str, str], float]:
    least: dict[tuple[str, str], float] = {}
    for row in rows:
        if row.quantity is None and row.amount and row.amount > 0:
            key = fold(row.seller), fold(row.product)
            least[key] = min(least.get(key, row.amount), row.amount)
    return least


def _counted(row: Entry, found: Packed, least: float | None) -> Entry | None:
    """Return the row in the unit of its label; None where the label does not tell its quantity."""
    if row.quantity is not None and row.unit and factor(row.unit, found.unit):
        return replace(row, product=found.product)
    quantity = content(found, row.quantity, row.unit)
    if quantity is None or (row.quantity is None and row.amount is None):
        return None
    confidence = row.confidence
    if row.quantity is None:
        confidence = w.Confidence.ESTIMATED
        if found.packages is None:
            if not least or row.amount is None:
                return None
            quantity *= row.amount / least
        elif row.amount is not None and row.amount < 0:
            quantity = -quantity
    return replace(row, product=found.product, quantity=quantity, unit=found.unit, confidence=confidence)
