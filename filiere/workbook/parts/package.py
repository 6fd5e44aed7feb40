"""The members of a zip archive as they are stored, so that a copy can keep them to the byte.

``zipfile`` can only unpack a member and pack it anew; here its records (ECMA-376 part 2, annex B; PKWARE APPNOTE 6.3,
4.3) are taken whole: the local header with the packed data, and the entry of the central directory, of which a copy
changes nothing but where the member lies.
"""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

_LOCAL, _ENTRY, _END = struct.Struct("<4s5H3I2H"), struct.Struct("<4s6H3I5H2I"), struct.Struct("<4s4H2IH")
_DESCRIBED = 0x8
"""The flag of a member whose sizes follow its data."""
_IN_64_BITS = (0xFFFF, 0xFFFFFFFF)
_FIRST_DAY = (1980, 1, 1, 0, 0, 0)


class OddArchiveError(Exception):
    """The archive is laid out in a way that is not copied."""


@dataclass(frozen=True, slots=True)
class Member:
    """One member: its name, its local record with the packed data, its entry of the directory."""

    name: str
    local: bytes
    entry: bytes

    @property
    def encrypted(self) -> bool:
        """Whether a password is needed."""
        return bool(struct.unpack_from("<H", self.entry, 8)[0] & 0x1)


def members_of(archive: bytes) -> list[Member]:
    """Return the members of an archive in the order of its directory. Raises OddArchiveError."""
    try:
        return list(_members(archive, zipfile.ZipFile(io.BytesIO(archive)).infolist()))
    except (struct.error, zipfile.BadZipFile, NotImplementedError, ValueError) as fault:
        raise OddArchiveError(str(fault)) from fault


def _members(archive: bytes, infos: list[zipfile.ZipInfo]) -> Iterable[Member]:
    end = archive.rfind(b"PK\x05\x06")
    *_, count, size, offset, _comment = _END.unpack_from(archive, end)
    if count in _IN_64_BITS or offset in _IN_64_BITS or offset + size != end or count != len(infos):
        raise OddArchiveError("the directory")
    place, seen = offset, set[str]()
    for info in infos:
        entry = _ENTRY.unpack_from(archive, place)
        length = _ENTRY.size + sum(entry[10:13])
        if entry[0] != b"PK\x01\x02" or info.filename.lower() in seen or entry[-1] in _IN_64_BITS:
            raise OddArchiveError(info.filename)
        seen.add(info.filename.lower())
        yield Member(info.filename, _local_record(archive, info), archive[place : place + length])
        place += length


def _local_record(archive: bytes, info: zipfile.ZipInfo) -> bytes:
    start = info.header_offset
    signature, _, flags, *_, name, extra = _LOCAL.unpack_from(archive, start)
    end = start + _LOCAL.size + name + extra + info.compress_size
    if signature != b"PK\x03\x04" or end > len(archive) or info.compress_size in _IN_64_BITS:
        raise OddArchiveError(info.filename)
    if flags & _DESCRIBED:
        crc = struct.pack("<I", info.CRC)
        signed = archive[end : end + 8] == b"PK\x07\x08" + crc
        if not signed and archive[end : end + 4] != crc:
            raise OddArchiveError(info.filename)
        end += 16 if signed else 12
    return archive[start:end]


def packed(parts: Mapping[str, bytes]) -> list[Member]:
    """Return new members with these contents, made the same way each time."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(zipfile.ZipInfo(name, _FIRST_DAY), content, zipfile.ZIP_DEFLATED)
    return members_of(out.getvalue())


def joined(members: Iterable[Member]) -> bytes:
    """Return an archive of ``members``, each as it is."""
    out, entries, count = io.BytesIO(), io.BytesIO(), 0
    for member in members:
        entries.write(member.entry[:42] + struct.pack("<I", out.tell()) + member.entry[46:])
        out.write(member.local)
        count += 1
    directory = entries.getvalue()
    end = _END.pack(b"PK\x05\x06", 0, 0, count, count, len(directory), out.tell(), 0)
    return out.getvalue() + directory + end
