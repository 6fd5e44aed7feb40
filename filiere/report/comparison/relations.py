"""Relations that appear, vanish or change between the reference and the other cases."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from filiere.chain.chain import Link
from filiere.report.comparison.figures import last_of
from filiere.report.comparison.sides import Sides, difference
from filiere.report.sheet import Column, Sheet, Show, Value
from filiere.report.view import View

Key = tuple[str, str, str]
"""(from, to, product)."""

_PRINTED = 80
"""Relations that are printed, those that change most: two pages of them."""
_DUST = 1e-6
"""A delivery below this share of the largest one of its product is what rounding leaves, not goods."""


@dataclass(frozen=True)
class Delivery:
    """What one relation carries in the year."""

    quantity: float = 0.0
    value: float = 0.0


WORDS = {
    "appears": ("appears", "apparaît"), "vanishes": ("vanishes", "disparaît"), "grows": ("grows", "augmente"),
    "shrinks": ("shrinks", "diminue"), "price": ("price changes", "prix modifié"), "same": ("unchanged", "inchangé"),
}  # fmt: skip


def deliveries(view: View) -> dict[Key, Delivery]:
    """Return what each relation carries, price steps and periods added up, without rounding dust."""
    frame = view.plan.flows
    sums = frame.groupby(["from", "to", "product"], sort=False)[["quantity", "value"]].sum()
    rows = zip(sums.index, sums["quantity"].tolist(), sums["value"].tolist(), strict=True)
    found = {(str(a), str(b), str(p)): Delivery(float(q), float(v)) for (a, b, p), q, v in rows}
    largest: dict[str, float] = {}
    for (_, _, product), delivery in found.items():
        largest[product] = max(largest.get(product, 0.0), delivery.quantity)
    return {key: one for key, one in found.items() if one.quantity > _DUST * largest[key[2]]}


def evolution(now: Delivery, before: Delivery) -> str:
    """Return the key of what happens to a relation: ``appears``, ``vanishes``, ``grows``, ``shrinks``…"""
    if before.quantity == 0.0:
        return "appears" if now.quantity > 0.0 else "same"
    if now.quantity == 0.0:
        return "vanishes"
    change = now.quantity - before.quantity
    if abs(change) > _DUST * max(now.quantity, before.quantity):
        return "grows" if change > 0.0 else "shrinks"
    return "price" if difference(now.value, before.value) else "same"


def relations(sides: Sides) -> Sheet | None:
    """Return one row a relation that is not the same everywhere, the largest changes of value first.

    None where the reference has no plan, or no case differs from it.
    """
    if sides.base is None:
        return None
    carried = [deliveries(view) if view else None for view in sides.views]
    before = carried[0] or {}
    moved: dict[Key, float] = {}
    for found in (one for one in carried[1:] if one is not None):
        for key in {**before, **found}:
            now, then = found.get(key, Delivery()), before.get(key, Delivery())
            if evolution(now, then) != "same":
                moved[key] = max(moved.get(key, 0.0), abs(now.value - then.value))
    keys = sorted(moved, key=lambda key: (-moved[key], key))
    if not keys:
        return None
    columns = [*_what(sides, keys), *_figures(sides, keys, carried)]
    inside, outside = sides.base.mark_words
    title = sides.pick("Relations", "Échanges")
    return Sheet("relations", title, tuple(columns), 3, inside, outside, _words(sides, "vanishes"), across=True,
                 printed=last_of(columns, "case"), printed_rows=_PRINTED)  # fmt: skip


def _what(sides: Sides, keys: list[Key]) -> list[Column]:
    links = _links(sides)
    goods = {name: product for view in sides.views if view for name, product in view.chain.products.items()}
    kinds = [view.link_word(link) for view, link in (links[key] for key in keys)]
    return [
        Column("from", sides.pick("From", "Fournisseur"), [key[0] for key in keys]),
        Column("to", sides.pick("To", "Client"), [key[1] for key in keys]),
        Column("product", sides.pick("Product", "Produit"), [key[2] for key in keys]),
        Column("kind", sides.pick("Kind", "Nature"), kinds, Show.MARK),
        Column("unit", sides.pick("Unit", "Unité"), [goods[key[2]].unit for key in keys]),
    ]


def _figures(sides: Sides, keys: list[Key], carried: list[dict[Key, Delivery] | None]) -> list[Column]:
    before = carried[0] or {}
    differences, happenings = [], []
    columns = [Column("case0", sides.titles[0], [before.get(key, Delivery()).quantity for key in keys], Show.QUANTITY)]
    for at in sides.others():
        found = carried[at]
        if found is None:
            continue
        now = [found.get(key, Delivery()) for key in keys]
        then = [before.get(key, Delivery()) for key in keys]
        happens = [evolution(n, b) for n, b in zip(now, then, strict=True)]
        said = [None if word == "same" else sides.pick(*WORDS[word]) for word in happens]
        columns.append(Column(f"case{at}", sides.titles[at], [one.quantity for one in now], Show.QUANTITY, keep=True))
        if sides.roomy:
            change: list[Value] = [n.quantity - b.quantity for n, b in zip(now, then, strict=True)]
            differences.append(
                Column(f"difference{at}", sides.heading(at, "difference", "écart"), change, Show.CHANGE, keep=True,
                       formula=f"{{case{at}}}-{{case0}}")
            )  # fmt: skip
        heading = sides.heading(at, "what happens", "évolution")
        happenings.append(Column(f"happens{at}", heading, said, Show.MARK, keep=True))
    return [*columns, *differences, *happenings]


def counts(sides: Sides, at: int) -> Mapping[str, int]:
    """Return how many relations of a case appear, vanish, grow, shrink or change price."""
    view = sides.views[at]
    if sides.base is None or view is None:
        return {}
    now, before = deliveries(view), deliveries(sides.base)
    words = [evolution(now.get(key, Delivery()), before.get(key, Delivery())) for key in {**now, **before}]
    return {word: words.count(word) for word in WORDS if word != "same"}


def _links(sides: Sides) -> dict[Key, tuple[View, Link]]:
    found: dict[Key, tuple[View, Link]] = {}
    for view in sides.views:
        for link in view.chain.links if view else ():
            if view is not None:
                found.setdefault((link.from_, link.to, link.product), (view, link))
    return found


def _words(sides: Sides, *keys: str) -> tuple[str, ...]:
    return tuple(sides.pick(*WORDS[key]) for key in keys)
