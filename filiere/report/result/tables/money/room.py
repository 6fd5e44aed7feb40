"""Grants that an actor in deficit could have and does not: how much each, and why the plan leaves them."""

from __future__ import annotations

import math
from typing import NamedTuple

from filiere.chain.derived.default_objectives import default_objectives
from filiere.language import Label, listed
from filiere.problems import Cell
from filiere.report.view import View, place
from filiere.schema import words as w

_SMALL = 0.5
"""Less money than this is none."""
_NAMED = 3
"""How many grants, and actors, are named."""
_AS_TODAY = Label(
    "a grant is only asked for what would be worse than this year; more of it is for the funders to decide",
    "une aide n'est demandée que pour ce qui serait pire que cette année ; davantage, c'est aux financeurs d'en "
    "décider",
)
_NOT_RANKED = Label("no objective “deficit” asks for them", "aucun objectif « déficit » ne les demande")
_HELD_BACK = Label("a rule, or an objective that comes first, keeps the plan from them",
                   "une règle, ou un objectif qui passe avant, en prive le plan")  # fmt: skip


class Room(NamedTuple):
    """What one row of the sheet Funding still allows; ``math.inf`` where nothing limits it."""

    funder: str
    amount: float
    cell: Cell | None


def room(view: View) -> dict[str, list[Room]]:
    """Return, by actor in deficit, the grants that it could have more of, the largest first."""
    short = {str(a): float(v) for a, v in zip(view.plan.deficits["actor"], view.plan.deficits["amount"], strict=True)}
    given = view.accounts.summed(
        view.accounts.grants["funding"], view.accounts.grants["amount"], len(view.chain.funding)
    )
    levels = dict(zip(view.chain.processes, view.accounts.level_by_process.tolist(), strict=True))
    found: dict[str, list[Room]] = {}
    for row, amount in zip(view.chain.funding, given.tolist(), strict=True):
        if short.get(row.actor, 0.0) < _SMALL:
            continue
        most = math.inf if row.maximum is None else row.maximum
        if row.unit_amount is not None:
            most = min(most, row.unit_amount * sum(levels.get(key, 0.0) for key in row.processes))
        if most - amount >= _SMALL:
            found.setdefault(row.actor, []).append(Room(row.funder, most - amount, place(row.row)))
    return {actor: sorted(rows, key=lambda one: (-one.amount, one.funder)) for actor, rows in found.items()}


def total(rows: list[Room]) -> float | None:
    """Return what several grants allow together; None where one has no limit."""
    amount = sum(one.amount for one in rows)
    return amount if math.isfinite(amount) else None


def cells(rows: list[Room]) -> str:
    """Return where these grants are typed."""
    return ", ".join(str(one.cell) for one in rows if one.cell is not None)


def why(view: View, actor: str) -> str:
    """Return why a plan leaves an actor short beside grants that it could have."""
    objectives = view.result.chain.objectives or default_objectives()
    if all(o.kind is not w.Objective.DEFICIT for o in objectives):
        return view.set(_NOT_RANKED)
    lacks = [
        dict(zip(plan.deficits["actor"], plan.deficits["amount"], strict=True)) if plan is not None else {}
        for plan in (view.plan, view.result.today)
    ]
    now, then = (float(one.get(actor, 0.0)) for one in lacks)
    return view.set(_HELD_BACK if now - then >= _SMALL else _AS_TODAY)


def room_line(view: View) -> str:
    """Say it in a sentence; empty where no account that is short has such a grant, or for today."""
    if view.shows_today:
        return ""
    found = view.of(room)
    order = sorted(found, key=lambda actor: (-sum(one.amount for one in found[actor]), actor))
    if not order:
        return ""
    said = [_named(view, actor, found[actor]) for actor in order[:_NAMED]]
    if len(order) > _NAMED:
        said.append(view.counted(len(order) - _NAMED, ("more", "more"), ("autre", "autres")))
    reasons = listed(dict.fromkeys(why(view, actor) for actor in order), view.language)
    names = view.pick("; ", " ; ").join(said)
    return view.pick(f" Grants that they could have and the plan does not ask for: {names}. Why: {reasons}.",
                     f" Aides possibles que le plan ne demande pas : {names}. Pourquoi : {reasons}.")  # fmt: skip


def _named(view: View, actor: str, rows: list[Room]) -> str:
    no_limit = view.pick("no limit", "sans plafond")
    told = []
    for one in rows[:_NAMED]:
        amount = view.money(one.amount) if math.isfinite(one.amount) else no_limit
        told.append(f"{one.funder} {amount}")
    if len(rows) > _NAMED:
        told.append(view.counted(len(rows) - _NAMED, ("more", "more"), ("autre", "autres")))
    sum_ = total(rows)
    return f"{actor} {view.money(sum_) if sum_ is not None else no_limit} ({listed(told, view.language)})"
