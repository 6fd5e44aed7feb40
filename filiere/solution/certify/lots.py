"""What is delivered in whole lots, and what may be left over of them."""

from __future__ import annotations

import numpy as np

from filiere.solution.accounts import Accounts
from filiere.solution.certify.check import Check, Rows, at_most, at_rows, at_spots, worst
from filiere.solution.table import added_up


def whole_lots(accounts: Accounts) -> Check:
    """Links that deliver in lots carry a whole number of them."""
    size = accounts.links["multiple"]
    lots = accounts.flow_by_link / np.where(size > 0.0, size, 1.0)
    gap = np.where(size > 0.0, np.abs(lots - np.round(lots)), 0.0)
    return worst("whole lots", Rows(gap, np.abs(lots), at_rows(accounts.chain.links, "multiple")))


def rests(accounts: Accounts) -> Check:
    """What is left over at an inside actor is within one lot of each link that brings it lots, and one run of each of
    its whole activities (one a period, where each period is whole).
    """
    links, recipes, processes = accounts.links, accounts.recipes, accounts.processes
    net = np.maximum(0.0, recipes["output"] - recipes["input"])
    runs = np.where(processes["whole_each_period"], len(accounts.chain.periods), processes["whole"])
    width = len(accounts.products)
    place = np.concatenate([links["to"], recipes["actor"]]) * width
    place += np.concatenate([links["product"], recipes["product"]])
    most = np.concatenate([links["multiple"] * (1.0 - links["loss"]), net * runs[recipes["process"]]])
    room = accounts.summed(place, most, len(accounts.actors) * width)
    left = added_up(accounts.left_over, "quantity", "actor", "product")
    known = room[left["actor"] * width + left["product"]] * accounts.actors["inside"][left["actor"]]
    return worst("left over", at_most(left["quantity"], known, at_spots(accounts, left)))


def rounds(accounts: Accounts) -> Check:
    """The rows of a round are used together, and carry its maximum at most, in kg where their units differ."""
    chain, used, flows = accounts.chain, accounts.used, accounts.flow_by_link
    members: dict[str, list[int]] = {}
    for e, link in enumerate(chain.links):
        if link.round and link.candidate:
            members.setdefault(link.round, []).append(e)
    apart, carried, most, rows = [], [], [], []
    for some in members.values():
        goods = [chain.products[chain.links[e].product] for e in some]
        sizes = [1.0 if len({p.unit for p in goods}) == 1 else p.kg or 0.0 for p in goods]
        maximum = chain.links[some[0]].round_maximum
        opened = bool(used[some[0]])
        apart.append(float(any(bool(used[e]) is not opened for e in some)))
        carried.append(sum(size * float(flows[e]) for size, e in zip(sizes, some, strict=True)))
        most.append((np.inf if maximum is None else maximum) if opened else 0.0)
        rows.append(chain.links[some[0]])
    place = at_rows(rows, "round")
    together = Rows(np.array(apart, dtype=float), np.zeros(len(apart)), place)
    return worst("rounds", together, at_most(np.array(carried, dtype=float), np.array(most, dtype=float), place))
