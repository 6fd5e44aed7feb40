"""The dictionary of indicators: every one that a sheet shows, what it says and how to read it."""

from __future__ import annotations

from filiere.indicators.dictionary import Scope, kpis
from filiere.language import Label
from filiere.report.result.tables.indicators import better_of, unit_of
from filiere.report.sheet import Column, Sheet, Show
from filiere.report.view import View

SCOPES: dict[Scope, Label] = {
    "chain": Label("the whole chain", "toute la filière"),
    "product": Label("each product", "chaque produit"),
    "actor": Label("each inside actor", "chaque acteur du territoire"),
    "stage": Label("each stage", "chaque maillon"),
    "group": Label("each group of users", "chaque groupe d'usagers"),
    "need": Label("each need", "chaque besoin"),
    "reliance": Label("each actor, outside ones too", "chaque acteur, extérieurs compris"),
}


def dictionary(view: View) -> Sheet:
    """Return one row an indicator and scope, in the order in which they are shown."""
    pick, rows = view.pick, kpis(view.chain)
    columns = (
        Column("indicator", pick("Indicator", "Indicateur"), [view.set(k.label) for k in rows]),
        Column("scope", pick("Worked out for", "Calculé pour"), [view.set(SCOPES[k.scope]) for k in rows]),
        Column("definition", pick("Definition", "Définition"), [view.set(k.definition) for k in rows], Show.PROSE),
        Column("unit", pick("Unit", "Unité"), [unit_of(view, k) for k in rows]),
        Column("range", pick("Range", "Valeurs possibles"), [view.set(k.range) for k in rows]),
        Column("better", pick("Better when", "Meilleur quand"), [better_of(view, k) for k in rows]),
        Column("source", "Source", [view.set(k.source) for k in rows], Show.PROSE),
    )
    return Sheet("dictionary", pick("Dictionary of indicators", "Dictionnaire des indicateurs"), columns, frozen=1)
