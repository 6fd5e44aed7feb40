"""A question that only a person can settle, with its allowed answers and what each of them changes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from filiere.chain.parse.number import exactly
from filiere.gather.complete.edits import Edit
from filiere.language import Label, Language
from filiere.names import fold, loose
from filiere.units import after_count
from filiere.workbook.questionnaire.form import Value

SEPARATOR = " / "
_BLANK = Label("nothing", "rien")


@dataclass(frozen=True)
class Choice:
    """One allowed answer, and what it changes in the workbook."""

    text: str
    edits: tuple[Edit, ...] = ()


@dataclass(frozen=True)
class Decision:
    """One question. Its key is made from what it is about, never from a file name or a row number."""

    key: str
    question: str
    choices: tuple[Choice, ...]
    stake: str = ""
    """The amount at stake, in words."""
    answer: str = ""
    applied: str = ""
    """The answer that was applied already."""

    def chosen(self) -> Choice | None:
        """Return the choice that the answer names, None where it names none."""
        return next((choice for choice in self.choices if loose(choice.text) == loose(self.answer)), None)

    def joined(self, other: Decision) -> Decision:
        """Return this question with what another file says of the same: an answer to it writes what both say.

        Figures in which they differ are asked afterwards, with both values.
        """
        theirs = {loose(choice.text): choice for choice in other.choices}
        choices = []
        for choice in self.choices:
            twin = theirs.pop(loose(choice.text), None)
            more = [edit for edit in twin.edits if edit not in choice.edits] if twin else []
            choices.append(replace(choice, edits=(*choice.edits, *more)))
        questions, stakes = dict.fromkeys((self.question, other.question)), dict.fromkeys((self.stake, other.stake))
        last = choices.pop() if choices else None  # to leave it out
        return replace(self, question="\n".join(questions), stake=SEPARATOR.join(filter(None, stakes)),
                       choices=(*choices, *theirs.values(), *([last] if last else [])))  # fmt: skip


def in_words(value: Value, unit: str, language: Language) -> str:
    """Return what a cell holds with its unit, as a question says it."""
    if value is None:
        return _BLANK.to(language)
    if not isinstance(value, float):
        return value
    return f"{exactly(value).to(language)} {after_count(unit, value, language)}".rstrip()


def key_of(kind: str, *parts: str) -> str:
    """Return the key of a decision: its kind and what it is about."""
    return SEPARATOR.join((kind, *(fold(part) for part in parts if part)))


@dataclass(frozen=True)
class Decided:
    """The decisions of a workbook after a round: what to do, what stands open, whose answers fit nothing."""

    edits: tuple[Edit, ...]
    decisions: tuple[Decision, ...]
    unknown: tuple[Decision, ...]


def decide(kept: Iterable[Decision], asked: Iterable[Decision]) -> Decided:
    """Join the decisions that a workbook holds with those newly asked, and apply the answers that are given.

    A question asked again with the same answers to choose from keeps the answer it had. One that was answered and is
    asked with others is open again.
    """
    held = {decision.key: decision for decision in kept}
    for new in asked:
        old = held.get(new.key)
        if old is not None:
            new = old.joined(new) if old.key.startswith("new") and not old.applied else new
            new = replace(new, answer=old.answer, applied="")
            if new.chosen() is None:
                new = replace(new, answer="")
        held[new.key] = new
    edits: list[Edit] = []
    unknown: list[Decision] = []
    left: list[Decision] = []
    for decision in held.values():
        choice = decision.chosen()
        if decision.answer and choice is None:
            unknown.append(decision)
        elif choice is not None and loose(decision.applied) != loose(choice.text):
            edits += choice.edits
            decision = replace(decision, applied=choice.text)
        left.append(decision)
    return Decided(tuple(edits), tuple(left), tuple(unknown))


def open_ones(decisions: Iterable[Decision]) -> list[Decision]:
    """Return the decisions that wait for an answer."""
    return [decision for decision in decisions if not decision.applied]


def as_json(decision: Decision) -> Mapping[str, object]:
    """Return a decision as ``--json`` prints it."""
    return {"key": decision.key, "question": decision.question, "answers": [one.text for one in decision.choices]}
