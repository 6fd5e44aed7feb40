"""One worksheet of an Excel workbook, streamed: only filled cells are kept, whatever the sheet claims to span."""

from __future__ import annotations

import re
from dataclasses import dataclass

from filiere.problems import Cell, WorkbookError
from filiere.problems import reading as codes
from filiere.table import ErrorValue, RawRow, RawTable, RawValue, Shown, Uncomputed, Unseen
from filiere.workbook.read.bounds import LAST_CELL, LAST_COLUMN, LAST_ROW, Gatherer, Tally, TooMuchError
from filiere.workbook.read.formats import Kind, from_iso, from_serial, stored_number
from filiere.workbook.read.merged import Merge, held_below, uncover
from filiere.workbook.read.xlsx_parts import ESCAPED_LENGTH, is_true, local_names, unescaped

_NAMES = local_names("row", "c", "v", "f", "is", "t", "rPh", "mergeCell", "sheetData", "col")
_DIGITS = "0123456789"
_RANGE = re.compile(r"\$?([A-Z]{1,3})\$?([0-9]{1,7})(?::\$?([A-Z]{1,3})\$?([0-9]{1,7}))?", re.IGNORECASE)


_MOST_HIDDEN = 1000
"""Runs of hidden columns that are looked at: more than a sheet has."""


def is_unseen(attributes: dict[str, str], size: str) -> bool:
    """Whether a row or column is hidden (by hand, by a filter, in a closed group), or has no height or width."""
    return is_true(attributes.get("hidden")) or stored_number(attributes.get(size, "")) == 0


@dataclass(frozen=True, slots=True)
class Lookups:
    """What the cells of every sheet refer to."""

    texts: list[str]
    kinds: dict[str, Kind]
    units: dict[str, str]
    struck: frozenset[str]
    from_1904: bool


class _Columns(dict[str, int]):
    """Column letters to column, counted from 0; -1 for what is no column. Filled as letters are met."""

    def __missing__(self, letters: str) -> int:
        column = 0
        plain = letters.replace("$", "").upper()
        for letter in plain[:4]:
            column = 26 * column + ord(letter) - 64 if "A" <= letter <= "Z" else LAST_COLUMN + 1
        found = column - 1 if 0 < column <= LAST_COLUMN and len(plain) < 4 else -1
        if found >= 0:
            self[letters] = found
        return found


class SheetHandler:
    """Handler of one worksheet part."""

    def __init__(self, name: str, lookups: Lookups, tally: Tally) -> None:
        self.name = name
        self._lookups = lookups
        self._tally = tally
        self._rows: dict[int, dict[int, RawValue]] = {}
        self._merges: list[Merge] = []
        self._unseen_rows: set[int] = set()
        self._unseen_columns: list[tuple[int, int]] = []
        self._struck: set[int] = set()
        self._columns = _Columns()
        self._row = 0
        self._column = -1
        self._number = 0
        self._cell: dict[str, str] = {}
        self._value: str | None = None
        self._formula: str | None = None
        self._inline: str | None = None
        self._text = Gatherer(ESCAPED_LENGTH * tally.bounds.text_length)
        self._open = False
        self._in_cell = False
        self._phonetic = False
        self._in_data = False

    # ---- the stream

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Open a row, a cell or one of a cell's texts."""
        local = _NAMES.get(name)
        if local == "c":
            self._start_cell(attributes)
        elif local == "v" or local == "f":
            self._open = self._in_cell
        elif local == "row":
            self._start_row(attributes)
        elif local == "t":
            self._open = self._inline is not None and not self._phonetic
        elif local == "is":
            self._inline = "" if self._in_cell else None
        elif local == "rPh":
            self._phonetic = True
        elif local == "mergeCell":
            self._start_merge(attributes.get("ref", ""))
        elif local == "sheetData":
            self._in_data = True
        elif local == "col" and is_unseen(attributes, "width"):
            self._hide(attributes.get("min", ""), attributes.get("max", ""))

    def text(self, piece: str) -> None:
        """Keep a piece of an open text."""
        if self._open:
            self._text.add(piece)

    def end(self, name: str) -> None:
        """Close a cell or one of its texts."""
        local = _NAMES.get(name)
        if local == "c":
            if self._in_cell:
                self._end_cell()
        elif local == "v":
            self._open = False
            self._value = self._text.take()
        elif local == "f":
            self._open = False
            self._formula = self._text.take()
        elif local == "t":
            self._open = False
        elif local == "rPh":
            self._phonetic = False
        elif local == "is":
            self._inline = self._text.take()
        elif local == "sheetData":
            self._in_data = False

    def table(self, hidden: bool) -> RawTable:
        """Return the sheet once its stream is over."""
        covered = uncover(self._rows, self._merges)
        if covered:
            first = Cell(self.name, *covered[0])
            warning = codes.HIDDEN_UNDER_MERGE.at(first, count=len(covered), first=first.reference)
            self._tally.problems.append(warning)
        rows = tuple(RawRow(number, self._rows[number]) for number in sorted(self._rows))
        held = held_below(self._rows, self._merges, self._tally)
        struck = frozenset(self._struck)
        return RawTable(self.name, rows, hidden, unseen=self._unseen(), struck=struck, covered=held)

    def _unseen(self) -> Unseen:
        """Return the filled rows and columns that are hidden, filtered out, folded away or of no height or width."""
        filled = {column for values in self._rows.values() for column in values} if self._unseen_columns else set()
        columns = {at for at in filled if any(first <= at <= last for first, last in self._unseen_columns)}
        return Unseen(frozenset(self._unseen_rows & self._rows.keys()), frozenset(columns))

    def _hide(self, first: str, last: str) -> None:
        if first.isdecimal() and last.isdecimal() and len(self._unseen_columns) < _MOST_HIDDEN:
            self._unseen_columns.append((int(first) - 1, int(last) - 1))

    # ---- rows and cells

    def _start_row(self, attributes: dict[str, str]) -> None:
        number = attributes.get("r")
        self._row = self._row + 1 if number is None else self._row_of(number, number)
        self._column = -1
        if is_unseen(attributes, "ht"):
            self._unseen_rows.add(self._row)

    def _start_cell(self, attributes: dict[str, str]) -> None:
        self._in_cell = self._in_data
        self._cell = attributes
        self._value = self._formula = self._inline = None
        address = attributes.get("r")
        if address is None:
            self._column += 1
        else:
            self._column = self._columns[address.rstrip(_DIGITS)]

    def _end_cell(self) -> None:
        self._in_cell = False
        if self._value is None and self._formula is None and self._inline is None:
            return
        number = self._row
        address = self._cell.get("r")
        if address is not None:
            number = self._row_of(address.lstrip("$ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"), address)
        if not (0 <= self._column < LAST_COLUMN and 0 < number <= LAST_ROW):
            raise self._off_grid(address or f"{self._column + 1}, {number}")
        self._number = number
        value = self._read()
        if value is None:
            return
        row = self._rows.get(number)
        if row is None:
            self._tally.row()
            row = self._rows[number] = {}
        if self._column in row:
            raise WorkbookError([codes.TWO_VALUES.at(self._place())])
        self._tally.cell()
        row[self._column] = value
        if self._cell.get("s") in self._lookups.struck:
            self._struck.add(number)

    def _row_of(self, digits: str, address: str) -> int:
        digits = digits.strip()
        if not (digits.isascii() and digits.isdigit() and len(digits) < 10):
            raise self._off_grid(address)
        return int(digits)

    def _start_merge(self, reference: str) -> None:
        match = _RANGE.fullmatch(reference.strip())
        if match is None:
            return
        left, top, right, bottom = (group or "" for group in match.groups())
        merge = Merge(int(top), self._columns[left], int(bottom or top), self._columns[right or left])
        if 0 <= merge.left <= merge.right and merge.top <= merge.bottom:
            self._merges.append(merge)
        if len(self._merges) > self._tally.bounds.merges:
            raise TooMuchError(codes.TOO_MANY_MERGES, Cell(self.name), limit=self._tally.bounds.merges)

    def _off_grid(self, address: str) -> WorkbookError:
        place = Cell(self.name)
        return WorkbookError([codes.OFF_GRID.at(place, address=address[:40], last=LAST_CELL)])

    # ---- values

    def _read(self) -> RawValue | None:
        kind = self._cell.get("t", "n")
        stored = self._value
        if kind == "inlineStr":
            return self._kept(unescaped(self._inline or stored or ""))
        if self._formula is not None and (stored is None or (kind != "str" and not stored.strip())):
            return Uncomputed(f"={self._formula[: self._tally.bounds.text_length]}")
        if stored is None or not stored.strip():
            return None
        if kind == "s":
            return self._shared(stored)
        if kind == "str":
            return self._kept(unescaped(stored))
        if kind == "e":
            return ErrorValue(stored.strip()[:40])
        if kind == "b":
            return is_true(stored)
        style = self._lookups.kinds.get(self._cell.get("s", "0"), Kind.NUMBER)
        if kind == "d":
            moment = from_iso(stored, style)
            return self._kept(moment) if isinstance(moment, str) else moment
        number = stored_number(stored)
        if number is None:
            # What a careless program stores as a number, such as 12,5, is text for the parser to judge.
            return self._kept(stored)
        unit = self._lookups.units.get(self._cell.get("s", "0"))
        return Shown(number, unit) if unit else from_serial(number, style, self._lookups.from_1904)

    def _shared(self, stored: str) -> str | None:
        rank = stored.strip()
        texts = self._lookups.texts
        if not (rank.isascii() and rank.isdigit() and len(rank) < 10 and int(rank) < len(texts)):
            raise WorkbookError([codes.LOST_TEXT.at(self._place())])
        text = texts[int(rank)]
        return self._fitting(text)

    def _kept(self, text: str) -> str | None:
        self._tally.text(len(text))
        return self._fitting(text)

    def _fitting(self, text: str) -> str | None:
        if not text or text.isspace():
            return None
        if len(text) > self._tally.bounds.text_length:
            return self._tally.fitting(text, self._place())
        return text

    def _place(self) -> Cell:
        return Cell(self.name, self._number, self._column)
