"""Where what is used comes from, over all tiers: how much of its value was paid to the outside."""

from __future__ import annotations

from typing import Any

import numpy as np

from filiere.indicators.figure import NOTHING_SERVED, Figure, ratio
from filiere.indicators.network import reaching
from filiere.solution import ledger
from filiere.solution.accounts import UNKNOWN, Accounts, Floats, Positions
from filiere.solution.once import once
from filiere.solution.table import Table, added_up, below, pairs

Taken = tuple[Positions, Positions, Floats]
"""Places, their givers, and how much."""
Received = tuple[Positions, Floats, Floats]
"""Places, quantities, and their contents."""

NEARLY_ALL = 1.0 - 1e-12
"""What keeps the equations of goods that go round without any source from being singular."""


def external_content(accounts: Accounts) -> Table:
    """Return actor, product, content: the part of a unit's value that was paid to outside actors, 0 to 1, for every
    product that an inside actor holds.

    What an actor receives of one product mixes in proportion: from a link, its seller's content (1 from outside);
    from inside offers, returns and initial stocks 0; from an activity, the value of its net inputs times their
    content and its own costs that are paid outside, over the value of its net outputs (over that of its inputs and own
    costs where it is the larger: no more is paid to the outside than goes in). Values are reference prices, so that a
    trader's margin adds no content. One sparse linear system; the import content of final demand (W. Leontief) on the
    chain's own tables. nan where goods go round between places that nothing enters and where nothing is added.
    """
    from scipy.sparse import coo_array, csc_array, csr_array, diags_array, eye_array
    from scipy.sparse.linalg import spsolve

    (fed_place, giver, amount), (place, quantity, known_content) = _sources(accounts)
    places, position = np.unique(np.concatenate([place, fed_place]), return_inverse=True)
    row, fed = position[: len(place)], position[len(place) :]
    count = len(places)
    if not count:
        return Table({"actor": places, "product": places, "content": np.zeros(0)})
    received = np.bincount(row, weights=quantity, minlength=count)
    per_unit = np.divide(1.0, received, out=np.zeros(count), where=received > 0.0)
    outside = np.bincount(row, weights=quantity * known_content, minlength=count)
    column = np.searchsorted(places, giver)
    # What no source brings (a plan that does not balance) counts as inside.
    known = places[np.minimum(column, count - 1)] == giver
    mixed = coo_array((amount[known], (fed[known], column[known])), shape=(count, count))
    mixing = csr_array(diags_array(per_unit) @ mixed)
    content = np.clip(
        np.atleast_1d(spsolve(csc_array(eye_array(count) - NEARLY_ALL * mixing), outside * per_unit)), 0, 1
    )
    enters = np.asarray(mixing.sum(axis=1)).ravel() < 1.0 - 1e-9
    content[~reaching(mixing, enters)] = np.nan
    width = len(accounts.products)
    return Table({"actor": places // width, "product": places % width, "content": content})


def _sources(accounts: Accounts) -> tuple[Taken, Received]:
    """What each place (actor x product) receives.

    First place, giver (another place), amount: quantities, times content, that come from other places. Then place,
    quantity, content: every quantity received, and its content where that is known (1 from outside, 0 otherwise).
    """
    width = len(accounts.products)
    (taken, arrived), (made, inputs) = received_from(accounts), made_from(accounts)
    giver = taken["giver"]
    near = accounts.actors["inside"][giver // max(1, width)]
    put_out, taken_in = pairs(made["process"], inputs["process"])
    place, quantity = made["place"], made["quantity"]
    fed = (
        np.concatenate([taken["place"][near], place[put_out]]),
        np.concatenate([giver[near], inputs["place"][taken_in]]),
        np.concatenate([
            taken["amount"][near], quantity[put_out] * inputs["share"][taken_in],
        ]),
    )  # fmt: skip
    content = np.zeros(len(arrived) + len(made))
    content[: len(taken)] = ~near
    content[len(arrived) :] = made["outside"]
    received = (
        np.concatenate([arrived["place"], place]),
        np.concatenate([arrived["quantity"], quantity]),
        content,
    )
    return fed, received


@once
def received_from(accounts: Accounts) -> tuple[Table, Table]:
    """Return what inside places (actor x product) receive, activities apart.

    ``taken``: place, giver (the seller's place, inside or outside), amount, one row a flow. ``arrived``: place,
    quantity: the same rows, then inside offers, returns from needs and initial stocks.
    """
    inside, width = accounts.actors["inside"], len(accounts.products)
    flows = accounts.flows[inside[accounts.flows["to"]]]
    taken = Table({
        "place": flows["to"] * width + flows["product"], "giver": flows["from"] * width + flows["product"],
        "amount": flows["received"],
    })  # fmt: skip
    return taken, below(taken.only("place", "amount").renamed(amount="quantity"), _own(accounts))


@once
def made_from(accounts: Accounts) -> tuple[Table, Table]:
    """Return what activities add to places, and what they take.

    ``made``: process, place, quantity (net outputs), outside (the part of the activity's value that is own costs paid
    outside). ``inputs``: process, place, share: each net input's part of the activity's value, that of its outputs at
    reference prices (of its inputs and own costs where that is the larger); then instead and part: inputs of one
    process with the same ``instead`` stand in for each other, each in that part of its runs.

    What serves a need on a family adds nothing: its value is that of the mix that it takes.
    """
    value, width, count = accounts.products["value"], len(accounts.products), len(accounts.processes)
    made = accounts.made
    rows = added_up(made.assign(net=made["output"] - made["input"]), "net", "process", "actor", "product")
    process, net, place = rows["process"], rows["net"], rows["actor"] * width + rows["product"]
    worth = net * value[rows["product"]]
    output_value = accounts.summed(process, np.maximum(0.0, worth), count)
    own, paid_outside = _own_costs(accounts)
    spent = accounts.summed(process, np.maximum(0.0, -worth), count) + own
    whole = np.where(accounts.processes["serves"], spent, np.maximum(output_value, spent))
    per_value = np.divide(1.0, whole, out=np.zeros(count), where=whole > 0.0)
    every = Table({
        "process": process, "place": place, "product": rows["product"], "quantity": net,
        "share": -worth * per_value[process], "outside": (paid_outside * per_value)[process],
    })  # fmt: skip
    inputs = every.only("process", "place", "product", "share")[net < 0.0]
    return every.only("process", "place", "quantity", "outside")[net > 0.0], _standing_in(accounts, inputs)


def _own_costs(accounts: Accounts) -> tuple[Floats, Floats]:
    """By process, its own costs, and what is known to be paid outside of them."""
    costs, count = ledger.own_costs(accounts), len(accounts.processes)
    costs = costs[costs["process"] != UNKNOWN]
    outside = np.nan_to_num(1.0 - accounts.processes["local_share"])[costs["process"]]
    return (
        accounts.summed(costs["process"], costs["amount"], count),
        accounts.summed(costs["process"], costs["amount"] * outside, count),
    )


def _standing_in(accounts: Accounts, inputs: Table) -> Table:
    """Inputs with which of them stand in for each other, and the part of the runs that each is in."""
    quantity = {
        (k, option.product): option.quantity
        for k, process in enumerate(accounts.chain.processes.values())
        for options in process.choices.values()
        for option in options
    }
    instead, runs = np.arange(len(inputs)), np.ones(len(inputs))
    if not len(accounts.chosen):
        return inputs.assign(instead=instead, part=runs)
    names = accounts.product_index
    label, taken = {}, added_up(accounts.chosen, "quantity", "process", "product")
    for k, choice, product in accounts.chosen.rows("process", "choice", "product"):
        label[k, product] = choice
    amount = dict(zip(taken.rows("process", "product"), taken["quantity"].tolist(), strict=True))
    first: dict[tuple[int, str], int] = {}
    for at, (k, product) in enumerate(inputs.rows("process", "product")):
        if (k, product) in label:
            instead[at] = first.setdefault((k, label[k, product]), at)
            runs[at] = amount[k, product] / quantity[k, str(names[product])]
    whole = accounts.summed(instead, runs, len(inputs))[instead]
    return inputs.assign(instead=instead, part=np.divide(runs, whole, out=np.ones(len(inputs)), where=whole > 0.0))


def _own(accounts: Accounts) -> Table:
    """What comes of inside offers, of returns from needs and of initial stocks: nothing of it is paid outside."""
    inside, width = accounts.actors["inside"], len(accounts.products)
    stores = accounts.storage_rows[accounts.storage_rows["initial"] > 0.0]
    columns = ("actor", "product", "quantity")
    stocks = stores.only("actor", "product", "initial").renamed(initial="quantity")
    every = below(accounts.offers.only(*columns), accounts.returned, stocks)
    every = every[inside[every["actor"]]]
    return Table({"place": every["actor"] * width + every["product"], "quantity": every["quantity"]})


def content_of_needs(accounts: Accounts, contents: Table) -> Table:
    """Return actor, product, quantity, value, external, followed: what inside needs are served (value at reference
    price), the part of that value which was paid to the outside, and the value of which that is known.
    """
    served = accounts.served
    served = served[accounts.actors["inside"][served["actor"]]]
    width = max(1, len(accounts.products))
    places = contents["actor"] * width + contents["product"]
    asked = served["actor"] * width + served["product"]
    at = np.searchsorted(places, asked)
    known = np.append(places, -1)[at] == asked
    content = np.where(known, np.append(contents["content"], np.nan)[at], np.nan)
    value = served["quantity"] * accounts.products["value"][served["product"]]
    known = ~np.isnan(content)
    return served.assign(value=value, external=value * np.nan_to_num(content), followed=value * known)


def mean_content(used: Table) -> Figure:
    """Return the external content of all that inside needs are served, by value."""
    return ratio(float(used["external"].sum()), float(used["followed"].sum()), NOTHING_SERVED)


def by_need(accounts: Accounts, used: Table) -> Any:
    """Return the external content of what each need is served; nan where nothing is, or outside."""
    from filiere.indicators.figure import ratios

    count = len(accounts.need_rows)
    value: Floats = accounts.summed(used["need"], used["followed"], count)
    return ratios(accounts.summed(used["need"], used["external"], count), value)


def by_product(accounts: Accounts, used: Table) -> Any:
    """Return the external content of each product where it is finally used inside; nan where it is not."""
    from filiere.indicators.figure import ratios

    count = len(accounts.products)
    value: Floats = accounts.summed(used["product"], used["followed"], count)
    return ratios(accounts.summed(used["product"], used["external"], count), value)
