"""What each actor pays and receives under a plan: the one place where costs are counted.

Prices and transport costs are per unit shipped; the buyer pays the transport of what it buys and the fixed
cost of a candidate link it uses. An existing activity's fixed cost is paid whatever happens, a candidate's
once it is opened; a yearly investment is that of opened candidates.
"""

from __future__ import annotations

import numpy as np

from filiere.solution.accounts import UNKNOWN, Accounts, Flags, Floats
from filiere.solution.means import means_taken
from filiere.solution.once import once, once_of_chain
from filiere.solution.table import Table, below


@once
def paid_for(accounts: Accounts) -> Flags:
    """Return which processes exist or are opened: their fixed costs are paid."""
    return np.asarray(~accounts.processes["candidate"] | accounts.opened, dtype=bool)


@once
def invested(accounts: Accounts) -> Flags:
    """Return which candidates are opened, by the plan or for sure: their investment is paid."""
    processes = accounts.processes
    return np.asarray((processes["candidate"] & accounts.opened) | processes["opened"], dtype=bool)


@once
def own_costs(accounts: Accounts) -> Table:
    """Return kind, actor, process, product, period, amount: the inside actors' own costs, one row an amount.

    They are unit, fixed, investment, expansion, storage, offer and discard costs, in the workbook's currency a year.

    An amount without a process, a product or a period (of the year as a whole) has -1 there.
    """
    costs = below(*_process_costs(accounts), *_goods_costs(accounts))
    counts: Flags = costs["amount"] != 0.0
    return costs[counts]


@once
def link_fixed_costs(accounts: Accounts) -> Floats:
    """Return, by link, the fixed cost that its buyer pays: 0 unless it is a candidate that is used."""
    links = accounts.links
    return np.where(links["candidate"] & accounts.used, links["fixed_cost"], 0.0)


@once
def transport_paid(accounts: Accounts) -> Floats:
    """Return, by flow, what its buyer pays for its transport."""
    rate = accounts.links["transport_cost"]
    return np.asarray(accounts.flows["quantity"] * rate[accounts.flows["link"]])


@once
def revenues(accounts: Accounts) -> Floats:
    """Return, by served row, what final users who are no actors pay; nothing at outside actors."""
    served, needs = accounts.served, accounts.need_rows
    inside = accounts.actors["inside"][served["actor"]]
    return np.asarray(served["quantity"] * needs["revenue"][served["need"]] * inside)


@once
def budget_value(accounts: Accounts) -> Floats:
    """Return, by flow, what it counts for in budgets: where two inside actors sell one product to each other, both ways
    count at the mean of the two prices.
    """
    flows = accounts.flows
    return np.asarray(_budget_prices(accounts)[flows["link"]] * flows["quantity"])


@once_of_chain
def _budget_prices(accounts: Accounts) -> Floats:
    """By link, the price that budgets count."""
    links, inside = accounts.links, accounts.actors["inside"]
    own = links[inside[links["from"]] & inside[links["to"]]]
    there = own.frame.groupby(["from", "to", "product"], as_index=False)["price"].mean()
    both = there.merge(there, left_on=["from", "to", "product"], right_on=["to", "from", "product"])
    mean = {
        (int(seller), int(buyer), int(product)): (float(one) + float(other)) / 2.0
        for seller, buyer, product, one, other in zip(
            both["from_x"], both["to_x"], both["product"], both["price_x"], both["price_y"], strict=True
        )
    }
    rows = zip(links["from"], links["to"], links["product"], links["price"], strict=True)
    return np.array([mean.get((int(a), int(b), int(p)), float(price)) for a, b, p, price in rows], dtype=float)


def money_of_actors(accounts: Accounts, budgets: bool = False) -> Table:
    """Return actor, kind, amount: everything an actor receives (positive) or pays (negative) in the year.

    As ``budgets`` count it, opposite sales of one product are at the mean of their prices. Nobody may change it.
    """
    return _as_budgets_count(accounts) if budgets else _as_paid(accounts)


@once
def _as_budgets_count(accounts: Accounts) -> Table:
    return _money_at(accounts, budget_value(accounts))


@once
def _as_paid(accounts: Accounts) -> Table:
    return _money_at(accounts, accounts.flows["value"])


def _money_at(accounts: Accounts, value: Floats) -> Table:
    flows, grants = accounts.flows, accounts.grants
    costs, means = own_costs(accounts), means_taken(accounts)
    payments = accounts.plan.payments
    compensated = accounts.actor_at(payments["actor"])
    parts = [
        ("sales", flows["from"], value),
        ("purchases", flows["to"], -value),
        ("transport", flows["to"], -transport_paid(accounts)),
        ("means lent", means["actor"], means["paid"]),
        ("means used", means["user"], -means["paid"]),
        ("links", accounts.links["to"], -link_fixed_costs(accounts)),
        ("needs", accounts.served["actor"], revenues(accounts)),
        ("grants", grants["actor"], grants["amount"]),
        ("given", grants["funder"], -grants["amount"]),
        ("costs", costs["actor"], -costs["amount"]),
        ("received", compensated, payments["received"]),
        ("paid", compensated, -payments["paid"]),
    ]
    return below(*(_money(*part) for part in parts))


def _money(kind: str, actor: object, amount: object) -> Table:
    amounts: Floats = np.asarray(amount, dtype=float)
    kinds = np.full(amounts.shape, kind, dtype=object)
    return Table({"actor": np.asarray(actor, dtype=np.int64), "kind": kinds, "amount": amounts})


def _process_costs(accounts: Accounts) -> list[Table]:
    processes, levels = accounts.processes, accounts.levels
    unit = processes["unit_cost"][levels["process"]] * levels["level"]
    everyone = np.arange(len(processes))
    yearly = {
        "fixed": paid_for(accounts) * processes["fixed_cost"],
        "investment": invested(accounts) * processes["investment"],
        "expansion": accounts.expansion * processes["expansion_cost"],
    }
    dated = _part("unit", levels["actor"], unit, process=levels["process"], period=levels["period"])
    return [dated, *(_part(k, processes["actor"], v, process=everyone) for k, v in yearly.items())]


def _goods_costs(accounts: Accounts) -> list[Table]:
    inside = accounts.actors["inside"]
    offers = accounts.offers
    given = offers["quantity"] * accounts.offer_rows["unit_cost"][offers["offer"]]
    stocks = accounts.stocks
    stores, width = accounts.storage_rows, len(accounts.products)
    rate = np.zeros(len(accounts.actors) * width)
    rate[stores["actor"] * width + stores["product"]] = stores["cost"]
    stored = stocks["quantity"] * rate[stocks["actor"] * width + stocks["product"]]
    discards = accounts.discarded
    binned = discards["quantity"] * accounts.products["discard_cost"][discards["product"]]
    return [
        _part(kind, frame["actor"], amount, product=frame["product"], period=frame["period"])
        for kind, frame, amount in (
            ("offer", offers, given * inside[offers["actor"]]),
            ("storage", stocks, stored),
            ("discard", discards, binned),
        )
    ]


def _part(
    kind: str,
    actor: object,
    amount: object,
    process: object = UNKNOWN,
    product: object = UNKNOWN,
    period: object = UNKNOWN,
) -> Table:
    amounts = np.asarray(amount, dtype=float)
    columns = {"actor": actor, "process": process, "product": product, "period": period}
    placed = {
        name: np.broadcast_to(np.asarray(value, dtype=np.int64), amounts.shape) for name, value in columns.items()
    }
    return Table({"kind": np.full(amounts.shape, kind, dtype=object), **placed, "amount": amounts})
