"""The files of one run: refused at the start, named together at the end, and whose they are at the next run."""

from __future__ import annotations

import errno
import os
import sys
import warnings
from pathlib import Path

import openpyxl
import pytest

from filiere.guard import INTERRUPTIONS
from filiere.report.page import pictures
from filiere.workbook.outputs import output
from filiere.workbook.outputs.mark import is_own, marked, run_of
from filiere.workbook.outputs.output import InterruptedNaming, OutputError, write_all
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


@pytest.mark.parametrize(("options", "code"), [
    (("--figures", "wheat.xlsx/slides"), 5),
    (("--figures", "/proc/none/slides"), 5),
    (("--into", "copy.xlsx", "-o", "link.xlsx"), 5),
    (("--into", "copy.xlsx", "-o", "Copy.xlsx"), 5),
    (("--into", "copy.xlsx", "--figures", "./copy.xlsx"), 2),
])  # fmt: skip
def test_what_cannot_be_written_is_refused_before_any_work(
    options: tuple[str, ...], code: int, wheat: Path, monkeypatch: Monkey, capsys: Said
) -> None:
    (wheat.parent / "link.xlsx").symlink_to("copy.xlsx")
    monkeypatch.setattr("filiere.pipeline.run", None)
    ran = run(monkeypatch, capsys, "solve", str(wheat), *options)
    assert ran.code == code and "fault" not in ran.err
    assert names(wheat.parent) == ["link.xlsx", "wheat.xlsx"]


def test_a_second_run_writes_over_its_own_results_alone(wheat: Path, monkeypatch: Monkey, capsys: Said) -> None:
    def again(*options: str, command: str = "solve") -> int:
        return run(monkeypatch, capsys, command, "wheat.xlsx", "--lang", "en", *options).code

    book, page = Path("wheat-results.xlsx"), Path("wheat-results.html")
    assert again() == 0
    first = book.read_bytes(), page.read_bytes()
    write(wheat, WHEAT.replace("{harvest}", "70"))
    assert again() == 0 and names(wheat.parent) == ["wheat-results.html", "wheat-results.xlsx", "wheat.xlsx"]
    assert book.read_bytes() != first[0] and page.read_bytes() != first[1]
    # Another command, and another workbook of the same name, are not the same run.
    assert again("-o", str(book), command="today") == 5
    Path("other").mkdir()
    other = write(Path("other/wheat.xlsx"), WHEAT.replace("{harvest}", "60"))
    assert run(monkeypatch, capsys, "solve", str(other), "-o", str(book)).code == 5
    # A person saves the results: they are theirs.
    with warnings.catch_warnings(action="ignore"):
        saved = openpyxl.load_workbook(book)
    assert "filiere" in saved.custom_doc_props.names  # the mark itself is kept by such a program
    saved.save(book)
    theirs = book.read_bytes()
    assert again("-o", str(book)) == 5
    told = run(monkeypatch, capsys, "solve", "wheat.xlsx", "--lang", "en")
    assert told.code == 0 and "wheat-results (2).xlsx" in told.err and "wheat-results (2).xlsx" in told.out
    assert again() == 0 and book.read_bytes() == theirs
    assert "wheat-results (3).xlsx" not in names(wheat.parent)


def test_a_copy_is_never_written_over(wheat: Path, monkeypatch: Monkey, capsys: Said) -> None:
    words = ("solve", "wheat.xlsx", "--into", "copy.xlsx", "--lang", "en")
    assert run(monkeypatch, capsys, *words).code == 0
    refused = run(monkeypatch, capsys, *words)
    assert refused.code == 5 and "“copy (2).xlsx” with --into" in refused.err


@pytest.mark.parametrize("suffix", [".html", ".svg", ".png", ".xlsx"])
def test_the_mark_is_lost_with_any_change(suffix: str, tmp_path: Path) -> None:
    def content() -> bytes:
        if suffix == ".xlsx":
            return write(tmp_path / "made.xlsx", WHEAT.replace("{harvest}", "60")).read_bytes()
        return b"\x89PNG" + b"x" * 900 + b"\0\0\0\0IEND\xae\x42\x60\x82" if suffix == ".png" else b"<svg/>" * 200

    path, mine = tmp_path / f"a{suffix}", run_of([tmp_path / "in.xlsx"], ["solve"])
    path.write_bytes(marked(content(), suffix, mine))
    assert is_own(path, mine)
    assert not is_own(path, run_of([tmp_path / "in.xlsx"], ["today"]))
    assert not is_own(path, run_of([tmp_path / "other.xlsx"], ["solve"]))
    whole = path.read_bytes()
    for place in (4, 100, len(whole) // 2, len(whole) - 30):
        path.write_bytes(whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :])
        assert not is_own(path, mine), place
    path.write_bytes(whole + b"\n")
    assert suffix == ".xlsx" or not is_own(path, mine)
    path.write_bytes(content())
    assert not is_own(path, mine)


class TestTogether:
    FILES = ("a.xlsx", "b.html", "c.svg")

    def test_a_full_disk_leaves_all_as_it_was_and_says_so(self, tmp_path: Path, monkeypatch: Monkey) -> None:
        real = output._fill

        def full(temporary: Path, data: bytes, mode: int | None) -> None:
            if data == b"b.html":
                raise OSError(errno.ENOSPC, "No space left on device")
            real(temporary, data, mode)

        monkeypatch.setattr(output, "_fill", full)
        with pytest.raises(OutputError) as caught:
            write_all([(tmp_path / name, name.encode()) for name in self.FILES], force=False)
        assert [problem.code for problem in caught.value.problems] == ["OUT03", "OUT13"]
        assert names(tmp_path) == []

    def test_what_got_its_name_is_told_where_one_is_refused_in_the_last_moment(
        self, tmp_path: Path, monkeypatch: Monkey
    ) -> None:
        def violated(descriptor: Path) -> None:
            if Path(tmp_path / "b.html").exists():
                raise PermissionError(errno.EACCES, "The process cannot access the file", str(tmp_path / "b.html"))

        monkeypatch.setattr(output, "_force_to_disk", violated)
        with pytest.raises(OutputError) as caught:
            write_all([(tmp_path / name, b"x") for name in self.FILES], force=False)
        first, second = caught.value.problems
        assert (first.code, second.code) == ("OUT02", "OUT12")
        assert "a.xlsx" in second.message("en").split("Not written")[0]
        assert "c.svg" in second.message("en").split("Not written")[1]
        assert names(tmp_path) == ["a.xlsx", "b.html"]

    @pytest.mark.parametrize("force", [True, False])
    def test_ctrl_c_between_two_names_says_which_have_theirs(
        self, force: bool, tmp_path: Path, monkeypatch: Monkey
    ) -> None:
        monkeypatch.setattr(output, "_force_to_disk", lambda _: (_ for _ in ()).throw(KeyboardInterrupt))
        with pytest.raises(InterruptedNaming) as caught:
            write_all([(tmp_path / name, b"x") for name in self.FILES], force=force)
        assert caught.value.written == str(tmp_path / "a.xlsx")
        assert caught.value.missing == f"{tmp_path / 'b.html'}, {tmp_path / 'c.svg'}"
        assert names(tmp_path) == ["a.xlsx"]

    def test_a_press_waits_for_the_names(self, tmp_path: Path, monkeypatch: Monkey) -> None:
        monkeypatch.setattr(output, "_force_to_disk", lambda _: INTERRUPTIONS._press(2, None))
        monkeypatch.setattr(INTERRUPTIONS, "pressed", 0)
        with pytest.raises(InterruptedNaming) as caught:
            write_all([(tmp_path / name, b"x") for name in self.FILES], force=False)
        assert caught.value.missing == "" and names(tmp_path) == sorted(self.FILES)


def test_a_workbook_is_not_lost_for_a_picture(wheat: Path, monkeypatch: Monkey, capsys: Said) -> None:
    def fails(*_: object) -> None:
        raise pictures.NoEngineError("V8 has had enough")

    monkeypatch.setattr(pictures, "_figures", fails)
    ran = run(monkeypatch, capsys, "solve", "wheat.xlsx", "-o", "r.xlsx", "--figures", "slides", "--lang", "en")
    assert ran.code == 5 and "V8 has had enough" in ran.err and "Results written: r.xlsx" in ran.out
    assert names(wheat.parent) == ["r.html", "r.xlsx", "wheat.xlsx"]


@pytest.mark.skipif(sys.platform != "linux", reason="limits as Linux has them")
def test_what_dies_apart_is_told(monkeypatch: Monkey) -> None:
    drawn = [pictures.Figure("t", "n", "<svg/>")]
    assert pictures.apart(lambda: drawn) == drawn
    with pytest.raises(pictures.NoEngineError):
        pictures.apart(lambda: os._exit(3))


@pytest.mark.parametrize(("lock", "program"), [("~$r.xlsx", "Excel"), (".~lock.r.xlsx#", "LibreOffice")])
def test_what_is_open_elsewhere_is_not_replaced_without_a_word(
    lock: str, program: str, wheat: Path, monkeypatch: Monkey, capsys: Said
) -> None:
    words = ("solve", "wheat.xlsx", "-o", "r.xlsx", "--lang", "en")
    Path("r.xlsx").write_text("open")
    Path(lock).write_text("me")
    refused = run(monkeypatch, capsys, *words)
    assert refused.code == 5 and program in refused.err and lock in refused.err and "“r (2).xlsx”" in refused.err
    forced = run(monkeypatch, capsys, *words, "--force")
    assert forced.code == 0 and f"replaced while it is open in {program}" in forced.err
    Path(lock.replace("r.xlsx", "wheat.xlsx")).write_text("me")
    told = run(monkeypatch, capsys, "check", "wheat.xlsx", "--lang", "en")
    assert told.code == 0 and f"“wheat.xlsx” is open in {program}" in told.err


@pytest.mark.parametrize("options", [
    ("-o", "r.xlsx", "--members", "link/r.xlsx"), ("-o", "r.xlsx", "--members", "R.html/sheets"),
    ("-o", "r.xlsx", "--figures", "r.html"), ("--into", "c.xlsx", "--members", "link/c.xlsx"),
    ("--figures", "wheat.xlsx"), ("--members", "wheat.xlsx"), ("-o", "folder.xlsx", "--force"),
])  # fmt: skip
def test_a_folder_and_a_file_of_one_name_are_refused_before_any_work(
    options: tuple[str, ...], wheat: Path, monkeypatch: Monkey, capsys: Said
) -> None:
    Path("link").symlink_to(".")
    Path("folder.xlsx").mkdir()
    monkeypatch.setattr("filiere.pipeline.run", None)
    ran = run(monkeypatch, capsys, "solve", "wheat.xlsx", *options)
    assert ran.code == 5 and "fault" not in ran.err
    assert names(wheat.parent) == ["folder.xlsx", "link", "wheat.xlsx"]


def test_members_sheets_take_their_names_with_the_rest(wheat: Path, monkeypatch: Monkey, capsys: Said) -> None:
    """Nothing is worked out between: where a sheet cannot be made, no workbook has its name either."""
    monkeypatch.setattr("filiere.report.member.workbook.member_workbooks", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        run(monkeypatch, capsys, "solve", "wheat.xlsx", "--members", "sheets", "--traceback")
    assert names(wheat.parent) == ["wheat.xlsx"]
    monkeypatch.undo()
    monkeypatch.chdir(wheat.parent)
    # A member's sheet and the workbook of the whole under one name are one file twice.
    ran = run(monkeypatch, capsys, "solve", "wheat.xlsx", "-o", "sheets/01-farm.xlsx", "--members", "sheets")
    assert ran.code == 5 and names(wheat.parent) == ["wheat.xlsx"]
