"""Goods or clients as columns, with what each column is counted in on a row of its own: ``Lait`` above ``L``."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from itertools import pairwise

from filiere.gather.headings import HEADING_ROWS, meaning, plain, unit_of
from filiere.gather.reads.money import is_money
from filiere.gather.shapes.crossed import is_counted
from filiere.gather.shapes.headed import SUMS, Folded, unfolded
from filiere.gather.shapes.tables import is_time
from filiere.names import tidy
from filiere.table import RawRow, RawTable, RawValue

_LEAST = 2
"""From how many units on a row is one of units."""
_MONEY_ONLY = re.compile(r"\b(ht|ttc|hors taxes?|net)\b|[.()\[\]]", re.IGNORECASE)
_SAID = re.compile(r"^(en|in|nb|nbre|nombre|par|qtes?|quantites?)( de| d)?\b", re.IGNORECASE)
_LABEL = re.compile(r"unites?|units?|unites? de mesure|en")


def units_joined(table: RawTable) -> tuple[RawTable, list[str]]:
    """Return a table whose columns are named on one row and counted on the next with a row for each figure.

    Units may stand above the names as well; a good may have its quantity and its amount. Any other table is returned
    as it is. With it go the headings of sums of something else: money beside goods that are counted alone.
    """
    for upper, lower in pairwise(table.rows[:HEADING_ROWS]):
        if lower.number > upper.number + 1:
            continue
        for names, units in ((upper, lower), (lower, upper)):
            found = _counted(names, units)
            if found is not None:
                turned = _unfolded(table, lower.number, *found)
                if turned is not None:
                    return turned, _sums_apart(found[1])
    return table, []


def _sums_apart(told: Mapping[int, tuple[str, str]]) -> list[str]:
    """Return the sums in money of goods that are counted alone, as ``Total (€ HT)``."""
    summed = {at for at, (name, _) in told.items() if SUMS.search(plain(name))}
    if any(not is_counted(unit) for at, (_, unit) in told.items() if at not in summed):
        return []
    return [f"{name} ({unit})" for at, (name, unit) in told.items() if at in summed and not is_counted(unit)]


def _counted(names: RawRow, units: RawRow) -> tuple[dict[int, str], dict[int, tuple[str, str]]] | None:
    """Return the headings of the other columns, and of each counted one its name and unit; None for other rows."""
    kept = {at: tidy(str(value)) for at, value in names.values.items() if at not in units.values}
    told: dict[int, tuple[str, str]] = {}
    for at, value in sorted(units.values.items()):
        unit, above = _unit(value), names.values.get(at)
        if isinstance(above, str) and meaning(above) and _LABEL.fullmatch(plain(str(value))):
            kept[at] = tidy(above)
        elif unit:
            told[at] = _name(names, at, told), unit
        elif above is None and isinstance(value, str) and meaning(value):
            kept[at] = tidy(value)
        else:
            return None
    named = all(name and not meaning(name) and not is_time(name) for name, _ in told.values()
                if not SUMS.search(plain(name)))  # fmt: skip
    return (kept, told) if len(told) >= _LEAST and named else None


def _unit(value: RawValue) -> str:
    """Return the unit or money that a cell names and nothing else: ``L``, ``(kg)``, ``en pièces``, ``€ HT``."""
    if not isinstance(value, str):
        return ""
    bare = tidy(unit_of(value) or value).strip("()[] ")
    said = tidy(_SAID.sub("", bare))
    if is_counted(said):
        return said
    return bare if is_money(tidy(_MONEY_ONLY.sub("", bare))) else ""


def _name(names: RawRow, at: int, told: Mapping[int, tuple[str, str]]) -> str:
    """Return what stands at a column, else at the nearest one to its left: a name that reaches over two units."""
    if at in names.values:
        value = names.values[at]
        return tidy(value) if isinstance(value, str) else ""
    return told[at - 1][0] if at - 1 in told else ""


def _unfolded(
    table: RawTable, top: int, kept: Mapping[int, str], told: Mapping[int, tuple[str, str]]
) -> RawTable | None:
    """Return a row for each figure with its name and unit; None where nothing says what the names are."""
    beside = max(at for row in table.rows for at in row.values) + 1
    groups: dict[RawValue, dict[str, int]] = {}
    units: dict[int, tuple[int, str]] = {}
    for at, (name, unit) in told.items():
        if SUMS.search(plain(name)):
            continue
        money = not is_counted(unit)
        figures = groups.setdefault(name, {})
        title = f"Montant ({unit})" if money else "Quantité"
        if title in figures:
            return None
        figures[title] = at
        if not money:
            units[at] = beside + at, unit
            figures["Unité"] = beside + at
    rows = tuple(
        RawRow(row.number, {**row.values, **{to: unit for at, (to, unit) in units.items() if row.values.get(at)}})
        if row.number > top else row
        for row in table.rows
    )  # fmt: skip
    kept = {at: title for at, title in kept.items() if not SUMS.search(plain(title))}
    return unfolded(replace(table, rows=rows), Folded(top, kept, groups)) if len(groups) > 1 else None
