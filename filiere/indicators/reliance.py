"""On whom what is served depends, over all tiers: how much of it passes through an actor, how much stops without it.

Both are read off the flows as they are, without planning again: nobody steps in for anybody. What a chain could do
about a loss is for ``filiere stress``, which plans again after each.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from filiere.indicators.figure import ratios
from filiere.indicators.origin import made_from, received_from
from filiere.solution.accounts import Accounts, Floats
from filiere.solution.table import Table

MOST = 200
"""How many actors are followed, those that ship most by reference value."""
BLOCK = 50
"""How many are followed at a time."""
STEPS, EXACT = 2000, 1e-10
"""Rounds of a loop that are followed at most, and the change below which they have come to an end."""


class _Network(NamedTuple):
    """Places (actor x product, outside ones too), then activities; who feeds whom.

    ``mixed`` has, by place, the part of what it receives that each place and activity brings; ``inputs`` one row an
    input of an activity: activity, place, part of the activity's value, which others stand in for it, and the part of
    the runs that it is in. ``actor`` says whose a place is.
    """

    places: Any
    mixed: Any
    inputs: Table
    actor: Any


def reliance(accounts: Accounts, used: Table) -> pd.DataFrame:
    """Return passing, cut, one row an actor: shares of the value of what inside needs are served, 0 to 1.

    ``passing`` is the part of it that has passed through the actor's hands at any tier: what a place receives of one
    product mixes in proportion, an activity shares the value of its inputs over its outputs. ``cut`` is the part
    that stops without the actor if nobody replaces it: a place loses what came from it, an activity runs as far as
    its scarcest input. The actor's own needs count for neither. nan for actors beyond the largest :data:`MOST`.
    """
    count, width = len(accounts.actors), len(accounts.products)
    network = _network(accounts)
    start = _starts(network, used, width)
    shipped = accounts.summed(
        accounts.flows["from"],
        accounts.flows["quantity"] * accounts.products["value"][accounts.flows["product"]],
        count,
    )
    order = np.lexsort((np.arange(count), -shipped))
    passing, cut = np.zeros(count), np.zeros(count)
    followed = [int(a) for a in order if shipped[a] > 0.0]
    for begin in range(0, min(len(followed), MOST), BLOCK):
        chosen = np.array(followed[begin : min(begin + BLOCK, MOST)], dtype=np.int64)
        own = network.actor[:, None] == chosen[None, :]
        weights = np.where(own, 0.0, start[:, None])
        passing[chosen] = (weights * _spread(network, own, scarcest=False)).sum(axis=0)
        cut[chosen] = (weights * _spread(network, own, scarcest=True)).sum(axis=0)
    passing[followed[MOST:]] = cut[followed[MOST:]] = np.nan
    whole = float(start.sum())
    return pd.DataFrame(
        {"passing": np.minimum(1.0, ratios(passing, whole)), "cut": np.minimum(1.0, ratios(cut, whole))},
        index=accounts.actor_index.rename("actor"),
    )


def _starts(network: _Network, used: Table, width: int) -> Floats:
    """The value served at each place."""
    found = np.zeros(len(network.places))
    place = used["actor"] * width + used["product"]
    at = np.searchsorted(network.places, place)
    known = at < len(network.places)
    known[known] = network.places[at[known]] == place[known]
    np.add.at(found, at[known], used["value"][known])
    return found


def _network(accounts: Accounts) -> _Network:
    from scipy.sparse import coo_array, csr_array, diags_array

    taken, arrived = received_from(accounts)
    made, inputs = made_from(accounts)
    named = (taken["place"], taken["giver"], arrived["place"], made["place"], inputs["place"])
    places = np.unique(np.concatenate(named))
    size, processes = len(places), len(accounts.processes)

    def at(column: Any) -> Any:
        return np.searchsorted(places, column)

    received = accounts.summed(at(arrived["place"]), arrived["quantity"], size)
    received += accounts.summed(at(made["place"]), made["quantity"], size)
    rows = np.concatenate([at(taken["place"]), at(made["place"])])
    columns = np.concatenate([at(taken["giver"]), size + made["process"]])
    amounts = np.concatenate([taken["amount"], made["quantity"]])
    mixed = csr_array(coo_array((amounts, (rows, columns)), shape=(size, size + processes)))
    shares = csr_array(diags_array(np.divide(1.0, received, out=np.zeros(size), where=received > 0.0)) @ mixed)
    fed = inputs.assign(place=at(inputs["place"]))[np.lexsort((inputs["instead"], inputs["process"]))]
    return _Network(places, shares, fed, places // max(1, len(accounts.products)))


def _spread(network: _Network, own: Any, scarcest: bool) -> Any:
    """Return, by place and followed actor, the part that comes through its places: the least fixed point."""
    size = len(network.places)
    found = own.astype(float)
    inputs = network.inputs
    process, first = np.unique(inputs["process"], return_index=True)
    place, share, part = inputs["place"], inputs["share"][:, None], inputs["part"][:, None]
    # Inputs that stand in for each other lie together: what is lost of them is what is lost of their runs.
    together = np.flatnonzero(np.diff(inputs["instead"], prepend=-1))
    kinds = np.unique(inputs["process"][together], return_index=True)[1]
    for _ in range(STEPS):
        every = np.zeros((network.mixed.shape[1], own.shape[1]))
        every[:size] = found
        if len(process):
            fed = found[place]
            if scarcest:
                every[size + process] = np.maximum.reduceat(np.add.reduceat(fed * part, together), kinds)
            else:
                every[size + process] = np.add.reduceat(fed * share, first)
        after = np.where(own, 1.0, network.mixed @ every)
        moved = float(np.abs(after - found).max(initial=0.0))
        found = after
        if moved <= EXACT:
            break
    return np.clip(found, 0.0, 1.0)
