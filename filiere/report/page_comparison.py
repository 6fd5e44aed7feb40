"""The page of a comparison: what each case changes in words, the figures side by side, and every table."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from filiere.language import Language
from filiere.report.comparison.actors import actors, receipts
from filiere.report.comparison.figures import indicators, objectives, products, side_by_side
from filiere.report.comparison.headlines import heads
from filiere.report.comparison.inputs import inputs
from filiere.report.comparison.manifest import manifest
from filiere.report.comparison.relations import relations
from filiere.report.comparison.remarks import stories
from filiere.report.comparison.sides import Sides
from filiere.report.comparison.summary_sheet import subtitle, title
from filiere.report.comparison.why import averaged, in_order
from filiere.report.page_sections import Block, bars, series, table
from filiere.report.page_shell import both, shell
from filiere.report.page_words import page_words
from filiere.report.sheet import Column, Sheet, Show


def comparison_page(sides: Sides, language: Language) -> bytes:
    """Return the page of a comparison of which at least one case has a plan, opened in ``language``."""
    english, french = (comparison_document(replace(sides, language=code)) for code in ("en", "fr"))
    document = both(english, french) | {"language": language}
    return shell(document, language, title(replace(sides, language=language)))


def comparison_document(sides: Sides) -> dict[str, Any]:
    """Return the page in one language: the sections that :func:`~filiere.report.page_shell.shell` takes."""
    pick = sides.pick
    told = [{"label": one.title, "text": one.text, "warned": one.failed} for one in stories(sides)]
    sections: list[tuple[str, str, list[Block | None]]] = [
        ("changes", pick("What each case changes", "Ce que change chaque cas"),
         [{"type": "remarks", "rows": told}] if told else []),
        ("figures", pick("Side by side", "Côte à côte"),
         [_shares(sides), *_tables(_headlines(sides), opened=True), *_tables(indicators(sides), objectives(sides))]),
        ("inputs", pick("What differs in the inputs", "Ce qui diffère dans les données"),
         _tables(inputs(sides), opened=True)),
        ("why", pick("What each difference brings", "Ce qu'apporte chaque différence"),
         _tables(averaged(sides), in_order(sides), opened=True)),
        ("chain", pick("Relations and products", "Échanges et produits"),
         _tables(relations(sides), products(sides))),
        ("actors", pick("Actors", "Acteurs"), _tables(actors(sides), receipts(sides))),
        ("made", pick("How it was made", "Comment c'est fait"), _tables(manifest(sides))),
    ]  # fmt: skip
    return {
        "words": page_words(sides.lead),
        "title": title(sides),
        "subtitle": subtitle(sides),
        "verdict": "",
        "version": sides.versions.get("filiere", ""),
        "compares": False,
        "sections": [
            {"id": key, "title": said, "blocks": kept}
            for key, said, blocks in sections
            if (kept := [block for block in blocks if block])
        ],
    }


def _tables(*sheets: Sheet | None, opened: bool = False) -> list[Block | None]:
    return [table(sheet) | {"opened": opened, "rows": 30} for sheet in sheets if sheet is not None and sheet.height]


def _headlines(sides: Sides) -> Sheet:
    """Return one row a headline figure, its cases side by side."""
    found = heads(sides)
    names = Column("figure", sides.pick("Figure", "Chiffre"), [head.label for head in found])
    columns = (names, *side_by_side(sides, [head.line for head in found]))
    return Sheet("headlines", sides.pick("Headline figures", "Chiffres clés"), columns)


def _shares(sides: Sides) -> Block | None:
    """Return the headline shares as bars, the cases of one share under each other."""
    rows: list[str] = []
    values: list[float | None] = []
    solved = [at for at in sides.cases if sides.views[at] is not None]
    for head in heads(sides):
        if head.line.show is Show.PERCENT and any(head.line.values):
            rows += [f"{head.label} – {sides.titles[at]}" for at in solved]
            values += [head.line.values[at] for at in solved]
    name = sides.pick("Share", "Part")
    return bars(sides.pick("The headline shares, case by case", "Les parts principales, cas par cas"),
                sides.pick("Figure", "Chiffre"), rows, [series(name, "plan", values)], limit=True, most=40)  # fmt: skip
