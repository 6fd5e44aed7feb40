"""What a case is: a change to the workbook and the outcome it must have."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from tests.hostile.book import Book, Format

Change = Callable[[Book], object]
BOTH: tuple[Format, ...] = ("xlsx", "ods")


@dataclass(frozen=True)
class Outcome:
    """Exactly the problems that ``check`` must report, each as (code, place); what the chain must be, if anything.

    ``same_as`` is the change after which a clean workbook gives the same chain; None where there is none.
    """

    problems: tuple[tuple[str, str], ...] = ()
    same_as: Change | None = None


@dataclass(frozen=True)
class Case:
    """One hostile workbook: its name, what is done to the bread example, the outcome, and in which formats."""

    name: str
    change: Change
    outcome: Outcome
    formats: tuple[Format, ...] = BOTH
    text: bool = False
    """Whether it is one of many texts in one cell."""


def nothing(book: Book) -> None:
    """Leave the workbook as it is."""


def said(*problems: str) -> tuple[tuple[str, str], ...]:
    """Read ``CODE place``; a place alone is ''."""
    pairs = (problem.partition(" ") for problem in problems)
    return tuple((code, place) for code, _, place in pairs)


def refused(*problems: str) -> Outcome:
    """The workbook is refused for exactly these errors (warnings among them are named too)."""
    return Outcome(said(*problems))


def warned(*problems: str, same_as: Change = nothing) -> Outcome:
    """Exactly these warnings, and the chain that a clean workbook gives after ``same_as``."""
    return Outcome(said(*problems), same_as)


def same(same_as: Change = nothing) -> Outcome:
    """No word, and the same chain."""
    return Outcome((), same_as)
