"""Sending again into a folder of questionnaires: what was answered or noted there is never written over."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

from tests.commands.running import Ran, run, write
from tests.gather.collect.answering import Sheet, filled
from tests.gather.collect.test_collect import BREAD

FLOUR = ("Importer", "flour", "t")
Sending = Callable[..., Ran]


@pytest.fixture
def send(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Sending:
    """Send the questionnaires of one workbook into one folder, again and again."""
    book = write(tmp_path / "w.xlsx", BREAD)

    def sending(*options: str) -> Ran:
        return run(monkeypatch, capsys, "collect", str(book), "--into", str(tmp_path / "q"), "--lang", "en", *options)

    assert sending().code == 0
    return sending


def adds(sheet: Sheet) -> None:
    sheet.add("purchases", "Importer", "rye", "t", 2)


def empties(sheet: Sheet) -> None:
    sheet.type(FLOUR, "this year", None)


def ticks(sheet: Sheet) -> None:
    sheet.tick()


def strikes(sheet: Sheet) -> None:
    sheet.type(FLOUR, "strike out", "x")


@pytest.mark.parametrize("fill", [adds, empties, ticks, strikes])
def test_an_answered_file_is_never_written_over(tmp_path: Path, send: Sending, fill: Callable[[Sheet], None]) -> None:
    file = filled(tmp_path / "q" / "02-bakery.xlsx", fill)
    before = file.read_bytes()
    for options in ((), ("--force",)):
        ran = send(*options)
        assert ran.code != 0 and "COL21" in ran.err and "02-bakery.xlsx" in ran.err and "01-mill" not in ran.err
    assert file.read_bytes() == before


def test_files_as_they_were_sent_are_made_again_where_that_is_asked(send: Sending) -> None:
    assert "COL21" not in send().err and send("--force").code == 0


def test_the_days_that_were_noted_stay(tmp_path: Path, send: Sending) -> None:
    index = openpyxl.load_workbook(tmp_path / "q" / "00-follow-up.xlsx")
    index.active["E5"], index.active["F6"] = dt.datetime(2026, 3, 2), "by phone"  # type: ignore[index]
    index.save(tmp_path / "q" / "00-follow-up.xlsx")
    assert send("--force").code == 0
    sheet = openpyxl.load_workbook(tmp_path / "q" / "00-follow-up.xlsx").active
    assert (sheet["E5"].value, sheet["F6"].value, sheet["E6"].value) == (dt.datetime(2026, 3, 2), "by phone", None)  # type: ignore[index]


def test_the_days_of_another_round_are_not_written_over(tmp_path: Path, send: Sending) -> None:
    index = openpyxl.load_workbook(tmp_path / "q" / "00-follow-up.xlsx")
    index.active["A1"], index.active["E5"] = "Questionnaires of round 3", dt.datetime(2026, 3, 2)  # type: ignore[index]
    index.save(tmp_path / "q" / "00-follow-up.xlsx")
    ran = send("--force")
    assert ran.code != 0 and "COL21" in ran.err and "00-follow-up.xlsx" in ran.err
