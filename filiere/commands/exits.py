"""How a run ends: exit codes, and what a fault looks like to somebody who lives in spreadsheets."""

from __future__ import annotations

import contextlib
import errno
import sys
from collections.abc import Callable
from pathlib import Path
from types import TracebackType

import click

from filiere.commands.language import asked_language
from filiere.commands.streams import LOST, patient_streams
from filiere.guard import INTERRUPTIONS, memory_limit, too_little_memory
from filiere.language import Label, Language, several

DONE = 0
FAULT = 1
USAGE = 2
WORKBOOK = 3
NO_PLAN = 4
OUTPUT = 5
INTERRUPTED = 130

_FAULT = Label(
    "filiere met a fault of its own ({kind}: {text}). Your files are untouched. Please report it; --traceback "
    "shows the details.",
    "filiere a rencontré une erreur interne ({kind} : {text}). Vos fichiers sont intacts. Merci de la signaler ; "
    "--traceback en montre le détail.",
)
_INTERRUPTED = Label("Interrupted; nothing was left half written.", "Interrompu ; rien n'est resté à moitié écrit.")


_NOT_DONE = Label(
    "This machine does not let the run go on: {text}. Your files are untouched; --traceback shows the details.",
    "Cette machine ne laisse pas continuer : {text}. Vos fichiers sont intacts ; --traceback montre le détail.",
)
_NO_PLACE = Label(
    "the working folder is gone; go to another folder", "le dossier de travail a disparu ; allez dans un autre dossier"
)
_NO_ROOM_ASIDE = Label(
    "no folder for temporary files can be written to; set TMPDIR to one that can",
    "aucun dossier de fichiers temporaires n'est accessible en écriture ; indiquez-en un par TMPDIR",
)
_NAMED = Label("Interrupted. Written: {written}. Not written: {missing}.",
               "Interrompu. Écrit : {written}. Non écrit : {missing}.")  # fmt: skip
_ALL_NAMED = Label("Interrupted. Written before: {written}.", "Interrompu. Écrit juste avant : {written}.")


class Stopped(BaseException):
    """Ctrl-C was pressed; ``line`` says what became of the files where some have their names already."""

    def __init__(self, line: Label = _INTERRUPTED) -> None:
        self.line = line
        super().__init__(line.en)


def stopped(pressed: KeyboardInterrupt) -> Stopped:
    """Return an interruption with what it leaves: which files of a run have their names."""
    from filiere.workbook.outputs.output import InterruptedNaming

    if not isinstance(pressed, InterruptedNaming):
        return Stopped()
    line = _NAMED if pressed.missing else _ALL_NAMED
    return Stopped(line.fill(written=pressed.written, missing=pressed.missing))


def leave(cli: click.Command) -> None:
    """Run ``cli`` and leave with the exit code of its outcome; nobody sees a traceback without asking."""
    language = asked_language()
    if "--traceback" not in sys.argv:
        sys.excepthook = _told_kindly
    INTERRUPTIONS.line = lambda: _INTERRUPTED.to(language)
    _translate_click(language)
    with patient_streams() as (out, err):
        code = _ended(cli, language)
        out.flush()
        if out.lost is not None:
            click.echo(LOST.fill(reason=out.lost).to(language), err=True)
        lost = out.lost is not None or (err.lost is not None and err.stream is not None)
    sys.exit(OUTPUT if code == DONE and lost else code)


def _ended(cli: click.Command, language: Language) -> int:
    """Run ``cli`` and return its exit code; raises what is a fault of the program itself."""
    try:
        code: int = cli.main(standalone_mode=False, prog_name="filiere") or DONE
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except (click.Abort, KeyboardInterrupt, Stopped) as error:
        click.echo((error.line if isinstance(error, Stopped) else _INTERRUPTED).to(language), err=True)
        return INTERRUPTED
    except Exception as error:
        if INTERRUPTIONS.pressed:  # some libraries make another error of it
            click.echo(_INTERRUPTED.to(language), err=True)
            return INTERRUPTED
        told = machine_fault(error)
        if told is None or "--traceback" in sys.argv:
            raise
        click.echo(told.to(language), err=True)
        return OUTPUT
    return code


def machine_fault(error: BaseException) -> Label | None:
    """Return what to say of an error that the machine, not the program, is the cause of; None for any other."""
    limit = memory_limit()
    short = isinstance(error, MemoryError) or (isinstance(error, OSError) and error.errno == errno.ENOMEM)
    if short or (limit is not None and isinstance(error, ImportError)):
        return too_little_memory(limit)
    if isinstance(error, OSError):
        if error.filename is None and error.errno == errno.ENOENT:
            return _NOT_DONE.fill(text=_NO_ROOM_ASIDE if _stands() else _NO_PLACE)
        place = f" ({error.filename})" if error.filename is not None else ""
        return _NOT_DONE.fill(text=f"{error.strerror or type(error).__name__}{place}")
    if isinstance(error, UnicodeError):
        return _NOT_DONE.fill(text=str(error))
    return None


def _stands() -> bool:
    """Whether the working folder is there."""
    try:
        return Path.cwd().is_dir()
    except OSError:
        return False


_SPOKEN: list[Callable[[], Language]] = []
"""What knows the language of the command under way; the last holds."""


def speak_of_faults(language: Callable[[], Language]) -> None:
    """Let a fault be told in this language, found out only where there is one."""
    _SPOKEN.append(language)


def _told_kindly(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    language = asked_language()
    with contextlib.suppress(Exception):  # what went wrong may do so again; the fault has to be told all the same
        language = _SPOKEN[-1]()
    click.echo(_FAULT.fill(kind=kind.__name__, text=str(error)).to(language), err=True)


_CLICK: dict[Language, dict[str, str]] = {
    "fr": {
        "Usage:": "Utilisation :",
        "Options": "Options",
        "Commands": "Commandes",
        "Show this message and exit.": "Affiche cette aide.",
        "Show the version and exit.": "Affiche la version.",
        "%(prog)s, version %(version)s": "%(prog)s, version %(version)s",
        "Error: {message}": "Erreur : {message}",
        "Aborted!": "Interrompu.",
        "Try '{command} {option}' for help.": "Pour l'aide : {command} {option}",
        "No such command {name!r}.": "Commande inconnue : {name!r}.",
        "No such option {name!r}.": "Option inconnue : {name!r}.",
        "Did you mean {possibility}?": "Vouliez-vous dire {possibility} ?",
        "(Did you mean one of: {possibilities}?)": "(Vouliez-vous dire l'un de : {possibilities} ?)",
        "Got unexpected extra argument ({args})": "Argument en trop : {args}",
        "Got unexpected extra arguments ({args})": "Arguments en trop : {args}",
        "Missing argument": "Argument manquant",
        "Missing option": "Option manquante",
        "Missing parameter": "Paramètre manquant",
        "Missing command.": "Commande manquante.",
        "Choose from:\n\t{choices}": "Choix possibles :\n\t{choices}",
        "Invalid value: {message}": "Valeur incorrecte : {message}",
        "Invalid value for {param_hint}: {message}": "Valeur incorrecte pour {param_hint} : {message}",
        "file": "fichier",
        "File": "Fichier",
        "directory": "dossier",
        "Directory": "Dossier",
        "path": "chemin",
        "Path": "Chemin",
        "{name} {filename!r} does not exist.": "{name} {filename!r} introuvable.",
        "{name} {filename!r} is a file.": "{name} {filename!r} est un fichier.",
        "{name} {filename!r} is a directory.": "{name} {filename!r} est un dossier.",
        "{name} {filename!r} is not readable.": "{name} {filename!r} ne peut pas être lu.",
        "{name} {filename!r} is not writable.": "{name} {filename!r} ne peut pas être modifié.",
        "{value!r} is not a valid {number_type}.": "{value!r} n'est pas un nombre valable.",
        "{value} is not in the range {range}.": "{value} n'est pas dans l'intervalle {range}.",
        "{value!r} is not one of {choices}.": "{value!r} n'est pas l'un de {choices}.",
        "{value!r} is not {choice}.": "{value!r} n'est pas {choice}.",
        "default: {default}": "par défaut : {default}",
        "required": "obligatoire",
        "Option {name!r} requires an argument.": "L'option {name!r} attend une valeur.",
        "Option {name!r} does not take a value.": "L'option {name!r} ne prend pas de valeur.",
    }
}


def _translate_click(language: Language) -> None:
    """Give click its words in ``language``: it looks each text up through gettext, under these module names."""
    words = _CLICK.get(language)
    if words is None:
        return  # click speaks English of itself
    import click.core
    import click.decorators
    import click.exceptions
    import click.formatting
    import click.parser
    import click.types

    def one(text: str) -> str:
        return words.get(text, text)

    def one_or_more(single: str, plural: str, count: int) -> str:
        return one(plural if several(count, language) else single)

    for module in (click.core, click.decorators, click.exceptions, click.formatting, click.parser, click.types):
        for name, spoken in (("_", one), ("ngettext", one_or_more)):
            if name in vars(module):
                vars(module)[name] = spoken
