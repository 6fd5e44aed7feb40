"""Rules: how tightly each row of the Limits sheet holds, recomputed from the flows and decisions of the plan."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from filiere.chain.chain import Limit
from filiere.language import Label, after_colon, as_heading, listed, quoted
from filiere.report.explain.figures import unit_of_rule
from filiere.report.sheet import Column, Sheet, Show
from filiere.report.view import View
from filiere.schema import columns
from filiere.schema import tables as t
from filiere.schema import words as w
from filiere.solution.accounts import Accounts
from filiere.solution.certify.check import TOLERANCE
from filiere.solution.once import once
from filiere.solution.scope import parts_of

_BINDS = Label("binding", "au plus juste")
_ROOM = Label("room left", "de la marge")
_BROKEN = Label("not kept", "non respectée")
_MISSED = Label("missed", "manquée")
_EMPTY = Label("nothing to share", "sans objet")
_NAMED = 3
"""How many rules are named."""
_SENSES = {w.Comparison.AT_MOST: "≤", w.Comparison.AT_LEAST: "≥", w.Comparison.EQUAL: "="}


class Held(NamedTuple):
    """How a rule holds: what it reaches (an amount, or a share; None for a share of nothing), and the room left."""

    reached: float | None
    margin: float | None
    """Room in the unit of what is reached; negative where the rule is broken, 0 where it binds."""
    word: Label


def held(view: View, rule: Limit) -> Held:
    """Return how tightly a rule holds in the view's plan.

    A share is held against value x whole, as its row in the programme is, and its margin written relative to the
    whole; so the sign of the margin stays right where prices make a whole negative.
    """
    return held_in(view.accounts, rule)


def held_in(accounts: Accounts, rule: Limit) -> Held:
    """Return the same of any plan."""
    known = _held(accounts)
    if id(rule) not in known:
        known[id(rule)] = rule, _held_in(accounts, rule)
    return known[id(rule)][1]


@once
def _held(accounts: Accounts) -> dict[int, tuple[Limit, Held]]:
    """Return how rules hold in a plan, by the identity of each: filled as they are asked for."""
    return {}


def _held_in(accounts: Accounts, rule: Limit) -> Held:
    part, whole = parts_of(accounts, rule)
    total, all_ = float(part.sum()), 0.0 if whole is None else float(whole.sum())
    terms = part if whole is None else np.concatenate([part, whole])
    asked, unit = (rule.value, 1.0) if whole is None else (rule.value * all_, abs(all_))
    size = np.abs(terms).max(initial=abs(asked))
    dust = TOLERANCE * max(1.0, float(size))
    over = total - asked
    room = {w.Comparison.AT_MOST: -over, w.Comparison.AT_LEAST: over}.get(rule.sense, -abs(over))
    broken = _MISSED if rule.wished else _BROKEN
    if whole is not None and unit <= dust:
        return Held(None, None, _EMPTY if room >= -dust else broken)
    reached = total if whole is None else total / all_
    if abs(room) <= dust:
        return Held(reached, 0.0, _BINDS)
    return Held(reached, room / unit, _ROOM if room > 0.0 else broken)


def rules(view: View) -> Sheet:
    """Return one row a rule, in the order of the workbook."""
    pick, limits = view.pick, view.chain.limits
    found = [held(view, rule) for rule in limits]
    shares = [rule.basis is not w.LimitBasis.ABSOLUTE for rule in limits]
    amounts = [Show.PERCENT if share else Show.QUANTITY for share in shares]
    room = [Show.POINTS if share else Show.QUANTITY for share in shares]
    margins = [
        one.margin * 100.0 if share and one.margin is not None else one.margin
        for one, share in zip(found, shares, strict=True)
    ]
    table = (
        Column("rule", pick("Rule", "Règle"), [rule.name for rule in limits], Show.PROSE),
        Column("summed", pick("What is summed", "Ce qui est additionné"),
               [summed_words(view, rule) for rule in limits], Show.PROSE),
        Column("reached", pick("Reached", "Atteint"), [one.reached for one in found], Show.QUANTITY, shows=amounts),
        Column("sense", pick("Sign", "Sens"), [_SENSES[rule.sense] for rule in limits]),
        Column("bound", pick("Asked", "Demandé"), [rule.value for rule in limits], Show.QUANTITY, shows=amounts),
        Column("unit", pick("Unit", "Unité"), [None if share else unit_of_rule(view.chain, rule, view.language) or None
                for rule, share in zip(limits, shares, strict=True)]),
        Column("margin", pick("Margin", "Marge"), margins, Show.QUANTITY, shows=room),
        Column("held", pick("How it holds", "Comment elle tient"), [view.set(one.word) for one in found], Show.MARK),
        Column("obligation", pick("Obligation", "Obligation"),
               [view.set((w.Firmness.WISH if rule.wished else w.Firmness.MUST).label) for rule in limits]),
        Column("holding", view.in_money("Holding it would cost", "La respecter coûterait"),
               [_holding(view, rule) for rule in limits], Show.MONEY),
        Column("cell", pick("Typed in", "Saisi en"), [rule.row.at("value") for rule in limits], Show.SOURCE),
    )  # fmt: skip
    warned = (view.set(_BROKEN), view.set(_MISSED))
    return Sheet("rules", pick("Rules held", "Respect des règles"), table, warned=warned)


def tight_line(view: View) -> str | None:
    """Name the obligatory rules of which no room is left, beside this year's figure; None where all have some."""
    if view.shows_today:
        return None
    said = []
    for rule in view.chain.limits:
        one = held(view, rule)
        if rule.wished or one.word is not _BINDS or one.reached is None:
            continue
        before = held_in(view.today, rule).reached if view.today is not None else None
        text = f"{quoted(rule.name, view.language)} {_amount(view, rule, one.reached)}"
        if before is not None:
            then = _amount(view, rule, before)
            text += view.pick(f" (this year {then})", f" (cette année {then})")
        said.append(text)
    if not said:
        return None
    names = listed([*said[:_NAMED], *([view.counted(len(said) - _NAMED, ("more", "more"), ("autre", "autres"))]
                                      if len(said) > _NAMED else [])], view.language)  # fmt: skip
    return view.pick(f"kept with no room to spare: {names}. Whatever moves less than planned breaks them.",
                     f"tenues au plus juste : {names}. Le moindre écart au plan les fait manquer.")  # fmt: skip


def _amount(view: View, rule: Limit, value: float) -> str:
    if rule.basis is not w.LimitBasis.ABSOLUTE:
        return view.percent(value, 1)
    unit = unit_of_rule(view.chain, rule, view.language)
    return view.in_unit(value, unit) if unit else view.number(value)


def _holding(view: View, rule: Limit) -> float | None:
    """What holding a wished rule that is missed would add to the net cost; None where nobody tried."""
    found = view.result.choices.rules if view.result.choices else ()
    return next((one.costs.get(w.Objective.COST) for one in found if one.rule.row is rule.row), None)


def summed_words(view: View, rule: Limit) -> str:
    """Say what a rule sums with the workbook's own headings: ``quantité (client : Cantine ; produit : légumes)``."""
    headings, row = columns(t.LimitRow), rule.row
    typed = [(name, getattr(row, name)) for name in ("from_", "to", "product", "process", "period")]
    filters = [after_colon(headings[name].label.to(view.language), said, view.language) for name, said in typed if said]
    text = rule.measure
    if isinstance(text, w.LimitMeasure):
        text = as_heading(text.label.to(view.language))
    if filters:
        text += f" ({Label('; ', ' ; ').to(view.language).join(filters)})"
    if rule.basis is not w.LimitBasis.ABSOLUTE:
        share = {w.LimitBasis.PURCHASES: ("as a share of purchases", "en part des achats"),
                 w.LimitBasis.SALES: ("as a share of sales", "en part des ventes")}[rule.basis]  # fmt: skip
        text += f", {view.pick(*share)}"
        if row.of:
            text += view.pick(f" of “{row.of}”", f" de «\u00a0{row.of}\u00a0»")
    return view.pick(text, text)
