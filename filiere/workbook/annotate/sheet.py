"""One worksheet of an annotated copy: the looks of some cells, the colour of its tab, its tie to the notes."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TypeVar

from filiere.problems import Severity
from filiere.problems.problem import column_letters
from filiere.workbook.parts.splice import Element, OddPartError, Splices, outline

Place = tuple[int, int]
"""A row and a column, both counted from 1."""
Told = TypeVar("Told")
Style = Callable[[int, Severity], int]
"""Gives the number of the look that a cell of a look takes for a severity."""

_AREA = re.compile(r"\$?([A-Z]{1,3})\$?(\d{1,7}):\$?([A-Z]{1,3})\$?(\d{1,7})", re.IGNORECASE)
_CELL = re.compile(r"\$?([A-Z]{1,3})\$?(\d{1,7})", re.IGNORECASE)
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_BEFORE_NOTES = frozenset((
    "sheetPr", "dimension", "sheetViews", "sheetFormatPr", "cols", "sheetData", "sheetCalcPr", "sheetProtection",
    "protectedRanges", "scenarios", "autoFilter", "sortState", "dataConsolidate", "customSheetViews", "mergeCells",
    "phoneticPr", "conditionalFormatting", "dataValidations", "hyperlinks", "printOptions", "pageMargins", "pageSetup",
    "headerFooter", "rowBreaks", "colBreaks", "customProperties", "cellWatches", "ignoredErrors", "smartTags",
    "drawing",
))  # fmt: skip
"""What comes before ``legacyDrawing`` in a worksheet (ECMA-376 part 1, 18.3.1.99)."""


def column_number(letters: str) -> int:
    """Return the number of a column, from 1."""
    number = 0
    for letter in letters.upper():
        number = 26 * number + ord(letter) - 64
    return number


def selected(part: bytes, chosen: bool) -> bytes:
    """Return a sheet of any kind, selected or not: those selected together all take what is typed into one."""
    splices = Splices(part)
    _select(outline(part), splices, chosen)
    return splices.made()


def _select(root: Element, splices: Splices, chosen: bool) -> None:
    views = root.child("sheetViews")
    for view in views.children if views else ():
        if chosen or "tabSelected" in view.attributes:
            splices.set(view, "tabSelected", str(int(chosen)))


@dataclass
class Worksheet:
    """A worksheet part that is changed: told what to change in any order, it is made at once."""

    part: bytes
    root: Element = field(init=False)
    _splices: Splices = field(init=False)

    def __post_init__(self) -> None:
        self.root = outline(self.part, 3, lambda element: element.local not in ("row", "c"))
        self._splices = Splices(self.part)
        if self.root.child("sheetData") is None:
            raise OddPartError("sheetData")

    def made(self) -> bytes:
        """Return the part with the changes."""
        return self._splices.made()

    def upper_left(self) -> Callable[[Place], Place]:
        """Return what gives of each cell the one that is seen: the upper left one of the merged cells it lies in."""
        merged = self.root.child("mergeCells")
        areas = []
        for element in merged.children if merged else ():
            match = _AREA.fullmatch(element.attributes.get("ref", "").strip())
            if match:
                left, top, right, bottom = match.groups()
                areas.append((int(top), column_number(left), int(bottom), column_number(right)))

        def seen(place: Place) -> Place:
            row, column = place
            return next(
                ((t, le) for t, le, b, r in areas if t <= row <= b and le <= column <= r),
                place,
            )

        return seen

    @property
    def notes_drawing(self) -> str | None:
        """The number of the relationship to the drawing of its notes."""
        element = self.root.child("legacyDrawing")
        named = element.attributes.items() if element else ()
        return next((value for key, value in named if key.endswith("relationships id")), None)

    def tie_notes(self, number: str) -> None:
        """Tie the sheet to the drawing of its notes, which it had not."""
        place = max(child.end for child in self.root.children if child.local in _BEFORE_NOTES)
        tag = f"{self.root.prefix}legacyDrawing"
        self._splices.replace(place, place, f'<{tag} xmlns:r="{_OFFICE}" r:id="{number}"/>')

    def unselect(self) -> None:
        """Let it wait unselected."""
        _select(self.root, self._splices, False)

    @property
    def tab_colour(self) -> str | None:
        """The colour of its tab, as ``AARRGGBB``."""
        properties = self.root.child("sheetPr")
        tab = properties.child("tabColor") if properties else None
        return tab.attributes.get("rgb") if tab else None

    def colour_tab(self, colour: str | None) -> None:
        """Give its tab a colour, or none."""
        properties, prefix = self.root.child("sheetPr"), self.root.prefix
        tab = properties.child("tabColor") if properties else None
        text = f'<{prefix}tabColor rgb="{colour}"/>' if colour else ""
        if tab is not None:
            self._splices.replace(tab.start, tab.end, text)
        elif not text:
            return
        elif properties is None:
            self._splices.replace(self.root.inside, self.root.inside, f"<{prefix}sheetPr>{text}</{prefix}sheetPr>")
        elif properties.alone:
            self._splices.append(properties, text)
        else:
            self._splices.replace(properties.inside, properties.inside, text)

    # ---- cells

    def paint(self, marks: Mapping[Place, Severity], style: Style) -> None:
        """Give cells the look for their severity; cells and rows that are not stored are put in."""
        self._into_rows(
            marks, lambda row, number, wanted: self._paint_row(row, number, wanted, style),
            lambda number, column, severity: self._cell(number, column, style(self._of_column(column), severity)),
        )  # fmt: skip

    def _into_rows(
        self, cells: Mapping[Place, Told], stored: Callable[[Element, int, Mapping[int, Told]], None],
        made: Callable[[int, int, Told], str],
    ) -> None:  # fmt: skip
        """Change what is told of cells in the rows that are ``stored``, and put in the others with cells ``made``."""
        if not cells:
            return
        by_row: dict[int, dict[int, Told]] = {}
        for (row, column), told in sorted(cells.items(), key=lambda pair: pair[0]):
            by_row.setdefault(row, {})[column] = told
        data = outline(self.part, 4, _Wanted(sorted(by_row))).child("sheetData")
        assert data is not None
        rows = {int(row.attributes["r"]): row for row in data.children}
        behind = ""
        for number, wanted in by_row.items():
            if number in rows:
                stored(rows[number], number, wanted)
                continue
            text = "".join(made(number, column, told) for column, told in wanted.items())
            behind += self._put(rows, number, f'<{data.prefix}row r="{number}">{text}</{data.prefix}row>')
        if behind:
            self._splices.append(data, behind)

    def _paint_row(self, row: Element, number: int, wanted: Mapping[int, Severity], style: Style) -> None:
        there = {int(cell.attributes["column"]): cell for cell in row.children}
        usual = _whole(row.attributes.get("s")) if row.attributes.get("customFormat") in ("1", "true") else None
        if not row.alone and wanted.keys() - there.keys():
            every = wanted.keys() | there.keys()
            self._splices.attribute(row, "spans", f"{min(every)}:{max(every)}")
        behind = ""
        for column, severity in wanted.items():
            cell = there.get(column)
            if cell is not None:
                self._splices.set(cell, "s", str(style(_whole(cell.attributes.get("s")), severity)))
                continue
            base = usual if usual is not None else self._of_column(column)
            behind += self._put(there, column, self._cell(number, column, style(base, severity)))
        if behind:
            self._splices.append(row, behind)

    def _put(self, there: Mapping[int, Element], at: int, text: str) -> str:
        """Put a row or a cell before the next of those that are there; return it where it comes behind them all."""
        following = next((element for other, element in there.items() if other > at), None)
        if following is None:
            return text
        self._splices.replace(following.start, following.start, text)
        return ""

    def _cell(self, row: int, column: int, style: int) -> str:
        return f'<{self.root.prefix}c r="{column_letters(column - 1)}{row}" s="{style}"/>'

    def _of_column(self, column: int) -> int:
        """Return the look of the cells of a column that are not stored."""
        columns = self.root.child("cols")
        for span in columns.children if columns else ():
            if _whole(span.attributes.get("min")) <= column <= _whole(span.attributes.get("max")):
                return _whole(span.attributes.get("style"))
        return 0


def _whole(text: str | None) -> int:
    return int(text or "0")


class _Wanted:
    """Keeps the rows that are wanted, each with its cells, and where one is not stored the row behind it.

    Says in ``r`` of a row and ``column`` of a cell which it is, also where the file leaves that to be counted.
    """

    def __init__(self, rows: list[int]) -> None:
        self._rows = rows[::-1]
        self._row = 0
        self._column = 0
        self._inside = False

    def __call__(self, element: Element) -> bool:
        if element.local == "row":
            return self._open_row(element)
        if element.local == "c":
            if not self._inside:
                return False
            match = _CELL.fullmatch(element.attributes.get("r", "").strip())
            column = column_number(match[1]) if match else self._column + 1
            if column <= self._column or (match and int(match[2]) != self._row):
                raise OddPartError("cells out of order")
            self._column = column
            element.attributes["column"] = str(column)
            return True
        return element.local == "sheetData"

    def _open_row(self, element: Element) -> bool:
        number = _whole(element.attributes.get("r")) or self._row + 1
        if number <= self._row:
            raise OddPartError("rows out of order")
        self._row, self._column = number, 0
        element.attributes["r"] = str(number)
        self._inside = bool(self._rows) and self._rows[-1] == number
        kept = bool(self._rows) and self._rows[-1] <= number
        while self._rows and self._rows[-1] <= number:
            self._rows.pop()
        return kept
