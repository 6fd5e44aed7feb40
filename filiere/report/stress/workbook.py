"""The workbook of a stress test: what it says and its chart first, then every loss, pair, hedge and band."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from pathlib import Path

from filiere.analysis.stress.stress import Stress
from filiere.language import Language
from filiere.report.excel.book import Book, relative_source
from filiere.report.excel.first_sheet import FirstSheet
from filiere.report.excel.making import workbook
from filiere.report.sheet import Column, Sheet
from filiere.report.stress import words as say
from filiere.report.stress.document import first_blocks, title
from filiere.report.stress.sheets import all_sheets
from filiere.report.stress.words import StressView

_WIDTHS = (44.0, 22.0, 16.0, 16.0, 16.0, 60.0)


def stress_workbook(
    stress: Stress, language: Language, path: Path | None = None, folder: Path | None = None,
    options: Mapping[str, str] | None = None, versions: Mapping[str, str] | None = None,
    among: Sequence[str] | None = None,
) -> bytes:  # fmt: skip
    """Return the workbook of a stress test, made in memory; links lead from ``folder`` back to the input ``path``.

    ``among`` are the names of the input's sheets where the results come into a copy of it.
    Raises ``ValueError`` where the chain has no plan to begin with.
    """
    view = StressView(stress, language)
    named = title(view)

    def write(book: Book) -> None:
        first = FirstSheet(book, view.pick("Summary", "Synthèse"), _WIDTHS)
        for sheet in all_sheets(view):
            if sheet.height:
                book.write(sheet)
        book.write(_about(view, options or {}, versions or {}))
        first.write(named, stress.chain.settings.territory or "", first_blocks(view))

    return workbook(write, language, title=named, footer=named, date=dt.date.today(),
                    source=relative_source(path, folder), among=among)  # fmt: skip


def stress_lines(stress: Stress, language: Language) -> list[str]:
    """Return the few lines that a command prints."""
    view = StressView(stress, language)
    return [line for line in say.sentences(view) if line]


def _about(view: StressView, options: Mapping[str, str], versions: Mapping[str, str]) -> Sheet:
    pick, stress = view.pick, view.stress
    scenario = pick("scenario", "scénario")
    name = pick("reference", "référence") if stress.chain.scenario == "reference" else stress.chain.scenario
    rows: list[tuple[str, str]] = [(scenario, name)]
    rows += [(key, value) for key, value in options.items()]
    if stress.draws is not None:
        rows += [(pick("draws", "tirages"), str(stress.draws.asked)), (pick("seed", "graine"), str(stress.draws.seed))]
    rows += [(pick("seconds", "secondes"), f"{stress.seconds.get('all', 0.0):.1f}")]
    rows += [(program, version) for program, version in versions.items()]
    return Sheet("about", pick("About", "À propos"), (
        Column("name", pick("What", "Quoi"), [key for key, _ in rows]),
        Column("value", pick("Value", "Valeur"), [value for _, value in rows]),
    ))  # fmt: skip
