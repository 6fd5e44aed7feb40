"""Reading text tables (CSV) whatever their separator and encoding; every value stays the text that is typed."""

from __future__ import annotations

import csv
import hashlib
import io
from pathlib import Path

from filiere.problems import WorkbookError
from filiere.problems import reading as codes
from filiere.table import RawRow, RawTable, RawWorkbook
from filiere.workbook.read.bounds import Bounds, Tally, TooMuchError
from filiere.workbook.read.read import read_workbook

_SEPARATORS = ";\t,|"
_SAMPLE = 50
_MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))


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

    A record that spans several lines counts as the line it starts on, as a text editor numbers it.
    """
    bounds = bounds or Bounds()
    data = path.read_bytes()
    if len(data) > bounds.text_in_all:
        raise TooMuchError(codes.TOO_MUCH_TEXT, limit=bounds.text_in_all)
    text = decoded(data)
    separator, skipped = _separator(text)
    tally, rows, line = Tally(bounds), [], 1
    lines = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    csv.field_size_limit(max(bounds.text_length, csv.field_size_limit()))
    try:
        for record in lines:
            values = {at: value.strip() for at, value in enumerate(record) if value.strip()}
            if values and line > skipped:
                tally.row()
                rows.append(RawRow(line, dict(values)))
            line = lines.line_num + 1
    except csv.Error as fault:
        raise WorkbookError([codes.UNREADABLE_FILE.at(None, file=path.name, reason=str(fault))]) from fault
    return RawWorkbook((RawTable(path.name, tuple(rows)),), path, hashlib.sha256(data).hexdigest())


def decoded(data: bytes) -> str:
    """Return the text of ``data``: what its byte order mark says, else UTF-8, else Windows' or old Mac's letters."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return data.decode(encoding, "replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        pass
    windows, mac = data.decode("cp1252", "replace"), data.decode("mac_roman")
    return max((windows, mac), key=_accents)


def _accents(text: str) -> int:
    """Count the accented letters French writes, less the signs it does not."""
    usual, odd = "éèêàâçùûîïôëœÉÈÊÀÇ€°’«»\u00a0", "\ufffdŽŠ„‡ˆ‰Ÿ√∂ƒ∆≈Ω"
    return sum((sign in usual) - 2 * (sign in odd) for sign in text)


def _separator(text: str) -> tuple[str, int]:
    """Return the separator and how many lines to skip: Excel may write ``sep=;`` on the first one."""
    first = text.split("\n", 1)[0].strip().lower()
    if first.startswith("sep=") and len(first) == 5:
        return first[4], 1
    return max(_SEPARATORS, key=lambda sign: _evenness(text, sign)), 0


def _evenness(text: str, separator: str) -> tuple[int, int]:
    """How many of the first records have the commonest number of fields, above one; then that number."""
    sizes: list[int] = []
    for record in csv.reader(io.StringIO(text, newline=""), delimiter=separator):
        sizes += [len(record)] if len(record) > 1 else []
        if len(sizes) == _SAMPLE:
            break
    commonest = max(set(sizes), key=lambda size: (sizes.count(size), size), default=1)
    return sizes.count(commonest), commonest
