"""A run among closed and full streams, without a folder, with little memory, and stopped at any moment."""

from __future__ import annotations

import errno
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from filiere.commands import cli
from filiere.commands.exits import leave, machine_fault
from filiere.commands.streams import Patient
from filiere.workbook.outputs.mark import is_own
from tests.commands.running import run, write
from tests.wheat import WHEAT

SAID = "What was to be printed is lost"
ON_LINUX = pytest.mark.skipif(sys.platform != "linux", reason="the shell and devices of Linux")


@pytest.fixture(scope="module")
def bad(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("bad") / "bad.xlsx"
    path.write_text("no workbook")
    return path


def shell(script: str, folder: Path, **env: str) -> subprocess.CompletedProcess[str]:
    """Run a line of shell in which ``$F`` is filiere, in English."""
    known = {"F": f"{sys.executable} -m filiere", "LC_ALL": "C.UTF-8", "PYTHONPATH": str(Path.cwd())}
    return subprocess.run(
        ["bash", "-c", script],
        check=False,
        cwd=folder,
        env=os.environ | known | env,
        capture_output=True,
        text=True,
        timeout=60,
    )


@ON_LINUX
@pytest.mark.parametrize(("command", "code", "told"), [
    ("--version >&-", 5, SAID), ("--version >/dev/full", 5, SAID), ("--version | true; exit ${PIPESTATUS[0]}", 0, ""),
    ("nothing 2>&- >&- <&-", 2, ""), ("nothing 2>/dev/full", 2, ""),
])  # fmt: skip
def test_what_cannot_be_said_is_no_fault(command: str, code: int, told: str, tmp_path: Path) -> None:
    ran = shell(f"$F {command}", tmp_path)
    assert ran.returncode == code
    assert told in ran.stderr and ran.stderr.count("\n") == bool(told)


@pytest.mark.parametrize("stream", [None, errno.ENOSPC, errno.EPIPE])
def test_a_workbook_with_errors_ends_with_3_whoever_listens(
    stream: int | None, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], bad: Path
) -> None:
    monkeypatch.setattr(sys, "argv", ["filiere", "check", str(bad), "--json", "--lang", "en"])
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    monkeypatch.setattr(sys, "stdout", stream and _Full(stream))
    with pytest.raises(SystemExit) as left:
        leave(cli)
    assert left.value.code == 3
    assert capsys.readouterr().err.count(SAID) == (stream != errno.EPIPE)
    monkeypatch.setattr(sys, "stderr", None)
    with pytest.raises(SystemExit) as left:
        leave(cli)
    assert left.value.code == 3


@ON_LINUX
def test_a_working_folder_that_is_gone_is_told(tmp_path: Path) -> None:
    ran = shell("mkdir gone; cd gone; rmdir ../gone; $F new food --lang en", tmp_path)
    assert ran.returncode == 5 and "the working folder is gone" in ran.stderr and ran.stderr.count("\n") == 1


def test_a_want_of_room_for_temporary_files_is_not_a_want_of_the_working_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    refused = FileNotFoundError(errno.ENOENT, "No usable temporary directory found in ['/tmp']")
    assert "TMPDIR" in str(machine_fault(refused)) and "working folder" not in str(machine_fault(refused))
    gone = tmp_path / "gone"
    gone.mkdir()
    monkeypatch.chdir(gone)
    gone.rmdir()
    assert "working folder is gone" in str(machine_fault(refused))


@ON_LINUX
def test_a_pipe_at_the_name_of_an_output_or_of_a_file_to_gather_is_not_waited_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    file = write(tmp_path / "wheat.xlsx", WHEAT.replace("{harvest}", "60"))
    os.mkfifo(tmp_path / "wheat-results.xlsx")
    assert not is_own(tmp_path / "wheat-results.xlsx", "run")
    ran = run(monkeypatch, capsys, "solve", str(file))
    assert ran.code == 0 and "wheat-results (2).xlsx" in ran.out
    os.mkfifo(tmp_path / "sales.csv")
    ran = run(monkeypatch, capsys, "gather", str(tmp_path / "sales.csv"), "--into", str(tmp_path / "new.xlsx"))
    assert ran.code == 3 and "sales.csv" in ran.out + ran.err


@ON_LINUX
@pytest.mark.parametrize("megabytes", [300, 500])
def test_too_little_memory_is_one_line(megabytes: int, bad: Path) -> None:
    ran = shell(f"ulimit -v {megabytes * 1024}; $F solve bad.xlsx", bad.parent)
    assert ran.returncode == 5 and ran.stderr.count("\n") == 1
    assert f"ulimit -v allows {megabytes * 1024 * 1024 // 1000 // 1000} MB, a small plan takes 640" in ran.stderr


@ON_LINUX
def test_a_death_for_want_of_memory_is_told_by_the_process_that_watches(tmp_path: Path) -> None:
    code = "import os; from filiere import guard; guard.go_on_within({limit}); {then}"
    for then, expected in (("os.abort()", 5), ("os._exit(1)", 5), ("guard.end(3)", 3)):
        died = [sys.executable, "-c", code.format(limit=10**12, then=then), "check"]
        ran = subprocess.run(died, capture_output=True, text=True, timeout=30, check=False)
        assert ran.returncode == expected, then
        assert ("ulimit -v allows 1000000 MB" in ran.stderr) == (expected == 5)


def test_what_the_machine_refuses_is_no_fault_of_the_program() -> None:
    assert "memory" in str(machine_fault(MemoryError()))
    assert "(x.xlsx)" in str(machine_fault(OSError(errno.EIO, "Input/output error", "x.xlsx")))
    assert machine_fault(ValueError("x")) is None and machine_fault(KeyError("x")) is None


class _Full:
    encoding = "utf-8"

    def __init__(self, number: int) -> None:
        self.number = number

    def write(self, _text: str) -> int:
        raise OSError(self.number, os.strerror(self.number))


@pytest.mark.parametrize(("number", "lost"), [(errno.ENOSPC, True), (errno.EIO, True), (errno.EPIPE, False)])
def test_a_stream_takes_everything_and_remembers_what_is_lost(number: int, lost: bool) -> None:
    stream = Patient(_Full(number))
    assert stream.write("abc") == 3 and stream.write("d") == 1
    stream.flush()
    assert (stream.lost is not None) == lost and not stream.isatty()


@pytest.mark.skipif(os.name != "posix", reason="signals as they are sent on Unix")
@pytest.mark.parametrize("module", ["click", "highspy"])
def test_ctrl_c_during_an_import_is_one_line(module: str, tmp_path: Path) -> None:
    book = write(tmp_path / "wheat.xlsx", WHEAT.replace("{harvest}", "60"))
    # The module stands still as it is imported, and swallows what is raised in it as some do.
    slow = tmp_path / "slow" / f"{module}.py"
    slow.parent.mkdir()
    slow.write_text(
        "import time\nprint('here', flush=True)\ntry:\n    time.sleep(20)\nexcept BaseException:\n    pass\n"
    )
    found = os.pathsep.join([str(slow.parent), str(Path.cwd())])
    process = subprocess.Popen(
        [sys.executable, "-m", "filiere", "solve", str(book), "--lang", "en"], env=os.environ | {"PYTHONPATH": found},
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert process.stdout is not None and process.stdout.readline() == "here\n"
    started = time.monotonic()
    process.send_signal(signal.SIGINT)
    _, said = process.communicate(timeout=10)
    assert process.returncode == 130 and said.startswith("Interrupted") and said.count("\n") == 1
    assert time.monotonic() - started < 5


@pytest.mark.skipif(os.name != "posix", reason="signals as they are sent on Unix")
def test_ctrl_c_ends_a_library_that_does_not_listen() -> None:
    # A lock taken twice stands for a solver that does not return to Python.
    code = (
        "import ctypes, filiere.guard as g; g._PATIENCE = 0.2; g.INTERRUPTIONS.listen(); print('here', flush=True)\n"
        "lock, c = ctypes.create_string_buffer(128), ctypes.CDLL(None)\n"
        "while True: c.pthread_mutex_lock(lock)\n"
    )
    process = subprocess.Popen(
        [sys.executable, "-c", code], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )  # fmt: skip
    assert process.stdout is not None and process.stdout.readline() == "here\n"
    time.sleep(0.05)
    process.send_signal(signal.SIGINT)
    _, said = process.communicate(timeout=10)
    assert (process.returncode, said) == (130, "Interrupted. / Interrompu.\n")


@pytest.mark.skipif(os.name != "posix", reason="signals as they are sent on Unix")
def test_ctrl_c_after_the_work_changes_nothing() -> None:
    code = (
        "import atexit, os, signal, sys\n"
        "sys.argv = ['filiere', '--version']\n"
        "atexit.register(lambda: os.kill(os.getpid(), signal.SIGINT))\n"
        "from filiere.__main__ import main; main()\n"
    )
    ended = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert (ended.returncode, ended.stderr) == (0, "") and "filiere" in ended.stdout


def test_no_garbage_is_looked_for_at_the_end() -> None:
    """Python looks through all objects several times when it ends, which takes a check a tenth of a second."""
    code = (
        "import atexit, gc, sys\n"
        "sys.argv = ['filiere', '--version']\n"
        "atexit.register(lambda: print('looked through:', sum(len(gc.get_objects(age)) for age in range(3)) > 1000))\n"
        "from filiere.__main__ import main; main()\n"
    )
    ended = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert (ended.returncode, ended.stdout.splitlines()[-1]) == (0, "looked through: False")


def test_ctrl_c_is_told_in_one_line(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], bad: Path
) -> None:
    def stopped(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("filiere.pipeline.checked", stopped)
    ran = run(monkeypatch, capsys, "check", str(bad), "--lang", "fr")
    assert (ran.code, ran.err) == (130, "Interrompu ; rien n'est resté à moitié écrit.\n")
