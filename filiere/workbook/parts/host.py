"""A workbook that sheets can be added to, opened part by part, or why it cannot be, as the end of a sentence."""

from __future__ import annotations

import io
import posixpath
import zipfile
import zlib
from dataclasses import dataclass, field
from pathlib import Path

from filiere.language import Label
from filiere.workbook.parts.package import Member, OddArchiveError, members_of
from filiere.workbook.parts.splice import Element, OddPartError, outline
from filiere.workbook.read.xlsx_parts import is_true, relationships_of

TYPES = "[Content_Types].xml"
_ROOT = "_rels/.rels"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_SUFFIXES = {
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml": ".xlsx",
    "application/vnd.ms-excel.sheet.macroenabled.main+xml": ".xlsm",
}
_LARGEST = 64_000_000
"""Bytes of a list of parts, sheets or styles beyond which it is not changed."""

NO_WORKBOOK = Label("it is no workbook that can be read", "ce n'est pas un classeur qui puisse être lu")
"""Also what is protected by a password, an old .xls…: reading it says what it is."""
ODS = Label("it is not an Excel workbook (.xlsx or .xlsm)", "ce n'est pas un classeur Excel (.xlsx ou .xlsm)")
SIGNED = Label("it is signed, and a changed copy would break its signature",
               "il est signé, et une copie modifiée perdrait sa signature")  # fmt: skip
LOCKED = Label("its structure is protected: no sheet may be added",
               "sa structure est protégée : aucune feuille ne peut y être ajoutée")  # fmt: skip
PASSWORD = Label("it is protected by a password", "il est protégé par un mot de passe")
STRICT = Label("it was saved as “Strict Open XML”", "il a été enregistré en « Open XML strict »")
SHARED = Label("it is shared in the old manner, which keeps a log of every change",
               "il est partagé à l'ancienne manière, qui tient un journal des modifications")  # fmt: skip
ODD = Label("its file is written in an unusual way ({detail})",
            "son fichier est écrit d'une façon inhabituelle ({detail})")  # fmt: skip


class NotAddedError(Exception):
    """Sheets cannot be added to a workbook; ``reason`` says why, as the end of a sentence."""

    def __init__(self, reason: Label) -> None:
        self.reason = reason
        super().__init__(reason.en)


@dataclass(frozen=True)
class Host:
    """A workbook that sheets can be added to: its members, the parts that will change, and its sheets."""

    content: bytes
    members: tuple[Member, ...]
    workbook: str
    rels: str
    styles: str
    suffix: str
    """The ending that its name must have: ``.xlsm`` where it may hold macros."""
    sheets: tuple[str, ...]
    parts: dict[str, bytes] = field(repr=False)
    """The contents of the parts that will change, by their names."""

    @property
    def changed(self) -> frozenset[str]:
        """The names of the members that a copy does not keep as they are."""
        return frozenset(self.parts)

    @property
    def names(self) -> frozenset[str]:
        """The names of its members."""
        return frozenset(member.name for member in self.members)


def open_host(path: Path) -> Host:
    """Return the workbook at ``path`` ready to be added to.

    Raises NotAddedError where it is none, is protected or signed, or is written in a way that is not changed.
    """
    content = path.read_bytes()
    if not content.startswith(b"PK"):
        raise NotAddedError(NO_WORKBOOK)
    return host_of(content)


def host_of(content: bytes) -> Host:
    """Return the workbook of these bytes ready to be added to. Raises NotAddedError as ``open_host`` does."""
    try:
        return _host(content)
    except (OddArchiveError, OddPartError, KeyError) as fault:
        raise NotAddedError(ODD.fill(detail=str(fault).strip("'"))) from fault


def _host(content: bytes) -> Host:
    members = tuple(members_of(content))
    names = {member.name.lower(): member.name for member in members}
    if "content.xml" in names or TYPES.lower() not in names:
        raise NotAddedError(ODS)
    if any(member.encrypted for member in members):
        raise NotAddedError(PASSWORD)
    if any(name.startswith("_xmlsignatures/") for name in names):
        raise NotAddedError(SIGNED)
    read = PartReader(content, names)
    workbook = read.name(read.target(_ROOT, "", "officeDocument"))
    if any(name.startswith(f"{posixpath.dirname(workbook).lower()}/revisions/") for name in names):
        raise NotAddedError(SHARED)
    types = names[TYPES.lower()]
    suffix = _suffix(outline(read(types)), workbook)
    root = outline(read(workbook))
    if root.name != f"{_MAIN} workbook":
        raise NotAddedError(STRICT)
    protection = root.child("workbookProtection")
    if protection is not None and is_true(protection.attributes.get("lockStructure")):
        raise NotAddedError(LOCKED)
    rels = read.name(relationships_of(workbook))
    styles = read.name(read.target(rels, posixpath.dirname(workbook), "styles"))
    sheets = root.child("sheets")
    parts = {name: read(name) for name in (types, workbook, rels, styles)}
    shown = tuple(sheet.attributes["name"] for sheet in (sheets.children if sheets else ()))
    return Host(content, members, workbook, rels, styles, suffix, shown, parts)


class PartReader:
    """The contents of the parts of an archive."""

    def __init__(self, content: bytes, names: dict[str, str]) -> None:
        self._zip = zipfile.ZipFile(io.BytesIO(content))
        self._names = names

    def name(self, part: str) -> str:
        """Return the name by which the archive knows a part. Raises KeyError where it has none."""
        return self._names[part.lower()]

    def __call__(self, part: str) -> bytes:
        """Return the contents of a part. Raises OddPartError, OddArchiveError or KeyError."""
        name = self.name(part)
        if self._zip.getinfo(name).file_size > _LARGEST:
            raise OddPartError(name)
        try:
            return self._zip.read(name)
        except (zipfile.BadZipFile, zlib.error, NotImplementedError, EOFError, RuntimeError, OSError) as fault:
            raise OddArchiveError(name) from fault

    def target(self, rels: str, folder: str, kind: str) -> str:
        """Return the part that a part leans on for ``kind``."""
        for link in outline(self(rels)).children:
            if link.attributes.get("Type", "").rpartition("/")[2] == kind:
                way = posixpath.join("/", folder, link.attributes["Target"])
                return posixpath.normpath(way).lstrip("/")
        raise OddPartError(kind)


def _suffix(types: Element, workbook: str) -> str:
    kinds = {t.attributes.get("PartName", "").lower(): t.attributes.get("ContentType", "") for t in types.children}
    usual = {t.attributes.get("Extension", "").lower(): t.attributes.get("ContentType", "") for t in types.children}
    kind = kinds.get(f"/{workbook.lower()}") or usual.get("xml", "")
    return _SUFFIXES[kind.lower()]


def escaped(text: str) -> str:
    """Return ``text`` as it stands in an attribute."""
    for sign, entity in (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"), ('"', "&quot;")):
        text = text.replace(sign, entity)
    return text
