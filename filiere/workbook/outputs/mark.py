"""The mark by which a run knows the results of an earlier run of its own, that nobody has touched since.

It says which run made the file (the path of what was read and the command, as a digest: neither can be read from it)
and the digest of all the rest of the file. A person who saves the file changes the rest, whatever program keeps the
mark: the file is theirs then.
"""

from __future__ import annotations

import hashlib
import io
import os
import re
import struct
import zipfile
import zlib
from collections.abc import Iterable, Sequence
from pathlib import Path

from filiere.workbook.parts.package import Member, OddArchiveError, joined, members_of, packed

_PART, _TYPES, _ROOT = "docProps/custom.xml", "[Content_Types].xml", "_rels/.rels"
_KIND = "application/vnd.openxmlformats-officedocument.custom-properties+xml"
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/custom-properties"
_PROPERTIES = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties" '
    'xmlns:vt="http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes">'
    '<property fmtid="{{D5CDD505-2E9C-101B-9397-08002B2CF9AE}}" pid="2" name="filiere">'
    "<vt:lpwstr>{mark}</vt:lpwstr></property></Properties>"
)
_MARK = re.compile(rb"run ([0-9a-f]{64}) digest ([0-9a-f]{64})")
_COMMENT = re.compile(rb"\n<!-- filiere run [0-9a-f]{64} digest [0-9a-f]{64} -->\n\Z")
_CHUNK = re.compile(rb"....tEXtfiliere\x00run [0-9a-f]{64} digest [0-9a-f]{64}....", re.DOTALL)
_LARGEST = 500_000_000
"""Bytes beyond which a file is taken for somebody else's rather than read."""


def run_of(inputs: Iterable[Path], command: Sequence[str]) -> str:
    """Return what stands for a run in its marks: what it reads, wherever that lies, and what it does with it."""
    words = [os.path.normcase(os.path.realpath(path)) for path in inputs] + ["", *command]
    return hashlib.sha256("\0".join(words).encode("utf-8", "surrogateescape")).hexdigest()


def marked(content: bytes, suffix: str, run: str) -> bytes:
    """Return a file with the mark of a run in it; kinds that have no place for one are left as they are."""
    mark = _MARKS.get(suffix.lower())
    return content if mark is None else mark(content, run)


def is_own(path: Path, run: str) -> bool:
    """Whether a file was written by the same run as this one, and no byte of it has changed since."""
    try:
        if path.suffix.lower() not in _MARKS or path.stat().st_size > _LARGEST:
            return False
        content = path.read_bytes()
        rest, mark = _WITHOUT[path.suffix.lower()](content)
    except (OSError, OddArchiveError, zipfile.BadZipFile, KeyError, zlib.error, struct.error):
        return False
    found = _MARK.search(mark)
    return found is not None and found[1].decode() == run and found[2].decode() == rest


def _mark(run: str, digest: str) -> str:
    return f"run {run} digest {digest}"


def _book(content: bytes, run: str) -> bytes:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        types, root = archive.read(_TYPES).decode(), archive.read(_ROOT).decode()
    declared = f'<Override PartName="/{_PART}" ContentType="{_KIND}"/></Types>'
    related = f'<Relationship Id="rIdFiliere" Type="{_RELATION}" Target="{_PART}"/></Relationships>'
    changed = packed({
        _TYPES: types.replace("</Types>", declared).encode(),
        _ROOT: root.replace("</Relationships>", related).encode(),
    })  # fmt: skip
    new = {member.name: member for member in changed}
    members = [new.get(member.name, member) for member in members_of(content)]
    properties = _PROPERTIES.format(mark=_mark(run, _digest(members)))
    return joined([*members, *packed({_PART: properties.encode()})])


def _digest(members: Iterable[Member]) -> str:
    digest = hashlib.sha256()
    for member in sorted(members, key=lambda member: member.name):
        digest.update(member.name.encode() + b"\0" + member.local)
    return digest.hexdigest()


def _without_property(content: bytes) -> tuple[str, bytes]:
    members = members_of(content)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return _digest(member for member in members if member.name != _PART), archive.read(_PART)


def _text(content: bytes, run: str) -> bytes:
    return content + f"\n<!-- filiere {_mark(run, hashlib.sha256(content).hexdigest())} -->\n".encode()


def _without_comment(content: bytes) -> tuple[str, bytes]:
    found = _COMMENT.search(content, max(0, len(content) - 400))
    rest = content[: found.start()] if found else content
    return hashlib.sha256(rest).hexdigest(), found[0] if found else b""


def _picture(content: bytes, run: str) -> bytes:
    said = b"tEXt" + b"filiere\0" + _mark(run, hashlib.sha256(content).hexdigest()).encode()
    chunk = struct.pack(">I", len(said) - 4) + said + struct.pack(">I", zlib.crc32(said))
    return content[:-12] + chunk + content[-12:]  # before the last, IEND


def _without_chunk(content: bytes) -> tuple[str, bytes]:
    found = _CHUNK.search(content, max(0, len(content) - 400))
    rest = content[: found.start()] + content[found.end() :] if found else content
    return hashlib.sha256(rest).hexdigest(), found[0] if found else b""


_MARKS = {".xlsx": _book, ".html": _text, ".svg": _text, ".png": _picture}
_WITHOUT = {
    ".xlsx": _without_property, ".html": _without_comment, ".svg": _without_comment, ".png": _without_chunk,
}  # fmt: skip
