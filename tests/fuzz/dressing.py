"""The same workbook written as other hands would: what shows differs, what it says does not."""

from __future__ import annotations

import dataclasses
import random
import unicodedata
from collections.abc import Mapping, Sequence
from enum import Enum
from pathlib import Path
from typing import Any

import openpyxl
import openpyxl.styles
import xlsxwriter

from filiere.chain.chain import Chain
from filiere.chain.parse.heading import find_headings
from filiere.chain.parse.number import written_number
from filiere.schema import Reads, columns
from filiere.schema import tables as t
from filiere.table import RawTable, RawValue
from tests.workbook.files import ods_parts, ods_sheet, packed

DECLARED: Mapping[str, type[t.Row]] = {name: one for one in t.TABLES for name in one.table.spellings}
# None of them makes the reader see a date: what is stored stays the number.
NUMBER_FORMATS = ("General", "0.00", "#,##0", "0%", "0.0E+00", '#,##0.00 "€"', '0 "d"', "# ?/?", "[Red]-0;0", "@")
HELPERS = ("Lisez-moi", "# my notes", "Legend")
Grid = dict[tuple[int, int], RawValue]


def dressed(tables: Sequence[RawTable], seed: int, folder: Path) -> Path:
    """Write the sheets to a file in which nothing but the appearance is other than it was."""
    chance = random.Random(seed)
    sheets = [(_name(table.sheet, chance), _moved(table, chance)) for table in tables]
    chance.shuffle(sheets)
    if chance.random() < 0.5:
        sheets.insert(chance.randrange(len(sheets)), (chance.choice(HELPERS), {(0, 0): "12", (3, 2): 5.0}))
    return chance.choice((_by_xlsxwriter, _by_openpyxl, _by_hand))(sheets, chance, folder)


def _name(text: str, chance: random.Random) -> str:
    return chance.choice((text, text.upper(), f"{text} ", text.lower()))


def _moved(table: RawTable, chance: random.Random) -> Grid:
    """Return the cells with columns in another order, rows farther down, spaces around texts, numbers as text."""
    declared = DECLARED[table.sheet]
    headed = find_headings(table, declared)
    assert headed is not None and hasattr(headed, "fields")
    width = max(at for row in table.rows for at in row.values) + 1
    free = chance.sample(range(width + 3), width) if chance.random() < 0.7 else range(width)
    numeric = {at for at, name in headed.fields.items() if columns(declared)[name].reads is Reads.NUMBER}
    grid: Grid = {}
    down = 0
    if chance.random() < 0.4:
        grid[0, width + 1] = "# drawn up by the coordinator"
        down = chance.randrange(1, 4)
    for row in table.rows:
        if row.number > headed.row and chance.random() < 0.2:
            down += chance.randrange(1, 3)
        for at, value in row.values.items():
            heading = row.number == headed.row
            said = value
            if isinstance(value, str):
                said = _text(value, chance, heading and at in headed.fields)
            elif isinstance(value, float) and at in numeric and chance.random() < 0.3:
                said = _as_text(value, chance)
            grid[row.number - 1 + down, free[at]] = said
    return grid


def _text(text: str, chance: random.Random, heading: bool) -> str:
    choices = [text, f" {text}", f"{text}\u00a0", unicodedata.normalize("NFD", text), text.replace(" ", "\u00a0")]
    if heading:
        choices += [text.upper(), f"{text} (as agreed)", f"{text} *"]
    return chance.choice(choices)


def _as_text(value: float, chance: random.Random) -> RawValue:
    """Write a number as people type it, where that can be read in one way only."""
    plain = repr(value).removesuffix(".0")
    text = chance.choice((plain, plain.replace(".", ","), f" {plain}", plain.replace("-", "\u2212")))
    written = written_number(text)
    return text if written is not None and written.values == (value,) else value


def _by_xlsxwriter(sheets: Sequence[tuple[str, Grid]], chance: random.Random, folder: Path) -> Path:
    path = folder / "dressed.xlsx"
    with xlsxwriter.Workbook(path) as book:
        looks = [
            book.add_format({"num_format": form, "bold": chance.random() < 0.5, "bg_color": "#FFF2CC", "font_size": 7})
            for form in NUMBER_FORMATS
        ]
        for name, grid in sheets:
            sheet = book.add_worksheet(name)
            sheet.set_column(0, 3, chance.randrange(1, 40), chance.choice(looks))
            for (row, column), value in grid.items():
                look = chance.choice([None, *looks])
                if isinstance(value, float):
                    sheet.write_number(row, column, value, look)
                else:
                    sheet.write_string(row, column, str(value), look)
            for row in range(60, 70):
                sheet.write_blank(row, 1, None, looks[0])
            if chance.random() < 0.3:
                sheet.protect()
    return path


def _by_openpyxl(sheets: Sequence[tuple[str, Grid]], chance: random.Random, folder: Path) -> Path:
    path = folder / "dressed.xlsx"
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for name, grid in sheets:
        sheet = book.create_sheet(name)
        for (row, column), value in grid.items():
            cell = sheet.cell(row + 1, column + 1, value)
            if isinstance(value, str):
                cell.data_type = "s"
            cell.number_format = chance.choice(NUMBER_FORMATS)
            cell.font = openpyxl.styles.Font(color="FF0000FF", italic=chance.random() < 0.5)
            cell.comment = None
        sheet.freeze_panes = "B2"
        sheet.sheet_properties.tabColor = "FF0000"
    book.save(path)
    return path


def _by_hand(sheets: Sequence[tuple[str, Grid]], chance: random.Random, folder: Path) -> Path:
    """Write as LibreOffice does: blank cells and rows are counted, what is shown stands beside what is stored."""
    inside = ""
    for name, grid in sheets:
        rows = ""
        for row in range(max(at for at, _ in grid) + 1):
            own = {column: value for (at, column), value in grid.items() if at == row}
            rows += f"<table:table-row>{_ods_cells(own, chance)}</table:table-row>"
        rows += '<table:table-row table:number-rows-repeated="1048000"><table:table-cell/></table:table-row>'
        inside += ods_sheet(rows, name.replace("&", "&amp;"))
    return packed(folder / "dressed.ods", ods_parts(inside))


def _ods_cells(own: Mapping[int, RawValue], chance: random.Random) -> str:
    cells, at = "", 0
    for column, value in sorted(own.items()):
        if column > at:
            cells += f'<table:table-cell table:number-columns-repeated="{column - at}"/>'
        at = column + 1
        if isinstance(value, float):
            shown = chance.choice((f"{value:g}", f"{value:.0f} €", "###"))
            kind = chance.choice(("float", "percentage", "currency"))
            cells += f'<table:table-cell office:value-type="{kind}" office:value="{value!r}"><text:p>{shown}</text:p>'
        else:
            text = str(value).replace("&", "&amp;").replace("<", "&lt;")
            cells += f'<table:table-cell office:value-type="string"><text:p>{text}</text:p>'
        cells += "</table:table-cell>"
    return cells


def essence(value: Any) -> Any:
    """Return what a chain says, without where it was read: rows, cells and warnings apart."""
    if isinstance(value, Enum):
        return value
    if dataclasses.is_dataclass(value):
        passed_over = {"row", "recipe", "cells", "units", "sheets", "warnings"}
        own = [one.name for one in dataclasses.fields(value) if one.name not in passed_over]
        return {name: essence(getattr(value, name)) for name in own}
    if isinstance(value, Mapping):
        return [(key, essence(one)) for key, one in value.items()]
    if isinstance(value, tuple | list):
        return [essence(one) for one in value]
    return value


def said(chain: Chain) -> set[tuple[str, str]]:
    """Return the warnings of a chain: code and message, without their cells."""
    return {(problem.code, problem.message("en")) for problem in chain.warnings}
