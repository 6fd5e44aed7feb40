"""New exchanges that both ends tell: one figure where they agree."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from filiere.gather.collect.rows import KEYS, RowKey
from filiere.gather.complete.edits import TYPED_UNIT, AddRow, Edit
from filiere.names import fold
from filiere.units import mass_in_kg


def key_of_row(edit: AddRow) -> RowKey:
    """Return which row an addition is."""
    return RowKey(edit.table, tuple(fold(str(edit.values.get(name, ""))) for name in KEYS[edit.table]))


def once_where_agreed(edits: Sequence[Edit]) -> list[Edit]:
    """Return edits in which the two ends of a new exchange that say the same quantity say it once."""
    added = [edit for edit in edits if isinstance(edit, AddRow) and edit.table == "links"]
    sold = {_said(edit, "today") for edit in added if "today" in edit.values}
    return [
        replace(edit, values={name: value for name, value in edit.values.items() if name != "today_buyer"})
        if isinstance(edit, AddRow) and edit.table == "links" and _said(edit, "today_buyer") in sold else edit
        for edit in edits
    ]  # fmt: skip


def _said(edit: AddRow, column: str) -> tuple[str, ...]:
    """Return an exchange and the quantity that one end says of it, in kg where its unit is a mass."""
    ends = [fold(str(edit.values.get(name, ""))) for name in KEYS["links"]]
    value, unit = edit.values.get(column), str(edit.values.get(TYPED_UNIT, ""))
    mass = (mass_in_kg(unit) or 1.0) if unit else 1.0
    return (*ends, f"{value * mass:.10g}" if isinstance(value, float | int) else "")
