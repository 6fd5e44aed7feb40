"""Sheets added to a copy: the rest is the same to the byte, and every program still opens it."""

from __future__ import annotations

import io
import re
import warnings
import zipfile
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

from filiere.language import Label
from filiere.workbook.graft.check import check_copy
from filiere.workbook.graft.graft import graft
from filiere.workbook.parts import host as grafting
from filiere.workbook.parts.host import Host, NotAddedError, open_host
from filiere.workbook.parts.package import joined, members_of, packed
from tests.workbook import files, hosts
from tests.workbook.libreoffice import needs_libreoffice, saved_again

_DATA = Path(__file__).parents[3] / "shared" / "data"
_REAL = [p for p in sorted(_DATA.glob("messy_*/*")) if p.suffix in (".xlsx", ".xlsm")]
_MAKERS = (hosts.by_xlsxwriter, hosts.by_openpyxl)
Maker = Callable[[Path], Path]


def _parts(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


def _loaded(path: Path) -> openpyxl.Workbook:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return openpyxl.load_workbook(io.BytesIO(path.read_bytes()), rich_text=False)


def _copied(path: Path) -> tuple[Host, bytes]:
    host = open_host(path)
    guest = hosts.added(*host.sheets, cell=f"'{host.sheets[0].replace(chr(39), chr(39) * 2)}'!B2")
    copy = graft(host, guest)
    check_copy(host, copy, guest)
    return host, copy


def _refusal(path: Path) -> Label:
    with pytest.raises(NotAddedError) as refused:
        host = open_host(path)
        graft(host, hosts.added(*host.sheets))
    return refused.value.reason


@pytest.mark.parametrize("maker", _MAKERS, ids=lambda m: m.__name__)
def test_every_other_part_is_the_same_to_the_byte(tmp_path: Path, maker: Maker) -> None:
    path = maker(tmp_path / "book.xlsx")
    before = path.read_bytes()
    _, copy = _copied(path)
    old, new = _parts(before), _parts(copy)
    changed = {name for name, content in old.items() if new[name] != content}
    assert changed == {"[Content_Types].xml", "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/styles.xml"}
    # What changed holds all that was there, in the same order.
    for name in changed:
        pieces = re.split(rb' count="\d+"', old[name])
        place = 0
        for tag in (tag for piece in pieces for tag in piece.replace(b">", b">\0").split(b"\0")):
            place = new[name].index(tag, place) + len(tag)
    assert path.read_bytes() == before


@pytest.mark.parametrize("maker", _MAKERS, ids=lambda m: m.__name__)
def test_the_added_sheets_are_what_they_were(tmp_path: Path, maker: Maker) -> None:
    host, copy = _copied(maker(tmp_path / "book.xlsx"))
    (tmp_path / "copy.xlsx").write_bytes(copy)
    book = _loaded(tmp_path / "copy.xlsx")
    theirs = _loaded(tmp_path / "book.xlsx")
    assert book.sheetnames[: len(host.sheets)] == theirs.sheetnames
    first = book[book.sheetnames[-2]]
    assert first.title == ("▸ Synthèse 2" if "▸ Synthèse" in theirs.sheetnames else "▸ Synthèse")
    assert first["A1"].value == "Où & <quoi>  " and first["A1"].font.b and first["A1"].font.color.rgb == "FF0072B2"
    assert first["A2"].value == "à lire d'abord"
    assert (first["A3"].value, first["A3"].number_format) == (12.5, '+0.0" pts"')
    assert first["A3"].fill.fgColor.rgb == "FFFCE9C4" and first["A3"].comment.text == "en points"
    assert (first["A4"].value, first["A4"].number_format) == ("=A3*2", "#,##0.00")
    assert first["A5"].data_type == "s"
    assert first["A6"].hyperlink.location.endswith("!B2") and first["A6"].hyperlink.target is None
    rule = next(iter(first.conditional_formatting)).rules[0]
    assert rule.dxf.fill.bgColor.rgb == "FFFCE9C4"
    assert len(first._charts) == 1
    assert (first.print_area, first.print_title_rows) == (f"'{first.title}'!$A$1:$D$6", "$1:$1")
    assert not first.sheet_view.tabSelected
    for sheet in theirs.worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                same = book[sheet.title][cell.coordinate]
                assert (same.value, same.number_format) == (cell.value, cell.number_format)
                assert [repr(same.font), repr(same.fill), repr(same.border)] == [
                    repr(cell.font), repr(cell.fill), repr(cell.border),
                ]  # fmt: skip


@needs_libreoffice
def test_libreoffice_opens_the_copies(tmp_path: Path) -> None:
    copies = []
    for maker in _MAKERS:
        path = maker(tmp_path / f"{maker.__name__}.xlsx")
        copies.append(tmp_path / f"{maker.__name__}_copy.xlsx")
        copies[-1].write_bytes(_copied(path)[1])
    (tmp_path / "again").mkdir()
    for copy, again in zip(copies, saved_again(copies, "xlsx", tmp_path / "again"), strict=True):
        ours, theirs = _loaded(copy), _loaded(again)
        assert [n for n in ours.sheetnames if n != "Graphique"] == [n for n in theirs.sheetnames if n != "Graphique"]
        sheet = theirs[ours.sheetnames[-2]]
        assert [sheet.cell(row, 1).value for row in (1, 2, 3, 4, 5)] == [
            "Où & <quoi>  ", "à lire d'abord", 12.5, "=A3*2", "=cmd|' /C calc'!A0",
        ]  # fmt: skip
        assert sheet["A3"].comment.text == "en points" and sheet["A3"].fill.fgColor.rgb == "FFFCE9C4"
        assert sheet["A6"].hyperlink.location.endswith("B2")
        assert len(sheet._charts) == 1


@pytest.mark.skipif(not _REAL, reason="the published cases are not on this machine")
def test_real_workbooks_are_copied_or_refused_with_a_reason(tmp_path: Path) -> None:
    refused: dict[str, str] = {}
    for path in _REAL:
        try:
            host, copy = _copied(path)
        except NotAddedError as error:
            refused[path.name] = error.reason.en
        else:
            old, new = _parts(host.content), _parts(copy)
            assert all(new[name] == content for name, content in old.items() if name not in host.changed), path.name
    assert refused.keys() <= {"no-styles-or-sharedStrings-parts.xlsx"}


def _with(path: Path, **changes: Callable[[bytes], bytes] | bytes) -> Path:
    """Rewrite parts of the workbook at ``path``."""
    parts = _parts(path.read_bytes())
    for name, change in changes.items():
        parts[name] = change if isinstance(change, bytes) else change(parts[name])
    return files.packed(path, parts)


def test_what_is_signed_locked_shared_or_strict_is_not_copied(tmp_path: Path) -> None:
    path = hosts.by_xlsxwriter(tmp_path / "book.xlsx")
    plain = path.read_bytes()
    cases: list[tuple[Label, dict[str, Callable[[bytes], bytes] | bytes]]] = [
        (grafting.SIGNED, {"_xmlsignatures/origin.sigs": b""}),
        (grafting.LOCKED, {"xl/workbook.xml": lambda part: part.replace(
            b"<bookViews>", b'<workbookProtection lockStructure="1"/><bookViews>')}),
        (grafting.SHARED, {"xl/revisions/revisionHeaders.xml": b"<headers/>"}),
        (grafting.STRICT, {"xl/workbook.xml": lambda part: part.replace(files.MAIN.encode(), files.STRICT.encode())}),
    ]  # fmt: skip
    for reason, change in cases:
        path.write_bytes(plain)
        assert _refusal(_with(path, **change)) == reason
    path.write_bytes(plain)
    assert "utf-16" in _refusal(_with(path, **{"xl/workbook.xml": lambda p: p.decode().encode("utf-16")})).en


def test_other_files_are_not_copied(tmp_path: Path) -> None:
    assert _refusal(files.packed(tmp_path / "a.ods", files.ods_parts(files.ods_sheet("")))) == grafting.ODS
    (tmp_path / "text.xlsx").write_bytes(b"PK\x03\x04 no archive")
    assert "unusual" in _refusal(tmp_path / "text.xlsx").en


def test_macros_keep_their_kind_of_file(tmp_path: Path) -> None:
    path = hosts.by_openpyxl(tmp_path / "book.xlsm")
    usual = b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
    macros = b"application/vnd.ms-excel.sheet.macroEnabled.main+xml"
    _with(path, **{"[Content_Types].xml": lambda p: p.replace(usual, macros), "xl/vbaProject.bin": b"code"})
    host, copy = _copied(path)
    assert host.suffix == ".xlsm" and macros in _parts(copy)["[Content_Types].xml"]
    assert _parts(copy)["xl/vbaProject.bin"] == b"code"


def test_a_copy_that_lost_something_is_found_out(tmp_path: Path) -> None:
    host = open_host(hosts.by_openpyxl(tmp_path / "book.xlsx"))
    guest = hosts.added()
    copy = graft(host, guest)
    members = members_of(copy)

    def found(changed: dict[str, bytes], without: str = "") -> bool:
        new = {m.name: m for m in packed(changed)}
        with pytest.raises(NotAddedError) as error:
            kept = [new.get(m.name, m) for m in members if m.name != without]
            check_copy(host, joined(kept), guest)
        return bool(error.value.reason.fr)

    parts = _parts(copy)
    assert found({}, "xl/drawings/drawing1.xml")
    assert found({"xl/charts/chart1.xml": parts["xl/charts/chart1.xml"] + b" "})
    assert found({"xl/workbook.xml": parts["xl/workbook.xml"].replace(b"Besoins", b"Besoin")})
    assert found({"xl/worksheets/sheet2.xml": parts["xl/worksheets/sheet2.xml"].replace(b"12.5", b"12.4")})
    assert found({"xl/workbook.xml": b"<"})


def test_a_copy_can_be_copied_again(tmp_path: Path) -> None:
    path = hosts.by_openpyxl(tmp_path / "book.xlsx")
    path.write_bytes(_copied(path)[1])
    host = open_host(path)
    assert host.sheets == ("Links", "▸ Synthèse", "▸ Besoins")
    guest = hosts.added(*host.sheets)
    renamed = guest  # its second sheet has a name that is taken
    with pytest.raises(NotAddedError):
        check_copy(host, graft(host, renamed), renamed)


def test_members_keep_sizes_told_behind_their_data(tmp_path: Path) -> None:
    class Unseekable(io.RawIOBase):
        def __init__(self) -> None:
            self.written = bytearray()

        def writable(self) -> bool:
            return True

        def write(self, data: bytes) -> int:  # type: ignore[override]
            self.written += data
            return len(data)

    stream = Unseekable()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:  # type: ignore[arg-type]
        for name in ("one.xml", "two.xml"):
            archive.writestr(name, b"<a>" + name.encode() * 50 + b"</a>")
    members = members_of(bytes(stream.written))
    assert _parts(joined(reversed(members))) == _parts(bytes(stream.written))


def _changed(path: Path, part: str, pattern: bytes, by: bytes) -> Path:
    """Write the workbook again with what is found first in one part replaced."""
    parts = _parts(path.read_bytes())
    parts[part], found = re.subn(pattern, by, parts[part], count=1)
    assert found
    path.write_bytes(joined(packed(parts)))
    return path


@pytest.mark.parametrize(
    ("part", "pattern", "by"),
    [
        ("xl/workbook.xml", rb'sheetId="1"', b'sheetId="first"'),
        ("xl/workbook.xml", rb' sheetId="1"', b""),
        ("xl/workbook.xml", rb'sheetId="1"', b'sheetId="' + b"9" * 5000 + b'"'),
        ("xl/styles.xml", rb'numFmtId="164"', b'numFmtId="x"'),
    ],
)
def test_a_part_without_its_numbers_is_not_added_to(tmp_path: Path, part: str, pattern: bytes, by: bytes) -> None:
    path = _changed(hosts.by_xlsxwriter(tmp_path / "book.xlsx"), part, pattern, by)
    assert "unusual way" in _refusal(path).en


def test_a_damaged_part_is_not_added_to(tmp_path: Path) -> None:
    path = hosts.by_xlsxwriter(tmp_path / "book.xlsx")
    content = bytearray(path.read_bytes())
    with zipfile.ZipFile(path) as archive:
        member = archive.getinfo("xl/styles.xml")
    data = member.header_offset + 30 + len(member.filename)
    content[data : data + 8] = b"\xff" * 8  # no block of compressed data begins like that
    path.write_bytes(content)
    assert "unusual way" in _refusal(path).en


def _format_numbers(parts: dict[str, bytes]) -> list[int]:
    section = parts["xl/styles.xml"].partition(b"</numFmts>")[0]
    return [int(number) for number in re.findall(rb'<numFmt numFmtId="(\d+)"', section)]


def test_the_largest_numbers_leave_room(tmp_path: Path) -> None:
    path = hosts.by_xlsxwriter(tmp_path / "book.xlsx")
    _changed(path, "xl/workbook.xml", rb'sheetId="1"', b'sheetId="4294967295"')
    _changed(path, "xl/styles.xml", rb'numFmtId="164"', b'numFmtId="2147483647"')
    parts = _parts(_copied(path)[1])
    numbers = [int(number) for number in re.findall(rb'sheetId="(\d+)"', parts["xl/workbook.xml"])]
    assert len(set(numbers)) == len(numbers) and max(numbers) == 4294967295
    formats = _format_numbers(parts)
    assert len(set(formats)) == len(formats) > 1 and max(formats) == 2147483647


def test_a_number_format_that_is_there_twice_keeps_both_its_numbers(tmp_path: Path) -> None:
    path = hosts.by_xlsxwriter(tmp_path / "book.xlsx")
    twice = rb'\1<numFmt numFmtId="166" formatCode="0.000"/><numFmt numFmtId="165" formatCode="0.000"/>'
    _changed(path, "xl/styles.xml", rb"(<numFmts[^>]*>)", twice)
    formats = _format_numbers(_parts(_copied(path)[1]))
    assert len(set(formats)) == len(formats) > 3
