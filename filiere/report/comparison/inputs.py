"""What differs in the inputs of each case, cell by cell."""

from __future__ import annotations

from filiere.analysis.scenarios.inputs import InputChange
from filiere.problems import Cell
from filiere.report.comparison.sides import Sides
from filiere.report.comparison.wording import column_name, described, input_show_percent, input_value, table_name
from filiere.report.sheet import Column, Sheet, Show, Value


def inputs(sides: Sides) -> Sheet | None:
    """Return one row a cell that differs from the reference's, or a row that comes or goes; None where none does."""
    rows = [
        (at, change) for at, changes in enumerate(sides.comparison.inputs) for change in changes
    ]  # fmt: skip
    if not rows:
        return None
    changes = [change for _, change in rows]
    before, after = ([input_value(sides, change, side) for change in changes] for side in (0, 1))
    columns = (
        Column("case", sides.pick("Scenario", "Scénario"), [sides.titles[at] for at, _ in rows]),
        Column("table", sides.pick("Sheet", "Feuille"), [table_name(sides, c.table) for c in changes]),
        Column("row", sides.pick("Row", "Ligne"), [_row(sides, c) for c in changes], Show.PROSE),
        Column("column", sides.pick("Column", "Colonne"), [column_name(sides, c) for c in changes]),
        Column("before", sides.titles[0], before, Show.PROSE, shows=_shows(changes, before)),
        Column("after", sides.pick("In the scenario", "Dans le scénario"), after, Show.PROSE,
               shows=_shows(changes, after)),
        Column("share", sides.pick("In %", "En %"), [_share(c) for c in changes], Show.PERCENT_CHANGE),
        Column("added", sides.pick("What is added", "Ce qui est ajouté"),
               [described(sides, c.after) or None if c.kind == "added" else None for c in changes], Show.PROSE),
        _cells(sides, "cell", sides.pick("Changed in", "Modifié en"),
               [(sides.comparison.outcomes[at].case.source, c.cell) for at, c in rows]),
        _cells(sides, "before_cell", sides.pick("Typed in", "Saisi en"),
               [(sides.comparison.reference.case.source, c.before_cell) for c in changes]),
    )  # fmt: skip
    return Sheet("inputs", sides.pick("What differs in the inputs", "Données modifiées"), columns, frozen=3)


def _row(sides: Sides, change: InputChange) -> str:
    if change.table == "settings" and change.declared is not None:
        return sides.set(change.declared.label)
    return change.row


def _shows(changes: list[InputChange], values: list[str | float | None]) -> list[Show]:
    """Return how each value is shown: here a 0 is a figure that somebody typed, not a dash."""
    return [
        Show.PERCENT if input_show_percent(change) else Show.COUNT if value == 0.0 else Show.QUANTITY
        for change, value in zip(changes, values, strict=True)
    ]


def _share(change: InputChange) -> float | None:
    before, after = change.before, change.after
    if not change.column or change.units[0] != change.units[1] or isinstance(before, bool) or isinstance(after, bool):
        return None
    if not isinstance(before, float | int) or not isinstance(after, float | int) or not before:
        return None
    return (after - before) / abs(before)


def _cells(sides: Sides, key: str, heading: str, places: list[tuple[int, Cell | None]]) -> Column:
    """Return a column of cells: as links within one workbook, else with the workbook's name."""
    if sides.comparison.one_workbook:
        return Column(key, heading, [cell for _, cell in places], Show.SOURCE)
    said: list[Value] = [f"{sides.workbook(source)} – {cell}" if cell else None for source, cell in places]
    return Column(key, heading, said)
