"""Where what is used comes from, over all tiers: how much of its value was paid to the outside."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from filiere.indicators.figure import NOTHING_SERVED, Figure, ratio
from filiere.solution.accounts import Accounts, Floats, Positions
from filiere.solution.once import once

Taken = tuple[Positions, Positions, Floats]
"""Places, their givers, and how much."""
Received = tuple[Positions, Floats, Floats]
"""Places, quantities, and their contents."""

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

    (fed_place, giver, amount), (place, quantity, known_content) = _sources(accounts)
    places, position = np.unique(np.concatenate([place, fed_place]), return_inverse=True)
    row, fed = position[: len(place)], position[len(place) :]
    count = len(places)
    if not count:
        return pd.DataFrame({"actor": places, "product": places, "content": np.zeros(0)})
    received = np.bincount(row, weights=quantity, minlength=count)
    per_unit = np.divide(1.0, received, out=np.zeros(count), where=received > 0.0)
    outside = np.bincount(row, weights=quantity * known_content, minlength=count)
    column = np.searchsorted(places, giver)
    # What no source brings (a plan that does not balance) counts as inside.
    known = places[np.minimum(column, count - 1)] == giver
    mixed = coo_array((amount[known], (fed[known], column[known])), shape=(count, count))
    system = csc_array(eye_array(count) - NEARLY_ALL * (diags_array(per_unit) @ mixed))
    content = np.atleast_1d(spsolve(system, outside * per_unit))
    width = len(accounts.products)
    return pd.DataFrame({
        "actor": places // width, "product": places % width, "content": np.clip(content, 0.0, 1.0),
    })  # fmt: skip


def _sources(accounts: Accounts) -> tuple[Taken, Received]:
    """What each place (actor x product) receives.

    First place, giver (another place), amount: quantities, times content, that come from other places. Then place,
    quantity, content: every quantity received, and its content where that is known (1 from outside, 0 otherwise).
    """
    width = len(accounts.products)
    (taken, arrived), (made, inputs) = received_from(accounts), made_from(accounts)
    giver = taken["giver"].to_numpy()
    near = accounts.actors["inside"].to_numpy()[giver // max(1, width)]
    put_out, taken_in = _pairs(made["process"].to_numpy(), inputs["process"].to_numpy())
    place, quantity = made["place"].to_numpy(), made["quantity"].to_numpy()
    fed = (
        np.concatenate([taken["place"].to_numpy()[near], place[put_out]]),
        np.concatenate([giver[near], inputs["place"].to_numpy()[taken_in]]),
        np.concatenate([
            taken["amount"].to_numpy()[near], quantity[put_out] * inputs["share"].to_numpy()[taken_in],
        ]),
    )  # fmt: skip
    content = np.zeros(len(arrived) + len(made))
    content[: len(taken)] = ~near
    received = (
        np.concatenate([arrived["place"].to_numpy(), place]),
        np.concatenate([arrived["quantity"].to_numpy(), quantity]),
        content,
    )
    return fed, received


def _pairs(made: Positions, inputs: Positions) -> tuple[Positions, Positions]:
    """Return each output of each process beside each of its inputs; ``inputs`` has processes in their order."""
    first, last = np.searchsorted(inputs, made), np.searchsorted(inputs, made, side="right")
    count = last - first
    output = np.repeat(np.arange(len(made)), count)
    return output, np.arange(len(output)) - np.repeat(np.cumsum(count) - count, count) + first[output]


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
    width = max(1, len(accounts.products))
    places = contents["actor"].to_numpy() * width + contents["product"].to_numpy()
    asked = served["actor"].to_numpy() * width + served["product"].to_numpy()
    at = np.searchsorted(places, asked)
    known = np.append(places, -1)[at] == asked
    content = np.where(known, np.append(contents["content"].to_numpy(), np.nan)[at], np.nan)
    value = served["quantity"].to_numpy() * accounts.products["value"].to_numpy()[served["product"]]
    used = served.assign(content=content, value=value, external=value * np.nan_to_num(content))
    return used.reset_index(drop=True)


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
