"""What every command shares: options, languages, what is printed where, and how errors end a run."""

from __future__ import annotations

import functools
import inspect
import json
import math
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn, TypeVar, cast

import click

from filiere.commands import exits as outcome
from filiere.commands import ticker
from filiere.commands.language import asked_language
from filiere.language import LANGUAGES, Label, Language, counted

if TYPE_CHECKING:
    from filiere.problems import Problem
    from filiere.workbook.outputs.free_names import Asked

Command = TypeVar("Command", bound=Callable[..., Any])


@dataclass(frozen=True)
class Console:
    """Where a command speaks: results on standard output, messages on standard error, nothing if quiet."""

    language: Language
    as_json: bool = False
    quiet: bool = False

    def say(self, text: Label | str) -> None:
        """Print a line of the result, unless standard output belongs to the machine."""
        ticker.clear()
        if not self.as_json and not self.quiet:
            click.echo(text.to(self.language) if isinstance(text, Label) else text)

    def warn(self, text: Label | str) -> None:
        """Print a message on standard error."""
        ticker.clear()
        click.echo(text.to(self.language) if isinstance(text, Label) else text, err=True)

    def problems(self, problems: Iterable[Problem]) -> None:
        """Print each problem on a line, its remedy on the next."""
        from filiere.problems import Severity

        for problem in problems:
            if problem.severity is Severity.WARNING and self.quiet:
                continue
            place = f"{problem.cell}: " if problem.cell else ""
            severity = _SEVERITY[problem.severity.value].to(self.language)
            self.warn(f"{place}{severity} [{problem.code}] {problem.message(self.language)}")
            hint = problem.hint(self.language)
            if hint:
                self.warn(f"  → {hint}")

    def every(self, problems: Sequence[Problem]) -> None:
        """Print all problems: of each kind the first in full, the others by their cells, which are told together.

        A region has thousands of one kind; ``--json`` and the annotated copy have the sentence of each.
        """
        from filiere.problems import cells_together

        found, more = Counter[str](), defaultdict(list)
        for problem in problems:
            found[problem.code] += 1
            if found[problem.code] <= TOLD_IN_FULL or problem.cell is None or problem.cell.row is None:
                self.problems((problem,))
            elif not (self.quiet and problem.severity.value == "warning"):
                more[problem.code].append(problem)
        for code, others in more.items():
            kind = counted(len(others), *_OTHERS[others[0].severity.value])
            cells = cells_together(problem.cell for problem in others if problem.cell)
            self.warn(_THERE.fill(more=kind, code=code, cells=cells))

    def doubts(self, warnings: Iterable[Problem]) -> None:
        """Print what is doubtful in a workbook that something else is asked of: of each kind the first, then a count.

        ``check`` prints them all; of a large workbook they are thousands of lines, above the answer.
        """
        found = Counter[str]()
        for problem in () if self.quiet else warnings:
            found[problem.code] += 1
            if found[problem.code] <= TOLD_ALIKE:
                self.problems((problem,))
        for code, count in found.items():
            if count > TOLD_ALIKE:
                more = counted(count - TOLD_ALIKE, *_OTHERS["warning"])
                self.warn(_ALIKE.fill(more=more, code=code))

    def save(
        self, files: Sequence[tuple[Path, bytes]], *, force: bool, run: str = "",
        asked: Mapping[Path, Asked] | None = None,
    ) -> None:  # fmt: skip
        """Write the files of a run, all or none, and say what there is to say of it. Raises OutputError."""
        from filiere.workbook.outputs.output import write_all

        self.problems(write_all(files, force=force, run=run, asked=asked))

    def json(self, value: Any) -> None:
        """Print one object for the machine."""
        text = _COMMANDS.sub(
            lambda sign: f"\\u{ord(sign[0]):04x}", json.dumps(value, ensure_ascii=False, allow_nan=False)
        )
        try:
            text.encode(sys.stdout.encoding or "utf-8")
        except UnicodeEncodeError:  # names are escaped rather than written with signs left out
            text = json.dumps(value, allow_nan=False)
        click.echo(text)


_COMMANDS = re.compile(r"[\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")
"""What JSON may hold as it is, and a screen obeys."""

TOLD_ALIKE = 20
"""How many warnings of one kind are printed above an answer."""

TOLD_IN_FULL = 50
"""How many problems of one kind ``check`` prints in full."""

_OTHERS = {
    "error": (Label("more error", "autre erreur"), Label("more errors", "autres erreurs")),
    "warning": (Label("more warning", "autre avertissement"), Label("more warnings", "autres avertissements")),
}
_THERE = Label("{more} [{code}]: {cells}", "{more} [{code}] : {cells}")
_ALIKE = Label("{more} [{code}]: filiere check lists them all.", "{more} [{code}] : filiere check les donne tous.")
_SEVERITY = {"error": Label("error", "erreur"), "warning": Label("warning", "attention")}

_HELP = {
    "json": Label("Machine-readable result on standard output.", "Résultat lisible par une machine, sur la sortie."),
    "quiet": Label("Say nothing but errors.", "Ne dit rien d'autre que les erreurs."),
    "force": Label("Overwrite an existing output.", "Remplace un fichier de sortie existant."),
    "lang": Label("Language of messages and results.", "Langue des messages et des résultats."),
    "jobs": Label(
        "How many plans to work out at once, at most (without it, as many as cores and free memory allow, where it "
        "takes long). Only compare and stress work out several.",
        "Combien de plans calculer à la fois, au plus (sinon, autant que les cœurs et la mémoire libre le permettent, "
        "si c'est long). Seules compare et stress en calculent plusieurs."),
    "traceback": Label("Show the details of an internal fault.", "Montre le détail d'une erreur interne."),
    "output": Label("The file to write.", "Le fichier à écrire."),
    "scenario": Label("Which scenario.", "Quel scénario."),
    "nobody_worse_off": Label(
        "Leave every inside actor with at least what it has today, receipts less outlays.",
        "Laisse à chaque acteur du territoire au moins ce qu'il a cette année, recettes moins dépenses."),
    "no_member_worse_off": Label(
        "Leave every member with at least what it has today, receipts less outlays, whatever the other actors gain or "
        "lose.",
        "Laisse à chaque membre au moins ce qu'il a cette année, recettes moins dépenses, quoi que gagnent ou perdent "
        "les autres acteurs."),
    "time_limit_each": Label("Stop each plan after this many seconds with the best found.",
                             "Arrêter chaque plan après tant de secondes avec le meilleur trouvé."),
    "time_limit": Label("Stop after this many seconds with the best plan found.",
                        "S'arrête après ce nombre de secondes avec le meilleur plan trouvé."),
    "full": Label("Write every table, each on a sheet of its own, not the ten sheets of a meeting alone.",
                  "Écrit tous les tableaux, chacun sur sa feuille, et non les seules dix feuilles d'une réunion."),
}  # fmt: skip


def said(key: str) -> str:
    """Return the help text of a shared option in the language asked for."""
    return _HELP[key].to(asked_language())


def spared(command: Command) -> Command:
    """Add the two options that say whom a plan must leave with what they have today; both hold where both are given.

    The command gets them as ``nobody_worse_off``: everybody inside has the members among them.
    """

    @functools.wraps(command)
    def run(*args: Any, everybody: bool, members: bool, **more: Any) -> None:
        command(*args, nobody_worse_off="inside" if everybody else "members" if members else None, **more)

    also = click.option("--no-member-worse-off", "members", is_flag=True, help=said("no_member_worse_off"))
    return click.option("--nobody-worse-off", "everybody", is_flag=True, help=said("nobody_worse_off"))(
        also(cast(Command, run))
    )


def common(command: Command) -> Command:
    """Add the options that every command takes."""
    for option in (
        click.option("--traceback", is_flag=True, help=said("traceback")),
        click.option("--jobs", type=click.IntRange(min=1), metavar="N", help=said("jobs")),
        click.option("--lang", type=click.Choice(LANGUAGES), help=said("lang")),
        click.option("--quiet", is_flag=True, help=said("quiet")),
        click.option("--json", "as_json", is_flag=True, help=said("json")),
    ):
        command = option(command)
    return command


_NO_NAME = Label("A name is needed here, not an empty text.", "Il faut ici un nom, et non un texte vide.")
WORKBOOK_ENDING = Label(
    "A workbook is written here: its name ends in .xlsx.", "C'est un classeur qui est écrit : son nom finit par .xlsx."
)
_NOT_ON_WINDOWS = Label(
    "Windows takes this name for a device (CON, NUL, AUX…), drops the dots and spaces at its end, or allows no such "
    'sign in it (< > : " | ? *): choose another.',
    "Windows prend ce nom pour un périphérique (CON, NUL, AUX…), en ôte les points et espaces finaux, ou n'en admet "
    'pas un des signes (< > : " | ? *) : choisissez-en un autre.',
)
_NO_NUMBER = Label("This is not a number of seconds.", "Ce n'est pas un nombre de secondes.")


class NewFile(click.Path):
    """The name of a file to write; ``workbook``: one that ends in .xlsx; ``folder``: a folder to write files into.

    ``copy``: a copy of a workbook, which keeps its ending.
    """

    def __init__(self, workbook: bool = False, folder: bool = False, copy: bool = False) -> None:
        super().__init__(dir_okay=folder, file_okay=not folder, path_type=Path)  # which gives it its name
        self.dir_okay = self.file_okay = True  # what is there already is what the disk shows: refused later, with 5
        self.workbook, self.copy = workbook, copy

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Refuse an empty name and another ending."""
        if not str(value).strip():
            self.fail(_NO_NAME.to(asked_language()), param, ctx)
        from filiere.workbook.outputs.held import no_name_on_windows

        if no_name_on_windows(Path(value)):
            self.fail(_NOT_ON_WINDOWS.to(asked_language()), param, ctx)
        endings = (".xlsx",) if self.workbook else ("", ".xlsx", ".xlsm", ".ods") if self.copy else None
        if endings is not None and Path(value).suffix.lower() not in endings:
            self.fail(WORKBOOK_ENDING.to(asked_language()), param, ctx)
        return super().convert(value, param, ctx)


class Name(click.types.StringParamType):
    """The name of something that the workbook names: a scenario, an actor, a rule."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Refuse an empty name: no workbook has one."""
        if not str(value).strip():
            self.fail(_NO_NAME.to(asked_language()), param, ctx)
        return super().convert(value, param, ctx)


class Seconds(click.FloatRange):
    """A number of seconds above 0."""

    def __init__(self) -> None:
        super().__init__(min=0, min_open=True)

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Refuse what is no number, which no range does."""
        seconds = super().convert(value, param, ctx)
        if math.isnan(seconds):
            self.fail(_NO_NUMBER.to(asked_language()), param, ctx)
        return seconds


def writing(command: Command) -> Command:
    """Add the options of a command that writes a workbook."""
    command = click.option("--force", is_flag=True, help=said("force"))(command)
    return click.option("-o", "--output", type=NewFile(workbook=True), help=said("output"))(command)


class SectorName(click.Choice[str]):
    """The name of a sector: whatever has a file in ``models/``; with ``examples``, a worked example too."""

    def __init__(self, examples: bool = False) -> None:
        from filiere.sector.bundled import sector_names

        super().__init__(sector_names(examples))


existing_file = click.Path(exists=True, dir_okay=False, path_type=Path)


def one_file(command: Command) -> Command:
    """Add the argument of a command that reads one workbook."""
    name = Label("FILE", "FICHIER").to(asked_language())
    return click.argument("file", type=existing_file, metavar=name)(command)


def guarded(command: Command) -> Command:
    """Turn the errors a run may meet into their message and exit code.

    How many ``jobs`` may be done at once is given to a command that takes it; the others do one.
    """
    spreads = "jobs" in inspect.signature(command).parameters

    @functools.wraps(command)
    def run(
        *args: Any, lang: Language | None, as_json: bool, quiet: bool, traceback: bool, jobs: int | None, **kwargs: Any
    ) -> None:
        from filiere.problems import WorkbookError
        from filiere.workbook.outputs.output import OutputError
        from filiere.workbook.read.read import reading_once

        lang = lang or click.get_current_context().find_root().params.get("lang")  # before the command's name
        console = Console(lang or asked_language(), as_json, quiet)
        file = kwargs.get("file") or next(iter(kwargs.get("files", ())), None)

        def language() -> Language:
            return lang or workbook_language(file) or console.language

        outcome.speak_of_faults(language)
        _say_who_holds([file] if "file" in kwargs else kwargs.get("files", ()), console)
        try:
            with reading_once(), ticker.ticking(console.language, shown=not quiet and not as_json):
                command(*args, console=console, lang=lang, **kwargs, **({"jobs": jobs} if spreads else {}))
        except WorkbookError as error:
            spoken = Console(language(), as_json, quiet)
            spoken.problems(error.problems)
            if as_json:
                spoken.json({"problems": [problem_json(p, spoken.language) for p in error.problems]})
            stop(outcome.WORKBOOK)
        except OutputError as error:
            Console(language(), as_json, quiet).problems(error.problems)
            stop(outcome.OUTPUT)

    return run  # type: ignore[return-value]


def _say_who_holds(inputs: Iterable[Path | None], console: Console) -> None:
    """Warn of what is open in another program: it may show figures that are not saved yet."""
    from filiere.problems import writing as codes
    from filiere.workbook.outputs.held import holder

    for path in inputs:
        held = holder(path) if path is not None else None
        if path is not None and held is not None:
            console.problems([codes.INPUT_HELD.at(None, file=path.name, program=held.program)])


def workbook_language(path: Path | None) -> Language | None:
    """Return the language a workbook is written in, None where it cannot be told."""
    from filiere.chain.derived.language import language_of
    from filiere.problems import WorkbookError
    from filiere.workbook.read.read import read_workbook

    if path is None:
        return None
    try:
        return language_of(read_workbook(path, helpers=False))
    except WorkbookError:
        return None


def problem_json(problem: Problem, language: Language) -> dict[str, str | None]:
    """Return a problem as ``check --json`` prints it."""
    return {
        "severity": problem.severity.value,
        "code": problem.code,
        "cell": str(problem.cell) if problem.cell else None,
        "message": problem.message(language),
        "hint": problem.hint(language),
    }


def stop(code: int) -> NoReturn:
    """Leave the command with an exit code."""
    raise click.exceptions.Exit(code)
