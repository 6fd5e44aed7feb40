"""XML read without trust: no document type, no entity, no file beside it, bounded in size and depth."""

from __future__ import annotations

from dataclasses import dataclass, field
from xml.parsers import expat

from filiere.problems import Problem, WorkbookError
from filiere.problems import invoicing as codes

MOST_BYTES = 30_000_000
_MOST_ELEMENTS = 600_000
_MOST_DEPTH = 60
_MOST_TEXT = 10_000
"""Longer texts are documents put inside the invoice: cut, they are never looked at."""
_SPACE = b" \t\r\n"
_MARKS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")


@dataclass
class Node:
    """One element: its name and namespace, attributes, text and children."""

    name: str
    namespace: str
    attributes: dict[str, str]
    text: str = ""
    children: list[Node] = field(default_factory=list)

    def all(self, *path: str) -> list[Node]:
        """Return every element at ``path``, one name a step."""
        found = [self]
        for name in path:
            found = [child for one in found for child in one.children if child.name == name]
        return found

    def first(self, *path: str) -> Node | None:
        """Return the first element at ``path``."""
        found = self.all(*path)
        return found[0] if found else None

    def get(self, *path: str) -> str:
        """Return the text of the first element at ``path``, white space folded; empty where there is none."""
        found = self.first(*path)
        return " ".join(found.text.split()) if found is not None else ""


def looks_like_markup(data: bytes) -> bool:
    """Whether a file starts as XML does (a web page, which starts alike, is not meant)."""
    start = data[:400]
    for mark in _MARKS:
        start = start.removeprefix(mark)
    start = start.replace(b"\x00", b"").lstrip(_SPACE).lower()
    return start.startswith(b"<") and not start.startswith((b"<html", b"<!doctype html"))


def parse(data: bytes, file: str) -> Node:
    """Return the root element. Raises WorkbookError, with the file's name and one reason."""
    if len(data) > MOST_BYTES:
        raise WorkbookError([codes.TOO_LARGE.at(None, file=file, limit=MOST_BYTES // 1_000_000)])
    building = _Building(file)
    parser = expat.ParserCreate(namespace_separator="\n")
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = building.doctype
    parser.EntityDeclHandler = building.doctype
    parser.StartElementHandler = building.start
    parser.EndElementHandler = building.end
    parser.CharacterDataHandler = building.text
    try:
        parser.Parse(data if data.startswith(_MARKS) else data.lstrip(_SPACE), True)
    except (expat.ExpatError, ValueError, LookupError) as fault:
        line = getattr(fault, "lineno", 0) or 0
        raise WorkbookError([codes.BROKEN_XML.at(None, file=file, line=line)]) from fault
    if building.root is None:
        raise WorkbookError([codes.BROKEN_XML.at(None, file=file, line=0)])
    return building.root


class _Building:
    """Builds the tree while the parser reads."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.root: Node | None = None
        self.open: list[Node] = []
        self.count = 0

    def doctype(self, *_: object) -> None:
        raise WorkbookError([codes.DOCTYPE.at(None, file=self.file)])

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        namespace, _, name = tag.rpartition("\n")
        self.count += 1
        if self.count > _MOST_ELEMENTS or len(self.open) >= _MOST_DEPTH:
            raise WorkbookError([self._too_much()])
        plain = {key.rpartition("\n")[2]: value for key, value in attributes.items()}
        node = Node(name, namespace, plain)
        if self.open:
            self.open[-1].children.append(node)
        elif self.root is None:
            self.root = node
        self.open.append(node)

    def _too_much(self) -> Problem:
        return codes.TOO_DEEP.at(None, file=self.file)

    def end(self, _: str) -> None:
        self.open.pop()

    def text(self, text: str) -> None:
        node = self.open[-1]
        if len(node.text) < _MOST_TEXT:
            node.text += text[:_MOST_TEXT]
