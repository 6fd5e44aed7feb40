"""What a change says: ``= 120``, ``x 1.2``, ``+ 10``, ``- 10 %``, ``off``, and what a value becomes by it."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

from filiere.chain.parse.cell import Finding, Understood, understand
from filiere.chain.parse.number import WrittenNumber, exactly, written_number
from filiere.language import Language, is_whole
from filiere.names import loose, tidy
from filiere.problems import parsing as p
from filiere.schema import Column, HeadingUnit, Reads
from filiere.schema import tables as t
from filiere.units import without_year

Sign = Literal["=", "x", "+", "-", "off"]

_CHANGE = re.compile(r"([=x×*+\-−–])\s*(.+)", re.IGNORECASE)
_SIGNS: dict[str, Sign] = {"=": "=", "x": "x", "×": "x", "*": "x", "+": "+", "-": "-", "−": "-", "–": "-"}
_SHOWN: dict[Sign, str] = {"=": "=", "x": "×", "+": "+", "-": "−"}
_OFF = {"off", "removed", "desactive", "desactivee", "retire", "retiree", "retrait", "supprime", "supprimee"}
_BLANK = {"vide", "blank"}

BetweenUnits = Callable[[str, str], float | None]
"""What one of the first unit is in the second, where '' is the column's own; None where unknown."""


@dataclass(frozen=True)
class Change:
    """One change: its sign, what stands behind the sign, and the number that is, for ``x``, ``+`` and ``-``."""

    sign: Sign
    text: str
    behind: str = ""
    number: WrittenNumber | None = None

    @property
    def amount(self) -> float:
        """The number behind the sign; a percentage as a share."""
        assert self.number is not None
        return self.number.values[0] / (100 if self.number.percent else 1)


def read_change(row: t.ScenarioRow) -> Change | Finding:
    """Return what the change of a row says, or what is wrong with it."""
    if isinstance(row.change, float | int):
        return Finding(p.CHANGE_IS_A_NUMBER, {"text": exactly(float(row.change))})
    text = tidy(row.change)
    if loose(text) in _OFF:
        return Change("off", text)
    found = _CHANGE.fullmatch(text)
    if not found:
        return Finding(p.NOT_A_CHANGE, {"text": text})
    sign, behind = _SIGNS[found[1].casefold()], found[2]
    if sign == "=":
        return Change(sign, text, behind)
    number = written_number(behind)
    if number is None or (sign == "x" and number.unit and not number.percent):
        return Finding(p.NOT_A_CHANGE, {"text": text})
    if len(number.values) > 1:
        first, second = (exactly(reading) for reading in number.values[:2])
        return Finding(p.TWO_READINGS, {"text": behind, "first": first, "second": second})
    return Change(sign, text, behind, number)


def shown_sign(sign: str) -> str:
    """Return a sign that was typed as readers are shown it: ``×`` for ``x``."""
    return _SHOWN[_SIGNS[sign.casefold()]]


def shown_change(text: str, language: Language) -> str:
    """Return a typed change as readers are shown it: ``× 0,75`` for ``x 0.75``; what is no change, as it was typed."""
    found = _CHANGE.fullmatch(tidy(text))
    if not found:
        return text
    sign, behind = shown_sign(found[1]), found[2]
    number = written_number(behind)
    # A whole number behind = may be an identifier, whose digits are not grouped.
    if number is not None and len(number.values) == 1 and not (sign == "=" and is_whole(number.values[0])):
        said = exactly(number.values[0]).to(language)
        behind = f"{said}\u00a0{number.unit}" if number.unit else said
    return f"{sign}\u00a0{behind}"


def changed_value(change: Change, column: Column, value: Any, unit: str, between: BetweenUnits) -> Understood | None:
    """Return what ``value`` (counted in ``unit``, '' for the column's own) becomes; None: the units do not fit.

    ``+ 10 %`` and ``- 10 %`` are of the value itself, for a share as well: 20 % + 10 % is 22 %.
    """
    if change.sign == "=":
        return understand(column, change.behind)
    number = change.number
    assert number is not None
    if change.sign == "x":
        result = value * change.amount
    else:
        sign = 1.0 if change.sign == "+" else -1.0
        if number.percent:
            result = value * (1 + sign * change.amount)
        else:
            written = number.unit or (unit if isinstance(unit, HeadingUnit) else "")
            size = between(without_year(written), unit)
            if size is None:
                return None
            result = value + sign * change.amount * size
    # What is left of decimal fractions is not a figure anybody typed: 0.3 × 3 is 0.9.
    understood = understand(column, float(f"{result:.14g}"))
    return understood._replace(unit=unit)


def empties(change: Change, column: Column) -> bool:
    """Return whether the change blanks a number: ``= vide`` takes a limit away."""
    return (
        change.sign == "=" and column.reads in (Reads.NUMBER, Reads.INTEGER) and not column.required
        and loose(change.behind) in _BLANK
    )  # fmt: skip
