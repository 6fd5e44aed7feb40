"""One cell: what its value means in its column, or what is wrong with it.

Every kind of column has one function here. A cell is understood without looking at any other cell: units
that depend on the row's product or on the currency are kept beside the number, to be converted later.
"""

from __future__ import annotations

import datetime as dt
import math
import re
from collections.abc import Callable, Mapping
from functools import cache
from typing import Any, NamedTuple

from filiere.chain.parse.number import exactly, written_number
from filiere.language import Label, as_written, day, listed, quoted
from filiere.names import fold, loose, nearest, tidy
from filiere.problems import Code
from filiere.problems import parsing as p
from filiere.problems.problem import Fact
from filiere.schema import Column, Reads, Unit
from filiere.schema.words import Word
from filiere.table import ErrorValue, Percentage, RawValue, Uncomputed
from filiere.units import without_year

LONGEST_NAME = 1000
_MISSING = {"", "?", "??", "???", "nd", "n.d.", "n.d", "na", "n.a.", "n/a", "n.c.", "nc", "nsp", "inconnu", "unknown",
            "tbd", "…", "...", "x", "néant", "none", "null", "vide", "blank", "àcompléter", "\u2212"}  # fmt: skip
_DATES = (dt.datetime, dt.date, dt.time, dt.timedelta)


class Finding(NamedTuple):
    """A problem of a cell whose place is put in by whoever knows it."""

    code: Code
    facts: Mapping[str, Fact]


class Understood(NamedTuple):
    """What a cell means: its value (None where it is refused), the unit typed beside it, what was found."""

    value: Any
    unit: str = ""
    findings: tuple[Finding, ...] = ()


def is_blank(value: RawValue | None) -> bool:
    """Return whether a cell counts as blank: absent, or a text that shows nothing."""
    return value is None or (isinstance(value, str) and (not value or not tidy(value)))


def understand(column: Column, value: RawValue) -> Understood:
    """Return what a filled cell means in ``column``; never raises."""
    if isinstance(value, float) and column.reads is Reads.NUMBER:
        return _bounded(column, value, "", "")
    if isinstance(value, ErrorValue):
        return _refused(p.ERROR_VALUE, text=value.text)
    if isinstance(value, Uncomputed):
        return _refused(p.NEVER_COMPUTED)
    if isinstance(value, _DATES) and not column.common:
        return _refused(p.DATE_FOUND, text=_dated(value), column=column.label)
    if isinstance(value, bool) and column.reads is not Reads.WORD and not column.common:
        return _refused(p.BOOLEAN_FOUND, text=Label(*(("TRUE", "VRAI") if value else ("FALSE", "FAUX"))),
                        column=column.label)  # fmt: skip
    return _READERS[column.reads](column, value)


def shown(value: RawValue) -> str:
    """Return a cell's value as text: numbers without ``.0``, dates as they are sorted."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float | int):
        return str(int(value)) if float(value).is_integer() and abs(value) < 1e15 else repr(value)
    if isinstance(value, dt.datetime) and value.time() == dt.time():
        return value.date().isoformat()
    if isinstance(value, ErrorValue):
        return value.text
    return value.formula if isinstance(value, Uncomputed) else str(value)


def _dated(value: dt.date | dt.time | dt.timedelta) -> Label:
    """Return a date as each language writes it, with its time where it has one; a time or a duration alone as it is."""
    if isinstance(value, dt.time):
        return Label(f"the time {value}", f"l'heure {value}")
    if isinstance(value, dt.timedelta):
        hours, seconds = divmod(round(value.total_seconds()), 3600)
        said = f"{hours}:{seconds // 60:02}"
        return Label(f"the duration {said}", f"la durée {said}")
    date, hour = value, ""
    if isinstance(value, dt.datetime):
        date, hour = value.date(), f" {value:%H:%M}" if value.time() != dt.time() else ""
    return Label(f"the date {day(date, 'en')}{hour}", f"la date {day(date, 'fr')}{hour}")


def meant(candidate: str | Label | None) -> Label:
    """Return the sentence that suggests a known name, empty where there is none."""
    if candidate is None:
        return Label("", "")
    said = candidate if isinstance(candidate, Label) else as_written(candidate)
    return Label(f"Did you mean {quoted(said.en, 'en')}? ", f"Vouliez-vous dire {quoted(said.fr, 'fr')}\u202f? ")


def _quoted(label: Label) -> Label:
    """Return a word set apart: one of them holds a comma itself."""
    return Label(*(quoted(label.to(language), language) for language in ("en", "fr")))


def all_of(labels: list[Label]) -> Label:
    """Return ``labels`` as a list in both languages."""
    return Label(*(listed((label.to(language) for label in labels), language) for language in ("en", "fr")))


def plain_figure(value: RawValue | None) -> float | None:
    """Return a number that is typed without a unit and not shown as a percentage; None for anything else."""
    if isinstance(value, str):
        written = written_number(value)
        return written.values[0] if written and not written.unit and len(written.values) == 1 else None
    return value if isinstance(value, float) and not isinstance(value, Percentage) else None


def in_percent(value: RawValue) -> RawValue:
    """Return a number typed under a heading that says ``%`` as the share it is; anything else as it stands."""
    return value if plain_figure(value) is None else f"{shown(value)} %"


def _refused(code: Code, **facts: Fact) -> Understood:
    return Understood(None, "", (Finding(code, facts),))


def _name(column: Column, value: RawValue) -> Understood:
    name = tidy(value) if isinstance(value, str) else shown(value)
    if len(name) > LONGEST_NAME:
        return _refused(p.TEXT_TOO_LONG, length=len(name), most=LONGEST_NAME)
    return Understood(name)


def _names(column: Column, value: RawValue) -> Understood:
    parts: dict[str, str] = {}
    for part in re.split(r"[;\n]", shown(value)):
        if tidy(part):
            parts.setdefault(fold(part), tidy(part))
    longest = max(map(len, parts), default=0)
    if longest > LONGEST_NAME:
        return _refused(p.TEXT_TOO_LONG, length=longest, most=LONGEST_NAME)
    return Understood(tuple(parts.values()))


def _text(column: Column, value: RawValue) -> Understood:
    return Understood(shown(value).strip()) if column.common else _name(column, value)


def _anything(column: Column, value: RawValue) -> Understood:
    return Understood(value if isinstance(value, float) else shown(value).strip())


def _word(column: Column, value: RawValue) -> Understood:
    assert column.words is not None
    text = tidy(shown(value))
    found = _spellings(column.words)[0].get(loose(text))
    if found is None and column.open_words:
        return _name(column, value)
    found = found or word_of(column.words, text)
    if found is not None:
        return Understood(found)
    known = {spelling: word for word in column.words for spelling in word.spellings}
    near = nearest(text, known)
    return _refused(
        p.UNKNOWN_WORD, text=text, column=column.label, allowed=all_of([_quoted(word.label) for word in column.words]),
        meant=meant(known[near].label if near else None),
    )  # fmt: skip


def word_of(words: type[Word], text: str) -> Word | None:
    """Return the word that a text is, in any spelling and with the ending of what it qualifies: ``membres``."""
    spelled, inflected = _spellings(words)
    return spelled.get(loose(text)) or inflected.get(loose(text))


@cache
def _spellings(words: type[Word]) -> tuple[Mapping[str, Word], Mapping[str, Word]]:
    """Return every spelling of a closed list, and those with a French or English ending."""
    spelled = {loose(spelling): word for word in words for spelling in word.spellings}
    inflected: dict[str, set[Word]] = {}
    for key, word in spelled.items():
        for ending in ("e", "s", "es") if len(key) > 2 else ():
            inflected.setdefault(key + ending, set()).add(word)
    return spelled, {key: next(iter(some)) for key, some in inflected.items() if len(some) == 1}


def _number(column: Column, value: RawValue) -> Understood:
    if isinstance(value, float | int) and not isinstance(value, bool):
        return _bounded(column, value if isinstance(value, float) else float(value), "", shown(value))
    text = tidy(shown(value))
    written = written_number(text)
    if written is None:
        # A lone dash or « n.d. » says that nobody knows; it is neither a zero nor a blank.
        if text.casefold().replace(" ", "") in _MISSING or not loose(text):
            return _refused(p.PLACEHOLDER, text=text, column=column.label, default=default_label(column))
        return _refused(p.NOT_A_NUMBER, text=text, column=column.label)
    if len(written.values) > 1:
        first, second = (exactly(reading) for reading in written.values[:2])
        return _refused(p.TWO_READINGS, text=text, column=column.label, first=first, second=second)
    return _bounded(column, written.values[0], written.unit, text)


def _bounded(column: Column, number: float, unit: str, text: str) -> Understood:
    """Return a number that keeps the column's bounds, a percentage as a share, any other unit beside it."""
    if not math.isfinite(number):
        return _refused(p.NOT_A_NUMBER, text=text or shown(number), column=column.label)
    typed, unit = number, without_year(unit) if unit else ""
    if unit == "%":
        if column.unit not in (Unit.SHARE, Unit.PLAIN):
            return _refused(p.NOT_A_SHARE, text=text, column=column.label)
        number, unit = number / 100, ""
    elif unit and column.unit is Unit.SHARE:
        return unit_refused(column, Understood(number, unit), text)
    if column.lowest is not None and number < column.lowest:
        return _refused(p.TOO_LOW, text=exactly(typed), column=column.label, lowest=exactly(column.lowest))
    if column.highest is not None and number > column.highest:
        if column.unit is Unit.SHARE:
            return _refused(p.SHARE_TOO_HIGH, text=text or exactly(number), column=column.label, **_as_percent(typed))
        return _refused(p.TOO_HIGH, text=exactly(number), column=column.label, highest=exactly(column.highest))
    if column.largest is not None and abs(number) > column.largest:
        return _refused(p.TOO_LARGE, text=exactly(typed), column=column.label, largest=exactly(column.largest))
    if column.finest is not None and 0 < abs(number) < column.finest:
        return _refused(p.TOO_FINE, text=exactly(typed), column=column.label, finest=exactly(column.finest))
    if column.reads is Reads.INTEGER and not number.is_integer():
        return _refused(p.NOT_WHOLE, text=exactly(number), column=column.label)
    if column.unit is Unit.SHARE and typed == number and _asks(column, number):
        read = _percent(100 * number)
        return Understood(number, unit, (Finding(
            p.LARGE_SHARE, {"text": exactly(number), "column": column.label, "read": read, **_as_percent(number)}),
        ))  # fmt: skip
    return Understood(number, unit)


def _asks(column: Column, number: float) -> bool:
    """Whether a share that was typed as a plain number may be meant as a percentage: 4 as 4 %, 1 as 1 %."""
    exactly_one = column.asks_at_one and number == 1 and not isinstance(number, Percentage)
    return exactly_one or (column.highest is None and number > 1)


def _as_percent(number: float) -> dict[str, Fact]:
    return {"percent": _percent(number), "share": exactly(number / 100)}


def _percent(number: float) -> Label:
    said = exactly(number)
    return Label(f"{said.en}%", f"{said.fr}\u202f%")


_READERS: Mapping[Reads, Callable[[Column, RawValue], Understood]] = {
    Reads.NAME: _name, Reads.NAMES: _names, Reads.NUMBER: _number, Reads.INTEGER: _number, Reads.WORD: _word,
    Reads.TEXT: _text, Reads.ANY: _anything,
}  # fmt: skip


def unit_refused(column: Column, understood: Understood, value: RawValue) -> Understood:
    """Return the refusal of a unit beside a number whose column has no unit to convert to."""
    return _refused(p.UNKNOWN_UNIT, text=tidy(shown(value)), unit=understood.unit, column=column.label,
                    expected=counted_in(column))  # fmt: skip


def counted_in(column: Column) -> Label:
    """Return in what a column's numbers are counted, in words."""
    unit = column.unit
    return unit.label if unit and unit.label.en else Label("a number without a unit", "un nombre sans unité")


def default_label(column: Column) -> Label:
    """Return what a blank cell of the column stands for, in words."""
    if column.default_said:
        return column.default_said
    if isinstance(column.default, Word):
        return column.default.label
    if isinstance(column.default, float | int):
        return exactly(float(column.default))
    if column.default:
        return Label(str(column.default), str(column.default))
    return Label("nothing", "rien")
