"""Goods or clients as columns, with what each column is counted in on a row of its own: ``Lait`` above ``L``."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from itertools import pairwise

from filiere.gather.cells.notes import lone_text
from filiere.gather.headings import HEADING_ROWS, meaning, plain, unit_of
from filiere.gather.reads.money import is_money
from filiere.gather.shapes.counted_in import is_counted
from filiere.gather.shapes.headed import MEASURES, SUMS, Folded, unfolded
from filiere.gather.shapes.tables import is_time
from filiere.names import tidy
from filiere.table import RawRow, RawTable, RawValue

_LEAST = 2
"""From how many units on a row is one of units."""
_MONEY_ONLY = re.compile(r"\b(ht|ttc|hors taxes?|net)\b|[.()\[\]]", re.IGNORECASE)
_SAID = re.compile(r"(en|in|nb|nbre|nombre|par|qtes?|quantites?|volumes?|poids)?( (de|d|en))?")
_MONEY = ("amount", "gross", "price", "price_gross")
_LABEL = re.compile(r"unites?|units?|unites? de mesure|en")


def units_joined(table: RawTable) -> tuple[list[RawTable], list[str]]:
    """Return the tables whose columns are named on one row and counted on the next with a row for each figure.

    Units may stand above the names as well; a good may have its quantity and its amount. Any other table is returned
    as it is. With it go the headings of sums of something else: money beside goods that are counted alone.
    """
    pairs = [
        (upper.number, lower.number, found) for upper, lower in pairwise(table.rows)
        if lower.number == upper.number + 1 and _worded(upper) and _worded(lower)
        and (found := _counted(upper, lower) or _counted(lower, upper))
    ]  # fmt: skip
    if not pairs or pairs[0][1] > table.rows[: HEADING_ROWS + 1][-1].number:
        return [table], []
    tables: list[RawTable] = []
    begins = [0, *(_begin(table, first) for first, _, _ in pairs[1:])]
    ends = [*begins[1:], table.rows[-1].number + 1]
    for (_, top, found), begin, end in zip(pairs, begins, ends, strict=True):
        part = replace(table, rows=tuple(row for row in table.rows if begin <= row.number < end))
        turned = _unfolded(part, top, *found)
        if turned is None:
            return [table], []
        tables.append(turned)
    return tables, [title for _, _, (_, told) in pairs for title in _sums_apart(told)]


def _begin(table: RawTable, first: int) -> int:
    """Return where a block begins whose headings do at ``first``: with the lone texts above them."""
    for row in reversed([row for row in table.rows if row.number < first]):
        if not lone_text(row):
            break
        first = row.number
    return first


def _sums_apart(told: Mapping[int, _Figure]) -> list[str]:
    """Return the sums in money of goods that are counted alone, as ``Total (€ HT)``."""
    sums = [one for one in told.values() if SUMS.search(plain(one.name))]
    if any(not one.unit for one in told.values() if one not in sums):
        return []
    return [f"{one.name} : {one.title}" for one in sums if not one.unit]


@dataclass(frozen=True)
class _Figure:
    """A column of figures: what stands above it, the heading of its figures, and the unit of quantities."""

    name: str
    title: str
    unit: str = ""


def _worded(row: RawRow) -> bool:
    """Whether a row holds words alone: rows of figures are many, and quickly passed over."""
    return all(isinstance(value, str) and not value[:1].isdigit() for value in row.values.values())


def _counted(names: RawRow, units: RawRow) -> tuple[dict[int, str], dict[int, _Figure]] | None:
    """Return the headings of the other columns, and the columns that are counted; None for other rows."""
    kept = {at: tidy(str(value)) for at, value in names.values.items() if at not in units.values}
    told: dict[int, _Figure] = {}
    for at, value in sorted(units.values.items()):
        above, found = names.values.get(at), _figure(value)
        if isinstance(above, str) and meaning(above) and _LABEL.fullmatch(plain(str(value))):
            kept[at] = tidy(above)
        elif found is not None:
            told[at] = replace(found, name=_name(names, at, told))
        elif above is None and isinstance(value, str) and meaning(value) not in (None, *MEASURES):
            kept[at] = tidy(value)
        else:
            return None
    named = all(one.name and not meaning(one.name) and not is_time(one.name) for one in told.values()
                if not SUMS.search(plain(one.name)))  # fmt: skip
    return (
        (kept, told)
        if sum(bool(one.unit) or is_money(one.title) for one in told.values()) >= _LEAST and named
        else None
    )


def _figure(value: RawValue) -> _Figure | None:
    """Return what a cell says of the figures below it: ``L``, ``(kg)``, ``Qté (L)``, ``€``, ``Montant HT``."""
    if not isinstance(value, str):
        return None
    bare = tidy(value).strip("()[] ")
    unit = bare if is_counted(bare) else unit_of(value)
    said = plain(value).removesuffix(plain(unit)).strip()
    if is_counted(unit) and _SAID.fullmatch(said):
        return _Figure("", "Quantité", unit)
    if is_money(tidy(_MONEY_ONLY.sub("", bare))):
        return _Figure("", f"Montant ({bare})")
    return _Figure("", tidy(value)) if meaning(value) in _MONEY else None


def _name(names: RawRow, at: int, told: Mapping[int, _Figure]) -> str:
    """Return what stands at a column, else at the nearest one to its left: a name that reaches over two units."""
    if at in names.values:
        value = names.values[at]
        return tidy(value) if isinstance(value, str) else ""
    return told[at - 1].name if at - 1 in told else ""


def _unfolded(table: RawTable, top: int, kept: Mapping[int, str], told: Mapping[int, _Figure]) -> RawTable | None:
    """Return a row for each figure with its name and unit; None where nothing says what the names are."""
    beside = max(at for row in table.rows for at in row.values) + 1
    groups: dict[RawValue, dict[str, int]] = {}
    units: dict[int, str] = {}
    for at, one in told.items():
        if SUMS.search(plain(one.name)):
            continue
        figures = groups.setdefault(one.name, {})
        if one.title in figures:
            return None
        figures[one.title] = at
        if one.unit:
            units[at] = one.unit
            figures["Unité"] = beside + at
    rows = tuple(
        RawRow(row.number, {**row.values, **{beside + at: unit for at, unit in units.items() if row.values.get(at)}})
        if row.number > top else row
        for row in table.rows
    )  # fmt: skip
    kept = {at: title for at, title in kept.items() if not SUMS.search(plain(title))}
    return unfolded(replace(table, rows=rows), Folded(top, kept, groups)) if len(groups) > 1 else None
