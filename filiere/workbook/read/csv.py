"""Reading text tables (CSV) whatever their separator and letters; every value stays the text that is typed."""

from __future__ import annotations

import hashlib
import html
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from filiere.problems import Cell, WorkbookError, gathering
from filiere.problems import reading as codes
from filiere.table import RawRow, RawTable, RawWorkbook
from filiere.workbook.read.bounds import Bounds, Tally, TooMuchError
from filiere.workbook.read.letters import decoded
from filiere.workbook.read.read import read_workbook

_SEPARATORS = ";\t,|"
_SAMPLE = 50
_ENTITY = re.compile(r"&(?:amp|apos|nbsp|euro|#0?39|#8217|[aeiouc](?:acute|grave|circ|uml|cedil));", re.IGNORECASE)
"""Letters that web programs write as names; their semicolon is no separator."""
_NO_LETTER = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f\ufffe\uffff]")
"""What is no letter, tab or end of a line: traces of damage, which no spreadsheet can hold."""
_FORCED = re.compile(r'="(.*)"')
"""How a text is kept from Excel's own reading: ``="0012"``."""
CHARACTER = 25
"""Bytes of memory that one character of a text table takes with the cells that are made of it; measured: 20."""
_LONGEST_RECORD = 40
"""Over how many lines a quoted field may run: longer, its quote was never closed."""


def read_tables(path: Path, bounds: Bounds | None = None) -> RawWorkbook:
    """Read an .xlsx, .xlsm, .ods or text table; which it is, its content tells.

    Raises WorkbookError as :func:`filiere.workbook.read_workbook` does, except on text, which is read.
    """
    try:
        return read_workbook(path, bounds)
    except WorkbookError as refused:
        if [problem.kind for problem in refused.problems] != [codes.PLAIN_TEXT]:
            raise
    return read_csv(path, bounds)


def read_csv(path: Path, bounds: Bounds | None = None) -> RawWorkbook:
    """Read a text table as a workbook of one sheet that bears the file's name.

    A record that spans several lines counts as the line it starts on, as a text editor numbers it. A quote that
    is never closed is a letter of its line, which is then a problem of the result.
    """
    size = path.stat().st_size
    bounds = bounds or Bounds.of_file(size, CHARACTER)
    if size > bounds.text_in_all:
        raise TooMuchError(codes.TOO_MUCH_TEXT, limit=bounds.text_in_all)
    data = path.read_bytes()
    text = decoded(data).replace("\r\n", "\n").replace("\r", "\n").rstrip("\x1a")
    stray = _NO_LETTER.search(text.rstrip("\0"))
    problems = [gathering.STRAY_SIGNS.at(Cell(path.name, text.count("\n", 0, stray.start()) + 1))] if stray else []
    text = _NO_LETTER.sub("", text)
    text = _ENTITY.sub(lambda found: html.unescape(found[0]), text)
    separator, skipped = _separator(text)
    tally, rows, widths = Tally(bounds), [], {}
    for record in _Lines(text, separator).records():
        values = {at: _bare(value) for at, value in enumerate(record.fields) if _bare(value)}
        if any(len(value) > bounds.text_length for value in values.values()):
            raise TooMuchError(codes.TOO_MUCH_TEXT, limit=bounds.text_length)
        if values and record.line > skipped:
            tally.row()
            tally.cell(len(values))
            rows.append(RawRow(record.line, dict(values)))
            widths[record.line] = len(record.fields)
        if record.unclosed:
            problems.append(gathering.UNCLOSED_QUOTE.at(Cell(path.name, record.line)))
    table = RawTable(path.name, tuple(rows), widths=widths)
    return RawWorkbook((table,), path, hashlib.sha256(data).hexdigest(), tuple(problems))


def _bare(value: str) -> str:
    text = value.strip()
    forced = _FORCED.fullmatch(text)
    return forced[1].strip() if forced else text


def _separator(text: str) -> tuple[str, int]:
    """Return the separator and how many lines to skip: Excel may write ``sep=;`` on the first one."""
    first = text.split("\n", 1)[0].strip(" \r").lower()
    if first.startswith("sep=") and len(first) == 5:
        return first[4], 1
    ledger = first.lstrip("\ufeff").replace('"', "")
    if ledger.startswith("journalcode") and ledger[11:12] in tuple(_SEPARATORS):
        return ledger[11], 0
    return max(_SEPARATORS, key=lambda sign: _evenness(text, sign)), 0


def _evenness(text: str, separator: str) -> tuple[int, int]:
    """How many of the first records have the commonest number of fields, above one; then that number."""
    sizes: list[int] = []
    for record in _Lines(text, separator).records():
        sizes += [len(record.fields)] if len(record.fields) > 1 else []
        if len(sizes) == _SAMPLE:
            break
    commonest = max(set(sizes), key=lambda size: (sizes.count(size), size), default=1)
    return sizes.count(commonest), commonest


@dataclass(frozen=True)
class _Record:
    line: int
    fields: list[str]
    unclosed: bool = False


class _Lines:
    """The records of a text, a quote being one only where it is closed before a separator or the end of a line."""

    def __init__(self, text: str, separator: str) -> None:
        self.lines = text.split("\n")
        self.separator = separator
        self.literal = self._a_ledger()

    def _a_ledger(self) -> bool:
        """Whether the text is a ledger in the administration's own form, in which a quote is a letter."""
        first = self.lines[0].lstrip("\ufeff").split(self.separator)
        return self.separator in "\t|" and first[0].strip().lower() == "journalcode"

    def records(self) -> Iterator[_Record]:
        """Read the records one after the other."""
        at, width = 0, 0
        while at < len(self.lines):
            line = self.lines[at]
            if self.literal or '"' not in line:
                fields = line.split(self.separator)
                width = width or (len(fields) if len(fields) > 1 else 0)
                yield _Record(at + 1, fields)
                at += 1
                continue
            quoted, used = self._quoted(at, width)
            if quoted is None:
                yield _Record(at + 1, _plain(line, self.separator), unclosed=True)
                at += 1
            else:
                width = width or (len(quoted) if len(quoted) > 1 else 0)
                yield _Record(at + 1, quoted)
                at += used

    def _quoted(self, at: int, width: int) -> tuple[list[str] | None, int]:
        """Return the fields of the record that starts on line ``at`` and how many lines it takes; None: no end."""
        text, used = self.lines[at], 1
        while True:
            fields = _fields(text, self.separator)
            if fields is not None:
                swallowed = used > 1 and width and (len(fields) != width or self._holds_records(fields, width))
                return (None, 1) if swallowed else (fields, used)
            if used >= _LONGEST_RECORD or at + used >= len(self.lines):
                return None, 1
            text = f"{text}\n{self.lines[at + used]}"
            used += 1

    def _holds_records(self, fields: list[str], width: int) -> bool:
        """Whether a line inside a field has the separators of a whole record: its quote was never closed."""
        lines = [line for field in fields if "\n" in field for line in field.split("\n")]
        return width > 2 and any(line.count(self.separator) >= width - 1 for line in lines)


def _fields(text: str, separator: str) -> list[str] | None:
    """Return the fields of a record, None where a quote is not closed in it."""
    fields: list[str] = []
    at = 0
    while True:
        start = at
        while text[start : start + 1] == " ":
            start += 1
        if text[start : start + 1] != '"':
            end = text.find(separator, at)
            if end < 0:
                return [*fields, text[at:]]
            fields.append(text[at:end])
            at = end + 1
            continue
        closed = _closing(text, start + 1, separator)
        if closed is None:
            return None
        fields.append(text[start + 1 : closed].replace('""', '"'))
        after = text.find(separator, closed)
        if after < 0:
            return fields
        at = after + 1


def _closing(text: str, start: int, separator: str) -> int | None:
    """Return where the quote that closes a field stands; a doubled quote is one of its letters."""
    at = start
    while (at := text.find('"', at)) >= 0:
        run = len(text) - at - len(text[at:].lstrip('"'))
        if run % 2 and _ends(text, at + run, separator):
            return at + run - 1
        at += run
    return None


def _ends(text: str, at: int, separator: str) -> bool:
    rest = text[at:].lstrip(" ")
    return not rest or rest[0] in (separator, "\n")


def _plain(line: str, separator: str) -> list[str]:
    """Return the fields of a damaged line: a quote that opens a field and is not closed falls away."""
    return [one.strip().strip('"') for one in line.split(separator)]
