"""Who said which figure of an exchange: what one side alone said is never shown to the other."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import quote, unquote

from filiere.gather.collect.rows import RowKey
from filiere.names import fold
from filiere.workbook.questionnaire.form import Value

TABLES = ("links", "actors", "needs", "offers")
"""The tables whose rows concern others than the member that tells of them."""
_SAID, _OFFERED = "=", "?="
SEVERAL = "—"
"""Who tells a figure in which those of several are mixed: it is shown to none of them."""


@dataclass(frozen=True)
class Told:
    """A value that a member said: of which row, in which column, in which questionnaire."""

    row: RowKey
    column: str
    value: Value
    source: str
    offered: bool = False
    """Whether it is not said itself but made of what was said, as an answer that a decision offers."""

    def written(self) -> str:
        """Return it as it is kept with the questionnaire."""
        return _written(self.row.mark, self.column, self.value, _OFFERED if self.offered else _SAID)


@dataclass(frozen=True)
class Sayings:
    """What members said so far: their names, and what each said, as it is kept."""

    said: Sequence[tuple[str, str]] = ()
    rows: frozenset[str] | None = None
    """The marks of the rows that the workbook has; None where that is not asked."""

    @cached_property
    def _by(self) -> dict[str, set[str]]:
        found: dict[str, set[str]] = {}
        for actor, text in self.said:
            for one in text.split():
                found.setdefault(one.replace(_OFFERED, _SAID), set()).add(fold(actor))
        return found

    @cached_property
    def _of_rows(self) -> set[str]:
        """The marks of the rows of which something was said."""
        return {one.partition(".")[0] for one in self._by}

    @cached_property
    def _of_others(self) -> dict[str, set[str]]:
        """Who said what of rows that are there no more, or under other names."""
        found: dict[str, set[str]] = {}
        for one, actors in self._by.items():
            mark, _, said = one.partition(".")
            if self.rows is not None and mark not in self.rows:
                found.setdefault(said, set()).update(actors)
        return found

    def who(self, row: RowKey, column: str, value: Value) -> set[str]:
        """Return who said that a cell holds a value, folded; of a row with another name since, who said it before."""
        written = _written(row.mark, column, value)
        if row.mark in self._of_rows:
            return self._by.get(written, set())
        return self._of_others.get(written.partition(".")[2], set())

    def by(self, actor: str, row: RowKey, column: str, value: Value) -> bool:
        """Whether an actor said that a cell holds a value."""
        return fold(actor) in self.who(row, column, value)

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
        said = self.who(row, column, value)
        return bool(said) and fold(actor) not in said


def kept(told: Iterable[Told]) -> str:
    """Return what one questionnaire said, as one text."""
    return " ".join(sorted({one.written() for one in told if one.row.table in TABLES}))


def _figure(text: str) -> float | None:
    try:
        return float(text)
    except ValueError:
        return None


def _written(mark: str, column: str, value: Value, sign: str = _SAID) -> str:
    column = "today" if column == "today_buyer" else column  # one quantity, as each side says it
    said = f"{value:.9g}" if isinstance(value, float | int) else fold(value or "")
    return f"{mark}.{quote(column, safe='')}{sign}{quote(said, safe='')}"
