"""``filiere compare``: scenarios of one workbook and of several, side by side."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from filiere.commands import exits as outcome
from filiere.commands.common import (
    Console,
    Name,
    Seconds,
    common,
    existing_file,
    guarded,
    problem_json,
    said,
    spared,
    stop,
)
from filiere.commands.language import asked_language
from filiere.commands.plan.destination import Destination, Wished, destination, results
from filiere.commands.plan.figures import Pictures
from filiere.commands.plan.members import Sheets, members_option, refuse_taken
from filiere.commands.study.workers import INTERRUPTED, at_work, workers
from filiere.language import Label, Language

if TYPE_CHECKING:
    from filiere.analysis.scenarios.case import Outcome
    from filiere.analysis.scenarios.compare import Comparison
    from filiere.analysis.today.today import Spared
    from filiere.report.comparison.sides import Sides
    from filiere.table import RawWorkbook

_DOES = Label(
    "Set scenarios of one workbook or of several side by side: what differs in their inputs, what comes of it, and "
    "what each change brings.",
    "Met côte à côte des scénarios d'un ou de plusieurs classeurs : ce qui diffère dans les données, ce qui en "
    "résulte, et ce que chaque changement apporte.",
)
_FILES = Label("FILE...", "FICHIER...")
_NAME = Label("NAME", "NOM").to(asked_language())
_SCENARIO = Label(
    "A scenario to compare; may be given several times. All of them if none is given.",
    "Un scénario à comparer ; peut être répété. Tous, si aucun n'est donné.",
)
_REFERENCE = Label(
    "The scenario that the others are compared with (the one without changes).",
    "Le scénario auquel les autres sont comparés (celui qui ne change rien).",
)
_ATTRIBUTION = Label(
    "Work out what each change brings (one plan for each combination of changes).",
    "Calcule ce que chaque changement apporte (un plan par combinaison de changements).",
)
_ONE_COPY = Label(
    "--into makes a copy of one workbook: give only one to compare the scenarios of.",
    "--into fait la copie d'un seul classeur : n'en donnez qu'un, dont comparer les scénarios.",
)
_STAGES = {
    "scenarios": Label("Working out the scenarios", "Calcul des scénarios"),
    "attribution": Label("What each change brings", "Effet de chaque changement"),
}
_WROTE = Label("Comparison written: {path}", "Comparaison écrite : {path}")


@click.command("compare", help=_DOES.to(asked_language()))
@click.argument("files", type=existing_file, nargs=-1, required=True, metavar=_FILES.to(asked_language()))
@click.option("--scenario", "scenarios", type=Name(), multiple=True, metavar=_NAME, help=_SCENARIO.to(asked_language()))
@click.option("--reference", default="reference", metavar=_NAME, help=_REFERENCE.to(asked_language()))
@members_option
@click.option("--time-limit", type=Seconds(), help=said("time_limit_each"))
@spared
@click.option("--attribution/--no-attribution", default=True, help=_ATTRIBUTION.to(asked_language()))
@workers
@results
@common
@guarded
def command(
    files: tuple[Path, ...],
    scenarios: tuple[str, ...],
    reference: str,
    sheets: Path | None,
    time_limit: float | None,
    nobody_worse_off: Spared | None,
    attribution: bool,
    jobs: int | None,
    scheduler: str | None,
    wished: Wished,
    console: Console,
    lang: Language | None,
) -> None:
    """Compare scenarios."""
    from filiere.analysis.scenarios.compare import cases, compare, open_source
    from filiere.commands.plan.progress import Progress
    from filiere.problems import WorkbookError

    sources = [open_source(file) for file in files]
    console = replace(console, language=lang or _language([s.raw for s in sources]) or console.language)
    goes = _destination(files, wished, console)
    pictures = Pictures(wished.figures, (goes.main or files[0]).stem, wished.force, goes.run)
    pictures.ready(console, goes.paths)
    refuse_taken(sheets, goes)
    try:
        compared = cases(sources, scenarios, reference)
        with at_work(console), Progress(_STAGES) as told:
            comparison = compare(sources, compared, attribution, jobs, scheduler, told, nobody_worse_off, time_limit)
    except WorkbookError as error:
        console.problems(error.problems)
        if console.as_json:
            console.json({"problems": [problem_json(p, console.language) for p in error.problems]})
        stop(outcome.WORKBOOK)
    _report(_sides(comparison, console.language), console, goes, pictures, sheets)


def _language(raws: list[RawWorkbook | None]) -> Language | None:
    from filiere.chain.derived.language import language_of

    return next((spoken for raw in raws if raw is not None and (spoken := language_of(raw))), None)


def _destination(files: tuple[Path, ...], wished: Wished, console: Console) -> Destination:
    from filiere.commands.plan.writing import outputs
    from filiere.workbook.outputs.free_names import Asked
    from filiere.workbook.outputs.output import refuse_input

    if wished.copy is not None and len(files) > 1:
        raise click.UsageError(_ONE_COPY.to(console.language))
    suffix = Label("comparison", "comparaison").to(console.language)
    usual = files[0].with_name(f"{files[0].stem}-{suffix}.xlsx") if wished.copy or not console.as_json else None
    if wished.copy is not None:
        refuse_input(wished.copy, files, Asked("--into"))
    return destination(files[0], wished, usual, console, outputs, files)


def _sides(comparison: Comparison, language: Language) -> Sides:
    import datetime as dt
    from importlib import metadata

    from filiere.pipeline import PROGRAMS
    from filiere.report.comparison.sides import Sides

    return Sides(comparison, language, {name: metadata.version(name) for name in PROGRAMS}, dt.date.today())


def _report(sides: Sides, console: Console, goes: Destination, pictures: Pictures, sheets: Path | None) -> None:
    """Print what came out, write the workbook, and leave with the exit code of the comparison."""
    from filiere.commands.plan.writing import write_run
    from filiere.report.comparison.document import comparison_document
    from filiere.report.comparison.json import comparison_json
    from filiere.report.comparison.text import comparison_lines, failure_lines
    from filiere.report.comparison.workbook import comparison_workbook
    from filiere.report.member.workbook import workbooks_of_members

    comparison = sides.comparison
    solved = any(found.solved for found in comparison.outcomes)
    written = None
    for line in failure_lines(sides):
        console.warn(line)
    if solved:
        written = write_run(
            goes,
            lambda folder, among: comparison_workbook(sides, folder, among),
            partial(comparison_document, sides),
            pictures,
            console,
            sheets=Sheets(sheets, lambda: workbooks_of_members(list(sides.beside_today()))),
        )
        for line in comparison_lines(sides):
            console.say(line)
        written.say(_WROTE, console)
    if console.as_json:
        console.json(comparison_json(sides))
    if comparison.interrupted:
        console.warn(INTERRUPTED)
        stop(outcome.INTERRUPTED)
    if not solved:
        stop(max(map(_code, comparison.outcomes)))
    if any(found.problems for found in comparison.outcomes):
        stop(outcome.WORKBOOK)  # the others are written; the one that could not be read is not passed over
    if written is not None:
        written.leave(console)


def _code(found: Outcome) -> int:
    """Return the exit code that a case without a plan would have had by itself."""
    if found.problems:
        return outcome.WORKBOOK
    return outcome.FAULT if found.trouble or found.certificate is not None else outcome.NO_PLAN
