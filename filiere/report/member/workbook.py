"""The workbook handed to one member: one sheet, in sentences and tables."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from filiere.language import Language
from filiere.names import file_stems
from filiere.report.excel.book import Book
from filiere.report.excel.making import workbook
from filiere.report.excel.stack import Head, write_stack
from filiere.report.member.sentences import member_sentences
from filiere.report.member.tables import member_tables
from filiere.report.result.summary.summary import subtitle
from filiere.report.view import View, view_of
from filiere.result import Result
from filiere.schema import words as w


def member_workbooks(result: Result, language: Language) -> Iterator[tuple[str, bytes]]:
    """Yield the name of a file and its content for each member that the plan or this year concerns.

    Raises ``ValueError`` where the chain has no plan.
    """
    view = view_of(result, language)
    return workbooks_of_members([(view.pick("Your sheet", "Votre fiche"), view)])


def workbooks_of_members(plans: Sequence[tuple[str, View]]) -> Iterator[tuple[str, bytes]]:
    """Yield the name of a file and its content for each member of any of the plans: a sheet for each that it is in.

    A plan comes with what its sheet is called.
    """
    names = dict.fromkeys(
        a.name for _, view in plans for a in view.chain.actors.values() if a.perimeter is w.Perimeter.MEMBER
    )
    stems = file_stems(list(names), plans[0][1].pick("member", "membre")) if plans else []
    for name, stem in zip(names, stems, strict=True):
        yield f"{stem}.xlsx", _workbook([(title, view) for title, view in plans if name in view.chain.actors], name)


def _workbook(plans: Sequence[tuple[str, View]], member: str) -> bytes:
    view = plans[0][1]

    def write(book: Book) -> None:
        for title, each in plans:
            head = Head(member, f"{each.chain.settings.name or ''} · {subtitle(each)}".strip(" ·"),
                        tuple(member_sentences(each, member)))  # fmt: skip
            write_stack(book, title, list(member_tables(each, member)), head)

    said = subtitle(view)
    return workbook(write, view.language, title=member, subject=said, date=view.result.date,
                    footer=f"{member} · {said}")  # fmt: skip
