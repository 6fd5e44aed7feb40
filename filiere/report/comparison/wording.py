"""Changes, values and reasons in words."""

from __future__ import annotations

from collections.abc import Iterator
from enum import Enum
from typing import Any

from filiere.analysis.scenarios.case import Outcome
from filiere.analysis.scenarios.changes import Change
from filiere.analysis.scenarios.inputs import ROW_TABLES, InputChange
from filiere.chain.scenario.change import shown_change
from filiere.language import as_heading, number, percent
from filiere.report.comparison.sides import Sides
from filiere.report.explain.conflicts import conflict_lines
from filiere.schema import Column, HeadingUnit, Row, Unit, columns
from filiere.schema import tables as t
from filiere.schema.words import Word
from filiere.solution.solution import Status
from filiere.units import after_count, is_own_unit


def table_name(sides: Sides, key: str) -> str:
    """Return the name of a sheet, as the templates have it; a name that was typed stays as it is."""
    declared = t.SettingsRow if key == "settings" else ROW_TABLES.get(key)
    return sides.set(declared.table.label) if declared else key


def column_name(sides: Sides, change: InputChange) -> str:
    """Return the heading of the column that differs."""
    if not change.column:
        return sides.pick("(whole row)", "(ligne entière)")
    if change.declared is not None:
        return _heading(sides, change.declared)
    name = change.column.removeprefix("measure: ")
    return name if name == change.column else sides.pick(f"measure: {name}", f"mesure : {name}")


def _heading(sides: Sides, column: Column) -> str:
    """Return a column's heading as it is read, not as it is keyed: ``coût unitaire``."""
    return as_heading(sides.set(column.label))


def input_value(sides: Sides, change: InputChange, side: int) -> str | float | None:
    """Return the value on one side (0 the reference, 1 the other) as its cell shows it."""
    value = (change.before, change.after)[side]
    if not change.column:
        if value is None:
            return sides.pick("absent", "absente")
        return sides.pick("added", "ajoutée") if change.kind == "added" else sides.pick("present", "présente")
    unit = _told_unit(change.units[side])
    if isinstance(value, float | int) and not isinstance(value, bool) and not unit:
        return float(value)
    return _said(sides, value, unit, change.declared)


def _told_unit(unit: str) -> str:
    """Return a unit as it is told beside a figure: a heading's (units/year) says no more than the column does."""
    above = unit.partition("/")[0]
    return "" if isinstance(unit, HeadingUnit) and (not above or is_own_unit(above)) else unit


def input_show_percent(change: InputChange) -> bool:
    """Whether a number that differs is a share."""
    return change.declared is not None and change.declared.unit is Unit.SHARE


def described(sides: Sides, row: Row) -> str:
    """Return a row in words: what is filled in besides its key; empty where nothing is."""
    parts = [f"{_heading(sides, column)} {said}" for column, said in _filled(sides, row)]
    parts += [f"{name} {number(value, sides.language)}" for name, value in _free(row)]
    return sides.pick("; ", " ; ").join(parts)


def _filled(sides: Sides, row: Row) -> Iterator[tuple[Column, str]]:
    for name, column in columns(type(row)).items():
        value = getattr(row, name)
        if not column.common and not column.key and value not in (None, (), "") and value != column.default:
            yield column, _said(sides, value, _told_unit(row.units.get(name, "")), column)


def _free(row: Row) -> Iterator[tuple[str, float]]:
    values = getattr(row, "measures", None) or getattr(row, "values", None) or {}
    yield from values.items()


def _said(sides: Sides, value: Any, unit: str, column: Column | None) -> str:
    if value is None:
        return sides.pick("blank", "vide")
    if isinstance(value, Word):
        return sides.set(value.label)
    if isinstance(value, tuple):
        return sides.pick("; ", " ; ").join(map(str, value))
    if isinstance(value, float | int):
        if column is not None and column.unit is Unit.SHARE:
            return percent(value, sides.language)
        return number(value, sides.language) + (f"\u00a0{after_count(unit, value, sides.language)}" if unit else "")
    return str(value.value if isinstance(value, Enum) else value)


def change_words(sides: Sides, change: Change) -> str:
    """Return a change in words: ``Financements, Région / Atelier : retirée``."""
    colon = sides.pick(": ", " : ")
    more = change.rows - 1
    along = (
        sides.pick(f" and {more} row{'s that go' if more > 1 else ' that goes'} with it",
                   f" et {more} ligne{'s liées' if more > 1 else ' liée'}")
        if more else ""
    )  # fmt: skip
    place = ", ".join(part for part in (table_name(sides, change.table), change.row, _column(sides, change)) if part)
    if change.table == "settings":
        place = ", ".join((table_name(sides, "settings"), _column(sides, change)))
    if change.kind in ("typed", "off"):
        off = change.kind == "off"
        said = place + colon + (
            sides.pick("left out", "retrait") if off else shown_change(change.text, sides.language)
        )  # fmt: skip
    elif change.kind == "added":
        said = sides.pick("added: ", "ajout : ") + place + along
    elif change.kind == "removed":
        said = sides.pick("left out: ", "retrait : ") + place + along
    else:
        said = sides.pick("changed: ", "modification : ") + place + along
    return sides.pick(f"undone: {said}", f"annulé : {said}") if change.undone else said


def _column(sides: Sides, change: Change) -> str:
    if change.kind in ("typed", "off") or not change.column:
        return change.column
    column = columns(t.SettingsValues).get(change.column)
    return _heading(sides, column) if column else change.column


def status_word(sides: Sides, outcome: Outcome) -> str:
    """Return how a case ended, in two or three words."""
    if outcome.solved:
        return sides.pick("plan found", "plan trouvé")
    if outcome.problems:
        return sides.pick("workbook to correct", "classeur à corriger")
    if outcome.trouble or outcome.certificate is not None:
        return sides.pick("numerical trouble", "échec numérique")
    if outcome.solution is None:
        return sides.pick("not reached", "non calculé")
    if outcome.solution.status is Status.UNBOUNDED:
        return sides.pick("without end", "sans fin")
    return sides.pick("impossible", "impossible")


def reasons(sides: Sides, outcome: Outcome) -> list[str]:
    """Return why a case has no plan, a sentence a line; the remedy of a problem stands behind it."""
    if outcome.solved:
        return []
    if outcome.problems:
        language = sides.language
        return [
            f"{problem.cell or ''} [{problem.code}] {problem.message(language)} {problem.hint(language)}".strip()
            for problem in outcome.problems
            if problem.severity.value == "error"
        ]
    if outcome.trouble:
        rank, name = outcome.trouble
        return [sides.pick(
            f"The numbers of this chain defeat the solver at rank {rank} ({name}).",
            f"Les nombres de cette filière mettent le solveur en échec à la priorité {rank} ({name}).",
        )]  # fmt: skip
    if outcome.certificate is not None:
        return [sides.pick(
            "The plan does not hold when it is recomputed from its own figures; it is not shown.",
            "Le plan, recalculé à partir de ses propres chiffres, ne tombe pas juste ; il n'est pas montré.",
        )]  # fmt: skip
    if outcome.chain is None or outcome.solution is None:
        return [sides.pick("The run was stopped before it was solved.", "Le calcul a été arrêté avant la fin.")]
    return conflict_lines(outcome.chain, outcome.solution, sides.language)
