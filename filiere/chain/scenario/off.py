"""A row that is left out, and the rows that go with it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from filiere.names import fold
from filiere.schema import TABLES, Row, columns

Rows = dict[str, list[Row]]
"""Table key → its rows."""

Names = dict[str, set[str]]
"""What names refer to (actors, groups…) → folded names."""

Naming = Mapping[str, Sequence[str]]
"""Columns of a table, and what the names in each may refer to."""

_TAKES_ALONG = ("actors", "products", "processes")
_DECLARED: Mapping[str, tuple[str, str]] = {
    "actors": ("actors", "actor"), "groups": ("actors", "group"), "products": ("products", "product"),
    "families": ("products", "family"), "labels": ("products", "labels"), "processes": ("processes", "process"),
}  # fmt: skip


def leave_out(rows: Rows, key: str, positions: list[int]) -> None:
    """Leave rows out of the table ``key``, in place.

    An actor, product or process takes along every row that names it, and what thereby ceases to exist (a
    group without actors, a recipe without process) does the same. An activity cannot run without one of its
    inputs, nor for nothing: it goes with a product it takes in, with the last of a choice, and with the last one
    it puts out.
    """
    before, pairs, recipes = _declared(rows), _pairs(rows), _names(rows["recipes"], "process")
    left = set(positions)
    rows[key] = [row for at, row in enumerate(rows[key]) if at not in left]
    if key not in _TAKES_ALONG:
        return
    while True:
        declared = _declared(rows)
        gone = {target: names - declared[target] for target, names in before.items()}
        idle = _without_an_input(rows["recipes"], gone["products"])
        idle |= recipes - _names(rows["recipes"], "process")
        lost = pairs - _pairs(rows)
        naming = {table: _naming(table, gone) for table in rows}
        kept = {
            table: [row for row in some if not _goes(row, naming[table], gone, declared, idle, lost)]
            for table, some in rows.items()
        }
        if all(len(kept[table]) == len(rows[table]) for table in rows):
            return
        rows.update(kept)


def _naming(table: str, gone: Names) -> Naming:
    """Return the columns of a table that may name something that is gone."""
    return {name: kinds for name, kinds in _REFERRING[table].items() if any(gone[kind] for kind in kinds)}


def _goes(
    row: Row, naming: Naming, gone: Names, declared: Names, idle: set[str], lost: set[tuple[str, str]]
) -> bool:  # fmt: skip
    """Return whether a row names something that is gone, alone or among others."""
    key = row.table.key
    if key in ("processes", "recipes") and fold(_get(row, "process")) in idle:
        return True
    if key == "funding" and (fold(_get(row, "process")), fold(_get(row, "actor"))) in lost:
        return True
    return any(_names_gone(getattr(row, name), kinds, gone, declared) for name, kinds in naming.items())


def _names_gone(value: Any, kinds: Sequence[str], gone: Names, declared: Names) -> bool:
    return any(
        any(fold(one) in gone[kind] for kind in kinds) and not any(fold(one) in declared[kind] for kind in kinds)
        for one in (value if isinstance(value, tuple) else (value,) if value is not None else ())
    )


def _without_an_input(recipes: list[Row], gone: set[str]) -> set[str]:
    """Return the activities of which an input is gone; of inputs that stand in for each other, all of them."""
    left: dict[tuple[str, str], bool] = {}
    for number, row in enumerate(recipes):
        if getattr(row, "input", None):
            key = (fold(_get(row, "process")), fold(_get(row, "choice")) or str(number))
            left[key] = left.get(key, False) or fold(_get(row, "product")) not in gone
    return {process for (process, _), some in left.items() if not some}


def _declared(rows: Rows) -> Names:
    return {target: _names(rows[table], column) for target, (table, column) in _DECLARED.items()}


def _names(rows: list[Row], column: str) -> set[str]:
    found: set[str] = set()
    for row in rows:
        value = getattr(row, column)
        found.update(map(fold, value if isinstance(value, tuple) else (value,) if value else ()))
    return found


def _pairs(rows: Rows) -> set[tuple[str, str]]:
    return {(fold(_get(row, "process")), fold(_get(row, "actor"))) for row in rows["processes"]}


def _get(row: Row, column: str) -> str:
    return getattr(row, column) or ""


_REFERRING: Mapping[str, Naming] = {
    declared.table.key: {
        name: tuple(kind for kind in column.refers if kind in _DECLARED)
        for name, column in columns(declared).items() if column.refers
    }
    for declared in TABLES
}  # fmt: skip
