"""Figures that a chain takes from a row as they are typed."""

from __future__ import annotations

from dataclasses import fields
from functools import cache
from typing import Any

from filiere.schema import Row


def as_typed(row: Row, kind: type) -> dict[str, Any]:
    """Return by name the columns of ``row`` that ``kind`` has a field for."""
    declared: type = type(row)
    return {name: getattr(row, name) for name in _shared(declared, kind)}


@cache
def _shared(declared: type, kind: type) -> tuple[str, ...]:
    taken = {field.name for field in fields(kind)}
    return tuple(field.name for field in fields(declared) if field.name in taken)
