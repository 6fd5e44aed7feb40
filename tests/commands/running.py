"""Run the command line in this process, as a person would type it."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path

import pytest
import xlsxwriter

from filiere.commands import cli
from filiere.commands.exits import leave
from filiere.table import RawTable
from tests.sheets import workbook


@dataclass(frozen=True)
class Ran:
    """How a run ended and what it said."""

    code: int
    out: str
    err: str


def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], *arguments: str) -> Ran:
    """Run ``filiere`` with ``arguments``."""
    monkeypatch.setattr(sys, "argv", ["filiere", *arguments])
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    capsys.readouterr()
    with pytest.raises(SystemExit) as left:
        leave(cli)
    said = capsys.readouterr()
    return Ran(int(left.value.code or 0), said.out, said.err)


def write(path: Path, source: str | tuple[RawTable, ...]) -> Path:
    """Write a workbook given as Markdown to a real file."""
    tables = workbook(source) if isinstance(source, str) else source
    with xlsxwriter.Workbook(path) as book:
        for table in tables:
            sheet = book.add_worksheet(table.sheet)
            for row in table.rows:
                for column, value in row.values.items():
                    if isinstance(value, float):
                        sheet.write_number(row.number - 1, column, value)
                    else:
                        sheet.write_string(row.number - 1, column, str(value))
    return path
