"""What is being worked on is shown on a terminal alone, after a second, and leaves no trace behind."""

from __future__ import annotations

import io
import sys
from pathlib import Path

import pytest

import filiere
from filiere import watch
from filiere.commands import ticker
from filiere.commands.plan.progress import Progress
from filiere.language import Label
from tests.commands.running import run, write
from tests.wheat import WHEAT


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.fixture
def wheat(tmp_path: Path) -> Path:
    return write(tmp_path / "wheat.xlsx", WHEAT.replace("{harvest}", "60"))


def seen(screen: str) -> str:
    """Return what a terminal shows in the end of one line."""
    line = ""
    for part in screen.split("\r"):
        line = part + line[len(part) :]
    return line


def test_every_rank_is_told_with_its_number_and_how_many_there_are(wheat: Path) -> None:
    told: list[str] = []
    enough = watch.look_on(lambda stage: told.append(stage.to("en")))
    filiere.run(wheat)
    enough()
    ranks = [stage for stage in told if stage.startswith("Rank ")]
    count = int(ranks[0].rpartition(" ")[2])
    assert ranks[:count] == [f"Rank {n} of {count}" for n in range(1, count + 1)]
    assert told[0] == "Reading the workbook" and "Building the model" in told
    filiere.check(wheat)
    assert told[-1] != "Reading the workbook"  # nobody is told any more


def test_a_long_rank_is_shown_with_its_time_and_gone_at_the_end(monkeypatch: pytest.MonkeyPatch) -> None:
    screen = Terminal()
    monkeypatch.setattr(sys, "stderr", screen)
    shown = ticker.Ticker("fr")
    shown.stage(watch.RANK.fill(rank="2", count="5"))
    shown.tick()
    assert screen.getvalue() == ""  # not in the first second
    shown._started -= 75.0
    shown.tick()
    assert seen(screen.getvalue()) == "Priorité 2 sur 5 · 1 min 15 s"
    shown.stage(Label("x", "x"))
    shown.tick()
    assert seen(screen.getvalue()).rstrip() == "x · 1 min 15 s"
    shown.stop()
    shown.tick()
    assert seen(screen.getvalue()).strip() == ""


@pytest.mark.parametrize(("options", "shown"), [((), True), (("--quiet",), False), (("--json",), False)])
def test_it_is_shown_where_somebody_looks(
    options: tuple[str, ...], shown: bool, wheat: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    screen = Terminal()
    monkeypatch.setattr(sys, "stderr", screen)
    monkeypatch.setattr(ticker, "PATIENCE", 0.0)
    monkeypatch.setattr(ticker.Ticker, "run", lambda _: None)
    monkeypatch.setattr(ticker.Ticker, "stage", lambda self, stage: (setattr(self, "_stage", stage), self.tick()))
    with ticker.ticking("en", shown=not options):
        filiere.check(wheat)
    assert ("Reading the workbook · 0 s" in screen.getvalue()) == shown
    assert seen(screen.getvalue()).strip() == ""


def test_nothing_of_it_reaches_a_file_or_a_pipe(
    wheat: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(ticker, "PATIENCE", 0.0)
    monkeypatch.setattr(ticker, "EVERY", 0.001)
    ran = run(monkeypatch, capsys, "today", str(wheat), "-o", str(wheat.with_name("t.xlsx")), "--lang", "en")
    assert "Rank" not in ran.err and "\r" not in ran.err


def test_of_many_tasks_it_is_said_how_many_are_done(monkeypatch: pytest.MonkeyPatch) -> None:
    screen = Terminal()
    monkeypatch.setattr(sys, "stderr", screen)
    monkeypatch.setattr(ticker, "PATIENCE", 0.0)
    monkeypatch.setattr(ticker.Ticker, "run", lambda _: None)
    with ticker.ticking("fr", shown=True), Progress({"losses": Label("Losses", "Pertes")}) as progress:
        line = ticker._CURRENT[-1]
        watch.tell(watch.BUILDING)
        progress("losses", 3, 10)
        watch.tell(watch.REPORTING)  # what one of them does
        line.tick()
        assert seen(screen.getvalue()) == "Pertes : 3 sur 10 · 0 s"
        progress("losses", 10, 10)
        line.tick()
        assert seen(screen.getvalue()).rstrip() == "Préparation des résultats · 0 s"
    assert seen(screen.getvalue()).strip() == ""


def test_the_ranks_of_this_year_are_told_as_such(wheat: Path) -> None:
    told: list[str] = []
    enough = watch.look_on(lambda stage: told.append(stage.to("en")))
    filiere.run(wheat, command="today")
    enough()
    assert any(stage.startswith("This year's figures: rank 1 of ") for stage in told)
    assert not any(stage.startswith("Rank ") for stage in told)
