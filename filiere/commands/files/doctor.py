"""``filiere doctor``: what this machine has, to paste into a mail that asks for help."""

from __future__ import annotations

import locale
import os
import platform
import sys
import tempfile
from collections.abc import Callable
from importlib import metadata
from pathlib import Path

import click

from filiere.commands.common import Console, common, guarded
from filiere.commands.language import asked_language
from filiere.language import Label, Language, number

_DOES = Label(
    "Show versions, solver, fonts, folders, locale and memory on one screen; no name of a user, machine or workbook.",
    "Affiche versions, solveur, polices, dossiers, paramètres régionaux et mémoire sur un écran ; aucun nom "
    "d'utilisateur, de machine ou de classeur.",
)
_LIBRARIES = (
    "pyomo", "highspy", "pandas", "numpy", "scipy", "openpyxl", "xlsxwriter", "click",
    "mini-racer", "resvg-py", "pypdf",
)  # fmt: skip
_ROWS = {
    "filiere": Label("filiere", "filiere"),
    "python": Label("Python", "Python"),
    "system": Label("System", "Système"),
    "solver": Label("Solver", "Solveur"),
    "libraries": Label("Libraries", "Bibliothèques"),
    "pictures": Label("Pictures", "Images"),
    "program": Label("Program", "Programme"),
    "folder": Label("This folder", "Ce dossier"),
    "temporary": Label("Temporary folder", "Dossier temporaire"),
    "locale": Label("Locale", "Paramètres régionaux"),
    "memory": Label("Memory", "Mémoire"),
    "cores": Label("Cores", "Cœurs"),
}
_WRITABLE = Label("{path} (writable)", "{path} (accessible en écriture)")
_CLOSED = Label("{path} (NOT writable)", "{path} (NON accessible en écriture)")
_SOLVES = Label("HiGHS {version}, solves", "HiGHS {version}, fonctionne")
_FAILS = Label("HiGHS does not work: {reason}", "HiGHS ne fonctionne pas : {reason}")
_DRAWN = Label("can be drawn", "peuvent être dessinées")
_NOT_DRAWN = Label("cannot be drawn: {reason}", "ne peuvent pas être dessinées : {reason}")
_MISSING = Label("missing", "absent")
_UNKNOWN = Label("unknown", "inconnue")


@click.command("doctor", help=_DOES.to(asked_language()))
@common
@guarded
def command(console: Console, lang: Language | None) -> None:
    """Look at the machine and say what was found."""
    found = diagnosis(console.language)
    if console.as_json:
        console.json(found)
    else:
        width = max(len(label.to(console.language)) for label in _ROWS.values())
        for key, text in found.items():
            click.echo(f"{_ROWS[key].to(console.language):{width}}  {text}")


def diagnosis(language: Language) -> dict[str, str]:
    """Return one line a subject, in ``language``; paths below the home folder begin with ``~``."""
    return {
        "filiere": metadata.version("filiere"),
        "python": platform.python_version() + (" (64 bit)" if sys.maxsize > 2**32 else " (32 bit)"),
        "system": f"{platform.system()} {platform.release()} {platform.machine()}",
        "solver": _solver().to(language),
        "libraries": ", ".join(f"{name} {_version(name, language)}" for name in _LIBRARIES),
        "pictures": _pictures().to(language),
        "program": _at_home(Path(sys.executable)),
        "folder": _folder(Path.cwd).to(language),
        "temporary": _folder(lambda: Path(tempfile.gettempdir())).to(language),
        "locale": f"{locale.getlocale()[0] or 'C'} / {sys.getfilesystemencoding()} / {sys.stdout.encoding}",
        "memory": _memory(language),
        "cores": str(os.cpu_count() or _UNKNOWN.to(language)),
    }


def _version(name: str, language: Language) -> str:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return _MISSING.to(language)


def _solver() -> Label:
    """Solve a programme of one column, as a plan would be."""
    try:
        from filiere.solver.session.highs import smallest_programme_solves

        if not smallest_programme_solves():
            return _FAILS.fill(reason="?")
    except (ImportError, OSError, RuntimeError) as error:
        return _FAILS.fill(reason=type(error).__name__)
    return _SOLVES.fill(version=metadata.version("highspy"))


def _pictures() -> Label:
    from filiere.report.page.pictures import NoEngineError, require_engine

    try:
        require_engine()
    except NoEngineError as error:
        return _NOT_DRAWN.fill(reason=str(error))
    return _DRAWN


def _folder(where: Callable[[], Path]) -> Label:
    """Say whether a file can be made in a folder, by making one that is gone again at once."""
    try:
        folder = where()
    except OSError as error:
        return _CLOSED.fill(path=type(error).__name__)
    try:
        with tempfile.TemporaryFile(dir=folder):
            pass
    except OSError:
        return _CLOSED.fill(path=_at_home(folder))
    return _WRITABLE.fill(path=_at_home(folder))


def _at_home(path: Path) -> str:
    try:
        return str(Path("~") / path.relative_to(Path.home()))
    except (ValueError, RuntimeError):
        return str(path)


def _memory(language: Language) -> str:
    try:
        size = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    except (AttributeError, ValueError, OSError):  # Windows has no sysconf
        return _UNKNOWN.to(language)
    return f"{number(size / 2**30, language, 1)}\u00a0{Label('GiB', 'Gio').to(language)}"
