"""The way back: for each row of the input, the rows of results that rest on it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from filiere.problems import Cell
from filiere.report.sheet import Column, Sheet, Show
from filiere.report.view import View

_MOST_ROWS = 20_000
"""Beyond this many rows nobody looks for one, and the links alone would take seconds."""
_PRINTED = 50
"""The sheet is one of links, which paper does not follow: enough is printed to show what it is."""
_LEFT_OUT = ("assumptions", "manifest")
"""Sheets that list the input rather than rest on it."""


def trace(view: View, written: Sequence[tuple[Sheet, str]]) -> Sheet | None:
    """Return the sheet, in the order of the input; ``written`` are the tables and the names of their sheets.

    None where no result rests on a row of a workbook, or where there would be too many.
    """
    rows = sorted(
        {row for sheet, name in written if sheet.key not in _LEFT_OUT for row in _rows(sheet, name)},
        key=lambda row: (row[0].sheet, row[0].row or 0, row[0].column or 0, row[1].sheet, row[1].row or 0),
    )
    if not rows or len(rows) > _MOST_ROWS:
        return None
    pick = view.pick
    columns = (
        Column("sheet", pick("Typed in the sheet", "Saisi dans la feuille"), [cell.sheet for cell, _, _ in rows]),
        Column("row", pick("Row", "Ligne"), [float(cell.row or 1) for cell, _, _ in rows], Show.COUNT),
        Column("what", pick("What", "De quoi il s'agit"), [what for _, _, what in rows]),
        Column("result", pick("Result that rests on it", "Résultat qui en dépend"), [to for _, to, _ in rows],
               Show.RESULT),
        Column("cell", pick("Typed in", "Saisi en"), [cell for cell, _, _ in rows], Show.SOURCE),
    )  # fmt: skip
    return Sheet(
        "trace", pick("From inputs to results", "De la saisie aux résultats"), columns, frozen=2, printed_rows=_PRINTED
    )


def _rows(sheet: Sheet, name: str) -> Iterator[tuple[Cell, Cell, str]]:
    """Yield the cell that each row of a table rests on, the row's own place, and what it is about."""
    source = next((column for column in sheet.columns if column.show is Show.SOURCE), None)
    if source is None:
        return
    shown = sheet.filled()
    texts = [c for c in shown if c.show is Show.TEXT][: max(sheet.frozen, 1)] or shown[1:2]
    for i, cell in enumerate(source.values):
        if isinstance(cell, Cell):
            words = [str(column.values[i]) for column in texts if column.values[i]]
            # The headings are in the first row.
            yield cell, Cell(name, i + 2, 0), " · ".join(words)
