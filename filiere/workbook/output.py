"""Writing files that appear whole or not at all, and never over what should stay.

The bytes go to a temporary file in the same folder, are forced to the disk, and only then take the name: at every
moment the name stands for the whole previous file, the whole new one, or nothing.
"""

from __future__ import annotations

import contextlib
import errno
import os
import re
import secrets
import stat
from collections.abc import Iterable
from pathlib import Path

from filiere.problems import Problem
from filiere.problems import writing as codes

_NO_ROOM = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
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
        if _same_file(output, path):
            raise OutputError(codes.OVER_INPUT.at(None, file=output.name, free=free_name(output).name))


def _same_file(one: Path, other: Path) -> bool:
    try:
        if one.samefile(other):
            return True
    except OSError:
        pass  # one of them does not exist yet: the names tell
    return os.path.normcase(os.path.realpath(one)) == os.path.normcase(os.path.realpath(other))


def refuse_existing(path: Path) -> None:
    """Raise OutputError where something stands at ``path``: worth asking before a long calculation."""
    if os.path.lexists(os.path.realpath(path)):
        raise OutputError(codes.ALREADY_THERE.at(None, file=path.name, free=free_name(path).name))


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
        _fill(temporary, data, _mode_of(target))
        if force:
            temporary.replace(target)
        else:
            _take_name(temporary, target)
        _force_to_disk(target.parent)
    except FileExistsError as fault:
        raise OutputError(codes.ALREADY_THERE.at(None, file=path.name, free=free_name(path).name)) from fault
    except OSError as fault:
        raise OutputError(_problem(fault, path, len(data))) from fault
    finally:
        _remove(temporary)
    return path


def _check_target(path: Path, target: Path, force: bool) -> None:
    if target.is_dir():
        raise OutputError(codes.TARGET_FOLDER.at(None, file=str(path)))
    if not force and os.path.lexists(target):
        raise OutputError(codes.ALREADY_THERE.at(None, file=path.name, free=free_name(path).name))
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
        return stat.S_IMODE(target.stat().st_mode)
    except OSError:
        return None


def _take_name(temporary: Path, target: Path) -> None:
    """Give the file its name unless another has it; raises FileExistsError then, with no moment in between."""
    try:
        os.link(temporary, target)
    except FileExistsError:
        raise
    except OSError:
        # Some disks (FAT, a few network shares) know no links.
        if os.name == "nt":
            temporary.rename(target)  # which on Windows refuses a name that is taken
            return
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
    if isinstance(fault, PermissionError) or fault.errno == errno.EROFS:
        return codes.LOCKED_TARGET.at(None, file=path.name, free=free_name(path).name)
    if fault.errno in _NO_ROOM:
        return codes.DISK_FULL.at(None, file=path.name, size=size / 1_000_000)
    return codes.NOT_WRITTEN.at(None, file=path.name, reason=fault.strerror or type(fault).__name__)
