"""A workbook as a real file: written from plain rows, read back as a coordinator's own would be.

The published problems beside this module are written as workbooks with it; each says in its own words how the
problem becomes a chain, and what it must give.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import xlsxwriter

from filiere.chain.read import read_chain
from filiere.workbook.read.read import read_workbook
from tests.solving import Solved, best

DATA = Path(__file__).parent / "data"
OPTIMUM = 1e-6
"""Relative distance to a published optimum."""

Value = str | float | None
Sheets = Mapping[str, Sequence[Sequence[Any]]]
"""Sheet → rows, the headings first; None is a blank cell."""


def figures(case: str, name: str) -> list[dict[str, str]]:
    """Return the rows of one table of a case, by heading."""
    with (DATA / case / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def write(path: Path, sheets: Sheets) -> Path:
    """Write the sheets into one workbook."""
    book = xlsxwriter.Workbook(path, {"strings_to_formulas": False})
    for name, rows in sheets.items():
        sheet = book.add_worksheet(name)
        for number, row in enumerate(rows):
            for column, value in enumerate(row):
                if value is not None:
                    sheet.write(number, column, value)
    book.close()
    return path


def solved(folder: Path, sheets: Sheets, scenario: str = "reference") -> Solved:
    """Return the certified best plan of the workbook that ``sheets`` make."""
    return best(read_chain(read_workbook(write(folder / "case.xlsx", sheets)), scenario))


def cheapest(*first: str) -> list[list[Value]]:
    """Objectives: the given ones first, each alone on its rank, then cost."""
    ranks: list[list[Value]] = [[rank, name] for rank, name in enumerate((*first, "cost"), start=1)]
    return [["rank", "objective"], *ranks]
