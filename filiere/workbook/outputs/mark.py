"""The mark by which a run knows the results of an earlier run of its own, that nobody has touched since.

It says which run made the file (the path of what was read and the command, as a digest: neither can be read from it)
and the digest of all the rest of the file. A person who saves the file changes the rest, whatever program keeps the
mark: the file is theirs then.
"""

from __future__ import annotations

import hashlib
import os
import re
import struct
import zipfile
import zlib
from collections.abc import Iterable, Sequence
from pathlib import Path

from filiere.workbook.outputs import mark_in_book as book
from filiere.workbook.parts.package import OddArchiveError

_MARK = re.compile(rb"run ([0-9a-f]{64}) digest ([0-9a-f]{64})")
_COMMENT = re.compile(rb"\n<!-- filiere run [0-9a-f]{64} digest [0-9a-f]{64} -->\n\Z")
_CHUNK = re.compile(rb"....tEXtfiliere\x00run [0-9a-f]{64} digest [0-9a-f]{64}....", re.DOTALL)
_FIRST = re.compile(rb"[*\\] filiere run [0-9a-f]{64} digest [0-9a-f]{64}\n")
_TABLE = ".csv"
_LARGEST = 500_000_000
"""Bytes beyond which a file is taken for somebody else's rather than read."""
_UNREADABLE = (OSError, OddArchiveError, zipfile.BadZipFile, KeyError, ValueError, zlib.error, struct.error)


def run_of(inputs: Iterable[Path], command: Sequence[str]) -> str:
    """Return what stands for a run in its marks: what it reads, wherever that lies, and what it does with it."""
    words = [os.path.normcase(os.path.realpath(path)) for path in inputs] + ["", *command]
    return hashlib.sha256("\0".join(words).encode("utf-8", "surrogateescape")).hexdigest()


def marked(content: bytes, suffix: str, run: str) -> bytes:
    """Return a file with the mark of a run in it; what has no place for one is left as it is."""
    mark = _MARKS.get(suffix.lower())
    return content if mark is None else mark(content, run)


def naming_table(programme: bytes, suffix: str, table: bytes) -> bytes:
    """Return a programme that names the table beside it by its digest: a table has no place for a mark of its own."""
    return _comment_sign(suffix) + b" filiere table " + _digest(table).encode() + b"\n" + programme


def is_own(path: Path, run: str) -> bool:
    """Whether a file was written by the same run as this one, and no byte of it has changed since."""
    suffix = path.suffix.lower()
    try:
        if not path.is_file():  # a pipe would be waited for
            return False
        if suffix == _TABLE:
            return any(_names_table(path.with_suffix(other), path, run) for other in _COMMENT_SIGNS)
        return suffix in _MARKS and _bears(_bytes(path), suffix, run)
    except _UNREADABLE:
        return False


def _names_table(programme: Path, table: Path, run: str) -> bool:
    if not programme.is_file():
        return False
    content, said = _bytes(programme), b" filiere table " + _digest(_bytes(table)).encode() + b"\n"
    return _bears(content, programme.suffix.lower(), run) and said in content[:500]


def _bears(content: bytes, suffix: str, run: str) -> bool:
    rest, mark = _WITHOUT[suffix](content)
    found = _MARK.search(mark)
    return found is not None and found[1].decode() == run and found[2].decode() == rest


def _bytes(path: Path) -> bytes:
    if path.stat().st_size > _LARGEST:
        raise ValueError(path)
    return path.read_bytes()


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _mark(run: str, digest: str) -> str:
    return f"run {run} digest {digest}"


def _book(content: bytes, run: str) -> bytes:
    try:
        return book.with_property(content, lambda digest: _mark(run, digest))
    except _UNREADABLE:  # laid out in a way that is not written into: it will be refused like anybody's
        return content


def _text(content: bytes, run: str) -> bytes:
    return content + f"\n<!-- filiere {_mark(run, _digest(content))} -->\n".encode()


def _without_comment(content: bytes) -> tuple[str, bytes]:
    found = _COMMENT.search(content, max(0, len(content) - 400))
    rest = content[: found.start()] if found else content
    return _digest(rest), found[0] if found else b""


def _comment_sign(suffix: str) -> bytes:
    return _COMMENT_SIGNS[suffix.lower()]


def _programme(content: bytes, run: str) -> bytes:
    sign = content[:1]  # of the line that names the table
    return sign + f" filiere {_mark(run, _digest(content))}\n".encode() + content


def _without_first_line(content: bytes) -> tuple[str, bytes]:
    found = _FIRST.match(content)
    return _digest(content[found.end() :] if found else content), found[0] if found else b""


def _picture(content: bytes, run: str) -> bytes:
    said = b"tEXt" + b"filiere\0" + _mark(run, _digest(content)).encode()
    chunk = struct.pack(">I", len(said) - 4) + said + struct.pack(">I", zlib.crc32(said))
    return content[:-12] + chunk + content[-12:]  # before the last, IEND


def _without_chunk(content: bytes) -> tuple[str, bytes]:
    found = _CHUNK.search(content, max(0, len(content) - 400))
    rest = content[: found.start()] + content[found.end() :] if found else content
    return _digest(rest), found[0] if found else b""


_COMMENT_SIGNS = {".mps": b"*", ".lp": b"\\"}
_MARKS = {
    ".xlsx": _book, ".xlsm": _book, ".html": _text, ".svg": _text, ".png": _picture, ".mps": _programme,
    ".lp": _programme,
}  # fmt: skip
_WITHOUT = {
    ".xlsx": book.without_property, ".xlsm": book.without_property, ".html": _without_comment,
    ".svg": _without_comment, ".png": _without_chunk, ".mps": _without_first_line, ".lp": _without_first_line,
}  # fmt: skip
