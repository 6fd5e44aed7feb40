"""The whole way in one call: a workbook is read, solved, certified, measured, and ready to be reported."""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from filiere.analysis.pareto.front import Front
    from filiere.analysis.scenarios.compare import Comparison
    from filiere.analysis.share.bill import Shared
    from filiere.analysis.today.actions import Actions, Told
    from filiere.analysis.today.reconciliation import Method
    from filiere.analysis.today.today import Spared
    from filiere.analysis.weighing.weigh import Weighed
    from filiere.chain.chain import Chain
    from filiere.chain.read import Book
    from filiere.gather.collect.collect import Questionnaire
    from filiere.gather.complete.round import Completed
    from filiere.gather.gather import Gathered, Periods
    from filiere.language import Language
    from filiere.problems import Problem
    from filiere.result import Result
    from filiere.solution.solution import Solution

Refused = Literal["auto", "all"] | int
"""How many of the steps from today to the plan are refused in turn: those that time allows, all, or so many."""

PROGRAMS = ("filiere", "pyomo", "highspy", "pandas", "xlsxwriter")


def read(path: Path | str, scenario: str = "reference") -> Chain:
    """Return the chain a workbook holds, with this year's figures made consistent.

    Raises ``WorkbookError`` with every problem found.
    """
    from filiere.analysis.today.observe import read_with_today
    from filiere.workbook.read.read import read_workbook

    return read_with_today(read_workbook(Path(path), helpers=False), scenario).chain


def check(path: Path | str) -> list[Problem]:
    """Return every problem of a workbook, the worst first; raises nothing for what it holds."""
    return checked(path)[0]


def checked(path: Path | str | Book) -> tuple[list[Problem], Weighed]:
    """Return every problem of a workbook, or of one parsed already, and this year's accounts; raises nothing for them.

    Errors come first, then what this year's figures say of themselves, then the rest. Figures are weighed where
    nothing is wrong.
    """
    from filiere.analysis.weighing.weigh import Weighed, weigh, weigh_scenario
    from filiere.chain.read import Book, news_of_scenario, said
    from filiere.problems import WorkbookError, errors
    from filiere.solver.programme.sizes import unbounded_sizes
    from filiere.workbook.read.read import read_workbook

    try:
        book = Book(read_workbook(Path(path), helpers=False)) if isinstance(path, str | Path) else path
        problems = book.problems()
        if errors(problems):
            return problems, Weighed()
        if unbounded := unbounded_sizes(book.chain()):
            return [*unbounded, *problems], Weighed()
        weighed = weigh(book.chain())
        known, news = said((*weighed.problems, *weighed.folded)), []
        for chain in book.others():
            news += news_of_scenario(weigh_scenario(chain), known, chain.scenario)
    except WorkbookError as error:
        return list(error.problems), Weighed()
    return [*weighed.problems, *news, *problems], weighed


def run(
    path: Path | str,
    scenario: str = "reference",
    command: Literal["solve", "today"] = "solve",
    time_limit: float | None = None,
    nobody_worse_off: Spared | bool = False,
    method: Method = "least-change",
    explaining: bool = False,
    solver: str | None = None,
) -> Result:
    """Read a workbook and return its best plan (or today's), certified and measured.

    With ``nobody_worse_off`` every inside actor, or with ``"members"`` every member, is left with at least what it is
    today (:func:`no_worse_off`).
    ``explaining``: with what holds the plan back and how free it is, as far as that costs no more than the plan.
    ``method`` says how today's figures are made consistent: by the least change in sum, or by least squares weighted
    by how sure each figure is. ``solver`` names another solver that Pyomo reaches, which then finds the plan.

    Raises ``WorkbookError`` for what the workbook holds, ``RankError`` where numbers fail a rank, ``SolverError``
    where another solver gives no plan, ``NoConvergenceError`` where numbers fail the least squares.
    """
    from filiere.analysis.today.observe import Seen, read_with_today
    from filiere.chain import read_chain
    from filiere.workbook.read.read import read_workbook

    started = time.perf_counter()
    raw = read_workbook(Path(path), helpers=False)
    before = Seen(read_chain(raw, scenario)) if command == "today" else read_with_today(raw, scenario, time_limit)
    chain = before.chain
    seconds = {"read": time.perf_counter() - started}
    options: dict[str, str | bool] = {"scenario": scenario}
    if time_limit is not None:
        options["time_limit"] = f"{time_limit:g}"
    if nobody_worse_off:
        spared: Spared = "members" if nobody_worse_off == "members" else "inside"
        chain = no_worse_off(chain, time_limit, spared)
        options["nobody_worse_off" if spared == "inside" else "no_member_worse_off"] = True
    if command == "today":
        options["method"] = method
    found = None
    if solver is not None:
        from filiere.solver.plain.solve import solve_by

        options["solver"] = solver
        found = solve_by(solver, chain, time_limit)
    return solve_chain(
        chain, command, time_limit, Path(path), raw.sha256, seconds, options, found, method, explaining,
        seen=before.solution,
    )  # fmt: skip


def pyomo_model(chain: Chain) -> Any:
    """Return the programme of a chain as a Pyomo ``ConcreteModel``: the model of record, its equations by name.

    Each objective is a component of its own, all of them active: choose one before you solve it.
    """
    from filiere.model.build import build

    return build(chain).pyomo


def gather_files(
    paths: Sequence[Path | str],
    language: Language = "fr",
    periods: Periods = "none",
    year: int | None = None,
    currency: str = "EUR",
) -> Gathered:
    """Read accounting exports, members' lists and electronic invoices; return the chain that they describe.

    ``filiere.gather.workbook.gathered_workbook`` makes a workbook of it. Raises ``WorkbookError`` where nothing is
    recognised.
    """
    from filiere.gather.gather import gather
    from filiere.gather.pile.joining import invoices_among
    from filiere.workbook.read.csv import read_tables

    invoices, others, refused = invoices_among([Path(path) for path in paths])
    books = [read_tables(path) for path in others]
    return gather(books, language, periods, year, currency, invoices, refused)


def questionnaires(
    path: Path | str, language: Language | None = None, actors: Sequence[str] = ()
) -> list[Questionnaire]:  # fmt: skip
    """Read a workbook and return the questionnaire of each member, or of the inside ``actors`` named, as files.

    Raises ``WorkbookError`` where a cell cannot be read, nobody is a member, or a name is unknown.
    """
    from filiere.gather.collect.collect import collect, language_for
    from filiere.gather.complete.sheets import read_received
    from filiere.workbook.read.read import read_workbook

    raw = read_workbook(Path(path))
    begun = max((one.round for one in read_received(raw)), default=0)
    return collect(raw, language_for(raw, language, "fr"), actors, begun + 1)


def complete(path: Path | str, files: Sequence[Path | str] = (), language: Language | None = None) -> Completed:
    """Read a workbook and return it completed by answered questionnaires and other files, as the bytes of a new one.

    Its own decisions that were answered are applied. What was left out is told in ``problems``.
    """
    from filiere.gather.collect.collect import language_for
    from filiere.gather.files import sort_files
    from filiere.gather.into import gather_into
    from filiere.workbook.read.read import read_workbook

    raw = read_workbook(Path(path))
    return gather_into(Path(path), raw, sort_files(map(Path, files)), language_for(raw, language, "fr"))


def no_worse_off(chain: Chain, time_limit: float | None = None, spared: Spared = "inside") -> Chain:
    """Return the chain in which every inside actor, or every member, is left with at least what it is today.

    What is left is receipts less outlays. Raises ``WorkbookError`` where none of today's figures is filled in.
    """
    from filiere.analysis.today.today import no_worse_off as floored

    return floored(chain, spared, time_limit)


def steps(
    result: Result, refused: Refused = "auto", time_limit: float | None = None, told: Told | None = None
) -> Actions | None:
    """Return what has to be done from today to a result's plan, and what each step is worth; None without a today.

    A report shows them where they are put into the result's ``actions``. Unless a number or ``all`` is asked for,
    refusals take half a minute or so at the most. ``time_limit`` is in seconds for all of them.
    """
    from filiere.analysis.today.actions import MOST, WORK, actions
    from filiere.analysis.today.observe import in_rows_of
    from filiere.solution.solution import Status

    plan, today = result.solution.plan, result.today
    if plan is None or today is None or result.command == "today":
        return None
    if result.solution.status is Status.TIME_LIMIT:
        refused = 0  # what is no proved optimum is no measure of what is lost
    today = in_rows_of(result.chain, today)
    most = {"auto": MOST, "all": None}[refused] if isinstance(refused, str) else refused
    return actions(result.chain, plan, today, most, time_limit, told, WORK if refused == "auto" else None)


def solve_chain(
    chain: Chain,
    command: Literal["solve", "today"] = "solve",
    time_limit: float | None = None,
    path: Path | None = None,
    sha256: str = "",
    seconds: Mapping[str, float] | None = None,
    options: Mapping[str, str | bool] | None = None,
    found: Solution | None = None,
    method: Method = "least-change",
    explaining: bool = False,
    seen: Solution | None = None,
    choosing: bool = True,
) -> Result:
    """Return the best plan of a chain (or today's), certified and measured, as :func:`run` does for a file.

    A plan ``found`` already is not looked for again, nor this year's, where ``seen``; no shares unless ``choosing``.
    """
    from filiere.analysis.explain.choices import choices
    from filiere.analysis.explain.levers import solve_and_explain
    from filiere.analysis.today.beside import proved, proved_today, today_beside
    from filiere.analysis.today.typed import with_own_use
    from filiere.analysis.today.unknown import measured_today
    from filiere.analysis.weighing.doubts import doubts
    from filiere.chain.derived.observed import chain_of_today
    from filiere.indicators import measure
    from filiere.result import Result
    from filiere.solver.solve import solve

    explains = explaining and command == "solve" and found is None
    explained = solve_and_explain(chain, time_limit) if explains else None
    found = explained.solution if explained else found
    seek = command == "today" and found is None
    answer = proved_today(method, chain, time_limit) if seek else proved(chain, found or solve(chain, time_limit))
    solution, adjusted = answer.solution, answer.reconciliation
    base = chain_of_today(chain)
    compares = command == "solve" and solution.plan is not None and base.has_today
    before, proof = today_beside(base, time_limit, seen) if compares else (None, None)
    plan, year = solution.plan, before and before.plan
    return Result(
        chain=chain,
        solution=solution,
        measures=measure(chain, plan) if plan and command == "solve" else measured_today(base, plan),
        today_solution=before,
        today_measures=measured_today(base, with_own_use(base, year)) if year else None,
        today_certificate=proof,
        today_missing=compares and before is None,
        certificate=answer.certificate,
        reconciliation=adjusted,
        doubts=doubts(chain, adjusted.figures if adjusted else None),
        explanation=explained if solution.plan else None,
        choices=choices(chain, solution) if choosing and command == "solve" else None,
        command=command,
        options=dict(options or {}),
        input_path=path,
        sha256=sha256,
        seconds={**(seconds or {}), **solution.seconds},
        versions=_versions(),
        date=dt.date.today(),
    )


def _versions() -> dict[str, str]:
    from importlib import metadata  # which a check has no use for, and loads all there is for reading mail

    return {name: metadata.version(name) for name in PROGRAMS}


def compare(
    paths: Sequence[Path | str],
    scenarios: Sequence[str] = (),
    reference: str = "reference",
    attributing: bool = True,
    jobs: int | None = 1,
    scheduler: str | None = None,
    spared: Spared | None = None,
) -> Comparison:
    """Read workbooks and return their scenarios (or those named) solved, with what sets each apart from the reference.

    What each changed input brings is worked out unless not ``attributing``. ``jobs`` plans are worked out at the same
    time, or ``scheduler`` is the address of a Dask cluster that does it. ``spared`` must be no worse off than today
    under any plan. A workbook or scenario that fails is told in
    its outcome; raises ``WorkbookError`` for a name that no workbook has, ``ClusterError`` where no cluster answers.
    """
    from filiere.analysis.scenarios import compare as s

    sources = [s.open_source(Path(path)) for path in paths]
    return s.compare(sources, s.cases(sources, scenarios, reference), attributing, jobs, scheduler, spared=spared)


def share(
    path: Path | str, scenario: str = "reference", rule: str | None = None, by: Sequence[str] = (),
    value: str | None = None, time_limit: float | None = None,
) -> Shared:  # fmt: skip
    """Read a workbook and return fair ways to share what its coalitions list or, without any, what its members gain.

    ``by`` names who shares, actors or groups that act as one. Without a ``rule`` (a word of either language) it is the
    average contribution (Shapley), or the nucleolus where a group would otherwise do better apart. ``value`` is an
    objective counted in money, shared in place of the players' accounts; ``time_limit`` is in seconds. Raises
    ``WorkbookError`` for what the workbook holds, for an unknown rule, value or name, ``RankError`` where numbers fail.
    """
    from filiere.analysis.share.bill import share_workbook
    from filiere.workbook.read.read import read_workbook

    return share_workbook(read_workbook(Path(path), helpers=False), scenario, rule, by, value, time_limit)


def pareto(
    path: Path | str,
    x: str,
    y: str,
    count: int = 20,
    scenario: str = "reference",
    told: Callable[[float], None] | None = None,
) -> Front:
    """Read a workbook and return at most ``count`` points of the front between two objectives, each a certified plan.

    ``x`` and ``y`` are words of the Objectives sheet, or measures of the workbook. Raises ``AxisError`` for any
    other, ``WorkbookError`` for what the workbook holds, ``RankError`` where numbers fail.
    """
    from filiere.analysis.pareto.front import front
    from filiere.analysis.today.observe import read_with_today
    from filiere.workbook.read.read import read_workbook

    started = time.perf_counter()
    raw = read_workbook(Path(path), helpers=False)
    chain = read_with_today(raw, scenario).chain
    seconds = {"read": time.perf_counter() - started}
    found = front(chain, x, y, count, told)
    return replace(found, path=Path(path), sha256=raw.sha256, seconds=seconds | dict(found.seconds))


def pareto_point(front: Front, number: int) -> Result:
    """Return one point of a front as the result of a run, today beside it, ready for its results workbook.

    Raises ``KeyError`` where the front has no point of that number.
    """
    options = {"scenario": front.chain.scenario, "point": f"{number} ({front.x.key} / {front.y.key})"}
    point = front.point(number)
    return solve_chain(
        front.chain,
        path=front.path,
        sha256=front.sha256,
        seconds=front.seconds,
        options=options,
        found=point.solution,
    )
