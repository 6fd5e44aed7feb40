"""Where the problems of a workbook show in a copy: which cells take which colour, and what is said on them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from filiere.language import Label, Language
from filiere.problems import Problem, Severity
from filiere.table import RawTable
from filiere.workbook.annotate.list import SEVERITY
from filiere.workbook.annotate.saved import plain
from filiere.workbook.annotate.sheet import Place
from filiere.workbook.read.bounds import LAST_COLUMN, LAST_ROW

_MENDED = Label("How to correct it: ", "Comment corriger\u00a0: ")
_COLON = Label(": ", "\u00a0: ")


@dataclass
class Marks:
    """What one sheet shows: the worst severity of each place, the texts told there, the worst of all."""

    colours: dict[Place, Severity] = field(default_factory=dict)
    notes: dict[Place, str] = field(default_factory=dict)
    worst: Severity | None = None


def marks_of(table: RawTable, problems: Sequence[Problem], seen: Callable[[Place], Place], language: Language) -> Marks:
    """Return the marks of one sheet; ``problems`` are those of this sheet, the worst first.

    ``seen`` gives the cell that shows in the place of another, for merged cells.
    """
    marks = Marks(worst=problems[0].severity if problems else None)
    for problem in problems:
        assert problem.cell is not None
        told = False
        for place in _places(table, problem.cell.row, problem.cell.column):
            shown = seen(place)
            marks.colours.setdefault(shown, problem.severity)
            # A problem of a whole row colours it all and is told once.
            if not told:
                before = f"{marks.notes[shown]}\n\n" if shown in marks.notes else ""
                marks.notes[shown] = before + _said(problem, language)
                told = True
    return marks


def _said(problem: Problem, language: Language) -> str:
    return plain(
        f"{SEVERITY[problem.severity].to(language)} [{problem.code}]{_COLON.to(language)}{problem.message(language)}\n"
        f"{_MENDED.to(language)}{problem.hint(language)}"
    )


def _places(table: RawTable, row: int | None, column: int | None) -> Iterator[Place]:
    """Yield the cells, counted from 1, that stand for a place: of a row its filled cells, of a column its heading."""
    if (row is not None and not 1 <= row <= LAST_ROW) or (column is not None and not 0 <= column < LAST_COLUMN):
        return
    if row is not None and column is not None:
        yield row, column + 1
    elif row is not None:
        filled = next((sorted(one.values) for one in table.rows if one.number == row), [])
        yield from ((row, number + 1) for number in filled or [0])
    elif column is not None:
        heading = next((one.number for one in table.rows if column in one.values), 1)
        yield heading, column + 1
