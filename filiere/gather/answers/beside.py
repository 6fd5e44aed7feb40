"""What stands in a questionnaire outside the cells that ask: lines below a question, words beside a cross."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from filiere.chain.parse.cell import is_blank, shown
from filiere.gather.collect import blocks
from filiere.language import LANGUAGES, Label
from filiere.names import fold, tidy
from filiere.problems import Cell
from filiere.table import RawRow, RawTable, RawValue
from filiere.workbook.questionnaire.draw import ANYTHING, NAMES
from filiere.workbook.questionnaire.form import LABELS, MARK, STRIKE, read_row_mark

_NUMBER = re.compile(r"^\d+\. ")
_NOT = ("non", "no", "n", "0", "faux", "false", "-", "–", "aucun", "none", "pas", "not")
_QUESTIONS = (blocks.PLACE, blocks.ACTIVITIES, blocks.PROJECTS, blocks.RECIPES, blocks.SALES, blocks.PURCHASES,
              blocks.OFFERS, blocks.NEEDS, blocks.STORAGE, blocks.FUNDING)  # fmt: skip
_TITLES: tuple[Label, ...] = (*(text for one in _QUESTIONS for text in (one.title, one.help)), blocks.MORE,
                              *(title for _, title, *_ in blocks.OPEN))  # fmt: skip
"""What stands above the lines of each question."""
_CROSS = 3
"""A cross, a tick or a yes has no more signs than this."""


@dataclass(frozen=True)
class Beside:
    """What was typed where nothing is asked: whole lines of a question, and texts with their cells."""

    lines: tuple[tuple[str, RawRow], ...]
    texts: tuple[tuple[Cell, str], ...]


def is_cross(value: RawValue | None) -> bool:
    """Whether a cell holds a cross, a tick or a yes: not a no, and no sentence."""
    if value is None or is_blank(value):
        return False
    text = fold(shown(value))
    said = text not in _NOT and "?" not in text and text != "/" and len(text) <= _CROSS
    return value is True or (value is not False and said) or text == "true"


def denies(value: RawValue | None) -> bool:
    """Whether the cell of a cross is empty or says no."""
    return value is None or is_blank(value) or value is False or fold(shown(value)) in _NOT


def beside(table: RawTable, asked: Mapping[str, int]) -> Beside:
    """Return what a questionnaire holds outside the cells that ask.

    ``asked`` are the questions with empty lines: key → how many columns they are answered in. A line typed right below
    those of such a question, or inserted between them, is one of its lines.
    """
    return _Looking(table, asked).found()


class _Looking:
    def __init__(self, table: RawTable, asked: Mapping[str, int]) -> None:
        self.table, self.asked = table, asked
        known = {fold(title.to(language)) for title in (*_TITLES, ANYTHING) for language in LANGUAGES}
        self.printed = known | {""}
        self.names = {at for row in table.rows[:6] for at, value in row.values.items()
                      if isinstance(value, str) and at > MARK and tidy(value) in tuple(NAMES)}  # fmt: skip
        self.lines: list[tuple[str, RawRow]] = []
        self.texts: list[tuple[Cell, str]] = []

    def found(self) -> Beside:
        within, begun = "", False
        for row in self.table.rows:
            mark = row.values.get(MARK)
            text = mark if isinstance(mark, str) else ""
            begun = begun or text == "box"
            if not begun:
                continue
            if text.startswith("free "):
                within = text.removeprefix("free ")
            elif text.startswith("block ") or text == "said":
                within = ""
            elif not text.strip() and self._typed(row, within):
                continue
            self.texts += self._outside(text, row)
        return Beside(tuple(self.lines), tuple(self.texts))

    def _typed(self, row: RawRow, within: str) -> bool:
        """Whether an unmarked row is a line of the question above it."""
        more = any(0 < at < STRIKE for at in self._filled(row))
        if more and within in self.asked:
            self.lines.append((within, row))
            return True
        return False

    def _outside(self, text: str, row: RawRow) -> Iterator[tuple[Cell, str]]:
        for at in self._filled(row):
            if at == MARK or at in self.names or self._asks(text, at):
                continue
            said = tidy(shown(row.values[at]))
            if text.strip() or fold(_NUMBER.sub("", said)) not in self.printed:
                yield self.table.cell(row.number, at), said

    def _asks(self, text: str, at: int) -> bool:
        """Whether a row of this mark says or asks something in a column."""
        line = read_row_mark(text) if text.strip() else None
        if line is not None:
            return at < LABELS or at == STRIKE or (at < STRIKE and at - LABELS < len(line[1])
                                                    and line[1][at - LABELS] is not None)  # fmt: skip
        if text.startswith("free "):
            return at < LABELS + self.asked.get(text.removeprefix("free "), 0)
        return text == "box" or text.startswith("block ") or (text == "said" and at <= STRIKE)

    def _filled(self, row: RawRow) -> list[int]:
        return [at for at, value in sorted(row.values.items()) if not is_blank(value)]
