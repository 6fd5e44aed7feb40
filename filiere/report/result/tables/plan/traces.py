"""What is too small to decide between today and the plan, and what of it is small for the chain alone."""

from __future__ import annotations

from collections.abc import Sequence

from filiere.analysis.today.action import Action
from filiere.language import Label, listed
from filiere.report.result.actions import amounts, short, what_of
from filiere.report.view import View

_TRACES = (
    Label("One small change of under 1 % of what flows of its product, or half a unit, worth {money} at reference "
          "prices: {largest}. To be settled in the course of the year.",
          "Un petit écart de moins de 1 % du flux de son produit, ou d'une demi-unité, soit {money} au prix de "
          "référence : {largest}. À régler au fil de l'année."),
    Label("{count} small changes, each under 1 % of what flows of its product or half a unit, worth {money} in all at "
          "reference prices; the largest: {largest}. To be settled in the course of the year.",
          "{count} petits écarts, chacun de moins de 1 % du flux de son produit ou d'une demi-unité, soit {money} en "
          "tout au prix de référence ; les plus gros : {largest}. À régler au fil de l'année."),
)  # fmt: skip
_WEIGHTY = (
    Label("One change, worth {money}, is small for the chain and not for those concerned, to be agreed with them: "
          "{named}.",
          "Un changement, soit {money}, est petit pour la filière et non pour ceux qu'il concerne, à convenir avec "
          "eux : {named}."),
    Label("{count} changes, worth {money} in all, are small for the chain and not for those concerned, to be agreed "
          "with them (exchanges that begin or end, or more bought outside): {named}.",
          "{count} changements, soit {money} en tout, sont petits pour la filière et non pour ceux qu'ils concernent, "
          "à convenir avec eux (échanges qui commencent ou s'arrêtent, ou achats au-dehors en plus) : {named}."),
)  # fmt: skip
_TOLD = 6
"""How many of these are named."""
_MUCH = 3000.0
"""More bought outside for more money a year than this is no small change for anybody."""
_PART = 0.01
"""Nor is more than this share of the plan's net cost."""
_TRACE = Label("{what} ({moves}, {money})", "{what} ({moves}, {money})")
_LARGEST = 3
"""How many of the small changes are named."""


def traces(view: View, steps: Sequence[Action]) -> str:
    """Say in one line what is too small to decide, and name what is small for the chain and not for somebody."""
    weighty = [step for step in steps if _weighty(view, step)]
    small = [step for step in steps if not _weighty(view, step)]
    said = []
    if small:
        named = [
            view.set(_TRACE.fill(what=what_of(step), moves=amounts(view, step), money=view.money(step.worth)))
            for step in _by_worth(small)[:_LARGEST]
        ]
        money = view.money(sum(step.worth for step in small))
        said.append(view.set(_TRACES[len(small) > 1].fill(
            count=view.number(len(small)), money=money, largest=listed(named, view.language)
        )))  # fmt: skip
    if weighty:
        money = view.money(sum(step.worth for step in weighty))
        named = [short(view, step) for step in _by_worth(weighty)[:_TOLD]]
        if len(weighty) > _TOLD:
            named.append(view.counted(len(weighty) - _TOLD, ("more", "more"), ("autre", "autres")))
        said.append(view.set(_WEIGHTY[len(weighty) > 1].fill(
            count=view.number(len(weighty)), money=money, named=view.pick("; ", " ; ").join(named)
        )))  # fmt: skip
    return " ".join(said)


def _by_worth(steps: Sequence[Action]) -> list[Action]:
    return sorted(steps, key=lambda step: (-step.worth, step.names))


def _weighty(view: View, step: Action) -> bool:
    """Whether a small change is one for somebody: an exchange that begins or ends, or much more bought outside."""
    if not step.of_link or step.kind in ("create", "end"):
        return step.of_link
    giver, taker = (view.chain.actors[name] for name in step.names[:2])
    if not step.increases or giver.inside or not taker.inside:
        return False
    measures = view.result.measures
    cost = (measures.chain.get("net_cost") or 0.0) if measures is not None else 0.0
    least = min(_MUCH, _PART * cost) if cost > 0.0 else _MUCH
    return (step.price or 0.0) * (step.after - step.before) > least
