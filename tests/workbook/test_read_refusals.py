"""Files that are no workbook, or that attack who reads them: each is refused with its own code, never a traceback."""

from __future__ import annotations

import errno
import io
import os
import random
import zipfile
from pathlib import Path

import pytest

from filiere.problems import WorkbookError
from filiere.workbook.read.archive import BoundedFile
from filiere.workbook.read.bounds import Bounds
from filiere.workbook.read.read import read_workbook
from tests.workbook import files

ROW = '<row r="1"><c r="A1"><v>1</v></c></row>'
COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 504


def written(tmp_path: Path, content: bytes, name: str = "book.xlsx") -> Path:
    path = tmp_path / name
    path.write_bytes(content)
    return path


def bytes_of(parts: dict[str, str]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def test_an_empty_file_is_to_be_copied_or_asked_for_again(tmp_path: Path) -> None:
    """It may be a table that gather reads: which endings workbooks have is beside the point."""
    path = tmp_path / "ventes.csv"
    path.touch()
    with pytest.raises(WorkbookError) as refused:
        read_workbook(path)
    [problem] = refused.value.problems
    assert ".xlsx" not in problem.message("fr")
    assert problem.hint("fr").startswith("Copiez-le") and "redemandez-le" in problem.hint("fr")


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "FIL03"),
        (COMPOUND + "EncryptedPackage".encode("utf-16-le"), "FIL06"),
        (COMPOUND + b"\0" * (1 << 20) + "Workbook".encode("utf-16-le"), "FIL07"),
        (COMPOUND + "WordDocument".encode("utf-16-le"), "FIL11"),
        (b"\x09\x08\x10\x00\x00\x06\x05\x00", "FIL07"),
        ("acteur;périmètre\nMoulin;membre\n".encode(), "FIL09"),
        ("acteur\tpérimètre\r\n".encode("cp1252"), "FIL09"),
        ("acteur\tpérimètre\r\n".encode("utf-16"), "FIL09"),
        (b"\xef\xbb\xbf<html><table></table></html>", "FIL10"),
        (b"\r\n<?xml version='1.0'?><Workbook/>", "FIL10"),
        (b"%PDF-1.7\n\x00", "FIL11"),
        (b"\x89PNG\r\n\x1a\n\x00", "FIL11"),
        (b"\x00\x01\x02\x03", "FIL11"),
        (b"PK\x03\x04" + b"\x14" * 200, "FIL12"),
        (b"PK\x05\x06" + b"\0" * 18, "FIL11"),
        (bytes_of({"a.txt": "x"}), "FIL11"),
        (bytes_of({"xl/workbook.bin": "x", "[Content_Types].xml": "<a/>"}), "FIL08"),
        (bytes_of({"word/document.xml": "<a/>"}), "FIL11"),
        (bytes_of({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": "<a/>"}), "FIL11"),
        (bytes_of({"Index/Document.iwa": "x"}), "FIL11"),
        (bytes_of({"mimetype": "application/vnd.oasis.opendocument.spreadsheet"}), "FIL13"),
        (bytes_of({"xl/workbook.xml": "<a/>"}), "FIL13"),
        (bytes_of({"content.xml": "<a/>"}), "FIL17"),
    ],
)
@pytest.mark.parametrize("name", ["book.xlsx", "book.ods"])
def test_the_content_tells_what_a_file_is(tmp_path: Path, content: bytes, code: str, name: str) -> None:
    problems = files.refusal(written(tmp_path, content, name))
    assert files.codes_of(problems) == [code]
    assert "book." in problems[0].message("fr") or code == "FIL13"


def test_a_good_file_is_read_whatever_its_name(tmp_path: Path) -> None:
    path = written(tmp_path, bytes_of(files.xlsx_parts(ROW)), "book.csv")
    assert files.cells(read_workbook(path).tables[0]) == {"A1": 1}


def test_no_file_a_folder_a_pipe(tmp_path: Path) -> None:
    assert files.codes_of(files.refusal(tmp_path / "none.xlsx")) == ["FIL01"]
    assert files.codes_of(files.refusal(tmp_path / "a\0b.xlsx")) == ["FIL01"]
    assert files.codes_of(files.refusal(tmp_path)) == ["FIL02"]
    (tmp_path / "lost.xlsx").symlink_to(tmp_path / "none.xlsx")
    assert files.codes_of(files.refusal(tmp_path / "lost.xlsx")) == ["FIL01"]
    os.mkfifo(tmp_path / "pipe.xlsx")
    assert files.codes_of(files.refusal(tmp_path / "pipe.xlsx")) == ["FIL02"]
    assert files.codes_of(files.refusal(tmp_path / ("n" * 300 + ".xlsx"))) == ["FIL05"]


@pytest.mark.parametrize(("fault", "code"), [(errno.EACCES, "FIL04"), (errno.EIO, "FIL05")])
def test_a_file_that_the_system_refuses(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fault: int, code: str) -> None:
    def refuse(*_: object) -> bytes:
        raise OSError(fault, os.strerror(fault))

    path = written(tmp_path, bytes_of(files.xlsx_parts(ROW)))
    monkeypatch.setattr(BoundedFile, "read", refuse)
    assert files.codes_of(files.refusal(path)) == [code]


@pytest.mark.parametrize("kept", [0.2, 0.5, 0.9, 0.99])
def test_a_file_cut_short(tmp_path: Path, kept: float) -> None:
    whole = bytes_of(files.xlsx_parts(ROW))
    assert files.codes_of(files.refusal(written(tmp_path, whole[: int(kept * len(whole))]))) == ["FIL12"]


def test_a_workbook_without_sheets(tmp_path: Path) -> None:
    parts = files.xlsx_parts()
    parts["xl/workbook.xml"] = files.workbook_part().replace("<sheet ", "<other ")
    assert files.codes_of(files.refusal(files.packed(tmp_path / "b.xlsx", parts))) == ["FIL17"]


# ---- attacks

LAUGHS = '<?xml version="1.0"?><!DOCTYPE w [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;">]>'
OUTSIDE = '<!DOCTYPE w [<!ENTITY c SYSTEM "file:///etc/passwd">]>'
SUBSET = '<!DOCTYPE w SYSTEM "http://localhost:9/evil.dtd">'


@pytest.mark.parametrize("prologue", [LAUGHS, OUTSIDE, SUBSET])
@pytest.mark.parametrize("part", ["xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "xl/workbook.xml", "_rels/.rels"])
def test_entities_are_refused(tmp_path: Path, prologue: str, part: str) -> None:
    parts = files.xlsx_parts(ROW, strings="<si><t>x</t></si>")
    parts[part] = prologue + parts[part].replace("<t>x</t>", "<t>&c;</t>")
    assert files.codes_of(files.refusal(files.packed(tmp_path / "b.xlsx", parts))) == ["FIL15"]


def test_entities_are_refused_in_any_encoding_and_in_ods(tmp_path: Path) -> None:
    parts: dict[str, str | bytes] = {**files.xlsx_parts(ROW)}
    sheet = LAUGHS.replace("?>", ' encoding="utf-16"?>', 1) + str(parts["xl/worksheets/sheet1.xml"])
    parts["xl/worksheets/sheet1.xml"] = sheet.encode("utf-16")
    assert files.codes_of(files.refusal(files.packed(tmp_path / "b.xlsx", parts))) == ["FIL15"]
    ods = files.ods_parts("")
    ods["content.xml"] = LAUGHS + ods["content.xml"]
    assert files.codes_of(files.refusal(files.packed(tmp_path / "b.ods", ods))) == ["FIL15"]


def test_an_undeclared_entity_is_damage(tmp_path: Path) -> None:
    parts = files.xlsx_parts('<row r="1"><c r="A1"><v>&nbsp;</v></c></row>')
    assert files.codes_of(files.refusal(files.packed(tmp_path / "b.xlsx", parts))) == ["FIL14"]


@pytest.mark.parametrize("encoding", ["utf-99", "hex", "cp932", "utf-7", "idna", "punycode", "UT-1F-8"])
def test_encodings_that_no_workbook_has(tmp_path: Path, encoding: str) -> None:
    parts = files.xlsx_parts(ROW)
    sheet = "xl/worksheets/sheet1.xml"
    parts[sheet] = f'<?xml version="1.0" encoding="{encoding}"?>{parts[sheet]}'
    assert files.codes_of(files.refusal(files.packed(tmp_path / "b.xlsx", parts))) == ["FIL14"]


@pytest.mark.parametrize("encoding", ["utf-16", "iso-8859-1", "windows-1252", "UTF-8"])
def test_encodings_that_some_programs_write(tmp_path: Path, encoding: str) -> None:
    parts: dict[str, str | bytes] = {**files.xlsx_parts('<row><c t="str"><v>Épicerie</v></c></row>')}
    sheet = "xl/worksheets/sheet1.xml"
    parts[sheet] = f'<?xml version="1.0" encoding="{encoding}"?>{parts[sheet]}'.encode(encoding)
    assert files.read_cells(tmp_path / "b.xlsx", parts) == {"A1": "Épicerie"}


def test_a_part_that_unpacks_to_far_more_than_its_size(tmp_path: Path) -> None:
    parts = files.xlsx_parts(ROW)
    parts["xl/worksheets/sheet1.xml"] += " " * 3_000_000
    path = files.packed(tmp_path / "b.xlsx", parts)
    assert files.codes_of(files.refusal(path, Bounds(ratio_from=1_000_000))) == ["FIL25"]
    assert files.cells(read_workbook(path).tables[0]) == {"A1": 1}


def test_too_many_merged_ranges_are_called_that(tmp_path: Path) -> None:
    merges = "".join(f'<mergeCell ref="A{n}:B{n}"/>' for n in range(1, 5))
    path = files.packed(tmp_path / "b.xlsx", files.xlsx_parts(ROW, f"<mergeCells>{merges}</mergeCells>"))
    refused = files.refusal(path, Bounds(merges=3))
    assert files.codes_of(refused) == ["FIL32"] and "3 merged ranges" in refused[0].message("en")
    assert read_workbook(path, Bounds(merges=4))


def test_all_parts_count_against_the_unpacked_size(tmp_path: Path) -> None:
    parts = files.xlsx_parts(ROW, strings="<si><t>x</t></si>" + " " * 300_000)
    parts["xl/worksheets/sheet1.xml"] += " " * 300_000
    path = files.packed(tmp_path / "b.xlsx", parts)
    assert files.codes_of(files.refusal(path, Bounds(unpacked_bytes=500_000))) == ["FIL24"]
    assert read_workbook(path, Bounds(unpacked_bytes=700_000)).tables


def test_a_tag_of_megabytes(tmp_path: Path) -> None:
    parts = files.xlsx_parts(f'<row r="1"><c r="A1" x="{"y" * 1_000_000}"><v>1</v></c></row>')
    path = files.packed(tmp_path / "b.xlsx", parts)
    assert files.codes_of(files.refusal(path, Bounds(token_bytes=300_000))) == ["FIL25"]


def test_a_long_text_is_no_long_tag(tmp_path: Path) -> None:
    parts = files.xlsx_parts(f"<row><c t='inlineStr'><is><t>{'y' * 1_000_000}</t></is></c></row>")
    book = read_workbook(files.packed(tmp_path / "b.xlsx", parts), Bounds(token_bytes=300_000))
    assert files.cells(book.tables[0]) == {"A1": "y" * 32_767}
    assert files.codes_of(book.problems) == ["FIL30"]


@pytest.mark.parametrize(
    ("bounds", "code"),
    [
        (Bounds(cells=5), "FIL26"),
        (Bounds(rows=2), "FIL27"),
        (Bounds(sheets=0), "FIL28"),
        (Bounds(text_in_all=3), "FIL29"),
        (Bounds(file_bytes=100), "FIL23"),
        (Bounds(seconds=-1.0), "FIL31"),
    ],
)
def test_each_bound(tmp_path: Path, bounds: Bounds, code: str) -> None:
    rows = '<row><c><v>1</v></c><c t="inlineStr"><is><t>two</t></is></c></row>' * 3
    path = files.packed(tmp_path / "b.xlsx", files.xlsx_parts(rows, strings="<si><t>x</t></si>"))
    assert files.codes_of(files.refusal(path, bounds)) == [code]


def test_a_list_of_members_too_long_to_hold(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    parts = files.xlsx_parts(ROW) | {f"xl/media/{i}-{'n' * 200}.png": "" for i in range(300)}
    path = files.packed(tmp_path / "b.xlsx", parts)
    assert read_workbook(path).tables
    monkeypatch.setattr("filiere.workbook.read.archive._DIRECTORY_BYTES", 70_000)
    assert files.codes_of(files.refusal(path)) == ["FIL12"]


def test_names_that_leave_the_archive_are_not_followed(tmp_path: Path) -> None:
    parts = files.xlsx_parts(ROW) | {"../../evil.xml": "x", "/../evil2.xml": "x"}
    assert files.read_cells(tmp_path / "b.xlsx", parts) == {"A1": 1}
    assert [p.name for p in tmp_path.iterdir()] == ["b.xlsx"]
    for target in ("../../../../../../etc/passwd", "file:///etc/passwd"):
        parts["xl/_rels/workbook.xml.rels"] = files.relationships(("r1", "worksheet", target))
        assert files.codes_of(files.refusal(files.packed(tmp_path / "b.xlsx", parts))) == ["FIL13"]
    parts["xl/_rels/workbook.xml.rels"] = parts["xl/_rels/workbook.xml.rels"].replace(
        "Target=", 'TargetMode="External" Target='
    )
    assert files.codes_of(files.refusal(files.packed(tmp_path / "b.xlsx", parts))) == ["FIL13"]


@pytest.mark.filterwarnings("ignore:Duplicate name")
@pytest.mark.parametrize("twin", ["xl/worksheets/sheet1.xml", "xl/worksheets/SHEET1.xml"])
def test_a_part_that_comes_twice(tmp_path: Path, twin: str) -> None:
    path = files.packed(tmp_path / "b.xlsx", files.xlsx_parts(ROW))
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr(twin, files.sheet_part(ROW.replace("1</v>", "2</v>")))
    assert files.codes_of(files.refusal(path)) == ["FIL16"]


def test_a_part_that_needs_a_password_or_another_method(tmp_path: Path) -> None:
    whole = bytearray(bytes_of({"xl/workbook.xml": "<a/>"}))
    entry = whole.rindex(b"PK\x01\x02")
    whole[entry + 8] |= 1
    assert files.codes_of(files.refusal(written(tmp_path, bytes(whole)))) == ["FIL06"]
    path = tmp_path / "b.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_BZIP2) as archive:
        archive.writestr("xl/workbook.xml", "<a/>")
    assert files.codes_of(files.refusal(path)) == ["FIL14"]


def test_any_damage_is_a_problem_or_is_harmless(tmp_path: Path) -> None:
    rows = '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1"><v>1.5</v></c></row>' * 1
    sound = [
        bytes_of(files.xlsx_parts(rows, strings="<si><t>x</t></si>", styles="<cellXfs><xf numFmtId='14'/></cellXfs>")),
        bytes_of(files.ods_parts(files.ods_sheet("<table:table-row><table:table-cell/></table:table-row>"))),
    ]
    chance = random.Random(1)
    refused = 0
    for turn in range(400):
        damaged = bytearray(sound[turn % 2])
        for _ in range(chance.randint(1, 8)):
            damaged[chance.randrange(4, len(damaged))] = chance.randrange(256)
        try:
            read_workbook(written(tmp_path, bytes(damaged)))
        except WorkbookError as error:
            refused += bool(error.problems)
    assert refused > 200


def test_any_damage_inside_the_xml_is_a_problem_or_is_harmless(tmp_path: Path) -> None:
    sound = files.xlsx_parts(
        '<row r="1"><c r="A1" t="s" s="0"><v>0</v></c><c r="B1" s="1"><f>A1</f><v>1.5</v></c></row>',
        "<mergeCells><mergeCell ref='A1:B2'/></mergeCells>",
        strings="<si><t>x_x0041_</t></si>",
        styles="<cellXfs><xf numFmtId='14'/><xf numFmtId='22'/></cellXfs>",
    )
    chance = random.Random(2)
    outcomes = set()
    for _ in range(600):
        parts = dict(sound)
        name = chance.choice(sorted(parts))
        text = list(parts[name])
        for _ in range(chance.randint(1, 3)):
            text[chance.randrange(len(text))] = chance.choice('0123456789-x<>/"& \u00e9Zzbs')
        parts[name] = "".join(text)
        try:
            outcomes.add(len(read_workbook(files.packed(tmp_path / "b.xlsx", parts)).tables))
        except WorkbookError as error:
            outcomes.add(error.problems[0].code)
    assert {1, "FIL13", "FIL14"} <= outcomes
