"""OpenDocument spreadsheets (.ods): ``content.xml`` streamed into raw tables.

Only what the standard puts where cells stand is followed (OpenDocument 1.3 part 3, 9.1 and 9.2); drawings,
notes, tracked changes, validation messages and cached copies of other files hold tables and texts too, and
none of them is a cell of the workbook.
"""

from __future__ import annotations

import re

from filiere.problems import Cell, WorkbookError
from filiere.problems import reading as codes
from filiere.table import ErrorValue, Percentage, RawRow, RawTable, RawValue, Shown, Uncomputed, Unseen
from filiere.workbook.read.archive import Archive
from filiere.workbook.read.bounds import LAST_CELL, LAST_COLUMN, LAST_ROW, Tally, TooMuchError
from filiere.workbook.read.formats import from_duration, from_iso, stored_number
from filiere.workbook.read.merged import Merge, held_below
from filiere.workbook.read.ods_text import Paragraphs

CONTENT = "content.xml"
MANIFEST = "META-INF/manifest.xml"

_BASE = "urn:oasis:names:tc:opendocument:xmlns:"
_OFFICE, _TABLE, _STYLE, _TEXT = (f"{_BASE}{space}:1.0 " for space in ("office", "table", "style", "text"))
_CALC = "urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0 "
_ROWS = {f"{_TABLE}{name}" for name in ("table-row", "table-rows", "table-header-rows", "table-row-group")}
_COLUMNS = {
    f"{_TABLE}{name}" for name in ("table-column", "table-columns", "table-header-columns", "table-column-group")
}
_CELLS = {f"{_TABLE}{name}" for name in ("table-cell", "covered-table-cell")}
_PARAGRAPH = f"{_TEXT}p"
_DOCUMENT, _BODY, _SHEETS = (f"{_OFFICE}{name}" for name in ("document-content", "body", "spreadsheet"))
_STYLES = f"{_OFFICE}automatic-styles"
_STYLE_OF, _PROPERTIES = f"{_STYLE}style", f"{_STYLE}table-properties"
_LETTERS = f"{_STYLE}text-properties"

# What may stand inside what; anything else is passed over with all that it holds.
_INSIDE: dict[str, set[str]] = {
    "": {_DOCUMENT},
    _DOCUMENT: {_STYLES, _BODY},
    _STYLES: {_STYLE_OF},
    _STYLE_OF: {_PROPERTIES, _LETTERS},
    _BODY: {_SHEETS},
    _SHEETS: {f"{_TABLE}table"},
    f"{_TABLE}table": _ROWS | _COLUMNS,
    f"{_TABLE}table-columns": _COLUMNS,
    f"{_TABLE}table-header-columns": _COLUMNS,
    f"{_TABLE}table-column-group": _COLUMNS,
    f"{_TABLE}table-rows": _ROWS,
    f"{_TABLE}table-header-rows": _ROWS,
    f"{_TABLE}table-row-group": _ROWS,
    f"{_TABLE}table-row": _CELLS,
    **{cell: {_PARAGRAPH} for cell in _CELLS},
}
_ROW, _COVERED = f"{_TABLE}table-row", f"{_TABLE}covered-table-cell"
_COLUMN = f"{_TABLE}table-column"
_GROUPS = {f"{_TABLE}table-row-group", f"{_TABLE}table-column-group"}

# LibreOffice keeps copies of the sheets of other files that formulas refer to, under such names.
_COPY_OF_ANOTHER_FILE = re.compile(r"'[^']*:.*'#\$?.*", re.DOTALL)
# LibreOffice keeps a true or false that came from Excel as the number of such a formula.
_TRUTHS: dict[str, RawValue] = {"of:=TRUE()": True, "of:=FALSE()": False}
_ERROR = re.compile(r"#.*[!?]|#N/A|#N/D|Err\s?:\d{3}")


class ContentHandler:
    """Handler of ``content.xml``."""

    def __init__(self, tally: Tally) -> None:
        self.tables: list[RawTable] = []
        self._tally = tally
        self._open = [""]
        self._skipped = 0
        self._style = ""
        self._invisible: set[str] = set()
        self._struck_styles: set[str] = set()
        self._paragraphs = Paragraphs(tally.bounds.text_length)
        self._start_table({})

    # ---- the stream

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Open a table, row, cell or text, or pass over what is none."""
        if self._skipped:
            self._skipped += 1
            return
        if self._paragraphs.open:
            self._paragraphs.start(name, attributes)
            return
        if name not in _INSIDE.get(self._open[-1], ()):
            self._skipped = 1
            return
        if name == _PARAGRAPH:
            self._paragraphs.start(name, attributes)
            return
        self._open.append(name)
        if name in _CELLS:
            self._cell = attributes
        elif name == _ROW:
            self._start_row(attributes)
        elif name == _COLUMN:
            self._start_columns(attributes)
        elif name in _GROUPS:
            self._folded.append(attributes.get(f"{_TABLE}display") == "false")
        elif name == f"{_TABLE}table":
            self._start_table(attributes)
        elif name == _STYLE_OF:
            self._style = attributes.get(f"{_STYLE}name", "")
        elif name == _PROPERTIES and attributes.get(f"{_TABLE}display") == "false":
            self._invisible.add(self._style)
        elif name == _LETTERS and attributes.get(f"{_STYLE}text-line-through-style", "none") != "none":
            self._struck_styles.add(self._style)

    def text(self, piece: str) -> None:
        """Keep a piece of a cell's text."""
        if self._paragraphs.open and not self._skipped:
            self._paragraphs.text(piece)

    def end(self, name: str) -> None:
        """Close a table, row or cell."""
        if self._skipped:
            self._skipped -= 1
        elif self._paragraphs.open:
            self._paragraphs.end(name)
        else:
            self._open.pop()
            if name in _CELLS:
                self._end_cell(covered=name == _COVERED)
            elif name == _ROW:
                self._end_row()
            elif name in _GROUPS:
                self._folded.pop()
            elif name == f"{_TABLE}table":
                self._end_table()

    # ---- tables and rows

    def _start_table(self, attributes: dict[str, str]) -> None:
        self._name = attributes.get(f"{_TABLE}name", "")
        self._hidden = attributes.get(f"{_TABLE}style-name", "") in self._invisible
        self._rows: list[RawRow] = []
        self._number = 1
        self._covered: list[Cell] = []
        self._merges: list[Merge] = []
        self._folded: list[bool] = []
        self._columns = 0
        self._unseen_rows: set[int] = set()
        self._struck: set[int] = set()
        self._unseen_columns: set[int] = set()

    def _end_table(self) -> None:
        if _COPY_OF_ANOTHER_FILE.fullmatch(self._name):
            return
        if self._covered:
            first = self._covered[0]
            warning = codes.HIDDEN_UNDER_MERGE.at(first, count=len(self._covered), first=first.reference)
            self._tally.problems.append(warning)
        unseen = Unseen(frozenset(self._unseen_rows), frozenset(self._unseen_columns))
        held = held_below({row.number: row.values for row in self._rows}, self._merges, self._tally)
        struck = frozenset(self._struck)
        table = RawTable(self._name, tuple(self._rows), self._hidden, unseen=unseen, struck=struck, covered=held)
        self.tables.append(table)
        limit = self._tally.bounds.sheets
        if len(self.tables) > limit:
            raise TooMuchError(codes.TOO_MANY_SHEETS, limit=limit)

    def _start_row(self, attributes: dict[str, str]) -> None:
        self._repeat = self._count(attributes.get(f"{_TABLE}number-rows-repeated"))
        self._values: dict[int, RawValue] = {}
        self._column = 0
        self._unseen_row, self._struck_row = self._is_unseen(attributes), False

    def _is_unseen(self, attributes: dict[str, str]) -> bool:
        """Whether a row or column is hidden, filtered out, or inside a group that is closed."""
        return any(self._folded) or attributes.get(f"{_TABLE}visibility") in ("collapse", "filter")

    def _start_columns(self, attributes: dict[str, str]) -> None:
        first = self._columns
        self._columns += self._count(attributes.get(f"{_TABLE}number-columns-repeated"))
        if self._is_unseen(attributes):
            self._unseen_columns.update(range(first, min(self._columns, LAST_COLUMN)))

    def _end_row(self) -> None:
        if self._values:
            last = self._number + self._repeat - 1
            if last > LAST_ROW:
                raise self._off_grid(Cell(self._name, last, next(iter(self._values))))
            # Counted before they are made: a row may claim to be repeated a million times.
            self._tally.row(self._repeat)
            self._tally.claim((self._repeat - 1) * len(self._values))
            self._unseen_rows.update(range(self._number, last + 1) if self._unseen_row else ())
            self._struck.update(range(self._number, last + 1) if self._struck_row else ())
            self._rows += [RawRow(number, self._values) for number in range(self._number, last + 1)]
        self._number += self._repeat

    def _count(self, text: str | None) -> int:
        if text is None:
            return 1
        if not (text.isascii() and text.isdigit() and len(text) < 10):
            raise WorkbookError([codes.DAMAGED_PART.at(Cell(self._name), part=CONTENT)])
        return max(1, int(text))

    # ---- cells

    def _end_cell(self, covered: bool) -> None:
        repeat = self._count(self._cell.get(f"{_TABLE}number-columns-repeated"))
        place = Cell(self._name, self._number, self._column)
        value = self._value(place)
        if value is not None and covered:
            self._covered.append(place)
        elif value is not None:
            if self._column + repeat > LAST_COLUMN:
                raise self._off_grid(Cell(self._name, self._number, self._column + repeat - 1))
            self._tally.cell()
            self._tally.claim(repeat - 1)
            self._struck_row |= self._cell.get(f"{_TABLE}style-name") in self._struck_styles
            self._values.update(dict.fromkeys(range(self._column, self._column + repeat), value))
            down = self._count(self._cell.get(f"{_TABLE}number-rows-spanned"))
            if down > 1:
                self._merges.append(Merge(self._number, self._column, self._number + down - 1, self._column))
        self._column += repeat

    def _off_grid(self, place: Cell) -> WorkbookError:
        return WorkbookError([codes.OFF_GRID.at(Cell(place.sheet), address=place.reference, last=LAST_CELL)])

    def _value(self, place: Cell) -> RawValue | None:
        computed = self._paragraphs.begun
        shown = self._paragraphs.take()
        attributes = self._cell
        kind = attributes.get(f"{_OFFICE}value-type", "")
        formula = attributes.get(f"{_TABLE}formula")
        if attributes.get(f"{_CALC}value-type") == "error" or (formula is not None and _ERROR.fullmatch(shown)):
            return ErrorValue(shown.strip()[:40] or "#N/A")
        stored = _stored(attributes, kind)
        if kind in ("", "void", "string"):
            text = shown if stored is None else stored
            # LibreOffice saves an empty result it has read as an empty paragraph without a type.
            if formula is not None and not kind and not text and not computed:
                return Uncomputed(formula)
            return self._kept(text, place)
        if stored is None:
            return Uncomputed(formula) if formula is not None else self._kept(shown, place)
        value = _TRUTHS.get(formula or "") if kind == "float" else None
        if value is None:
            value = _converted(kind, stored)
        if kind == "currency" and isinstance(value, float) and (money := attributes.get(f"{_OFFICE}currency")):
            return Shown(value, money)
        return self._kept(shown or stored, place) if value is None else value

    def _kept(self, text: str, place: Cell) -> str | None:
        if not text or text.isspace():
            return None
        self._tally.text(len(text))
        return self._tally.fitting(text, place)


def _stored(attributes: dict[str, str], kind: str) -> str | None:
    name = kind if kind in ("date", "time", "boolean", "string") else ""
    return attributes.get(f"{_OFFICE}{name}-value" if name else f"{_OFFICE}value")


def _converted(kind: str, stored: str) -> RawValue | None:
    """Return the value that a cell of ``kind`` stores, None where it is not written as one."""
    if kind == "boolean":
        return stored.strip() == "true"
    if kind in ("date", "time"):
        value = from_iso(stored) if kind == "date" else from_duration(stored)
        return None if isinstance(value, str) else value
    number = stored_number(stored)
    return Percentage(number) if number is not None and kind == "percentage" else number


class _ManifestHandler:
    """Looks for the mark of an encrypted part in the manifest."""

    encrypted = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Note an encrypted part."""
        self.encrypted = self.encrypted or name.endswith(" encryption-data")

    def end(self, name: str) -> None:
        """Nothing to do."""

    def text(self, piece: str) -> None:
        """Nothing to do."""


def is_encrypted(archive: Archive) -> bool:
    """Whether the manifest says that parts of the file need a password."""
    if "encrypted-package" in archive:
        return True
    handler = _ManifestHandler()
    if MANIFEST in archive:
        archive.parse(MANIFEST, handler)
    return handler.encrypted


def read_ods(archive: Archive, tally: Tally) -> list[RawTable]:
    """Return every sheet in order; raises WorkbookError where one cannot be read."""
    handler = ContentHandler(tally)
    archive.parse(CONTENT, handler)
    return handler.tables
