"""Working a workbook out in a process of its own, which is ended at once where the workbook is saved again.

The next process is started, and has imported what it needs, before it is asked anything: a save waits for nothing but
the work.
"""

from __future__ import annotations

import multiprocessing
import signal
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import partial
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from filiere.language import Language
from filiere.table import RawWorkbook


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
    import filiere.pipeline
    import filiere.report.page.render
    import filiere.report.result.document
    import filiere.report.result.workbook
    import filiere.solver.solve  # noqa: F401 - imported before it is asked for

    try:
        while True:
            task: Task = connection.recv()
            for told in found(task):
                connection.send(told)
            connection.send(None)
    except (EOFError, OSError):
        return  # nobody listens any more


def found(task: Task) -> Iterator[Told]:
    """Yield what a workbook gives: its problems, then its plan, then the plan with all that takes longer.

    The workbook is read once for all of them.
    """
    from filiere.pipeline import checked
    from filiere.problems import WorkbookError, errors
    from filiere.workbook.read.read import read_workbook

    language: Language = task.language or "en"
    try:
        raw = read_workbook(task.path)
    except WorkbookError as error:
        told = [_problem(problem, language) for problem in error.problems]
        yield Told("problems", language, {"problems": told, "scenarios": ["reference"]})
        return
    problems, _ = checked(raw)
    language = task.language or _language(raw) or language
    told = [_problem(problem, language) for problem in problems]
    yield Told("problems", language, {"problems": told, "scenarios": ["reference", *_scenarios(raw)]})
    if not errors(problems):
        yield from _plans(task, raw, language)


def _language(raw: RawWorkbook) -> Language | None:
    from filiere.chain.derived.language import language_of
    from filiere.problems import WorkbookError

    try:
        return language_of(raw)
    except WorkbookError:  # which checking it tells
        return None


def _scenarios(raw: RawWorkbook) -> list[str]:
    from filiere.chain.parse.sheets import parse
    from filiere.problems import WorkbookError

    try:
        names = [row.scenario for row in parse(raw).scenarios]
    except WorkbookError:  # which checking it tells
        return []
    return list(dict.fromkeys(name for name in names if name and name.casefold() not in ("reference", "référence")))


def _problem(problem: Any, language: Language) -> dict[str, str]:
    return {
        "severity": problem.severity.value,
        "code": problem.code,
        "cell": str(problem.cell) if problem.cell else "",
        "message": problem.message(language),
        "hint": problem.hint(language) or "",
    }


def _plans(task: Task, raw: RawWorkbook, language: Language) -> Iterator[Told]:
    from filiere.analysis.today.observe import read_with_today
    from filiere.pipeline import solve_chain, steps
    from filiere.problems import WorkbookError
    from filiere.report.page.render import page_of
    from filiere.report.result.document import result_document
    from filiere.report.result.text import conflict_lines
    from filiere.report.result.workbook import results_workbook
    from filiere.solver.ranks.step import RankError

    try:
        before = read_with_today(raw, task.scenario)
        solved = partial(solve_chain, before.chain, path=task.path, sha256=raw.sha256, seen=before.solution,
                         options={"scenario": task.scenario})  # fmt: skip
        result = solved(choosing=False)
        if result.solution.plan is None or result.certificate is None or not result.certificate.passed:
            lines = conflict_lines(result.chain, result.solution, language)
            yield Told("none", language, {"lines": [str(line) for line in lines]})
            return
        yield Told("plan", language, {"page": page_of(partial(result_document, result), language)})
        result = solved(explaining=True)
        result = replace(result, actions=steps(result))
        book = results_workbook(result, language, None, None)
        yield Told("whole", language, {"page": page_of(partial(result_document, result), language), "results": book})
    except (WorkbookError, RankError) as error:
        yield Told("none", language, {"lines": [str(error)]})
