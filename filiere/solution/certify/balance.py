"""Does what comes in go out? Balances, stores and discards of every inside actor, product and period."""

from __future__ import annotations

import numpy as np
import pandas as pd

from filiere.solution.accounts import Accounts, Floats
from filiere.solution.certify.check import Check, Rows, at_most, at_rows, at_spots, equal, least_of, sums, worst
from filiere.solution.means import means_taken

SPOT = ["actor", "product", "period"]


def balances(accounts: Accounts) -> Check:
    """Every inside actor, product and period: deliveries net of loss, outputs, offers, returns and what is
    left of the last stock equal shipments, inputs, needs, stock and discards.
    """
    parts = pd.concat(_entries(accounts), ignore_index=True)
    inside = accounts.actors["inside"].to_numpy()[parts["actor"].to_numpy()]
    rows = sums(parts.loc[inside, SPOT], parts.loc[inside, "amount"])
    total = rows["total"].to_numpy()
    found = Rows(np.abs(total), rows["scale"].to_numpy(), at_spots(accounts, rows))
    return worst("balances", found, least=least_of(accounts.chain))


def _entries(accounts: Accounts) -> list[pd.DataFrame]:
    """What comes in, as positive amounts, and what goes out, as negative ones, by actor, product, period."""
    flows, made, served, taken = accounts.flows, accounts.made, accounts.served, means_taken(accounts)
    return [
        _entry(flows.drop(columns="from").rename(columns={"to": "actor"}), flows["received"]),
        _entry(flows.rename(columns={"from": "actor"}), -flows["quantity"]),
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


def _entry(frame: pd.DataFrame, amount: pd.Series[float]) -> pd.DataFrame:
    return frame[SPOT].assign(amount=amount.to_numpy())


def carried_over(accounts: Accounts) -> pd.DataFrame:
    """Return actor, product, period, amount: what is left of the stock of the period before.

    Before the first period stands the initial stock, or where none is given the stock at the year's end.
    """
    stores, stocks = accounts.storage_rows, accounts.stocks
    count = len(accounts.chain.periods)
    held = stocks.merge(stores, on=["actor", "product"])
    wraps = held["period"] == count - 1
    held = held[~wraps | held["initial"].isna()]
    later = held.assign(period=(held["period"] + 1) % count, amount=held["quantity"] * (1.0 - held["loss"]))
    first = stores[stores["initial"].notna()]
    first = first.assign(period=0, amount=first["initial"] * (1.0 - first["loss"]))
    columns = [*SPOT, "amount"]
    return pd.concat([later[columns], first[columns]], ignore_index=True)


def storage(accounts: Accounts) -> Check:
    """Stocks stay within their store, only where there is one, and end the year as asked."""
    stores, stocks = accounts.storage_rows, accounts.stocks
    held = stocks.merge(stores, on=["actor", "product"], how="left")
    # A stock where there is no store may hold nothing at all.
    ceiling = held["capacity"].fillna(0.0).to_numpy()
    end = stocks[stocks["period"] == len(accounts.chain.periods) - 1]
    last = stores[["actor", "product"]].merge(end, on=["actor", "product"], how="left")["quantity"].fillna(0.0)
    rows = tuple(accounts.chain.storages.values())
    final, initial = stores["final"].to_numpy(), stores["initial"].to_numpy()
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
        thrown["actor"].to_numpy() * width + thrown["product"].to_numpy(),
        puts_out["actor"].to_numpy() * width + puts_out["product"].to_numpy(),
    )
    kind = products.take(thrown["product"].to_numpy())
    inside = accounts.actors["inside"].to_numpy()[thrown["actor"].to_numpy()]
    allowed = kind["may_discard"].to_numpy() & (kind["secondary"].to_numpy() | own) & inside
    return worst("discards", at_most(thrown["quantity"], np.where(allowed, np.inf, 0.0), at_spots(accounts, thrown)))
