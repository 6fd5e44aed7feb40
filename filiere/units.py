"""Written units: which are a mass, and what one unit is in another of the same dimension.

The factors are exact by definition (BIPM, The International System of Units, 9th edition, 2019, tables 2, 7
and 8; pound and ounce: international avoirdupois, 1959). A day is not turned into hours, nor a week into
days: a day of work is not 24 hours.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from filiere.language import Label, Language, several
from filiere.names import loose, tidy


class _Measured(NamedTuple):
    """One spelled unit: its dimension and its size in the dimension's own unit."""

    dimension: str
    size: float


# dimension → size in the dimension's first unit → spellings. Spellings are read whatever their case and
# accents, with or without a plural s, unless their case tells two units apart (_CASED).
_SPELLINGS: dict[str, dict[float, str]] = {
    "mass": {
        1.0: "kg kilo kilogramme kilogram kgs",
        1000.0: "t tonne tonne_métrique metric_ton metric_tonne",
        1e6: "kt kilotonne",
        100.0: "q quintal quintaux qx",
        0.1: "hg hectogramme",
        0.001: "g gr gramme gram",
        1e-6: "milligramme milligram",
        0.45359237: "lb pound",
        0.028349523125: "oz ounce once",
    },
    "volume": {
        1.0: "l litre liter dm3 dm³",
        100.0: "hl hectolitre hectoliter",
        10.0: "dal décalitre",
        0.1: "dl décilitre deciliter",
        0.01: "cl centilitre centiliter",
        0.001: "millilitre milliliter cm3 cm³",
        1000.0: "m3 m³ mètre_cube mètres_cubes cubic_metre cubic_meter",
    },
    "length": {
        1.0: "mètre metre meter",
        1000.0: "km kms kilomètre kilometre kilometer",
        0.1: "dm décimètre",
        0.01: "cm centimètre centimetre centimeter",
        0.001: "mm millimètre millimetre millimeter",
    },
    "area": {
        1.0: "m2 m² mètre_carré mètres_carrés square_metre square_meter",
        10_000.0: "ha hectare",
        100.0: "are",
        1e6: "km2 km² kilomètre_carré kilomètres_carrés square_kilometre square_kilometer",
    },
    "time": {
        1.0: "h hr heure hour",
        1 / 60: "min mn minute",
        1 / 3600: "s sec seconde second",
    },
    "day": {1.0: "j jr jour journée d day"},
    "week": {1.0: "sem semaine week wk"},
    "month": {1.0: "mois month"},
    "year": {1.0: "an ans année year yr"},
    "energy": {
        1.0: "kwh kilowattheure kilowatt_hour",
        0.001: "wh wattheure watt_hour",
        1000.0: "mwh mégawattheure megawatt_hour",
        1e6: "gwh gigawattheure",
        1 / 3600: "kj kilojoule",
        1 / 3.6: "mégajoule",
        1000 / 3.6: "gj gigajoule",
    },
    "count": {
        1.0: "u un unit unité pièce piece pce pc item each",
        12.0: "douzaine dozen dz",
    },
}

# Where case tells two units apart, only the spelling that can mean one thing is known.
_CASED: dict[str, _Measured] = {
    "mg": _Measured("mass", 1e-6),
    "ml": _Measured("volume", 0.001),
    "mL": _Measured("volume", 0.001),
    "m": _Measured("length", 1.0),
    "a": _Measured("area", 100.0),
    "MJ": _Measured("energy", 1 / 3.6),
    "J": _Measured("energy", 1 / 3_600_000),
}
_CASED_ONLY = {spelling.casefold() for spelling in _CASED} - {"j"}

_KNOWN = {
    loose(spelling): _Measured(dimension, size)
    for dimension, sizes in _SPELLINGS.items()
    for size, spellings in sizes.items()
    for spelling in spellings.split()
}

_CURRENCIES = {
    "€": "eur", "euro": "eur", "$": "usd", "dollar": "usd", "£": "gbp", "livresterling": "gbp", "fr": "chf",
    "sfr": "chf", "francsuisse": "chf", "fcfa": "xof", "cfa": "xof", "¥": "jpy", "yen": "jpy",
}  # fmt: skip
# A bare sign that several countries use is whichever of them the workbook counts in.
_SHARED_SIGNS = {
    "$": {"usd", "cad", "aud", "nzd", "sgd", "hkd"},
    "fcfa": {"xof", "xaf"},
    "cfa": {"xof", "xaf"},
}
_HUNDREDTHS = {"ct", "cts", "cent", "cents", "centime", "centimes", "c€"}
_MULTIPLES = {"k": 1e3, "K": 1e3, "M": 1e6, "Md": 1e9}
_PER_YEAR = re.compile(r"\s*(?:/|\bpar\b|\bper\b)\s*(?:an|ans|année|annee|year|yr|a)\.?$", re.IGNORECASE)


_PARTS_OF_A_YEAR = {
    12.0: re.compile(r"\s*/\s*(?:mois|months?)\.?$", re.IGNORECASE),
    4.0: re.compile(r"\s*/\s*(?:trimestre|quarter)\.?$", re.IGNORECASE),
    2.0: re.compile(r"\s*/\s*(?:semestre|half[- ]year|semester)\.?$", re.IGNORECASE),
}
_SAID_BEFORE = re.compile(r"^(?:(?:expressed |exprimée?s? )?(?:in|en)|unit|unité|unités)\s*:?\s+", re.IGNORECASE)
_NET_OF_TAX = re.compile(r"\b(?:HT|H\.T\.?|hors taxes?|net of VAT|excl\.? VAT|excluding VAT)(?!\w)", re.IGNORECASE)
_PER = re.compile(r"\s+(?:per|par|le|la|au|à la)\s+|\s*/\s*", re.IGNORECASE)
_THOUSANDS = re.compile(r"^(?:milliers? (?:de |d')|thousands?(?: of)? |1[ .,]?000 |x ?1[ .,]?000 )(.+)$", re.IGNORECASE)
_TIMES_THOUSAND = re.compile(r"^([^\d×]+?) ?[x×] ?1[ .,]?000$", re.IGNORECASE)
_MILLIONS = re.compile(r"^(?:millions? (?:de |d'|of )?|1[ .,]?000[ .,]?000 )(.+)$", re.IGNORECASE)
_LONG_ENOUGH = 4
_NO_UNIT = {"min", "max", "a", "b", "c", "d", "j", "s"}
_OWN_UNIT = {"", "unit", "units", "unité", "unités", "unite", "unites"}
_CODES = {
    *_CURRENCIES, *_CURRENCIES.values(), "cad", "aud", "nzd", "sgd", "hkd", "xaf", "dkk", "nok", "sek", "pln", "czk",
    "huf", "ron", "bgn", "mad", "tnd", "dzd", "cny", "inr", "brl",
}  # fmt: skip


@lru_cache(maxsize=4096)
def noted_unit(note: str) -> str:
    """Return the unit that a heading's note writes, as a cell would write it; '' where it is no unit at all.

    ``en € HT par kg`` → ``€/kg``; ``see the annex`` is a remark.
    """
    if tidy(note).casefold() in _NO_UNIT:
        return ""
    text = _NET_OF_TAX.sub(" ", _SAID_BEFORE.sub("", tidy(note)))
    text = "/".join(part.strip() for part in _PER.split(f" {text} "))
    return text if text.strip("/") and _knows(multiplied(text)[1]) else ""


@lru_cache(maxsize=4096)
def multiplied(unit: str) -> tuple[float, str]:
    """Return a written unit without the thousands or millions that it is counted in, and how many those are."""
    for size, pattern in ((1e6, _MILLIONS), (1e3, _THOUSANDS), (1e3, _TIMES_THOUSAND)):
        found = pattern.match(unit)
        if found:
            return size, found[1]
    return 1.0, unit


@lru_cache(maxsize=4096)
def of_the_year(unit: str) -> tuple[float, str]:
    """Return a written unit without the part of a year it is for, and how often that part comes: t/month is 12, t."""
    for times, pattern in _PARTS_OF_A_YEAR.items():
        shorter = pattern.sub("", unit)
        if shorter != unit:
            return times, shorter
    return 1.0, without_year(unit)


def is_time(unit: str) -> bool:
    """Whether a written unit is a span of time shorter than a year: an hour, a day, a week."""
    found = _measured(unit)
    return found is not None and found.dimension in ("time", "day", "week", "month")


def is_own_unit(unit: str) -> bool:
    """Whether a written unit says no more than "in the product's unit"."""
    return tidy(unit).casefold() in _OWN_UNIT


def _knows(unit: str) -> bool:
    """Whether the parts of a written unit are known: ``€/kg``, ``t/mois``, ``kg CO2e``."""
    above, _, below = unit.partition("/")
    sign = tidy(above).replace(" ", "")
    endings = [sign[len(multiple) :] for multiple in ("", *_MULTIPLES) if sign.startswith(multiple)]
    money = loose(sign) in _HUNDREDTHS or any(_currency(ending) in _CODES for ending in endings)
    gas = tidy(above).partition(" ")
    known = money or above == "%" or is_own_unit(above) or _measured(above) is not None
    known = known or (_measured(gas[0]) is not None and "co2" in loose(gas[2])) or loose(above) in ("etp", "fte")
    return known and (above != "" or below != "")


@lru_cache(maxsize=4096)
def _measured(unit: str) -> _Measured | None:
    """Return what a spelled unit is, None where it is not known."""
    text = tidy(unit).rstrip(".")
    if text in _CASED:
        return _CASED[text]
    if text.casefold() in _CASED_ONLY:
        return None
    key = loose(text)
    return _KNOWN.get(key) or (_KNOWN.get(key[:-1]) if len(key) > 3 and key.endswith("s") else None)


@lru_cache(maxsize=4096)
def misspelt_unit(unit: str) -> str | None:
    """Return the unit that one letter too many or too few makes of this one: ``tonnnes`` is ``tonne``.

    None for a known unit, and for a word that is none: what is sold by the ``livre`` (book) is no ``litre``.
    """
    key = loose(tidy(unit).rstrip("."))
    key = key[:-1] if key.endswith("s") else key
    if len(key) < _LONG_ENOUGH or _measured(unit) is not None:
        return None
    for known in _KNOWN:
        longer, shorter = (key, known) if len(key) > len(known) else (known, key)
        one_letter = len(known) >= _LONG_ENOUGH and len(longer) == len(shorter) + 1
        if one_letter and any(longer[:at] + longer[at + 1 :] == shorter for at in range(len(longer))):
            return known
    return None


def is_measured(unit: str) -> bool:
    """Whether a written unit is a measure that others convert to: a mass, a volume, a length, an area, an energy."""
    found = _measured(unit)
    return found is not None and found.dimension in ("mass", "volume", "length", "area", "energy")


def mass_in_kg(unit: str) -> float | None:
    """Return the mass in kg of one ``unit``, None where the unit is not a mass."""
    found = _measured(unit)
    return found.size if found and found.dimension == "mass" else None


def is_energy(unit: str) -> bool:
    """Return whether a unit is one of energy."""
    measured = _measured(unit)
    return measured is not None and measured.dimension == "energy"


def is_counted(unit: str) -> bool:
    """Return whether a unit is of things that are counted one by one: jars, seats, shows; not tonnes nor hours."""
    text = tidy(unit)
    if not text or any(not (letter.isalpha() or letter in " -'’") for letter in text):
        return False
    if loose(text) in ("etp", "fte") or text.casefold() in _CODES:
        return False
    return all(
        known is None or (known.size == 1.0 and known.dimension == "count") for known in map(_measured, text.split())
    )


_BEFORE_PLURAL_ENDS = re.compile(r"\s(?:de|du|des|à|au|en|par|pour|of|per|for|in)\s|\sd['’]|\s*[(/]", re.IGNORECASE)
_KEEP_AL = {"bal", "carnaval", "festival", "récital", "régal", "chacal"}
_SHORTEST = 3
_SHORT_WORDS = ("day", "ton")


def after_count(unit: str, value: float, language: Language) -> str:
    """Return a unit as it stands after a number: ``entrées`` after 7 000, ``entrée`` after 1; ``t`` and ``kWh`` stay.

    Of several words, those before ``de``, ``of`` and the like take the plural; in English the last of them.
    """
    text = tidy(unit)
    if not several(abs(value), language):
        return text
    found = _BEFORE_PLURAL_ENDS.search(text)
    named, rest = (text[: found.start()], text[found.start() :]) if found else (text, "")
    if len(named) < _SHORTEST or not all(is_counted(word) or _is_word(word) for word in named.split()):
        return text
    *before, last = named.split(" ")
    english = " ".join([*before, _plural_en(last)])
    return Label(english, " ".join(_plural_fr(word) for word in (*before, last))).to(language) + rest


def _is_word(text: str) -> bool:
    """Whether a known unit is written out: ``heure``, ``tonne``; not ``kWh``."""
    long = len(text) > _SHORTEST or text in _SHORT_WORDS
    return long and text.isalpha() and text[1:].islower() and loose(text) not in _CODES


def _plural_fr(word: str) -> str:
    low = word.casefold()
    if low.endswith(("s", "x", "z")):
        return word
    if low.endswith("al") and low not in _KEEP_AL:
        return word[:-1] + "ux"
    return word + ("x" if low.endswith(("eau", "eu", "au")) and low not in ("pneu", "bleu") else "s")


def _plural_en(word: str) -> str:
    low = word.casefold()
    if low.endswith("s") and not low.endswith("ss"):
        return word
    if low.endswith("y") and len(low) > 1 and low[-2] not in "aeiou":
        return word[:-1] + "ies"
    return word + ("es" if low.endswith(("ss", "sh", "ch", "x", "z")) else "s")


@lru_cache(maxsize=4096)
def factor(from_unit: str, to_unit: str) -> float | None:
    """Return what one ``from_unit`` is in ``to_unit``: ``factor("t", "kg")`` is 1000.

    None where the two are not of one dimension. A unit that is not known converts to itself only.
    """
    here, there = _measured(from_unit), _measured(to_unit)
    if here and there:
        return here.size / there.size if here.dimension == there.dimension else None
    if here or there:
        return None
    same = loose(from_unit) == loose(to_unit) or _singular(from_unit) == _singular(to_unit)
    return 1.0 if same else None


def _singular(unit: str) -> str:
    key = loose(unit)
    return key[:-1] if len(key) > 3 and key[-1] in "sx" else key


@lru_cache(maxsize=4096)
def without_year(unit: str) -> str:
    """Return ``unit`` without ``/an``, ``/year``, ``par an``: every quantity is for the year."""
    return _PER_YEAR.sub("", tidy(unit))


@lru_cache(maxsize=4096)
def money_factor(text: str, currency: str) -> float | None:
    """Return what one ``text`` (``€``, ``k€``, ``M€``, ``EUR``) is in ``currency``; None: not money."""
    text, wanted = tidy(text).replace(" ", ""), _currency(currency)
    if loose(text) in _HUNDREDTHS:
        return 0.01
    for multiple, size in (("", 1.0), *_MULTIPLES.items()):
        if not text.startswith(multiple):
            continue
        sign = text[len(multiple) :]
        if sign and (_currency(sign) == wanted or wanted in _SHARED_SIGNS.get(loose(sign), ())):
            return size
    return None


def _currency(text: str) -> str:
    key = loose(text).rstrip(".")
    return _CURRENCIES.get(key) or _CURRENCIES.get(key.removesuffix("s")) or key
