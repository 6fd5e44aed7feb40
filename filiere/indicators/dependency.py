"""How much of what is bought, sold and granted depends on the outside, and on whom: public or private actors.

Money is followed from payer to payee: a link with a negative price is a payment by the giver. A payment counts
by how much farther outside its other end stands, max(0, w_other - w_own).
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from filiere.indicators.figure import NO_PURCHASES, NO_RECEIPTS, NO_USES, Figure, ratio
from filiere.language import Label
from filiere.schema import words as w
from filiere.solution import ledger
from filiere.solution.accounts import UNKNOWN, Accounts, Flags, Floats, Positions
from filiere.solution.means import means_taken
from filiere.solution.once import once
from filiere.solution.table import Table, below


class Split(NamedTuple):
    """One dependency: on all outside actors, on the public ones, on all others."""

    total: Figure
    public: Figure
    private: Figure


def payments(accounts: Accounts, moved: Table | None = None) -> Table:
    """Return payer, payee, product, amount (never negative): what flows, and means that are lent, are paid.

    What actors use of their own is left out unless ``moved`` says otherwise.
    """
    lent = means_taken(accounts)
    hired = lent[lent["paid"] > 0.0]
    flows = accounts.flows if moved is None else moved
    forward = flows["value"] >= 0.0
    seller, buyer = flows["from"], flows["to"]
    paid = Table({
        "payer": np.where(forward, buyer, seller),
        "payee": np.where(forward, seller, buyer),
        "product": flows["product"],
        "amount": np.abs(flows["value"]),
    })  # fmt: skip
    if not len(hired):
        return paid
    return below(
        paid, hired.only("user", "actor", "product", "paid").renamed(user="payer", actor="payee", paid="amount")
    )


@once
def purchases(accounts: Accounts) -> Table:
    """Return actor, other, product, amount, outward, public: what inside actors pay over links.

    ``outward`` is the amount weighted by how much farther outside the payee stands; ``public`` its sector.
    """
    paid = payments(accounts).renamed(payer="actor", payee="other")
    return _weighted(accounts, paid)


@once
def sales(accounts: Accounts) -> Table:
    """Return the same columns: what inside actors are paid over links and by final users who are no actors."""
    paid = payments(accounts).renamed(payee="actor", payer="other")
    served = accounts.served
    used = served.only("actor", "product").assign(other=UNKNOWN, amount=ledger.revenues(accounts))
    return _weighted(accounts, below(paid, used))


@once
def grants(accounts: Accounts) -> Table:
    """Return the same columns (without product): what inside actors are granted; the money's own weight counts."""
    frame = accounts.grants.renamed(funder="other")
    given = _weighted(accounts, frame)
    rows = accounts.grants["funding"][_inside(accounts, frame)]
    own = accounts.actors["weight"][given["actor"]]
    weight = np.maximum(0.0, accounts.funding_rows["weight"][rows] - own)
    return given.assign(outward=weight * given["amount"])


def _inside(accounts: Accounts, frame: Table) -> Flags:
    return np.asarray(accounts.actors["inside"][frame["actor"]])


def _weighted(accounts: Accounts, frame: Table) -> Table:
    own = frame[_inside(accounts, frame)]
    # Final users stand last, where position -1 finds them: as near as can be, and no public body.
    weight = np.append(accounts.actors["weight"], 0.0)
    public = np.append(accounts.actors["public"], False)
    other, actor = own["other"], own["actor"]
    outward = np.where(other == UNKNOWN, 0.0, np.maximum(0.0, weight[other] - weight[actor]))
    return own.assign(outward=outward * own["amount"], public=public[other])


def outside_purchasing_share(accounts: Accounts) -> Figure:
    """Return purchases weighted by max(0, w_seller - w_buyer) over all inside purchases, 0 to 1.

    The complement of a local purchasing share (New Economics Foundation, The Money Trail, 2002); trade between inside
    actors moves it.
    """
    return _split(purchases(accounts), NO_PURCHASES).total


def upstream_dependency(accounts: Accounts) -> Split:
    """Return what is paid outside, by how much farther out it goes, over the value of final uses (or over all that is
    bought and spent, where that is more): the import content of final use. More or less trade inside changes nothing.
    """
    basis, flows = accounts.chain.settings.dependency_basis, accounts.flows
    public = accounts.actors["public"]
    parts = [(_bought(accounts), public[flows["from"]])]
    if basis is not w.DependencyBasis.MASS:
        taken = _taken(accounts)
        parts.append((taken, public[flows["to"]]))
        parts.append((_lent(accounts)["outward"], public[_lent(accounts)["lender"]]))
        parts.append((_spent(accounts), np.zeros(len(_spent(accounts)), dtype=bool)))
    return _over_uses(accounts, parts)


def upstream_amounts(accounts: Accounts) -> tuple[float, float]:
    """Return the two sums that the upstream dependency is made of, both weighted: what is bought outside, and own
    costs, takers, tips and lent means that are paid outside.
    """
    paid = _taken(accounts).sum() + _spent(accounts).sum() + _lent(accounts)["outward"].sum()
    return float(_bought(accounts).sum()), float(paid)


def downstream_dependency(accounts: Accounts) -> Split:
    """Return sales of goods that are not secondary, by how much farther out the buyer stands than the seller, over the
    same base as :func:`upstream_dependency`.
    """
    flows, weight = accounts.flows, accounts.actors["weight"]
    outward = np.maximum(0.0, weight[flows["to"]] - weight[flows["from"]])
    counts = (flows["price"] >= 0.0) & ~accounts.products["secondary"][flows["product"]]
    sold = outward * _counted(accounts) * flows["quantity"] * counts
    return _over_uses(accounts, [(sold, accounts.actors["public"][flows["to"]])])


def _counted(accounts: Accounts) -> Floats:
    """What one unit of each flow counts by: its reference price, the price paid, or its kilograms."""
    flows, basis = accounts.flows, accounts.chain.settings.dependency_basis
    if basis is w.DependencyBasis.PAID:
        return np.asarray(np.abs(flows["price"]))
    column = "kg" if basis is w.DependencyBasis.MASS else "value"
    return np.asarray(accounts.products[column][flows["product"]])


def _bought(accounts: Accounts) -> Floats:
    """By flow that is paid for, what it counts by, by how much farther out the seller stands than the buyer."""
    flows, weight = accounts.flows, accounts.actors["weight"]
    outward = np.maximum(0.0, weight[flows["from"]] - weight[flows["to"]]) * (flows["price"] >= 0.0)
    return np.asarray(outward * _counted(accounts) * flows["quantity"])


def _taken(accounts: Accounts) -> Floats:
    """By flow, what outsiders are paid to take something away, by how much farther out they stand."""
    flows, weight = accounts.flows, accounts.actors["weight"]
    outward = np.maximum(0.0, weight[flows["to"]] - weight[flows["from"]])
    return np.asarray(outward * np.maximum(0.0, -flows["value"]))


def _lent(accounts: Accounts) -> Table:
    """lender, amount, outward: means that outside carriers lend inside, at reference prices; ``outward`` by how much
    farther out the carrier stands.
    """
    taken, weight = means_taken(accounts), accounts.actors["weight"]
    inside = accounts.actors["inside"]
    taken = taken[inside[taken["user"]] & ~inside[taken["actor"]]]
    amount = taken["quantity"] * accounts.products["value"][taken["product"]]
    outward = amount * np.maximum(0.0, weight[taken["actor"]] - weight[taken["user"]])
    return Table({"lender": taken["actor"], "amount": amount, "outward": outward})


def _spent(accounts: Accounts) -> Floats:
    """Own costs that are paid outside: those of activities by their local shares, and all of what a tip costs."""
    costs = ledger.own_costs(accounts)
    known = np.append(accounts.processes["local_share"], np.nan)
    share = np.nan_to_num(1.0 - known[costs["process"]])
    return np.asarray(np.where(costs["kind"] == "discard", 1.0, share) * costs["amount"])


def base_of_uses(accounts: Accounts) -> float:
    """Return the value of final uses, or all that is bought outside and spent inside, whichever is more."""
    flows, inside = accounts.flows, accounts.actors["inside"]
    mass = accounts.chain.settings.dependency_basis is w.DependencyBasis.MASS
    size = accounts.products["kg" if mass else "value"]
    served = accounts.served
    used = (size[served["product"]] * served["quantity"] * inside[served["actor"]]).sum()
    leaves, enters = inside[flows["from"]] & ~inside[flows["to"]], inside[flows["to"]] & ~inside[flows["from"]]
    price = np.maximum(0.0, flows["price"])
    sold = ((size[flows["product"]] if mass else price) * flows["quantity"] * leaves).sum()
    counts = enters & (flows["price"] >= 0.0)
    bought = (_counted(accounts) * flows["quantity"] * counts).sum()
    if not mass:
        paid_takers = (np.maximum(0.0, -flows["value"]) * leaves).sum()
        bought += ledger.own_costs(accounts)["amount"].sum() + paid_takers + _lent(accounts)["amount"].sum()
    return float(max(used + sold, bought))


def _over_uses(accounts: Accounts, parts: list[tuple[Floats, Flags]]) -> Split:
    amount = np.concatenate([part for part, _ in parts])
    public = np.concatenate([who for _, who in parts])
    whole = base_of_uses(accounts)
    return Split(
        ratio(float(amount.sum()), whole, NO_USES),
        ratio(float(amount[public].sum()), whole, NO_USES),
        ratio(float(amount[~public].sum()), whole, NO_USES),
    )


def funding_dependency(accounts: Accounts) -> Split:
    """Return grants weighted by max(0, w_money - w_receiver) over grants and what outside actors and final users pay,
    0 to 1. Trade between inside actors on the way there changes nothing.
    """
    sold = sales(accounts)
    return _split(grants(accounts), NO_RECEIPTS, float((sold["amount"] * _final(accounts, sold)).sum()))


def _final(accounts: Accounts, sold: Table) -> Floats:
    """By sale, the part of it that its buyer does not pass on or use up: all of what is sold outside or to users who
    are no actors; to an inside actor, the part that needs take of what it uses of the product.
    """
    count, width = len(accounts.actors), len(accounts.products)
    inside = np.append(accounts.actors["inside"], False)

    def at(frame: Table, actor: str, amount: str) -> Floats:
        return accounts.summed(frame[actor] * width + frame["product"], frame[amount], count * width)

    made, flows = accounts.made, accounts.flows
    # What serves a need on a family by a mix of its products is no activity: it serves what it takes.
    mixed = made[accounts.processes["serves"][made["process"]]]
    served = at(accounts.served, "actor", "quantity") + at(mixed, "actor", "input")
    used = served + at(flows, "from", "quantity") + at(made, "actor", "input") - at(mixed, "actor", "input")
    part = np.divide(served, used, out=np.zeros(count * width), where=used > 0.0)
    near = inside[sold["other"]]
    return np.where(near, part[np.where(near, sold["other"] * width + sold["product"], 0)], 1.0)


def _split(frame: Table, blank: Label, besides: float = 0.0) -> Split:
    whole = float(frame["amount"].sum()) + besides
    outward, public = frame["outward"], frame["public"]
    return Split(
        ratio(float(outward.sum()), whole, blank),
        ratio(float(outward[public].sum()), whole, blank),
        ratio(float(outward[~public].sum()), whole, blank),
    )


def split_by(frame: Table, positions: Positions, length: int) -> dict[str, Floats]:
    """Return ``amount``, ``total``, ``public``, ``private``: sums of money and of what counts as outside, by
    position (of an actor, of a stage).
    """
    where = np.asarray(positions, dtype=np.int64)
    outward, public = frame["outward"], frame["public"]

    def summed(amount: Floats) -> Floats:
        return Accounts.summed(where, amount, length)

    return {
        "amount": summed(frame["amount"]),
        "total": summed(outward),
        "public": summed(outward * public),
        "private": summed(outward * ~public),
    }
