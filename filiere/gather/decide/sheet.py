"""The sheet of the decisions to take: written for a person to answer, and read when gathered again."""

from __future__ import annotations

import base64
import json
import zlib
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from filiere.gather.complete.edits import SetCell, read_edits, written
from filiere.gather.decide.decision import Choice, Decision, open_ones
from filiere.language import Label, Language
from filiere.names import loose
from filiere.palette import OUTSIDE
from filiere.table import RawTable, RawWorkbook

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format

NAME = Label("Decisions to take", "Décisions à prendre")
_FIRST_LINE = Label(
    "Decisions to take. This sheet is read by “filiere gather” alone: choose an answer in each yellow cell, then run "
    "filiere gather --into with this workbook.",
    "Décisions à prendre. Cette feuille n'est lue que par « filiere gather » : choisissez une réponse dans chaque case "
    "jaune, puis lancez filiere gather --into avec ce classeur.",
)
_NOTHING = Label("Nothing remains to be decided.", "Rien ne reste à décider.")
_HEADINGS = (
    (Label("Question", "Question"), 74),
    (Label("At stake", "Enjeu"), 14),
    (Label("Allowed answers", "Réponses possibles"), 34),
    (Label("Your answer", "Votre réponse"), 34),
    (Label("Applied so far", "Déjà appliqué"), 24),
    (Label("Key", "Clé"), 12),
    (Label("Marks: leave as they are", "Repères : à laisser tels quels"), 10),
    (Label("Answers, each in a cell", "Réponses, une par case"), 30),
)
_QUESTION, _STAKE, _ALLOWED, _ANSWER, _APPLIED, _KEY, _MARK, _CHOICES = range(8)
_HEADING_ROW = 2
_LONGEST = 32_000
_PACKED, _LARGEST = "zlib:", 20_000_000
_HELD = ""
"""What stands among the marks of the answers for what the workbook held when the question was asked."""
_WAITING = OUTSIDE
"""The colour of the tab as long as something waits for an answer."""


def is_decisions(table: RawTable) -> bool:
    """Whether a sheet is that of the decisions."""
    return loose(table.sheet.partition(" (")[0]) in {loose(name) for name in NAME}


def read_decisions(raw: RawWorkbook) -> list[Decision]:
    """Return the decisions that a workbook holds, with the answers given; rows that are damaged are left out."""
    table = next((table for table in raw.tables if is_decisions(table)), None)
    found = []
    for row in table.rows if table else ():
        texts = [_text(row.values.get(at)) for at in range(_CHOICES)]
        if row.number <= _HEADING_ROW + 1 or not texts[_KEY]:
            continue
        marked = _choices(texts[_MARK])
        choices = tuple(one for one in marked if one.text != _HELD)
        held = tuple(edit for one in marked if one.text == _HELD for edit in one.edits if isinstance(edit, SetCell))
        if choices:
            found.append(Decision(texts[_KEY], texts[_QUESTION], choices, texts[_STAKE], texts[_ANSWER],
                                  texts[_APPLIED], held))  # fmt: skip
    return found


def _text(value: object) -> str:
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return "" if value is None else str(value).strip()


def packed(mark: str) -> str:
    """Return a mark as it fits into one cell: packed where it is too long."""
    if len(mark) <= _LONGEST:
        return mark
    return _PACKED + base64.b64encode(zlib.compress(mark.encode("utf-8"), 9)).decode("ascii")


def unpacked(mark: str) -> str:
    """Return a mark as it was. Raises ValueError where it is damaged, or larger than any that is written."""
    if not mark.startswith(_PACKED):
        return mark
    try:
        unpacking = zlib.decompressobj()
        text = unpacking.decompress(base64.b64decode(mark[len(_PACKED) :], validate=True), _LARGEST)
    except zlib.error as fault:
        raise ValueError(mark[:80]) from fault
    if unpacking.unconsumed_tail:
        raise ValueError(mark[:80])
    return text.decode("utf-8")


def _choices(mark: str) -> tuple[Choice, ...]:
    try:
        return tuple(Choice(str(text), read_edits(edits)) for text, edits in json.loads(unpacked(mark)))
    except (ValueError, TypeError):
        return ()


def write_decisions(book: Workbook, looks: Callable[[str], Format], decisions: Sequence[Decision],
                    language: Language) -> None:  # fmt: skip
    """Add the sheet to a workbook: what is open first."""
    sheet = book.add_worksheet(NAME.to(language))
    sheet.hide_gridlines(2)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    if open_ones(decisions):
        sheet.set_tab_color(_WAITING)
    sheet.set_row(0, 30)
    said = _FIRST_LINE if decisions else _NOTHING
    sheet.write_string(0, 0, said.to(language), looks("box text left"))
    for at, (label, width) in enumerate(_HEADINGS):
        sheet.set_column(at, at, width)
        sheet.write_string(_HEADING_ROW, at, label.to(language), looks("question" if at != _MARK else "mark"))
    sheet.freeze_panes(_HEADING_ROW + 1, 0)
    sheet.print_area(0, 0, _HEADING_ROW + max(len(decisions), 1), _APPLIED)
    sheet.repeat_rows(_HEADING_ROW)
    ordered = sorted(decisions, key=lambda decision: bool(decision.applied))
    most = max((len(decision.choices) for decision in ordered), default=1)
    sheet.set_column(_CHOICES, _CHOICES + most, _HEADINGS[_CHOICES][1])
    for row, decision in enumerate(ordered, start=_HEADING_ROW + 1):
        lines = sum(1 + len(one.text) // 36 for one in decision.choices)
        sheet.set_row(row, 14.5 * min(max(lines, -(-len(decision.question) // 78)), 20) + 4)
        allowed = "\n".join(f"• {one.text}" for one in decision.choices)
        sheet.write_string(row, _ALLOWED, allowed[:_LONGEST], looks("label"))
        sheet.write_string(row, _QUESTION, decision.question[:_LONGEST], looks("label"))
        sheet.write_string(row, _STAKE, decision.stake, looks("label"))
        sheet.write_string(row, _ANSWER, decision.answer, looks("write"))
        sheet.write_string(row, _APPLIED, decision.applied, looks("unit"))
        sheet.write_string(row, _KEY, decision.key[:_LONGEST], looks("unit"))
        marked = [*decision.choices, *([Choice(_HELD, decision.held)] if decision.held else [])]
        mark = packed(json.dumps([[one.text, written(one.edits)] for one in marked], ensure_ascii=False))
        sheet.write_string(row, _MARK, mark[:_LONGEST], looks("mark"))
        for at, choice in enumerate(decision.choices, start=_CHOICES):
            sheet.write_string(row, at, choice.text[:_LONGEST], looks("unit"))
        _choose(sheet, row, len(decision.choices))


def _choose(sheet: object, row: int, count: int) -> None:
    """Offer the allowed answers in the cell of the answer."""
    from filiere.problems.problem import column_letters

    first, last = column_letters(_CHOICES), column_letters(_CHOICES + count - 1)
    source = f"=${first}${row + 1}:${last}${row + 1}"
    sheet.data_validation(row, _ANSWER, row, _ANSWER, {"validate": "list", "source": source})  # type: ignore[attr-defined]
