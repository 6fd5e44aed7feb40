"""Which cells of a returned questionnaire are struck through: what values alone do not say."""

from __future__ import annotations

import warnings
import zipfile
from pathlib import Path

_LARGEST = 20_000_000
_STUMBLES = (ValueError, LookupError, TypeError, AttributeError, OSError, zipfile.BadZipFile, SyntaxError)


def struck_cells(path: Path) -> frozenset[tuple[int, int]]:
    """Return the filled cells (row from 1, column from 0) whose letters are struck through; none where unknown."""
    from openpyxl import load_workbook

    if path.suffix.lower() not in (".xlsx", ".xlsm"):
        return frozenset()
    try:
        with zipfile.ZipFile(path) as archive:
            if sum(part.file_size for part in archive.infolist()) > _LARGEST:
                return frozenset()
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            book = load_workbook(path)
    except _STUMBLES:
        return frozenset()
    return frozenset(
        (cell.row, cell.column - 1)
        for sheet in book.worksheets
        for row in sheet.iter_rows()
        for cell in row
        if cell.value is not None and cell.font is not None and cell.font.strike
    )
