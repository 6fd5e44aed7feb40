"""The files that are gathered: those named, those in folders named, and why some are left out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from filiere.gather.complete.round import is_questionnaire
from filiere.gather.pile.joining import invoices_among
from filiere.gather.reads.invoice import Invoice
from filiere.language import Label
from filiere.names import loose
from filiere.problems import Problem, WorkbookError
from filiere.problems import collecting as codes
from filiere.schema.tables import TABLES
from filiere.table import RawWorkbook
from filiere.workbook.questionnaire.index import INDEX_MARK, MAIL_NAMES

KINDS = (".xlsx", ".xlsm", ".ods", ".csv", ".txt", ".tsv", ".pdf", ".xml")
_LOCKS = ("~$", ".~lock.")
_LOCK = Label("it is the lock of a file that is open elsewhere.", "c'est le verrou d'un fichier ouvert ailleurs.")
_KIND = Label("files of this kind are not read.", "les fichiers de cette sorte ne sont pas lus.")
_OTHER_KINDS = {
    **dict.fromkeys((".xls", ".xlsb", ".xlt", ".numbers", ".fods", ".sxc", ".wk4", ".gsheet"),
                    Label("it is a spreadsheet of a kind that is not read. Open it and save it as .xlsx.",
                          "c'est un tableau d'une sorte qui n'est pas lue. Ouvrez-le et enregistrez-le en .xlsx.")),
    **dict.fromkeys((".zip", ".7z", ".rar", ".gz"),
                    Label("it is an archive. Unpack it, and gather what is inside.",
                          "c'est une archive. Décompressez-la, et reprenez ce qu'elle contient.")),
    **dict.fromkeys((".doc", ".docx", ".odt", ".rtf", ".pages", ".jpg", ".jpeg", ".png", ".heic", ".eml", ".msg"),
                    Label("it is no spreadsheet. If it holds answers, ask for the questionnaire, or type them in.",
                          "ce n'est pas un tableau. S'il contient des réponses, demandez le questionnaire lui-même, ou "
                          "tapez-les.")),
}  # fmt: skip
"""Endings of files that may hold answers and are not read → what to do."""
_OURS = Label("it goes with the questionnaires, and nothing is taken from it.",
              "il accompagne les questionnaires, et rien n'en est repris.")  # fmt: skip
_A_CHAIN = Label("it is a workbook of a chain or its results, and no file of somebody's purchases or sales.",
                 "c'est un classeur de filière ou ses résultats, pas un fichier d'achats ou de ventes.")  # fmt: skip
_CHAIN_SHEETS = 3
_RESULT_SHEETS = (("Summary", "Assumptions and checks"), ("Synthèse", "Hypothèses et vérifications"))
_UNREAD = Label("it cannot be read ({reason})", "il ne peut pas être lu ({reason})")


@dataclass
class Sorted:
    """The files by what they are: questionnaires, invoices, tables; and what is told of the others."""

    questionnaires: list[RawWorkbook] = field(default_factory=list)
    invoices: list[Invoice] = field(default_factory=list)
    tables: list[RawWorkbook] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    read: list[str] = field(default_factory=list)


def sort_files(paths: Iterable[Path]) -> Sorted:
    """Read files and the files of folders; one that cannot be read never stops the others."""
    from filiere.workbook.read.csv import read_tables

    found = Sorted()
    for path in _files(paths, found.problems):
        try:
            invoices, others, refused = invoices_among([path])
            books = [read_tables(other) for other in others]
        except WorkbookError as error:
            found.problems += error.problems
            problem = error.problems[0]
            reason = Label(*(_UNREAD.fill(reason=problem.message(code)).to(code) for code in ("en", "fr")))
            found.problems.append(codes.UNREAD_FILE.at(None, file=path.name, reason=reason))
            continue
        found.problems += refused
        found.invoices += invoices
        for book in books:
            if goes_along(book) or _is_a_chain(book):
                reason = _OURS if goes_along(book) else _A_CHAIN
                found.problems.append(codes.LEFT_ALONE.at(None, file=path.name, reason=reason))
                continue
            (found.questionnaires if is_questionnaire(book) else found.tables).append(book)
        if not refused and not any(goes_along(book) or _is_a_chain(book) for book in books):
            found.read.append(path.name)
    return found


def goes_along(book: RawWorkbook) -> bool:
    """Whether a file is the index or the mail that questionnaires go with."""
    if book.path is not None and book.path.name in MAIL_NAMES:
        return True
    return any(INDEX_MARK in row.values.values() for table in book.tables for row in table.rows[:1])


def _is_a_chain(book: RawWorkbook) -> bool:
    """Whether a workbook describes a chain, or holds the results of one: it stands in the folder that is gathered."""
    sheets = {loose(table.sheet) for table in book.tables}
    tables = [one for one in TABLES if sheets & {loose(name) for name in one.table.spellings}]
    return len(tables) >= _CHAIN_SHEETS or any(sheets >= {loose(name) for name in names} for names in _RESULT_SHEETS)


def _files(paths: Iterable[Path], problems: list[Problem]) -> Iterator[Path]:
    """Yield each file once, those of a folder in the order of their names; locks and other kinds are told."""
    seen: set[Path] = set()
    for path in paths:
        inside = sorted(one for one in path.rglob("*") if one.is_file()) if path.is_dir() else [path]
        for one in inside:
            lock = one.name.startswith(_LOCKS)
            other = _OTHER_KINDS.get(one.suffix.lower())
            if other and not lock and one.resolve() not in seen:
                seen.add(one.resolve())
                problems.append(codes.UNREAD_FILE.at(None, file=one.name, reason=other))
            elif lock or (path.is_dir() and one.suffix.lower() not in KINDS):
                problems.append(codes.LEFT_ALONE.at(None, file=one.name, reason=_LOCK if lock else _KIND))
            elif one.resolve() not in seen:
                seen.add(one.resolve())
                yield one
