"""Letters that were decoded twice on their way here."""

from __future__ import annotations

from dataclasses import replace

from filiere.gather.entries import Place, Read
from filiere.names import tidy
from filiere.problems import gathering as codes
from filiere.table import RawTable, RawWorkbook
from filiere.workbook.read.letters import lost, mended


def letters_mended(book: RawWorkbook, table: RawTable, read: Read) -> RawTable:
    """Put right the letters that were decoded twice, and say so."""
    rows, first = [], None
    for row in table.rows:
        values = {at: (mended(v) or v) if isinstance(v, str) else v for at, v in row.values.items()}
        odd = [v for at, v in row.values.items() if isinstance(v, str) and (values[at] != v or lost(v))]
        first = first or (Place(book.file_name, table.sheet, row.number), odd[0]) if odd else first
        rows.append(replace(row, values=values))
    if first is None:
        return table
    read.problems.append(codes.LETTERS_MENDED.at(first[0].cell, text=tidy(first[1])[:60]))
    return replace(table, rows=tuple(rows))
