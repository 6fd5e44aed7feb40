"""Headings on two rows: months, clients or words such as ``delivered`` above several columns of figures."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from itertools import pairwise

from filiere.gather.cells.notes import lone_text
from filiere.gather.cells.values import exactly_said, read_number
from filiere.gather.headings import HEADING_ROWS, Columns, columns_of, counts_most, find_columns, meaning, plain
from filiere.gather.reads.money import is_money, money_of
from filiere.gather.shapes.parties import parties_above
from filiere.gather.shapes.tables import NOTHING, are_dated, heading_of_time, is_time, whole_number
from filiere.gather.shapes.two_ways import both_ways, says_way
from filiere.names import tidy
from filiere.table import RawRow, RawTable, RawValue
from filiere.units import mass_in_kg

MEASURES = ("quantity", "amount", "price", "unit", "gross", "rate", "tax", "discount", "ordered")
_FIGURES = ("quantity", "amount", "gross")
SUMS = re.compile(r"\b(total|totaux|sum|somme|ensemble|moyenne|average|ecart|evolution|part|cumul|variation)\b|%")
"""Words of columns that sum up or compare others."""
_LEAST = 2
_UNITS = ("l", "L", "hl", "u", "unités", "pièces", "litres")
_FIGURE = re.compile(r"[-+(]?\d[\d\s.,)]*[^\d\s]{0,5}")
_WORDS = re.compile(r"\b(command\w*|livre\w*|recue?s?|factur\w*|prevu\w*|previsionnel\w*|realise\w*|budget\w*|reel\w*"
                    r"|n 1|n|annee (precedente|derniere|en cours)|ordered|delivered|received|invoiced|planned|actual"
                    r"|last year|this year|ht|ttc|stock|retour\w*|returned)\b")  # fmt: skip


@dataclass(frozen=True)
class Folded:
    """A table whose figures stand in groups of columns: what is above each group, and its columns."""

    row: int
    """The lower row of headings."""
    kept: Mapping[int, str]
    """The columns that stand outside the groups, and their headings."""
    groups: Mapping[RawValue, Mapping[str, int]]
    """What stands above a group → heading → column."""
    across: str = ""
    """What the names above are, where the table says it."""


def one_heading(table: RawTable) -> RawTable:
    """Return a table with headings on two rows as one with a single row of headings; any other as it is."""
    best, found = table, find_columns(table)
    rows = table.rows[:HEADING_ROWS]
    for upper, lower in pairwise(rows):
        if lower.number > upper.number + 1 or not (_worded(upper) and _worded(lower)) or len(lower.values) < 2:
            continue
        if _names_goods(upper, lower):
            continue
        above = _above(upper, lower)
        folded = _folded(upper, lower, above)
        if folded is not None:
            turned = unfolded(table, folded)
            if turned is not None:
                return turned
        one = _joined(table, upper, lower, above)
        now = find_columns(one)
        if now is not None and (found is None or _better(now, found) or _ways_apart(now, found)):
            best, found = one, now
    return best if best is not table else _by_times(table, found)


def _by_times(table: RawTable, found: Columns | None) -> RawTable:
    """Return a table whose headings name a time each (``Quantité 2025``, ``Janvier kg``) with a row for each time."""
    if found is None:
        return table
    kept, groups = {}, dict[RawValue, dict[str, int]]()
    for at, title in found.titles.items():
        time, rest = _timed(title)
        held = meaning(rest)
        if time and held in MEASURES:
            groups.setdefault(time, {}).setdefault(rest, at)
        elif held in _FIGURES or (held == "price" and not time):
            if not SUMS.search(plain(title)):
                return table
        else:
            kept[at] = title
    figures = Counter(meaning(title) for group in groups.values() for title in group)
    if max((figures[name] for name in _FIGURES), default=0) < _LEAST:
        return table
    return unfolded(table, Folded(found.row, kept, groups)) or table


def _timed(title: str) -> tuple[str, str]:
    """Return the time that a heading begins or ends with, and the rest of it; money is an amount."""
    words = title.split()
    for count in (3, 2, 1):
        for time, rest in ((words[:count], words[count:]), (words[-count:], words[:-count])):
            named = " ".join(time).strip("()-–:,")
            if rest and is_time(named) and not money_of(named):
                return named, _measure(" ".join(rest).strip(" -–:,"))
    for at in range(1, len(words) - 1):
        if is_time(words[at]):
            return words[at], _measure(" ".join((*words[:at], *words[at + 1 :])))
    return "", title


def _measure(left: str) -> str:
    """Return the rest of a heading that names a time: money alone is an amount, a unit alone a quantity."""
    bare = left.strip("()[] ")
    return "Montant" if is_money(bare) else f"Quantité ({bare})" if mass_in_kg(bare) or bare in _UNITS else left


def _worded(row: RawRow) -> bool:
    """Whether a row holds words or times alone: no figure, and nothing that stands for one."""
    return bool(row.values) and all(
        is_time(value)
        or (
            isinstance(value, str)
            and not _FIGURE.fullmatch(value.strip())
            and read_number(exactly_said(value), ",")[0] is None
        )
        for value in row.values.values()
    )


def _names_goods(upper: RawRow, lower: RawRow) -> bool:
    """Whether a row below whole headings names parties and goods: its quantity is in words (``2 packs de 6``)."""
    found = columns_of(upper)
    places = [found.at[name] for name in ("seller", "buyer", "party", "product") if name in found.at]
    texts = [tidy(str(lower.values[at])) for at in places if at in lower.values]
    return not found.missing and len(texts) > 1 and not any(meaning(text) or text[:1] in "([" for text in texts)


def _better(one: Columns, other: Columns) -> bool:
    """Whether joined headings say more: what was missing, another column, or which of two columns counts."""
    if "actor" in other.at and len(one.at) == 1:
        return False  # a name in a list of actors that sounds like a heading
    worth = [(-len(each.missing), len(each.at), -len(each.rivals), bool(each.unit)) for each in (one, other)]
    return worth[0] > worth[1]


def _ways_apart(one: Columns, other: Columns) -> bool:
    """Whether joined headings tell apart what comes in and what goes out, and lack nothing that the others have."""
    told = (both_ways(each.titles.values()) for each in (one, other))
    return tuple(told) == (True, False) and len(one.missing) <= len(other.missing)


def _above(upper: RawRow, lower: RawRow) -> dict[int, RawValue]:
    """Return what stands above each heading of the lower row: its own cell, else the nearest one to its left."""
    found: dict[int, RawValue] = {}
    for at in sorted(lower.values):
        lefts = [one for one in upper.values if one <= at]
        if lefts and max(lefts) in lower.values:
            found[at] = upper.values[max(lefts)]
    return found


def _folded(upper: RawRow, lower: RawRow, above: Mapping[int, RawValue]) -> Folded | None:
    """Return the groups of columns that the two rows make, if one figure stands in more than one of them."""
    kept = {at: tidy(str(value)) for at, value in upper.values.items() if at not in lower.values}
    kept |= {at: tidy(str(value)) for at, value in lower.values.items() if at not in above}
    held = {at: meaning(tidy(str(lower.values[at]))) for at in above}
    counts = Counter(name for name in held.values() if name in _FIGURES)
    if max(counts.values(), default=0) > 1 and len(set(above.values())) > 1:
        labels, titles = above, {at: tidy(str(lower.values[at])) for at in above}
    else:
        told = {at: meaning(tidy(str(value))) for at, value in above.items()}
        twice = Counter(whole_number(lower.values[at]) for at in above)
        if not {"quantity", "amount"} <= set(told.values()) or max(twice.values(), default=0) < 2:
            return None
        kept |= {at: tidy(str(lower.values[at])) for at in above if twice[whole_number(lower.values[at])] < 2}
        held = told
        labels = {at: lower.values[at] for at in above if at not in kept}
        titles = {at: tidy(str(value)) for at, value in above.items()}
    groups: dict[RawValue, dict[str, int]] = {}
    for at, label in labels.items():
        if held[at] not in MEASURES:
            kept[at] = tidy(str(lower.values[at]))
        elif not SUMS.search(plain(str(label))) and not (SUMS.search(plain(titles[at])) and counts):
            groups.setdefault(label, {}).setdefault(titles[at], at)
    kept = {at: title for at, title in kept.items() if not SUMS.search(plain(title))}
    return Folded(lower.number, kept, groups) if len(groups) > 1 else None


def unfolded(table: RawTable, folded: Folded) -> RawTable | None:
    """Return a row for each group and row of the table; None where nothing says what the groups are."""
    titles = list(dict.fromkeys(title for group in folded.groups.values() for title in group))
    if len({meaning(title) for title in titles}) < len(titles):
        return None
    across = folded.across or _across(folded, titles, parties_above(table))
    if across is None:
        return None
    first = max(max(folded.kept, default=0), *(at for group in folded.groups.values() for at in group.values())) + 1
    places = {title: first + 1 + number for number, title in enumerate(titles)}
    heading: dict[int, RawValue] = {**folded.kept, **({first: across} if across else {})}
    rows = [row for row in table.rows if lone_text(row)]
    rows.append(RawRow(folded.row, heading | {at: title for title, at in places.items()}))
    for row in (one for one in table.rows if one.number > folded.row):
        texts = {at: row.values[at] for at in folded.kept if at in row.values}
        for label, group in folded.groups.items():
            figures = {places[title]: row.values[at] for title, at in group.items() if at in row.values}
            if any(value not in NOTHING for value in figures.values()):
                named: dict[int, RawValue] = {first: heading_of_time(label)} if across else {}
                rows.append(RawRow(row.number, {**texts, **named, **figures}))
    return replace(table, rows=tuple(sorted(rows, key=lambda row: row.number)), widths={})


def _across(folded: Folded, titles: list[str], said: set[str]) -> str | None:
    """Return the heading of what stands above the groups: times, else the names that the table lacks.

    What is ``said`` on lines of its own is not lacking.
    """
    labels = list(folded.groups)
    if all(is_time(label) for label in labels):
        return "Date" if are_dated(labels) else ""
    if any(not isinstance(label, str) or _WORDS.search(plain(label)) or says_way(label) for label in labels):
        return None
    lacks = set(columns_of(RawRow(1, {**folded.kept, 10_000: titles[0]})).missing) & {"party", "product"}
    lacks = lacks - said if len(lacks) > 1 else lacks
    if len(lacks) != 1:
        return None
    return "Tiers" if lacks == {"party"} else "Produit"


def _joined(table: RawTable, upper: RawRow, lower: RawRow, above: Mapping[int, RawValue]) -> RawTable:
    """Return the table with each heading read together with what stands above it, where that tells columns apart."""
    own = {at for at in upper.values.keys() & lower.values.keys() if upper.values[at] != lower.values[at]}
    held = {at: meaning(tidy(str(value))) for at, value in lower.values.items()}
    counts = Counter(name for name in held.values() if name in MEASURES)
    best = max(above.values(), key=lambda label: counts_most(plain(str(label))), default="")
    titles: dict[int, RawValue] = {at: value for at, value in upper.values.items() if at not in lower.values}
    for at, value in lower.values.items():
        if 2 * len(own) > len(lower.values):  # words cut in two
            titles[at] = f"{tidy(str(upper.values[at]))} {tidy(str(value))}" if at in own else value
        elif counts[held[at] or ""] > 1 and at in above and not (held[at] == "unit" and above[at] == best):
            words = (tidy(str(value)), tidy(str(above[at])))
            titles[at] = " ".join(reversed(words) if says_way(words[1]) else words)
        else:
            titles[at] = value
    rows = [RawRow(lower.number, titles) if row.number == lower.number else row for row in table.rows
            if row.number != upper.number]  # fmt: skip
    return replace(table, rows=tuple(rows))
