"""The page of a stress test: what it says, the heaviest losses as bars, and every table."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from pathlib import Path

from filiere.analysis.stress.effect import Effect
from filiere.analysis.stress.stress import Stress
from filiere.language import Language, readable
from filiere.report.document import Document, Section, Table, Tornado, document, territory_and_case, texts, tornado
from filiere.report.sheet import Sheet, Show
from filiere.report.stress import words as say
from filiere.report.stress.sheets import all_sheets
from filiere.report.stress.words import StressView


def stress_document(stress: Stress, language: Language, path: Path | None = None) -> Document:
    """Return what the page of a stress test holds, in one language; ``path`` is the workbook it was read from.

    Raises ``ValueError`` where the chain has no plan to begin with.
    """
    view = StressView(stress, language)
    pick = view.pick
    sheets = {sheet.key: sheet for sheet in all_sheets(view)}
    told = texts([say.counts(view), say.worst_pair(view), say.shocks(view), say.how_read(view)])
    sections = [
        Section("losses", pick("What hurts most", "Ce qui ferait le plus mal"),
                [*_losses(view), *told, *_tables(sheets, "losses")]),
        Section("groups", pick("Who is hit", "Qui serait touché"), _tables(sheets, "groups")),
        Section("pairs", pick("Two losses at once", "Deux pertes à la fois"), _tables(sheets, "pairs")),
        Section("hedges", pick("What would help", "Les parades"),
                [*texts([say.protection(view)]), *_tables(sheets, "hedges")]),
        Section("draws", pick("Random shocks", "Aléas tirés au sort"), _tables(sheets, "bands", "relations")),
    ]  # fmt: skip
    name = [readable(path.name)] if path else []
    subtitle = territory_and_case(view.view)
    return document(view.view, _title(view), subtitle, say.verdict(view), sections, name, dt.date.today())


def _title(view: StressView) -> str:
    name = view.stress.chain.settings.name or view.pick("The chain", "La filière")
    return view.pick(f"{name}: what if we lose…", f"{name} : et si l'on perdait…")


def _tables(sheets: dict[str, Sheet], *keys: str) -> list[Table]:
    return [Table(sheets[key], True, 30) for key in keys if key in sheets and sheets[key].height]


def _losses(view: StressView) -> list[Tornado | None]:
    """Return the bars: what would no longer be served, what a loss costs, and the dependency it adds.

    A loss that takes its own needs along may cost less than the chain without it: that is no gain, and not drawn.
    """
    pick, felt = view.pick, [effect for effect in view.stress.felt if effect.state == "measured"]
    served = pick("Needs no longer served", "Besoins qui ne seraient plus couverts")
    cost = view.view.in_money("Added net cost", "Coût net en plus")
    dependency = view.view.in_money("Added dependency", "Dépendance en plus")
    return [
        _bars(view, pick("Needs no longer served after each loss", "Besoins qui ne seraient plus couverts, par perte"),
              served, Show.PERCENT, felt, [view.unserved(effect) for effect in felt]),
        _bars(view, pick("Added net cost of each loss", "Coût net en plus, par perte"), cost, Show.MONEY_CHANGE, felt,
              [max(0.0, view.change(effect, "cost") or 0.0) for effect in felt]),
        _bars(view, pick("Added dependency of each loss", "Dépendance en plus, par perte"), dependency,
              Show.MONEY_CHANGE, felt, [max(0.0, view.change(effect, "dependency") or 0.0) for effect in felt]),
    ]  # fmt: skip


def _bars(
    view: StressView, title: str, heading: str, show: Show, felt: Sequence[Effect], values: list[float]
) -> Tornado | None:
    what = view.pick("What is lost", "Ce qui est perdu")
    return tornado(title, what, heading, show, [view.what(effect) for effect in felt], values, better=-1)
