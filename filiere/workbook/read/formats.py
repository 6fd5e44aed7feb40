"""From the stored form of a value to the value: numbers, number formats, serial dates, ISO dates and durations."""

from __future__ import annotations

import datetime as dt
import math
import re
from enum import Enum

from filiere.table import Percentage, RawValue


class Kind(Enum):
    """What a number format makes of a number."""

    NUMBER = "number"
    DATE = "date"
    TIME = "time"
    DATE_TIME = "date and time"
    DURATION = "duration"
    EITHER = "date or time"
    PERCENT = "percentage"


# ECMA-376 part 1, 18.8.30: 14-22 and 45-47 mean the same everywhere, 27-36 and 50-58 are dates or
# times that differ from one East Asian language to the next, 71-81 dates and times of the Thai ones.
_BUILT_IN = {
    **dict.fromkeys((9, 10), Kind.PERCENT),
    **dict.fromkeys((14, 15, 16, 17), Kind.DATE),
    **dict.fromkeys((18, 19, 20, 21, 45, 47), Kind.TIME),
    22: Kind.DATE_TIME,
    46: Kind.DURATION,
    **dict.fromkeys((*range(27, 37), *range(50, 59), *range(71, 82)), Kind.EITHER),
}
_LITERAL = re.compile(r'"[^"]*"?|\\.|_.|\*.')
_ELAPSED = re.compile(r"\[(?:h+|m+|s+)\]")
_BRACKETS = re.compile(r"\[[^\]]*\]?")
_HALF_DAY = re.compile(r"am/pm|a/p")
_SPLIT_SECONDS = re.compile(r"(?<=s)[.,]0+")
_PLACE_HOLDERS = re.compile(r"[0#?]")


def built_in_kind(number_format: int) -> Kind:
    """Return what a format that the file does not spell out stands for."""
    return _BUILT_IN.get(number_format, Kind.NUMBER)


def kind_of(code: str) -> Kind:
    """Return what a format code such as ``dd/mm/yyyy hh:mm`` makes of a number.

    A code may have sections for other signs, such as one that hides zero dates: the first that is a
    date, a time or a percentage tells.
    """
    for section in _LITERAL.sub("", code).lower().split(";"):
        kind = _kind_of_section(section)
        if kind is not Kind.NUMBER:
            return kind
    return Kind.NUMBER


def _kind_of_section(section: str) -> Kind:
    if _ELAPSED.search(section):
        return Kind.DURATION
    section = _BRACKETS.sub("", section).replace("general", "").replace("standard", "")
    if "%" in section:
        return Kind.PERCENT
    section, half_days = _HALF_DAY.subn("", section)
    # The exact split seconds of ss.000 are the only digits that a date or a time may show.
    if _PLACE_HOLDERS.search(_SPLIT_SECONDS.sub("", section)):
        return Kind.NUMBER
    time = bool(half_days) or "h" in section or "s" in section
    # A lone m is a month; beside hours or seconds it may be minutes, and then a day or a year tells.
    date = any(letter in section for letter in ("ydeg" if time else "ydmeg"))
    if date and time:
        return Kind.DATE_TIME
    if date:
        return Kind.DATE
    return Kind.TIME if time else Kind.NUMBER


_BESIDE = re.compile(r'"([^"]*)"|\\(.)|\[\$([^\]-]*)[^\]]*\]|([€£$])')
_SCALED = re.compile(r"[0#?],+(?![0#?,])")
_UNIT = re.compile(
    r"kgs?|kilos?|g|t|tonnes?|q|qx|quintaux|quintal|l|litres?|hl|cl|ml|pi[eè]ces?|unit[ée]s?|u|bouteilles?|dz|douzaines?"
    r"|[€£$]|eur|chf|usd|gbp|cad|xof|xaf|f ?cfa|mad|tnd|jpy|cny|sek|dkk|nok|pln",
    re.IGNORECASE,
)


def shown_unit(code: str) -> str:
    """Return the unit or the currency that a format code such as ``0.00" t"`` shows beside a number; else ``''``.

    A code that shows thousands (``#,##0,"k€"``) is of another number than the one that is stored.
    """
    section = code.split(";", maxsplit=1)[0]
    words = "".join("".join(found) for found in _BESIDE.findall(section)).strip(" \u00a0\u202f")
    if not _UNIT.fullmatch(words) or _SCALED.search(_BESIDE.sub("", section)):
        return ""
    return words if kind_of(code) is Kind.NUMBER else ""


_NUMBER = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?", re.ASCII)


def stored_number(text: str) -> float | None:
    """Return the number a file stores as ``text``; None for anything else, infinity and ``1_000`` included."""
    text = text.strip()
    if not _NUMBER.fullmatch(text):
        return None
    value = float(text)
    return value if math.isfinite(value) else None


_DAY = 86_400_000
_LAST_SERIAL = 2_958_466
_EPOCH_1900 = dt.datetime(1899, 12, 30)
_EPOCH_1904 = dt.datetime(1904, 1, 1)
_PHANTOM = 60


def from_serial(serial: float, kind: Kind, from_1904: bool) -> RawValue:
    """Return the date, time, duration or percentage that a number shows under a format of ``kind``.

    The 1900 system counts a 29 February 1900 that never was (serial 60), so days before it are one off;
    a number that is no date there (negative, or past the year 9999) stays a number.
    """
    if kind is Kind.PERCENT:
        return Percentage(serial)
    if kind is Kind.NUMBER or not -_LAST_SERIAL < serial < _LAST_SERIAL:
        return serial
    milliseconds = round(serial * _DAY)
    if kind is Kind.DURATION:
        return dt.timedelta(milliseconds=milliseconds)
    if milliseconds < 0:
        return serial
    days, rest = divmod(milliseconds, _DAY)
    if days == 0 and (kind in (Kind.TIME, Kind.EITHER) or not from_1904):
        return (dt.datetime.min + dt.timedelta(milliseconds=rest)).time()
    if not from_1904 and days == _PHANTOM:
        return serial
    epoch = _EPOCH_1904 if from_1904 else _EPOCH_1900
    if not from_1904 and days < _PHANTOM:
        days += 1
    try:
        moment = epoch + dt.timedelta(days=days, milliseconds=rest)
    except OverflowError:  # the 1904 system runs out of years four years before the other
        return serial
    return moment.date() if rest == 0 and kind in (Kind.DATE, Kind.EITHER) else moment


def from_iso(text: str, kind: Kind = Kind.NUMBER) -> RawValue:
    """Return the date, time or both that ``text`` writes after ISO 8601; the text itself where it is none.

    A moment at midnight is a date where its format (``kind``) shows a date alone. Time zones are dropped: a
    sheet shows local time.
    """
    text = text.strip()
    parse = dt.date if len(text) == len("2024-01-31") else dt.time if ":" in text[:3] else dt.datetime
    try:
        value = parse.fromisoformat(_shortened(text))
    except ValueError:
        return text
    if isinstance(value, dt.datetime):
        value = value.replace(tzinfo=None)
        if kind is Kind.TIME and value.date() <= _EPOCH_1900.date() + dt.timedelta(days=1):
            return value.time()
        return value.date() if kind is Kind.DATE and value.time() == dt.time() else value
    return value.replace(tzinfo=None) if isinstance(value, dt.time) else value


def _shortened(text: str) -> str:
    # LibreOffice writes nanoseconds, Python reads microseconds at most.
    return re.sub(r"(\.\d{6})\d+", r"\1", text)


_DURATION = re.compile(r"(-?)P(?:(\d{1,7})D)?(?:T(?:(\d{1,9})H)?(?:(\d{1,9})M)?(?:(\d{1,9}(?:[.,]\d+)?)S)?)?", re.ASCII)


def from_duration(text: str) -> RawValue:
    """Return the time of day or, from a day on or below zero, the duration that ``PT12H30M00S`` writes."""
    match = _DURATION.fullmatch(text.strip())
    if not match:
        return text
    sign, days, hours, minutes, seconds = match.groups(default="")
    length = dt.timedelta(
        days=int(days or 0),
        hours=int(hours or 0),
        minutes=int(minutes or 0),
        seconds=float((seconds or "0").replace(",", ".")),
    )
    if sign or length >= dt.timedelta(days=1):
        return -length if sign else length
    return (dt.datetime.min + length).time()
