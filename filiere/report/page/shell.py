"""The shell of a page: one self-contained HTML file that shows a document of sections, whatever they hold.

Nothing of a workbook becomes HTML or JavaScript: the document travels as JSON whose ``<``, ``>``, ``&`` and line
separators are escaped, and the script only ever sets text. A content security policy forbids every request, and
every script but those of this file, known by their SHA-256.
"""

from __future__ import annotations

import base64
import hashlib
import html
import json
import re
from collections.abc import Iterable, Mapping
from importlib.resources import files
from typing import Any

from filiere.language import Language
from filiere.palette import as_css, as_script

LIBRARY = "echarts/echarts.min.js"
CHARTS = (
    "core.js",
    "charts.js",
    "bars.js",
    "scatter.js",
    "tornado.js",
    "multiples.js",
    "flows.js",
    "sankey.js",
    "map.js",
)
"""What draws charts; loads without a window too, for pictures."""
_SCRIPTS = (*CHARTS, "tables.js", "partners.js", "main.js")
_ESCAPES = {ord("<"): "\\u003c", ord(">"): "\\u003e", ord("&"): "\\u0026", 0x2028: "\\u2028", 0x2029: "\\u2029"}
_HOLE = re.compile(r"\{\{(\w+)\}\}")


def shell(document: Mapping[str, Any], language: Language, title: str) -> bytes:
    """Return the page of a document.

    ``document`` has ``words`` (the page's own texts) and ``sections``, a list of ``{id, title, blocks}``; each
    block has a ``type`` that the script draws (``figures``, ``remarks``, ``text``, ``sankey``, ``map``, ``bars``,
    ``scatter``, ``tornado``, ``multiples``, ``table``). Any value may be a text in two languages, as :func:`both`
    makes it.
    """
    library = asset(LIBRARY)
    script = script_of(_SCRIPTS)
    holes = {
        "language": language,
        "title": html.escape(title),
        "policy": _policy(library, script),
        "style": as_css() + asset("page.css"),
        "data": json_text(document),
        "library": library,
        "script": script,
    }
    return _HOLE.sub(lambda hole: holes[hole[1]], asset("page.html")).encode("utf-8", "replace")


def script_of(names: Iterable[str]) -> str:
    """Return scripts as one, behind the colours that they all draw with."""
    return as_script() + "\n".join(asset(name) for name in names)


def json_text(value: Any) -> str:
    """Return a value as JSON that can stand inside a script element."""
    text = json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    return text.translate(_ESCAPES)


def both(en: Any, fr: Any) -> Any:
    """Return one value that holds two languages: what is equal once, what differs as ``{"_en": …, "_fr": …}``.

    Dicts and lists of the same shape are merged part by part, so that numbers and names are kept once.
    """
    if en == fr:
        return en
    if isinstance(en, dict) and isinstance(fr, dict) and en.keys() == fr.keys():
        return {key: both(en[key], fr[key]) for key in en}
    if isinstance(en, list) and isinstance(fr, list) and len(en) == len(fr) and _nested(en) and _nested(fr):
        return [both(one, other) for one, other in zip(en, fr, strict=True)]
    return {"_en": en, "_fr": fr}


def _nested(values: list[Any]) -> bool:
    return all(isinstance(value, dict | list) for value in values)


def _policy(*scripts: str) -> str:
    hashes = " ".join(f"'sha256-{base64.b64encode(hashlib.sha256(s.encode()).digest()).decode()}'" for s in scripts)
    # The library sets style attributes; pictures are saved from blobs made on the page.
    return (
        f"default-src 'none'; script-src {hashes}; style-src 'unsafe-inline'; img-src data: blob:; "
        "connect-src 'none'; base-uri 'none'; form-action 'none'"
    )


def asset(name: str) -> str:
    """Return the text of a file of the page."""
    return files("filiere.report.page").joinpath("assets", *name.split("/")).read_text("utf-8")
