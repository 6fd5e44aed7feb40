"""Sheets added to a copy of a workbook whose every other part stays as it is, byte for byte.

Only the parts that list what there is are changed, by putting in what is new: the types of the parts, the sheets and
names of the workbook, its relationships, and its styles, behind those that were there.
"""

from __future__ import annotations

import io
import posixpath
import zipfile
import zlib
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path

from filiere.language import Label
from filiere.workbook.graft.sheets import Guest, escaped
from filiere.workbook.graft.styles import merged_styles
from filiere.workbook.parts.package import Member, OddArchiveError, joined, members_of, packed
from filiere.workbook.parts.splice import Element, OddPartError, Splices, outline
from filiere.workbook.read.xlsx_parts import is_true, relationships_of

_TYPES, _ROOT = "[Content_Types].xml", "_rels/.rels"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_SUFFIXES = {
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml": ".xlsx",
    "application/vnd.ms-excel.sheet.macroenabled.main+xml": ".xlsm",
}
_LARGEST = 64_000_000
"""Bytes of a list of parts, sheets or styles beyond which it is not changed."""
_LAST_ID = 65_000
"""A sheet with a larger number than this leaves too few behind it: Excel takes 65 534 at most."""
_BEFORE_NAMES = ("sheets", "functionGroups", "externalReferences")

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
    if "content.xml" in names or _TYPES.lower() not in names:
        raise NotAddedError(ODS)
    if any(member.encrypted for member in members):
        raise NotAddedError(PASSWORD)
    if any(name.startswith("_xmlsignatures/") for name in names):
        raise NotAddedError(SIGNED)
    read = PartReader(content, names)
    workbook = read.name(read.target(_ROOT, "", "officeDocument"))
    if any(name.startswith(f"{posixpath.dirname(workbook).lower()}/revisions/") for name in names):
        raise NotAddedError(SHARED)
    types = names[_TYPES.lower()]
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


def graft(host: Host, guest: bytes) -> bytes:
    """Return a copy of ``host`` with the sheets of ``guest``, a workbook written by xlsxwriter, behind its own.

    No sheet of the guest may have the name of one of the host. Raises NotAddedError.
    """
    with zipfile.ZipFile(io.BytesIO(guest)) as archive:
        given = Guest({name: archive.read(name) for name in archive.namelist()})
    types = next(name for name in host.parts if name.lower() == _TYPES.lower())
    try:
        styles, shift = merged_styles(host.parts[host.styles], given.parts["xl/styles.xml"])
        parts, names = given.moved({member.name.lower() for member in host.members}, shift)
        links = _numbers(host, [names[part] for _, part in given.sheets()])
        changed = {
            types: _types(host.parts[types], given, names),
            host.workbook: _workbook(host.parts[host.workbook], given, list(links)),
            host.rels: _relationships(host.parts[host.rels], links),
            host.styles: styles,
        }
    except (OddPartError, KeyError, ValueError) as fault:  # the latter: an attribute that is absent, or no number
        raise NotAddedError(ODD.fill(detail=str(fault).strip("'"))) from fault
    new = {member.name: member for member in packed(changed)}
    return joined([*(new.get(member.name, member) for member in host.members), *packed(parts)])


def _numbers(host: Host, sheets: list[str]) -> dict[str, str]:
    """Return the part of each added sheet by the number of its relationship."""
    taken = {link.attributes.get("Id", "") for link in outline(host.parts[host.rels]).children}
    numbers = (f"rId{number}" for number in range(1, len(taken) + len(sheets) + 1))
    return dict(zip((number for number in numbers if number not in taken), sheets, strict=False))


def _types(part: bytes, given: Guest, names: dict[str, str]) -> bytes:
    root, splices = outline(part), Splices(part)
    for old, new in names.items():
        kind = escaped(given.content_type(old))
        splices.append(root, f'<{root.prefix}Override PartName="/{escaped(new)}" ContentType="{kind}"/>')
    return splices.made()


def _relationships(part: bytes, links: dict[str, str]) -> bytes:
    root, splices = outline(part), Splices(part)
    for number, target in links.items():
        splices.append(
            root, f'<{root.prefix}Relationship Id="{number}" Type="{_OFFICE}/worksheet" Target="/{escaped(target)}"/>'
        )
    return splices.made()


def _workbook(part: bytes, given: Guest, links: list[str]) -> bytes:
    """Return the workbook part with the added sheets behind the others, and their names behind the others."""
    root, splices = outline(part), Splices(part)
    sheets = root.child("sheets")
    if sheets is None or not sheets.children or any(sheet.local != "sheet" for sheet in sheets.children):
        raise OddPartError("sheets")
    taken = {int(sheet.attributes["sheetId"]) for sheet in sheets.children}
    last = max(taken)
    free = (number for number in count(last + 1 if last < _LAST_ID else 1) if number not in taken)
    for number, (name, _), link in zip(free, given.sheets(), links, strict=False):
        splices.append(
            sheets, f'<{root.prefix}sheet xmlns:r="{_OFFICE}" name="{name}" sheetId="{number}" r:id="{link}"/>'
        )
    before, tag = len(sheets.children), f"{root.prefix}definedName"
    names = "".join(
        f'<{tag} localSheetId="{before + sheet}" {attributes}>{text}</{tag}>'
        for sheet, attributes, text in given.defined_names()
    )
    section = root.child("definedNames")
    if names and section is not None:
        splices.append(section, names)
    elif names:
        place = max(child.end for child in root.children if child.local in _BEFORE_NAMES)
        splices.replace(place, place, f"<{tag}s>{names}</{tag}s>")
    return splices.made()
