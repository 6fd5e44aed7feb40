"""The workbook handed to one member: one sheet, in sentences and tables."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Iterator

from filiere.language import Language
from filiere.names import file_stems
from filiere.report.excel.book import Book
from filiere.report.excel.stack import Head, write_stack
from filiere.report.member.sentences import member_sentences
from filiere.report.member.tables import member_tables
from filiere.report.result.summary import subtitle
from filiere.report.result.workbook import OPTIONS
from filiere.report.view import View
from filiere.result import Result
from filiere.schema import words as w


def member_workbooks(result: Result, language: Language) -> Iterator[tuple[str, bytes]]:
    """Yield the name of a file and its content for each member that the plan or this year concerns.

    Raises ``ValueError`` where the chain has no plan.
    """
    view = View(result, language)
    names = [a.name for a in view.chain.actors.values() if a.perimeter is w.Perimeter.MEMBER]
    for name, stem in zip(names, file_stems(names, view.pick("member", "membre")), strict=True):
        yield f"{stem}.xlsx", _workbook(view, name)


def _workbook(view: View, member: str) -> bytes:
    import xlsxwriter

    out = io.BytesIO()
    with xlsxwriter.Workbook(out, OPTIONS) as file:
        day = view.result.date or dt.date(2000, 1, 1)
        file.set_properties({
            "title": member, "subject": subtitle(view), "author": "filiere",
            "created": dt.datetime(day.year, day.month, day.day, tzinfo=dt.UTC),
        })  # fmt: skip
        book = Book(file, view.language, f"{member} · {subtitle(view)}", None)
        head = Head(member, f"{view.chain.settings.name or ''} · {subtitle(view)}".strip(" ·"),
                    tuple(member_sentences(view, member)))  # fmt: skip
        write_stack(book, view.pick("Your sheet", "Votre fiche"), list(member_tables(view, member)), head)
    return out.getvalue()
