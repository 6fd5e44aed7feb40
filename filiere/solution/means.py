"""What deliveries and stocks take of means, at whoever lends them, and what is paid for it."""

from __future__ import annotations

import numpy as np

from filiere.solution.accounts import Accounts, Floats
from filiere.solution.once import once
from filiere.solution.table import Table


@once
def means_taken(accounts: Accounts) -> Table:
    """Return actor (the lender), user, product, period, quantity and paid, one row a flow or a stock that uses a means.

    The user is the buyer, or whoever stores; it pays the service's price unless it lends to itself.
    """
    chain, flows, stocks = accounts.chain, accounts.plan.flows, accounts.plan.stocks
    using = {e: link.uses for e, link in enumerate(chain.links) if link.uses}
    keeping = {place: stock.uses for place, stock in chain.storages.items() if stock.uses}
    rows = []
    for link, buyer, period, amount in zip(
        *(flows[c].tolist() for c in ("link", "to", "period", "quantity")) if using else ((), (), (), ()), strict=True
    ):
        if use := using.get(link):
            rows.append((use.carrier, buyer, use.product, period, amount * use.quantity))
    for actor, product, period, amount in zip(
        *(stocks[c].tolist() for c in ("actor", "product", "period", "quantity")) if keeping else ((), (), (), ()),
        strict=True,
    ):
        if use := keeping.get((actor, product)):
            rows.append((use.carrier, actor, use.product, period, amount * use.quantity))
    lender, user, product, period, amount = zip(*rows, strict=True) if rows else ((), (), (), (), ())
    frame = Table({
        "actor": accounts.actor_at(lender), "user": accounts.actor_at(user), "product": accounts.product_at(product),
        "period": accounts.period_at(period), "quantity": np.asarray(amount, dtype=float),
    })  # fmt: skip
    price = accounts.products["price"][frame["product"]]
    return frame.assign(paid=price * frame["quantity"] * (frame["actor"] != frame["user"]))


def from_outside(accounts: Accounts) -> Floats:
    """Return what counts as dependency, by row of :func:`means_taken`: lent from farther outside than it is used."""
    taken, products = means_taken(accounts), accounts.products
    weight = accounts.actors["weight"]
    inward = np.maximum(0.0, weight[taken["actor"]] - weight[taken["user"]])
    value = (products["criticality"] * products["value"])[taken["product"]]
    return np.asarray(taken["quantity"] * value * inward)
