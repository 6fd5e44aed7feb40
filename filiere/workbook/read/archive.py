"""The zip archive that a workbook is, and its XML parts streamed through expat.

Nothing is ever written to disk, fetched from elsewhere, or held whole in memory; every fault of the archive or
of its XML becomes a problem.
"""

from __future__ import annotations

import io
import posixpath
import struct
import time
import zipfile
import zlib
from collections.abc import Iterator
from typing import Protocol
from xml.parsers import expat

from filiere.problems import Cell, WorkbookError
from filiere.problems import reading as codes
from filiere.workbook.read.bounds import Bounds, TooMuchError

_CHUNK = 1 << 16
# The central directory is read in one piece and becomes one object a member: 4 MB are some 50 000 members.
_DIRECTORY_BYTES = 4_000_000
_ENCRYPTED = 0x1
_LARGEST_CHECKED = 20_000_000
_PATIENCE = 1.0
_ARCHIVE_FAULTS = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    RuntimeError,
    ValueError,
    OverflowError,
)


class Handler(Protocol):
    """What a stream of XML is given to; names are ``namespace local``, or ``local`` alone without a namespace."""

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """An element opens."""

    def end(self, name: str) -> None:
        """An element closes."""

    def text(self, piece: str) -> None:
        """A piece of text; one text may come in several."""


class BoundedFile(io.FileIO):
    """A file that refuses to be read in pieces that only a forged archive asks for."""

    def read(self, size: int | None = -1, /) -> bytes:
        """Read at most ``size`` bytes, or all that is left."""
        unsized = size is None or size < 0
        asked = _DIRECTORY_BYTES + 1 if unsized else size
        data = super().read(asked) or b""
        if len(data) > _DIRECTORY_BYTES:
            raise zipfile.BadZipFile("a piece too large")
        return data


class Archive:
    """The parts of one file, found by name, read as streams and counted against the bounds."""

    def __init__(self, file: BoundedFile, name: str, bounds: Bounds) -> None:
        """Open the archive; raises WorkbookError where it is none or is damaged."""
        self.name = name
        self._bounds = bounds
        self._left = bounds.unpacked_bytes
        self._opened: set[str] = set()
        self._deadline = time.process_time() + bounds.seconds
        try:
            self._zip = zipfile.ZipFile(file)
        except _ARCHIVE_FAULTS as fault:
            raise WorkbookError([codes.DAMAGED_FILE.at(None, file=name)]) from fault
        self._members: dict[str, list[zipfile.ZipInfo]] = {}
        for member in self._zip.infolist():
            key = _key(member.filename)
            if key is not None:
                self._members.setdefault(key, []).append(member)

    def __contains__(self, part: str) -> bool:
        return _key(part) in self._members

    def holds_under(self, folder: str) -> bool:
        """Whether any part lies in ``folder``."""
        return any(name.startswith(folder) for name in self._members)

    def start_of(self, part: str, size: int) -> bytes:
        """Return the first bytes of a part, at most ``size``."""
        for chunk in self._chunks(part, None):
            return chunk[:size]
        return b""

    def damaged_parts(self) -> list[str]:
        """Return the names of the parts that nothing has been read of and that cannot be unpacked as they should.

        Parts so large or so dense that only a picture or a bomb is, and what no workbook is packed with, are left
        alone, and so is the rest once a second has gone by.
        """
        damaged: list[str] = []
        until = time.process_time() + _PATIENCE
        for members in self._members.values():
            member = members[0]
            if member.filename in self._opened or member.is_dir() or member.flag_bits & _ENCRYPTED:
                continue
            dense = member.file_size > self._bounds.ratio * max(member.compress_size, 1)
            if dense or member.file_size > _LARGEST_CHECKED or time.process_time() > until:
                continue
            try:
                with self._zip.open(member) as stream:
                    while stream.read(_CHUNK):
                        pass
            except _ARCHIVE_FAULTS:
                damaged.append(member.filename)
        return damaged

    def parse(self, part: str, handler: Handler, place: Cell | None = None) -> None:
        """Stream ``part`` into ``handler``.

        Raises WorkbookError, with ``place`` as its cell, where the part is missing, damaged, ambiguous, or
        declares entities; TooMuchError past a bound.
        """
        parser = expat.ParserCreate(namespace_separator=" ")
        parser.buffer_text = True
        parser.StartElementHandler = handler.start
        parser.EndElementHandler = handler.end
        parser.CharacterDataHandler = handler.text

        def refuse(*_: object) -> int:
            raise WorkbookError([codes.DECLARATIONS.at(place, part=part)])

        def check_encoding(_version: str, encoding: str | None, _standalone: int) -> None:
            if encoding is not None and not _is_encoding(encoding):
                raise self._damaged(part, place)

        parser.XmlDeclHandler = check_encoding
        parser.StartDoctypeDeclHandler = refuse
        parser.EntityDeclHandler = refuse
        parser.ExternalEntityRefHandler = refuse
        fed = 0
        try:
            for chunk in self._chunks(part, place):
                parser.Parse(chunk, False)
                fed += len(chunk)
                # A tag or comment is held whole and scanned anew at each chunk: one of megabytes is no workbook's.
                if fed - max(parser.CurrentByteIndex, 0) > self._bounds.token_bytes:
                    raise TooMuchError(codes.TOO_DENSE, place, part=part, ratio=self._bounds.ratio)
            parser.Parse(b"", True)
        except expat.ExpatError as fault:
            raise self._damaged(part, place) from fault

    def _chunks(self, part: str, place: Cell | None) -> Iterator[bytes]:
        member = self._member(part, place)
        unpacked = 0
        self._opened.add(member.filename)
        try:
            with self._zip.open(member) as stream:
                while chunk := stream.read(_CHUNK):
                    unpacked += len(chunk)
                    self._count(len(chunk))
                    if unpacked > max(self._bounds.ratio_from, self._bounds.ratio * member.compress_size):
                        raise TooMuchError(codes.TOO_DENSE, place, part=part, ratio=self._bounds.ratio)
                    yield chunk
        except _ARCHIVE_FAULTS as fault:
            raise self._damaged(part, place) from fault

    def _count(self, size: int) -> None:
        self._left -= size
        if self._left < 0:
            limit = self._bounds.unpacked_bytes // 1_000_000
            raise TooMuchError(codes.TOO_BIG_UNPACKED, file=self.name, limit=limit)
        if time.process_time() > self._deadline:
            raise TooMuchError(codes.TOO_SLOW, file=self.name, seconds=round(self._bounds.seconds))

    def _member(self, part: str, place: Cell | None) -> zipfile.ZipInfo:
        members = self._members.get(_key(part) or "", [])
        if not members:
            raise WorkbookError([codes.MISSING_PART.at(place, part=part)])
        if len(members) > 1:
            raise WorkbookError([codes.TWO_PARTS.at(place, part=part)])
        if members[0].flag_bits & _ENCRYPTED:
            raise WorkbookError([codes.PASSWORD.at(None, file=self.name)])
        if members[0].compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise self._damaged(part, place)
        return members[0]

    def _damaged(self, part: str, place: Cell | None) -> WorkbookError:
        return WorkbookError([codes.DAMAGED_PART.at(place, part=part)])


_BUILT_IN = ("utf-8", "utf-16", "utf-16le", "utf-16be", "iso-8859-1", "us-ascii")


def _is_encoding(name: str) -> bool:
    """Whether expat can read a part that says it is written in ``name``: a known encoding of one byte a character."""
    if name.lower() in _BUILT_IN:
        return True
    try:
        return len(bytes(range(256)).decode(name, "replace")) == 256
    except (LookupError, ValueError):
        return False


def _key(name: str) -> str | None:
    """Return the name a part is looked up by, None for one that leaves the archive.

    Part names match without regard to case (ECMA-376 part 2, 6.2.2); some writers use backslashes.
    """
    name = posixpath.normpath(name.replace("\\", "/").lstrip("/"))
    return None if name == ".." or name.startswith("../") else name.lower()
