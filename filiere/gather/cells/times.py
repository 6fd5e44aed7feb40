"""When a row took place: days, months, quarters, seasons and years as exports write them."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from filiere.gather.cells.values import day_first, read_date, read_number
from filiere.gather.headings import LINE, plain
from filiere.names import tidy
from filiere.table import RawValue

_SEASON = re.compile(r"[a-zé. ]*((?:19|20)?\d{2}) ?[/\-–] ?((?:19|20)?\d{2})", re.IGNORECASE)
_YEAR = re.compile(r"[a-zé. ]*((?:19|20)\d{2})(?:\.0)?", re.IGNORECASE)
_FULL = re.compile(r"(\d{1,2})[-/. ](\d{1,2})[-/. ]((?:19|20)\d{2})\b|\b((?:19|20)\d{2})-(\d{2})-(\d{2})\b")
_CLOSES = re.compile(r"\b(clos\w*|cloture\w*|clotur\w*|arrete\w*|ending|ended|ends|closing|closed|fin)\b")
_QUARTER = re.compile(r"(?:q|t|trim\w*|quarter)\s*([1-4])(?:\D+((?:19|20)\d{2}))?"
                      r"|([1-4])(?:er|e|eme|st|nd|rd|th)?\s*(?:q|t|trim\w*|quarter)(?:\s*((?:19|20)\d{2}))?"
                      r"|((?:19|20)\d{2})\D*(?:q|t|trim\w*|quarter)\s*([1-4])")  # fmt: skip
_WEEK = re.compile(r"(?:s|w|sem\w*|week)\s*([0-5]?\d)(?:\D+((?:19|20)\d{2}))?"
                   r"|((?:19|20)\d{2})\D*(?:s|w|sem\w*|week)\s*([0-5]?\d)")  # fmt: skip
_NUMBERS = re.compile(r"(\d{1,2})[-/. ](\d{1,2})[-/. ](?:\d{4}|\d{2})(?:[T ].*)?")
_SERIAL = re.compile(r"\d{5}([.,]\d+)?")
_HALF = re.compile(r"(?:semestre|semester|half|h) ?([12])(?: ((?:19|20)\d{2}))?"
                   r"|([12]) ?(?:er|e|eme|st|nde?)? ?(?:semestre|semester|half)(?: ((?:19|20)\d{2}))?")  # fmt: skip
_SERIALS = range(32874, 54789)  # 1990 to 2049 as spreadsheets number days
_PARTS = {
    "day": r"jours?|journ[ée]e|quotidien\w*|journali\w+|day|daily",
    "week": r"sem\b|semaines?|hebdo\w*|week|weekly",
    "month": r"mois|mensuel\w*|months?|monthly",
    "quarter": r"trimestr\w+|quarter\w*",
    "delivery": r"livraisons?|tourn[ée]es?|passages?|delivery|deliveries",
    "order": r"commandes?|order",
    "service": r"services?|s[ée]ances?|repr[ée]sentations?",
}
_ADJECTIVE = re.compile(r"\b(hebdo\w*|quotidien\w*|journali\w+|mensuel\w*|trimestriel\w*|daily|weekly|monthly)\b")
_FOR_ONE = re.compile(r"(?:/|\bpar|\bper|\bde la|\bà la)\s*(" + "|".join(_PARTS.values()) + r")\b")
_LATEST = re.compile(r"\b(derni[eè]re?s?|last|latest)\b")
_OFTEN = re.compile(r"(nb|nbre|nombre|number)?( de| d| of)? ?(?P<part>\w+)( (par|per|an|annee|year|ouvres?|ouvrables?"
                    r"|d ouverture|de livraison|de service|a l annee|s|a))*")  # fmt: skip
_MOST_TIMES = 400.0


class When(NamedTuple):
    """The day of a row where one is known, and the year or season (``2024/25``) it counts in."""

    date: dt.date | None = None
    year: str = ""


class Times:
    """Reads the columns of one table that say when."""

    def __init__(self, dates: list[RawValue], seasons: Iterable[RawValue]) -> None:
        firsts = [found for value in dates if isinstance(value, str) and (found := _NUMBERS.fullmatch(tidy(value)))]
        self.mixed = any(int(f[1]) > 12 for f in firsts) and any(int(f[2]) > 12 >= int(f[1]) for f in firsts)
        self.day_first = self.mixed or day_first(dates)
        self.seasons = any(_season(value, False) for value in dates)

    def when(self, date: RawValue | None, year: RawValue | None, month: RawValue | None,
             season: RawValue | None) -> When:  # fmt: skip
        """Return when a row took place by what its columns say; the day is the surest."""
        for value in (season, date) if season is not None else (date,):
            label = _season(value, value is season or self.seasons)
            if label:
                return When(None, label)
        found = self._day(date)
        if found:
            return When(found, str(found.year))
        stated = _year(year) or _year(season) or _year(date)
        if month is not None:
            alone = read_date(month, True)
            if alone is not None:
                return When(alone, str(alone.year))
            if stated and (of := _month(month)):
                return When(dt.date(int(stated), of, 1), stated)
        parts = (_part(value, stated) for value in (date, month))
        return next((one for one in parts if one is not None), When(None, stated))

    def _day(self, value: RawValue | None) -> dt.date | None:
        if isinstance(value, str) and _SERIAL.fullmatch(value.strip()):
            value = float(value.strip().replace(",", "."))
        if isinstance(value, float) and int(value) in _SERIALS:
            return dt.date(1899, 12, 30) + dt.timedelta(days=int(value))
        if isinstance(value, str) and self.mixed:
            return read_date(value, True) or read_date(value, False)
        return read_date(value, self.day_first) or (read_date(value, not self.day_first) if self.mixed else None)


def _part(value: RawValue | None, stated: str) -> When | None:
    """Return the quarter or the week that a cell names, its year being ``stated`` elsewhere where it names none."""
    words = plain(str(value)) if isinstance(value, str) else ""
    found = _QUARTER.fullmatch(words)
    if found:
        quarter = int(found[1] or found[3] or found[6])
        year = found[2] or found[4] or found[5] or stated
        return When(dt.date(int(year), 3 * quarter - 1, 1), year) if year else None
    found = _HALF.fullmatch(words)
    if found and (year := found[2] or found[4] or stated):
        return When(dt.date(int(year), 6 * int(found[1] or found[3]) - 3, 1), year)
    found = _WEEK.fullmatch(words)
    if not found:
        return None
    week, year = int(found[1] or found[4]), found[2] or found[3] or stated
    try:
        return When(dt.date.fromisocalendar(int(year), week, 4), year) if year else None
    except ValueError:
        return None


def _business_year(text: str) -> str:
    """Return the year that a text says by its end (``exercice clos le 30/06/2025``) or by both its ends."""
    days = []
    for found in _FULL.finditer(text):
        day, month, year = (found[1], found[2], found[3]) if found[3] else (found[6], found[5], found[4])
        days.append((int(year), int(month), int(day)))
    if not days or not (_CLOSES.search(plain(text)) or (len(days) == 2 and days[0] < days[1])):
        return ""
    year, month, _ = days[-1]
    if len(days) == 2 and not 11 <= 12 * (year - days[0][0]) + month - days[0][1] <= 12:
        return ""
    return str(year) if month == 12 else f"{year - 1}/{year % 100:02d}"


def closing_month(*texts: str) -> int:
    """Return the month in which a title says that its business year closes: 6 for ``exercice clos le 30/06/2024``."""
    for text in texts:
        days = [(found[2] or found[5]) for found in _FULL.finditer(text)]
        if days and _business_year(text):
            return int(days[-1])
    return 0


def _season(value: RawValue | None, sure: bool) -> str:
    if not isinstance(value, str):
        return ""
    found = _SEASON.fullmatch(tidy(value))
    if not found:
        return _business_year(tidy(value))
    first = int(found[1]) if len(found[1]) == 4 else 2000 + int(found[1])
    if (first + 1) % 100 != int(found[2]) % 100:
        return ""
    if not sure and (len(found[1]) == 2 or (len(found[2]) == 2 and int(found[2]) <= 12)):
        return ""
    return f"{first}/{(first + 1) % 100:02d}"


def _year(value: RawValue | None) -> str:
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and 1900 <= value < 2200 else ""
    found = _YEAR.fullmatch(tidy(value)) if isinstance(value, str) else None
    return found[1] if found else ""


def _month(value: RawValue) -> int | None:
    """Return the month of ``mars``, ``03`` or ``3``."""
    text = str(int(value)) if isinstance(value, float) and value.is_integer() else plain(str(value))
    if text.isdigit():
        return int(text) if 1 <= int(text) <= 12 else None
    found = read_date(f"{text} 2000", True)
    return found.month if found else None


def part_of_a_year(heading: str) -> str:
    """Return what a heading says its quantities are of: a ``week``, a ``delivery``…, empty where of the whole year."""
    line = LINE.fullmatch(tidy(heading))
    said = (line[1] if line else tidy(heading)).casefold()
    found = _FOR_ONE.search(said) or _ADJECTIVE.search(plain(said))
    if found:
        return next(part for part, words in _PARTS.items() if re.fullmatch(words, found[1]))
    return "order" if _LATEST.search(said) else ""


def without_part(unit: str) -> str:
    """Return a unit without the part of the year that it is of: ``kg`` of ``kg/semaine``."""
    return re.split(r"\s*/|\s+(?:par|per)\b", unit)[0].strip() if part_of_a_year(unit) else unit


def how_often(titles: Mapping[int, str], part: str) -> int | None:
    """Return the column that says how many days, weeks, deliveries… there are in the year, None where none does."""
    for at, title in titles.items():
        found = _OFTEN.fullmatch(plain(title))
        if found and re.fullmatch(_PARTS[part], found["part"]):
            return at
    return None


def times_a_year(value: RawValue | None) -> float | None:
    """Return how often a cell says that something comes in a year, None where it is no such number."""
    number = read_number(value, "")[0]
    return number if number is not None and 0.0 < number <= _MOST_TIMES else None
