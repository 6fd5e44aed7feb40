"""A workbook of which a part is damaged that holds no table: read, and told as damaged by every command."""

from __future__ import annotations

from pathlib import Path

import pytest

from filiere.workbook.read.read import read_workbook
from tests.chain.bread import bread
from tests.commands.running import run
from tests.sheets import workbook


def book(path: Path) -> Path:
    from openpyxl import Workbook

    made = Workbook()
    made.remove(made.worksheets[0])
    for table in workbook(bread()):
        sheet = made.create_sheet(table.sheet)
        for row in table.rows:
            for column, value in row.values.items():
                sheet.cell(row.number, column + 1, value)
    made.save(path)
    return path


def spoilt(path: Path, part: str) -> Path:
    """Return the workbook with a run of damaged bytes inside the packed data of ``part``."""
    import zipfile

    with zipfile.ZipFile(book(path)) as archive:
        member = archive.getinfo(part)
    data = bytearray(path.read_bytes())
    start = member.header_offset + 30 + len(part)
    data[start + 4 : start + 12] = b"\xff" * 8
    path.write_bytes(bytes(data))
    return path


@pytest.mark.parametrize("part", ["[Content_Types].xml", "docProps/core.xml", "xl/theme/theme1.xml"])
def test_it_is_read_with_a_warning_that_names_the_part(tmp_path: Path, part: str) -> None:
    found = read_workbook(spoilt(tmp_path / "a.xlsx", part)).problems
    assert [(problem.code, part in problem.message("en")) for problem in found] == [("FIL33", True)]


def test_a_sound_workbook_has_no_such_warning(tmp_path: Path) -> None:
    assert read_workbook(book(tmp_path / "a.xlsx")).problems == ()


@pytest.mark.parametrize(
    ("part", "more"),
    [
        ("[Content_Types].xml", ["check"]),
        ("[Content_Types].xml", ["check", "--annotate", "OUT"]),
        ("xl/theme/theme1.xml", ["check", "--annotate", "OUT"]),
        ("xl/theme/theme1.xml", ["today", "-o", "OUT"]),
    ],
)
def test_every_command_says_so_and_goes_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], part: str, more: list[str]
) -> None:
    path = spoilt(tmp_path / "a.xlsx", part)
    command, *options = (str(tmp_path / "out.xlsx") if word == "OUT" else word for word in more)
    ran = run(monkeypatch, capsys, command, str(path), *options, "--lang", "en")
    assert (ran.code, "FIL33" in ran.err, part in ran.err) == (0, True, True)
