"""Lists of members: names of structures and their numbers; never the people one may write to."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import replace

from filiere.gather.entries import Entry, Listed, Place, Read, rows_of
from filiere.gather.headings import Columns, meaning, plain
from filiere.gather.people.persons import is_business, is_private
from filiere.gather.pile.parties import name_key
from filiere.names import loose, tidy
from filiere.problems import Code
from filiere.problems import gathering as codes
from filiere.schema import words as w
from filiere.table import RawTable, RawValue

_PEOPLE = re.compile(r"\b(prenoms?|first ?names?|nom de famille|surname|last ?name|date de naissance|birth ?date)\b")
_STRUCTURE = re.compile(r"\b(structures?|raisons? sociales?|organi[sz]\w*|compan(y|ies)|entreprises?|associations?"
                        r"|etablissements?|exploitations?|fermes?)\b")  # fmt: skip
_A_PERSON = re.compile(
    r"(adherents? |membres? |personnes? )?(particuli(er|ere)s?|individuel(le)?s?|personnes? physiques?|physiques?"
    r"|citoyen(ne)?s?|consommat(eur|rice)s?|consom acteurs?|benevoles?|salarie(e)?s?|usag(er|ere)s?|habitante?s?"
    r"|familles?|prives?|sympathisante?s?|individuals?|persons?|private|volunteers?)( physiques?)?"
)
"""What a cell beside a member's name says that is no structure."""
_OWNERS = re.compile(r"^(adherents?|membres?|members?)$")


def listed_members(table: RawTable, columns: Columns, where: Place, read: Read) -> bool:
    """Take the members that a table lists; False where it is no such list. A list of people is told and left out."""
    at = _names(columns)
    if at is None:
        if not any(_PEOPLE.search(plain(title)) for title in columns.titles.values()):
            return False
        read.problems.append(codes.LIST_OF_PEOPLE.at(where.cell))
        return True
    if any(_text(row.values.get(at)).endswith("?") for row in table.rows if row.number > columns.row):
        return False  # a form, whose questions stand in the column of names
    read.actors += _members(table, columns, at, where, read)
    return True


def _names(columns: Columns) -> int | None:
    """Return the column of the structures' names; None where the names are people's, or there are none."""
    titles = {at: plain(title) for at, title in columns.titles.items()}
    named = [at for at, words in titles.items() if _STRUCTURE.search(words) and meaning(words) in ("actor", None)]
    if named:
        return named[0]
    if any(_PEOPLE.search(words) for words in titles.values()):
        return None
    return columns.at.get("actor", next((at for at, words in titles.items() if _OWNERS.search(words)), None))


def _members(table: RawTable, columns: Columns, at: int, where: Place, read: Read) -> Iterator[Listed]:
    words = {loose(text): word for word in w.Perimeter for text in word.spellings}
    people: dict[Code, list[Place]] = defaultdict(list)
    for row in table.rows:
        name = _text(row.values.get(at))
        if row.number <= columns.row or not name:
            continue
        others = [plain(text) for one, value in row.values.items() if one != at and (text := _text(value))]
        if any(_A_PERSON.fullmatch(text) for text in others) and not is_business(name):
            people[codes.LISTED_PEOPLE].append(replace(where, row=row.number))
            continue
        typed = _text(row.values.get(columns.at.get("perimeter", -1)))
        known = number_of(row.values.get(columns.at.get("identifier", -1)))
        if known:
            read.numbers.append((name, known))
        elif is_private(name):
            people[codes.LISTED_NAMES].append(replace(where, row=row.number))
        yield Listed(name, words.get(loose(typed), w.Perimeter.MEMBER), replace(where, row=row.number))
    for code, places in people.items():
        read.problems.append(code.at(places[0].cell, count=len(places), source=rows_of(places)))


def number_of(value: RawValue | None) -> str:
    """Return the SIREN or SIRET that a cell holds, leading zeros put back; '' for anything else."""
    text = str(int(value)) if isinstance(value, float) and value.is_integer() else str(value or "")
    digits = re.sub(r"[\s.\-\u00a0]", "", text)
    digits = re.sub(r"^FR\w{2}(?=\d{9}$)", "", digits, flags=re.IGNORECASE)
    if not digits.isdigit() or not 7 <= len(digits) <= 14:
        return ""
    return digits.zfill(9) if len(digits) <= 9 else digits.zfill(14) if len(digits) >= 12 else ""


def by_number(read: Read, invoiced: Mapping[str, str]) -> None:
    """Give one name to everybody whom several files know by one number: an invoice's first, then a table's."""
    names: dict[str, str] = {}
    told = [(name, one) for name, numbers in invoiced.items() for one in re.split(r"[;\s]+", numbers)]
    placed = [(name, number) for name, number in read.identifiers.items() if (name, number) not in read.numbers]
    for name, number in (*told, *read.numbers, *placed):
        names.setdefault(number, name)
    sirets: dict[str, set[str]] = {}
    for number in names:
        if len(number) == 14:
            sirets.setdefault(number[:9], set()).add(number)
    for siren, some in sirets.items():
        # A company with one establishment is known by either number.
        if len(some) == 1 and siren in names:
            [siret] = some
            first = next(n for n in names if n in (siren, siret))
            names[siren] = names[siret] = names[first]
    one: dict[str, str] = {}
    for name, number in (*told, *read.numbers, *placed):
        if names[number] != name:
            if loose(name) not in one and not name.isdigit() and name_key(name) != name_key(names[number]):
                read.problems.append(codes.ONE_NUMBER.at(None, first=names[number], second=name, number=number))
            one[loose(name)] = names[number]
        known = read.identifiers.get(names[number], "")
        read.identifiers[names[number]] = max(known, number, key=len)
    if one:
        _rename(read, one)


def _rename(read: Read, one: Mapping[str, str]) -> None:
    def named(name: str) -> str:
        return one.get(loose(name), name)

    def side(name: str) -> str:
        return loose(one[name]) if name in one else name

    read.entries = [
        replace(entry, seller=named(entry.seller), buyer=named(entry.buyer), side=side(entry.side))
        for entry in read.entries
    ]
    read.actors = [replace(actor, name=named(actor.name)) for actor in read.actors]
    read.owners = {side(key): named(name) for key, name in read.owners.items()}


def _text(value: RawValue | None) -> str:
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return tidy(str(value)) if isinstance(value, str | float) else ""


def sided(entries: list[Entry], read: Read) -> list[Entry]:
    """Say who declares a table that names both sides: the one party that all its rows have in common."""
    if not entries or any(entry.side for entry in entries):
        return entries
    for end in ("buyer", "seller"):
        names = {loose(getattr(entry, end)): getattr(entry, end) for entry in entries}
        others = {loose(entry.seller if end == "buyer" else entry.buyer) for entry in entries}
        if len(names) == 1 and (len(others) > 1 or next(iter(names)) in loose(entries[0].place.file)):
            read.owners.setdefault(*next(iter(names.items())))
            return [replace(entry, side=next(iter(names))) for entry in entries]
    return entries
