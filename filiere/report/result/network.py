"""The chain as the page draws it: actors with their stage and place, products, and what flows between them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from filiere.chain.chain import Actor, Product
from filiere.language import Label
from filiere.report.document import rounded
from filiere.report.result.stages import stage_order
from filiere.report.view import View
from filiere.schema import words as w
from filiere.solution.accounts import Accounts

Key = tuple[str, str, str]
FINAL_USE = Label("Final use", "Usage final")
NO_STAGE = Label("(no stage)", "(sans maillon)")


def network(view: View) -> dict[str, Any]:
    """Return actors, products and flows; positions refer to the lists, quantities and values are the year's.

    A flow is all that one actor delivers to another of one product. ``plan`` and ``today`` hold
    ``[quantity, value]`` by flow, or None where there is nothing to compare with.
    """
    chain = view.chain
    products = {**view.result.today_chain.products, **chain.products}
    plan = _amounts(view.accounts)
    today = _amounts(view.today) if view.today is not None else None
    keys = sorted({*plan, *(today or {})}, key=lambda key: (-_worth(plan.get(key)), key))
    moved = {name for key in keys for name in key[:2]}
    everybody = {**view.result.today_chain.actors, **chain.actors}  # a scenario may leave out who is there this year
    actors = [
        actor
        for actor in everybody.values()
        if actor.name in moved or (actor.name in chain.actors and actor.latitude is not None)
    ]
    stages = _stages(view, actors, plan if today is None else _joined(plan, today))
    spot = {actor.name: i for i, actor in enumerate(actors)}
    goods = list(dict.fromkeys(product for _, _, product in keys))
    product_spot = {name: i for i, name in enumerate(goods)}
    names = list(dict.fromkeys([*stage_order(chain), *stages.values()]))
    groups = list(dict.fromkeys(actor.groups[0] for actor in actors if actor.groups))
    return {
        "currency": view.currency,
        "shows_today": view.shows_today,
        "stages": names,
        "groups": groups,
        "actors": [
            {
                "name": actor.name,
                "kind": kind_of(actor),
                "perimeter": actor.perimeter.label.to(view.language),
                "stage": names.index(stages[actor.name]),
                "group": groups.index(actor.groups[0]) if actor.groups else -1,
                "place": actor.place or "",
                "lat": actor.latitude,
                "lon": actor.longitude,
            }
            for actor in actors
        ],
        "products": [_product(products[name], names, view) for name in goods],
        "from": [spot[key[0]] for key in keys],
        "to": [spot[key[1]] for key in keys],
        "product": [product_spot[key[2]] for key in keys],
        "plan": [plan.get(key, [0.0, 0.0]) for key in keys],
        "today": None if today is None else [today.get(key, [0.0, 0.0]) for key in keys],
    }


def kind_of(actor: Actor) -> str:
    """Return ``inside``, ``partner``, ``public`` (outside) or ``private`` (outside, social economy included)."""
    if actor.inside:
        return "inside"
    if actor.perimeter is w.Perimeter.PARTNER:
        return "partner"
    return "public" if actor.sector is w.Sector.PUBLIC else "private"


def _product(product: Product, stages: list[str], view: View) -> dict[str, Any]:
    stage = product.stage or view.set(NO_STAGE)
    return {
        "name": product.name,
        "unit": product.unit,
        "kg": product.kg or 0.0,
        "again": product.secondary,
        "stage": stages.index(stage) if stage in stages else -1,
    }


def _amounts(accounts: Accounts) -> dict[Key, list[float]]:
    """Return quantity and value by (from, to, product), rounding dust left out."""
    flows = accounts.flows
    links = accounts.chain.links
    found: dict[Key, list[float]] = {}
    for i, quantity, value in zip(flows["link"], flows["quantity"], flows["value"], strict=True):
        link = links[i]
        both = found.setdefault((link.from_, link.to, link.product), [0.0, 0.0])
        both[0] += float(quantity)
        both[1] += float(value)
    largest: dict[str, float] = {}
    for (_, _, product), (quantity, _) in found.items():
        largest[product] = max(largest.get(product, 0.0), quantity)
    return {
        key: [rounded(quantity), rounded(value)]
        for key, (quantity, value) in found.items()
        if quantity > 1e-6 * largest[key[2]]
    }


def _worth(amount: list[float] | None) -> float:
    return abs(amount[1]) if amount else 0.0


def _joined(*parts: dict[Key, list[float]]) -> dict[Key, list[float]]:
    return {key: amount for part in reversed(parts) for key, amount in part.items()}


def _stages(view: View, actors: Iterable[Actor], flows: dict[Key, list[float]]) -> dict[str, str]:
    """Return each actor's stage: that of what it delivers most, by-products apart.

    Who delivers by-products alone is a final user where it has a need, else stands at their stage.
    """
    chain, products = view.chain, {**view.result.today_chain.products, **view.chain.products}
    weight: dict[tuple[str, bool], dict[str, float]] = {}
    for (giver, _, product), (quantity, value) in flows.items():
        good = products[product]
        sums = weight.setdefault((giver, good.secondary), {})
        stage = good.stage or view.set(NO_STAGE)
        sums[stage] = sums.get(stage, 0.0) + abs(value) + quantity * max(good.value, 1e-9)
    final = view.set(FINAL_USE)
    users = {need.actor for need in chain.needs if not chain.products[need.product].secondary}
    found: dict[str, str] = {}
    for actor in actors:
        by_products = {} if actor.name in users else weight.get((actor.name, True), {})
        sums = weight.get((actor.name, False)) or by_products
        found[actor.name] = max(sums, key=lambda s: sums[s]) if sums else final
    return found
