"""Who holds a file: the marks that Excel and LibreOffice leave beside it; and names that Windows takes for others."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import NamedTuple

WINDOWS = os.name == "nt"
_DEVICES = re.compile(r"(CON|PRN|AUX|NUL|CONIN\$|CONOUT\$|(COM|LPT)[0-9¹²³])", re.IGNORECASE)
_FORBIDDEN = re.compile(r'[<>:"|?*\x00-\x1f]')


class Holder(NamedTuple):
    """A program that has a file open, and the file beside it that says so."""

    program: str
    lock: Path


def holder(path: Path) -> Holder | None:
    """Return who says to have a file open; None where nobody does, and for a folder named by dots alone."""
    if not path.name:
        return None
    for program, name in (("Excel", f"~${path.name}"), ("LibreOffice", f".~lock.{path.name}#")):
        lock = path.with_name(name)
        try:
            if lock.is_file():
                return Holder(program, lock)
        except OSError:
            continue
    return None


def no_name_on_windows(path: Path) -> bool:
    """Whether we are on Windows, and it knows no file of that name, or takes it for another.

    A colon within a name would even write without a word into a hidden part of another file.
    """
    parts = path.parts[1:] if path.anchor else path.parts
    return is_device(path) or ends_unseen(path) or (WINDOWS and any(_FORBIDDEN.search(part) for part in parts))


def is_device(path: Path) -> bool:
    """Whether Windows takes a part of the path for a device, whatever its ending: ``CON``, ``aux.xlsx``, ``nul .x``."""
    parts = path.parts[1:] if path.anchor else path.parts
    return WINDOWS and any(_DEVICES.fullmatch(part.split(".")[0].rstrip(" ")) is not None for part in parts)


def ends_unseen(path: Path) -> bool:
    """Whether a part of the path ends in dots or spaces, which Windows drops: it would be another file."""
    return WINDOWS and any(part.strip(".") and part[-1] in ". " for part in path.parts[bool(path.anchor) :])
