"""Formulas as they are written: with the value they have today, and without a search through every function's name."""

from __future__ import annotations

from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet


class PlainWorksheet(Worksheet):  # type: ignore[misc]
    """A worksheet that takes a formula as it is, without looking for functions newer than Excel 2010.

    Those are searched for one by one in every formula, which is most of the time of a long sheet.
    """

    def _prepare_formula(self, formula: str, expand_future_functions: bool = False) -> str:
        return formula.removeprefix("=")


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
    """Write ``formula`` with its ``value``, since LibreOffice computes no fresh file again; an empty text is one."""
    sheet.write_formula(row, column, formula, format_, _ComputedBlank() if value == "" else value)
