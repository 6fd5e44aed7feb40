"""The sheets that one workbook gives to another: their parts under free names, their looks and texts made to fit."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from filiere.workbook.graft.styles import Shift
from filiere.workbook.parts.host import escaped
from filiere.workbook.parts.splice import Element, OddPartError, Splices, outline
from filiere.workbook.read.xlsx_parts import relationships_of

_STYLED = re.compile(rb'(<(?:c|row) [^>]*?\bs="|<col [^>]*?\bstyle=")(\d+)(?=")')
_CONDITION = re.compile(rb'(<cfRule [^>]*?\bdxfId=")(\d+)(?=")')
_SHARED = re.compile(rb'(<c r="[A-Z]+\d+"(?: s="\d+")? t=")s"><v>(\d+)</v></c>')
_SELECTED = b' tabSelected="1"'


@dataclass(frozen=True, slots=True)
class Guest:
    """A workbook written by xlsxwriter whose sheets are given away: the contents of its parts by their names."""

    parts: Mapping[str, bytes]

    def sheets(self) -> list[tuple[str, str]]:
        """Return the name and the part of each sheet, in order; the name as it stands in the XML."""
        part = self.parts["xl/workbook.xml"]
        links = {i: target for i, target, _ in self._links("xl/workbook.xml")}
        sheets = outline(part).child("sheets")
        return [(escaped(s.attributes["name"]), links[_relationship(s)]) for s in sheets.children] if sheets else []

    def defined_names(self) -> Iterator[tuple[int, str, str]]:
        """Yield the sheet, the other attributes and the text of each defined name, as they stand in the XML."""
        part = self.parts["xl/workbook.xml"]
        section = outline(part).child("definedNames")
        for name in section.children if section else ():
            sheet = name.attributes.get("localSheetId")
            if sheet is None:
                raise OddPartError("definedNames")
            others = {key: value for key, value in name.attributes.items() if key != "localSheetId"}
            written = " ".join(f'{key}="{escaped(value)}"' for key, value in others.items())
            yield int(sheet), written, part[name.inside : name.closing].decode()

    def content_type(self, part: str) -> str:
        """Return what kind of part one is."""
        types = outline(self.parts["[Content_Types].xml"]).children
        own = {t.attributes["PartName"]: t for t in types if t.local == "Override"}
        usual = {t.attributes["Extension"]: t for t in types if t.local == "Default"}
        found = own.get(f"/{part}") or usual[part.rpartition(".")[2]]
        return found.attributes["ContentType"]

    def reached(self, part: str) -> Iterator[str]:
        """Yield a part and all that it leans on."""
        yield part
        for _, target, _ in self._links(part):
            yield from self.reached(target)

    def _links(self, part: str) -> Iterator[tuple[str, str, Element]]:
        """Yield the number and the part of each relationship inside the workbook."""
        rels = self.parts.get(relationships_of(part))
        for link in outline(rels).children if rels else ():
            if link.attributes.get("TargetMode") != "External":
                target = posixpath.join("/", posixpath.dirname(part), link.attributes["Target"])
                yield link.attributes["Id"], posixpath.normpath(target).lstrip("/"), link

    def moved(self, taken: set[str], shift: Shift) -> tuple[dict[str, bytes], dict[str, str]]:
        """Return the parts of all sheets under names that are not ``taken``, and each new name by the old one."""
        texts = self._texts()
        names: dict[str, str] = {}
        for _, sheet in self.sheets():
            for part in self.reached(sheet):
                names.setdefault(part, _free(part, taken | {name.lower() for name in names.values()}))
        parts: dict[str, bytes] = {}
        for old, new in names.items():
            content = self.parts[old]
            parts[new] = _fitted(content, texts, shift) if old.startswith("xl/worksheets/") else content
            rels = self.parts.get(relationships_of(old))
            if rels is not None:
                splices = Splices(rels)
                for _, target, link in self._links(old):
                    splices.attribute(link, "Target", f"/{names[target]}")
                parts[relationships_of(new)] = splices.made()
        return parts, names

    def _texts(self) -> list[bytes]:
        part = self.parts.get("xl/sharedStrings.xml")
        return [part[text.inside : text.closing] for text in outline(part, 2).children] if part else []


def _relationship(sheet: Element) -> str:
    return next(value for key, value in sheet.attributes.items() if key.endswith("relationships id"))


def _free(part: str, taken: set[str]) -> str:
    stem, dot, ending = part.rpartition(".")
    stem = stem.rstrip("0123456789")
    number = 1
    while f"{stem}{number}{dot}{ending}".lower() in taken:
        number += 1
    return f"{stem}{number}{dot}{ending}"


def _fitted(sheet: bytes, texts: list[bytes], shift: Shift) -> bytes:
    """Return a worksheet whose cells hold their texts themselves, are styled as the host counts, and wait unselected.

    Two sheets that are selected together would both take what is typed into one.
    """
    sheet = sheet.replace(_SELECTED, b"", 1)
    sheet = _STYLED.sub(lambda m: m[1] + b"%d" % (int(m[2]) + shift.cell), sheet)
    sheet = _CONDITION.sub(lambda m: m[1] + b"%d" % (int(m[2]) + shift.condition), sheet)
    return _SHARED.sub(lambda m: m[1] + b'inlineStr"><is>' + texts[int(m[2])] + b"</is></c>", sheet)
