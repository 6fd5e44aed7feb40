"""Where the results of a command go: a workbook of their own, or more sheets in a copy of the workbook they are of."""

from __future__ import annotations

import functools
import os
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import click

from filiere.commands.common import Command, Console, NewFile, writing
from filiere.commands.language import asked_language
from filiere.commands.plan.figures import figures_option
from filiere.language import Label

if TYPE_CHECKING:
    from filiere.workbook.outputs.free_names import Asked
    from filiere.workbook.parts.host import Host, NotAddedError

Maker = Callable[[Path, Sequence[str] | None], bytes]
"""Makes a workbook of results that will lie in a folder, or whose sheets come among others of these names."""

_INTO = Label(
    "Write a copy of the workbook with the results as added sheets; all the rest of it stays as it is.",
    "Écrit une copie du classeur où les résultats sont des feuilles ajoutées ; tout le reste y est inchangé.",
)
_COPY = Label("COPY", "COPIE")
_WROTE = Label(
    "Copy of {name} written, with the results in {count} added sheets: {path}",
    "Copie de {name} écrite, avec les résultats en {count} feuilles ajoutées : {path}",
)


_TWICE = Label(
    "--into and -o name one file: give each its own.",
    "--into et -o désignent un même fichier : donnez à chacun le sien.",
)


_FOLDER_TWICE = Label(
    "{option} names a folder, and this name is asked for as a file too.",
    "{option} désigne un dossier, et ce nom est aussi demandé comme fichier.",
)
_ABOUT_OUTPUT = frozenset({
    "file", "files", "into", "annotate", "copy", "figures", "output", "force", "full", "sheets", "jobs", "scheduler",
    "cluster", "time_limit", "solver", "lang", "quiet", "as_json", "traceback",
})  # fmt: skip
"""Parameters that do not change the question a run answers."""


@dataclass(frozen=True)
class Wished:
    """What a command that writes results was asked to write: a copy of its input, pictures, a workbook by name."""

    copy: Path | None = None
    figures: Path | None = None
    output: Path | None = None
    force: bool = False
    usual: Path | None = None
    """The name of the workbook where none is asked for; beside what it is of where none is usual either."""


def results(command: Command) -> Command:
    """Add the options of a command that writes results; it gets them together, as ``wished``."""

    @functools.wraps(command)
    def run(*args: Any, copy: Path | None, figures: Path | None, output: Path | None, force: bool, **more: Any) -> None:
        if copy is not None and output is not None and _one_name(copy, output):
            raise click.UsageError(_TWICE.to(asked_language()))
        for option, folder in (("--figures", figures), ("--members", more.get("sheets"))):
            if folder is not None and any(path is not None and _one_name(path, folder) for path in (copy, output)):
                raise click.UsageError(_FOLDER_TWICE.fill(option=option).to(asked_language()))
        command(*args, wished=Wished(copy, figures, output, force), **more)

    kind, metavar = NewFile(copy=True), _COPY.to(asked_language())
    into = click.option("--into", "copy", type=kind, metavar=metavar, help=_INTO.to(asked_language()))
    return into(figures_option(writing(cast(Command, run))))


def _one_name(one: Path, other: Path) -> bool:
    """Whether two names are one as they are written, links and letter case aside."""
    return os.path.normcase(os.path.normpath(one)) == os.path.normcase(os.path.normpath(other))


@dataclass(frozen=True)
class Destination:
    """Where results go. ``host`` is the input ready to be copied with them; without it, or beside it, ``separate``."""

    file: Path
    copy: Path | None
    host: Host | None
    separate: Path | None
    also: bool
    """Whether a workbook of their own is wanted beside the copy."""
    force: bool
    run: str = ""
    """What stands for this run in the mark of its results; none where they go into a copy."""
    paths: tuple[Path, ...] = ()
    """All the files of the run that have names by now."""

    @property
    def main(self) -> Path | None:
        """The workbook that the page lies beside."""
        return self.copy if self.host is not None else self.separate

    def asked(self, path: Path) -> Asked:
        """Return how an output was asked for: with the copy, or by ``-o``, as the usual name could have been."""
        from filiere.workbook.outputs.free_names import Asked

        if path == self.separate:
            return Asked()
        return Asked("--into", self.copy) if self.host is not None else Asked("-o", self.separate)

    def workbooks(self, make: Maker, console: Console) -> list[tuple[Path, bytes]]:
        """Return the workbooks to write, the main one first; says why where the copy cannot be made after all."""
        made: list[tuple[Path, bytes]] = []
        if self.copy is not None and self.host is not None:
            content = self._copied(make, self.copy, self.host, console)
            made += [(self.copy, content)] if content else []
        if self.separate is not None and (not made or self.also):
            made.append((self._free(self.separate), make(self.separate.parent, None)))
        return made

    def say(self, written: Iterable[Path], wrote: Label, console: Console) -> None:
        """Tell which workbooks were written."""
        for path in written:
            if path == self.copy and self.host is not None:
                from filiere.workbook.parts.host import open_host

                count = len(open_host(path).sheets) - len(self.host.sheets)
                console.say(_WROTE.fill(name=self.file.name, count=str(count), path=str(path)))
            else:
                console.say(wrote.fill(path=str(path)))

    def _copied(self, make: Maker, copy: Path, host: Host, console: Console) -> bytes | None:
        from filiere.workbook.graft.check import check_copy
        from filiere.workbook.graft.graft import graft
        from filiere.workbook.parts.host import NotAddedError

        guest = make(copy.parent, host.sheets)
        try:
            content = graft(host, guest)
            check_copy(host, content, guest)
        except NotAddedError as error:
            _tell(error, self.file, console)
            return None
        return content

    def _free(self, path: Path) -> Path:
        """Return ``path``, or a free name beside it where the fall-back from a copy would meet another file."""
        from filiere.workbook.outputs.free_names import free_name

        fallen_back = self.host is not None and not self.also
        return free_name(path) if fallen_back and path.exists() and not self.force else path


def destination(
    file: Path, wished: Wished, usual: Path | None, console: Console,
    beside: Callable[[Path | None], Iterable[Path]] = lambda path: [path] if path else [],
    inputs: Sequence[Path] = (),
) -> Destination:  # fmt: skip
    """Return where the results of ``file`` go, having refused what must not be written, before any long calculation.

    ``usual`` is the name taken where none was asked for, ``beside`` all that is written with the main workbook; both
    are numbered where something else than a former result of this run stands there. Raises OutputError.
    """
    from filiere.workbook.outputs.mark import run_of
    from filiere.workbook.outputs.output import refuse_output, refuse_twice

    host = _host(file, wished.copy, console) if wished.copy is not None else None
    run = "" if host is not None else run_of(inputs or [file], question())
    separate = wished.output
    if separate is None and usual is not None:
        separate = usual if host is not None or wished.force else own_or_free(usual, beside, run, console)
    goes = Destination(file, wished.copy, host, separate, wished.output is not None, wished.force, run)
    also = [separate] if goes.also and separate is not None else []
    paths = list(dict.fromkeys([*beside(goes.main), *also]))
    for path in paths:
        refuse_output(path, inputs or [file], force=wished.force, run=run, asked=goes.asked(path))
    refuse_twice(paths)
    return replace(goes, paths=tuple(paths))


def question() -> list[str]:
    """Return the command under way and the options that say what it is asked."""
    context = click.get_current_context(silent=True)
    if context is None:
        return []
    asked = sorted((name, value) for name, value in context.params.items() if name not in _ABOUT_OUTPUT)
    return [context.info_name or "", *(f"{name}={value!r}" for name, value in asked)]


def own_or_free(usual: Path, beside: Callable[[Path | None], Iterable[Path]], run: str, console: Console) -> Path:
    """Return the usual name, or the first numbered one, under which nothing lies but former results of this run."""
    from filiere.problems import writing as codes
    from filiere.workbook.outputs.free_names import numbered_names
    from filiere.workbook.outputs.mark import is_own

    for path in numbered_names(usual):
        if all(is_own(one, run) or not os.path.lexists(one) for one in beside(path)):
            break
    if path != usual:
        console.problems([codes.NUMBERED.at(None, file=usual.name, free=path.name)])
    return path


def _host(file: Path, copy: Path, console: Console) -> Host | None:
    from filiere.problems import writing as codes
    from filiere.workbook.outputs.free_names import Asked
    from filiere.workbook.outputs.output import OutputError, refuse_input
    from filiere.workbook.parts.host import NO_WORKBOOK, NotAddedError, open_host

    refuse_input(copy, [file], Asked("--into"))
    try:
        host = open_host(file)
    except NotAddedError as error:
        if error.reason != NO_WORKBOOK:  # which reading it will say better
            _tell(error, file, console)
        return None
    if copy.suffix.lower() != host.suffix:
        right = copy.with_suffix(host.suffix).name
        raise OutputError(codes.OTHER_ENDING.at(None, file=copy.name, ending=host.suffix, free=right))
    return host


def _tell(error: NotAddedError, file: Path, console: Console) -> None:
    from filiere.problems import writing as codes

    console.problems([codes.NOT_ADDED.at(None, file=file.name, reason=error.reason)])
