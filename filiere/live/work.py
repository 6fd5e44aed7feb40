"""Working a workbook out in a process of its own, which is ended at once where the workbook is saved again.

The next process is started, and has imported what it needs, before it is asked anything: a save waits for nothing but
the work.
"""

from __future__ import annotations

import multiprocessing
import pkgutil
import signal
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import partial
from importlib import import_module
from multiprocessing.connection import Connection
from pathlib import Path
from typing import TYPE_CHECKING, Any

from filiere.language import Language

if TYPE_CHECKING:
    from filiere.chain.read import Book

_ROOMS = (
    *("workbook.read", "chain", "sector", "analysis.weighing", "analysis.today", "solution", "indicators"),
    *("solver.programme", "solver.session", "solver.ranks", "solver.fit", "report.result"),
)
"""What a process imports before it is asked anything."""


@dataclass(frozen=True)
class Task:
    """What is asked: a workbook, a scenario, a language (None: the workbook's)."""

    path: Path
    scenario: str
    language: Language | None


@dataclass(frozen=True)
class Told:
    """One thing found: ``kind`` is problems, plan, whole or none."""

    kind: str
    language: Language
    facts: dict[str, Any]


class Hand:
    """One process that does tasks, one at a time."""

    def __init__(self) -> None:
        fresh = multiprocessing.get_context("spawn")
        self.connection, theirs = fresh.Pipe()
        self.process = fresh.Process(target=_work, args=(theirs,), daemon=True)
        self.process.start()
        theirs.close()
        self.busy = False

    def next_report(self) -> Told | None:
        """Return the next thing found, None where the task is done. Raises EOFError where the process was ended."""
        told: Told | None = self.connection.recv()
        if told is None:
            self.busy = False
        return told


class Worker:
    """One process under way and one that waits to take its place."""

    def __init__(self) -> None:
        self._hand, self._spare = Hand(), Hand()

    def ask(self, task: Task) -> Hand:
        """Begin a task, ending the one under way."""
        if self._hand.busy or not self._hand.process.is_alive():
            self._hand.process.kill()
            self._hand, self._spare = self._spare, Hand()
        self._hand.busy = True
        self._hand.connection.send(task)
        return self._hand

    def close(self) -> None:
        """End everything."""
        for hand in (self._hand, self._spare):
            hand.process.kill()


def _work(connection: Connection) -> None:
    """Import what is needed, then do one task after the other and tell what is found as soon as it is."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the process started by hand ends this one
    _ready()
    try:
        while True:
            task: Task = connection.recv()
            for told in found(task):
                connection.send(told)
            connection.send(None)
    except (EOFError, OSError):
        return  # nobody listens any more


def _ready() -> None:
    """Import all that a plan takes, also what is otherwise imported where it is first needed."""
    import filiere.pipeline
    import filiere.report.page.render  # noqa: F401 - imported before it is asked for

    for room in (f"filiere.{name}" for name in _ROOMS):
        for module in pkgutil.walk_packages(import_module(room).__path__, f"{room}."):
            import_module(module.name)


def found(task: Task) -> Iterator[Told]:
    """Yield what a workbook gives: its problems, then its plan, then the plan with all that takes longer.

    The workbook is read and parsed once for all of them; the first plan's page is in one language alone, which is half
    the work.
    """
    from filiere.chain.derived.language import language_of_tables
    from filiere.chain.read import Book
    from filiere.chain.scenario.names import scenario_names
    from filiere.pipeline import checked
    from filiere.problems import WorkbookError, errors
    from filiere.workbook.read.read import read_workbook

    language: Language = task.language or "en"
    try:
        raw = read_workbook(task.path)
        book = Book(raw)
    except WorkbookError as error:
        told = [_problem(problem, language) for problem in error.problems]
        yield Told("problems", language, {"problems": told, "scenarios": ["reference"]})
        return
    problems, _ = checked(book)
    language = task.language or language_of_tables(book.tables) or language
    told = [_problem(problem, language) for problem in problems]
    yield Told("problems", language, {"problems": told, "scenarios": list(scenario_names(book.tables))})
    if not errors(problems):
        yield from _plans(task, book, raw.sha256, language)


def _problem(problem: Any, language: Language) -> dict[str, str]:
    return {
        "severity": problem.severity.value,
        "code": problem.code,
        "cell": str(problem.cell) if problem.cell else "",
        "message": problem.message(language),
        "hint": problem.hint(language) or "",
    }


def _plans(task: Task, book: Book, sha256: str, language: Language) -> Iterator[Told]:
    from filiere.analysis.today.observe import read_with_today
    from filiere.pipeline import solve_chain, steps
    from filiere.problems import WorkbookError
    from filiere.report.page.render import page_in, page_of
    from filiere.report.result.document import result_document
    from filiere.report.result.text import conflict_lines
    from filiere.report.result.workbook import results_workbook
    from filiere.solver.ranks.step import RankError

    try:
        before = read_with_today(book, task.scenario)
        solved = partial(solve_chain, before.chain, path=task.path, sha256=sha256, seen=before.solution,
                         options={"scenario": task.scenario})  # fmt: skip
        result = solved(choosing=False)
        if result.solution.plan is None or result.certificate is None or not result.certificate.passed:
            lines = conflict_lines(result.chain, result.solution, language)
            yield Told("none", language, {"lines": [str(line) for line in lines]})
            return
        yield Told("plan", language, {"page": page_in(result_document(result, language))})
        result = solved(explaining=True)
        result = replace(result, actions=steps(result))
        page, results = page_of(partial(result_document, result), language), results_workbook(result, language, None)
        yield Told("whole", language, {"page": page, "results": results})
    except (WorkbookError, RankError) as error:
        yield Told("none", language, {"lines": [str(error)]})
