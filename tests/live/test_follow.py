"""A workbook is followed by its content: events or none, and never half written."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from filiere.live import follow
from filiere.live.follow import Follower
from tests.commands.running import write
from tests.wheat import WHEAT


@pytest.fixture
def book(tmp_path: Path) -> Path:
    return write(tmp_path / "wheat.xlsx", WHEAT.replace("{harvest}", "60"))


def followed(path: Path) -> Follower:
    made = Follower(path)
    made.stop()
    made._observer = None  # a network drive, which tells nothing
    assert made.changed(0)  # what is there is new at first
    made._stirred.clear()
    return made


def test_a_new_content_is_seen_without_any_event(book: Path) -> None:
    follower = followed(book)
    assert not follower.changed(0)
    write(book, WHEAT.replace("{harvest}", "70"))
    os.utime(book, ns=(1, 1))
    assert follower.changed(0) and not follower.changed(0)


def test_the_same_content_saved_again_is_no_change(book: Path) -> None:
    follower = followed(book)
    book.write_bytes(book.read_bytes())
    os.utime(book, ns=(2, 2))
    assert not follower.changed(0)


def test_half_a_file_is_waited_for(book: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    follower = followed(book)
    whole = write(book.with_name("next.xlsx"), WHEAT.replace("{harvest}", "80")).read_bytes()
    book.write_bytes(whole[: len(whole) // 2])
    os.utime(book, ns=(3, 3))
    assert not follower.changed(0) and not follower.changed(0)
    book.write_bytes(whole)
    os.utime(book, ns=(4, 4))
    assert follower.changed(0)
    book.write_bytes(whole[:100])
    os.utime(book, ns=(5, 5))
    monkeypatch.setattr(follow, "HALF_WRITTEN", -1.0)
    assert follower.changed(0)  # it stays so: it is damaged, and reading says it


def test_a_file_that_is_gone_for_a_moment_is_waited_for(book: Path) -> None:
    follower = followed(book)
    kept = book.rename(book.with_name("kept.xlsx"))
    assert not follower.changed(0)
    kept.rename(book)
    assert not follower.changed(0)


def test_an_event_wakes_the_follower_before_the_poll(book: Path) -> None:
    follower = Follower(book)
    assert follower.changed(0)
    follower._stirred.clear()
    write(book, WHEAT.replace("{harvest}", "90"))
    assert follower._stirred.wait(5)
    follower.stop()
