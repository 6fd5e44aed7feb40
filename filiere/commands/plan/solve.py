"""``filiere solve``: the best chain, in the order of the Objectives sheet."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from filiere.commands.common import Console, Name, Seconds, common, guarded, one_file, said, spared
from filiere.commands.language import asked_language
from filiere.commands.plan.destination import Wished, results
from filiere.commands.plan.members import members_option
from filiere.commands.plan.solver import solver_option
from filiere.language import Label, Language

if TYPE_CHECKING:
    from filiere.analysis.today.today import Spared
    from filiere.pipeline import Refused

_DOES = Label(
    "Find the best chain, in the order of the Objectives sheet, and write the results workbook and its page.",
    "Cherche la meilleure filière, dans l'ordre de la feuille Objectifs, et écrit le classeur de résultats et sa page.",
)
_ACTIONS = Label(
    "How many actions to refuse in turn, to see what each is worth: a number, all, none, or auto (the ten that move "
    "most, fewer in a very large chain).",
    "Combien d'actions refuser tour à tour, pour voir ce que vaut chacune : un nombre, all (toutes), none (aucune) "
    "ou auto (les dix qui pèsent le plus, moins dans une très grande filière).",
)
_NO_COUNT = Label("{text} is neither a number of actions nor all, none or auto.",
                  "{text} n'est ni un nombre d'actions, ni all, none ou auto.")  # fmt: skip


def _how_many(context: click.Context, parameter: click.Parameter, text: str) -> Refused:
    """Read a number of actions, ``all``, ``none`` or ``auto``; their French words too."""
    word = {"none": "0", "aucune": "0", "toutes": "all"}.get(text.casefold(), text.casefold())
    if word.isascii() and word.isdigit():
        return int(word)
    if word == "all":
        return "all"
    if word == "auto":
        return "auto"
    raise click.BadParameter(_NO_COUNT.fill(text=text).to(asked_language()), context, parameter)


@click.command("solve", help=_DOES.to(asked_language()))
@one_file
@click.option("--scenario", type=Name(), default="reference", help=said("scenario"))
@click.option("--time-limit", type=Seconds(), help=said("time_limit"))
@spared
@click.option("--actions", callback=_how_many, default="auto", metavar="N|all|none", help=_ACTIONS.to(asked_language()))
@solver_option
@click.option("--full", is_flag=True, help=said("full"))
@members_option
@results
@common
@guarded
def command(
    file: Path,
    scenario: str,
    time_limit: float | None,
    nobody_worse_off: Spared | None,
    actions: Refused,
    solver: str | None,
    full: bool,
    sheets: Path | None,
    wished: Wished,
    console: Console,
    lang: Language | None,
) -> None:
    """Solve a workbook."""
    from filiere.commands.plan.solving import solve_and_report

    solve_and_report(
        file,
        console,
        lang,
        wished,
        scenario,
        "solve",
        time_limit,
        actions,
        nobody_worse_off or False,
        solver=solver,
        full=full,
        members=sheets,
    )
