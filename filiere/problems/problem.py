"""The carriers: a cell, a code of the catalogue, a problem, and the error that carries several."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum

from filiere.language import Label, Language, as_heading, counted, filled, listed, number, quoted
from filiere.units import after_count


class Severity(Enum):
    """How bad a problem is. An error stops the run, a warning is shown beside the results."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True, order=True)
class Cell:
    """One place of a workbook. ``row`` counts from 1, ``column`` from 0; either may be unknown (None)."""

    sheet: str
    row: int | None = None
    column: int | None = None

    @property
    def reference(self) -> str:
        """The place inside its sheet, such as ``D14``; empty for a whole sheet."""
        letters = column_letters(self.column) if self.column is not None else ""
        return f"{letters}{self.row if self.row is not None else ''}"

    def __str__(self) -> str:
        return f"{self.sheet}!{self.reference}" if self.reference else self.sheet


def column_letters(column: int) -> str:
    """Return the spreadsheet letters of a column counted from 0 (0 → A, 26 → AA)."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def cells_together(cells: Iterable[Cell]) -> str:
    """Return where the cells of rows lie: by sheet and column, rows that follow one another as one range (D7:D12)."""
    columns: dict[str, dict[int | None, set[int]]] = {}
    for cell in cells:
        if cell.row is not None:
            columns.setdefault(cell.sheet, {}).setdefault(cell.column, set()).add(cell.row)
    return "; ".join(
        f"{sheet}!" + ", ".join(part for column, rows in places.items()
                                for part in _ranges(sheet, column, rows))
        for sheet, places in columns.items()
    )  # fmt: skip


def _ranges(sheet: str, column: int | None, rows: set[int]) -> Iterator[str]:
    starts, ends = (sorted(row for row in rows if row + way not in rows) for way in (-1, 1))
    for start, end in zip(starts, ends, strict=True):
        first, last = (Cell(sheet, row, column).reference for row in (start, end))
        yield first if start == end else f"{first}:{last}"


Fact = str | float | int | Label | Cell | Iterable[str | float]


@dataclass(frozen=True, slots=True)
class Code:
    """One kind of problem.

    ``fact`` says what was found, ``rule`` what was expected, ``remedy`` how to correct it. All three may hold
    ``{names}`` of facts; ``{name!q}``-like conversions are not needed: write ``{name_q}`` to get it quoted.
    """

    code: str
    severity: Severity
    fact: Label
    rule: Label
    remedy: Label

    def at(self, cell: Cell | None, **facts: Fact) -> Problem:
        """Return one occurrence of this problem at ``cell``."""
        return Problem(self, cell, {k: _frozen(v) for k, v in facts.items()})


def codes_in(names: Mapping[str, object]) -> tuple[Code, ...]:
    """Return the codes that a module declares, in their order: ``codes_in(globals())`` at its end forgets none."""
    return tuple(value for value in names.values() if isinstance(value, Code))


def _frozen(value: Fact) -> Fact:
    return value if isinstance(value, str | float | int | Label | Cell) else tuple(value)


@dataclass(frozen=True)
class Problem:
    """One occurrence of a :class:`Code`, with its place and its facts."""

    kind: Code
    cell: Cell | None
    facts: Mapping[str, Fact] = field(default_factory=dict)

    @property
    def code(self) -> str:
        """The code's name, such as ``LNK03``."""
        return self.kind.code

    @property
    def severity(self) -> Severity:
        """Error or warning."""
        return self.kind.severity

    def message(self, language: Language) -> str:
        """What was found and what was expected, in one or two sentences."""
        parts = (self.kind.fact.to(language), self.kind.rule.to(language))
        return " ".join(self._filled(part, language) for part in parts if part)

    def hint(self, language: Language) -> str:
        """How to correct it."""
        return self._filled(self.kind.remedy.to(language), language)

    def _filled(self, text: str, language: Language) -> str:
        """Put the facts into a text; a unit after a number takes its plural where the number asks for it."""
        unit, words = str(self.facts.get("unit", "")), self._words(language)

        def put(found: re.Match[str]) -> str:
            value = self.facts.get(found[1])
            said = after_count(unit, value, language) if isinstance(value, float | int) else unit
            return f"{words[found[1]]} {said}".replace("{", "{{").replace("}", "}}")

        return filled(_COUNTED.sub(put, text), words, language) if unit else filled(text, words, language)

    def _words(self, language: Language) -> dict[str, str]:
        words: dict[str, str] = {}
        for name, value in self.facts.items():
            words[name] = as_heading(_written(value, language)) if name == "column" else _written(value, language)
            words[f"{name}_q"] = quoted(words[name], language)
        return words


_COUNTED = re.compile(r"\{(\w+)\} \{unit\}")


def _written(value: Fact, language: Language) -> str:
    if isinstance(value, Label):
        return value.to(language)
    if isinstance(value, Cell | str):
        return str(value)
    if isinstance(value, float | int):
        return number(value, language)
    return listed((_written(v, language) for v in value), language)


class WorkbookError(Exception):
    """The workbook has errors; carries every problem of the stage that found them, warnings included."""

    def __init__(self, problems: Iterable[Problem], sheets: Iterable[str] = ()) -> None:
        self.problems = tuple(worst_first(problems, sheets))
        super().__init__("; ".join(f"{p.cell}: [{p.code}] {p.message('en')}" for p in self.problems[:5]))


def errors(problems: Iterable[Problem]) -> list[Problem]:
    """Return the problems that stop a run."""
    return [p for p in problems if p.severity is Severity.ERROR]


def tally(problems: Sequence[Problem]) -> Label:
    """Return how many errors and warnings there are, in words."""
    wrong = len(errors(problems))
    return Label("{errors}, {warnings}", "{errors}, {warnings}").fill(
        errors=counted(wrong, Label("error", "erreur"), Label("errors", "erreurs")),
        warnings=counted(len(problems) - wrong, Label("warning", "avertissement"), Label("warnings", "avertissements")),
    )


def worst_first(problems: Iterable[Problem], sheets: Iterable[str] = ()) -> list[Problem]:
    """Sort errors before warnings, then by place, as a reader works through them; drops exact repeats.

    ``sheets`` is the order in which the sheets lie; those that it does not name come behind, by their names.
    """
    place = {sheet: number for number, sheet in reversed(list(enumerate(sheets)))}
    seen: dict[tuple[str, Cell | None, str], Problem] = {}
    for problem in problems:
        seen.setdefault((problem.code, problem.cell, problem.message("en")), problem)
    return sorted(
        seen.values(),
        key=lambda p: (
            p.severity is not Severity.ERROR,
            (place.get(p.cell.sheet, len(place)), p.cell.sheet, p.cell.row or 0, p.cell.column or 0)
            if p.cell
            else (-1, "", 0, 0),
            p.code,
        ),
    )
