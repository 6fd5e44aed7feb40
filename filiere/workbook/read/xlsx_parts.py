"""The parts of an Excel workbook that its sheets lean on: relationships, list of sheets, styles, shared strings."""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass

from filiere.problems import reading as codes
from filiere.workbook.read.bounds import Gatherer, Tally, TooMuchError
from filiere.workbook.read.formats import Kind, built_in_kind, kind_of, shown_unit

MAIN = (
    "http://schemas.openxmlformats.org/spreadsheetml/2006/main",
    "http://purl.oclc.org/ooxml/spreadsheetml/main",
)
"""The namespaces of a worksheet: Transitional and Strict (ECMA-376 parts 4 and 1)."""

_TO_PART = (
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "http://purl.oclc.org/ooxml/officeDocument/relationships",
)
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"


def local_names(*names: str) -> dict[str, str]:
    """Map the full names of worksheet elements, in either namespace, to their local names."""
    return {f"{space} {name}": name for space in MAIN for name in names}


def is_true(text: str | None) -> bool:
    """Read an XML boolean; absent is false."""
    return text is not None and text.strip().lower() in ("1", "true", "on")


# ---- relationships


@dataclass(frozen=True, slots=True)
class Relationship:
    """One reference from a part to another: the last word of its type, and the part (None outside the file)."""

    kind: str
    part: str | None


class Relationships:
    """Handler of a ``.rels`` part."""

    def __init__(self, folder: str) -> None:
        self.by_id: dict[str, Relationship] = {}
        self._folder = folder

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Keep one relationship."""
        if name == f"{_PACKAGE} Relationship":
            target = attributes.get("Target", "")
            external = attributes.get("TargetMode", "").lower() == "external"
            part = None if external else posixpath.normpath(posixpath.join("/", self._folder, target)).lstrip("/")
            kind = attributes.get("Type", "").rpartition("/")[2]
            self.by_id[attributes.get("Id", "")] = Relationship(kind, part)

    def end(self, name: str) -> None:
        """Nothing to do."""

    def text(self, piece: str) -> None:
        """Nothing to do."""

    def first(self, kind: str) -> str | None:
        """Return the part of the first relationship of ``kind``."""
        return next((r.part for r in self.by_id.values() if r.kind == kind and r.part), None)


def relationships_of(part: str) -> str:
    """Return the name of the part that holds the relationships of ``part``."""
    folder, name = posixpath.split(part)
    return posixpath.join(folder, "_rels", f"{name}.rels")


# ---- the workbook


@dataclass(frozen=True, slots=True)
class SheetEntry:
    """One sheet in the workbook's list."""

    name: str
    relationship: str
    hidden: bool


class WorkbookPart:
    """Handler of ``workbook.xml``: its sheets in order, and which system its dates follow."""

    def __init__(self, tally: Tally) -> None:
        self.sheets: list[SheetEntry] = []
        self.from_1904 = False
        self._limit = tally.bounds.sheets

    _names = local_names("sheet", "workbookPr")

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Keep one sheet, or the system of dates."""
        local = self._names.get(name)
        if local == "workbookPr":
            self.from_1904 = is_true(attributes.get("date1904"))
        elif local == "sheet":
            link = next((attributes[f"{space} id"] for space in _TO_PART if f"{space} id" in attributes), "")
            hidden = attributes.get("state", "visible") != "visible"
            self.sheets.append(SheetEntry(unescaped(attributes.get("name", "")), link, hidden))
            if len(self.sheets) > self._limit:
                raise TooMuchError(codes.TOO_MANY_SHEETS, limit=self._limit)

    def end(self, name: str) -> None:
        """Nothing to do."""

    def text(self, piece: str) -> None:
        """Nothing to do."""


# ---- styles


class Styles:
    """Handler of ``styles.xml``: what the number format of each cell style makes of a number, and which is struck."""

    def __init__(self) -> None:
        self._formats: list[int] = []
        self._codes: dict[int, str] = {}
        self._fonts: list[int] = []
        self._struck: list[bool] = []
        self._inside = ""

    _names = local_names("numFmts", "numFmt", "cellXfs", "xf", "fonts", "font", "strike")
    _lists = ("numFmts", "cellXfs", "fonts")

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Keep one number format or one cell style."""
        local = self._names.get(name)
        if local in self._lists:
            self._inside = local
        elif local == "numFmt" and self._inside == "numFmts":
            self._codes[_whole(attributes.get("numFmtId"))] = attributes.get("formatCode", "")
        elif local == "xf" and self._inside == "cellXfs":
            self._formats.append(_whole(attributes.get("numFmtId")))
            self._fonts.append(_whole(attributes.get("fontId")))
        elif local == "font" and self._inside == "fonts":
            self._struck.append(False)
        elif local == "strike" and self._inside == "fonts" and self._struck:
            self._struck[-1] = is_true(attributes.get("val", "1"))

    def end(self, name: str) -> None:
        """Leave a list."""
        if self._names.get(name) in self._lists:
            self._inside = ""

    def text(self, piece: str) -> None:
        """Nothing to do."""

    def kinds(self) -> dict[str, Kind]:
        """Return what each style that shows more than a plain number shows, by the number that cells name it with."""
        own = {number: kind_of(code) for number, code in self._codes.items()}
        kinds = ((str(i), own.get(n) or built_in_kind(n)) for i, n in enumerate(self._formats))
        return {style: kind for style, kind in kinds if kind is not Kind.NUMBER}

    def units(self) -> dict[str, str]:
        """Return the unit or currency that each style shows beside a number, by the number that cells name it with."""
        own = {number: unit for number, code in self._codes.items() if (unit := shown_unit(code))}
        return {str(i): own[n] for i, n in enumerate(self._formats) if n in own}

    def struck(self) -> frozenset[str]:
        """Return the styles whose font is struck through, by the number that cells name them with."""
        return frozenset(str(i) for i, n in enumerate(self._fonts) if n < len(self._struck) and self._struck[n])


def _whole(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 10 else 0


# ---- shared strings


class SharedStrings:
    """Handler of ``sharedStrings.xml``: the texts that cells name by their rank."""

    def __init__(self, tally: Tally) -> None:
        self.texts: list[str] = []
        self._tally = tally
        self._text = Gatherer(ESCAPED_LENGTH * tally.bounds.text_length)
        self._phonetic = False
        self._open = False

    _names = local_names("si", "t", "rPh")

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Open a text, or a phonetic run, which is no part of it."""
        local = self._names.get(name)
        if local == "t":
            self._open = not self._phonetic
        elif local == "rPh":
            self._phonetic = True

    def end(self, name: str) -> None:
        """Close a text."""
        local = self._names.get(name)
        if local == "t":
            self._open = False
        elif local == "rPh":
            self._phonetic = False
        elif local == "si":
            text = unescaped(self._text.take())
            self._tally.text(len(text))
            self.texts.append(text)
            if len(self.texts) > self._tally.bounds.cells:
                raise TooMuchError(codes.TOO_MANY_CELLS, limit=self._tally.bounds.cells)

    def text(self, piece: str) -> None:
        """Keep a piece of an open text."""
        if self._open:
            self._text.add(piece)


ESCAPED_LENGTH = len("_x000D_")
"""The most characters that one character of a text may be stored as."""

_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")


def unescaped(text: str) -> str:
    """Return ``text`` with its ``_xHHHH_`` escapes as the characters they stand for (ECMA-376 part 1, 22.9.2.19)."""
    if "_x" not in text:
        return text
    plain = _ESCAPE.sub(lambda match: chr(int(match[1], 16)), text)
    # Two escapes may be the halves of one character; a half alone is no character.
    return plain.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
