"""What the workbook held when a question was asked: an answer does not hold for a figure changed since."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from filiere.gather.answers.returned import alike
from filiere.gather.answers.sides import SIDES, sides_decisions
from filiere.gather.collect.rows import KEYS, KeyedRows, RowKey, value_of
from filiere.gather.complete.apply import DECLARED
from filiere.gather.complete.edits import Edit, SetCell
from filiere.gather.complete.told import Sayings
from filiere.gather.decide.decision import Choice, Decision, in_words, reopened
from filiere.language import Language, either, quoted
from filiere.names import fold
from filiere.schema import columns
from filiere.schema import tables as t
from filiere.workbook.questionnaire.form import Value

_OF_FIGURES = (SIDES, "answer / ", "files / ")
"""How the keys begin of questions between figures of a row that is there."""


def after(keyed: KeyedRows, edits: Iterable[Edit]) -> Mapping[tuple[RowKey, str], Value]:
    """Return what edits write into cells of rows that are there."""
    return {(one.row, one.column): one.value for one in edits if isinstance(one, SetCell) and one.row in keyed.rows}


def with_held(decisions: Iterable[Decision], keyed: KeyedRows,
              written: Mapping[tuple[RowKey, str], Value]) -> tuple[Decision, ...]:  # fmt: skip
    """Return decisions with what the cells that they are about hold, once all of a round is written."""
    found = []
    for decision in decisions:
        cells = () if decision.applied or not decision.key.startswith(_OF_FIGURES) else _cells(decision)
        held = (SetCell(key, column, written.get((key, column), value_of(keyed.rows[key], column)))
                for key, column in cells if key in keyed.rows)  # fmt: skip
        found.append(replace(decision, held=tuple(held)))
    return tuple(found)


def asked_anew(decisions: Sequence[Decision], keyed: KeyedRows, sayings: Sayings, language: Language
               ) -> list[Decision]:  # fmt: skip
    """Return the decisions that a workbook holds, those whose figures were changed since with the new ones."""
    found = []
    for decision in decisions:
        moved = [one for one in decision.held if one.row in keyed.rows
                 and not alike(value_of(keyed.rows[one.row], one.column), one.value)]  # fmt: skip
        if decision.applied or not moved or _stands(decision.chosen(), keyed):
            found.append(decision)
            continue
        new = _between(decision, moved[0], keyed, sayings, language)
        if new is not None:
            found.append(reopened(decision, new, language))
    return found


def _between(old: Decision, moved: SetCell, keyed: KeyedRows, sayings: Sayings, language: Language) -> Decision | None:
    """Return a question between the figures that stand now, None where the two sides say the same or one is silent."""
    row = keyed.rows[moved.row]
    if old.key.startswith(SIDES) and isinstance(row, t.LinkRow):
        unit = keyed.units.get(fold(row.product), "")
        held = {name: value_of(row, name) for name in ("today", "today_buyer")}
        exchange = {"from_": row.from_, "to": row.to, "product": row.product, "unit": unit, **held}
        return next(iter(sides_decisions({moved.row: exchange}, sayings, language)), None)
    unit = keyed.units.get(fold(str(getattr(row, "product", ""))), "") if moved.column in _AMOUNTS else ""
    now, former = (in_words(one, unit, language) for one in (value_of(row, moved.column), moved.value))
    named = " / ".join(str(getattr(row, name)) for name in KEYS[moved.row.table] if getattr(row, name))
    label = quoted(_label(moved, language), language)
    question = either(
        f"{named}, {label}: the workbook says {now} by now, and said {former} when this was asked. Which holds?",
        f"{named}, {label} : le classeur dit maintenant {now}, et disait {former} quand la question s'est posée. Que "
        "retenir ?", language,
    )  # fmt: skip
    keep = Choice(either(f"keep {now}", f"garder {now}", language))
    others = [one for one in old.choices if one.edits and not _stands(one, keyed)]
    return replace(old, question=question, choices=(keep, *others), answer="", applied="")


_AMOUNTS = ("today", "today_buyer", "maximum", "minimum", "input", "output", "quantity")


def _label(cell: SetCell, language: Language) -> str:
    declared = columns(DECLARED[cell.row.table])
    name = declared[cell.column].label.to(language) if cell.column in declared else cell.column
    return name.replace("_", " ")


def _cells(decision: Decision) -> list[tuple[RowKey, str]]:
    edits = [edit for choice in decision.choices for edit in choice.edits if isinstance(edit, SetCell)]
    return list(dict.fromkeys((edit.row, edit.column) for edit in edits))


def _stands(choice: Choice | None, keyed: KeyedRows) -> bool:
    """Whether a workbook holds already all that an answer would write."""
    return choice is not None and bool(choice.edits) and all(
        isinstance(edit, SetCell) and edit.row in keyed.rows
        and alike(edit.value, value_of(keyed.rows[edit.row], edit.column)) for edit in choice.edits
    )  # fmt: skip
