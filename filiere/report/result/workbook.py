"""The results workbook: the summary first, then one sheet a question, all in the reader's language."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from filiere.language import Language
from filiere.report.excel.book import Book, Written, relative_source
from filiere.report.excel.first_sheet import HEADLINES, FirstSheet
from filiere.report.excel.making import workbook
from filiere.report.excel.stack import write_stack
from filiere.report.result.document import first_blocks
from filiere.report.result.summary.summary import summarise
from filiere.report.result.tables.flows.trace import trace
from filiere.report.result.tables.manifest import manifest
from filiere.report.result.tables.order import THEMES, all_sheets
from filiere.report.sheet import Column, Sheet, Value
from filiere.report.view import View, view_of
from filiere.result import Result

_Listed = list[tuple[str, str]]


def results_workbook(
    result: Result, language: Language, folder: Path | None = None, among: Sequence[str] | None = None,
    full: bool = False,
) -> bytes:  # fmt: skip
    """Return the results workbook of a plan, made in memory.

    ``folder`` is where it will lie, for its links back to the input workbook; without it, beside the input.
    ``among`` are the names of the input's sheets where the results come into a copy of it: links then stay inside.
    At most ten sheets, those of a meeting; ``full``: every table, on a sheet of its own.
    Raises ``ValueError`` where the chain has no plan.
    """
    view = view_of(result, language)
    summary = view.of(summarise)

    def write(book: Book) -> None:
        first = FirstSheet(book, view.pick("Summary", "Synthèse"), HEADLINES)
        listed, written = _in_full(book, view) if full else _by_theme(book, view)
        places = {sheet.title: place for sheet, place in written}
        first.write(summary.title, summary.subtitle, first_blocks(view, summary, listed), places)

    return workbook(write, language, title=summary.title, subject=summary.subtitle, date=result.date, among=among,
                    footer=f"{summary.title} · {summary.subtitle}",
                    source=relative_source(result.input_path, folder))  # fmt: skip


def _by_theme(book: Book, view: View) -> tuple[_Listed, list[tuple[Sheet, Written]]]:
    """Write the sheets of a meeting; return the name of each with what it says, and where each table stands."""
    listed: _Listed = []
    before: list[tuple[Sheet, Written]] = []
    for theme in THEMES:
        tables = [table for make in theme.tables if (table := view.of(make)) is not None and table.height]
        if manifest in theme.tables:
            tables[-1] = _with_losses(view, tables[-1], before)
        if tables:
            title = view.set(theme.title)
            places = write_stack(book, title, tables)
            before += list(zip(tables, places, strict=True))
            listed.append((places[0].name, view.set(theme.says)))
    return listed, before


def _in_full(book: Book, view: View) -> tuple[_Listed, list[tuple[Sheet, Written]]]:
    """Write every table on a sheet of its own; return the name of each, and where it stands."""
    written = [(sheet, book.write(sheet)) for sheet in all_sheets(view) if sheet.height]
    tables = list(written)
    back = trace(view, [(sheet, place.name) for sheet, place in written])
    if back is not None:
        written.append((back, book.write(back)))
    last = _with_losses(view, view.of(manifest), written)
    written.append((last, book.write(last)))
    return [(place.name, "") for _, place in written], tables


def _with_losses(view: View, sheet: Sheet, written: list[tuple[Sheet, Written]]) -> Sheet:
    """Add to the manifest what a spreadsheet's own limits cost: sheets cut in two, links left out."""
    section = view.pick("Size", "Taille")
    lines: list[tuple[str, str, float]] = []
    for table, result in written:
        if result.sheets > 1:
            lines.append(
                (section, view.pick(f"sheets for {table.title}", f"feuilles pour {table.title}"), float(result.sheets))
            )
        if result.links_left_out:
            lines.append((section, view.pick(f"links left out of {table.title}", f"liens omis dans {table.title}"),
                          float(result.links_left_out)))  # fmt: skip
    if not lines:
        return sheet
    remark = view.pick("more than a spreadsheet can hold", "au-delà de ce qu'une feuille peut contenir")
    added: dict[str, list[Value]] = {
        "section": [section for section, _, _ in lines],
        "name": [name for _, name, _ in lines],
        "value": [count for _, _, count in lines],
        "remark": [remark] * len(lines),
    }
    columns = tuple(Column(c.key, c.heading, [*c.values, *added[c.key]], c.show, c.keep) for c in sheet.columns)
    return Sheet(sheet.key, sheet.title, columns, sheet.frozen)
