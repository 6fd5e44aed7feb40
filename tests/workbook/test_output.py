from __future__ import annotations

import errno
import os
import shutil
import stat
import subprocess
import sys
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest

from filiere.workbook.outputs import output
from filiere.workbook.outputs.output import OutputError, free_name, refuse_input, refuse_output, write_bytes


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def refused(call: Callable[[], object]) -> str:
    with pytest.raises(OutputError) as caught:
        call()
    problem = caught.value.problem
    for language in ("fr", "en"):
        assert problem.message(language).endswith(".") and problem.hint(language).endswith(".")
    return problem.code


def test_a_new_file_with_the_users_usual_rights(tmp_path: Path) -> None:
    path = tmp_path / "a" / "b" / "résultats 1.xlsx"
    before = os.umask(0o027)
    try:
        assert write_bytes(path, b"whole", force=False) == path
    finally:
        os.umask(before)
    assert path.read_bytes() == b"whole"
    assert stat.S_IMODE(path.stat().st_mode) == 0o640
    assert names(path.parent) == ["résultats 1.xlsx"]


def test_an_existing_file_is_only_replaced_by_force(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(b"old")
    path.chmod(0o604)
    assert refused(lambda: write_bytes(path, b"new", force=False)) == "OUT01"
    assert path.read_bytes() == b"old"
    write_bytes(path, b"new", force=True)
    assert path.read_bytes() == b"new"
    assert stat.S_IMODE(path.stat().st_mode) == 0o604
    assert names(tmp_path) == ["a.xlsx"]


def test_a_file_that_appears_in_the_meantime_stays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.xlsx"
    fill = output._fill

    def race(temporary: Path, data: bytes, mode: int | None) -> None:
        fill(temporary, data, mode)
        path.write_bytes(b"another's")

    monkeypatch.setattr(output, "_fill", race)
    assert refused(lambda: write_bytes(path, b"new", force=False)) == "OUT01"
    assert path.read_bytes() == b"another's"
    assert names(tmp_path) == ["a.xlsx"]


def _no_links(*_: object) -> None:
    raise OSError(errno.EOPNOTSUPP, "no links here")


@pytest.mark.parametrize("renaming", [True, False])
def test_a_disk_without_links(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, renaming: bool) -> None:
    def without_links() -> None:
        monkeypatch.setattr(os, "link", _no_links)
        if not renaming:
            monkeypatch.setattr(output, "_rename_new", lambda *_: False)

    without_links()
    test_a_file_that_appears_in_the_meantime_stays(tmp_path, monkeypatch)
    monkeypatch.undo()
    without_links()
    write_bytes(tmp_path / "b.xlsx", b"new", force=False)
    assert (tmp_path / "b.xlsx").read_bytes() == b"new"
    assert names(tmp_path) == ["a.xlsx", "b.xlsx"]


def _failing(fault: BaseException) -> Callable[..., object]:
    def fail(*_: object, **__: object) -> object:
        raise fault

    return fail


@pytest.mark.parametrize(
    ("fault", "code"),
    [
        (OSError(errno.ENOSPC, "No space left on device"), "OUT03"),
        (OSError(errno.EDQUOT, "Disk quota exceeded"), "OUT03"),
        (PermissionError(errno.EACCES, "Permission denied"), "OUT02"),
        (OSError(errno.EROFS, "Read-only file system"), "OUT02"),
        (OSError(errno.EIO, "Input/output error"), "OUT06"),
    ],
)
@pytest.mark.parametrize("step", ["open", "fsync", "replace"])
@pytest.mark.parametrize("force", [True, False])
def test_what_goes_wrong_leaves_all_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fault: OSError, code: str, step: str, force: bool
) -> None:
    path = tmp_path / "a.xlsx"
    if force:
        path.write_bytes(b"old")
    else:
        monkeypatch.setattr(os, "link", _no_links)
        monkeypatch.setattr(output, "_rename_new", lambda *_: False)
    monkeypatch.setattr(Path if step == "replace" else os, step, _failing(fault))
    assert refused(lambda: write_bytes(path, b"new", force=force)) == code
    monkeypatch.undo()
    assert names(tmp_path) == (["a.xlsx"] if force else [])
    assert not force or path.read_bytes() == b"old"


@pytest.mark.parametrize("step", ["fsync", "link"])
def test_an_interruption_passes_and_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str) -> None:
    monkeypatch.setattr(os, step, _failing(KeyboardInterrupt()))
    with pytest.raises(KeyboardInterrupt):
        write_bytes(tmp_path / "a.xlsx", b"new", force=False)
    assert names(tmp_path) == []


def test_a_locked_target_comes_with_a_free_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "plan.xlsx"
    path.write_bytes(b"old")
    (tmp_path / "plan (2).xlsx").write_bytes(b"x")
    monkeypatch.setattr(Path, "replace", _failing(PermissionError(errno.EACCES, "held")))
    with pytest.raises(OutputError) as caught:
        write_bytes(path, b"new", force=True)
    assert "plan (3).xlsx" in caught.value.problem.hint("fr")


def test_folders_in_the_way(tmp_path: Path) -> None:
    assert refused(lambda: write_bytes(tmp_path, b"", force=True)) == "OUT04"
    (tmp_path / "file").write_bytes(b"")
    assert refused(lambda: write_bytes(tmp_path / "file" / "a.xlsx", b"", force=True)) == "OUT05"
    assert refused(lambda: write_bytes(tmp_path / ("n" * 300), b"", force=False)) == "OUT06"


def test_a_link_keeps_pointing_to_its_file(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "real" / "a.xlsx").write_bytes(b"old")
    (tmp_path / "a.xlsx").symlink_to(tmp_path / "real" / "a.xlsx")
    write_bytes(tmp_path / "a.xlsx", b"new", force=True)
    assert (tmp_path / "a.xlsx").is_symlink()
    assert (tmp_path / "real" / "a.xlsx").read_bytes() == b"new"


def test_free_names(tmp_path: Path) -> None:
    assert free_name(tmp_path / "a.xlsx").name == "a (2).xlsx"
    (tmp_path / "a (2).xlsx").touch()
    (tmp_path / "a (3).xlsx").symlink_to("nowhere")
    assert free_name(tmp_path / "a.xlsx").name == "a (4).xlsx"
    assert free_name(tmp_path / "a (2).xlsx").name == "a (4).xlsx"
    assert free_name(tmp_path / "(2).xlsx").name == "(2) (2).xlsx"


def test_an_input_is_never_an_output(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(b"x")
    (tmp_path / "link.xlsx").symlink_to(path)
    os.link(path, tmp_path / "hard.xlsx")
    (tmp_path / "copy.xlsx").write_bytes(b"x")
    monkeypatch.chdir(tmp_path)
    for name in ("a.xlsx", "./a.xlsx", "link.xlsx", "hard.xlsx", f"../{tmp_path.name}/a.xlsx"):
        assert refused(partial(refuse_input, Path(name), [Path("copy.xlsx"), path])) == "OUT07"
    refuse_input(Path("new.xlsx"), [path, Path("none.xlsx")])
    refuse_input(Path("copy.xlsx"), [path])
    assert refused(lambda: refuse_input(Path("none.xlsx"), [tmp_path / "none.xlsx"])) == "OUT07"


def _trials(*arguments: object) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "tests.workbook.killing", *map(str, arguments)]
    root = Path(__file__).parents[2]
    return subprocess.run(command, capture_output=True, text=True, cwd=root, check=False)


_FORKS = pytest.mark.skipif(not hasattr(os, "fork"), reason="the system forks no processes")


@_FORKS
def test_a_run_stopped_at_any_moment_leaves_whole_files_only() -> None:
    """Some moments of the many that ``python -m tests.workbook.killing 400`` tries by hand."""
    tried = _trials(30)
    assert tried.returncode == 0, tried.stdout + tried.stderr
    figures = dict(line.rsplit(None, 1) for line in tried.stdout.splitlines())
    assert figures["trials"] == "30"
    assert figures["broken"] == "0"


@_FORKS
def test_a_careless_writer_is_found_out_by_the_same_trials() -> None:
    tried = _trials(30, "--careless")
    assert tried.returncode == 1
    assert "half a file" in tried.stdout


@_FORKS
def test_runs_at_once_on_one_output_do_not_mix() -> None:
    tried = _trials(12, "--at-once")
    assert tried.returncode == 0, tried.stdout + tried.stderr


def test_what_a_killed_run_left_is_removed_by_a_later_one_and_nothing_else(tmp_path: Path) -> None:
    others = [".filiere-0123456789ab.tmp.xlsx", ".filiere-mine.tmp", "filiere-0123456789ab.tmp"]
    for name in (".filiere-0123456789ab.tmp", ".filiere-aaaaaaaaaaaa.tmp", *others):
        (tmp_path / name).write_bytes(b"half")
        os.utime(tmp_path / name, (0, 0))
    os.utime(tmp_path / ".filiere-aaaaaaaaaaaa.tmp")  # that of a run which may be writing now
    (tmp_path / ".filiere-bbbbbbbbbbbb.tmp").symlink_to(tmp_path / others[0])
    write_bytes(tmp_path / "a.xlsx", b"new", force=False)
    assert names(tmp_path) == sorted(["a.xlsx", ".filiere-aaaaaaaaaaaa.tmp", ".filiere-bbbbbbbbbbbb.tmp", *others])


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 64 kB, where the system lets one be made."""
    place = tmp_path / "disk"
    place.mkdir()
    made = shutil.which("mount") and subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=64k", "none", str(place)], capture_output=True, check=False
    )
    if not made or made.returncode:
        pytest.skip("no disk can be made here")
    yield place
    subprocess.run(["umount", str(place)], check=True)


def test_a_full_disk_keeps_what_it_holds(small_disk: Path) -> None:
    (small_disk / "a.xlsx").write_bytes(b"old")
    assert refused(lambda: write_bytes(small_disk / "a.xlsx", b"x" * 100_000, force=True)) == "OUT03"
    assert refused(lambda: write_bytes(small_disk / "b.xlsx", b"x" * 100_000, force=False)) == "OUT03"
    assert (small_disk / "a.xlsx").read_bytes() == b"old"
    assert names(small_disk) == ["a.xlsx"]
    write_bytes(small_disk / "b.xlsx", b"x" * 10_000, force=False)


def test_a_disk_that_may_only_be_read_is_told_before_anything_is_worked_out(small_disk: Path) -> None:
    (small_disk / "a.xlsx").write_bytes(b"old")
    subprocess.run(["mount", "-o", "remount,ro", str(small_disk)], check=True)
    for force in (True, False):
        assert refused(lambda force=force: write_bytes(small_disk / "b.xlsx", b"new", force=force)) == "OUT08"
        assert refused(lambda force=force: refuse_output(small_disk / "b.xlsx", [], force=force)) == "OUT08"
    assert refused(lambda: write_bytes(small_disk / "a.xlsx", b"new", force=True)) == "OUT02"
    assert names(small_disk) == ["a.xlsx"]


_LIMITED = """
import resource, signal, sys
from pathlib import Path
from filiere.workbook.outputs.output import OutputError, write_bytes
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (50_000, 50_000))
try:
    write_bytes(Path(sys.argv[1]), b"x" * 100_000, force=True)
except OutputError as refused:
    print(refused.problem.code)
"""


@pytest.mark.skipif(os.name == "nt", reason="the system has no such limit")
def test_a_write_cut_short_by_the_system_leaves_the_old_file(tmp_path: Path) -> None:
    (tmp_path / "a.xlsx").write_bytes(b"old")
    command = [sys.executable, "-c", _LIMITED, str(tmp_path / "a.xlsx")]
    assert subprocess.run(command, capture_output=True, text=True, check=True).stdout == "OUT03\n"
    assert (tmp_path / "a.xlsx").read_bytes() == b"old"
    assert names(tmp_path) == ["a.xlsx"]


def test_a_file_that_another_program_holds_is_told_before_anything_is_worked_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "plan.xlsx"
    path.write_bytes(b"old")
    refuse_output(path, [], force=True)
    # Windows answers so for a workbook that is open in Excel.
    monkeypatch.setattr(os, "open", _failing(PermissionError(errno.EACCES, "held", str(path))))
    with pytest.raises(OutputError) as caught:
        refuse_output(path, [], force=True)
    assert caught.value.problem.code == "OUT02"
    assert "plan (2).xlsx" in caught.value.problem.hint("en")
    assert path.read_bytes() == b"old"


def test_a_device_is_never_replaced(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    for force in (True, False):
        with pytest.raises(OutputError):
            write_bytes(tmp_path / "pipe", b"new", force=force)
    assert stat.S_ISFIFO((tmp_path / "pipe").stat().st_mode)
