"""Which language a workbook is written in."""

from __future__ import annotations

from collections.abc import Iterable

from filiere.chain.chain import Chain
from filiere.chain.parse.tables import Tables
from filiere.language import Language
from filiere.names import loose
from filiere.schema import TABLES
from filiere.schema import words as w
from filiere.table import RawWorkbook


def language_of(raw: RawWorkbook) -> Language | None:
    """Return the language of a raw workbook: its setting, else that of its sheets' names, else None."""
    from filiere.chain.parse.sheets import parse

    return language_of_tables(parse(raw))


def language_of_tables(tables: Tables) -> Language | None:
    """Return the language of a parsed workbook, as :func:`language_of` does."""
    return _chosen(tables.settings.language, (cell.sheet for cell in tables.sheets.values()))


def language_of_chain(chain: Chain) -> Language | None:
    """Return the language of a chain's workbook, as :func:`language_of` does."""
    return _chosen(chain.settings.language, (cell.sheet for cell in chain.sheets.values()))


def _chosen(setting: w.LanguageWord | None, sheets: Iterable[str]) -> Language | None:
    if setting is not None:
        return "fr" if setting is w.LanguageWord.FR else "en"
    names = {loose(sheet) for sheet in sheets}
    french = sum(loose(row.table.label.fr) in names for row in TABLES)
    english = sum(loose(row.table.label.en) in names for row in TABLES)
    if french == english:
        return None
    return "fr" if french > english else "en"
