"""The parts of a workbook in a copy that changes, adds or leaves out some and keeps the others as they are packed."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from dataclasses import dataclass

from filiere.workbook.parts.host import Host, PartReader, escaped
from filiere.workbook.parts.package import joined, packed
from filiere.workbook.parts.splice import Element, OddPartError, Splices, outline
from filiere.workbook.read.xlsx_parts import relationships_of

_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_TYPES = "[content_types].xml"


@dataclass(frozen=True, slots=True)
class Link:
    """One relationship inside the workbook: its number, the last word of its type, and the part it leads to."""

    number: str
    kind: str
    part: str
    element: Element


class Parts:
    """What a copy of ``host`` will hold. Reading and changing parts raises OddPartError or KeyError."""

    def __init__(self, host: Host) -> None:
        self.host = host
        self._names = {member.name.lower(): member.name for member in host.members}
        self._read = PartReader(host.content, self._names)
        self._changed: dict[str, bytes] = {}
        self._dropped: set[str] = set()

    def names(self) -> set[str]:
        """Return the names of all parts, in small letters."""
        return (self._names.keys() - {name.lower() for name in self._dropped}) | {n.lower() for n in self._changed}

    def read(self, part: str) -> bytes:
        """Return a part as it is by now."""
        name = self._names.get(part.lower(), part)
        return self._changed[name] if name in self._changed else self._read(name)

    def write(self, part: str, content: bytes) -> None:
        """Change a part, or add one."""
        self._changed[self._names.get(part.lower(), part)] = content

    def drop(self, part: str) -> None:
        """Leave out a part, its relationships and what kind it is."""
        for name in (part, relationships_of(part)):
            known = self._names.get(name.lower())
            if known is not None:
                self._dropped.add(known)
                self._changed.pop(known, None)
        types = self.read(_TYPES)
        splices = Splices(types)
        for kind in outline(types).children:
            if kind.attributes.get("PartName", "").lower() == f"/{part.lower()}":
                splices.replace(kind.start, kind.end, "")
        self.write(_TYPES, splices.made())

    def links(self, part: str) -> Iterator[Link]:
        """Yield what a part leans on inside the workbook."""
        rels = relationships_of(part)
        if rels.lower() not in self.names():
            return
        for link in outline(self.read(rels)).children:
            if link.attributes.get("TargetMode", "").lower() == "external":
                continue
            way = posixpath.join("/", posixpath.dirname(part), link.attributes.get("Target", ""))
            kind = link.attributes.get("Type", "").rpartition("/")[2]
            yield Link(link.attributes.get("Id", ""), kind, posixpath.normpath(way).lstrip("/"), link)

    def unlink(self, part: str, link: Link) -> None:
        """Take out a relationship."""
        splices = Splices(self.read(relationships_of(part)))
        splices.replace(link.element.start, link.element.end, "")
        self.write(relationships_of(part), splices.made())

    def link(self, part: str, kind: str, target: str) -> str:
        """Make ``part`` lean on ``target`` and return the number of the new relationship."""
        rels = relationships_of(part)
        if rels.lower() not in self.names():
            self.write(rels, f'<Relationships xmlns="{_PACKAGE}"></Relationships>'.encode())
        content = self.read(rels)
        root, splices = outline(content), Splices(content)
        taken = {link.attributes.get("Id", "") for link in root.children}
        number = next(n for n in (f"rId{turn}" for turn in range(1, len(taken) + 2)) if n not in taken)
        where = f'Id="{number}" Type="{_OFFICE}/{kind}" Target="/{escaped(target)}"'
        splices.append(root, f"<{root.prefix}Relationship {where}/>")
        self.write(rels, splices.made())
        return number

    def declare(self, part: str, content_type: str) -> None:
        """Say what kind a new part is."""
        types = self.read(_TYPES)
        root, splices = outline(types), Splices(types)
        where = f'PartName="/{escaped(part)}" ContentType="{escaped(content_type)}"'
        splices.append(root, f"<{root.prefix}Override {where}/>")
        self.write(_TYPES, splices.made())

    def add(self, stem: str, ending: str, content: bytes, content_type: str) -> str:
        """Add a part under a free name, and return the name."""
        taken, number = self.names(), 1
        while f"{stem}{number}.{ending}".lower() in taken:
            number += 1
        name = f"{stem}{number}.{ending}"
        self.write(name, content)
        self.declare(name, content_type)
        return name

    def made(self) -> bytes:
        """Return the copy."""
        there = {member.name for member in self.host.members}
        new = {member.name: member for member in packed(self._changed)}
        kept = [new.get(m.name, m) for m in self.host.members if m.name not in self._dropped]
        return joined([*kept, *(member for name, member in new.items() if name not in there)])


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet of a workbook: its name, its place from 0, its part, and its element in the workbook part."""

    name: str
    place: int
    link: Link
    element: Element

    @property
    def tabular(self) -> bool:
        """Whether it has cells."""
        return self.link.kind == "worksheet"


def sheets_of(parts: Parts) -> list[Sheet]:
    """Return the sheets of a workbook in their order. Raises OddPartError."""
    workbook = parts.host.workbook
    links = {link.number: link for link in parts.links(workbook)}
    section = outline(parts.read(workbook)).child("sheets")
    if section is None or not section.children or any(child.local != "sheet" for child in section.children):
        raise OddPartError("sheets")
    found = []
    for place, element in enumerate(section.children):
        number = next((value for key, value in element.attributes.items() if key.endswith("relationships id")), "")
        found.append(Sheet(element.attributes["name"], place, links[number], element))
    return found
