"""``filiere solve``: the best chain, in the order of the Objectives sheet."""

from __future__ import annotations

from pathlib import Path

import click

from filiere.commands.common import Voice, common, guarded, one_file, said, writing
from filiere.commands.spoken import asked_language
from filiere.language import Label, Language

_DOES = Label(
    "Find the best chain, in the order of the Objectives sheet, and write the results workbook and its page.",
    "Cherche la meilleure filière, dans l'ordre de la feuille Objectifs, et écrit le classeur de résultats et sa page.",
)


@click.command("solve", help=_DOES.to(asked_language()))
@one_file
@click.option("--scenario", default="reference", help=said("scenario"))
@click.option("--time-limit", type=click.FloatRange(min=0, min_open=True), help=said("time_limit"))
@writing
@common
@guarded
def command(
    file: Path,
    scenario: str,
    time_limit: float | None,
    output: Path | None,
    force: bool,
    voice: Voice,
    lang: Language | None,
) -> None:
    """Solve a workbook."""
    from filiere.commands.solving import solve_and_report

    solve_and_report(file, voice, lang, output, force, scenario, "solve", time_limit)
