"""What a plan rests on: that more is asked for than is served this year, and that nothing that is full fails."""

from __future__ import annotations

from collections import defaultdict

from filiere.language import listed
from filiere.report.result.tables.plan.activities import capacities
from filiere.report.view import View
from filiere.schema import words as w
from filiere.solution.accounts import Accounts
from filiere.solution.ledger import revenues

_NAMED = 3
"""How many are named."""
_FULL = 0.995
"""An activity that runs at this share of its capacity or more is full."""
_MORE = 0.2
"""A need that is larger than what is served this year by less than this share is told in its table alone."""


def demand_line(view: View) -> str | None:
    """Name the needs that are much larger than what is served this year, the dearest first; None where none is."""
    if view.today is None or view.shows_today:
        return None
    before = served(view.today)
    wanted = view.result.today_chain.needs
    unknown = {(wanted[n].actor, wanted[n].product) for n in view.missing.needs}
    asked: dict[tuple[str, str], float] = defaultdict(float)
    for need in view.chain.needs:
        if need.obligation is not w.Obligation.OUTLET and view.chain.actors[need.actor].inside:
            asked[need.actor, need.product] += need.quantity or 0.0
    grown = []
    for (actor, product), quantity in asked.items():
        then = before.get((actor, product), 0.0)
        if (actor, product) in unknown and not then:
            continue  # nobody typed what was served: it is not known to be less
        if quantity > (1.0 + _MORE) * then and quantity - then > 1e-6 * quantity:
            worth = (quantity - then) * view.chain.products[product].value
            grown.append((worth, actor, product, then, quantity))
    if not grown:
        return None
    grown.sort(key=lambda one: (-one[0], one[1], one[2]))
    named = [
        view.pick(f"{product} for {actor} ({view.quantity(then, product)} this year, "
                  f"{view.quantity(quantity, product)} asked for)",
                  f"{product} pour {actor} ({view.quantity(then, product)} cette année, besoin saisi : "
                  f"{view.quantity(quantity, product)})")
        for _, actor, product, then, quantity in grown[:_NAMED]
    ]  # fmt: skip
    if len(grown) > _NAMED:
        named.append(view.counted(len(grown) - _NAMED, ("more", "more"), ("autre", "autres")))
    said, more = listed(named, view.language), view.money(round(sum(one[0] for one in grown)))
    paid = _paid_for(view.accounts)
    rests = any((actor, product) in paid for _, actor, product, _, _ in grown)
    return view.pick(
        f"needs as typed exceed what is served this year by a fifth or more: {said}; {more} at reference prices."
        + " The plan's receipts rest on them." * rests,
        f"les besoins saisis dépassent d'un cinquième ou plus ce qui est servi cette année : {said} ; soit {more} au "
        "prix de référence." + " Les recettes du plan en dépendent." * rests,
    )


def _paid_for(accounts: Accounts) -> set[tuple[str, str]]:
    """Return the actors and products of which somebody is paid: what is delivered to one, or served there."""
    flows, served = accounts.flows, accounts.served
    bought, used = flows[flows["value"] > 0.0], served[revenues(accounts) > 0.0]
    places = [*zip(bought["to"], bought["product"], strict=True), *zip(used["actor"], used["product"], strict=True)]
    return {(str(accounts.actor_index[actor]), str(accounts.product_index[product])) for actor, product in places}


def full_line(view: View) -> str | None:
    """Name the activities that run at all that they can, those of most value first; None where none does."""
    if view.shows_today:
        return None
    levels, products = view.accounts.level_by_process.tolist(), view.chain.products
    full = []
    for process, level, most in zip(view.chain.processes.values(), levels, capacities(view), strict=True):
        if most and level >= _FULL * most and not process.serves:
            worth = level * sum(made * products[p].value for p, made in process.outputs.items())
            full.append((worth, f"{process.name} ({process.actor})"))
    if not full:
        return None
    full.sort(key=lambda one: (-one[0], one[1]))
    named = [name for _, name in full[:_NAMED]]
    if len(full) > _NAMED:
        named.append(view.counted(len(full) - _NAMED, ("more", "more"), ("autre", "autres")))
    said = listed(named, view.language)
    return view.pick(
        f"run at their full capacity: {said}. A bad season finds no margin there: a scenario, or the stress test, "
        "says what it would do.",
        f"sont au maximum de leur capacité : {said}. Une mauvaise saison n'y trouve pas de marge : un scénario, ou "
        "le test de résistance, dit ce qu'elle ferait.",
    )


def served(accounts: Accounts) -> dict[tuple[str, str], float]:
    """Return how much of each product is served to each actor in the year."""
    found: dict[tuple[str, str], float] = defaultdict(float)
    columns = (accounts.served[name].tolist() for name in ("actor", "product", "quantity"))
    for actor, product, quantity in zip(*columns, strict=True):
        found[str(accounts.actor_index[actor]), str(accounts.product_index[product])] += quantity
    return found
