"""What is inside a file that leaves: the text of all its raw parts, and what its cells hold."""

from __future__ import annotations

import zipfile
from pathlib import Path

from filiere.gather.collect.collect import Questionnaire
from filiere.workbook.read.read import read_workbook


def raw_parts(path: Path) -> str:
    """Return everything that is inside: XML, shared strings, comments, properties, names, relationships."""
    with zipfile.ZipFile(path) as archive:
        return "\n".join(f"{name}\n{archive.read(name).decode('utf-8')}" for name in archive.namelist())


def saved(made: Questionnaire, folder: Path) -> Path:
    path = folder / made.file
    path.write_bytes(made.content)
    return path


def texts(path: Path) -> set[str]:
    """Return every text that a cell shows."""
    (table,) = read_workbook(path).tables
    return {value for row in table.rows for value in row.values.values() if isinstance(value, str)}


def numbers(path: Path) -> set[float]:
    """Return every number that a cell shows."""
    (table,) = read_workbook(path).tables
    return {value for row in table.rows for value in row.values.values() if isinstance(value, float)}
