"""The sheets that gathering adds to a workbook: decisions, changes, answers received, and tables it had none of."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from filiere.gather.complete.apply import Change, NewSheet
from filiere.gather.decide.decision import Decision
from filiere.gather.decide.sheet import is_decisions, packed, unpacked, write_decisions
from filiere.language import Label, Language
from filiere.names import loose
from filiere.palette import CHANGED_CELL
from filiere.problems import Problem
from filiere.problems import collecting as codes
from filiere.table import RawTable, RawWorkbook
from filiere.workbook.questionnaire.draw import questionnaire_looks
from filiere.workbook.questionnaire.form import Value, short

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format

CHANGES = Label("# Changes", "# Modifications")
_FILES = Label("files", "fichiers")
"""What stands in the place of a round where somebody's files told something."""
RECEIVED = Label("# Answers received", "# Réponses reçues")
REMARKS = Label("# To check", "# À vérifier")
_CREATED = dt.datetime(2025, 1, 1, tzinfo=dt.UTC).replace(tzinfo=None)
_CHANGES_SAID = Label(
    "What the last “filiere gather” changed: the cells are green, with the former value in a comment.",
    "Ce que le dernier « filiere gather » a changé : les cellules sont vertes, avec la valeur précédente en "
    "commentaire.",
)
_RECEIVED_SAID = Label(
    "The questionnaires that came back, and who told something in files. This sheet is never read by a plan; it keeps "
    "what each said from being shown to others.",
    "Les questionnaires revenus, et ceux dont les fichiers disent quelque chose. Cette feuille n'entre dans aucun "
    "plan ; grâce à elle, ce que chacun a dit n'est pas montré aux autres.",
)
_REMARKS_SAID = Label(
    "What the files left open, and what was done meanwhile. Lines and your notes stay from one “filiere gather” to the "
    "next: delete the lines that are settled.",
    "Ce que les fichiers laissaient en suspens, et ce qui a été fait en attendant. Les lignes et vos notes restent "
    "d'un « filiere gather » à l'autre : supprimez celles qui sont réglées.",
)
NOTE = Label("Your note", "Votre note")
MARKS = Label("Marks: leave as they are", "Repères : à laisser tels quels")
_CHANGED = (
    (Label("Cell", "Cellule"), 26), (Label("Row", "Ligne"), 50), (Label("Column", "Colonne"), 24),
    (Label("Before", "Avant"), 20), (Label("Now", "Maintenant"), 20), (Label("From", "D'après"), 50),
)  # fmt: skip
_CAME = (
    (Label("Member", "Membre"), 40), (Label("Round", "Tour"), 8), (Label("Answers", "Réponses"), 11),
    (Label("Nothing has changed", "Rien n'a changé"), 18), (Label("Said besides", "Dit en plus"), 70),
    (Label("Digest", "Empreinte"), 18), (MARKS, 10),
)  # fmt: skip
_REMARKED = (
    (Label("Code", "Code"), 9), (Label("Where", "Où"), 34), (Label("What was found", "Ce qui a été trouvé"), 80),
    (Label("What to do", "Que faire"), 60), (NOTE, 40),
)  # fmt: skip
_FIRST = 3
_PART = 30_000
"""How many signs of what somebody's files told stand in one cell."""


@dataclass(frozen=True)
class Received:
    """One questionnaire that came back, or what somebody's files told (round 0)."""

    actor: str
    round: int
    answers: int
    unchanged: bool
    said: str
    digest: str
    told: str = ""
    """What it said of exchanges, for nobody but this member to see again."""


def ours(raw: RawWorkbook) -> set[str]:
    """Return the sheets of a workbook that gathering writes anew."""
    names = {loose(name) for label in (CHANGES, RECEIVED, REMARKS) for name in label}
    return {table.sheet for table in raw.tables if is_decisions(table) or loose(table.sheet) in names}


def read_received(raw: RawWorkbook) -> list[Received]:
    """Return the questionnaires that a workbook says came back."""
    names = {loose(name) for name in RECEIVED}
    table: RawTable | None = next((one for one in raw.tables if loose(one.sheet) in names), None)
    found = []
    for row in table.rows if table else ():
        actor, round_, count, unchanged, said, digest = (row.values.get(at) for at in range(6))
        told = row.values.get(6)
        round_ = 0.0 if isinstance(round_, str) and round_ in tuple(_FILES) else round_
        if row.number > _FIRST and isinstance(round_, float) and isinstance(count, float):
            found.append(
                Received(
                    str(actor), int(round_), int(count), bool(unchanged), str(said or ""), str(digest), _told(told)
                )
            )
    return found


def _told(mark: object) -> str:
    try:
        return unpacked(mark) if isinstance(mark, str) else ""
    except ValueError:
        return ""


Remark = tuple[str, str, str, str, str]
"""A line of what is to be checked: code, place, what was found, what to do, and the coordinator's note."""


def read_remarks(raw: RawWorkbook) -> list[Remark]:
    """Return the lines that an earlier gathering left to check, with the notes that were typed beside them."""
    names = {loose(name) for name in REMARKS}
    table: RawTable | None = next((one for one in raw.tables if loose(one.sheet) in names), None)
    found: list[Remark] = []
    for row in table.rows if table else ():
        code, where, what, todo, note = (str(row.values.get(at, "")) for at in range(5))
        if row.number > _FIRST and (what or note):
            found.append((code, where, what, todo, note))
    return found


@dataclass(frozen=True, kw_only=True)
class Added:
    """What the added sheets hold."""

    decisions: Sequence[Decision]
    changes: Sequence[Change]
    received: Sequence[Received]
    remarks: Sequence[Problem] = ()
    checked: Sequence[Remark] = ()
    """What earlier gatherings left to check."""
    tables: Sequence[NewSheet] = ()


def added_sheets(added: Added, language: Language) -> bytes:
    """Return the sheets as a workbook, to be put behind those that are there."""
    from xlsxwriter import Workbook

    memory = io.BytesIO()
    book = Workbook(memory, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"author": "filiere", "created": _CREATED})
    looks = questionnaire_looks(book)
    for table in added.tables:
        _table(book, looks, table)
    write_decisions(book, looks, added.decisions, language)
    changes = ((str(one.cell), one.row, one.column, one.former, one.value, one.source) for one in added.changes)
    _list(book, looks, CHANGES.to(language), _CHANGES_SAID.to(language), _CHANGED, changes, language)
    if added.remarks or added.checked:
        write_remarks(book, looks, added.remarks, language, added.checked)
    write_received(book, looks, added.received, language)
    book.close()
    return memory.getvalue()


def of_files(told: Mapping[str, str], before: Sequence[Received] = ()) -> list[Received]:
    """Return what the holders of files told, but for what ``before`` has already: as many lines as its cells need."""
    known = {(one.actor, one.digest) for one in before}
    found = (Received(actor, 0, 0, False, "", short(text, 16), text)
             for actor, all_ in sorted(told.items()) for text in _parts(all_))  # fmt: skip
    return [one for one in found if (one.actor, one.digest) not in known]


def _parts(text: str) -> Iterator[str]:
    words = text.split()
    each = max(1, _PART // (1 + max(map(len, words), default=0)))
    yield from (" ".join(words[at : at + each]) for at in range(0, len(words), each))


def write_received(book: Workbook, looks: Callable[[str], Format], received: Sequence[Received],
                   language: Language) -> None:  # fmt: skip
    """Add the sheet of what came back, where something did."""
    if not received:
        return
    yes, files = Label("yes", "oui").to(language), _FILES.to(language)
    came = ((one.actor, float(one.round) if one.round else files, float(one.answers), yes if one.unchanged else "",
             one.said, one.digest, packed(one.told))
            for one in received)  # fmt: skip
    _list(book, looks, RECEIVED.to(language), _RECEIVED_SAID.to(language), _CAME, came, language)


def write_remarks(book: Workbook, looks: Callable[[str], Format], remarks: Sequence[Problem], language: Language,
                  checked: Sequence[Remark] = ()) -> None:  # fmt: skip
    """Add the sheet of what the files left open: now, then what earlier gatherings left and nobody took away."""
    notes = {one[:3]: one[4] for one in checked}
    new: dict[tuple[str, str, str], Remark] = {}
    for one in (one for one in remarks if one.code != codes.TWICE.code):  # nothing to do: told on the screen alone
        key = (one.code, str(one.cell) if one.cell else "", one.message(language))
        new[key] = (*key, one.hint(language), notes.get(key, ""))
    told = {one[0] for one in new.values()}
    kept = (one for one in checked if one[:3] not in new and not _overtaken(one, told))
    rows = [*new.values(), *kept]
    _list(book, looks, REMARKS.to(language), _REMARKS_SAID.to(language), _REMARKED, rows, language)


def _overtaken(one: Remark, told: Container[str]) -> bool:
    """Whether a line without a note counts those still to answer, and is counted anew."""
    code, *_, note = one
    return not note and (code == codes.TWICE.code or (code == codes.UNTOUCHED.code and code in told))


def _list(book: Workbook, looks: Callable[[str], Format], name: str, said: str,
          headings: Sequence[tuple[Label, float]], rows: Iterable[Sequence[Value]],
          language: Language) -> None:  # fmt: skip
    sheet = book.add_worksheet(name)
    sheet.hide_gridlines(2)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.write_string(0, 0, said, looks("chain"))
    for at, (label, width) in enumerate(headings):
        sheet.set_column(at, at, width)
        sheet.write_string(_FIRST - 1, at, label.to(language), looks("question"))
    for number, row in enumerate(rows, start=_FIRST):
        tall = max(-(-len(str(value or "")) // max(int(width) - 3, 1)) for value, (label, width)
                   in zip(row, headings, strict=True) if label is not MARKS)  # fmt: skip
        sheet.set_row(number, 15.5 * min(max(tall, 1), 12))
        for at, value in enumerate(row):
            if isinstance(value, float):
                sheet.write_number(number, at, value, looks("label"))
            else:
                look = "mark" if headings[at][0] is MARKS else "write" if headings[at][0] is NOTE else "label"
                sheet.write_string(number, at, value or "", looks(look))
    sheet.freeze_panes(_FIRST, 0)


def _table(book: Workbook, looks: Callable[[str], Format], table: NewSheet) -> None:
    sheet = book.add_worksheet(table.name)
    new = book.add_format({"bg_color": CHANGED_CELL})
    for row, line in enumerate(table.rows):
        for at, value in enumerate(line):
            if row == 0:
                sheet.set_column(at, at, 18)
                sheet.write_string(row, at, str(value), looks("question"))
            elif isinstance(value, str):
                sheet.write_string(row, at, value, new)
            elif value is not None:
                sheet.write_number(row, at, value, new)
    sheet.freeze_panes(1, 0)
