"""Figures that a chain takes from a row as they are typed."""

from __future__ import annotations

from dataclasses import fields
from typing import Any

from filiere.schema import Row


def as_typed(row: Row, kind: type[Any]) -> dict[str, Any]:
    """Return by name the columns of ``row`` that ``kind`` has a field for."""
    taken = {field.name for field in fields(kind)}
    return {field.name: getattr(row, field.name) for field in fields(row) if field.name in taken}
