"""The notes of one sheet of an annotated copy: the part with their texts, and the drawing of their boxes.

Notes are what Excel called comments before it had threads; every program shows them. Their boxes are drawn in VML,
which is not always sound XML: it is searched for what is needed, never parsed.
"""

from __future__ import annotations

import html
import re
from collections.abc import Collection, Mapping
from itertools import count
from xml.parsers import expat

from filiere.palette import COMMENT
from filiere.problems.problem import column_letters
from filiere.workbook.annotate.list import SEVERITY
from filiere.workbook.annotate.sheet import Place, column_number
from filiere.workbook.parts.splice import Element, OddPartError, Splices, outline

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_AUTHOR = "filiere"
_BELOW = "\n\n* * *\n"  # between what somebody wrote on the cell and what is said here
_LONGEST, _LEAST = 8_000, 1_000
_ROW, _COLUMN = re.compile(rb"<x:Row>\s*(\d+)"), re.compile(rb"<x:Column>\s*(\d+)")
_SHAPE_ID = re.compile(rb'_x0000_s(\d{1,9})"')
_OURS = re.compile(
    rf"(?:{'|'.join(word for label in SEVERITY.values() for word in label)}) \[[A-Z]{{3}}\d\d\]"
    r"|Former value: |Valeur précédente\s?: "
)
"""How every note of ours begins: LibreOffice keeps no author."""
_ESCAPE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")  # what a spreadsheet would read as a sign told by its number
_KIND = b'id="_x0000_t202"'
_NEW_DRAWING = (
    b'<xml xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" '
    b'xmlns:x="urn:schemas-microsoft-com:office:excel"><o:shapelayout v:ext="edit"><o:idmap v:ext="edit" data="1"/>'
    b"</o:shapelayout></xml>"
)
_BOX_KIND = (
    '<v:shapetype id="_x0000_t202" coordsize="21600,21600" o:spt="202" path="m,l,21600r21600,l21600,xe">'
    '<v:stroke joinstyle="miter"/><v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype>'
)
_BOX = (
    '<v:shape id="_x0000_s{number}" type="#_x0000_t202" style="position:absolute;margin-left:59.25pt;margin-top:1.5pt;'
    'width:380px;height:{height}px;z-index:1;visibility:hidden" fillcolor="{paper}" o:insetmode="auto">'
    '<v:fill color2="{paper}"/><v:shadow color="black" obscured="t"/><v:path o:connecttype="none"/>'
    '<v:textbox style="mso-direction-alt:auto"><div style="text-align:left"></div></v:textbox>'
    '<x:ClientData ObjectType="Note"><x:MoveWithCells/><x:SizeWithCells/><x:AutoFill>False</x:AutoFill>'
    "<x:Row>{row}</x:Row><x:Column>{column}</x:Column></x:ClientData></v:shape>"
)


def new_notes() -> bytes:
    """Return a part of notes without any."""
    return f'<comments xmlns="{_MAIN}"><authors></authors><commentList></commentList></comments>'.encode()


def forgotten(part: bytes) -> tuple[bytes, set[Place]]:
    """Return the notes without those of an earlier copy, and the places that have none any more."""
    splices, gone = Splices(part), set[Place]()
    root = outline(part, 5)
    authored = {number for number, name in enumerate(_authors(part, root)) if name == _AUTHOR}
    for note in _section(root, "commentList").children:
        theirs, mark, _ = _text(part[note.start : note.end]).partition(_BELOW)
        added = _ours(part, note) if mark else None
        if added is not None:
            splices.replace(*added, "")
        elif mark:  # saved by a program that puts runs together
            body = f"<{note.prefix}text>{_written(note.prefix, html.escape(theirs, quote=False))}</{note.prefix}text>"
            splices.replace(note.inside, note.closing, body)
        elif int(note.attributes.get("authorId", "-1")) in authored or _OURS.match(theirs):
            splices.replace(note.start, note.end, "")
            gone.add(_place(note))
    return splices.made(), gone


def _ours(part: bytes, note: Element) -> tuple[int, int] | None:
    """Return where our runs lie in a note that somebody began: from the one that starts with the mark to the last."""
    body = note.child("text")
    runs = [run for run in body.children if run.local == "r"] if body else []
    first = next((run for run in runs if _text(part[run.start : run.end]).startswith(_BELOW)), None)
    return (first.start, runs[-1].end) if first is not None else None


def noted(part: bytes, notes: Mapping[Place, str]) -> tuple[bytes, set[Place]]:
    """Return the notes with ``notes`` added, below what somebody wrote on the cell, and the places new among them."""
    splices, left = Splices(part), dict(notes)
    root = outline(part, 5)
    listed, authors = _section(root, "commentList"), _section(root, "authors")
    for note in listed.children:
        text = left.pop(_place(note), None)
        body = note.child("text")
        if text is None:
            continue
        if body is None:
            raise OddPartError("comment")
        room = max(_LONGEST - len(_text(part[note.start : note.end])), _LEAST)
        plain = body.child("t")
        if plain is not None:  # a text without runs: it becomes the first of two
            splices.replace(plain.start, plain.start, f"<{plain.prefix}r>")
            splices.replace(plain.end, plain.end, f"</{plain.prefix}r>")
        said = f"<{body.prefix}r>{_run(body.prefix, (_BELOW + text)[:room])}</{body.prefix}r>"
        last = max((child.end for child in body.children if child.local in ("t", "r")), default=None)
        if last is None:
            splices.append(body, said)
        else:
            splices.replace(last, last, said)
    if left:
        prefix = listed.prefix
        splices.append(authors, f"<{prefix}author>{_AUTHOR}</{prefix}author>")
        number = len(authors.children)
        splices.append(listed, "".join(
            f'<{prefix}comment ref="{column_letters(column - 1)}{row}" authorId="{number}"><{prefix}text>'
            f"{_run(prefix, text[:_LONGEST])}</{prefix}text></{prefix}comment>"
            for (row, column), text in sorted(left.items())
        ))  # fmt: skip
    return splices.made(), set(left)


def _section(root: Element, name: str) -> Element:
    section = root.child(name)
    if section is None:
        raise OddPartError(name)
    return section


def _authors(part: bytes, root: Element) -> list[str]:
    return [
        html.unescape(part[author.inside : author.closing].decode()) for author in _section(root, "authors").children
    ]


def _place(note: Element) -> Place:
    match = re.fullmatch(r"\$?([A-Za-z]{1,3})\$?(\d{1,7})(?::.*)?", note.attributes.get("ref", "").strip())
    if match is None:
        raise OddPartError("comment")
    return int(match[2]), column_number(match[1])


def _run(prefix: str, text: str) -> str:
    return _written(prefix, _ESCAPE.sub("_x005F_", html.escape(text, quote=False)))


def _written(prefix: str, written: str) -> str:
    return f'<{prefix}t xml:space="preserve">{written}</{prefix}t>'


def _text(note: bytes) -> str:
    """Return what a note says, its runs put together."""
    said: list[str] = []
    open_: list[str] = []
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler = lambda name, _: open_.append(name.rpartition(":")[2])
    parser.EndElementHandler = lambda _: open_.pop()

    def text(piece: str) -> None:
        if open_ and open_[-1] == "t" and "rPh" not in open_:
            said.append(piece)

    parser.CharacterDataHandler = text
    parser.Parse(note, True)
    return "".join(said)


# ---- boxes


def boxed(drawing: bytes | None, new: Mapping[Place, str], gone: Collection[Place]) -> bytes:
    """Return the drawing with a box for each ``new`` note and none for those that are ``gone``."""
    kept = _without(drawing, gone) if drawing is not None else _NEW_DRAWING
    end = kept.rfind(b"</xml>")
    if end < 0:
        raise OddPartError("vmlDrawing")
    numbers = count(1 + max([1024, *(int(found[1]) for found in _SHAPE_ID.finditer(kept))]))
    boxes = "".join(
        _BOX.format(paper=COMMENT.lower(), number=number, height=_height(text), row=row - 1, column=column - 1)
        for number, ((row, column), text) in zip(numbers, sorted(new.items()), strict=False)
    )
    kind = _BOX_KIND if boxes and _KIND not in kept else ""
    return kept[:end] + (kind + boxes).encode() + kept[end:]


def _height(text: str) -> int:
    lines = sum(1 + len(line) // 50 for line in text[:_LONGEST].split("\n"))
    return min(60 + 18 * lines, 600)


def _without(drawing: bytes, gone: Collection[Place]) -> bytes:
    if not gone:
        return drawing
    pieces, place = [], 0
    while (start := drawing.find(b"<v:shape ", place)) >= 0:
        end = drawing.find(b"</v:shape>", start)
        if end < 0:
            break
        end += len(b"</v:shape>")
        shape = drawing[start:end]
        row, column = _ROW.search(shape), _COLUMN.search(shape)
        ours = row and column and (int(row[1]) + 1, int(column[1]) + 1) in gone
        pieces += [drawing[place:start], b"" if ours else shape]
        place = end
    return b"".join([*pieces, drawing[place:]])
