"""The shapes of a sheet: several tables one under the other or side by side, and months as columns."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import replace

from filiere.gather.cells.notes import lone_text
from filiere.gather.cells.values import read_date
from filiere.gather.headings import Columns, columns_of, find_columns, meaning, plain
from filiere.gather.reads.money import is_money
from filiere.names import tidy
from filiere.problems import Cell, Problem
from filiere.problems import gathering as codes
from filiere.table import RawRow, RawTable, RawValue
from filiere.units import mass_in_kg

_MONTH = re.compile(r"(jan|fev|feb|mar|avr|apr|mai|may|juin|juil|jun|jul|aou|aug|sep|oct|nov|dec)[a-z]*"
                    r"( (19|20)?\d{2})?")  # fmt: skip
_QUARTER = re.compile(
    r"([tq]|trim\w*|quarter) ?[1-4]( (19|20)?\d{2})?"
    r"|[1-4] ?(er|e|eme|st|nd|rd|th)? ?(t|q|trim\w*|quarter)( (19|20)?\d{2})?"
    r"|(19|20)\d{2} ?([tq]|trim\w*|quarter) ?[1-4]"
    r"|(semestre|semester|half) ?[12]( (19|20)?\d{2})?"
    r"|([12] ?(er|e|eme|nde?|st)?|premier|deuxieme|second) ?(semestre|semester|half)( (19|20)?\d{2})?"
)
_WEEK = re.compile(r"(s|sem|semaine|week|wk|w) ?([1-9]|[0-4]\d|5[0-3])")
_DAY = re.compile(r"lun(di)?|mar(di)?|mer(credi)?|jeu(di)?|ven(dredi)?|sam(edi)?|dim(anche)?"
                  r"|(mon|tues|wednes|thurs|fri|satur|sun)day")  # fmt: skip
_AMOUNT = re.compile(r"\b(montants?|amounts?|ht|euros?|eur|ca|valeur|value)\b")
_LEAST_MONTHS = 2
NOTHING: tuple[RawValue, ...] = (0.0, "-", "–", "—")
"""What cells hold of a month in which there was nothing."""


def unmerged(table: RawTable) -> RawTable:
    """Return a table in which a merged cell's value holds for each row that it reaches over."""
    values = {row.number: row.values for row in table.rows}
    shared = _shared_figures(table)
    tops = {(top, at) for number, cells in table.covered.items() for at, top in cells.items() if at in shared}
    rows = tuple(
        replace(row, values={
            at: value for at, value in
            {**{at: values[top][at] for at, top in table.covered.get(row.number, {}).items() if at not in shared},
             **row.values}.items() if (row.number, at) not in tops})
        for row in table.rows
    )  # fmt: skip
    return replace(table, rows=rows)


def merged_figures(table: RawTable) -> dict[str, list[int]]:
    """Return the columns of figures of which a cell reaches over several rows: heading → those rows."""
    shared = _shared_figures(table)
    found: dict[str, list[int]] = {}
    for number, cells in table.covered.items():
        for at, top in cells.items():
            if at in shared:
                found[shared[at]] = sorted({*found.get(shared[at], []), top, number})
    return found


def _shared_figures(table: RawTable) -> dict[int, str]:
    """Return the columns of figures of a table with merged cells: position → heading."""
    found = find_columns(table) if table.covered else None
    names = ("quantity", "amount", "gross", "debit", "credit") if found else ()
    return {found.at[name]: found.heading(name) for name in names if found and name in found.at}


def plain_tables(table: RawTable) -> list[RawTable]:
    """Return the tables of a sheet, each with one row of headings; the sheet itself where it holds one."""
    return [part for beside in _beside(table) for part in _stacked(beside)]


def _beside(table: RawTable) -> list[RawTable]:
    """Split where the headings form blocks with a blank column between, each complete by itself."""
    found = find_columns(table)
    if found is None:
        return [table]
    heading = next(row for row in table.rows if row.number == found.row)
    blocks: list[list[int]] = []
    for at in sorted(heading.values):
        if blocks and at == blocks[-1][-1] + 1:
            blocks[-1].append(at)
        else:
            blocks.append([at])
    blocks = [part for block in blocks for part in _halves(heading, block)]
    whole = [block for block in blocks if _whole(heading, block)]
    if len(whole) < 2:
        return [table]
    return [_cut(table, range(block[0], block[-1] + 1)) for block in whole]


def _whole(heading: RawRow, block: list[int]) -> bool:
    return not columns_of(RawRow(heading.number, {at: heading.values[at] for at in block})).missing


def _halves(heading: RawRow, block: list[int]) -> list[list[int]]:
    """Split headings that stand without a gap: the same good and the same figure twice, complete on either side."""
    titles = [plain(str(heading.values[at])) for at in block]
    twice = {meaning(title) for title in titles if titles.count(title) > 1}
    if not (twice & {"product"} and twice & {"quantity", "amount"}):
        return [block]
    cuts = [at for at in range(1, len(block)) if _whole(heading, block[:at]) and _whole(heading, block[at:])
            and len(set(titles[:at])) == at]  # fmt: skip
    begins = [at for at in cuts if titles[at] == titles[0] or meaning(titles[at]) in ("seller", "buyer", "party")]
    cut = max(begins or cuts, default=None)
    return [block] if cut is None else [block[:cut], *_halves(heading, block[cut:])]


def _cut(table: RawTable, columns: range) -> RawTable:
    cut = (RawRow(row.number, {at: v for at, v in row.values.items() if at in columns}) for row in table.rows)
    return replace(table, rows=tuple(row for row in cut if row.values), widths={})


def _stacked(table: RawTable) -> list[RawTable]:
    """Split at each further row of headings; the same headings again are the same table once more."""
    first = find_columns(table)
    if first is None or (first.missing and set(first.missing) != {"figure"}):
        return [table]
    top = next((row.number for row in table.rows if row.number < first.row and _is_heading(row)), first.row)
    parts: list[list[RawRow]] = [[]]
    for row in table.rows:
        if row.number > top and (_is_heading(row) or _begins_another(row, parts[-1])):
            parts.append(_titles_taken(parts[-1], top))
        parts[-1].append(row)
    return [replace(table, rows=tuple(part)) for part in parts]


def _titles_taken(rows: list[RawRow], top: int) -> list[RawRow]:
    """Take off and return the lone texts that end a table: they are the titles of the next one."""
    at = len(rows)
    while at and rows[at - 1].number > top and lone_text(rows[at - 1]):
        at -= 1
    titles = rows[at:]
    del rows[at:]
    return titles


def _is_heading(row: RawRow) -> bool:
    if len(row.values) < 3 or not all(isinstance(value, str) for value in row.values.values()):
        return False
    if any(re.search(r"\d", str(value)) for value in row.values.values()):
        return False
    found = columns_of(row)
    return not found.missing and 2 * len(found.at) > len(row.values)


_OF_PEOPLE = re.compile(r"\b(prenoms?|noms?|salaires?|salariee?s?|heures?|postes?|fonctions?|contrats?|etp"
                        r"|naissance|emploi|first name|last name|wages?|hours|position)\b")  # fmt: skip
"""Headings of tables of people, which may stand below one of sales."""


def _begins_another(row: RawRow, above: list[RawRow]) -> bool:
    """Whether a row is the headings of a table of another kind: words that mean headings, below a gap or a title."""
    if not above or len(row.values) < 2 or not all(isinstance(value, str) for value in row.values.values()):
        return False
    if not lone_text(above[-1]) and row.number == above[-1].number + 1:
        return False
    words = [plain(str(value)) for value in row.values.values()]
    known = [one for one in words if meaning(one) or _OF_PEOPLE.search(one)]
    return len(known) > 1 and 2 * len(known) > len(words) and not any(re.search(r"\d", one) for one in words)


# ---- months as columns


def _months(table: RawTable) -> tuple[Columns, dict[int, RawValue]] | None:
    found = find_columns(table)
    if found is None:
        return None
    heading = next(row for row in table.rows if row.number == found.row)
    for is_one in (_is_month, _is_quarter, _is_year, _is_week):
        months = {at: value for at, value in heading.values.items() if is_one(value)}
        if len(months) >= _LEAST_MONTHS:
            return found, months
    days = {at: value for at, value in heading.values.items() if _is_day(value)}
    if len(days) >= _LEAST_MONTHS and "product" in found.at:  # a list of members may give opening hours
        return found, days
    return None


def _is_quarter(value: RawValue) -> bool:
    """Whether a heading is a quarter or a half of a year."""
    return isinstance(value, str) and bool(_QUARTER.fullmatch(plain(value)))


def _is_week(value: RawValue) -> bool:
    return isinstance(value, str) and bool(_WEEK.fullmatch(plain(value)))


def _is_day(value: RawValue) -> bool:
    return isinstance(value, str) and bool(_DAY.fullmatch(plain(value)))


def _is_year(value: RawValue) -> bool:
    text = str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)
    return bool(re.fullmatch(r"(19|20)\d{2}", text.strip()))


def _is_month(value: RawValue) -> bool:
    if isinstance(value, dt.date):
        return True
    if not isinstance(value, str):
        return False
    text = plain(value)
    return bool(_MONTH.fullmatch(text)) or bool(re.fullmatch(r"(0?[1-9]|1[0-2])[/-](19|20)\d{2}|(19|20)\d{2}-\d{2}",
                                                             tidy(value)))  # fmt: skip


def is_time(value: RawValue) -> bool:
    """Whether a heading is a month, a week, a quarter or a year."""
    return _is_month(value) or _is_quarter(value) or _is_year(value) or _is_week(value)


def are_dated(titles: Iterable[RawValue]) -> bool:
    """Whether headings of times say the year."""
    return any(isinstance(title, dt.date) or (not _is_week(title) and re.search(r"\d{2}$", str(whole_number(title))))
               for title in titles)  # fmt: skip


def heading_of_time(value: RawValue) -> RawValue:
    """Return the day that a heading names, else the heading as it is, a year without decimals."""
    return read_date(value, True) or whole_number(value)


def held_by(table: RawTable, found: Columns) -> tuple[str, str]:
    """Return the heading of what the months of a table hold and its unit: a quantity, an amount, or nothing known."""
    if "unit" in found.at:
        return "Quantité", ""
    texts = [str(v) for row in table.rows if row.number <= found.row for v in row.values.values() if isinstance(v, str)]
    for text in texts:
        for word in reversed(re.split(r"[\s()\[\]]+", tidy(text))):
            if word and is_money(word):
                return "Montant", ""
            if word and mass_in_kg(word) and texts and not re.fullmatch(r"[a-z]", word):
                return "Quantité", word
    return ("Montant", "") if any(_AMOUNT.search(plain(text)) for text in texts) else ("", "")


def months_problem(table: RawTable) -> Problem | None:
    """Return what keeps the months of a table from being read, None where they can be or there are none."""
    months = _months(table)
    if months is None:
        return None
    twice = len(set(map(str, months[1].values()))) < len(months[1])
    if not twice and held_by(table, months[0])[0]:
        return None
    return codes.MONTHS_WITHOUT_UNIT.at(Cell(table.sheet, months[0].row))


def whole_number(value: RawValue) -> RawValue:
    """Return a year written as a number as the text that it is."""
    return str(int(value)) if isinstance(value, float) and value.is_integer() else value


def months_as_rows(table: RawTable) -> RawTable:
    """Return a table whose months are columns with one row for each month that holds a figure."""
    months = _months(table)
    if months is None:
        return table
    found, columns = months
    held, unit = held_by(table, found)
    if all(map(_is_day, columns.values())) and held == "Quantité" and not found.at.keys() & {"date", "month"}:
        held = "Quantité par semaine"
    kept = {name: at for name, at in found.at.items()
            if at not in columns and name not in ("quantity", "amount") and not is_time(found.titles[at])}  # fmt: skip
    heading = next(row for row in table.rows if row.number == found.row)
    date, figure, of = (max(heading.values) + shift for shift in (1, 2, 3))
    dated = are_dated(columns.values())
    titles: dict[int, RawValue] = {at: heading.values[at] for at in kept.values()}
    titles |= {figure: held} | ({date: "Date"} if dated else {}) | ({of: "Unité"} if unit else {})
    rows = [*said_beside(table, heading.number), RawRow(heading.number, titles)]
    for row in (one for one in table.rows if one.number > heading.number):
        texts = {at: row.values[at] for at in kept.values() if at in row.values}
        for at, title in columns.items():
            if at in row.values and row.values[at] not in NOTHING:
                when = heading_of_time(title)
                values = texts | {date: when, figure: row.values[at]} | ({of: unit} if unit else {})
                rows.append(RawRow(row.number, values))
    return replace(table, rows=tuple(sorted(rows, key=lambda row: row.number)), widths={})


def said_beside(table: RawTable, heading: int) -> list[RawRow]:
    """Return what stands above the headings of a table, and the lines of text between and below its rows."""
    return [row for row in table.rows if row.number < heading or (row.number > heading and lone_text(row))]
