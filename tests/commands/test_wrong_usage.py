"""What the command line alone shows to be wrong is refused before any work, with exit code 2."""

from __future__ import annotations

import sys
from pathlib import Path

import click
import pytest

from filiere.commands import COMMANDS, Commands
from tests.analysis.test_stress import BREAD
from tests.commands.running import run, write


@pytest.mark.parametrize(
    "options",
    [
        ("-o", "results.csv"),
        ("-o", "page.html"),
        ("-o", ""),
        ("--into", " "),
        ("--into", "copy.xlsx", "-o", "copy.xlsx", "--force"),
        ("--into", "copy.xlsx", "-o", "./link/../copy.xlsx"),
        ("-o", "copy.xlsx", "--members", "./copy.xlsx"),
        ("--into", "copy.xlsx", "--figures", "copy.xlsx"),
        ("--time-limit", "nan"),
        ("--time-limit", "0"),
    ],
)
def test_wrong_usage_is_told_before_any_work(
    options: tuple[str, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "chain.xlsx").write_bytes(b"never opened")
    (tmp_path / "link").mkdir()
    monkeypatch.chdir(tmp_path)
    ran = run(monkeypatch, capsys, "solve", "chain.xlsx", *options)
    assert ran.code == 2 and ran.err
    assert sorted(path.name for path in tmp_path.iterdir()) == ["chain.xlsx", "link"]


@pytest.mark.parametrize("words", [
    ("solve", "chain.xlsx", "--into", "copy.csv"), ("solve", "chain.xlsx", "--figures", ""),
    ("check", "chain.xlsx", "--annotate", " "), ("check", "chain.xlsx", "--annotate", "copy.pdf"),
    ("gather", "chain.xlsx", "--into", ""), ("gather", "chain.xlsx", "--into", "all.csv"),
    ("collect", "chain.xlsx", "--into", ""), ("new", "food", "-o", "food.ods"), ("open", "chain.xlsx", "--json"),
    ("solve", "chain.xlsx", "--scenario", ""), ("today", "chain.xlsx", "--scenario", " "),
    ("export", "chain.xlsx", "--scenario", "", "-o", "chain.mps"), ("compare", "chain.xlsx", "--scenario", ""),
    ("explain", "chain.xlsx", "--scenario", ""), ("open", "chain.xlsx", "--scenario", ""),
    ("pareto", "chain.xlsx", "--x", "cost", "--y", "dependency", "--scenario", ""),
    ("stress", "chain.xlsx", "--loss", ""), ("stress", "chain.xlsx", "--scenario", ""),
    ("share", "chain.xlsx", "--by", " "), ("share", "chain.xlsx", "--rule", ""), ("share", "chain.xlsx", "--value", ""),
    ("share", "chain.xlsx", "--scenario", ""), ("collect", "chain.xlsx", "--into", "folder", "--actor", ""),
])  # fmt: skip
def test_every_command_looks_at_the_names_it_is_given(
    words: tuple[str, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "chain.xlsx").write_bytes(b"never opened")
    monkeypatch.chdir(tmp_path)
    ran = run(monkeypatch, capsys, *words)
    assert ran.code == 2 and ran.err
    assert [path.name for path in tmp_path.iterdir()] == ["chain.xlsx"]


@pytest.mark.parametrize("command", ["compare", "stress"])
def test_a_cluster_that_does_not_answer_is_wrong_usage(
    command: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    pytest.importorskip("distributed")
    bread = write(tmp_path / "bread.xlsx", BREAD)
    ran = run(monkeypatch, capsys, command, str(bread), "--cluster", "nowhere://1", "--lang", "fr")
    assert ran.code == 2 and "nowhere://1" in ran.err
    assert list(tmp_path.iterdir()) == [bread]


@pytest.mark.parametrize("command", ["compare", "stress"])
def test_without_its_library_a_cluster_is_refused_in_words(
    command: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    bread = write(tmp_path / "bread.xlsx", BREAD)
    ran = run(monkeypatch, capsys, command, str(bread), "--scheduler", "tcp://1", "--lang", "en")
    assert ran.code == 2 and "filiere[cluster]" in ran.err


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_every_command_takes_the_common_options(name: str) -> None:
    """Whoever writes one line for all studies puts ``--jobs`` on each."""
    group = Commands()
    command = group.get_command(click.Context(group), name)
    assert command is not None
    options = {option for parameter in command.params for option in parameter.opts}
    assert options >= {"--json", "--quiet", "--lang", "--jobs"}
