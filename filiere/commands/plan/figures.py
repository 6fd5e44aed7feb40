"""The option ``--figures DIR``: each chart of the page as a picture for slides, SVG and PNG."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click

from filiere.commands import exits as outcome
from filiere.commands.common import Command, Voice, stop
from filiere.commands.language import asked_language
from filiere.language import Label, Language

_HELP = Label(
    "Write each chart into this folder too, as SVG and as PNG, for slides.",
    "Écrit aussi chaque graphique dans ce dossier, en SVG et en PNG, pour un diaporama.",
)
_FOLDER = Label("FOLDER", "DOSSIER")
_NO_ENGINE = Label(
    "Pictures cannot be drawn on this machine ({why}). The page has buttons that save each of its charts.",
    "Les images ne peuvent pas être dessinées sur cette machine ({why}). La page a des boutons qui enregistrent chacun "
    "de ses graphiques.",
)
_WROTE = Label("Picture written: {path} (and .png)", "Image écrite : {path} (et .png)")
_SUFFIXES = (".svg", ".png")


def figures_option(command: Command) -> Command:
    """Add the option of a command that draws charts."""
    language = asked_language()
    folder = click.Path(file_okay=False, path_type=Path)
    add = click.option("--figures", type=folder, metavar=_FOLDER.to(language), help=_HELP.to(language))
    return add(command)


@dataclass(frozen=True)
class Pictures:
    """Where the pictures of a run go (nowhere without ``folder``) and what their names begin with."""

    folder: Path | None
    stem: str
    force: bool

    def ready(self, voice: Voice) -> None:
        """Refuse, before a long calculation, what could not be drawn or would stand in the way of what is there.

        Raises ``OutputError`` for the latter; leaves the command for the former.
        """
        from filiere.report.page.pictures import NoEngineError, require_engine
        from filiere.workbook.output import refuse_output

        if self.folder is None:
            return
        try:
            require_engine()
        except NoEngineError as error:
            voice.warn(_NO_ENGINE.fill(why=str(error)))
            stop(outcome.OUTPUT)
        refuse_output(self.folder / f"{self.stem}-figure.svg", [], force=self.force)
        if not self.force and self.folder.is_dir():
            for path in sorted(self.folder.iterdir()):
                if path.suffix in _SUFFIXES and path.name.startswith(f"{self.stem}-"):
                    refuse_output(path, [], force=False)

    def write(self, document: Callable[[], Mapping[str, Any]], language: Language) -> list[Label]:
        """Draw every chart of a page's document, write each twice, and return a line on each."""
        from filiere.report.page.pictures import figures
        from filiere.workbook.output import write_bytes

        if self.folder is None:
            return []
        # All are drawn before any is written.
        drawn = [(figure.name, (figure.svg.encode(), figure.png())) for figure in figures(document(), language)]
        said = []
        for name, contents in drawn:
            paths = [self.folder / f"{self.stem}-{name}{suffix}" for suffix in _SUFFIXES]
            for path, content in zip(paths, contents, strict=True):
                write_bytes(path, content, force=self.force)
            said.append(_WROTE.fill(path=str(paths[0])))
        return said
