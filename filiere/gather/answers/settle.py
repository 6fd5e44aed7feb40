"""From the answers of many members to what changes in the workbook and what only a person can settle.

An answer to a cell that still holds what was sent is taken. Where the workbook was corrected since, where two files of
one member differ, and where two members differ on one figure, both values stand in a decision.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field, replace

from filiere.gather.answers.newcomers import new_goods, new_lines
from filiere.gather.answers.returned import Answer, Returned, alike
from filiere.gather.answers.sides import two_sides
from filiere.gather.collect.rows import KEYS, MEASURE, KeyedRows, RowKey, value_of
from filiere.gather.complete.apply import DECLARED
from filiere.gather.complete.edits import AddRow, DropRow, Edit, SetCell
from filiere.gather.complete.sheets import Received
from filiere.gather.complete.told import Sayings, Told
from filiere.gather.decide.decision import Choice, Decision, in_words, key_of
from filiere.gather.people.persons import unquoted
from filiere.language import Label, Language, either, quoted
from filiere.names import fold
from filiere.problems import Problem
from filiere.problems import collecting as codes
from filiere.schema import Row, Unit, columns
from filiere.schema import tables as t
from filiere.schema import words as w
from filiere.workbook.questionnaire.form import Value

_SOURCE = Label("questionnaire of {actor}, round {round}", "questionnaire\u202f: {actor}, tour {round}")
_SUMS = ("today", "today_buyer", "maximum", "minimum")
_FILES = Label("files: {actor}", "fichiers\u202f: {actor}")


@dataclass
class Settled:
    """What the answers come to."""

    edits: list[Edit] = field(default_factory=list)
    decisions: list[Decision] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    received: list[Received] = field(default_factory=list)
    told: list[Told] = field(default_factory=list)
    """What the answers say of rows that are there already."""


@dataclass(frozen=True)
class _Given:
    answer: Answer
    actor: str
    source: str


def settle(returned: Sequence[Returned], keyed: KeyedRows, before: Sequence[Received], language: Language,
           decided: Collection[str] = ()) -> Settled:  # fmt: skip
    """Return what the answers of ``returned`` come to, ``before`` being the questionnaires received earlier.

    ``decided`` are the keys of the questions that were answered: what was decided is never changed by an answer alone.
    """
    return _Settling(keyed, before, language, decided).done(returned)


def source_of(actor: str, round_: int) -> Label:
    """Return how the questionnaire of a member is named wherever something comes from it."""
    return _SOURCE.fill(actor=actor, round=str(round_)) if round_ else _FILES.fill(actor=actor)


class _Settling:
    def __init__(self, keyed: KeyedRows, before: Sequence[Received], language: Language,
                 decided: Collection[str]) -> None:  # fmt: skip
        self.keyed, self.language, self.settled = keyed, language, decided
        self.found = Settled(received=list(before))
        self.sayings = Sayings(tuple((one.actor, one.told) for one in before))
        self.given: dict[tuple[RowKey, str], list[_Given]] = defaultdict(list)
        self.taken: dict[tuple[RowKey, str], Value] = {}
        """What the cells hold once the answers are taken."""

    def done(self, returned: Sequence[Returned]) -> Settled:
        found = self.found
        silent = [one for one in returned if not (one.count or one.unchanged or one.said or one.problems)]
        heard = [(fold(one.actor), one.round) for one in found.received]
        heard += [(fold(one.actor), one.round) for one in returned if one not in silent]
        names = list(dict.fromkeys(
            one.actor for one in silent
            if not any(actor == fold(one.actor) and round_ >= one.round for actor, round_ in heard)
        ))  # fmt: skip
        if names:
            found.problems.append(codes.UNTOUCHED.at(None, count=len(names), actors=names))
        returned = [one for one in returned if one not in silent]
        goods = new_goods(returned)
        for one in sorted(returned, key=lambda one: (-one.round, fold(one.actor), one.file)):
            found.problems += one.problems
            if not self._counts(one):
                continue
            found.received.append(Received(one.actor, one.round, one.count, one.unchanged, one.said, one.digest))
            if one.said:
                found.problems.append(codes.SAID.at(None, actor=one.actor, text=unquoted(one.said)))
            source = source_of(one.actor, one.round).to(self.language)
            for answer in one.answers:
                self.given[answer.row, answer.column].append(_Given(answer, one.actor, source))
                found.told.append(Told(answer.row, answer.column, answer.given, source))
            for answer in one.confirmed:
                self._confirmed(_Given(answer, one.actor, source))
            for key in one.struck:
                found.decisions.append(self._struck(key, one.actor, source))
            new = new_lines(one, self.keyed, source, self.language, goods)
            found.edits += new.edits
            found.decisions += new.decisions
            found.problems += new.problems
            for answer in new.answers:
                self.given[answer.row, answer.column].append(_Given(answer, one.actor, source))
                found.told.append(Told(answer.row, answer.column, answer.given, source))
        self._cells()
        self._new_exchanges()
        return found

    def _counts(self, one: Returned) -> bool:
        """Whether a file is heard: not one that came before, nor one of a round that its member has left behind."""
        found = self.found
        own = [received for received in found.received if fold(received.actor) == fold(one.actor)]
        if any(received.digest == one.digest for received in own):
            found.problems.append(codes.TWICE.at(None, file=one.file, actor=one.actor, round=one.round))
            return False
        latest = max((received.round for received in own), default=0)
        if latest > one.round:
            found.problems.append(
                codes.SUPERSEDED.at(None, file=one.file, actor=one.actor, later=latest, round=one.round)
            )
            return False
        begun = max((received.round for received in found.received), default=0)
        if begun > one.round:
            found.problems.append(codes.LATE.at(None, file=one.file, round=one.round, later=begun))
        return True

    def _confirmed(self, one: _Given) -> None:
        """Hear that a cell holds as it was sent: an answer where the workbook says otherwise by now.

        What was decided for another's figure, which the questionnaire did not show, is not asked again.
        """
        key, column, sent = one.answer.row, one.answer.column, one.answer.sent
        self.found.told.append(Told(key, column, sent, one.source))
        now = self._now(key, column)
        of_buyer = column == "today_buyer"
        if of_buyer or not (alike(sent, now) or self.sayings.by_others_alone(one.actor, key, column, now)):
            self.given[key, column].append(one)

    # ---- cells

    def _cells(self) -> None:
        buyers = {}
        for (key, column), given in self.given.items():
            if column == "today_buyer":
                buyers[key] = given
            else:
                self._cell(key, column, given)
        for key, given in buyers.items():
            self._bought(key, given)
        self._told_otherwise(set(buyers))

    def _cell(self, key: RowKey, column: str, given: Sequence[_Given]) -> None:
        """Take the answers to one cell, or ask which of them holds."""
        now = self._now(key, column)
        values = _different(given)
        if len(values) == 1:
            (one,) = values
            if alike(one.answer.given, now):
                return
            if self._of_the_buyer_alone(key, column, now):
                self._take(key, "today_buyer", replace(one, answer=replace(one.answer, given=now)))
                self._take(key, column, one)
                return
            settled = _asked_of(key, column) in self.settled or self._against_the_other(key, column, one)
            if alike(one.answer.sent, now) and not settled:
                self._take(key, column, one)
                return
        self._ask(key, column, now, values)

    def _of_the_buyer_alone(self, key: RowKey, column: str, now: Value) -> bool:
        """Whether what stands for this year is what the buyer said, the seller having said nothing yet."""
        row = self.keyed.rows[key]
        if column != "today" or not isinstance(row, t.LinkRow) or self._now(key, "today_buyer") is not None:
            return False
        return (now is not None and self._member(row.to) and self.sayings.by(row.to, key, column, now)
                and self.sayings.last(row.from_, key, column) is None)  # fmt: skip

    def _against_the_other(self, key: RowKey, column: str, one: _Given) -> bool:
        """Whether the other end of an exchange has said another price: only a person can say which holds."""
        row = self.keyed.rows[key]
        if column != "price" or not isinstance(row, t.LinkRow):
            return False
        other = row.to if fold(row.from_) == fold(one.actor) else row.from_
        said = self.sayings.last(other, key, column) if self._member(other) else None
        return said is not None and not alike(said, one.answer.given)

    def _member(self, name: str) -> bool:
        return self.keyed.perimeters.get(fold(name)) is w.Perimeter.MEMBER

    def _take(self, key: RowKey, column: str, one: _Given) -> None:
        self.taken[key, column] = one.answer.given
        self.found.edits.append(SetCell(key, column, one.answer.given, one.source))

    def _ask(self, key: RowKey, column: str, now: Value, values: Sequence[_Given]) -> None:
        """Ask which value holds: the workbook's, or one of those answered."""
        what = self._what(key, column)
        unit = self._unit(key, column)
        told = "; ".join(f"{one.actor}: {self._written(one.answer.given, unit)}" for one in values)
        told_fr = " ; ".join(f"{one.actor} : {self._written(one.answer.given, unit)}" for one in values)
        held = self._written(now, unit)
        question = either(
            f"{what}: the workbook says {held}, the answers say otherwise ({told}). Which holds?",
            f"{what} : le classeur dit {held}, les réponses disent autre chose ({told_fr}). Que retenir ?",
            self.language,
        )
        keep = either(f"keep {held}", f"garder {held}", self.language)
        choices = [Choice(keep)] if not any(alike(one.answer.given, now) for one in values) else []
        choices += [
            Choice(f"{self._written(one.answer.given, unit)} ({one.actor})",
                   (SetCell(key, column, one.answer.given, one.source),))
            for one in values
        ]  # fmt: skip
        choices += [choice for one in values for choice in self._both(key, column, now, one)]
        self.found.decisions.append(Decision(_asked_of(key, column), question, tuple(choices)))

    def _both(self, key: RowKey, column: str, now: Value, one: _Given) -> Iterator[Choice]:
        """Offer the sum where a member added a line beside the one that it was sent: both may hold."""
        given = one.answer.given
        if one.answer.added and column in _SUMS and isinstance(now, float) and isinstance(given, float):
            both = float(f"{now + given:.12g}")
            said = self._written(both, self._unit(key, column))
            yield Choice(either(f"{said}: both add up ({one.actor})", f"{said} : les deux s'ajoutent ({one.actor})",
                                self.language), (SetCell(key, column, both, one.source),))  # fmt: skip

    def _bought(self, key: RowKey, given: Sequence[_Given]) -> None:
        """Take what a buyer says beside what the seller says; one figure where they agree."""
        now, sold = self._now(key, "today_buyer"), self._now(key, "today")
        values = _different(given)
        if len(values) > 1:
            self._ask(key, "today_buyer", sold if now is None else now, values)  # blank: both say the same
            return
        (one,) = values
        own = self.sayings.last(one.actor, key, "today")
        if one.answer.added and now is None and own is not None and not alike(own, one.answer.given):
            self._ask(key, "today_buyer", own, values)
            return
        if alike(one.answer.given, sold) and now is None:
            return
        if (key, "today") not in self.taken and self._of_the_buyer_alone(key, "today", sold):
            if alike(one.answer.sent, sold):  # its own figure of before gives way
                self._take(key, "today", one)
            else:
                self._ask(key, "today", sold, values)
            return
        if alike(one.answer.given, now):
            return
        if now is not None and not alike(one.answer.sent, now):
            self._ask(key, "today_buyer", now, values)
            return
        self._take(key, "today_buyer", one)  # also where both had agreed, or one figure was decided: it is asked anew

    def _told_otherwise(self, buyers: set[RowKey]) -> None:
        """Ask about every exchange of which seller and buyer now say different quantities."""
        changed = buyers | {key for key, column in self.taken if column == "today" and key.table == "links"}
        for key in sorted(changed, key=lambda key: (key.parts, key.turn)):
            row = self.keyed.rows[key]
            if key not in buyers and isinstance(row, t.LinkRow):
                self._said_before(key, row)
            sold, bought = self._now(key, "today"), self._now(key, "today_buyer")
            if isinstance(row, t.LinkRow) and sold is not None and bought is not None and not alike(sold, bought):
                self.found.decisions.append(self._two_sides(key, row, sold, bought))

    def _said_before(self, key: RowKey, row: t.LinkRow) -> None:
        """Put back what the buyer said last where both agreed, or one was decided, and the seller changed it."""
        said = self.sayings.last(row.to, key, "today") if self._member(row.to) else None
        if said is None or self._now(key, "today_buyer") is not None or alike(said, self._now(key, "today")):
            return
        rounds = [one.round for one in self.found.received if fold(one.actor) == fold(row.to)]
        source = source_of(row.to, max(rounds, default=0)).to(self.language)
        self._take(key, "today_buyer", _Given(Answer(key, "today_buyer", None, said), row.to, source))

    def _new_exchanges(self) -> None:
        """Ask about every new exchange of which seller and buyer say different quantities."""
        told: dict[RowKey, dict[str, Value]] = defaultdict(dict)
        for edit in self.found.edits:
            if isinstance(edit, AddRow) and edit.table == "links":
                key = RowKey("links", tuple(fold(str(edit.values.get(name, ""))) for name in KEYS["links"]))
                told[key] = {**edit.values, **told[key]}
        for key, said in told.items():
            sold, bought = said.get("today"), said.get("today_buyer")
            if sold is not None and bought is not None and not alike(sold, bought):
                row = t.LinkRow(from_=str(said["from_"]), to=str(said["to"]), product=str(said["product"]))
                self.found.decisions.append(self._two_sides(key, row, sold, bought))

    def _two_sides(self, key: RowKey, row: t.LinkRow, sold: Value, bought: Value) -> Decision:
        unit = self.keyed.units.get(fold(row.product), "")
        now = [(one.row, one.column, one.value) for one in self.found.told if one.source in self._sources(row.from_)]
        said = key not in self.keyed.rows or (key, "today", sold) in now
        said = said or self.sayings.by(row.from_, key, "today", sold)
        return two_sides(key, (row.from_, row.to, row.product, unit), sold, bought, self.language, said)

    def _sources(self, actor: str) -> set[str]:
        """Return how the questionnaires of a member are named."""
        return {source_of(one.actor, one.round).to(self.language) for one in self.found.received
                if fold(one.actor) == fold(actor)}  # fmt: skip

    def _struck(self, key: RowKey, actor: str, source: str) -> Decision:
        row = self.keyed.rows[key]
        what = self._what(key, "")
        question = either(f"{actor} strikes out: {what}. Should the row go?",
                          f"{actor} raye la ligne : {what}. Faut-il la retirer ?", self.language)  # fmt: skip
        question += self._other_end(row, key, actor)
        choices = [Choice(either("remove the row", "retirer la ligne", self.language), (DropRow(key, source),)),
                   Choice(either("keep it", "la garder", self.language))]  # fmt: skip
        if hasattr(row, "today") and not self.keyed.of_many(row):
            none = either("keep it, with 0 this year", "la garder, avec 0 cette année", self.language)
            choices.append(Choice(none, (SetCell(key, "today", 0.0, source),)))
        return Decision(key_of("struck", actor, key.table, *key.parts), question, tuple(choices))

    def _other_end(self, row: Row, key: RowKey, actor: str) -> str:
        """Return what the other end of an exchange says of it, as a sentence; nothing where it says nothing."""
        if not isinstance(row, t.LinkRow):
            return ""
        other = row.to if fold(row.from_) == fold(actor) else row.from_
        said: Value = self.sayings.last(other, key, "today")
        if said is None and fold(other) == fold(row.to):
            said = self._now(key, "today_buyer")
        told = self._written(said, self._unit(key, "today"))
        if said is None:
            return ""
        return either(f" {other} says {told} this year.", f" {other} en dit {told} cette année.", self.language)

    # ---- words

    def _now(self, key: RowKey, column: str) -> Value:
        if (key, column) in self.taken:
            return self.taken[key, column]
        return value_of(self.keyed.rows[key], column)

    def _what(self, key: RowKey, column: str) -> str:
        declared, row = DECLARED[key.table], self.keyed.rows[key]
        named = [str(getattr(row, name)) for name in columns(declared) if columns(declared)[name].key]
        sheet = declared.table.label.to(self.language)
        if not column:
            return f"{sheet} – {' / '.join(named)}"
        said = column.removeprefix(MEASURE)
        label = said if column.startswith(MEASURE) else columns(declared)[column].label.to(self.language)
        return f"{sheet} – {' / '.join(named)}, {quoted(label.replace('_', ' '), self.language)}"

    def _unit(self, key: RowKey, column: str) -> str:
        """Return the unit of a quantity, where it is the product's."""
        if column.startswith(MEASURE) or columns(DECLARED[key.table])[column].unit not in (Unit.AMOUNT, Unit.STOCK):
            return ""
        product = getattr(self.keyed.rows[key], "product", "")
        return self.keyed.units.get(fold(product), "")

    def _written(self, value: Value, unit: str) -> str:
        return in_words(value, unit, self.language)


def _asked_of(key: RowKey, column: str) -> str:
    """Return the key of the question which of several answers to a cell holds."""
    return key_of("answer", key.table, *key.parts, *([str(key.turn)] if key.turn else []), column)


def _different(given: Sequence[_Given]) -> list[_Given]:
    """Return one of each value that was answered."""
    found: list[_Given] = []
    for one in given:
        if not any(alike(one.answer.given, other.answer.given) for other in found):
            found.append(one)
    return found
