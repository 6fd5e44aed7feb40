"""Files that are no clean workbook, given to the command: a message and exit code 3, or read as if nothing were there."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

from filiere.chain.read import problems_of
from filiere.problems.problem import column_letters
from filiere.workbook.read.read import read_workbook
from tests.commands.running import run
from tests.hostile.book import EXAMPLES, bread
from tests.hostile.files import packed, parts_of

Parts = dict[str, str | bytes]
SHEET = "xl/worksheets/sheet8.xml"
"""The sheet of links."""
PRICE = f"{column_letters(bread('fr')['links'].fields['price'])}8"
"""A price in it."""
LAUGHS = '<!DOCTYPE l [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>'
OUTSIDE = '<!DOCTYPE l [<!ENTITY x SYSTEM "file:///etc/hostname">]>'
SERVER = '<!DOCTYPE l SYSTEM "http://127.0.0.1:9/x.dtd">'
COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)


@cache
def _parts(kind: str) -> Parts:
    return parts_of(bread("fr"), "xlsx" if kind == "xlsx" else "ods")


@cache
def _example() -> bytes:
    return (EXAMPLES / "culture_example_fr.xlsx").read_bytes()


def _xlsx(change: Callable[[Parts], object]) -> Callable[[], bytes]:
    def make() -> bytes:
        parts = dict(_parts("xlsx"))
        change(parts)
        return packed(parts)

    return make


def _ods(change: Callable[[Parts], object]) -> Callable[[], bytes]:
    def make() -> bytes:
        parts = dict(_parts("ods"))
        change(parts)
        return packed(parts)

    return make


def _before(part: str, prologue: str) -> Callable[[Parts], object]:
    return lambda parts: parts.update({part: prologue + str(parts[part])})


def _text(part: str, old: str, new: str, count: int = 1) -> Callable[[Parts], object]:
    def change(parts: Parts) -> None:
        before = str(parts[part])
        assert old in before
        parts[part] = before.replace(old, new, count)

    return change


def _bomb(kind: str, part: str) -> Callable[[], bytes]:
    """A part that unpacks to 30 MB of blanks from 30 kB."""
    return lambda: packed({**_parts(kind), part: str(_parts(kind)[part]) + " " * 30_000_000}, level=9)


def _twice() -> bytes:
    out = io.BytesIO(packed(_parts("xlsx")))
    with zipfile.ZipFile(out, "a") as archive, pytest.warns(UserWarning):
        archive.writestr(SHEET, _parts("xlsx")[SHEET])
    return out.getvalue()


@dataclass(frozen=True)
class File:
    """A file by its name, how it is made, and the code it is refused with, at a place; '' where it is read."""

    name: str
    what: str
    make: Callable[[], bytes]
    code: str = ""
    place: str = ""


FILES = [
    File("a.xlsx", "an empty file", lambda: b"", "FIL03"),
    File("a.xlsx", "an old workbook", lambda: COMPOUND + "Workbook".encode("utf-16-le"), "FIL07"),
    File("a.xlsx", "a very old workbook", lambda: b"\x09\x08\x10\x00" + bytes(60), "FIL07"),
    File("a.xlsx", "a workbook with a password", lambda: COMPOUND + "EncryptedPackage".encode("utf-16-le"), "FIL06"),
    File("a.xlsx", "a binary workbook", _xlsx(lambda p: p.update({"xl/workbook.bin": b"\x83\x01"})), "FIL08"),
    File("a.xlsx", "a table of text with semicolons", "de;vers;produit\nA;B;blé\n".encode, "FIL09"),
    File("a.xlsx", "a table of text with a mark", "\ufeffde,vers\n".encode, "FIL09"),
    File("a.xlsx", "a table of text from Windows", lambda: "à;é\n".encode("cp1252"), "FIL09"),
    File("a.xlsx", "a table of text in UTF-16", lambda: "de\tvers\n".encode("utf-16"), "FIL09"),
    File("a.ods", "a table of text as .ods", lambda: b"a;b\n1;2\n", "FIL09"),
    File("a.xlsx", "a web page", lambda: b"<html><table><tr><td>de</td></tr></table></html>", "FIL10"),
    File("a.xlsx", "a web page after blank lines", lambda: b"\r\n\r\n  <!DOCTYPE html><html/>", "FIL10"),
    File("a.xlsx", "an XML spreadsheet of 2003", lambda: b'<?xml version="1.0"?><Workbook/>', "FIL10"),
    File("a.xlsx", "a script in a page", lambda: b"<script>alert(1)</script>", "FIL10"),
    File("a.xlsx", "a PDF document", lambda: b"%PDF-1.7\n%\xe2\xe3", "FIL11"),
    File("a.xlsx", "a picture", lambda: b"\x89PNG\r\n\x1a\n" + bytes(40), "FIL11"),
    File("a.xlsx", "bytes without a meaning", lambda: bytes(range(256)) * 4, "FIL11"),
    File("a.xlsx", "an archive of files", lambda: packed({"letter.txt": "x"}), "FIL11"),
    File("a.xlsx", "a text document", lambda: packed({"word/document.xml": "<x/>"}), "FIL11"),
    File("a.xlsx", "an empty archive", lambda: packed({}), "FIL11"),
    File("a.xlsx", "an example cut at a tenth", lambda: _example()[: len(_example()) // 10], "FIL12"),
    File("a.xlsx", "an example cut in half", lambda: _example()[: len(_example()) // 2], "FIL12"),
    File("a.xlsx", "an example without its last byte", lambda: _example()[:-1], "FIL12"),
    File("a.xlsx", "a sheet that is not there", _xlsx(lambda p: p.pop(SHEET)), "FIL13", "Échanges"),
    File("a.xlsx", "no list of relationships", _xlsx(lambda p: p.pop("xl/_rels/workbook.xml.rels")), "FIL13"),
    File("a.xlsx", "a sheet cut short", _xlsx(lambda p: p.update({SHEET: str(p[SHEET])[:900]})), "FIL14", "Échanges"),
    File("a.xlsx", "a sheet of zeros", _xlsx(lambda p: p.update({SHEET: bytes(500)})), "FIL14", "Échanges"),
    File("a.ods", "a document cut short", _ods(lambda p: p.update({"content.xml": str(p["content.xml"])[:5000]})), "FIL14"),
    File("a.xlsx", "entities in a sheet", _xlsx(_before(SHEET, LAUGHS)), "FIL15", "Échanges"),
    File("a.xlsx", "an outside entity in a sheet", _xlsx(_before(SHEET, OUTSIDE)), "FIL15", "Échanges"),
    File("a.xlsx", "a document type on a server", _xlsx(_before(SHEET, SERVER)), "FIL15", "Échanges"),
    File("a.xlsx", "entities in the list of sheets", _xlsx(_before("xl/workbook.xml", LAUGHS)), "FIL15"),
    File("a.xlsx", "entities in the styles", _xlsx(_before("xl/styles.xml", LAUGHS)), "FIL15"),
    File("a.ods", "entities in a document", _ods(_before("content.xml", LAUGHS)), "FIL15"),
    File("a.ods", "an outside entity in a document", _ods(_before("content.xml", OUTSIDE)), "FIL15"),
    File("a.xlsx", "a part that comes twice", _twice, "FIL16", "Échanges"),
    File("a.xlsx", "no sheet", _xlsx(lambda p: p.update({"xl/workbook.xml": "<x/>"})), "FIL17"),
    File("a.xlsx", "a cell off the grid", _xlsx(_text(SHEET, 'r="A2"', 'r="XFE2"')), "FIL19", "Échanges"),
    File("a.xlsx", "two values in one cell", _xlsx(_text(SHEET, 'r="B2"', 'r="A2"')), "FIL20", "Échanges!A2"),
    File("a.xlsx", "a text that is not in the file",
         _xlsx(_text(SHEET, f'<c r="{PRICE}">', f'<c r="{PRICE}" t="s">')), "FIL21", f"Échanges!{PRICE}"),
    File("a.xlsx", "a sheet that is a bomb", _bomb("xlsx", SHEET), "FIL25", "Échanges"),
    File("a.ods", "a document that is a bomb", _bomb("ods", "content.xml"), "FIL25"),
    File("a.xlsx", "a number too large to be one", _xlsx(_text(SHEET, "<v>1000.0</v>", "<v>1E+400</v>")), "NUM01", f"Échanges!{PRICE}"),
    File("a.xlsx", "an infinite number", _xlsx(_text(SHEET, "<v>1000.0</v>", "<v>INF</v>")), "NUM01", f"Échanges!{PRICE}"),
    File("a.xlsx", "a number that is none", _xlsx(_text(SHEET, "<v>1000.0</v>", "<v>NaN</v>")), "NUM01", f"Échanges!{PRICE}"),
    File("a.xlsx", "a stored number with a comma", _xlsx(_text(SHEET, "<v>1000.0</v>", "<v>1000,0</v>"))),
    File("a.txt", "a workbook under another name", _xlsx(lambda p: None)),
    File("a.xlsx", "a document under another name", _ods(lambda p: None)),
    File("a.xlsm", "macros", _xlsx(lambda p: p.update({"xl/vbaProject.bin": COMPOUND}))),
    File("a.xlsx", "a connection to a database",
         _xlsx(lambda p: p.update({"xl/connections.xml": '<connections><connection id="1" refreshOnLoad="1"/></connections>'}))),
    File("a.xlsx", "a link to another workbook",
         _xlsx(lambda p: p.update({"xl/externalLinks/externalLink1.xml": "<externalLink/>"}))),
    File("a.xlsx", "a sheet of macros", _xlsx(lambda p: p.update({"xl/macrosheets/sheet1.xml": "<x/>"}))),
    File("a.xlsx", "a part that leaves the archive", _xlsx(lambda p: p.update({"../../etc/cron.d/x": "x"}))),
    File("a.xlsx", "a part at the root of the disk", _xlsx(lambda p: p.update({"/etc/passwd": "x"}))),
    File("a.xlsx", "a part with a Windows path", _xlsx(lambda p: p.update({"..\\..\\x.exe": "x"}))),
    File("a.xlsx", "a sheet outside the archive",
         _xlsx(_text("xl/_rels/workbook.xml.rels", "worksheets/sheet8.xml", "../../../etc/passwd")), "FIL13", "Échanges"),
    File("a.xlsx", "a picture of a bomb that is not read", _xlsx(lambda p: p.update({"xl/media/x.png": bytes(3_000_000)}))),
    File("a.xlsx", "a formula for many cells", _xlsx(_text(SHEET, f'<c r="{PRICE}">', f'<c r="{PRICE}"><f t="array" ref="{PRICE}:{PRICE}9">x</f>'))),
    File("a.xlsx", "a shared formula", _xlsx(_text(SHEET, f'<c r="{PRICE}">', f'<c r="{PRICE}"><f t="shared" si="0"/>'))),
    File("a.ods", "a script in a document", _ods(lambda p: p.update({"Basic/Standard/x.xml": "<x/>"}))),
]  # fmt: skip


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.what)
def test_the_command_says_what_is_wrong_with_a_file(
    file: File, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / file.name
    path.write_bytes(file.make())
    before = path.read_bytes()
    ran = run(monkeypatch, capsys, "check", str(path), "--lang", "fr")
    assert "Traceback" not in ran.err
    if file.code:
        assert ran.code == 3
        first = ran.err.splitlines()[0]
        assert first.startswith(f"{file.place}: erreur [{file.code}] " if file.place else f"erreur [{file.code}] ")
    else:
        assert ran.code == 0
        # Nothing but what this year's figures, cut short here, say of themselves.
        said = [line for line in ran.err.splitlines() if not line.startswith("  ")]
        assert all(": attention [TDY" in line for line in said), ran.err
        assert problems_of(read_workbook(path)) == []
    assert path.read_bytes() == before
    assert list(tmp_path.iterdir()) == [path]
