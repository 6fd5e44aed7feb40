"""Products: their defaults, their mass, and what one unit counts for."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from filiere.chain.assemble.names import Register
from filiere.chain.chain import Actor, Link, Need, Offer, Process, Product
from filiere.chain.parse.cell import meant
from filiere.chain.parse.tables import Tables
from filiere.names import loose, tidy
from filiere.problems import assembling as say
from filiere.schema import changed
from filiere.schema import tables as t
from filiere.schema import words as w
from filiere.units import mass_in_kg, misspelt_unit

_NAMED_ONE_BY_ONE = 4
"""More products than this without a price are told in one message."""


def assemble_products(tables: Tables, register: Register) -> dict[str, Product]:
    """Return the products by name; ``value`` is the typed price until the links are known."""
    names = register.names("products")
    rows = register.unique(((names.declare(row.product, row.at("product")),), row) for row in tables.products)
    products = {}
    for (name,), row in rows.items():
        families, labels = register.names("families"), register.names("labels")
        kept = row.kind in (w.ProductKind.SECONDARY, w.ProductKind.SERVICE)
        price = row.price or 0.0
        _check_unit(row, register)
        products[name] = Product(
            name, tidy(row.unit), price, price, row.kind, _mass(row, register), row.criticality,
            kept if row.may_discard is None else row.may_discard is w.YesNo.YES, row.discard_cost,
            tuple(dict.fromkeys(labels.declare(label, row.at("labels")) for label in row.labels if tidy(label))),
            families.declare(row.family, row.at("family")) if row.family else None, row.stage, row,
            None if row.shelf_life is None else int(row.shelf_life),
        )  # fmt: skip
    return products


def _check_unit(row: t.ProductRow, register: Register) -> None:
    known = misspelt_unit(row.unit)
    if known is not None:
        register.report(say.UNIT_MISSPELT.at(row.at("unit"), unit=tidy(row.unit), meant=meant(known)))


def _mass(row: t.ProductRow, register: Register) -> float | None:
    """Return kg per unit: 0 for a service, else as typed, else from the unit where it is a mass."""
    from_unit = mass_in_kg(row.unit)
    if row.kind is w.ProductKind.SERVICE:
        if row.kg:
            register.report(say.SERVICE_WITH_KG.at(row.at("kg"), name=tidy(row.product)))
        return 0.0
    if row.kg is None:
        return from_unit
    if from_unit is not None and abs(row.kg - from_unit) > 1e-9 * from_unit:
        register.report(
            say.KG_CONTRADICTS.at(
                row.at("kg"), name=tidy(row.product), unit=tidy(row.unit), kg=row.kg, expected=from_unit
            )
        )
    return row.kg


def with_values(
    products: Mapping[str, Product], links: Iterable[Link], weighed: Iterable[str], register: Register
) -> dict[str, Product]:
    """Return the products with π°: the price without its sign; else the plain mean of the prices that the rows of
    Links type, without their signs, each row once; else 1, with a warning where the product is among ``weighed``.
    """
    typed: dict[str, dict[int, float]] = {}
    unpriced = {name for name, product in products.items() if not product.price}
    for link in links:
        if link.product in unpriced and link.price:
            typed.setdefault(link.product, {})[id(link.row)] = abs(link.price)
    valued = {}
    unknown = []
    for name, product in products.items():
        prices = list(typed.get(name, {}).values())
        if name in unpriced:
            product = changed(product, value=sum(prices) / len(prices) if prices else 1.0)
            if not prices:
                unknown.append(product)
        else:
            product = changed(product, value=abs(product.price))
        valued[name] = product
    wanted = set(weighed)
    _report_unpriced([product for product in unknown if product.name in wanted], register)
    return valued


def _report_unpriced(unknown: list[Product], register: Register) -> None:
    if len(unknown) > _NAMED_ONE_BY_ONE:
        cell = unknown[0].row.at("price")
        register.report(say.PRICE_MISSING.at(cell, names=[product.name for product in unknown]))
        return
    for product in unknown:
        register.report(say.PRICE_MISSING.at(product.row.at("price"), names=[product.name]))


def weighed_products(
    actors: Mapping[str, Actor], processes: Iterable[Process], links: Iterable[Link], needs: Iterable[Need]
) -> set[str]:
    """Return the products whose value some measure rests on: traded with the outside, needed, or known today."""
    found = {need.product for need in needs if need.obligation is not w.Obligation.OUTLET}
    for link in links:
        if link.today is not None or actors[link.from_].weight != actors[link.to].weight:
            found.add(link.product)
    for process in processes:
        if process.today is not None:
            found.update(process.outputs)
    return found


_NONE = {loose(word) for word in ("none", "aucune", "aucun")}


def own_labels(row: t.LinkRow | t.OfferRow, register: Register) -> tuple[str, ...] | None:
    """Return the labels typed on a row, () for ``none``, None where the cell is blank."""
    typed = [label for label in row.labels if tidy(label)]
    if not typed:
        return None
    names = register.names("labels")
    kept = [label for label in typed if loose(label) not in _NONE]
    return tuple(dict.fromkeys(names.declare(label, row.at("labels")) for label in kept))


def labelled(links: Iterable[Link], offers: Iterable[Offer], actors: Mapping[str, Actor]) -> tuple[Link, ...]:
    """Return the links; one without labels takes those that all the offers of its outside seller share."""
    sold: dict[tuple[str, str], list[tuple[str, ...] | None]] = defaultdict(list)
    for offer in offers:
        if not actors[offer.actor].inside:
            sold[offer.actor, offer.product].append(offer.labels)
    shared = {key: _shared(each) for key, each in sold.items()}

    def of_its_seller(link: Link) -> Link:
        labels = shared.get((link.from_, link.product)) if link.labels is None else None
        return link if labels is None else changed(link, labels=labels)

    return tuple(map(of_its_seller, links))


def _shared(each: list[tuple[str, ...] | None]) -> tuple[str, ...] | None:
    """Labels that every offer carries; None where one of them says nothing."""
    known = [labels for labels in each if labels is not None]
    if len(known) < len(each):
        return None
    return tuple(label for label in known[0] if all(label in labels for labels in known))
