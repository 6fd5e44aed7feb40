"""The sheet that lists the problems of a workbook, each with a link to its cell."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from filiere.language import Label, Language, number
from filiere.problems import Problem, Severity, errors

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.cell.cell import Cell
    from openpyxl.worksheet.worksheet import Worksheet

NAME = Label("Problems", "Problèmes")
SEVERITY = {
    Severity.ERROR: Label("Error", "Erreur"),
    Severity.WARNING: Label("Warning", "Avertissement"),
}
_HEADINGS = (
    (Label("How bad", "Gravité"), 15),
    (Label("Code", "Code"), 9),
    (Label("Where", "Où"), 28),
    (Label("What is wrong", "Ce qui ne va pas"), 70),
    (Label("How to mend it", "Comment corriger"), 60),
)
_NONE = Label("No problem was found.", "Aucun problème n'a été trouvé.")
_SOME = Label(
    "{errors} error(s), {warnings} warning(s). Mend the errors first; each place is a link to its cell.",
    "{errors} erreur(s), {warnings} avertissement(s). Corrigez d'abord les erreurs\u202f; chaque lieu est un lien "
    "vers sa cellule.",
)
_TITLE_ROW, _HEADING_ROW = 1, 2
_DEEP, _LINK, _LINE = "FF0B4F7D", "FF0B4F7D", "FFD5E3EC"
_MARKS = {Severity.ERROR: "FFE69F00", Severity.WARNING: "FFFFF0C2"}
_FONT = "Calibri"
_LONGEST = 32_767
# A cell that starts like this would become a formula once edited by hand.
_LIKE_FORMULAS = ("=", "+", "-", "@")


def plain(text: str) -> str:
    """Return ``text`` without the control characters that XML cannot hold."""
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

    kept: str = ILLEGAL_CHARACTERS_RE.sub("", text)
    return kept.replace("\ufffe", "").replace("\uffff", "")


def put_text(cell: Cell, text: str) -> None:
    """Write ``text`` as text, whatever it starts with: nobody's words become a formula."""
    cell.value = plain(text)[:_LONGEST]
    cell.data_type = "s"
    if text.startswith(_LIKE_FORMULAS):
        cell.quotePrefix = True


def cell_of(sheet: Worksheet, row: int, column: int) -> Cell:
    """Return the cell, or the upper left one of the merged cells that cover it; both count from 1."""
    from openpyxl.cell.cell import MergedCell

    cell = sheet.cell(row, column)
    if isinstance(cell, MergedCell):
        merged = next(area for area in sheet.merged_cells.ranges if cell.coordinate in area)
        return cell_of(sheet, merged.min_row, merged.min_col)
    return cell


def earlier_list(book: Workbook) -> Worksheet | None:
    """Return the list that an earlier annotation left in ``book``."""
    first = tuple(_HEADINGS[0][0])
    for sheet in book.worksheets:
        if sheet.title in NAME and sheet.cell(_HEADING_ROW, 1).value in first:
            return sheet
    return None


def write_list(
    book: Workbook, problems: Sequence[Problem], sheets: Mapping[str, Worksheet], language: Language
) -> None:
    """Put the list first in ``book`` and make it the sheet that opens; ``sheets`` are those a link can reach."""
    sheet = book.create_sheet(NAME.to(language), 0)
    _title(sheet, problems, language)
    if problems:
        _headings(sheet, language)
        for row, problem in enumerate(problems, _HEADING_ROW + 1):
            _line(sheet, row, problem, sheets, language)
        sheet.auto_filter.ref = f"A{_HEADING_ROW}:E{_HEADING_ROW + len(problems)}"
    _page(sheet)
    # Sheets that stay selected together would all take what is typed into one.
    for other in book.worksheets:
        other.sheet_view.tabSelected = other is sheet
    book.active = 0


def _title(sheet: Worksheet, problems: Sequence[Problem], language: Language) -> None:
    from openpyxl.styles import Font

    wrong = len(errors(problems))
    counts = {"errors": number(wrong, language), "warnings": number(len(problems) - wrong, language)}
    title = cell_of(sheet, _TITLE_ROW, 1)
    put_text(title, (_SOME if problems else _NONE).fill(**counts).to(language))
    title.font = Font(name=_FONT, bold=True, size=12, color=_DEEP)
    sheet.row_dimensions[_TITLE_ROW].height = 24


def _headings(sheet: Worksheet, language: Language) -> None:
    from openpyxl.styles import Alignment, Font, PatternFill
    from openpyxl.utils import get_column_letter

    for column, (label, width) in enumerate(_HEADINGS, 1):
        cell = cell_of(sheet, _HEADING_ROW, column)
        put_text(cell, label.to(language))
        cell.font = Font(name=_FONT, bold=True, color="FFFFFFFF")
        cell.fill = PatternFill("solid", fgColor=_DEEP)
        cell.alignment = Alignment(vertical="center", wrap_text=True)
        sheet.column_dimensions[get_column_letter(column)].width = width
    sheet.row_dimensions[_HEADING_ROW].height = 22


def _line(sheet: Worksheet, row: int, problem: Problem, sheets: Mapping[str, Worksheet], language: Language) -> None:
    from openpyxl.styles import Alignment, Border, Font, PatternFill, Side

    texts = (
        SEVERITY[problem.severity].to(language),
        problem.code,
        str(problem.cell) if problem.cell is not None else "",
        problem.message(language),
        problem.hint(language),
    )
    for column, text in enumerate(texts, 1):
        cell = cell_of(sheet, row, column)
        put_text(cell, text)
        cell.alignment = Alignment(vertical="top", wrap_text=True)
        cell.border = Border(bottom=Side("thin", color=_LINE))
    # LibreOffice does not fit the rows of a file that it opens: the height is reckoned from the longest text.
    lines = max(-(-len(text) // (width - 4)) for text, (_, width) in zip(texts, _HEADINGS, strict=True))
    sheet.row_dimensions[row].height = 4 + 15 * min(max(lines, 1), 20)
    sheet.cell(row, 1).fill = PatternFill("solid", fgColor=_MARKS[problem.severity])
    target = sheets.get(problem.cell.sheet) if problem.cell is not None else None
    if problem.cell is not None and target is not None:
        place = problem.cell
        reference = type(place)("", place.row or 1, place.column or 0).reference
        where = cell_of(sheet, row, 3)
        _link(where, target.title, reference)
        where.font = Font(name=_FONT, underline="single", color=_LINK)


def _link(cell: Cell, sheet: str, reference: str) -> None:
    from openpyxl.worksheet.hyperlink import Hyperlink

    name = sheet.replace("'", "''")
    cell.hyperlink = Hyperlink(ref=cell.coordinate, location=f"'{name}'!{reference}")


def _page(sheet: Worksheet) -> None:
    from openpyxl.worksheet.properties import PageSetupProperties

    sheet.freeze_panes = f"A{_HEADING_ROW + 1}"
    sheet.sheet_view.showGridLines = False
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.print_title_rows = f"{_HEADING_ROW}:{_HEADING_ROW}"
