"""Figures that a chain takes from a row as they are typed."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import fields
from typing import Any

from filiere.schema import Row


def as_typed(row: Row, kind: type[Any], but: Collection[str]) -> dict[str, Any]:
    """Return by name the columns of ``row`` that ``kind`` has a field for, those in ``but`` apart."""
    taken = {field.name for field in fields(kind)}.difference(but)
    return {field.name: getattr(row, field.name) for field in fields(row) if field.name in taken}
