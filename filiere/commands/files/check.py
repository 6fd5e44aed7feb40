"""``filiere check``: every problem, with its cell."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from filiere.commands import exits as outcome
from filiere.commands.common import (
    Console,
    NewFile,
    common,
    guarded,
    one_file,
    problem_json,
    said,
    stop,
    workbook_language,
)
from filiere.commands.language import asked_language
from filiere.language import Label, Language

if TYPE_CHECKING:
    from filiere.problems import Problem

_DOES = Label("List every problem of a workbook, with its cell.",
              "Liste tous les problèmes d'un classeur, avec leur cellule.")  # fmt: skip
_ANNOTATE = Label("Write a copy with the cells coloured and commented.",
                  "Écrit une copie aux cellules coloriées et commentées.")  # fmt: skip
_FINE = Label("No problem found: {name} is ready to be solved.",
              "Aucun problème : {name} est prêt à être résolu.")  # fmt: skip
_COUNT = Label("{counts}.", "{counts}.")
_NO_COPY = Label("No annotated copy: {name} cannot be read.", "Pas de copie annotée : {name} ne peut pas être lu.")
_WROTE = Label("Annotated copy written: {path}", "Copie annotée écrite : {path}")


@click.command("check", help=_DOES.to(asked_language()))
@one_file
@click.option("--annotate", type=NewFile(copy=True), help=_ANNOTATE.to(asked_language()))
@click.option("--force", is_flag=True, help=said("force"))
@common
@guarded
def command(file: Path, annotate: Path | None, force: bool, console: Console, lang: Language | None) -> None:
    """Check a workbook."""
    from filiere.pipeline import checked
    from filiere.problems import errors, tally

    run = _ready(file, annotate, force)
    problems, weighed = checked(file)
    language = lang or workbook_language(file) or console.language
    spoken = Console(language, console.as_json, console.quiet)
    if spoken.as_json:
        today = [
            {"actor": row.actor, "product": row.product, "in": row.into, "out": row.out, "gap": row.gap,
             "cause": row.cause}
            for row in weighed.balances
        ]  # fmt: skip
        spoken.json({"problems": [problem_json(problem, language) for problem in problems], "today": today})
    else:
        spoken.every(problems)
    if annotate is not None:
        _write(file, annotate, problems, spoken, force, run)
    wrong = len(errors(problems))
    if not problems:
        spoken.say(_FINE.fill(name=file.name))
    else:
        spoken.say(_COUNT.fill(counts=tally(problems)))
    if wrong:
        stop(outcome.WORKBOOK)


def _ready(file: Path, target: Path | None, force: bool) -> str:
    """Refuse, before any work, a copy that cannot be written; return what stands for this run in its mark."""
    from filiere.commands.plan.destination import question
    from filiere.workbook.outputs.free_names import Asked
    from filiere.workbook.outputs.mark import run_of
    from filiere.workbook.outputs.output import refuse_output

    run = run_of([file], question())
    if target is not None:
        refuse_output(target, [file], force=force, run=run, asked=Asked("--annotate"))
    return run


def _write(file: Path, target: Path, problems: Sequence[Problem], console: Console, force: bool, run: str) -> None:
    from filiere.problems import WorkbookError
    from filiere.problems import writing as codes
    from filiere.workbook.annotate.annotate import annotate
    from filiere.workbook.outputs.free_names import Asked
    from filiere.workbook.outputs.output import OutputError

    try:
        copy = annotate(file, problems, console.language, target.suffix)
    except WorkbookError:  # which is among the problems told already
        console.warn(_NO_COPY.fill(name=file.name))
        return
    if target.suffix.lower() != copy.suffix:
        right = target.with_suffix(copy.suffix).name
        raise OutputError(codes.OTHER_ENDING.at(None, file=target.name, ending=copy.suffix, free=right))
    console.save([(target, copy.content)], force=force, run=run, asked={target: Asked("--annotate")})
    if copy.loss is not None:
        console.problems([codes.ANNOTATED_ANEW.at(None, file=file.name, reason=copy.loss)])
    console.say(_WROTE.fill(path=str(target)))
