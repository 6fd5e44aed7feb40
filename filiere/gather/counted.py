"""What counts once: sheets that sum up others count nothing, and tables without dates count in the year they name."""

from __future__ import annotations

import re
from dataclasses import replace

from filiere.gather.entries import Read
from filiere.gather.headings import plain
from filiere.problems import gathering as codes
from filiere.table import RawWorkbook

_SUMMARY = re.compile(r"\b(recap\w*|synthese|resume|total|totaux|cumuls?|bilan|summary|overview|tcd|pivot)\b")


def without_summaries(book: RawWorkbook, read: Read) -> None:
    """Leave out the sheets that sum up the others of their file, by their name or as pivots, and say so."""
    sheets = {entry.place.sheet for entry in read.entries if entry.place.file == book.file_name}
    sums = {sheet for sheet in sheets if _SUMMARY.search(plain(sheet)) or (book.file_name, sheet) in read.pivots}
    if not sums or sums == sheets:
        return
    for sheet in sorted(sums):
        rows = [
            entry.place for entry in read.entries if (entry.place.file, entry.place.sheet) == (book.file_name, sheet)
        ]
        read.problems.append(codes.SUMMARY_SHEET.at(min(rows).cell))
    read.entries = [one for one in read.entries if one.place.file != book.file_name or one.place.sheet not in sums]


def of_named_years(read: Read) -> None:
    """Let tables without dates count in the year that their titles, sheets or files name, where these differ."""
    if len({entry.named_year for entry in read.entries if entry.named_year}) > 1:
        read.entries = [replace(one, year=one.named_year) if one.named_year else one for one in read.entries]


def one_year(*texts: str) -> str:
    """Return the year that the first of ``texts`` that names years names, where it names one alone."""
    for text in texts:
        years = set(re.findall(r"(?<!\d)(20\d{2})(?!\d)", text))
        if years:
            return years.pop() if len(years) == 1 else ""
    return ""
