"""Sheets added to a copy of a workbook whose every other part stays as it is, byte for byte.

Only the parts that list what there is are changed, by putting in what is new: the types of the parts, the sheets and
names of the workbook, its relationships, and its styles, behind those that were there.
"""

from __future__ import annotations

import io
import zipfile
from itertools import count

from filiere.workbook.graft.sheets import Guest
from filiere.workbook.graft.styles import merged_styles
from filiere.workbook.parts.host import ODD, OFFICE, TYPES, Host, NotAddedError, escaped
from filiere.workbook.parts.package import joined, packed
from filiere.workbook.parts.splice import OddPartError, Splices, outline

_LAST_ID = 65_000
"""A sheet with a larger number than this leaves too few behind it: Excel takes 65 534 at most."""
_BEFORE_NAMES = ("sheets", "functionGroups", "externalReferences")


def graft(host: Host, guest: bytes) -> bytes:
    """Return a copy of ``host`` with the sheets of ``guest``, a workbook written by xlsxwriter, behind its own.

    No sheet of the guest may have the name of one of the host. Raises NotAddedError.
    """
    with zipfile.ZipFile(io.BytesIO(guest)) as archive:
        given = Guest({name: archive.read(name) for name in archive.namelist()})
    types = next(name for name in host.parts if name.lower() == TYPES.lower())
    try:
        styles, shift = merged_styles(host.parts[host.styles], given.parts["xl/styles.xml"])
        parts, names = given.moved({member.name.lower() for member in host.members}, shift)
        links = _numbers(host, [names[part] for _, part in given.sheets()])
        changed = {
            types: _types(host.parts[types], given, names),
            host.workbook: _workbook(host.parts[host.workbook], given, list(links)),
            host.rels: _relationships(host.parts[host.rels], links),
            host.styles: styles,
        }
    except (OddPartError, KeyError, ValueError) as fault:  # the latter: an attribute that is absent, or no number
        raise NotAddedError(ODD.fill(detail=str(fault).strip("'"))) from fault
    new = {member.name: member for member in packed(changed)}
    return joined([*(new.get(member.name, member) for member in host.members), *packed(parts)])


def _numbers(host: Host, sheets: list[str]) -> dict[str, str]:
    """Return the part of each added sheet by the number of its relationship."""
    taken = {link.attributes.get("Id", "") for link in outline(host.parts[host.rels]).children}
    numbers = (f"rId{number}" for number in range(1, len(taken) + len(sheets) + 1))
    return dict(zip((number for number in numbers if number not in taken), sheets, strict=False))


def _types(part: bytes, given: Guest, names: dict[str, str]) -> bytes:
    root, splices = outline(part), Splices(part)
    for old, new in names.items():
        kind = escaped(given.content_type(old))
        splices.append(root, f'<{root.prefix}Override PartName="/{escaped(new)}" ContentType="{kind}"/>')
    return splices.made()


def _relationships(part: bytes, links: dict[str, str]) -> bytes:
    root, splices = outline(part), Splices(part)
    for number, target in links.items():
        splices.append(
            root, f'<{root.prefix}Relationship Id="{number}" Type="{OFFICE}/worksheet" Target="/{escaped(target)}"/>'
        )
    return splices.made()


def _workbook(part: bytes, given: Guest, links: list[str]) -> bytes:
    """Return the workbook part with the added sheets behind the others, and their names behind the others."""
    root, splices = outline(part), Splices(part)
    sheets = root.child("sheets")
    if sheets is None or not sheets.children or any(sheet.local != "sheet" for sheet in sheets.children):
        raise OddPartError("sheets")
    taken = {int(sheet.attributes["sheetId"]) for sheet in sheets.children}
    last = max(taken)
    free = (number for number in count(last + 1 if last < _LAST_ID else 1) if number not in taken)
    for number, (name, _), link in zip(free, given.sheets(), links, strict=False):
        splices.append(
            sheets, f'<{root.prefix}sheet xmlns:r="{OFFICE}" name="{name}" sheetId="{number}" r:id="{link}"/>'
        )
    before, tag = len(sheets.children), f"{root.prefix}definedName"
    names = "".join(
        f'<{tag} localSheetId="{before + sheet}" {attributes}>{text}</{tag}>'
        for sheet, attributes, text in given.defined_names()
    )
    section = root.child("definedNames")
    if names and section is not None:
        splices.append(section, names)
    elif names:
        place = max(child.end for child in root.children if child.local in _BEFORE_NAMES)
        splices.replace(place, place, f"<{tag}s>{names}</{tag}s>")
    return splices.made()
