"""Where what is used comes from, over all tiers: how much of its value was paid to the outside."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from filiere.indicators.figure import NOTHING_SERVED, Figure, ratio
from filiere.solution.accounts import Accounts, Floats
from filiere.solution.once import once

NEARLY_ALL = 1.0 - 1e-12
"""Goods that go round without any source count as inside: what keeps their equations from being singular."""


def external_content(accounts: Accounts) -> pd.DataFrame:
    """Return actor, product, content: the part of a unit's value that was paid to outside actors, 0 to 1, for every
    product that an inside actor holds.

    What an actor receives of one product mixes in proportion: from a link, its seller's content (1 from outside);
    from inside offers, returns and initial stocks 0; from an activity, the value of its net inputs times their
    content, over the value of its net outputs (over that of its inputs where it is the larger: no more is paid to
    the outside than goes in). Values are reference prices, so that a trader's margin adds no content. One sparse
    linear system; the import content of final demand (W. Leontief) on the chain's own tables.
    """
    from scipy.sparse import coo_array, csc_array, diags_array, eye_array
    from scipy.sparse.linalg import spsolve

    taken, sources = _sources(accounts)
    places, position = np.unique(
        np.concatenate([sources["place"].to_numpy(), taken["place"].to_numpy()]), return_inverse=True
    )
    row, fed = position[: len(sources)], position[len(sources) :]
    count = len(places)
    if not count:
        return pd.DataFrame({"actor": places, "product": places, "content": np.zeros(0)})
    received = np.bincount(row, weights=sources["quantity"], minlength=count)
    per_unit = np.divide(1.0, received, out=np.zeros(count), where=received > 0.0)
    outside = np.bincount(row, weights=sources["quantity"] * sources["content"], minlength=count)
    column = np.searchsorted(places, taken["giver"])
    # What no source brings (a plan that does not balance) counts as inside.
    known = places[np.minimum(column, count - 1)] == taken["giver"].to_numpy()
    mixed = coo_array((taken["amount"].to_numpy()[known], (fed[known], column[known])), shape=(count, count))
    system = csc_array(eye_array(count) - NEARLY_ALL * (diags_array(per_unit) @ mixed))
    content = np.atleast_1d(spsolve(system, outside * per_unit))
    width = len(accounts.products)
    return pd.DataFrame({
        "actor": places // width, "product": places % width, "content": np.clip(content, 0.0, 1.0),
    })  # fmt: skip


def _sources(accounts: Accounts) -> tuple[pd.DataFrame, pd.DataFrame]:
    """What each place (actor x product) receives.

    ``taken``: place, giver (another place), amount: quantities, times content, that come from other places.
    ``sources``: place, quantity, content: every quantity received, and its content where that is known (1 from
    outside, 0 otherwise).
    """
    width = len(accounts.products)
    taken, arrived = received_from(accounts)
    made, inputs = made_from(accounts)
    pairs = made.merge(inputs, on="process", suffixes=("", "_in"))
    fed = pd.DataFrame({
        "place": pairs["place"], "giver": pairs["place_in"], "amount": pairs["quantity"] * pairs["share"],
    })  # fmt: skip
    outside = ~accounts.actors["inside"].to_numpy()
    near = ~outside[taken["giver"].to_numpy() // max(1, width)]
    bought = np.zeros(len(arrived))
    bought[: len(taken)] = ~near
    sources = pd.concat([arrived.assign(content=bought), made.assign(content=0.0)], ignore_index=True)
    columns = ["place", "quantity", "content"]
    return pd.concat([taken[near], fed], ignore_index=True), sources[columns]


@once
def received_from(accounts: Accounts) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return what inside places (actor x product) receive, activities apart.

    ``taken``: place, giver (the seller's place, inside or outside), amount, one row a flow. ``arrived``: place,
    quantity: the same rows, then inside offers, returns from needs and initial stocks.
    """
    inside, width = accounts.actors["inside"].to_numpy(), len(accounts.products)
    flows = accounts.flows[inside[accounts.flows["to"]]]
    taken = pd.DataFrame({
        "place": flows["to"] * width + flows["product"], "giver": flows["from"] * width + flows["product"],
        "amount": flows["received"],
    })  # fmt: skip
    arrived = pd.DataFrame({"place": taken["place"], "quantity": taken["amount"]})
    return taken, pd.concat([arrived, _own(accounts)], ignore_index=True)


@once
def made_from(accounts: Accounts) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return what activities add to places, and what they take.

    ``made``: process, place, quantity: net outputs. ``inputs``: process, place, share: each net input's part of the
    activity's value, that of its outputs at reference prices (of its inputs where that is the larger).
    """
    recipes, value, width = accounts.recipes, accounts.products["value"].to_numpy(), len(accounts.products)
    level = accounts.level_by_process[recipes["process"]]
    net = (recipes["output"] - recipes["input"]).to_numpy() * level
    place = recipes["actor"].to_numpy() * width + recipes["product"].to_numpy()
    worth = net * value[recipes["product"]]
    count = len(accounts.processes)
    process = recipes["process"].to_numpy()
    output_value = accounts.summed(process, np.maximum(0.0, worth), count)
    input_value = accounts.summed(process, np.maximum(0.0, -worth), count)
    whole = np.maximum(output_value, input_value)
    share = np.divide(-worth, whole[process], out=np.zeros(len(worth)), where=whole[process] > 0.0)
    rows = pd.DataFrame({"process": process, "place": place, "quantity": net, "share": share})
    return rows[net > 0.0][["process", "place", "quantity"]], rows[net < 0.0][["process", "place", "share"]]


def _own(accounts: Accounts) -> pd.DataFrame:
    """What comes of inside offers, of returns from needs and of initial stocks: nothing of it is paid outside."""
    inside, width = accounts.actors["inside"].to_numpy(), len(accounts.products)
    stores = accounts.storage_rows[accounts.storage_rows["initial"] > 0.0]
    stocks = stores.rename(columns={"initial": "quantity"})
    columns = ["actor", "product", "quantity"]
    every = pd.concat([accounts.offers[columns], accounts.returned[columns], stocks[columns]], ignore_index=True)
    every = every[inside[every["actor"]]]
    return pd.DataFrame({"place": every["actor"] * width + every["product"], "quantity": every["quantity"]})


def content_of_needs(accounts: Accounts, contents: pd.DataFrame) -> pd.DataFrame:
    """Return actor, product, quantity, value, external: what inside needs are served (value at reference price)
    and the part of that value which was paid to the outside.
    """
    served = accounts.served
    served = served[accounts.actors["inside"].to_numpy()[served["actor"]]]
    used = served.merge(contents, on=["actor", "product"], how="left")
    value = used["quantity"].to_numpy() * accounts.products["value"].to_numpy()[used["product"]]
    return used.assign(value=value, external=value * used["content"].fillna(0.0).to_numpy())


def mean_content(used: pd.DataFrame) -> Figure:
    """Return the external content of all that inside needs are served, by value."""
    return ratio(float(used["external"].sum()), float(used["value"].sum()), NOTHING_SERVED)


def by_need(accounts: Accounts, used: pd.DataFrame) -> Any:
    """Return the external content of what each need is served; nan where nothing is, or outside."""
    from filiere.indicators.figure import ratios

    count = len(accounts.need_rows)
    value: Floats = accounts.summed(used["need"], used["value"], count)
    return ratios(accounts.summed(used["need"], used["external"], count), value)


def by_product(accounts: Accounts, used: pd.DataFrame) -> Any:
    """Return the external content of each product where it is finally used inside; nan where it is not."""
    from filiere.indicators.figure import ratios

    count = len(accounts.products)
    value: Floats = accounts.summed(used["product"], used["value"], count)
    return ratios(accounts.summed(used["product"], used["external"], count), value)
