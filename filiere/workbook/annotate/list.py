"""The sheet that lists the problems of a workbook, each with a link to its cell."""

from __future__ import annotations

import io
from collections.abc import Collection, Mapping, Sequence
from typing import TYPE_CHECKING

from filiere.language import Label, Language
from filiere.palette import FORM_DEEP, FORM_LINE, WHITE
from filiere.problems import Problem, Severity, tally
from filiere.table import RawTable
from filiere.workbook.annotate.saved import LIKE_FORMULAS, plain
from filiere.workbook.annotate.styles import COLOURS

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

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
    (Label("How to correct it", "Comment corriger"), 60),
)
_NONE = Label("No problem was found.", "Aucun problème n'a été trouvé.")
_SOME = Label(
    "{counts}. Correct the errors first; each place is a link to its cell.",
    "{counts}. Corrigez d'abord les erreurs\u202f; chaque lieu est un lien vers sa cellule.",
)
_TITLE_ROW, _HEADING_ROW = 0, 1
_FONT = "Calibri"
_LONGEST = 32_767
_MOST_LINKS = 65_000
"""Excel takes no more links in a sheet than about this (65 530)."""


def is_list(table: RawTable) -> bool:
    """Whether a sheet is the list that an earlier annotation left."""
    rows = {row.number: row.values for row in table.rows}
    heading = rows.get(_HEADING_ROW + 1, {}).get(0)
    bare = not rows.keys() - {_TITLE_ROW + 1} and rows.get(_TITLE_ROW + 1, {}).get(0) in tuple(_NONE)
    return table.sheet.partition(" (")[0] in NAME and (heading in tuple(_HEADINGS[0][0]) or bare)


def free_list_name(language: Language, taken: Collection[str]) -> str:
    """Return the name of the list in a workbook whose sheets are ``taken``."""
    name, turn, others = NAME.to(language), 1, {other.casefold() for other in taken}
    while name.casefold() in others:
        turn += 1
        name = f"{NAME.to(language)} ({turn})"
    return name


def list_workbook(name: str, problems: Sequence[Problem], sheets: Mapping[str, str], language: Language) -> bytes:
    """Return a workbook of one sheet, the list; ``sheets`` are those a link can reach, by their names in problems."""
    from xlsxwriter import Workbook

    out = io.BytesIO()
    with Workbook(out, {"in_memory": True}) as book:
        sheet = book.add_worksheet(name)
        title = book.add_format({"font_name": _FONT, "bold": True, "font_size": 12, "font_color": FORM_DEEP})
        said = _SOME.fill(counts=tally(problems)) if problems else _NONE
        sheet.set_row(_TITLE_ROW, 24)
        sheet.write_string(_TITLE_ROW, 0, said.to(language), title)
        if problems:
            _table(book, sheet, problems, sheets, language)
        sheet.hide_gridlines(2)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        sheet.freeze_panes(_HEADING_ROW + 1, 0)
        sheet.repeat_rows(_HEADING_ROW)
    return out.getvalue()


def _table(
    book: Workbook, sheet: Worksheet, problems: Sequence[Problem], sheets: Mapping[str, str], language: Language
) -> None:
    heading = book.add_format(
        {"font_name": _FONT, "bold": True, "font_color": WHITE, "bg_color": FORM_DEEP, "valign": "vcenter"}
    )
    sheet.set_row(_HEADING_ROW, 22)
    for column, (label, width) in enumerate(_HEADINGS):
        sheet.set_column(column, column, width)
        sheet.write_string(_HEADING_ROW, column, label.to(language), heading)
    text: dict[str, object] = {
        "font_name": _FONT, "valign": "top", "text_wrap": True, "bottom": 1, "bottom_color": FORM_LINE,
    }  # fmt: skip
    looks = {
        "text": book.add_format(text),
        "quoted": book.add_format(text | {"quote_prefix": True}),
        "link": book.add_format(text | {"underline": 1, "font_color": FORM_DEEP}),
    } | {severity.value: book.add_format(text | {"bg_color": f"#{colour[2:]}"}) for severity, colour in COLOURS.items()}
    for row, problem in enumerate(problems, _HEADING_ROW + 1):
        _line(sheet, row, problem, sheets, looks, language)
    sheet.autofilter(_HEADING_ROW, 0, _HEADING_ROW + len(problems), len(_HEADINGS) - 1)


def _line(
    sheet: Worksheet, row: int, problem: Problem, sheets: Mapping[str, str], looks: Mapping[str, Format],
    language: Language,
) -> None:  # fmt: skip
    where = plain(str(problem.cell)) if problem.cell is not None else ""
    texts = (
        SEVERITY[problem.severity].to(language),
        problem.code,
        where,
        plain(problem.message(language)),
        plain(problem.hint(language)),
    )
    for column, text in enumerate(texts):
        look = looks["quoted" if text.startswith(LIKE_FORMULAS) else "text"]
        if text:
            sheet.write_string(row, column, text[:_LONGEST], look)
        else:
            sheet.write_blank(row, column, None, look)
    sheet.write_string(row, 0, texts[0], looks[problem.severity.value])
    # LibreOffice does not fit the rows of a file that it opens: the height is reckoned from the longest text.
    lines = max(-(-len(text) // (width - 4)) for text, (_, width) in zip(texts, _HEADINGS, strict=True))
    sheet.set_row(row, 4 + 15 * min(max(lines, 1), 20))
    target = sheets.get(problem.cell.sheet) if problem.cell is not None else None
    if problem.cell is not None and target is not None and row < _MOST_LINKS:
        place = problem.cell
        reference = type(place)("", place.row or 1, place.column or 0).reference
        name = target.replace("'", "''")
        sheet.write_url(row, 2, f"internal:'{name}'!{reference}", looks["link"], where)
