"""What the command line alone shows to be wrong is refused before any work, with exit code 2."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.commands.running import run


@pytest.mark.parametrize(
    "options",
    [
        ("-o", "results.csv"),
        ("-o", "page.html"),
        ("-o", ""),
        ("--into", " "),
        ("--into", "copy.xlsx", "-o", "copy.xlsx", "--force"),
        ("--into", "copy.xlsx", "-o", "./link/../copy.xlsx"),
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
