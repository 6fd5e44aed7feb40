"""The mark of a run in a workbook: a property of its own in ``docProps/custom.xml``, beside those it may have."""

from __future__ import annotations

import hashlib
import io
import re
import zipfile
from collections.abc import Callable, Iterable

from filiere.workbook.parts.package import Member, OddArchiveError, joined, members_of, packed

_PART, _TYPES, _ROOT = "docProps/custom.xml", "[Content_Types].xml", "_rels/.rels"
_KIND = "application/vnd.openxmlformats-officedocument.custom-properties+xml"
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/custom-properties"
_SPACES = (
    'xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties" '
    'xmlns:vt="http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"'
)
_HEAD = f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<Properties {_SPACES}>'
_END = "</Properties>"
_PROPERTY = re.compile(r'<property\b[^<>]*\bname="filiere"[^<>]*>\s*<vt:lpwstr>([^<>]*)</vt:lpwstr>\s*</property>')
_NUMBER = re.compile(r'\bpid="(\d+)"')


def with_property(content: bytes, mark: Callable[[str], str]) -> bytes:
    """Return a workbook with ``mark`` of the digest of all the rest. Raises OddArchiveError, KeyError or ValueError."""
    members = members_of(content)
    there = any(member.name == _PART for member in members)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        properties = _PROPERTY.sub("", archive.read(_PART).decode()) if there else f"{_HEAD}{_END}"
        if not there:
            members = _replaced(members, _declared(archive.read(_TYPES).decode(), archive.read(_ROOT).decode()))
    rest = [member for member in members if member.name != _PART]
    number = max([1, *(int(found) for found in _NUMBER.findall(properties))]) + 1
    spaces = "" if properties.startswith(_HEAD) else f" {_SPACES}"
    said = (
        f'<property{spaces} fmtid="{{D5CDD505-2E9C-101B-9397-08002B2CF9AE}}" pid="{number}" name="filiere">'
        f"<vt:lpwstr>{mark(_digest(rest, properties))}</vt:lpwstr></property>"
    )
    part = packed({_PART: _before(properties, _END, said).encode()})
    return joined(_replaced(members, part) if there else [*members, *part])


def without_property(content: bytes) -> tuple[str, bytes]:
    """Return the digest of a workbook without its mark, and the mark."""
    members = [member for member in members_of(content) if member.name != _PART]
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        properties = archive.read(_PART).decode()
    found = _PROPERTY.search(properties)
    return _digest(members, _PROPERTY.sub("", properties)), found[1].encode() if found else b""


def _declared(types: str, root: str) -> list[Member]:
    """Return the two parts that lead to the properties, for a workbook that has none."""
    if _RELATION in root:
        raise OddArchiveError(_ROOT)
    override = f'<Override PartName="/{_PART}" ContentType="{_KIND}"/>'
    related = f'<Relationship Id="rIdFiliere" Type="{_RELATION}" Target="{_PART}"/>'
    return packed({
        _TYPES: _before(types, "</Types>", override).encode(),
        _ROOT: _before(root, "</Relationships>", related).encode(),
    })  # fmt: skip


def _before(text: str, end: str, said: str) -> str:
    head, found, tail = text.rpartition(end)
    if not found:
        raise OddArchiveError(end)
    return head + said + found + tail


def _replaced(members: Iterable[Member], new: Iterable[Member]) -> list[Member]:
    by_name = {member.name: member for member in new}
    return [by_name.get(member.name, member) for member in members]


def _digest(members: Iterable[Member], properties: str) -> str:
    digest = hashlib.sha256()
    for member in sorted(members, key=lambda member: member.name):
        digest.update(member.name.encode() + b"\0" + member.local)
    digest.update(properties.encode())
    return digest.hexdigest()
