"""Who sells less to the territory than this year, and what its public bodies buy more: both have to be told them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from filiere.language import listed, to_name
from filiere.report.result.tables.plan.stopped import outlets_at_home_line
from filiere.report.view import View
from filiere.schema import words as w
from filiere.solution.accounts import Accounts
from filiere.solution.table import added_up

_NAMED = 4
"""How many actors are named."""
_LEAST = 0.2
"""A supplier that loses a smaller share of what it sells here is not named."""
_SMALL = 0.5
"""Less money than this is none."""

_Sums = Mapping[str, Mapping[str, float]]


def outlets_line(view: View) -> str | None:
    """Say which outlets of the territory take less, which of its actors sell a fifth or more less to somebody outside,
    then which suppliers lose as much of what they sell in the chain, each the largest first; None where nobody does.
    """
    if view.today is None or view.shows_today:
        return None
    parts = (outlets_at_home_line(view, view.today), _abroad(view, view.today), _in_chain(view, view.today))
    said = [one for one in parts if one is not None]
    if not said:
        return None
    lost = view.pick("; ", " ; ").join(said)
    return view.pick(
        f"{lost}. The plan is the state to reach, not that of the first year: "
        "“continuity” (sheet Settings) or a minimum (sheet Links) keep a step on the way.",
        f"{lost}. Le plan est l'état à atteindre, pas celui de la "
        "première année : « continuité » (feuille Paramètres) ou un minimum (feuille Échanges) gardent une étape.",
    )


def _abroad(view: View, today: Accounts) -> str | None:
    """Name the inside actors whose sales to one outside customer fall by a fifth or more."""
    now, then = (_outside_sales(accounts) for accounts in (view.accounts, today))
    lost = sorted(
        (now.get(key, 0.0) - before, key, before) for key, before in then.items()
        if before > 0.0 and before - now.get(key, 0.0) >= max(_SMALL, _LEAST * before)
    )  # fmt: skip
    if not lost:
        return None
    named = [
        view.pick(f"{seller} −{view.money(round(-less))} of {view.money(round(before))} ({product} to {buyer})",
                  f"{seller} −{view.money(round(-less))} sur {view.money(round(before))} ({product} {to_name(buyer)})")
        for less, (seller, buyer, product), before in lost[:_NAMED]
    ]  # fmt: skip
    if len(lost) > _NAMED:
        rest = view.money(round(-sum(less for less, _, _ in lost[_NAMED:])))
        named.append(view.counted(len(lost) - _NAMED, ("more", "more"), ("autre", "autres")) + f" (−{rest})")
    told = view.pick("; ", " ; ").join(named)
    return view.pick(f"actors of the territory sell less to the outside than this year: {told}",
                     f"des acteurs du territoire vendent moins au-dehors que cette année : {told}")  # fmt: skip


def _outside_sales(accounts: Accounts) -> Mapping[tuple[str, str, str], float]:
    """What each inside actor is paid from the outside, by customer and product."""
    inside, flows = accounts.actors["inside"], accounts.flows
    kept = flows[inside[flows["from"]] & ~inside[flows["to"]]]
    sums = added_up(kept, "value", "from", "to", "product")
    return {
        (str(accounts.actor_index[seller]), str(accounts.actor_index[buyer]), str(accounts.product_index[product])):
            value for seller, buyer, product, value in sums.rows("from", "to", "product", "value")
    }  # fmt: skip


def _in_chain(view: View, today: Accounts) -> str | None:
    """Name the suppliers that lose a fifth or more of what they sell in the chain."""
    now, then = (_money(accounts, "from") for accounts in (view.accounts, today))
    lost = []
    for name, sold in then.items():
        before, after = sum(sold.values()), sum(now.get(name, {}).values())
        if before > 0.0 and before - after >= max(_SMALL, _LEAST * before):
            gone = {product: money - now.get(name, {}).get(product, 0.0) for product, money in sold.items()}
            lost.append((before - after, name, before, max(gone, key=lambda one: (gone[one], one))))
    if not lost:
        return None
    lost.sort(key=lambda one: (-one[0], one[1]))
    named = [
        view.pick(f"{name} −{view.money(round(less))} of {view.money(round(before))} (−{view.percent(less / before)}, "
                  f"first of all {product})",
                  f"{name} −{view.money(round(less))} sur {view.money(round(before))} (−{view.percent(less / before)}, "
                  f"d'abord {product})")
        for less, name, before, product in lost[:_NAMED]
    ]  # fmt: skip
    if len(lost) > _NAMED:
        named.append(view.counted(len(lost) - _NAMED, ("more", "more"), ("autre", "autres")))
    said = view.pick("; ", " ; ").join(named)
    return view.pick(
        f"sell less in the chain than this year: {said}",
        f"vendent moins dans la filière que cette année : {said}",
    )


def public_line(view: View) -> str | None:
    """Say what public bodies of the territory buy more than this year, grants apart; None where they do not."""
    if view.today is None or view.shows_today:
        return None
    now, then = (_money(accounts, "to") for accounts in (view.accounts, view.today))
    more = []
    for name, actor in view.chain.actors.items():
        if not actor.inside or actor.sector is not w.Sector.PUBLIC or name in view.unheard:
            continue
        after, before = (side.get(name, {}) for side in (now, then))
        change = sum(after.values()) - sum(before.values())
        if change >= _SMALL:
            grown = {product: money - before.get(product, 0.0) for product, money in after.items()}
            more.append((change, name, max(grown, key=lambda one: (grown[one], one))))
    if not more:
        return None
    more.sort(key=lambda one: (-one[0], one[1]))
    named = [view.pick(f"{name} +{view.money(round(change))} (first of all {product})",
                       f"{name} +{view.money(round(change))} (d'abord {product})")
             for change, name, product in more[:_NAMED]]  # fmt: skip
    if len(more) > _NAMED:
        named.append(view.counted(len(more) - _NAMED, ("more", "more"), ("autre", "autres")))
    total, who = view.money(round(sum(change for change, _, _ in more))), listed(named, view.language)
    return view.pick(f"besides grants, public bodies buy for {total} more a year: {who}.",
                     f"en plus des aides, des organismes publics achètent pour {total} de plus par an : "
                     f"{who}.")  # fmt: skip


def _money(accounts: Accounts, end: str) -> _Sums:
    """What each actor sells (``from``) or buys (``to``), by product, in money, of flows that have an inside end."""
    inside, flows = accounts.actors["inside"], accounts.flows
    kept = flows[inside[flows["from"]] | inside[flows["to"]]]
    sums = added_up(kept, "value", end, "product")
    found: dict[str, dict[str, float]] = defaultdict(dict)
    for actor, product, value in sums.rows(end, "product", "value"):
        found[str(accounts.actor_index[actor])][str(accounts.product_index[product])] = value
    return found
