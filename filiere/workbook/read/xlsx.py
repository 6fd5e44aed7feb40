"""Excel workbooks (.xlsx, .xlsm; Transitional and Strict): from the archive to raw tables."""

from __future__ import annotations

import posixpath

from filiere.names import is_remark
from filiere.problems import Cell, Problem, WorkbookError
from filiere.problems import reading as codes
from filiere.table import RawTable
from filiere.workbook.read.archive import Archive
from filiere.workbook.read.bounds import Tally, TooMuchError
from filiere.workbook.read.xlsx_parts import (
    Relationships,
    SharedStrings,
    SheetEntry,
    Styles,
    WorkbookPart,
    relationships_of,
)
from filiere.workbook.read.xlsx_sheet import Lookups, SheetHandler

_ROOT = "_rels/.rels"
_USUAL = "xl/workbook.xml"


def workbook_part(archive: Archive) -> str | None:
    """Return the main part of an Office file, whatever kind of document it is; None where there is none."""
    if _ROOT in archive:
        root = Relationships("")
        archive.parse(_ROOT, root)
        part = root.first("officeDocument")
        if part is not None:
            return part
    return _USUAL if _USUAL in archive else None


def read_xlsx(archive: Archive, part: str, tally: Tally, helpers: bool = True) -> list[RawTable]:
    """Return every worksheet of the workbook whose main part is ``part``, in order.

    Without ``helpers``, hidden sheets whose name makes them remarks stay unread, as the lists of a template behind its
    drop-downs, which are half of it: they are given without a row.
    Sheets of charts, dialogs and macros hold no table and are passed over. Raises WorkbookError with the
    problems of all sheets that cannot be read.
    """
    workbook = WorkbookPart(tally)
    archive.parse(part, workbook)
    links = Relationships(posixpath.dirname(part))
    archive.parse(relationships_of(part), links)
    lookups = _lookups(archive, links, tally, workbook.from_1904)
    tables: list[RawTable] = []
    problems: list[Problem] = []
    for entry in workbook.sheets:
        if not helpers and entry.hidden and is_remark(entry.name):
            tables.append(RawTable(entry.name, (), hidden=True))
            continue
        try:
            table = _sheet(archive, links, entry, lookups, tally)
        except TooMuchError:
            raise
        except WorkbookError as refused:
            problems += refused.problems
        else:
            tables += [table] if table is not None else []
    if problems:
        raise WorkbookError([*problems, *tally.problems])
    return tables


def _lookups(archive: Archive, links: Relationships, tally: Tally, from_1904: bool) -> Lookups:
    styles, strings = Styles(), SharedStrings(tally)
    for kind, handler in (("styles", styles), ("sharedStrings", strings)):
        part = links.first(kind)
        if part is not None and part in archive:
            archive.parse(part, handler)
    return Lookups(strings.texts, styles.kinds(), styles.units(), styles.struck(), from_1904)


def _sheet(
    archive: Archive, links: Relationships, entry: SheetEntry, lookups: Lookups, tally: Tally
) -> RawTable | None:
    link = links.by_id.get(entry.relationship)
    place = Cell(entry.name)
    if link is None or link.part is None:
        raise WorkbookError([codes.MISSING_PART.at(place, part=entry.relationship or entry.name)])
    if link.kind != "worksheet":
        return None
    handler = SheetHandler(entry.name, lookups, tally)
    archive.parse(link.part, handler, place)
    return handler.table(entry.hidden)
