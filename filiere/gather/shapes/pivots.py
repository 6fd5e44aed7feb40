"""Pivot tables as Excel, LibreOffice and Odoo write them: captions, labels in one column, totals at each level."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from filiere.gather.cells.values import read_number
from filiere.gather.headings import HEADING_ROWS, meaning, plain
from filiere.gather.people.persons import is_business
from filiere.gather.shapes.headed import MEASURES, SUMS, Folded, unfolded
from filiere.gather.shapes.tables import is_time
from filiere.names import tidy
from filiere.table import RawRow, RawTable, RawValue

_CAPTION = re.compile(r"\s*(?:total )?(?:somme|sum|summe)\s*(?:d['’]|de\b|of\b|von\b|[-–:])\s*(.+)", re.IGNORECASE)
_ROWS = re.compile(r"(etiquettes? de lignes?|row labels?)")
_COLUMNS = re.compile(r"(etiquettes? de colonnes?|column labels?|valeurs?|values?|donnees|data)")
_TOTAL = re.compile(r"((sous )?total|totaux|grand total|total result)\b.*|.*\b(total|result)")
_MEASURED_TOTAL = re.compile(r"(montant |prix )?total (h ?t|hors taxes?)|(montant|prix) total( h ?t)?"
                             r"|total (montant|prix)( h ?t)?|untaxed total"
                             r"|total (excl\w* (tax|vat)|untaxed)")  # fmt: skip
"""A figure that its program calls a total, and no sum of other columns."""
_NEAR = 1e-6
_ENOUGH, _FEW = 0.5, 0.25
"""From which share of names that say what they are (a mill, a school, a company) all of them are parties."""


@dataclass(frozen=True)
class _Pivot:
    """The rows and columns of a pivot: where its headings stand, its labels, its figures."""

    row: int
    labels: Mapping[int, str]
    figures: Mapping[int, tuple[RawValue | None, str]]
    """Column → what stands above it (a client, a month), and which figure it holds."""
    across: str
    """The field whose values stand above the figures, where it is named."""


def unpivoted(table: RawTable) -> RawTable | None:
    """Return a pivot with a column for each kind of label and one row for each figure; any other table as it is.

    None where its labels have no heading of their own and nothing tells which are the goods and which the parties.
    """
    pivot = _pivot(table)
    if pivot is None:
        return table
    rows, labels = _told_apart(table, pivot)
    groups: dict[RawValue | None, dict[str, int]] = {}
    for at, (item, title) in pivot.figures.items():
        groups.setdefault(item, {}).setdefault(title, at)
    names = {at: {str(row.values[at]) for row in rows if at in row.values} for at in labels}
    items = [str(item) for item in groups if item is not None]
    unnamed = [at for at, title in labels.items() if not title]
    across = pivot.across
    timed = bool(items) and all(is_time(item) for item in groups if item is not None)
    asked: list[Iterable[str]] = [names[at] for at in unnamed] + ([items] if items and not across and not timed else [])
    named = _named(asked, labels.values(), across)
    if named is None:
        return None
    labels = labels | dict(zip(unnamed, named, strict=False))
    across = across or (named[-1] if len(named) > len(unnamed) else "")
    above = tuple(row for row in table.rows if row.number < pivot.row and len(row.values) == 1)
    plain_one = replace(table, rows=(*above, *rows), widths={})
    if not items:
        figures = {at: title for at, (_, title) in pivot.figures.items()}
        heading = RawRow(pivot.row, {**labels, **figures})
        return replace(plain_one, rows=(*above, heading, *rows))
    return unfolded(plain_one, Folded(pivot.row, labels, {k: v for k, v in groups.items() if k is not None}, across))


def _caption(value: RawValue) -> str:
    """Return what a caption sums up: ``Somme de Quantité (kg)`` → ``Quantité (kg)``."""
    found = _CAPTION.fullmatch(value) if isinstance(value, str) else None
    return tidy(found[1]) if found else ""


def _pivot(table: RawTable) -> _Pivot | None:
    """Return where the labels and figures of a pivot stand; None for any other table."""
    heads = table.rows[:HEADING_ROWS]
    marked = next((at for at, row in enumerate(heads) if any(_is(_ROWS, v) for v in row.values.values())), None)
    captioned = next((at for at, row in enumerate(heads) if any(_caption(v) for v in row.values.values()
                                                                  if not _is(_TOTAL, v))), None)  # fmt: skip
    if captioned is None and marked is None:
        marked = _indented(heads)
        if marked is None:
            return None
    corner = captioned is not None and marked != captioned and _is_corner(heads, captioned)
    top = next(at for at in ((captioned + 1) if corner and captioned is not None else None, marked, captioned)
               if at is not None)  # fmt: skip
    heading, upper = heads[top], heads[top - 1] if top else RawRow(0, {})
    below = [row for row in table.rows if row.number > heading.number]
    texts = {
        at for row in below for at, v in row.values.items() if isinstance(v, str) and read_number(v, ",")[0] is None
    }
    columns = sorted({*heading.values, *(at for row in below for at in row.values)})
    figured = [at for at in columns if at not in texts and any(at in row.values for row in below)]
    labels = {at: "" if _is(_ROWS, heading.values.get(at, "")) else tidy(str(heading.values.get(at, "")))
              for at in columns if at in texts and (at in heading.values or at < min(heading.values))}  # fmt: skip
    if not labels or not figured or min(labels) > min(figured):
        return None
    caption = (
        next((_caption(v) for v in heads[captioned].values.values() if _caption(v)), "")
        if captioned is not None
        else ""
    )
    figures, across = {}, ""
    for at in figured:
        item, title = _figure(at, heading, upper, caption if corner or marked != captioned else "", min(figured))
        sums = _is(_TOTAL, title) and not _is(_MEASURED_TOTAL, title)
        if not (item and SUMS.search(plain(str(item)))) and not sums:
            figures[at] = (item, title)
    if not figures and caption:
        figures = {figured[-1]: (None, caption)}
    for value in upper.values.values():
        if isinstance(value, str) and not _caption(value) and meaning(value) and corner:
            across = tidy(value)
    return _Pivot(heading.number, labels, figures, across) if figures else None


def _indented(heads: Sequence[RawRow]) -> int | None:
    """Return the row of headings of a pivot that tells its levels by spaces before the labels, as Odoo writes it."""
    labels = [(at, min(row.values), row.values[min(row.values)]) for at, row in enumerate(heads) if row.values]
    spaced = [at for at, column, text in labels if column == 0 and isinstance(text, str) and text.startswith("  ")]
    headed = [at for at, column, _ in labels if column > 0 and spaced and at < spaced[0]]
    return headed[-1] if len(spaced) >= len(heads) / 2 and headed else None


def _is(pattern: re.Pattern[str], value: RawValue) -> bool:
    return isinstance(value, str) and bool(pattern.fullmatch(plain(value)))


def _is_corner(heads: Sequence[RawRow], at: int) -> bool:
    """Whether a caption stands alone in the corner of a table, above its labels, and not above its figures."""
    captions = [column for column, value in heads[at].values.items() if _caption(value)]
    if len(captions) != 1 or at + 1 >= len(heads):
        return False
    return captions[0] <= min(heads[at + 1].values) and len(heads[at + 1].values) > 1


def _figure(at: int, heading: RawRow, upper: RawRow, caption: str, first: int) -> tuple[RawValue | None, str]:
    """Return what stands above a column of figures (a client, a month), and which figure it is."""
    own = heading.values.get(at)
    lefts = [one for one in upper.values if first <= one <= at and not _is(_COLUMNS, upper.values[one])]
    over = upper.values[max(lefts)] if lefts else None
    over = None if isinstance(over, str) and (meaning(over) in MEASURES or _caption(over)) else over
    title = _caption(own) if own is not None else ""
    measured = isinstance(own, str) and meaning(own) in MEASURES
    if title or (measured and (not SUMS.search(plain(str(own))) or _is(_MEASURED_TOTAL, str(own)))):
        return over, title or tidy(str(own))
    if own is None:
        return None, "Total"
    return own, caption or tidy(str(over or ""))


def _told_apart(table: RawTable, pivot: _Pivot) -> tuple[list[RawRow], dict[int, str]]:
    """Return the rows that hold figures of their own, each with all its labels, and the columns of the labels."""
    labels = dict(pivot.labels)
    below = [row for row in table.rows if row.number > pivot.row]
    first = min(labels)
    totals = [row for row in below if any(_is(_TOTAL, row.values.get(at, "")) for at in labels)]
    summed = {id(row) for row in totals}
    rows = [row for row in below if id(row) not in summed and any(at in row.values for at in pivot.figures)]
    if labels[first] or len(labels) > 1:
        return _filled(rows, sorted(labels)), labels
    depths = _depths(rows, first, totals, list(pivot.figures))
    levels = max(depths, default=0) + 1
    places = [first] if levels == 1 else [max(labels) + 1_000 + level for level in range(levels)]
    path: dict[int, RawValue] = {}
    found = []
    for at, (row, depth) in enumerate(zip(rows, depths, strict=True)):
        path = {level: name for level, name in path.items() if level < depth} | {depth: row.values[first]}
        if at + 1 == len(rows) or depths[at + 1] <= depth:
            values = {one: value for one, value in row.values.items() if one != first}
            names = {places[level]: tidy(str(name)) for level, name in path.items()}
            found.append(RawRow(row.number, values | names))
    return found, dict.fromkeys(places, "")


def _filled(rows: Iterable[RawRow], columns: Sequence[int]) -> list[RawRow]:
    """Return rows in which a label that is written once stands in each row that it holds for."""
    above: dict[int, RawValue] = {}
    found = []
    for row in rows:
        own = {at: row.values[at] for at in columns if at in row.values}
        begins = min(own, default=-1)
        above = {at: value for at, value in above.items() if at < begins} | own if own else above
        found.append(RawRow(row.number, {**above, **row.values}))
    return found


def _depths(rows: Sequence[RawRow], first: int, totals: Sequence[RawRow], figures: Sequence[int]) -> list[int]:
    """Return how deep each label stands: by the spaces before it, else by which figures sum up those below them."""
    spaces = [len(text) - len(text.lstrip()) for text in (str(row.values.get(first, "")) for row in rows)]
    if len(set(spaces)) > 1:
        steps = sorted(set(spaces))
        return [steps.index(one) for one in spaces]
    values = [[read_number(row.values.get(at), ",")[0] or 0.0 for at in figures] for row in rows]
    whole = [[read_number(row.values.get(at), ",")[0] or 0.0 for at in figures] for row in totals[-1:]]
    if whole and _same(_sum(values), whole[0]):
        return [0] * len(rows)
    depths: list[int] = []
    while len(depths) < len(rows):
        top = len(depths)
        end = next(
            (end for end in range(top + 2, len(rows) + 1) if _same(_sum(values[top + 1 : end]), values[top])), None
        )
        if end is None:
            return [0] * len(rows)
        depths += [0] + [1] * (end - top - 1)
    parents = [value for value, depth in zip(values, depths, strict=True) if depth == 0]
    return depths if not whole or _same(_sum(parents), whole[0]) else [0] * len(rows)


def _sum(values: Iterable[Sequence[float]]) -> list[float]:
    return [sum(column) for column in zip(*values, strict=True)]


def _same(one: Sequence[float], other: Sequence[float]) -> bool:
    return len(one) == len(other) and all(
        abs(a - b) <= _NEAR * max(1.0, abs(a)) for a, b in zip(one, other, strict=True)
    )


def _named(asked: Sequence[Iterable[str]], titles: Iterable[str], across: str) -> list[str] | None:
    """Return headings for labels that have none: months, goods or parties; None where nothing tells them apart."""
    held = {meaning(title) for title in (*titles, across) if title}
    lacks = [heading for heading, names in (("Tiers", {"seller", "buyer", "party"}), ("Produit", {"product"}))
             if not held & names]  # fmt: skip
    found = ["Date" if all(is_time(name) for name in names) else "" for names in asked]
    left = [at for at, name in enumerate(found) if not name]
    if len(left) == 2 and len(lacks) == 2:
        shares = [_business(asked[at]) for at in left]
        party = next((one for one in (0, 1) if shares[one] >= _ENOUGH and shares[1 - one] <= _FEW), None)
        if party is None:
            return None
        found[left[party]], found[left[1 - party]] = "Tiers", "Produit"
    elif len(left) == 1 and len(lacks) == 1:
        found[left[0]] = lacks[0]
    elif left:
        return None
    return found


def _business(names: Iterable[str]) -> float:
    told = [is_business(name) for name in names]
    return sum(told) / len(told) if told else 0.0
