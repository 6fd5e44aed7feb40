"""One questionnaire that came back: whose it is, and the cells, lines and words in which it answers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from filiere.chain.parse.cell import is_blank, shown, understand
from filiere.chain.parse.heading import measure_column
from filiere.chain.parse.number import exactly, written_number
from filiere.gather.answers.as_typed import as_sent, as_typed
from filiere.gather.answers.beside import beside, denies, is_cross
from filiere.gather.answers.labelled import Labels, joined
from filiere.gather.answers.sent_from import of_this_workbook, other_name
from filiere.gather.collect import blocks
from filiere.gather.collect.owned import Owner
from filiere.gather.collect.rows import MEASURE, KeyedRows, RowKey
from filiere.gather.complete.apply import DECLARED
from filiere.gather.members import number_of
from filiere.language import Label, Language
from filiere.names import fold, tidy
from filiere.problems import Cell, Problem, Severity
from filiere.problems import collecting as codes
from filiere.schema import Column, Unit, columns
from filiere.table import Percentage, RawRow, RawTable, RawValue, RawWorkbook
from filiere.units import factor, money_factor
from filiere.workbook.questionnaire.draw import NOTHING
from filiere.workbook.questionnaire.form import (
    LABELS,
    MARK,
    STRIKE,
    Ask,
    Mark,
    Value,
    digest_of,
    read_mark,
    read_row_mark,
    short,
    short_name,
)
from filiere.workbook.questionnaire.strikes import CellNote

_COLUMNS: Mapping[str, tuple[str, ...]] = {
    question.key: tuple(column.name for column in question.columns)
    for question in (blocks.ACTIVITIES, blocks.RECIPES, blocks.SALES, blocks.PURCHASES, blocks.NEEDS)
}
"""Question with empty lines → the columns of its cells."""
_OPEN = ("quantity", "price")
_FREE = {key: len(names) for key, names in _COLUMNS.items()} | dict.fromkeys(("by-products", "means"), len(_OPEN))
"""Question with empty lines → how many columns they are answered in."""
_IN_FRONT = ("by-products", "means", "needs")
"""The questions with empty lines that name the goods first."""
_AMOUNTS = ("today", "maximum", "minimum", "input", "output", "quantity")
_COMMA: Mapping[Language, int] = {"fr": 0, "en": 1}
"""Which of two readings a lone comma means: of decimals (the smaller number), or of thousands."""
_CLOSE = 1e-9
_NO_TITLE = Label("nothing", "rien")


@dataclass(frozen=True)
class Answer:
    """One cell that differs from what it was sent with."""

    row: RowKey
    column: str
    sent: Value
    given: Value
    added: bool = False
    """Whether it stands on a line that the member added to those that were sent."""


@dataclass(frozen=True)
class NewLine:
    """One line that was empty: who, what and unit as typed, and its figures by column."""

    block: str
    labels: tuple[str, str, str]
    values: Mapping[str, float] = field(hash=False)


@dataclass(frozen=True, kw_only=True)
class Returned:
    """What one file answers."""

    file: str
    actor: str
    round: int
    answers: tuple[Answer, ...]
    struck: tuple[RowKey, ...]
    lines: tuple[NewLine, ...]
    unchanged: bool
    said: str
    problems: tuple[Problem, ...]
    confirmed: tuple[Answer, ...] = ()
    """The cells as they were sent, where the box says that nothing has changed."""
    rows: frozenset[RowKey] = frozenset()
    """The rows that it was sent with."""

    @property
    def digest(self) -> str:
        """The short name of what is answered: the same file twice has the same."""
        told = [repr((a.row, a.column, a.given)) for a in self.answers] + [repr(row) for row in self.struck]
        told += [repr((one.block, one.labels, sorted(one.values.items()))) for one in self.lines]
        return short("\n".join([fold(self.actor), str(self.round), str(self.unchanged), self.said, *sorted(told)]), 16)

    @property
    def count(self) -> int:
        """How many answers it holds."""
        return len(self.answers) + len(self.struck) + len(self.lines)


def mark_of(raw: RawWorkbook) -> tuple[RawTable, Mark] | None:
    """Return the sheet of a questionnaire and the mark on it, None where a workbook is none."""
    for table in raw.tables:
        for row in table.rows[:40]:
            for value in row.values.values():
                mark = read_mark(value) if isinstance(value, str) and value.strip() else None
                if mark is not None:
                    return table, mark
    return None


def read_returned(
    raw: RawWorkbook, strikes: frozenset[tuple[int, int]], keyed: KeyedRows, notes: Sequence[CellNote] = ()
) -> Returned | Problem:
    """Return what a questionnaire answers, or why it is refused as a whole."""
    found = mark_of(raw)
    assert found is not None
    table, mark = found
    file = raw.path.name if raw.path else table.sheet
    marks = [text for row in table.rows if isinstance(text := row.values.get(MARK), str) and text.strip()]
    lines = tuple(text for text in marks if read_row_mark(text) is not None)
    if not mark.digest or digest_of(lines) != mark.digest:
        return codes.DAMAGED.at(None, file=file)
    if not of_this_workbook(mark, keyed):
        return codes.FOREIGN.at(None, file=file)
    named = [row.actor for row in keyed.tables.actors if short_name(row.actor) == mark.actor]
    if not named:
        return codes.NOBODYS.at(None, file=file)
    other = other_name(file, named[0], keyed)
    if other:
        return codes.SWAPPED.at(None, file=file, actor=named[0], other=other)
    reading = _Reading(table, Owner(named[0], keyed), mark, file, strikes)
    refused = reading.of_another()
    if refused:
        return refused
    reading.problems += [codes.OTHER_SHEET.at(other.cell(), file=file, sheet=other.sheet)
                         for other in raw.tables if other is not table and other.rows]  # fmt: skip
    reading.problems += [codes.OUTSIDE.at(table.cell(note.row, note.column), file=file, text=note.text[:80])
                         for note in notes]  # fmt: skip
    returned = reading.read()
    return reading.displaced() or returned


class _Reading:
    def __init__(self, table: RawTable, owner: Owner, mark: Mark, file: str,
                 strikes: frozenset[tuple[int, int]]) -> None:  # fmt: skip
        self.table, self.owner, self.mark, self.file, self.strikes = table, owner, mark, file, strikes
        own = [*owner.sales(), *owner.purchases(), *owner.recipes()]
        for name in ("actors", "processes", "offers", "needs", "storage", "funding"):
            own += owner.rows(name)
        self.own = {key.mark: key for key, _ in own}
        self.labels = Labels(owner, tuple(self.own.values()))
        self.problems: list[Problem] = []
        self.same: list[Answer] = []
        self.rows: set[RowKey] = set()
        self.lines = 0

    def of_another(self) -> Problem | None:
        """Return why a questionnaire is refused that bears the name of another actor; another title is told of."""
        for row in self.table.rows[:40]:
            value = row.values.get(MARK)
            if isinstance(value, str) and value.strip() and read_mark(value) is not None:
                title = tidy(shown(row.values[0])) if 0 in row.values else ""
                if fold(title) == self.owner.key:
                    return None
                cell = self.table.cell(row.number, 0)
                if fold(title) in self.owner.keyed.perimeters:
                    return codes.OTHERS_SHEET.at(cell, file=self.file, actor=self.owner.name, other=title)
                self.problems.append(codes.RETITLED.at(cell, file=self.file, actor=self.owner.name,
                                                      title=title or _NO_TITLE))  # fmt: skip
        return None

    def read(self) -> Returned:
        answers: list[Answer] = []
        struck: list[RowKey] = []
        lines: list[NewLine] = []
        unchanged, said = False, ""
        outside = beside(self.table, _FREE)
        for row in self.table.rows:
            text = row.values.get(MARK)
            if not isinstance(text, str) or not text.strip():
                continue
            line = read_row_mark(text)
            if line is not None:
                key = self._row(line[0], line[1], row)
                if key is None:
                    continue
                self.rows.add(key)
                if self._struck(row):
                    struck.append(key)
                else:
                    answers += self._answers(key, line[1], row)
            elif text == "box":
                unchanged = self._ticked(row)
            elif text == "said":
                said = tidy(shown(row.values.get(0, "")))
            elif text.startswith("free "):
                lines += self._new(text.removeprefix("free "), row)
        for block, row in outside.lines:
            lines += self._new(block, row)
        self._left_out(outside.texts)
        return Returned(
            file=self.file, actor=self.owner.name, round=self.mark.round, answers=tuple(dict.fromkeys(answers)),
            struck=tuple(dict.fromkeys(struck)), lines=tuple(lines), unchanged=unchanged, said=said,
            problems=tuple(self.problems), confirmed=tuple(self.same) if unchanged else (),
            rows=frozenset(self.rows),
        )  # fmt: skip

    def _row(self, mark: str, asks: tuple[Ask | None, ...], row: RawRow) -> RowKey | None:
        """Return the row that a line is about, None where it is not this member's or is there no more."""
        rows, key = self.owner.keyed.rows, self.own.get(mark)
        if key is not None and all(ask is None or self.owner.answers_for(rows[key], ask.column) for ask in asks):
            return key if self._labelled(key, row, asks) else None
        said = " – ".join(tidy(shown(row.values[at])) for at in range(2) if at in row.values)
        place = self.table.cell(row.number)
        if mark in self.owner.keyed.by_mark:
            self.problems.append(codes.OTHERS_ROW.at(place, file=self.file, line=said))
        elif answers := as_typed(asks, row, self.language):
            self.problems.append(codes.ROW_GONE.at(place, file=self.file, line=said, answers=answers))
        return None

    def displaced(self) -> Problem | None:
        """Return why a questionnaire is refused of which most lines read are not those that were sent."""
        wrong = sum(problem.code == codes.MISLABELLED.code for problem in self.problems)
        if wrong < 2 or 2 * wrong <= self.lines:
            return None
        return codes.DISPLACED.at(self.table.cell(), file=self.file, count=wrong, lines=self.lines)

    def _labelled(self, key: RowKey, row: RawRow, asks: tuple[Ask | None, ...]) -> bool:
        """Whether a line says that it is about the row of its mark; told of where it does not."""
        self.lines += key.table != "actors"  # whose line has no label
        seen = tuple(tidy(shown(row.values[at])) if at in row.values else "" for at in range(LABELS))
        if self.labels.fit(key, seen):
            return True
        text, sent = joined(self.owner.keyed.rows[key], seen), self.labels.said(key, self.language)
        if self.labels.named(key, seen):  # in another unit
            if answers := as_typed(asks, row, self.language):
                self.problems.append(codes.OTHER_UNIT.at(self.table.cell(row.number, 0), file=self.file, shown=text,
                                                         sent=sent, answers=answers))  # fmt: skip
            return False
        self.problems.append(codes.MISLABELLED.at(self.table.cell(row.number, 0), file=self.file, shown=text,
                                                  sent=sent))  # fmt: skip
        return False

    def _struck(self, row: RawRow) -> bool:
        cross = row.values.get(STRIKE)
        if not denies(cross) and not is_cross(cross):
            self._left_out([(self.table.cell(row.number, STRIKE), tidy(shown(cross or "")))])
        return not denies(cross) or any((row.number, at) in self.strikes for at in range(STRIKE))

    def _ticked(self, row: RawRow) -> bool:
        """Whether the box “nothing has changed” is ticked, in it or right beside it."""
        filled = [(at, value) for at, value in row.values.items() if LABELS - 1 <= at <= STRIKE]
        self._left_out([(self.table.cell(row.number, at), tidy(shown(value))) for at, value in filled
                        if not denies(value) and not is_cross(value)])  # fmt: skip
        return any(is_cross(value) for _, value in filled)

    def _left_out(self, texts: Iterable[tuple[Cell, str]]) -> None:
        self.problems += [codes.OUTSIDE.at(cell, file=self.file, text=text[:80]) for cell, text in texts]

    def _answers(self, key: RowKey, asks: tuple[Ask | None, ...], row: RawRow) -> Iterator[Answer]:
        for at, ask in enumerate(asks, start=LABELS):
            if ask is not None:
                same = as_sent(row.values.get(at), ask.sent)
                sound, given = (True, ask.sent) if same else self._value(key.table, ask.column, row, at, key)
                many = ask.column in ("today", "today_buyer") and self.owner.keyed.of_many(self.owner.keyed.rows[key])
                if many and sound and not alike(given, ask.sent):
                    line = self.labels.said(key, self.language)
                    said = exactly(given).to(self.language) if isinstance(given, float) else given or ""
                    self.problems.append(codes.OF_MANY.at(self.table.cell(row.number, at), file=self.file, line=line,
                                                          text=said))  # fmt: skip
                elif sound and not alike(given, ask.sent):
                    if ask.column == "identifier" and isinstance(given, str) and not number_of(given):
                        self.problems.append(codes.ODD_NUMBER.at(self.table.cell(row.number, at), file=self.file,
                                                                 text=given))  # fmt: skip
                    yield Answer(key, ask.column, ask.sent, given)
                elif sound and ask.sent is not None:
                    self.same.append(Answer(key, ask.column, ask.sent, ask.sent))

    def _value(self, table: str, name: str, row: RawRow, at: int, key: RowKey | None,
               typed: str = "") -> tuple[bool, Value]:  # fmt: skip
        """Return whether a cell can be read, and what it says; ``typed`` is the unit that its own line says."""
        raw = self._in_its_language(row.values.get(at))
        if raw is None or is_blank(raw):
            return True, None
        if name.startswith(MEASURE):
            column = measure_column(name.removeprefix(MEASURE))
        else:
            column = columns(DECLARED[table])[name]
        understood = understand(column, raw)
        if isinstance(raw, Percentage) and column.unit is not Unit.SHARE:
            self._unreadable(row, at, f"{100.0 * raw:.12g} %")
            return False, None
        wrong = [code for code, _ in understood.findings if code.severity is Severity.ERROR]
        value: Any = understood.value
        if not wrong and understood.unit:
            value = self._converted(column, value, understood.unit, key, typed)
            wrong = [] if value is not None else [codes.UNREADABLE]
        if wrong:
            self._unreadable(row, at, tidy(shown(raw))[:60])
            return False, None
        return True, value if isinstance(value, float) else tidy(str(value))

    def _unreadable(self, row: RawRow, at: int, text: str) -> None:
        self.problems.append(codes.UNREADABLE.at(self.table.cell(row.number, at), file=self.file, text=text))

    def _in_its_language(self, raw: RawValue | None) -> RawValue | None:
        """Return a number typed as text as the language of the questionnaire reads it: 1,013 with its decimal comma."""
        written = written_number(raw) if isinstance(raw, str) and raw.count(",") == 1 and "." not in raw else None
        if written is None or len(written.values) != 2:
            return raw
        value = sorted(written.values, key=abs)[_COMMA[self.language]]
        return f"{value!r} {written.unit}" if written.unit else value

    @cached_property
    def language(self) -> Language:
        """The language that the questionnaire is written in."""
        french = any(NOTHING.fr in row.values.values() for row in self.table.rows[:40])
        return "fr" if french else "en"

    def _converted(self, column: Column, value: float, unit: str, key: RowKey | None, typed: str) -> float | None:
        """Return a figure typed with a unit in that of its product; money's own sign says nothing new."""
        if column.unit in (Unit.PRICE, Unit.MONEY, Unit.CAPITAL, Unit.MONEY_PER_LEVEL, Unit.STOCK_COST):
            return value if fold(unit) in ("€", "eur", "euro", "euros") else None
        product = key.parts[2] if key and key.table == "links" else key.parts[1] if key and len(key.parts) > 1 else ""
        known = self.owner.keyed.units.get(product) if key else typed
        if not known:
            return None
        ratio = 1.0 if fold(unit) == fold(known) else factor(unit, known)
        return value * ratio if ratio else None

    def _unit_beside(self, row: RawRow, at: int) -> str:
        """Return the unit that a quantity is typed with, money and shares apart."""
        raw = row.values.get(at)
        written = written_number(raw) if isinstance(raw, str) else None
        unit = written.unit if written else ""
        return unit if unit != "%" and money_factor(unit, self.owner.keyed.tables.settings.currency) is None else ""

    def _new(self, block: str, row: RawRow) -> Iterator[NewLine]:
        labels = tuple(tidy(shown(row.values[at])) if at in row.values else "" for at in range(LABELS))
        table = {"sales": "links", "purchases": "links"}.get(block, block)
        values: dict[str, float] = {}
        names = _COLUMNS.get(block, _OPEN)
        own = labels[2] or self.owner.keyed.units.get(fold(labels[0 if block in _IN_FRONT else 1]), "")
        amounts = [at for at, name in enumerate(names, start=LABELS) if name in _AMOUNTS and block != "processes"]
        beside = next((unit for at in amounts if (unit := self._unit_beside(row, at))), "")
        unit = own or beside
        if not labels[2] and beside and unit == beside:
            labels = (labels[0], labels[1], unit)
        for at, name in enumerate(names, start=LABELS):
            asked = (table, name) if block in _COLUMNS else ("needs" if name == "quantity" else "links", name)
            sound, value = self._value(*asked, row, at, None, unit)
            if sound and isinstance(value, float):
                values[name] = value
        if any(labels) or values:
            yield NewLine(block, (labels[0], labels[1], labels[2]), values)


def alike(one: Value, other: Value) -> bool:
    """Whether two values are one: numbers but for the rounding of programs, texts but for spaces."""
    if isinstance(one, float) and isinstance(other, float):
        return abs(one - other) <= _CLOSE * max(abs(one), abs(other))
    if isinstance(one, str) and isinstance(other, str):
        return tidy(one) == tidy(other)
    return one is None and other is None
