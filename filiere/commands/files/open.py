"""``filiere open``: the page of the plan in the browser, worked out again each time the workbook is saved."""

from __future__ import annotations

import threading
import webbrowser
from pathlib import Path

import click

from filiere.commands.common import Console, Name, common, guarded, one_file, said
from filiere.commands.language import asked_language
from filiere.language import Label, Language

_DOES = Label(
    "Show the plan in the browser, worked out again each time the workbook is saved; Ctrl-C ends it.",
    "Montre le plan dans le navigateur, recalculé à chaque enregistrement du classeur ; Ctrl-C y met fin.",
)
_NO_BROWSER = Label(
    "Only say the address, which opens once.", "Indique seulement l'adresse, qui ne s'ouvre qu'une fois."
)
_FOLLOWING = Label(
    "Following {name}. If no page opens, open {address} (once). Ctrl-C ends it.",
    "Suivi de {name}. Si aucune page ne s'ouvre, ouvrez {address} (une seule fois). Ctrl-C y met fin.",
)
_NO_JSON = Label("open shows a page: it has no --json.", "open montre une page : il n'a pas de --json.")


@click.command("open", help=_DOES.to(asked_language()))
@one_file
@click.option("--scenario", type=Name(), default="reference", help=said("scenario"))
@click.option("--no-browser", is_flag=True, help=_NO_BROWSER.to(asked_language()))
@common
@guarded
def command(file: Path, scenario: str, no_browser: bool, console: Console, lang: Language | None) -> None:
    """Follow a workbook until somebody ends it."""
    from filiere.language import readable
    from filiere.live.server import Server
    from filiere.live.session import Session

    if console.as_json:
        raise click.UsageError(_NO_JSON.to(console.language))
    session = Session(file, scenario, lang, console.language)
    try:
        server = Server(session)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        session.start()
        console.say(_FOLLOWING.fill(name=readable(file.name), address=server.address))
        if not no_browser:
            webbrowser.open(server.address)
        threading.Event().wait()
    finally:
        session.stop()
