"""Names: what the workbook declares, and how a name in a cell finds what it means."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TypeVar

from filiere.chain.parse.tables import Mention, Tables
from filiere.language import Label
from filiere.names import fold, loose, nearest, tidy
from filiere.problems import Cell, Problem, Severity, errors
from filiere.problems import assembling as say
from filiere.schema import TABLES, Row
from filiere.schema import words as w

Item = TypeVar("Item", bound=Row)

_NOBODY = {
    "actors": Label("No actor", "Aucun acteur"),
    "groups": Label("No group", "Aucun groupe"),
    "products": Label("No product", "Aucun produit"),
    "families": Label("No family", "Aucune famille"),
    "labels": Label("No label", "Aucun label"),
    "processes": Label("No activity", "Aucune activité"),
    "periods": Label("No period", "Aucune période"),
    "profiles": Label("No calendar", "Aucun calendrier"),
}
MOST_ERRORS = 1000
"""Errors that are told one by one: nobody corrects more in one go."""
ANY_NAME = "*"
"""Among refused names: a sheet could not be read, so any name may have been on it."""
_WORDS = {loose(word) for words in (w.Perimeter, w.Sector) for one in words for word in one.spellings} | {
    "*", loose("free"), loose("libre"),
}  # fmt: skip
"""What may stand where a name is asked, without being one."""
# Where a name that is not an item of its own table is declared.
_DECLARED_IN = {"groups": "actors", "families": "products", "labels": "products"}
_SHEETS = {row.table.key: row.table.label for row in TABLES}


@dataclass
class Names:
    """The declared names of one kind: as spelled where they are declared, under their folded form."""

    kind: str
    refused: set[str] = field(default_factory=set)
    spelled: dict[str, str] = field(default_factory=dict)
    cells: dict[str, Cell | None] = field(default_factory=dict)

    def declare(self, name: str, cell: Cell | None) -> str:
        """Declare a name if it is new, and return how it is spelled."""
        key = fold(name)
        if key not in self.spelled:
            self.spelled[key] = tidy(name)
            self.cells[key] = cell
        return self.spelled[key]

    def get(self, name: str) -> str | None:
        """Return the declared spelling of ``name``, None where it is not declared."""
        return self.spelled.get(fold(name))

    def has_lost(self, name: str) -> bool:
        """Whether a row that was refused would have declared ``name``, or may have."""
        return fold(name) in self.refused or ANY_NAME in self.refused


class Register:
    """Every declared name of a workbook, and the problems found while it is put together."""

    def __init__(self, tables: Tables) -> None:
        self.sheets = tables.sheets
        self.problems: list[Problem] = []
        self._errors = 0
        self._elsewhere = tables.elsewhere
        self.incomplete = bool(errors(tables.problems))
        """Whether rows were left out, so that what is missing elsewhere may be their doing."""
        refused = {key: {fold(name) for name in names} for key, names in tables.refused.items()}
        self._kinds = {kind: Names(kind, refused.get(kind, set())) for kind in _NOBODY}

    def names(self, kind: str) -> Names:
        """Return the names of one kind (``actors``, ``groups``, ``products``…)."""
        return self._kinds[kind]

    def report(self, problem: Problem) -> None:
        """Keep a problem; errors past :data:`MOST_ERRORS` are only counted."""
        if problem.severity is Severity.ERROR:
            self._errors += 1
            if self._errors > MOST_ERRORS:
                return
        self.problems.append(problem)

    @property
    def silent(self) -> bool:
        """Whether nothing was found so far, and nothing left out."""
        return not self.problems and not self.incomplete

    def reported(self) -> list[Problem]:
        """Return every problem kept, and how many more there are."""
        more = self._errors - MOST_ERRORS
        return (
            [*self.problems, say.NAMES_MANY_MORE.at(None, count=more, most=MOST_ERRORS)] if more > 0 else self.problems
        )

    def refuse(self, kind: str, name: str) -> None:
        """Remember a name whose row is left out, so that whoever refers to it is not accused in turn."""
        self._kinds[kind].refused.add(fold(name))
        self.incomplete = True

    def find(self, kind: str, name: str, cell: Cell | None) -> str | None:
        """Return the declared spelling of ``name``; None, and a problem at ``cell``, where there is none."""
        found = self._kinds[kind].get(name)
        if found is None:
            self.unknown((kind,), name, cell)
        return found

    def named(self, kind: str, row: Row, column: str) -> str | None:
        """Return the declared spelling of what a row names in a column; None, and a problem there, as :meth:`find`."""
        name = getattr(row, column)
        found = self._kinds[kind].get(name)
        if found is None:
            self.unknown((kind,), name, row.at(column))
        return found

    def unknown(self, kinds: tuple[str, ...], name: str, cell: Cell | None, others: Iterable[str] = ()) -> None:
        """Report that ``name`` is of none of ``kinds``, unless a refused row may have declared it."""
        self.incomplete = True
        if any(self._may_be_lost(kind, name) for kind in kinds):
            return
        if self._errors >= MOST_ERRORS:
            self._errors += 1  # the nearest name takes time to find
            return
        scenario = next(filter(None, (self._elsewhere.get((kind, fold(name))) for kind in kinds)), None)
        if scenario:
            self.report(say.NAME_OF_A_SCENARIO.at(cell, name=tidy(name), scenario=scenario))
            return
        known = [spelled for kind in kinds for spelled in self._kinds[kind].spelled.values()]
        near = nearest(name, [*known, *others])
        facts = {"none": _nobody(kinds), "name": tidy(name), "sheet": self.sheet(_DECLARED_IN.get(kinds[0], kinds[0]))}
        if near:
            self.report(say.NAME_MISSPELT.at(cell, near=near, **facts))
        else:
            self.report(say.NAME_UNKNOWN.at(cell, **facts))

    def mentioned(self, mentions: Iterable[Mention]) -> None:
        """Report the unknown names among those that refused rows refer to."""
        for mention in mentions:
            kinds = tuple(target for target in mention.targets if target in self._kinds)
            if loose(mention.name) in _WORDS or any(self._kinds[kind].get(mention.name) for kind in kinds):
                continue
            self.unknown(kinds, mention.name, mention.cell)

    def joined(self, kind: str) -> None:
        """Warn of each name that holds another one and a comma: a list, more likely, than a name."""
        names = self._kinds[kind]
        for key, name in names.spelled.items():
            part = next((part for part in name.split(",") if names.get(part)), None) if "," in name else None
            if part:
                self.report(say.NAMES_JOINED.at(names.cells[key], name=name, part=tidy(part)))

    def sheet(self, table: str) -> Label | str:
        """Return how the sheet of a table is called in this workbook."""
        return self.sheets[table].sheet if table in self.sheets else _SHEETS[table]

    def duplicate(self, name: str, cell: Cell | None, other: Cell | None) -> None:
        """Report that a key is there twice, and that its second row is left out."""
        self.report(say.DUPLICATE.at(cell, name=tidy(name), other=other or ""))

    def unique(self, keyed: Iterable[tuple[tuple[str, ...], Item]]) -> dict[tuple[str, ...], Item]:
        """Return the rows by their key, the first of each; the others are reported and left out."""
        kept: dict[tuple[str, ...], Item] = {}
        for key, row in keyed:
            if key in kept:
                self.duplicate(" / ".join(key), row.at(), kept[key].at())
            else:
                kept[key] = row
        return kept

    def _may_be_lost(self, kind: str, name: str) -> bool:
        """Whether a row that was refused may have declared ``name``."""
        declaring = self._kinds[_DECLARED_IN.get(kind, kind)].refused
        return self._kinds[kind].has_lost(name) or ANY_NAME in declaring


def _nobody(kinds: tuple[str, ...]) -> Label:
    first, *rest = (_NOBODY[kind] for kind in kinds)
    if not rest:
        return first
    return Label(
        " or ".join([first.en, *(label.en.removeprefix("No ") for label in rest)]),
        " ni ".join([first.fr, *(label.fr.removeprefix("Aucun ").removeprefix("Aucune ") for label in rest)]),
    )
