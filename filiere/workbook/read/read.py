"""Reading a file: what it is by its content, never by its name, and the tables it holds."""

from __future__ import annotations

import hashlib
import stat
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filiere.language import Label
from filiere.problems import Cell, Code, WorkbookError
from filiere.problems import reading as codes
from filiere.table import RawTable, RawWorkbook
from filiere.watch import READING, tell
from filiere.workbook.read.archive import Archive, BoundedFile
from filiere.workbook.read.bounds import Bounds, Tally, TooMuchError
from filiere.workbook.read.letters import wide_letters
from filiere.workbook.read.ods import CONTENT, is_encrypted, read_ods
from filiere.workbook.read.xlsx import read_xlsx, workbook_part

_MEGABYTE = 1_000_000
_HEAD = 4096
_CHUNK = 1 << 16
_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
# Compound File Binary, the container of Office documents before 2007 and of protected ones ([MS-CFB] 2.2).
_COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# Excel 2 to 4 wrote a bare stream that starts with a BOF record ([MS-XLS] 2.4.21 and its ancestors).
_BARE_BIFF = (b"\x09\x00\x04\x00", b"\x09\x02\x06\x00", b"\x09\x04\x06\x00", b"\x09\x08")
_PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"II*\x00", b"MM\x00*")

_PDF = Label("a PDF document", "un document PDF")
_PICTURE = Label("a picture", "une image")
_ARCHIVE = Label("an archive of files (.zip)", "une archive de fichiers (.zip)")
_UNKNOWN = Label("of an unknown kind", "un fichier d'un type inconnu")
_OLD_DOCUMENT = Label("an old Office document", "un ancien document Office")
_IN_OFFICE = {
    "word/": Label("a text document (Word)", "un document de texte (Word)"),
    "ppt/": Label("a presentation (PowerPoint)", "une présentation (PowerPoint)"),
    "visio/": Label("a drawing (Visio)", "un dessin (Visio)"),
    "index/": Label("an Apple document (Numbers, Pages)", "un document Apple (Numbers, Pages)"),
}
_IN_OPEN_DOCUMENT = {
    b"text": Label("a text document (OpenDocument)", "un document de texte (OpenDocument)"),
    b"presentation": Label("a presentation (OpenDocument)", "une présentation (OpenDocument)"),
    b"graphics": Label("a drawing (OpenDocument)", "un dessin (OpenDocument)"),
    b"database": Label("a database (OpenDocument)", "une base de données (OpenDocument)"),
}


Version = tuple[str, int, int, int]
_KEPT: list[dict[tuple[Version, bool], RawWorkbook]] = []


def read_workbook(path: Path, bounds: Bounds | None = None, helpers: bool = True) -> RawWorkbook:
    """Read every sheet of an .xlsx, .xlsm or .ods file, nothing interpreted.

    Without ``helpers``, the hidden sheets of an Excel file that hold no data may be left without their rows.
    ``bounds`` limits what is read, memory where none are given. Raises WorkbookError where the file is no such
    workbook, is protected, damaged, or larger than that; what can be read around is in ``problems`` of the result.
    """
    path = Path(path)
    if _KEPT and bounds is None and (version := _version(path)):
        kept = _KEPT[-1]
        if (version, helpers) not in kept:
            kept[version, helpers] = _opened(path, None, helpers)
        return kept[version, helpers]
    return _opened(path, bounds, helpers)


@contextmanager
def reading_once() -> Iterator[None]:
    """Keep what is read meanwhile, so that a file that has not changed is read once."""
    _KEPT.append({})
    try:
        yield
    finally:
        _KEPT.pop()


def _version(path: Path) -> Version | None:
    """What tells one state of a file from another; None where there is no such file."""
    try:
        found = path.stat()
    except (OSError, ValueError):
        return None
    return str(path.absolute()), found.st_ino, found.st_size, found.st_mtime_ns


def _opened(path: Path, bounds: Bounds | None, helpers: bool) -> RawWorkbook:
    tell(READING)
    name = path.name or str(path)
    try:
        size = _checked(path, name, bounds or Bounds())
        bounds = bounds or Bounds.of_file(size)
        with BoundedFile(path) as file:
            return _read(file, path, name, bounds, helpers)
    except PermissionError as fault:
        raise _refused(codes.LOCKED_FILE, name) from fault
    except FileNotFoundError as fault:
        raise _refused(codes.MISSING_FILE, name) from fault
    except OSError as fault:
        reason = fault.strerror or type(fault).__name__
        raise WorkbookError([codes.UNREADABLE_FILE.at(None, file=name, reason=reason)]) from fault


def _refused(code: Code, name: str) -> WorkbookError:
    return WorkbookError([code.at(None, file=name)])


def _checked(path: Path, name: str, bounds: Bounds) -> int:
    """Return the size of the file in bytes, if it is one that can be read."""
    if "\0" in str(path):
        raise _refused(codes.MISSING_FILE, name.replace("\0", "?"))
    found = path.stat()
    if not stat.S_ISREG(found.st_mode):
        raise _refused(codes.NOT_A_FILE, name)
    if found.st_size == 0:
        raise _refused(codes.EMPTY_FILE, name)
    if found.st_size > bounds.file_bytes:
        size, limit = found.st_size / _MEGABYTE, bounds.file_bytes / _MEGABYTE
        raise TooMuchError(codes.TOO_BIG, file=name, size=round(size), limit=round(limit))
    return found.st_size


def _read(file: BoundedFile, path: Path, name: str, bounds: Bounds, helpers: bool) -> RawWorkbook:
    digest = hashlib.sha256()
    head = b""
    while chunk := file.read(_CHUNK):
        head = head or chunk[:_HEAD]
        digest.update(chunk)
    file.seek(0)
    if not head.startswith(_ZIP):
        raise _no_archive(file, head, name)
    tally = Tally(bounds)
    archive = Archive(file, name, bounds)
    tables = _tables(archive, tally, helpers)
    if not tables:
        raise _refused(codes.NO_SHEET, name)
    tally.problems += [codes.DAMAGED_ASIDE.at(None, part=part) for part in archive.damaged_parts()]
    _check_names(tables)
    return RawWorkbook(tuple(tables), path, digest.hexdigest(), tuple(tally.problems))


def _tables(archive: Archive, tally: Tally, helpers: bool) -> list[RawTable]:
    if "xl/workbook.bin" in archive:
        raise _refused(codes.BINARY_EXCEL, archive.name)
    for folder, kind in _IN_OFFICE.items():
        if archive.holds_under(folder):
            raise WorkbookError([codes.OTHER_DOCUMENT.at(None, file=archive.name, kind=kind)])
    media_type = archive.start_of("mimetype", 100) if "mimetype" in archive else b""
    for word, kind in _IN_OPEN_DOCUMENT.items():
        if b"opendocument." + word in media_type:
            raise WorkbookError([codes.OTHER_DOCUMENT.at(None, file=archive.name, kind=kind)])
    if b"opendocument" in media_type or CONTENT in archive:
        if is_encrypted(archive):
            raise _refused(codes.PASSWORD, archive.name)
        return read_ods(archive, tally)
    part = workbook_part(archive)
    if part is None:
        raise WorkbookError([codes.OTHER_DOCUMENT.at(None, file=archive.name, kind=_ARCHIVE)])
    return read_xlsx(archive, part, tally, helpers)


def _check_names(tables: list[RawTable]) -> None:
    # Excel and LibreOffice take no two sheets whose names differ by case alone.
    counts = Counter(table.sheet.casefold() for table in tables)
    twins = [table.sheet for table in tables if counts[table.sheet.casefold()] > 1]
    if twins:
        raise WorkbookError(codes.TWIN_SHEETS.at(Cell(sheet), name=sheet) for sheet in twins)


# ---- files that are no archive


def _no_archive(file: BoundedFile, head: bytes, name: str) -> WorkbookError:
    if head.startswith(_COMPOUND):
        return _compound(file, name)
    if head.startswith(_BARE_BIFF):
        return _refused(codes.OLD_EXCEL, name)
    start = _as_text(head).lstrip().lower()
    if start.startswith("<"):
        return _refused(codes.WEB_PAGE, name)
    if head.startswith(b"%PDF"):
        kind = _PDF
    elif head.startswith(_PICTURES):
        kind = _PICTURE
    elif start:
        return _refused(codes.PLAIN_TEXT, name)
    else:
        kind = _UNKNOWN
    return WorkbookError([codes.OTHER_DOCUMENT.at(None, file=name, kind=kind)])


_DAMAGED = 0.02
"""Up to what share of its signs a text may be no letters: a stray one is damage, many are another kind of file."""


def _as_text(head: bytes) -> str:
    """Return the start of a file as text, empty where it holds what no text does."""
    for mark, encoding in ((b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"), (b"\xef\xbb\xbf", "utf-8")):
        if head.startswith(mark):
            return head[len(mark) :].decode(encoding, "replace")
    text = head.decode(wide_letters(head) or "cp1252", "replace")
    odd = sum(ord(sign) < 32 and sign not in "\t\r\n\f\x1a" for sign in text.rstrip("\0"))
    return "" if odd > len(text) * _DAMAGED else text


def _compound(file: BoundedFile, name: str) -> WorkbookError:
    """Tell a protected workbook from an old one by the names in the directory of the compound file."""
    names = {word: word.encode("utf-16-le") for word in ("EncryptedPackage", "Workbook", "Book")}
    found: set[str] = set()
    before = b""
    while chunk := file.read(_CHUNK):
        found |= {word for word, mark in names.items() if mark in before + chunk}
        before = chunk[-64:]
    if "EncryptedPackage" in found:
        return _refused(codes.PASSWORD, name)
    if found:
        return _refused(codes.OLD_EXCEL, name)
    return WorkbookError([codes.OTHER_DOCUMENT.at(None, file=name, kind=_OLD_DOCUMENT)])
