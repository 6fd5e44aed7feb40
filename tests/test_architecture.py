"""The house stays habitable: short functions, short files, nothing left open."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "filiere"
FILES = sorted(PACKAGE.rglob("*.py"))
DECLARATIONS = {"schema/tables.py", "model/objectives.py", "indicators/dictionary.py"} | {
    f"problems/{path.name}" for path in (PACKAGE / "problems").glob("*.py")
}
"""Files that say things rather than do them may be longer than 400 lines."""


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_file_is_short_and_complete(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    name = path.relative_to(PACKAGE).as_posix()
    assert name in DECLARATIONS or text.count("\n") <= 400
    assert not re.search(r"\b(TODO|FIXME|XXX|raise NotImplementedError)\b", text)
    assert path.stem not in ("utils", "helpers", "misc")
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            assert (node.end_lineno or 0) - node.lineno < 60, f"{node.name} is too long"


def test_the_command_line_starts_without_the_heavy_libraries() -> None:
    import subprocess
    import sys

    code = "import sys, filiere.commands; print(*sorted({m.partition('.')[0] for m in sys.modules}))"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    assert not {"pandas", "pyomo", "numpy", "scipy", "highspy", "openpyxl", "xlsxwriter"} & set(loaded)
