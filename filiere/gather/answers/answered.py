"""Whether a file in a folder of questionnaires has been answered: such a file is never written over."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from filiere.chain.parse.cell import is_blank
from filiere.gather.answers.as_typed import as_typed
from filiere.gather.answers.beside import denies
from filiere.gather.answers.returned import mark_of
from filiere.problems import WorkbookError
from filiere.table import RawRow, RawWorkbook
from filiere.workbook.questionnaire.form import LABELS, MARK, STRIKE, read_row_mark
from filiere.workbook.read.read import read_workbook


def answered(paths: Iterable[Path]) -> list[Path]:
    """Return those of the files that are there, are questionnaires and hold an answer."""
    found = []
    for path in paths:
        if path.is_file():
            try:
                raw = read_workbook(path)
            except WorkbookError:
                continue
            if _holds_answers(raw):
                found.append(path)
    return found


def _holds_answers(raw: RawWorkbook) -> bool:
    marked = mark_of(raw)
    return marked is not None and any(_answers(row) for row in marked[0].rows)


def _answers(row: RawRow) -> bool:
    text = row.values.get(MARK)
    if not isinstance(text, str) or not text.strip():
        return False
    line = read_row_mark(text)
    if line is not None:
        return bool(as_typed(line[1], row, "en"))
    if text == "box":
        return any(not denies(value) for at, value in row.values.items() if LABELS - 1 <= at <= STRIKE)
    asks = text == "said" or text.startswith("free ")
    return asks and any(not is_blank(value) for at, value in row.values.items() if at < STRIKE)
