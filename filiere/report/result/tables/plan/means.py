"""Means: how full each shared service is, by period and by who uses it."""

from __future__ import annotations

from typing import Any, NamedTuple

from filiere.report.sheet import Column, Sheet, Show
from filiere.report.view import View
from filiere.solution.accounts import Accounts
from filiere.solution.means import means_taken
from filiere.solution.once import once
from filiere.solution.table import below

SPOT = ["actor", "product", "period"]
_DUST = 1e-9


class MeansUse(NamedTuple):
    """What one user takes of one means in one period, out of what its lender has there (None: not limited).

    ``elsewhere`` is what is delivered, served or taken in of the same service there, to nobody as a means.
    """

    lender: str
    service: str
    period: str
    user: str
    quantity: float
    available: float | None
    elsewhere: float
    capacity: float | None
    paid: float


@once
def uses_of_means(accounts: Accounts) -> list[MeansUse]:
    """Return what is used of each means, by lender, service, period and user."""
    taken = means_taken(accounts)
    if not len(taken):
        return []
    summed = taken.frame.groupby([*SPOT, "user"], as_index=False)[["quantity", "paid"]].sum()
    summed = summed[summed["quantity"] > _DUST].sort_values([*SPOT, "user"])
    there, elsewhere, room = _available(accounts), _elsewhere(accounts), _capacity(accounts)
    names, products, periods = accounts.actor_index, accounts.product_index, accounts.period_index
    inside = accounts.actors["inside"]
    return [
        MeansUse(names[a], products[p], periods[t], names[u], float(quantity),
                 float(there.get((a, p, t), 0.0)) if inside[a] else None,
                 float(elsewhere.get((a, p, t), 0.0)), room.get((a, p, t)), float(paid))
        for a, p, t, u, quantity, paid in summed.itertuples(index=False)
    ]  # fmt: skip


def _available(accounts: Accounts) -> dict[Any, float]:
    """What an actor has of a product in a period: made, received, offered."""
    flows = accounts.flows
    parts = (
        accounts.made.only(*SPOT).assign(amount=accounts.made["output"]),
        accounts.offers.assign(amount=accounts.offers["quantity"]),
        flows.renamed(to="actor").assign(amount=flows["received"]),
    )
    return dict(below(*parts).frame.groupby(SPOT)["amount"].sum())


def _elsewhere(accounts: Accounts) -> dict[Any, float]:
    """What an actor delivers, serves or takes in of a product in a period, whatever is used of it as a means apart."""
    flows = accounts.flows.renamed(**{"from": "actor"})
    parts = (
        flows.only(*SPOT).assign(amount=flows["quantity"]),
        accounts.served.assign(amount=accounts.served["quantity"]),
        accounts.made.assign(amount=accounts.made["input"]),
    )
    return dict(below(*parts).frame.groupby(SPOT)["amount"].sum())


def _capacity(accounts: Accounts) -> dict[Any, float]:
    """What an actor could make of a product in a period, where a calendar and a capacity say so for all who make it."""
    found: dict[Any, float] = {}
    endless: set[Any] = set()
    actors, goods = ({name: i for i, name in enumerate(index)} for index in (accounts.actor_index,
                                                                             accounts.product_index))  # fmt: skip
    for k, process in enumerate(accounts.chain.processes.values()):
        weights, grown = process.calendar.weights, float(accounts.expansion[k])
        for product, made in process.outputs.items():
            for t in range(len(accounts.chain.periods)):
                spot = (actors[process.actor], goods[product], t)
                if weights is None or (process.capacity is None and not process.scalable):
                    endless.add(spot)
                else:
                    found[spot] = found.get(spot, 0.0) + made * ((process.capacity or 0.0) + grown) * weights[t]
    return {spot: amount for spot, amount in found.items() if spot not in endless and amount > 0.0}


def means(view: View) -> Sheet:
    """Return one row a means, period and user, with how much of what there is it takes."""
    pick, rows = view.pick, uses_of_means(view.accounts)
    units = [view.chain.products[row.service].unit for row in rows]
    used: dict[tuple[str, str, str], float] = {}
    for row in rows:
        used[row[:3]] = used.get(row[:3], row.elsewhere) + row.quantity
    columns = (
        Column("means", pick("Means", "Moyen"), [row.service for row in rows]),
        Column("lender", pick("Lent by", "Fourni par"), [row.lender for row in rows]),
        Column("period", pick("Period", "Période"), [row.period for row in rows]),
        Column("user", pick("User", "Utilisateur"), [row.user for row in rows]),
        Column("quantity", pick("Used", "Utilisé"), [row.quantity for row in rows], Show.QUANTITY),
        Column("unit", pick("Unit", "Unité"), units),
        Column("elsewhere", pick("Delivered beside it, by exchanges", "Livré par ailleurs, par des échanges"),
               [row.elsewhere for row in rows], Show.QUANTITY),
        Column("share", pick("Part of what runs in the period (%)", "Part de ce qui tourne dans la période (%)"),
               [row.quantity / row.available if row.available else None for row in rows], Show.PERCENT),
        Column("full", pick("How full what runs is, all users (%)", "Remplissage de ce qui tourne, tous usages (%)"),
               [used[row[:3]] / row.available if row.available else None for row in rows], Show.USE),
        Column("capacity", pick("Part of the period's capacity, all users (%)",
                                "Part de la capacité de la période, tous usages (%)"),
               [used[row[:3]] / row.capacity if row.capacity else None for row in rows], Show.USE),
        Column("paid", view.in_money("Paid to the lender", "Payé au prêteur"), [row.paid for row in rows], Show.MONEY),
    )  # fmt: skip
    return Sheet("means", pick("Means", "Moyens"), columns, frozen=4)
