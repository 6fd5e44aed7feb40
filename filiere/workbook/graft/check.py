"""A copy with added sheets, read back: what was there is there still, and what was added can be read."""

from __future__ import annotations

import io
import tempfile
import zipfile
from pathlib import Path

from filiere.language import Label
from filiere.problems import WorkbookError
from filiere.table import RawTable, RawWorkbook
from filiere.workbook.parts.host import Host, NotAddedError
from filiere.workbook.parts.package import OddArchiveError, members_of
from filiere.workbook.read.read import read_workbook

CHANGED = Label("the copy, read back, did not keep {part}", "la copie, relue, n'a pas gardé {part}")
UNREAD = Label("the copy could not be read back ({detail})", "la copie n'a pas pu être relue ({detail})")
LOST = Label("the copy, read back, lacks some of what was added", "la copie, relue, n'a pas tout ce qui a été ajouté")


def check_copy(host: Host, copy: bytes, guest: bytes) -> None:
    """Raise NotAddedError unless ``copy`` is ``host`` with the sheets of ``guest`` behind its own.

    Every member but those that had to change is compared as it is packed; every sheet as our own reader reads it.
    """
    _check_members(host, copy)
    try:
        before, after, added = read_bytes(host.content), read_bytes(copy), read_bytes(guest)
    except WorkbookError as error:
        raise NotAddedError(UNREAD.fill(detail=error.problems[0].code)) from error
    kept = {table.sheet: table for table in after.tables}
    for table in before.tables:
        if kept.get(table.sheet) != table:
            raise NotAddedError(CHANGED.fill(part=table.sheet))
    if before.problems != after.problems[: len(before.problems)]:
        raise NotAddedError(CHANGED.fill(part=host.workbook))
    if [table.sheet for table in after.tables] != [table.sheet for table in (*before.tables, *added.tables)]:
        raise NotAddedError(LOST)
    if any(not _alike(table, kept[table.sheet]) for table in added.tables):
        raise NotAddedError(LOST)


def _check_members(host: Host, copy: bytes) -> None:
    try:
        members = {member.name: member for member in members_of(copy)}
        with zipfile.ZipFile(io.BytesIO(copy)) as archive:
            for name in members.keys() - (host.names - host.changed):
                archive.read(name)  # which holds it against its checksum
    except (OddArchiveError, zipfile.BadZipFile, OSError) as fault:
        raise NotAddedError(UNREAD.fill(detail=str(fault))) from fault
    for member in host.members:
        other = members.get(member.name)
        if other is None or (member.name not in host.changed and other.local != member.local):
            raise NotAddedError(CHANGED.fill(part=member.name))


def read_bytes(content: bytes) -> RawWorkbook:
    """Return what our own reader reads of a workbook made in memory. Raises WorkbookError."""
    with tempfile.TemporaryDirectory(prefix="filiere-") as folder:
        path = Path(folder) / "copy.xlsx"
        path.write_bytes(content)
        return read_workbook(path)


def _alike(one: RawTable, other: RawTable) -> bool:
    return one.rows == other.rows and one.hidden == other.hidden
