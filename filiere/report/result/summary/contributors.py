"""Who and what a headline figure is mostly made of: the names that its sentence gives."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

import numpy as np

from filiere.indicators import dependency
from filiere.solution import evaluate, ledger
from filiere.solution.accounts import UNKNOWN, Accounts, Floats
from filiere.solution.table import Table, added_up


class Part(NamedTuple):
    """One contributor: its name, what it contributes with (a product, an activity, or nothing), how much.

    ``whole`` is whether the amount is for that alone, or for other things too.
    """

    name: str
    what: str
    amount: float
    whole: bool = True


class NetCost(NamedTuple):
    """What the net cost of the territory is made of; all positive, in the currency a year."""

    purchases: float
    own: float
    sales: float
    users: float

    @property
    def net(self) -> float:
        """Purchases and own costs less sales and what users pay."""
        return self.purchases + self.own - self.sales - self.users


def outside_sellers(accounts: Accounts) -> list[Part]:
    """Return the outside actors that the inside pays, with the main product of each, largest first."""
    return _partners(accounts, dependency.purchases(accounts))


def outside_buyers(accounts: Accounts, again: bool = False) -> list[Part]:
    """Return the outside actors that pay the inside, with the main product of each, largest first.

    Either for goods and services, of which the territory depends, or for what is used ``again``: by-products and
    re-used goods, of which it does not.
    """
    sales = dependency.sales(accounts)
    secondary = np.append(accounts.products["secondary"], False)[sales["product"]]
    return _partners(accounts, sales[secondary == again])


def outside_funders(accounts: Accounts) -> list[Part]:
    """Return the outside funders, largest first."""
    return _partners(accounts, dependency.grants(accounts).assign(product=UNKNOWN))


def funders_in_part(accounts: Accounts) -> list[tuple[str, float]]:
    """Return the outside funders of whose grants a part counts as dependency, with that part, the largest first."""
    given = dependency.grants(accounts)
    sums = given.frame.groupby("other")[["amount", "outward"]].sum()
    parts = (
        (accounts.actor_index[other], float(outward / amount), float(amount))
        for other, amount, outward in sums.itertuples()
        if amount > 1e-9 and 1e-9 < outward / amount < 1 - 1e-9
    )
    return [(name, part) for name, part, amount in sorted(parts, key=lambda one: (-one[2], one[0]))]


def reused(accounts: Accounts) -> list[Part]:
    """Return the secondary products that activities and final users take in, the largest first, by mass or by value as
    the rate counts them.

    What came in from outside on balance is left out, as the rate leaves it out: nobody here had it before.
    """
    made, served = accounts.made, accounts.served
    count = len(accounts.products)
    here = accounts.actors["inside"][served["actor"]]
    taken = accounts.summed(made["product"], made["input"], count)
    taken = taken + accounts.summed(served["product"][here], served["quantity"][here], count) - _brought_in(accounts)
    return _secondary(accounts, taken)


def brought_in(accounts: Accounts) -> list[Part]:
    """Return the secondary products that came in from outside on balance, which the rate takes off."""
    return _secondary(accounts, _brought_in(accounts))


def _brought_in(accounts: Accounts) -> Floats:
    """By product, what came in from outside less what went there, 0 where more went than came."""
    flows, inside = accounts.flows, accounts.actors["inside"]
    entering, leaving = inside[flows["to"]] & ~inside[flows["from"]], inside[flows["from"]] & ~inside[flows["to"]]
    balance = flows["received"] * entering - flows["quantity"] * leaving
    return np.maximum(0.0, accounts.summed(flows["product"], balance, len(accounts.products)))


def _secondary(accounts: Accounts, amounts: Floats) -> list[Part]:
    """Return the secondary products of which there is any, the largest first, by mass or by value as it counts."""
    size = evaluate.sizes(accounts, accounts.chain.settings.circularity_basis)
    found = np.flatnonzero(accounts.products["secondary"] & (amounts > 1e-9)).tolist()
    order = sorted(found, key=lambda p: -amounts[p] * size[p])
    return [Part(accounts.product_index[p], "", float(amounts[p])) for p in order]


def employers(accounts: Accounts) -> list[Part]:
    """Return the actors whose activities employ most, in full-time equivalents."""
    posts = accounts.summed(accounts.levels["actor"], evaluate.jobs_terms(accounts), len(accounts.actors))
    return _largest(Part(accounts.actor_index[i], "", float(v)) for i, v in enumerate(posts))


def emitters(accounts: Accounts) -> list[Part]:
    """Return the activities and the deliveries of each product that emit most, in kg CO2e."""
    levels, flows = accounts.levels, accounts.flows
    made = accounts.processes["co2"] * accounts.level_by_process
    rate = accounts.links["co2"][flows["link"]]
    moved = accounts.summed(flows["product"], rate * flows["quantity"], len(accounts.products))
    keys = list(accounts.chain.processes)
    parts = [Part(name, actor, float(made[i])) for i, (name, actor) in enumerate(keys)] if len(levels) else []
    parts += [Part("", accounts.product_index[p], float(v)) for p, v in enumerate(moved)]
    return _largest(parts)


def net_cost(accounts: Accounts) -> NetCost:
    """Return what the net cost of the inside as a whole is made of."""
    inside = accounts.actors["inside"]
    flows = accounts.flows
    to_inside, from_inside = inside[flows["to"]], inside[flows["from"]]
    value = flows["value"]
    entering, leaving = value[to_inside & ~from_inside], value[from_inside & ~to_inside]
    own = float(ledger.own_costs(accounts)["amount"].sum())
    own += float((ledger.transport_paid(accounts) * to_inside).sum())
    own += float((ledger.link_fixed_costs(accounts) * inside[accounts.links["to"]]).sum())
    # A negative price turns a sale into a payment: waste that an outsider is paid to take is a purchase.
    purchases = float(np.maximum(entering, 0.0).sum() + np.maximum(-leaving, 0.0).sum())
    sales = float(np.maximum(leaving, 0.0).sum() + np.maximum(-entering, 0.0).sum())
    return NetCost(purchases, own, sales, float(ledger.revenues(accounts).sum()))


class Origin(NamedTuple):
    """Where a product comes from: made or drawn inside, or received from outside, in its own unit."""

    product: str
    inside: float
    outside: float
    worth: float

    @property
    def share(self) -> float:
        """The inside part."""
        return self.inside / (self.inside + self.outside)


def origins(accounts: Accounts) -> list[Origin]:
    """Return where each product comes from, secondary ones apart, the largest values first."""
    count, products = len(accounts.products), accounts.products
    inside = accounts.actors["inside"]
    flows, offers = accounts.flows, accounts.offers
    entering = inside[flows["to"]] & ~inside[flows["from"]]
    own = inside[offers["actor"]]
    home = accounts.summed(accounts.made["product"], accounts.made["output"], count)
    home = home + accounts.summed(offers["product"][own], offers["quantity"][own], count)
    away = accounts.summed(flows["product"][entering], flows["received"][entering], count)
    worth = (home + away) * products["value"]
    order = np.argsort(-worth, kind="stable").tolist()
    again = products["secondary"]
    return [
        Origin(accounts.product_index[p], float(home[p]), float(away[p]), float(worth[p]))
        for p in order
        if home[p] + away[p] > 1e-9 and not again[p]
    ]  # fmt: skip


def _partners(accounts: Accounts, money: Table) -> list[Part]:
    """Return the outside ends of payments, each with the product that most of its money is for."""
    outside = np.append(~accounts.actors["inside"], False)[money["other"]]
    sums = added_up(money[outside & (money["amount"] > 0.0)], "amount", "other", "product")
    main: dict[int, tuple[float, int]] = {}
    total: dict[int, float] = {}
    for other, product, amount in sums.rows("other", "product", "amount"):
        total[other] = total.get(other, 0.0) + amount
        main[other] = max(main.get(other, (0.0, UNKNOWN)), (amount, product))
    names, goods = accounts.actor_index, accounts.product_index
    return _largest(
        Part(names[other], goods[product] if product != UNKNOWN else "", total[other], total[other] - part < 1e-9)
        for other, (part, product) in main.items()
    )


def _largest(parts: Iterable[Part]) -> list[Part]:
    return sorted((p for p in parts if p.amount > 1e-9), key=lambda part: (-part.amount, part.name))
