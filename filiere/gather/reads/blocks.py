"""A ledger printed account by account: a row names the account, the entries below it are of it, a total closes them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from filiere.gather.apart.totals import is_total
from filiere.gather.cells.values import decimal_mark, read_date, read_number
from filiere.gather.headings import plain
from filiere.language import money
from filiere.names import tidy
from filiere.problems import Cell, Problem
from filiere.problems import gathering as codes
from filiere.table import RawRow, RawTable, RawValue

_ACCOUNT = re.compile(r"(?:(?:n°|no|num[ée]ro|compte|cpte|account|de|du|:) ?)*"
                      r"([1-8]\d{2}[0-9A-Z]*)(?:(?: ?[-–:.|] ?| )(\S.*))?", re.IGNORECASE)  # fmt: skip
_MONEY = re.compile(r"-?[\d\s]+[.,]\d+( ?€)?")
_NAMELESS = 5
"""From how many signs on a number that stands alone is an account: a page's has fewer."""
_CARRIED = re.compile(r"\b(report\w*|page|a nouveau|nouveaux|ouverture)\b")
"""Totals that carry a page or a year over, which no block adds up to."""
_OF_A_PAGE = re.compile(
    r"\b(page|edit(e|ion)\w*|imprime\w*|tirage|periode|exercice|devise|dossier|siret|siren|printed)\b"
)
"""Lines that a printer sets at the top or the foot of a page, and that begin no account."""
_LEAST = 2
_CENT = 0.006
_FREE = tuple((name, re.compile(words)) for name, words in (
    ("CompteNum", r"((n|no|num|numero)( de| du)? )?(compte|cpte)( general| comptable)?( (n|no|num|numero))?|account"
                  r"( (number|no|code))?"),
    ("CompteLib", r"(lib\w*|intitule|nom)( (de|du))?( l)? ?(compte|cpte)|account (name|label)"),
    ("CompAuxLib", r"((nom|lib\w*|intitule|raison sociale)( (de|du|des))? )?(tiers|client fournisseur|auxiliaire)"
                   r"|client|fournisseur|(nom|lib\w*) (client|fournisseur)|third party|partner"),
    ("EcritureDate", r"date( (de |d |du )?(l )?(ecriture|piece|comptable|operation|facture))?|jour|posting date"),
    ("PieceRef", r"((n|no|num|numero|ref|reference)( de| du)?( la)? )?(piece|facture|document)|ref piece|document no"),
    ("EcritureLib", r"libelles?( (de )?(l )?(ecriture|operation|mouvement))?|description|designation"),
    ("JournalCode", r"(code )?(journal|jnl|jal)|journal code"),
    ("Debit", r"(montant )?debit( (eur|euros?))?"), ("Credit", r"(montant )?credit( (eur|euros?))?"),
    ("Montant", r"montant( (eur|euros?))?|amount"), ("Sens", r"sens|d c|debit credit|dc"),
))  # fmt: skip
"""Headings that ledgers and journals have beside those of the law."""


def free_names(heading: RawRow) -> dict[str, int]:
    """Return the columns that headings other than those of the law name."""
    at: dict[str, int] = {}
    for n, value in heading.values.items():
        name = next((one for one, words in _FREE if isinstance(value, str) and words.fullmatch(plain(value))), "")
        if name:
            at.setdefault(name, n)
    return at


@dataclass
class Blocks:
    """A ledger with the account beside each entry, and the totals in it that its entries do not come to."""

    table: RawTable
    problems: list[Problem] = field(default_factory=list)


def accounts_joined(table: RawTable, heading: RawRow, at: Mapping[str, int], place: str) -> Blocks | None:
    """Return a ledger by account with each entry's account beside it; None where no rows name accounts.

    ``heading`` is its row of headings, ``at`` says where its day, debit and credit stand.
    """
    return _Reading(table, heading, at, place).blocks()


def totals_off(table: RawTable, heading: RawRow, at: Mapping[str, int], place: str) -> list[Problem]:
    """Return the totals of a journal that its lines do not come to: not all of them, nor those since the last one."""
    reading = _Reading(table, heading, at, place)
    part = 0
    for row in (one for one in table.rows if one.number > heading.number):
        if str(row.values.get(at["CompteNum"], "")).strip()[:1].isdigit():
            reading.add(f"{part:04}", row)
        elif reading.is_total(row):
            reading.check(row, f"{part:04}")
            part += 1
    return reading.off


class _Reading:
    def __init__(self, table: RawTable, heading: RawRow, at: Mapping[str, int], place: str) -> None:
        self.table, self.heading, self.place = table, heading, place
        self.date, self.figures = at["EcritureDate"], (at["Debit"], at["Credit"])
        self.mark = decimal_mark((row.values[n] for row in table.rows for n in self.figures if n in row.values), ",")
        self.sums: dict[str, list[float]] = defaultdict(lambda: [0.0, 0.0])
        self.off: list[Problem] = []
        self.titles = {_words(row) for row in table.rows if row.number <= heading.number}
        self.begin: set[int] = set()
        """Where the rows that name accounts begin."""

    def blocks(self) -> Blocks | None:
        beside = max(max(row.values, default=0) for row in self.table.rows) + 1
        titles: dict[int, RawValue] = {beside: "Numéro de compte", beside + 1: "Intitulé du compte"}
        rows = [row for row in self.table.rows if row.number < self.heading.number]
        rows.append(RawRow(self.heading.number, {**self.heading.values, **titles}))
        number, name, day, named, closed = "", "", None, 0, False
        lost: dict[str, list[int]] = {}
        for row in (one for one in self.table.rows if one.number > self.heading.number):
            account = self._account(row)
            if account is not None:
                (number, name), day, named = account, None, named + 1
                self.begin.add(min(row.values))
                self.add(number, row)  # what an account opens with
            elif self.is_total(row):
                self.check(row, number)
            elif self._names_no_account(row, closed):
                number = f"?{row.number:07}"
                lost[number] = []
            elif any(self._figure(row, n) for n in self.figures) or self._unread(row):
                self.add(number, row)
                if number in lost:
                    lost[number].append(row.number)
                    continue
                day = row.values.get(self.date, day)
                dated: dict[int, RawValue] = {self.date: day} if day is not None else {}
                known: dict[int, RawValue] = {beside: number, beside + 1: name} if number else {}
                rows.append(RawRow(row.number, {**row.values, **dated, **known}))
            closed = self.is_total(row)
        if named < _LEAST or not self.sums:
            return None
        self.off += [codes.NO_ACCOUNT.at(Cell(self.place, int(one[1:])), count=len(entries),
                                         source=", ".join(map(str, entries)))
                     for one, entries in lost.items() if entries]  # fmt: skip
        return Blocks(replace(self.table, rows=tuple(rows), widths={}), self.off)

    def _names_no_account(self, row: RawRow, closed: bool) -> bool:
        """Whether a row begins an account by something else than its number, so that what follows is of none known.

        It stands where those of accounts stand, or below the total of one (``closed``); it has no day, and is no line
        that a page begins or ends with.
        """
        words = _words(row)
        if not words or read_date(row.values.get(self.date), True) or words in self.titles:
            return False
        if _OF_A_PAGE.search(words) or _CARRIED.search(words):
            return False
        opens = self.date in row.values or not any(n in row.values for n in self.figures)
        return closed or (opens and min(row.values) in self.begin)

    def _account(self, row: RawRow) -> tuple[str, str] | None:
        """Return number and name of the account that a row names, which is no entry of one: it has no day."""
        if read_date(row.values.get(self.date), True):
            return None
        words = [word for n in sorted(row.values) if n not in self.figures and (word := _said(row.values[n]))]
        found = _ACCOUNT.fullmatch(" ".join(word for word in words if not _MONEY.fullmatch(word)))
        if not found or (not found[2] and len(found[1]) < _NAMELESS):
            return None
        return found[1].upper(), tidy(found[2] or "")

    def is_total(self, row: RawRow) -> bool:
        """Whether a row is a total: called so, and of no day, as an invoice of a station called Total has."""
        dated = read_date(row.values.get(self.date), True)
        return not dated and any(isinstance(value, str) and is_total(value) for value in row.values.values())

    def add(self, number: str, row: RawRow) -> None:
        """Count what a row has in debit and in credit for its account, or its part of a journal."""
        for side, n in enumerate(self.figures):
            self.sums[number][side] += self._figure(row, n)

    def _unread(self, row: RawRow) -> bool:
        """Whether an entry has something else than a figure for its amount, as no heading of a page has a day."""
        return bool(read_date(row.values.get(self.date), True)) and any(n in row.values for n in self.figures)

    def _figure(self, row: RawRow, at: int) -> float:
        return read_number(row.values.get(at), self.mark)[0] or 0.0

    def check(self, row: RawRow, number: str) -> None:
        """Tell a total that is neither that of its account, nor of its class, nor of all accounts so far."""
        told = [self._figure(row, n) for n in self.figures]
        words = " ".join(plain(value) for value in row.values.values() if isinstance(value, str))
        if not any(told) or _CARRIED.search(words):
            return
        scopes = [[sums for one, sums in self.sums.items() if one.startswith(number[:size])]
                  for size in (len(number), 3, 2, 1, 0)]  # fmt: skip
        if not any(_comes_to(told, _added(scope)) for scope in scopes):
            debit, credit = _added(scopes[0])
            self.off.append(codes.BLOCK_TOTAL.at(
                Cell(self.place, row.number), debit=money(debit), credit=money(credit),
                written=money(told[0]), other=money(told[1])))  # fmt: skip


def _words(row: RawRow) -> str:
    """Return the words of a row, without its figures."""
    return plain(" ".join(value for _, value in sorted(row.values.items()) if isinstance(value, str)
                          and not _MONEY.fullmatch(value)))  # fmt: skip


def _said(value: RawValue) -> str:
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return tidy(value) if isinstance(value, str) else ""


def _added(sums: Iterable[list[float]]) -> tuple[float, float]:
    both = list(sums)
    return sum(one[0] for one in both), sum(one[1] for one in both)


def _comes_to(told: list[float], sums: tuple[float, float]) -> bool:
    """Whether a total holds two sums, or one figure that is what is left of one after the other."""
    whole = all(abs(one - other) < _CENT for one, other in zip(told, sums, strict=True))
    return whole or (not all(told) and abs(told[0] - told[1] - (sums[0] - sums[1])) < _CENT)
