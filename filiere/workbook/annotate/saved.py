"""A workbook saved anew by openpyxl, for what cannot be copied as it is: pictures, pivots, values are lost."""

from __future__ import annotations

import io
import re
import warnings
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from filiere.table import ErrorValue, Percentage, RawValue, RawWorkbook, Uncomputed

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.cell.cell import Cell

# openpyxl holds about 50 times the size of the XML in memory: beyond this the cells alone are copied.
_HEAVIEST = 40_000_000
_SHEET_NAME_LENGTH = 31
_NOT_IN_NAMES = re.compile(r"[\\*?:/\[\]]")

# What openpyxl raises on workbooks that it cannot load or save: it checks little and stumbles anywhere.
_STUMBLES = (
    ArithmeticError,
    AttributeError,
    AssertionError,
    LookupError,
    NotImplementedError,
    OSError,
    RecursionError,
    SyntaxError,
    zlib.error,
    TypeError,
    ValueError,
    zipfile.BadZipFile,
)
_LONGEST = 32_767
SAVED = ".xlsx"
"""The kind of what is saved anew."""
LIKE_FORMULAS = ("=", "+", "-", "@")
"""A cell that starts like this would become a formula once edited by hand."""


def saved_anew(path: Path, raw: RawWorkbook) -> Iterator[tuple[bytes, dict[str, str]]]:
    """Yield the workbook at ``path`` saved anew, first as openpyxl loads it, then with the cells of ``raw`` alone.

    With each come the names that its sheets have, by their names in ``raw``. Macros are left out.
    """
    book = _loaded(path)
    content = _saved(book) if book is not None else None
    if book is not None and content is not None:
        yield content, {sheet.title: sheet.title for sheet in book.worksheets}
    yield _rebuilt(raw)


def _loaded(path: Path) -> Workbook | None:
    """Return the workbook as openpyxl sees it, None where it sees no sheet or would need too much memory."""
    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        with zipfile.ZipFile(path) as archive:
            parts = archive.infolist()
        office = any(part.filename.lower().startswith("xl/") for part in parts)
        if not office or sum(part.file_size for part in parts) > _HEAVIEST:
            return None
        with path.open("rb") as file, warnings.catch_warnings():
            warnings.simplefilter("ignore")
            book = load_workbook(file, rich_text=True, keep_vba=False)
    except (*_STUMBLES, InvalidFileException):
        return None
    return book if book.worksheets else None


def _saved(book: Workbook) -> bytes | None:
    buffer = io.BytesIO()
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            book.save(buffer)
    except _STUMBLES:
        return None
    return buffer.getvalue()


def _rebuilt(raw: RawWorkbook) -> tuple[bytes, dict[str, str]]:
    """Return a workbook with the cells of ``raw`` and nothing else, and its sheets' names by those in ``raw``."""
    from openpyxl import Workbook

    book = Workbook()
    for sheet in book.worksheets:
        book.remove(sheet)
    names: dict[str, str] = {}
    for table in raw.tables:
        name = _sheet_name(table.sheet, {sheet.title.casefold() for sheet in book.worksheets})
        sheet = book.create_sheet(name)
        names[table.sheet] = sheet.title
        sheet.sheet_state = "hidden" if table.hidden else "visible"
        for row in table.rows:
            for column, value in row.values.items():
                _put(sheet.cell(row.number, column + 1), value)
    if not any(sheet.sheet_state == "visible" for sheet in book.worksheets):
        (book.worksheets[0] if book.worksheets else book.create_sheet("-")).sheet_state = "visible"
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue(), names


def _sheet_name(name: str, taken: set[str]) -> str:
    """Return ``name`` as Excel takes it: 31 characters, some signs excepted, no two alike."""
    fit = _NOT_IN_NAMES.sub("-", plain(name)).strip("'")[:_SHEET_NAME_LENGTH] or "-"
    unique, turn = fit, 1
    while unique.casefold() in taken:
        turn += 1
        unique = f"{fit[: _SHEET_NAME_LENGTH - 6]} ({turn})"
    return unique


def _put(cell: Cell, value: RawValue) -> None:
    from openpyxl.cell.cell import ERROR_CODES

    if isinstance(value, ErrorValue):
        _put_text(cell, value.text)
        if value.text in ERROR_CODES:
            cell.data_type = "e"
    elif isinstance(value, Uncomputed):
        _put_text(cell, value.formula)
    elif isinstance(value, str):
        _put_text(cell, value)
    elif isinstance(value, Percentage):
        cell.value, cell.number_format = float(value), "0.0%"
    else:
        cell.value = value


def plain(text: str) -> str:
    """Return ``text`` without the control characters that XML cannot hold."""
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

    kept: str = ILLEGAL_CHARACTERS_RE.sub("", text)
    return kept.replace("\ufffe", "").replace("\uffff", "")


def _put_text(cell: Cell, text: str) -> None:
    """Write ``text`` as text, whatever it starts with: nobody's words become a formula."""
    cell.value = plain(text)[:_LONGEST]
    cell.data_type = "s"
    if text.startswith(LIKE_FORMULAS):
        cell.quotePrefix = True
