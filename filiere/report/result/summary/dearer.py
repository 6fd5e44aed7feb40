"""Who would pay more for what it buys elsewhere today: a plan of nearby suppliers rests on those who agree to it."""

from __future__ import annotations

from collections import defaultdict

from filiere.language import listed
from filiere.report.result.actions import moved_prices
from filiere.report.view import View

_SMALL = 0.5
"""Less money than this is none."""
_NAMED = 4
"""How many buyers are named."""


def dearer(view: View) -> dict[str, float]:
    """Return what each buyer pays more a year for what it takes from other suppliers, over all decisions."""
    found: dict[str, float] = defaultdict(float)
    actions = view.result.actions
    for decision in actions.decisions if actions else ():
        if not (decision.swaps and decision.lead.of_link):
            continue
        for one in moved_prices(decision):
            if one.now > one.then > 0.0:
                found[one.buyer] += one.moved * (one.now - one.then)
    return {buyer: money for buyer, money in found.items() if money >= _SMALL}


def dearer_line(view: View) -> str | None:
    """Say it in one sentence; None where nobody pays more."""
    paid = dearer(view)
    if not paid or view.shows_today:
        return None
    order = sorted(paid, key=lambda buyer: (-paid[buyer], buyer))
    named = [f"{buyer} ({view.money(round(paid[buyer]))})" for buyer in order[:_NAMED]]
    if len(order) > _NAMED:
        named.append(view.counted(len(order) - _NAMED, ("more", "more"), ("autre", "autres")))
    total, who = view.money(round(sum(paid.values()))), listed(named, view.language)
    return view.pick(
        f"the plan supposes that {total} a year more is paid for the same goods, taken from other suppliers than "
        f"today, by {who}: they are the ones to agree to it.",
        f"le plan suppose de payer {total} de plus par an pour les mêmes biens, pris chez d'autres fournisseurs que "
        f"cette année : {who}. C'est à eux de l'accepter.",
    )
