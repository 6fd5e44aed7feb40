"""Figures of one row that are told otherwise: what stands meanwhile, and what the others said, as one question."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from filiere.gather.collect.rows import RowKey
from filiere.gather.complete.edits import SetCell
from filiere.gather.decide.decision import Choice, Decision, in_words, key_of, reopened
from filiere.language import Language, either, quoted
from filiere.workbook.questionnaire.form import Value


@dataclass(frozen=True, kw_only=True)
class Clash:
    """A value of an added row that is told otherwise: what stands is kept until somebody decides."""

    key: RowKey
    column: str
    row: str
    label: str
    unit: str
    held: Value
    value: Value
    source: str


def clash_decisions(clashes: Iterable[Clash], language: Language) -> Iterator[Decision]:
    """Yield one question for each cell that is told otherwise."""
    cells: dict[tuple[RowKey, str], list[Clash]] = defaultdict(list)
    for clash in clashes:
        own = cells[clash.key, clash.column]
        if not any(one.value == clash.value for one in own):
            own.append(clash)
    for own in cells.values():
        yield _asked(own, language)


def _asked(own: Sequence[Clash], language: Language) -> Decision:
    first = own[0]
    held = in_words(first.held, first.unit, language)
    told = [(in_words(one.value, one.unit, language), one) for one in own]
    said = either("; ".join(f"{text}, {one.source}" for text, one in told),
                  " ; ".join(f"{text}, {one.source}" for text, one in told), language)  # fmt: skip
    label = quoted(first.label.replace("_", " "), language)
    question = either(
        f"{first.row}, {label}: the workbook says {held}, an answer says otherwise ({said}). Which holds?",
        f"{first.row}, {label} : le classeur dit {held}, une réponse dit autre chose ({said}). Que retenir ?",
        language,
    )
    keep = Choice(either(f"keep {held}", f"garder {held}", language))
    others = (Choice(text, (SetCell(one.key, one.column, one.value, one.source),)) for text, one in told)
    parts = (first.key.table, *first.key.parts, *([str(first.key.turn)] if first.key.turn else []), first.column)
    return Decision(key_of("answer", *parts), question, (keep, *others))


def with_clashes(decisions: Sequence[Decision], asked: Iterable[Decision],
                 language: Language) -> tuple[Decision, ...]:  # fmt: skip
    """Return decisions with those on what is told otherwise: open, but for those that were settled alike before."""
    found = {one.key: one for one in decisions}
    for new in asked:
        old = found.get(new.key)
        if old is None or [one.text for one in old.choices] != [one.text for one in new.choices]:
            found[new.key] = new if old is None else reopened(old, new, language)
    return tuple(found.values())
