"""What counts once: sheets that sum up others count nothing, and tables without dates count in the year they name."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import replace

from filiere.gather.entries import Entry, Place, Read
from filiere.gather.headings import plain
from filiere.gather.shapes.tables import is_time
from filiere.problems import gathering as codes
from filiere.table import RawWorkbook

_SUMMARY = re.compile(r"\b(recap\w*|synthese|resume|total|totaux|cumuls?|bilan|summary|overview|tcd|pivot)\b")
_YEAR = re.compile(r"(annee|an|year|annuel(le)?|total annuel)?( ?20\d{2})?")
_LEAST = 2
"""From how many rows on one table is the copy of another, and sheets of months have one that sums them up."""
_NEAR = 0.005


def not_copied(entries: list[Entry], where: Place, read: Read) -> list[Entry]:
    """Return the rows of a table that count where another one of its file holds them all: none if they are dated.

    Undated ones may be another month's that are just the same: they count, and that is said.
    """
    contents = Counter(entry.content for entry in entries)
    others = read.tables_of.setdefault(where.file, [])
    twin = next((place for place, held in others if not contents - held), None) if len(entries) >= _LEAST else None
    others.append((where, contents))
    if twin is None or all(entry.number for entry in entries):  # numbered pieces are asked about, one by one
        return entries
    dated = all(entry.date for entry in entries)
    code = codes.COPIED_TABLE if dated else codes.SAME_TABLE
    read.problems.append(code.at(where.cell, other=str(twin.cell), count=len(entries)))
    return [] if dated else entries


def without_summaries(book: RawWorkbook, read: Read) -> None:
    """Leave out the sheets that sum up the others of their file, by their name or as pivots, and say so."""
    sheets = {entry.place.sheet for entry in read.entries if entry.place.file == book.file_name}
    sums = {sheet for sheet in sheets if _SUMMARY.search(plain(sheet)) or (book.file_name, sheet) in read.pivots}
    sums |= _sums_of_the_year(book.file_name, sheets - sums, read)
    if not sums or sums == sheets:
        return
    for sheet in sorted(sums):
        rows = [
            entry.place for entry in read.entries if (entry.place.file, entry.place.sheet) == (book.file_name, sheet)
        ]
        read.problems.append(codes.SUMMARY_SHEET.at(min(rows).cell))
    read.entries = [one for one in read.entries if one.place.file != book.file_name or one.place.sheet not in sums]


def _sums_of_the_year(file: str, sheets: set[str], read: Read) -> set[str]:
    """Return the sheets called after the year that hold as much as those called after its months."""
    months = {sheet for sheet in sheets if is_time(sheet) and not _YEAR.fullmatch(plain(sheet))}
    held: dict[str, float] = defaultdict(float)
    for entry in read.entries:
        if entry.place.file == file:
            held[entry.place.sheet] += entry.amount or entry.quantity or 0.0
    whole = sum(held[sheet] for sheet in months)
    return {sheet for sheet in sheets - months if len(months) >= _LEAST and _YEAR.fullmatch(plain(sheet))
            and abs(held[sheet] - whole) <= _NEAR * abs(whole)}  # fmt: skip


def of_named_years(read: Read) -> None:
    """Let tables without dates count in the year that their titles, sheets or files name, where these differ."""
    if len({entry.named_year for entry in read.entries if entry.named_year}) > 1:
        read.entries = [replace(one, year=one.named_year) if one.named_year else one for one in read.entries]


def of_business_years(entries: list[Entry], own: bool) -> list[Entry]:
    """Return the rows counted in business years, where the titles of all say when theirs closes, and it is one month.

    What is paid whatever is traded counts by calendar years, and beside it so does all the rest.
    """
    closings = {entry.closing for entry in entries}
    if own or len(closings) != 1 or closings & {0, 12} or any(entry.year and not entry.date for entry in entries):
        return entries
    (month,) = closings
    found = []
    for entry in entries:
        if entry.date is None:
            found.append(entry)
            continue
        ends = entry.date.year + (entry.date.month > month)
        found.append(replace(entry, year=f"{ends - 1}/{ends % 100:02d}"))
    return found


def one_year(*texts: str) -> str:
    """Return the year that the first of ``texts`` that names years names, where it names one alone."""
    for text in texts:
        years = set(re.findall(r"(?<!\d)(20\d{2})(?!\d)", text))
        if years:
            return years.pop() if len(years) == 1 else ""
    return ""
