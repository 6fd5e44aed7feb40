"""What files are on Windows, each kind by a fake: names, cases, locks, sharing violations, disks without links."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from filiere.commands import common
from filiere.workbook.outputs import held, output
from filiere.workbook.outputs.mark import run_of
from filiere.workbook.outputs.output import OutputError, refuse_input, write_all
from filiere.workbook.read import read
from tests.commands.running import run, write
from tests.wheat import WHEAT

Monkey = pytest.MonkeyPatch
Said = pytest.CaptureFixture[str]


@pytest.fixture
def wheat(tmp_path: Path, monkeypatch: Monkey) -> Path:
    monkeypatch.chdir(tmp_path)
    return write(tmp_path / "wheat.xlsx", WHEAT.replace("{harvest}", "60"))


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def violated(*_: object, **__: object) -> None:
    raise PermissionError(errno.EACCES, "The process cannot access the file because it is being used")


@pytest.mark.parametrize("name", ["CON", "aux.xlsx", "nul .x.xlsx", "a/COM1/r.xlsx", "r./x.xlsx", "LPT³.xlsx",
                                  "plan:hidden.xlsx", "what?.xlsx", 'a/<"b">/r.xlsx', "a|b.xlsx", "tab\t.xlsx"])  # fmt: skip
def test_names_that_windows_knows_not_or_takes_for_others(
    name: str, wheat: Path, monkeypatch: Monkey, capsys: Said
) -> None:
    monkeypatch.setattr(held, "WINDOWS", True)
    for words in (("solve", "wheat.xlsx", "-o", name), ("solve", "wheat.xlsx", "--figures", name),
                  ("solve", "wheat.xlsx", "--members", name), ("solve", "wheat.xlsx", "--into", name),
                  ("check", "wheat.xlsx", "--annotate", name), ("collect", "wheat.xlsx", "--into", name),
                  ("gather", "wheat.xlsx", "--into", name), ("export", "wheat.xlsx", "-o", f"{name}.mps"),
                  ("new", "blank", "-o", name)):  # fmt: skip
        ran = run(monkeypatch, capsys, *words, "--lang", "en")
        assert ran.code == 2, words
        assert "Windows takes this name" in ran.err, words
    assert names(wheat.parent) == ["wheat.xlsx"]


@pytest.mark.parametrize("name", ["console.xlsx", "r.con.xlsx", "../a.b/r.xlsx", "auxiliary/r.xlsx", "l'été (2).xlsx"])
def test_names_that_only_look_so(name: str, monkeypatch: Monkey) -> None:
    monkeypatch.setattr(held, "WINDOWS", True)
    assert common.NewFile(workbook=True).convert(name, None, None) == Path(name)


@pytest.mark.skipif(os.name == "nt", reason="these are names there")
def test_elsewhere_they_are_names_like_others(wheat: Path, monkeypatch: Monkey, capsys: Said) -> None:
    assert run(monkeypatch, capsys, "check", "wheat.xlsx", "--annotate", "con?.xlsx").code == 0
    assert names(wheat.parent) == ["con?.xlsx", "wheat.xlsx"]


def test_one_path_in_two_cases_is_one_file(wheat: Path, monkeypatch: Monkey, capsys: Said) -> None:
    monkeypatch.setattr(os.path, "normcase", str.lower)
    with pytest.raises(OutputError) as caught:
        refuse_input(Path("WHEAT.xlsx"), [wheat])
    assert caught.value.problem.code == "OUT07"
    assert run(monkeypatch, capsys, "solve", "wheat.xlsx", "--force", "-o", "Wheat.XLSX").code == 5
    assert run(monkeypatch, capsys, "solve", "wheat.xlsx", "--into", "Copy.xlsx", "-o", "copy.xlsx").code == 2
    assert run_of([Path("WHEAT.xlsx")], ["solve"]) == run_of([wheat], ["solve"])
    assert names(wheat.parent) == ["wheat.xlsx"]


class TestHeld:
    """A file that another program has open in a way that shares it with nobody."""

    def test_an_input_is_told_and_no_fault(self, wheat: Path, monkeypatch: Monkey, capsys: Said) -> None:
        monkeypatch.setattr(read, "BoundedFile", violated)
        ran = run(monkeypatch, capsys, "solve", "wheat.xlsx", "--lang", "en")
        assert ran.code == 3 and "“wheat.xlsx”" in ran.err and "fault" not in ran.err
        assert names(wheat.parent) == ["wheat.xlsx"]

    def test_for_a_moment_it_is_waited_for(self, tmp_path: Path, monkeypatch: Monkey) -> None:
        tries = iter([violated, Path.replace])

        def replace(*paths: Path) -> object:
            return next(tries)(*paths)

        monkeypatch.setattr(output, "WINDOWS", True)
        monkeypatch.setattr(Path, "replace", replace)
        write_all([(tmp_path / "a.xlsx", b"x")], force=True)
        assert (tmp_path / "a.xlsx").read_bytes() == b"x"

    def test_for_longer_it_is_told(self, tmp_path: Path, monkeypatch: Monkey) -> None:
        monkeypatch.setattr(output, "WINDOWS", True)
        monkeypatch.setattr(output, "_HELD_FOR_A_MOMENT", 0.1)
        monkeypatch.setattr(Path, "replace", violated)
        (tmp_path / "a.xlsx").write_bytes(b"old")
        with pytest.raises(OutputError) as caught:
            write_all([(tmp_path / "a.xlsx", b"x")], force=True)
        assert caught.value.problem.code == "OUT02" and (tmp_path / "a.xlsx").read_bytes() == b"old"
        assert names(tmp_path) == ["a.xlsx"]

    def test_a_former_result_that_cannot_be_read_is_left_alone(
        self, wheat: Path, monkeypatch: Monkey, capsys: Said
    ) -> None:
        words = ("check", "wheat.xlsx", "--annotate", "seen.xlsx")
        assert run(monkeypatch, capsys, *words).code == 0
        before = Path("seen.xlsx").read_bytes()
        real = Path.read_bytes
        monkeypatch.setattr(Path, "read_bytes", lambda path: violated() if path.name == "seen.xlsx" else real(path))
        assert run(monkeypatch, capsys, *words).code == 5
        monkeypatch.undo()
        assert (wheat.parent / "seen.xlsx").read_bytes() == before

    def test_what_was_written_aside_may_be_held_as_well(self, tmp_path: Path, monkeypatch: Monkey) -> None:
        """A program that looks at new files has it open when it is to be removed: the file is written all the same."""
        monkeypatch.setattr(Path, "unlink", violated)
        write_all([(tmp_path / "a.xlsx", b"x")], force=False)
        assert (tmp_path / "a.xlsx").read_bytes() == b"x"


class TestWithoutLinks:
    """A FAT stick: no second name for a file; a rename that Windows refuses where the name is taken."""

    @pytest.fixture(autouse=True)
    def fat(self, monkeypatch: Monkey) -> None:
        def rename(self: Path, target: Path) -> Path:
            if target.exists():
                raise FileExistsError(errno.EEXIST, "Cannot create a file when that file already exists", str(target))
            return self.replace(target)

        def no_links(*_: object) -> None:
            raise OSError(errno.EPERM, "the request is not supported")

        monkeypatch.setattr(os, "link", no_links)
        monkeypatch.setattr(output, "WINDOWS", True)
        monkeypatch.setattr(Path, "rename", rename)

    def test_a_new_file_is_written(self, tmp_path: Path) -> None:
        write_all([(tmp_path / "a.xlsx", b"x"), (tmp_path / "a.html", b"y")], force=False)
        assert names(tmp_path) == ["a.html", "a.xlsx"]

    def test_one_that_appears_meanwhile_stays(self, tmp_path: Path, monkeypatch: Monkey) -> None:
        real = output._fill

        def race(temporary: Path, data: bytes, mode: int | None) -> None:
            real(temporary, data, mode)
            (tmp_path / "a.xlsx").write_bytes(b"theirs")

        monkeypatch.setattr(output, "_fill", race)
        with pytest.raises(OutputError) as caught:
            write_all([(tmp_path / "a.xlsx", b"x")], force=False)
        assert caught.value.problem.code == "OUT01"
        assert (tmp_path / "a.xlsx").read_bytes() == b"theirs" and names(tmp_path) == ["a.xlsx"]


def test_a_folder_that_cannot_be_opened_is_no_fault(tmp_path: Path, monkeypatch: Monkey) -> None:
    real = os.open

    def files_only(path: str | Path, *more: int) -> int:
        return violated() or 0 if Path(path).is_dir() else real(path, *more)

    monkeypatch.setattr(os, "open", files_only)
    write_all([(tmp_path / "a.xlsx", b"x")], force=False)
    assert names(tmp_path) == ["a.xlsx"]
