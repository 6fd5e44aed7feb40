"""A copy of a workbook in which every problem shows: its cell coloured and commented, and a first sheet that lists all.

The copy is for reading and mending, not for archiving: openpyxl loses shapes, form controls and cached formula
values on the way (Excel and LibreOffice compute those anew when they open it).
"""

from __future__ import annotations

import io
import re
import warnings
import zipfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from filiere.language import Label, Language
from filiere.problems import Problem, Severity, worst_first
from filiere.table import ErrorValue, RawValue, RawWorkbook, Uncomputed
from filiere.workbook.annotate_list import SEVERITY, cell_of, earlier_list, plain, put_text, write_list
from filiere.workbook.read import read_workbook
from filiere.workbook.read_bounds import LAST_COLUMN, LAST_ROW

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.cell.cell import Cell
    from openpyxl.worksheet.worksheet import Worksheet

# Orange (of Okabe and Ito's palette) and pale yellow: apart for every eye and in grey print, and both under black text.
_COLOURS = {Severity.ERROR: "FFE69F00", Severity.WARNING: "FFFFF0C2"}
_INK = "FF000000"
_AUTHOR = "filiere"
_BELOW = "\n\n* * *\n"  # between what somebody wrote on the cell and what is said here
_MENDED = Label("How to mend it: ", "Comment corriger\u00a0: ")
_COLON = Label(": ", "\u00a0: ")

# openpyxl holds about 50 times the size of the XML in memory: beyond this the cells alone are copied.
_HEAVIEST = 40_000_000
_COMMENT_LENGTH = 8_000
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
    TypeError,
    ValueError,
    zipfile.BadZipFile,
)


def annotate(path: Path, problems: Sequence[Problem], language: Language) -> bytes:
    """Return the copy of the workbook at ``path`` that shows ``problems``, as the bytes of an .xlsx file.

    An .ods file, or a workbook that openpyxl cannot carry, is copied by its cells alone. Macros are left out.
    Raises WorkbookError where the file cannot be read at all.
    """
    raw = read_workbook(path)  # first, for it refuses the files that are made to choke a reader
    ordered = worst_first(problems)
    book = _loaded(path)
    if book is not None:
        _show(book, {sheet.title: sheet for sheet in book.worksheets}, ordered, language)
        content = _saved(book)
        if content is not None:
            return content
    book, sheets = _rebuilt(raw)
    _show(book, sheets, ordered, language)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


# ---- the copy


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


def _rebuilt(raw: RawWorkbook) -> tuple[Workbook, dict[str, Worksheet]]:
    """Return a workbook with the cells of ``raw`` and nothing else, and its sheets by their names in ``raw``."""
    from openpyxl import Workbook

    book = Workbook()
    for sheet in book.worksheets:
        book.remove(sheet)
    sheets: dict[str, Worksheet] = {}
    for table in raw.tables:
        name = _sheet_name(table.sheet, {sheet.title.casefold() for sheet in book.worksheets})
        sheet = sheets[table.sheet] = book.create_sheet(name)
        sheet.sheet_state = "hidden" if table.hidden else "visible"
        for row in table.rows:
            for column, value in row.values.items():
                _put(sheet.cell(row.number, column + 1), value)
    return book, sheets


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
        put_text(cell, value.text)
        if value.text in ERROR_CODES:
            cell.data_type = "e"
    elif isinstance(value, Uncomputed):
        put_text(cell, value.formula)
    elif isinstance(value, str):
        put_text(cell, value)
    else:
        cell.value = value


# ---- what is shown in it


def _show(book: Workbook, sheets: dict[str, Worksheet], problems: Sequence[Problem], language: Language) -> None:
    _forget_earlier(book)
    worst: dict[str, Severity] = {}
    by_cell: dict[tuple[str, int, int], list[Problem]] = {}
    for problem in problems:
        if problem.cell is None or problem.cell.sheet not in sheets:
            continue
        name = problem.cell.sheet
        worst.setdefault(name, problem.severity)
        for place in _places(sheets[name], problem.cell.row, problem.cell.column):
            cell = cell_of(sheets[name], *place)
            by_cell.setdefault((name, cell.row, cell.column), []).append(problem)
    for name, severity in worst.items():
        # A link to a hidden sheet leads nowhere.
        sheets[name].sheet_state = "visible"
        sheets[name].sheet_properties.tabColor = _COLOURS[severity]
    told: set[int] = set()
    for (name, row, column), found in by_cell.items():
        cell = cell_of(sheets[name], row, column)
        _colour(cell, found[0].severity)
        # A problem of a whole row colours it all and is told once.
        news = [problem for problem in found if id(problem) not in told]
        told |= {id(problem) for problem in news}
        if news:
            _comment(cell, news, language)
    write_list(book, problems, sheets, language)


def _forget_earlier(book: Workbook) -> None:
    """Take out the list and the comments of an earlier copy, which is what people mend and check again."""
    from openpyxl.comments import Comment
    from openpyxl.styles import PatternFill

    earlier = earlier_list(book)
    if earlier is None:
        return
    book.remove(earlier)
    for sheet in book.worksheets:
        tab = sheet.sheet_properties.tabColor
        if tab is not None and tab.rgb in _COLOURS.values():
            sheet.sheet_properties.tabColor = None
        for row in sheet.iter_rows():
            for cell in row:
                if cell.fill.fill_type == "solid" and cell.fill.fgColor.rgb in _COLOURS.values():
                    cell.fill = PatternFill()
                if cell.comment is not None:
                    theirs, ours, _ = cell.comment.text.partition(_BELOW)
                    if ours:
                        cell.comment = Comment(theirs, cell.comment.author)
                    elif cell.comment.author == _AUTHOR:
                        cell.comment = None


def _places(sheet: Worksheet, row: int | None, column: int | None) -> Iterator[tuple[int, int]]:
    """Yield the cells, counted from 1, that stand for a place: of a row its filled cells, of a column its heading."""
    if (row is not None and not 1 <= row <= LAST_ROW) or (column is not None and not 0 <= column < LAST_COLUMN):
        return
    if row is not None and column is not None:
        yield row, column + 1
    elif row is not None:
        filled = [c.column for cells in sheet.iter_rows(row, row) for c in cells if c.value is not None]
        yield from ((row, number) for number in filled or [1])
    elif column is not None:
        cells = (c for (c,) in sheet.iter_rows(min_col=column + 1, max_col=column + 1))
        heading = next((c.row for c in cells if c.value is not None), 1)
        yield heading, column + 1


def _colour(cell: Cell, severity: Severity) -> None:
    from openpyxl.styles import Font, PatternFill

    cell.fill = PatternFill("solid", fgColor=_COLOURS[severity])
    font = cell.font
    cell.font = Font(
        name=font.name,
        size=font.size,
        bold=font.bold,
        italic=font.italic,
        underline=font.underline,
        strike=font.strike,
        color=_INK,
    )


def _comment(cell: Cell, problems: Sequence[Problem], language: Language) -> None:
    from openpyxl.comments import Comment

    said = [
        f"{SEVERITY[p.severity].to(language)} [{p.code}]{_COLON.to(language)}{p.message(language)}\n"
        f"{_MENDED.to(language)}{p.hint(language)}"
        for p in problems
    ]
    text, author = "\n\n".join(said), _AUTHOR
    if cell.comment is not None and cell.comment.text:
        text, author = f"{cell.comment.text}{_BELOW}{text}", cell.comment.author
    text = plain(text)[:_COMMENT_LENGTH]
    lines = sum(1 + len(line) // 50 for line in text.split("\n"))
    cell.comment = Comment(text, author, height=min(60 + 18 * lines, 600), width=380)
