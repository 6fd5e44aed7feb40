"""Workbooks written as Markdown inside a test.

Each ``## Sheet`` heading opens a sheet, the Markdown table under it gives its cells with their true
coordinates: the first line of the table is row 1, its first column A. ``12`` and ``12.5`` are numbers, a
blank cell is blank, anything else is text; ``\\|`` writes a bar, and ``"12"`` the text 12.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from filiere.table import RawRow, RawTable, RawValue

if TYPE_CHECKING:
    from filiere.chain.chain import Chain

_NUMBER = re.compile(r"-?\d+(\.\d+)?")
_RULE = re.compile(r"[\s|:-]+")


def workbook(markdown: str) -> tuple[RawTable, ...]:
    """Return the sheets written in ``markdown``, in order; a blank line of a table keeps its row number."""
    sheets: list[tuple[str, list[RawRow], int]] = []
    for line in (line.strip() for line in markdown.splitlines()):
        if line.startswith("##"):
            sheets.append((line.removeprefix("##").strip(), [], 0))
        elif line.startswith("|"):
            sheet, rows, number = sheets.pop()
            if not (_RULE.fullmatch(line) and "-" in line and number == 1):
                number += 1
                values = _values(line)
                rows += [RawRow(number, values)] if values else []
            sheets.append((sheet, rows, number))
        elif line:
            raise ValueError(f"neither a heading nor a line of a table: {line}")
    return tuple(RawTable(sheet, tuple(rows)) for sheet, rows, _ in sheets)


def _values(line: str) -> dict[int, RawValue]:
    texts = (text.strip().replace("\\|", "|") for text in re.split(r"(?<!\\)\|", line)[1:])
    return {column: _value(text) for column, text in enumerate(texts) if text}


def _value(text: str) -> RawValue:
    if _NUMBER.fullmatch(text):
        return float(text)
    return text[1:-1] if len(text) > 1 and text[0] == text[-1] == '"' else text


def chain(markdown: str, scenario: str = "reference") -> Chain:
    """Return the chain that ``markdown`` describes; raises WorkbookError where it has errors."""
    from filiere.chain.read import read_chain

    return read_chain(workbook(markdown), scenario=scenario)


def problems(markdown: str) -> set[tuple[str, str]]:
    """Return (code, cell) of all that is wrong with ``markdown``: ``("LNK01", "Links!A2")``."""
    from filiere.chain.read import problems_of

    return {(problem.code, str(problem.cell or "")) for problem in problems_of(workbook(markdown))}
