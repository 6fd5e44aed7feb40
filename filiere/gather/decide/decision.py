"""A question that only a person can settle, with its allowed answers and what each of them changes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace

from filiere.chain.parse.number import exactly
from filiere.gather.complete.edits import Edit, SetCell
from filiere.language import Label, Language, either, quoted
from filiere.names import fold, loose
from filiere.units import after_count
from filiere.workbook.questionnaire.form import Value

SEPARATOR = " / "
_BLANK = Label("nothing", "rien")
_BEFORE = Label("Decided before", "Décidé auparavant")
_OF_MEMBERS = ("answer / ", "struck / ")
"""How the keys begin of questions about what members say of rows that are there."""
_NEW = "new / "
"""How the keys begin of questions about lines that members added."""


@dataclass(frozen=True)
class Choice:
    """One allowed answer, and what it changes in the workbook."""

    text: str
    edits: tuple[Edit, ...] = ()


def _words(text: str) -> list[str]:
    """Return the words of an answer without case, accents or what ends them: ``5,5`` stays whole."""
    return [word for one in text.split() if (word := loose(one.strip(",;:.()")))]


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
    held: tuple[SetCell, ...] = ()
    """What the cells that it is about held when it was asked, as long as it is open."""

    def chosen(self) -> Choice | None:
        """Return the choice that the answer names, or alone begins with its words: ``12 t`` of ``12 t (supplier)``."""
        exact = next((choice for choice in self.choices if loose(choice.text) == loose(self.answer)), None)
        typed = _words(self.answer)
        begun = [choice for choice in self.choices if typed and _words(choice.text)[: len(typed)] == typed]
        return exact or (begun[0] if len(begun) == 1 else None)

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


Stands = Callable[[Edit], bool]
"""What says whether the workbook holds what an edit would write."""
There = Callable[[Decision], bool]
"""What says whether the rows that an answer added are still in the workbook, under their names."""


def decide(
    kept: Iterable[Decision], asked: Iterable[Decision], language: Language = "en",
    stands: Stands = lambda edit: False, there: There = lambda decision: True,
) -> Decided:  # fmt: skip
    """Join the decisions that a workbook holds with those newly asked, and apply the answers that are given.

    An answer holds between the figures it was given for. A question asked again with others, or after a later
    questionnaire, is open again and tells what was decided before.
    """
    held = {decision.key: decision for decision in kept}
    for new in asked:
        old = held.get(new.key)
        held[new.key] = new if old is None else _asked_again(old, new, language, stands, there)
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


def _asked_again(old: Decision, new: Decision, language: Language, stands: Stands, there: There) -> Decision:
    """Return a question that is asked again: with the answer it had where that holds, else open."""
    if old.key.startswith(_OF_MEMBERS):
        if _decided_alike(old, new, stands):
            return old
        return reopened(old, new if old.applied else _with_open(old, new, stands), language)
    if old.key.startswith(_NEW):
        if not old.applied:
            new = old.joined(new)
        elif not _offers_less(new, old) and not (_changes(old) and there(old)):
            return reopened(old, new, language)  # left out before, or what was added has another name or is gone
        elif _offers_less(new, old):
            return old
    elif {loose(one.text) for one in old.choices} != {loose(one.text) for one in new.choices}:
        return reopened(old, new, language)
    again = replace(new, answer=old.answer, applied="")
    return again if again.chosen() is not None else reopened(old, new, language)


def _decided_alike(old: Decision, new: Decision, stands: Stands) -> bool:
    """Whether an answer settles what members tell again: nothing is told that it was not given for.

    The source of an edit names the questionnaire and its round: what a later one says is told anew.
    """
    choice = old.chosen()
    if choice is None or not _offers_less(new, old):
        return False
    if old.applied and choice.edits:
        return all(stands(edit) for edit in choice.edits)
    return any(loose(one.text) == loose(choice.text) for one in new.choices)


def _with_open(old: Decision, new: Decision, stands: Stands) -> Decision:
    """Return a question asked again with what was offered before and never written: no answer of a member is lost."""
    texts = {loose(one.text) for one in new.choices}
    more = [one for one in old.choices if one.edits and loose(one.text) not in texts
            and not all(stands(edit) for edit in one.edits)]  # fmt: skip
    return replace(new, choices=(*new.choices, *more))


def _offers_less(new: Decision, old: Decision) -> bool:
    """Whether a question offers no change that the other one did not offer."""
    offered = [edit for choice in old.choices for edit in choice.edits]
    return all(edit in offered for choice in new.choices for edit in choice.edits)


def _changes(decision: Decision) -> bool:
    choice = decision.chosen()
    return choice is not None and bool(choice.edits)


def reopened(old: Decision, new: Decision, language: Language) -> Decision:
    """Return a question asked anew, open, with what was decided before told below it."""
    choice = old.chosen()
    if choice is None:
        told = [line for line in old.question.split("\n") if line.startswith(tuple(_BEFORE))]
    else:
        among = either("; ", " ; ", language).join(one.text for one in old.choices)
        said = either(f": {quoted(choice.text, language)}, among: {among}.",
                      f" : {quoted(choice.text, language)}, parmi : {among}.", language)  # fmt: skip
        told = [_BEFORE.to(language) + said]
    return replace(new, question="\n".join([new.question, *told]))


def open_ones(decisions: Iterable[Decision]) -> list[Decision]:
    """Return the decisions that wait for an answer."""
    return [decision for decision in decisions if not decision.applied]


def as_json(decision: Decision) -> Mapping[str, object]:
    """Return a decision as ``--json`` prints it."""
    return {"key": decision.key, "question": decision.question, "answers": [one.text for one in decision.choices]}
