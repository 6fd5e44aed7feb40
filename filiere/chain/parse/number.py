"""Numbers written as text: every reading that is possible, so that a text with two of them is never guessed.

``1 234,5``, ``1.234,5``, ``1'234.5`` and ``1,234.5`` each have one reading, ``1,234`` has two. What stands
behind the number is its unit. Only the digits 0–9 are digits here; ``1_000``, ``nan`` and ``inf``, which
Python reads as numbers, are not numbers.
"""

from __future__ import annotations

import math
import re
from functools import lru_cache
from typing import NamedTuple

from filiere.language import Label
from filiere.names import loose, tidy


class WrittenNumber(NamedTuple):
    """A number as text: its possible values, in ascending order, and the unit behind it ('' for none)."""

    values: tuple[float, ...]
    unit: str

    @property
    def percent(self) -> bool:
        """Whether the unit is the percent sign."""
        return self.unit == "%"


_PERCENT = {"%", "percent", "pourcent", "pct"}
_WRITTEN = re.compile(
    r"(?P<before>[€$£¥] ?)?(?P<sign>[-+−–] ?)?(?P<body>[0-9](?:[0-9 .,']*[0-9])?|[.,][0-9]+)"
    r"(?P<power>[eE][-+−]?[0-9]{1,3})?(?P<unit> ?[^\W\d_].*| ?[%‰€$£¥°/].*)?"
)
# A unit may end in a power (m2, CO2) but holds no second number: « 12 à 15 », « 1 h 30 », « 3 x4 ».
_SECOND_NUMBER = re.compile(r"(?<![^\W\d_])[0-9]|x[0-9]|_", re.IGNORECASE)
_GROUPS = {group: re.compile(rf"[1-9][0-9]{{0,2}}(?:{re.escape(group)}[0-9]{{3}})+") for group in " '.,"}
_DIGITS = re.compile(r"[0-9]+")


@lru_cache(maxsize=16384)
def written_number(text: str) -> WrittenNumber | None:
    """Return the number that ``text`` writes with all its possible values, None where it is not a number."""
    found = _WRITTEN.fullmatch(tidy(text))
    if not found:
        return None
    unit = (found["unit"] or found["before"] or "").strip()
    if (found["unit"] and found["before"]) or (unit and _SECOND_NUMBER.search(unit)):
        return None
    sign = -1.0 if (found["sign"] or "+")[0] in "-−–" else 1.0
    # A power of ten goes with scientific notation, in which thousands are not grouped.
    power = (found["power"] or "").replace("−", "-")
    readings = {float(digits + power) for digits in _readings(found["body"], grouped=not power)}
    values = tuple(sorted(sign * value + 0.0 for value in readings))  # + 0.0: no minus zero
    if not values or not all(map(math.isfinite, values)):
        return None
    return WrittenNumber(values, "%" if loose(unit) in _PERCENT else unit)


def _readings(body: str, *, grouped: bool) -> set[str]:
    """Return the plain forms (``1234.5``) that digits with separators can stand for."""
    readings = {body} if _DIGITS.fullmatch(body) else set()
    wholes = [(body, "")]
    for mark in ".,":
        whole, found, fraction = body.rpartition(mark)
        if found and _DIGITS.fullmatch(fraction):
            if not whole or _DIGITS.fullmatch(whole):
                readings.add(f"{whole or '0'}.{fraction}")
            wholes.append((whole, f"{mark}{fraction}"))
    for whole, fraction in wholes if grouped else ():
        for group, pattern in _GROUPS.items():
            if not fraction.startswith(group) and pattern.fullmatch(whole):
                readings.add(whole.replace(group, "") + fraction.replace(",", "."))
    return readings


def exactly(value: float) -> Label:
    """Write ``value`` with all its digits, as each language does: what a message quotes of a cell."""
    if value != 0 and not 1e-5 <= abs(value) < 1e15:
        plain = f"{value:.15g}"
    else:
        plain = f"{value:,.12f}".rstrip("0").rstrip(".")
    return Label(plain, plain.translate({ord(","): "\u202f", ord("."): ","}))
