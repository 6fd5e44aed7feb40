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
from collections.abc import Iterable
from pathlib import Path

from filiere.language import Label
from filiere.problems import Problem
from filiere.problems import writing as codes

_NO_ROOM = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_DENIED = {errno.EACCES, errno.EPERM, errno.EROFS}
_TEMPORARY = re.compile(r"\.filiere-[0-9a-f]{12}\.tmp")
_LEFT_BEHIND = 3600.0
"""Seconds after which a temporary file is nobody's: each is written in one go and then takes its name."""
_NO_FILE = Label("it is a device, not a file", "c'est un périphérique, pas un fichier")
_NUMBERED = re.compile(r"(?P<name>.*\S) \((?P<number>\d{1,6})\)", re.DOTALL)


class OutputError(Exception):
    """A file could not be written; carries the problem."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        super().__init__(f"[{problem.code}] {problem.message('en')}")


def free_name(path: Path) -> Path:
    """Return the first name beside ``path`` that no file has: ``name (2).xlsx``, ``name (3).xlsx``…"""
    match = _NUMBERED.fullmatch(path.stem)
    name, number = (match["name"], int(match["number"])) if match else (path.stem, 1)
    while True:
        number += 1
        other = path.with_name(f"{name} ({number}){path.suffix}")
        if not os.path.lexists(other):
            return other


def refuse_input(output: Path, inputs: Iterable[Path]) -> None:
    """Raise OutputError where ``output`` is one of ``inputs``, by whatever name, link or case it is called."""
    for path in inputs:
        if same_file(output, path):
            raise OutputError(codes.OVER_INPUT.at(None, file=output.name, free=free_name(output).name))


def same_file(one: Path, other: Path) -> bool:
    """Whether two paths name one file, through links or in another case too; it need not be there yet."""
    try:
        if one.samefile(other):
            return True
    except OSError:
        pass  # one of them does not exist yet: the names tell
    return os.path.normcase(os.path.realpath(one)) == os.path.normcase(os.path.realpath(other))


def refuse_output(path: Path, inputs: Iterable[Path], *, force: bool) -> None:
    """Raise OutputError for what is sure to keep ``path`` from being written: worth asking before a long calculation.

    It is one of ``inputs``, it stands there and there is no ``force``, another program holds it, or its folder
    takes no files.
    """
    refuse_input(path, inputs)
    target = Path(os.path.realpath(path))
    try:
        _check_target(path, target, force)
    except OSError as fault:
        raise OutputError(_problem(fault, path, 0)) from fault
    if target.parent.is_dir() and not os.access(target.parent, os.W_OK | os.X_OK):
        raise OutputError(codes.CLOSED_FOLDER.at(None, file=path.name, folder=str(target.parent)))


def write_bytes(path: Path, data: bytes, *, force: bool) -> Path:
    """Write ``data`` to ``path``, whole or not at all, and return ``path``.

    Without ``force`` a file that stands there is refused, even one that appears in the meantime. A missing
    folder is made. Raises OutputError, and leaves the previous file as it was and no temporary file, whatever
    goes wrong, an interruption included.
    """
    path = Path(path)
    # A link keeps pointing where it points: the file behind it is replaced.
    target = Path(os.path.realpath(path))
    temporary = target.with_name(f".filiere-{secrets.token_hex(6)}.tmp")
    try:
        _check_target(path, target, force)
        _make_folder(path, target)
        mode = _mode_of(target)
        _fill(temporary, data, None if mode is None else stat.S_IMODE(mode))
        _sweep(temporary)
        if force:
            temporary.replace(target)
        else:
            _take_name(temporary, target)
        _force_to_disk(target.parent)
    except FileExistsError as fault:
        raise OutputError(codes.ALREADY_THERE.at(None, file=path.name, free=free_name(path).name)) from fault
    except OSError as fault:
        if fault.filename == str(temporary) and fault.errno in _DENIED and not temporary.exists():
            raise OutputError(codes.CLOSED_FOLDER.at(None, file=path.name, folder=str(target.parent))) from fault
        raise OutputError(_problem(fault, path, len(data))) from fault
    finally:
        _remove(temporary)
    return path


def _check_target(path: Path, target: Path, force: bool) -> None:
    """Refuse to replace what stands at ``target``: a folder, a device, a file without ``force`` or that is held."""
    if target.is_dir():
        raise OutputError(codes.TARGET_FOLDER.at(None, file=str(path)))
    if not force and os.path.lexists(target):
        raise OutputError(codes.ALREADY_THERE.at(None, file=path.name, free=free_name(path).name))
    mode = _mode_of(target)
    if mode is not None and not stat.S_ISREG(mode):
        raise OutputError(codes.NOT_WRITTEN.at(None, file=path.name, reason=_NO_FILE))
    with contextlib.suppress(FileNotFoundError, NotADirectoryError):
        os.close(os.open(target, os.O_RDWR))  # fails where another program holds it, or it is marked read-only


def _make_folder(path: Path, target: Path) -> None:
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
    except OSError as fault:
        raise OutputError(codes.NO_FOLDER.at(None, folder=str(path.parent))) from fault


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
    if os.name == "nt":
        temporary.rename(target)  # which on Windows refuses a name that is taken
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


def _problem(fault: OSError, path: Path, size: int) -> Problem:
    if fault.errno in _DENIED:
        return codes.LOCKED_TARGET.at(None, file=path.name, free=free_name(path).name)
    if fault.errno in _NO_ROOM:
        return codes.DISK_FULL.at(None, file=path.name, size=size / 1_000_000)
    return codes.NOT_WRITTEN.at(None, file=path.name, reason=fault.strerror or type(fault).__name__)
