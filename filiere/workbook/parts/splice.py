"""Changing a part of a workbook without rewriting it: where its elements lie, and texts put in at such places.

A part that is parsed and written again loses its prefixes, its order of attributes or what it does not declare, and
Excel then calls it damaged. So everything that is not added stays as it is, byte for byte.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from xml.parsers import expat

_TAG = re.compile(rb"""<([^\s/>"']+)(?:[^"'>]|"[^"]*"|'[^']*')*>""")
_UNICODE = ("utf-8", "us-ascii", "")


class OddPartError(Exception):
    """A part is written in a way that is not changed: another encoding, declarations, damage."""


@dataclass(slots=True)
class Element:
    """One element: its name (``namespace local``), its attributes, and where it lies in the bytes of its part."""

    name: str
    attributes: dict[str, str]
    start: int
    inside: int
    """Just after its opening tag."""
    prefix: str
    """The prefix of its tag, with the colon."""
    closing: int = 0
    """Just before its closing tag; its end where it has none."""
    end: int = 0
    children: list[Element] = field(default_factory=list)

    @property
    def local(self) -> str:
        """The name without its namespace."""
        return self.name.rpartition(" ")[2]

    @property
    def alone(self) -> bool:
        """Whether it is one tag, ``<a/>``."""
        return self.inside == self.end

    def child(self, local: str) -> Element | None:
        """Return the first child of a name."""
        return next((child for child in self.children if child.local == local), None)


def outline(part: bytes, depth: int = 3, keep: Callable[[Element], bool] = lambda _: True) -> Element:
    """Return the root of a part, with the elements down to ``depth`` levels. Raises OddPartError.

    What ``keep`` refuses, asked as each element opens, is left out with all that is below it.
    """
    parser = expat.ParserCreate(namespace_separator=" ")
    open_: list[Element] = []
    roots: list[Element] = []

    def start(name: str, attributes: dict[str, str]) -> None:
        at = parser.CurrentByteIndex
        tag = _TAG.match(part, at) if len(open_) < depth else None
        prefix = tag[1].decode().rpartition(":") if tag else ("", "", "")
        element = Element(name, attributes, at, tag.end() if tag else at, prefix[0] + prefix[1])
        if len(open_) < depth and (not open_ or keep(element)):
            (open_[-1].children if open_ else roots).append(element)
        open_.append(element)

    def end(_: str) -> None:
        element = open_.pop()
        if len(open_) >= depth:
            return
        alone = part[element.inside - 2 : element.inside] == b"/>"
        element.closing = element.inside if alone else parser.CurrentByteIndex
        element.end = element.inside if alone else part.index(b">", element.closing) + 1

    def refuse(*_: object) -> None:
        raise OddPartError("declarations")

    def check(_version: str, encoding: str | None, _standalone: int) -> None:
        if (encoding or "").lower() not in _UNICODE:
            raise OddPartError(f"encoding {encoding}")

    parser.StartElementHandler, parser.EndElementHandler = start, end
    parser.StartDoctypeDeclHandler, parser.EntityDeclHandler = refuse, refuse
    parser.XmlDeclHandler = check
    if part[:2] in (b"\xff\xfe", b"\xfe\xff"):
        raise OddPartError("encoding utf-16")
    try:
        parser.Parse(part, True)
    except expat.ExpatError as fault:
        raise OddPartError(str(fault)) from fault
    return roots[0]


def section_of(root: Element, name: str) -> Element:
    """Return the one of an element's children that has a name. Raises OddPartError where it is missing or empty."""
    found = root.child(name)
    if found is None or found.alone:
        raise OddPartError(name)
    return found


class Splices:
    """Changes to one part, told in any order and made at once."""

    def __init__(self, part: bytes) -> None:
        self.part = part
        self._changes: list[tuple[int, int, int, bytes]] = []

    def replace(self, start: int, end: int, text: str) -> None:
        """Put ``text`` in the place of some bytes; texts for one place come in the order they are told."""
        self._changes.append((start, end, len(self._changes), text.encode()))

    def append(self, parent: Element, text: str) -> None:
        """Put ``text`` behind the last child of an element."""
        if not parent.alone:
            self.replace(parent.closing, parent.closing, text)
            return
        tag = self.part[parent.start : parent.end - 2].decode()
        name = parent.prefix + parent.local
        self.replace(parent.start, parent.end, f"{tag.rstrip()}>{text}</{name}>")

    def attribute(self, element: Element, name: str, value: str) -> None:
        """Give a new value to an attribute that has one; an absent one stays so."""
        tag = self.part[element.start : element.inside]
        found = re.search(rb"\s" + name.encode() + rb"""\s*=\s*("[^"]*"|'[^']*')""", tag)
        if found:
            self.replace(element.start + found.start(1), element.start + found.end(1), f'"{value}"')

    def set(self, element: Element, name: str, value: str) -> None:
        """Give an attribute without a prefix a value, whether it has one or not."""
        if name in element.attributes:
            self.attribute(element, name, value)
        else:
            place = element.start + 1 + len((element.prefix + element.local).encode())
            self.replace(place, place, f' {name}="{value}"')

    def made(self) -> bytes:
        """Return the part with the changes."""
        pieces, place = [], 0
        for start, end, _, text in sorted(self._changes):
            pieces += [self.part[place:start], text]
            place = max(place, end)
        return b"".join([*pieces, self.part[place:]])
