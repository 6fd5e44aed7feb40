"""How much memory is free: what is refused as too large is what it cannot hold."""

from __future__ import annotations

import contextlib
import os
import sys
from pathlib import Path

from filiere.guard import memory_limit

LEAST = 120_000_000
"""Bytes that are counted on whatever the system says: small chains are never refused."""
UNKNOWN = 2_000_000_000
"""Bytes that are counted on where the system says nothing."""

ROW = 7_000
"""Bytes that a row of a workbook takes from reading to results: 415,000 links took 2.8 GiB."""
PAIR = 250
"""Bytes that a pair of actors takes while a radius chooses among them; measured: 170."""
LINK, FLOW = 3_000, 4_000
"""Bytes that a pair of actors takes, and each of its flows, a period each, in programme and plan."""


def free() -> int:
    """Return the bytes of memory that this process may still take."""
    return max(LEAST, min(_left_of_machine(), _left_of_group(), _left_of_limit()))


def _left_of_machine() -> int:
    if sys.platform == "win32":
        return _left_of_windows()
    with contextlib.suppress(OSError, ValueError, StopIteration):
        return _kibibytes(Path("/proc/meminfo"), "MemAvailable:")
    with contextlib.suppress(OSError, ValueError):
        return os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") // 2  # macOS tells no more
    return UNKNOWN


def _left_of_windows() -> int:
    import ctypes

    class Status(ctypes.Structure):
        """MEMORYSTATUSEX of the Windows API."""

        _fields_ = [
            ("length", ctypes.c_ulong), ("load", ctypes.c_ulong),
            *((name, ctypes.c_ulonglong) for name in ("all", "free", "a", "b", "c", "d", "e")),
        ]  # fmt: skip

    status = Status(length=ctypes.sizeof(Status))
    found = ctypes.WinDLL("kernel32").GlobalMemoryStatusEx(ctypes.byref(status))  # type: ignore[attr-defined, unused-ignore]
    return int(status.free) if found else UNKNOWN


def _left_of_group() -> int:
    """What a container leaves, but for files that are only kept at hand; a group without a limit says "max"."""
    group = Path("/sys/fs/cgroup")
    with contextlib.suppress(OSError, ValueError, StopIteration):
        most = int((group / "memory.max").read_text())
        taken = (line.split() for line in (group / "memory.stat").read_text().splitlines())
        return most - next(int(size) for name, size in taken if name == "anon")
    return sys.maxsize


def _left_of_limit() -> int:
    limit = memory_limit()
    if limit is None:
        return sys.maxsize
    with contextlib.suppress(OSError, ValueError, StopIteration):
        return limit - _kibibytes(Path("/proc/self/status"), "VmSize:")
    return limit


def _kibibytes(path: Path, name: str) -> int:
    return next(int(line.split()[1]) for line in path.read_text().splitlines() if line.startswith(name)) * 1024
