"""What the values of a returned questionnaire do not say: cells struck through, and notes beside cells."""

from __future__ import annotations

import re
import warnings
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape
from pathlib import Path
from typing import Any

_LARGEST = 20_000_000
_STUMBLES = (ValueError, LookupError, TypeError, AttributeError, OSError, zipfile.BadZipFile, SyntaxError)


_THREAD = re.compile(
    r"^\[(?:threaded comment|commentaire (?:à|de) thread)\].*?\n(?:comment|commentaire)\s*:\s*",
    re.IGNORECASE | re.DOTALL,
)
"""What Excel writes before the text of a thread, for programs that know no threads."""
_IN_ODS = re.compile(r"<office:annotation\b[^>]*>(.*?)</office:annotation>", re.DOTALL)
_LINE, _TAG = re.compile(r"<text:p\b[^>]*>(.*?)</text:p>", re.DOTALL), re.compile(r"<[^>]*>")


@dataclass(frozen=True)
class CellNote:
    """A note beside a cell (row from 1, column from 0), both None where the file does not say which."""

    row: int | None
    column: int | None
    text: str


def marked_cells(path: Path) -> tuple[frozenset[tuple[int, int]], tuple[CellNote, ...]]:
    """Return the filled cells (row from 1, column from 0) whose letters are struck through, and the notes beside cells;
    none where unknown.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            if sum(part.file_size for part in archive.infolist()) > _LARGEST:
                return frozenset(), ()
            if path.suffix.lower() == ".ods":
                return frozenset(), tuple(_notes_of_ods(archive.read("content.xml").decode("utf-8")))
        if path.suffix.lower() not in (".xlsx", ".xlsm"):
            return frozenset(), ()
        cells = list(_cells(path))
    except _STUMBLES:
        return frozenset(), ()
    struck = (cell for cell in cells if cell.value is not None and cell.font is not None and cell.font.strike)
    notes = (CellNote(cell.row, cell.column - 1, text) for cell in cells
             if cell.comment is not None and (text := _THREAD.sub("", cell.comment.text.strip()).strip()))  # fmt: skip
    return frozenset((cell.row, cell.column - 1) for cell in struck), tuple(notes)


def _cells(path: Path) -> Iterator[Any]:
    from openpyxl import load_workbook

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        book = load_workbook(path)
    for sheet in book.worksheets:
        for row in sheet.iter_rows():
            yield from (cell for cell in row if cell.__class__.__name__ == "Cell")


def _notes_of_ods(text: str) -> Iterator[CellNote]:
    for found in _IN_ODS.finditer(text):
        said = " ".join(unescape(_TAG.sub("", line)) for line in _LINE.findall(found[1])).strip()
        if said:
            yield CellNote(None, None, said)
