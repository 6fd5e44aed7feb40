"""The looks of an annotated copy: each look of a coloured cell once more, with the colour of a severity."""

from __future__ import annotations

import re

from filiere.palette import CELL_INK, OUTSIDE, WARNED_CELL, opaque
from filiere.problems import Severity
from filiere.workbook.parts.splice import Element, OddPartError, Splices, outline, section_of

# Orange (of Okabe and Ito's palette) and pale yellow: apart for every eye and in grey print, and both under black text.
COLOURS = {Severity.ERROR: opaque(OUTSIDE), Severity.WARNING: opaque(WARNED_CELL)}
_INK = opaque(CELL_INK)
_COLOUR = re.compile(rb"<((?:\w+:)?)color\b[^>]*?(?:/>|>\s*</\1color>)")


def uncoloured(styles: bytes) -> bytes:
    """Return the styles where no cell has a colour of ours any more: those of an earlier copy are forgotten."""
    root, splices = outline(styles), Splices(styles)
    marks = [f'"{colour}"'.lower().encode() for colour in COLOURS.values()]
    ours = {
        str(number)
        for number, fill in enumerate(section_of(root, "fills").children)
        if b'"solid"' in (raw := styles[fill.start : fill.end]) and any(mark in raw.lower() for mark in marks)
    }
    for look in section_of(root, "cellXfs").children:
        if look.attributes.get("fillId") in ours:
            splices.attribute(look, "fillId", "0")
    return splices.made()


class Painter:
    """Adds to styles the looks that are asked for, behind those that are there."""

    def __init__(self, styles: bytes) -> None:
        self._styles = styles
        root = outline(styles)
        self._fonts, self._fills = section_of(root, "fonts"), section_of(root, "fills")
        self._looks = section_of(root, "cellXfs")
        self._made: dict[tuple[int, Severity], int] = {}
        self._new_fonts: list[bytes] = []
        self._font_of: dict[int, int] = {}
        self._new_looks: list[bytes] = []

    def __call__(self, look: int, severity: Severity) -> int:
        """Return the number of the look like ``look`` that shows ``severity``. Raises OddPartError."""
        key = look, severity
        if key not in self._made:
            if look >= len(self._looks.children):
                raise OddPartError("cellXfs")
            self._made[key] = len(self._looks.children) + len(self._new_looks)
            self._new_looks.append(self._painted(self._looks.children[look], severity))
        return self._made[key]

    def _painted(self, look: Element, severity: Severity) -> bytes:
        raw = self._styles[look.start : look.end]
        tag, rest = raw[: look.inside - look.start], raw[look.inside - look.start :]
        fill = len(self._fills.children) + list(COLOURS).index(severity)
        font = self._font(int(look.attributes.get("fontId", "0")))
        new = {b"fontId": font, b"fillId": fill, b"applyFont": 1, b"applyFill": 1}
        for name in new:
            tag = re.sub(rb"\s" + name + rb"""\s*=\s*("[^"]*"|'[^']*')""", b"", tag)
        name_end = 1 + len((look.prefix + look.local).encode())
        given = b"".join(b' %s="%d"' % pair for pair in new.items())
        tag = tag[:name_end] + given + tag[name_end:]
        return tag + rest

    def _font(self, number: int) -> int:
        """Return the number of the same font in black."""
        if number not in self._font_of:
            font = self._fonts.children[number] if number < len(self._fonts.children) else None
            if font is None:
                raise OddPartError("fonts")
            raw = self._styles[font.start : font.end]
            black, found = _COLOUR.subn(rb'<\1color rgb="%s"/>' % _INK.encode(), raw)
            self._font_of[number] = len(self._fonts.children) + len(self._new_fonts) if found else number
            if found:
                self._new_fonts.append(black)
        return self._font_of[number]

    def made(self) -> bytes:
        """Return the styles with the looks behind those that were there."""
        splices, prefix = Splices(self._styles), self._fills.prefix
        fills = [
            f'<{prefix}fill><{prefix}patternFill patternType="solid"><{prefix}fgColor rgb="{colour}"/>'
            f'<{prefix}bgColor indexed="64"/></{prefix}patternFill></{prefix}fill>'.encode()
            for colour in COLOURS.values()
        ]
        for section, new in ((self._fonts, self._new_fonts), (self._fills, fills), (self._looks, self._new_looks)):
            if self._new_looks and new:
                splices.attribute(section, "count", str(len(section.children) + len(new)))
                splices.append(section, b"".join(new).decode())
        return splices.made()
