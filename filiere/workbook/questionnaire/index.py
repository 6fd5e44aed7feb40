"""The index of the questionnaires sent: who has which file, who has answered, whom to chase."""

from __future__ import annotations

import datetime as dt
import io
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from filiere.language import Label, Language
from filiere.table import RawValue, RawWorkbook
from filiere.workbook.questionnaire.draw import questionnaire_looks

SHEET = Label("Follow-up", "Suivi")
_CREATED = dt.datetime(2025, 1, 1, tzinfo=dt.UTC).replace(tzinfo=None)
_TITLE = Label("Questionnaires of round {round}", "Questionnaires du tour {round}")
_SAID = Label(
    "Type the day on which each file is sent and the day on which it comes back: the last column says whom to chase.",
    "Notez le jour où chaque fichier part et le jour où il revient : la dernière colonne dit qui relancer.",
)
_HEADINGS = (
    (Label("Member", "Membre"), 40),
    (Label("File", "Fichier"), 46),
    (Label("Questions", "Questions"), 11),
    (Label("Answered so far", "Réponses déjà reçues"), 20),
    (Label("Sent on", "Envoyé le"), 14),
    (Label("Answered on", "Répondu le"), 14),
    (Label("To chase", "À relancer"), 14),
)
_CHASE = Label("to chase", "à relancer")
_ROUND = Label("round {round}", "tour {round}")
INDEX_NAME = Label("00-follow-up.xlsx", "00-suivi.xlsx")
MAIL_NAMES = Label("00-mail.txt", "00-message.txt")
INDEX_MARK = "filiere-1 index"
"""What stands on the sheet of an index, so that nobody takes it for a table of purchases."""
_FIRST = 4


@dataclass(frozen=True)
class Sent:
    """One questionnaire of the index; ``answered`` is the last round that the member has answered, 0 for none."""

    actor: str
    file: str
    questions: int
    answered: int = 0


Day = RawValue | None


def noted_days(raw: RawWorkbook) -> tuple[int, dict[str, tuple[Day, Day]]]:
    """Return the round of an index, 0 for any other workbook, and member → the days of sending and return, if any."""
    table = next((one for one in raw.tables if any(INDEX_MARK in row.values.values() for row in one.rows[:1])), None)
    if table is None:
        return 0, {}
    found = re.search(r"\d+", str(table.rows[0].values.get(0, "")))
    number = int(found[0]) if found else 0
    days = {str(row.values.get(0)): (row.values.get(4), row.values.get(5)) for row in table.rows
            if row.number > _FIRST and (row.values.get(4) or row.values.get(5))}  # fmt: skip
    return number, days


def index_workbook(sent: Sequence[Sent], round_: int, language: Language,
                   days: Mapping[str, tuple[Day, Day]] | None = None) -> bytes:  # fmt: skip
    """Return the index as an xlsx file, with the ``days`` that were noted in an earlier one."""
    from xlsxwriter import Workbook

    memory = io.BytesIO()
    book = Workbook(memory, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"title": SHEET.to(language), "author": "filiere", "created": _CREATED})
    looks = questionnaire_looks(book)
    sheet = book.add_worksheet(SHEET.to(language))
    sheet.hide_gridlines(2)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.set_row(0, 32)
    sheet.write_string(0, 0, _TITLE.fill(round=str(round_)).to(language), looks("title"))
    sheet.write_string(0, len(_HEADINGS), INDEX_MARK, looks("mark"))
    sheet.write_string(1, 0, _SAID.to(language), looks("chain"))
    sheet.set_row(_FIRST - 1, 22)
    for column, (label, width) in enumerate(_HEADINGS):
        sheet.set_column(column, column, width)
        sheet.write_string(_FIRST - 1, column, label.to(language), looks("question"))
    for row, one in enumerate(sent, start=_FIRST):
        sheet.set_row(row, 19)
        sheet.write_string(row, 0, one.actor, looks("label"))
        sheet.write_string(row, 1, one.file, looks("label"))
        sheet.write_number(row, 2, one.questions, looks("label"))
        answered = _ROUND.fill(round=str(one.answered)).to(language) if one.answered else ""
        sheet.write_string(row, 3, answered, looks("label"))
        for column, day in zip((4, 5), (days or {}).get(one.actor, (None, None)), strict=True):
            if isinstance(day, dt.date):
                sheet.write_datetime(row, column, day, looks("day"))
            else:
                sheet.write(row, column, day, looks("day"))
        chased = _CHASE.to(language)
        formula = f'=IF(AND(E{row + 1}<>"",F{row + 1}=""),"{chased}","")'
        sheet.write_formula(row, 6, formula, looks("cross"), "")
    sheet.freeze_panes(_FIRST, 1)
    sheet.autofilter(_FIRST - 1, 0, max(_FIRST, _FIRST - 1 + len(sent)), len(_HEADINGS) - 1)
    book.close()
    return memory.getvalue()
