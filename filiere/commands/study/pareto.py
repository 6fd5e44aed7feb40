"""``filiere pareto``: what one objective costs in terms of another."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from filiere.commands import exits as outcome
from filiere.commands.common import Console, Name, common, guarded, one_file, said, stop, workbook_language
from filiere.commands.language import asked_language
from filiere.commands.plan.destination import Destination, Wished, destination, results
from filiere.commands.plan.figures import Pictures
from filiere.language import Label, Language

if TYPE_CHECKING:
    from filiere.analysis.pareto.front import Front

_DOES = Label(
    "The front between two objectives: the plans among which one can only gain on one side by giving up on the other.",
    "Les compromis entre deux objectifs : les plans entre lesquels on ne gagne d'un côté qu'en cédant de l'autre.",
)
_X = Label(
    "An objective: a word of the Objectives sheet (cost, dependency, circularity, jobs…) or “measure: NAME”.",
    "Un objectif : un mot de la feuille Objectifs (coût, dépendance, circularité, emplois…) ou « mesure : NOM ».",
)
_Y = Label("The objective it is opposed to.", "L'objectif qu'on lui oppose.")
_COUNT = Label("How many points at most.", "Combien de points au plus.")
_POINT = Label(
    "Write the results workbook of this point instead of the front's.",
    "Écrit le classeur de résultats de ce point, au lieu de celui des compromis.",
)
_WROTE = Label("Front written: {path}", "Compromis écrits : {path}")
_WROTE_POINT = Label("Results of point {number} written: {path}", "Résultats du point {number} écrits : {path}")
_NO_POINT = Label(
    "There is no point {number}: the last one of this front is number {count}.",
    "Il n'y a pas de point {number} : le dernier compromis est le numéro {count}.",
)
_LOOKING = Label("Looking for trade-offs", "Recherche des compromis")
_NEXT = Label(
    "To write the whole plan of a point: the same command with --point and its number.",
    "Pour écrire le plan complet d'un point : la même commande avec --point et son numéro.",
)


@click.command("pareto", help=_DOES.to(asked_language()))
@one_file
@click.option("--x", "x", required=True, help=_X.to(asked_language()))
@click.option("--y", "y", required=True, help=_Y.to(asked_language()))
@click.option(
    "-n", "count", type=click.IntRange(min=2), default=20, show_default=True, help=_COUNT.to(asked_language())
)
@click.option("--scenario", type=Name(), default="reference", help=said("scenario"))
@click.option("--point", type=click.IntRange(min=1), help=_POINT.to(asked_language()))
@results
@common
@guarded
def command(
    file: Path,
    x: str,
    y: str,
    count: int,
    scenario: str,
    point: int | None,
    wished: Wished,
    console: Console,
    lang: Language | None,
) -> None:  # fmt: skip
    """Trace a front."""
    from filiere.chain.derived.language import language_of_chain
    from filiere.commands.plan.writing import outputs

    console = replace(console, language=lang or workbook_language(file) or console.language)
    usual = _default(file, point, console.language) if wished.copy or not console.as_json else None
    goes = destination(file, wished, usual, console, outputs)
    pictures = Pictures(wished.figures, (goes.main or file).stem, wished.force, goes.run)
    pictures.ready(console, goes.paths)
    front = _traced(file, x, y, count, scenario, console)
    console = replace(console, language=lang or language_of_chain(front.chain) or console.language)
    console.doubts(front.chain.warnings)
    _trusted(front, console)
    if point is None:
        _report(front, console, goes, pictures)
    else:
        _report_point(front, point, console, goes, pictures)


def _default(file: Path, point: int | None, language: Language) -> Path:
    suffix = Label("front", "compromis").to(language) if point is None else f"point-{point}"
    return file.with_name(f"{file.stem}-{suffix}.xlsx")


def _traced(file: Path, x: str, y: str, count: int, scenario: str, console: Console) -> Front:
    from filiere.analysis.pareto.axes import AxisError
    from filiere.commands.plan.progress import Progress
    from filiere.commands.plan.solving import trouble
    from filiere.pipeline import pareto
    from filiere.solver.ranks.step import RankError

    try:
        with Progress({"front": _LOOKING}) as progress:
            return pareto(file, x, y, count, scenario, lambda share: progress("front", round(100 * share), 100))
    except AxisError as error:
        raise click.UsageError(error.message.to(console.language)) from error
    except RankError as error:
        console.warn(trouble(error))
        stop(outcome.FAULT)


def _trusted(front: Front, console: Console) -> None:
    """Leave where there is no plan, or where one does not hold."""
    from filiere.commands.plan.solving import UNTRUSTED
    from filiere.report.front.json import front_json
    from filiere.report.result.text import conflict_lines

    broken = next((point for point in front.points if not point.certificate.passed), None)
    if front.without_plan is None and broken is None:
        return
    if console.as_json:
        console.json(front_json(front, console.language))
    if front.without_plan is not None:
        for line in conflict_lines(front.chain, front.without_plan, console.language):
            console.warn(line)
        stop(outcome.NO_PLAN)
    worst = broken.certificate.worst if broken else None
    console.warn(UNTRUSTED.fill(worst=worst.name if worst else "–"))
    stop(outcome.FAULT)


def _report(front: Front, console: Console, goes: Destination, pictures: Pictures) -> None:
    """Write the front's workbook and say what it shows."""
    from filiere.commands.plan.writing import write_run
    from filiere.report.front.document import front_document
    from filiere.report.front.json import front_json
    from filiere.report.front.sheets import front_lines
    from filiere.report.front.workbook import front_workbook

    language = console.language
    if console.as_json:
        console.json(front_json(front, language))
    for line in front_lines(front, language):
        console.say(line)
    written = write_run(
        goes,
        lambda _, among: front_workbook(front, language, among),
        partial(front_document, front),
        pictures,
        console,
    )
    written.say(_WROTE, console)
    if goes.main is not None:
        console.say(_NEXT)
    written.leave(console)


def _report_point(front: Front, number: int, console: Console, goes: Destination, pictures: Pictures) -> None:
    """Write the results of one point as ``solve`` does, and say what it is."""
    from filiere.commands.plan.solving import write_results
    from filiere.pipeline import pareto_point
    from filiere.report.front.json import front_json
    from filiere.report.result.json import solution_json
    from filiere.report.result.text import summary_lines

    if number > len(front.points):
        message = _NO_POINT.fill(count=str(len(front.points)), number=str(number))
        raise click.UsageError(message.to(console.language))
    result = pareto_point(front, number)
    told = result  # as it was written: what was made of it is made once
    result, written = write_results(result, console, goes, pictures)
    if console.as_json:
        console.json(front_json(front, console.language) | {"plan": solution_json(result, console.language)})
    for line in summary_lines(told, console.language):
        console.say(line)
    written.say(_WROTE_POINT.fill(number=str(number), path="{path}"), console)
    written.leave(console)
