"""``--members``: a sheet for each member, with its own figures alone."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from filiere.commands.common import Command, Console, NewFile
from filiere.commands.language import asked_language
from filiere.commands.plan.destination import Destination
from filiere.language import Label, counted

if TYPE_CHECKING:
    from filiere.result import Result

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
    from filiere.workbook.outputs.output import refuse_output

    if folder is None:
        return
    asked = Asked("--members", folder)
    there = sorted(folder.glob("[0-9][0-9]*-*.xlsx")) if folder.is_dir() and not goes.force else []
    for path in [folder / "00-members.xlsx", *there]:
        refuse_output(path, [goes.file], force=goes.force, run=goes.run, asked=asked)


def write_members(result: Result, folder: Path | None, console: Console, goes: Destination) -> list[Label]:
    """Write the sheets, all made before any is written; return a line that says how many."""
    from filiere.report.member.workbook import member_workbooks

    return [] if folder is None else write_sheets(member_workbooks(result, console.language), folder, console, goes)


def write_sheets(
    workbooks: Iterable[tuple[str, bytes]], folder: Path, console: Console, goes: Destination
) -> list[Label]:  # fmt: skip
    """Write the workbooks of members, all made before any is written; return a line that says how many."""
    from filiere.workbook.outputs.free_names import Asked

    made = [(folder / name, content) for name, content in workbooks]
    asked = {path: Asked("--members", folder) for path, _ in made}
    console.save(made, force=goes.force, run=goes.run, asked=asked)
    return [_WROTE.fill(files=counted(len(made), _FILE, _FILES), folder=str(folder))]
