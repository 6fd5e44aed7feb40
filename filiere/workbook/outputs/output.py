"""Writing files that appear whole or not at all, and never over what should stay.

The bytes go to a temporary file in the same folder, are forced to the disk, and only then take the name: at every
moment the name stands for the whole previous file, the whole new one, or nothing. A run that is killed in between
leaves its temporary file, which a later run in that folder removes.
"""

from __future__ import annotations

import contextlib
import errno
import os
import re
import secrets
import stat
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from filiere.guard import INTERRUPTIONS
from filiere.language import Label
from filiere.problems import Problem
from filiere.problems import writing as codes
from filiere.workbook.outputs.free_names import PLAINLY_ASKED, Asked, free_name
from filiere.workbook.outputs.held import WINDOWS, Holder, holder
from filiere.workbook.outputs.mark import is_own, marked

__all__ = [
    "InterruptedNaming", "OutputError", "free_name", "refuse_input", "refuse_output", "refuse_twice", "same_file",
    "write_all", "write_bytes",
]  # fmt: skip

_NO_ROOM = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_DENIED = {errno.EACCES, errno.EPERM, errno.EROFS}
_TEMPORARY = re.compile(r"\.filiere-[0-9a-f]{12}\.tmp")
_LEFT_BEHIND = 3600.0
"""Seconds after which a temporary file is nobody's: each is written in one go and then takes its name."""
_NO_FILE = Label("it is a device, not a file", "c'est un périphérique, pas un fichier")
_HELD_FOR_A_MOMENT = 1.0


class OutputError(Exception):
    """A file could not be written; carries the problem."""

    def __init__(self, problem: Problem, *more: Problem) -> None:
        self.problem = problem
        self.problems = (problem, *more)
        """What else there is to say of it too: which files of the run were written."""
        super().__init__(f"[{problem.code}] {problem.message('en')}")


def refuse_input(output: Path, inputs: Iterable[Path], asked: Asked = PLAINLY_ASKED) -> None:
    """Raise OutputError where ``output`` is one of ``inputs``, by whatever name, link or case it is called."""
    for path in inputs:
        if same_file(output, path):
            raise OutputError(codes.OVER_INPUT.at(None, file=output.name, **asked.facts(output)))


def same_file(one: Path, other: Path) -> bool:
    """Whether two paths name one file, through links or in another case too; it need not be there yet."""
    try:
        if one.samefile(other):
            return True
    except OSError:
        pass  # one of them does not exist yet: the names tell
    return os.path.normcase(os.path.realpath(one)) == os.path.normcase(os.path.realpath(other))


def refuse_folder(folder: Path, files: Iterable[Path]) -> None:
    """Raise OutputError where a folder to write into, or one that it lies in, is asked for as a file too."""
    above = {_one(place) for place in (Path(os.path.realpath(folder)), *Path(os.path.realpath(folder)).parents)}
    for path in files:
        if _one(path) in above:
            raise OutputError(codes.ONE_FILE_TWICE.at(None, file=path.name, other=str(folder)))


def _one(path: Path) -> str:
    """Return what two paths share that are one file on some disk."""
    return os.path.realpath(path).casefold()


def refuse_twice(paths: Sequence[Path]) -> None:
    """Raise OutputError where two outputs are one file through links, or differ by the case of letters alone.

    The latter are two files on some disks, and one as soon as they are sent to somebody with another.
    """
    for number, path in enumerate(paths):
        for other in paths[:number]:
            if _one(path) == _one(other) or same_file(path, other):
                raise OutputError(codes.ONE_FILE_TWICE.at(None, file=path.name, other=other.name))


def refuse_output(
    path: Path, inputs: Iterable[Path], *, force: bool, run: str = "", asked: Asked = PLAINLY_ASKED
) -> None:
    """Raise OutputError for what is sure to keep ``path`` from being written: worth asking before a long calculation.

    It is one of ``inputs``, it stands there and there is no ``force`` (nor is it a former result of ``run``), another
    program holds it, or its folder takes no files.
    """
    refuse_input(path, inputs, asked)
    target = Path(os.path.realpath(path))
    try:
        _check_target(path, target, force, run, asked)
        _try_folder(path, target, asked)
    except OSError as fault:
        raise OutputError(_problem(fault, path, 0, asked)) from fault
    if target.parent.is_dir() and not os.access(target.parent, os.W_OK | os.X_OK):
        raise OutputError(_closed_folder(path, target, asked))


def _closed_folder(path: Path, target: Path, asked: Asked) -> Problem:
    return codes.CLOSED_FOLDER.at(None, file=path.name, folder=str(target.parent), option=asked.option)


def _try_folder(path: Path, target: Path, asked: Asked) -> None:
    """Make the folder of a file and take it away again: whether it can be made is known no sooner."""
    missing = [folder for folder in target.parents if not folder.exists()]
    try:
        _make_folder(path, target, asked)
    finally:
        for folder in missing:
            with contextlib.suppress(OSError):
                folder.rmdir()


def write_bytes(path: Path, data: bytes, *, force: bool) -> Path:
    """Write ``data`` to ``path``, whole or not at all, and return ``path``.

    Without ``force`` a file that stands there is refused, even one that appears in the meantime. A missing
    folder is made. Raises OutputError, and leaves the previous file as it was and no temporary file, whatever
    goes wrong, an interruption included.
    """
    path = Path(path)
    write_all([(path, data)], force=force)
    return path


def write_all(
    files: Sequence[tuple[Path, bytes]], *, force: bool, run: str = "", asked: Mapping[Path, Asked] | None = None
) -> list[Problem]:
    """Write all the files of a run: each aside first, and when all are whole each takes its name, in their order.

    ``run`` is what :func:`~filiere.workbook.outputs.mark.run_of` says of it: its own former results are written
    over, and these ones bear its mark. Raises OutputError as :func:`write_bytes` does, and InterruptedNaming; both say
    what got its name and what did not. ``asked`` says by which options they were. Returns what there is to say of
    those that are written.
    """
    options = asked or {}
    if len({_one(path) for path, _ in files}) < len(files):
        refuse_twice([path for path, _ in files])
    waiting = [_Waiting(path, data, force, run, options.get(path, PLAINLY_ASKED)) for path, data in files]
    try:
        for one in waiting:
            one.fill()
        notes = [note for one in waiting for note in one.notes()]
        with INTERRUPTIONS.none():
            for one in waiting:
                one.take_name()
    except OutputError as error:
        raise OutputError(error.problem, *_became(waiting)) from error
    except KeyboardInterrupt as pressed:
        if not any(one.named for one in waiting):
            raise
        raise InterruptedNaming(*_named(waiting)) from pressed
    finally:
        for one in waiting:
            _remove(one.temporary)
    return notes


class InterruptedNaming(KeyboardInterrupt):
    """Ctrl-C fell between the names of two files; says which have theirs."""

    def __init__(self, written: str, missing: str) -> None:
        self.written, self.missing = written, missing
        super().__init__()


def _named(waiting: Sequence[_Waiting]) -> tuple[str, str]:
    written = ", ".join(str(one.path) for one in waiting if one.named)
    return written, ", ".join(str(one.path) for one in waiting if not one.named)


def _became(waiting: Sequence[_Waiting]) -> list[Problem]:
    """Return what became of the files of a run of which one could not be written; nothing where it was alone."""
    written, missing = _named(waiting)
    if len(waiting) == 1:
        return []
    return [codes.SOME_WRITTEN.at(None, written=written, missing=missing) if written else codes.NONE_WRITTEN.at(None)]


class _Waiting:
    """A file written aside that waits for its name."""

    def __init__(self, path: Path, data: bytes, force: bool, run: str, asked: Asked) -> None:
        self.path, self.force, self.run, self.asked = Path(path), force, run, asked
        # A link keeps pointing where it points: the file behind it is replaced.
        self.target = Path(os.path.realpath(path))
        self.temporary = self.target.with_name(f".filiere-{secrets.token_hex(6)}.tmp")
        self.data = marked(data, self.path.suffix, run) if run else data
        self._whole = False

    @property
    def named(self) -> bool:
        """Whether the file has its name by now, even where Ctrl-C came between the name and our noting it."""
        if not self._whole:
            return False
        try:
            return self.target.samefile(self.temporary)
        except OSError:
            return not self.temporary.exists()

    def fill(self) -> None:
        """Write the file aside."""
        with self._told():
            _check_target(self.path, self.target, self.force, self.run, self.asked)
            _make_folder(self.path, self.target, self.asked)
            mode = _mode_of(self.target)
            _fill(self.temporary, self.data, None if mode is None else stat.S_IMODE(mode))
            _sweep(self.temporary)
            self._whole = True

    def notes(self) -> list[Problem]:
        """Return what there is to say: a program still has the file open that is replaced."""
        held = holder(self.target)
        if held is None:
            return []
        return [codes.HELD_REPLACED.at(None, file=self.path.name, program=held.program)]

    def take_name(self) -> None:
        """Let the file appear under its name."""
        with self._told():
            if self.force or (self.run and is_own(self.target, self.run)):
                _patiently(lambda: self.temporary.replace(self.target))
            else:
                _take_name(self.temporary, self.target)
            _force_to_disk(self.target.parent)

    @contextlib.contextmanager
    def _told(self) -> Iterator[None]:
        try:
            yield
        except FileExistsError as fault:
            facts = self.asked.facts(self.path)
            raise OutputError(codes.ALREADY_THERE.at(None, file=self.path.name, **facts)) from fault
        except OSError as fault:
            if fault.filename == str(self.temporary) and fault.errno in _DENIED and not self.temporary.exists():
                raise OutputError(_closed_folder(self.path, self.target, self.asked)) from fault
            raise OutputError(_problem(fault, self.path, len(self.data), self.asked)) from fault


def _patiently(rename: Callable[[], object]) -> None:
    """Rename a file; on Windows again for a second where a program that looks at new files holds it for a moment."""
    until = time.monotonic() + (_HELD_FOR_A_MOMENT if WINDOWS else 0.0)
    while True:
        try:
            rename()
            return
        except PermissionError:
            if time.monotonic() >= until:
                raise
            time.sleep(0.05)


def _check_target(path: Path, target: Path, force: bool, run: str, asked: Asked) -> None:
    """Refuse to replace what stands at ``target``: a folder, a device, a file without ``force`` or that is held.

    A former result of the same ``run`` is replaced without ``force``.
    """
    if target.is_dir():
        raise OutputError(codes.TARGET_FOLDER.at(None, file=str(path)))
    held = holder(target) if not force else None
    if held is not None:
        raise OutputError(_held(path, held, asked))
    if not force and os.path.lexists(target) and not (run and is_own(target, run)):
        raise OutputError(codes.ALREADY_THERE.at(None, file=path.name, **asked.facts(path)))
    mode = _mode_of(target)
    if mode is not None and not stat.S_ISREG(mode):
        raise OutputError(codes.NOT_WRITTEN.at(None, file=path.name, reason=_NO_FILE, option=asked.option))
    with contextlib.suppress(FileNotFoundError, NotADirectoryError):
        os.close(os.open(target, os.O_RDWR))  # fails where another program holds it, or it is marked read-only


def _make_folder(path: Path, target: Path, asked: Asked) -> None:
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
    except OSError as fault:
        raise OutputError(codes.NO_FOLDER.at(None, folder=str(path.parent), option=asked.option)) from fault


def _fill(temporary: Path, data: bytes, mode: int | None) -> None:
    # 0o666 less the user's mask, as any program makes a file; tempfile would make it private.
    descriptor = os.open(temporary, os.O_CREAT | os.O_EXCL | os.O_WRONLY | getattr(os, "O_BINARY", 0), 0o666)
    with os.fdopen(descriptor, "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    if mode is not None:
        temporary.chmod(mode)


def _mode_of(target: Path) -> int | None:
    try:
        return target.stat().st_mode
    except OSError:
        return None


def _sweep(temporary: Path) -> None:
    """Remove the temporary files that killed runs left beside ``temporary``, told by the clock of that disk."""
    with contextlib.suppress(OSError):  # tidying up is no reason to fail
        recent = temporary.stat().st_mtime - _LEFT_BEHIND
        with os.scandir(temporary.parent) as entries:
            found = [entry for entry in entries if _TEMPORARY.fullmatch(entry.name)]
        for entry in found:
            if entry.is_file(follow_symlinks=False) and entry.stat(follow_symlinks=False).st_mtime < recent:
                _remove(Path(entry.path))


def _take_name(temporary: Path, target: Path) -> None:
    """Give the file its name unless another has it; raises FileExistsError then, with no moment in between."""
    try:
        os.link(temporary, target)
    except FileExistsError:
        raise
    except OSError:
        # Some disks (FAT, a few network shares) know no links.
        if not _rename_new(temporary, target):
            _rename_reserved(temporary, target)


def _rename_new(temporary: Path, target: Path) -> bool:
    """Rename the file unless the name is taken (FileExistsError); return False where the system cannot do both."""
    if WINDOWS:
        _patiently(lambda: temporary.rename(target))  # which on Windows refuses a name that is taken
        return True
    if not sys.platform.startswith("linux"):
        return False
    import ctypes

    rename = getattr(ctypes.CDLL(None, use_errno=True), "renameat2", None)
    if rename is None:
        return False
    here, unless_taken = -100, 1  # AT_FDCWD and RENAME_NOREPLACE of renameat2(2)
    if rename(here, os.fsencode(temporary), here, os.fsencode(target), unless_taken) == 0:
        return True
    if ctypes.get_errno() == errno.EEXIST:
        raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(target))
    return False


def _rename_reserved(temporary: Path, target: Path) -> None:
    """Take the name with an empty file, which the whole one replaces at once."""
    os.close(os.open(target, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o666))
    try:
        temporary.replace(target)
    except BaseException:
        target.unlink()
        raise


def _force_to_disk(folder: Path) -> None:
    """Make the new name survive a power cut, where the system knows how to."""
    try:
        descriptor = os.open(folder, os.O_RDONLY)
    except OSError:
        return  # Windows opens no folders
    try:
        os.fsync(descriptor)
    except OSError:
        pass  # nor do some network shares: the file is there all the same
    finally:
        os.close(descriptor)


def _remove(temporary: Path) -> None:
    with contextlib.suppress(OSError):  # what went wrong before is what has to be told
        temporary.unlink(missing_ok=True)


def _held(path: Path, held: Holder, asked: Asked) -> Problem:
    lock = held.lock.name
    return codes.HELD_OPEN.at(None, file=path.name, program=held.program, lock=lock, **asked.facts(path))


def _problem(fault: OSError, path: Path, size: int, asked: Asked) -> Problem:
    option = asked.option
    if fault.errno in _DENIED:
        return codes.LOCKED_TARGET.at(None, file=path.name, **asked.facts(path))
    if fault.errno in _NO_ROOM:
        return codes.DISK_FULL.at(None, file=path.name, size=size / 1_000_000, option=option)
    reason = fault.strerror or type(fault).__name__
    return codes.NOT_WRITTEN.at(None, file=path.name, reason=reason, option=option)
