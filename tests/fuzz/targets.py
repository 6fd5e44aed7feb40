"""What is fuzzed: each target takes bytes, makes of them something a person could hand in, and judges what comes out.

Whatever comes in, the reader refuses it with problems that are told in both languages, or reads it; what was read
becomes a chain or problems; a number is never another than the one that was written. Anything else raises.
"""

from __future__ import annotations

import datetime as dt
import io
import os
import tempfile
import zipfile
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from functools import cache
from pathlib import Path

from filiere.chain.parse.cell import is_blank, understand
from filiere.chain.parse.number import written_number
from filiere.chain.read import problems_of, read_chain
from filiere.names import fold, heading, loose, nearest, tidy
from filiere.problems import Problem, WorkbookError, errors
from filiere.schema import TABLES, Column, Reads, columns
from filiere.schema import tables as t
from filiere.table import ErrorValue, RawRow, RawTable, RawValue, RawWorkbook, Uncomputed
from filiere.workbook.read.read import read_workbook
from tests.chain.bread import bread
from tests.model.one_of_everything import WORKBOOK
from tests.sheets import workbook
from tests.workbook.files import ods_parts, ods_sheet

SCENARIOS = """
    ## Scenarios
    | scenario | table | row | column | change | base |
    | dry | Offers | Farm / wheat | maximum | x 0.5 | |
    | no mill | Processes | new mill / Mill | | off | dry |
    """
COLUMNS: Sequence[Column] = [
    column for declared in (*TABLES, t.SettingsValues) for column in columns(declared).values()
]  # fmt: skip


@cache
def base() -> tuple[RawTable, ...]:
    """A small workbook in which every sheet has rows."""
    return workbook(WORKBOOK + SCENARIOS)


# ---- what must hold


def told(problems: Sequence[Problem]) -> None:
    """Every problem can be told in both languages."""
    for problem in problems:
        for language in ("fr", "en"):
            assert problem.message(language).strip(), problem.code  # type: ignore[arg-type]
            problem.hint(language)  # type: ignore[arg-type]


def read_file(content: bytes) -> RawWorkbook | None:
    """Read a file of these bytes, None where it is refused with problems that can be told."""
    folder = "/dev/shm" if os.path.isdir("/dev/shm") else None  # noqa: PTH112
    with tempfile.NamedTemporaryFile(suffix=".xlsx", dir=folder) as file:
        file.write(content)
        file.flush()
        try:
            raw = read_workbook(Path(file.name))
        except WorkbookError as refused:
            assert refused.problems
            told(refused.problems)
            return None
    told(raw.problems)
    return raw


def chained(raw: RawWorkbook | Sequence[RawTable]) -> None:
    """What was read becomes a chain, or problems among which is an error."""
    found = problems_of(raw)
    told(found)
    try:
        read_chain(raw)
    except WorkbookError as refused:
        told(refused.problems)
        assert errors(found), "check finds nothing wrong with what cannot be solved"


def numbers_kept(text: str) -> None:
    """Every reading of a written number has the digits that were written, in their order, and its sign."""
    written = written_number(text)
    if written is None:
        return
    assert written.values
    tidied = tidy(text)
    body = tidied.lstrip("€$£¥ +-−–")
    typed = "".join(sign for sign in body[: _length(body)] if sign.isdigit()).strip("0")
    for value in written.values:
        if len(typed) <= 15 and value != 0.0:
            digits = "".join(map(str, Decimal(repr(value)).as_tuple().digits)).strip("0")
            assert digits == typed, f"{text!r} is read as {value!r}"
        assert value == 0.0 or (value < 0) == (tidied.lstrip("€$£¥ ")[:1] in "-−–"), f"{text!r}: {value!r}"


def _length(body: str) -> int:
    return next(
        (at for at, sign in enumerate(body) if not (sign.isascii() and (sign.isdigit() or sign in " .,'"))), len(body)
    )


# ---- targets


def file(data: bytes) -> None:
    """A file of any bytes."""
    raw = read_file(data)
    if raw is not None and _unseen(raw.tables):
        chained(raw)


_SEEN: set[int] = set()


def _unseen(tables: Sequence[RawTable]) -> bool:
    """Whether these tables come for the first time: most of what is tried is refused or reads as before."""
    key = hash(repr(tables))
    known = key in _SEEN
    _SEEN.add(key)
    return not known


@cache
def parts() -> Mapping[str, Mapping[str, bytes]]:
    """The parts of a tiny workbook in both formats, by the name of the format."""
    import xlsxwriter

    tiny = workbook(bread())
    memory = io.BytesIO()
    with xlsxwriter.Workbook(memory) as book:
        day = book.add_format({"num_format": "dd/mm/yyyy"})
        for table in tiny:
            sheet = book.add_worksheet(table.sheet)
            for row in table.rows:
                for column, value in row.values.items():
                    sheet.write(row.number - 1, column, value)
        sheet.merge_range("H1:I2", "")
        sheet.write_datetime("H4", dt.datetime(2025, 1, 1), day)
        sheet.write_formula("H5", "=1/0", None, "#DIV/0!")
    archive = zipfile.ZipFile(memory)
    rows = "".join(ods_sheet("".join(map(_ods_row, table.rows)), table.sheet) for table in tiny)
    ods = {name: text.encode() for name, text in ods_parts(rows).items()}
    return {"xlsx": {name: archive.read(name) for name in archive.namelist()}, "ods": ods}


def _ods_row(row: RawRow) -> str:
    cells = ""
    for column in range(max(row.values) + 1):
        value = row.values.get(column)
        if isinstance(value, float):
            cells += f'<table:table-cell office:value-type="float" office:value="{value:g}"/>'
        else:
            text = str(value or "").replace("&", "&amp;").replace("<", "&lt;")
            cells += f'<table:table-cell office:value-type="string"><text:p>{text}</text:p></table:table-cell>'
    return f"<table:table-row>{cells}</table:table-row>"


@cache
def changeable() -> Sequence[tuple[str, str]]:
    """(format, part) of every part that a reader may look at."""
    passed_over = ("docProps", "theme")
    return [(kind, n) for kind, own in parts().items() for n in own if not any(word in n for word in passed_over)]


def part(data: bytes) -> None:
    """A workbook one part of which is any bytes; the first byte tells which."""
    if not data:
        return
    kind, name = changeable()[data[0] % len(changeable())]
    memory = io.BytesIO()
    with zipfile.ZipFile(memory, "w", zipfile.ZIP_STORED) as archive:
        for one, content in parts()[kind].items():
            archive.writestr(one, data[1:] if one == name else content)
    file(memory.getvalue())


def cell(data: bytes) -> None:
    """A cell of any text, in any column; the first byte tells which."""
    if not data:
        return
    column = COLUMNS[data[0] % len(COLUMNS)]
    text = data[1:].decode("utf-8", "replace")
    for key in (tidy, fold, loose):
        assert key(key(text)) == key(text), f"{key.__name__} of {text!r} is not settled"
    heading(text)
    nearest(text, ("farine de blé", "blé tendre", "Moulin", tidy(text)[::2]))
    numbers_kept(text)
    if is_blank(text):
        return
    understood = understand(column, text)
    assert understood.value is not None or understood.findings, f"{text!r} is dropped"
    told([code.at(None, **facts) for code, facts in understood.findings])
    if isinstance(understood.value, float | int) and column.reads in (Reads.NUMBER, Reads.INTEGER):
        written = written_number(tidy(text))
        assert written is not None
        assert len(written.values) == 1, f"{text!r} has two readings and one is taken"
        assert understood.value in (written.values[0], written.values[0] / 100)


def _value(data: bytes) -> RawValue:
    """Return what a cell of a workbook may hold; the first byte tells of which kind."""
    kind, text = data[:1], data[1:].decode("utf-8", "replace")
    if kind in b"nN" and kind:
        try:
            return float(text)
        except ValueError:
            return text or "n"
    made: dict[bytes, Callable[[], RawValue]] = {
        b"=": lambda: Uncomputed(text),
        b"#": lambda: ErrorValue(f"#{text}"),
        b"T": lambda: True,
        b"F": lambda: False,
        b"D": lambda: dt.datetime(1900 + len(text), 3, 1),
    }
    return made[kind]() if kind in made else text or " "


def edits(data: bytes) -> None:
    """A workbook some cells of which are anything: a line an edit, its first bytes telling the sheet, row, column."""
    sheets = {at: {row.number: dict(row.values) for row in table.rows} for at, table in enumerate(base())}
    for line in data.split(b"\n")[:20]:
        if len(line) < 4:
            continue
        rows = sheets[line[0] % len(sheets)]
        row = rows.setdefault(1 + line[1] % (len(rows) + 1), {})
        row[line[2] % 14] = _value(line[3:])
    chained(
        tuple(
            RawTable(table.sheet, tuple(RawRow(n, values) for n, values in sorted(sheets[at].items()) if values))
            for at, table in enumerate(base())
        )
    )  # fmt: skip


TARGETS: Mapping[str, Callable[[bytes], None]] = {"file": file, "part": part, "cell": cell, "edits": edits}


@cache
def seeds(target: str) -> list[bytes]:
    """Return inputs to begin with: sound ones, so that what is tried is near what people hand in."""
    if target == "file":
        return [_packed(own) for own in parts().values()]
    if target == "part":
        return [bytes([at]) + parts()[kind][name] for at, (kind, name) in enumerate(changeable())]
    if target == "cell":
        texts = ["1 234,5 t", "12 %", "1.234", "€ 12,50", "n.d.", "− 3e-2", "oui", "blé tendre; farine", "(1) 5 h 30"]
        return [bytes([at * 7 % 256]) + text.encode() for at, text in enumerate(texts * 12)]
    values = [b"n12.5", b"1 000", b"x 0.5", b"-", b"=IF(A1,2)", b"#N/A", b"*", b"Farm", b"off", b"T", b"D", b"%"]
    return [bytes([at, at * 3 % 7, at * 5 % 9]) + value for at in range(16) for value in values]


def words() -> list[str]:
    """Return the words that a fuzzer should try where it tries letters."""
    tags = ["<c r=\"", "<v>", "<row r=\"", " t=\"s\"", " t=\"e\"", " t=\"b\"", " t=\"d\"", " t=\"inlineStr\"", " t=\"str\"",
            "<f>", "<is><t>", " s=\"1\"", "<mergeCell ref=\"", "table:number-columns-repeated=\"", " office:value-type=\"",
            "<text:p>", "<text:s text:c=\"", "<!DOCTYPE ", "&#0;", "1e308", "1048577", "XFD1048577", "hidden"]  # fmt: skip
    headings = [label for column in COLUMNS for label in (column.label.en, column.label.fr)]
    return [*tags, *(h for h in headings if h.isascii()), *(table.sheet for table in base())]


def _packed(own: Mapping[str, bytes]) -> bytes:
    memory = io.BytesIO()
    with zipfile.ZipFile(memory, "w", zipfile.ZIP_STORED) as archive:
        for name, content in own.items():
            archive.writestr(name, content)
    return memory.getvalue()
