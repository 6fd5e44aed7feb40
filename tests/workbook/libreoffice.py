"""LibreOffice as a second pair of eyes: saves a workbook again, computing what has no value yet."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

import pytest

SOFFICE = shutil.which("soffice")
needs_libreoffice = pytest.mark.skipif(SOFFICE is None, reason="LibreOffice is not installed")


def saved_again(files: Sequence[Path], kind: str, folder: Path) -> list[Path]:
    """Return the ``files`` as LibreOffice saves them into ``folder``, as ``ods`` or ``xlsx``."""
    assert SOFFICE is not None
    home = (folder / "profile").as_uri()
    command = [SOFFICE, f"-env:UserInstallation={home}", "--headless", "--convert-to", kind, "--outdir", str(folder)]
    subprocess.run([*command, *map(str, files)], check=True, capture_output=True, timeout=180)
    return [folder / f"{file.stem}.{kind}" for file in files]
