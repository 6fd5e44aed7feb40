"""Reads a results workbook back, as a spreadsheet would."""

from __future__ import annotations

import io
import re
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import openpyxl


@dataclass(frozen=True)
class Book:
    """The formulas and the values kept beside them."""

    formulas: Any
    values: Any

    @property
    def names(self) -> list[str]:
        return list(self.values.sheetnames)

    def heading(self, sheet: str, text: str) -> int:
        """The column whose heading is, or else begins with, ``text``, from 1."""
        headings = {str(cell.value): cell.column for cell in self.values[sheet][1]}
        if text in headings:
            return int(headings[text])
        found = [column for heading, column in headings.items() if heading.startswith(text)]
        assert len(found) == 1, (sheet, text, [cell.value for cell in self.values[sheet][1]])
        return int(found[0])

    def column(self, sheet: str, text: str) -> list[Any]:
        """The values below that heading."""
        number = self.heading(sheet, text)
        return [row[number - 1] for row in self.values[sheet].iter_rows(min_row=2, values_only=True)]

    def texts(self) -> Iterator[str]:
        """Every text of every cell."""
        for sheet in self.values:
            for row in sheet.iter_rows(values_only=True):
                yield from (value for value in row if isinstance(value, str))

    def computed(self, sheet: str, formula: str) -> float | str:
        """The value of one of the few formulas that a report writes."""
        text = formula.removeprefix("=")
        if test := re.fullmatch(r'IF\(ISNUMBER\((\w+)\),(.+),""\)', text):
            known = isinstance(self.values[sheet][test[1]].value, int | float)
            return self.computed(sheet, test[2]) if known else ""
        if cut := re.fullmatch(r"ROUND\((.+),(\d+)\)", text):
            return round(float(self.computed(sheet, cut[1])), int(cut[2]))
        if total := re.fullmatch(r"SUM\((\w+:\w+)\)", text):
            return sum(cell.value or 0.0 for row in self.values[sheet][total[1]] for cell in row)
        if less := re.fullmatch(r"([A-Z]+\d+)-([A-Z]+\d+)", text):
            return float(self.values[sheet][less[1]].value) - float(self.values[sheet][less[2]].value)
        return float(text)


def read(content: bytes) -> Book:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # openpyxl does not know the extension that data bars use
        return Book(
            openpyxl.load_workbook(io.BytesIO(content)), openpyxl.load_workbook(io.BytesIO(content), data_only=True)
        )
