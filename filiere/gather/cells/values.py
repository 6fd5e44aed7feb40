"""Numbers and dates as exports write them: what one cell leaves open, the rest of its column settles."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import lru_cache

from filiere.chain.parse.number import WrittenNumber, written_number
from filiere.gather.cells.sizes import Worked, is_cut_unit, worked_out
from filiere.gather.headings import plain
from filiere.names import tidy
from filiere.table import RawRow, RawValue, Shown

_MONTHS = ("jan", "fev|feb", "mar", "avr|apr", "mai|may", "juin|jun", "juil|jul", "aou|aug", "sep", "oct", "nov", "dec")
_MONTH_NAMES = tuple(re.compile(rf"\b(?:{stem})[a-z]*\b") for stem in _MONTHS)
_YEAR_FIRST = re.compile(r"(\d{4})[-/.]?(\d{2})(?:[-/.]?(\d{2}))?(?:[T ].*)?")
_DAY_FIRST = re.compile(r"(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4}|\d{2})(?:[T ].*)?")
_MONTH_YEAR = re.compile(r"(\d{1,2})[-/.](\d{4})")
_YEAR = re.compile(r"\b((?:19|20)\d{2}|\d{2}$)")
_BRACKETED = re.compile(r"\(\s*(.*?)\s*\)")
_MINUS_LAST = re.compile(r"\d[\d\s.,]*[-−]")
"""A minus behind the figure, as some accounting programs write it."""
_LETTER_O = re.compile(r"\d[\d.,]*[oO][\d.,oO]*")
"""A letter typed for a zero: ``1O`` is one of no unit that exists."""
_ROUGHLY = r"(?:env(?:iron)?\b\.?|approx\w*\.?|about\b|circa\b|[àa] peu pr[èe]s|plus ou moins|[~≈±?])"
_ROUGH = re.compile(rf"^{_ROUGHLY}\s*(?=\d)|\s*\(?{_ROUGHLY}\)?$", re.IGNORECASE)
TELEPHONE = re.compile(r"0[1-9](?:[ .]?\d{2}){4}")
"""A number to call, typed in the wrong column."""
_KEPT = 50_000
"""How many texts are kept with what they come to: each is looked at some ten times, and exports repeat theirs."""


def decimal_mark(values: Iterable[RawValue], default: str = "") -> str:
    """Return the decimal sign of the texts that read in one way only, ``default`` where none tells."""
    votes = {",": 0, ".": 0}
    for value in values:
        written = written_number(_unbracketed(value)) if isinstance(value, str) else None
        if written is None or len(written.values) > 1:
            continue
        marks = [sign for sign in str(value) if sign in ",."]
        if marks and (marks[-1] != marks[0] or len(marks) == 1):
            votes[marks[-1]] += 1
        elif marks:
            votes["." if marks[0] == "," else ","] += 1
    if votes[","] == votes["."]:
        return default
    return max(votes, key=lambda sign: votes[sign])


def exactly_said(text: str) -> str:
    """Return a figure without the words that it is a rough one: ``10 kg`` of ``env. 10 kg``, ``10 kg ?``."""
    plainly = tidy(text)
    said = _ROUGH.sub("", plainly) if any(sign.isdigit() for sign in plainly) else plainly
    return said if said != plainly else text


def read_number(value: RawValue | None, mark: str) -> tuple[float | None, str]:
    """Return a cell's number and the unit typed with it; None for no number, or one that reads in two ways.

    Accountants write what is taken off in brackets: ``(120)`` is −120.
    """
    if isinstance(value, bool) or value is None:
        return None, ""
    if isinstance(value, int | float):
        return float(value), value.unit if isinstance(value, Shown) else ""
    return _number_of(value, mark) if isinstance(value, str) else (None, "")


@lru_cache(maxsize=_KEPT)
def _number_of(text: str, mark: str) -> tuple[float | None, str]:
    if _LETTER_O.fullmatch(text.strip()) or TELEPHONE.fullmatch(text.strip()):
        return None, ""
    worked = of_several_numbers(text, mark)
    if worked is not None:
        return worked.value, worked.unit
    written = written_number(_unbracketed(text))
    if written is None or is_cut_unit(written.unit):
        return None, ""
    return _settled(written, text, mark), written.unit


def of_several_numbers(value: RawValue | None, mark: str) -> Worked | None:
    """Return what a cell of several numbers comes to: ``3 x 5 kg``; None for any other."""
    return _several_of(value, mark) if isinstance(value, str) else None


@lru_cache(maxsize=_KEPT)
def _several_of(text: str, mark: str) -> Worked | None:
    def number(part: str) -> float | None:
        written = written_number(part)
        return None if written is None or written.unit else _settled(written, part, mark)

    return worked_out(text, number)


def _unbracketed(value: RawValue) -> str:
    if _MINUS_LAST.fullmatch(str(value).strip()):
        return "-" + str(value).strip()[:-1]
    return _BRACKETED.sub(r"-\1", tidy(str(value))) if str(value).strip().startswith("(") else str(value)


def _settled(written: WrittenNumber, text: str, mark: str) -> float | None:
    if len(written.values) == 1:
        return written.values[0]
    signs = {sign for sign in text if sign in ",."}
    if len(signs) != 1 or not mark:
        return None
    decimal = signs == {mark}
    return min(written.values, key=abs) if decimal else max(written.values, key=abs)


def day_first(values: Iterable[RawValue]) -> bool:
    """Whether ``3/4/2024`` is the third of April in this column: yes, unless a second number is past twelve."""
    found = [_DAY_FIRST.fullmatch(tidy(value)) for value in values if isinstance(value, str)]
    return not any(match and int(match[2]) > 12 for match in found)


def read_date(value: RawValue | None, first_is_day: bool) -> dt.date | None:
    """Return the day that a cell means (the first of a month where it gives no day), None where it gives none."""
    if isinstance(value, dt.datetime):
        return value.date()
    if isinstance(value, dt.date):
        return value
    if isinstance(value, float) and value.is_integer():
        value = str(int(value))
    return _from_text(tidy(value), first_is_day) if isinstance(value, str) else None


def _from_text(text: str, first_is_day: bool) -> dt.date | None:
    if found := _YEAR_FIRST.fullmatch(text):
        return _day(int(found[1]), int(found[2]), int(found[3] or 1))
    if found := _DAY_FIRST.fullmatch(text):
        day, month = (int(found[1]), int(found[2])) if first_is_day else (int(found[2]), int(found[1]))
        return _day(_full_year(found[3]), month, day)
    if found := _MONTH_YEAR.fullmatch(text):
        return _day(int(found[2]), int(found[1]), 1)
    words = plain(text)
    month_named = next((at for at, name in enumerate(_MONTH_NAMES, start=1) if name.search(words)), None)
    year = _YEAR.search(words)
    if month_named is None or year is None:
        return None
    day_named = re.match(r"(\d{1,2})(?:er)?\s+[a-z]", words)
    return _day(_full_year(year[1]), month_named, int(day_named[1]) if day_named else 1)


def _full_year(text: str) -> int:
    return int(text) if len(text) == 4 else 2000 + int(text)


def _day(year: int, month: int, day: int) -> dt.date | None:
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None


def standing_above(rows: Sequence[RawRow]) -> frozenset[int]:
    """Return the numbers of the rows that stand above already, word for word; rows made of one row's columns never."""
    times = Counter(row.number for row in rows)
    first: dict[tuple[object, ...], int] = {}
    return frozenset(
        row.number for row in rows
        if times[row.number] == 1 and first.setdefault(tuple(sorted(row.values.items())), row.number) != row.number
    )  # fmt: skip
