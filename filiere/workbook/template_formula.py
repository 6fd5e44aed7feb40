"""A live formula with the value it has today, since LibreOffice does not compute a fresh file again."""

from __future__ import annotations

from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet


class _ComputedBlank(str):
    """The empty text that a formula gives.

    XlsxWriter takes a plain ``""`` for a formula that was never computed, and so would every reader; a text that
    equals nothing is written as a computed, empty one.
    """

    __slots__ = ()

    def __eq__(self, other: object) -> bool:
        return False

    __hash__ = str.__hash__


def write_live(sheet: Worksheet, row: int, column: int, formula: str, value: str | float,
               format_: Format | None = None) -> None:  # fmt: skip
    """Write ``formula`` with its ``value``; an empty text is a value like any other."""
    sheet.write_formula(row, column, formula, format_, _ComputedBlank() if value == "" else value)
