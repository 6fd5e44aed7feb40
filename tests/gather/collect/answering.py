"""A member that fills in its questionnaire, and a coordinator that gathers: what both do by hand."""

from __future__ import annotations

import warnings
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl

from filiere.gather.collect.collect import collect
from filiere.gather.complete.round import Completed, complete
from filiere.gather.complete.sheets import read_received
from filiere.language import Language
from filiere.workbook.read.read import read_workbook

Filling = Callable[["Sheet"], None]


class Sheet:
    """The sheet of a questionnaire, its lines found by what they say."""

    def __init__(self, sheet: Any) -> None:
        self.sheet = sheet

    def row(self, *labels: str) -> int:
        """Return the line that begins with ``labels``."""
        for number in range(1, self.sheet.max_row + 1):
            if tuple(self.sheet.cell(number, at + 1).value for at in range(len(labels))) == labels:
                return number
        raise LookupError(labels)

    def column(self, row: int, heading: str) -> int:
        """Return the column of the heading above a line."""
        for number in range(row, 0, -1):
            for at in range(1, 13):
                if self.sheet.cell(number, at).value == heading:
                    return at
        raise LookupError(heading)

    def type(self, labels: tuple[str, ...], heading: str, value: object) -> None:
        """Type a value into the cell of a line under a heading."""
        row = self.row(*labels)
        self.sheet.cell(row, self.column(row, heading)).value = value

    def add(self, block: str, *values: object) -> None:
        """Fill in the first empty line of a question, from its first cell on."""
        for number in range(1, self.sheet.max_row + 1):
            free = self.sheet.cell(number, 13).value == f"free {block}"
            if free and not any(self.sheet.cell(number, at).value for at in range(1, 12)):
                for at, value in enumerate(values, start=1):
                    if value is not None:
                        self.sheet.cell(number, at).value = value
                return
        raise LookupError(block)

    def tick(self) -> None:
        """Say that nothing has changed."""
        for number in range(1, 10):
            if self.sheet.cell(number, 13).value == "box":
                self.sheet.cell(number, 3).value = "x"


def sent(workbook: Path, folder: Path, language: Language = "en") -> dict[str, Path]:
    """Send the questionnaires of a workbook; return the file of each member."""
    folder.mkdir(exist_ok=True)
    raw = read_workbook(workbook)
    round_ = 1 + max((one.round for one in read_received(raw)), default=0)
    files = {}
    for made in collect(raw, language, (), round_):
        files[made.actor] = folder / made.file
        files[made.actor].write_bytes(made.content)
    return files


def filled(file: Path, filling: Filling, name: str = "") -> Path:
    """Return a questionnaire filled in and saved under its own name, or another."""
    book = openpyxl.load_workbook(file)
    filling(Sheet(book.active))
    target = file.with_name(name) if name else file
    book.save(target)
    return target


def gathered(workbook: Path, target: Path, *files: Path, language: Language = "en") -> Completed:
    """Gather files into a workbook and write the completed one to ``target``."""
    done = complete(workbook, read_workbook(workbook), [read_workbook(file) for file in files], language)
    target.write_bytes(done.content)
    return done


def decide(workbook: Path, key: str, answer: str) -> None:
    """Type the answer to a decision, as a person would in a spreadsheet."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        book = openpyxl.load_workbook(workbook)
    sheet = next(one for one in book.worksheets if one.title in ("Decisions to take", "Décisions à prendre"))
    (row,) = (row for row in range(1, sheet.max_row + 1) if sheet.cell(row, 6).value == key)
    sheet.cell(row, 4).value = answer
    book.save(workbook)


def held(workbook: Path, sheet: str) -> list[dict[str, object]]:
    """Return the rows of a sheet as heading → value."""
    (table,) = (one for one in read_workbook(workbook).tables if one.sheet == sheet)
    first = 1 if sheet.startswith("#") else 0  # below the title
    heading = {at: str(text) for at, text in table.rows[first].values.items()}
    return [
        {heading[at]: value for at, value in row.values.items() if at in heading} for row in table.rows[first + 1 :]
    ]
