"""Members: what changes for each between today and the plan, figure by figure."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from filiere.indicators.dictionary import kpi
from filiere.report.result.tables.indicators import heading_of
from filiere.report.sheet import Column, Sheet, Show, Value
from filiere.report.view import View, place
from filiere.schema import words as w

FIGURES = ("receipts", "outlays", "surplus", "jobs")
PARTNERS = ("largest_supplier", "largest_customer", "largest_funder")
_CHANGES = {Show.MONEY: Show.MONEY_CHANGE, Show.PERCENT: Show.POINTS, Show.QUANTITY: Show.CHANGE}


@dataclass(frozen=True)
class Change:
    """One figure of one member, today and in the plan; of a share, whose."""

    actor: str
    what: str
    show: Show
    before: float | None
    after: float | None
    whose_before: str = ""
    whose_after: str = ""

    @property
    def difference(self) -> float | None:
        """The plan less today, of shares in hundredths; None where the partner is another or a figure is missing."""
        if self.before is None or self.after is None:
            return None
        return (100.0 if self.show is Show.PERCENT else 1.0) * (self.after - self.before)


def member_changes(view: View) -> Sheet | None:
    """Return one row a member and figure, members of the co-operation first; nothing without a today."""
    measures, before = view.result.measures, view.result.today_measures
    if measures is None or before is None:
        return None
    pick = view.pick
    then, now = (frame.to_dict("index") for frame in (before.actors, measures.actors))
    rows = [row for name in _order(view) if name in then for row in _of_member(view, name, then[name], now[name])]
    actors = [view.chain.actors[row.actor] for row in rows]
    differences: list[Value] = [row.difference for row in rows]
    columns = (
        Column("actor", pick("Actor", "Acteur"), [row.actor for row in rows]),
        Column("perimeter", pick("Perimeter", "Périmètre"), [a.perimeter.label.to(view.language) for a in actors]),
        Column("what", pick("What", "Quoi"), [row.what for row in rows]),
        Column("today", pick("Today", "Cette année"), [row.before for row in rows], shows=[row.show for row in rows]),
        Column("plan", "Plan", [row.after for row in rows], shows=[row.show for row in rows]),
        Column("change", pick("Change", "Écart"), differences, shows=[_CHANGES[row.show] for row in rows]),
        Column("whose_today", pick("Who, today", "Qui, cette année"), [row.whose_before for row in rows]),
        Column("whose_plan", pick("Who, in the plan", "Qui, dans le plan"), [row.whose_after for row in rows]),
        Column("cell", pick("Typed in", "Saisi en"), [place(a.row) for a in actors], Show.SOURCE),
    )
    title = pick("What changes for members", "Ce qui change par acteur")
    return Sheet("member_changes", title, columns, frozen=3, printed="change")


def _order(view: View) -> list[str]:
    """Members first, then the other inside actors, as they are typed."""
    inside = [actor for actor in view.chain.actors.values() if actor.inside]
    return [actor.name for actor in sorted(inside, key=lambda actor: actor.perimeter is not w.Perimeter.MEMBER)]


def _of_member(view: View, name: str, then: dict[Any, Any], now: dict[Any, Any]) -> Iterator[Change]:
    if not (then["receipts"] or then["outlays"] or now["receipts"] or now["outlays"]):
        return
    known = name not in view.unheard
    for key in FIGURES:
        if key == "jobs" and not (then[key] or now[key]):
            continue
        show = Show.QUANTITY if key == "jobs" else Show.MONEY
        before = float(then[key]) if known and not math.isnan(then[key]) else None
        yield Change(name, heading_of(view, kpi(key, "actor")), show, before, float(now[key]))
    for key in PARTNERS:
        shares = [None if math.isnan(row[f"{key}_share"]) else row[f"{key}_share"] for row in (then, now)]
        if shares[0] or shares[1]:
            heading = heading_of(view, kpi(f"{key}_share", "actor"))
            share = shares[0] if shares[0] or name in view.incomplete else 0.0
            yield Change(name, heading, Show.PERCENT, share, shares[1] or 0.0, then[key], now[key])
