"""Where the results of a command go: a workbook of their own, or more sheets in a copy of the workbook they are of."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import click

from filiere.commands.common import Command, NewFile, Voice, writing
from filiere.commands.language import asked_language
from filiere.commands.plan.figures import figures_option
from filiere.language import Label

if TYPE_CHECKING:
    from filiere.workbook.graft.graft import Host, NotAddedError

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


@dataclass(frozen=True)
class Wished:
    """What a command that writes results was asked to write: a copy of its input, pictures, a workbook by name."""

    copy: Path | None = None
    figures: Path | None = None
    output: Path | None = None
    force: bool = False


def results(command: Command) -> Command:
    """Add the options of a command that writes results; it gets them together, as ``wished``."""

    @functools.wraps(command)
    def run(*args: Any, copy: Path | None, figures: Path | None, output: Path | None, force: bool, **more: Any) -> None:
        if copy is not None and output is not None and _one_file(copy, output):
            raise click.UsageError(_TWICE.to(asked_language()))
        command(*args, wished=Wished(copy, figures, output, force), **more)

    kind, metavar = NewFile(), _COPY.to(asked_language())
    into = click.option("--into", "copy", type=kind, metavar=metavar, help=_INTO.to(asked_language()))
    return into(figures_option(writing(cast(Command, run))))


def _one_file(one: Path, other: Path) -> bool:
    from filiere.workbook.output import same_file

    return same_file(one, other)


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

    @property
    def main(self) -> Path | None:
        """The workbook that the page lies beside."""
        return self.copy if self.host is not None else self.separate

    def workbooks(self, make: Maker, voice: Voice) -> list[tuple[Path, bytes]]:
        """Return the workbooks to write, the main one first; says why where the copy cannot be made after all."""
        made: list[tuple[Path, bytes]] = []
        if self.copy is not None and self.host is not None:
            content = self._copied(make, self.copy, self.host, voice)
            made += [(self.copy, content)] if content else []
        if self.separate is not None and (not made or self.also):
            made.append((self._free(self.separate), make(self.separate.parent, None)))
        return made

    def say(self, written: Iterable[Path], wrote: Label, voice: Voice) -> None:
        """Tell which workbooks were written."""
        for path in written:
            if path == self.copy and self.host is not None:
                from filiere.workbook.graft.graft import open_host

                count = len(open_host(path).sheets) - len(self.host.sheets)
                voice.say(_WROTE.fill(name=self.file.name, count=str(count), path=str(path)))
            else:
                voice.say(wrote.fill(path=str(path)))

    def _copied(self, make: Maker, copy: Path, host: Host, voice: Voice) -> bytes | None:
        from filiere.workbook.graft.check import check_copy
        from filiere.workbook.graft.graft import NotAddedError, graft

        guest = make(copy.parent, host.sheets)
        try:
            content = graft(host, guest)
            check_copy(host, content, guest)
        except NotAddedError as error:
            _tell(error, self.file, voice)
            return None
        return content

    def _free(self, path: Path) -> Path:
        """Return ``path``, or a free name beside it where the fall-back from a copy would meet another file."""
        from filiere.workbook.output import free_name

        fallen_back = self.host is not None and not self.also
        return free_name(path) if fallen_back and path.exists() and not self.force else path


def destination(
    file: Path, wished: Wished, usual: Path | None, voice: Voice,
    beside: Callable[[Path | None], Iterable[Path]] = lambda path: [path] if path else [],
) -> Destination:  # fmt: skip
    """Return where the results of ``file`` go, having refused what must not be written, before any long calculation.

    ``usual`` is the name taken where none was asked for, ``beside`` all that is written with the
    main workbook. Raises OutputError.
    """
    from filiere.workbook.output import refuse_output

    host = _host(file, wished.copy, voice) if wished.copy is not None else None
    separate = wished.output or usual
    goes = Destination(file, wished.copy, host, separate, wished.output is not None, wished.force)
    also = [separate] if goes.also and separate is not None else []
    for path in dict.fromkeys([*beside(goes.main), *also]):
        refuse_output(path, [file], force=wished.force)
    return goes


def _host(file: Path, copy: Path, voice: Voice) -> Host | None:
    from filiere.problems import writing as codes
    from filiere.workbook.graft.graft import NO_WORKBOOK, NotAddedError, open_host
    from filiere.workbook.output import OutputError, refuse_input

    refuse_input(copy, [file])
    try:
        host = open_host(file)
    except NotAddedError as error:
        if error.reason != NO_WORKBOOK:  # which reading it will say better
            _tell(error, file, voice)
        return None
    if copy.suffix.lower() != host.suffix:
        right = copy.with_suffix(host.suffix).name
        raise OutputError(codes.OTHER_ENDING.at(None, file=copy.name, ending=host.suffix, free=right))
    return host


def _tell(error: NotAddedError, file: Path, voice: Voice) -> None:
    from filiere.problems import writing as codes

    voice.problems([codes.NOT_ADDED.at(None, file=file.name, reason=error.reason)])
