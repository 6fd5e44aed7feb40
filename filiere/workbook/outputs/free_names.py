"""Names that no file has yet, and the option with which one could be given."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

_NUMBERED = re.compile(r"(?P<name>.*\S) \((?P<number>\d{1,6})\)", re.DOTALL)


class Asked(NamedTuple):
    """By which option, and with which name, an output was asked for: a page comes with a workbook's ``-o``."""

    option: str = "-o"
    named: Path | None = None

    def facts(self, path: Path) -> dict[str, str]:
        """Return what a remedy says: the option, and a name for it that is free."""
        return {"option": self.option, "free": free_name(self.named or path).name}


PLAINLY_ASKED = Asked()


def free_name(path: Path) -> Path:
    """Return the first name beside ``path`` that no file has: ``name (2).xlsx``, ``name (3).xlsx``…"""
    return next(other for other in numbered_names(path) if other != path and not os.path.lexists(other))


def numbered_names(path: Path) -> Iterator[Path]:
    """Yield ``path`` itself, then the names that are numbered after it, without end."""
    match = _NUMBERED.fullmatch(path.stem)
    name, number = (match["name"], int(match["number"])) if match else (path.stem, 1)
    yield path
    while True:
        number += 1
        yield path.with_name(f"{name} ({number}){path.suffix}")
