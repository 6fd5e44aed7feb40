"""A figure that its cell writes with several numbers: ``3 x 5 kg``, ``2kg500``, ``10 kg + 5 kg``, ``2½``, ``1h30``."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import reduce
from typing import NamedTuple

from filiere.names import tidy
from filiere.units import factor

Reader = Callable[[str], float | None]
"""Reads a number without a unit; None where it reads in two ways."""

_UNIT = r"kgs?|kilos?|grammes?|gr?|tonnes?|t|quintaux|quintal|qx?|litres?|[hcm]?l"
_NUMBER = r"\d[\d .,]*"
_MEASURE = re.compile(rf"({_NUMBER}?)\s*({_UNIT})\.?", re.IGNORECASE)
_PACKAGE = (
    r"sacs?|sachets?|cartons?|colis|caisses?|cagettes?|plateaux?|bo[iî]tes?|barquettes?|bidons?|seaux?|bouteilles?|btl"
    r"|bte|packs?|lots?|paquets?|pots?|bocal|bocaux|f[uû]ts?|big[- ]?bags?|palettes?|bacs?"
)
_COUNT = re.compile(rf"\(?(\d{{1,4}})\s*(?:(?:{_PACKAGE})\b)?", re.IGNORECASE)
_TIMES = re.compile(
    rf"\s*(?:[x×*]|\bfois\b)\s*|(?<=[a-zîû])\s+(?:de|d'|of)\s+(?={_NUMBER}(?:{_UNIT})\b)", re.IGNORECASE
)
_BROKEN = re.compile(r"(\d+)\s*(kgs?|kilos?|tonnes?|t|quintaux|quintal|q|litres?|l|hl|€|euros?)\s*(\d{1,3})"
                     r"(?:\s*(kg|gr?|cl|ml|l))?(\s*/.*)?", re.IGNORECASE)  # fmt: skip
_HOURS = re.compile(r"(\d+)\s*(?:h|heures?)\s*([0-5]\d)(?:\s*(?:mn|min(?:utes?)?))?", re.IGNORECASE)
_PARTS = {"½": 1 / 2, "¼": 1 / 4, "¾": 3 / 4, "⅓": 1 / 3, "⅔": 2 / 3, "⅛": 1 / 8,
          "1/2": 1 / 2, "1/4": 1 / 4, "3/4": 3 / 4, "1/3": 1 / 3, "2/3": 2 / 3}  # fmt: skip
_FRACTION = re.compile(rf"(\d+)?\s*([½¼¾⅓⅔⅛]|(?<!\d)[123]/[234])\s*({_UNIT})?", re.IGNORECASE)
_DECIMALS = {"€": (2,), "t": (1, 3), "kg": (1, 3), "q": (2,), "hl": (2,), "l": (1, 2, 3)}
"""Unit → how many digits behind it can only be its decimals: ``2kg50`` may be 50 grams or half a kilogram."""


class Worked(NamedTuple):
    """What the numbers of a cell come to, its unit, and of how many packages of one size where it is said."""

    value: float
    unit: str
    packages: float | None = None


def worked_out(text: str, read: Reader) -> Worked | None:
    """Return what a cell of several numbers comes to, None where it is no such cell, or reads in more than one way."""
    text = tidy(text)
    return _fraction(text) or _hours(text) or _broken(text) or _product(text, read) or _sum(text, read)


def is_cut_unit(unit: str) -> bool:
    """Whether a unit has digits of its figure behind it, which nothing reads for sure: ``kg50`` of ``2kg50``."""
    return bool(re.fullmatch(rf"(?:{_UNIT})\s*\d+", unit, re.IGNORECASE)) or unit[:1] in _PARTS


def _fraction(text: str) -> Worked | None:
    found = _FRACTION.fullmatch(text)
    if not found or ("/" in found[2] and not found[3]):
        return None
    return Worked(float(found[1] or 0) + _PARTS[found[2]], found[3] or "") if found[2] in _PARTS else None


def _hours(text: str) -> Worked | None:
    found = _HOURS.fullmatch(text)
    return Worked(int(found[1]) + int(found[2]) / 60.0, "h") if found else None


def _broken(text: str) -> Worked | None:
    """Return a figure whose unit stands where its decimal comma would: ``2kg500``, ``1L5``, ``2 t 500 kg``."""
    found = _BROKEN.fullmatch(text)
    if not found:
        return None
    whole, unit, digits, small, per = found.groups()
    if small:
        times = factor(small, unit)
        return Worked(int(whole) + int(digits) * times, unit) if times and times < 1.0 and not per else None
    key = next((one for one in _DECIMALS if factor(one, unit) == 1.0), "€")
    return Worked(float(f"{whole}.{digits}"), unit + (per or "")) if len(digits) in _DECIMALS[key] else None


def _measure(text: str, read: Reader) -> tuple[float, str] | None:
    """Return a number and its measure; a number alone is none."""
    found = _MEASURE.fullmatch(text.strip())
    number = read(found[1].strip()) if found and found[1] else None
    return (number, found[2]) if found and number is not None else None


def _product(text: str, read: Reader) -> Worked | None:
    """Return numbers of packages times the size of one, whichever stands first."""
    outside = re.fullmatch(rf"\(([^()]+)\)\s*({_UNIT})", text, re.IGNORECASE)
    parts = _TIMES.split(f"{outside[1]} {outside[2]}" if outside else text)
    sizes = [size for part in parts if (size := _measure(part, read))]
    counts = [float(found[1]) for part in parts if (found := _COUNT.fullmatch(part.strip()))]
    if len(parts) < 2 or len(sizes) != 1 or len(sizes) + len(counts) != len(parts):
        return None
    packages = reduce(lambda one, other: one * other, counts)
    return Worked(packages * sizes[0][0], sizes[0][1], packages)


def _sum(text: str, read: Reader) -> Worked | None:
    """Return the sum of measures; of numbers without a unit, the last may be what was given free."""
    read_parts = [_measure(part, read) or _product_of(part, read) for part in text.split("+")]
    measures = [part for part in read_parts if part is not None]
    if len(measures) < 2 or len(measures) < len(read_parts):
        return None
    unit = measures[0][1]
    times = [factor(one, unit) for _, one in measures]
    if None in times:
        return None
    return Worked(sum(value * (one or 0.0) for (value, _), one in zip(measures, times, strict=True)), unit)


def _product_of(text: str, read: Reader) -> tuple[float, str] | None:
    found = _product(text.strip(), read)
    return (found.value, found.unit) if found else None
