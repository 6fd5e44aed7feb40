"""``filiere check``: every problem, with its cell."""

from __future__ import annotations

from pathlib import Path

import click

from filiere.commands import outcome
from filiere.commands.common import Voice, common, guarded, one_file, problem_json, stop, workbook_language
from filiere.commands.spoken import asked_language
from filiere.language import Label, Language, number

_DOES = Label("List every problem of a workbook, with its cell.",
              "Liste tous les problèmes d'un classeur, avec leur cellule.")  # fmt: skip
_ANNOTATE = Label("Write a copy with the cells coloured and commented.",
                  "Écrit une copie aux cellules coloriées et commentées.")  # fmt: skip
_FORCE = Label("Overwrite an existing output.", "Remplace un fichier de sortie existant.")
_FINE = Label("No problem found: {name} is ready to be solved.",
              "Aucun problème : {name} est prêt à être résolu.")  # fmt: skip
_COUNT = Label("{errors} error(s), {warnings} warning(s).", "{errors} erreur(s), {warnings} avertissement(s).")
_WROTE = Label("Annotated copy written: {path}", "Copie annotée écrite : {path}")


@click.command("check", help=_DOES.to(asked_language()))
@one_file
@click.option("--annotate", type=click.Path(dir_okay=False, path_type=Path), help=_ANNOTATE.to(asked_language()))
@click.option("--force", is_flag=True, help=_FORCE.to(asked_language()))
@common
@guarded
def command(file: Path, annotate: Path | None, force: bool, voice: Voice, lang: Language | None) -> None:
    """Check a workbook."""
    from filiere.pipeline import check
    from filiere.problems import errors
    from filiere.workbook.output import refuse_input, write_bytes

    problems = check(file)
    language = lang or workbook_language(file) or voice.language
    spoken = Voice(language, voice.as_json, voice.quiet)
    if spoken.as_json:
        spoken.json({"problems": [problem_json(problem, language) for problem in problems]})
    else:
        spoken.problems(problems)
    if annotate is not None:
        from filiere.workbook.annotate import annotate as annotated

        refuse_input(annotate, [file])
        path = write_bytes(annotate, annotated(file, problems, language), force=force)
        spoken.say(_WROTE.fill(path=str(path)))
    wrong = len(errors(problems))
    if not problems:
        spoken.say(_FINE.fill(name=file.name))
    else:
        counts = {"errors": number(wrong, language), "warnings": number(len(problems) - wrong, language)}
        spoken.say(_COUNT.fill(**counts))
    if wrong:
        stop(outcome.WORKBOOK)
