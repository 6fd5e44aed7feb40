"""The command line: it parses, calls, prints and chooses the exit code; all the work is elsewhere.

Commands are imported when they are called, so that ``filiere --help`` answers at once.
"""

from __future__ import annotations

import importlib
import sys
from typing import Any, NoReturn

import click

from filiere import __version__
from filiere.commands.language import asked_language
from filiere.language import LANGUAGES, Label, Language

_HELP = {
    "files.new": Label("Write a template to fill in.", "Écrit un modèle à remplir."),
    "files.collect": Label(
        "One questionnaire a member, filled in as far as known.",
        "Un questionnaire par membre, rempli de ce que l'on sait déjà.",
    ),
    "files.gather": Label(
        "Bring other people's files and answers into a workbook, a new one or a copy of yours.",
        "Reprend les fichiers et les réponses des autres dans un classeur, nouveau ou copié du vôtre.",
    ),
    "files.check": Label(
        "List every problem of a workbook, with its cell.", "Liste tous les problèmes d'un classeur, avec leur cellule."
    ),
    "plan.today": Label(
        "The chain as it is, made consistent and measured.",
        "La filière telle qu'elle est, rendue cohérente et mesurée.",
    ),
    "plan.solve": Label(
        "The best chain, in the order of the objectives.", "La meilleure filière, dans l'ordre des objectifs."
    ),
    "study.compare": Label(
        "Scenarios side by side: what differs, and what each change brings.",
        "Des scénarios côte à côte : ce qui diffère, et ce que chaque changement apporte.",
    ),
    "study.pareto": Label(
        "What one objective costs in terms of another.", "Ce qu'un objectif coûte à un autre : les compromis possibles."
    ),
    "study.explain": Label(
        "Why the plan is what it is, or why there is none.",
        "Pourquoi le plan est ce qu'il est, ou pourquoi il n'y en a pas.",
    ),
    "study.stress": Label(
        "Each actor, activity and link lost in turn: what breaks.",
        "Chaque acteur, activité et échange perdu tour à tour : ce qui casse.",
    ),
    "study.share": Label(
        "What co-operation brings, or a common bill, and fair ways to share it.",
        "Ce qu'apporte la coopération, ou une facture commune, et des façons justes de le partager.",
    ),
    "files.export": Label(
        "Write the programme of one rank for another solver, MPS or LP.",
        "Écrit le programme d'une priorité pour un autre solveur, en MPS ou en LP.",
    ),
    "files.open": Label(
        "The plan in the browser, worked out again at each save.",
        "Le plan dans le navigateur, recalculé à chaque enregistrement.",
    ),
    "files.doctor": Label(
        "What this machine has, on one screen to send.", "Ce que cette machine contient, sur un écran à envoyer."
    ),
    "plan.demo": Label("The worked example, from end to end.", "L'exemple complet, de bout en bout."),
}

COMMANDS = {name.rpartition(".")[2]: text for name, text in _HELP.items()}
"""What each command is for, in the order in which one meets them."""

_MODULES = {name.rpartition(".")[2]: f"filiere.commands.{name}" for name in _HELP}


class Commands(click.Group):
    """The group of commands; each is imported when it is asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the commands in the order in which one meets them."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import and return one command."""
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = importlib.import_module(_MODULES[cmd_name]).command
        return command

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; of Ctrl-C more is told here than click would."""
        from filiere.commands.exits import stopped

        try:
            return super().invoke(ctx)
        except KeyboardInterrupt as pressed:
            raise stopped(pressed) from pressed

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands without importing any."""
        language = asked_language()
        with formatter.section(Label("Commands", "Commandes").to(language)):
            formatter.write_dl([(name, help_text.to(language)) for name, help_text in COMMANDS.items()])


ABOUT = Label(
    "See and redesign the sector chain of a territory: from a workbook to the best local, circular, affordable "
    "chain, and back.",
    "Voir et repenser la filière d'un territoire : d'un classeur à la meilleure filière locale, circulaire et "
    "abordable, et retour.",
)

LANG = Label("Language of messages and results.", "Langue des messages et des résultats.")

VERSION = Label("Show the version.", "Affiche la version.")


@click.group(
    cls=Commands,
    help=ABOUT.to(asked_language()),
    subcommand_metavar=Label("COMMAND [ARGS]...", "COMMANDE [ARGUMENTS]...").to(asked_language()),
    context_settings={"help_option_names": ["-h", "--help"]},
)
@click.option("--lang", type=click.Choice(LANGUAGES), help=LANG.to(asked_language()))
@click.version_option(__version__, prog_name="filiere", help=VERSION.to(asked_language()))
def cli(lang: Language | None) -> None:
    """Group the commands; each finds ``lang`` where it has none of its own."""


def main() -> NoReturn:
    """Run the command line and leave with its exit code."""
    from filiere.commands.exits import leave

    leave(cli)
    sys.exit(0)
