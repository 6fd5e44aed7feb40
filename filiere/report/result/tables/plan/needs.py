"""Needs: what was asked, what is served and what is not, row by row and by group of users."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from filiere.chain.chain import Need
from filiere.chain.derived.observed import need_keys
from filiere.indicators import Measures
from filiere.indicators.dictionary import kpi
from filiere.indicators.groups import EVERYTHING
from filiere.indicators.groups import wanted as wanted_rows
from filiere.report.result.tables.indicators import heading_of, known
from filiere.report.sheet import Column, Sheet, Show, Value
from filiere.report.view import View, clean, place
from filiere.solution.accounts import Accounts


@dataclass(frozen=True)
class Serving:
    """What became of one need in the year."""

    need: Need
    served: float
    unmet: float

    @property
    def share(self) -> float | None:
        """Served over wanted; None for an outlet without a quantity."""
        return min(1.0, self.served / self.need.quantity) if self.need.quantity else None


def servings(accounts: Accounts) -> list[Serving]:
    """Return what became of each need, in the chain's order."""
    chain, count = accounts.chain, len(accounts.chain.needs)
    served = clean(accounts.summed(accounts.served["need"], accounts.served["quantity"], count))
    unmet = clean(accounts.summed(accounts.unmet["need"], accounts.unmet["quantity"], count))
    return [Serving(need, served[n], unmet[n]) for n, need in enumerate(chain.needs)]


def needs(view: View) -> Sheet:
    """Return one row a need."""
    pick = view.pick
    rows = servings(view.accounts)
    asked = [s.need for s in rows]
    unknown = view.missing.needs if view.shows_today else ()
    told = [None if n in unknown else s for n, s in enumerate(rows)]
    columns = [
        Column("actor", pick("Actor", "Acteur"), [n.actor for n in asked]),
        Column("group", pick("Group", "Groupe"), [", ".join(view.chain.actors[n.actor].groups) for n in asked]),
        Column("product", pick("Product", "Produit"), [n.product for n in asked]),
        Column("obligation", pick("Obligation", "Obligation"), [n.obligation.label.to(view.language) for n in asked]),
        Column("when", pick("When", "Quand"), [view.calendar(n.calendar) for n in asked]),
        Column("wanted", pick("Wanted", "Demandé"), [n.quantity for n in asked], Show.QUANTITY),
        Column("served", pick("Served", "Servi"), [s.served if s else None for s in told], Show.QUANTITY),
        Column("unmet", pick("Not served", "Non couvert"), [(s.unmet or None) if s else None for s in told],
               Show.QUANTITY),
        Column("unit", pick("Unit", "Unité"), [view.chain.products[n.product].unit for n in asked]),
        Column("share", pick("Share served (%)", "Part servie (%)"), [s.share if s else None for s in told], Show.USE),
        *_today(view),
        *_content(view),
        Column("revenue", view.in_money("Paid by final users", "Payé par les usagers"), _revenues(told), Show.MONEY),
        Column("confidence", pick("Confidence", "Confiance"), [view.confidence(n.row) for n in asked]),
        Column("source", "Source", [n.row.source for n in asked], Show.PROSE),
        Column("note", "Note", [n.row.note for n in asked], Show.PROSE),
        Column("cell", pick("Typed in", "Saisi en"), [place(n.row) for n in asked], Show.SOURCE),
    ]  # fmt: skip
    return Sheet("needs", pick("Needs", "Besoins"), tuple(columns), frozen=3, printed="share")


def groups(view: View) -> Sheet | None:
    """Return one row a group of users and product family: what is served, and how much of it is local."""
    measures = view.result.measures
    if measures is None:
        return None
    pick, frame = view.pick, measures.groups
    alone = pick("(no group)", "(sans groupe)")
    every = pick("everything", "tout")
    families = [every if f == EVERYTHING else f or pick("(no family)", "(sans famille)") for _, f in frame.index]
    wanted = view.in_money("Wanted, at reference prices", "Demandé, au prix de référence")
    served = view.in_money("Served, at reference prices", "Servi, au prix de référence")
    columns = [
        Column("group", pick("Group", "Groupe"), [group or alone for group, _ in frame.index]),
        Column("family", pick("Family", "Famille"), families),
        Column("wanted", wanted, known(frame["wanted"]), Show.MONEY),
        Column("served", served, known(frame["served"]), Show.MONEY),
        *_both(view, "served_share", ("Share served", "Part servie")),
        *_both(view, "local_share", ("Local share", "Part locale")),
    ]
    once = _everybody_once(view)
    if once is not None and len({group for group, _ in frame.index}) > 1:
        columns = [Column(c.key, c.heading, [*c.values, once.get(c.key)], c.show) for c in columns]
    return Sheet("groups", pick("Needs by group", "Besoins par groupe"), tuple(columns), frozen=2)


def _everybody_once(view: View) -> dict[str, Value] | None:
    """The row of all who need something, each counted once: where an actor is in several groups, rows do not add up."""
    rows = wanted_rows(view.accounts)
    users = {view.accounts.actor_index[a] for a in rows["actor"]}
    if not users:
        return None
    several = any(len(view.chain.actors[name].groups) > 1 for name in users)
    words = view.pick("all, each counted once (some are in several groups: rows do not add up)",
                      "tous, chacun compté une fois (certains sont dans plusieurs groupes : les lignes ne "
                      "s'additionnent pas)") if several else view.pick("all", "tous")  # fmt: skip
    asked, served = float(rows["wanted"].sum()), float(rows["served"].sum())
    measures, then = view.result.measures, view.result.today_measures
    found: dict[str, Value] = {
        "group": words, "family": view.pick("everything", "tout"), "wanted": asked, "served": served,
        "served_share": served / asked if asked > 0.0 and (served or not view.missing.needs) else None,
        "local_share": measures.chain.get("local_share") if measures else None,
    }  # fmt: skip
    if view.today is not None:
        before = wanted_rows(view.today)
        whole = float(before["wanted"].sum())
        share = then.chain.get("served_share") if then else None
        found["served_share_today"] = None if share is None or whole <= 0.0 else float(before["served"].sum()) / whole
        found["local_share_today"] = then.chain.get("local_share") if then else None
    return found


def _both(view: View, key: str, heading: tuple[str, str]) -> list[Column]:
    measures, before = view.result.measures, view.result.today_measures
    if measures is None:
        return []
    name = view.pick(*heading)
    columns = [Column(key, f"{name} (%)", known(measures.groups[key]), Show.USE)]
    if before is not None:
        today = before.groups[key].reindex(measures.groups.index)
        columns.append(
            Column(f"{key}_today", f"{name}, {view.pick('today', 'cette année')} (%)", known(today), Show.PERCENT)
        )
    return columns


def served_by_group(measures: Measures | None) -> dict[str, float]:
    """Return, by group of users (""  for those without one), the share of what is wanted that is served."""
    if measures is None:
        return {}
    frame = measures.groups
    return {
        group: float(share)
        for (group, family), share in zip(frame.index, frame["served_share"], strict=True)
        if family == EVERYTHING and not math.isnan(share)
    }


def _content(view: View) -> list[Column]:
    """How much of what each need is served was paid to the outside, over all tiers; today beside it."""
    measures, before = view.result.measures, view.result.today_measures
    if measures is None:
        return []
    heading = heading_of(view, kpi("external_content", "need"))
    columns = [Column("external_content", heading, known(measures.needs["external_content"]), Show.PERCENT)]
    if before is not None:
        name = view.pick("External content today (%)", "Contenu extérieur cette année (%)")
        then = _beside(view, known(before.needs["external_content"]))
        columns.append(Column("external_today", name, then, Show.PERCENT))
    return columns


def _today(view: View) -> list[Column]:
    if view.today is None:
        return []
    unknown = view.missing.needs
    before = _beside(view, [None if n in unknown else s.served for n, s in enumerate(servings(view.today))])
    heading = view.pick("Served today", "Servi cette année")
    return [Column("today", heading, before, Show.QUANTITY)]


def _beside(view: View, values: Sequence[Value]) -> list[Value]:
    """Return figures of this year's needs in the order of the plan's."""
    then, now = need_keys(view.result.today_chain.needs), need_keys(view.chain.needs)
    found = dict(zip(then, values, strict=True))
    return [found.get(key) for key in now]


def _revenues(rows: Sequence[Serving | None]) -> list[float | None]:
    return [s.need.revenue * s.served if s and s.need.revenue else None for s in rows]
