"""A document as a page: each block as the plain values that the page's script draws, in one language or in both."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from importlib import metadata
from typing import Any

from filiere.language import Language
from filiere.problems import Cell
from filiere.report import document as d
from filiere.report.document import rounded
from filiere.report.page.shell import both, shell
from filiere.report.page.words import page_words
from filiere.report.sheet import Column, Sheet, Value


def page_of(made: Callable[[Language], d.Document], language: Language) -> bytes:
    """Return the page of a document, opened in ``language``; both languages travel in it."""
    english, french = made("en"), made("fr")
    title = (english if language == "en" else french).title
    return shell(both(values(english), values(french)) | {"language": language, "bilingual": True}, language, title)


def page_in(document: d.Document) -> bytes:
    """Return the page of a document in its own language alone."""
    return shell(values(document) | {"language": document.language}, document.language, document.title)


def values(document: d.Document) -> dict[str, Any]:
    """Return a document as the values that :func:`~filiere.report.page.shell.shell` takes, in its one language."""
    made: dict[str, Any] = {
        "words": page_words(document.language),
        "title": document.title,
        "subtitle": document.subtitle,
        "verdict": document.verdict,
        "whose": document.whose,
        "source": document.source,
        "version": metadata.version("filiere"),
        "compares": document.compares,
        "sections": [
            {"id": section.key, "title": section.title, "blocks": kept}
            for section in document.sections
            if (kept := [block_values(block) for block in section.blocks if block is not None])
        ],
    }
    parts = {"network": document.network, "partners": document.partners}
    made |= {key: part for key, part in parts.items() if part is not None}
    return made | ({"only": True} if document.partners_only else {})


def block_values(block: d.Block) -> dict[str, Any]:
    """Return a block as the values that the script draws; ``type`` says which drawing."""
    match block:
        case d.Text():
            return {"type": "text", "text": block.text}
        case d.Remarks():
            rows = [{"label": row.label, "text": row.text, "warned": row.warned} for row in block.rows]
            return {"type": "remarks", "rows": rows}
        case d.Figures():
            return {"type": "figures", "cards": _cards(block)}
        case d.Table():
            return _table(block.sheet) | {"opened": block.opened, "rows": block.rows}
        case d.Bars():
            return _bars(block)
        case d.Tornado():
            return {"type": "tornado", "title": block.title, "what": block.what, "heading": block.heading,
                    "show": block.show.value, "better": block.better, "most": block.most, "rows": list(block.rows),
                    "values": [rounded(value) for value in block.values]}  # fmt: skip
        case d.Scatter():
            return _scatter(block)
        case d.Multiples():
            return _multiples(block)
        case d.Sankey():
            return {"type": "sankey"}
        case d.Map():
            return {"type": "map"}
        case d.Index() | d.Break():
            raise ValueError("a page has a table of contents of its own, and no sheets")


def _some(numbers: Sequence[d.Figure]) -> list[float | None]:
    return [None if number is None else rounded(number) for number in numbers]


def _cards(block: d.Figures) -> list[dict[str, Any]]:
    cards: list[dict[str, Any]] = []
    for row in block.rows:
        card = {"key": row.key, "label": row.label, "show": row.show.value, "plan": row.plan, "today": row.today,
                "sentence": row.sentence}  # fmt: skip
        if row.part and cards:
            cards[-1]["parts"].append(card)
        else:
            cards.append(card | {"parts": []})
    return cards


def _table(sheet: Sheet) -> dict[str, Any]:
    """Return a table; columns without a value are left out."""
    return {
        "type": "table", "key": sheet.key, "title": sheet.title, "columns": [_column(c) for c in sheet.filled()],
        "height": sheet.height, "frozen": sheet.frozen, "inside": list(sheet.inside),
        "outside": list(sheet.outside), "warned": list(sheet.warned),
    }  # fmt: skip


def _column(source: Column) -> dict[str, Any]:
    made: dict[str, Any] = {"key": source.key, "heading": source.heading, "show": source.show.value,
                            "values": [_plain(value) for value in source.values]}  # fmt: skip
    return made | ({"shows": [show.value for show in source.shows]} if source.shows else {})


def _plain(value: Value) -> str | float | None:
    if isinstance(value, Cell):
        return str(value)
    if value is None or isinstance(value, str):
        return value
    return rounded(float(value)) if math.isfinite(value) else None


def _bars(block: d.Bars) -> dict[str, Any]:
    series = [
        {"name": one.name, "look": (one.look or d.Look.PLAN).value, "values": _some(one.values)} for one in block.series
    ]
    made: dict[str, Any] = {"type": "bars", "title": block.title, "what": block.what, "rows": list(block.rows),
                            "series": series}  # fmt: skip
    chosen = {"stacked": block.stacked, "limit": block.limit, "most": block.most, "total": block.total}
    return made | {key: value for key, value in chosen.items() if value}


def _scatter(block: d.Scatter) -> dict[str, Any]:
    points = [
        {"x": dot.x, "y": dot.y, "name": dot.name, "knee": dot.knee, "note": dot.note, "news": list(dot.news)}
        for dot in block.dots
    ]
    axes = [{"title": axis.title, "show": axis.show.value} for axis in (block.x, block.y)]
    return {"type": "scatter", "title": block.title, "axes": axes, "line": block.line, "knee": block.knee,
            "points": points}  # fmt: skip


def _multiples(block: d.Multiples) -> dict[str, Any]:
    solved = [at for at, case in enumerate(block.cases) if case.solved]
    panels = [
        {"label": one.label, "show": one.show.value, "good": one.good, "change": one.change.value,
         "values": _some([one.values[at] for at in solved]), "changes": _some([one.changes[at] for at in solved])}
        for one in block.panels if any(one.values[at] for at in solved)
    ]  # fmt: skip
    return {"type": "multiples", "title": block.title, "what": block.what,
            "cases": [block.cases[at].name for at in solved], "panels": panels}  # fmt: skip
