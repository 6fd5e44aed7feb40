from __future__ import annotations

import errno
import os
import signal
import stat
import subprocess
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from filiere.workbook import output
from filiere.workbook.output import OutputError, free_name, refuse_input, write_bytes


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


def test_a_disk_without_links(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "link", _no_links)
    test_a_file_that_appears_in_the_meantime_stays(tmp_path, monkeypatch)
    monkeypatch.undo()
    monkeypatch.setattr(os, "link", _no_links)
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


_WRITER = """
import sys
from functools import partial
from pathlib import Path
from filiere.workbook.output import write_bytes
path, turn = Path(sys.argv[1]), 0
print("ready", flush=True)
while True:
    turn = turn % 250 + 1
    write_bytes(path, bytes([turn]) * 300_000, force=True)
"""


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="the system kills otherwise")
def test_a_process_killed_while_writing_leaves_a_whole_file(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(b"\0" * 300_000)
    seen = set()
    for turn in range(20):
        with subprocess.Popen([sys.executable, "-c", _WRITER, str(path)], stdout=subprocess.PIPE) as process:
            assert process.stdout is not None
            process.stdout.readline()
            time.sleep(0.002 * turn)
            process.kill()
        content = path.read_bytes()
        assert len(content) == 300_000 and len(set(content)) == 1
        seen.add(content[0])
    assert len(seen) > 1
