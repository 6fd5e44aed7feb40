"""Columns that name people who deal with a sale for one of its parties: no party, and nobody's name is kept."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from filiere.gather.entries import Place, Read
from filiere.gather.headings import Columns, plain
from filiere.gather.people.persons import are_people
from filiere.problems import gathering as codes
from filiere.table import RawRow

_SELLS_FOR = re.compile(
    r"\b(vendeu(r|se)s?|sellers?|sold by|vendu par|commercia(l|le|ux)|representants?|sales ?(person|man|woman|rep)s?)\b"
)
_BUYS_FOR = re.compile(
    r"\b(acheteu(r|se)s?|buyers?|achete par|gestionnaires?|demandeu(r|se)s?|responsables?|receptionnaires?|economes?"
    r"|approvisionneu(r|se)s?)\b"
)


def without_staff(columns: Columns, rows: Sequence[RawRow], where: Place, read: Read) -> Columns:
    """Return the columns without a seller (or buyer) by whose heading and cells it is who sells for a firm.

    Only where the other side has a column of its own: a table that names one side alone has nobody else to name.
    """
    sides = {name for name in ("seller", "buyer") if name in columns.at}
    for name, other, staff in (("seller", "buyer", _SELLS_FOR), ("buyer", "seller", _BUYS_FOR)):
        if sides != {name, other} or not staff.search(plain(columns.heading(name))):
            continue
        told = [value for row in rows if isinstance(value := row.values.get(columns.at[name]), str)]
        if are_people(told):
            read.problems.append(codes.STAFF_COLUMN.at(where.cell, column=columns.heading(name)))
            return replace(columns, at={one: at for one, at in columns.at.items() if one != name})
    return columns


def members_who_buy(columns: Columns, rows: Sequence[RawRow]) -> Columns:
    """Return the columns with members who are people as buyers, where another column names who sells to them."""
    at = columns.at.get("owner")
    if at is None or "seller" not in columns.at or columns.at.keys() & {"buyer", "party"}:
        return columns
    if not are_people(value for row in rows if isinstance(value := row.values.get(at), str)):
        return columns
    return replace(columns, at={("buyer" if name == "owner" else name): place for name, place in columns.at.items()})
