"""What a plan leaves: needs not covered, goods thrown away, budgets that do not balance."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pandas as pd

from filiere.chain.chain import Chain
from filiere.chain.derived.observed import observed_of
from filiere.report.result.tables.money.room import cells, room, total, why
from filiere.report.sheet import Column, Sheet, Show
from filiere.report.view import View, place
from filiere.solution.solution import Plan

_DUST = 1e-9


def unmet(view: View) -> Sheet:
    """Return one row a need and period that is not fully served, what is worth most first.

    Of this year, a need of which nothing is known is no need that lacks something.
    """
    pick = view.pick
    frame = view.plan.unmet
    unknown = view.missing.needs if view.shows_today else ()
    rows = [
        (view.chain.needs[n], period, float(amount))
        for n, period, amount in zip(frame["need"], frame["period"], frame["quantity"], strict=True)
        if amount > _DUST * max(1.0, view.chain.needs[n].quantity or 0.0) and n not in unknown
    ]
    rows.sort(key=lambda row: (-view.chain.products[row[0].product].value * row[2], -row[0].importance))
    asked = [need for need, _, _ in rows]
    year = pick("the year", "l'année")
    products = view.chain.products
    columns = (
        Column("actor", pick("Actor", "Acteur"), [n.actor for n in asked]),
        Column("product", pick("Product", "Produit"), [n.product for n in asked]),
        Column("period", pick("Period", "Période"), [period or year for _, period, _ in rows]),
        Column("quantity", pick("Not served", "Non couvert"), [q for _, _, q in rows], Show.QUANTITY),
        Column("unit", pick("Unit", "Unité"), [products[n.product].unit for n in asked]),
        Column("wanted", pick("Wanted in the year", "Demandé dans l'année"),
               [n.quantity for n in asked], Show.QUANTITY),
        Column("value", view.in_money("Value at reference price", "Valeur au prix de référence"),
               [products[n.product].value * q for n, _, q in rows], Show.MONEY),
        Column("cell", pick("Typed in", "Saisi en"), [place(n.row) for n in asked], Show.SOURCE),
    )  # fmt: skip
    return Sheet("unmet", pick("Unmet needs", "Besoins non couverts"), columns, frozen=2)


def lost_in_stock(chain: Chain, plan: Plan) -> pd.DataFrame:
    """Return what stocks lose, by actor, product and period: their loss times what each period begins with."""
    periods = [period.name for period in chain.periods]
    ends = {(a, p, t): float(q) for a, p, t, q in plan.stocks[["actor", "product", "period", "quantity"]].itertuples(
        index=False)}  # fmt: skip
    rows = []
    for (actor, product), storage in chain.storages.items():
        start = ends.get((actor, product, periods[-1]), 0.0) if storage.initial is None else storage.initial
        for at, period in enumerate(periods if storage.loss > 0 else ()):
            begins = ends.get((actor, product, periods[at - 1]), 0.0) if at else start
            rows.append((actor, product, period, storage.loss * begins))
    return pd.DataFrame(rows, columns=["actor", "product", "period", "quantity"])


def discarded(view: View) -> Sheet:
    """Return one row an actor, product and period in which something is thrown away, or lost in a stock."""
    pick = view.pick
    lost = lost_in_stock(view.chain, view.plan)
    frame = pd.concat([view.plan.discarded.assign(stock=False), lost.assign(stock=True)], ignore_index=True)
    largest = frame.groupby("product")["quantity"].transform("max")
    frame = frame[frame["quantity"] > np.maximum(1e-6 * largest, _DUST)]
    products = [view.chain.products[p] for p in frame["product"]]
    quantities = [float(q) for q in frame["quantity"]]
    pairs = list(zip(products, quantities, strict=True))
    stocks = [bool(stock) for stock in frame["stock"]]
    how = [_how(view, *row) for row in zip(frame["actor"], frame["product"], stocks, strict=True)]
    columns = (
        Column("actor", pick("Actor", "Acteur"), frame["actor"].tolist()),
        Column("product", pick("Product", "Produit"), [p.name for p in products]),
        Column("period", pick("Period", "Période"), frame["period"].tolist()),
        Column("quantity", pick("Thrown away", "Jeté"), quantities, Show.QUANTITY),
        Column("unit", pick("Unit", "Unité"), [p.unit for p in products]),
        Column("kg", pick("Mass (t)", "Masse (t)"),
               [q * p.kg / 1000.0 if p.kg else None for p, q in pairs], Show.QUANTITY),
        Column("cost", view.in_money("Cost of disposal", "Coût d'élimination"),
               [0.0 if stock else q * p.discard_cost for (p, q), stock in zip(pairs, stocks, strict=True)], Show.MONEY),
        Column("value", view.in_money("Value at reference price", "Valeur au prix de référence"),
               [q * max(0.0, p.price) for p, q in pairs], Show.MONEY),
        Column("how", pick("How", "Comment"), how),
    )  # fmt: skip
    return Sheet("discarded", pick("Thrown away", "Rejets"), columns, frozen=2)


def _how(view: View, actor: str, product: str, stock: bool) -> str:
    """Say how something is lost; of this year, what may be delivered to somebody though nobody typed it is not."""
    if stock:
        return view.pick("lost in stock", "perdu en stock")
    links = view.result.today_chain.links
    own = view.shows_today and not view.chain.products[product].secondary
    elsewhere = own and any((links[i].from_, links[i].product) == (actor, product)
                                         for i in view.missing.links)  # fmt: skip
    if elsewhere:
        return view.pick("destination not typed", "destination non saisie")
    if view.chain.products[product].service:
        return view.pick("unused", "inutilisé")  # an hour that nobody works is paid for, and in no bin
    return view.pick("thrown away", "jeté")


def left_over(view: View) -> Sheet:
    """Return one row an actor and product of which lots or whole runs leave something, the dearest first."""
    pick = view.pick
    frame = view.plan.left_over.groupby(["actor", "product"], as_index=False)["quantity"].sum()
    frame = frame[frame["quantity"].astype(float) > _DUST]
    rows = [(str(a), view.chain.products[str(p)], float(q)) for a, p, q in frame.itertuples(index=False)]
    rows.sort(key=lambda row: -row[1].value * row[2])
    columns = (
        Column("actor", pick("Actor", "Acteur"), [actor for actor, _, _ in rows]),
        Column("product", pick("Product", "Produit"), [p.name for _, p, _ in rows]),
        Column("quantity", pick("Left over", "Reste"), [q for _, _, q in rows], Show.QUANTITY),
        Column("unit", pick("Unit", "Unité"), [p.unit for _, p, _ in rows]),
        Column("value", view.in_money("Value at reference price", "Valeur au prix de référence"),
               [q * p.value for _, p, q in rows], Show.MONEY),
    )  # fmt: skip
    return Sheet("left_over", pick("Left over of lots", "Restes de lots"), columns, frozen=2)


def _possible(view: View, actors: list[str]) -> Iterator[Column]:
    """What grants that the plan does not ask for come to, and why it does not; no column where there are none."""
    found = {} if view.shows_today else view.of(room)
    if any(actor in found for actor in actors):
        yield Column("room", view.in_money("Grants it could have besides", "Aides possibles non demandées"),
                     [total(found[a]) if a in found else 0.0 for a in actors], Show.MONEY)  # fmt: skip
        yield Column("room_why", view.pick("Why they are left", "Pourquoi elles ne le sont pas"),
                     [why(view, a) if a in found else None for a in actors], Show.PROSE)  # fmt: skip
        yield Column("room_cells", view.pick("Typed in (grants)", "Saisies en (aides)"),
                     [cells(found[a]) if a in found else None for a in actors], Show.PROSE)  # fmt: skip


def deficits(view: View) -> Sheet:
    """Return one row an actor whose receipts and reserve do not cover its outlays, the largest first."""
    pick = view.pick
    frame = view.plan.deficits.sort_values("amount", ascending=False, kind="stable")
    frame = frame[frame["amount"] > 1e-6]
    actors = [view.chain.actors[a] for a in frame["actor"]]
    lacked = observed_of(view.result.chain).deficits
    columns = (
        Column("actor", pick("Actor", "Acteur"), [a.name for a in actors]),
        Column("sector", pick("Sector", "Secteur"), [a.sector.label.to(view.language) for a in actors]),
        Column("deficit", view.in_money("Deficit", "Déficit"), [float(v) for v in frame["amount"]], Show.MONEY),
        Column("today", view.in_money("Short today", "Manque déjà cette année"),
               [lacked.get(a.name) for a in actors], Show.MONEY),
        Column("reserve", view.in_money("Reserve already counted", "Réserve déjà comptée"),
               [a.reserve or None for a in actors], Show.MONEY),
        *_possible(view, [a.name for a in actors]),
        Column("cell", pick("Typed in", "Saisi en"), [place(a.row) for a in actors], Show.SOURCE),
    )  # fmt: skip
    return Sheet("deficits", pick("Deficits", "Déficits"), columns, frozen=1)
