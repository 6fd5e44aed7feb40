"""Who said which figure of an exchange: what one side alone said is never shown to the other."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import quote, unquote

from filiere.gather.collect.rows import RowKey
from filiere.names import fold
from filiere.workbook.questionnaire.form import Value

TABLES = ("links", "actors")
"""The tables whose rows concern others than the member that tells of them."""


@dataclass(frozen=True)
class Told:
    """A value that a member said: of which row, in which column, in which questionnaire."""

    row: RowKey
    column: str
    value: Value
    source: str

    def written(self) -> str:
        """Return it as it is kept with the questionnaire."""
        return _written(self.row.mark, self.column, self.value)


@dataclass(frozen=True)
class Sayings:
    """What members said so far: their names, and what each said, as it is kept."""

    said: Sequence[tuple[str, str]] = ()

    @cached_property
    def _by(self) -> dict[str, set[str]]:
        found: dict[str, set[str]] = {}
        for actor, text in self.said:
            for one in text.split():
                found.setdefault(one, set()).add(fold(actor))
        return found

    def by(self, actor: str, row: RowKey, column: str, value: Value) -> bool:
        """Whether an actor said that a cell holds a value."""
        return fold(actor) in self._by.get(_written(row.mark, column, value), ())

    def last(self, actor: str, row: RowKey, column: str) -> float | None:
        """Return the figure that an actor said last of a cell, None where it said none or emptied it."""
        begins = _written(row.mark, column, None)
        found: float | None = None
        for name, text in self.said:
            for one in text.split() if fold(name) == fold(actor) else ():
                if one.startswith(begins):
                    found = _figure(unquote(one[len(begins) :]))
        return found

    def by_others_alone(self, actor: str, row: RowKey, column: str, value: Value) -> bool:
        """Whether others said that a cell holds a value, and this actor did not."""
        said = self._by.get(_written(row.mark, column, value), set())
        return bool(said) and fold(actor) not in said


def kept(told: Iterable[Told]) -> str:
    """Return what one questionnaire said, as one text."""
    return " ".join(sorted({one.written() for one in told if one.row.table in TABLES}))


def _figure(text: str) -> float | None:
    try:
        return float(text)
    except ValueError:
        return None


def _written(mark: str, column: str, value: Value) -> str:
    column = "today" if column == "today_buyer" else column  # one quantity, as each side says it
    said = f"{value:.9g}" if isinstance(value, float | int) else fold(value or "")
    return f"{mark}.{quote(column, safe='')}={quote(said, safe='')}"
