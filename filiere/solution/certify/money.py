"""Does the money hold? Funding within its rows, and budgets that must or should balance."""

from __future__ import annotations

import numpy as np

from filiere.solution import ledger
from filiere.solution.accounts import Accounts
from filiere.solution.certify.check import Check, Rows, at_least, at_most, at_rows, equal, worst


def funding(accounts: Accounts) -> Check:
    """Grants stay between minimum and maximum, and within the amount per unit of the activities they are tied
    to. A row whose receiver's budget is not followed grants nothing.
    """
    rows, chain = accounts.funding_rows, accounts.chain
    granted = accounts.summed(accounts.grants["funding"], accounts.grants["amount"], len(rows))
    actors = accounts.actors
    followed = (actors["inside"] & (actors["wish"] | actors["yes"]))[rows["actor"]]
    tied = [sum(_level(accounts, key) for key in f.processes) for f in chain.funding]
    rate = rows["unit_amount"]
    per_unit = np.where(np.isinf(rate), np.inf, np.where(np.isinf(rate), 0.0, rate) * np.array(tied, dtype=float))
    least = np.where(followed, rows["minimum"], 0.0)
    return worst(
        "funding",
        at_most(granted, np.where(followed, rows["maximum"], 0.0), at_rows(chain.funding, "maximum")),
        at_most(granted, per_unit, at_rows(chain.funding, "unit_amount")),
        at_least(granted, least, at_rows(chain.funding, "minimum")),
    )


def _level(accounts: Accounts, key: tuple[str, str]) -> float:
    return float(accounts.level_by_process[accounts.process_position[key]])


def surplus_floors(accounts: Accounts) -> Check:
    """What an actor receives less what it pays, reserve and shortfall apart, reaches what it must be left with."""
    actors, count = accounts.chain.actors.values(), len(accounts.actors)
    entries = ledger.money_of_actors(accounts, budgets=True)
    surplus = accounts.summed(entries["actor"], entries["amount"], count)
    scale = np.zeros(count)
    np.maximum.at(scale, entries["actor"], np.abs(entries["amount"]))
    least = np.array([-np.inf if a.least_surplus is None else a.least_surplus for a in actors])
    return worst("surplus floors", at_least(surplus, least, at_rows(actors, ""), scale))


def payments(accounts: Accounts) -> Check:
    """What some are paid so that they lose nothing is what others pay, who may, and are not left with less either."""
    frame, actors, count = accounts.plan.payments, accounts.chain.actors.values(), len(accounts.actors)
    at = accounts.actor_at(frame["actor"])
    paid, received = (accounts.summed(at, frame[name], count) for name in ("paid", "received"))
    guarded = np.array([a.least_surplus is not None for a in actors])
    may = guarded & np.array([a.may_transfer for a in actors])
    places = at_rows(actors, "may_transfer")
    return worst(
        "payments",
        at_most(paid, np.where(may, np.inf, 0.0), places),
        at_most(received, np.where(guarded, np.inf, 0.0), places),
        at_least([*paid, *received], np.zeros(2 * count), lambda position: places(position % count)),
        equal([received.sum()], [paid.sum()], lambda _: ("", None)),
    )


def budgets(accounts: Accounts) -> Check:
    """Receipts, reserve and the shortfall shown cover the outlays of every inside actor whose budget must, or
    should, balance. Only a budget that should balance may fall short.
    """
    actors = accounts.actors
    entries = ledger.money_of_actors(accounts, budgets=True)
    count = len(actors)
    balance = accounts.summed(entries["actor"], entries["amount"], count)
    scale = np.zeros(count)
    np.maximum.at(scale, entries["actor"], np.abs(entries["amount"]))
    shortfall = accounts.summed(
        accounts.actor_at(accounts.plan.deficits["actor"]), accounts.plan.deficits["amount"], count
    )
    bound = actors["inside"] & (actors["yes"] | actors["wish"])
    covered = balance + actors["reserve"] + shortfall
    place = at_rows(accounts.chain.actors.values(), "balanced_budget")
    size = np.maximum(scale, actors["reserve"])
    may_lack = actors["inside"] & actors["wish"]
    return worst(
        "budgets",
        Rows(np.where(bound, np.maximum(0.0, -covered), 0.0), size, place),
        at_most(shortfall, np.where(may_lack, np.inf, 0.0), place),
    )
