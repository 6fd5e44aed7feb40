"""How large the letters of a sheet are when it is printed on A4, as the file itself says."""

from __future__ import annotations

from openpyxl.utils import range_boundaries
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

_LONG, _SHORT, _INCH, _PIXELS, _POINTS, _DIGIT = 297.0, 210.0, 25.4, 96.0, 72.0, 7.0


def letters_printed(book: Workbook) -> dict[str, float]:
    """Return the points of the smallest letters of each sheet with cells, as they come out of the printer."""
    return {sheet.title: _smallest(sheet) * _scale(sheet) for sheet in book.worksheets if _smallest(sheet)}


def _printed(sheet: Worksheet) -> tuple[int, int, int, int]:
    area = sheet.print_area.rpartition("!")[2] if sheet.print_area else sheet.dimensions
    left, top, right, bottom = range_boundaries(area)
    return int(left or 1), int(top or 1), int(right or 1), min(int(bottom or 1), sheet.max_row)


def _smallest(sheet: Worksheet) -> float:
    left, top, right, bottom = _printed(sheet)
    rows = sheet.iter_rows(min_row=top, max_row=bottom, min_col=left, max_col=right)
    return min((float(cell.font.sz) for row in rows for cell in row if cell.value is not None), default=0.0)


def _scale(sheet: Worksheet) -> float:
    left, top, right, bottom = _printed(sheet)
    spans = [d for d in sheet.column_dimensions.values() if not d.hidden]
    wide = {at: _DIGIT * d.width for d in spans for at in range(d.min, min(d.max, right) + 1)}
    upright = sheet.page_setup.orientation == "portrait"
    page = ((_SHORT if upright else _LONG) / _INCH - sheet.page_margins.left - sheet.page_margins.right) * _PIXELS
    across, repeated, pages = sum(wide.get(at, 64.0) for at in range(left, right + 1)), 0.0, sheet.page_setup.fitToWidth
    if sheet.print_title_cols:
        first, _, last, _ = range_boundaries(sheet.print_title_cols)
        repeated = sum(wide.get(at, 64.0) for at in range(int(first or 1), int(last or 1) + 1))
    scale = min(1.0, page / ((across - repeated) / (pages or 1) + repeated))
    down = 1 if sheet.page_setup.fitToHeight is None else int(sheet.page_setup.fitToHeight)
    if not down:
        return scale
    usual = sheet.sheet_format.defaultRowHeight or 15.0
    high = sum(sheet.row_dimensions[row].height or usual for row in range(top, bottom + 1))
    margins = sheet.page_margins.top + sheet.page_margins.bottom
    return min(scale, down * ((_LONG if upright else _SHORT) / _INCH - margins) * _POINTS / high)
