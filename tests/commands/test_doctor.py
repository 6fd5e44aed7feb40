"""doctor: what it says of a machine, and what it never says."""

from __future__ import annotations

import getpass
import json
import platform
from importlib import metadata
from pathlib import Path

import pytest

from tests.commands.running import run

Monkey = pytest.MonkeyPatch
Said = pytest.CaptureFixture[str]


def test_it_names_versions_and_solves(monkeypatch: Monkey, capsys: Said) -> None:
    ran = run(monkeypatch, capsys, "doctor", "--json", "--lang", "en")
    found = json.loads(ran.out)
    assert ran.code == 0
    assert found["filiere"] == metadata.version("filiere")
    assert found["solver"] == f"HiGHS {metadata.version('highspy')}, solves"
    assert f"pandas {metadata.version('pandas')}" in found["libraries"]


def test_french_is_french(monkeypatch: Monkey, capsys: Said) -> None:
    out = run(monkeypatch, capsys, "doctor", "--lang", "fr").out
    assert "Solveur" in out
    assert "fonctionne" in out
    assert "accessible en écriture" in out
    assert "writable" not in out


def test_it_names_nobody(monkeypatch: Monkey, capsys: Said, tmp_path: Path) -> None:
    home = tmp_path / "jeanne.dupont"
    (home / "travail").mkdir(parents=True)
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("USERPROFILE", str(home))
    monkeypatch.chdir(home / "travail")
    out = run(monkeypatch, capsys, "doctor", "--lang", "en").out
    assert str(Path("~") / "travail") in out
    assert "jeanne" not in out
    assert platform.node() not in out.split()
    assert getpass.getuser() not in out.replace("/", " ").split() or getpass.getuser() == "root"


def test_a_folder_that_cannot_be_written_is_told(monkeypatch: Monkey, capsys: Said) -> None:
    def refused(**_: object) -> None:
        raise PermissionError(13, "refused")

    monkeypatch.setattr("tempfile.TemporaryFile", refused)
    assert "NOT writable" in run(monkeypatch, capsys, "doctor", "--lang", "en").out
