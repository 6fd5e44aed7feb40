"""What ``solve``, ``today`` and ``demo`` share: run, print, write, and say how it ended."""

from __future__ import annotations

import math
import time
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from filiere.commands import exits as outcome
from filiere.commands.common import Console, stop, workbook_language
from filiere.commands.plan.destination import Destination, Wished, destination
from filiere.commands.plan.figures import Pictures
from filiere.commands.plan.members import Sheets, refuse_taken
from filiere.commands.plan.solver import asked, require_solver
from filiere.commands.plan.writing import Written, outputs, write_run
from filiere.language import Label, Language, percent

if TYPE_CHECKING:
    from filiere.analysis.today.reconciliation import Method
    from filiere.analysis.today.today import Spared
    from filiere.pipeline import Refused
    from filiere.result import Result
    from filiere.solution.certify.certify import Certificate
    from filiere.solution.solution import Solution
    from filiere.solver.ranks.step import RankError

_WROTE = Label("Results written: {path}", "Résultats écrits : {path}")
UNTRUSTED = Label(
    "The certificate failed: recomputed from its own flows, the plan breaks {worst}. No result was written; this is "
    "a fault of the program, please report it.",
    "Le certificat a échoué : recalculé à partir de ses propres flux, le plan ne respecte pas {worst}. Aucun résultat "
    "n'a été écrit ; c'est une faute du programme, merci de la signaler.",
)
_TROUBLE = Label(
    "The numbers of this chain defeat the solver at rank {rank} ({name}). Check for quantities or prices that are "
    "millions of times larger than others.",
    "Les nombres de cette filière mettent le solveur en échec à la priorité {rank} ({name}). Cherchez des quantités ou "
    "des prix des millions de fois plus grands que d'autres.",
)
_NO_SQUARES = Label(
    "The least squares did not settle: this year's figures lie too far apart. Check for quantities that are millions "
    "of times larger than others, or use the method least-change.",
    "Les moindres carrés n'aboutissent pas : les chiffres de cette année sont d'ordres de grandeur trop éloignés. "
    "Cherchez des quantités des millions de fois plus grandes que d'autres, ou utilisez la méthode moindre-écart.",
)
NO_TIME = Label("No plan was found within the time allowed.", "Aucun plan n'a été trouvé dans le temps accordé.")
_STOPPED = Label(
    "Stopped before the search ended: this is the best plan found so far, not a proved optimum ({gap}).",
    "Arrêté avant la fin de la recherche : c'est le meilleur plan trouvé, pas un optimum prouvé ({gap}).",
)
_GAP = Label("at most {gap} from the best", "au plus {gap} du meilleur")
_NO_GAP = Label("how far from the best is not known", "l'écart au meilleur n'est pas connu")
_REFUSING = Label("What each action is worth", "Ce que vaut chaque action")
_SUFFIX = {"solve": Label("-results", "-resultats"), "today": Label("-today", "-cette-annee")}


def solve_and_report(
    file: Path,
    console: Console,
    lang: Language | None,
    wished: Wished,
    scenario: str = "reference",
    command: Literal["solve", "today"] = "solve",
    time_limit: float | None = None,
    refused: Refused = "auto",
    nobody_worse_off: Spared | bool = False,
    method: Method = "least-change",
    solver: str | None = None,
    full: bool = False,
    members: Path | None = None,
) -> None:
    """Solve a workbook, print what came out, and write the results unless only JSON was asked for."""
    from filiere.chain.derived.language import language_of_chain
    from filiere.pipeline import run
    from filiere.report.result.json import solution_json
    from filiere.report.result.text import summary_lines

    require_solver(solver, console)
    usual = None
    if wished.copy is not None or not console.as_json:
        spoken = lang or workbook_language(file) or console.language
        usual = wished.usual or file.with_name(f"{file.stem}{_SUFFIX[command].to(spoken)}.xlsx")
        console = replace(console, language=spoken)
    goes = destination(file, wished, usual, console, outputs)
    pictures = Pictures(wished.figures, (goes.main or file).stem, wished.force, goes.run)
    pictures.ready(console, goes.paths)
    refuse_taken(members, goes)
    explaining = goes.main is not None and solver is None

    def work() -> Result:
        return run(file, scenario, command, time_limit, nobody_worse_off, method, explaining, solver)

    result = _run(work if solver is None else lambda: asked(work, console), console)
    language = lang or language_of_chain(result.chain) or console.language
    console = replace(console, language=language)
    console.doubts(result.chain.warnings)
    _trusted(result, console)
    solution = result.solution
    say_unproved(solution, console)
    result = _with_actions(result, console, refused, time_limit)
    told = result  # as it was written: what was made of it is made once
    result, written = write_results(result, console, goes, pictures, full, members)
    if console.as_json:
        console.json(solution_json(result, console.language))
    else:
        for line in summary_lines(told, language):
            console.say(line)
        written.say(_WROTE, console)
    written.leave(console)


_FIRST_SLIPS = 3
"""Figures in another unit that are told before what clashes: one of them is probably why."""


def say_unproved(solution: Solution, console: Console) -> None:
    """Say of a plan that it is not proved the best, and how far from that it may be, where it is not."""
    if solution.gap or solution.status.value == "time_limit":
        console.warn(_STOPPED.fill(gap=_gap(solution.gap, console.language)))


def _gap(gap: float, language: Language) -> str:
    if not math.isfinite(gap):
        return _NO_GAP.to(language)
    return _GAP.to(language).format(gap=percent(gap, language, 2))


def trouble(error: RankError) -> Label:
    """Return what is said where the numbers of a chain defeat the solver: at which rank."""
    from filiere.schema.objectives import named

    return _TROUBLE.fill(rank=str(error.rank), name=named(error.name))


def untrusted(certificate: Certificate | None) -> Label:
    """Return why a plan is not shown: the worst of what it breaks, recomputed from its own flows."""
    worst = certificate.worst if certificate else None
    return UNTRUSTED.fill(worst=f"{worst.name} ({worst.where}, {worst.residual:.1e})" if worst else "–")


def _trusted(result: Result, console: Console) -> None:
    """Leave where there is no plan, or where it does not hold."""
    from filiere.report.result.json import solution_json
    from filiere.report.result.text import conflict_lines

    language = console.language
    solution, certificate = result.solution, result.certificate
    if solution.plan is None:
        if console.as_json:
            console.json(solution_json(result, console.language))
        if solution.status.value == "infeasible":
            from filiere.analysis.weighing.weigh import slips

            console.problems(slips(result.chain)[:_FIRST_SLIPS])
        for line in conflict_lines(result.chain, solution, language) or [NO_TIME.to(language)]:
            console.warn(line)
        stop(outcome.NO_PLAN)
    as_typed = result.reconciliation is not None and result.reconciliation.method == "none"
    if not as_typed and (certificate is None or not certificate.passed):
        console.warn(untrusted(certificate))
        if console.as_json:
            console.json(solution_json(result, console.language))
        stop(outcome.FAULT)


def _run(asked: Callable[[], Result], console: Console) -> Result:
    """Return what a run comes to; where numbers fail, say so and stop."""
    from filiere.solver.fit.failure import NoConvergenceError
    from filiere.solver.ranks.step import RankError

    try:
        return asked()
    except RankError as error:
        console.warn(trouble(error))
        stop(outcome.FAULT)
    except NoConvergenceError:
        console.warn(_NO_SQUARES)
        stop(outcome.FAULT)


def _with_actions(result: Result, console: Console, refused: Refused, time_limit: float | None) -> Result:
    from filiere.commands.plan.progress import Progress
    from filiere.pipeline import steps

    with Progress({"actions": _REFUSING}) as progress:
        return replace(result, actions=steps(result, refused, time_limit, partial(progress, "actions")))


def write_results(
    result: Result,
    console: Console,
    goes: Destination,
    pictures: Pictures,
    full: bool = False,
    members: Path | None = None,
) -> tuple[Result, Written]:
    """Write the workbook, its page, its pictures and the sheets of members; return the result with the time taken."""
    from filiere.report.member.workbook import member_workbooks
    from filiere.report.result.document import partners_document, result_document
    from filiere.report.result.workbook import results_workbook

    started, language = time.perf_counter(), console.language
    written = write_run(
        goes,
        lambda folder, among: results_workbook(result, language, folder, among, full),
        partial(result_document, result),
        pictures,
        console,
        partial(partners_document, result) if result.command == "solve" else None,
        Sheets(members, lambda: member_workbooks(result, language)),
    )
    if goes.main is None:
        return result, written
    return replace(result, seconds={**result.seconds, "write": time.perf_counter() - started}), written
