"""Letters that were decoded twice on their way here."""

from __future__ import annotations

import re
from dataclasses import replace

from filiere.gather.entries import Place, Read
from filiere.gather.people.persons import is_private, unquoted
from filiere.names import tidy
from filiere.problems import gathering as codes
from filiere.table import RawTable, RawWorkbook
from filiere.workbook.read.letters import lost, mended

_ASKED = re.compile(r"[a-zà-ÿ]\?[a-zà-ÿ]|\b[ldLD]\?[A-ZÀ-Þa-zà-ÿ]")
"""A question mark inside a word stands for a letter that was lost."""


def letters_mended(book: RawWorkbook, table: RawTable, read: Read) -> RawTable:
    """Put right the letters that were decoded twice, and say so."""
    rows, first = [], None
    for row in table.rows:
        values = {at: (mended(v) or v) if isinstance(v, str) else v for at, v in row.values.items()}
        texts = {at: v for at, v in row.values.items() if isinstance(v, str)}
        odd = [v for at, v in texts.items() if values[at] != v or lost(v) or _ASKED.search(v)]
        first = first or (Place(book.file_name, table.sheet, row.number), odd[0]) if odd else first
        rows.append(replace(row, values=values))
    if first is None:
        return table
    read.problems.append(
        codes.LETTERS_MENDED.at(
            first[0].cell, text="…" if is_private(mended(first[1]) or first[1]) else unquoted(tidy(first[1])[:60])
        )
    )
    return replace(table, rows=tuple(rows))
