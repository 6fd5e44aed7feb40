"""Texts that are put right before they are read: letters that were decoded twice, and cells as long as a page."""

from __future__ import annotations

import re
from dataclasses import replace

from filiere.gather.entries import Place, Read, rows_of
from filiere.gather.people.persons import is_private, unquoted
from filiere.names import tidy
from filiere.problems import gathering as codes
from filiere.table import RawTable, RawValue, RawWorkbook
from filiere.workbook.read.letters import lost, mended

_ASKED = re.compile(r"[a-zà-ÿ]\?[a-zà-ÿ]|\b[ldLD]\?[A-ZÀ-Þa-zà-ÿ]")
"""A question mark inside a word stands for a letter that was lost."""

# Cyrillic and Greek letters that look like Latin ones, as a keyboard or a scanned page leaves them inside a word.
_LOOK_ALIKES = str.maketrans(
    "\u0410\u0412\u0415\u041a\u041c\u041d\u041e\u0420\u0421\u0422\u0425\u0430\u0435\u043e\u0440\u0441\u0443\u0445"
    "\u0456\u0458\u0455\u0391\u0392\u0395\u0396\u0397\u0399\u039a\u039c\u039d\u039f\u03a1\u03a4\u03a5\u03a7\u03bf",
    "ABEKMHOPCTXaeopcyxijsABEZHIKMNOPTYXo",
)
_OTHER_LETTER, _LATIN_LETTER, _WORD = (
    re.compile("[\u0370-\u04ff]"),
    re.compile("[A-Za-z\u00c0-\u024f]"),
    re.compile(r"\w+"),
)


def letters_mended(book: RawWorkbook, table: RawTable, read: Read) -> RawTable:
    """Put right the letters that were decoded twice or that only look like Latin ones, and say so."""
    rows, first = [], None
    for row in table.rows:
        values = {at: in_latin(mended(v) or v) if isinstance(v, str) else v for at, v in row.values.items()}
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


def in_latin(text: str) -> str:
    """Return a text with the letters that nobody can tell from Latin ones in Latin, in the words that mix both."""
    if not _OTHER_LETTER.search(text):
        return text
    return _WORD.sub(lambda word: word[0].translate(_LOOK_ALIKES) if _LATIN_LETTER.search(word[0]) else word[0], text)


LONGEST = 1000
"""As many signs of a cell are looked at: a name, a figure or a remark has fewer, and some patterns take the square of
them in time.
"""


def shortened(book: RawWorkbook, read: Read) -> RawWorkbook:
    """Return a file with the first ``LONGEST`` signs of each text, and say where one was longer."""
    tables = []
    for table in book.tables:
        long = [row for row in table.rows if any(map(_is_long, row.values.values()))]
        if long:
            places = [Place(book.file_name, table.sheet, row.number) for row in long]
            read.problems.append(codes.LONG_TEXT.at(places[0].cell, most=LONGEST, count=len(long),
                                                    source=rows_of(places)))  # fmt: skip
            table = replace(table, rows=tuple(
                replace(row, values={at: v[:LONGEST] if isinstance(v, str) else v for at, v in row.values.items()})
                for row in table.rows
            ))  # fmt: skip
        tables.append(table)
    return replace(book, tables=tuple(tables))


def _is_long(value: RawValue) -> bool:
    return isinstance(value, str) and len(value) > LONGEST
