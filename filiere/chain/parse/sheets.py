"""From raw sheets to typed rows: which sheet is which table, then every row of it.

Nothing is raised: what is wrong stands in ``Tables.problems``, and everything else goes on.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from filiere.chain.parse.cell import all_of, is_blank, meant
from filiere.chain.parse.heading import find_headings
from filiere.chain.parse.ranges import expanded
from filiere.chain.parse.row import ANY_NAME, Parsed, RowReader
from filiere.chain.parse.settings import read_settings
from filiere.chain.parse.tables import Mention, Tables
from filiere.chain.scenario.names import check_scenario_names
from filiere.language import Label, as_written
from filiere.latest import latest
from filiere.names import ADDED_SHEET, fold, heading, is_remark, loose, nearest, tidy, without_note
from filiere.problems import Cell, Problem
from filiere.problems import parsing as p
from filiere.room import ROW, free
from filiere.schema import TABLES, Row
from filiere.schema import tables as t
from filiere.table import RawTable, RawWorkbook

_NAMED = 12
"""How many of the sheets found are named where one is missing."""

HELPER_SHEETS = (
    "Lisez-moi", "Read me", "Aide", "Help", "Listes", "Lists", "Notice", "Mode d'emploi", "Instructions", "Guide",
    "Légende", "Legend", "Exemple", "Example", "Termes", "Glossaire", "Glossary", "Calculs", "Calculations",
    "Problèmes", "Problems", "Décisions à prendre", "Decisions to take", "Export Summary",
    "Résumé de l'exportation", "Récapitulatif de l'exportation",
    "Récapitulatif d'exportation", "Zusammenfassung des Exports", "Exportübersicht", "Resumen de exportación",
    "Riepilogo esportazione",
)  # fmt: skip
"""Sheets that a template carries for its reader: left out without a word."""


def parse(raw: RawWorkbook | Sequence[RawTable]) -> Tables:
    """Return the typed rows of a workbook with every problem that parsing found; never raises.

    Those of the workbook that was parsed last are the same as before. A row with an error is left out and the names it
    would have declared are kept in ``refused``, as typed (``*`` where a sheet's names could not be read at all); of
    rows with several keys, the keys joined by `` / ``.
    """
    if not isinstance(raw, RawWorkbook):
        return _parsed(tuple(raw), [])
    return _parsed_workbook(raw)


@latest(1)
def _parsed_workbook(raw: RawWorkbook) -> Tables:
    return _parsed(raw.tables, list(raw.problems))


def _parsed(sheets: Sequence[RawTable], problems: list[Problem]) -> Tables:
    gathering = _Gathering(problems)
    found = gathering.sort(sheets)
    for declared in TABLES:
        table = found.get(declared.table.key)
        if table is not None:
            gathering.read(table, declared)
    check_scenario_names(gathering.rows, gathering.problems)
    scenarios, ranges = expanded(gathering.rows.get("scenarios", ()), gathering.problems)
    settings, changes = read_settings(gathering.rows.pop("settings", ()), gathering.problems)
    return Tables(
        **(gathering.rows | {"scenarios": (*changes, *scenarios)}), settings=settings,
        problems=tuple(gathering.problems), sheets={key: Cell(table.sheet) for key, table in found.items()},
        refused={key: frozenset(names) for key, names in gathering.refused.items()},
        mentions=tuple(gathering.mentions), ranges=ranges,
    )  # fmt: skip


@cache
def sheet_names() -> Mapping[str, type[Row]]:
    """Return every spelling of a sheet's name as its key → the table it is."""
    return {heading(name): declared for declared in TABLES for name in declared.table.spellings}


# What other programs and people put around the name of a sheet: "Links - Table 1" (Numbers exports), "Copy of Links"
# (Google Sheets), "Links.csv", "3. Links", "Links$" (databases).
_AROUND = re.compile(
    r"^(?:\d{1,2}\s*[.)\-–_:]?\s+|\d{1,2}[.)\-–_:]\s*|(?:copy of|copie de|copia de|copia di|kopie von|kopie van)\s+)?"
    r"(?P<name>.+?)"
    r"(?:\s*[-–]\s*(?:table|tableau|tabelle|tabla|tabella|tabel|tabela|tabell|taulukko|表格)\s*\d+(?:[-–]\d+)?"
    r"|\s*[-–]\s*(?:copie|copy|kopie|copia)|\.(?:csv|tsv|txt|xlsx?|ods)|\$)?$",
    re.IGNORECASE,
)


_YEARS = re.compile(r"[\W_]*\b(?:19|20)\d{2}\b[\W_]*")
"""Years in the name of a sheet: « Besoin 2025 », « 2024-2025 Achats »."""


def _tables_named(sheets: Sequence[str]) -> Mapping[str, type[Row] | None]:
    """Return the table that each sheet's name means; a name with something around it gives way to a plain one."""
    known = sheet_names()
    plain = {sheet: known.get(heading(sheet)) for sheet in sheets}
    taken = set(plain.values())
    for sheet, declared in plain.items():
        inside = _AROUND.match(tidy(sheet)) if declared is None else None
        found = known.get(heading(inside["name"])) if inside else None
        if found is not None and found not in taken:
            plain[sheet] = found
    return plain


@dataclass
class _Gathering:
    """What is known of the workbook so far."""

    problems: list[Problem]
    rows: dict[str, Any] = field(default_factory=dict)
    refused: dict[str, set[str]] = field(default_factory=dict)
    mentions: list[Mention] = field(default_factory=list)

    def sort(self, sheets: Sequence[RawTable]) -> Mapping[str, RawTable]:
        """Return the sheet of each table, and report those that are unknown, doubled or missing."""
        found: dict[str, RawTable] = {}
        named = _tables_named([sheet.sheet for sheet in sheets])
        for sheet in sheets:
            declared = named[sheet.sheet]
            if is_remark(sheet.sheet) or sheet.sheet.startswith(ADDED_SHEET):
                continue
            if declared is None:
                self._unknown(sheet)
            elif declared.table.key in found:
                first = found[declared.table.key].sheet
                self.problems.append(
                    p.TWO_SHEETS.at(sheet.cell(), first=first, second=sheet.sheet, table=declared.table.label)
                )
            else:
                found[declared.table.key] = sheet
        for declared in TABLES:
            if declared.table.required and declared.table.key not in found:
                names = [as_written(sheet.sheet) for sheet in sheets[:_NAMED]]
                there = all_of(names) if names else Label("none", "aucune")
                self.problems.append(p.MISSING_SHEET.at(None, table=declared.table.label, there=there))
                self._unreadable(declared)
        return found

    def _unknown(self, sheet: RawTable) -> None:
        if heading(sheet.sheet) in _helpers() or not any(
            not is_blank(value) for row in sheet.rows for value in row.values.values()
        ):
            return
        spelled = {name: declared for declared in TABLES for name in declared.table.spellings}
        name = without_note(sheet.sheet)
        near = nearest(name, spelled) or nearest(_YEARS.sub("", name), spelled)
        self.problems.append(
            p.UNKNOWN_SHEET.at(sheet.cell(), name=sheet.sheet, meant=meant(spelled[near].table.label if near else None))
        )

    def read(self, table: RawTable, declared: type[Row]) -> None:
        """Read one sheet into the rows of its table."""
        headed = find_headings(table, declared)
        if isinstance(headed, Problem):
            self.problems.append(headed)
            self._unreadable(declared)
        elif headed is not None:
            room = free() // ROW
            self._keep(declared, RowReader(headed, self._periods(), room).read())
            if table.hidden and self.rows[declared.table.key]:
                self.problems.append(p.HIDDEN_SHEET.at(table.cell(), name=table.sheet))

    def _keep(self, declared: type[Row], parsed: Parsed) -> None:
        self.rows[declared.table.key] = tuple(parsed.rows)
        self.problems += parsed.problems
        self.mentions += parsed.mentions
        for target, names in parsed.refused.items():
            self.refused.setdefault(target, set()).update(names)

    def _unreadable(self, declared: type[Row]) -> None:
        self.refused.setdefault(declared.table.key, set()).add(ANY_NAME)

    def _periods(self) -> frozenset[str]:
        """Return the folded names of the periods, those of refused rows included."""
        rows: tuple[t.PeriodRow, ...] = self.rows.get("periods", ())
        return frozenset({fold(row.period) for row in rows} | self.refused.get("periods", set()))


@cache
def _helpers() -> frozenset[str]:
    return frozenset(map(loose, HELPER_SHEETS))
