"""``--members``: a sheet for each member, with its own figures alone."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

import click

from filiere.commands.common import Command, NewFile
from filiere.commands.language import asked_language
from filiere.commands.plan.destination import Destination
from filiere.language import Label, counted

_HELP = Label(
    "Write a workbook for each member into this folder: what it delivers, buys, makes and decides, its own figures "
    "alone.",
    "Écrit dans ce dossier un classeur par membre : ce qu'il livre, achète, fait et décide, avec ses seuls chiffres.",
)
_WROTE = Label("Members' sheets written: {files} in {folder}", "Fiches des membres écrites : {files} dans {folder}")
_FILE, _FILES = Label("file", "fichier"), Label("files", "fichiers")


def members_option(command: Command) -> Command:
    """Add the option of a command that writes a sheet for each member."""
    folder, metavar = NewFile(folder=True), Label("FOLDER", "DOSSIER").to(asked_language())
    return click.option("--members", "sheets", type=folder, metavar=metavar, help=_HELP.to(asked_language()))(command)


def refuse_taken(folder: Path | None, goes: Destination) -> None:
    """Refuse, before a long calculation, a folder that holds others' or changed sheets. Raises ``OutputError``."""
    from filiere.workbook.outputs.free_names import Asked
    from filiere.workbook.outputs.output import refuse_folder, refuse_output

    if folder is None:
        return
    refuse_folder(folder, goes.paths)
    asked = Asked("--members", folder)
    there = sorted(folder.glob("[0-9][0-9]*-*.xlsx")) if folder.is_dir() and not goes.force else []
    for path in [folder / "00-members.xlsx", *there]:
        refuse_output(path, [goes.file], force=goes.force, run=goes.run, asked=asked)


@dataclass(frozen=True)
class Sheets:
    """The workbooks of members: into which folder (nowhere without one), and what makes them."""

    folder: Path | None
    make: Callable[[], Iterable[tuple[str, bytes]]]

    def made(self) -> list[tuple[Path, bytes]]:
        """Make them all."""
        folder = self.folder
        return [] if folder is None else [(folder / name, content) for name, content in self.make()]

    def line(self, count: int) -> Label:
        """Return what says how many were written."""
        return _WROTE.fill(files=counted(count, _FILE, _FILES), folder=str(self.folder))


NO_SHEETS = Sheets(None, list)
