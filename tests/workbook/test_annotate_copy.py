"""The annotated copy keeps all that is not marked: parts to the byte, values of formulas, pictures, macros, notes."""

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
from filiere.problems import Cell, Code, Problem, Severity
from filiere.workbook.annotate import notes
from filiere.workbook.annotate.annotate import Annotated, annotate
from filiere.workbook.parts import host as grafting
from filiere.workbook.read.read import read_workbook
from tests.workbook import files, hosts
from tests.workbook.libreoffice import needs_libreoffice, saved_again

_DATA = Path(__file__).parents[3] / "shared" / "data"
_REAL = [p for p in sorted(_DATA.glob("messy_*/*")) if p.suffix in (".xlsx", ".xlsm")]
ERROR = Code(
    "TST01", Severity.ERROR, Label("{name_q}.", "{name_q}."), Label("", ""), Label("=Mend <it>.", "=Corrigez.")
)
WARNING = Code("TST02", Severity.WARNING, Label("Odd.", "Curieux."), Label("", ""), Label("Look.", "Regardez."))
ORANGE, PALE = "FFE69F00", "FFFFF0C2"
EVIL = '=HYPERLINK("http://x.invalid")</t></r><r>&amp;_x0041_\x07'
Maker = Callable[[Path], Path]


def _parts(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


def _loaded(content: bytes, values: bool = False) -> openpyxl.Workbook:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return openpyxl.load_workbook(io.BytesIO(content), data_only=values)


def _kept(path: Path, problems: list[Problem], suffix: str = "") -> bytes:
    """Annotate, where no loading and saving may be needed."""
    made = annotate(path, problems, "fr", suffix)
    assert made.loss is None, made.loss
    return made.content


def _marks(sheet: openpyxl.worksheet.worksheet.Worksheet) -> dict[str, object]:
    cells = (cell for row in sheet.iter_rows() for cell in row)
    return {c.coordinate: c.fill.fgColor.rgb for c in cells if c.fill.fgColor.rgb in (ORANGE, PALE)}


def _said(sheet: openpyxl.worksheet.worksheet.Worksheet) -> dict[str, str]:
    return {c.coordinate: c.comment.text for row in sheet.iter_rows() for c in row if c.comment}


def test_all_that_is_not_marked_is_the_same_to_the_byte(tmp_path: Path) -> None:
    path = hosts.by_xlsxwriter(tmp_path / "book.xlsx")
    before = path.read_bytes()
    copy = _kept(path, [ERROR.at(Cell("Échanges d'ici", 2, 1), name=EVIL), WARNING.at(Cell("Échanges d'ici", 9, 3))])
    old, new = _parts(before), _parts(copy)
    changed = {name for name, content in old.items() if new[name] != content}
    assert changed == {
        "[Content_Types].xml", "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/styles.xml",
        "xl/worksheets/sheet1.xml", "xl/comments1.xml", "xl/drawings/vmlDrawing1.vml",
    }  # fmt: skip
    assert new.keys() - old.keys() == {"xl/worksheets/sheet3.xml"}
    assert path.read_bytes() == before
    # In the marked sheet, nothing but looks and added cells: without them it reads as it did.
    plain = re.sub(rb'<row r="9"><c r="D9" s="\d+"/></row>|<tabColor [^>]*>', b"", new["xl/worksheets/sheet1.xml"])
    looks = re.compile(rb' s="\d+"| tabSelected="[01]"')
    sheet = plain.replace(b"<sheetPr></sheetPr>", b"")
    assert looks.sub(b"", sheet) == looks.sub(b"", old["xl/worksheets/sheet1.xml"])


def test_values_of_formulas_pictures_rules_and_notes_are_kept(tmp_path: Path) -> None:
    path = hosts.by_xlsxwriter(tmp_path / "book.xlsx")
    place = Cell("Échanges d'ici", 4, 2)
    copy = _kept(
        path,
        [ERROR.at(place, name=EVIL), WARNING.at(Cell("Échanges d'ici", 2, 1)), WARNING.at(Cell("▸ Synthèse", 2, 1))],
    )
    assert _loaded(copy, values=True)["Échanges d'ici"]["C4"].value == 21.5
    book = _loaded(copy)
    sheet = book["Échanges d'ici"]
    assert sheet["C4"].value == "=SUM(C2:C3)" and sheet["C4"].font.b and sheet["C4"].number_format == '0.0" t"'
    assert _marks(sheet) == {"C4": ORANGE, "B2": PALE}
    assert sheet["A2"].fill.fgColor.rgb == "FFFFE699" and sheet["C4"].font.color.rgb == "FF000000"
    said = _said(sheet)
    assert said.keys() == {"B2", "C4"}
    assert said["B2"].startswith("le moulin de Pont\n\n* * *\nAvertissement [TST02]")
    assert EVIL.replace("\x07", "").replace("_x0041_", "") in said["C4"].replace("_x005F_x0041_", "")
    assert len(sheet._charts) == 1
    assert sheet.protection.sheet and sheet.data_validations.count == 1
    assert book.sheetnames == ["Problèmes", "Échanges d'ici", "Graphique", "▸ Synthèse"]
    assert book.active.title == "Problèmes" and book["▸ Synthèse"].sheet_state == "visible"
    assert _marks(book["▸ Synthèse"]) == {"B2": PALE} and _said(book["▸ Synthèse"]).keys() == {"B2"}
    assert book.defined_names["Total"].attr_text == "'Échanges d''ici'!$C$4"
    assert sheet.auto_filter.ref == "A1:C3" and book["Problèmes"].auto_filter.ref == "A2:E5"


def test_names_of_one_sheet_follow_it(tmp_path: Path) -> None:
    path = hosts.by_xlsxwriter(tmp_path / "book.xlsx")
    old = _parts(path.read_bytes())["xl/workbook.xml"]
    new = _parts(_kept(path, [WARNING.at(Cell("▸ Synthèse", 2, 1))]))["xl/workbook.xml"]

    def named(part: bytes, name: bytes) -> list[bytes]:
        """The sheets that a name is of, told by the number of their relationship."""
        sheets = re.findall(rb'<sheet [^>]*r:id="(\w+)"', part)
        return [sheets[int(n)] for n in re.findall(rb'name="' + name + rb'" localSheetId="(\d+)"', part)]

    assert named(old, b"_xlnm._FilterDatabase") and set(named(old, b"_xlnm._FilterDatabase")) <= set(
        named(new, b"_xlnm._FilterDatabase")
    )


def test_notes_come_to_a_sheet_that_had_none_and_below_those_it_had(tmp_path: Path) -> None:
    path = hosts.by_openpyxl(tmp_path / "book.xlsx")
    copy = _kept(path, [WARNING.at(Cell("Links", 2, 1)), ERROR.at(Cell("Links", 3, 0), name="x")])
    assert [re.sub(r"\n.*", "", text, flags=re.S) for text in _said(_loaded(copy)["Links"]).values()] == [
        "ask them", "Erreur [TST01]\u00a0: «\u00a0x\u00a0».",
    ]  # fmt: skip
    bare = files.packed(tmp_path / "bare.xlsx", _parts(_plain(tmp_path / "plain.xlsx")))
    parts = _parts(_kept(bare, [WARNING.at(Cell("Links", 7, 3)), WARNING.at(Cell("Links", 1, 0))]))
    assert parts["xl/drawings/vmlDrawing1.vml"].count(b'ObjectType="Note"') == 2
    assert parts["xl/worksheets/sheet1.xml"].count(b"<legacyDrawing ") == 1


def _plain(path: Path) -> bytes:
    book = openpyxl.Workbook()
    book.worksheets[0].title = "Links"
    for row in (["from", None, "to"], ["Farm", None, "Mill"]):
        book.worksheets[0].append(row)
    book.save(path)
    return path.read_bytes()


def test_cells_and_rows_that_are_not_stored_are_put_in_their_place(tmp_path: Path) -> None:
    path = tmp_path / "book.xlsx"
    _plain(path)
    places = [(1, 1), (1, 3), (2, 0), (4, 2), (9, 0)]
    copy = _kept(path, [WARNING.at(Cell("Links", row, column)) for row, column in places])
    assert _marks(_loaded(copy)["Links"]).keys() == {"B1", "D1", "A2", "C4", "A9"}
    sheet = _parts(copy)["xl/worksheets/sheet1.xml"]
    assert re.findall(rb'<c [^>]*?\br="(\w+)"', sheet) == [b"A1", b"B1", b"C1", b"D1", b"A2", b"C2", b"C4", b"A9"]


def test_cells_whose_place_the_file_leaves_to_be_counted(tmp_path: Path) -> None:
    path = tmp_path / "book.xlsx"
    parts = _parts(_plain(path))
    sheet = parts["xl/worksheets/sheet1.xml"]
    parts["xl/worksheets/sheet1.xml"] = re.sub(
        rb"<sheetData>.*</sheetData>",
        b'<sheetData><row><c t="inlineStr"><is><t>from</t></is></c><c><v>2</v></c></row><row/>'
        b"<row><c><v>3</v></c></row></sheetData>",
        sheet,
        flags=re.DOTALL,
    )
    files.packed(path, parts)
    copy = _kept(path, [WARNING.at(Cell("Links", row, column)) for row, column in ((1, 1), (2, 3), (3, 0), (3, 4))])
    assert _marks(_loaded(copy)["Links"]).keys() == {"B1", "D2", "A3", "E3"}


def test_macros_stay_where_the_name_of_the_copy_allows(tmp_path: Path) -> None:
    path = hosts.by_openpyxl(tmp_path / "book.xlsm")
    parts = _parts(path.read_bytes())
    usual = b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
    parts["[Content_Types].xml"] = parts["[Content_Types].xml"].replace(
        usual, b"application/vnd.ms-excel.sheet.macroEnabled.main+xml"
    )
    parts["xl/vbaProject.bin"] = b"code"
    files.packed(path, parts)
    assert _parts(_kept(path, [], ".xlsm"))["xl/vbaProject.bin"] == b"code"
    without = annotate(path, [], "fr", ".xlsx")
    assert without.loss is not None and ".xlsm" in without.loss.fr
    assert "xl/vbaProject.bin" not in _parts(without.content)


def test_what_cannot_be_copied_part_by_part_says_so(tmp_path: Path) -> None:
    def reason(made: Annotated) -> Label | None:
        return made.loss

    ods = files.packed(tmp_path / "a.ods", files.ods_parts(files.ods_sheet("")))
    assert reason(annotate(ods, [], "fr")) == grafting.ODS
    path = hosts.by_xlsxwriter(tmp_path / "book.xlsx")
    parts = _parts(path.read_bytes())
    parts["_xmlsignatures/origin.sigs"] = b""
    signed = annotate(files.packed(path, parts), [WARNING.at(Cell("Échanges d'ici", 2, 1))], "fr")
    assert signed.loss == grafting.SIGNED
    assert _marks(_loaded(signed.content)["Échanges d'ici"]) == {"B2": PALE}


def test_a_list_is_made_anew_and_earlier_marks_are_forgotten(tmp_path: Path) -> None:
    path = hosts.by_xlsxwriter(tmp_path / "book.xlsx")
    place = Cell("Échanges d'ici", 2, 1)
    path.write_bytes(_kept(path, [ERROR.at(place, name="x"), ERROR.at(Cell("▸ Synthèse", 2, 1), name="y")]))
    again = _kept(path, [WARNING.at(Cell("Échanges d'ici", 3, 0))])
    book = _loaded(again)
    assert book.sheetnames == ["Problèmes", "Échanges d'ici", "Graphique", "▸ Synthèse"]
    assert _marks(book["Échanges d'ici"]) == {"A3": PALE} and _marks(book["▸ Synthèse"]) == {}
    said = _said(book["Échanges d'ici"])
    assert said["B2"] == "le moulin de Pont" and said.keys() == {"B2", "A3"}
    assert _said(book["▸ Synthèse"]) == {} and book["▸ Synthèse"].sheet_properties.tabColor is None
    parts = _parts(again)
    assert sum(name.startswith("xl/worksheets/sheet") for name in parts) == 3
    boxes = [part.count(b'ObjectType="Note"') for name, part in sorted(parts.items()) if name.endswith(".vml")]
    assert boxes == [2, 0]
    assert {_loaded(again, values=True)["Échanges d'ici"]["C4"].value} == {21.5}


@needs_libreoffice
def test_libreoffice_opens_the_copy_and_what_it_saves_can_be_annotated_again(tmp_path: Path) -> None:
    copies = []
    for maker in (hosts.by_xlsxwriter, hosts.by_openpyxl):
        path = maker(tmp_path / f"{maker.__name__}.xlsx")
        sheet = read_workbook(path).tables[0].sheet
        copies.append(tmp_path / f"{maker.__name__}_copy.xlsx")
        copies[-1].write_bytes(_kept(path, [ERROR.at(Cell(sheet, 2, 0), name=EVIL), WARNING.at(Cell(sheet, 8, 4))]))
    (tmp_path / "again").mkdir()
    for copy, again in zip(copies, saved_again(copies, "xlsx", tmp_path / "again"), strict=True):
        ours, theirs = _loaded(copy.read_bytes()), _loaded(again.read_bytes())
        assert theirs.sheetnames[0] == "Problèmes"
        sheet = ours.sheetnames[1]
        assert _marks(theirs[sheet]) == _marks(ours[sheet]) == {"A2": ORANGE, "E8": PALE}
        assert _said(theirs[sheet]).keys() == _said(ours[sheet]).keys() == {"A2", "B2", "E8"}
        assert theirs["Problèmes"]["D3"].data_type == "s" and theirs["Problèmes"]["C3"].hyperlink is not None
        mended = _loaded(_kept(again, []))
        assert _marks(mended[sheet]) == {} and _said(mended[sheet]).keys() == {"B2"}
        assert mended.sheetnames.count("Problèmes") == 1


@pytest.mark.skipif(not _REAL, reason="the published cases are not on this machine")
def test_real_workbooks_keep_every_other_part(tmp_path: Path) -> None:
    lost: dict[str, str] = {}
    for path in _REAL:
        before = read_workbook(path)
        filled = [table for table in before.tables if table.rows]
        places = [table.cell(table.rows[0].number, min(table.rows[0].values)) for table in filled[:1]]
        made = annotate(path, [ERROR.at(place, name="x") for place in places], "fr", path.suffix)
        if made.loss is not None:
            lost[path.name] = made.loss.en
            continue
        old, new = _parts(path.read_bytes()), _parts(made.content)
        changed = {name for name, content in old.items() if new[name] != content}
        # The list of parts, the workbook and its links, the styles; the marked sheet, its links, its notes and
        # their boxes; the sheet that was open.
        assert len(changed) <= 9, (path.name, changed)
    assert lost.keys() <= {"no-styles-or-sharedStrings-parts.xlsx", "nonstandard-xml-ns-prefix.xlsx"}  # without styles


@pytest.mark.parametrize("text", ["<r><rPr><b/></rPr><t>a_x000D_\nb</t></r><r><t>c</t></r>", "<t>see &lt;2&gt;</t>"])
def test_what_somebody_wrote_in_a_note_comes_back_as_it_was(text: str) -> None:
    """Bold letters and signs told by their numbers too; a text without runs comes back as one run."""
    before = notes.new_notes().replace(
        b"<authors></authors><commentList>",
        f"<authors><author>Z</author></authors><commentList><comment ref='B2' authorId='0'><text>{text}</text>"
        "</comment>".encode(),
    )
    told, new = notes.noted(before, {(2, 2): "Error [TST01]: odd.\nHow to correct it: look."})
    assert new == set() and told != before
    after, gone = notes.forgotten(told)
    assert gone == set()
    assert after == before.replace(b"<text><t>", b"<text><r><t>").replace(b"</t></text>", b"</t></r></text>")
