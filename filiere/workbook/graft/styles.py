"""The styles of two workbooks in one part: those of the first keep their numbers, those of the other come behind."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import partial
from itertools import count

from filiere.workbook.parts.splice import Element, OddPartError, Splices, outline

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_ORDER = ("numFmts", "fonts", "fills", "borders", "cellStyleXfs", "cellXfs", "cellStyles", "dxfs", "tableStyles",
          "colors", "extLst")  # fmt: skip
"""The sections of the part, in the order that its schema asks for (ECMA-376 part 1, 18.8.39)."""
_MOST_FORMATS = 65_490
"""Cell formats that Excel takes (its specifications and limits)."""
_FIRST_OWN = 164
"""Number formats below are the same in every workbook."""
_FORMAT_ID = re.compile(rb'numFmtId="(\d+)"')


@dataclass(frozen=True, slots=True)
class Shift:
    """What is added to the numbers by which the cells and the conditions of the added sheets name their looks."""

    cell: int
    condition: int


def merged_styles(host: bytes, guest: bytes) -> tuple[bytes, Shift]:
    """Return the styles of ``host`` with those of ``guest`` (written by xlsxwriter) behind, and the shift of these.

    Raises OddPartError where the host's cannot be added to.
    """
    mine, other = outline(host), outline(guest)
    counts = {key: _count(mine, key) for key in _ORDER}
    if counts["cellXfs"] + _count(other, "cellXfs") > _MOST_FORMATS:
        raise OddPartError("cellXfs")
    formats, new_formats = _number_formats(host, mine, guest, other)
    added: dict[str, list[bytes]] = {"numFmts": new_formats}
    for key in ("fonts", "fills", "borders", "dxfs"):
        added[key] = _children(guest, other, key)
    added["dxfs"] = [_renumbered(look, formats) for look in added["dxfs"]]
    shifts = {b"fontId": counts["fonts"], b"fillId": counts["fills"], b"borderId": counts["borders"]}
    added["cellXfs"] = [_cell_format(look, shifts, formats) for look in _children(guest, other, "cellXfs")]
    splices = Splices(host)
    for key in _ORDER:
        if added.get(key):
            _append(splices, mine, key, counts[key], added[key])
    return splices.made(), Shift(counts["cellXfs"], counts["dxfs"])


def _count(root: Element, key: str) -> int:
    section = root.child(key)
    if section is None:
        return 0
    one = {"numFmts": "numFmt", "fonts": "font", "fills": "fill", "borders": "border", "dxfs": "dxf"}.get(key, "xf")
    if key in ("numFmts", "fonts", "fills", "borders", "cellXfs", "dxfs") and any(
        child.local != one for child in section.children
    ):
        raise OddPartError(key)
    return len(section.children)


def _children(part: bytes, root: Element, key: str) -> list[bytes]:
    section = root.child(key)
    return [part[child.start : child.end] for child in section.children] if section else []


def _number_formats(host: bytes, mine: Element, guest: bytes, other: Element) -> tuple[dict[int, int], list[bytes]]:
    """Return by which number the host knows each of the guest's own formats, and those it has to be given."""
    section = mine.child("numFmts")
    own = section.children if section else []
    known, taken = {f.attributes.get("formatCode", ""): _whole(f) for f in own}, {_whole(f) for f in own}
    free = (number for number in count(_FIRST_OWN) if number not in taken)
    numbers: dict[int, int] = {}
    new: list[bytes] = []
    section = other.child("numFmts")
    for given in section.children if section else ():
        code = given.attributes["formatCode"]
        if code not in known:
            known[code] = next(free)
            new.append(_renumbered(guest[given.start : given.end], {_whole(given): known[code]}))
        numbers[_whole(given)] = known[code]
    return numbers, new


def _whole(given: Element) -> int:
    return int(given.attributes.get("numFmtId", "0"))


def _renumbered(look: bytes, formats: dict[int, int]) -> bytes:
    return _FORMAT_ID.sub(lambda m: b'numFmtId="%d"' % formats.get(int(m[1]), int(m[1])), look)


def _cell_format(look: bytes, shifts: dict[bytes, int], formats: dict[int, int]) -> bytes:
    """Return a cell format with its numbers as the host has them, on the host's usual style (0)."""
    for name, shift in shifts.items():
        look = re.sub(name + rb'="(\d+)"', partial(_moved, name, shift), look)
    look = re.sub(rb' xfId="\d+"', b' xfId="0"', look)
    # Said outright, as the host's usual style may have another font, border or fill.
    for what in (b"applyFont", b"applyFill", b"applyBorder", b"applyNumberFormat", b"applyAlignment"):
        if what not in look:
            look = re.sub(rb"<xf ", b'<xf %s="1" ' % what, look, count=1)
    return _renumbered(look, formats)


def _moved(name: bytes, shift: int, found: re.Match[bytes]) -> bytes:
    return b'%s="%d"' % (name, int(found[1]) + shift)


def _append(splices: Splices, root: Element, key: str, count: int, looks: list[bytes]) -> None:
    if root.prefix:
        looks = [re.sub(rb"^<(\w+)", rb'<\1 xmlns="%s"' % _MAIN.encode(), look) for look in looks]
    text = b"".join(looks).decode()
    section = root.child(key)
    if section is not None and not section.alone:
        splices.attribute(section, "count", str(count + len(looks)))
        splices.append(section, text)
        return
    name = root.prefix + key
    whole = f'<{name} count="{len(looks)}">{text}</{name}>'
    if section is not None:
        splices.replace(section.start, section.end, whole)
        return
    before = [child.end for child in root.children if child.local in _ORDER[: _ORDER.index(key)]]
    place = max(before, default=root.inside)
    splices.replace(place, place, whole)
