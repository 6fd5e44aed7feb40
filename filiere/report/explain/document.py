"""The page of ``explain``: what holds the plan back as bars and in words, what is left out, how free it is."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from pathlib import Path

from filiere.analysis.explain.levers import Explanation, Lever
from filiere.language import Language, readable
from filiere.report.document import Document, Section, Table, Tornado, document, territory_and_case, texts, tornado
from filiere.report.explain.figures import named
from filiere.report.explain.objectives import objective_noun
from filiere.report.explain.sheets import explanation_sheets
from filiere.report.explain.told import told_levers
from filiere.report.explain.words import ASKED, asked_lines, free_lines, held_lines, objective_name, variant_lines
from filiere.report.result.tables.plan.objectives import unit_of
from filiere.report.sheet import Show
from filiere.report.view import View
from filiere.result import Result


def explanation_document(explained: Explanation, language: Language, path: Path | None = None) -> Document:
    """Return what the page of an explanation holds, in one language; ``path`` is the workbook it was read from.

    Raises ``ValueError`` where the chain has no plan.
    """
    if explained.solution.plan is None:
        raise ValueError("a chain without a plan has no levers")
    view = View(Result(explained.chain, explained.solution), language)
    pick, chain = view.pick, explained.chain
    blocks = {sheet.key: Table(sheet, True, 30)
              for sheet in explanation_sheets(explained, language) if sheet.height}  # fmt: skip
    variants = variant_lines(explained, language) if explained.slack is not None else []
    sections = [
        Section("levers", pick("What holds the plan back", "Ce qui freine le plan"),
                [*lever_bars(explained, view), *texts(held_lines(explained, language)), blocks.get("levers")]),
        Section("asked", ASKED.to(language), [*texts(asked_lines(explained, language)), blocks.get("asked")]),
        Section("why_not", pick("What is left out, and why", "Ce qui est écarté, et pourquoi"),
                [blocks.get("why_not")]),
        Section("ranges", pick("How far each exchange could move", "Jusqu'où chaque échange pourrait bouger"),
                [*texts(free_lines(explained, language)), blocks.get("ranges")]),
        Section("variants", pick("Plans nearly as good", "Plans presque aussi bons"),
                [*texts(variants), blocks.get("variants")]),
    ]  # fmt: skip
    name = [readable(path.name)] if path else []
    title = pick("Why this plan", "Pourquoi ce plan")
    title = f"{chain.settings.name} – {title.lower()}" if chain.settings.name else title
    return document(view, title, territory_and_case(view), "", sections, name, dt.date.today())


def lever_bars(explained: Explanation, view: View) -> list[Tornado]:
    """Return one chart an objective: what it gained when each figure was moved by a tenth and all solved again."""
    chain, language = explained.chain, view.language
    tried = told_levers(explained)
    maximised = {objective.key for objective in chain.objectives if objective.direction.name == "MAX"}
    weights = {objective.key: objective.weight for objective in chain.objectives}
    found = []
    for key in dict.fromkeys(lever.objective for lever in tried):
        name, unit, share = objective_name(key, language), unit_of(view, key), key == "circularity"
        what = view.pick("Figure moved by a tenth", "Chiffre bougé d'un dixième")
        noun = objective_noun(key).to(language)
        title = view.pick(f"One figure moved by a tenth: the effect on {noun}",
                          f"Un chiffre bougé d'un dixième : l'effet sur {noun}")  # fmt: skip
        heading = f"{name} ({unit})" if unit and not share else name
        rows = [_moved(explained, lever, view) for lever in tried]
        show = Show.PERCENT_CHANGE if share else Show.CHANGE
        better = 1 if share or key in maximised else -1
        block = tornado(title, what, heading, show, rows, [_effect(lever, key, weights) for lever in tried], better)
        found += [block] if block else []
    return found


def _effect(lever: Lever, key: str, weights: Mapping[str, float]) -> float:
    """Return what a lever gained of an objective; of several on one rank, of their weighted sum."""
    if key in lever.verified:
        return lever.verified[key]
    return sum(weights.get(part, 1.0) * lever.verified.get(part, 0.0) for part in key.split(" + "))


def _moved(explained: Explanation, lever: Lever, view: View) -> str:
    name = named(explained.chain, lever.row, lever.subject, view.language, lever.asked)
    sign = "+" if lever.direction > 0 else "−"
    return f"{name[:1].upper()}{name[1:]} ({sign}{view.percent(0.1)})"
