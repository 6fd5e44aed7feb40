"""What independence costs: the whole of it against what the cost bound allows, and its dearest euro."""

from __future__ import annotations

from filiere.report.result.actions import decided
from filiere.report.view import View
from filiere.schema import words as w

_KEY = w.Objective.COST.key
_LEAST = 0.5
"""Less money than this is none."""


def independence(view: View) -> str | None:
    """Return it in a sentence or two; None where the cost is not bounded."""
    bound = view.result.solution.bound
    reached = [value.final for value in view.result.solution.objectives if value.objective == _KEY]
    if bound is None or not reached or view.shows_today:
        return None
    pick, more, room = view.pick, reached[-1] - bound.least, bound.limit - bound.least
    if more > _LEAST:
        text = pick(
            f"this plan costs {view.money(more)} a year more than the cheapest that would serve the same needs; the "
            f"cost bound allows up to {view.money(room)}.",
            f"ce plan coûte {view.money(more)} de plus par an que le moins cher qui couvrirait les mêmes besoins ; le "
            f"plafond de coût en permet jusqu'à {view.money(room)}.",
        )
    else:
        text = pick(
            "this plan costs no more than the cheapest that would serve the same needs.",
            "ce plan ne coûte pas plus que le moins cher qui couvrirait les mêmes besoins.",
        )
    return text + _dearest(view)


def _dearest(view: View) -> str:
    """The decision in which a euro less of dependency costs most, of those that were refused in turn."""
    found = view.result.actions
    priced = []
    for number, decision in enumerate(found.decisions if found else (), start=1):
        losses = decision.refused.losses
        freed, spared = losses.get("dependency", 0.0), -losses.get(_KEY, 0.0)
        if freed > _LEAST and spared > _LEAST:
            priced.append((spared / freed, number, decision))
    if not priced:
        return ""
    price, number, decision = max(priced, key=lambda one: one[0])
    sign, what = view.currency, decided(view, decision).rstrip(".")
    return view.pick(
        f" The dearest {sign} of independence costs {view.money(price)} (action {number}: {what}).",
        f" L'{'euro' if sign == '€' else 'unité'} d'indépendance le plus cher y revient à {view.money(price)} (action "
        f"n° {number} : {what}).",
    )  # fmt: skip
