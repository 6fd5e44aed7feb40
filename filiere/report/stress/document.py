"""The page of a stress test: what it says, the heaviest losses as bars, and every table."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from pathlib import Path

from filiere.analysis.stress.effect import Effect
from filiere.analysis.stress.stress import Stress
from filiere.language import Label, Language, readable
from filiere.problems import Cell
from filiere.report.document import (
    Block,
    Document,
    Section,
    Table,
    Text,
    Tornado,
    Weight,
    document,
    territory_and_case,
    texts,
    tornado,
)
from filiere.report.sheet import Column, Sheet, Show
from filiere.report.stress import words as say
from filiere.report.stress.sheets import all_sheets
from filiere.report.stress.words import StressView

_BARS = 12
"""How many losses the first sheet of the workbook shows."""

_TITLES = {
    "unserved": Label("Needs no longer served after each loss", "Besoins qui ne seraient plus couverts, par perte"),
    "cost": Label("Added net cost of each loss", "Coût net en plus, par perte"),
    "dependency": Label("Added dependency of each loss", "Dépendance en plus, par perte"),
}
"""What bars of losses show, by the column that they show it of."""


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
    return document(view.view, title(view), subtitle, say.verdict(view), sections, name, dt.date.today())


def title(view: StressView) -> str:
    """Return the title: the chain's name, and what is asked."""
    name = view.stress.chain.settings.name or view.pick("The chain", "La filière")
    return view.pick(f"{name}: what if we lose…", f"{name} : et si l'on perdait…")


def first_blocks(view: StressView) -> list[Block | None]:
    """Return what stands on the first sheet of the workbook: sentences, the worst losses and their chart."""
    strong = (say.verdict(view), say.protection(view))
    said = [Text(text, Weight.STRONG if text in strong else Weight.PLAIN) for text in say.sentences(view) if text]
    shown = [effect for effect in view.stress.felt if effect.state == "measured"][:_BARS]
    worst: list[Block] = [Table(_worst(view, shown)), _worst_chart(view, shown)] if shown else []
    return [*said, *worst, Text(say.how_read(view), Weight.QUIET)]


def _worst(view: StressView, shown: Sequence[Effect]) -> Sheet:
    pick, money = view.pick, view.view.in_money
    return Sheet("worst", pick("The losses that hurt most", "Les pertes les plus graves"), (
        Column("what", pick("The losses that hurt most", "Les pertes les plus graves"), [view.what(e) for e in shown],
               Show.PROSE),
        Column("state", pick("What happens", "Ce qui se passe"), [view.state(e) for e in shown], Show.PROSE),
        Column("unserved", pick("Needs no longer served", "Besoins non couverts en plus"),
               [view.unserved(e) for e in shown], Show.PERCENT),
        Column("cost", money("Added cost", "Coût en plus"), [view.change(e, "cost") for e in shown],
               Show.MONEY_CHANGE),
        Column("dependency", money("Added dependency", "Dépendance en plus"),
               [view.change(e, "dependency") for e in shown], Show.MONEY_CHANGE),
        Column("missing", pick("What is missing", "Ce qui manque"),
               [view.missing(e) if view.unserved(e) else None for e in shown], Show.PROSE),
    ))  # fmt: skip


def _titles(view: StressView) -> dict[str, str]:
    return {key: view.view.set(label) for key, label in _TITLES.items()}


def _worst_chart(view: StressView, shown: Sequence[Effect]) -> Tornado:
    """Return what the worst losses cost: needs where some are no longer served, else money, else dependency."""
    titles = _titles(view)
    columns = {key: [float(value or 0.0) for value in _worst(view, shown).column(key).values
                     if not isinstance(value, str | Cell)] for key in titles}  # fmt: skip
    key = next((key for key, values in columns.items() if any(value > 0.0 for value in values)), "dependency")
    show = Show.PERCENT if key == "unserved" else Show.MONEY
    return Tornado(title=titles[key], what="", heading=titles[key], show=show, rows=[view.what(e) for e in shown],
                   values=columns[key], better=-1, column=key)  # fmt: skip


def _tables(sheets: dict[str, Sheet], *keys: str) -> list[Table]:
    return [Table(sheets[key], True, 30) for key in keys if key in sheets and sheets[key].height]


def _losses(view: StressView) -> list[Tornado | None]:
    """Return the bars: what would no longer be served, what a loss costs, and the dependency it adds.

    A loss that takes its own needs along may cost less than the chain without it: that is no gain, and not drawn.
    """
    pick, titles, felt = view.pick, _titles(view), [effect for effect in view.stress.felt if effect.state == "measured"]
    served = pick("Needs no longer served", "Besoins qui ne seraient plus couverts")
    cost = view.view.in_money("Added net cost", "Coût net en plus")
    dependency = view.view.in_money("Added dependency", "Dépendance en plus")
    return [
        _bars(view, titles["unserved"], served, Show.PERCENT, felt, [view.unserved(effect) for effect in felt]),
        _bars(view, titles["cost"], cost, Show.MONEY_CHANGE, felt,
              [max(0.0, view.change(effect, "cost") or 0.0) for effect in felt]),
        _bars(view, titles["dependency"], dependency,
              Show.MONEY_CHANGE, felt, [max(0.0, view.change(effect, "dependency") or 0.0) for effect in felt]),
    ]  # fmt: skip


def _bars(
    view: StressView, title: str, heading: str, show: Show, felt: Sequence[Effect], values: list[float]
) -> Tornado | None:
    what = view.pick("What is lost", "Ce qui est perdu")
    return tornado(title, what, heading, show, [view.what(effect) for effect in felt], values, better=-1)
