"""Pictures for slides: each chart of a page as SVG and PNG, drawn by the page's own code without a browser.

The charts' JavaScript runs in V8 (``py_mini_racer``) and ECharts' server-side renderer gives SVG; resvg turns it into
PNG with the fonts that are carried along, so that no picture loses its text on a machine with few fonts.
"""

from __future__ import annotations

import json
import os
import pickle
import re
import unicodedata
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from importlib.resources import as_file, files

from filiere.guard import memory_limit
from filiere.palette import WHITE
from filiere.report.document import Document
from filiere.report.page.render import values
from filiere.report.page.shell import CHARTS, LIBRARY, asset, script_of

_FAMILY = "DejaVu Sans"
_FONTS = ("DejaVuSansCondensed.ttf", "DejaVuSansCondensed-Bold.ttf")
_SCALE = 2
"""Pixels a unit of the drawing: 1,920 or 2,800 across, as a projector shows."""
_RARE = re.compile("[\u2e80-\ufdcf\ufe30-\uffef\U00010000-\U0010ffff]")
"""What the fonts carried along may lack (East Asian scripts, some pictographs): the machine's own are asked then."""
_NEEDLESS = re.compile(r' (?:ecmeta_\w+|class|pointer-events|clip-path)="[^"]*"|<style[^>]*>.*?</style>', re.DOTALL)
_UNWRITABLE = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What no XML may hold (XML 1.0, 2.2), even escaped."""
_CENTRAL = re.compile(' dominant-baseline="central"')
_LONGEST = 60
_NO_ROOM = "V8: ulimit -v"
"""What is short, in words of any language."""


class NoEngineError(Exception):
    """The libraries that draw pictures do not run on this machine; says why."""


@dataclass(frozen=True)
class Figure:
    """One picture: its title as it is drawn, a name for its files, and the drawing itself."""

    title: str
    name: str
    svg: str

    def png(self, scale: int = _SCALE) -> bytes:
        """Return the picture in pixels, ``scale`` of them a unit of the drawing, on white. Raises ``NoEngineError``."""
        import resvg_py

        folder = files("filiere.report.page").joinpath("assets", "fonts")
        with ExitStack() as kept:
            paths = [str(kept.enter_context(as_file(folder / name))) for name in _FONTS]
            try:
                return bytes(resvg_py.svg_to_bytes(
                    svg_string=self.svg, zoom=scale, background=WHITE, font_files=paths, font_family=_FAMILY,
                    sans_serif_family=_FAMILY, skip_system_fonts=_RARE.search(self.svg) is None,
                ))  # fmt: skip
            except (ValueError, RuntimeError, OSError, MemoryError) as error:
                raise NoEngineError(str(error) or type(error).__name__) from error


def require_engine() -> None:
    """Raise NoEngineError where pictures cannot be drawn: worth knowing before a long calculation."""
    try:
        import py_mini_racer
        import resvg_py
    except (ImportError, OSError) as error:
        raise NoEngineError(str(error)) from error
    del resvg_py
    if memory_limit() is not None:
        apart(lambda: [Figure("", "", str(py_mini_racer.MiniRacer().eval("1")))])


def figures(document: Document) -> list[Figure]:
    """Return the pictures of a document, in its order, ready to be written.

    Raises ``NoEngineError`` where nothing can be drawn on this machine.
    """
    require_engine()
    if memory_limit() is not None:
        return apart(lambda: _figures(document))
    return _figures(document)


def _figures(document: Document) -> list[Figure]:
    from py_mini_racer import JSEvalException, mini_racer

    try:
        with mini_racer() as engine:
            engine.eval(asset(LIBRARY))
            engine.eval(script_of((*CHARTS, "figures.js")))
            given = json.dumps([values(document), document.language], ensure_ascii=False, allow_nan=False)
            drawn = engine.eval(f"JSON.stringify(figuresOf(...JSON.parse({json.dumps(given)})))")
    except (JSEvalException, OSError, RuntimeError, MemoryError) as error:
        raise NoEngineError(str(error).partition("\n")[0] or type(error).__name__) from error
    found: list[Figure] = []
    for one in json.loads(str(drawn)):
        name = _free(file_name(one["title"]), {figure.name for figure in found})
        found.append(Figure(one["title"], name, _portable(one["svg"])))
    return found


def apart(draw: Callable[[], list[Figure]]) -> list[Figure]:
    """Return what another process draws: under a limit of memory V8 ends the process it is in, without a word."""
    reads, writes = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            with os.fdopen(writes, "wb") as out:
                pickle.dump(draw(), out)
            os._exit(0)
        finally:
            os._exit(1)
    os.close(writes)
    with os.fdopen(reads, "rb") as sent:
        content = sent.read()
    _, status = os.waitpid(child, 0)
    if status != 0:
        raise NoEngineError(_NO_ROOM)
    drawn: list[Figure] = pickle.loads(content)
    return drawn


def file_name(title: str) -> str:
    """Return a title as a file's name: small letters, digits and hyphens, without accents."""
    plain = unicodedata.normalize("NFKD", title.lower().replace("œ", "oe").replace("’", " ").replace("'", " "))
    words = re.findall(r"[a-z0-9]+", plain.encode("ascii", "ignore").decode())
    text = ""
    for word in words:
        if len(text) + len(word) >= _LONGEST:
            break
        text += f"-{word}" if text else word
    return text or "figure"


def _free(name: str, taken: set[str]) -> str:
    number, found = 1, name
    while found in taken:
        number += 1
        found = f"{name}-{number}"
    return found


def _portable(svg: str) -> str:
    """Return the drawing without what only a page needs or no file may hold, and as slide programs read it too.

    Few of them know where a ``central`` baseline is, all know a shift by ``dy``; clips are slow to draw. None of
    what is looked for can stand in a text, whose quotation marks and brackets are escaped.
    """
    return _CENTRAL.sub(' dy="0.35em"', _NEEDLESS.sub("", _UNWRITABLE.sub("\ufffd", svg)))
