"""Ranges in the Scenarios sheet: ``= 100 to 200 by 25`` makes as many scenarios as it has figures.

The scenario itself holds what its other rows change; each figure is a scenario that starts from it, named after it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from filiere.chain.parse.number import WrittenNumber, exactly, written_number
from filiere.chain.parse.tables import Ranged
from filiere.names import fold, tidy
from filiere.problems import Problem
from filiere.problems import ranging as p
from filiere.schema import tables as t

MOST = 40
"""Figures that one range may have: each is a plan."""
_RANGE = re.compile(
    r"(?P<sign>[=x×*+\-−–])\s*(?P<first>.+?)\s+(?P<to>to|à|a)\s+(?P<last>.+?)\s+(?P<by>by|par)\s+(?P<step>.+)",
    re.IGNORECASE,
)
_FRENCH = ("à", "a", "par")


def expanded(
    rows: Sequence[t.ScenarioRow], problems: list[Problem]
) -> tuple[tuple[t.ScenarioRow, ...], Mapping[str, Ranged]]:
    """Return the rows with a scenario for each figure of a range, and the ranges by their scenario's folded name."""
    ranges: dict[str, Ranged] = {}
    found: list[t.ScenarioRow] = []
    for row in rows:
        read = _read(row, problems)
        if read is None:
            found.append(row)
            continue
        key = fold(row.scenario)
        if key in ranges:
            first = ranges[key].row.at("change") or ""
            problems.append(p.TWO_RANGES.at(row.at("change"), name=row.scenario, first=first))
            continue
        ranges[key] = read
        found += [
            replace(row, scenario=name, change=read.change(figure), base=row.scenario)
            for name, figure in zip(read.names, read.figures, strict=True)
        ]
    return tuple(found), ranges


def _read(row: t.ScenarioRow, problems: list[Problem]) -> Ranged | None:
    """Return the range that a row's change is, None where it is none or none that can be read."""
    text = row.change if isinstance(row.change, str) else ""
    matched = _RANGE.fullmatch(tidy(text))
    if matched is None or not row.scenario:
        return None
    numbers = [written_number(matched[part]) for part in ("first", "last", "step")]
    units = {number.unit for number in numbers if number is not None and number.unit}
    if any(number is None or len(number.values) > 1 for number in numbers) or len(units) > 1:
        problems.append(p.NOT_A_RANGE.at(row.at("change"), text=text))
        return None
    figures = _figures([number for number in numbers if number is not None])
    if not figures or len(figures) > MOST:
        problems.append(p.RANGE_LENGTH.at(row.at("change"), text=text, most=MOST))
        return None
    french = matched["by"].casefold() in _FRENCH
    unit = f" {units.pop()}" if units else ""
    sign = matched["sign"]
    head = "" if sign == "=" else f"{sign} "
    names = tuple(f"{tidy(row.scenario)} {head}{shown(figure, french)}{unit}" for figure in figures)
    return Ranged(name=tidy(row.scenario), row=row, sign=sign, unit=unit, figures=figures, names=names, french=french)


def _figures(numbers: Sequence[WrittenNumber]) -> tuple[float, ...]:
    first, last, step = (number.values[0] for number in numbers)
    step = abs(step) if last >= first else -abs(step)
    if not step:
        return ()
    count = int((last - first) / step + 1e-9) + 1
    return tuple(float(f"{first + i * step:.12g}") for i in range(min(count, MOST + 1)))


def shown(figure: float, french: bool) -> str:
    """Write a figure of a range as its row writes numbers, thousands apart from nothing."""
    said = exactly(figure)
    return said.fr.replace("\u202f", "") if french else said.en.replace(",", "")
