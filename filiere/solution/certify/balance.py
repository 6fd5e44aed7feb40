"""Does what comes in go out? Balances, stores and discards of every inside actor, product and period."""

from __future__ import annotations

import numpy as np

from filiere.solution.accounts import UNKNOWN, Accounts, Floats, Positions
from filiere.solution.certify.check import Check, Rows, at_most, at_rows, at_spots, equal, least_of, sums, worst
from filiere.solution.means import means_taken
from filiere.solution.table import Table, below

SPOT = ("actor", "product", "period")


def balances(accounts: Accounts) -> Check:
    """Every inside actor, product and period: deliveries net of loss, outputs, offers, returns and what is
    left of the last stock equal shipments, inputs, needs, stock and discards.
    """
    parts = below(*_entries(accounts))
    inside = parts[accounts.actors["inside"][parts["actor"]]]
    rows = sums(inside.only(*SPOT), inside["amount"])
    found = Rows(np.abs(rows["total"]), rows["scale"], at_spots(accounts, rows))
    return worst("balances", found, least=least_of(accounts.chain))


def _entries(accounts: Accounts) -> list[Table]:
    """What comes in, as positive amounts, and what goes out, as negative ones, by actor, product, period."""
    flows, made, served, taken = accounts.flows, accounts.made, accounts.served, means_taken(accounts)
    return [
        _entry(flows.renamed(to="actor"), flows["received"]),
        _entry(flows.renamed(**{"from": "actor"}), -flows["quantity"]),
        _entry(made, made["output"]),
        _entry(made, -made["input"]),
        _entry(accounts.offers, accounts.offers["quantity"]),
        _entry(served, -served["quantity"]),
        _entry(accounts.returned, accounts.returned["quantity"]),
        _entry(accounts.stocks, -accounts.stocks["quantity"]),
        carried_over(accounts),
        _entry(accounts.thrown, -accounts.thrown["quantity"]),
        _entry(taken, -taken["quantity"]),
    ]


def _entry(rows: Table, amount: Floats) -> Table:
    return rows.only(*SPOT).assign(amount=amount)


def carried_over(accounts: Accounts) -> Table:
    """Return actor, product, period, amount: what is left of the stock of the period before.

    Before the first period stands the initial stock, or where none is given the stock at the year's end.
    """
    stores, stocks = accounts.storage_rows, accounts.stocks
    count = len(accounts.chain.periods)
    store = _store_of(accounts, stocks)
    ends = (stocks["period"] == count - 1) & ~np.isnan(stores["initial"][store])
    held, kept = stocks[(store >= 0) & ~ends], store[(store >= 0) & ~ends]
    later = held.only(*SPOT).assign(
        period=(held["period"] + 1) % count, amount=held["quantity"] * (1.0 - stores["loss"][kept])
    )
    first = stores[~np.isnan(stores["initial"])]
    first = first.assign(period=0, amount=first["initial"] * (1.0 - first["loss"]))
    return below(later, first)


def _store_of(accounts: Accounts, rows: Table) -> Positions:
    """Return, by row, where it is stored: the position of the store, or :data:`UNKNOWN`."""
    stores, width = accounts.storage_rows, len(accounts.products)
    there = np.full(len(accounts.actors) * width, UNKNOWN)
    there[stores["actor"] * width + stores["product"]] = np.arange(len(stores))
    return np.asarray(there[rows["actor"] * width + rows["product"]])


def storage(accounts: Accounts) -> Check:
    """Stocks stay within their store, only where there is one, and end the year as asked."""
    stores, stocks = accounts.storage_rows, accounts.stocks
    store = _store_of(accounts, stocks)
    # A stock where there is no store may hold nothing at all.
    ceiling = np.append(stores["capacity"], 0.0)[store]
    ends = (store >= 0) & (stocks["period"] == len(accounts.chain.periods) - 1)
    last = accounts.summed(store[ends], stocks["quantity"][ends], len(stores))
    rows = tuple(accounts.chain.storages.values())
    final, initial = stores["final"], stores["initial"]
    free_end = np.where(np.isnan(final) & ~np.isnan(initial), initial, np.inf)
    target: Floats = np.where(np.isnan(final), last, final)
    return worst(
        "storage",
        at_most(stocks["quantity"], ceiling, at_spots(accounts, stocks)),
        at_most(last, free_end, at_rows(rows, "initial")),
        equal(last, target, at_rows(rows, "final")),
    )


def discards(accounts: Accounts) -> Check:
    """Nothing is thrown away but what may be: secondary products by whoever holds them, anything else only by
    an actor whose own activity puts it out.
    """
    thrown, recipes, products = accounts.discarded, accounts.recipes, accounts.products
    puts_out = recipes[recipes["output"] > recipes["input"]]
    width = len(products)
    own = np.isin(
        thrown["actor"] * width + thrown["product"],
        puts_out["actor"] * width + puts_out["product"],
    )
    kind = products[thrown["product"]]
    inside = accounts.actors["inside"][thrown["actor"]]
    allowed = kind["may_discard"] & (kind["secondary"] | own) & inside
    return worst("discards", at_most(thrown["quantity"], np.where(allowed, np.inf, 0.0), at_spots(accounts, thrown)))
