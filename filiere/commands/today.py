"""``filiere today``: the chain as it is."""

from __future__ import annotations

from pathlib import Path

import click

from filiere.commands.common import Voice, common, guarded, one_file, said, writing
from filiere.commands.destination import into
from filiere.commands.figures import figures_option
from filiere.commands.spoken import asked_language
from filiere.language import Label, Language

_DOES = Label(
    "Make today's figures consistent with the least change, and measure the chain as it is.",
    "Rend cohérents les chiffres de cette année au prix du moindre écart, et mesure la filière telle qu'elle est.",
)


@click.command("today", help=_DOES.to(asked_language()))
@one_file
@click.option("--scenario", default="reference", help=said("scenario"))
@into
@figures_option
@writing
@common
@guarded
def command(
    file: Path,
    scenario: str,
    copy: Path | None,
    figures: Path | None,
    output: Path | None,
    force: bool,
    voice: Voice,
    lang: Language | None,
) -> None:
    """Measure today's chain."""
    from filiere.commands.solving import solve_and_report

    solve_and_report(file, voice, lang, output, force, scenario, "today", copy=copy, figures=figures)
