"""``filiere share``: what co-operation brings, and fair ways to share it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from filiere.commands import exits as outcome
from filiere.commands.common import Console, Name, Seconds, common, guarded, one_file, said, stop, writing
from filiere.commands.language import asked_language
from filiere.commands.plan.destination import Destination, Wished, destination
from filiere.language import Label, Language

if TYPE_CHECKING:
    from filiere.report.share.words import ShareView

_DOES = Label(
    "What co-operation brings the members, or a common bill, and fair ways to share it: what each group reaches by "
    "itself (from the sheet Coalitions, else from the chain: what it gains by moving alone), average contribution "
    "(Shapley), least contested share (nucleolus), plain keys, who would do better apart, and who would pay whom.",
    "Ce que la coopération apporte aux membres, ou une facture commune, et des façons justes de le partager : ce que "
    "chaque groupe atteint de son côté (d'après la feuille Regroupements, sinon la filière : ce qu'il gagne en "
    "bougeant seul), apport moyen (Shapley), partage le moins contesté (nucléole), clés simples, qui ferait mieux à "
    "part, et qui verserait combien à qui.",
)
_BY = Label("Who shares: an actor, or a group that acts as one; give it again for each.",
            "Qui partage : un acteur, ou un groupe qui agit d'un bloc ; à répéter pour chacun.")  # fmt: skip
_RULE = Label(
    "The rule to use: shapley, nucleolus, owen (without whole numbers), equal, usage, turnover or outlays.",
    "La règle à appliquer : shapley, nucléole, owen (sans nombres entiers), égal, usage, chiffre d'affaires ou "
    "dépenses.",
)
_VALUE = Label(
    "What to share in place of the players' accounts: an objective counted in money, such as value_kept or cost.",
    "Ce qu'on partage à la place des comptes des membres : un objectif compté en monnaie, comme "
    "valeur_conservée_sur_le_territoire ou coût.",
)
_SUFFIX = Label("-shares", "-partage")
_WROTE = Label("Shares written: {path}", "Partage écrit : {path}")


@click.command("share", help=_DOES.to(asked_language()))
@one_file
@click.option("--scenario", type=Name(), default="reference", help=said("scenario"))
@click.option("--by", type=Name(), multiple=True, metavar="NAME", help=_BY.to(asked_language()))
@click.option("--value", type=Name(), metavar="NAME", help=_VALUE.to(asked_language()))
@click.option("--rule", type=Name(), metavar="NAME", help=_RULE.to(asked_language()))
@click.option("--time-limit", type=Seconds(), help=said("time_limit"))
@writing
@common
@guarded
def command(
    file: Path,
    scenario: str,
    by: tuple[str, ...],
    value: str | None,
    rule: str | None,
    time_limit: float | None,
    output: Path | None,
    force: bool,
    console: Console,
    lang: Language | None,
) -> None:
    """Share what the coalitions of a workbook reach."""
    from filiere.commands.common import workbook_language
    from filiere.commands.plan.solving import trouble
    from filiere.pipeline import share
    from filiere.report.share.json import share_json
    from filiere.report.share.words import ShareView, share_lines
    from filiere.solver.ranks.step import RankError

    console = replace(console, language=lang or workbook_language(file) or console.language)
    usual = None if console.as_json else file.with_name(f"{file.stem}{_SUFFIX.to(console.language)}.xlsx")
    goes = destination(file, Wished(output=output, force=force), usual, console)
    try:
        shared = share(file, scenario, rule, by, value, time_limit)
    except RankError as error:
        console.warn(trouble(error))
        stop(outcome.FAULT)
    console.doubts(shared.warnings)
    view = ShareView(shared.sharing, shared.settings, console.language, shared.beside, shared.measure)
    if console.as_json:
        console.json(share_json(view))
    for line in share_lines(view):
        console.say(line)
    if goes.main is not None:
        _write(view, goes.main, goes, console)


def _write(view: ShareView, target: Path, goes: Destination, console: Console) -> None:
    from filiere.report.share.sheets import share_workbook

    console.save([(target, share_workbook(view, goes.file, target.parent))], force=goes.force, run=goes.run)
    console.say(_WROTE.fill(path=str(target)))
