"""The option ``--figures DIR``: each chart of the page as a picture for slides, SVG and PNG."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from filiere.commands import exits as outcome
from filiere.commands.common import Command, Console, NewFile, stop
from filiere.commands.language import asked_language
from filiere.language import Label, Language

if TYPE_CHECKING:
    from filiere.report.document import Document

_HELP = Label(
    "Write each chart into this folder too, as SVG and as PNG, for slides; with a plan, one page for partners.",
    "Écrit aussi chaque graphique dans ce dossier, en SVG et en PNG, pour un diaporama ; avec un plan, une page "
    "pour les partenaires.",
)
_FOLDER = Label("FOLDER", "DOSSIER")
_NO_ENGINE = Label(
    "Pictures cannot be drawn on this machine ({why}). The page has buttons that save each of its charts.",
    "Les images ne peuvent pas être dessinées sur cette machine ({why}). La page a des boutons qui enregistrent chacun "
    "de ses graphiques.",
)
_WROTE = Label("Picture written: {path} (and .png)", "Image écrite : {path} (et .png)")
_SUFFIXES = (".svg", ".png")
_SHEET_SUFFIX = ".html"
_SHEET = Label("partners", "partenaires")
_SHEET_WROTE = Label("One page for partners, to print: {path}", "Une page pour les partenaires, à imprimer : {path}")


def figures_option(command: Command) -> Command:
    """Add the option of a command that draws charts."""
    language = asked_language()
    add = click.option("--figures", type=NewFile(folder=True), metavar=_FOLDER.to(language), help=_HELP.to(language))
    return add(command)


@dataclass(frozen=True)
class Pictures:
    """Where the pictures of a run go (nowhere without ``folder``) and what their names begin with."""

    folder: Path | None
    stem: str
    force: bool
    run: str = ""

    def ready(self, console: Console, beside: Sequence[Path]) -> None:
        """Refuse, before a long calculation, what could not be drawn or would stand in the way of what is there.

        ``beside`` are the other outputs. Raises ``OutputError`` for the latter; leaves the command for the former.
        """
        from filiere.report.page.pictures import NoEngineError, require_engine
        from filiere.workbook.outputs.free_names import Asked
        from filiere.workbook.outputs.output import refuse_folder, refuse_output

        if self.folder is None:
            return
        refuse_folder(self.folder, beside)
        try:
            require_engine()
        except NoEngineError as error:
            console.warn(_NO_ENGINE.fill(why=str(error)))
            stop(outcome.OUTPUT)
        asked = Asked("--figures", self.folder)
        refuse_output(self.folder / f"{self.stem}-figure.svg", [], force=self.force, asked=asked)
        if not self.force and self.folder.is_dir():
            for path in sorted(self.folder.iterdir()):
                if path.suffix in (*_SUFFIXES, _SHEET_SUFFIX) and path.name.startswith(f"{self.stem}-"):
                    refuse_output(path, [], force=False, run=self.run, asked=asked)

    def sheet(self, made: Callable[[Language], Document] | None, language: Language) -> list[tuple[Path, bytes]]:
        """Return the sheet for partners, of a plan; nothing without a folder."""
        from filiere.report.page.render import page_in

        if self.folder is None or made is None:
            return []
        return [(self.folder / f"{self.stem}-{_SHEET.to(language)}{_SHEET_SUFFIX}", page_in(made(language)))]

    def drawn(self, document: Callable[[Language], Document], language: Language) -> list[tuple[Path, bytes]]:
        """Draw every chart of a page's document, each twice. Raises ``NoEngineError``."""
        from filiere.report.page.pictures import figures

        if self.folder is None:
            return []
        return [
            (self.folder / f"{self.stem}-{figure.name}{suffix}", content)
            for figure in figures(document(language))
            for suffix, content in zip(_SUFFIXES, (figure.svg.encode(), figure.png()), strict=True)
        ]


def drawn_lines(pictures: list[tuple[Path, bytes]]) -> list[Label]:
    """Return a line on each picture, and on the sheet for partners."""
    lines = [_WROTE.fill(path=str(path)) for path, _ in pictures if path.suffix == _SUFFIXES[0]]
    return lines + [_SHEET_WROTE.fill(path=str(path)) for path, _ in pictures if path.suffix == _SHEET_SUFFIX]


def not_drawn(why: str) -> Label:
    """Return what is said where the files of a run were written and its pictures could not be drawn."""
    return _NO_ENGINE.fill(why=why)
