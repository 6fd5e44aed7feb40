"""Funding: who grants how much to whom, beside what was granted this year."""

from __future__ import annotations

from filiere.report.sheet import Column, Sheet, Show, Value
from filiere.report.view import View, clean, place
from filiere.schema import words as w


def funding(view: View) -> Sheet:
    """Return one row a funding that is used, or is so today."""
    rows = view.chain.funding
    granted = clean(view.accounts.summed(view.accounts.grants["funding"], view.accounts.grants["amount"], len(rows)))
    kept = [i for i, amount in enumerate(granted) if amount or rows[i].today]
    chosen = [rows[i] for i in kept]
    givers = [view.chain.actors[f.funder] for f in chosen]
    marks = [view.pick("inside", "interne") if a.inside else view.pick("outside", "extérieur") for a in givers]
    today: list[Value] = [f.today for f in chosen] if view.compares else []
    columns = [
        Column("funder", view.pick("Funder", "Financeur"), [f.funder for f in chosen]),
        Column("actor", view.pick("Receiver", "Bénéficiaire"), [f.actor for f in chosen]),
        Column("kind", view.pick("Kind", "Nature"),
               [f.kind.label.to(view.language) if isinstance(f.kind, w.FundingKind) else f.kind for f in chosen]),
        Column("origin", view.pick("Origin", "Origine"), marks, Show.MARK),
        Column("sector", view.pick("Sector", "Secteur"), [a.sector.label.to(view.language) for a in givers]),
        Column("amount", view.in_money("Granted", "Accordé"), [granted[i] for i in kept], Show.MONEY),
        Column("maximum", view.in_money("At most", "Au plus"), [f.maximum for f in chosen], Show.MONEY),
        *([Column("today", view.in_money("Today", "Cette année"), today, Show.MONEY)] if today else []),
        Column("cell", view.pick("Typed in", "Saisi en"), [place(f.row) for f in chosen], Show.SOURCE),
    ]  # fmt: skip
    title = view.pick("Funding", "Financements")
    inside, outside = view.pick("inside", "interne"), view.pick("outside", "extérieur")
    return Sheet("funding", title, tuple(columns), frozen=2, inside=(inside,), outside=(outside,))
