"""The looks of the cells that a round of answers changed: as before, on a colour that says so."""

from __future__ import annotations

import re

from filiere.palette import CHANGED_CELL, opaque
from filiere.workbook.parts.splice import Element, OddPartError, Splices, outline, section_of

_CHANGED = opaque(CHANGED_CELL)
_FILL = re.compile(rb"""\s(?:fillId|applyFill)\s*=\s*("[^"]*"|'[^']*')""")


def uncoloured(styles: bytes) -> bytes:
    """Return the styles where no cell is marked as changed any more: each has the look that it had before.

    That is the look that says the same but for its fill; where there is none, one without a fill.
    """
    root, splices = outline(styles), Splices(styles)
    ours = _ours(styles, root)
    looks = section_of(root, "cellXfs").children
    others = {
        _but_fill(styles, look): look.attributes.get("fillId", "0")
        for look in reversed(looks)
        if look.attributes.get("fillId", "0") not in ours
    }
    for look in looks:
        if look.attributes.get("fillId") in ours:
            splices.attribute(look, "fillId", others.get(_but_fill(styles, look), "0"))
    return splices.made()


def _ours(styles: bytes, root: Element) -> set[str]:
    return {
        str(number)
        for number, fill in enumerate(section_of(root, "fills").children)
        if f'"{_CHANGED}"'.lower().encode() in styles[fill.start : fill.end].lower()
    }


def _but_fill(styles: bytes, look: Element) -> bytes:
    return b" ".join(sorted(_FILL.sub(b"", styles[look.start : look.end]).replace(b"/>", b" ").split()))


class Painter:
    """Adds to styles the looks that are asked for, behind those that are there."""

    def __init__(self, styles: bytes) -> None:
        self._styles = styles
        root = outline(styles)
        self._fills, self._looks = section_of(root, "fills"), section_of(root, "cellXfs")
        self._made: dict[int, int] = {}
        self._new: list[bytes] = []

    def __call__(self, look: int) -> int:
        """Return the number of the look like ``look`` that says that a cell was changed. Raises OddPartError."""
        if look not in self._made:
            if look >= len(self._looks.children):
                raise OddPartError("cellXfs")
            element = self._looks.children[look]
            raw = self._styles[element.start : element.end]
            tag, rest = raw[: element.inside - element.start], raw[element.inside - element.start :]
            end = 1 + len((element.prefix + element.local).encode())
            tag = _FILL.sub(b"", tag)
            tag = tag[:end] + b' fillId="%d" applyFill="1"' % len(self._fills.children) + tag[end:]
            self._made[look] = len(self._looks.children) + len(self._new)
            self._new.append(tag + rest)
        return self._made[look]

    def made(self) -> bytes:
        """Return the styles with the new looks."""
        if not self._new:
            return self._styles
        splices, prefix = Splices(self._styles), self._fills.prefix
        fill = (
            f'<{prefix}fill><{prefix}patternFill patternType="solid"><{prefix}fgColor rgb="{_CHANGED}"/>'
            f'<{prefix}bgColor indexed="64"/></{prefix}patternFill></{prefix}fill>'
        ).encode()
        for section, new in ((self._fills, [fill]), (self._looks, self._new)):
            splices.attribute(section, "count", str(len(section.children) + len(new)))
            splices.append(section, b"".join(new).decode())
        return splices.made()
