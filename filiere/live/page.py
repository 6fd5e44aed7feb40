"""The page around the plan: problems first, what is being worked out, the plan in a frame of its own."""

from __future__ import annotations

import base64
import hashlib
import html
import json
from importlib.resources import files
from typing import Any, NamedTuple

from filiere.language import LANGUAGES, Label
from filiere.palette import as_css

POLICY = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
"""For all that is no page."""

_WORDS = {
    "reading": Label("Reading…", "Lecture…"),
    "solving": Label("Looking for the best plan…", "Recherche du meilleur plan…"),
    "finishing": Label("Plan found; actions, levers and the results workbook follow…",
                       "Plan trouvé ; actions, leviers et classeur de résultats suivent…"),
    "ready": Label("Up to date", "À jour"),
    "problems": Label("The workbook has errors: correct them and save it.",
                      "Le classeur contient des erreurs : corrigez-les et enregistrez-le."),
    "none": Label("There is no plan", "Il n'y a pas de plan"),
    "fault": Label("The plan could not be worked out; saving the workbook tries again.",
                   "Le plan n'a pas pu être calculé ; enregistrer le classeur relance le calcul."),
    "gone": Label("The program has ended; what is shown stays.", "Le programme est terminé ; l'affichage reste."),
    "stale": Label("Last good plan, of {time}: not of what the workbook says now.",
                   "Dernier bon plan, de {time} : il ne correspond plus au classeur."),
    "error": Label("error", "erreur"),
    "warning": Label("attention", "attention"),
    "noproblem": Label("No problem found.", "Aucun problème."),
    "reference": Label("reference", "référence"),
    "scenario": Label("Scenario", "Scénario"),
    "language": Label("Language", "Langue"),
    "results": Label("Download the results workbook", "Télécharger le classeur de résultats"),
    "plan": Label("The plan", "Le plan"),
}  # fmt: skip


class Page(NamedTuple):
    """A page and the policy it is sent with."""

    content: bytes
    policy: str


def _asset(name: str) -> str:
    return files("filiere.live").joinpath("assets", name).read_text("utf-8")


def _hash(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


_ENTER = 'location.replace("/");'
LOGIN = Page(
    f'<!DOCTYPE html><meta charset="utf-8"><title>filiere</title><script>{_ENTER}</script>'.encode(),
    f"default-src 'none'; script-src {_hash(_ENTER)}; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
)
"""What answers the token: the page itself goes on, so that the address is left behind and the cookie is sent."""

WAITING = b'<!DOCTYPE html><meta charset="utf-8"><title>filiere</title>'
"""What stands in the frame before there is a plan."""


def shell(state: dict[str, Any], token: str) -> Page:
    """Return the page around the plan."""
    style, script = as_css() + _asset("live.css"), _asset("live.js")
    words = {language: {key: label.to(language) for key, label in _WORDS.items()} for language in LANGUAGES}
    data = json.dumps({"state": state, "words": words, "token": token}).replace("<", "\\u003c")
    content = (
        f'<!DOCTYPE html>\n<html lang="{state["language"]}">\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{html.escape(state['workbook'])}</title>\n<style>{style}</style>\n"
        f'<script type="application/json" id="data">{data}</script>\n{_asset("live.html")}<script>{script}</script>\n'
        "</html>\n"
    )
    policy = (
        f"default-src 'none'; script-src {_hash(script)}; style-src {_hash(style)}; connect-src 'self'; "
        "frame-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    )
    return Page(content.encode("utf-8", "replace"), policy)
